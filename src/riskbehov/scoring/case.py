"""One filled form: an interval for each scale, and how far the bands can be told.

What a scale comes to depends on the points known, on which items are blank, on the sex and on the
sets that may be the person's: few enough combinations that each is worked out once and kept.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import getitem
from typing import NamedTuple

from riskbehov.logic.tree import TRUE, Facts
from riskbehov.models.instrument import ScoredInstrument, Sex
from riskbehov.models.result import Bands, RaisedFlag, ScaleScore, Score, State
from riskbehov.scoring.answers import Answers, take
from riskbehov.scoring.bands import Candidates, Judgement, ends, judge, possible, reach
from riskbehov.scoring.plan import OLDEST, Codes, InstrumentPlan, ScalePlan, SetPlan, Sums, plan


class Lead(NamedTuple):
    """One answer more that a skip rule takes further."""

    item: str
    told: tuple[tuple[int, int], ...]
    """The positions and codes that are then known: the answer's own and the inferred ones."""


@dataclass(frozen=True, slots=True, eq=False)
class ScaleView:
    """A scale as it is looked at for one age, one form and the sets that were named."""

    scale: ScalePlan
    candidates: Candidates
    sets: tuple[tuple[SetPlan, bool], ...]
    """Every set of the scale, and whether it may be applied."""


_one_view = lru_cache(maxsize=1024)(ScaleView)
"""Makes one view for all ages that look at a scale alike, so that they share what is kept."""


def score(
    instrument: ScoredInstrument,
    answers: Answers,
    *,
    sex: Sex = "unknown",
    age: int | None = None,
    form: str | None = None,
    cutoffs: Sequence[str] = (),
    day: dt.date | None = None,
) -> Score:
    """Score one filled form.

    ``answers`` are codes by item id, or all in item order; ``None`` or an item left out is a
    missing answer, never zero. ``age`` is in whole years. ``form`` is how it was given (the first
    form of the instrument if left out): only a form with skips lets a blank mean zero.
    ``cutoffs`` names sets to judge by instead of the default ones; a set that is named is taken to
    be the person's unless her age is known to be outside it. ``day`` leaves out the sets that are
    not in force on it; without a day all are taken to be.

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
    used, leads = codes, tuple[Lead, ...]()
    if given.skips and None in codes:
        facts = dict(zip(ready.names, codes, strict=True))
        used = _with_inferred(ready, codes, facts)
        leads = tuple(_leads(ready, codes, facts, used))
    points = {least: tuple(map(getitem, p, used)) for least, p in ready.points.items()}
    scales: dict[str, ScaleScore] = {}
    bands: dict[str, Bands | None] = {}
    for view in views(ready, age, given.id, tuple(cutoffs), day):
        scale = view.scale
        known = sum(scale.pick(points[scale.counted]))
        blanks = _blanks(scale, used) if None in used else ()
        scales[scale.id], by_set = finish(view, known, blanks, leads, sex)
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
        flags=_raised(ready, used),
    )


def _with_inferred(ready: InstrumentPlan, codes: Codes, facts: Facts) -> Codes:
    """Return the codes with zero for the blanks of every skip that was taken.

    A skip was taken when its condition holds by what was answered and nothing in the skipped
    block is above zero.
    """
    used = list(codes)
    for skip in ready.skips:
        if skip.when.truth(facts) == TRUE and not any(codes[p] for p in skip.positions):
            for position in skip.positions:
                used[position] = 0
    return tuple(used)


def _leads(ready: InstrumentPlan, codes: Codes, facts: Facts, used: Codes) -> Iterator[Lead]:
    """Yield the answers, not given yet, that would let a skip infer more."""
    for asked in (p for p in ready.gates if used[p] is None):
        for code in ready.legal[asked]:
            answered = (*codes[:asked], code, *codes[asked + 1 :])
            then = _with_inferred(ready, answered, {**facts, ready.names[asked]: code})
            if then.count(None) < used.count(None) - 1:
                told = tuple(
                    (p, c) for p, c in enumerate(then) if c is not None and used[p] is None
                )
                yield Lead(ready.names[asked], told)


def _raised(ready: InstrumentPlan, used: Codes) -> tuple[RaisedFlag, ...]:
    if not ready.flags:
        return ()
    facts = dict(zip(ready.names, used, strict=True))
    raised = [by_truth[when.truth(facts)] for when, by_truth in ready.flags]
    return tuple([flag for flag in raised if flag])


@lru_cache(maxsize=1024)
def views(
    ready: InstrumentPlan,
    age: int | None,
    form: str,
    named: tuple[str, ...],
    day: dt.date | None,
) -> tuple[ScaleView, ...]:
    """Return each scale with the sets that may be applied and those that its state goes by."""
    given = ready.forms[form]
    applicable = {name: s for name, s in ready.sets.items() if s.is_for(age, given, day)}
    views = []
    for scale in ready.scales:
        id_ = scale.scale.id
        sets = tuple((s, n in applicable) for n, s in ready.sets.items() if s.set.scale == id_)
        views.append(_one_view(scale, _candidates(ready, applicable, id_, age, named), sets))
    return tuple(views)


def _candidates(
    ready: InstrumentPlan,
    applicable: Mapping[str, SetPlan],
    scale: str,
    age: int | None,
    named: Sequence[str],
) -> Candidates:
    """Return the sets that the state of a scale may be judged by.

    One if the caller named it or the age tells it, several while the age is unknown; ``None``
    stands for an age without a default set.
    """
    for name in named:
        if ready.sets[name].set.scale == scale:
            return (applicable.get(name),)
    defaults = [d for d in ready.instrument.default_sets if ready.sets[d.set].set.scale == scale]
    if age is not None:
        return (next((applicable.get(d.set) for d in defaults if age in d.ages), None),)
    is_for_all = all(any(a in d.ages for d in defaults) for a in range(OLDEST + 1))
    return (*(applicable.get(d.set) for d in defaults), *(() if is_for_all else (None,)))


def _blanks(scale: ScalePlan, used: Codes) -> tuple[int, ...]:
    """Return which of the scale's items have no answer, by their number within it."""
    return tuple(number for number, code in enumerate(scale.pick(used)) if code is None)


@lru_cache(maxsize=1 << 14)
def finish(
    view: ScaleView, known: int, blanks: tuple[int, ...], leads: tuple[Lead, ...], sex: str
) -> tuple[ScaleScore, Mapping[str, Bands | None]]:
    """Return what a scale comes to, and its bands by every set."""
    scale, candidates = view.scale, view.candidates
    unanswered = [scale.blanks[number] for number in blanks]
    sums = reach(known, unanswered)
    low, high = ends(sums)
    judged = None
    if any(candidates):
        led = [_led(scale, known, blanks, lead) for lead in leads]
        judged = judge(known, unanswered, candidates, sex, led)
    found = ScaleScore(
        scale=scale.scale,
        low=low,
        high=high,
        state=_state(scale, blanks, judged),
        set=next((c.set for c in reversed(candidates) if c), None),
        missing=tuple(blank.name for blank in unanswered),
        decisive=judged.decisive if judged else (),
        settling=judged.settling if judged else (),
    )
    return found, {
        s.set.id: possible(s, sums, sex) if is_applicable else None
        for s, is_applicable in view.sets
    }


def _led(scale: ScalePlan, known: int, blanks: Sequence[int], lead: Lead) -> tuple[str, Sums]:
    """Return the item that a lead asks, and the sums that remain when it is answered so."""
    told = dict(lead.told)
    rest = [scale.blanks[n] for n in blanks if scale.positions[n] not in told]
    gained = sum(scale.points[n][told[p]] for n, p in enumerate(scale.positions) if p in told)
    return lead.item, reach(known + gained, rest)


def _state(scale: ScalePlan, blanks: Sequence[int], judged: Judgement | None) -> State:
    if len(blanks) == len(scale.positions):
        return "omitted"
    is_certain = judged.is_certain if judged else not blanks
    return "certain" if is_certain else "provisional"
