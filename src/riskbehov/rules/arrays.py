"""The rules of an assessment over many cases at once."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from riskbehov.logic.evaluate import Columns, evaluate
from riskbehov.models.result import VerdictName
from riskbehov.rules.book import RuleBook

VERDICTS: tuple[VerdictName, ...] = ("does-not-apply", "cannot-tell", "applies", "not-in-force")
"""What the numbers in the arrays mean."""


def judge_many(
    book: RuleBook, columns: Columns, rows: int, day: dt.date
) -> Mapping[str, npt.NDArray[np.uint8]]:
    """Return, for each rule, one number a row: its position in :data:`VERDICTS`.

    ``columns`` hold the least and greatest value of each fact; a fact without columns is unknown.
    The result equals :meth:`RuleBook.judge` row by row.
    """
    return {
        ready.rule.id: evaluate(ready.tree, columns, rows)
        if in_force
        else np.full(rows, VERDICTS.index("not-in-force"), np.uint8)
        for ready, in_force in book.on(day)
    }
