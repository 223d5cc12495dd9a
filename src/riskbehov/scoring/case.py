"""One filled form: an interval for each scale, and how far the bands can be told.

What a scale comes to depends on the points known, on which items are blank, on the sex and on the
sets that may be the person's: few enough combinations that each is worked out once and kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from riskbehov.logic.explain import truth
from riskbehov.logic.tree import TRUE
from riskbehov.logic.vocabulary import Interval
from riskbehov.models.instrument import Form, ScoredInstrument, Sex
from riskbehov.models.result import Bands, ScaleScore, Score, State
from riskbehov.scoring.answers import Answers, take
from riskbehov.scoring.bands import Candidates, ends, judge, possible, reach
from riskbehov.scoring.plan import OLDEST, Codes, InstrumentPlan, ScalePlan, SetPlan, Sums, plan

Lead: TypeAlias = tuple[tuple[int, int], ...]
"""An answer that a skip rule takes further: its position and code, then those that it infers."""


class ScaleView(NamedTuple):
    """A scale as it is looked at for one age, one form and the sets that were named."""

    scale: ScalePlan
    candidates: Candidates
    sets: tuple[tuple[SetPlan, bool], ...]
    """Every set of the scale, and whether it may be applied."""


def score(
    instrument: ScoredInstrument,
    answers: Answers,
    *,
    sex: Sex = "unknown",
    age: int | None = None,
    form: str | None = None,
    cutoffs: Sequence[str] = (),
) -> Score:
    """Score one filled form.

    ``answers`` are codes by item id, or all in item order; ``None`` or an item left out is a
    missing answer, never zero. ``age`` is in whole years. ``form`` is how it was given (the first
    form of the instrument if left out): only a form with skips lets a blank mean zero.
    ``cutoffs`` names sets to judge by instead of the default ones; a set that is named is taken to
    be the person's unless her age is known to be outside it.

    Every scale is an interval over all codes that the missing answers could have. A scale with a
    set is certain when the band is the same all over it, a scale without one when it is complete.

    Raises :class:`AnswerError` with every fault at once: an item that is unknown, a code that is
    not legal (also a legal number written as text, a float or a boolean), a wrong number of
    answers, an empty form, an unknown sex, age, form or set.
    """
    ready = plan(instrument)
    codes = take(ready, answers, sex=sex, age=age, form=form, cutoffs=cutoffs)
    age = age if age is None else int(age)
    given = ready.forms[form] if form else instrument.forms[0]
    used, leads = codes, ()
    if given.skips and None in codes:
        used = _with_inferred(ready, codes)
        leads = tuple(_leads(ready, codes, used))
    scales: dict[str, ScaleScore] = {}
    bands: dict[str, Bands | None] = {}
    for view in _views(ready, age, given.id, tuple(cutoffs)):
        known, blanks = _sum(view.scale, used)
        found, by_set = _finish(view, known, blanks, leads, sex)
        scales[found.scale.id] = found
        bands |= by_set
    total = scales.get("total")
    return Score(
        instrument=instrument,
        codes=codes,
        used=used,
        sex=sex,
        age=age,
        form=given.id,
        state=total.state if total else "provisional" if None in used else "certain",
        scales=scales,
        bands=bands,
        default_set=total.set if total else None,
        flags=tuple(_raised(ready, used)),
    )
