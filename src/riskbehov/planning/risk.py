"""The risk principle: the level with its ground, and the intensity that it calls for."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import cast

from riskbehov.models.assessment import (
    INTENSITIES,
    RISK_LEVELS,
    Intensity,
    IntensityTable,
    Matrix,
    RiskLevel,
    SuggestionTable,
)
from riskbehov.models.case import Case, RecordedResult
from riskbehov.models.instrument import Range, RecordedMethod
from riskbehov.models.result import Needs, Risk, RiskSource, Unused

_MONTHS = 12


def risk(
    case: Case,
    methods: Mapping[str, RecordedMethod],
    needs: Needs,
    matrix: Matrix | None,
) -> Risk:
    """Return the risk of reoffending: the first source that exists, with all the others.

    In order: the newest recorded result of a method for general reoffending that is for this age
    and recent enough when the case is assessed; the professional's own judgement; the suggestion of
    the table (adults). Results of one day count together, from the lowest level to the highest.
    Violence is a line of its own and steers nothing; a method of needs alone says nothing of risk.
    Without a source, or without tables for the age, the level is unknown: the whole interval, with
    nothing chosen.
    """
    usable = [r for r in case.recorded_results if unused(r, methods[r.method], case) is None]
    usable.sort(key=lambda r: r.date, reverse=True)
    general = [_recorded(r, methods) for r in usable if methods[r.method].outcome == "general"]
    violence = [_recorded(r, methods) for r in usable if methods[r.method].outcome == "violence"]
    sources = [*general, *_professional(case), *_suggestion(needs, matrix)]
    chosen = _of_one_day(sources) if sources and matrix is not None else None
    others = tuple(sources[1:] if chosen else sources)
    return Risk(
        low=chosen.low if chosen else RISK_LEVELS[0],
        high=chosen.high if chosen else RISK_LEVELS[-1],
        chosen=chosen,
        others=(*others, *violence[1:]),
        expired=tuple(
            r
            for r in case.recorded_results
            if r not in usable and methods[r.method].outcome != "needs"
        ),
        violence=_of_one_day(violence) if violence else None,
        disagree=any(
            _apart(a, b) for a, b in (*combinations(sources, 2), *combinations(violence, 2))
        ),
        general=tuple(sources),
        on_violence=tuple(violence),
    )


def unused(found: RecordedResult, method: RecordedMethod, case: Case) -> Unused | None:
    """Return why a recorded result is not used when the case is assessed; nothing if it is."""
    if case.person.age not in method.ages:
        return "age"
    return "too-old" if case.date > last_day(found, method) else None


def last_day(found: RecordedResult, method: RecordedMethod) -> dt.date:
    """Return the last day on which a recorded result is used: the shorter time counts."""
    months = min(method.valid_months, found.valid_months or method.valid_months)
    return months_after(found.date, months)


def _of_one_day(sources: Sequence[RiskSource]) -> RiskSource:
    """Return the first source, as wide as all recorded results of its day are together."""
    first = sources[0]
    if first.recorded is None:
        return first
    same = [s for s in sources if s.recorded and s.recorded.date == first.recorded.date]
    return replace(
        first,
        low=min((s.low for s in same), key=RISK_LEVELS.index),
        high=max((s.high for s in same), key=RISK_LEVELS.index),
    )


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or its last day where it has no such day."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)


def _recorded(found: RecordedResult, methods: Mapping[str, RecordedMethod]) -> RiskSource:
    level = next(v for v in methods[found.method].levels if v.id == found.level)
    return RiskSource(
        "recorded", level.counts_as, level.counts_as, found.method, found, found.reason
    )


def _professional(case: Case) -> Iterator[RiskSource]:
    judged = case.professional_risk
    if judged is not None:
        yield RiskSource(
            "professional", judged.level, judged.level, "professional", reason=judged.reason
        )


def _suggestion(needs: Needs, matrix: Matrix | None) -> Iterator[RiskSource]:
    if matrix is not None and matrix.suggestion is not None:
        table = matrix.suggestion
        history = next(a.code for a in needs.areas if a.item.id == table.history)
        low, high = suggested(history, (needs.count_low, needs.count_high), table)
        yield RiskSource("suggestion", low, high, "matrix")


def suggested(
    history: int | None, count: tuple[int, int], table: SuggestionTable
) -> tuple[RiskLevel, RiskLevel]:
    """Return the level by the rating of the history and the least and greatest count of areas."""
    rows = [str(history)] if history is not None else list(table.rows)
    levels = {cell for row in rows for cell in _cells(table.identified, _row(table, row), count)}
    low, high = _span(levels, RISK_LEVELS)
    return cast("RiskLevel", low), cast("RiskLevel", high)


def _row(table: SuggestionTable, row: str) -> Sequence[str]:
    return next(cells for name, cells in table.rows.items() if name == row)


def _cells(columns: Sequence[Range], cells: Sequence[str], count: tuple[int, int]) -> Iterator[str]:
    """Yield the cells of a row whose columns the count of identified areas may fall in."""
    low, high = count
    for column, cell in zip(columns, cells, strict=True):
        if column.low <= high and low <= column.high:
            yield cell


def _span(found: Iterable[str], order: Sequence[str]) -> tuple[str, str]:
    positions = [order.index(f) for f in found]
    return order[min(positions)], order[max(positions)]


def _apart(one: RiskSource, other: RiskSource) -> bool:
    """Tell whether two sources cannot both be right."""
    return RISK_LEVELS.index(one.high) < RISK_LEVELS.index(other.low) or RISK_LEVELS.index(
        other.high
    ) < RISK_LEVELS.index(one.low)


def intensity(
    risk_level: tuple[RiskLevel, RiskLevel], needs: Needs, table: IntensityTable
) -> tuple[Intensity, Intensity]:
    """Return the intensity as the interval over all cells that risk and needs may fall in."""
    return called_for(risk_level, (needs.count_low, needs.count_high), table)


def called_for(
    risk_level: tuple[RiskLevel, RiskLevel], count: tuple[int, int], table: IntensityTable
) -> tuple[Intensity, Intensity]:
    """Return the intensity by the levels of risk and the least and greatest count of areas."""
    first, last = (RISK_LEVELS.index(level) for level in risk_level)
    cells = {
        cell
        for level in RISK_LEVELS[first : last + 1]
        for cell in _cells(table.identified, table.rows[level], count)
    }
    low, high = _span(cells, INTENSITIES)
    return cast("Intensity", low), cast("Intensity", high)
