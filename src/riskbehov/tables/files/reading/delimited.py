"""Tables in text files: every cell is read as the text that stands there.

What a column holds is decided by who reads it, so that "007" stays "007" in a column that nobody
reads. An empty cell is nothing.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message
from riskbehov.tables.files.reading.dialect import (
    Dialect,
    dialect_of,
    shown_delimiter,
    shown_encoding,
)
from riskbehov.tables.files.sources import Source, Style, damaged, unreadable

if TYPE_CHECKING:
    import pyarrow as pa

_BLOCK = 1 << 22
_LONGEST = 1 << 27
"""Bytes of a row; a longer one comes of a quotation mark that is not closed."""
_MOST = 20
"""Rows of the wrong length that are told of one by one."""


def open_delimited(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None
) -> Source:
    """Return the table in a text file.

    Raises :class:`InputError` as :func:`dialect_of` does, and for a quotation mark that is not
    closed: the rows after it would be taken for one cell.
    """
    import pyarrow as pa

    dialect = dialect_of(path, encoding=encoding, delimiter=delimiter)
    if dialect.is_odd:
        _require_closed(path, dialect)
    return Source(
        path=path,
        kind="csv",
        schema=pa.schema([pa.field(name, pa.string()) for name in dialect.names]),
        read=lambda columns: _read(path, dialect, columns),
        files=(path,),
        about=dialect.about,
        how={
            "encoding": shown_encoding(dialect.encoding),
            "delimiter": shown_delimiter(dialect.delimiter),
        },
        notes=dialect.notes,
        style=Style(
            delimiter=dialect.delimiter,
            line_end=dialect.line_end,
            has_mark=dialect.has_mark or dialect.encoding != "utf-8",
        ),
    )


def _read(path: Path, dialect: Dialect, columns: Sequence[str]) -> Iterator["pa.RecordBatch"]:
    """Yield the rows; where one does not fit in a block, go on from there with larger blocks."""
    import pyarrow as pa

    done, block = 0, _BLOCK
    while True:
        try:
            for batch in _from(path, dialect, columns, done, block):
                yield batch
                done += len(batch)
        except pa.ArrowInvalid as fault:
            if "straddling" not in str(fault):
                raise InputError(_ragged(path, dialect)) from None
            if block >= _LONGEST:
                raise InputError(_too_long(path)) from None
            block *= 32
        except OSError as fault:
            raise unreadable(path, fault) from None
        else:
            return


def _from(
    path: Path, dialect: Dialect, columns: Sequence[str], done: int, block: int
) -> Iterator["pa.RecordBatch"]:
    """Yield the rows after the first ones."""
    if path.stat().st_size <= dialect.start or not columns:
        return
    for batch in _open(path, dialect, columns, block):
        skipped = min(done, len(batch))
        done -= skipped
        if skipped < len(batch):
            yield batch.slice(skipped)


def _open(path: Path, dialect: Dialect, columns: Sequence[str], block: int) -> Any:  # noqa: ANN401
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    file = pa.OSFile(str(path))
    file.seek(dialect.start)
    return arrow_csv.open_csv(
        file,
        read_options=arrow_csv.ReadOptions(
            column_names=list(dialect.names),
            encoding=dialect.encoding,
            block_size=block,
            use_threads=False,
        ),
        parse_options=arrow_csv.ParseOptions(delimiter=dialect.delimiter, newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(dialect.names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            include_columns=list(columns),
        ),
    )


def _ragged(path: Path, dialect: Dialect) -> list[Fault]:
    """Return where rows have more or fewer cells than the header."""
    faults: list[Fault] = []
    more = 0
    for line, cells in _lengths(path, dialect):
        if cells == len(dialect.names):
            continue
        if len(faults) == _MOST:
            more += 1
            continue
        said = message(
            "found {cells} cells, expected {expected} as in the header; a cell that holds"
            " {delimiter!r} stands in quotation marks",
            cells=cells,
            expected=len(dialect.names),
            delimiter=shown_delimiter(dialect.delimiter),
        )
        faults.append(Fault(said, f"{path}:{line}"))
    if more:
        faults.append(Fault(message("found {count} more such rows", count=more), str(path)))
    return faults or list(damaged(path, message("rows as long as the header")).faults)


def _lengths(path: Path, dialect: Dialect) -> Iterator[tuple[int, int]]:
    """Yield the line that each row begins on, and how many cells it has."""
    with _rows(path, dialect) as rows:
        line = dialect.lines
        for row in rows:
            if row:
                yield line + 1, len(row)
            line = dialect.lines + rows.line_num


def _require_closed(path: Path, dialect: Dialect) -> None:
    line = dialect.lines
    with _rows(path, dialect, strict=True) as rows:
        try:
            for _ in rows:
                line = dialect.lines + rows.line_num
        except csv.Error:
            said = message(
                "found a quotation mark that is not closed, or closed before the end of its cell;"
                " within a cell it is written twice"
            )
            raise InputError(Fault(said, f"{path}:{line + 1}")) from None


@contextmanager
def _rows(path: Path, dialect: Dialect, *, strict: bool = False) -> Iterator[Any]:
    """Yield the rows as Python's own reader has them, which knows what line it is on."""
    usual = csv.field_size_limit(_LONGEST)
    try:
        with path.open("rb") as file:
            file.seek(dialect.start)
            text = io.TextIOWrapper(file, encoding=dialect.encoding, newline="")
            yield csv.reader(text, delimiter=dialect.delimiter, strict=strict)
    finally:
        csv.field_size_limit(usual)


def _too_long(path: Path) -> Fault:
    said = message(
        "found a row of more than {size} MB, expected less; a quotation mark is probably not"
        " closed",
        size=_LONGEST // 10**6,
    )
    return Fault(said, str(path))
