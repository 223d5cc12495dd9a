"""Tables in Parquet and Arrow files: types as they are, read some rows at a time."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import Message, message
from riskbehov.tables.files.sources import BATCH, Source, damaged, require_names, unreadable

if TYPE_CHECKING:
    import pyarrow as pa

PARQUET = (".parquet", ".pq")
_BYTES = 1 << 25
"""Bytes that are read at a time, about."""
_FEWEST = 64
_NOTHING = "__HIVE_DEFAULT_PARTITION__"
"""Stands in the name of a folder where the rows within have no value."""

Folders: TypeAlias = dict[str, str | None]


def open_parquet(path: Path) -> Source:
    """Return the table in a Parquet file, or in all those of a folder or a pattern.

    Folders called as ``year=2026`` are columns. Raises :class:`InputError` for files that are
    damaged, and for files of one table that do not have the same columns.
    """
    files = files_of(path)
    top = path if path.is_dir() else _fixed(path)
    folders = {file: _folders(top, file) for file in files}
    heads = {file: _head(file, folders[file]) for file in files}
    first = heads[files[0]][0]
    for file, (schema, _) in heads.items():
        require_names(file, schema.names)
        _require_same(file, schema, first)
    return Source(
        path=path,
        kind="parquet",
        schema=first,
        read=lambda names: _read_parquet(folders, first, names),
        files=tuple(files),
        rows=sum(rows for _, rows in heads.values()),
    )


def files_of(path: Path) -> list[Path]:
    """Return the files of a table: one, all Parquet files in a folder, or those of a pattern.

    Raises :class:`InputError` where there is none.
    """
    if path.is_file():
        return [path]
    if path.is_dir():
        found = [p for p in path.rglob("*") if p.suffix.lower() in PARQUET and p.is_file()]
        within = [p for p in found if not _is_hidden(p.relative_to(path))]
    else:
        within = [p for p in _glob(path) if p.is_file()]
    if not within:
        raise InputError(Fault(message("found no Parquet files there, expected some"), str(path)))
    return sorted(within)


def _glob(path: Path) -> Iterator[Path]:
    """Yield the files that a pattern such as ``data/*.parquet`` stands for."""
    fixed = _fixed(path)
    yield from fixed.glob(str(path.relative_to(fixed)))


def _fixed(path: Path) -> Path:
    """Return the folder that a file or a pattern is in, as far as it is no pattern."""
    return next(part for part in path.parents if not _is_pattern(part))


def _is_pattern(path: Path) -> bool:
    return any(sign in str(path) for sign in "*?[")


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def _folders(top: Path, file: Path) -> Folders:
    """Return the columns that the names of folders hold, as those who write them put it."""
    within = file.relative_to(top).parts[:-1]
    held = [part.partition("=") for part in within if "=" in part]
    return {unquote(name): None if value == _NOTHING else unquote(value) for name, _, value in held}


def _head(file: Path, folders: Folders) -> tuple["pa.Schema", int]:
    """Return the columns of a file, those that the names of folders hold last, and its rows."""
    import pyarrow as pa

    with _parquet(file) as opened:
        schema = opened.schema_arrow
        rows: int = opened.metadata.num_rows
    fields = [*schema, *(pa.field(name, pa.string()) for name in folders)]
    return pa.schema([f.with_nullable(True) for f in fields], schema.metadata), rows  # noqa: FBT003


def _parquet(file: Path) -> Any:  # noqa: ANN401 - pyarrow has no types of its own
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(file, page_checksum_verification=True)
    except (pa.ArrowException, OSError) as fault:
        raise _unopened(file, fault, message("a Parquet file")) from None


def _unopened(path: Path, fault: Exception, expected: Message) -> InputError:
    """Return the error for a file that the system will not give, or that is something else."""
    if isinstance(fault, OSError) and fault.errno:
        return unreadable(path, fault)
    return damaged(path, expected)


def _require_same(file: Path, columns: "pa.Schema", first: "pa.Schema") -> None:
    """Raise for a file of a table whose columns are not those of the first file."""
    found, expected = ({field.name: field.type for field in each} for each in (columns, first))
    names = [
        f"{name} ({expected.get(name, '-')} → {found.get(name, '-')})"
        for name in {**expected, **found}
        if found.get(name) != expected.get(name)
    ]
    if names:
        said = message(
            "found other columns than in the first file of the table: {names}; expected the same"
            " names and types in all",
            names=", ".join(names),
        )
        raise InputError(Fault(said, str(file)))


def _read_parquet(
    folders: dict[Path, Folders], schema: "pa.Schema", names: Sequence[str]
) -> Iterator["pa.RecordBatch"]:
    import pyarrow as pa

    wanted = pa.schema([schema.field(name) for name in names], schema.metadata)
    for file, held in folders.items():
        within = [name for name in names if name not in held]
        try:
            opened = _parquet(file)
            for batch in _batches(opened, within):
                arrays = [_column(batch, name, held) for name in names]
                yield pa.RecordBatch.from_arrays(arrays, schema=wanted)
        except (pa.ArrowException, OSError):
            raise damaged(file, message("a Parquet file")) from None


def _batches(opened: Any, names: Sequence[str]) -> Iterator["pa.RecordBatch"]:  # noqa: ANN401
    """Yield the rows of a file some row groups at a time.

    Of row groups that are read in one go pyarrow keeps the buffers until the last of them.
    """
    rows = _rows_at_a_time(opened.metadata)
    some: list[int] = []
    held = 0
    for group in range(opened.metadata.num_row_groups):
        some.append(group)
        held += opened.metadata.row_group(group).num_rows
        if held >= rows or group == opened.metadata.num_row_groups - 1:
            yield from opened.iter_batches(rows, row_groups=some, columns=names)
            some, held = [], 0


def _rows_at_a_time(metadata: Any) -> int:  # noqa: ANN401 - pyarrow has no types of its own
    """Return how many rows to read at a time: fewer where they hold long texts."""
    groups = (metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups))
    width: int = sum(groups) // max(metadata.num_rows, 1)
    return max(_FEWEST, min(BATCH, _BYTES // max(width, 1)))


def _column(batch: "pa.RecordBatch", name: str, folders: Folders) -> Any:  # noqa: ANN401
    import pyarrow as pa

    if name not in folders:
        return batch.column(name)
    return pa.repeat(pa.scalar(folders[name], pa.string()), len(batch))


def open_arrow(path: Path) -> Source:
    """Return the table in an Arrow file (Feather); raises :class:`InputError` as for Parquet."""
    with _arrow(path) as reader:
        schema, rows = reader.schema, reader.count_rows()
    require_names(path, schema.names)
    return Source(
        path=path,
        kind="arrow",
        schema=schema,
        read=lambda names: _read_arrow(path, names),
        files=(path,),
        rows=rows,
    )


def _arrow(path: Path) -> Any:  # noqa: ANN401 - pyarrow has no types of its own
    import pyarrow as pa

    try:
        return pa.ipc.open_file(pa.memory_map(str(path)))
    except (pa.ArrowException, OSError) as fault:
        whole = message("an Arrow file (Feather version 2, no stream)")
        raise _unopened(path, fault, whole) from None


def _read_arrow(path: Path, names: Sequence[str]) -> Iterator["pa.RecordBatch"]:
    import pyarrow as pa

    try:
        with _arrow(path) as reader:
            for number in range(reader.num_record_batches):
                batch = reader.get_batch(number).select(list(names))
                for start in range(0, len(batch), BATCH):
                    yield batch.slice(start, BATCH)
    except (pa.ArrowException, OSError):
        raise damaged(path, message("an Arrow file")) from None
