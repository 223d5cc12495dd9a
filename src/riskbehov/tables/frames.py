"""Frames of several libraries: some columns out of them as arrays, new columns into them.

The frame that comes out is of the type that went in, with its index and all its other columns.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.errors import Fault, InputError, did_you_mean
from riskbehov.i18n import Message, message

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Native: TypeAlias = Any
"""A frame of pandas, Polars or pyarrow."""

EXTRA = "riskbehov[tables]"


class Spec(NamedTuple):
    """A column that is made: its name, the type of its numbers, and what it says."""

    name: str
    dtype: str
    words: tuple[str, ...] | None
    """The words that the numbers are places of, lowest first; nothing for plain numbers."""
    label: Message


class Column(NamedTuple):
    """A column's values; ``is_known`` tells where there is one, nothing that all rows have."""

    spec: Spec
    values: npt.NDArray[Any]
    is_known: npt.NDArray[np.bool_] | None = None


def kind_of(frame: object) -> str:
    """Return which library an eager frame is of: ``pandas``, ``polars`` or ``pyarrow``.

    Raises :class:`InputError` for anything else.
    """
    home, name = type(frame).__module__.partition(".")[0], type(frame).__name__
    if (home, name) in (("pandas", "DataFrame"), ("polars", "DataFrame"), ("pyarrow", "Table")):
        return home
    raise InputError(
        Fault(
            message(
                "found {found}, expected a data frame of pandas, Polars or pyarrow", found=name
            ),
            "frame",
        )
    )


def names_of(frame: Native) -> list[Any]:
    """Return the names of a frame's columns, also those that stand twice."""
    if kind_of(frame) == "pyarrow":
        return list(frame.column_names)
    return list(frame.columns)


def pick(frame: Native, names: Sequence[str], *, hint: str = "") -> "nw.DataFrame[Any]":
    """Return some columns of a frame to read from.

    Raises :class:`InputError` for every name that the frame does not have, or has twice.
    """
    import narwhals as nw

    held = names_of(frame)
    faults = [_absent(name, held, hint) for name in names if held.count(name) != 1]
    if faults:
        raise InputError(faults)
    wanted = list(dict.fromkeys(names))
    some = frame.select(wanted) if kind_of(frame) != "pandas" else frame[wanted]
    return nw.from_native(some, eager_only=True)


def _absent(name: str, held: Sequence[Any], hint: str) -> Fault:
    where = "table"
    if name in held:
        said = message(
            "found {count} columns with the name {name!r}, expected one; give them names of their"
            " own",
            count=held.count(name),
            name=name,
        )
    else:
        said = message(
            "found no column {name!r}, expected it{hint}{remedy}",
            name=name,
            hint=did_you_mean(name, [h for h in held if isinstance(h, str)]),
            remedy=hint,
        )
    return Fault(said, where)


def rows_of(frame: Native) -> int:
    """Return how many rows a frame has."""
    return len(frame)


def keep(frame: Native, rows: npt.NDArray[np.bool_]) -> Native:
    """Return the rows of a frame where an array says so."""
    if kind_of(frame) == "pandas":
        return frame[rows]
    return frame.filter(rows) if kind_of(frame) == "polars" else frame.filter(_arrow_bool(rows))


def _arrow_bool(rows: npt.NDArray[np.bool_]) -> "pa.Array[Any]":
    import pyarrow as pa

    return pa.array(rows)


def add(frame: Native, columns: Sequence[Column]) -> Native:
    """Return a frame with columns added at its end.

    Raises :class:`InputError` for a column that the frame has already.
    """
    held = set(names_of(frame))
    faults = [
        Fault(
            message(
                "found a column {name!r}, expected none by the name of a result; rename it or take"
                " it away",
                name=column.spec.name,
            ),
            "table",
        )
        for column in columns
        if column.spec.name in held
    ]
    if faults:
        raise InputError(faults)
    match kind_of(frame):
        case "pandas":
            return _add_to_pandas(frame, columns)
        case "polars":
            return _add_to_polars(frame, columns)
        case _:
            return _add_to_arrow(frame, columns)


def _add_to_pandas(frame: "pd.DataFrame", columns: Sequence[Column]) -> "pd.DataFrame":
    import pandas as pd

    by_arrow = any(isinstance(t, pd.ArrowDtype) for t in frame.dtypes)
    make = _arrow_extension if by_arrow else _pandas_array
    new = pd.DataFrame({c.spec.name: make(c) for c in columns}, index=frame.index, copy=False)
    return pd.concat([frame, new], axis=1)


def _pandas_array(column: Column) -> Any:  # noqa: ANN401 - an extension array of some kind
    import pandas as pd

    spec, values, is_known = column
    if spec.words is not None:
        codes = values.astype(np.int16 if len(spec.words) > 100 else np.int8)  # noqa: PLR2004
        if is_known is not None:
            codes[~is_known] = -1
        kind = pd.CategoricalDtype(list(spec.words), ordered=True)
        return pd.Categorical.from_codes(codes, dtype=kind)
    if spec.dtype == "float64":
        return values if is_known is None else np.where(is_known, values, np.nan)
    gaps = np.zeros(len(values), np.bool_) if is_known is None else ~is_known
    if spec.dtype == "bool":
        return pd.arrays.BooleanArray(values, gaps)
    return pd.arrays.IntegerArray(values, gaps)


def _arrow_extension(column: Column) -> Any:  # noqa: ANN401 - an extension array
    import pandas as pd

    return pd.arrays.ArrowExtensionArray(arrow_array(column))


def _add_to_polars(frame: "pl.DataFrame", columns: Sequence[Column]) -> "pl.DataFrame":
    return frame.with_columns([_polars_series(column) for column in columns])


def _polars_series(column: Column) -> "pl.Series":
    import polars as pl

    spec, values, is_known = column
    if spec.words is None:
        plain = Column(spec, values, is_known)
        return pl.Series(spec.name, arrow_array(plain))
    places = Column(spec._replace(words=None, dtype="uint8"), values, is_known)
    return pl.Series(spec.name, arrow_array(places)).cat.to(pl.Enum(list(spec.words)))


def _add_to_arrow(frame: "pa.Table", columns: Sequence[Column]) -> "pa.Table":
    for column in columns:
        frame = frame.append_column(column.spec.name, arrow_array(column))
    return frame


def arrow_array(column: Column) -> "pa.Array[Any]":
    """Return a column as an Arrow array, without a copy of its values."""
    import pyarrow as pa

    spec, values, is_known = column
    bits = None
    if is_known is not None and not is_known.all():
        bits = pa.py_buffer(np.packbits(is_known, bitorder="little"))
    if spec.dtype == "bool":
        return pa.array(values, mask=None if is_known is None else ~is_known)
    kind = pa.from_numpy_dtype(values.dtype)
    array = pa.Array.from_buffers(
        kind, len(values), [bits, pa.py_buffer(np.ascontiguousarray(values))]
    )
    if spec.words is None:
        return array
    places = array.cast(pa.int8(), safe=False)
    return pa.DictionaryArray.from_arrays(places, pa.array(spec.words), ordered=True)


def arrow_type(spec: Spec) -> "pa.DataType":
    """Return the Arrow type of a column."""
    import pyarrow as pa

    if spec.words is not None:
        return pa.dictionary(pa.int8(), pa.string(), ordered=True)
    return pa.bool_() if spec.dtype == "bool" else pa.from_numpy_dtype(np.dtype(spec.dtype))
