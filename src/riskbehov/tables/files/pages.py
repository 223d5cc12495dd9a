"""Columns of small numbers as pages of Parquet: their bytes hardly need to be touched.

A page holds places in a list of values. Where the values are small numbers they are their own
places, and a column that stands in memory byte by byte is written by packing it together.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from riskbehov.tables.files.thrift import (
    BINARY,
    I32,
    I64,
    LIST,
    STRUCT,
    Field,
    Members,
    Struct,
    number,
    written,
)

if TYPE_CHECKING:
    import pyarrow as pa

Bytes = npt.NDArray[np.uint8]

INT32, INT64, BYTE_ARRAY = 1, 2, 6
"""How Parquet stores values."""
LEVEL = 1
"""Of zstd: on what is packed already the higher ones take longer and find no more."""
_PLAIN, _RLE, _PLACES = 0, 3, 8
"""Encodings of Parquet: as they are, in runs, places in a list."""
_DATA, _DICTIONARY = 0, 2
"""Kinds of page."""
_ZSTD = 6
GREATEST = 255
"""The greatest number that is packed."""
_GROUP = 8
"""Packed values come in groups of so many."""
_SIGNED = 128


class Page(NamedTuple):
    """Some rows of a column, ready to be written."""

    data: bytes
    size: int
    """Its bytes before compression, header included."""
    rows: int
    nulls: int
    low: int
    high: int
    """The least and the greatest place; the least is the greater one where there is none."""


@dataclass(slots=True)
class Chunk:
    """A column of a row group: pages, and what the places in them mean."""

    name: str
    kind: int
    """One of :data:`INT32`, :data:`INT64` and :data:`BYTE_ARRAY`."""
    words: Sequence[str] | None = None
    """The words that places stand for; nothing for numbers, which stand for themselves."""
    is_signed: bool = False
    """Whether places from 128 on stand for negative numbers."""
    pages: list[Page] = field(default_factory=list)

    def add(self, places: Bytes, is_there: npt.NDArray[np.bool_] | None) -> None:
        """Add some rows; ``is_there`` tells where there is a value, nothing that all have one."""
        self.pages.append(page(places, is_there))

    def end(self, offset: int) -> tuple[bytes, Struct]:
        """Return the bytes of the column, and what the footer says of it; begin anew.

        ``offset`` is where the bytes will stand in the file.
        """
        pages, self.pages = self.pages, []
        values = self._values(1 + max((each.high for each in pages), default=0))
        first = _page(_DICTIONARY, b"".join(values), 7, len(values), [_PLAIN])
        data = b"".join([first[0], *(each.data for each in pages)])
        size = first[1] + sum(each.size for each in pages)
        meta: Struct = {
            1: Field(I32, self.kind),
            2: Field(LIST, Members(I32, [_PLAIN, _RLE, _PLACES])),
            3: Field(LIST, Members(BINARY, [self.name.encode()])),
            4: Field(I32, _ZSTD),
            5: Field(I64, sum(each.rows for each in pages)),
            6: Field(I64, size),
            7: Field(I64, len(data)),
            9: Field(I64, offset + len(first[0])),
            11: Field(I64, offset),
            12: Field(STRUCT, self._statistics(pages, values)),
        }
        return data, {2: Field(I64, 0), 3: Field(STRUCT, meta)}

    def _values(self, count: int) -> list[bytes]:
        """Return the first values of the list, each as it is stored."""
        if self.words is not None:
            texts = [word.encode() for word in self.words]
            return [len(text).to_bytes(4, "little") + text for text in texts]
        size = 4 if self.kind == INT32 else 8
        numbers = (n - 2 * _SIGNED if self.is_signed and n >= _SIGNED else n for n in range(count))
        return [n.to_bytes(size, "little", signed=True) for n in numbers]

    def _statistics(self, pages: Sequence[Page], values: Sequence[bytes]) -> Struct:
        """Return how many have no value and, of numbers that are in order, the ends."""
        found: Struct = {3: Field(I64, sum(each.nulls for each in pages))}
        low = min((each.low for each in pages), default=1)
        high = max((each.high for each in pages), default=0)
        is_in_order = self.words is None and not (self.is_signed and high >= _SIGNED)
        if low <= high and is_in_order:
            found |= {5: Field(BINARY, values[high]), 6: Field(BINARY, values[low])}
        return found


def page(places: Bytes, is_there: npt.NDArray[np.bool_] | None) -> Page:
    """Return some rows as a page."""
    rows = len(places)
    held = places if is_there is None else places[is_there]
    low, high = (int(held.min()), int(held.max())) if len(held) else (1, 0)
    width = next(bits for bits in (1, 2, 4, 8) if high < 1 << bits)
    levels = _levels(rows, is_there)
    body = len(levels).to_bytes(4, "little") + levels + bytes([width])
    body += _run(len(held), low) if low >= high else _packed(held, width)
    data, size = _page(_DATA, body, 5, rows, [_PLACES, _RLE, _RLE])
    return Page(data, size, rows, rows - len(held), low, high)


def _levels(rows: int, is_there: npt.NDArray[np.bool_] | None) -> bytes:
    """Return where there is a value: in one run if in all rows or in none, else bit by bit."""
    if is_there is None or is_there.all():
        return _run(rows, 1)
    return _run(rows, 0) if not is_there.any() else _packed(is_there.view(np.uint8), 1)


def _run(rows: int, value: int) -> bytes:
    return number(rows << 1) + bytes([value]) if rows else b""


def _packed(values: Bytes, width: int) -> bytes:
    """Return small numbers packed together, ``width`` bits each."""
    groups = -(-len(values) // _GROUP)
    if missing := groups * _GROUP - len(values):
        values = np.concatenate([values, np.zeros(missing, np.uint8)])
    if width == 1:
        values = np.packbits(values, bitorder="little")
    else:
        for bits in (2, 4):
            if width <= bits:
                values = _halved(np.ascontiguousarray(values), bits)
    return number(groups << 1 | 1) + values.tobytes()


def _halved(values: Bytes, bits: int) -> Bytes:
    """Return each two bytes as one, the second above so many bits of the first."""
    pairs = values.view("<u2")
    found: Bytes = (pairs >> (8 - bits) | pairs).astype(np.uint8)
    return found


@cache
def _codec() -> "pa.Codec":
    import pyarrow as pa

    return pa.Codec("zstd", compression_level=LEVEL)


def _page(
    kind: int, body: bytes, place: int, values: int, encodings: Sequence[int]
) -> tuple[bytes, int]:
    """Return a page with its header, and how large it is uncompressed."""
    data = _codec().compress(body, asbytes=True)
    about: Struct = {1: Field(I32, values)}
    about |= {n: Field(I32, encoding) for n, encoding in enumerate(encodings, start=2)}
    head = written(
        {
            1: Field(I32, kind),
            2: Field(I32, len(body)),
            3: Field(I32, len(data)),
            4: Field(I32, _signed(zlib.crc32(data))),
            place: Field(STRUCT, about),
        }
    )
    return head + data, len(head) + len(body)


def _signed(value: int) -> int:
    return value - (1 << 32) if value >= 1 << 31 else value


def of_numbers(array: Any) -> tuple[Bytes, npt.NDArray[np.bool_] | None]:  # noqa: ANN401
    """Return an Arrow array of single bytes as places, and where there is a value."""
    start, end = array.offset, array.offset + len(array)
    is_there, values = array.buffers()
    places = np.frombuffer(values, np.uint8)[start:end]
    if not array.null_count:
        return places, None
    bits = np.unpackbits(np.frombuffer(is_there, np.uint8), count=end, bitorder="little")
    return places, bits[start:].view(np.bool_)
