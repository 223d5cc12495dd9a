"""A case file: one person's answers, ratings and facts, under a key that says nothing of who."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler, StringConstraints, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from riskbehov.models.base import FreeText, Id, Model, Seq
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


class RecordedResult(Model):
    """What a method scored elsewhere concluded."""

    method: Id
    level: Annotated[str, Field(max_length=60)]
    date: dt.date
    assessor: FreeText = ""
    """The assessor's role, never a name."""
    reason: FreeText = ""


class ProfessionalRisk(Model):
    """The professional's own overall judgement of the risk of reoffending."""

    level: Literal["low", "medium", "high"]
    reason: Annotated[FreeText, StringConstraints(strip_whitespace=True, min_length=1)]


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
    recorded_results: Seq[RecordedResult] = ()
    professional_risk: ProfessionalRisk | None = None
    own_view: OwnView | None = None
    declined: Seq[Declined] = ()


class OfferedInsats(Model):
    """One insats that this municipality can give."""

    insats: Id
    own: bool
    """Whether the municipality runs it itself."""
    cost: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None


class Offer(Model):
    """``--offer FILE``: what a municipality has."""

    municipality: FreeText = ""
    cost_unit: FreeText = ""
    insatser: Seq[OfferedInsats]
