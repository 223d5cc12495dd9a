"""Follow-up: what has changed between two assessments of the same person."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from riskbehov.library import Library
from riskbehov.models.assessment import INTENSITIES, RISK_LEVELS
from riskbehov.models.base import Text
from riskbehov.models.case import Case
from riskbehov.models.fact import Fact
from riskbehov.models.instrument import Item, Repeat, ScoredInstrument
from riskbehov.models.result import (
    AreaRating,
    Bands,
    Result,
    RiskSource,
    ScaleScore,
    Score,
    ThreatStatement,
)
from riskbehov.process.agreedchange import GoalChange, goal_changes
from riskbehov.process.due import Due, reassessments
from riskbehov.process.reliable import Index, Reliable, index, is_reliable

Direction: TypeAlias = Literal["lower", "higher", "same", "cannot-tell"]
State: TypeAlias = Literal["new", "left", "still", "still-not", "cannot-tell"]
"""Of a need: come, gone, there both times, neither time, or not known at one of them."""
LevelId: TypeAlias = Literal["risk", "violence", "intensity"]
Levels: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ScaleChange:
    """One scale of a form that was filled in both times."""

    instrument: ScoredInstrument
    first: ScaleScore
    second: ScaleScore
    first_bands: Bands | None
    second_bands: Bands | None
    low: int
    high: int
    """The least and the greatest difference, second minus first, that the answers leave possible.
    """
    index: Index | None
    """The reliable change index at both ends, where reliability and spread are known."""
    reliable: Reliable
    is_same_form: bool
    """Whether both were given in a way that asks the same."""
    is_same_limits: bool
    """Whether both were read by the same limits; else a new band may be one of other limits."""


@dataclass(frozen=True, slots=True)
class AreaChange:
    """One need area at both times."""

    item: Item
    first: AreaRating
    second: AreaRating
    state: State

    @property
    def difference(self) -> int | None:
        """Return the second rating minus the first; nothing where one is missing."""
        if self.first.code is None or self.second.code is None:
            return None
        return self.second.code - self.first.code


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A level at both times, as intervals; nothing where it is unknown."""

    id: LevelId
    first: Levels | None
    second: Levels | None
    direction: Direction
    is_same_ground: bool
    """Whether both rest on the same kind of source, by the same method."""


@dataclass(frozen=True, slots=True)
class NeedChange:
    """One support need at both times; nothing where it is not known whether it was there."""

    fact: Fact
    first: bool | None
    second: bool | None

    @property
    def state(self) -> State:
        """Return whether it is new, left or still there."""
        return _state(self.first, self.second)


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """One item of a responsivity profile whose code is not the same both times."""

    instrument: ScoredInstrument
    item: Item
    first: int | None
    second: int | None


@dataclass(frozen=True, slots=True)
class ThreatThen:
    """What the police had last stated of the threat at each time; nothing where they had not."""

    first: ThreatStatement | None
    second: ThreatStatement | None

    @property
    def is_changed(self) -> bool | None:
        """Tell whether the level is another; nothing where that cannot be told."""
        was, now = (each.level if each else None for each in (self.first, self.second))
        return None if was is None or now is None else was != now


@dataclass(frozen=True, slots=True)
class TargetChange:
    """The targets that are new, left and kept; and those of which it cannot be told."""

    new: tuple[str, ...]
    left: tuple[str, ...]
    kept: tuple[str, ...]
    unknown: tuple[str, ...]
    """Targets of the first time that were not rated the second."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Two assessments of the same person, and what has changed between them."""

    first: Result
    second: Result
    days: int
    is_unchanged: bool
    """Whether the second says exactly what the first did."""
    is_same_needs: bool
    """Whether both rate the same areas; else areas and targets are not compared."""
    not_again: tuple[ScoredInstrument, ...]
    """Forms and ratings that the second file has, but from no later day than the first."""
    altered: tuple[ScoredInstrument, ...]
    """Those of them that were not filled in again and yet have other answers."""
    scales: tuple[ScaleChange, ...]
    """Of forms that were filled in again."""
    only_first: tuple[ScoredInstrument, ...]
    """Forms that were filled in only the first time."""
    only_second: tuple[ScoredInstrument, ...]
    areas: tuple[AreaChange, ...]
    """Of areas that were rated again."""
    levels: tuple[LevelChange, ...]
    targets: TargetChange | None
    supports: tuple[NeedChange, ...]
    profile: tuple[ProfileChange, ...]
    threat: ThreatThen | None
    """Nothing where the police have stated nothing at either time."""
    goals: tuple[GoalChange, ...]
    due: tuple[Due, ...]
    repeats: tuple[tuple[ScoredInstrument, Repeat], ...]
    """Forms that were given again so soon that both times are partly about the same months."""


def follow_up(
    first: Result, second: Result, library: Library, *, soon: Collection[str] = ()
) -> FollowUp:
    """Return what has changed from the first assessment to the second.

    ``soon`` are the instruments that were given again within the months that they ask about.
    """
    is_same_needs = first.assessment.needs == second.assessment.needs
    mine, theirs = _forms(first), _forms(second)
    not_again = tuple(_not_again(first, second))
    stale = {instrument.id for instrument in not_again}
    is_rated_again = is_same_needs and second.assessment.needs not in stale
    return FollowUp(
        first=first,
        second=second,
        days=(second.case.date - first.case.date).days,
        is_unchanged=_said(first) == _said(second),
        is_same_needs=is_same_needs,
        not_again=not_again,
        altered=tuple(i for i in not_again if _codes(first, i.id) != _codes(second, i.id)),
        scales=tuple(
            change
            for id_, score in mine.items()
            if id_ in theirs and id_ not in stale
            for change in _scales(score, theirs[id_], is_same_sex=_is_same_sex(first, second))
        ),
        only_first=tuple(s.instrument for id_, s in mine.items() if id_ not in theirs),
        only_second=tuple(s.instrument for id_, s in theirs.items() if id_ not in mine),
        areas=tuple(_areas(first, second)) if is_rated_again else (),
        levels=tuple(_levels(first, second)),
        targets=_targets(first, second) if is_rated_again else None,
        supports=tuple(_supports(first, second)),
        profile=tuple(_profile(first, second, stale)),
        threat=_threat(first, second),
        goals=goal_changes(first.case, second.case, _labels(first, second, library)),
        due=reassessments(second),
        repeats=tuple(
            (score.instrument, score.instrument.repeat)
            for id_, score in theirs.items()
            if id_ in soon and id_ not in stale and score.instrument.repeat is not None
        ),
    )


def _said(result: Result) -> Mapping[str, object]:
    """Return what a case file says, days and age left out."""
    said = result.case.model_dump(exclude={"date", "person", "instruments"})
    answers = {
        id_: {item: answer.model_dump() for item, answer in given.answers.items()}
        for id_, given in result.case.instruments.items()
    }
    return {**said, "sex": result.case.person.sex, "answers": answers}


def filled_in(case: Case, instrument: str) -> dt.date:
    """Return the day on which a form was filled in: that of the case if none is stated."""
    return case.instruments[instrument].date or case.date


def _not_again(first: Result, second: Result) -> Iterator[ScoredInstrument]:
    """Yield what the second file only carries over from the first."""
    for id_, score in second.scores.items():
        if id_ in first.scores and filled_in(second.case, id_) <= filled_in(first.case, id_):
            yield score.instrument


def _codes(result: Result, instrument: str) -> Mapping[str, int]:
    """Return what was answered; what was left out and what was left open are the same."""
    answers = result.case.instruments[instrument].answers
    return {id_: answer.code for id_, answer in answers.items() if answer.code is not None}


def _is_same_sex(first: Result, second: Result) -> bool:
    return first.case.person.sex == second.case.person.sex


def _forms(result: Result) -> dict[str, Score]:
    return {i: s for i, s in result.scores.items() if s.instrument.kind == "questionnaire"}


def _scales(first: Score, second: Score, *, is_same_sex: bool) -> Iterator[ScaleChange]:
    """Yield the change of every scale; a form that asks otherwise gives a difference only."""
    is_same_form = _asks(first) == _asks(second)
    for id_, was in first.scales.items():
        now = second.scales[id_]
        low, high = now.low - was.high, now.high - was.low
        reliability = was.scale.reliability if is_same_form else None
        yield ScaleChange(
            instrument=second.instrument,
            first=was,
            second=now,
            first_bands=_bands(first, was),
            second_bands=_bands(second, now),
            low=low,
            high=high,
            index=index(low, high, reliability),
            reliable=is_reliable(low, high, reliability),
            is_same_form=is_same_form,
            is_same_limits=_is_read_alike(was, now, is_same_sex=is_same_sex),
        )


def _is_read_alike(first: ScaleScore, second: ScaleScore, *, is_same_sex: bool) -> bool:
    """Tell whether two scores are held to the same limits; some sets go by sex."""
    by_sex = first.set is not None and "all" not in first.set.limits
    return first.set == second.set and (is_same_sex or not by_sex)


def _asks(score: Score) -> str | None:
    """Return what tells a form apart that asks otherwise; nothing for all standard forms."""
    form = next(f for f in score.instrument.forms if f.id == score.form)
    return None if form.standard else form.id


def _bands(score: Score, scale: ScaleScore) -> Bands | None:
    return score.bands.get(scale.set.id) if scale.set else None


def _areas(first: Result, second: Result) -> Iterator[AreaChange]:
    later = {area.item.id: area for area in second.needs.areas}
    for area in first.needs.areas:
        id_ = area.item.id
        if id_ in later:
            state = _state(_identified(first, id_), _identified(second, id_))
            yield AreaChange(later[id_].item, area, later[id_], state)


def _identified(result: Result, area: str) -> bool | None:
    return None if area in result.needs.unanswered else area in result.needs.identified


def _state(first: bool | None, second: bool | None) -> State:  # noqa: FBT001 - two of a kind
    if first is None or second is None:
        return "cannot-tell"
    if first:
        return "still" if second else "left"
    return "new" if second else "still-not"


def _levels(first: Result, second: Result) -> Iterator[LevelChange]:
    yield _of_sources("risk", first.risk.chosen, second.risk.chosen)
    yield _of_sources("violence", first.risk.violence, second.risk.violence)
    was, now = first.intensity, second.intensity
    yield LevelChange("intensity", was, now, _direction(was, now, INTENSITIES), is_same_ground=True)


def _of_sources(id_: LevelId, first: RiskSource | None, second: RiskSource | None) -> LevelChange:
    was, now = ((s.low, s.high) if s else None for s in (first, second))
    grounds = {(s.basis, s.source) for s in (first, second) if s}
    return LevelChange(
        id_, was, now, _direction(was, now, RISK_LEVELS), is_same_ground=len(grounds) <= 1
    )


def _direction(first: Levels | None, second: Levels | None, order: Sequence[str]) -> Direction:
    """Return which way a level went: only what holds wherever in the intervals it was."""
    if first is None or second is None:
        return "cannot-tell"
    (was_low, was_high), (low, high) = (
        tuple(map(order.index, levels)) for levels in (first, second)
    )
    if low > was_high:
        return "higher"
    if high < was_low:
        return "lower"
    return "same" if was_low == was_high == low == high else "cannot-tell"


def _targets(first: Result, second: Result) -> TargetChange:
    unrated = second.needs.unanswered
    gone = [t for t in first.targets if t not in second.targets]
    return TargetChange(
        new=tuple(t for t in second.targets if t not in first.targets),
        left=tuple(t for t in gone if t not in unrated),
        kept=tuple(t for t in second.targets if t in first.targets),
        unknown=tuple(t for t in gone if t in unrated),
    )


def _supports(first: Result, second: Result) -> Iterator[NeedChange]:
    was, now = _answers(first), _answers(second)
    for id_, (fact, answer) in now.items():
        if id_ in was:
            change = NeedChange(fact, was[id_][1], answer)
            if (change.first, change.second) != (None, None):
                yield change


def _answers(result: Result) -> dict[str, tuple[Fact, bool | None]]:
    needs = result.support_needs
    return {
        **{fact.id: (fact, True) for fact, _rules in needs.identified},
        **{fact.id: (fact, False) for fact in needs.not_identified},
        **{fact.id: (fact, None) for fact in needs.unanswered},
    }


def _profile(first: Result, second: Result, stale: Collection[str]) -> Iterator[ProfileChange]:
    for id_, score in second.scores.items():
        if score.instrument.kind != "profile" or id_ not in first.scores or id_ in stale:
            continue
        before = first.scores[id_].used
        for item, was, now in zip(score.instrument.items, before, score.used, strict=True):
            if was != now:
                yield ProfileChange(score.instrument, item, was, now)


def _threat(first: Result, second: Result) -> ThreatThen | None:
    was, now = (r.threat.statements[-1] if r.threat else None for r in (first, second))
    return ThreatThen(was, now) if was or now else None


def _labels(first: Result, second: Result, library: Library) -> dict[str, Text]:
    """Return what every target that a goal may be for is called."""
    areas = {a.item.id: a.item.label for r in (first, second) for a in r.needs.areas}
    return {**{fact.id: fact.label for fact in library.facts.values()}, **areas}
