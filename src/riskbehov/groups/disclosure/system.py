"""Numbers that hang together by sums, and what a reader who knows some can work out of the rest."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from riskbehov.groups.program import EPSILON, Numbers, Program, Row


@dataclass(frozen=True, slots=True)
class System:
    """Numbers, the bounds that everyone knows of each, and sums of them that are always zero."""

    values: list[float] = field(default_factory=list)
    """What each number is, or may be where it is not known."""
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    sums: list[tuple[tuple[int, ...], tuple[float, ...]]] = field(default_factory=list)
    """Places of numbers with their factors; added up they are zero."""

    def add(self, value: float, low: float, high: float) -> int:
        """Add a number and return its place."""
        self.values.append(float(value))
        self.low.append(float(low))
        self.high.append(float(high))
        return len(self.values) - 1

    def total(self, whole: int, parts: Iterable[int]) -> None:
        """Say that some numbers add up to another."""
        held = tuple(parts)
        self.sums.append(((*held, whole), (*(1.0 for _ in held), -1.0)))

    def at_most(self, less: Sequence[int], more: Sequence[int], most: float) -> None:
        """Say that some numbers add up to no more than some others do; ``most`` bounds the gap."""
        gap = sum(self.values[n] for n in more) - sum(self.values[n] for n in less)
        slack = self.add(gap, 0.0, most)
        factors = (*(1.0 for _ in less), 1.0, *(-1.0 for _ in more))
        self.sums.append(((*less, slack, *more), factors))

    def settle(self, fixed: Mapping[int, float]) -> bool:
        """Give the numbers values that go with some that are ``fixed``; tell if there are any."""
        low, high = np.array(self.low), np.array(self.high)
        places = list(fixed)
        low[places] = high[places] = list(fixed.values())
        found = Program(low, high, self.rows()).least(np.zeros(len(low)))
        if found is not None:
            self.values[:] = found.values.tolist()
        return found is not None

    def reach(self, numbers: Iterable[int], level: float) -> list[float] | None:
        """Return values at which as many ``numbers`` as can be come near or over a level."""
        low, high, rows = list(self.low), list(self.high), self.rows()
        counted = []
        for number in numbers:
            counted.append(len(low))
            low.append(0.0)
            high.append(level)
            rows.append(Row((number, counted[-1]), (1.0, -1.0), 0.0, math.inf))
        cost = np.zeros(len(low))
        cost[counted] = -1.0
        found = Program(np.array(low), np.array(high), rows).least(cost)
        return None if found is None else found.values[: len(self.values)].tolist()

    def rows(self) -> list[Row]:
        """Return the sums as rows of a program over the numbers themselves."""
        return [Row(columns, factors, 0.0, 0.0) for columns, factors in self.sums]


@dataclass(frozen=True, slots=True)
class Goal:
    """A number that must not be told: between which ends it must be possible for a reader."""

    number: int
    low: float
    high: float
    is_signed: bool = False
    """Whether it is a difference that may go either way: then no ends that are ``high - low``
    apart tell it, wherever they are."""
    is_zero_open: bool = False
    """Whether it may be told that it is zero."""

    def is_met(self, least: float, most: float) -> bool:
        """Tell whether the ends that a reader can work out leave the number untold.

        A number that is at least ``high`` wherever it is tells nothing that must be hidden.
        """
        if self.is_covered(least, most) or least >= self.high - EPSILON:
            return True
        zero = self.is_zero_open and least >= -EPSILON and most <= EPSILON
        return zero or (self.is_signed and most <= -self.high + EPSILON)

    def is_covered(self, least: float, most: float) -> bool:
        """Tell whether some ends, however much wider they may be, leave the number untold."""
        if self.is_signed:
            return most - least >= self.high - self.low - EPSILON
        return least <= self.low + EPSILON and most >= self.high - EPSILON


class Reader:
    """Someone who knows some numbers of a system and works out the ends of the others.

    ``cells`` are the numbers that may be told, each with the loss where it is not; ``told`` are
    those that are. A number with no loss and not told is never told.
    """

    def __init__(self, system: System, cells: Mapping[int, float], told: Collection[int]) -> None:
        """Take the system, and what is told of it."""
        self._values = np.array(system.values)
        self._cells = dict(cells)
        self.told = set(told)
        size = len(system.values)
        self._plus = np.arange(size)
        self._minus = np.full(size, -1)
        apart = sorted(self._cells)
        self._minus[apart] = size + np.arange(len(apart))
        down, up = np.array(system.low) - self._values, np.array(system.high) - self._values
        self._low = np.concatenate([down, np.zeros(len(apart))])
        self._high = np.concatenate([up, -down[apart]])
        self._low[apart] = 0.0
        self._points = [np.zeros(size)]
        self._program = Program(self._low, self._high, [*map(self._row, system.rows())])

    def _row(self, row: Row) -> Row:
        """Return a row over the steps up and down from the values."""
        columns, factors = list(row.columns), list(row.factors)
        for number, factor in zip(row.columns, row.factors, strict=True):
            if self._minus[number] >= 0:
                columns.append(int(self._minus[number]))
                factors.append(-factor)
        return Row(columns, factors, row.low, row.high)

    def ends(self, number: int) -> tuple[float, float]:
        """Return the least and the most that a number may be by all that is told."""
        return self._end([number], -1), self._end([number], 1)

    def unmet(self, goals: Iterable[Goal]) -> list[Goal]:
        """Return the goals of which a reader can work out too much.

        First points are looked for that are far out for many numbers at once; what they do not
        settle is asked number by number.
        """
        return [goal for goal in self.spread(goals) if not self.is_met(goal)]

    def spread(self, goals: Iterable[Goal]) -> list[Goal]:
        """Look for points that are far out for many numbers at once; return what they leave."""
        left = [goal for goal in goals if not self._is_seen(goal)]
        for way in (-1, 1):
            waiting = left
            while len(waiting) > 1:
                self._end([goal.number for goal in waiting], way)
                before, waiting = len(waiting), [g for g in waiting if not self._is_out(g, way)]
                if len(waiting) > before / 2:
                    break
            left = [goal for goal in left if not self._is_seen(goal)]
        return left

    def points(self) -> list[Numbers]:
        """Return the values that all numbers had at every point that was found."""
        return [self._values + point for point in self._points]

    def is_met(self, goal: Goal) -> bool:
        """Tell whether a number is untold."""
        return self._is_seen(goal) or goal.is_met(*self.ends(goal.number))

    def _is_seen(self, goal: Goal) -> bool:
        """Tell whether points that were found before show that a number is untold."""
        return goal.is_covered(*self.seen(goal.number))

    def _is_out(self, goal: Goal, way: int) -> bool:
        least, most = self.seen(goal.number)
        return most >= goal.high - EPSILON if way > 0 else least <= goal.low + EPSILON

    def seen(self, number: int) -> tuple[float, float]:
        """Return the least and the most that a number was at the points that were found."""
        steps = [point[number] for point in self._points]
        value = float(self._values[number])
        return value + min(steps), value + max(steps)

    def meet(self, goal: Goal) -> bool:
        """Hold back what costs least so that a number is untold; tell whether that can be."""
        number = goal.number
        if goal.is_signed:
            value, width = float(self._values[number]), goal.high - goal.low
            return self._open(number, 1, value + width) or self._open(number, -1, value - width)
        return self._reach(number, -1, goal.low) and self._reach(number, 1, goal.high)

    def _reach(self, number: int, way: int, level: float) -> bool:
        """Let a number be as far out as ``level``, if it is not yet; tell whether it can be."""
        reached = self._end([number], way)
        return way * reached >= way * level - EPSILON or self._open(number, way, level)

    def tell(self, number: int) -> list[Numbers]:
        """Tell a number, and return the points as they were, for :meth:`hold`."""
        before = self._points
        self.told.add(number)
        self._points = [point for point in before if abs(point[number]) < EPSILON]
        return before

    def hold(self, number: int, points: list[Numbers]) -> None:
        """Hold a number back again."""
        self.told.discard(number)
        self._points = points

    def _bounds(self, open_: Collection[int] = ()) -> tuple[Numbers, Numbers]:
        """Return the bounds of all columns: none for what is told, but of what is ``open_``."""
        low, high = self._low.copy(), self._high.copy()
        closed = [n for n in self.told if n not in open_]
        low[closed] = high[closed] = 0.0
        apart = [c for c in self._minus[closed] if c >= 0]
        high[apart] = 0.0
        return low, high

    def _end(self, numbers: Sequence[int], way: int) -> float:
        """Return how far numbers may go together, up or down."""
        cost = np.zeros(len(self._low))
        cost[self._plus[numbers]] = -way
        apart = self._minus[numbers]
        cost[apart[apart >= 0]] = way
        self._program.bound(*self._bounds())
        return float((self._values + self._solve(cost))[numbers].sum())

    def _solve(self, cost: Numbers) -> Numbers:
        found = self._program.least(cost)
        if found is None:
            raise RuntimeError("the numbers of a table contradict each other")
        point = self._steps(found.values)
        self._points.append(point)
        return point

    def _steps(self, columns: Numbers) -> Numbers:
        steps: Numbers = columns[self._plus].copy()
        apart = self._minus >= 0
        steps[apart] -= columns[self._minus[apart]]
        return steps

    def _open(self, number: int, way: int, level: float) -> bool:
        """Hold back the cells by which a number reaches ``level`` at the least loss."""
        low, high = self._bounds(open_=self._cells)
        need = level - float(self._values[number])
        plus, minus = int(self._plus[number]), int(self._minus[number])
        if minus < 0:
            low[plus], high[plus] = (need, high[plus]) if way > 0 else (low[plus], need)
        elif way > 0:
            low[plus], high[minus] = need, 0.0
        else:
            low[minus], high[plus] = -need, 0.0
        if np.any(low > high + EPSILON):
            return False
        cost = np.zeros(len(low))
        for cell in self._cells:
            if cell in self.told:
                cost[[self._plus[cell], self._minus[cell]]] = self._cells[cell]
        self._program.bound(low, np.maximum(low, high))
        found = self._program.least(cost)
        if found is None:
            return False
        steps = self._steps(found.values)
        self.told -= {cell for cell in self._cells if abs(steps[cell]) > EPSILON}
        self._points.append(steps)
        return True


def protect(
    system: System,
    cells: Mapping[int, float],
    *,
    held: Collection[int],
    known: Collection[int],
    goals: Sequence[Goal],
) -> frozenset[int] | None:
    """Return which cells to hold back so that every goal is met; nothing if that cannot be.

    ``held`` are cells that are held back whatever else is, ``known`` numbers that are no cells but
    told already. For each number that can be worked
    out, the cells are found over which it can be moved at the least loss, by a linear program, and
    held back (Zayatz 1992, US Bureau of the Census RR-92/02; the exact model is that of Fischetti
    & Salazar 2001, Solving the cell suppression problem on tabular data with linear constraints).
    Then every cell that was held back for another's sake is told again where all goals allow it.
    """
    reader = Reader(system, cells, [*known, *(cell for cell in cells if cell not in held)])
    for _ in range(len(cells) + 1):
        left = reader.unmet(goals)
        if not left:
            break
        if not all(reader.is_met(goal) or reader.meet(goal) for goal in left):
            return None
    spare = [cell for cell in cells if cell not in reader.told and cell not in held]
    asked = list(goals)
    for cell in sorted(spare, key=lambda cell: (-cells[cell], cell)):
        points = reader.tell(cell)
        undone = next((goal for goal in asked if not reader.is_met(goal)), None)
        if undone is not None:
            reader.hold(cell, points)
            asked.remove(undone)  # asked first from now on: it is likely to be undone again
            asked.insert(0, undone)
    return frozenset(cell for cell in cells if cell not in reader.told)


def unmet(system: System, told: Collection[int], goals: Iterable[Goal]) -> Iterator[Goal]:
    """Yield the goals that a reader of what is told can undo, over the whole system at once.

    What is told falls out of the sums, and what no sum ties together is looked at by itself.
    """
    by_part: dict[int, list[Goal]] = {}
    roots = _parts(system, told)
    fixed = set(told)
    for goal in goals:
        if goal.number in fixed:
            value = system.values[goal.number]
            if not goal.is_met(value, value):
                yield goal
        else:
            by_part.setdefault(roots[goal.number], []).append(goal)
    members: dict[int, list[int]] = {root: [] for root in by_part}
    for number, root in roots.items():
        if root in members:
            members[root].append(number)
    sums: dict[int, list[int]] = {}
    for place, (columns, _) in enumerate(system.sums):
        for column in columns:
            if column not in fixed:
                sums.setdefault(roots[column], []).append(place)
                break
    for root, asked in by_part.items():
        yield from _unmet_in(system, members[root], sums.get(root, []), asked)


def _unmet_in(
    system: System, members: Sequence[int], sums: Sequence[int], goals: Sequence[Goal]
) -> Iterator[Goal]:
    """Yield the goals of one part of a system that are not met."""
    places = {number: place for place, number in enumerate(members)}
    part = System(
        [system.values[n] for n in members],
        [system.low[n] for n in members],
        [system.high[n] for n in members],
    )
    for place in sums:
        held = [(places[c], f) for c, f in zip(*system.sums[place], strict=True) if c in places]
        part.sums.append((tuple(c for c, _ in held), tuple(f for _, f in held)))
    moved = {replace(goal, number=places[goal.number]): goal for goal in goals}
    yield from (moved[goal] for goal in Reader(part, {}, ()).unmet(moved))


def _parts(system: System, told: Collection[int]) -> dict[int, int]:
    """Return for each untold number the least number that sums tie it to."""
    fixed = set(told)
    above = {n: n for n in range(len(system.values)) if n not in fixed}

    def root(number: int) -> int:
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    for columns, _ in system.sums:
        untold = [root(c) for c in columns if c not in fixed]
        for other in untold[1:]:
            one, two = sorted((root(untold[0]), root(other)))
            above[two] = one
    return {number: root(number) for number in above}
