"""Whether what was agreed can be right; single faults are in tests/broken too."""

import datetime as dt

import pytest
from tests.process.agreed import DAY, agreed, case, goal

from riskbehov.assessing import assess
from riskbehov.errors import CaseError


@pytest.fixture
def faults(library):
    def told(plan, **given):
        try:
            assess(case(action_plan=plan, **given), library)
        except CaseError as error:
            return [str(fault) for fault in error.faults]
        return []

    return told


def test_a_plan_that_holds_is_let_through(faults):
    plan = agreed(
        goal("m1", review=DAY, activities=[{"insats": "met"}, {"what": "x"}], reached="partly"),
        goal("m2", "need_housing"),
    )
    assert faults(plan) == []


@pytest.mark.parametrize(
    ("target", "hint"),
    [("attitude", "attitudes"), ("need_house", "need_housing"), ("fritid", "")],
)
def test_a_target_that_is_neither_area_nor_support_need_is_refused(faults, target, hint):
    (told,) = faults(agreed(goal(target=target)))
    assert f"action_plan.goals[0].target: found '{target}'" in told
    assert ("did you mean" in told) == bool(hint)
    assert hint in told


def test_history_cannot_be_a_target(faults):
    (told,) = faults(agreed(goal(target="history")))
    assert "found 'history', expected a need area or support need" in told


def test_an_area_of_another_assessment_is_refused(faults):
    (told,) = faults(agreed(goal(target="school")))
    assert "found 'school'" in told


def test_an_unknown_insats_is_refused_with_what_it_may_be(faults):
    (told,) = faults(agreed(goal(activities=[{"insats": "mett"}])))
    assert "action_plan.goals[0].activities[0].insats: found 'mett'" in told
    assert "did you mean 'met'?" in told


@pytest.mark.parametrize("activity", [{}, {"what": "  "}, {"responsible": "samordnaren"}])
def test_an_activity_that_says_nothing_is_refused(faults, activity):
    (told,) = faults(agreed(goal(activities=[activity])))
    assert "found neither insats nor what" in told


def test_an_id_stands_once(faults):
    (told,) = faults(agreed(goal("m1"), goal("m2"), goal("m1", "associates")))
    assert told == "action_plan.goals[2].id: the id 'm1' stands twice, expected once"


def test_the_plan_is_not_from_after_the_assessment(faults):
    assert faults(agreed(goal(), day=DAY)) == []
    (told,) = faults(agreed(goal(), day=DAY + dt.timedelta(days=1)))
    assert "action_plan.date: found 2026-06-16, expected no later day" in told


def test_a_goal_is_not_looked_at_before_it_is_set(faults):
    day = dt.date(2026, 1, 10)
    assert faults(agreed(goal(review=day), day=day)) == []
    (told,) = faults(agreed(goal(review=dt.date(2026, 1, 9)), day=day))
    assert "action_plan.goals[0].review: found 2026-01-09, expected no earlier day" in told


@pytest.mark.parametrize(
    ("day", "activities", "is_refused"),
    [
        (DAY, [], True),
        (DAY, [{"what": "x"}], True),
        (DAY, [{"what": "x", "status": "completed"}], False),  # a plan that was made anew
        (DAY - dt.timedelta(days=1), [], False),
    ],
)
@pytest.mark.parametrize("reached", ["yes", "partly", "no"])
def test_nothing_is_said_to_be_reached_the_day_it_is_agreed(
    faults, day, activities, is_refused, reached
):
    told = faults(agreed(goal(reached=reached, activities=activities), day=day))
    assert bool(told) is is_refused
    assert all("expected unknown until the goal has been looked at" in each for each in told)


def test_every_fault_is_told_at_once(faults):
    plan = agreed(
        goal("m1", "fritid", review=dt.date(2025, 1, 1), activities=[{}, {"insats": "x"}]),
        goal("m1"),
        day=DAY + dt.timedelta(days=1),
    )
    assert len(faults(plan)) == 6


def test_an_assessment_without_areas_takes_support_needs_only(faults):
    young = {"person": {"age": 4, "sex": "male"}, "instruments": {}, "facts": {}}
    assert faults(agreed(goal(target="need_housing")), **young) == []
    (told,) = faults(agreed(goal(target="attitudes")), **young)
    assert "found 'attitudes'" in told
