"""One case all the way: checked, scored, judged by the rules, planned for."""

from riskbehov.assessing.assessment import assess, explain_rule
from riskbehov.assessing.casefile import load_case, load_offer

__all__ = ["assess", "explain_rule", "load_case", "load_offer"]
