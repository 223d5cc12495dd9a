"""Worked examples beside the definitions: answers in, what must come out."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from riskbehov.models.base import Id, Model, Prose, Seq, Text
from riskbehov.models.case import Case, Offer
from riskbehov.models.instrument import Sex
from riskbehov.models.source import Citation


class InstrumentExample(Model):
    """One filled form and what it must give."""

    name: Prose
    answers: Mapping[str, int | None] | None = None
    all_answers: Seq[int | None] | None = None
    """The same, in item order."""
    sex: Sex = "unknown"
    age: int | None = None
    form: Id | None = None
    cutoffs: Seq[Id] = ()
    expect: Mapping[str, Any]
    """Keys of the JSON result with the values expected; a mapping is compared key by key."""
    sources: Seq[Citation] = ()


class InstrumentExampleFile(Model):
    """``instruments/<id>/cases.yaml``."""

    cases: Annotated[Seq[InstrumentExample], Field(min_length=1)]


class Expectation(Model):
    """What a fictional client's assessment must say; what is not named is not tested."""

    assessment: Id | None = None
    risk: Mapping[Literal["low", "high", "basis"], str] | None = None
    intensity: Mapping[Literal["low", "high"], str] | None = None
    acute: Seq[Id] | None = None
    """Exactly these acute rules apply."""
    identified: Seq[Id] | None = None
    targets: Seq[Id] | None = None
    """In this order."""
    applies: Seq[Id] = ()
    does_not_apply: Seq[Id] = ()
    cannot_tell: Mapping[str, Seq[str]] = Field(default_factory=dict)
    """Rule: the facts that are named as missing."""
    not_in_force: Seq[Id] = ()
    plan: Seq[Id] | None = None
    """Exactly these insatser."""
    gaps: Seq[Id] | None = None
    differ: Seq[Id] | None = None
    """Exactly these are what views differ on, by the keys of ``reasons``."""
    asks_reason: Seq[Id] | None = None
    """Exactly these of them still ask for a reason."""
    talk_about: Seq[Id] | None = None
    """Exactly these domains of the inventory are those in which the two views part."""
    scores: Mapping[str, Any] = Field(default_factory=dict)
    flags: Seq[Id] = ()


class AssessmentExample(Model):
    """One fictional client, the outcome expected, and why in a sentence."""

    name: Prose
    why: Prose
    case: Case
    offer: Offer | None = None
    demo: Text | None = None
    """For the clients that ``riskbehov demo`` shows: what to look at."""
    expect: Expectation


class AssessmentExampleFile(Model):
    """``assessments/<id>/cases.yaml``."""

    cases: Annotated[Seq[AssessmentExample], Field(min_length=1)]
