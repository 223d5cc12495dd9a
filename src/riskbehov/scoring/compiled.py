"""An instrument made ready for many forms: finish tables that the case scorer fills.

What a scale comes to, once its sum is known, depends on the sum, the sex and the sets that may be
the person's. That is a finite table, so it is filled by asking the scorer of one case, and the two
share one definition.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import Any

import numpy as np
import numpy.typing as npt

from riskbehov.models.instrument import SEXES, CutoffSet
from riskbehov.scoring.case import ScaleView, finish, views
from riskbehov.scoring.plan import OLDEST, InstrumentPlan, ScalePlan

Bytes = npt.NDArray[np.uint8]
NONE = 255
"""No band, no set, no single band."""
STRATA = (*SEXES, "unknown")
"""For whom a table has a part: anyone whose sex the limits do not name shares the last."""
UNKNOWN_AGE = 255
_BAD_AGE = 254
_UNSIGNED = (np.uint8, np.uint16, np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class ScaleTables:
    """A scale with its finish tables, one entry for each stratum and sum, flat."""

    scale: ScalePlan
    dtype: type[np.unsignedinteger]
    """Wide enough for the sum, with room for one item more."""
    width: int
    """How many sums a stratum has: from zero to the greatest."""
    is_judged: npt.NDArray[np.bool_]
    """By view: whether a set may be the person's, so that the band tells the state."""
    chosen: Bytes
    """By view: the place of the set that the state goes by, among the instrument's."""
    single: Bytes | None
    """The one band that all sets and sexes agree on; :data:`NONE` where they do not."""
    whole: Bytes
    """The state of a complete scale: 0 for certain, 1 for provisional."""
    bands: Mapping[str, tuple[Bytes, Bytes]]
    """By set: the lowest and the highest band; :data:`NONE` where the set may not be applied."""
    points: Bytes
    """For the least, then the greatest: by item and code, a missing answer among them, points."""


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """An instrument with the tables for one form, the sets named and the days that differ."""

    plan: InstrumentPlan
    form_skips: bool
    scales: tuple[ScaleTables, ...]
    cuts: tuple[int, ...]
    """Days since 1970 on which other sets come into force; between two of them nothing changes."""
    views: Bytes
    """By period between cuts (the last row: no day) and age: which view of the scales."""
    sets: tuple[CutoffSet, ...]
    legal: npt.NDArray[np.bool_]
    """By item and code."""
    legal_masks: Mapping[tuple[int, int], tuple[int, ...]]
    """The items whose legal codes are those up to a greatest one without some bits."""
    legal_by_table: tuple[int, ...]
    """The other items."""
    ends: tuple[tuple[int, int], ...]
    """For each item its least and its greatest code."""


@lru_cache(maxsize=64)
def compiled(
    ready: InstrumentPlan, form: str, named: tuple[str, ...], day: dt.date | None, *, by_row: bool
) -> Compiled:
    """Return the tables of an instrument for one form, the sets that are named and a day.

    With ``by_row`` each row has a day of its own, and ``day`` is not looked at.
    """
    cuts = _cuts(ready) if by_row else ()
    days: list[dt.date | None] = [_inside(cuts, n) for n in range(len(cuts) + 1)] if cuts else []
    days.append(None if by_row else day)
    found: dict[tuple[ScaleView, ...], int] = {}
    ages = np.full((len(days), 256), _BAD_AGE, np.uint8)
    for row, each in enumerate(days):
        for age in (*range(OLDEST + 1), None):
            view = views(ready, age, form, named, each)
            ages[row, UNKNOWN_AGE if age is None else age] = found.setdefault(view, len(found))
    by_scale = zip(ready.scales, zip(*found, strict=True), strict=True)
    return Compiled(
        plan=ready,
        form_skips=ready.forms[form].skips,
        scales=tuple(_tables(ready, scale, seen) for scale, seen in by_scale),
        cuts=cuts,
        views=ages,
        sets=tuple(ready.instrument.cutoff_sets),
        **_legal(ready),
    )


def _legal(ready: InstrumentPlan) -> dict[str, Any]:
    """Return the legal codes of all items, in the forms that are quick to hold against columns."""
    codes = [sorted(c for c in legal if c is not None) for legal in ready.legal]
    table = np.zeros((len(codes), 256), np.bool_)
    masks: dict[tuple[int, int], list[int]] = {}
    others = []
    for position, legal in enumerate(codes):
        table[position, legal] = True
        top, never = legal[-1], 0xFF & ~reduce(or_, legal)
        if [c for c in range(top + 1) if not c & never] == legal:
            masks.setdefault((top, never), []).append(position)
        else:
            others.append(position)
    return {
        "legal": table,
        "legal_masks": {mask: tuple(positions) for mask, positions in masks.items()},
        "legal_by_table": tuple(others),
        "ends": tuple((legal[0], legal[-1]) for legal in codes),
    }


def _cuts(ready: InstrumentPlan) -> tuple[int, ...]:
    """Return the first days of all periods in which the same sets are in force."""
    days = set()
    for each in ready.sets.values():
        valid = each.set.valid
        days.add(_number(valid.from_))
        if valid.to is not None:
            days.add(_number(valid.to) + 1)
    return tuple(sorted(days))


def _number(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days


def _inside(cuts: Sequence[int], period: int) -> dt.date:
    """Return a day of a period: its first one, or the one before the first cut."""
    number = cuts[period - 1] if period else cuts[0] - 1
    return dt.date(1970, 1, 1) + dt.timedelta(days=number)


def _tables(ready: InstrumentPlan, scale: ScalePlan, seen: Sequence[ScaleView]) -> ScaleTables:
    least = sum(min(blank.points) for blank in scale.blanks)
    top = sum(max(blank.points) for blank in scale.blanks)
    room = top + max(max(blank.points) for blank in scale.blanks)
    sets = [s.set for s, _ in seen[0].sets]
    single = np.full((len(seen), len(STRATA), top + 1), NONE, np.uint8)
    bands = {s.id: np.full((2, *single.shape), NONE, np.uint8) for s in sets}
    chosen = np.full(len(seen), NONE, np.uint8)
    names: dict[str, int] = {}
    for number, view in enumerate(seen):
        if sets:
            for stratum, sex in enumerate(STRATA):
                for total in range(least, top + 1):
                    place = (number, stratum, total)
                    single[place] = _fill(view, total, sex, bands, place, names)
        last = next((c.set.id for c in reversed(view.candidates) if c), None)
        if last is not None:
            chosen[number] = list(ready.sets).index(last)
    judged = np.array([any(view.candidates) for view in seen])
    return ScaleTables(
        scale=scale,
        dtype=next(d for d in _UNSIGNED if room <= np.iinfo(d).max),
        width=top + 1,
        is_judged=judged,
        chosen=chosen,
        single=single.reshape(-1) if sets else None,
        whole=((single == NONE) & judged[:, np.newaxis, np.newaxis]).astype(np.uint8).reshape(-1),
        bands={name: (pair[0].reshape(-1), pair[1].reshape(-1)) for name, pair in bands.items()},
        points=_points(scale),
    )


def _fill(
    view: ScaleView,
    total: int,
    sex: str,
    bands: Mapping[str, npt.NDArray[np.uint8]],
    place: tuple[int, int, int],
    names: dict[str, int],
) -> int:
    """Write what the case scorer says of a complete scale; return its one band, if it has one."""
    found, by_set = finish(view, total, (), (), sex)
    for name, each in by_set.items():
        if each is not None:
            bands[name][0][place] = each.low
            bands[name][1][place] = each.high
    told = by_set.get(found.set.id) if found.set else None
    if found.set is None or told is None or found.state != "certain":
        return NONE
    return names.setdefault(found.set.bands[told.low].id, len(names))


def _points(scale: ScalePlan) -> Bytes:
    """Return a scale's points by item and code, twice: a missing answer least, and greatest."""
    table = np.zeros((2, len(scale.positions), 256), np.uint8)
    for number, points in enumerate(scale.points):
        for code, given in points.items():
            if code is not None:
                table[:, number, code] = given
        possible = scale.blanks[number].points
        table[:, number, 255] = min(possible), max(possible)
    return table
