"""One case all the way: checked, scored, judged by the rules, planned for.

What is asked for here is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from riskbehov.assessing.assessment import assess, explain_rule
    from riskbehov.assessing.casefile import load_case, load_case_or_sheet, load_offer, load_sheet
    from riskbehov.assessing.criteria import check_criteria
    from riskbehov.assessing.followup import follow

_HOMES = {
    "assess": "assessment",
    "check_criteria": "criteria",
    "explain_rule": "assessment",
    "follow": "followup",
    "load_case": "casefile",
    "load_case_or_sheet": "casefile",
    "load_offer": "casefile",
    "load_sheet": "casefile",
}

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


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Return a public name from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"riskbehov.assessing.{_HOMES[name]}"), name)
