"""Persons of the small library, alike but for what a test is about."""

from collections.abc import Sequence
from typing import Any

from riskbehov.groups.tables import screening_forms
from riskbehov.library import Library
from riskbehov.models.extract import Record


def person(
    library: Library,
    *,
    sex: str = "male",
    age: str = "age-25-39",
    work: str = "unanswered",
    **changed: Any,
) -> Record:
    """Return a person of whom nothing is known but, if told, the need of work."""
    supports = [fact.id for fact in library.facts.values() if fact.topic == "support"]
    answers: dict[str, list[str]] = {"identified": [], "not_identified": []}
    answers["unanswered"] = ["history", "friends"]
    answers[work].append("work")
    assert screening_forms(library.assessment("grown"), library)
    return Record.model_validate(
        {
            "sex": sex,
            "age_group": age,
            "assessment": "grown",
            "first": {
                "needs": answers,
                "support_needs": {"unanswered": supports},
                "risk": {"low": "low", "high": "high"},
            },
            "last": {},
            "insatser": {},
            **changed,
        }
    )


def people(library: Library, *groups: tuple[int, dict[str, Any]]) -> Sequence[Record]:
    """Return so many persons of each kind."""
    return [person(library, **told) for count, told in groups for _ in range(count)]
