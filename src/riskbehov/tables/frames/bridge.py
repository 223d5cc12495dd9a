"""Frames of several libraries: some columns out of them as arrays, new columns into them.

The frame that comes out is of the type that went in, with its index and all its other columns.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.errors import Fault, InputError, did_you_mean, nearest
from riskbehov.i18n import Message, message

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Native: TypeAlias = Any
"""A frame of some library."""


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


FRAMES: Mapping[tuple[str, str], str] = {
    ("pandas", "DataFrame"): "pandas",
    ("polars", "DataFrame"): "polars",
    ("polars", "LazyFrame"): "lazy",
    ("pyarrow", "Table"): "pyarrow",
    ("pyarrow", "RecordBatch"): "batch",
    ("pyarrow", "RecordBatchReader"): "reader",
    ("pyarrow", "Dataset"): "dataset",
    ("duckdb", "DuckDBPyRelation"): "duckdb",
    ("_duckdb", "DuckDBPyRelation"): "duckdb",
    ("pyspark.sql", "DataFrame"): "spark",
    ("narwhals", "DataFrame"): "narwhals",
    ("narwhals", "LazyFrame"): "narwhals",
}
"""The frames that are known, by package and class; a class of one's own may be made of them."""

_POLARS = {
    "bool": "Boolean",
    "date": "Date",
    "float64": "Float64",
    "uint8": "UInt8",
    "uint16": "UInt16",
    "uint32": "UInt32",
}
_NARROW = 128
"""So few words have places of one byte."""

EAGER = ("pandas", "polars", "pyarrow")
KNOWN = (
    "pandas, Polars (DataFrame, LazyFrame), pyarrow (Table, RecordBatch, RecordBatchReader,"
    " Dataset), DuckDB (a relation), PySpark or narwhals"
)


def is_frame(frame: object) -> bool:
    """Tell whether something is a frame that is known."""
    return _kind(frame) is not None


def frame_of(frame: object) -> str:
    """Return what kind of frame something is, without importing any library.

    Raises :class:`InputError` for what is no frame that is known.
    """
    found = _kind(frame)
    if found is None:
        raise _unknown(frame, KNOWN)
    return found


def _kind(frame: object) -> str | None:
    for kind in type(frame).__mro__:
        for (package, name), found in FRAMES.items():
            if kind.__name__ == name and f"{kind.__module__}.".startswith(f"{package}."):
                return found
    return None


def kind_of(frame: object) -> str:
    """Return which library an eager frame is of: ``pandas``, ``polars`` or ``pyarrow``.

    Raises :class:`InputError` for anything else.
    """
    found = frame_of(frame)
    if found not in EAGER:
        raise _unknown(frame, "pandas, Polars or pyarrow")
    return found


def _unknown(frame: object, known: str) -> InputError:
    kind = type(frame)
    return InputError(
        Fault(
            message(
                "found {found}, expected a data frame of {known}",
                found=f"{kind.__module__.partition('.')[0]}.{kind.__name__}",
                known=known,
            ),
            "frame",
        )
    )


def names_of(frame: Native) -> list[Any]:
    """Return the names of a frame's columns, also those that stand twice."""
    match frame_of(frame):
        case "pyarrow":
            return list(frame.column_names)
        case "batch" | "reader" | "dataset":
            return list(frame.schema.names)
        case "lazy":
            return list(frame.collect_schema().names())
        case _:
            return list(frame.columns)


def pick(frame: Native, names: Sequence[str], *, hint: str = "") -> "nw.DataFrame[Any]":
    """Return some columns of an eager frame to read from.

    Raises :class:`InputError` for every name that the frame does not have, or has twice.
    """
    kind = kind_of(frame)
    require_columns(names_of(frame), names, hint=hint)
    require("narwhals")
    import narwhals as nw

    wanted = list(dict.fromkeys(names))
    if kind == "pandas":
        some = _some_of_pandas(frame, wanted)
    else:  # by item: Polars would read a name such as "^a.*$" as a pattern where it selects
        some = frame[wanted] if kind == "polars" else frame.select(wanted)
    return nw.from_native(some, eager_only=True)


def _some_of_pandas(frame: "pd.DataFrame", names: Sequence[str]) -> "pd.DataFrame":
    """Return some columns without a copy, which ``frame[names]`` makes."""
    import pandas as pd

    return pd.DataFrame({name: frame[name] for name in names}, index=frame.index, copy=False)


def require_columns(held: Sequence[Any], names: Sequence[str], *, hint: str = "") -> None:
    """Raise :class:`InputError` for every name that does not stand once among those held."""
    texts = [name for name in held if isinstance(name, str)]
    odd = {str(name) for name in held if not isinstance(name, str)}
    unfit = [name for name in dict.fromkeys(names) if texts.count(name) != 1]
    meant = [(name, nearest(name, unfit)) for name in texts if name not in names]
    faults = [
        Fault(
            _unfit(name, texts.count(name), [n for n, m in meant if m == name], odd, hint), "table"
        )
        for name in unfit
    ]
    if faults:
        raise InputError(faults)


def _unfit(name: str, count: int, free: Sequence[str], odd: Container[str], hint: str) -> Message:
    """Return what is wrong with a name that stands several times, or not at all."""
    if count:
        return message(
            "found {count} columns with the name {name!r}, expected one; give them names of their"
            " own",
            count=count,
            name=name,
        )
    if str(name) in odd:
        return message(
            "found the column name {name}, which is not text, expected text; rename the columns"
            " first",
            name=name,
        )
    return message(
        "found no column {name!r}, expected it{hint}{remedy}",
        name=name,
        hint=did_you_mean(str(name), free),
        remedy=hint,
    )


def require_new(held: Sequence[Any], names: Iterable[str]) -> None:
    """Raise :class:`InputError` for results whose names columns have already."""
    taken = set(held)
    twice = [name for name in names if name in taken]
    if len(twice) == 1:
        said = message(
            "found a column {name!r}, expected none by the name of a result; rename it or take"
            " it away",
            name=twice[0],
        )
        raise InputError(Fault(said, "table"))
    if twice:
        said = message(
            "found {count} columns by the names of results ({names}), expected none; has the table"
            " been scored already? rename them or take them away",
            count=len(twice),
            names=", ".join(map(repr, twice)),
        )
        raise InputError(Fault(said, "table"))


def require(package: str, extra: str = "tables") -> None:
    """Raise :class:`InputError` where a package that frames need is not installed."""
    if find_spec(package) is None:
        raise InputError(
            Fault(
                message(
                    "found no {package}, expected it: install it with"
                    " pip install 'riskbehov[{extra}]'",
                    package=package,
                    extra=extra,
                )
            )
        )


def renamed(frame: Native, names: Sequence[str]) -> Native:
    """Return an eager frame whose columns have these names, in order."""
    if names_of(frame) == list(names):
        return frame
    match kind_of(frame):
        case "pandas":
            return frame.set_axis(list(names), axis="columns")
        case "polars":
            return frame.rename(dict(zip(frame.columns, names, strict=True)))
        case _:
            return frame.rename_columns(list(names))


def keep(frame: Native, rows: npt.NDArray[np.bool_]) -> Native:
    """Return the rows of a frame where an array says so."""
    if kind_of(frame) == "pandas":
        return frame[rows]
    return frame.filter(rows) if kind_of(frame) == "polars" else frame.filter(_arrow_bool(rows))


def _arrow_bool(rows: npt.NDArray[np.bool_]) -> "pa.Array[Any]":
    import pyarrow as pa

    return pa.array(rows)


def add(frame: Native, columns: Sequence[Column], *, like: Sequence[str] = ()) -> Native:
    """Return a frame with columns added at its end, in the manner of the columns they come from.

    Raises :class:`InputError` for a column that the frame has already.
    """
    index = list(frame.index.names) if kind_of(frame) == "pandas" else []
    require_new([*names_of(frame), *index], [column.spec.name for column in columns])
    match kind_of(frame):
        case "pandas":
            return _add_to_pandas(frame, columns, like)
        case "polars":
            return _add_to_polars(frame, columns)
        case _:
            return _add_to_arrow(frame, columns)


def _add_to_pandas(
    frame: "pd.DataFrame", columns: Sequence[Column], like: Sequence[str]
) -> "pd.DataFrame":
    import pandas as pd

    read = frame.dtypes[[like[0]]] if like else frame.dtypes
    by_arrow = any(isinstance(dtype, pd.ArrowDtype) for dtype in read)
    make = _arrow_extension if by_arrow else _pandas_array
    new = pd.DataFrame({c.spec.name: make(c) for c in columns}, index=frame.index, copy=False)
    new.attrs = frame.attrs  # joined frames keep what they have in common
    new.columns.name = frame.columns.name
    return pd.concat([frame, new], axis=1)


def _pandas_array(column: Column) -> Any:  # noqa: ANN401 - an extension array of some kind
    import pandas as pd

    spec, values, is_known = column
    if spec.words is not None:
        codes = values.astype(np.int8 if len(spec.words) < _NARROW else np.int16)
        if is_known is not None:
            codes[~is_known] = -1
        kind = pd.CategoricalDtype(list(spec.words), ordered=True)
        return pd.Categorical.from_codes(codes, dtype=kind)
    if spec.dtype == "float64":
        return values if is_known is None else np.where(is_known, values, np.nan)
    if spec.dtype == "date":
        days = values if is_known is None else np.where(is_known, values, np.datetime64("NaT"))
        return days.astype("datetime64[s]")  # the longest unit that pandas has
    gaps = np.zeros(len(values), np.bool_) if is_known is None else ~is_known
    if spec.dtype == "bool":
        return pd.arrays.BooleanArray(values, gaps)
    return pd.arrays.IntegerArray(values, gaps)


def _arrow_extension(column: Column) -> Any:  # noqa: ANN401 - an extension array
    import pandas as pd

    return pd.arrays.ArrowExtensionArray(arrow_array(column))


def _add_to_polars(frame: "pl.DataFrame", columns: Sequence[Column]) -> "pl.DataFrame":
    return frame.with_columns([_polars_column(column) for column in columns])


def _polars_column(column: Column) -> "pl.Series | pl.Expr":
    """Return a column for Polars; words as an expression, since those are worked out in threads."""
    import polars as pl

    spec, _, is_known = column
    if spec.words is None:
        return pl.Series(spec.name, arrow_array(column))
    places = pl.Series(_plain(_places(column)._replace(is_known=None)))
    found = pl.lit(pl.Series(spec.name, spec.words, polars_type(spec))).gather(pl.lit(places))
    if is_known is not None:
        found = pl.when(pl.lit(pl.Series(is_known))).then(found)  # quicker than gaps
    return found.alias(spec.name)


def polars_type(spec: Spec) -> Any:  # noqa: ANN401 - a type, or a class of types
    """Return the Polars type of a column."""
    import polars as pl

    return getattr(pl, _POLARS[spec.dtype]) if spec.words is None else pl.Enum(spec.words)


def _add_to_arrow(frame: "pa.Table", columns: Sequence[Column]) -> "pa.Table":
    for column in columns:
        frame = frame.append_column(column.spec.name, arrow_array(column))
    return frame


def arrow_array(column: Column) -> "pa.Array[Any]":
    """Return a column as an Arrow array, without a copy of its values where there is a way."""
    import pyarrow as pa

    spec = column.spec
    if spec.words is None:
        return _plain(column)
    places = _plain(_places(column)).view(arrow_type(spec).index_type)
    return pa.DictionaryArray.from_arrays(places, pa.array(spec.words), ordered=True, safe=False)


def _places(column: Column) -> Column:
    """Return the places of words as small numbers, also where there is none."""
    spec, values, is_known = column
    dtype = np.dtype(np.uint8 if len(spec.words or ()) < _NARROW else np.uint16)
    places = values if is_known is None else values * is_known
    return Column(spec, places.astype(dtype, copy=False), is_known)


def _plain(column: Column) -> "pa.Array[Any]":
    """Return a column of numbers; where none is known there is a gap, whatever stands there."""
    import pyarrow as pa

    spec, values, is_known = column
    if spec.words is None and spec.dtype in ("bool", "date"):
        return pa.array(values, mask=None if is_known is None else ~is_known)
    bits = None
    if is_known is not None and not is_known.all():
        bits = pa.py_buffer(np.packbits(is_known, bitorder="little"))
    held = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [bits, held])


def arrow_type(spec: Spec) -> "pa.DataType":
    """Return the Arrow type of a column."""
    import pyarrow as pa

    if spec.words is not None:
        places = pa.int8() if len(spec.words) < _NARROW else pa.int16()
        return pa.dictionary(places, pa.string(), ordered=True)
    if spec.dtype in ("bool", "date"):
        return pa.bool_() if spec.dtype == "bool" else pa.date32()
    return pa.from_numpy_dtype(np.dtype(spec.dtype))
