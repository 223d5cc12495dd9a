"""Frames in narwhals' wrapping, whatever library they are of."""

from importlib import import_module
from typing import Any

from riskbehov.tables.frames.bridge import Native
from riskbehov.tables.steps import Step


def apply(frame: Native, step: Step) -> Any:  # noqa: ANN401 - of the type that went in
    """Return a frame in the same wrapping, with what a step adds to it."""
    from riskbehov.tables.engines import apply as apply_to_any

    return wrapped_as(frame, apply_to_any(frame.to_native(), step))


def wrapped_as(frame: Native, native: Native) -> Any:  # noqa: ANN401 - of the type of the first
    """Return a frame in the wrapping of another."""
    home = type(frame).__module__  # one of the stable ones has a wrapping of its own
    narwhals = import_module(home if ".stable." in home else "narwhals")
    return narwhals.from_native(native)
