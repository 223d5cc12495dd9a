"""Recommendation rules: which apply to one case or to many, and how they stand over time."""

from riskbehov.rules.book import RuleBook, rule_book
from riskbehov.rules.timeline import Crack, cracks

__all__ = ["Crack", "RuleBook", "cracks", "rule_book"]
