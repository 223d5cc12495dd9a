"""The catalogue of insatser."""

from typing import Annotated, Literal

from pydantic import Field

from riskbehov.models.base import AgeRange, Id, Model, Prose, Seq, Text
from riskbehov.models.source import Citation


class Target(Model):
    """A need area or support need that an insats works on, and who says so."""

    area: Id
    cite: Citation


class Insats(Model):
    """One insats: what it is, for whom, how intrusive, and what it targets."""

    id: Id
    name: Text
    abbreviation: Prose | None = None
    description: Text
    targets: Seq[Target] = ()
    ages: AgeRange
    setting: Literal[
        "coordination", "open-care", "health-care", "housing", "placement", "police", "probation"
    ]
    form: Literal["individual", "group", "family", "network", "agency"]
    intrusiveness: Annotated[int, Field(ge=1, le=3)]
    """1 open care, in the person's own life; 2 housing away from home; 3 round-the-clock care."""
    one_of: Id | None = None
    """Of insatser with the same word here, a plan takes one."""
    requires: Id | None = None
    """A fact without which it cannot be given: a plan leaves it out while the fact is false."""
    sources: Annotated[Seq[Citation], Field(min_length=1)]


class InsatsFile(Model):
    """``assessments/insatser.yaml``."""

    insatser: Annotated[Seq[Insats], Field(min_length=1)]
