"""A codebook as a table for a spreadsheet or a program: one row for each code of each column."""

import csv
import io
from collections.abc import Iterator

from riskbehov.exchange.codebook import Codebook
from riskbehov.exchange.variables import Code, Variable

BOM = "\ufeff"
"""What tells Excel that the file is UTF-8."""
HEAD = (
    "variable",
    "part",
    "belongs_to",
    "label",
    "code",
    "code_label",
    "low",
    "high",
    "unit",
    "empty_means",
    "level",
)
"""The columns, by names that do not change with the language."""
_STEERING = ("=", "+", "-", "@", "\t", "\r")
_NO_CODES = (Code("", ""),)


def to_csv(book: Codebook) -> str:
    """Return a codebook as Swedish Excel opens it: UTF-8 with a mark, semicolons, CRLF.

    A column without codes has one row.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEAD)
    for variable in book.variables:
        writer.writerows([_safe(cell) for cell in row] for row in _rows(variable))
    return BOM + text.getvalue()


def _rows(variable: Variable) -> Iterator[tuple[str, ...]]:
    for code in variable.codes or _NO_CODES:
        yield (
            variable.name,
            variable.part,
            variable.item,
            variable.label,
            code.value,
            code.label,
            _number(variable.low),
            _number(variable.high),
            variable.unit,
            variable.empty,
            variable.level,
        )


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_STEERING) else cell
