"""Scoring rows of forms by tables: those that are complete and legal, and then the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.logic.evaluate import Columns, evaluate, holds
from riskbehov.logic.tree import TRUE, UNKNOWN
from riskbehov.scoring.columns import INVALID, OMITTED, ScaleArrays, ScoreArrays, Sums
from riskbehov.scoring.compiled import NONE, Bits, Bytes, Compiled, ScaleTables
from riskbehov.scoring.plan import InstrumentPlan, SkipPlan
from riskbehov.scoring.strata import Strata, look_up

MISSING = 255
"""In a matrix of codes: no answer."""

Bands: TypeAlias = Mapping[str, tuple[Bytes, Bytes]]


def score_whole(tables: Compiled, codes: Bytes, strata: Strata, found: ScoreArrays) -> None:
    """Score rows as if all were complete and legal; what is zero then is zero already."""
    found.told[:] = True
    for id_, scale in tables.scales.items():
        out = found.scales[id_]
        _add_up(scale, codes, out.low)
        out.high[:] = out.low
        if scale.least:
            out.known[:] = out.low
        _whole_bands(scale, strata, out, found.bands)
    if found.chosen.size:
        look_up(tables.scales["total"].chosen, strata.places, found.chosen)
    if tables.plan.flags:
        values = dict(zip(tables.plan.names, codes, strict=True))
        found.flags[:] = _bits([holds(when, values) for when, _ in tables.plan.flags])


def _whole_bands(scale: ScaleTables, strata: Strata, out: ScaleArrays, bands: Bands) -> None:
    shown = [name for name in scale.bands if name in bands]
    is_plain = scale.is_plain[: strata.views, : strata.sexes].all()
    if is_plain and not shown:
        return
    places = _places(scale, strata, out.low)
    if not is_plain:
        look_up(scale.whole, places, out.state)
    for name in shown:
        low, high = bands[name]
        look_up(scale.bands[name][0], places, low)
        if is_plain:
            high[:] = low
        else:
            look_up(scale.bands[name][1], places, high)


def _places(scale: ScaleTables, strata: Strata, sums: Sums) -> Sums:
    """Return where the tables of a scale have each row; anywhere where the sum cannot be."""
    places: Sums = np.multiply(strata.places, scale.width, dtype=np.uint32)
    places += sums
    return places


def _add_up(scale: ScaleTables, codes: Bytes, total: Sums) -> None:
    """Add the points of a scale to ``total``."""
    least = scale.scale.counted
    for run in scale.runs:
        if least is None:
            total += np.add.reduce(codes[run], axis=0, dtype=total.dtype)
        else:
            total += reduce(np.add, ((row >= least).view(np.uint8) for row in codes[run]))


def _bits(held: Sequence[Bits]) -> Sums:
    """Return which of several conditions hold, as bits."""
    unsigned = np.min_scalar_type((1 << len(held)) - 1).type
    return reduce(or_, (each * unsigned(1 << n) for n, each in enumerate(held)))


def is_odd(tables: Compiled, codes: Bytes, strata: Strata) -> Bits:
    """Return the rows with anything that is no legal answer, or a person who cannot be."""
    odd = np.zeros(codes.shape[1], np.bool_) if strata.is_bad is None else strata.is_bad.copy()
    for run, top, never in tables.legal.masks:
        odd |= np.maximum.reduce(codes[run], axis=0) > top
        if never:
            odd |= np.bitwise_or.reduce(codes[run], axis=0) & np.uint8(never) > 0
    for position in tables.legal.by_table:
        odd |= ~tables.legal.table[position].take(codes[position])
    return odd


@dataclass(frozen=True, slots=True, eq=False)
class _Spans:
    """By item and row: the least and the greatest code that an answer has, or could have."""

    low: Bytes
    high: Bytes
    blank: Bits

    def columns(self, tables: Compiled) -> Columns:
        return dict(zip(tables.plan.names, zip(self.low, self.high, strict=True), strict=True))


def score_others(tables: Compiled, codes: Bytes, strata: Strata, found: ScoreArrays) -> None:
    """Score rows of which any may have missing or illegal answers, into columns of zeros."""
    spans = _spans(tables, codes)
    found.illegal[:] = _count(_illegal(tables, codes, spans.blank))
    found.missing[:] = _count(spans.blank)
    is_refused = found.illegal > 0
    if strata.is_bad is not None:
        is_refused |= strata.is_bad
    found.told[:] = ~is_refused & (found.missing < len(codes))
    if tables.has_skips:
        _infer(tables, spans, found)
    for id_, scale in tables.scales.items():
        _other_scale(scale, spans, strata, found.scales[id_], found.bands)
    if "total" not in tables.scales:
        np.greater(found.missing, 0, out=found.state.view(np.bool_))
    if found.chosen.size:
        look_up(tables.scales["total"].chosen, strata.places, found.chosen)
    if tables.plan.flags:
        _other_flags(tables, spans, found)
    _tell_nothing(found, np.where(is_refused, INVALID, OMITTED))


def _spans(tables: Compiled, codes: Bytes) -> _Spans:
    blank = codes == MISSING
    low = codes * ~blank
    low += blank * tables.legal.least
    return _Spans(low, np.minimum(codes, tables.legal.top), blank)


def _illegal(tables: Compiled, codes: Bytes, blank: Bits) -> Bits:
    legal = tables.legal.table
    first = np.arange(0, legal.size, legal.shape[1], dtype=np.uint16)
    return ~(legal.reshape(-1).take(codes + first[:, np.newaxis]) | blank)


def _count(marks: Bits) -> Bytes:
    """Return how many items are marked in each row."""
    counts: Bytes = np.add.reduce(marks.view(np.uint8), axis=0, dtype=np.uint8)
    return counts


def skips_taken(
    ready: InstrumentPlan, columns: Columns, rows: int
) -> Sequence[tuple[SkipPlan, Bits]]:
    """Return each skip with the rows in which it was taken.

    A skip was taken when its condition holds by what was answered and nothing in the skipped block
    is above zero. ``columns`` hold the least and the greatest code of each item, one number a row.
    """
    found = []
    for skip in ready.skips:
        is_taken = evaluate(skip.when, columns, rows) == TRUE
        for position in skip.positions:
            is_taken &= columns[ready.names[position]][0] == 0
        found.append((skip, is_taken))
    return found


def _infer(tables: Compiled, spans: _Spans, found: ScoreArrays) -> None:
    """Put zero for the blanks of every skip that was taken; zero is the least they could be."""
    for skip, is_taken in skips_taken(tables.plan, spans.columns(tables), len(found.told)):
        is_inferred = is_taken & found.told
        for position in skip.positions:
            spans.blank[position] &= ~is_inferred
            spans.high[position] *= ~is_inferred
    still = _count(spans.blank)
    found.inferred[:] = found.missing - still
    found.missing[:] = still


def _other_scale(
    scale: ScaleTables, spans: _Spans, strata: Strata, out: ScaleArrays, bands: Bands
) -> None:
    _add_up(scale, spans.low, out.low)
    _add_up(scale, spans.high, out.high)
    for run in scale.runs:
        out.missing[:] += _count(spans.blank[run])
    if scale.least:
        out.known[:] = out.low
        for position, least in scale.least:
            out.known[:] -= spans.blank[position] * scale.dtype(least)
    is_certain = out.missing == 0
    if scale.bands:
        is_certain = _other_bands(scale, strata, out, bands, is_certain)
    np.logical_not(is_certain, out=out.state.view(np.bool_))
    out.state[out.missing == len(scale.scale.positions)] = OMITTED


def _other_bands(
    scale: ScaleTables, strata: Strata, out: ScaleArrays, bands: Bands, is_complete: Bits
) -> Bits:
    """Look the bands up; return where a scale is certain: by its band where a set may apply."""
    ends = [_places(scale, strata, sums) for sums in (out.low, out.high)]
    for name in scale.bands:
        if name in bands:
            for places, table, band in zip(ends, scale.bands[name], bands[name], strict=True):
                look_up(table, places, band)
    first, last = (scale.single.take(places, mode="clip") for places in ends)
    is_in_one = (first == last) & (first != NONE)
    return np.where(scale.is_judged.take(strata.places), is_in_one, is_complete)


def _other_flags(tables: Compiled, spans: _Spans, found: ScoreArrays) -> None:
    columns, rows = spans.columns(tables), len(found.told)
    truths = [evaluate(when, columns, rows) for when, _ in tables.plan.flags]
    found.flags[:] = _bits([truth == TRUE for truth in truths])
    found.flags_possible[:] = _bits([truth == UNKNOWN for truth in truths])


def _tell_nothing(found: ScoreArrays, states: npt.NDArray[Any]) -> None:
    """Take back what was said of the rows that have no score."""
    rows = np.flatnonzero(~found.told)
    for scale in found.scales.values():
        scale.low[rows] = scale.high[rows] = scale.known[rows] = 0
        scale.state[rows] = states[rows]
    found.state[rows] = states[rows]
    for pair in found.bands.values():
        for band in pair:
            band[rows] = NONE
    if found.chosen.size:
        found.chosen[rows] = NONE
    found.flags[rows] = found.flags_possible[rows] = 0
