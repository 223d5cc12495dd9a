"""Frames of every type that tables are read from, made of plain columns, and back."""

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeAlias

import duckdb
import narwhals as nw
import narwhals.stable.v1 as nw_v1
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds

Columns: TypeAlias = Mapping[str, Sequence[Any]]
Maker: TypeAlias = Callable[[Columns], Any]

PEOPLE = ("sex", "age", "day")


def _texts(cells: Sequence[Any]) -> list[str | None]:
    return [None if cell is None else str(cell) for cell in cells]


def _spelt(cells: Sequence[Any]) -> list[Any]:
    """Return whole numbers in all the ways that one may meet them, and nothing in all of its."""
    ways = (int, float, str, "{}.0".format, " {} ".format, "{},0".format, Decimal, np.int64)
    gaps = (None, float("nan"), "", "  ", pd.NA, pd.NaT)
    return [
        gaps[row % len(gaps)] if cell is None else ways[row % len(ways)](cell)
        for row, cell in enumerate(cells)
    ]


def _odd(cells: Sequence[Any]) -> list[Any]:
    """Return what is no code as something that is not even a number, or only nearly one."""
    odd = (True, False, 2.5, "2.5", "three", dt.date(2000, 1, 1), 2 + 0j, b"2", (1,), float("inf"))
    return [
        odd[row % len(odd)] if cell is not None and (cell < 0 or cell > 20) else cell
        for row, cell in enumerate(cells)
    ]


def _halves(cells: Sequence[Any]) -> list[float | None]:
    """Return what is no code as a number that is nearly one."""
    return [2.5 if cell is not None and (cell < 0 or cell > 20) else cell for cell in cells]


def _frame(make: Callable[[Sequence[Any]], Any], whole: Callable[[Any], Any]) -> Maker:
    """Return a maker that makes each column of answers so, and then the frame of all columns."""

    def made(columns: Columns) -> Any:
        return whole({n: c if n in PEOPLE else make(c) for n, c in columns.items()})

    return made


def _pandas(make: Callable[[Sequence[Any]], Any]) -> Maker:
    def whole(columns: Any) -> pd.DataFrame:
        people = {
            "sex": pd.Series(columns["sex"], dtype="str"),
            "age": pd.Series(columns["age"], dtype="Int16"),
            "day": pd.Series(pd.to_datetime(columns["day"])),
        }
        return pd.DataFrame({**columns, **people})

    return _frame(make, whole)


def pandas(dtype: str) -> Maker:
    is_text = dtype.startswith("str")
    return _pandas(lambda cells: pd.Series(_texts(cells) if is_text else cells, dtype=dtype))


def _arrow_backed(kind: pa.DataType) -> Maker:
    def make(cells: Sequence[Any]) -> Any:
        return pd.Series(pd.arrays.ArrowExtensionArray(pa.chunked_array([_arrow(cells, kind)])))

    return _pandas(make)


def _polars(make: Callable[[Sequence[Any]], Any]) -> Maker:
    people = {"sex": pl.String, "age": pl.Int32, "day": pl.Date}

    def whole(columns: Any) -> pl.DataFrame:
        return pl.DataFrame(
            {n: pl.Series(c, dtype=people[n]) if n in people else c for n, c in columns.items()}
        )

    return _frame(make, whole)


def polars(dtype: Any) -> Maker:
    is_text = dtype in (pl.String, pl.Categorical)
    return _polars(
        lambda cells: pl.Series(_texts(cells) if is_text else cells, dtype=dtype, strict=True)
    )


def _polars_enum(cells: Sequence[Any]) -> pl.Series:
    words = _texts(cells)
    return pl.Series(words, dtype=pl.Enum(["unused", *sorted({w for w in words if w})]))


def _arrow(cells: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(kind):
        return _arrow(cells, kind.value_type).dictionary_encode().cast(kind)
    if pa.types.is_run_end_encoded(kind):
        runs = pa.array(range(1, len(cells) + 1), kind.run_end_type)
        return pa.RunEndEncodedArray.from_arrays(runs, _arrow(cells, kind.value_type), kind)
    texts = "string" in str(kind)
    return pa.array(_texts(cells) if texts else _as(kind, cells), kind)


def _as(kind: pa.DataType, cells: Sequence[Any]) -> Sequence[Any]:
    to = np.float16 if kind == pa.float16() else Decimal if pa.types.is_decimal(kind) else None
    return cells if to is None else [None if cell is None else to(cell) for cell in cells]


def arrow(kind: pa.DataType) -> Maker:
    def make(cells: Sequence[Any]) -> pa.ChunkedArray:
        return pa.chunked_array([_arrow(cells, kind)])

    return _frame(make, _table)


_ARROW_PEOPLE = {"sex": pa.string(), "age": pa.int16(), "day": pa.date32()}


def _table(columns: Any) -> pa.Table:
    return pa.table(
        {n: pa.array(c, _ARROW_PEOPLE[n]) if n in _ARROW_PEOPLE else c for n, c in columns.items()}
    )


def _in_chunks(cells: Sequence[Any]) -> pa.ChunkedArray:
    """Return a column in chunks of uneven size, some empty, each a part of a longer array."""
    longer = pa.array([7, None, *cells, 7], pa.int32())
    ends = sorted({0, len(cells) // 5, len(cells) // 2, len(cells)})
    parts = [longer[2 + a : 2 + b] for a, b in pairwise(ends)]
    return pa.chunked_array([longer[:0], *parts, longer[:0]], pa.int32())


def _in_dictionaries(cells: Sequence[Any]) -> pa.ChunkedArray:
    """Return a column in chunks with dictionaries of their own, sliced."""
    half = len(cells) // 2
    kind = pa.dictionary(pa.int8(), pa.string())
    parts = [_arrow([*p, *p], kind)[len(p) :] for p in (cells[:half], cells[half:])]
    return pa.chunked_array(parts, kind)


PANDAS: Mapping[str, Maker] = {
    **{
        f"pandas {dtype}": pandas(dtype)
        for dtype in ("Int8", "Int64", "float16", "float32", "float64", "Float32", "Float64",
                      "object", "str", "string", "int16[pyarrow]", "double[pyarrow]")
    },
    "pandas without gaps": _pandas(
        lambda cells: pd.Series(cells, dtype="Int64" if None in cells else "int64")
    ),
    "pandas spelt in every way": _pandas(lambda cells: pd.Series(_spelt(cells), dtype=object)),
    "pandas not even numbers": _pandas(lambda cells: pd.Series(_odd(cells), dtype=object)),
    "pandas halves": _pandas(lambda cells: pd.Series(_halves(cells), dtype="float64")),
    "pandas texts as objects": _pandas(lambda cells: pd.Series(_texts(cells), dtype=object)),
    "pandas category of numbers": _pandas(
        lambda c: pd.Series(c, dtype="Int64").astype("category").cat.add_categories([100])
    ),
    "pandas category of texts": _pandas(
        lambda c: pd.Series(pd.Categorical(_texts(c), ordered=True))
    ),
    "pandas category of all sorts": _pandas(
        lambda c: pd.Series(pd.Categorical([v if n % 2 else str(v) if v is not None else None
                                            for n, v in enumerate(c)]))
    ),
    "pandas decimal by Arrow": _arrow_backed(pa.decimal128(5, 1)),
    "pandas dictionary by Arrow": _arrow_backed(pa.dictionary(pa.int8(), pa.string())),
    "pandas text by Arrow": _arrow_backed(pa.string()),
}  # fmt: skip
POLARS: Mapping[str, Maker] = {
    **{
        f"polars {dtype}": polars(dtype)
        for dtype in (pl.Int8, pl.Int64, pl.Int128, pl.Float32, pl.Float64, pl.String,
                      pl.Categorical, pl.Decimal(5, 1))
    },
    "polars Enum": _polars(_polars_enum),
    "polars Object": _polars(lambda cells: pl.Series(cells, dtype=pl.Object)),
    "polars in chunks": _polars(
        lambda c: pl.Series(c[:3], dtype=pl.Int64).append(pl.Series(c[3:], dtype=pl.Int64))
    ),
}  # fmt: skip
ARROW: Mapping[str, Maker] = {
    **{
        f"pyarrow {kind}": arrow(kind)
        for kind in (pa.int8(), pa.int64(), pa.float16(), pa.float64(), pa.string(),
                     pa.large_string(), pa.string_view(), pa.decimal128(4, 1), pa.decimal32(4, 1),
                     pa.dictionary(pa.int8(), pa.string()), pa.dictionary(pa.int8(), pa.int64()),
                     pa.run_end_encoded(pa.int32(), pa.int8()),
                     pa.run_end_encoded(pa.int32(), pa.string()))
    },
    "pyarrow in chunks": _frame(_in_chunks, _table),
    "pyarrow in dictionaries": _frame(_in_dictionaries, _table),
}  # fmt: skip

small = arrow(pa.int16())


def relation(kind: str) -> Maker:
    def made(columns: Columns) -> Any:
        casts = (
            name if name in PEOPLE else f"{name}::VARCHAR::{kind or _enum(cells)} AS {name}"
            for name, cells in columns.items()
        )
        return duckdb.connect().from_arrow(small(columns)).project(", ".join(casts))

    return made


def _enum(cells: Sequence[Any]) -> str:
    return f"ENUM({', '.join(sorted({repr(str(cell)) for cell in cells if cell is not None}))})"


ENGINES: Mapping[str, Maker] = {
    **{
        f"duckdb {kind}": relation(kind)
        for kind in ("TINYINT", "HUGEINT", "DOUBLE", "DECIMAL(4, 1)", "VARCHAR")
    },
    "duckdb ENUM": relation(""),
    "polars lazy": lambda c: polars(pl.Int16)(c).lazy(),
    "pyarrow batch": lambda c: small(c).combine_chunks().to_batches()[0],
    "pyarrow reader": lambda c: small(c).to_reader(max_chunksize=97),
    "pyarrow dataset": lambda c: ds.dataset(small(c)),
    "narwhals of pandas": lambda c: nw.from_native(pandas("float64")(c)),
    "narwhals of a relation": lambda c: nw.from_native(relation("TINYINT")(c)),
    "narwhals, stable": lambda c: nw_v1.from_native(polars(pl.Int16)(c).lazy()),
}


def plain(frame: Any) -> dict[str, list[Any]]:
    """Return any frame as columns of Python's own values, nothing for every gap."""
    for kind, step in (
        ((nw.DataFrame, nw.LazyFrame), "to_native"),
        (pl.LazyFrame, "collect"),
        (duckdb.DuckDBPyRelation, "to_arrow_table"),
        (pa.RecordBatchReader, "read_all"),
    ):
        if isinstance(frame, kind):
            return plain(getattr(frame, step)())
    if isinstance(frame, pd.DataFrame | pl.DataFrame):
        return {name: [_own(cell) for cell in frame[name]] for name in frame.columns}
    return frame.to_pydict() if hasattr(frame, "to_pydict") else plain(frame.toArrow())


def _own(cell: Any) -> Any:
    if cell is None or (np.isscalar(cell) and pd.isna(cell)) or cell is pd.NA or cell is pd.NaT:
        return None
    return cell.item() if isinstance(cell, np.generic) else cell


def ran(program: str) -> "subprocess.CompletedProcess[str]":
    """Run a program of its own, which knows nothing of what these tests have imported."""
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
