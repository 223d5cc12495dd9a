"""Arrow's record batches: one after the other, so that memory does not grow with the table."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from riskbehov.tables.frames.bridge import (
    arrow_array,
    arrow_type,
    frame_of,
    pick,
    require_columns,
    require_new,
)
from riskbehov.tables.steps import Done, Step

if TYPE_CHECKING:
    import pyarrow as pa


def apply(frame: Any, step: Step) -> "pa.RecordBatch | pa.RecordBatchReader":  # noqa: ANN401
    """Return a batch for a batch, and a reader for a reader or a dataset.

    What is wrong with the columns is told at once, what is wrong in the rows when they are read.
    """
    import pyarrow as pa

    kind = frame_of(frame)
    schema = with_added(frame.schema, step)
    if kind == "batch":
        return run_batch(frame, step)
    batches = frame.to_batches() if kind == "dataset" else frame
    return pa.RecordBatchReader.from_batches(schema, run_batches(batches, step))


def with_added(schema: "pa.Schema", step: Step) -> "pa.Schema":
    """Return the schema that comes out; raises :class:`InputError` for columns that do not fit."""
    import pyarrow as pa

    require_columns(schema.names, step.needs)
    require_new(schema.names, [spec.name for spec in step.adds])
    for spec in step.adds:
        schema = schema.append(pa.field(spec.name, arrow_type(spec)))
    return schema


def run_batches(batches: "Iterable[pa.RecordBatch]", step: Step) -> "Iterator[pa.RecordBatch]":
    """Yield each batch with what a step adds to it."""
    for batch in batches:
        yield run_batch(batch, step)


def run_batch(batch: "pa.RecordBatch", step: Step) -> "pa.RecordBatch":
    """Return a batch with what a step adds to it."""
    import pyarrow as pa

    done = run_rows(batch, step)
    schema = batch.schema
    for column in done.columns:
        schema = schema.append(pa.field(column.spec.name, arrow_type(column.spec)))
    arrays = [*batch.columns, *map(arrow_array, done.columns)]
    found = pa.RecordBatch.from_arrays(arrays, schema=schema)
    return found if done.keep is None else found.filter(pa.array(done.keep))


def run_rows(batch: "pa.RecordBatch", step: Step) -> Done:
    """Return what a step makes of a batch."""
    import pyarrow as pa

    return step.run(pick(pa.Table.from_batches([batch]), step.needs))
