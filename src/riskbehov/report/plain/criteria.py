"""Checked lists of criteria as plain values for JSON."""

from riskbehov.criteria import CheckedCriterion, CheckedList
from riskbehov.report.plain.assessment import Plain, citation_dict


def checked_list_dict(checked: CheckedList) -> Plain:
    """Return a checked list of criteria as plain values."""
    return {
        "list": checked.list.id,
        "about": checked.list.about,
        "day": checked.day.isoformat(),
        "criteria": [_checked(each) for each in checked.criteria],
        "verdict": checked.verdict,
        "settles": list(checked.settles),
        "missing": list(checked.missing),
        "lacking": [each.criterion.id for each in checked.lacking],
        "next": checked.next.criterion.id if checked.next else None,
        "differs": [
            {"list": each.from_, "text": str(each.text), **citation_dict(each.sources)}
            for each in checked.list.differs
        ],
    }


def _checked(each: CheckedCriterion) -> Plain:
    criterion = each.criterion
    return {
        "id": criterion.id,
        "label": str(criterion.label),
        "verdict": each.verdict,
        "mandatory": criterion.mandatory,
        "missing": list(each.missing),
        **citation_dict(criterion.sources),
    }
