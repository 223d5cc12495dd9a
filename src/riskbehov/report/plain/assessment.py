"""Results as plain values for JSON: the same keys in every language, labels in the reader's."""

from collections.abc import Iterable, Mapping
from typing import Any

from riskbehov.errors import Fault
from riskbehov.logic.explain import Explained
from riskbehov.logic.tree import Compare
from riskbehov.models.result import (
    Adaptation,
    Gap,
    PlannedInsats,
    Question,
    RecordedView,
    Result,
    Risk,
    RiskSource,
    Score,
    Verdict,
)
from riskbehov.models.source import Citation
from riskbehov.privacy import mask
from riskbehov.report.plain.exchange import (
    consent_dict,
    exchange_dict,
    inventory_dict,
    threat_dict,
)

Plain = dict[str, Any]


def score_dict(score: Score) -> Plain:
    """Return a score as plain values."""
    return {
        "instrument": score.instrument.id,
        "version": score.instrument.version,
        "sex": score.sex,
        "age": score.age,
        "form": score.form,
        "answers": dict(zip((i.id for i in score.instrument.items), score.codes, strict=True)),
        "state": score.state,
        "scales": {
            id_: {
                "low": scale.low,
                "high": scale.high,
                "state": scale.state,
                "label": str(scale.scale.label),
                "cutoffs": scale.set.id if scale.set else None,
                "missing": list(scale.missing),
                "decisive": list(scale.decisive),
                "settling": list(scale.settling),
            }
            for id_, scale in score.scales.items()
        },
        "bands": {
            id_: None if bands is None else {"low": bands.ids[0], "high": bands.ids[1]}
            for id_, bands in score.bands.items()
        },
        "default_bands": score.default_set.id if score.default_set else None,
        "missing": list(score.missing),
        "inferred": list(score.inferred),
        "decisive": list(score.decisive),
        "settling": list(score.settling),
        "flags": [
            {
                "id": raised.flag.id,
                "kind": raised.flag.kind,
                "state": "raised" if raised.is_certain else "cannot-tell",
                "label": str(raised.flag.label),
            }
            for raised in score.flags
        ],
    }


def result_dict(result: Result) -> Plain:
    """Return an assessed case as plain values."""
    needs = result.needs
    return {
        **head_dict(result),
        "scores": {id_: score_dict(score) for id_, score in result.scores.items()},
        "risk": _risk(result.risk),
        "intensity": None
        if result.intensity is None
        else {"low": result.intensity[0], "high": result.intensity[1]},
        "acute": [_verdict(v) for v in result.block("acute") if v.verdict in _OPEN],
        "needs": {
            "identified": list(needs.identified),
            "not_identified": list(needs.not_identified),
            "unanswered": list(needs.unanswered),
            "followed": list(needs.followed),
            "strengths": list(needs.strengths),
            "count": {"low": needs.count_low, "high": needs.count_high},
            "areas": [
                {
                    "id": area.item.id,
                    "label": str(area.item.label),
                    "code": area.code,
                    "driver": area.driver,
                    "strength": area.strength,
                    "evidence": area.evidence,
                    "information": list(area.information),
                }
                for area in needs.areas
            ],
        },
        "targets": list(result.targets),
        "responsivity": [adaptation_dict(rated) for rated in result.responsivity],
        "recommendations": [_verdict(v) for v in result.verdicts],
        "plan": _plan(result),
        "support_needs": {
            "identified": [
                {
                    "need": fact.id,
                    "label": str(fact.label),
                    "rules": [v.rule.id for v in verdicts],
                    "insatser": [v.rule.insats for v in verdicts if v.rule.insats],
                }
                for fact, verdicts in result.support_needs.identified
            ],
            "not_identified": [fact.id for fact in result.support_needs.not_identified],
            "unanswered": [fact.id for fact in result.support_needs.unanswered],
        },
        "own_view": result.own_view.model_dump(mode="json") if result.own_view else None,
        "inventory": inventory_dict(result.inventory) if result.inventory else None,
        "consents": None
        if result.consents is None
        else [consent_dict(held) for held in result.consents],
        "obtained": [exchange_dict(each) for each in result.obtained],
        "threat": threat_dict(result.threat) if result.threat else None,
        "recorded_results": [_recorded(view) for view in result.recorded],
        "views": [_question(question) for question in result.questions],
        "disagreements": [_question(question) for question in result.disagreements],
        "reasons": dict(result.case.reasons),
        "flags": [
            {
                "id": flag.id,
                "state": "raised" if flag.is_certain else "cannot-tell",
                "text": str(flag.text),
            }
            for flag in result.flags
        ],
        "limits": [
            {"text": str(limit.text), **citation_dict(limit.sources)}
            for limit in result.assessment.limits
        ],
        "provenance": {
            "versions": {"riskbehov": result.provenance.riskbehov},
            "as_of": result.provenance.as_of.isoformat(),
            "hashes": dict(result.provenance.hashes),
            "definitions": dict(result.provenance.definitions),
        },
    }


_OPEN = ("applies", "cannot-tell")


def head_dict(result: Result) -> Plain:
    """Return whom an assessment is about, on which day and by what, as plain values."""
    return {
        "case": result.case.case,
        "fictional": result.case.fictional,
        "date": result.case.date.isoformat(),
        "assessment": result.assessment.id,
        "person": {"age": result.case.person.age, "sex": result.case.person.sex},
    }


def adaptation_dict(rated: Adaptation) -> Plain:
    """Return what to adapt as plain values."""
    return {
        "id": rated.item.id,
        "label": str(rated.item.label),
        "code": rated.code,
        "adaptation": str(rated.item.adaptation),
    }


def fault_dict(fault: Fault) -> Plain:
    """Return a fault as plain values."""
    return {"where": mask(fault.where), "text": str(fault)}


def _risk(risk: Risk) -> Plain:
    return {
        "level": {"low": risk.low, "high": risk.high},
        "basis": risk.chosen.basis if risk.chosen else "unknown",
        "source": _risk_source(risk.chosen) if risk.chosen else None,
        "others": [_risk_source(other) for other in risk.others],
        "violence": _risk_source(risk.violence) if risk.violence else None,
        "disagree": risk.disagree,
        "not_used": [
            {
                "method": found.method,
                "level": found.level,
                "date": found.date.isoformat(),
                "assessor": found.assessor,
                "reason": found.reason,
            }
            for found in risk.expired
        ],
    }


def _risk_source(source: RiskSource) -> Plain:
    recorded = source.recorded
    return {
        "basis": source.basis,
        "source": source.source,
        "level": {"low": source.low, "high": source.high},
        "recorded_level": recorded.level if recorded else None,
        "date": recorded.date.isoformat() if recorded else None,
        "reason": source.reason,
    }


def _recorded(view: RecordedView) -> Plain:
    """Return one recorded result, how it is used and on what ground it was obtained."""
    found, method = view.found, view.method
    counts_as = {level.id: level.counts_as for level in method.levels}
    return {
        "method": method.id,
        "outcome": method.outcome,
        "version": found.version or None,
        "date": found.date.isoformat(),
        "level": found.level,
        "counts_as": counts_as.get(found.level or ""),
        "total": found.total,
        "total_range": {"low": method.total.low, "high": method.total.high}
        if method.total
        else None,
        "override": {
            "level_before": found.override.level_before,
            "reason": found.override.reason,
        }
        if found.override
        else None,
        "assessor": found.assessor,
        "setting": found.setting,
        "sections": [
            {
                "id": section.id,
                "label": str(section),
                "informs": list(section.informs),
                **found.sections[section.id].model_dump(mode="json"),
            }
            for section in method.sections
            if section.id in found.sections
        ],
        "adaptations": list(found.adaptations),
        "reason": found.reason,
        "used": view.unused is None,
        "last_day": view.last_day.isoformat(),
        "not_used_because": view.unused,
        "from": view.origin,
        "obtained": (found.obtained or found.date).isoformat() if view.origin else None,
        "consent": found.consent,
        "law": found.law or None,
    }


def _question(question: Question) -> Plain:
    """Return what several sources say on one thing, side by side."""
    return {
        "about": question.key,
        "kind": question.kind,
        "label": str(question.label),
        "differ": question.differ,
        "reason": question.reason or None,
        "views": [
            {
                "basis": view.basis,
                "source": view.source,
                "low": view.low,
                "high": view.high,
                "date": view.date.isoformat() if view.date else None,
                "sections": [section.id for section in view.sections],
                "code": view.code,
                "reason": view.reason,
            }
            for view in question.views
        ],
    }


def _verdict(verdict: Verdict) -> Plain:
    rule = verdict.rule
    return {
        "rule": rule.id,
        "theme": verdict.theme,
        "block": rule.block,
        "verdict": verdict.verdict,
        "title": str(rule.title),
        "insats": rule.insats,
        "strength": rule.strength,
        "targets": list(rule.targets),
        **citation_dict(rule.sources),
        "reason": str(rule.reason),
        "missing": list(verdict.missing),
        "legal": str(verdict.legal.reference) if verdict.legal else None,
        "checked": rule.checked.isoformat(),
    }


def citation_dict(sources: Iterable[Citation]) -> Plain:
    """Return citations as plain values: the first one, and the others under ``also``."""
    first, *rest = sources
    return {
        "source": first.source,
        "locator": first.locator,
        "basis": first.basis,
        "also": [{"source": c.source, "locator": c.locator, "basis": c.basis} for c in rest],
    }


def _plan(result: Result) -> Plain:
    plan = result.plan
    return {
        "insatser": [_planned(p) for p in plan.insatser],
        "covers": _covers(plan.insatser),
        "gaps": [gap_dict(gap) for gap in plan.gaps],
        "alternatives": [
            {"insatser": [p.insats.id for p in other], "covers": _covers(other)}
            for other in plan.alternatives
        ],
        "instead_of_institution": list(plan.placement),
        "declined": list(plan.declined),
        "multimodal": plan.multimodal,
        "cost_unit": plan.offer.cost_unit if plan.offer else None,
        "municipality": plan.offer.municipality if plan.offer else None,
    }


def gap_dict(gap: Gap) -> Plain:
    """Return what nothing is planned for as plain values."""
    return {
        "target": gap.target,
        "part": gap.part,
        "cause": gap.cause,
        "insatser": list(gap.insatser),
    }


def _planned(planned: PlannedInsats) -> Plain:
    return {
        "insats": planned.insats.id,
        "name": str(planned.insats.name),
        "covers": list(planned.covers),
        "parts": list(planned.parts),
        "strength": planned.strength,
        "rules": list(planned.rules),
        "own": planned.own,
        "cost": planned.cost,
    }


def _covers(planned: Iterable[PlannedInsats]) -> Mapping[str, list[str]]:
    """Return which insatser cover each target."""
    found: dict[str, list[str]] = {}
    for each in planned:
        for target in each.covers:
            found.setdefault(target, []).append(each.insats.id)
    return found


_TRUTHS = ("false", "unknown", "true")


def explanation_dict(verdict: Verdict, explained: Explained) -> Plain:
    """Return a verdict with the whole condition, part by part, as plain values."""
    return {**_verdict(verdict), "condition": condition_dict(explained)}


def condition_dict(node: Explained) -> Plain:
    """Return a condition with the truth of every part as plain values."""
    tree = node.tree
    if isinstance(tree, Compare):
        return {
            "fact": tree.fact.name,
            "operator": tree.operator,
            "value": list(tree.written) if isinstance(tree.written, tuple) else tree.written,
            "found": tree.fact.decode(node.found) if node.found else None,
            "truth": _TRUTHS[node.truth],
        }
    return {
        "join": tree.join,
        **({"at_least": tree.least} if tree.join == "count" else {}),
        "truth": _TRUTHS[node.truth],
        "parts": [condition_dict(part) for part in node.parts],
    }
