"""What a researcher calls: a frame and an instrument in, the frame with its scores out."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, TypeVar

import numpy as np

from riskbehov.library import Library
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.tables.engines import apply
from riskbehov.tables.frames.columns import Items
from riskbehov.tables.scores.arguments import score_step
from riskbehov.tables.scores.asked import Missing, OnIllegal

F = TypeVar("F")


def score(
    frame: F,
    instrument: ScoredInstrument | str,
    *,
    items: Items = None,
    sex: str | None = None,
    age: str | None = None,
    birth_date: str | None = None,
    date: str | dt.date | np.datetime64 | None = None,
    form: str | None = None,
    cutoffs: Sequence[str] | str = (),
    bands: Sequence[str] | Literal["default", "all"] = "default",
    missing: Missing = "interval",
    max_missing: int | None = None,
    on_illegal: OnIllegal = "flag",
) -> F:
    """Return a frame with the scores of each row in columns of their own, at its end.

    Each row is scored as :func:`riskbehov.score` scores one form. The frame that comes out is of
    the type that went in (pandas, Polars eager or lazy, pyarrow, DuckDB, Spark), with its index
    and its other columns.

    ``items`` tells which column holds each item: a mapping by item, the columns in item order, or
    a pattern such as ``"q{item}"``; left out, they are called ``audit_1`` and so on. ``sex`` and
    ``age`` (whole years), or ``birth_date``, name columns. ``date`` is the day of the assessment,
    a column or one day for all: the limits in force on it are used. ``form``, ``cutoffs`` are as
    for one form. ``bands`` names the sets whose bands come out: those that are used by default,
    all, or some.

    A row with a value that cannot be is ``invalid``, an empty one ``omitted``; neither has a
    number. ``on_illegal`` tells what becomes of invalid rows: they stay and are flagged, they are
    dropped, or all is refused with an error that names each column, value and count.

    ``missing`` tells what an incomplete scale comes to: an interval over all that the missing
    answers could be; nothing (``strict``); or, besides the interval, in a column of its own that
    says so, the mean of the answers times the number of items (``prorate``), where at most
    ``max_missing`` are missing. A missing answer is never taken for zero.

    Raises :class:`InputError` for columns that are not there or stand twice, for results that
    would take the place of a column, and for arguments that do not fit.
    """
    step = score_step(
        instrument_of(instrument),
        items=items,
        sex=sex,
        age=age,
        birth_date=birth_date,
        date=date,
        form=form,
        cutoffs=cutoffs,
        bands=bands,
        missing=missing,
        max_missing=max_missing,
        on_illegal=on_illegal,
    )
    found: F = apply(frame, step)
    return found


@lru_cache(maxsize=1)
def _library() -> Library:
    return Library.open()


def instrument_of(instrument: ScoredInstrument | str) -> ScoredInstrument:
    """Return an instrument that may be named by its id."""
    return _library().scored(instrument) if isinstance(instrument, str) else instrument
