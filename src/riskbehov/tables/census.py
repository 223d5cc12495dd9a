"""What a column holds: each value once, with how many rows have it, and what is empty."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from riskbehov.models.recode import canonical
from riskbehov.tables.frames import Native, kind_of
from riskbehov.tables.values import distinct, is_missing

if TYPE_CHECKING:
    import narwhals as nw

MOST_READ = 5000
"""Values of a column that are looked at one by one; a column with more holds no answers."""


@dataclass(frozen=True, slots=True)
class Census:
    """The values of one column."""

    dtype: str
    rows: int
    empty: Mapping[str, int]
    """Rows without a value: ``null``, ``nan``, or ``blank`` text."""
    distinct: int
    """How many values there are, as they were written."""
    counts: Mapping[str, int]
    """Rows by value in canonical form, most frequent first; the first ones where there are very
    many."""

    @property
    def missing(self) -> int:
        """Return how many rows have no value."""
        return sum(self.empty.values())

    @property
    def is_whole(self) -> bool:
        """Tell whether every value was looked at."""
        return sum(self.counts.values()) + self.missing == self.rows


class Named(NamedTuple):
    """A column of a frame by its name, which may stand twice."""

    name: str
    is_text: bool
    """Whether the name is text: only then can a map name it."""
    cells: "nw.Series[Any]"


def columns_in(frame: Native) -> Iterator[Named]:
    """Yield the columns of a frame in order, also those whose name stands twice."""
    import narwhals as nw

    names, cells = _by_place(frame)
    for place, name in enumerate(names):
        series = nw.from_native(cells(place), series_only=True)
        yield Named(str(name), isinstance(name, str), series)


def _by_place(frame: Native) -> tuple[list[Any], Any]:
    match kind_of(frame):
        case "pandas":
            return list(frame.columns), lambda place: frame.iloc[:, place]
        case "polars":
            return list(frame.columns), frame.to_series
        case _:
            return list(frame.column_names), frame.column


def census(cells: "nw.Series[Any]") -> Census:
    """Count the values of a column."""
    held, places = distinct(cells)
    rows = np.bincount(places, minlength=len(held))
    empty: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    told = 0
    for cell, count in zip(held, rows.tolist(), strict=True):
        if is_missing(cell):
            empty[_kind_of_gap(cell, cells)] += count
        else:
            told += 1
            if told <= MOST_READ:
                counts[canonical(cell)] += count
    return Census(
        dtype=type(cells.dtype).__name__,
        rows=len(cells),
        empty=dict(sorted(empty.items())),
        distinct=told,
        counts=dict(sorted(counts.items(), key=lambda each: (-each[1], each[0]))),
    )


def _kind_of_gap(cell: object, cells: "nw.Series[Any]") -> str:
    """Return how nothing is said; of pandas' own columns of floats by what is no number."""
    if isinstance(cell, str):
        return "blank"
    is_plain_float = isinstance(getattr(cells.to_native(), "dtype", None), np.dtype)
    if isinstance(cell, float) or (cells.dtype.is_float() and is_plain_float):
        return "nan"
    return "null"


def places_and_texts(
    cells: "nw.Series[Any]",
) -> tuple[npt.NDArray[np.intp], list[str | None], list[Any]]:
    """Return which value each row has, and the values: canonical, nothing if empty, and raw."""
    held, places = distinct(cells)
    return places, [None if is_missing(cell) else canonical(cell) for cell in held], held
