"""A handlingsplan as plain values for JSON."""

from collections.abc import Iterable

from riskbehov.models.result import Verdict
from riskbehov.process.actionplan import OWN, FormerGoal, Handlingsplan, Row, Step
from riskbehov.process.agreed import AgreedActivity, AgreedGoal, Beside
from riskbehov.process.due import Due
from riskbehov.report.plain.assessment import (
    Plain,
    adaptation_dict,
    citation_dict,
    gap_dict,
    head_dict,
)


def plan_dict(plan: Handlingsplan) -> Plain:
    """Return a handlingsplan as plain values."""
    result = plan.result
    made = result.provenance
    return {
        **head_dict(result),
        "agreed": plan.agreed_on.isoformat() if plan.agreed_on else None,
        "targets": [_row(row) for row in plan.rows],
        "other_support": [_rule(verdict) for verdict in plan.other_support],
        "former": [_former(former) for former in plan.former],
        "adaptations": [adaptation_dict(rated) for rated in plan.adaptations],
        "considerations": [
            {**_rule(v), "theme": v.theme, **citation_dict(v.rule.sources)}
            for v in plan.considerations
        ],
        "gaps": [gap_dict(gap) for row in plan.rows for gap in row.gaps],
        "unanswered": [id_ for id_, _label in plan.unanswered],
        "overdue": [agreed.goal.id for agreed in plan.overdue],
        "due": due_list(plan.due),
        "threat_changed": result.threat.changed if result.threat else None,
        "shared_with": list(plan.shared_with),
        "unconsented": None if plan.unconsented is None else list(plan.unconsented),
        "provenance": {
            "versions": {"riskbehov": made.riskbehov},
            "as_of": made.as_of.isoformat(),
            "hashes": dict(made.hashes),
        },
    }


def due_list(due: Iterable[Due]) -> list[Plain]:
    """Return when methods are due again as plain values."""
    return [
        {
            "method": each.method.id,
            "name": str(each.method.name),
            "date": each.date.isoformat(),
            "last_day": each.last_day.isoformat(),
            "past": each.is_past,
        }
        for each in due
    ]


def _row(row: Row) -> Plain:
    return {
        "target": row.target,
        "kind": row.kind,
        "label": str(row.label),
        "rating": row.code,
        "driver": row.driver,
        "parts": [
            {
                "part": aim.part,
                "insatser": list(aim.insatser),
                "cause": aim.gap.cause if aim.gap else None,
            }
            for aim in row.aims
        ],
        "goals": [_goal(goal) for goal in row.goals],
        "suggestion": {"text": str(row.suggestion), **citation_dict((OWN,))}
        if row.suggestion
        else None,
        "insatser": [_step(step) for step in row.steps],
        "advice": [_rule(verdict) for verdict in row.advice],
        "others": [_activity(activity) for activity in row.others],
        "beside": [_beside(beside) for beside in row.beside],
        "open": list(row.open),
    }


def _goal(agreed: AgreedGoal) -> Plain:
    goal = agreed.goal
    return {
        "id": goal.id,
        "goal": goal.goal,
        "measure": goal.measure,
        "review": goal.review.isoformat() if goal.review else None,
        "reached": goal.reached,
        "overdue": agreed.is_overdue,
        "open": list(agreed.open),
    }


def _step(step: Step) -> Plain:
    return {
        "insats": step.insats.id,
        "name": str(step.insats.name),
        "parts": list(step.parts),
        "strength": step.strength,
        "rules": list(step.rules),
        "own": step.own,
        **citation_dict(step.insats.sources),
        "agreed": [_activity(activity) for activity in step.agreed],
        "elsewhere": list(step.elsewhere),
        "open": list(step.open),
    }


def _activity(agreed: AgreedActivity) -> Plain:
    activity = agreed.activity
    return {
        "goal": agreed.goal,
        "insats": activity.insats,
        "what": activity.what,
        "responsible": activity.responsible,
        "taking_part": list(activity.taking_part),
        "when": activity.when,
        "where": activity.where,
        "how_often": activity.how_often,
        "status": activity.status,
        "open": list(agreed.open),
    }


def _beside(beside: Beside) -> Plain:
    return {
        "activity": _activity(beside.agreed),
        "name": str(beside.insats.name),
        "place": beside.place,
        "warning": beside.warning,
    }


def _former(former: FormerGoal) -> Plain:
    return {
        "target": former.goal.goal.target,
        "label": str(former.label),
        "known": former.is_known,
        "goal": _goal(former.goal),
        "insatser": [_beside(beside) for beside in former.beside],
        "others": [_activity(each) for each in former.others],
    }


def _rule(verdict: Verdict) -> Plain:
    rule = verdict.rule
    return {"rule": rule.id, "title": str(rule.title), "reason": str(rule.reason)}
