"""Results and definitions as blocks of a report, and blocks as text or Markdown.

What is asked for here is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from riskbehov.report.actionplan import plan_blocks
    from riskbehov.report.assessment import assessment_blocks
    from riskbehov.report.capacity import capacity_blocks, capacity_dict
    from riskbehov.report.catalogue import (
        assessment_definition_blocks,
        assessments_blocks,
        insats_blocks,
        insatser_blocks,
        source_blocks,
        sources_blocks,
    )
    from riskbehov.report.checks import check_blocks, demo_blocks, examples_blocks
    from riskbehov.report.criteria import (
        checked_list_blocks,
        criteria_list_blocks,
        criteria_lists_blocks,
    )
    from riskbehov.report.document import Block
    from riskbehov.report.explanation import explanation_blocks
    from riskbehov.report.extracted import extracted_blocks
    from riskbehov.report.facts import fact_blocks, facts_blocks
    from riskbehov.report.followup import followup_blocks
    from riskbehov.report.instruments import instrument_blocks, instruments_blocks
    from riskbehov.report.markdown import to_markdown
    from riskbehov.report.released import released_blocks
    from riskbehov.report.rules import rule_blocks, rules_blocks
    from riskbehov.report.score import score_blocks
    from riskbehov.report.spreadsheet import to_csv
    from riskbehov.report.steps import process_blocks
    from riskbehov.report.text import to_text

_HOMES = {
    "Block": "document",
    "assessment_blocks": "assessment",
    "assessment_definition_blocks": "catalogue",
    "assessments_blocks": "catalogue",
    "capacity_blocks": "capacity",
    "capacity_dict": "capacity",
    "check_blocks": "checks",
    "checked_list_blocks": "criteria",
    "criteria_list_blocks": "criteria",
    "criteria_lists_blocks": "criteria",
    "demo_blocks": "checks",
    "examples_blocks": "checks",
    "explanation_blocks": "explanation",
    "extracted_blocks": "extracted",
    "fact_blocks": "facts",
    "facts_blocks": "facts",
    "followup_blocks": "followup",
    "insats_blocks": "catalogue",
    "insatser_blocks": "catalogue",
    "instrument_blocks": "instruments",
    "instruments_blocks": "instruments",
    "plan_blocks": "actionplan",
    "process_blocks": "steps",
    "released_blocks": "released",
    "rule_blocks": "rules",
    "rules_blocks": "rules",
    "score_blocks": "score",
    "source_blocks": "catalogue",
    "sources_blocks": "catalogue",
    "to_csv": "spreadsheet",
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
    "released_blocks",
    "rule_blocks",
    "rules_blocks",
    "score_blocks",
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
