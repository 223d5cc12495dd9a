"""Lists of criteria, checked criterion by criterion: met, not met, or cannot tell."""

from riskbehov.criteria.check import CheckedCriterion, CheckedList, check_list
from riskbehov.criteria.ready import ReadyCriterion, ReadyList, ready_list

__all__ = [
    "CheckedCriterion",
    "CheckedList",
    "ReadyCriterion",
    "ReadyList",
    "check_list",
    "ready_list",
]
