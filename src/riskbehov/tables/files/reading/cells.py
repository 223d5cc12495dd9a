"""Cells of any kind packed into columns: of one type where all are, else the text of each."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_EXACT = 1 << 53
"""The whole numbers up to here are floats without loss."""
_LONG = 1 << 63


def text_of(cell: object) -> str:
    """Return a cell as the text of it in a column that holds text too.

    >>> [text_of(cell) for cell in (3, 3.0, 2.5, True, "007")]
    ['3', '3', '2.5', 'true', '007']
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) <= _EXACT:
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        cell = cell.date()
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def packed(cells: Sequence[object]) -> "pa.Array[Any]":
    """Return some cells of a column as an array."""
    import pyarrow as pa

    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {bool}:
        return pa.array(cells, pa.bool_())
    if kinds == {int} and all(_is_short(cell) for cell in cells):
        return pa.array(cells, pa.int64())
    if kinds and kinds <= {int, float} and all(_is_float(cell) for cell in cells):
        return pa.array(cells, pa.float64())
    if kinds and kinds <= {dt.datetime, dt.date}:
        return pa.array(cells, pa.timestamp("us"))
    if not kinds:
        return pa.nulls(len(cells))
    return pa.array([None if cell is None else text_of(cell) for cell in cells], pa.string())


def _is_short(cell: Any) -> bool:  # noqa: ANN401
    return cell is None or -_LONG <= cell < _LONG


def _is_float(cell: Any) -> bool:  # noqa: ANN401
    return not isinstance(cell, int) or abs(cell) <= _EXACT


def joined(parts: Sequence["pa.Array[Any]"]) -> "pa.ChunkedArray[Any]":
    """Return a column out of its parts, whose types may differ."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kinds = {part.type for part in parts} - {pa.null()}
    if kinds == {pa.int64(), pa.float64()}:
        try:
            return pa.chunked_array([pc.cast(part, pa.float64()) for part in parts], pa.float64())
        except pa.ArrowInvalid:  # a number that no float is
            pass
    if len(kinds) == 1:
        kind = kinds.pop()
        column = pa.chunked_array([pc.cast(part, kind) for part in parts], kind)
        return _days(column) if kind == pa.timestamp("us") else column
    return pa.chunked_array([_texts(part) for part in parts], pa.string())


def _days(column: "pa.ChunkedArray[Any]") -> "pa.ChunkedArray[Any]":
    """Return points in time as days, if all of them are midnights."""
    import pyarrow as pa
    import pyarrow.compute as pc

    days = pc.cast(column, pa.date32(), safe=False)
    is_midnight = pc.equal(pc.cast(days, pa.timestamp("us")), column)
    return days if pc.all(is_midnight).as_py() is not False else column


def _texts(part: "pa.Array[Any]") -> "pa.Array[Any]":
    import pyarrow as pa

    cells = part.to_pylist()
    return pa.array([None if cell is None else text_of(cell) for cell in cells], pa.string())
