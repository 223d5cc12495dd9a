"""Severities that give published shares: found by number, the same on every run.

Nothing is drawn here. The share of a group at or above a limit is an integral over its normally
distributed severity, taken on a fixed grid; the mean and the spread are found by halving.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from riskbehov.errors import DataError, Fault
from riskbehov.i18n import Message, message
from riskbehov.library import SIMULATION
from riskbehov.models.simulation import Prevalence, Severity, SimulatedPopulation, SimulatedSex
from riskbehov.simulation.response import Reals, Response

STEP = 0.02
"""Of the grid; with a spread of at least 0.1 the error of the integral is below 1e-9."""
GRID: Reals = np.arange(-1250, 1251, dtype=np.float64) * STEP
_MEANS = (-12.0, 12.0)
_SPREADS = (0.1, 5.0)
_HALVINGS = 50
_CLOSE = 1e-6
DECIMALS = 6
"""What is found is rounded, so that the last bits of a processor's arithmetic change nothing."""


class Normal(NamedTuple):
    """A normally distributed severity."""

    mean: float
    spread: float

    def weights(self) -> Reals:
        """Return how much of the group is at each point of the grid."""
        found: Reals = np.exp(-(((GRID - self.mean) / self.spread) ** 2) / 2)
        found /= found.sum()
        return found


def severities(
    response: Response, population: SimulatedPopulation
) -> Mapping[SimulatedSex, Normal]:
    """Return the severity of each sex of a population.

    Raises :class:`DataError` for published shares that no severity gives.
    """
    return {
        sex: _required(found, f"{population.id}.severity.{sex}", response)
        for sex, severity in population.severity.items()
        for found in (calibrated(response, severity),)
    }


def _required(found: Normal | None, where: str, response: Response) -> Normal:
    if found is None:
        file = SIMULATION.format(id=response.instrument.id)
        raise DataError(Fault(UNREACHABLE, f"{file}: populations: {where}"))
    return found


UNREACHABLE: Message = message(
    "no severity gives the shares under prevalence, expected shares that these items can give"
)


def calibrated(response: Response, severity: Severity) -> Normal | None:
    """Return a severity that gives the shares told; nothing where there is none."""
    if severity.mean is not None and severity.spread is not None:
        return Normal(severity.mean, severity.spread)
    highest_first = sorted(severity.prevalence, key=lambda p: -p.at_least)
    tails = [_tail(response, prevalence) for prevalence in highest_first]
    shares = [prevalence.share for prevalence in highest_first]
    found = (
        _mean(tails[0], shares[0], severity.spread)
        if severity.spread is not None
        else _mean_and_spread(tails, shares)
    )
    found = Normal(round(found.mean, DECIMALS), round(found.spread, DECIMALS))
    pairs = zip(tails, shares, strict=True)
    return found if all(abs(_share(tail, found) - aim) < _CLOSE for tail, aim in pairs) else None


def share(response: Response, prevalence: Prevalence, severity: Normal) -> float:
    """Return how large a share of a group is at or above a limit, exactly."""
    return _share(_tail(response, prevalence), severity)


def _tail(response: Response, prevalence: Prevalence) -> Reals:
    """Return the probability of so many points or more, at each point of the grid."""
    scale = next(s for s in response.instrument.scales if s.id == prevalence.scale)
    found: Reals = response.totals(scale, GRID)[:, prevalence.at_least :].sum(axis=1)
    return found


def _share(tail: Reals, severity: Normal) -> float:
    return float(severity.weights() @ tail)


def _mean(tail: Reals, aim: float, spread: float) -> Normal:
    """Return the severity with this spread that gives a share; it grows with the mean."""
    mean = root(lambda m: _share(tail, Normal(m, spread)) - aim, *_MEANS)
    return Normal(mean, spread)


def _mean_and_spread(tails: list[Reals], shares: list[float]) -> Normal:
    """Return the severity that gives both shares.

    With the share at the higher limit held, the wider the spread the smaller the other.
    """

    def beyond(spread: float) -> float:
        return shares[1] - _share(tails[1], _mean(tails[0], shares[0], spread))

    return _mean(tails[0], shares[0], root(beyond, *_SPREADS))


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where a rising function passes zero, or the end nearest to that."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if function(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
