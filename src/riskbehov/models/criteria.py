"""Criteria: who something is for, and whether it may start; checklists that have no score."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from riskbehov.i18n import message
from riskbehov.models.base import FreeText, Id, Model, Prose, Seq, Text, Validity, with_words
from riskbehov.models.case import Consent, Obtained, Person
from riskbehov.models.condition import Condition
from riskbehov.models.fact import IMPERSONAL
from riskbehov.models.instrument import Note
from riskbehov.models.source import Citation

CriterionVerdict: TypeAlias = Literal["met", "not-met", "cannot-tell", "not-in-force"]
VERDICTS: tuple[CriterionVerdict, ...] = ("not-met", "cannot-tell", "met")
"""By how true the condition is: false, unknown, true."""


class Criterion(Model):
    """One criterion: a condition over facts, or another list that must be met as a whole."""

    id: Id
    label: Text
    when: Condition | None = None
    meets: Id | None = None
    """The id of another list, whose overall verdict this criterion takes."""
    mandatory: bool = False
    """Of a count: whether the whole cannot be met without it."""
    note: Text | None = None
    sources: Annotated[Seq[Citation], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_ground(self) -> "Criterion":
        if self.when is not None and self.meets is not None:
            raise ValueError(message("found both when and meets, expected one of them"))
        if self.when is None and self.meets is None:
            raise ValueError(message("found neither when nor meets, expected one of them"))
        return self


class Difference(Model):
    """How a list differs from another one about the same, where the documents do not agree."""

    from_: Id = Field(alias="from")
    text: Text
    sources: Annotated[Seq[Citation], Field(min_length=1)]


class CriteriaList(Model):
    """``assessments/criteria/<id>/criteria.yaml``."""

    id: Id
    name: Text
    about: Literal["person", "network", "workplace", "unit", "staff"]
    use: Text
    """What the answer is for, and what it is not."""
    overall: Literal["all", "any", "count", "none"]
    """How the criteria make one verdict; ``none`` where the source has none: then what is lacking
    is listed."""
    at_least: Annotated[int, Field(ge=1)] | None = None
    """Of a count: how many criteria must be met."""
    ordered: bool = False
    """Whether the criteria are gates that are passed one after the other."""
    differs: Seq[Difference] = ()
    notes: Seq[Note] = ()
    sources: Annotated[Seq[Citation], Field(min_length=1)]
    valid: Validity
    checked: dt.date
    criteria: Annotated[Seq[Criterion], Field(min_length=1)]

    @model_validator(mode="after")
    def _can_count(self) -> "CriteriaList":
        if self.overall == "count" and self.at_least is None:
            raise ValueError(
                message("found a count without at_least, expected how many criteria must be met")
            )
        if self.overall != "count" and self.at_least is not None:
            raise ValueError(
                message(
                    "found at_least where overall is {found}, expected it only in a count",
                    found=self.overall,
                )
            )
        if self.at_least is not None and self.at_least > len(self.criteria):
            raise ValueError(
                message(
                    "found at least {found} of {parts} criteria, expected no more than there are",
                    found=self.at_least,
                    parts=len(self.criteria),
                )
            )
        if self.overall != "count" and any(c.mandatory for c in self.criteria):
            raise ValueError(
                message(
                    "found mandatory criteria where overall is {found}, expected them only in a"
                    " count",
                    found=self.overall,
                )
            )
        if self.ordered and self.overall != "all":
            raise ValueError(
                message(
                    "found gates where overall is {found}, expected all: each gate must be passed",
                    found=self.overall,
                )
            )
        return self

    @property
    def is_impersonal(self) -> bool:
        """Tell whether it is about a workplace, a unit or its staff, so that a sheet answers it."""
        return self.about in IMPERSONAL


class Sheet(Model):
    """``SHEET.yaml``: facts about a unit, its staff or its workplace, that are no one's case."""

    sheet: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
        AfterValidator(with_words),
    ]
    """What the sheet is about, such as the name of a unit; never a person."""
    date: dt.date
    facts: Mapping[str, Any] = Field(default_factory=dict)
    note: FreeText = ""


class CriteriaExample(Model):
    """Facts in, verdicts out."""

    name: Prose
    why: Prose
    """In a sentence, with the place in the source that it rests on."""
    date: dt.date | None = None
    """Left out: the day on which the list was checked."""
    person: Person | None = None
    facts: Mapping[str, Any] = Field(default_factory=dict)
    consents: Seq[Consent] | None = None
    obtained: Seq[Obtained] = ()
    inventory: Seq[Id] | None = None
    """The domains that the person has rated; all others are left out."""
    expect: "CriteriaExpectation"


class CriteriaExpectation(Model):
    """What must come out; what is not named is not tested."""

    verdict: CriterionVerdict | None
    """Nothing for a list whose source makes no whole of it."""
    criteria: Mapping[Id, Literal["met", "not-met", "cannot-tell"]] = Field(default_factory=dict)
    settles: Seq[Id] | None = None
    """Exactly these facts would decide."""
    next: Id | None = None
    """Of gates: the first that is not passed; given as nothing, all are."""


class CriteriaExampleFile(Model):
    """``assessments/criteria/<id>/cases.yaml``."""

    cases: Annotated[Seq[CriteriaExample], Field(min_length=1)]
