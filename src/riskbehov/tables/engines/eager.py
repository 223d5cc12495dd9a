"""Frames in memory: pandas, Polars and pyarrow."""

from typing import Any

from riskbehov.tables.frames.bridge import Native, add, keep, pick
from riskbehov.tables.steps import Step, Tally


def apply(frame: Native, step: Step) -> Any:  # noqa: ANN401 - of the type that went in
    """Return a frame with what a step adds to it."""
    return run_step(frame, step)[0]


def run_step(frame: Native, step: Step) -> tuple[Native, Tally]:
    """Return an eager frame with what a step adds to it, and what was met on the way."""
    done = step.run(pick(frame, step.needs))
    found = add(frame, done.columns, like=step.needs)
    return found if done.keep is None else keep(found, done.keep), done.tally
