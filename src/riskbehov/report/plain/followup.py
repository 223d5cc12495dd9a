"""A follow-up as plain values for JSON."""

from riskbehov.models.instrument import Reliability
from riskbehov.models.result import AreaRating, Bands, Result, ScaleScore, ThreatStatement
from riskbehov.process.agreedchange import GoalChange
from riskbehov.process.change import (
    AreaChange,
    FollowUp,
    Levels,
    ScaleChange,
    TargetChange,
    ThreatThen,
)
from riskbehov.report.plain.actionplan import due_list
from riskbehov.report.plain.assessment import Plain, citation_dict


def followup_dict(found: FollowUp) -> Plain:
    """Return a follow-up as plain values."""
    made = found.second.provenance
    return {
        "case": found.second.case.case,
        "fictional": found.second.case.fictional,
        "first": _side(found.first),
        "second": _side(found.second),
        "days": found.days,
        "unchanged": found.is_unchanged,
        "same_areas": found.is_same_needs,
        "not_again": [instrument.id for instrument in found.not_again],
        "altered": [instrument.id for instrument in found.altered],
        "only_first": [instrument.id for instrument in found.only_first],
        "only_second": [instrument.id for instrument in found.only_second],
        "scales": [_scale(change) for change in found.scales],
        "areas": [_area(change) for change in found.areas],
        "levels": [
            {
                "id": change.id,
                "first": _levels(change.first),
                "second": _levels(change.second),
                "direction": change.direction,
                "same_ground": change.is_same_ground,
            }
            for change in found.levels
        ],
        "targets": _targets(found.targets) if found.targets else None,
        "support_needs": [
            {
                "need": change.fact.id,
                "label": str(change.fact.label),
                "first": change.first,
                "second": change.second,
                "state": change.state,
            }
            for change in found.supports
        ],
        "responsivity": [
            {
                "instrument": change.instrument.id,
                "id": change.item.id,
                "label": str(change.item.label),
                "first": change.first,
                "second": change.second,
            }
            for change in found.profile
        ],
        "threat": _threat(found.threat) if found.threat else None,
        "goals": [_goal(change) for change in found.goals],
        "due": due_list(found.due),
        "repeats": [
            {
                "instrument": instrument.id,
                "within_months": repeat.within_months,
                "text": str(repeat.text),
                **citation_dict(repeat.sources),
            }
            for instrument, repeat in found.repeats
        ],
        "provenance": {
            "versions": {"riskbehov": made.riskbehov},
            "hashes": {
                "first": dict(found.first.provenance.hashes),
                "second": dict(made.hashes),
            },
        },
    }


def _side(result: Result) -> Plain:
    return {
        "date": result.case.date.isoformat(),
        "as_of": result.as_of.isoformat(),
        "assessment": result.assessment.id,
        "age": result.case.person.age,
    }


def _scale(change: ScaleChange) -> Plain:
    scale = change.second.scale
    return {
        "instrument": change.instrument.id,
        "scale": scale.id,
        "label": str(scale.label),
        "first": _score(change.first, change.first_bands),
        "second": _score(change.second, change.second_bands),
        "difference": {"low": change.low, "high": change.high},
        "same_form": change.is_same_form,
        "same_limits": change.is_same_limits,
        "index": None
        if change.index is None
        else {"low": change.index[0], "high": change.index[1]},
        "reliable": change.reliable,
        "reliability": _reliability(scale.reliability) if scale.reliability else None,
    }


def _score(score: ScaleScore, bands: Bands | None) -> Plain:
    return {
        "low": score.low,
        "high": score.high,
        "state": score.state,
        "bands": None if bands is None else {"low": bands.ids[0], "high": bands.ids[1]},
    }


def _reliability(known: Reliability) -> Plain:
    return {
        "kind": known.kind,
        "coefficient": known.coefficient,
        "sd": known.sd,
        "reliable_from": known.reliable_from,
        "population": str(known.population),
        **citation_dict(known.sources),
    }


def _area(change: AreaChange) -> Plain:
    return {
        "id": change.item.id,
        "label": str(change.item.label),
        "first": _rating(change.first),
        "second": _rating(change.second),
        "difference": change.difference,
        "state": change.state,
    }


def _rating(area: AreaRating) -> Plain:
    return {"code": area.code, "driver": area.driver, "strength": area.strength}


def _levels(levels: Levels | None) -> Plain | None:
    return {"low": levels[0], "high": levels[1]} if levels else None


def _targets(targets: TargetChange) -> Plain:
    return {
        "new": list(targets.new),
        "left": list(targets.left),
        "kept": list(targets.kept),
        "unknown": list(targets.unknown),
    }


def _threat(threat: ThreatThen) -> Plain:
    return {
        "first": _statement(threat.first),
        "second": _statement(threat.second),
        "changed": threat.is_changed,
    }


def _statement(told: ThreatStatement | None) -> Plain | None:
    if told is None:
        return None
    return {"level": told.level.id if told.level else None, "date": told.date.isoformat()}


def _goal(change: GoalChange) -> Plain:
    goal = change.second or change.first
    return {
        "id": change.id,
        "target": change.target,
        "label": str(change.label),
        "goal": goal.goal if goal else "",
        "goal_before": change.reworded,
        "state": change.state,
        "first": change.first.reached if change.first else None,
        "second": change.second.reached if change.second else None,
        "review": goal.review.isoformat() if goal and goal.review else None,
        "overdue": change.is_overdue,
        "activities": [
            {
                "insats": activity.insats,
                "what": activity.what,
                "first": activity.first,
                "second": activity.second,
            }
            for activity in change.activities
        ],
    }
