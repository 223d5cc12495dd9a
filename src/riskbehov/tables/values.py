"""Cells of a table read as codes: whole numbers as they are, nothing guessed.

A code is read from any whole number, from text that is a plain whole number, and from a float
without a fraction (a gap in a column makes floats of its numbers). An empty cell is missing. All
else is no code: it is told of, and changed only by a recode map.
"""

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from decimal import Decimal
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from riskbehov.errors import quoted
from riskbehov.scoring.arrays import ILLEGAL, MISSING

if TYPE_CHECKING:
    import narwhals as nw

Bytes = npt.NDArray[np.uint8]
Read = Callable[[object], int]
"""Turns one cell into a small number: a code, :data:`MISSING` or :data:`ILLEGAL`."""

_WHOLE = re.compile(r"\s*(\d{1,9})(?:[.,]0*)?\s*")
_BLOCK = 1 << 16
_GREATEST = ILLEGAL - 1


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
    """Return the whole number that a cell holds, if it holds one; a boolean is none."""
    if isinstance(cell, bool | np.bool_):
        return None
    if isinstance(cell, Integral):
        return int(cell)
    if isinstance(cell, str):
        found = _WHOLE.fullmatch(cell)
        return int(found[1]) if found else None
    if isinstance(cell, Real | Decimal) and float(cell).is_integer():
        return int(float(cell))
    return None


def is_missing(cell: object) -> bool:
    """Tell whether a cell is empty: nothing, not a number, no time, or blanks alone."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return not cell.strip()
    try:
        return bool(cell != cell)  # noqa: PLR0124 - NaN and NaT are what does not equal itself
    except TypeError:  # pandas says of NA only that it cannot tell
        return True


def shown(cell: object) -> str:
    """Return a cell as a message shows it: text in quotes and masked, all else as it is."""
    if isinstance(cell, str):
        return quoted(cell)
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()
    return quoted(str(cell))[1:-1]


def codes_of(cells: "nw.Series[Any]") -> Bytes:
    """Return a column as codes, one small number a row."""
    kind = cells.dtype
    if kind.is_integer():
        return _from_whole(cells)
    if kind.is_float():
        return from_floats(cells.to_numpy())
    return by_value(cells, read_code)


def _from_whole(cells: "nw.Series[Any]") -> Bytes:
    gaps = cells.is_null().to_numpy() if cells.null_count() else None
    numbers = (cells if gaps is None else cells.fill_null(0)).to_numpy()
    codes = np.empty(len(numbers), np.uint8)
    for start in range(0, len(numbers), _BLOCK):
        block = numbers[start : start + _BLOCK]
        codes[start : start + _BLOCK] = block.astype(np.uint8)
        if block.min() < 0 or block.max() > _GREATEST:
            codes[start : start + _BLOCK][(block < 0) | (block > _GREATEST)] = ILLEGAL
    if gaps is not None:
        codes[gaps] = MISSING
    return codes


def from_floats(numbers: npt.NDArray[np.floating]) -> Bytes:
    """Return floats as codes; what has a fraction is none."""
    codes = np.empty(len(numbers), np.uint8)
    for start in range(0, len(numbers), _BLOCK):
        block = numbers[start : start + _BLOCK]
        out = codes[start : start + _BLOCK]
        is_code = (block >= 0) & (block <= _GREATEST)
        np.copyto(out, block, where=is_code, casting="unsafe")
        is_code &= out == block
        if not is_code.all():
            out[~is_code] = ILLEGAL
            out[np.isnan(block)] = MISSING
    return codes


def by_value(cells: "nw.Series[Any]", read: Read) -> Bytes:
    """Return a column read cell by cell, each value that it holds once."""
    held, places = distinct(cells)
    table = np.array([read(cell) for cell in held], np.uint8)
    return table[places] if len(held) else np.empty(0, np.uint8)


def distinct(cells: "nw.Series[Any]") -> tuple[list[Any], npt.NDArray[np.intp]]:
    """Return the values of a column, each once in the order met, and which one each row has.

    A number and a boolean that are equal are two values.
    """
    native = cells.to_native()
    if getattr(native, "dtype", None) != np.dtype(object):
        found = _by_arrow(cells)
        if found is not None:
            return found
    known: dict[Hashable, int] = {}
    held: list[Any] = []
    places = np.empty(len(cells), np.intp)
    for row, cell in enumerate(native.tolist() if hasattr(native, "tolist") else native):
        key = (type(cell), cell if isinstance(cell, Hashable) else repr(cell))
        if key not in known:
            known[key] = len(held)
            held.append(cell)
        places[row] = known[key]
    return held, places


def _by_arrow(cells: "nw.Series[Any]") -> tuple[list[Any], npt.NDArray[np.intp]] | None:
    """Return the same by Arrow's dictionaries; nothing for a type that it has no dictionary of."""
    import pyarrow as pa

    array = cells.to_arrow()
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if pa.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    try:
        encoded = array.dictionary_encode(null_encoding="encode")
    except pa.ArrowNotImplementedError:
        return None
    places: npt.NDArray[np.intp] = encoded.indices.to_numpy(zero_copy_only=False).astype(np.intp)
    return encoded.dictionary.to_pylist(), places


def counted(cells: Iterable[object]) -> Mapping[str, int]:
    """Return how often each value stands in some cells, as messages show them."""
    counts: dict[str, int] = {}
    for cell in cells:
        text = shown(cell)
        counts[text] = counts.get(text, 0) + 1
    return counts
