"""Tables written as text: the columns joined into lines by Arrow, many rows at a time."""

import codecs
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riskbehov.tables.files.sources import Style

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = 1 << 15
_QUOTE = '"'
_ENDLESS = r"(?:\.|(\.\d*?[1-9]))0+(Z|[+-]\d{4})?$"
"""Parts of a second that are naught, before the time zone if there is one."""


class TextSink:
    """A text file with a table in it, in UTF-8."""

    def __init__(self, path: Path, schema: "pa.Schema", style: Style) -> None:
        """Begin the file with its header."""
        import pyarrow as pa

        self._style = style
        self._file = path.open("wb")
        if style.has_mark:
            self._file.write(codecs.BOM_UTF8)
        header = [pa.array([name], pa.large_string()) for name in schema.names]
        self._file.write(_joined([_quoted(name, style) for name in header], style))

    def write(self, table: "pa.Table") -> None:
        """Write some rows."""
        for batch in table.to_batches(_ROWS):
            self._file.write(_joined([texts(c, self._style) for c in batch.columns], self._style))

    def close(self) -> None:
        """End the file."""
        self._file.close()

    def drop(self) -> None:
        """Let go of the file."""
        self._file.close()


def _joined(columns: "list[pa.Array[Any]]", style: Style) -> memoryview:
    """Return columns of text as lines."""
    import pyarrow as pa
    import pyarrow.compute as pc

    empty = {"null_handling": "replace", "null_replacement": ""}
    last = pc.binary_join_element_wise(columns[-1], _large(""), _large(style.line_end), **empty)
    lines = pc.binary_join_element_wise(*columns[:-1], last, _large(style.delimiter), **empty)
    return memoryview(_values(lines) if isinstance(lines, pa.Array) else b"")


def _large(text: str) -> "pa.Scalar[Any]":
    import pyarrow as pa

    return pa.scalar(text, pa.large_string())


def _values(lines: "pa.Array[Any]") -> Any:  # noqa: ANN401 - a buffer of Arrow's
    """Return the text of all lines, one after the other, as Arrow holds it."""
    import numpy as np

    _, offsets, values = lines.buffers()
    ends = np.frombuffer(offsets, np.int64)[lines.offset : lines.offset + len(lines) + 1]
    return values.slice(int(ends[0]), int(ends[-1] - ends[0])) if values is not None else b""


def texts(column: "pa.Array[Any]", style: Style) -> "pa.Array[Any]":
    """Return a column as the text of its cells; nothing stays nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = pc.cast(column, kind.value_type), kind.value_type
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_nan(column), None, column)
    found = pc.cast(column, pa.large_string())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return pc.replace_substring(found, ".", style.decimal)
    if pa.types.is_timestamp(kind) or pa.types.is_time(kind):
        return pc.replace_substring_regex(found, _ENDLESS, r"\1\2")
    return _quoted(found, style) if _is_text(kind) else found


def _is_text(kind: Any) -> bool:  # noqa: ANN401
    import pyarrow as pa

    known = pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view
    return any(is_kind(kind) for is_kind in known)


def _quoted(column: "pa.Array[Any]", style: Style) -> "pa.Array[Any]":
    """Return texts with quotation marks around those that would not be read back without."""
    import pyarrow.compute as pc

    needs = pc.match_substring_regex(column, f'["\r\n{_escaped(style.delimiter)}]')
    if not pc.any(needs).as_py():
        return column
    doubled = pc.replace_substring(column, _QUOTE, _QUOTE * 2)
    around = pc.binary_join_element_wise(_large(""), doubled, _large(""), _large(_QUOTE))
    return pc.if_else(needs, around, column)


def _escaped(delimiter: str) -> str:
    return "\\" + delimiter if not delimiter.isalnum() and not delimiter.isspace() else delimiter
