"""The rules of an assessment over many cases at once."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.logic.evaluate import Columns, evaluate
from riskbehov.models.base import Validity
from riskbehov.models.result import VerdictName
from riskbehov.rules.book import ReadyRule, RuleBook

VERDICTS: tuple[VerdictName, ...] = ("does-not-apply", "cannot-tell", "applies", "not-in-force")
"""What the numbers in the arrays mean."""
_NOT_IN_FORCE = VERDICTS.index("not-in-force")

Days: TypeAlias = npt.NDArray[np.datetime64]
Verdicts: TypeAlias = npt.NDArray[np.uint8]


def judge_many(
    book: RuleBook,
    columns: Columns,
    rows: int,
    day: dt.date | Days,
    *,
    only: Collection[str] | None = None,
) -> Mapping[str, Verdicts]:
    """Return, for each rule, one number a row: its position in :data:`VERDICTS`.

    ``columns`` hold the least and greatest value of each fact; a fact without columns is unknown.
    ``day`` is one for all or an array of days, where ``NaT`` is a day without rules. ``only`` names
    the rules that are wanted. The result equals :meth:`RuleBook.judge` row by row.
    """
    return dict(_judged(book, columns, rows, day, only))


def _judged(
    book: RuleBook, columns: Columns, rows: int, day: dt.date | Days, only: Collection[str] | None
) -> Iterator[tuple[str, Verdicts]]:
    for id_, versions in book.versions.items():
        if only is None or id_ in only:
            yield id_, _one_rule(versions, columns, rows, day)


def _one_rule(
    versions: Collection[ReadyRule], columns: Columns, rows: int, day: dt.date | Days
) -> Verdicts:
    """Return the verdicts by the version that is in force on the day; no two are on one day."""
    found = np.full(rows, _NOT_IN_FORCE, np.uint8)
    for ready in versions:
        is_then = _in_force(ready.rule.valid, day)
        if np.all(is_then):
            return evaluate(ready.tree, columns, rows)
        if np.any(is_then):
            np.copyto(found, evaluate(ready.tree, columns, rows), where=is_then)
    return found


def _in_force(valid: Validity, day: dt.date | Days) -> bool | npt.NDArray[np.bool_]:
    if isinstance(day, dt.date):
        return day in valid
    is_begun = day >= np.datetime64(valid.from_, "D")
    return is_begun if valid.to is None else is_begun & (day <= np.datetime64(valid.to, "D"))
