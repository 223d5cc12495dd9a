"""Columns that tell who someone is: looked for in the first rows before anything is written."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from riskbehov.errors import Fault, PrivacyError
from riskbehov.i18n import message
from riskbehov.privacy import find
from riskbehov.tables.files.sources import Source
from riskbehov.tables.frames.bridge import pick
from riskbehov.tables.frames.naming import is_contact
from riskbehov.tables.frames.personal import refuse_personal
from riskbehov.tables.frames.values import distinct

if TYPE_CHECKING:
    import narwhals as nw
    import pyarrow as pa

_ROWS = 10_000
"""Rows that are looked at; further down it is for whoever made the table to know."""
_NUMBER = re.compile(r"\d{10}|\d{12}")
_FEW = 0.05
"""Of numbers that are drawn at random less than this share could be personal numbers; of personal
numbers all are."""


def refuse_private(source: Source, columns: Sequence[str], *, reviewed: bool = False) -> None:
    """Raise :class:`PrivacyError` for columns that tell who someone is, by name or by content.

    ``reviewed`` says that a person has looked at what merely resembles that; a valid personal
    number is refused all the same.
    """
    rows = pick(_first_rows(source, columns), columns)
    faults: list[Fault] = []
    for name in columns:
        if not _is_numbering(rows.get_column(name)):
            faults += _told(rows, name, reviewed=reviewed)
    told = {fault.where for fault in faults}
    if not reviewed:
        faults += [_named(name) for name in columns if is_contact(name) and name not in told]
    if faults:
        raise PrivacyError(faults)


def _first_rows(source: Source, columns: Sequence[str]) -> "pa.Table":
    import pyarrow as pa

    found = []
    for batch in source.batches(columns):
        found.append(batch)
        if sum(map(len, found)) >= _ROWS:
            break
    schema = pa.schema([source.schema.field(name) for name in columns])
    return pa.Table.from_batches(found, schema if not found else None).slice(0, _ROWS)


def _told(rows: "nw.DataFrame[Any]", name: str, *, reviewed: bool) -> Sequence[Fault]:
    try:
        refuse_personal(rows, [name], reviewed=reviewed)
    except PrivacyError as error:
        return error.faults
    return ()


def _named(name: str) -> Fault:
    said = message(
        "found a column by the name of what tells who a person is, expected none; leave it out"
        " (--only-results), put a drawn key in its place, or give --free-text-reviewed if you have"
        " looked and it is none"
    )
    return Fault(said, name)


def _is_numbering(cells: "nw.Series[Any]") -> bool:
    """Tell whether a column holds long numbers of which only a few could be personal numbers."""
    held, places = distinct(cells)
    texts = ["" if cell is None else str(cell) for cell in held]
    if not all(_NUMBER.fullmatch(text) for text in texts if text):
        return False
    rows = np.bincount(places, minlength=len(held)) if held else np.zeros(0)
    is_certain = np.array([any(f.certain for f in find(text)) for text in texts], np.bool_)
    is_filled = np.array([bool(text) for text in texts], np.bool_)
    return bool(rows[is_certain].sum() < _FEW * rows[is_filled].sum()) if held else False
