"""Polars' lazy frames: nothing is read until they are collected, and then part by part."""

from typing import TYPE_CHECKING

from riskbehov.tables.engines.eager import run_step
from riskbehov.tables.frames.bridge import polars_type, require_columns, require_new
from riskbehov.tables.steps import Step

if TYPE_CHECKING:
    import polars as pl


def apply(frame: "pl.LazyFrame", step: Step) -> "pl.LazyFrame":
    """Return a lazy frame with what a step adds to it.

    What is wrong with the columns is told at once, what is wrong in the rows when they are read.
    Nothing is pushed past the step: it may drop rows, and has columns that no source has.
    """
    import polars as pl

    schema = frame.collect_schema()
    require_columns(schema.names(), step.needs)
    require_new(schema.names(), [spec.name for spec in step.adds])
    found = pl.Schema(schema | {spec.name: polars_type(spec) for spec in step.adds})

    def run(rows: "pl.DataFrame") -> "pl.DataFrame":
        made: pl.DataFrame = run_step(rows, step)[0]
        return made

    return frame.map_batches(
        run,
        schema=found,
        streamable=True,
        predicate_pushdown=False,
        projection_pushdown=False,
        slice_pushdown=False,
    )
