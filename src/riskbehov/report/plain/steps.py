"""The processes of a case as plain values for JSON."""

from typing import Any

from riskbehov.assessing.steps import FollowedCase
from riskbehov.process.steps import FollowedProcess, FollowedStep
from riskbehov.report.plain.assessment import citation_dict, condition_dict

Plain = dict[str, Any]


def process_dict(found: FollowedCase) -> Plain:
    """Return how a case stands in its processes as plain values."""
    case = found.result.case
    return {
        "case": case.case,
        "fictional": case.fictional,
        "date": case.date.isoformat(),
        "as_of": found.result.as_of.isoformat(),
        "assessment": found.result.assessment.id,
        "person": {"age": case.person.age, "sex": case.person.sex},
        "processes": [_process(each) for each in found.processes],
        "versions": {"riskbehov": found.result.provenance.riskbehov},
    }


def _process(found: FollowedProcess) -> Plain:
    return {
        "id": found.process.id,
        "name": str(found.process.name),
        "in_force": found.in_force,
        "complete": found.is_complete,
        "done": [each.step.id for each in found.having("done")],
        "next": [each.step.id for each in found.having("next")],
        "blocked": [each.step.id for each in found.having("blocked")],
        "questions": list(found.questions),
        "steps": [_step(each) for each in found.steps],
        "flags": [
            {"id": flag.id, "step": flag.step, "other": flag.other, "text": str(flag.text)}
            for flag in found.flags
        ],
        **citation_dict(found.process.sources),
        "checked": found.process.checked.isoformat(),
    }


def _step(found: FollowedStep) -> Plain:
    step = found.step
    return {
        "id": step.id,
        "label": str(step),
        "what": str(step.what),
        "part": step.part,
        "optional": step.optional,
        "status": found.status,
        "done": found.done.isoformat() if found.done else None,
        "blocked_by": {
            "steps": list(found.waits_for),
            "facts": [] if step.optional else list(found.failing),
            "criteria": [each.id for each in found.unmet],
        },
        "missing": list(found.missing),
        "needs": condition_dict(found.needs) if found.needs else None,
        "criteria": [
            {"id": each.id, "name": str(each.name), "verdict": each.verdict} for each in found.lists
        ],
        "legal": [
            {
                "key": law.entry.id,
                "label": str(law.entry.label),
                "reference": str(law.text.reference) if law.text else None,
            }
            for law in found.law
        ],
        **citation_dict(step.sources),
    }
