"""Many filled forms at once: the same scores as one by one, over columns of small numbers.

Two passes over blocks that fit in a processor's cache. The first takes every form to be complete
and legal, which most are, and adds whole columns; the second looks only at the rest, by the tables
that the case scorer has filled.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.logic.evaluate import evaluate
from riskbehov.logic.tree import TRUE, UNKNOWN, Tree
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.models.result import State
from riskbehov.scoring.answers import require_names
from riskbehov.scoring.compiled import NONE, STRATA, Bytes, Compiled, ScaleTables, compiled
from riskbehov.scoring.plan import plan

MISSING = 255
"""In a matrix of codes: no answer."""
ILLEGAL = 254
"""In a matrix of codes, among sexes or ages: something that cannot be."""
SEX_CODES = ("male", "female", "other", "unknown")
"""What the numbers in an array of sexes mean."""
STATES: tuple[State, ...] = ("certain", "provisional", "omitted", "invalid")
"""What the numbers in an array of states mean."""
CERTAIN, PROVISIONAL, OMITTED, INVALID = range(4)
BLOCK = 1 << 15

Sums: TypeAlias = npt.NDArray[np.unsignedinteger]
Days: TypeAlias = npt.NDArray[np.datetime64]


@dataclass(frozen=True, slots=True, eq=False)
class ScaleArrays:
    """One scale of many forms; ``low`` and ``high`` say nothing in a row without a number."""

    id: str
    low: Sums
    high: Sums
    state: Bytes
    missing: Bytes
    """How many items have no answer, what a skip infers not counted."""
    known: Sums
    """The points of what was answered or inferred."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoreArrays:
    """The scores of many forms of one instrument, one number a row."""

    instrument: ScoredInstrument
    told: npt.NDArray[np.bool_]
    """Where there is a score: neither refused nor empty."""
    state: Bytes
    """Of the instrument: that of its total, if it has one."""
    scales: Mapping[str, ScaleArrays]
    bands: Mapping[str, tuple[Bytes, Bytes]]
    """By set: the lowest and the highest band; :data:`NONE` where the set may not be applied."""
    chosen: Bytes
    """The place of the total's set among the instrument's; :data:`NONE` where it has none."""
    missing: Bytes
    inferred: Bytes
    illegal: Bytes
    """How many answers are no legal codes; sex and age are not counted."""
    flags: npt.NDArray[np.uint32]
    """Bit n: the instrument's nth flag is raised for certain."""
    flags_possible: npt.NDArray[np.uint32]
    """Bit n: the nth flag is raised by some of what the missing answers could be."""


def score_many(
    instrument: ScoredInstrument,
    codes: Bytes,
    *,
    sex: Bytes | None = None,
    age: Bytes | None = None,
    day: dt.date | Days | None = None,
    form: str | None = None,
    cutoffs: Sequence[str] = (),
    bands: Sequence[str] | None = None,
) -> ScoreArrays:
    """Score many filled forms, each as :func:`riskbehov.score` would.

    ``codes`` has a row for each item, in item order, and a column for each form; :data:`MISSING`
    stands for no answer, :data:`ILLEGAL` for what is no code at all. ``sex`` holds places in
    :data:`SEX_CODES`, ``age`` whole years with 255 for unknown; left out, nobody's is known.
    ``day`` is one day for all or an array of days, where ``NaT`` is no day. ``bands`` names the
    sets whose bands are wanted; left out, all are.

    A form that the case scorer refuses has the state ``invalid``, an empty one ``omitted``;
    neither has a number. Scratch memory does not grow with the number of forms.

    Raises :class:`AnswerError` for a form or a set that the instrument does not have, and for a
    matrix with another number of items.
    """
    ready = plan(instrument)
    require_names(ready, form, cutoffs, items=len(codes))
    by_row = isinstance(day, np.ndarray)
    tables = compiled(
        ready,
        form or instrument.forms[0].id,
        tuple(cutoffs),
        None if isinstance(day, np.ndarray) else day,
        by_row=by_row,
    )
    rows = codes.shape[1]
    wanted = [s.id for s in tables.sets if bands is None or s.id in bands or s.id in cutoffs]
    found = _empty(tables, rows, wanted)
    work = _Work.of(tables, min(rows, BLOCK))
    for start in range(0, rows, BLOCK):
        part = slice(start, min(start + BLOCK, rows))
        people = _people(tables, part, sex, age, day if isinstance(day, np.ndarray) else None)
        block = codes[:, part]
        is_odd = _whole(tables, block, people, found, part, work)
        odd = np.flatnonzero(is_odd)
        if odd.size:
            _others(tables, block[:, odd], people.some(odd), found, odd + start)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _People:
    """What is known of each person in some rows."""

    view: npt.NDArray[np.intp]
    """Which view of the scales: it hangs on age and day."""
    stratum: npt.NDArray[np.intp]
    """View and sex together, as the tables are laid out."""
    is_bad: npt.NDArray[np.bool_] | None
    """Where sex or age cannot be; nothing where all can."""

    def some(self, rows: npt.NDArray[np.intp]) -> "_People":
        bad = self.is_bad if self.is_bad is None else self.is_bad[rows]
        return _People(self.view[rows], self.stratum[rows], bad)


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """Arrays that are used again for each block."""

    odd: Bytes
    joined: Bytes
    top: Bytes
    points: Bytes
    place: npt.NDArray[np.intp]

    @classmethod
    def of(cls, _tables: Compiled, rows: int) -> "_Work":
        return cls(*(np.empty(rows, np.uint8) for _ in range(4)), np.empty(rows, np.intp))

    def cut(self, rows: int) -> "_Work":
        every = (self.odd, self.joined, self.top, self.points)
        return _Work(*(each[:rows] for each in every), self.place[:rows])


_STRATUM = np.full(256, NONE, np.uint8)
_STRATUM[: len(SEX_CODES)] = [
    STRATA.index(sex) if sex in STRATA else STRATA.index("unknown") for sex in SEX_CODES
]


def _people(
    tables: Compiled, part: slice, sex: Bytes | None, age: Bytes | None, day: Days | None
) -> _People:
    rows = part.stop - part.start
    view = np.zeros(rows, np.intp)
    bad = np.zeros(rows, np.bool_)
    ages = np.full(rows, 255, np.uint8) if age is None else age[part]
    if day is None:
        view[:] = tables.views[-1].take(ages)
    else:
        number = day[part].astype("datetime64[D]")
        period = np.searchsorted(np.array(tables.cuts), number.astype(np.int64), side="right")
        view[:] = tables.views[np.where(np.isnat(number), len(tables.views) - 1, period), ages]
    if age is not None:
        bad |= view == ILLEGAL
        view[bad] = 0
    stratum = view * len(STRATA)
    if sex is None:
        stratum += STRATA.index("unknown")
    else:
        of_sex = _STRATUM.take(sex[part])
        is_no_sex = of_sex == NONE
        bad |= is_no_sex
        of_sex[is_no_sex] = 0
        stratum += of_sex
    return _People(view, stratum, bad if bad.any() else None)


def _whole(
    tables: Compiled,
    codes: Bytes,
    people: _People,
    found: ScoreArrays,
    part: slice,
    work: _Work,
) -> npt.NDArray[np.bool_]:
    """Score rows as if all of them were complete and legal; return where they are not."""
    work = work.cut(codes.shape[1])
    for scale in tables.scales:
        _whole_scale(scale, codes, people, found, part, work)
    for each in (found.missing, found.inferred, found.illegal):
        each[part] = 0
    if "total" not in found.scales:
        found.state[part] = CERTAIN
    if found.chosen.size:
        found.chosen[part] = _chosen(tables)[people.view]
    if tables.plan.flags:
        columns = {name: (codes[n], codes[n]) for n, name in enumerate(tables.plan.names)}
        found.flags[part], found.flags_possible[part] = _flags(tables, columns, codes.shape[1])
    return _odd(tables, codes, people, work)


def _odd(
    tables: Compiled, codes: Bytes, people: _People, work: _Work
) -> npt.NDArray[np.bool_]:
    """Return the rows with anything that is no legal answer, or a person that cannot be."""
    is_odd = np.zeros(codes.shape[1], np.bool_) if people.is_bad is None else people.is_bad.copy()
    for (top, never), positions in tables.legal_masks.items():
        work.joined[:] = 0
        work.top[:] = 0
        for position in positions:
            np.bitwise_or(work.joined, codes[position], out=work.joined)
            np.maximum(work.top, codes[position], out=work.top)
        np.bitwise_and(work.joined, never, out=work.joined)
        is_odd |= work.joined > 0
        is_odd |= work.top > top
    for position in tables.legal_by_table:
        is_odd |= ~tables.legal[position].take(codes[position])
    return is_odd


def _whole_scale(
    scale: ScaleTables,
    codes: Bytes,
    people: _People,
    found: ScoreArrays,
    part: slice,
    work: _Work,
) -> None:
    out = found.scales[scale.scale.id]
    total = out.low[part]
    total[:] = 0
    for position in scale.scale.positions:
        if scale.scale.counted is None:
            np.add(total, codes[position], out=total)
        else:
            np.greater_equal(codes[position], scale.scale.counted, out=work.points.view(np.bool_))
            np.add(total, work.points, out=total)
    out.high[part] = total
    out.missing[part] = 0
    if out.known is not out.low:
        out.known[part] = total
    if scale.single is None:
        out.state[part] = CERTAIN
        return
    np.multiply(people.stratum, scale.width, out=work.place)
    np.add(work.place, total, out=work.place)
    np.take(scale.whole, work.place, out=out.state[part], mode="clip")
    for name, (low, high) in scale.bands.items():
        if name in found.bands:
            np.take(low, work.place, out=found.bands[name][0][part], mode="clip")
            np.take(high, work.place, out=found.bands[name][1][part], mode="clip")


def _chosen(tables: Compiled) -> Bytes:
    return next(s.chosen for s in tables.scales if s.scale.id == "total")


def _flags(tables: Compiled, columns: Mapping[str, Any], rows: int) -> tuple[Sums, Sums]:
    """Return the flags that are raised for certain, and those that are raised perhaps."""
    certain, possible = np.zeros(rows, np.uint32), np.zeros(rows, np.uint32)
    for number, (when, _) in enumerate(tables.plan.flags):
        truth = evaluate(when, columns, rows)
        certain |= (truth == TRUE).astype(np.uint32) << number
        possible |= (truth == UNKNOWN).astype(np.uint32) << number
    return certain, possible


def _others(
    tables: Compiled,
    codes: Bytes,
    people: _People,
    found: ScoreArrays,
    rows: npt.NDArray[np.intp],
) -> None:
    """Score the rows with missing or illegal answers; ``rows`` is where they stand."""
    blank = codes == MISSING
    illegal = np.array(
        [~legal.take(c) for legal, c in zip(tables.legal, codes, strict=True)]
    ) & ~blank
    is_bad = illegal.any(axis=0)
    if people.is_bad is not None:
        is_bad |= people.is_bad
    is_empty = blank.all(axis=0) & ~is_bad
    used = np.where(illegal, MISSING, codes)
    if tables.form_skips:
        _infer(tables, used)
    still = used == MISSING
    inferred = blank & ~still
    told = ~is_bad & ~is_empty
    found.told[rows] = told
    found.missing[rows] = (still & ~illegal).sum(axis=0, dtype=np.uint8)
    found.inferred[rows] = np.where(told, inferred.sum(axis=0, dtype=np.uint8), 0)
    found.illegal[rows] = illegal.sum(axis=0, dtype=np.uint8)
    for scale in tables.scales:
        _other_scale(scale, used, still, people, found, rows)
    refused = np.where(is_bad, INVALID, OMITTED)[~told]
    for out in found.scales.values():
        out.state[rows[~told]] = refused
    if "total" not in found.scales:
        found.state[rows] = np.where(still.any(axis=0), PROVISIONAL, CERTAIN)
        found.state[rows[~told]] = refused
    for pair in found.bands.values():
        for band in pair:
            band[rows[~told]] = NONE
    if found.chosen.size:
        found.chosen[rows[~told]] = NONE
    if tables.plan.flags:
        certain, possible = _flags(tables, _spans(tables, used, still), len(rows))
        found.flags[rows] = np.where(told, certain, 0)
        found.flags_possible[rows] = np.where(told, possible, 0)


def _spans(tables: Compiled, codes: Bytes, blank: npt.NDArray[np.bool_]) -> dict[str, Any]:
    """Return each item as the least and the greatest code that it can have."""
    return {
        name: (np.where(blank[n], low, codes[n]), np.where(blank[n], high, codes[n]))
        for n, (name, (low, high)) in enumerate(zip(tables.plan.names, tables.ends, strict=True))
    }


def _infer(tables: Compiled, used: Bytes) -> None:
    """Put zero for the blanks of every skip that was taken, in place."""
    given = used.copy()
    columns = _spans(tables, given, given == MISSING)
    for skip in tables.plan.skips:
        block = given[list(skip.positions)]
        is_taken = evaluate(skip.when, columns, used.shape[1]) == TRUE
        is_taken &= ((block == 0) | (block == MISSING)).all(axis=0)
        for position in skip.positions:
            used[position, is_taken] = 0


def _other_scale(
    scale: ScaleTables,
    used: Bytes,
    still: npt.NDArray[np.bool_],
    people: _People,
    found: ScoreArrays,
    rows: npt.NDArray[np.intp],
) -> None:
    out = found.scales[scale.scale.id]
    positions = list(scale.scale.positions)
    blanks = still[positions].sum(axis=0, dtype=np.uint8)
    low, high = (
        sum(points[n].take(used[p]).astype(scale.dtype) for n, p in enumerate(positions))
        for points in scale.points
    )
    out.low[rows], out.high[rows], out.missing[rows] = low, high, blanks
    if out.known is not out.low:
        least = scale.points[0, :, MISSING]
        unknown = (least[:, np.newaxis] * still[positions]).sum(axis=0, dtype=scale.dtype)
        out.known[rows] = low - unknown
    is_certain = blanks == 0
    if scale.single is not None:
        first, last = (people.stratum * scale.width + end for end in (low, high))
        one = scale.single[first]
        by_band = (one == scale.single[last]) & (one != NONE)
        is_certain = np.where(scale.is_judged[people.view], by_band, is_certain)
        for name, (lowest, highest) in scale.bands.items():
            if name in found.bands:
                found.bands[name][0][rows] = lowest[first]
                found.bands[name][1][rows] = highest[last]
    state = np.where(is_certain, CERTAIN, PROVISIONAL)
    out.state[rows] = np.where(blanks == len(positions), OMITTED, state)


def _empty(tables: Compiled, rows: int, bands: Sequence[str]) -> ScoreArrays:
    scales = {}
    for each in tables.scales:
        low, high = np.empty(rows, each.dtype), np.empty(rows, each.dtype)
        known = np.empty(rows, each.dtype) if each.points[0, :, MISSING].any() else low
        state, missing = np.empty(rows, np.uint8), np.empty(rows, np.uint8)
        scales[each.scale.id] = ScaleArrays(each.scale.id, low, high, state, missing, known)
    total = scales.get("total")
    has_set = total is not None and any(s.scale == "total" for s in tables.sets)
    return ScoreArrays(
        instrument=tables.plan.instrument,
        told=np.ones(rows, np.bool_),
        state=total.state if total else np.empty(rows, np.uint8),
        scales=scales,
        bands={name: (np.empty(rows, np.uint8), np.empty(rows, np.uint8)) for name in bands},
        chosen=np.empty(rows if has_set else 0, np.uint8),
        missing=np.empty(rows, np.uint8),
        inferred=np.empty(rows, np.uint8),
        illegal=np.empty(rows, np.uint8),
        flags=np.zeros(rows, np.uint32),
        flags_possible=np.zeros(rows, np.uint32),
    )
