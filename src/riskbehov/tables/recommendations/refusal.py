"""What cannot be in a table that is assessed: told by column, with what is expected there."""

from collections.abc import Iterator, Mapping

import numpy as np

from riskbehov.assessing.arrays import Ready
from riskbehov.errors import Fault, InputError
from riskbehov.i18n import Message, message
from riskbehov.models.assessment import RISK_LEVELS
from riskbehov.models.instrument import RecordedMethod
from riskbehov.scoring.arrays import SEX_CODES
from riskbehov.tables.frames.values import counted_at
from riskbehov.tables.recommendations.layout import Layout, Part
from riskbehov.tables.recommendations.reading import Rows, Wrong
from riskbehov.tables.scores.refusal import most_frequent
from riskbehov.tables.steps import Tally

_UNTOLD = "\u2026"
"""What stands for values that are not repeated in a message."""


def illegal_cells(layout: Layout, rows: Rows, wrong: Wrong) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield the columns with what cannot be; values only where they cannot tell who it is."""
    for column, where in wrong.items():
        count = int(np.count_nonzero(where))
        if count and column in _shown(layout):
            yield column, dict(counted_at(rows[column], np.flatnonzero(where)))
        elif count:
            yield column, {_UNTOLD: count}


def _shown(layout: Layout) -> set[str]:
    """Return the columns whose values may stand in a message: answers, sex, age and days."""
    person = (layout.age, layout.birth_date, layout.sex, layout.date)
    return {
        *(column for column in person if isinstance(column, str)),
        *(column for columns in layout.items.values() for column in columns.values()),
        *(columns["date"] for columns in layout.recorded.values() if "date" in columns),
        *layout.elsewhere,
    }


def refusal(ready: Ready, layout: Layout, tally: Tally) -> InputError:
    """Return the error for values that cannot be: each column with what was found in it."""
    expected = dict(_expected(ready, layout))
    return InputError(
        Fault(
            message(
                "found {found}, expected {expected}; recode what stands for something else, or have"
                " such rows flagged or dropped (on_illegal)",
                found=", ".join(f"{value} ({count})" for value, count in most_frequent(values)),
                expected=expected.get(column, message("true, false or unknown")),
            ),
            column,
        )
        for column, values in tally.illegal.items()
    )


def _expected(ready: Ready, layout: Layout) -> Iterator[tuple[str | None, Message | str]]:
    """Yield what may stand in each column, in words."""
    words = ready.book.vocabulary
    for column in (layout.age, layout.birth_date):
        ages = str(ready.assessment.ages)
        yield column, message("the ages of the assessment, {ages}", ages=ages)
    yield layout.sex, ", ".join(SEX_CODES)
    if isinstance(layout.date, str):
        yield layout.date, message("a day from {first} to today", first=ready.first)
    for instrument in ready.instruments:
        columns = layout.items.get(instrument.id, {})
        for item in instrument.items:
            legal = ", ".join(map(str, instrument.legal(item)))
            yield columns.get(item.id), message("one of the codes {legal}", legal=legal)
    for by_instrument in (layout.drivers, layout.strengths):
        for id_, columns in by_instrument.items():
            said = message(
                "true, false or unknown, and true only if any area of {id} is rated", id=id_
            )
            yield from ((column, said) for column in columns.values())
    for column, id_ in layout.elsewhere.items():
        yield column, message("no answers: the assessment does not use {id}", id=id_)
    yield from ((column, words[name].expected) for name, column in layout.facts.items())
    yield layout.professional, ", ".join(RISK_LEVELS)
    for method in ready.methods:
        yield from _expected_of(method, layout.recorded.get(method.id, {}))


def _expected_of(
    method: RecordedMethod, columns: Mapping[Part, str]
) -> Iterator[tuple[str | None, Message | str]]:
    levels = ", ".join(level.id for level in method.levels)
    yield columns.get("level"), message("a level together with its day: {levels}", levels=levels)
    yield (
        columns.get("date"),
        message(
            "the day of a level, not after the assessment, at an age that {method} is for ({ages})",
            method=method.id,
            ages=str(method.ages),
        ),
    )
    yield (
        columns.get("valid_months"),
        message("whole months from 1 to {most}", most=method.valid_months),
    )
