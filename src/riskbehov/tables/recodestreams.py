"""Recoding of what is read part by part: lazy frames, relations of DuckDB, readers, Spark's frames.

Engines add columns and replace none. What is made in the place of its source is therefore added by
another name, and takes its place and its name afterwards.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from riskbehov.tables.engines import apply
from riskbehov.tables.frames import Native, Spec, frame_of, names_of, require_columns
from riskbehov.tables.recoding import RecodeStep, order_of, require_free
from riskbehov.tables.steps import Done

if TYPE_CHECKING:
    import narwhals as nw
    import polars as pl
    import pyarrow as pa
    from duckdb import DuckDBPyRelation
    from pyspark.sql import DataFrame


@dataclass(frozen=True)
class _Aside:
    """A step whose columns do not have the names of those that they replace."""

    step: RecodeStep

    @property
    def needs(self) -> tuple[str, ...]:
        return self.step.needs

    @property
    def adds(self) -> tuple[Spec, ...]:
        return tuple(map(self._aside, self.step.adds))

    def run(self, rows: "nw.DataFrame[Any]") -> Done:
        done = self.step.run(rows)
        return done._replace(
            columns=tuple(c._replace(spec=self._aside(c.spec)) for c in done.columns)
        )

    def _aside(self, spec: Spec) -> Spec:
        taken = spec.name in self.step.replaces
        return spec._replace(name=f"riskbehov made {spec.name}") if taken else spec


def recode_unread(frame: Native, step: RecodeStep) -> Any:  # noqa: ANN401 - of the type that went in
    """Return a frame that is recoded when its rows are read.

    What is wrong with the columns is told at once, what is wrong in the rows when they are read.
    """
    names = names_of(frame)
    require_columns(names, step.needs)
    require_free(step, names)
    found = apply(frame, _Aside(step))
    made = [spec.name for spec in step.adds]
    if not step.replaces:
        return found
    order = order_of(names, made, step.replaces)
    every = [*names, *made]
    return _arranged(found, order, [every[place] for place in order])


def _arranged(frame: Native, order: Sequence[int], names: Sequence[str]) -> Native:
    """Return some columns of a frame, in order and by new names."""
    match frame_of(frame):
        case "lazy":
            return _in_polars(frame, order, names)
        case "duckdb":
            return _in_duckdb(frame, order, names)
        case "spark":
            return _in_spark(frame, order, names)
        case _:
            return _in_arrow(frame, order, names)


def _in_polars(frame: "pl.LazyFrame", order: Sequence[int], names: Sequence[str]) -> "pl.LazyFrame":
    import polars as pl

    found = frame.collect_schema().names()
    kept = [found[place] for place in order]
    return frame.select(pl.nth(*order)).rename(dict(zip(kept, names, strict=True)))


def _in_duckdb(
    frame: "DuckDBPyRelation", order: Sequence[int], names: Sequence[str]
) -> "DuckDBPyRelation":
    quoted = ('"' + name.replace('"', '""') + '"' for name in names)
    pairs = zip(order, quoted, strict=True)
    return frame.project(", ".join(f"#{place + 1} AS {name}" for place, name in pairs))


def _in_spark(frame: "DataFrame", order: Sequence[int], names: Sequence[str]) -> "DataFrame":
    places = [f"c{place}" for place in range(len(frame.columns))]
    return frame.toDF(*places).select(*(places[place] for place in order)).toDF(*names)


def _in_arrow(
    reader: "pa.RecordBatchReader", order: Sequence[int], names: Sequence[str]
) -> "pa.RecordBatchReader":
    import pyarrow as pa

    fields = [reader.schema.field(p).with_name(n) for p, n in zip(order, names, strict=True)]
    schema = pa.schema(fields, reader.schema.metadata)
    return pa.RecordBatchReader.from_batches(schema, _batches(reader, order, schema))


def _batches(
    batches: "Iterable[pa.RecordBatch]", order: Sequence[int], schema: "pa.Schema"
) -> "Iterator[pa.RecordBatch]":
    import pyarrow as pa

    for batch in batches:
        yield pa.RecordBatch.from_arrays([batch.column(p) for p in order], schema=schema)
