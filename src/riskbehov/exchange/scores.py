"""What the columns that ``riskbehov score`` adds to a table mean.

Which there are, in which order and with which words, the step that scores says itself; here stands
only what to say of each.
"""

from collections.abc import Iterator

from riskbehov.exchange.variables import Code, Variable
from riskbehov.i18n import N_, _
from riskbehov.models.instrument import CutoffSet
from riskbehov.scoring.plan import ScalePlan, plan
from riskbehov.tables.frames.bridge import Spec
from riskbehov.tables.frames.columns import column_of
from riskbehov.tables.scores.step import ScoreStep

_STATES = {
    "certain": N_("whatever the missing answers are, the outcome is the same"),
    "provisional": N_("the missing answers can change the outcome"),
    "omitted": N_("nothing to go on"),
    "invalid": N_("a value that cannot be: no score is given"),
}
_NEVER = N_("never empty")
_UNTOLD = N_("no answer at all, or a value that cannot be")


def score_variables(step: ScoreStep) -> tuple[Variable, ...]:
    """Return what the columns that a step adds mean, in their order."""
    told = {variable.name: variable for variable in _all(step)}
    return tuple(told.get(spec.name) or _plain(spec) for spec in step.adds)


def _plain(spec: Spec) -> Variable:
    """Return a column of which nothing more is known than its own label."""
    return Variable(
        name=spec.name,
        part="score",
        label=str(spec.label),
        codes=tuple(Code(word, word) for word in spec.words or ()),
        is_text=spec.words is not None,
        empty="",
        level="scale" if spec.words is None else "ordinal",
    )


def _all(step: ScoreStep) -> Iterator[Variable]:
    yield from _whole(step)
    for scale in plan(step.instrument).scales:
        yield from _scale(step, scale)
    for found in step.sets:
        yield from _bands(step, found)
    yield from _flags(step)


def _name(step: ScoreStep, *parts: str) -> str:
    return column_of(step.instrument.id, "_".join(parts))


def _whole(step: ScoreStep) -> Iterator[Variable]:
    instrument = step.instrument
    items = len(instrument.items)
    skipped = {id_ for skip in instrument.skips for id_ in skip.infer}
    yield _state(_name(step, "state"), _("State of the form"))
    yield _count(_name(step, "missing"), _("Items without an answer"), items)
    yield _count(_name(step, "inferred"), _("Items that a skip makes zero"), len(skipped))
    yield _count(_name(step, "illegal"), _("Answers that are no legal code"), items)
    yield Variable(
        name=_name(step, "set"),
        part="score",
        label=_("The limits that the state goes by"),
        codes=tuple(Code(s.id, str(s.label)) for s in instrument.cutoff_sets),
        is_text=True,
        empty=_("no limits are used for this age, or no score"),
        level="nominal",
    )


def _scale(step: ScoreStep, scale: ScalePlan) -> Iterator[Variable]:
    label = str(scale.scale.label)
    unit = _("points") if scale.counted is None else _("items")
    untold = _("no number: items without an answer") if step.missing == "strict" else _(_UNTOLD)
    for end, said in (
        ("low", _("{scale}: the least it can be", scale=label)),
        ("high", _("{scale}: the greatest it can be", scale=label)),
    ):
        yield _points(_name(step, scale.id, end), said, scale, unit, untold)
    yield _state(_name(step, scale.id, "state"), _("{scale}: state", scale=label), item=scale.id)
    yield _count(
        _name(step, scale.id, "missing"),
        _("{scale}: items without an answer", scale=label),
        len(scale.positions),
        item=scale.id,
    )
    yield _points(
        _name(step, scale.id, "prorated"),
        _("{scale}: prorated, the mean of the answers times the number of items", scale=label),
        scale,
        unit,
        _("too many items without an answer, or no score"),
    )


def _points(name: str, label: str, scale: ScalePlan, unit: str, empty: str) -> Variable:
    return Variable(
        name=name,
        part="score",
        label=label,
        item=scale.id,
        low=sum(min(blank.points) for blank in scale.blanks),
        high=sum(max(blank.points) for blank in scale.blanks),
        unit=unit,
        empty=empty,
        level="scale",
    )


def _state(name: str, label: str, *, item: str = "") -> Variable:
    return Variable(
        name=name,
        part="score",
        label=label,
        item=item,
        codes=tuple(Code(state, _(said)) for state, said in _STATES.items()),
        is_text=True,
        empty=_(_NEVER),
        level="nominal",
    )


def _count(name: str, label: str, most: int, *, item: str = "") -> Variable:
    return Variable(
        name=name,
        part="score",
        label=label,
        item=item,
        low=0,
        high=most,
        unit=_("items"),
        empty=_(_NEVER),
        level="scale",
    )


def _bands(step: ScoreStep, found: CutoffSet) -> Iterator[Variable]:
    for end, said in (
        ("low", _("{set}: lowest band", set=found.label)),
        ("high", _("{set}: highest band", set=found.label)),
    ):
        yield Variable(
            name=_name(step, found.id, end),
            part="score",
            label=said,
            item=found.scale,
            codes=tuple(Code(band.id, str(band)) for band in found.bands),
            is_text=True,
            empty=_("no score, or the limits do not apply to this age, day or form"),
            level="ordinal",
        )


def _flags(step: ScoreStep) -> Iterator[Variable]:
    codes = tuple(Code(str(1 << n), str(f.label)) for n, f in enumerate(step.instrument.flags))
    for name, label in (
        ("flags", _("Flags raised for certain; their numbers are added up")),
        ("flags_possible", _("Flags that the missing answers could raise; added up")),
    ):
        yield Variable(
            name=_name(step, name),
            part="score",
            label=label,
            codes=codes,
            is_bits=True,
            empty=_(_NEVER),
            level="nominal",
        )
