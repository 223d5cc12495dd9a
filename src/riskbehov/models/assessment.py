"""An assessment: which instruments, facts, rules and tables make up one job, for which ages."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from riskbehov.models.base import AgeRange, Id, Labelled, Model, Seq, Text
from riskbehov.models.instrument import Note, Range
from riskbehov.models.source import Citation

RiskLevel: TypeAlias = Literal["low", "medium", "high"]
Intensity: TypeAlias = Literal["basic", "moderate", "intensive", "very-intensive"]
RISK_LEVELS: tuple[RiskLevel, ...] = ("low", "medium", "high")
INTENSITIES: tuple[Intensity, ...] = ("basic", "moderate", "intensive", "very-intensive")


class Assessment(Model):
    """``assessments/<id>/assessment.yaml``."""

    id: Id
    name: Text
    ages: AgeRange
    needs: Id | None = None
    """The rating instrument whose areas are the needs."""
    instruments: Seq[Id] = ()
    methods: Seq[Id] = ()
    """Recorded methods that may steer or flag the risk level."""
    rules: Annotated[Seq[Id], Field(min_length=1)]
    """Themes of rules that are evaluated; each rule has its own age range besides."""
    limits: Seq[Note] = ()
    """What is always said beside the result."""


class IntensityTable(Model):
    """Intensity by risk level and by the number of identified dynamic areas."""

    identified: Annotated[Seq[Range], Field(min_length=1)]
    rows: Mapping[RiskLevel, Seq[Intensity]]
    sources: Annotated[Seq[Citation], Field(min_length=1)]


class SuggestionTable(Model):
    """Risk level suggested by the rating of the history and the number of identified areas."""

    history: Id
    identified: Annotated[Seq[Range], Field(min_length=1)]
    rows: Mapping[Literal["0", "1", "2", "3"], Seq[RiskLevel]]
    sources: Annotated[Seq[Citation], Field(min_length=1)]


class Matrix(Model):
    """``assessments/<id>/matrix.yaml``: the tables for risk level and intensity."""

    risk_levels: Seq[Labelled]
    intensities: Seq[Labelled]
    identified_scale: Id
    """The scale of the needs instrument that counts the identified dynamic areas."""
    identified_from: Annotated[int, Field(ge=1)]
    """The rating from which an area is identified."""
    identified_sources: Annotated[Seq[Citation], Field(min_length=1)]
    intensity: IntensityTable
    suggestion: SuggestionTable | None = None
