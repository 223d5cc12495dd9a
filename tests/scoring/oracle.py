"""What a score must be, found by trying everything.

Nothing of the package is used here: a definition is the plain values of its file, every missing
answer is filled with every legal code, an unknown sex with both sexes of the tables and an unknown
age with one age from each stretch of the age ranges. What follows for all fills is certain.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Filled:
    """One form as it was handed in."""

    definition: Plain = field(repr=False)
    codes: Mapping[str, int | None]
    sex: str = "unknown"
    age: int | None = None
    form: str | None = None
    cutoffs: tuple[str, ...] = ()
    day: dt.date | None = None
    used: Mapping[str, int | None] = field(init=False)
    """The codes with the zeros that the skip rules infer."""

    def __post_init__(self) -> None:
        codes = {item["id"]: self.codes.get(item["id"]) for item in self.definition["items"]}
        object.__setattr__(self, "codes", codes)
        object.__setattr__(self, "used", {**codes, **dict.fromkeys(_inferred(self), 0)})

    @property
    def administration(self) -> Plain:
        forms = self.definition["forms"]
        return next((f for f in forms if f["id"] == self.form), forms[0])


def expected(filled: Filled) -> dict[str, Any]:
    """Return all that a score tells, in plain values."""
    definition = filled.definition
    scales = {s["id"]: scale_score(filled, s) for s in definition.get("scales", [])}
    missing = [name for name, code in filled.used.items() if code is None]
    total = scales.get("total")
    return {
        "missing": tuple(missing),
        "inferred": _inferred(filled),
        "scales": scales,
        "state": total["state"] if total else "provisional" if missing else "certain",
        "bands": {s["id"]: set_bands(filled, s) for s in definition.get("cutoff_sets", [])},
        "default_set": total["set"] if total else None,
        "flags": tuple(_flags(filled)),
    }


def scale_score(filled: Filled, scale: Plain) -> dict[str, Any]:
    unknown = _unknowns(filled, scale)
    sums = {points(scale, fill) for fill in _fills(filled, scale["items"])}
    sets = [_judge(filled, scale, age) for age in _ages(filled)]
    state = _state(filled, scale)
    return {
        "low": min(sums),
        "high": max(sums),
        "state": state,
        "set": _reported(filled, scale),
        "missing": tuple(i for i in scale["items"] if filled.used[i] is None),
        "decisive": tuple(
            name
            for name in unknown
            if any(sets)
            and name in (*scale["items"], "sex", "age")
            and _decides(filled, scale, name)
        ),
        "settling": tuple(
            name
            for name in unknown
            if any(sets) and state != "certain" and _settles(filled, scale, name)
        ),
    }


def set_bands(filled: Filled, cutoffs: Plain) -> tuple[str, str] | None:
    """Return the lowest and the highest band by one set, over all fills and sexes."""
    if not _applies(filled, cutoffs, filled.age):
        return None
    scale = next(s for s in filled.definition["scales"] if s["id"] == cutoffs["scale"])
    order = [band["id"] for band in cutoffs["bands"]]
    found = {
        order.index(_read(cutoffs, points(scale, fill), sex))
        for fill in _fills(filled, scale["items"])
        for sex in _sexes(filled)
    }
    return order[min(found)], order[max(found)]


def points(scale: Plain, fill: Mapping[str, int]) -> int:
    least = scale.get("count_at_least")
    codes = [fill[item] for item in scale["items"]]
    return sum(codes) if least is None else sum(code >= least for code in codes)


def _state(filled: Filled, scale: Plain) -> str:
    blank = [filled.used[item] is None for item in scale["items"]]
    if all(blank):
        return "omitted"
    if not any(_judge(filled, scale, age) for age in _ages(filled)):
        return "provisional" if any(blank) else "certain"
    return "certain" if len(set(_outcomes(filled, scale))) == 1 else "provisional"


def _outcomes(filled: Filled, scale: Plain) -> Iterator[str | None]:
    for fill in _fills(filled, scale["items"]):
        for sex in _sexes(filled):
            for age in _ages(filled):
                yield _outcome(filled, scale, fill, sex, age)


def _outcome(
    filled: Filled, scale: Plain, fill: Mapping[str, int], sex: str, age: int | None
) -> str | None:
    """Return the band of one complete case, or nothing where no set judges it."""
    cutoffs = _judge(filled, scale, age)
    return None if cutoffs is None else _read(cutoffs, points(scale, fill), sex)


def _decides(filled: Filled, scale: Plain, name: str) -> bool:
    """Try whether, with all else filled somehow, the band depends on ``name``."""
    others: dict[tuple[object, ...], set[str | None]] = {}
    for fill in _fills(filled, scale["items"]):
        for sex in _sexes(filled):
            for age in _ages(filled):
                case = {**fill, "sex": sex, "age": age}
                rest = tuple(value for key, value in case.items() if key != name)
                others.setdefault(rest, set()).add(_outcome(filled, scale, fill, sex, age))
    return any(len(found) > 1 for found in others.values())


def _settles(filled: Filled, scale: Plain, name: str) -> bool:
    """Try whether some answer to ``name`` alone makes the scale certain."""
    if name == "sex":
        tries = [replace(filled, sex=sex) for sex in _sexes(filled)]
    elif name == "age":
        tries = [replace(filled, age=age) for age in _ages(filled)]
    else:
        legal = _legal(filled.definition, name)
        tries = [replace(filled, codes={**filled.codes, name: code}) for code in legal]
    return any(_state(tried, scale) == "certain" for tried in tries)


def _unknowns(filled: Filled, scale: Plain) -> list[str]:
    """Return what could be asked: items, the scale's own first, then sex and age.

    A set that is named is the person's, whatever her age.
    """
    blank = [name for name, code in filled.used.items() if code is None]
    return [
        *sorted(blank, key=lambda name: name not in scale["items"]),
        *(["sex"] if filled.sex == "unknown" else []),
        *(["age"] if filled.age is None and _named(filled, scale) is None else []),
    ]


def _named(filled: Filled, scale: Plain) -> Plain | None:
    sets = {s["id"]: s for s in filled.definition.get("cutoff_sets", [])}
    named = [sets[name] for name in filled.cutoffs if sets[name]["scale"] == scale["id"]]
    return named[0] if named else None


def _judge(filled: Filled, scale: Plain, age: int | None) -> Plain | None:
    """Return the set that judges a scale at one age: the one named, else the default one."""
    named = _named(filled, scale)
    if named:
        return named if _applies(filled, named, filled.age) else None
    sets = {s["id"]: s for s in filled.definition.get("cutoff_sets", [])}
    for default in filled.definition.get("default_sets", []):
        chosen = sets[default["set"]]
        if chosen["scale"] == scale["id"] and age is not None and _within(age, default["ages"]):
            return chosen if _applies(filled, chosen, age) else None
    return None


def _reported(filled: Filled, scale: Plain) -> str | None:
    """Return the set that a reader is shown: of several possible ones that of the oldest."""
    sets = [_judge(filled, scale, age) for age in _ages(filled)]
    return next((s["id"] for s in reversed(sets) if s), None)


def _applies(filled: Filled, cutoffs: Plain, age: int | None) -> bool:
    form = filled.administration
    forms = cutoffs.get("forms")
    fits = form.get("standard", True) if forms is None else form["id"] in forms
    fits_age = age is None or _within(age, cutoffs["ages"])
    return fits and fits_age and (filled.day is None or _in_force(filled.day, cutoffs["valid"]))


def _in_force(day: dt.date, valid: Plain) -> bool:
    first, last = (str(valid.get(end) or day) for end in ("from", "to"))
    return first <= str(day) <= last


def _read(cutoffs: Plain, score: int, sex: str) -> str:
    """Return the band of a score by the limits for all, for the sex, or the only ones there are."""
    limits = cutoffs["limits"]
    table = next((limits[k] for k in ("all", sex) if k in limits), next(iter(limits.values())))
    [band] = [b for b, (low, high) in table.items() if low <= score <= high]
    return str(band)


def _ages(filled: Filled) -> list[int | None]:
    """Return the person's age, or one age of every stretch between the limits in the file."""
    if filled.age is not None:
        return [filled.age]
    ranges = [
        entry["ages"]
        for key in ("cutoff_sets", "default_sets")
        for entry in filled.definition.get(key, [])
    ]
    starts = {0, *(r.get("from", 0) for r in ranges), *(r["to"] + 1 for r in ranges if r.get("to"))}
    return [age for age in sorted(starts) if age <= 120]


def _sexes(filled: Filled) -> list[str]:
    """Return the sexes whose limits count: both for a sex that the tables do not have."""
    return [filled.sex] if filled.sex in ("male", "female") else ["male", "female"]


def _within(age: int, ages: Plain) -> bool:
    return bool(ages.get("from", 0) <= age <= (120 if ages.get("to") is None else ages["to"]))


def _legal(definition: Plain, name: str) -> list[int]:
    item = next(i for i in definition["items"] if i["id"] == name)
    return [anchor["code"] for anchor in definition["codes"][item["codes"]]]


def _fills(filled: Filled, names: list[str]) -> Iterator[dict[str, int]]:
    yield from _completions(filled.definition, {n: filled.used[n] for n in names})


def _completions(definition: Plain, codes: Mapping[str, int | None]) -> Iterator[dict[str, int]]:
    options = [_legal(definition, n) if c is None else [c] for n, c in codes.items()]
    for choice in product(*options):
        yield dict(zip(codes, choice, strict=True))


def _inferred(filled: Filled) -> tuple[str, ...]:
    """Return the blanks that mean zero: of a skip that was taken, on a form that has skips."""
    if not filled.administration["skips"]:
        return ()
    taken = [
        skip["infer"]
        for skip in filled.definition.get("skips", [])
        if set(_truths(filled.definition, skip["when"], filled.codes)) == {True}
        and not any(filled.codes[name] for name in skip["infer"])
    ]
    skipped = {name for block in taken for name in block}
    return tuple(n for n, code in filled.codes.items() if code is None and n in skipped)


def _flags(filled: Filled) -> Iterator[tuple[str, bool]]:
    for flag in filled.definition.get("flags", []):
        truths = set(_truths(filled.definition, flag["when"], filled.used))
        if True in truths:
            yield flag["id"], truths == {True}


def _truths(definition: Plain, condition: Plain, codes: Mapping[str, int | None]) -> Iterator[bool]:
    asked = {name: codes[name] for name in _asked(condition)}
    return (_holds(condition, fill) for fill in _completions(definition, asked))


def _asked(condition: Plain) -> Iterator[str]:
    if "item" in condition:
        yield str(condition["item"])
    for part in (*condition.get("all", ()), *condition.get("any", ())):
        yield from _asked(part)
    if "not" in condition:
        yield from _asked(condition["not"])


def _holds(condition: Plain, fill: Mapping[str, int]) -> bool:
    if "item" in condition:
        return _compares(condition, fill[condition["item"]])
    if "not" in condition:
        return not _holds(condition["not"], fill)
    if "any" in condition:
        return any(_holds(part, fill) for part in condition["any"])
    return all(_holds(part, fill) for part in condition["all"])


def _compares(leaf: Plain, code: int) -> bool:
    [(operator, operand)] = [(key, value) for key, value in leaf.items() if key != "item"]
    outcome = {
        "equals": lambda: code == operand,
        "at_least": lambda: code >= operand,
        "at_most": lambda: code <= operand,
        "in": lambda: code in operand,
    }
    return bool(outcome[operator]())
