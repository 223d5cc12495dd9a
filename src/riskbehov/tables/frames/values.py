"""Cells of a table read as codes: whole numbers as they are, nothing guessed.

A code is read from any whole number, from text that is a plain whole number, and from a float
without a fraction (a gap in a column makes floats of its numbers). An empty cell is missing. All
else is no code: it is told of, and changed only by a recode map.

Wherever a cell becomes text that somebody may read, it is :func:`shown` or :func:`as_told`: what
tells who a person is, is masked there and nowhere else.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from riskbehov.errors import quoted
from riskbehov.models.recode import canonical, plain_number
from riskbehov.privacy import find, is_suspect, mask
from riskbehov.scoring.arrays import ILLEGAL, MISSING
from riskbehov.tables.frames.native import Numbers, coded_of, distinct_of, numbers_of, some_of

if TYPE_CHECKING:
    import narwhals as nw

Bytes = npt.NDArray[np.uint8]
Read = Callable[[object], int]
"""Turns one cell into a small number: a code, :data:`MISSING` or :data:`ILLEGAL`."""

_BARE = re.compile(r"^[\s-]+|(?:(?<=[0-9])[.,]0{0,2})?\s*$")
_GROUPED = re.compile(r"[0-9]+(?:[\s.,'_-][0-9]+){2,}")
_POWER = re.compile(r"[0-9]+[.,]?[0-9]*[eE]\+?[0-9]{1,2}")
_LOST = re.compile(r"[0-9]{7,9}")
"""A number that may have lost the zeros that it began with."""
_DIGITS = 10
"""So many has a personal number without its century, and a mobile telephone."""
_MOBILE = "07"
_LONGEST = 60
"""No number is written with more signs."""
_BLOCK = 1 << 16
_GREATEST = ILLEGAL - 1
_FAR = 1 << 63
_SHORT = range(-999, 1000)
"""Numbers that nobody can be known by, so that they need not be masked, which takes long."""


def read_code(cell: object) -> int:
    """Return the code that a cell holds, :data:`MISSING` or :data:`ILLEGAL`.

    >>> [read_code(cell) for cell in (3, 3.0, " 3 ", "3,0", "", None)]
    [3, 3, 3, 3, 255, 255]
    >>> [read_code(cell) for cell in (True, 3.5, "three", -1, 999)]
    [254, 254, 254, 254, 254]
    """
    if is_missing(cell):
        return MISSING
    number = whole(cell)
    return ILLEGAL if number is None or not 0 <= number <= _GREATEST else number


def whole(cell: object) -> int | None:
    """Return the whole number that a cell holds, if it holds one; a boolean is none.

    Text is read by :func:`plain_number`, as in recode maps: ``3``, ``3,0`` and ``3.00`` are whole,
    ``1,000`` and ``1.000`` may be thousands and are no number, nor is anything with a sign.
    """
    if isinstance(cell, bool | np.bool_ | np.timedelta64):
        return None
    if isinstance(cell, Integral):
        return int(cell)
    if isinstance(cell, str):
        number = plain_number(cell.strip())
        return int(number) if number is not None and number.isdigit() else None
    if isinstance(cell, Real | Decimal):
        return _without_fraction(cell)
    return None


def _without_fraction(cell: Any) -> int | None:  # noqa: ANN401 - a number of some type
    """Return a number as a whole one, if it is; one beyond all codes is not looked into."""
    if isinstance(cell, np.floating):
        cell = cell.item()  # the narrow ones will not be compared to great numbers
    try:
        number = int(cell) if -_FAR < cell < _FAR else None
    except ArithmeticError:  # it is not a number, and decimals will not even be compared to it
        return None
    return number if number == cell else None


def is_missing(cell: object) -> bool:
    """Tell whether a cell is empty: nothing, not a number, no time, or blanks alone."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return not cell.strip()
    try:
        unlike: object = cell != cell  # noqa: PLR0124 - NaN and NaT do not equal themselves
    except ArithmeticError:  # a decimal that is not a number, and signals it
        return True
    if isinstance(unlike, bool | np.bool_):
        return bool(unlike)
    return unlike is cell  # NA compared with anything is NA


def shown(cell: object) -> str:
    """Return a cell as a message shows it: text in quotes, all else as it is; masked.

    >>> shown(" 3"), shown(3.0), shown("811218-9876")
    ("' 3'", '3', "'\u2022\u2022\u2022\u2022\u2022'")
    """
    if isinstance(cell, str):
        return quoted(_masked(cell))
    if isinstance(cell, int | float) and cell in _SHORT:  # SPSS has 99 as 99.0
        return str(cell if isinstance(cell, bool) else int(cell))
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()
    return quoted(_masked(str(cell)))[1:-1]


def as_told(cell: object) -> str:
    """Return a cell in canonical form, masked: as reports and profiles keep it.

    Cells that are masked alike are then one value.
    """
    if isinstance(cell, str) and (masked := _masked(cell)) != cell:
        return " ".join(masked.split())  # before it has lost its first zero
    return _masked(canonical(cell))


def _masked(text: str) -> str:
    """Return the text of a cell without what tells who a person is."""
    seen = as_seen(text)
    return mask(seen) if is_suspect(seen) else text


def as_seen(text: str) -> str:
    """Return a text so that what tells who a person is can be found in it.

    That is the text itself, but for a personal or telephone number in another spelling: as a
    number that has lost its first zero, that is divided, or that has a power of ten.

    >>> as_seen("3"), as_seen("701740605"), as_seen("8 112 189 876")
    ('3', '0701740605', '8112189876')
    """
    digits = "" if len(text) > _LONGEST else _digits_of(_BARE.sub("", text))
    if not digits or find(text):
        return text
    is_certain = any(finding.certain for finding in find(digits))
    return digits if is_certain or digits.startswith(_MOBILE) else text


def _digits_of(text: str) -> str:
    """Return the digits of a number that its text does not show as they are."""
    if _POWER.fullmatch(text):
        text = f"{Decimal(text.replace(',', '.')):f}"
    elif _GROUPED.fullmatch(text):
        return re.sub("[^0-9]", "", text)
    return text.zfill(_DIGITS) if _LOST.fullmatch(text) else text if text.isdigit() else ""


def codes_of(cells: "nw.Series[Any]") -> Bytes:
    """Return a column as codes, one small number a row."""
    parts = numbers_of(cells.to_native())
    return by_value(cells, read_code) if parts is None else _fill(len(cells), parts, _read_numbers)


def _fill(
    rows: int,
    parts: Iterable[Numbers],
    read: Callable[[npt.NDArray[Any], Bytes], None],
    gap: int = MISSING,
) -> Bytes:
    """Return one small number a row: what is read of each part, in blocks that fit in a cache."""
    codes = np.empty(rows, np.uint8)
    start = 0
    for values, is_known in parts:
        for place in range(0, len(values), _BLOCK):
            block = values[place : place + _BLOCK]
            read(block, codes[start + place : start + place + len(block)])
        if is_known is not None:
            codes[start : start + len(values)][~is_known] = gap
        start += len(values)
    return codes


def _read_numbers(numbers: npt.NDArray[Any], codes: Bytes) -> None:
    read = _read_floats if numbers.dtype.kind == "f" else _read_whole
    read(numbers, codes)


def _read_whole(numbers: npt.NDArray[Any], codes: Bytes) -> None:
    codes[:] = numbers.astype(np.uint8)
    native = numbers.astype(numbers.dtype.newbyteorder("="), copy=False)
    unsigned = native.view(f"u{native.dtype.itemsize}")  # one below zero is then very great
    if unsigned.max() > _GREATEST:
        codes[unsigned > _GREATEST] = ILLEGAL


def _read_floats(numbers: npt.NDArray[Any], codes: Bytes) -> None:
    with np.errstate(invalid="ignore", over="ignore"):  # what is no code is looked for below
        codes[:] = numbers.astype(np.uint8)
    odd = np.flatnonzero(codes != numbers)
    if codes.max() > _GREATEST:
        codes[codes > _GREATEST] = ILLEGAL
    codes[odd] = np.where(np.isnan(numbers[odd]), MISSING, ILLEGAL)


def by_value(cells: "nw.Series[Any]", read: Read) -> Bytes:
    """Return a column read cell by cell, each value that it may hold once."""
    held, parts = coded_of(cells.to_native())
    table = np.array([*map(read, held), read(None)], np.uint8)

    def look_up(places: npt.NDArray[Any], codes: Bytes) -> None:
        np.take(table, places, out=codes, mode="clip")  # what stands in a gap may be anything

    return _fill(len(cells), parts, look_up, gap=int(table[-1]))


def distinct(cells: "nw.Series[Any]") -> tuple[list[Any], npt.NDArray[np.intp]]:
    """Return the values of a column, each once, and which one each row has.

    A number and a boolean that are equal are two values.
    """
    return distinct_of(cells.to_native())


def counted(cells: Iterable[object]) -> Mapping[str, int]:
    """Return how often each value stands in some cells, as messages show them."""
    counts: dict[str, int] = {}
    for cell in cells:
        text = shown(cell)
        counts[text] = counts.get(text, 0) + 1
    return counts


def counted_at(cells: "nw.Series[Any]", rows: npt.NDArray[np.intp]) -> Mapping[str, int]:
    """Return how often each value stands in some rows of a column, as messages show them."""
    held, places = distinct_of(some_of(cells.to_native(), rows))
    counts: dict[str, int] = {}
    for cell, count in zip(held, np.bincount(places, minlength=len(held)).tolist(), strict=True):
        counts[shown(cell)] = counts.get(shown(cell), 0) + count
    return counts
