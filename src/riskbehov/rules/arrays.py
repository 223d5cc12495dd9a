"""The rules of an assessment over many cases at once."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple, TypeAlias

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
Flags: TypeAlias = npt.NDArray[np.bool_]
_Period: TypeAlias = tuple[dt.date, dt.date | None]


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
    periods: dict[_Period, _Then] = {}  # most rules share theirs with others
    for id_, versions in book.versions.items():
        if only is None or id_ in only:
            for ready in versions:
                period = ready.rule.valid.from_, ready.rule.valid.to
                if period not in periods:
                    periods[period] = _Then.of(_days_within(ready.rule.valid, rows, day))
            yield id_, _one_rule(versions, columns, rows, periods)


class _Then(NamedTuple):
    """The rows whose day is within a period."""

    rows: Flags
    is_any: bool
    is_all: bool

    @classmethod
    def of(cls, rows: Flags) -> "_Then":
        return cls(rows, bool(rows.any()), bool(rows.all()))


def _one_rule(
    versions: Collection[ReadyRule], columns: Columns, rows: int, periods: Mapping[_Period, _Then]
) -> Verdicts:
    """Return the verdicts by the version that is in force on the day; no two are on one day."""
    found = np.full(rows, _NOT_IN_FORCE, np.uint8)
    for ready in versions:
        then = periods[ready.rule.valid.from_, ready.rule.valid.to]
        if then.is_all:
            return evaluate(ready.tree, columns, rows)
        if then.is_any:
            np.copyto(found, evaluate(ready.tree, columns, rows), where=then.rows)
    return found


def _days_within(valid: Validity, rows: int, day: dt.date | Days) -> Flags:
    if isinstance(day, dt.date):
        return np.full(rows, day in valid)
    is_begun: Flags = day >= np.datetime64(valid.from_, "D")
    if valid.to is None:
        return is_begun
    is_within: Flags = is_begun & (day <= np.datetime64(valid.to, "D"))
    return is_within
