"""One filled form: an interval for each scale, and how far the bands can be told."""

from collections.abc import Iterator, Mapping, Sequence
from numbers import Integral

from riskbehov.errors import AnswerError, Fault, did_you_mean
from riskbehov.i18n import message
from riskbehov.logic.explain import truth
from riskbehov.logic.tree import FALSE, TRUE
from riskbehov.logic.vocabulary import Interval
from riskbehov.models.instrument import Form, ScoredInstrument, Sex
from riskbehov.models.result import Bands, RaisedFlag, ScaleScore, Score, State
from riskbehov.scoring.bands import Judgement, judge
from riskbehov.scoring.plan import InstrumentPlan, ScalePlan, SetPlan, plan

_SEXES = ("male", "female", "other", "unknown")
_OLDEST = 120

Answers = Mapping[str, int | None] | Sequence[int | None]


def score(
    instrument: ScoredInstrument,
    answers: Answers,
    *,
    sex: Sex = "unknown",
    age: int | None = None,
    form: str | None = None,
    cutoffs: Sequence[str] = (),
) -> Score:
    """Score one filled form.

    ``answers`` are codes by item id, or all in item order; ``None`` or an item left out is a
    missing answer, never zero. ``age`` is in whole years. ``form`` is how it was given (the first
    form of the instrument if left out): only a form with skips lets a blank mean zero.
    ``cutoffs`` names sets to judge by instead of the default ones.

    Every scale is an interval over all codes that the missing answers could have. A scale with a
    set is certain when the band is the same all over it, a scale without one when it is complete.

    Raises :class:`AnswerError` with every fault at once: an item that is unknown, a code that is
    not legal (also a legal number written as text, a float or a boolean), a wrong number of
    answers, an empty form, an unknown sex, age, form or set.
    """
    ready = plan(instrument)
    faults = [*_answer_faults(ready, answers), *_person_faults(ready, sex, age, form, cutoffs)]
    if faults:
        raise AnswerError(faults)
    codes = _codes(ready, answers)
    given = ready.forms[form] if form else instrument.forms[0]
    used = _with_inferred(ready, codes) if given.skips else codes
    sets = {name: s for name, s in ready.sets.items() if s.is_for(age, given)}
    scales = {
        s.scale.id: _scale(ready, s, used, sex, _judged_by(ready, sets, s.scale.id, age, cutoffs))
        for s in ready.scales
    }
    total = scales.get("total")
    return Score(
        instrument=instrument,
        codes=codes,
        used=used,
        sex=sex,
        age=age,
        form=given.id,
        state=total.state if total else _state(None, used, used),
        scales=scales,
        bands={
            name: _bands(s, scales[s.set.scale], sex) if name in sets else None
            for name, s in ready.sets.items()
        },
        default_set=total.set if total else None,
        flags=tuple(_raised(ready, used)),
    )


def _answer_faults(ready: InstrumentPlan, answers: Answers) -> Iterator[Fault]:
    where = ready.instrument.id
    if isinstance(answers, Mapping):
        given = answers
        for name in answers:
            if name not in ready.positions:
                yield Fault(
                    message(
                        "found an answer to {name!r}, expected one of the items {items}{hint}",
                        name=name,
                        items=", ".join(ready.names),
                        hint=did_you_mean(str(name), ready.names),
                    ),
                    where,
                    ("answers", str(name)),
                )
    else:
        if len(answers) != len(ready.names):
            yield Fault(
                message(
                    "found {found} answers, expected {expected}, one for each item in order;"
                    " write - where an answer is missing",
                    found=len(answers),
                    expected=len(ready.names),
                ),
                where,
            )
            return
        given = dict(zip(ready.names, answers, strict=True))
    if all(code is None for code in given.values()):
        yield Fault(
            message("found an empty form, expected at least one answer"), where, ("answers",)
        )
    for name, code in given.items():
        if name in ready.positions and not _is_legal(code, ready.legal[ready.positions[name]]):
            yield _illegal(ready, name, code)


def _is_legal(code: object, legal: tuple[int, ...]) -> bool:
    if code is None:
        return True
    return isinstance(code, Integral) and not isinstance(code, bool) and code in legal


def _illegal(ready: InstrumentPlan, name: str, code: object) -> Fault:
    legal = ready.legal[ready.positions[name]]
    return Fault(
        message(
            "found {found}, expected one of the codes {legal}, or nothing where there is no answer",
            found=repr(code),
            legal=", ".join(map(str, legal)),
        ),
        f"{ready.instrument.id}: item {name}",
        ("answers", name),
    )


def _person_faults(
    ready: InstrumentPlan, sex: object, age: object, form: str | None, cutoffs: Sequence[str]
) -> Iterator[Fault]:
    if sex not in _SEXES:
        yield Fault(
            message(
                "found {found!r}, expected {expected}{hint}",
                found=sex,
                expected=", ".join(_SEXES),
                hint=did_you_mean(str(sex), _SEXES),
            ),
            "sex",
            ("sex",),
        )
    if age is not None and not (
        isinstance(age, Integral) and not isinstance(age, bool) and 0 <= age <= _OLDEST
    ):
        yield Fault(
            message(
                "found {found!r}, expected whole years 0 to {oldest}", found=age, oldest=_OLDEST
            ),
            "age",
            ("age",),
        )
    for found, known, where in (
        *([(form, ready.forms, "form")] if form is not None else []),
        *((name, ready.sets, "cutoffs") for name in cutoffs),
    ):
        if found not in known:
            yield Fault(
                message(
                    "found {found!r}, expected one of {expected}{hint}",
                    found=found,
                    expected=", ".join(known) or "-",
                    hint=did_you_mean(found, known),
                ),
                where,
                (where,),
            )


def _codes(ready: InstrumentPlan, answers: Answers) -> tuple[int | None, ...]:
    if isinstance(answers, Mapping):
        found = [answers.get(name) for name in ready.names]
    else:
        found = list(answers)
    return tuple(code if code is None or type(code) is int else int(code) for code in found)


def _with_inferred(ready: InstrumentPlan, codes: tuple[int | None, ...]) -> tuple[int | None, ...]:
    """Return the codes with zero for the blanks of every skip that was taken.

    A skip was taken when its condition holds by what was answered and nothing in the skipped
    block is above zero.
    """
    if None not in codes:
        return codes
    facts = _facts(ready, codes)
    used = list(codes)
    for skip in ready.skips:
        if truth(skip.when, facts) == TRUE and not any(codes[p] for p in skip.positions):
            for position in skip.positions:
                if used[position] is None:
                    used[position] = 0
    return tuple(used)


def _facts(ready: InstrumentPlan, codes: tuple[int | None, ...]) -> dict[str, Interval]:
    """Return the known codes as facts; what is missing is left out and so unknown."""
    return {
        name: (code, code)
        for name, code in zip(ready.names, codes, strict=True)
        if code is not None
    }


def _judged_by(
    ready: InstrumentPlan,
    applicable: Mapping[str, SetPlan],
    scale: str,
    age: int | None,
    named: Sequence[str],
) -> tuple[SetPlan | None, ...]:
    """Return the sets that the state of a scale may be judged by.

    One if the caller named it or the age tells it, several while the age is unknown; ``None``
    stands for an age without a default set.
    """
    for name in named:
        if ready.sets[name].set.scale == scale:
            return (applicable.get(name),)
    defaults = [d for d in ready.instrument.default_sets if ready.sets[d.set].set.scale == scale]
    if age is not None:
        return (next((applicable.get(d.set) for d in defaults if age in d.ages), None),)
    if not defaults:
        return (None,)
    covered = all(any(a in d.ages for d in defaults) for a in range(_OLDEST + 1))
    return (*(applicable.get(d.set) for d in defaults), *(() if covered else (None,)))


def _scale(
    ready: InstrumentPlan,
    scale: ScalePlan,
    used: tuple[int | None, ...],
    sex: Sex,
    candidates: tuple[SetPlan | None, ...],
) -> ScaleScore:
    codes = [used[p] for p in scale.positions]
    low = high = 0
    blanks: list[tuple[str, frozenset[int]]] = []
    for number, code in enumerate(codes):
        points = scale.points[number]
        if code is None:
            low += scale.least[number]
            high += scale.greatest[number]
            blanks.append((ready.names[scale.positions[number]], frozenset(points.values())))
        else:
            low += points[code]
            high += points[code]
    known = low - sum(min(points) for _, points in blanks)
    judged = judge(known, blanks, candidates, sex)
    return ScaleScore(
        scale=scale.scale,
        low=low,
        high=high,
        state=_state(judged, codes, codes),
        set=next((c.set for c in reversed(candidates) if c is not None), None),
        missing=tuple(name for name, _ in blanks),
        decisive=judged.decisive,
        settling=judged.settling,
    )


def _state(
    judged: Judgement | None, codes: Sequence[int | None], known: Sequence[int | None]
) -> State:
    if all(code is None for code in known):
        return "omitted"
    if judged is not None and judged.is_certain is not None:
        return "certain" if judged.is_certain else "provisional"
    return "provisional" if None in codes else "certain"


def _bands(ready: SetPlan, scale: ScaleScore, sex: Sex) -> Bands:
    tables = ready.strata(sex)
    return Bands(
        ready.set,
        min(table[scale.low - ready.first] for table in tables),
        max(table[scale.high - ready.first] for table in tables),
    )


def _raised(ready: InstrumentPlan, used: tuple[int | None, ...]) -> Iterator[RaisedFlag]:
    if not ready.flags:
        return
    facts = _facts(ready, used)
    for flag, tree in ready.flags:
        found = truth(tree, facts)
        if found != FALSE:
            yield RaisedFlag(flag, found == TRUE)
