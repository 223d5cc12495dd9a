"""A fictional man whose plan can be worked out by hand, and the goals agreed with him."""

import datetime as dt
from typing import Any

from riskbehov.assessing import assess
from riskbehov.library import Library
from riskbehov.models.case import Case, Offer
from riskbehov.models.result import Result

DAY = dt.date(2026, 6, 15)
RATINGS: dict[str, Any] = {
    "history": 2,
    "attitudes": {"code": 3, "driver": True},
    "associates": 2,
    "personality": 0,
    "substance_use": 2,
    "work_education": 0,
    "family_relations": 1,
    "leisure": 0,
}


def case(day: dt.date = DAY, ratings: dict[str, Any] | None = None, **given: Any) -> Case:
    return Case.model_validate(
        {
            "case": "fiktiv",
            "fictional": True,
            "date": day,
            "person": {"age": 30, "sex": "male"},
            "instruments": {"rbm8": {"answers": RATINGS | (ratings or {})}},
            "facts": {"substances": ["alcohol", "cannabis"], "need_debts": True},
            "professional_risk": {"level": "high", "reason": "Sammanvägd bedömning."},
            **given,
        },
        strict=False,
    )


def goal(id_: str = "m1", target: str = "attitudes", **given: Any) -> dict[str, Any]:
    return {"id": id_, "target": target, "goal": "Ett mål.", **given}


def agreed(*goals: dict[str, Any], day: dt.date = dt.date(2026, 1, 10)) -> dict[str, Any]:
    return {"date": day, "goals": list(goals)}


def assessed(library: Library, offer: list[str] | None = None, **given: Any) -> Result:
    offered = None
    if offer is not None:
        insatser = [{"insats": id_, "own": True} for id_ in offer]
        offered = Offer.model_validate({"insatser": insatser}, strict=False)
    return assess(case(**given), library, offer=offered)
