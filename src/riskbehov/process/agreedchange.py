"""What became of what was agreed: goals reached, insatser given."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from riskbehov.models.base import Text
from riskbehov.models.case import Activity, Case, Goal

GoalState: TypeAlias = Literal["followed", "missing", "new"]
"""In both files; in the first alone, so that nothing is told of it; in the second alone."""
Key: TypeAlias = tuple[str, str]
"""The id and the target of a goal."""
Status: TypeAlias = Literal["planned", "started", "completed", "interrupted", "not-given"]


@dataclass(frozen=True, slots=True)
class ActivityChange:
    """One agreed activity at both times."""

    insats: str | None
    what: str
    first: Status | None
    second: Status | None


@dataclass(frozen=True, slots=True)
class GoalChange:
    """One agreed goal at both times, with its activities."""

    id: str
    target: str
    label: Text
    first: Goal | None
    second: Goal | None
    is_overdue: bool
    """Whether its day of review had passed at the second time and it was not reached."""
    activities: tuple[ActivityChange, ...]

    @property
    def reworded(self) -> str | None:
        """Return how the first file words the goal, where the second words it otherwise."""
        if self.first is None or self.second is None or self.first.goal == self.second.goal:
            return None
        return self.first.goal

    @property
    def state(self) -> GoalState:
        """Return in which of the two files the goal stands."""
        if self.second is None:
            return "missing"
        return "new" if self.first is None else "followed"


def goal_changes(first: Case, second: Case, labels: Mapping[str, Text]) -> tuple[GoalChange, ...]:
    """Return every goal of either file: those of the first in its order, then the new ones.

    A goal is the same where both its id and its target are.
    """
    was, now = _goals(first), _goals(second)
    return tuple(
        _change(key, was.get(key), now.get(key), label=labels[key[1]], day=second.date)
        for key in dict.fromkeys((*was, *now))
    )


def _goals(case: Case) -> dict[Key, Goal]:
    goals = case.action_plan.goals if case.action_plan else ()
    return {(goal.id, goal.target): goal for goal in goals}


def _change(
    key: Key, first: Goal | None, second: Goal | None, *, label: Text, day: dt.date
) -> GoalChange:
    reviews = [goal.review for goal in (second, first) if goal is not None]
    is_reached = second is not None and second.reached == "yes"
    return GoalChange(
        *key,
        label=label,
        first=first,
        second=second,
        is_overdue=reviews[0] is not None and reviews[0] < day and not is_reached,
        activities=tuple(
            _activities(first.activities if first else (), second.activities if second else ())
        ),
    )


def _activities(first: Sequence[Activity], second: Sequence[Activity]) -> Iterator[ActivityChange]:
    """Yield the activities of a goal, matched by insats or wording, in order where they repeat."""
    left = list(second)
    for activity in first:
        same = next((other for other in left if _key(other) == _key(activity)), None)
        if same is not None:
            left.remove(same)
        yield ActivityChange(
            activity.insats, activity.what, activity.status, same.status if same else None
        )
    for activity in left:
        yield ActivityChange(activity.insats, activity.what, None, activity.status)


def _key(activity: Activity) -> tuple[str | None, str]:
    return (activity.insats, "" if activity.insats else activity.what.strip())
