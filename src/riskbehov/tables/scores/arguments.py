"""What a caller asks of scoring, held against the instrument before any row is read."""

import datetime as dt
from collections.abc import Sequence
from numbers import Integral
from typing import Literal, cast

import numpy as np

from riskbehov.errors import Fault, InputError, not_among
from riskbehov.i18n import message
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.scoring.answers import require_names
from riskbehov.scoring.plan import plan
from riskbehov.tables.frames.columns import Items, columns_of
from riskbehov.tables.frames.people import as_day
from riskbehov.tables.scores.asked import MISSING_MODES, ON_ILLEGAL, Missing, OnIllegal
from riskbehov.tables.scores.step import ScoreStep


def score_step(
    instrument: ScoredInstrument,
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
) -> ScoreStep:
    """Return the step that scores a table; the arguments are those of :func:`score`.

    Raises :class:`AnswerError` and :class:`InputError` for arguments that do not fit.
    """
    ready = plan(instrument)
    cutoffs = (cutoffs,) if isinstance(cutoffs, str) else cutoffs
    named = () if isinstance(bands, str) else tuple(bands)
    day = as_day(date)
    require_names(ready, form, cutoffs, items=len(ready.names))
    _require_sets(instrument, named)
    _require_choices(missing, on_illegal, bands)
    _require_most(instrument, missing, max_missing)
    _require_one_age(age, birth_date, day)
    shown: tuple[str, ...] | None = named
    if bands == "default":
        shown = tuple(dict.fromkeys(d.set for d in instrument.default_sets))
    elif bands == "all":
        shown = None
    return ScoreStep(
        instrument=instrument,
        items=columns_of(instrument, items),
        sex=sex,
        age=age,
        birth_date=birth_date,
        date=day,
        form=form,
        cutoffs=tuple(cutoffs),
        bands=shown,
        missing=missing,
        max_missing=max_missing or 0,
        on_illegal=on_illegal,
    )


def _require_choices(missing: str, on_illegal: str, bands: Sequence[str]) -> None:
    faults = [
        Fault(not_among(str(found), known, message("one of these")), where)
        for found, known, where in (
            (missing, MISSING_MODES, "missing"),
            (on_illegal, ON_ILLEGAL, "on_illegal"),
            *([(bands, ("default", "all"), "bands")] if isinstance(bands, str) else []),
        )
        if found not in known
    ]
    if faults:
        raise InputError(faults)


def _require_sets(instrument: ScoredInstrument, named: Sequence[str]) -> None:
    known = [each.id for each in instrument.cutoff_sets]
    wanted = message("default or all by itself, or some of these")
    faults = [Fault(not_among(each, known, wanted), "bands") for each in named if each not in known]
    if faults:
        raise InputError(faults)


def _require_most(instrument: ScoredInstrument, missing: str, most: object) -> None:
    """Require a number of items with proration, and only with it: fewer than any scale can have."""
    if (missing == "prorate") != (most is not None):
        said = message(
            "found {found}, expected the most items that may be missing together with"
            " missing=prorate, and only then",
            found=str(most),
        )
    elif most is None or (_is_count(most) and 1 <= cast("int", most) < len(instrument.items)):
        return
    else:
        said = message(
            "found {found}, expected a whole number from 1 to {most}, fewer than the items",
            found=str(most),
            most=len(instrument.items) - 1,
        )
    raise InputError(Fault(said, "max_missing"))


def _is_count(most: object) -> bool:
    return isinstance(most, Integral) and not isinstance(most, bool)


def _require_one_age(age: str | None, birth_date: str | None, date: object) -> None:
    if age is not None and birth_date is not None:
        raise InputError(
            Fault(message("found both age and date of birth, expected one of them"), "age")
        )
    if birth_date is not None and date is None:
        raise InputError(
            Fault(
                message(
                    "found a date of birth without the day of the assessment, expected both:"
                    " the age hangs on them"
                ),
                "date",
            )
        )
