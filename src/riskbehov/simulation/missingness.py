"""Answers that are missing, by a mechanism that is known (Rubin 1976).

``mcar``: completely at random, every answer is as likely to be missing. ``mar``: at random, it
hangs on something else that is observed, the person's sex or age, or the answer to an item that is
itself never missing. ``mnar``: not at random, it hangs on the very answer that is missing, or on
the severity behind it.

Where it hangs on something, the logarithm of the odds grows by ``strength`` for each point of an
answer, each unit of severity, each ten years of age, or from a man to a woman. The share of missing
answers is the one asked for, item by item, in the whole population.

Reference: Rubin, D. B. (1976). Inference and missing data. Biometrika 63(3), 581-592.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import NamedTuple

import numpy as np

from riskbehov.errors import Fault, InputError, not_among
from riskbehov.i18n import Message, message
from riskbehov.simulation.calibration import DECIMALS, GRID, root
from riskbehov.simulation.draws import BLOCK
from riskbehov.simulation.response import Codes, Reals
from riskbehov.simulation.truth import Drawn, Truth, logistic

MECHANISMS = ("none", "mcar", "mar", "mnar")
MISSING = 255
"""In a column of codes or of words: nothing."""
SEX, AGE, ANSWER, SEVERITY = "sex", "age", "answer", "severity"
_INTERCEPTS = (-100.0, 100.0)
_ALIKE = 1e-9
_STEEPEST = 20
_DECADE = 10.0


class Asked(NamedTuple):
    """What missingness was asked for."""

    mechanism: str = "none"
    rate: float | None = None
    on: str | None = None
    strength: float | None = None


class Place(NamedTuple):
    """Where an item stands: which instrument, and which item of it."""

    part: int
    item: int


class Spread(NamedTuple):
    """The values that something may have in a population, and how common each is."""

    values: Reals
    weights: Reals

    @property
    def mean(self) -> float:
        """Return the mean."""
        return float(self.weights @ self.values)

    @property
    def deviation(self) -> float:
        """Return the standard deviation."""
        return float(np.sqrt(self.weights @ (self.values - self.mean) ** 2))


class Slope(NamedTuple):
    """How likely an answer is to be missing, by the value of what that hangs on."""

    intercept: float
    slope: float

    def chances(self, values: Reals) -> Reals:
        """Return the probability that an answer is missing, for each value."""
        return logistic(self.intercept + self.slope * values)


@dataclass(frozen=True, slots=True, eq=False)
class Missingness:
    """A mechanism made ready for a population."""

    asked: Asked
    spared: Place | None
    """The item that missingness hangs on; it is never missing."""
    slopes: Mapping[Place, Slope]
    """How each item hangs on it; none where it hangs on nothing."""

    def blank(self, drawn: Drawn, part: int, answers: Codes, random: np.random.Generator) -> None:
        """Take answers of a part away, in place; those of the truth decide which."""
        if not self.asked.rate:
            return
        for item, codes in enumerate(answers):
            place = Place(part, item)
            uniform = random.random(BLOCK)
            if place != self.spared:
                codes[uniform < self._chance(drawn, place)] = MISSING

    def _chance(self, drawn: Drawn, place: Place) -> Reals | float:
        if place not in self.slopes:
            return self.asked.rate or 0.0
        slope = self.slopes[place]
        if self.asked.on == SEVERITY:
            return slope.chances(drawn.severity[place.part])
        found: Reals = slope.chances(np.arange(256.0))[self._values(drawn, self.spared or place)]
        return found

    def _values(self, drawn: Drawn, place: Place) -> Codes:
        """Return the small whole numbers that missingness hangs on, one a row."""
        if self.asked.on == SEX:
            return (~drawn.is_male).view(np.uint8)
        return drawn.age if self.asked.on == AGE else drawn.answers[place.part][place.item]


def missingness(truth: Truth, asked: Asked) -> Missingness:
    """Return a mechanism made ready for a population.

    Raises :class:`InputError` where everyone is alike in what it is to hang on. That the rest is
    in order is for :func:`wrong_missingness` to tell first.
    """
    columns = columns_of(truth)
    spared = columns.get(asked.on or "")
    if asked.on is None or not asked.rate:
        return Missingness(asked, spared, {})
    slopes = {
        place: _slope(asked, _spread(truth, asked.on, spared or place))
        for place in columns.values()
        if place != spared
    }
    return Missingness(asked, spared, slopes)


def columns_of(truth: Truth) -> Mapping[str, Place]:
    """Return where each item stands, by the name of its column."""
    return {
        name: Place(part, item)
        for part, each in enumerate(truth.parts)
        for item, name in enumerate(each.response.names)
    }


def _slope(asked: Asked, spread: Spread) -> Slope:
    if spread.deviation < _ALIKE:
        raise InputError(
            Fault(
                message(
                    "found {on}, in which all these persons are alike, expected something in which"
                    " they differ",
                    on=asked.on,
                ),
                "missing_on",
            )
        )
    unit = _DECADE if asked.on == AGE else 1.0
    steep = (1.0 if asked.strength is None else asked.strength) / unit

    def excess(intercept: float) -> float:
        chances = Slope(intercept, steep).chances(spread.values)
        return float(spread.weights @ chances) - (asked.rate or 0.0)

    return Slope(round(root(excess, *_INTERCEPTS), DECIMALS), steep)


def _spread(truth: Truth, on: str, place: Place) -> Spread:
    """Return how what missingness hangs on is spread in the population."""
    people = truth.people
    if on == SEX:
        shares = people.shares
        return Spread(
            np.array([0.0, 1.0]), np.array([shares.get("male", 0.0), shares.get("female", 0.0)])
        )
    if on == AGE:
        ages = np.arange(people.ages.from_, people.oldest + 1.0)
        return Spread(ages, np.full(len(ages), 1 / len(ages)))
    part = truth.parts[place.part]
    weights = part.weights(people)
    if on == SEVERITY:
        return Spread(GRID, weights)
    codes = part.response.curves[place.item].legal
    return Spread(codes.astype(np.float64), weights @ part.response.marginal(place.item, GRID))


# What can be asked for


def wrong_missingness(truth: Truth, asked: Asked) -> Iterator[Fault]:
    """Yield everything that is wrong with what was asked for."""
    if asked.mechanism not in MECHANISMS:
        known = message("a mechanism")
        yield Fault(not_among(str(asked.mechanism), MECHANISMS, known), "missing")
        return
    takes = _takes(asked.mechanism, truth)
    for name, found in zip(Asked._fields[1:], asked[1:], strict=True):
        if found is not None and name not in takes:
            yield Fault(_needless(asked.mechanism, name, truth), f"missing_{name}")
    if "rate" in takes and not is_share(asked.rate):
        found = "-" if asked.rate is None else asked.rate
        yield Fault(
            message("found {found}, expected a share from 0 to 1", found=found), "missing_rate"
        )
    is_given = asked.strength is not None and "strength" in takes
    if is_given and not (isinstance(asked.strength, Real) and abs(asked.strength) <= _STEEPEST):
        yield Fault(
            message(
                "found {found}, expected a number from {low} to {high}",
                found=asked.strength,
                low=-_STEEPEST,
                high=_STEEPEST,
            ),
            "missing_strength",
        )
    if "on" in takes and asked.on not in takes["on"]:
        kind = message("what {mechanism} may hang on", mechanism=asked.mechanism)
        yield Fault(not_among(str(asked.on or "-"), takes["on"], kind), "missing_on")


def is_share(found: object) -> bool:
    """Tell whether something is a share: a number from 0 to 1."""
    return isinstance(found, Real) and 0 <= float(found) <= 1


def _takes(mechanism: str, truth: Truth) -> Mapping[str, tuple[str, ...]]:
    """Return what may be said of a mechanism, and the words that may stand there."""
    match mechanism:
        case "mcar":
            return {"rate": ()}
        case "mar":
            return {"rate": (), "strength": (), "on": (SEX, AGE, *columns_of(truth))}
        case "mnar":
            return {"rate": (), "strength": (), "on": (ANSWER, SEVERITY)}
        case _:
            return {}


def _needless(mechanism: str, name: str, truth: Truth) -> Message:
    known = [each for each in MECHANISMS if name in _takes(each, truth)]
    return message(
        "found it with the mechanism {found}, expected it only with {known}; leave it out, or"
        " choose another mechanism",
        found=mechanism,
        known=", ".join(known),
    )
