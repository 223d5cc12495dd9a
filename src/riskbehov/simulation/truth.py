"""The truth behind made-up answers: who the persons are, how severe, what they would answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from riskbehov.errors import DataError, Fault, InputError, not_among, unknown_id
from riskbehov.i18n import Message, message
from riskbehov.library import ASSESSMENT_SIMULATION, SIMULATION, Library
from riskbehov.models.instrument import RecordedMethod
from riskbehov.models.simulation import (
    SIMULATED_SEXES,
    InstrumentSimulation,
    MixedPopulation,
    People,
    SimulatedOutcome,
    SimulatedPopulation,
    SimulatedSex,
)
from riskbehov.simulation.calibration import DECIMALS, GRID, Normal, root, severities
from riskbehov.simulation.correlation import correlation_matrix, factored, mismatches
from riskbehov.simulation.draws import BLOCK, stream
from riskbehov.simulation.response import Codes, Reals, Response, response_of
from riskbehov.yamlfile import Place, dotted

P = TypeVar("P", SimulatedPopulation, MixedPopulation)
Flags: TypeAlias = npt.NDArray[np.bool_]
SEVERITY_DECIMALS = 3
RISK_DECIMALS = 4
_INTERCEPTS = (-60.0, 60.0)
_FAR = 500.0
"""Beyond these logarithms of odds nothing is left to tell from certainty."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One instrument in the truth: how severe the persons are, and how they answer."""

    response: Response
    population: SimulatedPopulation
    severity: Mapping[SimulatedSex, Normal]

    @property
    def id(self) -> str:
        """Return the id of the instrument."""
        return self.response.id

    def weights(self, people: People) -> Reals:
        """Return how many of some people are at each point of the grid of severities."""
        found: Reals = np.zeros(len(GRID))
        for sex, share in people.shares.items():
            found += share * self.severity[sex].weights()
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What happens or not: the weight of each severity, and what gives the base rate."""

    told: SimulatedOutcome
    intercept: float
    weights: tuple[float, ...]
    """One for each part."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A block of persons as they truly are, one number a row."""

    is_male: Flags
    age: Codes
    severity: tuple[Reals, ...]
    answers: tuple[Codes, ...]
    """For each part the complete answers: items by rows."""
    risk: Reals | None
    """How probable the outcome was made."""
    outcome: Codes | None


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """All that is settled of persons before anything is missing or wrong."""

    id: str
    population: SimulatedPopulation | MixedPopulation
    parts: tuple[Part, ...]
    mixing: tuple[tuple[float, ...], ...]
    """The lower triangle that gives independent severities their correlations."""
    outcome: Outcome | None

    @property
    def people(self) -> People:
        """Return who the persons are."""
        return self.population.people

    def draw(self, seed: int, block: int) -> Drawn:
        """Return a block of persons; a full one always."""
        random = stream(seed, "people", block)
        is_male = random.random(BLOCK) < self.people.male
        age = _ages(self.people, random.random(BLOCK))
        severity = tuple(self._severities(seed, block, is_male))
        answers = tuple(
            part.response.draw(values, stream(seed, f"answers {part.id}", block))
            for part, values in zip(self.parts, severity, strict=True)
        )
        risk = self._risk(severity)
        outcome = (
            None
            if risk is None
            else (stream(seed, "outcome", block).random(BLOCK) < risk).astype(np.uint8)
        )
        return Drawn(is_male, age, severity, answers, risk, outcome)

    def _severities(self, seed: int, block: int, is_male: Flags) -> Iterator[Reals]:
        """Yield each part's severity: rounded first, so that what is told is what was used."""
        independent = [
            stream(seed, f"severity {part.id}", block).standard_normal(BLOCK) for part in self.parts
        ]
        for part, factors in zip(self.parts, self.mixing, strict=True):
            standard = np.zeros(BLOCK)
            for factor, values in zip(factors, independent, strict=False):
                standard += factor * values
            mean, spread = (
                np.where(is_male, *(getattr(_of(part, sex), name) for sex in SIMULATED_SEXES))
                for name in Normal._fields
            )
            yield np.round(mean + spread * standard, SEVERITY_DECIMALS)

    def _risk(self, severity: Sequence[Reals]) -> Reals | None:
        if self.outcome is None:
            return None
        odds = np.full(BLOCK, self.outcome.intercept)
        for weight, values in zip(self.outcome.weights, severity, strict=True):
            odds += weight * values
        return np.round(logistic(odds), RISK_DECIMALS)


def _of(part: Part, sex: SimulatedSex) -> Normal:
    """Return the severity of a sex, anything at all for one that there are none of."""
    return part.severity.get(sex, Normal(0.0, 0.0))


def _ages(people: People, uniform: Reals) -> Codes:
    span = people.oldest - people.ages.from_ + 1
    return (people.ages.from_ + np.floor(uniform * span)).astype(np.uint8)


def logistic(values: Reals) -> Reals:
    """Return the probabilities of logarithms of odds."""
    found: Reals = 1 / (1 + np.exp(-np.clip(values, -_FAR, _FAR)))
    return found


# From the data files


def truth_of(id_: str, library: Library, *, population: str | None = None) -> Truth:
    """Return the truth about a population of an instrument or an assessment.

    The first population is taken where none is named. Raises :class:`UnknownIdError` for what is
    neither, :class:`InputError` for what cannot be simulated and for an unknown population, and
    :class:`DataError` for data files that do not go together.
    """
    is_instrument, is_assessment = id_ in library.instrument_ids, id_ in library.assessment_ids
    if is_instrument and is_assessment:
        raise InputError(
            Fault(
                message(
                    "both an instrument and an assessment have the id {id!r}, expected only one of"
                    " them; rename one",
                    id=id_,
                )
            )
        )
    if is_instrument:
        return _of_instrument(id_, library, population)
    if is_assessment:
        return _of_assessment(id_, library, population)
    known = {i for i in library.scored_ids if library.simulation(i)} | {
        a for a in library.assessment_ids if library.assessment_simulation(a)
    }
    raise unknown_id(message("instrument or assessment"), id_, known)


def _of_instrument(id_: str, library: Library, population: str | None) -> Truth:
    if isinstance(library.instrument(id_), RecordedMethod):
        raise InputError(
            Fault(
                message(
                    "{id!r} is a method whose result is recorded: its items are not here, so no"
                    " answers can be made up; simulate an instrument that is scored here",
                    id=id_,
                )
            )
        )
    response = _response(id_, library)
    found = _population(id_, response.simulation.populations, population)
    part = Part(response, found, severities(response, found))
    return Truth(id_, found, (part,), ((1.0,),), None)


def _response(id_: str, library: Library) -> Response:
    return response_of(library.scored(id_), _told(id_, library))


def _told(id_: str, library: Library) -> InstrumentSimulation:
    found = library.simulation(id_)
    if found is None:
        raise InputError(Fault(_untold(id_, SIMULATION)))
    return found


def _untold(id_: str, file: str) -> Message:
    return message(
        "nothing tells how answers to {id!r} are made up, expected {file}; see docs/datafiler.md",
        id=id_,
        file=file.format(id=id_),
    )


def _population(id_: str, known: Sequence[P], named: str | None) -> P:
    by_id = {population.id: population for population in known}
    if named is None:
        return known[0]
    if named not in by_id:
        kind = message("a population of {id}", id=id_)
        raise InputError(Fault(not_among(str(named), by_id, kind), "population"))
    return by_id[named]


def _of_assessment(id_: str, library: Library, population: str | None) -> Truth:
    assessment = library.assessment(id_)
    if not assessment.instruments:
        raise InputError(
            Fault(
                message(
                    "the assessment {id!r} has no instrument that is scored, so there are no"
                    " answers to make up; simulate another one",
                    id=id_,
                )
            )
        )
    told = library.assessment_simulation(id_)
    if told is None:
        raise InputError(Fault(_untold(id_, ASSESSMENT_SIMULATION)))
    known = {i: _told(i, library) for i in assessment.instruments}
    _require(id_, tuple(mismatches(assessment, told, known)))
    found = _population(id_, told.populations, population)
    parts = tuple(_part(i, found, library) for i in assessment.instruments)
    mixing = factored(correlation_matrix(assessment.instruments, told.correlations))
    return Truth(
        id_, found, parts, mixing or (), _outcome(told.outcome, parts, found, mixing or ())
    )


def _require(id_: str, faults: Sequence[tuple[Place, Message]]) -> None:
    if faults:
        file = ASSESSMENT_SIMULATION.format(id=id_)
        raise DataError(
            [Fault(sentence, f"{file}: {dotted(place)}", place) for place, sentence in faults]
        )


def _part(id_: str, population: MixedPopulation, library: Library) -> Part:
    response = _response(id_, library)
    own = _population(id_, response.simulation.populations, population.severity[id_])
    return Part(response, own, severities(response, own))


def _outcome(
    told: SimulatedOutcome,
    parts: Sequence[Part],
    population: MixedPopulation,
    mixing: Sequence[Sequence[float]],
) -> Outcome:
    """Return the outcome with the intercept that gives its base rate."""
    weights = tuple(told.log_odds.get(part.id, 0.0) for part in parts)
    standard = Normal(0.0, 1.0).weights()
    groups = [
        (share, _odds(sex, parts, weights, mixing))
        for sex, share in population.people.shares.items()
    ]

    def excess(intercept: float) -> float:
        rates = (
            share * float(standard @ logistic(intercept + odds.mean + odds.spread * GRID))
            for share, odds in groups
        )
        return sum(rates) - told.base_rate

    return Outcome(told, round(root(excess, *_INTERCEPTS), DECIMALS), weights)


def _odds(
    sex: SimulatedSex,
    parts: Sequence[Part],
    weights: Sequence[float],
    mixing: Sequence[Sequence[float]],
) -> Normal:
    """Return how the logarithm of the odds is distributed within a sex, without intercept."""
    mean = sum(w * _of(part, sex).mean for w, part in zip(weights, parts, strict=True))
    along = [
        sum(
            w * _of(part, sex).spread * factors[axis]
            for w, part, factors in zip(weights, parts, mixing, strict=True)
            if axis < len(factors)
        )
        for axis in range(len(parts))
    ]
    return Normal(mean, sqrt(sum(length**2 for length in along)))
