"""From the assessments of one person to a record that tells nothing of who it is."""

from collections.abc import Iterator, Sequence

from riskbehov.groups.options import open_targets, recommended_insatser
from riskbehov.groups.tables import followed_scales, screening_forms
from riskbehov.library import Library
from riskbehov.models.case import Activity, Case
from riskbehov.models.extract import (
    Answers,
    Change,
    Followed,
    Given,
    GoalCounts,
    IntensitySpan,
    Now,
    Reached,
    Record,
    RiskSpan,
    Screening,
    Start,
)
from riskbehov.models.result import Needs, Result, Score, SupportNeeds
from riskbehov.process.change import FollowUp, ScaleChange

_GIVEN = ("started", "completed", "interrupted")


def record_of(
    first: Result, last: Result, cases: Sequence[Case], library: Library, found: FollowUp | None
) -> Record:
    """Return the record of one person.

    ``first`` and ``last`` are the assessments to go by (the same where there is one), ``cases``
    all case files of the person, and ``found`` what has changed between the two.
    """
    return Record(
        sex=next((c.person.sex for c in reversed(cases) if c.person.sex != "unknown"), "unknown"),
        age_group=_age_group(first.case.person.age, library),
        assessment=first.assessment.id,
        first=Start(
            needs=_needs(first.needs),
            support_needs=_support(first.support_needs),
            risk=RiskSpan(low=first.risk.low, high=first.risk.high),
            intensity=_intensity(first),
            screening={
                form.id: _screening(first.scores[form.id])
                for form in screening_forms(first.assessment, library)
                if form.id in first.scores
            },
        ),
        last=Now(intensity=_intensity(last), targets=open_targets(last, library)),
        insatser=_insatser(first, last, cases, library),
        followed=_followed(found, first, library) if found else None,
    )


def _age_group(age: int, library: Library) -> str:
    return next(group.id for group in library.age_groups if age in group.ages)


def _needs(needs: Needs) -> Answers:
    return Answers(
        identified=needs.identified,
        not_identified=needs.not_identified,
        unanswered=needs.unanswered,
    )


def _support(needs: SupportNeeds) -> Answers:
    return Answers(
        identified=tuple(fact.id for fact, _ in needs.identified),
        not_identified=tuple(fact.id for fact in needs.not_identified),
        unanswered=tuple(fact.id for fact in needs.unanswered),
    )


def _intensity(result: Result) -> IntensitySpan | None:
    if result.intensity is None:
        return None
    low, high = result.intensity
    return IntensitySpan(low=low, high=high)


def _screening(score: Score) -> Screening:
    """Return the bands of the default set, and whether the problem limit is reached."""
    cutoffs = score.default_set
    bands = score.bands.get(cutoffs.id) if cutoffs else None
    if cutoffs is None or bands is None:
        return Screening(problem="cannot-tell")
    low, high = bands.ids
    problem: Reached = "cannot-tell"
    if cutoffs.problem_from is not None:
        limit = [band.id for band in cutoffs.bands].index(cutoffs.problem_from)
        if bands.low >= limit:
            problem = "reached"
        elif bands.high < limit:
            problem = "not-reached"
    return Screening(set=cutoffs.id, low=low, high=high, problem=problem)


def _insatser(first: Result, last: Result, cases: Sequence[Case], library: Library) -> Given:
    """Return what became of insatser; what was agreed counts in whichever plan it stands."""
    agreed = [activity for case in cases for activity in _activities(case) if activity.insats]
    recommended = recommended_insatser(first, library) | recommended_insatser(last, library)

    def having(*statuses: str) -> tuple[str, ...]:
        return tuple(sorted({str(a.insats) for a in agreed if a.status in statuses}))

    return Given(
        recommended=tuple(sorted(recommended)),
        proposed=tuple(sorted(planned.insats.id for planned in last.plan.insatser)),
        agreed=tuple(sorted({str(activity.insats) for activity in agreed})),
        given=having(*_GIVEN),
        completed=having("completed"),
    )


def _activities(case: Case) -> Iterator[Activity]:
    if case.action_plan is not None:
        for goal in case.action_plan.goals:
            yield from goal.activities


def _followed(found: FollowUp, first: Result, library: Library) -> Followed:
    steps = {change.item.id: change.difference for change in found.areas}
    scales = {f"{c.instrument.id}.{c.first.scale.id}": _scale_change(c) for c in found.scales}
    return Followed(
        areas={a.item.id: _change(steps.get(a.item.id)) for a in first.needs.areas},
        scales={
            scale: scales.get(scale, "cannot-tell")
            for form in screening_forms(first.assessment, library)
            for scale in followed_scales(form)
        },
        goals=_goals(found),
    )


def _change(step: int | None) -> Change:
    """Return which way a number went; a higher one is a greater need or problem."""
    if step is None:
        return "cannot-tell"
    if step == 0:
        return "unchanged"
    return "improved" if step < 0 else "worsened"


def _scale_change(change: ScaleChange) -> Change:
    """Return which way a scale went, where that holds whatever the missing answers are."""
    if not change.is_same_form:
        return "cannot-tell"
    if change.low == change.high or change.high < 0 or change.low > 0:
        return _change(change.low)
    return "cannot-tell"


def _goals(found: FollowUp) -> GoalCounts:
    """Return how many goals of either time were reached as the last file has it."""
    reached = [goal.second.reached if goal.second else "unknown" for goal in found.goals]
    return GoalCounts(
        yes=reached.count("yes"),
        partly=reached.count("partly"),
        no=reached.count("no"),
        unknown=reached.count("unknown"),
    )
