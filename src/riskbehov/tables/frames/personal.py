"""Columns that tell who someone is: looked for before anything is recommended of anyone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from riskbehov.errors import Fault, PrivacyError
from riskbehov.i18n import N_, Message, message
from riskbehov.privacy import find, is_suspect
from riskbehov.tables.frames.naming import is_contact
from riskbehov.tables.frames.native import categories_of, with_categories
from riskbehov.tables.frames.values import distinct, is_missing

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
_LEAST = 10 ** (min(_DIGITS) - 1)
"""The least number with as many digits as a personal number has."""
_SHORTEST = 10**6
"""The least that is left of one that has lost its zeros, of someone born in 2000."""
_NUMBER = re.compile(r"\d{7,9}")
_MONTHS, _DAYS, _CO_ORDINATION = 12, 31, 60
"""Bounds of a date in a personal number; in a co-ordination number the day is 60 more."""


def refuse_personal(
    rows: "nw.DataFrame[Any]", columns: Iterable[str], *, reviewed: bool = False
) -> None:
    """Raise :class:`PrivacyError` for columns that tell who someone is, none of their values told.

    ``reviewed`` says that a person has looked at what merely resembles personal data; a valid
    personal number is refused all the same.
    """
    _refuse(_in_cells(rows, columns, reviewed=reviewed))


def refuse_personal_frame(
    rows: "nw.DataFrame[Any]", columns: Iterable[str], *, reviewed: bool = False
) -> None:
    """Raise the same, also for what comes along with a frame although no column shows it.

    That is the index of pandas, and in every column the categories that no row has.
    """
    found = [
        *_in_cells(rows, columns, reviewed=reviewed),
        *_in_index(rows, reviewed=reviewed),
    ]
    told = {fault.where for fault in found}
    free = [name for name in with_categories(rows.to_native()) if name not in told]
    _refuse([*found, *_in_categories(rows, free, reviewed=reviewed)])


def _refuse(faults: Iterable[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise PrivacyError(found)


def _in_cells(
    rows: "nw.DataFrame[Any]", columns: Iterable[str], *, reviewed: bool
) -> Iterator[Fault]:
    for name in columns:
        yield from _told(name, rows.get_column(name), reviewed=reviewed)


def _in_index(rows: "nw.DataFrame[Any]", *, reviewed: bool) -> Iterator[Fault]:
    """Yield what the levels of an index tell; a running number tells nothing."""
    import narwhals as nw

    index = nw.maybe_get_index(rows)
    if index is None or (list(index.names) == [None] and _runs_low(index)):
        return
    for place, name in enumerate(index.names):
        called = "" if name is None else str(name)
        where = f"index ({called})" if called else "index"
        if any(f.certain or not reviewed for f in find(called)):
            yield Fault(
                message(
                    "found what looks like personal data in the name of the index, expected none;"
                    " rename it"
                ),
                where,
            )
        level = index.get_level_values(place).to_series()
        cells = nw.from_native(level, series_only=True)
        found = [*_told(where, cells, reviewed=reviewed, called=called)]
        yield from found or _in_type(where, cells, reviewed=reviewed)


def _runs_low(index: Any) -> bool:  # noqa: ANN401 - an index of pandas
    """Tell whether an index is the usual one, of numbers too small to be anyone's."""
    ends = getattr(index, "start", _LEAST), getattr(index, "stop", _LEAST)
    return bool(max(map(abs, ends)) < _LEAST)


def _in_categories(
    rows: "nw.DataFrame[Any]", columns: Iterable[str], *, reviewed: bool
) -> Iterator[Fault]:
    for name in columns:
        yield from _in_type(name, rows.get_column(name), reviewed=reviewed)


def _in_type(where: str, cells: "nw.Series[Any]", *, reviewed: bool) -> Iterator[Fault]:
    """Yield what the categories of a column tell, whether any row has them or not."""
    found: Counter[tuple[str, bool]] = Counter()
    for text in filter(is_suspect, map(_text, categories_of(cells.to_native()))):
        found.update({(finding.kind, finding.certain) for finding in find(text)})
    for (kind, is_certain), count in sorted(found.items()):
        if is_certain or not reviewed:
            yield Fault(
                message(
                    "found {kind} in {count} categories of the column, which come along even where"
                    " no row has them, expected none; take those categories away",
                    kind=message(_KINDS[kind]),
                    count=count,
                ),
                where,
            )


def _text(cell: object) -> str:
    """Return a cell as text, a whole number without a fraction."""
    is_whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if is_whole else str(cell)  # type: ignore[call-overload]


def _told(
    where: str, cells: "nw.Series[Any]", *, reviewed: bool, called: str | None = None
) -> Iterator[Fault]:
    """Yield what is told of someone; ``called`` is the column's name if it is not ``where``."""
    found = _count(cells)
    for (kind, is_certain), rows in sorted(found.items()):
        if is_certain or not reviewed:
            yield Fault(_said(kind, rows, is_certain=is_certain), where)
    if not found and not reviewed and is_contact(called or where) and (rows := _filled(cells)):
        yield Fault(
            message(
                "found {rows} rows with something in a column by the name of what tells who a"
                " person is, expected none; take the column away, or tell that you have looked and"
                " it is none (--free-text-reviewed)",
                rows=rows,
            ),
            where,
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
    if shortened := _without_zeros(cells):
        found["personal number", False] += shortened
    return found


def _without_zeros(cells: "nw.Series[Any]") -> int:
    """Return in how many rows a personal number stands that has lost the zeros at its beginning.

    So does that of anyone born from 2000 to 2009, where a program took it for a number. Among
    numbers that are as long by chance fewer than one in a hundred look like it, so that nothing is
    told unless most do.
    """
    values, counts = _shortened(cells)
    month, day = values // 10**6 % 100, values // 10**4 % 100 % _CO_ORDINATION
    likely = np.flatnonzero((month >= 1) & (month <= _MONTHS) & (day >= 1) & (day <= _DAYS))
    is_one = [any(f.certain for f in find(f"{values[n]:010}")) for n in likely]
    rows = int(counts[likely][np.array(is_one, np.bool_)].sum())
    return rows if 2 * rows > counts.sum() else 0


def _shortened(
    cells: "nw.Series[Any]",
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the numbers that have lost some digits of a personal number, and in how many rows."""
    kind = cells.dtype
    if kind.is_temporal() or type(kind).__name__ == "Boolean":
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    if kind.is_integer() or kind.is_float():
        return _whole_numbers(cells, [(_SHORTEST, _LEAST)])
    held, places = distinct(cells)
    rows = np.bincount(places, minlength=len(held))
    texts = [_text(cell) for cell in held]
    kept = [n for n, text in enumerate(texts) if _NUMBER.fullmatch(text)]
    return np.array([int(texts[n]) for n in kept], np.int64), rows[kept].astype(np.int64)


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
        text = _text(cell)
        if is_suspect(text):
            yield text, rows


def _numbers(cells: "nw.Series[Any]") -> Iterator[tuple[str, int]]:
    """Yield the numbers with as many digits as a personal number has."""
    values, counts = _whole_numbers(cells, [(10 ** (n - 1), 10**n) for n in _DIGITS])
    yield from zip(map(str, values.tolist()), counts.tolist(), strict=True)


def _whole_numbers(
    cells: "nw.Series[Any]", ranges: Sequence[tuple[int, int]]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the whole numbers within some ranges, each once, and in how many rows it stands."""
    numbers = cells.drop_nulls().to_numpy()
    if numbers.dtype.kind == "f":
        numbers = numbers.astype(np.float64, copy=False)  # half as long, they reach no such number
    within = [(numbers >= low) & (numbers < high) for low, high in ranges]
    long = numbers[np.logical_or.reduce(within)]
    if long.dtype.kind == "f":
        long = long[long == np.floor(long)]
    values, counts = np.unique(long.astype(np.int64), return_counts=True)
    return values, counts.astype(np.int64)


def _filled(cells: "nw.Series[Any]") -> int:
    held, places = distinct(cells)
    is_filled = np.array([not is_missing(cell) for cell in held], np.bool_)
    return int(np.count_nonzero(is_filled[places])) if held else 0
