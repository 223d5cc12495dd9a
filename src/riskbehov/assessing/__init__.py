"""One case all the way: checked, scored, judged by the rules, planned for."""

from riskbehov.assessing.assessment import assess, explain_rule
from riskbehov.assessing.casefile import load_case, load_case_or_sheet, load_offer, load_sheet
from riskbehov.assessing.criteria import check_criteria
from riskbehov.assessing.followup import follow

__all__ = [
    "assess",
    "check_criteria",
    "explain_rule",
    "follow",
    "load_case",
    "load_case_or_sheet",
    "load_offer",
    "load_sheet",
]
