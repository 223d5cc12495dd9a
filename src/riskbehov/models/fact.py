"""The vocabulary of facts about a person and a situation."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from riskbehov.i18n import message
from riskbehov.models.base import Id, Labelled, Matter, Model, Seq, Text

IMPERSONAL = ("workplace", "unit", "staff")
"""Topics of facts that are about no one's case: they stand in a sheet, never in a case file."""


class Fact(Model):
    """One fact: its type, its values, the question that settles it and who can state it."""

    id: Id
    type: Literal["bool", "choice", "set", "integer", "level"]
    """``level`` is a choice whose values are ordered, lowest first."""
    topic: Literal[
        "person",
        "acute",
        "substance",
        "psychiatry",
        "safety",
        "support",
        "family",
        "process",
        "network",
        "workplace",
        "unit",
        "staff",
        "derived",
    ]
    label: Text
    question: Text
    stated_by: Literal[
        "person", "utredare", "police", "health-care", "other-authority", "unit", "toolkit"
    ]
    values: Seq[Labelled] = ()
    matter: Matter | None = None
    """Of what only another authority can tell: what a consent must be about to ask for it. Such a
    fact is stated under ``obtained``, with its day and ground."""
    parts_of: Id | None = None
    """Of a set: the need area whose parts its values are, so that a plan covers each of them."""
    low: int = 0
    high: int = 1
    """Of an integer: the least and the greatest that is possible."""

    @model_validator(mode="after")
    def _told_of_a_person(self) -> "Fact":
        if self.matter is not None and self.is_impersonal:
            raise ValueError(
                message(
                    "found matter on a fact about a unit, its staff or its workplace, expected"
                    " none: what another authority tells of a person stands in a case file"
                )
            )
        return self

    @property
    def is_derived(self) -> bool:
        """Tell whether the toolkit works it out, so that nobody can state it in a case."""
        return self.stated_by == "toolkit"

    @property
    def is_impersonal(self) -> bool:
        """Tell whether it is about a workplace, a unit or its staff, and so about no one's case."""
        return self.topic in IMPERSONAL


class FactFile(Model):
    """``assessments/facts.yaml``."""

    facts: Annotated[Seq[Fact], Field(min_length=1)]
