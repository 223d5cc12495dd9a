"""Tables written as Arrow files: types as they are, the same bytes each time."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


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
