"""An instrument made ready for scoring: positions instead of ids, tables instead of ranges."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import itemgetter, or_
from typing import Any, NamedTuple, TypeAlias, TypeVar

from riskbehov.errors import DataError, Fault, InputError
from riskbehov.i18n import Message, message
from riskbehov.logic.tree import Tree, compile_condition, facts_in
from riskbehov.logic.vocabulary import item_types
from riskbehov.models.condition import Condition
from riskbehov.models.instrument import (
    SEXES,
    CutoffSet,
    Flag,
    Form,
    Range,
    Scale,
    ScoredInstrument,
    Skip,
)
from riskbehov.models.result import RaisedFlag

T = TypeVar("T")
OLDEST = 120
Codes: TypeAlias = tuple[int | None, ...]
"""One code an item, in item order; ``None`` is a missing answer."""
Sums: TypeAlias = int
"""A set of sums: bit n is set when the sum n is in it."""
Table: TypeAlias = Mapping[str | None, Sums]
"""For each band the sums that it holds."""
Points: TypeAlias = Mapping[int | None, int]
"""What each code of an item gives; a missing answer gives nothing that is known."""
Pick: TypeAlias = Callable[[tuple[T, ...]], tuple[T, ...]]
"""Gives, of one value for each item of the instrument, those of a scale."""


class Blank(NamedTuple):
    """An item that has no answer, and the points that it could give."""

    name: str
    points: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class ScalePlan:
    """A scale: where its items stand, and how many points each legal code gives."""

    scale: Scale
    id: str
    counted: int | None
    """The least code that is counted, if codes are counted and not added."""
    positions: tuple[int, ...]
    pick: Pick[Any]
    points: tuple[Points, ...]
    blanks: tuple[Blank, ...]
    """Each item as it is when it has no answer."""


@dataclass(frozen=True, slots=True, eq=False)
class SetPlan:
    """A cut-off set: for each sex the sums that each band holds, in the order of the bands."""

    set: CutoffSet
    tables: Mapping[str, Table]

    def is_for(self, age: int | None, form: Form, day: dt.date | None = None) -> bool:
        """Tell whether the set may be applied to this form, at this age, on this day.

        An age or a day that is not known rules nothing out.
        """
        fits_form = form.standard if self.set.forms is None else form.id in self.set.forms
        fits_day = day is None or day in self.set.valid
        return fits_form and fits_day and (age is None or age in self.set.ages)


@dataclass(frozen=True, slots=True)
class SkipPlan:
    """A skip rule: its condition and the positions that it may fill with zero."""

    when: Tree
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class InstrumentPlan:
    """All that scoring needs of an instrument."""

    instrument: ScoredInstrument
    positions: Mapping[str, int]
    names: tuple[str, ...]
    legal: tuple[frozenset[int | None], ...]
    """For each item the codes it may have, ``None`` for a missing answer among them."""
    points: Mapping[int | None, tuple[Points, ...]]
    """For each item what its codes give, by the least code that is counted; else codes add up."""
    scales: tuple[ScalePlan, ...]
    sets: Mapping[str, SetPlan]
    skips: tuple[SkipPlan, ...]
    gates: tuple[int, ...]
    """The positions that the conditions of skips ask about."""
    flags: tuple[tuple[Tree, tuple[RaisedFlag | None, ...]], ...]
    """Each flag's condition, and what is raised when it is false, unknown or true."""
    forms: Mapping[str, Form]


_PLANS: dict[int, InstrumentPlan] = {}
_MOST = 256


def plan(instrument: ScoredInstrument) -> InstrumentPlan:
    """Return the plan of an instrument.

    It is made once for each instrument object and holds on to it. To compare two definitions
    costs more than to score a form, so they are told apart by identity.

    Raises :class:`DataError` if the parts of the instrument do not fit, and :class:`InputError` for
    what is no definition, such as an id.
    """
    found = _PLANS.get(id(instrument))
    if found is None:
        _require_definition(instrument)
        if len(_PLANS) >= _MOST:  # more than so many where two threads add the last one
            _PLANS.clear()
        found = _PLANS[id(instrument)] = _plan(instrument)
    return found


def _require_definition(instrument: object) -> None:
    if not isinstance(instrument, ScoredInstrument):
        said = message(
            "found {found}, expected the definition of an instrument with items, as"
            " Library.open().scored('audit') returns it",
            found=repr(instrument) if isinstance(instrument, str) else type(instrument).__name__,
        )
        raise InputError(Fault(said, "instrument"))


def _plan(instrument: ScoredInstrument) -> InstrumentPlan:
    positions = {item.id: number for number, item in enumerate(instrument.items)}
    _require_items(instrument, positions)
    codes = [instrument.legal(item) for item in instrument.items]
    points = {
        least: tuple(_points(legal, least) for legal in codes)
        for least in dict.fromkeys(scale.count_at_least for scale in instrument.scales)
    }
    scales = {
        scale.id: _scale(scale, positions, points[scale.count_at_least])
        for scale in instrument.scales
    }
    skips = tuple(_skip(instrument, skip, positions, codes) for skip in instrument.skips)
    return InstrumentPlan(
        instrument=instrument,
        positions=positions,
        names=tuple(positions),
        legal=tuple(frozenset({None, *legal}) for legal in codes),
        points=points,
        scales=tuple(scales.values()),
        sets={s.id: _set(instrument, s, scales[s.scale]) for s in instrument.cutoff_sets},
        skips=skips,
        gates=tuple(sorted({positions[f.name] for skip in skips for f in facts_in(skip.when)})),
        flags=tuple(_flag(instrument, flag) for flag in instrument.flags),
        forms={form.id: form for form in instrument.forms},
    )


def _require_items(instrument: ScoredInstrument, positions: Mapping[str, int]) -> None:
    """Raise for an item that stands twice, and for one that a scale or a skip misnames."""
    ids = [item.id for item in instrument.items]
    named = [i for scale in instrument.scales for i in scale.items]
    named += [i for skip in instrument.skips for i in skip.infer]
    wrong = [
        message("{id!r} stands twice, expected once", id=i) for i in positions if ids.count(i) > 1
    ]
    wrong += [
        message("found {found!r}, expected an id that is known{hint}", found=i, hint="")
        for i in dict.fromkeys(named)
        if i not in positions
    ]
    if wrong:
        raise _misfit(instrument, *wrong)


def _points(legal: tuple[int, ...], least: int | None) -> Points:
    return {None: 0} | {code: code if least is None else int(code >= least) for code in legal}


def _scale(scale: Scale, positions: Mapping[str, int], points: tuple[Points, ...]) -> ScalePlan:
    where = tuple(positions[i] for i in scale.items)
    pick = _picker(where)
    could_be = [frozenset(p[c] for c in p if c is not None) for p in pick(points)]
    blanks = tuple(map(Blank, scale.items, could_be))
    return ScalePlan(scale, scale.id, scale.count_at_least, where, pick, pick(points), blanks)


def _picker(positions: tuple[int, ...]) -> Pick[Any]:
    pick = itemgetter(*positions)
    return pick if len(positions) > 1 else lambda values: (pick(values),)


def _set(instrument: ScoredInstrument, cutoffs: CutoffSet, scale: ScalePlan) -> SetPlan:
    """Return a set with a table for each sex; limits for all, or for one sex only, serve both."""
    low = sum(min(blank.points) for blank in scale.blanks)
    high = sum(max(blank.points) for blank in scale.blanks)
    tables: dict[str, Table] = {}
    for stratum, limits in cutoffs.limits.items():
        table: Table = {band.id: _held(limits.get(band.id)) for band in cutoffs.bands}
        covered = reduce(or_, table.values(), 0)
        if _held(Range(low=low, high=high)) & ~covered or covered != sum(table.values()):
            raise _misfit(
                instrument,
                message(
                    "{set}, {stratum}: expected each score from {low} to {high} in one band",
                    set=cutoffs.id,
                    stratum=stratum,
                    low=low,
                    high=high,
                ),
            )
        reached = [held for held in table.values() if held]
        if reached != sorted(reached):
            raise _misfit(
                instrument,
                message(
                    "{set}, {stratum}: expected the bands in the order of their scores",
                    set=cutoffs.id,
                    stratum=stratum,
                ),
            )
        tables[stratum] = table
    either = next(iter(tables.values()))
    return SetPlan(cutoffs, {sex: tables.get(sex, either) for sex in SEXES})


def _held(limits: Range | None) -> Sums:
    return (2 << limits.high) - (1 << limits.low) if limits else 0


def _skip(
    instrument: ScoredInstrument,
    skip: Skip,
    positions: Mapping[str, int],
    codes: list[tuple[int, ...]],
) -> SkipPlan:
    for name in skip.infer:
        if 0 not in codes[positions[name]]:
            raise _misfit(
                instrument,
                message(
                    "{skip} infers zero for item {item}, which cannot be zero",
                    skip=skip.id,
                    item=name,
                ),
            )
    return SkipPlan(_tree(instrument, skip.when), tuple(positions[i] for i in skip.infer))


def _flag(instrument: ScoredInstrument, flag: Flag) -> tuple[Tree, tuple[RaisedFlag | None, ...]]:
    raised = (None, RaisedFlag(flag, is_certain=False), RaisedFlag(flag, is_certain=True))
    return _tree(instrument, flag.when), raised


def _tree(instrument: ScoredInstrument, condition: Condition) -> Tree:
    wrong: list[Message] = []
    tree = compile_condition(
        condition, item_types(instrument), lambda _place, sentence: wrong.append(sentence)
    )
    if tree is None:
        raise _misfit(instrument, *wrong)
    return tree


def _misfit(instrument: ScoredInstrument, *sentences: Message) -> DataError:
    return DataError(Fault(sentence, f"instrument {instrument.id}") for sentence in sentences)
