"""Cells of a table read as facts: yes or no, one of some words, a whole number.

What is read is the same in every type of column: true and false (also 1 and 0), the id of a value,
a whole number. An empty cell, and the word ``unknown``, say nothing. All else cannot be.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from riskbehov.scoring.arrays import ILLEGAL, MISSING
from riskbehov.tables.frames import native
from riskbehov.tables.frames.values import Bytes, Read, by_value, distinct, is_missing, whole

if TYPE_CHECKING:
    import narwhals as nw

UNKNOWN = "unknown"
_TRUTHS = {"true": 1, "false": 0, "1": 1, "0": 0}


def read_truth(cell: object) -> int:
    """Return 1 for true and 0 for false, :data:`MISSING` or :data:`ILLEGAL`.

    >>> [read_truth(cell) for cell in (True, "TRUE", 1.0, "0", "unknown", None)]
    [1, 1, 1, 0, 255, 255]
    >>> [read_truth(cell) for cell in ("ja", 2, 0.5)]
    [254, 254, 254]
    """
    if says_nothing(cell):
        return MISSING
    if isinstance(cell, bool | np.bool_):
        return int(cell)
    if isinstance(cell, str) and (word := cell.strip().lower()) in _TRUTHS:
        return _TRUTHS[word]
    number = whole(cell)
    return number if number in (0, 1) else ILLEGAL


def says_nothing(cell: object) -> bool:
    """Tell whether a cell is empty, or says that it is not known."""
    return is_missing(cell) or (isinstance(cell, str) and cell.strip().lower() == UNKNOWN)


def word_reader(words: Sequence[str]) -> Read:
    """Return what reads a cell as the place of a word among ``words``.

    >>> [word_reader(("low", "high"))(cell) for cell in (" high ", "", "High", 1)]
    [1, 255, 254, 254]
    """
    places = {word: place for place, word in enumerate(words)}

    def read(cell: object) -> int:
        if says_nothing(cell):
            return MISSING
        return places.get(cell.strip(), ILLEGAL) if isinstance(cell, str) else ILLEGAL

    return read


def number_reader(low: int, high: int) -> Callable[[object], int | None]:
    """Return what reads a cell as a whole number; one outside the range is none."""

    def read(cell: object) -> int | None:
        number = whole(cell)
        return number if number is not None and low <= number <= high else None

    return read


def truths_of(cells: "nw.Series[Any]") -> Bytes:
    """Return a column as 1 for true and 0 for false, with :data:`MISSING`, :data:`ILLEGAL`."""
    parts = native.truths_of(cells.to_native())
    if parts is None:
        return by_value(cells, read_truth)
    read = [
        values.view(np.uint8) if is_known is None else np.where(is_known, values, np.uint8(MISSING))
        for values, is_known in parts
    ]
    return np.concatenate([np.empty(0, np.uint8), *read])


def numbers_of(
    cells: "nw.Series[Any]", low: int, high: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return a column as whole numbers, where there is one, and where something else stands."""
    held, places = distinct(cells)
    read = number_reader(low, high)
    numbers = [None if says_nothing(cell) else read(cell) for cell in held]
    values = np.array([0 if number is None else number for number in numbers], np.int64)
    is_known = np.array([number is not None for number in numbers], np.bool_)
    is_empty = np.array([says_nothing(cell) for cell in held], np.bool_)
    return values[places], is_known[places], ~(is_known | is_empty)[places]
