"""An instrument made ready for scoring: positions instead of ids, tables instead of ranges."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from riskbehov.errors import DataError, Fault
from riskbehov.i18n import Message
from riskbehov.logic.tree import Tree, compile_condition
from riskbehov.logic.vocabulary import item_types
from riskbehov.models.condition import Condition
from riskbehov.models.instrument import ALL, SEXES, CutoffSet, Flag, Form, Scale, ScoredInstrument

Points = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class ScalePlan:
    """A scale: where its items stand, and how many points each legal code gives."""

    scale: Scale
    positions: tuple[int, ...]
    points: tuple[Points, ...]
    least: tuple[int, ...]
    greatest: tuple[int, ...]

    @property
    def range(self) -> tuple[int, int]:
        """Return the least and the greatest score there is."""
        return sum(self.least), sum(self.greatest)


@dataclass(frozen=True, slots=True)
class SetPlan:
    """A cut-off set: for each stratum the position of the band, by score."""

    set: CutoffSet
    first: int
    """The score that the tables begin with."""
    tables: Mapping[str, tuple[int, ...]]

    def strata(self, sex: str) -> tuple[tuple[int, ...], ...]:
        """Return the tables that may be the person's: one, or all where the sex does not tell."""
        if ALL in self.tables:
            return (self.tables[ALL],)
        if sex in self.tables:
            return (self.tables[sex],)
        return tuple(self.tables.values())

    def is_for(self, age: int | None, form: Form) -> bool:
        """Tell whether the set may be applied at this age (unknown: it may) and to this form."""
        fits_form = form.standard if self.set.forms is None else form.id in self.set.forms
        return fits_form and (age is None or age in self.set.ages)


@dataclass(frozen=True, slots=True)
class SkipPlan:
    """A skip rule: its condition and the positions that it may fill with zero."""

    when: Tree
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InstrumentPlan:
    """All that scoring needs of an instrument."""

    instrument: ScoredInstrument
    positions: Mapping[str, int]
    legal: tuple[tuple[int, ...], ...]
    names: tuple[str, ...]
    scales: tuple[ScalePlan, ...]
    sets: Mapping[str, SetPlan]
    skips: tuple[SkipPlan, ...]
    flags: tuple[tuple[Flag, Tree], ...]
    forms: Mapping[str, Form]


@lru_cache(maxsize=256)
def plan(instrument: ScoredInstrument) -> InstrumentPlan:
    """Return the plan of an instrument; raises :class:`DataError` if its parts do not fit."""
    positions = {item.id: number for number, item in enumerate(instrument.items)}
    legal = tuple(instrument.legal(item) for item in instrument.items)
    scales = tuple(_scale(scale, positions, legal) for scale in instrument.scales)
    ranges = {s.scale.id: s.range for s in scales}
    return InstrumentPlan(
        instrument=instrument,
        positions=positions,
        legal=legal,
        names=tuple(positions),
        scales=scales,
        sets={s.id: _set(s, ranges[s.scale]) for s in instrument.cutoff_sets},
        skips=tuple(
            SkipPlan(_tree(instrument, skip.when), tuple(positions[i] for i in skip.infer))
            for skip in instrument.skips
        ),
        flags=tuple((flag, _tree(instrument, flag.when)) for flag in instrument.flags),
        forms={form.id: form for form in instrument.forms},
    )


def _scale(
    scale: Scale, positions: Mapping[str, int], legal: tuple[tuple[int, ...], ...]
) -> ScalePlan:
    where = tuple(positions[i] for i in scale.items)
    least_counted = scale.count_at_least
    points: tuple[Points, ...] = tuple(
        {c: c if least_counted is None else int(c >= least_counted) for c in legal[p]}
        for p in where
    )
    return ScalePlan(
        scale,
        where,
        points,
        tuple(min(p.values()) for p in points),
        tuple(max(p.values()) for p in points),
    )


def _set(cutoffs: CutoffSet, span: tuple[int, int]) -> SetPlan:
    """Return the tables of a set over the whole span of its scale."""
    order = [band.id for band in cutoffs.bands]
    tables = {}
    for stratum in (ALL, *SEXES):
        if stratum not in cutoffs.limits:
            continue
        limits = cutoffs.limits[stratum]
        bands = [
            next((order.index(b) for b, r in limits.items() if r.low <= s <= r.high), 0)
            for s in range(span[0], span[1] + 1)
        ]
        tables[stratum] = tuple(bands)
    return SetPlan(cutoffs, span[0], tables)


def _tree(instrument: ScoredInstrument, condition: Condition) -> Tree:
    wrong: list[Message] = []
    tree = compile_condition(
        condition, item_types(instrument), lambda _place, sentence: wrong.append(sentence)
    )
    if tree is None:
        raise DataError(Fault(sentence, f"instrument {instrument.id}") for sentence in wrong)
    return tree
