"""Many filled forms at once: the same scores as one by one, over columns of small numbers.

Two passes over blocks that fit in a processor's cache. The first takes every form to be complete
and legal, which most are, and adds whole columns; the second looks only at the rest, by the tables
that the case scorer has filled.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from riskbehov.errors import AnswerError, Fault
from riskbehov.i18n import message
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.scoring.answers import require_names
from riskbehov.scoring.columns import (
    CERTAIN,
    INVALID,
    OMITTED,
    PROVISIONAL,
    STATES,
    ScaleArrays,
    ScoreArrays,
    Sheet,
)
from riskbehov.scoring.compiled import Bytes, compiled
from riskbehov.scoring.passes import MISSING, is_odd, score_others, score_whole
from riskbehov.scoring.plan import plan
from riskbehov.scoring.strata import SEX_CODES, Days, Persons

__all__ = [
    "CERTAIN",
    "ILLEGAL",
    "INVALID",
    "MISSING",
    "OMITTED",
    "PROVISIONAL",
    "SEX_CODES",
    "STATES",
    "ScaleArrays",
    "ScoreArrays",
    "score_many",
]

ILLEGAL = 254
"""In a matrix of codes, among sexes or ages: something that cannot be."""
BLOCK = 1 << 18
"""Rows at a time: few enough for a cache."""
THREAD_BLOCK = 1 << 19
"""Rows at a time where threads share them: more, since they wait for each other at every step."""
ODD = 1 << 13
"""Rows at a time of those that take matrices of their own."""


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
    threads: int = 1,
) -> ScoreArrays:
    """Score many filled forms, each as :func:`riskbehov.score` would.

    ``codes`` has a row for each item, in item order, and a column for each form; :data:`MISSING`
    stands for no answer, any other number that is no code of the item is illegal. ``sex`` holds
    places in :data:`SEX_CODES`, ``age`` whole years with 255 for unknown; left out, nobody's is
    known. ``day`` is one day for all or an array of days, where ``NaT`` is no day. ``bands`` names
    the sets whose bands are wanted; left out, all are.

    A form that the case scorer refuses has the state ``invalid``, an empty one ``omitted``;
    neither has a number. Scratch memory does not grow with the number of forms. ``threads`` share
    the work, which pays from about a million forms up.

    Raises :class:`AnswerError` for a form or a set that the instrument does not have, for a matrix
    with another number of items, and for columns of another length or type.
    """
    ready = plan(instrument)
    require_names(ready, form, cutoffs, items=len(codes))
    _require_columns(codes, sex=sex, age=age, day=day)
    tables = compiled(ready, form or instrument.forms[0].id, tuple(cutoffs))
    shown = tuple(s.id for s in tables.sets if bands is None or s.id in bands or s.id in cutoffs)
    sheet, persons = Sheet.blank(tables, shown, codes.shape[1]), Persons(sex, age, day)
    parts = _parts(codes.shape[1], threads)
    if threads == 1:
        for part in parts:
            _fill(sheet, codes, persons, part)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda part: _fill(sheet, codes, persons, part), parts))
    return sheet.columns()


def _require_columns(codes: Bytes, **columns: object) -> None:
    """Raise for columns of another type, or that have not one number for each form."""
    rows = codes.shape[-1]
    wrong = [
        Fault(
            message(
                "found {found} numbers of type {type}, expected {expected} of type {needed}",
                found=column.shape[-1],
                type=column.dtype,
                expected=rows,
                needed=needed.__name__,
            ),
            name,
        )
        for name, column in {"codes": codes, **columns}.items()
        for needed in (np.datetime64 if name == "day" else np.uint8,)
        if isinstance(column, np.ndarray)
        if column.shape[-1] != rows or column.dtype.type is not needed
    ]
    if wrong:
        raise AnswerError(wrong)


def _parts(rows: int, threads: int) -> Iterator[slice]:
    """Yield the rows block by block, as many blocks for each thread."""
    most = BLOCK if threads == 1 else THREAD_BLOCK
    turns = -(-rows // (threads * most))
    size = -(-rows // (threads * turns)) if threads > 1 and turns else most
    for start in range(0, rows, size):
        yield slice(start, min(start + size, rows))


def _fill(sheet: Sheet, codes: Bytes, persons: Persons, part: slice) -> None:
    """Score some rows."""
    tables, block = sheet.tables, sheet.cut(part)
    some, strata = codes[:, part], persons.strata(sheet.tables, part)
    if some.strides[1] != some.itemsize:
        some = np.ascontiguousarray(some)
    score_whole(tables, some, strata, block.columns())
    odd = np.flatnonzero(is_odd(tables, some, strata))
    for start in range(0, odd.size, ODD):
        rows = odd[start : start + ODD]
        others = Sheet.blank(tables, sheet.shown, rows.size)
        score_others(tables, some.take(rows, axis=1), strata.some(rows), others.columns())
        block.put(rows, others)
