"""How made-up answers are drawn: item parameters, populations, correlations, an outcome."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from riskbehov.i18n import message
from riskbehov.models.base import AgeRange, Id, Labelled, Model, Seq, Text
from riskbehov.models.source import Citation

SimulatedSex: TypeAlias = Literal["male", "female"]
SIMULATED_SEXES: tuple[SimulatedSex, ...] = ("male", "female")

_Number = Annotated[float, Field(allow_inf_nan=False, ge=-10, le=10)]
_Spread = Annotated[float, Field(ge=0.1, le=5)]
_Sources = Annotated[Seq[Citation], Field(min_length=1)]


class ItemResponse(Model):
    """How an item is answered at a severity: Samejima's graded response model."""

    discrimination: Annotated[float, Field(gt=0, le=5)]
    """How steeply higher answers become likelier with the severity."""
    thresholds: Annotated[Seq[_Number], Field(min_length=1)]
    """For each code but the lowest: the severity at which it, or a higher one, is as likely as
    not."""

    @model_validator(mode="after")
    def _rising(self) -> "ItemResponse":
        if any(low >= high for low, high in pairwise(self.thresholds)):
            raise ValueError(
                message(
                    "found the thresholds {found}, expected each to be higher than the one before",
                    found=", ".join(map(str, self.thresholds)),
                )
            )
        return self


class Gate(Model):
    """An item whose lowest answer leaves others nothing but theirs, as who never drinks."""

    item: Id
    zeros: Annotated[Seq[Id], Field(min_length=1)]
    """The items that then have their lowest code too."""


class Prevalence(Model):
    """The share of a group that has at least so many points."""

    scale: Id = "total"
    at_least: Annotated[int, Field(ge=1)]
    share: Annotated[float, Field(gt=0, lt=1)]
    sources: _Sources


class Severity(Model):
    """How severe the members of one sex are: told outright, or found from published shares."""

    mean: _Number | None = None
    spread: _Spread | None = None
    """The standard deviation."""
    prevalence: Annotated[Seq[Prevalence], Field(max_length=2)] = ()
    """One share gives the mean, two give the spread as well."""

    @model_validator(mode="after")
    def _just_enough(self) -> "Severity":
        told = sum(value is not None for value in (self.mean, self.spread))
        is_odd = self.mean is not None and self.spread is None
        if told + len(self.prevalence) != len(("mean", "spread")) or is_odd:
            raise ValueError(
                message(
                    "found {told} of mean and spread with {shares} shares, expected mean and spread"
                    " without shares, spread with one share, or two shares alone",
                    told=told,
                    shares=len(self.prevalence),
                )
            )
        return self


class People(Model):
    """Who the made-up persons are."""

    male: Annotated[float, Field(ge=0, le=1)]
    """The share of men; the others are women."""
    ages: AgeRange
    """Every age is as likely."""

    @model_validator(mode="after")
    def _ends(self) -> "People":
        if self.ages.to is None:
            raise ValueError(message("found ages without end, expected a highest age (to)"))
        return self

    @property
    def oldest(self) -> int:
        """Return the highest age."""
        return self.ages.from_ if self.ages.to is None else self.ages.to

    @property
    def shares(self) -> Mapping[SimulatedSex, float]:
        """Return how large a share each sex is, without those that there are none of."""
        found: dict[SimulatedSex, float] = {"male": self.male, "female": 1 - self.male}
        return {sex: share for sex, share in found.items() if share > 0}


class SimulatedPopulation(Labelled):
    """Whom the answers to one instrument may be made up for."""

    people: People
    severity: Mapping[SimulatedSex, Severity]
    sources: _Sources
    note: Text | None = None

    @model_validator(mode="after")
    def _every_sex(self) -> "SimulatedPopulation":
        missing = [sex for sex in self.people.shares if sex not in self.severity]
        if missing:
            raise ValueError(
                message("found no severity of {sex}, expected one", sex=", ".join(missing))
            )
        return self


class InstrumentSimulation(Model):
    """``instruments/<id>/simulation.yaml``: how answers to an instrument are made up."""

    items: Annotated[Mapping[str, ItemResponse], Field(min_length=1)]
    gate: Gate | None = None
    populations: Annotated[Seq[SimulatedPopulation], Field(min_length=1)]
    """The first is used when none is named."""
    sources: _Sources


class Correlation(Model):
    """How closely the severities of two instruments go together, within each sex."""

    between: Annotated[Seq[Id], Field(min_length=2, max_length=2)]
    value: Annotated[float, Field(gt=-1, lt=1)]


class SimulatedOutcome(Model):
    """Something that happens or not, by a logistic relation to the severities."""

    label: Text
    base_rate: Annotated[float, Field(gt=0, lt=1)]
    """How many it happens to, as a share of all."""
    log_odds: Annotated[Mapping[Id, _Number], Field(min_length=1)]
    """By instrument: what one unit of its severity adds to the logarithm of the odds."""


class MixedPopulation(Labelled):
    """Whom all the answers of an assessment may be made up for."""

    people: People
    severity: Annotated[Mapping[Id, Id], Field(min_length=1)]
    """By instrument: the population of it whose severity the persons have."""
    sources: _Sources
    note: Text | None = None


class AssessmentSimulation(Model):
    """``assessments/<id>/simulation.yaml``: how all the answers of an assessment are made up."""

    populations: Annotated[Seq[MixedPopulation], Field(min_length=1)]
    """The first is used when none is named."""
    correlations: Seq[Correlation] = ()
    """One for each pair of instruments."""
    outcome: SimulatedOutcome
    sources: _Sources
