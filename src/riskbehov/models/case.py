"""A case file: one person's answers, ratings and facts, under a key that says nothing of who."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler, StringConstraints, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from riskbehov.i18n import message
from riskbehov.models.base import FreeText, Id, Matter, Model, Party, Said, Seq, Words
from riskbehov.models.instrument import Sex

CASE_KEY = r"^RB(-[0-9BCDFGHJKMNPQRSTVWXYZ]{4}){3}$"
"""The shape of a generated key: no vowels, so that it cannot spell a name."""


class Answer(Model):
    """One rated area with what the rating rests on."""

    code: int | None = None
    driver: bool | None = None
    """Whether it drives this person's crime."""
    strength: bool | None = None
    """Whether there is something protective here."""
    indicators: Mapping[str, Literal["yes", "partly", "no", "unknown"]] = Field(
        default_factory=dict
    )
    evidence: FreeText = ""
    information: Seq[
        Literal[
            "person",
            "interview",
            "file",
            "police",
            "probation",
            "network",
            "health-care",
            "school",
            "other",
        ]
    ] = ()

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the two ways to write an answer: a bare code, or all that is said."""
        return {"anyOf": [{"type": "integer"}, {"type": "null"}, handler(core)]}

    @model_validator(mode="before")
    @classmethod
    def _bare_code(cls, value: Any) -> Any:  # noqa: ANN401
        """Take a bare code, or nothing, for an answer without more said."""
        return value if isinstance(value, dict | Answer) else {"code": value}


class InstrumentAnswers(Model):
    """Answers to one instrument and how it was given."""

    form: Id | None = None
    date: dt.date | None = None
    cutoffs: Seq[Id] = ()
    """Cut-off sets to go by instead of the default ones."""
    answers: Mapping[str, Answer]


class SectionResult(Model):
    """What one section of a method scored elsewhere says, as its manual has it."""

    need: Literal["yes", "no", "unknown"] = "unknown"
    """Whether the section points out a need, by the method's own manual."""
    strength: bool | None = None
    level: Annotated[str, Field(max_length=60)] = ""
    """The level of the section in the manual's own word."""
    ratings: Mapping[Id, int] = Field(default_factory=dict)
    """Ratings that the method has for the section, by their ids."""
    note: FreeText = ""


class Override(Model):
    """A level that the assessor set aside for another, as the method allows."""

    level_before: Annotated[str, Field(max_length=60)]
    reason: Words


class Ground(Model):
    """On what ground something was got from another authority: a consent, or a place in law."""

    consent: Id | None = None
    """The id of a consent in this case that covers the day of the exchange."""
    law: Said = ""
    """The provision that lifts the secrecy, where there is no consent."""

    @model_validator(mode="after")
    def _one_ground(self) -> "Ground":
        if self.consent and self.law:
            raise ValueError(message("found both a consent and a law, expected one of them"))
        return self


class RecordedResult(Ground):
    """What a method scored elsewhere concluded."""

    method: Id
    version: Annotated[str, Field(max_length=60)] = ""
    """The edition of the method that was used."""
    level: Annotated[str, Field(max_length=60)] | None = None
    """The concluding level, by the method's manual; nothing for a method that has none."""
    total: int | None = None
    date: dt.date
    """The day of the assessment by the method."""
    assessor: FreeText = ""
    """The assessor's role, never a name."""
    setting: Literal["community", "prison", "institution", "other"] | None = None
    override: Override | None = None
    sections: Mapping[Id, SectionResult] = Field(default_factory=dict)
    adaptations: Seq[Id] = ()
    """Items of the responsivity profile that the assessor found to need adaptation."""
    valid_months: Annotated[int, Field(ge=1, le=120)] | None = None
    """For how long the assessor meant it, where that is shorter than the method's own time."""
    reason: FreeText = ""
    from_: Party | None = Field(default=None, alias="from")
    """The authority that made it; nothing where it is the municipality's own."""
    obtained: dt.date | None = None
    """The day it was got from the other authority; left out, the day of the assessment."""


class Consent(Model):
    """The person's consent that the social services exchange information with others."""

    id: Id
    to: Annotated[Seq[Party], Field(min_length=1)]
    """With whom."""
    about: Annotated[Seq[Matter], Field(min_length=1)]
    """About what."""
    situations: Words
    """In which situations information is exchanged."""
    form: Literal["written", "oral"]
    noted: Said = ""
    """Of an oral consent: when and how it was given and noted."""
    given: dt.date
    until: dt.date | None = None
    """The last day on which it holds."""
    withdrawn: dt.date | None = None
    """The first day on which it no longer holds."""
    guardians: bool | None = None
    """Of a child: whether the guardians consent too."""

    @model_validator(mode="after")
    def _in_order(self) -> "Consent":
        for name, day in (("until", self.until), ("withdrawn", self.withdrawn)):
            if day is not None and day < self.given:
                raise ValueError(
                    message(
                        "found {name} {day}, expected no earlier day than it was given, {given}",
                        name=name,
                        day=day,
                        given=self.given,
                    )
                )
        if self.form == "oral" and not self.noted:
            raise ValueError(
                message("found an oral consent without noted, expected when and how it was given")
            )
        return self


class Obtained(Ground):
    """What another authority has told, on which day and on what ground."""

    from_: Party = Field(alias="from")
    date: dt.date
    """The day of the exchange."""
    facts: Annotated[Mapping[str, Any], Field(min_length=1)]


class DomainView(Model):
    """The person's own view of one domain of her life."""

    situation: int | None = None
    motivation: int | None = None
    priority: Annotated[int, Field(ge=1, le=20)] | None = None
    """1 is what the person wants to change first."""
    text: Said = ""


class Inventory(Model):
    """Behovs- och resursinventering: the person's own view, domain by domain."""

    date: dt.date
    domains: Mapping[Id, DomainView]


class Activity(Model):
    """One agreed activity towards a goal: what, who, when, where, how often."""

    insats: Id | None = None
    """An insats of the catalogue; left out for what is no insats."""
    what: Said = ""
    responsible: FreeText = ""
    """The role that is responsible, never a name."""
    taking_part: Seq[FreeText] = ()
    when: FreeText = ""
    where: FreeText = ""
    how_often: FreeText = ""
    status: Literal["planned", "started", "completed", "interrupted", "not-given"] = "planned"


class Goal(Model):
    """One agreed goal, towards a need area or a support need."""

    id: Id
    target: Id
    goal: Words
    measure: Said = ""
    """How it is seen that the goal is reached."""
    activities: Seq[Activity] = ()
    review: dt.date | None = None
    """The day the goal is looked at again."""
    reached: Literal["yes", "partly", "no", "unknown"] = "unknown"


class ActionPlan(Model):
    """Handlingsplan: what was agreed with the person."""

    date: dt.date
    goals: Seq[Goal]
    shared_with: Seq[Party] = ()


class ProfessionalRisk(Model):
    """The professional's own overall judgement of the risk of reoffending."""

    level: Literal["low", "medium", "high"]
    reason: Words


class OwnView(Model):
    """How the person sees it, and what she wants; shown beside the professional's view."""

    text: FreeText = ""
    wishes: Seq[FreeText] = ()
    priorities: Seq[Id] = ()
    """Areas in the person's own order, the most important first."""


class Declined(Model):
    """An insats that the person does not want."""

    insats: Id
    reason: FreeText = ""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the two ways to write it: a bare id, or with the reason."""
        return {"anyOf": [{"type": "string"}, handler(core)]}

    @model_validator(mode="before")
    @classmethod
    def _bare_id(cls, value: Any) -> Any:  # noqa: ANN401
        return {"insats": value} if isinstance(value, str) else value


class Person(Model):
    """What must be known of the person: age in whole years, and sex for the screening limits."""

    age: Annotated[int, Field(ge=0, le=120)]
    sex: Sex = "unknown"


class Case(Model):
    """``CASE.yaml``: one person at one date."""

    case: Annotated[
        str,
        StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", min_length=1, max_length=60),
    ]
    fictional: bool = False
    date: dt.date
    assessment: Id | None = None
    person: Person
    instruments: Mapping[Id, InstrumentAnswers] = Field(default_factory=dict)
    facts: Mapping[str, Any] = Field(default_factory=dict)
    consents: Seq[Consent] | None = None
    """Nothing said of consents is not the same as none: an empty list says that there is none."""
    obtained: Seq[Obtained] = ()
    recorded_results: Seq[RecordedResult] = ()
    professional_risk: ProfessionalRisk | None = None
    reasons: Mapping[str, Said] = Field(default_factory=dict)
    """Why one view goes before another, where they disagree: ``risk``, ``need.<area>`` …"""
    own_view: OwnView | None = None
    inventory: Inventory | None = None
    declined: Seq[Declined] = ()
    action_plan: ActionPlan | None = None
    process: Mapping[Id, Mapping[Id, dt.date]] = Field(default_factory=dict)
    """By process: the steps that are done, each with its day."""

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """Return the key and the day: what is known of a person is for no log and no screen."""
        return [("case", self.case), ("date", self.date)]


class OfferedInsats(Model):
    """One insats that this municipality can give."""

    insats: Id
    own: bool
    """Whether the municipality runs it itself."""
    cost: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    places: Annotated[int, Field(ge=0)] | None = None
    """How many persons can have it at a time; left out: as many as need it."""


class Offer(Model):
    """``--offer FILE``: what a municipality has."""

    municipality: FreeText = ""
    cost_unit: FreeText = ""
    insatser: Seq[OfferedInsats]
