"""Handlingsplan: the plan of an assessed case, what was agreed, and what is left to agree."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.models.base import Matter, Party, Text
from riskbehov.models.case import Case
from riskbehov.models.condition import leaves
from riskbehov.models.fact import Fact
from riskbehov.models.insats import Insats
from riskbehov.models.result import Adaptation, AreaRating, Cause, Gap, Result, Verdict
from riskbehov.models.rule import STRENGTHS, Rule
from riskbehov.models.source import Citation
from riskbehov.process.agreed import TERMS, Agreed, AgreedActivity, AgreedGoal, Beside, Open
from riskbehov.process.consent import covers_within
from riskbehov.process.due import Due, reassessments
from riskbehov.process.exchange import said_of
from riskbehov.process.supporting import AGAINST, supporting, unadvised

OWN = Citation(source="riskbehov", locator="docs/metod.md, Handlingsplan", basis="toolkit")
DEMANDS = Citation(
    source="stockholm-sig-2020", locator="Handlingsplan med mål upprättas", basis="recommended"
)
"""Who says what a handlingsplan must tell."""

_SAFETY = "safety"
_PLAN: Matter = "plan"
_CHILD = {"child_in_household", "child_concern"}


@dataclass(frozen=True, slots=True)
class Step:
    """One insats of the plan towards one target, with what was agreed of it."""

    insats: Insats
    parts: tuple[str, ...]
    """Of a target in parts (the substances), those that it is for."""
    strength: str
    rules: tuple[str, ...]
    own: bool | None
    agreed: tuple[AgreedActivity, ...]
    elsewhere: tuple[str, ...]
    """Other targets that the same insats was agreed for."""
    open: tuple[Open, ...]
    """What is left to agree where nothing has been agreed."""


class _Planned(NamedTuple):
    """One insats of the plan towards one target, before what was agreed is set beside it."""

    insats: Insats
    parts: tuple[str, ...]
    strength: str
    rules: tuple[str, ...]
    own: bool | None


@dataclass(frozen=True, slots=True)
class Aim:
    """A target or one part of it, with the insatser for it, or why there is none."""

    part: str | None
    insatser: tuple[str, ...]
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Row:
    """One target of the handlingsplan: a need area, or a support need."""

    target: str
    kind: Literal["need", "support"]
    label: Text
    code: int | None
    """The rating of a need area."""
    driver: bool | None
    aims: tuple[Aim, ...]
    goals: tuple[AgreedGoal, ...]
    suggestion: Message | None
    """A measurable goal by the toolkit, where none has been agreed."""
    steps: tuple[Step, ...]
    advice: tuple[Verdict, ...]
    """Rules for a support need that name no insats."""
    others: tuple[AgreedActivity, ...]
    """What was agreed that is no insats."""
    beside: tuple[Beside, ...]
    open: tuple[Open, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Return what has no insats."""
        return tuple(aim.gap for aim in self.aims if aim.gap is not None)


@dataclass(frozen=True, slots=True)
class FormerGoal:
    """A goal that was agreed for what is no target now."""

    goal: AgreedGoal
    label: Text
    is_known: bool
    """Whether it is known that it is no target; else it has not been rated or asked."""
    others: tuple[AgreedActivity, ...]
    """What was agreed that is no insats."""
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class Handlingsplan:
    """The plan of one assessed case as a handlingsplan."""

    result: Result
    agreed_on: dt.date | None
    """The day it was agreed; nothing where the case file has no plan yet."""
    rows: tuple[Row, ...]
    other_support: tuple[Verdict, ...]
    """Rules on support that apply and are for no need of a row."""
    former: tuple[FormerGoal, ...]
    adaptations: tuple[Adaptation, ...]
    considerations: tuple[Verdict, ...]
    """Rules on how insatser are given that rest on what is known of safety and of children."""
    due: tuple[Due, ...]
    shared_with: tuple[Party, ...]
    unconsented: tuple[Party, ...] | None
    """Those of them that no consent lets the plan be shared with; nothing where it is not known
    which consents there are."""

    @property
    def unanswered(self) -> tuple[tuple[str, Text], ...]:
        """Return what may be a target yet: areas that are not rated, needs that are not asked."""
        items = (a.item for a in self.result.needs.areas if a.code is None and not a.item.static)
        needs = self.result.support_needs.unanswered
        return (*((i.id, i.label) for i in items), *((fact.id, fact.label) for fact in needs))

    @property
    def overdue(self) -> tuple[AgreedGoal, ...]:
        """Return the goals whose day of review has passed."""
        goals = (*(g for row in self.rows for g in row.goals), *(f.goal for f in self.former))
        return tuple(goal for goal in goals if goal.is_overdue)


def handlingsplan(result: Result, library: Library) -> Handlingsplan:
    """Return the handlingsplan of an assessed case.

    What stands in the case file as agreed is set beside the plan by target and insats; whatever is
    not agreed yet is named.
    """
    library = library.as_of(result.as_of)
    plan = result.case.action_plan
    agreed = Agreed.of(result, library)
    needs = [_need_row(target, result, library, agreed) for target in result.targets]
    supports = [
        _support_row(fact, verdicts, result, library, agreed)
        for fact, verdicts in result.support_needs.identified
    ]
    return Handlingsplan(
        result=result,
        agreed_on=plan.date if plan else None,
        rows=(*needs, *supports),
        other_support=tuple(_other_support(result)),
        former=tuple(_former(result, library, agreed, {row.target for row in (*needs, *supports)})),
        adaptations=result.responsivity,
        considerations=tuple(_considerations(result, library)),
        due=reassessments(result),
        shared_with=plan.shared_with if plan else (),
        unconsented=_unconsented(result.case),
    )


def _unconsented(case: Case) -> tuple[Party, ...] | None:
    """Return whom the plan was shared with on no day of a consent, as far as days are known."""
    plan, consents = case.action_plan, case.consents
    if consents is None:
        return None
    if plan is None:
        return ()
    return tuple(
        party
        for party in plan.shared_with
        if not any(covers_within(c, plan.date, case.date, party, _PLAN) for c in consents)
    )


def _other_support(result: Result) -> Iterator[Verdict]:
    shown = {v.rule.id for _fact, verdicts in result.support_needs.identified for v in verdicts}
    for verdict in result.block("support"):
        if verdict.verdict == "applies" and verdict.rule.id not in shown:
            yield verdict


def _considerations(result: Result, library: Library) -> Iterator[Verdict]:
    """Yield the rules on how insatser are given that apply for the sake of safety or of a child."""
    for verdict in result.block("consideration"):
        if verdict.verdict == "applies" and verdict.rule.when is not None:
            asked = {leaf.name for leaf in leaves(verdict.rule.when)}
            known = [library.facts[name] for name in asked if name in library.facts]
            if asked & _CHILD or any(fact.topic == _SAFETY for fact in known):
                yield verdict


def _row(
    agreed: Agreed,
    *,
    target: str,
    kind: Literal["need", "support"],
    label: Text,
    code: int | None,
    driver: bool | None,
    aims: tuple[Aim, ...],
    suggestion: Message | None,
    planned: Sequence[_Planned],
    advice: tuple[Verdict, ...] = (),
) -> Row:
    """Return a row with what was agreed merged in by insats."""
    goals = agreed.on(target)
    activities = agreed.activities(goals)
    by_insats: dict[str | None, list[AgreedActivity]] = {}
    for each in activities:
        by_insats.setdefault(each.activity.insats, []).append(each)
    return Row(
        target=target,
        kind=kind,
        label=label,
        code=code,
        driver=driver,
        aims=aims,
        goals=goals,
        suggestion=None if goals else suggestion,
        steps=tuple(
            Step(
                *each,
                agreed=tuple(by_insats.get(each.insats.id, ())),
                elsewhere=elsewhere,
                open=() if each.insats.id in by_insats or elsewhere else TERMS,
            )
            for each in planned
            for elsewhere in (agreed.elsewhere(each.insats.id, target),)
        ),
        advice=advice,
        others=tuple(by_insats.get(None, ())),
        beside=tuple(agreed.beside(activities, {each.insats.id for each in planned})),
        open=() if goals else ("goal", "review"),
    )


def _need_row(target: str, result: Result, library: Library, agreed: Agreed) -> Row:
    area = next(a for a in result.needs.areas if a.item.id == target)
    planned = [p for p in result.plan.insatser if target in p.covers]
    rules = {v.rule.id: v.rule for v in result.verdicts if target in v.rule.targets}
    parts = _parts(target, result, library)
    gaps = {gap.part: gap for gap in result.plan.gaps if gap.target == target}
    return _row(
        agreed,
        target=target,
        kind="need",
        label=area.item.label,
        code=area.code,
        driver=area.driver,
        aims=tuple(
            Aim(
                part,
                tuple(p.insats.id for p in planned if part is None or part in p.parts),
                gaps.get(part),
            )
            for part in parts or (None,)
        ),
        suggestion=_below(area, result, library),
        planned=[
            _Planned(
                p.insats,
                tuple(part for part in p.parts if part in parts),
                _strongest(rules[id_] for id_ in p.rules if id_ in rules),
                tuple(id_ for id_ in p.rules if id_ in rules),
                p.own,
            )
            for p in planned
        ],
    )


def _below(area: AreaRating, result: Result, library: Library) -> Message | None:
    """Return the goal of a rating that no longer identifies the area."""
    matrix = library.matrix(result.assessment.id)
    if matrix is None or result.assessment.needs is None:
        return None
    instrument = library.scored(result.assessment.needs)
    below = [a for a in instrument.codes[area.item.codes] if a.code < matrix.identified_from]
    highest = max(below, key=lambda anchor: anchor.code)
    return message(
        "rated at most {rating}, {meaning}, at the next assessment (now {now})",
        rating=highest.code,
        meaning=highest,
        now=area.code,
    )


def _parts(target: str, result: Result, library: Library) -> tuple[str, ...]:
    """Return the parts that the case divides a target into, such as the substances."""
    said = said_of(result.case)
    for fact in library.facts.values():
        stated = said.get(fact.id)
        if fact.parts_of == target and isinstance(stated, list | tuple):
            return tuple(value.id for value in fact.values if value.id in stated)
    return ()


def _support_row(
    fact: Fact, verdicts: Sequence[Verdict], result: Result, library: Library, agreed: Agreed
) -> Row:
    usable, gap = supporting(verdicts, result, library)
    advice = tuple(v for v in verdicts if v.rule.insats is None and v.rule.strength != AGAINST)
    if gap is None and not usable and not advice:
        gap = unadvised(fact, result)
    return _row(
        agreed,
        target=fact.id,
        kind="support",
        label=fact.label,
        code=None,
        driver=None,
        aims=(Aim(None, tuple(i.id for i in usable), None if gap is None else _named(gap, fact)),),
        suggestion=message("the need is no longer there at the review"),
        planned=[_supported(insats, verdicts, result) for insats in usable],
        advice=advice,
    )


def _supported(insats: Insats, verdicts: Iterable[Verdict], result: Result) -> _Planned:
    rules = [v.rule for v in verdicts if v.rule.insats == insats.id]
    offer = result.plan.offer
    own = {o.insats: o.own for o in offer.insatser} if offer else {}
    return _Planned(
        insats,
        (),
        _strongest(rules),
        tuple(rule.id for rule in rules),
        own.get(insats.id),
    )


def _strongest(rules: Iterable[Rule]) -> str:
    return min((rule.strength for rule in rules), key=STRENGTHS.index)


def _named(gap: tuple[Cause, tuple[str, ...]], fact: Fact) -> Gap:
    return Gap(fact.id, None, *gap)


def _former(
    result: Result, library: Library, agreed: Agreed, targets: Collection[str]
) -> Iterator[FormerGoal]:
    """Yield the goals that were agreed for what is no target now."""
    areas = {area.item.id: area for area in result.needs.areas}
    unanswered = {fact.id for fact in result.support_needs.unanswered}
    for goal in agreed.goals:
        if goal.target in targets:
            continue
        area = areas.get(goal.target)
        one = agreed.goal(goal)
        activities = agreed.activities((one,))
        yield FormerGoal(
            goal=one,
            label=area.item.label if area else library.facts[goal.target].label,
            is_known=area.code is not None if area else goal.target not in unanswered,
            others=tuple(a for a in activities if a.activity.insats is None),
            beside=tuple(agreed.beside(activities, ())),
        )
