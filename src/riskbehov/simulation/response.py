"""How answers come of a severity: the graded response model (Samejima 1969).

The probability of a code of rank k or higher at the severity s is
1 / (1 + exp(-a (s - b_k))), with the item's discrimination a and its thresholds b_1 < b_2 < ...
The severity of a person is the same for all items of an instrument; given it, the items are
independent, except that a gate's lowest answer settles the items behind it.

Reference: Samejima, F. (1969). Estimation of latent ability using a response pattern of graded
scores. Psychometrika Monograph 17. The formula was read in the documentation of the R package rpf.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.errors import DataError, Fault, did_you_mean
from riskbehov.i18n import Message, message
from riskbehov.library import SIMULATION
from riskbehov.models.instrument import Scale, ScoredInstrument
from riskbehov.models.simulation import InstrumentSimulation, ItemResponse
from riskbehov.yamlfile import Place, dotted

Reals: TypeAlias = npt.NDArray[np.float64]
Codes: TypeAlias = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class ItemCurve:
    """How one item is answered."""

    legal: Codes
    """Its codes, lowest first."""
    slope: float
    cuts: tuple[float, ...]
    """The thresholds times the slope: an answer passes those that it is above."""

    def probabilities(self, severity: Reals) -> Reals:
        """Return the probability of each code (columns) at each severity (rows)."""
        cuts = np.array(self.cuts)
        at_least = 1 / (1 + np.exp(cuts - self.slope * severity[:, np.newaxis]))
        ends = np.ones((len(severity), 1)), np.zeros((len(severity), 1))
        return np.hstack([ends[0], at_least]) - np.hstack([at_least, ends[1]])

    def draw(self, severity: Reals, random: np.random.Generator) -> Codes:
        """Return one answer for each severity.

        A logistic deviate is added to the severity and held against the thresholds, which has the
        probabilities above and takes one logarithm instead of an exponential for each threshold.
        """
        uniform = random.random(len(severity))
        with np.errstate(divide="ignore"):  # 0, once in 2**53: below every threshold
            reached = np.log(uniform)
        reached -= np.log1p(-uniform)
        reached += self.slope * severity
        rank = np.zeros(len(severity), np.uint8)
        for cut in self.cuts:
            rank += reached >= cut
        return self.legal[rank]


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """How one instrument is answered."""

    instrument: ScoredInstrument
    simulation: InstrumentSimulation
    curves: tuple[ItemCurve, ...]
    """In item order."""
    gate: int | None
    zeros: tuple[int, ...]
    """The items that have their lowest code where the gate has."""

    @property
    def id(self) -> str:
        """Return the id of the instrument."""
        return self.instrument.id

    def position(self, item: str) -> int:
        """Return where an item stands."""
        return next(n for n, each in enumerate(self.instrument.items) if each.id == item)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns of the items."""
        return tuple(column_name(self.instrument.id, item.id) for item in self.instrument.items)

    def draw(self, severity: Reals, random: np.random.Generator) -> Codes:
        """Return an answer of each item (rows) for each severity (columns)."""
        answers = np.array([curve.draw(severity, random) for curve in self.curves])
        if self.gate is not None:
            is_shut = answers[self.gate] == self.curves[self.gate].legal[0]
            for position in self.zeros:
                answers[position, is_shut] = self.curves[position].legal[0]
        return answers

    def marginal(self, position: int, severity: Reals) -> Reals:
        """Return the probability of each code of an item at each severity, the gate told in."""
        found = self.curves[position].probabilities(severity)
        if self.gate is not None and position in self.zeros:
            is_open = 1 - self.curves[self.gate].probabilities(severity)[:, :1]
            found *= is_open
            found[:, :1] += 1 - is_open
        return found

    def totals(self, scale: Scale, severity: Reals) -> Reals:
        """Return the probability of each total of a scale (columns) at each severity (rows).

        Exact, by adding item after item (Lord and Wingersky's recursion). Behind a gate the two
        ways through it are added.
        """
        if self.gate is None:
            return self._sums(scale, severity, range(len(self.curves)))
        chances = self.curves[self.gate].probabilities(severity)
        others = [n for n in range(len(self.curves)) if n != self.gate]
        shut, opened = chances.copy(), chances.copy()
        shut[:, 1:] = 0
        opened[:, 0] = 0
        free = [n for n in others if n not in self.zeros]
        fixed = sum(self._points(scale, n)[0] for n in self.zeros)
        by_shut = self._sums(scale, severity, free, shut, fixed)
        by_open = self._sums(scale, severity, others, opened)
        found = np.zeros((len(severity), max(by_shut.shape[1], by_open.shape[1])))
        for part in (by_shut, by_open):
            found[:, : part.shape[1]] += part
        return found

    def _sums(
        self,
        scale: Scale,
        severity: Reals,
        positions: "range | list[int]",
        gate: Reals | None = None,
        fixed: int = 0,
    ) -> Reals:
        """Return the totals of some items, with the gate's answer as probable as told."""
        found = np.zeros((len(severity), fixed + 1))
        found[:, fixed] = 1
        if gate is not None and self.gate is not None:
            found = _added(found, gate, self._points(scale, self.gate))
        for n in positions:
            found = _added(found, self.curves[n].probabilities(severity), self._points(scale, n))
        return found

    def _points(self, scale: Scale, position: int) -> tuple[int, ...]:
        """Return what each code of an item gives on a scale."""
        if self.instrument.items[position].id not in scale.items:
            return (0,) * len(self.curves[position].legal)
        codes = tuple(int(code) for code in self.curves[position].legal)
        least = scale.count_at_least
        return codes if least is None else tuple(int(code >= least) for code in codes)


def _added(sums: Reals, chances: Reals, points: tuple[int, ...]) -> Reals:
    """Return the distribution of sums with one more item."""
    found = np.zeros((len(sums), sums.shape[1] + max(points)))
    for rank, gives in enumerate(points):
        found[:, gives : gives + sums.shape[1]] += sums * chances[:, rank : rank + 1]
    return found


def column_name(instrument: str, item: str) -> str:
    """Return the name of an item's column.

    >>> column_name("responsivity-parents", "ability")
    'responsivity_parents_ability'
    """
    return f"{instrument}_{item}".replace("-", "_")


def response_of(instrument: ScoredInstrument, simulation: InstrumentSimulation) -> Response:
    """Return how an instrument is answered.

    Raises :class:`DataError` where the simulation does not go with the instrument.
    """
    faults = tuple(misfits(instrument, simulation))
    if faults:
        file = SIMULATION.format(id=instrument.id)
        raise DataError(
            [Fault(sentence, f"{file}: {dotted(place)}", place) for place, sentence in faults]
        )
    ids = [item.id for item in instrument.items]
    curves = [
        _curve(simulation.items[item.id], instrument.legal(item)) for item in instrument.items
    ]
    gate = simulation.gate
    return Response(
        instrument,
        simulation,
        tuple(curves),
        ids.index(gate.item) if gate else None,
        tuple(ids.index(id_) for id_ in gate.zeros) if gate else (),
    )


def _curve(item: ItemResponse, legal: tuple[int, ...]) -> ItemCurve:
    slope = item.discrimination
    cuts = tuple(slope * threshold for threshold in item.thresholds)
    return ItemCurve(np.array(legal, np.uint8), slope, cuts)


def misfits(
    instrument: ScoredInstrument, simulation: InstrumentSimulation
) -> Iterator[tuple[Place, Message]]:
    """Yield what of a simulation does not go with its instrument, with its place."""
    legal = {item.id: instrument.legal(item) for item in instrument.items}
    for id_ in legal:
        if id_ not in simulation.items:
            yield ("items",), message("found no item {id!r}, expected every item", id=id_)
    for id_, item in simulation.items.items():
        if id_ not in legal:
            yield ("items", id_), _no_item(id_, legal)
        elif len(item.thresholds) != len(legal[id_]) - 1:
            yield (
                ("items", id_, "thresholds"),
                message(
                    "found {found} thresholds, expected {expected}, one between each two codes",
                    found=len(item.thresholds),
                    expected=len(legal[id_]) - 1,
                ),
            )
    yield from _gate_misfits(simulation, legal)
    yield from _scale_misfits(instrument, simulation)


def _gate_misfits(
    simulation: InstrumentSimulation, legal: dict[str, tuple[int, ...]]
) -> Iterator[tuple[Place, Message]]:
    if simulation.gate is None:
        return
    if simulation.gate.item not in legal:
        yield ("gate", "item"), _no_item(simulation.gate.item, legal)
    for number, id_ in enumerate(simulation.gate.zeros):
        if id_ not in legal:
            yield ("gate", "zeros", number), _no_item(id_, legal)
        elif id_ == simulation.gate.item:
            yield (
                ("gate", "zeros", number),
                message("found the gate itself ({id}), expected other items", id=id_),
            )


def _no_item(found: str, known: dict[str, tuple[int, ...]]) -> Message:
    return message(
        "found the item {found!r}, expected one of the instrument{hint}",
        found=found,
        hint=did_you_mean(found, known),
    )


def _scale_misfits(
    instrument: ScoredInstrument, simulation: InstrumentSimulation
) -> Iterator[tuple[Place, Message]]:
    scales = {scale.id for scale in instrument.scales}
    for number, population in enumerate(simulation.populations):
        for sex, severity in population.severity.items():
            for which, prevalence in enumerate(severity.prevalence):
                if prevalence.scale not in scales:
                    yield (
                        ("populations", number, "severity", sex, "prevalence", which, "scale"),
                        message(
                            "found the scale {found!r}, expected one of the instrument{hint}",
                            found=prevalence.scale,
                            hint=did_you_mean(prevalence.scale, scales),
                        ),
                    )
