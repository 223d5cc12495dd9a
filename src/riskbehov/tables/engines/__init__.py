"""A step over a whole table, whatever holds it; the same type comes out.

Each kind of frame has an engine of its own, which is imported when such a frame comes: nobody
needs a library that her frame is not of.
"""

from importlib import import_module
from typing import Any

from riskbehov.tables.engines.eager import run_step
from riskbehov.tables.frames.bridge import Native, frame_of
from riskbehov.tables.steps import Step

__all__ = ["apply", "run_step"]

_ENGINES = {
    "pandas": "eager",
    "polars": "eager",
    "pyarrow": "eager",
    "lazy": "lazy",
    "batch": "arrow",
    "reader": "arrow",
    "dataset": "arrow",
    "duckdb": "duckdb",
    "spark": "spark",
    "narwhals": "narwhals",
}


def apply(frame: Native, step: Step) -> Any:  # noqa: ANN401 - of the type that went in
    """Return a frame with what a step adds to it.

    Raises :class:`InputError` for what is no frame that is known, and as the step does: at once, or
    for a lazy frame when its rows are read.
    """
    engine = import_module(f"{__name__}.{_ENGINES[frame_of(frame)]}")
    return engine.apply(frame, step)
