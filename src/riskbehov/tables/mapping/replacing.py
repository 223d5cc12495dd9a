"""Columns made in the place of those that they are made of, in frames of all kinds.

Of frames that are read part by part engines take care, which add columns and replace none. What is
made in the place of its source is therefore added by another name, and takes its place and its name
afterwards.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from riskbehov.tables.engines import apply
from riskbehov.tables.frames.bridge import Column, Native, Spec, add, frame_of, kind_of, names_of
from riskbehov.tables.steps import Around, Done, Step

if TYPE_CHECKING:
    import narwhals as nw
    import polars as pl
    import pyarrow as pa
    from duckdb import DuckDBPyRelation
    from pyspark.sql import DataFrame


class Replacing(Step, Protocol):
    """A step of which some columns take the place of those that they are made of."""

    @property
    def replaces(self) -> tuple[str, ...]:
        """Return the columns that are made in the place of the one that they are read from."""


@dataclass(frozen=True)
class _Aside(Around):
    """A step whose columns do not have the names of those that they replace."""

    step: Replacing

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


def apply_in_place(frame: Native, step: Replacing) -> Any:  # noqa: ANN401 - of the type that went in
    """Return a frame with what a step makes, each column at its end or in the place of its source.

    What is wrong with the columns is told at once, what is wrong in the rows when they are read.
    """
    found = apply(frame, _Aside(step))
    if not step.replaces:
        return found
    names, made = names_of(frame), [spec.name for spec in step.adds]
    order = order_of(names, made, step.replaces)
    every = [*names, *made]
    return _arranged(found, order, [every[place] for place in order])


def order_of(names: Sequence[Any], made: Sequence[str], replaced: Sequence[str]) -> list[int]:
    """Return the places of columns in their order, those made counted on from those that there are.

    >>> order_of(["a", "audit_1", "b"], ["audit_1", "sex"], ["audit_1"])
    [0, 3, 2, 4]
    """
    place_of = {name: len(names) + number for number, name in enumerate(made)}
    kept = [place_of[n] if n in replaced else place for place, n in enumerate(names)]
    return [*kept, *(place_of[name] for name in made if name not in replaced)]


def put(frame: Native, columns: Sequence[Column], step: Replacing) -> Native:
    """Return a frame with new columns at its end, or where the one stood that they replace."""
    replaced = step.replaces
    read = [name for name in step.needs if name not in replaced]
    if not replaced:
        return add(frame, columns, like=read)
    names = names_of(frame)
    kept = [place for place, name in enumerate(names) if name not in replaced]
    found = add(_select(frame, kept), columns, like=read)
    places = [
        *kept,
        *range(len(names), len(names) + len(columns)),
    ]  # as if nothing had been left out
    order = order_of(names, [column.spec.name for column in columns], replaced)
    return _select(found, [places.index(place) for place in order])


def _select(frame: Native, places: Sequence[int]) -> Native:
    """Return some columns of a frame by their places."""
    if kind_of(frame) == "pandas":
        return frame.iloc[:, list(places)]
    if kind_of(frame) == "polars":
        return frame[:, list(places)] if places else frame.select([])
    return frame.select(list(places))


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
