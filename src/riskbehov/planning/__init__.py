"""By the principles of risk, need and responsivity: level, intensity, targets, plan."""

from riskbehov.planning.aims import Parts
from riskbehov.planning.cover import Candidate, Cover, covers
from riskbehov.planning.needs import need_areas, target_order
from riskbehov.planning.plan import make_plan
from riskbehov.planning.risk import intensity, last_day, risk, unused

__all__ = [
    "Candidate",
    "Cover",
    "Parts",
    "covers",
    "intensity",
    "last_day",
    "make_plan",
    "need_areas",
    "risk",
    "target_order",
    "unused",
]
