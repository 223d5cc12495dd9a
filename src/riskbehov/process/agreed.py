"""What was agreed in a case file: what is left to agree, and how the plan stands to it."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from riskbehov.library import Library
from riskbehov.models.case import Activity, Goal
from riskbehov.models.insats import Insats
from riskbehov.models.result import Result
from riskbehov.process.supporting import advised_against, supporting

Open: TypeAlias = Literal["goal", "measure", "review", "responsible", "when", "where", "how_often"]
"""What is left to agree."""
Objection: TypeAlias = Literal["declined", "advised-against"]
Place: TypeAlias = Literal["elsewhere", "alternative", "beside"]
"""Where an agreed insats stands that the plan does not have for this target: in the plan for
another target, in a proposal that is nearly as good, or beside the plan."""
TERMS: tuple[Open, ...] = ("responsible", "when", "where", "how_often")
"""What is agreed of an activity."""
_OVER = ("completed", "interrupted", "not-given")


@dataclass(frozen=True, slots=True)
class AgreedGoal:
    """A goal that was agreed."""

    goal: Goal
    is_overdue: bool
    """Whether its day of review has passed and it is not reached."""
    open: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class AgreedActivity:
    """An activity that was agreed, under the goal that it serves."""

    goal: str
    activity: Activity
    open: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """An agreed insats that the plan does not have for the target."""

    agreed: AgreedActivity
    insats: Insats
    place: Place
    warning: Objection | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed, and how the plan and the rules stand to it."""

    goals: tuple[Goal, ...]
    day: dt.date
    catalogue: Mapping[str, Insats]
    planned: Collection[str]
    alternatives: Collection[str]
    declined: Collection[str]
    against: Collection[str]

    @classmethod
    def of(cls, result: Result, library: Library) -> "Agreed":
        """Return what was agreed in the case that was assessed."""
        case = result.case
        supported = {
            insats.id
            for _fact, verdicts in result.support_needs.identified
            for insats in supporting(verdicts, result, library)[0]
        }
        return cls(
            goals=tuple(case.action_plan.goals) if case.action_plan else (),
            day=case.date,
            catalogue=library.insatser,
            planned={p.insats.id for p in result.plan.insatser} | supported,
            alternatives={p.insats.id for other in result.plan.alternatives for p in other},
            declined={d.insats for d in case.declined},
            against=advised_against(result),
        )

    def on(self, target: str) -> tuple[AgreedGoal, ...]:
        """Return the goals that were agreed for a target."""
        return tuple(self.goal(goal) for goal in self.goals if goal.target == target)

    def goal(self, goal: Goal) -> AgreedGoal:
        """Return a goal with what is left to agree of it."""
        is_reached = goal.reached == "yes"
        missing: list[Open] = []
        if not goal.measure.strip():
            missing.append("measure")
        if goal.review is None and not is_reached:
            missing.append("review")
        is_overdue = goal.review is not None and goal.review < self.day and not is_reached
        return AgreedGoal(goal, is_overdue, tuple(missing))

    def activities(self, goals: Iterable[AgreedGoal]) -> tuple[AgreedActivity, ...]:
        """Return all that was agreed towards some goals."""
        return tuple(
            AgreedActivity(agreed.goal.id, activity, tuple(_left(activity)))
            for agreed in goals
            for activity in agreed.goal.activities
        )

    def elsewhere(self, insats: str, target: str) -> tuple[str, ...]:
        """Return the other targets that an insats was agreed for, and is not over."""
        found = [
            goal.target
            for goal in self.goals
            for activity in goal.activities
            if goal.target != target and activity.insats == insats and activity.status not in _OVER
        ]
        return tuple(dict.fromkeys(found))

    def beside(
        self, activities: Iterable[AgreedActivity], own: Collection[str]
    ) -> Iterator[Beside]:
        """Yield the agreed insatser that the plan does not have for a target."""
        for agreed in activities:
            id_ = agreed.activity.insats
            if id_ is not None and id_ not in own:
                yield Beside(agreed, self.catalogue[id_], self._place(id_), self._warning(id_))

    def _place(self, id_: str) -> Place:
        if id_ in self.planned:
            return "elsewhere"
        return "alternative" if id_ in self.alternatives else "beside"

    def _warning(self, id_: str) -> Objection | None:
        if id_ in self.declined:
            return "declined"
        return "advised-against" if id_ in self.against else None


def _left(activity: Activity) -> Iterator[Open]:
    """Yield what is left to agree of an activity that is to come or under way."""
    if activity.status not in _OVER:
        yield from (term for term in TERMS if not str(getattr(activity, term)).strip())
