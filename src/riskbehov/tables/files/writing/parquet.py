"""Tables written as Parquet, a group of rows at a time: types as they are, the same bytes again."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 1 << 18
"""Rows of a group; one ends with the part that reaches them."""
_BYTES = 1 << 26
"""Bytes of a group, at most: wide tables and long texts make groups shorter."""


class ParquetSink:
    """A Parquet file, written group by group."""

    def __init__(self, path: Path, schema: "pa.Schema") -> None:
        """Begin the file."""
        import pyarrow.parquet as pq

        self._held: list[pa.Table] = []
        self._rows = self._bytes = 0
        self._writer = pq.ParquetWriter(path, schema, compression="zstd", write_page_checksum=True)

    def write(self, table: "pa.Table") -> None:
        """Write some rows; they go into the file when they fill a group."""
        self._held.append(table)
        self._rows += len(table)
        self._bytes += table.nbytes
        if self._rows >= ROWS or self._bytes >= _BYTES:
            self._end_group()

    def _end_group(self) -> None:
        import pyarrow as pa

        if self._held:
            self._writer.write_table(pa.concat_tables(self._held), row_group_size=self._rows)
        self._held = []
        self._rows = self._bytes = 0

    def close(self) -> None:
        """End the file."""
        self._end_group()
        self._writer.close()

    def drop(self) -> None:
        """Let go of the file."""
        self._held = []
        with suppress(Exception):
            self._writer.close()
