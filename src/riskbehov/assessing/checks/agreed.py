"""Whether a case's action plan can be right: targets, insatser, days."""

from collections.abc import Iterator, Sequence

from riskbehov.errors import not_among
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.models.assessment import Assessment
from riskbehov.models.case import ActionPlan, Activity, Case, Goal
from riskbehov.yamlfile import Place

_PLAN = "action_plan"
_Told = Iterator[tuple[Place, Message]]


def check_agreed(case: Case, library: Library, assessment: Assessment) -> _Told:
    """Yield every fault in what a case says was agreed."""
    plan = case.action_plan
    if plan is None:
        return
    if plan.date > case.date:
        yield (
            (_PLAN, "date"),
            message(
                "found {found}, expected no later day than the assessment's, {day}",
                found=plan.date,
                day=case.date,
            ),
        )
    targets = _targets(library, assessment)
    seen: set[str] = set()
    for number, goal in enumerate(plan.goals):
        place: Place = (_PLAN, "goals", number)
        if goal.id in seen:
            yield (
                (*place, "id"),
                message("the id {id!r} stands twice, expected once", id=goal.id),
            )
        seen.add(goal.id)
        yield from _goal(goal, plan, case, targets, place)
        for position, activity in enumerate(goal.activities):
            yield from _activity(activity, library, (*place, "activities", position))


def _targets(library: Library, assessment: Assessment) -> list[str]:
    """Return what a goal can be for: areas that can change, and support needs."""
    items = library.scored(assessment.needs).items if assessment.needs else ()
    return [
        *(item.id for item in items if not item.static),
        *(fact.id for fact in library.facts.values() if fact.topic == "support"),
    ]


def _goal(goal: Goal, plan: ActionPlan, case: Case, targets: Sequence[str], place: Place) -> _Told:
    if goal.target not in targets:
        yield (
            (*place, "target"),
            not_among(goal.target, targets, message("a need area or support need")),
        )
    if goal.review is not None and goal.review < plan.date:
        yield (
            (*place, "review"),
            message(
                "found {found}, expected no earlier day than the plan's, {day}",
                found=goal.review,
                day=plan.date,
            ),
        )
    is_new = plan.date == case.date and all(a.status == "planned" for a in goal.activities)
    if goal.reached != "unknown" and is_new:
        yield (
            (*place, "reached"),
            message(
                "found {found!r} on the very day of the plan with nothing begun, expected unknown"
                " until the goal has been looked at again",
                found=goal.reached,
            ),
        )


def _activity(activity: Activity, library: Library, place: Place) -> _Told:
    if activity.insats is None and not activity.what.strip():
        yield place, message("found neither insats nor what, expected one of them")
    if activity.insats is not None and activity.insats not in library.insatser:
        yield (
            (*place, "insats"),
            not_among(activity.insats, library.insatser, message("an insats")),
        )
