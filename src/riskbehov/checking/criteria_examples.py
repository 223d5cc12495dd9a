"""Worked examples of criteria: the verdicts that come out, against those that are expected."""

from collections.abc import Iterator
from typing import Any

from riskbehov.assessing.criteria import check_example
from riskbehov.checking.comparing import differences
from riskbehov.criteria import CheckedList
from riskbehov.i18n import Message
from riskbehov.library import Library
from riskbehov.models.criteria import CriteriaExample


def criteria_faults(library: Library, id_: str, example: CriteriaExample) -> Iterator[Message]:
    """Yield where an example of a list of criteria comes out otherwise than it says.

    Raises :class:`CaseError` for an example that cannot be run.
    """
    expect = example.expect
    expected: dict[str, Any] = {"verdict": expect.verdict, "criteria": expect.criteria}
    if expect.settles is not None:
        expected["settles"] = expect.settles
    if "next" in expect.model_fields_set:
        expected["next"] = expect.next
    yield from differences(expected, _values(check_example(example, id_, library)))


def _values(checked: CheckedList) -> dict[str, Any]:
    """Return what an expectation may name, as plain values."""
    return {
        "verdict": checked.verdict,
        "criteria": {each.criterion.id: each.verdict for each in checked.criteria},
        "settles": checked.settles,
        "next": checked.next.criterion.id if checked.next else None,
    }
