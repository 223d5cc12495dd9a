"""Rows of a table read as persons: small numbers for all that is said, and what cannot be."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from riskbehov.assessing.arrays import Persons, Ready, spans
from riskbehov.logic.evaluate import Whole
from riskbehov.logic.vocabulary import FactType
from riskbehov.models.assessment import RISK_LEVELS
from riskbehov.models.instrument import RecordedMethod
from riskbehov.planning.arrays import NONE, Bytes, Days, Flags, RecordedArrays
from riskbehov.scoring.arrays import ILLEGAL, MISSING, SEX_CODES
from riskbehov.tables.frames.people import ages_of, ages_on, days_of, sexes_of
from riskbehov.tables.frames.values import by_value, codes_of
from riskbehov.tables.recommendations.facts import numbers_of, truths_of, word_reader
from riskbehov.tables.recommendations.layout import CONSENTS, Layout, Part
from riskbehov.yamlfile import Place

if TYPE_CHECKING:
    import narwhals as nw

Rows: TypeAlias = "nw.DataFrame[Any]"
Wrong: TypeAlias = dict[str, Flags]
"""By column: where something stands that cannot be."""
_Fact: TypeAlias = tuple[Whole, Whole]


@dataclass(frozen=True, slots=True)
class _Cells:
    """As much of a series as readers use: of a small batch narwhals' own take longer to make."""

    native: Any

    def to_native(self) -> Any:  # noqa: ANN401 - of any library
        """Return the column as its library has it."""
        return self.native

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.native)


def _cells(rows: Rows, column: str) -> "nw.Series[Any]":
    return cast("nw.Series[Any]", _Cells(rows.to_native()[column]))


def read_rows(rows: Rows, layout: Layout, ready: Ready) -> tuple[Persons, Wrong]:
    """Return who the rows are about, and what cannot be; the rest of such a row is read."""
    wrong: Wrong = {}
    day = _days(rows, layout, wrong)
    codes = _codes(rows, layout, ready)
    persons = Persons(
        age=_ages(rows, layout, day, wrong),
        sex=_sexes(rows, layout),
        day=day,
        codes=codes,
        drivers=_drivers(rows, layout, ready, codes, wrong),
        facts=_facts(rows, layout, ready, wrong),
        recorded=_recorded(rows, layout, ready, wrong),
        professional=_words(rows, layout.professional, RISK_LEVELS, wrong),
        forms=layout.forms,
        cutoffs=layout.cutoffs,
    )
    for column in layout.elsewhere:
        wrong[column] = codes_of(_cells(rows, column)) != MISSING
    return persons, {column: where for column, where in wrong.items() if where.any()}


def column_at(place: Place, layout: Layout) -> str:
    """Return the column that holds what stands at a place of a case."""
    match place:
        case ("person", "sex"):
            return layout.sex or "sex"
        case ("person", _):
            return layout.age or layout.birth_date or "age"
        case ("instruments", str() as instrument, "answers", str() as item):
            return layout.items[instrument][item]
        case ("recorded_results", str() as method, part):
            return next(
                column for each, column in _parts_first(layout.recorded[method], part) if column
            )
        case _:
            return layout.date if isinstance(layout.date, str) else "date"


def _parts_first(parts: Mapping[Part, str], part: object) -> list[tuple[Part, str]]:
    """Return the columns of a result, that of one part first: it may be the one that lacks."""
    return sorted(parts.items(), key=lambda each: each[0] != part)


# Who


def _days(rows: Rows, layout: Layout, wrong: Wrong) -> Days:
    if isinstance(layout.date, dt.date):
        return np.full(len(rows), np.datetime64(layout.date, "D"))
    days, wrong[layout.date] = days_of(_cells(rows, layout.date))
    return days


def _ages(rows: Rows, layout: Layout, day: Days, wrong: Wrong) -> Bytes:
    if layout.age is not None:
        return ages_of(_cells(rows, layout.age))
    column = str(layout.birth_date)
    born, wrong[column] = days_of(_cells(rows, column))
    return ages_on(born, day)


def _sexes(rows: Rows, layout: Layout) -> Bytes:
    if layout.sex is None:
        return np.full(len(rows), SEX_CODES.index("unknown"), np.uint8)
    return sexes_of(_cells(rows, layout.sex))


# Answers


def _codes(rows: Rows, layout: Layout, ready: Ready) -> dict[str, Bytes]:
    found = {}
    for instrument in ready.instruments:
        columns = layout.items.get(instrument.id, {})
        if columns:
            codes = np.full((len(instrument.items), len(rows)), MISSING, np.uint8)
            for number, item in enumerate(instrument.items):
                if item.id in columns:
                    codes[number] = codes_of(_cells(rows, columns[item.id]))
            found[instrument.id] = codes
    return found


def _drivers(
    rows: Rows, layout: Layout, ready: Ready, codes: Mapping[str, Bytes], wrong: Wrong
) -> dict[str, Flags]:
    """Return what drives crime; strengths are read too, only to see that they can be.

    Neither can be told of anyone of whom nothing is rated.
    """
    nobody = np.ones(len(rows), np.bool_)
    found: dict[str, dict[str, Flags]] = {}
    for kind, by_instrument in (("driver", layout.drivers), ("strength", layout.strengths)):
        for id_, columns in by_instrument.items():
            is_blank = (codes[id_] == MISSING).all(axis=0) if id_ in codes else nobody
            for area, column in columns.items():
                truths = _truths(rows, column, wrong)
                wrong[column] |= is_blank & (truths == 1)
                if kind == "driver":
                    found.setdefault(id_, {})[area] = truths == 1
    return found.get(ready.needs.id, {}) if ready.needs else {}


# Facts


def _truths(rows: Rows, column: str, wrong: Wrong) -> Bytes:
    return _sound(truths_of(_cells(rows, column)), column, wrong)


def _words(rows: Rows, column: str | None, words: Sequence[str], wrong: Wrong) -> Bytes:
    if column is None:
        return np.full(len(rows), NONE, np.uint8)
    return _sound(by_value(_cells(rows, column), word_reader(words)), column, wrong)


def _sound(values: Bytes, column: str, wrong: Wrong) -> Bytes:
    """Return values with nothing in place of what cannot be, which is told."""
    wrong[column] = is_wrong = values == ILLEGAL
    values[is_wrong] = MISSING
    return values


def _facts(rows: Rows, layout: Layout, ready: Ready, wrong: Wrong) -> dict[str, _Fact]:
    words = ready.book.vocabulary
    found = {
        name: _fact(rows, column, words[name], wrong)
        for name, column in layout.facts.items()
        if name in words
    }
    for name, columns in layout.members.items():
        found[name] = _set(rows, columns, words[name], wrong)
    return found | _consents(found, layout, wrong, len(rows))


def _fact(rows: Rows, column: str, fact: FactType, wrong: Wrong) -> _Fact:
    if fact.kind == "integer":
        values, is_known, wrong[column] = numbers_of(_cells(rows, column), *fact.unknown)
        return spans(values, is_known, fact)
    if fact.kind == "bool":
        read = _truths(rows, column, wrong)
    else:
        read = _words(rows, column, fact.values, wrong)
    return spans(read, read != MISSING, fact)


def _set(rows: Rows, columns: Mapping[str, str], fact: FactType, wrong: Wrong) -> _Fact:
    """Return a list as bits: those that are in it, and those that may be."""
    kind = np.dtype(np.uint8 if len(fact.values) < 8 else np.int64)  # noqa: PLR2004 - bits
    low: Whole = np.zeros(len(rows), kind)
    high: Whole = np.zeros(len(rows), kind)
    for place, member in enumerate(fact.values):
        bit = np.array(1 << place, kind)
        if member in columns:
            truths = _truths(rows, columns[member], wrong)
            low = np.where(truths == 1, low | bit, low)
            high = np.where(truths == 0, high, high | bit)
        else:
            high = high | bit
    return low, high


def _consents(
    facts: Mapping[str, _Fact], layout: Layout, wrong: Wrong, rows: int
) -> dict[str, _Fact]:
    """Return the two facts on consent in agreement: one with the police is a consent too."""
    if not any(name in facts for name in CONSENTS):
        return {}
    open_ = np.zeros(rows, np.uint8), np.ones(rows, np.uint8)
    (any_low, any_high), (police_low, police_high) = (facts.get(n, open_) for n in CONSENTS)
    is_odd = (any_high == 0) & (police_low == 1)
    for name in CONSENTS:
        if name in layout.facts:
            column = layout.facts[name]
            wrong[column] = wrong.get(column, np.zeros(rows, np.bool_)) | is_odd
    exchange, police = CONSENTS
    return {
        exchange: (np.maximum(any_low, police_low), any_high),
        police: (police_low, np.minimum(police_high, any_high)),
    }


# Recorded results


def _recorded(rows: Rows, layout: Layout, ready: Ready, wrong: Wrong) -> tuple[RecordedArrays, ...]:
    return tuple(
        _of_method(rows, layout.recorded[method.id], method, wrong)
        for method in ready.methods
        if method.id in layout.recorded
    )


def _of_method(
    rows: Rows, columns: Mapping[Part, str], method: RecordedMethod, wrong: Wrong
) -> RecordedArrays:
    levels = [level.id for level in method.levels]
    day: Days = np.full(len(rows), np.datetime64("NaT", "D"))
    if "date" in columns:
        day, wrong[columns["date"]] = days_of(_cells(rows, columns["date"]))
    level = _words(rows, columns.get("level"), levels, wrong)
    is_there = (level != NONE) | ~np.isnat(day)
    return RecordedArrays(
        method=method,
        level=level,
        day=day,
        months=_months(rows, columns.get("valid_months"), is_there, wrong),
    )


def _months(rows: Rows, column: str | None, is_there: Flags, wrong: Wrong) -> npt.NDArray[np.uint8]:
    """Return for how long the results were meant; where there is none, it says nothing."""
    if column is None:
        return np.zeros(len(rows), np.uint8)
    months = codes_of(_cells(rows, column))
    wrong[column] = is_there & ((months == 0) | (months == ILLEGAL))
    months[months >= ILLEGAL] = 0
    return months
