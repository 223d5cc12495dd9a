"""An instrument made ready for many forms: finish tables that the case scorer fills.

What a scale comes to, once its sum is known, depends on the sum, the sex and the sets that may be
the person's. That is a finite table, so it is filled by asking the scorer of one case, and the two
share one definition.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import product
from operator import or_
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.models.instrument import SEXES, CutoffSet
from riskbehov.models.result import Bands, ScaleScore
from riskbehov.scoring.case import ScaleView, finish, views
from riskbehov.scoring.plan import OLDEST, InstrumentPlan, ScalePlan

Bytes: TypeAlias = npt.NDArray[np.uint8]
Bits: TypeAlias = npt.NDArray[np.bool_]

NONE = 255
"""No band, no set, no single band."""
STRATA = (*SEXES, "unknown")
"""For whom a table has a part: anyone whose sex the limits do not name shares the last."""
UNKNOWN_AGE = 255
NO_VIEW = 0xFFFF
"""Where a table of views has an age that nobody can have."""


@dataclass(frozen=True, slots=True, eq=False)
class ScaleTables:
    """A scale with its finish tables: flat, an entry for each view, sex and sum."""

    scale: ScalePlan
    runs: tuple[slice, ...]
    """Where its items stand, as stretches of items side by side."""
    dtype: type[np.unsignedinteger]
    """Wide enough for the greatest sum."""
    width: int
    """How many sums a view and sex have: from zero to the greatest."""
    least: tuple[tuple[int, int], ...]
    """The items, by position, of which no answer gives nothing, and the least that one gives."""
    chosen: Bytes
    """By view and sex: the place of the set that the state goes by, among the instrument's."""
    is_judged: Bits
    """By view and sex: whether a set may be the person's, so that the band tells the state."""
    is_plain: Bits
    """By view and then sex: whether all complete forms are certain and in one band of each set."""
    single: Bytes
    """The one band that all sets and sexes agree on; :data:`NONE` where they do not."""
    whole: Bytes
    """The state of a complete scale: 0 for certain, 1 for provisional."""
    bands: Mapping[str, tuple[Bytes, Bytes]]
    """By set: the lowest and the highest band; :data:`NONE` where the set may not be applied."""


@dataclass(frozen=True, slots=True, eq=False)
class Legal:
    """The legal codes of all items, in the forms that are quick to hold against columns."""

    table: Bits
    """By item and code."""
    least: Bytes
    """The least code of each item, as a column."""
    top: Bytes
    """The greatest code of each item, as a column."""
    masks: tuple[tuple[slice, int, int], ...]
    """Items whose codes are all those up to a greatest one, but for those with some bits."""
    by_table: tuple[int, ...]
    """The other items."""


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """An instrument with the tables for one form and the sets named, for any day and age."""

    plan: InstrumentPlan
    has_skips: bool
    scales: Mapping[str, ScaleTables]
    cuts: tuple[np.datetime64, ...]
    """Days on which other sets come into force; between two of them nothing changes."""
    views: npt.NDArray[np.uint16]
    """By period between cuts (the last one: no day) and age: how the scales are looked at."""
    sets: tuple[CutoffSet, ...]
    legal: Legal


@lru_cache(maxsize=64)
def compiled(ready: InstrumentPlan, form: str, named: tuple[str, ...]) -> Compiled:
    """Return the tables of an instrument for one form and the sets that are named."""
    cuts = _cuts(ready)
    ages, seen = _views(ready, form, named, cuts)
    by_scale = zip(ready.scales, zip(*seen, strict=True), strict=True)
    return Compiled(
        plan=ready,
        has_skips=ready.forms[form].skips,
        scales={scale.id: _tables(ready, scale, views) for scale, views in by_scale},
        cuts=tuple(np.datetime64(cut, "D") for cut in cuts),
        views=ages,
        sets=tuple(ready.instrument.cutoff_sets),
        legal=_legal(ready),
    )


def _cuts(ready: InstrumentPlan) -> list[dt.date]:
    """Return the days on which another set comes into force, or one is no longer."""
    days = set[dt.date]()
    for each in ready.sets.values():
        valid = each.set.valid
        days.add(valid.from_)
        if valid.to is not None and valid.to < dt.date.max:
            days.add(valid.to + dt.timedelta(days=1))
    return sorted(days)


def _views(
    ready: InstrumentPlan, form: str, named: tuple[str, ...], cuts: Sequence[dt.date]
) -> tuple[npt.NDArray[np.uint16], list[tuple[ScaleView, ...]]]:
    """Return which view each period and age has, and the views; those of unknown age are last."""
    days = (*_days(cuts), None)
    seen: dict[tuple[ScaleView, ...], int] = {}
    table = np.full((len(days), 256), NO_VIEW, np.uint16)
    for age in (*range(OLDEST + 1), None):
        for period, day in enumerate(days):
            view = views(ready, age, form, named, day)
            place = UNKNOWN_AGE if age is None else age
            table[period, place] = seen.setdefault(view, len(seen))
    return table, list(seen)


def _days(cuts: Sequence[dt.date]) -> Iterator[dt.date]:
    """Yield a day of each period."""
    if cuts:
        yield max(cuts[0], dt.date(1, 1, 2)) - dt.timedelta(days=1)
    yield from cuts


def _tables(ready: InstrumentPlan, scale: ScalePlan, seen: Sequence[ScaleView]) -> ScaleTables:
    top = sum(max(blank.points) for blank in scale.blanks)
    shape = (len(seen), len(STRATA), top + 1)
    single, bands = _finished(scale, seen, shape)
    is_judged = np.array([any(view.candidates) for view in seen])
    whole = (single == NONE) & is_judged[:, np.newaxis, np.newaxis]
    is_wide = [(low != high).any(axis=-1) for low, high in bands.values()]
    return ScaleTables(
        scale=scale,
        runs=_runs(scale.positions),
        dtype=np.uint8 if top <= np.iinfo(np.uint8).max else np.uint16,
        width=top + 1,
        least=tuple(_least(scale)),
        chosen=np.array([_chosen(ready, view) for view in seen], np.uint8).repeat(len(STRATA)),
        is_judged=is_judged.repeat(len(STRATA)),
        is_plain=~reduce(or_, is_wide, whole.any(axis=-1)),
        single=single.reshape(-1),
        whole=whole.reshape(-1).view(np.uint8),
        bands={name: (low.reshape(-1), high.reshape(-1)) for name, (low, high) in bands.items()},
    )


def _finished(
    scale: ScalePlan, seen: Sequence[ScaleView], shape: tuple[int, int, int]
) -> tuple[Bytes, Mapping[str, Bytes]]:
    """Return what the case scorer says of the complete scale: its one band, and those by set."""
    single = np.full(shape, NONE, np.uint8)
    bands = {s.set.id: np.full((2, *shape), NONE, np.uint8) for s, _ in seen[0].sets}
    if not bands:
        return single, bands
    least = sum(min(blank.points) for blank in scale.blanks)
    names: dict[str, int] = {}
    for place in product(range(shape[0]), range(shape[1]), range(least, shape[2])):
        view, stratum, total = place
        found, by_set = finish(seen[view], total, (), (), STRATA[stratum])
        for name, each in by_set.items():
            if each is not None:
                bands[name][:, *place] = each.low, each.high
        band = _one_band(found, by_set)
        if band is not None:
            single[place] = names.setdefault(band, len(names))
    return single, bands


def _one_band(found: ScaleScore, by_set: Mapping[str, Bands | None]) -> str | None:
    """Return the band that all sets and sexes agree on, if they do."""
    told = by_set.get(found.set.id) if found.set else None
    if found.set is None or told is None or found.state != "certain":
        return None
    return found.set.bands[told.low].id


def _least(scale: ScalePlan) -> Iterator[tuple[int, int]]:
    for position, blank in zip(scale.positions, scale.blanks, strict=True):
        if min(blank.points):
            yield position, min(blank.points)


def _chosen(ready: InstrumentPlan, view: ScaleView) -> int:
    last = next((c.set.id for c in reversed(view.candidates) if c), None)
    return NONE if last is None else list(ready.sets).index(last)


def legal_table(ready: InstrumentPlan) -> Bits:
    """Return by item and number whether it is a legal code; what stands for no answer is none."""
    table = np.zeros((len(ready.legal), 256), np.bool_)
    for row, legal in zip(table, ready.legal, strict=True):
        row[[code for code in legal if code is not None]] = True
    return table


def _legal(ready: InstrumentPlan) -> Legal:
    codes = [sorted(c for c in legal if c is not None) for legal in ready.legal]
    by_mask: dict[tuple[int, int] | None, list[int]] = {None: []}
    for position, legal in enumerate(codes):
        by_mask.setdefault(_mask(legal), []).append(position)
    others = tuple(by_mask.pop(None))
    masks = ((run, *mask) for mask, found in by_mask.items() if mask for run in _runs(found))
    ends = np.array([(legal[0], legal[-1]) for legal in codes], np.uint8)
    return Legal(legal_table(ready), ends[:, :1], ends[:, 1:], tuple(masks), others)


def _mask(legal: Sequence[int]) -> tuple[int, int] | None:
    """Return the greatest code and the bits that no code has, if these two tell what is legal."""
    top, never = legal[-1], 0xFF & ~reduce(or_, legal)
    if len(legal) == top + 1:
        return top, 0
    return (top, never) if [c for c in range(top + 1) if not c & never] == legal else None


def _runs(positions: Sequence[int]) -> tuple[slice, ...]:
    """Return some positions as stretches of those that follow upon each other."""
    runs: list[slice] = []
    for position in positions:
        if runs and runs[-1].stop == position:
            runs[-1] = slice(runs[-1].start, position + 1)
        else:
            runs.append(slice(position, position + 1))
    return tuple(runs)
