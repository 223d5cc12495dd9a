"""The error for values that cannot be, told by column, value and count."""

from collections.abc import Mapping

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import Message, _, message
from riskbehov.scoring.arrays import SEX_CODES
from riskbehov.scoring.plan import OLDEST
from riskbehov.tables.scores.asked import Asked
from riskbehov.tables.steps import Tally


def refusal(step: Asked, tally: Tally) -> InputError:
    """Return the error for values that cannot be: each column with what was found in it."""
    return InputError(
        Fault(
            message(
                "found {found}, expected {expected}, or an empty cell; recode what stands for"
                " something else (riskbehov profile drafts a recode map), or have such rows flagged"
                " or dropped (on_illegal)",
                found=", ".join(f"{value} ({count})" for value, count in most_frequent(values)),
                expected=_expected(step, column),
            ),
            _where(step, column),
        )
        for column, values in tally.illegal.items()
    )


def _where(step: Asked, column: str) -> str:
    """Return a column as a message names it, with the item that it holds."""
    if column not in step.items:
        return column
    item = step.instrument.items[step.items.index(column)]
    return f"{column} ({step.instrument.id}: " + _("item {name}", name=item.id) + ")"


def _expected(step: Asked, column: str) -> Message | str:
    if column in step.items:
        item = step.instrument.items[step.items.index(column)]
        return message(
            "one of the codes {legal}", legal=", ".join(map(str, step.instrument.legal(item)))
        )
    if column == step.sex:
        return ", ".join(SEX_CODES)
    if column == step.age:
        return message("whole years 0 to {oldest}", oldest=OLDEST)
    return message(
        "a day such as 2026-03-01, not before the birth nor more than 120 years after it"
    )


def most_frequent(values: Mapping[str, int], most: int = 10) -> list[tuple[str, int]]:
    """Return the values that stand most often, and how often all others do."""
    ordered = sorted(values.items(), key=lambda each: (-each[1], each[0]))
    rest = sum(count for _, count in ordered[most:])
    return [*ordered[:most], *([("\u2026", rest)] if rest else [])]
