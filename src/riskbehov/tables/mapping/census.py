"""What a column holds: each value once, with how many rows have it, and what is empty."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from riskbehov.models.recode import canonical
from riskbehov.privacy import find, is_suspect
from riskbehov.tables.frames.bridge import Native, frame_of, kind_of
from riskbehov.tables.frames.values import as_seen, as_told, distinct, is_missing

if TYPE_CHECKING:
    import narwhals as nw
    import pyarrow as pa

MOST_READ = 5000
"""Different values of a column that are told apart; a column with more holds no answers."""
_BATCH = 1 << 17
_TIMES = (dt.date, dt.time, dt.timedelta, np.datetime64, np.timedelta64)
_FEWEST, _MOST = 10**8, 10**13
"""Between these are numbers with as many digits as personal and telephone numbers."""


@dataclass(frozen=True, slots=True)
class Census:
    """The values of one column."""

    dtype: str
    rows: int
    empty: Mapping[str, int]
    """Rows without a value: ``null``, ``nan``, or ``blank`` text."""
    counts: Mapping[str, int] | None
    """Rows by value as it may be told, most frequent first; nothing where there are very many."""
    distinct: int | None
    """How many values there are: more than in ``counts`` where some are masked alike."""
    personal: Mapping[str, int]
    """Rows with what looks like personal data, by kind; at least, where ``unread`` is not zero."""
    unread: int
    """Rows that might hold some, and were not looked at since there are very many."""

    @property
    def missing(self) -> int:
        """Return how many rows have no value."""
        return sum(self.empty.values())


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


def parts_of(frame: Native) -> Iterator[Native]:
    """Yield a table part by part: whole if it lies in memory, batch by batch if it is read.

    Raises :class:`InputError` for what is no table that can be read so.
    """
    match frame_of(frame):
        case "narwhals":
            yield from parts_of(frame.to_native())
        case "lazy":
            parts = iter(frame.collect_batches(maintain_order=True))
            yield next(parts, frame.clear().collect())
            yield from parts
        case "duckdb":
            yield from _read(frame.to_arrow_reader(_BATCH))
        case "reader" | "dataset" | "batch":
            yield from _read(frame)
        case _:
            kind_of(frame)
            yield frame


def _read(frame: Native) -> Iterator["pa.Table"]:
    """Yield what Arrow reads batch by batch; a table without rows where there is none."""
    import pyarrow as pa

    batches = [frame] if isinstance(frame, pa.RecordBatch) else frame
    if hasattr(frame, "to_batches"):
        batches = frame.to_batches()
    is_any = False
    for batch in batches:
        is_any = True
        yield pa.Table.from_batches([batch])
    if not is_any:
        yield frame.schema.empty_table()


class Counting:
    """Counts the values of a column that comes in parts; in whatever order, it comes to the same.

    Of each part only its different values are kept, and none once there are very many.
    """

    def __init__(self) -> None:
        """Begin without rows."""
        self.dtype = ""
        self.rows = self.unread = 0
        self.empty: Counter[str] = Counter()
        self.personal: Counter[str] = Counter()
        self.counts: Counter[str] | None = Counter()
        """By value as it stands: such counts are told of by :meth:`done` alone, masked."""
        self.masked: dict[str, str] = {}

    def add(self, cells: "nw.Series[Any]") -> None:
        """Count some rows."""
        held, places = distinct(cells)
        rows = np.bincount(places, minlength=len(held)).tolist()
        full: list[tuple[Any, int]] = []
        for cell, count in zip(held, rows, strict=True):
            if is_missing(cell):
                self.empty[_kind_of_gap(cell, cells)] += count
            else:
                full.append((cell, count))
        self.dtype = self.dtype or _kind_of(cells)
        self.rows += len(cells)
        self._count(full)
        personal, unread = _personal(full)
        self.personal.update(personal)
        self.unread += unread

    def _count(self, full: list[tuple[Any, int]]) -> None:
        if self.counts is None:
            return
        for cell, rows in full:
            value, text = canonical(cell), as_told(cell)
            self.counts[value] += rows
            if text != value:
                self.masked[value] = text
            if len(self.counts) > MOST_READ:
                self.counts = None
                return

    def done(self) -> Census:
        """Return what was counted."""
        masked: Counter[str] = Counter()
        for value, rows in (self.counts or {}).items():
            masked[self.masked.get(value, value)] += rows
        counts = sorted(masked.items(), key=lambda each: (-each[1], each[0]))
        return Census(
            dtype=self.dtype,
            rows=self.rows,
            empty=dict(sorted(self.empty.items())),
            counts=None if self.counts is None else dict(counts),
            distinct=None if self.counts is None else len(self.counts),
            personal=dict(sorted(self.personal.items())),
            unread=self.unread,
        )


def _personal(full: list[tuple[Any, int]]) -> tuple[Mapping[str, int], int]:
    """Return how many rows look like personal data, by kind, and how many were not looked at."""
    found: Counter[str] = Counter()
    read = 0
    for number, (cell, rows) in enumerate(full):
        if read == MOST_READ:
            return dict(sorted(found.items())), sum(rows for _, rows in full[number:])
        text = as_seen(_told_by(cell))
        if is_suspect(text):
            read += 1
            for kind in {finding.kind for finding in find(text)}:
                found[kind] += rows
    return dict(sorted(found.items())), 0


def _told_by(cell: object) -> str:
    """Return the text in a cell, in lists and bytes too; of a number, if it may be somebody's."""
    if isinstance(cell, Real | Decimal):
        number = float(cell)
        return f"{number:.0f}" if _FEWEST <= number <= _MOST and number.is_integer() else ""
    return "" if isinstance(cell, _TIMES) else str(cell)


def _kind_of(cells: "nw.Series[Any]") -> str:
    """Return the type of a column in a word, the same for all libraries."""
    name = type(cells.dtype).__name__
    native = cells.to_native()
    own = str(getattr(native, "dtype", None) or getattr(native, "type", name))
    return own.capitalize() if name == "Unknown" or own == "object" else name


def _kind_of_gap(cell: object, cells: "nw.Series[Any]") -> str:
    """Return how nothing is said; of pandas' own columns of floats by what is no number."""
    if isinstance(cell, str):
        return "blank"
    is_plain_float = isinstance(getattr(cells.to_native(), "dtype", None), np.dtype)
    if isinstance(cell, float) or (cells.dtype.is_float() and is_plain_float):
        return "nan"
    return "null"
