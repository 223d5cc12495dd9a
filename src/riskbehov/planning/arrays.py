"""Risk, intensity and targets of many persons at once, by tables that the case functions fill.

Each is an array with one number a row. What the level and the intensity come to hangs on a few
small numbers, so those tables are filled by asking the functions for one case: one definition.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.models.assessment import (
    INTENSITIES,
    RISK_LEVELS,
    IntensityTable,
    Matrix,
    SuggestionTable,
)
from riskbehov.models.instrument import RecordedMethod
from riskbehov.planning.plan import MULTIMODAL
from riskbehov.planning.risk import called_for, suggested

NONE = 255
"""No level, no source, no code: nothing is known."""

Bytes: TypeAlias = npt.NDArray[np.uint8]
Flags: TypeAlias = npt.NDArray[np.bool_]
Days: TypeAlias = npt.NDArray[np.datetime64]
Spans: TypeAlias = tuple[Bytes, Bytes]
"""The least and the greatest, one number a row."""


@dataclass(frozen=True, slots=True, eq=False)
class RecordedArrays:
    """A result of one method for each of many persons."""

    method: RecordedMethod
    level: Bytes
    """Its place among the method's levels; :data:`NONE` for who has no result."""
    day: Days
    """``NaT`` for who has no result."""
    months: Bytes
    """For how long the assessor meant it; 0 where that is not said."""


@dataclass(frozen=True, slots=True, eq=False)
class RiskArrays:
    """The risk of many persons; levels are places in :data:`RISK_LEVELS`."""

    low: Bytes
    high: Bytes
    source: Bytes
    """The place among the sources; :data:`NONE` where nothing says a level."""
    violence: Spans
    """:data:`NONE` where no result says anything of violence."""


@dataclass(frozen=True, slots=True, eq=False)
class LevelTables:
    """The tables of an assessment, ready to be looked up."""

    row: Bytes
    """By the rating of the history: the row of the suggestion."""
    suggestion: Bytes | None
    """For the least, then the greatest level: by row, least and greatest count of areas."""
    intensity: Bytes
    """The same of the intensity: by least and greatest level, least and greatest count."""


def level_tables(matrix: Matrix) -> LevelTables:
    """Return the tables of an assessment with every cell filled by the function for one case."""
    codes = [int(code) for code in matrix.suggestion.rows] if matrix.suggestion else []
    row = np.full(256, len(codes), np.uint8)
    row[codes] = range(len(codes))
    suggestion = _suggestions(codes, matrix.suggestion) if matrix.suggestion else None
    return LevelTables(row, suggestion, _intensities(matrix.intensity))


def _suggestions(codes: Sequence[int], table: SuggestionTable) -> Bytes:
    def cell(row: int, low: int, high: int) -> list[int]:
        history = codes[row] if row < len(codes) else None
        return [RISK_LEVELS.index(level) for level in suggested(history, (low, high), table)]

    most = max(column.high for column in table.identified) + 1
    return _table((len(codes) + 1, most, most), cell)


def _intensities(table: IntensityTable) -> Bytes:
    def cell(first: int, last: int, low: int, high: int) -> list[int]:
        if first > last:
            return [NONE, NONE]
        levels = RISK_LEVELS[first], RISK_LEVELS[last]
        return [INTENSITIES.index(each) for each in called_for(levels, (low, high), table)]

    most = max(column.high for column in table.identified) + 1
    return _table((len(RISK_LEVELS), len(RISK_LEVELS), most, most), cell)


def _table(size: Sequence[int], cell: Callable[..., Sequence[int]]) -> Bytes:
    """Return a table filled cell by cell; its last two ends are a least and a greatest count."""
    found = np.full((2, *size), NONE, np.uint8)
    for place in np.ndindex(*size):
        if place[-2] <= place[-1]:
            found[:, *place] = cell(*place)
    return found


def risk_sources(methods: Sequence[RecordedMethod]) -> tuple[str, ...]:
    """Return what may tell the risk of reoffending, the methods by their ids."""
    general = (method.id for method in methods if method.outcome == "general")
    return (*general, "professional", "suggestion")


def risk_many(
    recorded: Sequence[RecordedArrays],
    professional: Bytes,
    *,
    sources: Sequence[str],
    history: Bytes,
    count: Spans,
    age: Bytes,
    day: Days,
    tables: LevelTables | None,
) -> RiskArrays:
    """Return the risk of many persons, each as :func:`riskbehov.planning.risk.risk` would.

    ``sources`` are those of :func:`risk_sources`, ``professional`` places in :data:`RISK_LEVELS`,
    ``history`` ratings of the area that the suggestion looks at, ``count`` the least and greatest
    number of identified areas, ``day`` the days of the assessments. Of each method there is one
    result a person; of several that say something on one day, the first method given is named as
    the source. Without ``tables`` there are none for the age, and nothing steers.
    """
    general = [found for found in recorded if found.method.outcome == "general"]
    violence = [found for found in recorded if found.method.outcome == "violence"]
    on_violence, _first = _newest(violence, age, day)
    (low, high), first = _newest(general if tables else [], age, day)
    source = _numbers(general, sources)[first]
    if tables:
        judged, number = professional != NONE, sources.index("professional")
        _fill((low, high), (professional, professional), source, number, judged)
    if tables and tables.suggestion is not None:
        place = (tables.row[history], *count)
        cells = tables.suggestion[0][place], tables.suggestion[1][place]
        number = sources.index("suggestion")
        _fill((low, high), cells, source, number, np.ones_like(source, np.bool_))
    is_open = source == NONE
    low[is_open], high[is_open] = 0, len(RISK_LEVELS) - 1
    return RiskArrays(low, high, source, on_violence)


def _numbers(recorded: Sequence[RecordedArrays], sources: Sequence[str]) -> Bytes:
    """Return the places among the sources by the places among some results."""
    places = np.full(256, NONE, np.uint8)
    places[: len(recorded)] = [sources.index(found.method.id) for found in recorded]
    return places


def _fill(into: Spans, found: Spans, source: Bytes, number: int, told: Flags) -> None:
    """Put what a source tells where no source before it has told anything."""
    is_next = (source == NONE) & told
    for out, each in zip(into, found, strict=True):
        np.copyto(out, each, where=is_next)
    source[is_next] = number


def _newest(recorded: Sequence[RecordedArrays], age: Bytes, day: Days) -> tuple[Spans, Bytes]:
    """Return the levels of the newest results, those of one day together, and the first of them."""
    rows = len(age)
    low, high, first = (np.full(rows, NONE, np.uint8) for _ in range(3))
    used = [is_used(found, age, day) for found in recorded]
    newest = np.full(rows, np.iinfo(np.int64).min)
    for found, is_there in zip(recorded, used, strict=True):
        np.maximum(newest, found.day.astype(np.int64), out=newest, where=is_there)
    for number, (found, is_there) in enumerate(zip(recorded, used, strict=True)):
        is_of_the_day = is_there & (found.day.astype(np.int64) == newest)
        level = _counts_as(found.method)[found.level]
        first[is_of_the_day & (low == NONE)] = number
        np.minimum(low, level, out=low, where=is_of_the_day)  # NONE is above every level
        top = np.where(high == NONE, level, np.maximum(high, level))
        np.copyto(high, top, where=is_of_the_day)
    return (low, high), first


def _counts_as(method: RecordedMethod) -> Bytes:
    table = np.full(256, NONE, np.uint8)
    places = [RISK_LEVELS.index(level.counts_as) for level in method.levels]
    table[: len(places)] = places
    return table


def is_used(found: RecordedArrays, age: Bytes, day: Days) -> Flags:
    """Tell whose result is used on the day of the assessment, as ``planning.risk.unused`` does."""
    method = found.method
    is_of_age = np.array([each in method.ages for each in range(256)], np.bool_)[age]
    months = np.full(len(age), method.valid_months, np.int64)
    np.minimum(months, found.months, out=months, where=found.months > 0)
    is_there = (found.level != NONE) & is_of_age
    used: Flags = is_there & (day <= months_after_many(found.day, months))
    return used


def months_after_many(days: Days, months: npt.NDArray[np.integer]) -> Days:
    """Return the same days of later months, or the last day of a month without such a day."""
    month = days.astype("datetime64[M]")
    within = days - month.astype("datetime64[D]")
    later = month + months.astype("timedelta64[M]")
    first = later.astype("datetime64[D]")
    longest = (later + np.timedelta64(1, "M")).astype("datetime64[D]") - first
    found: Days = first + np.minimum(within, longest - np.timedelta64(1, "D"))
    return found


def intensity_many(risk: RiskArrays, count: Spans, tables: LevelTables) -> Spans:
    """Return the intensity of many persons, as places in :data:`INTENSITIES`."""
    place = (risk.low, risk.high, *count)
    return tables.intensity[0][place], tables.intensity[1][place]


def places_many(ratings: Mapping[str, Bytes], drivers: Mapping[str, Flags], least: int) -> Bytes:
    """Return the place of each area among a person's targets: 1, 2 …; 0 for no target.

    ``ratings`` are of the areas that can change, in the order of the instrument, :data:`NONE` where
    there is none; an area is a target from ``least`` on. Drivers come first, then the higher
    ratings, then as the instrument has them.
    """
    rows = len(next(iter(ratings.values()), np.empty(0, np.uint8)))
    keys = np.empty((len(ratings), rows), np.uint16)
    for number, (area, rating) in enumerate(ratings.items()):
        is_target = (rating >= least) & (rating != NONE)
        key = np.uint16(_DRIVEN - 1) - rating
        if area in drivers:
            key += np.uint16(_DRIVEN) * ~drivers[area]
        else:
            key += np.uint16(_DRIVEN)
        keys[number] = np.where(is_target, key, _NO_TARGET)
    places = np.zeros((len(ratings), rows), np.uint8)
    for number, key in enumerate(keys):
        for other, its in enumerate(keys):
            places[number] += its <= key if other <= number else its < key
        places[number] *= key != _NO_TARGET
    return places


_DRIVEN = 256
_NO_TARGET = np.uint16(0xFFFF)


def multimodal_many(count: Spans) -> Bytes:
    """Return whether several areas are to be worked on at once: 0 no, 1 cannot tell, 2 yes."""
    low, high = count
    return (low >= MULTIMODAL).astype(np.uint8) + (high >= MULTIMODAL)
