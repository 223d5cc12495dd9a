"""The conformance frame: rows with everything that can stand in them, and what must come out.

What must come out is what `riskbehov.score` says of each row by itself. A row that it refuses is
`invalid`, an empty one `omitted`; neither has a number.
"""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, cast

from riskbehov.errors import AnswerError
from riskbehov.library import Library
from riskbehov.models.instrument import ScoredInstrument, Sex
from riskbehov.models.result import Score
from riskbehov.scoring import score
from riskbehov.tables.frames.columns import column_of

LIBRARY = Library.open()
INSTRUMENTS = LIBRARY.scored_ids

SEXES = ("male", "female", "other", "unknown", None, "M")
AGES = (None, 0, 15, 16, 17, 18, 25, 26, 120, 121, -1)
DAYS = (
    None,
    dt.date(1999, 12, 31),
    dt.date(2002, 1, 1),
    dt.date(2005, 1, 1),
    dt.date(2018, 12, 31),
    dt.date(2019, 1, 1),
    dt.date(2026, 1, 1),
)
NEVER = (-1, -2, 99, 127)
"""No codes of any item, and narrow enough for one byte."""


class Row(NamedTuple):
    """One person's answers, whole numbers or nothing, and who it is."""

    codes: tuple[int | None, ...]
    sex: str | None = "female"
    age: int | None = 40
    day: dt.date | None = DAYS[-1]


Columns = dict[str, list[Any]]


@cache
def rows_of(id_: str) -> tuple[Row, ...]:
    """Return the conformance frame of an instrument."""
    legal = legal_codes(id_)
    return (
        Row((None,) * len(legal)),
        *_one_by_one(legal),
        *_every_sum(legal),
        *_at_random(legal),
    )


def legal_codes(id_: str) -> list[tuple[int, ...]]:
    instrument = LIBRARY.scored(id_)
    return [instrument.legal(item) for item in instrument.items]


def _one_by_one(legal: Sequence[tuple[int, ...]]) -> Iterator[Row]:
    """Yield rows where one item has every code, legal or not, or none, and the others are alike."""
    for end in (min, max):
        plain = [end(codes) for codes in legal]
        for place, codes in enumerate(legal):
            between = set(range(codes[-1] + 2)) - set(codes)
            for code in (*codes, *sorted(between), *NEVER, None):
                yield Row((*plain[:place], code, *plain[place + 1 :]))


def _every_sum(legal: Sequence[tuple[int, ...]]) -> Iterator[Row]:
    """Yield every sum that can be reached, one item higher at a time, for every kind of person."""
    codes = [each[0] for each in legal]
    ladder = [tuple(codes)]
    for place, each in enumerate(legal):
        for code in each[1:]:
            codes[place] = code
            ladder.append(tuple(codes))
    for number, step in enumerate(ladder):
        gap = (*step[: number % len(step)], None, *step[number % len(step) + 1 :])
        for sex in SEXES:
            for place, age in enumerate(AGES):
                day = DAYS[(number + place) % len(DAYS)]
                yield Row(gap if place % 3 == 2 else step, sex, age, day)


def _at_random(legal: Sequence[tuple[int, ...]]) -> Iterator[Row]:
    """Yield rows with some answers missing, a few impossible, in any mixture."""
    draw = random.Random(4)
    for _ in range(200):
        blank, wrong = draw.choice([(0, 0), (0.1, 0), (0.5, 0), (0.9, 0), (0.1, 0.1)])
        codes = tuple(
            None if draw.random() < blank else draw.choice(NEVER if draw.random() < wrong else each)
            for each in legal
        )
        yield Row(codes, draw.choice(SEXES), draw.choice(AGES), draw.choice(DAYS))


def columns_of_rows(id_: str, rows: Sequence[Row]) -> Columns:
    """Return rows as columns of Python's own values."""
    names = [column_of(id_, item.id) for item in LIBRARY.scored(id_).items]
    codes = [list(each) for each in zip(*(row.codes for row in rows), strict=True)]
    found: Columns = dict(zip(names, codes or [[] for _ in names], strict=True))
    return found | {
        "sex": [row.sex for row in rows],
        "age": [row.age for row in rows],
        "day": [row.day for row in rows],
    }


@cache
def expected_of(id_: str) -> Columns:
    """Return what must come out of the conformance frame of an instrument."""
    return expected(id_, rows_of(id_))


def expected(id_: str, rows: Sequence[Row], **options: Any) -> Columns:
    """Return the columns that must come out of rows, of Python's own values."""
    instrument = LIBRARY.scored(id_)
    told = [_told(instrument, row, options) for row in rows]
    names = _told(instrument, Row((None,) * len(instrument.items)), options)
    return {name: [each[name] for each in told] for name in names}


def _told(instrument: ScoredInstrument, row: Row, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what must come out of one row, by the columns' names."""
    illegal = [
        code is not None and code not in instrument.legal(item)
        for item, code in zip(instrument.items, row.codes, strict=True)
    ]
    found: Score | None = None
    try:
        found = score(
            instrument,
            row.codes,
            sex=cast("Sex", row.sex or "unknown"),
            age=row.age,
            day=row.day,
            **options,
        )
        state: str = found.state
    except AnswerError as refused:
        is_empty = len(refused.faults) == 1 and all(code is None for code in row.codes)
        state = "omitted" if is_empty else "invalid"
    blank = sum(code is None for code in row.codes)
    told = {
        "state": state,
        "missing": len(found.missing) if found else blank,
        "inferred": blank - len(found.missing) if found else 0,
        "illegal": sum(illegal),
        **_scales(instrument, row, found, state),
        **_bands(instrument, found),
        **_flags(instrument, found),
    }
    return {column_of(instrument.id, name): value for name, value in told.items()}


def _scales(
    instrument: ScoredInstrument, row: Row, found: Score | None, state: str
) -> dict[str, Any]:
    told: dict[str, Any] = {}
    by_item = dict(zip((item.id for item in instrument.items), row.codes, strict=True))
    for scale in instrument.scales:
        one = found.scales[scale.id] if found else None
        told[f"{scale.id}_low"] = one.low if one else None
        told[f"{scale.id}_high"] = one.high if one else None
        told[f"{scale.id}_state"] = one.state if one else state
        blank = sum(by_item[item] is None for item in scale.items)
        told[f"{scale.id}_missing"] = len(one.missing) if one else blank
    return told


def _bands(instrument: ScoredInstrument, found: Score | None) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if any(each.scale == "total" for each in instrument.cutoff_sets):
        told["set"] = found.default_set.id if found and found.default_set else None
    for each in instrument.cutoff_sets:
        bands = found.bands[each.id] if found else None
        told[f"{each.id}_low"], told[f"{each.id}_high"] = bands.ids if bands else (None, None)
    return told


def _flags(instrument: ScoredInstrument, found: Score | None) -> dict[str, int]:
    if not instrument.flags:
        return {}
    raised = {r.flag.id: r.is_certain for r in found.flags} if found else {}
    return {
        name: sum(
            1 << bit for bit, flag in enumerate(instrument.flags) if raised.get(flag.id) is kind
        )
        for name, kind in (("flags", True), ("flags_possible", False))
    }
