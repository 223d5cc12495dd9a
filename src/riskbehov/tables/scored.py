"""Scoring a table: which columns hold what, and which columns come out."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.errors import AnswerError, Fault, InputError, not_among
from riskbehov.i18n import Message, _, message
from riskbehov.models.instrument import CutoffSet, ScoredInstrument
from riskbehov.scoring.answers import require_names
from riskbehov.scoring.arrays import (
    ILLEGAL,
    OMITTED,
    SEX_CODES,
    STATES,
    ScaleArrays,
    ScoreArrays,
    score_many,
)
from riskbehov.scoring.compiled import NONE
from riskbehov.scoring.plan import OLDEST, plan
from riskbehov.tables.frames import Column, Spec
from riskbehov.tables.parcel import pack, unpack
from riskbehov.tables.people import Days, People, ages_of, ages_on, days_of, sexes_of
from riskbehov.tables.steps import Done, Tally
from riskbehov.tables.values import Bytes, codes_of, counted_at

if TYPE_CHECKING:
    import narwhals as nw

Missing: TypeAlias = Literal["interval", "strict", "prorate"]
OnIllegal: TypeAlias = Literal["refuse", "flag", "drop"]
Items: TypeAlias = Mapping[str, str] | Sequence[str] | str | None
"""Which column holds each item: by item, in item order, a pattern such as ``q{item}``, or as
:func:`column_of` names them."""

MISSING_MODES = ("interval", "strict", "prorate")
ON_ILLEGAL = ("refuse", "flag", "drop")


def column_of(instrument: str, name: str) -> str:
    """Return the name of a column: of an item of an instrument, or of something made of it.

    >>> column_of("responsivity-parents", "se-sex-specific")
    'responsivity_parents_se_sex_specific'
    """
    return f"{instrument}_{name}".replace("-", "_")


@dataclass(frozen=True)
class ScoreStep:
    """Scores the rows of a table by one instrument."""

    instrument: ScoredInstrument
    items: tuple[str, ...]
    """The column of each item, in item order."""
    sex: str | None = None
    age: str | None = None
    birth_date: str | None = None
    date: str | dt.date | None = None
    form: str | None = None
    cutoffs: tuple[str, ...] = ()
    bands: tuple[str, ...] | None = None
    """The sets whose bands come out; nothing for every set."""
    missing: Missing = "interval"
    max_missing: int = 0
    on_illegal: OnIllegal = "flag"

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the columns that are read."""
        day = self.date if isinstance(self.date, str) else None
        return tuple(
            name for name in (*self.items, self.sex, self.age, self.birth_date, day) if name
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel with the instrument as text, so that a process that has it knows it again."""
        given = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "instrument"}
        return _unpacked, (pack(self.instrument), given)

    @cached_property
    def sets(self) -> tuple[CutoffSet, ...]:
        """Return the sets whose bands come out."""
        every = self.instrument.cutoff_sets
        named = {*self.cutoffs, *(self.bands or ())}
        return tuple(s for s in every if self.bands is None or s.id in named)

    @cached_property
    def adds(self) -> tuple[Spec, ...]:
        """Return the columns that are made."""
        return tuple(_specs(self))

    def run(self, rows: "nw.DataFrame[Any]") -> Done:
        """Score some rows; raises :class:`InputError` where values that cannot be are refused."""
        codes = np.empty((len(self.items), len(rows)), np.uint8)
        for number, name in enumerate(self.items):
            codes[number] = codes_of(rows.get_column(name))
        people, wrong = _people(self, rows)
        found = score_many(
            self.instrument,
            codes,
            sex=people.sex,
            age=people.age,
            day=people.day,
            form=self.form,
            cutoffs=self.cutoffs,
            bands=[s.id for s in self.sets],
        )
        tally = _tally(self, rows, codes, found, wrong)
        if self.on_illegal == "refuse" and tally.illegal:
            raise refusal(self, tally)
        specs = {spec.name: spec for spec in self.adds}
        columns = tuple(
            Column(specs[name], values, known) for name, values, known in _columns(self, found)
        )
        kept = found.state != STATES.index("invalid") if self.on_illegal == "drop" else None
        return Done(columns, tally, kept)


def _unpacked(instrument: str, given: Mapping[str, Any]) -> ScoreStep:
    return ScoreStep(unpack(instrument), **given)


def score_step(
    instrument: ScoredInstrument,
    *,
    items: Items = None,
    sex: str | None = None,
    age: str | None = None,
    birth_date: str | None = None,
    date: str | dt.date | None = None,
    form: str | None = None,
    cutoffs: Sequence[str] = (),
    bands: Sequence[str] | Literal["default", "all"] = "default",
    missing: Missing = "interval",
    max_missing: int | None = None,
    on_illegal: OnIllegal = "flag",
) -> ScoreStep:
    """Return the step that scores a table; the arguments are those of :func:`score`.

    Raises :class:`AnswerError` and :class:`InputError` for arguments that do not fit.
    """
    ready = plan(instrument)
    named = () if isinstance(bands, str) else tuple(bands)
    require_names(ready, form, (*cutoffs, *named), items=len(ready.names))
    _require_choices(missing, max_missing, on_illegal, bands)
    _require_one_age(age, birth_date, date)
    shown: tuple[str, ...] | None = named
    if bands == "default":
        shown = tuple(dict.fromkeys(d.set for d in instrument.default_sets))
    elif bands == "all":
        shown = None
    return ScoreStep(
        instrument=instrument,
        items=columns_of(instrument, items),
        sex=sex,
        age=age,
        birth_date=birth_date,
        date=date,
        form=form,
        cutoffs=tuple(cutoffs),
        bands=shown,
        missing=missing,
        max_missing=max_missing or 0,
        on_illegal=on_illegal,
    )


def _require_choices(
    missing: str, max_missing: int | None, on_illegal: str, bands: Sequence[str]
) -> None:
    faults = [
        Fault(not_among(found, known, message("one of these")), where)
        for found, known, where in (
            (missing, MISSING_MODES, "missing"),
            (on_illegal, ON_ILLEGAL, "on_illegal"),
            *([(bands, ("default", "all"), "bands")] if isinstance(bands, str) else []),
        )
        if found not in known
    ]
    if (missing == "prorate") != (max_missing is not None):
        faults.append(
            Fault(
                message(
                    "found {found}, expected the most items that may be missing together with"
                    " missing=prorate, and only then",
                    found=max_missing,
                ),
                "max_missing",
            )
        )
    elif max_missing is not None and max_missing < 1:
        faults.append(
            Fault(message("found {found}, expected at least 1", found=max_missing), "max_missing")
        )
    if faults:
        raise InputError(faults)


def _require_one_age(age: str | None, birth_date: str | None, date: object) -> None:
    if age is not None and birth_date is not None:
        raise InputError(
            Fault(message("found both age and date of birth, expected one of them"), "age")
        )
    if birth_date is not None and date is None:
        raise InputError(
            Fault(
                message(
                    "found a date of birth without the day of the assessment, expected both:"
                    " the age hangs on them"
                ),
                "date",
            )
        )


def columns_of(instrument: ScoredInstrument, items: Items) -> tuple[str, ...]:
    """Return the column of each item, in item order.

    Raises :class:`AnswerError` for an item that is unknown or has no column.
    """
    ids = [item.id for item in instrument.items]
    if items is None:
        return tuple(column_of(instrument.id, id_) for id_ in ids)
    if isinstance(items, str):
        return tuple(items.format(item=id_) for id_ in ids)
    if not isinstance(items, Mapping):
        items = dict(zip(ids, items, strict=True)) if len(items) == len(ids) else {}
    wrong = [
        Fault(not_among(str(id_), ids, message("an item of {id}", id=instrument.id)), "items")
        for id_ in items
        if id_ not in ids
    ]
    wrong += [
        Fault(message("item {item} has no column, expected one for each", item=id_), "items")
        for id_ in ids
        if id_ not in items
    ]
    if wrong:
        raise AnswerError(wrong)
    return tuple(items[id_] for id_ in ids)


Wrong: TypeAlias = dict[str, npt.NDArray[np.bool_]]
"""By column: where something stands that is no sex, no age or no day."""


def _people(step: ScoreStep, rows: "nw.DataFrame[Any]") -> tuple[People, Wrong]:
    """Return who each row is about; a row with an impossible day gets an impossible age."""
    wrong: Wrong = {}
    sex = sexes_of(rows.get_column(step.sex)) if step.sex else None
    if step.sex and sex is not None:
        wrong[step.sex] = sex == ILLEGAL
    day: dt.date | Days | None = step.date if isinstance(step.date, dt.date) else None
    if isinstance(step.date, str):
        day, wrong[step.date] = days_of(rows.get_column(step.date))
    age = _ages(step, rows, day, wrong)
    if isinstance(step.date, str) and wrong[step.date].any():
        age = np.full(len(rows), 255, np.uint8) if age is None else age
        age[wrong[step.date]] = ILLEGAL
    return People(sex, age, day), wrong


def _ages(
    step: ScoreStep, rows: "nw.DataFrame[Any]", day: dt.date | Days | None, wrong: Wrong
) -> Bytes | None:
    if step.age:
        age = ages_of(rows.get_column(step.age))
        wrong[step.age] = age == ILLEGAL
        return age
    if step.birth_date and day is not None:
        born, is_wrong = days_of(rows.get_column(step.birth_date))
        age = ages_on(born, day)
        age[is_wrong] = ILLEGAL
        wrong[step.birth_date] = age == ILLEGAL
        return age
    return None


def _tally(
    step: ScoreStep,
    rows: "nw.DataFrame[Any]",
    codes: Bytes,
    found: ScoreArrays,
    wrong: Wrong,
) -> Tally:
    counts = {name: int(np.count_nonzero(found.state == n)) for n, name in enumerate(STATES)}
    tally = Tally(rows=len(rows), states={name: n for name, n in counts.items() if n})
    for name, where in wrong.items():
        if where.any():
            tally.illegal[name] = dict(counted_at(rows.get_column(name), np.flatnonzero(where)))
    refused = np.flatnonzero(found.illegal)
    if refused.size:
        legal = plan(step.instrument).legal
        for name, column, allowed in zip(step.items, codes[:, refused], legal, strict=True):
            is_code = np.zeros(256, np.bool_)
            is_code[[255 if code is None else code for code in allowed]] = True
            places = refused[~is_code[column]]
            if places.size:
                tally.illegal[name] = dict(counted_at(rows.get_column(name), places))
    return tally


def refusal(step: ScoreStep, tally: Tally) -> InputError:
    """Return the error for values that cannot be: each column with what was found in it."""
    return InputError(
        Fault(
            message(
                "found {found}, expected {expected}, or an empty cell; recode what stands for"
                " something else (riskbehov profile drafts a recode map), or choose that such rows"
                " are flagged or dropped",
                found=", ".join(f"{value} ({count})" for value, count in most_frequent(values)),
                expected=_expected(step, column),
            ),
            _where(step, column),
        )
        for column, values in tally.illegal.items()
    )


def _where(step: ScoreStep, column: str) -> str:
    """Return a column as a message names it, with the item that it holds."""
    if column not in step.items:
        return column
    item = step.instrument.items[step.items.index(column)]
    return f"{column} ({step.instrument.id}: " + _("item {name}", name=item.id) + ")"


def _expected(step: ScoreStep, column: str) -> Message | str:
    if column in step.items:
        item = step.instrument.items[step.items.index(column)]
        return message(
            "one of the codes {legal}", legal=", ".join(map(str, step.instrument.legal(item)))
        )
    if column == step.sex:
        return ", ".join(SEX_CODES)
    if column == step.age:
        return message("whole years 0 to {oldest}", oldest=OLDEST)
    return message("a day such as 2026-03-01, not before the birth nor 120 years after it")


def most_frequent(values: Mapping[str, int], most: int = 10) -> list[tuple[str, int]]:
    """Return the values that stand most often, and how often all others do."""
    ordered = sorted(values.items(), key=lambda each: (-each[1], each[0]))
    rest = sum(count for _, count in ordered[most:])
    return [*ordered[:most], *([("\u2026", rest)] if rest else [])]


def _specs(step: ScoreStep) -> Iterator[Spec]:
    """Yield the columns that come out, in their order."""
    instrument = step.instrument
    id_ = instrument.id

    def name(*parts: str) -> str:
        return column_of(id_, "_".join(parts))

    yield Spec(name("state"), "uint8", STATES, message("State of {id}", id=id_))
    yield Spec(name("missing"), "uint8", None, message("Items without an answer"))
    yield Spec(name("inferred"), "uint8", None, message("Items that a skip makes zero"))
    yield Spec(name("illegal"), "uint8", None, message("Answers that are no legal code"))
    tables = {each.scale.id: each for each in plan(instrument).scales}
    for id_scale in tables:
        dtype = _sum_dtype(instrument, id_scale)
        yield Spec(name(id_scale, "low"), dtype, None, message("Least score"))
        yield Spec(name(id_scale, "high"), dtype, None, message("Greatest score"))
        yield Spec(name(id_scale, "state"), "uint8", STATES, message("State of the scale"))
        yield Spec(name(id_scale, "missing"), "uint8", None, message("Items without an answer"))
        if step.missing == "prorate":
            yield Spec(name(id_scale, "prorated"), "float64", None, message("Prorated score"))
    if _has_set(instrument):
        sets = tuple(s.id for s in instrument.cutoff_sets)
        yield Spec(name("set"), "uint8", sets, message("The limits that the state goes by"))
    for each in step.sets:
        bands = tuple(band.id for band in each.bands)
        yield Spec(name(each.id, "low"), "uint8", bands, message("Lowest band"))
        yield Spec(name(each.id, "high"), "uint8", bands, message("Highest band"))
    if instrument.flags:
        yield Spec(name("flags"), "uint32", None, message("Flags raised for certain, as bits"))
        yield Spec(name("flags_possible"), "uint32", None, message("Flags raised perhaps, as bits"))


def _has_set(instrument: ScoredInstrument) -> bool:
    return any(s.scale == "total" for s in instrument.cutoff_sets)


def _sum_dtype(instrument: ScoredInstrument, scale: str) -> str:
    empty = score_many(instrument, np.empty((len(instrument.items), 0), np.uint8))
    return str(empty.scales[scale].low.dtype)


Made: TypeAlias = tuple[str, npt.NDArray[Any], npt.NDArray[np.bool_] | None]


def _columns(step: ScoreStep, found: ScoreArrays) -> Iterator[Made]:
    """Yield the columns' values by their names."""
    instrument = step.instrument

    def name(*parts: str) -> str:
        return column_of(instrument.id, "_".join(parts))

    told = None if found.told.all() else found.told
    told_of: dict[str, npt.NDArray[np.bool_] | None] = {}
    yield name("state"), found.state, None
    yield name("missing"), found.missing, None
    yield name("inferred"), found.inferred, None
    yield name("illegal"), found.illegal, None
    for id_, scale in found.scales.items():
        told_of[id_] = known = _known(step, scale, told)
        yield name(id_, "low"), scale.low, known
        yield name(id_, "high"), scale.high, known
        yield name(id_, "state"), _state(step, scale, told), None
        yield name(id_, "missing"), scale.missing, None
        if step.missing == "prorate":
            yield name(id_, "prorated"), *_prorated(step, scale, told)
    if _has_set(instrument):
        yield name("set"), found.chosen, _unless_all(found.chosen != NONE)
    for each in step.sets:
        for end, values in zip(("low", "high"), found.bands[each.id], strict=True):
            yield (
                name(each.id, end),
                values,
                _both(_unless_all(values != NONE), told_of[each.scale]),
            )
    if instrument.flags:
        yield name("flags"), found.flags, None
        yield name("flags_possible"), found.flags_possible, None


Known: TypeAlias = npt.NDArray[np.bool_] | None


def _known(step: ScoreStep, scale: ScaleArrays, told: Known) -> Known:
    """Return where a scale has a number."""
    if step.missing != "strict":
        return told
    return _both(_unless_all(scale.missing == 0), told)


def _state(step: ScoreStep, scale: ScaleArrays, told: Known) -> Bytes:
    """Return a scale's state: where only complete scales count, the others are omitted."""
    if step.missing != "strict":
        return scale.state
    incomplete = scale.missing > 0 if told is None else (scale.missing > 0) & told
    return np.where(incomplete, np.uint8(OMITTED), scale.state)


def _prorated(
    step: ScoreStep, scale: ScaleArrays, told: Known
) -> tuple[npt.NDArray[np.float64], Known]:
    """Return the mean of what was answered times the number of items, where few are missing."""
    size = len(next(s for s in step.instrument.scales if s.id == scale.id).items)
    answered = np.maximum(size - scale.missing.astype(np.int64), 1)
    few = (scale.missing <= step.max_missing) & (scale.missing < size)
    return scale.known * (size / answered), _both(few, told)


def _unless_all(known: npt.NDArray[np.bool_]) -> Known:
    return None if known.all() else known


def _both(one: Known, other: Known) -> Known:
    if one is None or other is None:
        return other if one is None else one
    return one & other
