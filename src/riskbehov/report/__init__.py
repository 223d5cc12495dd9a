"""Results and definitions as blocks of a report, and blocks as text or Markdown.

What is asked for here is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from riskbehov.report.case.actionplan import plan_blocks
    from riskbehov.report.case.assessment import assessment_blocks
    from riskbehov.report.case.criteria import checked_list_blocks
    from riskbehov.report.case.explanation import explanation_blocks
    from riskbehov.report.case.followup import followup_blocks
    from riskbehov.report.case.score import score_blocks
    from riskbehov.report.case.steps import process_blocks
    from riskbehov.report.checks import check_blocks, demo_blocks, examples_blocks
    from riskbehov.report.document import Block
    from riskbehov.report.group.capacity import capacity_blocks, capacity_dict
    from riskbehov.report.group.extracted import extracted_blocks
    from riskbehov.report.group.released import released_blocks
    from riskbehov.report.group.spreadsheet import to_csv
    from riskbehov.report.markdown import to_markdown
    from riskbehov.report.register.catalogue import (
        assessment_definition_blocks,
        assessments_blocks,
        insats_blocks,
        insatser_blocks,
        source_blocks,
        sources_blocks,
    )
    from riskbehov.report.register.criteria import criteria_list_blocks, criteria_lists_blocks
    from riskbehov.report.register.facts import fact_blocks, facts_blocks
    from riskbehov.report.register.instruments import instrument_blocks, instruments_blocks
    from riskbehov.report.register.rules import rule_blocks, rules_blocks
    from riskbehov.report.register.simulation import simulation_blocks
    from riskbehov.report.table.profile import profile_blocks, profile_dict
    from riskbehov.report.table.recode import recode_blocks, recode_dict
    from riskbehov.report.table.recommend import recommend_blocks, recommend_dict
    from riskbehov.report.table.scored import scored_file_blocks, scored_file_dict
    from riskbehov.report.text import to_text

_HOMES = {
    "Block": "document",
    "assessment_blocks": "case.assessment",
    "assessment_definition_blocks": "register.catalogue",
    "assessments_blocks": "register.catalogue",
    "capacity_blocks": "group.capacity",
    "capacity_dict": "group.capacity",
    "check_blocks": "checks",
    "checked_list_blocks": "case.criteria",
    "criteria_list_blocks": "register.criteria",
    "criteria_lists_blocks": "register.criteria",
    "demo_blocks": "checks",
    "examples_blocks": "checks",
    "explanation_blocks": "case.explanation",
    "extracted_blocks": "group.extracted",
    "fact_blocks": "register.facts",
    "facts_blocks": "register.facts",
    "followup_blocks": "case.followup",
    "insats_blocks": "register.catalogue",
    "insatser_blocks": "register.catalogue",
    "instrument_blocks": "register.instruments",
    "instruments_blocks": "register.instruments",
    "plan_blocks": "case.actionplan",
    "process_blocks": "case.steps",
    "profile_blocks": "table.profile",
    "profile_dict": "table.profile",
    "recode_blocks": "table.recode",
    "recode_dict": "table.recode",
    "recommend_blocks": "table.recommend",
    "recommend_dict": "table.recommend",
    "released_blocks": "group.released",
    "rule_blocks": "register.rules",
    "rules_blocks": "register.rules",
    "score_blocks": "case.score",
    "scored_file_blocks": "table.scored",
    "scored_file_dict": "table.scored",
    "simulation_blocks": "register.simulation",
    "source_blocks": "register.catalogue",
    "sources_blocks": "register.catalogue",
    "to_csv": "group.spreadsheet",
    "to_markdown": "markdown",
    "to_text": "text",
}

__all__ = [
    "Block",
    "assessment_blocks",
    "assessment_definition_blocks",
    "assessments_blocks",
    "capacity_blocks",
    "capacity_dict",
    "check_blocks",
    "checked_list_blocks",
    "criteria_list_blocks",
    "criteria_lists_blocks",
    "demo_blocks",
    "examples_blocks",
    "explanation_blocks",
    "extracted_blocks",
    "fact_blocks",
    "facts_blocks",
    "followup_blocks",
    "insats_blocks",
    "insatser_blocks",
    "instrument_blocks",
    "instruments_blocks",
    "plan_blocks",
    "process_blocks",
    "profile_blocks",
    "profile_dict",
    "recode_blocks",
    "recode_dict",
    "recommend_blocks",
    "recommend_dict",
    "released_blocks",
    "rule_blocks",
    "rules_blocks",
    "score_blocks",
    "scored_file_blocks",
    "scored_file_dict",
    "simulation_blocks",
    "source_blocks",
    "sources_blocks",
    "to_csv",
    "to_markdown",
    "to_text",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Return a public name from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"riskbehov.report.{_HOMES[name]}"), name)
