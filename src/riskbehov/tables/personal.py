"""Columns that tell who someone is: looked for before anything is recommended of anyone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from riskbehov.errors import Fault, PrivacyError
from riskbehov.i18n import N_, Message, message
from riskbehov.privacy import find, is_suspect
from riskbehov.tables.naming import is_contact
from riskbehov.tables.values import distinct, is_missing

if TYPE_CHECKING:
    import narwhals as nw

_KINDS: Mapping[str, str] = {
    "personal number": N_("personal numbers"),
    "e-mail address": N_("e-mail addresses"),
    "telephone number": N_("telephone numbers"),
    "street address": N_("street addresses"),
}
_DIGITS = (10, 12)
"""How many digits a personal number has, without and with its century."""


def refuse_personal(
    rows: "nw.DataFrame[Any]", columns: Iterable[str], *, reviewed: bool = False
) -> None:
    """Raise :class:`PrivacyError` for columns that tell who someone is, none of their values told.

    ``reviewed`` says that a person has looked at what merely resembles personal data; a valid
    personal number is refused all the same.
    """
    faults = [fault for name in columns for fault in _told(name, rows[name], reviewed=reviewed)]
    if faults:
        raise PrivacyError(faults)


def _told(name: str, cells: "nw.Series[Any]", *, reviewed: bool) -> Iterator[Fault]:
    found = _count(cells)
    for (kind, is_certain), rows in sorted(found.items()):
        if is_certain or not reviewed:
            yield Fault(_said(kind, rows, is_certain=is_certain), name)
    if not found and not reviewed and is_contact(name) and (rows := _filled(cells)):
        yield Fault(
            message(
                "found {rows} rows with something in a column by the name of what tells who a"
                " person is, expected none; take the column away, or tell that you have looked and"
                " it is none (--free-text-reviewed)",
                rows=rows,
            ),
            name,
        )


def _said(kind: str, rows: int, *, is_certain: bool) -> Message:
    if is_certain:
        return message(
            "found {kind} in {rows} rows, expected none in any column; take the column away",
            kind=message(_KINDS[kind]),
            rows=rows,
        )
    return message(
        "found what looks like {kind} in {rows} rows, expected none in any column; take the column"
        " away, or tell that you have looked and it is none (--free-text-reviewed)",
        kind=message(_KINDS[kind]),
        rows=rows,
    )


def _count(cells: "nw.Series[Any]") -> Counter[tuple[str, bool]]:
    """Return in how many rows each kind of personal data stands, and whether it is certain."""
    found: Counter[tuple[str, bool]] = Counter()
    for text, rows in _suspects(cells):
        for kind in {(finding.kind, finding.certain) for finding in find(text)}:
            found[kind] += rows
    return found


def _suspects(cells: "nw.Series[Any]") -> Iterator[tuple[str, int]]:
    """Yield what might be personal data in a column, each value once with how often it stands."""
    kind = cells.dtype
    if kind.is_temporal() or type(kind).__name__ == "Boolean":
        return
    if kind.is_integer() or kind.is_float():
        yield from _numbers(cells)
        return
    held, places = distinct(cells)
    for cell, rows in zip(held, np.bincount(places, minlength=len(held)).tolist(), strict=True):
        whole = isinstance(cell, float) and cell.is_integer()
        text = str(int(cell)) if whole else str(cell)
        if is_suspect(text):
            yield text, rows


def _numbers(cells: "nw.Series[Any]") -> Iterator[tuple[str, int]]:
    """Yield the numbers with as many digits as a personal number has."""
    numbers = cells.drop_nulls().to_numpy()
    lengths = [(numbers >= 10 ** (n - 1)) & (numbers < 10**n) for n in _DIGITS]
    long = numbers[np.logical_or.reduce(lengths)]
    if long.dtype.kind == "f":
        long = long[long == np.floor(long)]
    values, counts = np.unique(long.astype(np.int64), return_counts=True)
    yield from zip(map(str, values.tolist()), counts.tolist(), strict=True)


def _filled(cells: "nw.Series[Any]") -> int:
    held, places = distinct(cells)
    is_filled = np.array([not is_missing(cell) for cell in held], np.bool_)
    return int(np.count_nonzero(is_filled[places])) if held else 0
