"""Tables written as Parquet, group by group of rows: types as they are, the same bytes each time.

Columns of small numbers, and of words that are made here, are packed by :mod:`pages`, many times
faster than by a writer that looks each value up. All other columns are written by pyarrow, into
memory, and its bytes are taken over as they are. So is its schema.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riskbehov.tables.files.pages import (
    BYTE_ARRAY,
    GREATEST,
    INT32,
    INT64,
    LEVEL,
    Chunk,
    of_numbers,
)
from riskbehov.tables.files.thrift import I16, I64, LIST, STRUCT, Field, Members, Reader, Struct
from riskbehov.tables.files.thrift import written as in_thrift
from riskbehov.tables.frames import Spec

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 1 << 20
"""Rows of a group; one ends with the part that reaches them."""
_BYTES = 1 << 26
"""Bytes of other columns that are held, at most: long texts make groups shorter."""
_MAGIC = b"PAR1"
_TAIL = 8
"""Bytes after the footer: its length, and four letters."""
_PLACES = (9, 10, 11, 14)
"""Fields of a column's description that say where in the file something stands."""


class ParquetSink:
    """A Parquet file, written group by group."""

    def __init__(self, path: Path, schema: "pa.Schema", specs: Sequence[Spec]) -> None:
        """Begin the file; ``specs`` tells which columns hold words of a list that is known."""
        words = {spec.name: spec.words for spec in specs if spec.words is not None}
        self._schema = schema
        self._narrow = dict(_narrow(schema, words))
        self._wide = dict(_wide(schema))
        self._held: list[pa.Table] = []
        self._rows = self._bytes = self._place = 0
        self._groups: list[Struct] = []
        self._file = path.open("wb")
        self._put(_MAGIC)

    def write(self, table: "pa.Table") -> None:
        """Write some rows; they go into the file when they fill a group."""
        for name, chunk in self._narrow.items():
            _pack(chunk, table.column(name))
        rest = table.drop_columns(list(self._narrow))  # is held until the group ends
        self._held.append(rest)
        self._rows += len(rest)
        self._bytes += rest.nbytes
        if self._rows >= ROWS or self._bytes >= _BYTES:
            self._end_group()

    def close(self) -> None:
        """End the file."""
        self._end_group()
        meta, _ = _written(self._schema.empty_table())
        meta[3] = Field(I64, sum(group[3].value for group in self._groups))
        meta[4] = Field(LIST, Members(STRUCT, self._groups))
        footer = in_thrift(meta)
        self._put(footer + len(footer).to_bytes(4, "little") + _MAGIC)
        self._file.close()

    def drop(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _put(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._place += len(data)

    def _end_group(self) -> None:
        import pyarrow as pa

        if not self._rows:
            return
        rest, self._held = pa.concat_tables(self._held), []
        packed = dict(self._narrow)
        for name, chunk in self._wide.items():
            if _fits(rest.column(name)):
                _pack(chunk, rest.column(name).cast(pa.uint8()))
                packed[name] = chunk
        described = self._put_rest(rest.select([n for n in rest.column_names if n not in packed]))
        for name, chunk in packed.items():
            data, about = chunk.end(self._place)
            described[name] = [about]
            self._put(data)
        columns = [about for name in self._schema.names for about in described[name]]
        self._groups.append(_group(columns, self._rows, len(self._groups)))
        self._rows = self._bytes = 0

    def _put_rest(self, table: "pa.Table") -> dict[str, list[Struct]]:
        """Write columns by pyarrow; return what is to be said of them, by their names."""
        described: dict[str, list[Struct]] = {name: [] for name in table.column_names}
        if described:
            meta, data = _written(table)
            shift = self._place - len(_MAGIC)
            for about in meta[4].value.values[0][1].value.values:
                _move(about, shift)
                described[_name_of(about)].append(about)
            self._put(data)
        return described


def _narrow(schema: "pa.Schema", words: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Chunk]]:
    """Yield the columns whose values or places are single bytes."""
    import pyarrow as pa

    for field in schema:
        if field.type in (pa.int8(), pa.uint8()):
            yield field.name, Chunk(field.name, INT32, is_signed=field.type == pa.int8())
        elif field.name in words and field.type.index_type == pa.int8():
            yield field.name, Chunk(field.name, BYTE_ARRAY, words[field.name])


def _wide(schema: "pa.Schema") -> Iterator[tuple[str, Chunk]]:
    """Yield the columns of wider numbers, which may all be small."""
    import pyarrow as pa

    for field in schema:
        if pa.types.is_integer(field.type) and field.type.bit_width > 8:  # noqa: PLR2004 - a byte
            kind = INT64 if field.type.bit_width == 64 else INT32  # noqa: PLR2004
            yield field.name, Chunk(field.name, kind)


def _fits(column: "pa.ChunkedArray[Any]") -> bool:
    """Tell whether all numbers of a column are small."""
    import pyarrow.compute as pc

    ends = pc.min_max(column)
    low, high = ends["min"].as_py(), ends["max"].as_py()
    return low is None or (low >= 0 and high <= GREATEST)


def _pack(chunk: Chunk, column: "pa.ChunkedArray[Any]") -> None:
    for part in column.chunks:
        if len(part):
            chunk.add(*of_numbers(part if chunk.words is None else part.indices))


def _written(table: "pa.Table") -> tuple[Struct, memoryview]:
    """Return a table as pyarrow writes it: what its footer says, and the bytes of its columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pa.BufferOutputStream()
    pq.write_table(
        table,
        file,
        compression="zstd",
        compression_level=LEVEL,
        row_group_size=max(len(table), 1),
        write_page_checksum=True,
    )
    data = memoryview(file.getvalue())
    size = int.from_bytes(data[-_TAIL:-4], "little")
    footer = bytes(data[-_TAIL - size : -_TAIL])
    return Reader(footer).struct(), data[len(_MAGIC) : -_TAIL - size]


def _move(about: Struct, shift: int) -> None:
    """Change what is said of a column for its new place in a file."""
    if about[2].value:
        about[2] = Field(I64, about[2].value + shift)
    meta = about[3].value
    for id_ in _PLACES:
        if id_ in meta:
            meta[id_] = Field(I64, meta[id_].value + shift)


def _name_of(about: Struct) -> str:
    """Return the name of the column, at the top level, that something is said of."""
    path = about[3].value[3].value.values
    name: bytes = path[0]
    return name.decode()


def _group(columns: list[Struct], rows: int, number: int) -> Struct:
    """Return what the footer says of a group of rows."""
    metas = [about[3].value for about in columns]
    starts = (meta[id_].value for meta in metas for id_ in _PLACES[:3] if id_ in meta)
    return {
        1: Field(LIST, Members(STRUCT, columns)),
        2: Field(I64, sum(meta[6].value for meta in metas)),
        3: Field(I64, rows),
        5: Field(I64, min(starts)),
        6: Field(I64, sum(meta[7].value for meta in metas)),
        7: Field(I16, number),
    }
