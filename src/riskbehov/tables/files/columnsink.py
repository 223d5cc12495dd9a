"""Tables written as Parquet and Arrow files: types as they are, the same bytes each time."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_GROUP = 1 << 19
"""Rows of a row group."""


class ParquetSink:
    """A Parquet file, written group by group."""

    def __init__(self, path: Path, schema: "pa.Schema") -> None:
        """Begin the file."""
        import pyarrow.parquet as pq

        self._schema = schema
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")
        self._held: list[pa.Table] = []
        self._rows = 0

    def write(self, table: "pa.Table") -> None:
        """Write some rows, when they fill a group."""
        while len(table) + self._rows >= _GROUP:
            missing = _GROUP - self._rows
            self._keep(table.slice(0, missing))
            self._end_group()
            table = table.slice(missing)
        self._keep(table)

    def _keep(self, table: "pa.Table") -> None:
        if len(table):
            self._held.append(table)
            self._rows += len(table)

    def _end_group(self) -> None:
        import pyarrow as pa

        if self._held:
            self._writer.write_table(pa.concat_tables(self._held), _GROUP)
        self._held, self._rows = [], 0

    def close(self) -> None:
        """End the file."""
        self._end_group()
        self._writer.close()

    def drop(self) -> None:
        """Let go of the file."""
        with suppress(Exception):
            self._writer.close()


class ArrowSink:
    """An Arrow file, which is also Feather's format."""

    def __init__(self, path: Path, schema: "pa.Schema", made: Collection[str]) -> None:
        """Begin the file; columns of words that are not made here may have others further on."""
        import pyarrow as pa

        self._schema = pa.schema(
            [f if f.name in made else f.with_type(_plain(f.type)) for f in schema], schema.metadata
        )
        options = pa.ipc.IpcWriteOptions(compression="zstd")
        self._writer = pa.ipc.new_file(str(path), self._schema, options=options)

    def write(self, table: "pa.Table") -> None:
        """Write some rows."""
        self._writer.write_table(table.cast(self._schema))

    def close(self) -> None:
        """End the file."""
        self._writer.close()

    def drop(self) -> None:
        """Let go of the file."""
        with suppress(Exception):
            self._writer.close()


def _plain(kind: Any) -> Any:  # noqa: ANN401
    import pyarrow as pa

    return kind.value_type if pa.types.is_dictionary(kind) else kind
