"""Who gets which insats where places are limited: as many targets covered as can be, exactly.

A person needs one place of an insats however many of her targets it covers, and of insatser that
are alternatives to each other she gets one. What of a person's targets hangs together, by an insats
or by such alternatives, is one piece; equal pieces of many persons are one with a count, and what
is chosen is how many of them get each bundle of insatser. That is an integer program, solved by
HiGHS (Huangfu & Hall 2018, Mathematical Programming Computation 10, 119-142).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple, TypeAlias

import numpy as np

from riskbehov.groups.program import Numbers, Program, Row
from riskbehov.planning.aims import Aim


class Need(NamedTuple):
    """A target, or a part of one, and the insatser that could cover it."""

    aim: Aim
    insatser: frozenset[str]


Needs: TypeAlias = frozenset[Need]
"""The needs of one person, or a piece of them."""
Places: TypeAlias = Mapping[str, int | None]
"""What is offered, with how many places; nothing where as many can have it as need it."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """How many have each aim covered."""

    covered: Mapping[Aim, int]

    @property
    def total(self) -> int:
        """Return how many targets are covered."""
        return sum(self.covered.values())


class _Choice(NamedTuple):
    """Some insatser for a piece, and the aims that they cover."""

    insatser: frozenset[str]
    covers: frozenset[Aim]


def assign(
    persons: Mapping[Needs, int],
    places: Places,
    alternatives: Mapping[str, str | None],
    *,
    order: Sequence[Aim] = (),
) -> Assignment:
    """Return an assignment that covers the most targets.

    ``persons`` counts those with the same needs; ``alternatives`` gives for an insats the group of
    which a person gets one. Where several assignments cover as many, the one that covers the first
    of ``order`` most is taken, then the second, and so on.
    """
    problem = _Problem(persons, places, alternatives)
    values = problem.best()
    for aim in order:
        values = problem.then(aim, values)
    return Assignment(problem.covered(values))


def fewest_places(
    persons: Mapping[Needs, int],
    places: Places,
    alternatives: Mapping[str, str | None],
    insats: str,
) -> int:
    """Return how few can have an insats where the most targets are covered."""
    problem = _Problem(persons, places, alternatives, priced=insats)
    problem.best()
    return problem.least_of(insats)


class _Problem:
    """The integer program, with what was covered before anything was to be chosen."""

    def __init__(
        self,
        persons: Mapping[Needs, int],
        places: Places,
        alternatives: Mapping[str, str | None],
        priced: str | None = None,
    ) -> None:
        self._free: Counter[Aim] = Counter()
        pieces: Counter[Needs] = Counter()
        open_ = {i for i, n in places.items() if n is None and not alternatives.get(i)} - {priced}
        for needs, count in persons.items():
            left = set()
            for need in needs:
                if need.insatser & open_:
                    self._free[need.aim] += count
                elif offered := need.insatser.intersection(places):
                    left.add(Need(need.aim, offered))
            for piece in _pieces(left, alternatives):
                pieces[piece] += count
        self._columns: list[_Choice] = []
        most: list[int] = []
        rows: list[Row] = []
        for piece, count in pieces.items():
            first = len(self._columns)
            self._columns += _choices(piece, places, alternatives, priced)
            columns = range(first, len(self._columns))
            most += [count] * len(columns)
            rows.append(Row(columns, [1.0] * len(columns), 0.0, float(count)))
        for insats, limit in places.items():
            using = [n for n, choice in enumerate(self._columns) if insats in choice.insatser]
            if limit is not None and using:
                rows.append(Row(using, [1.0] * len(using), 0.0, float(limit)))
        self._gains = np.array([float(len(choice.covers)) for choice in self._columns])
        self._program = (
            Program(np.zeros(len(most)), np.array(most, dtype=np.float64), rows, is_whole=True)
            if most
            else None
        )

    def best(self) -> Numbers:
        """Return the choices that cover the most; from then on, as much must be covered."""
        return self._keep(self._gains)

    def then(self, aim: Aim, values: Numbers) -> Numbers:
        """Return the choices that cover one aim most; from then on, as much must be covered."""
        gains = np.array([float(aim in choice.covers) for choice in self._columns])
        return self._keep(gains) if gains.any() else values

    def least_of(self, insats: str) -> int:
        """Return how few can have an insats."""
        cost = np.array([float(insats in choice.insatser) for choice in self._columns])
        found = self._program.least(cost) if self._program else None
        return round(found.cost) if found else 0

    def covered(self, values: Numbers) -> dict[Aim, int]:
        """Return how many have each aim covered."""
        found = Counter(self._free)
        for choice, value in zip(self._columns, values, strict=True):
            for aim in choice.covers if value else ():
                found[aim] += round(value)
        return dict(found)

    def _keep(self, gains: Numbers) -> Numbers:
        if self._program is None:
            return np.zeros(0)
        found = self._program.least(-gains)
        if found is None:
            raise RuntimeError("nothing at all is an assignment too")
        using = [int(n) for n in np.flatnonzero(gains)]
        # Whole numbers: half a one below is as good as none, and safe from rounding.
        self._program.require(Row(using, gains[using].tolist(), -found.cost - 0.5, np.inf))
        return found.values


def _pieces(needs: Iterable[Need], alternatives: Mapping[str, str | None]) -> Iterator[Needs]:
    """Yield the needs that hang together: by an insats, or by alternatives of one group."""
    pieces: list[tuple[set[Need], set[str]]] = []
    for need in needs:
        ties = {
            *need.insatser,
            *(f"one of {g}" for i in need.insatser if (g := alternatives.get(i))),
        }
        held = {need}
        apart = []
        for piece, tied in pieces:
            if tied & ties:
                held |= piece
                ties |= tied
            else:
                apart.append((piece, tied))
        pieces = [*apart, (held, ties)]
    return (frozenset(piece) for piece, _ in pieces)


def _choices(
    piece: Needs, places: Places, alternatives: Mapping[str, str | None], priced: str | None
) -> list[_Choice]:
    """Return the bundles that may be best for a piece.

    Of a bundle none can be spared, and no other one covers the same with fewer limited places.
    """
    options = sorted({insats for need in piece for insats in need.insatser})
    covers = {i: frozenset(need.aim for need in piece if i in need.insatser) for i in options}
    found: list[_Choice] = []
    for size in range(1, min(len(piece), len(options)) + 1):
        for bundle in combinations(options, size):
            groups = [group for i in bundle if (group := alternatives.get(i))]
            if len(groups) == len(set(groups)) and _is_lean(bundle, covers):
                covered = frozenset[Aim]().union(*(covers[i] for i in bundle))
                found.append(_Choice(frozenset(bundle), covered))
    limited = {i for i in options if places[i] is not None or i == priced}
    return [one for one in found if not any(_beats(other, one, limited) for other in found)]


def _is_lean(bundle: Sequence[str], covers: Mapping[str, frozenset[Aim]]) -> bool:
    """Tell whether each insats of a bundle covers something that no other one does."""
    held = Counter(aim for insats in bundle for aim in covers[insats])
    return all(any(held[aim] == 1 for aim in covers[insats]) for insats in bundle)


def _beats(other: _Choice, one: _Choice, limited: Collection[str]) -> bool:
    """Tell whether a bundle covers all that another does, with no limited place more."""
    spent, scarce = other.insatser & set(limited), one.insatser & set(limited)
    if not (other.covers >= one.covers and spent <= scarce):
        return False
    is_more = other.covers > one.covers or spent < scarce
    return is_more or sorted(other.insatser) < sorted(one.insatser)
