"""All tables read as one: what the sums between them let a reader work out."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from riskbehov.groups.disclosure.goals import Rules
from riskbehov.groups.disclosure.layout import Cell, Layout, Side
from riskbehov.groups.disclosure.system import Goal, Reader, unmet
from riskbehov.groups.program import EPSILON, Numbers
from riskbehov.groups.tables import FOLLOWED, PERSONS, Table

FRAME = (PERSONS, FOLLOWED)
"""The tables that others divide: nothing else ties one table to another."""
Key = tuple[Side, Cell]
_FEW = 6
"""How many numbers of a table are asked one by one in each frame."""
_FRAMES = 60
"""How many frames are tried before the whole system is asked."""
Frame = Mapping[Key, float]
"""How many the persons and those followed may be."""


def undone(rules: Rules, told: Collection[Cell], growing: Collection[str]) -> set[str]:
    """Return the tables of which something can be worked out when all are read together.

    Tables are tied to each other only by the frame. Within a frame that goes with every table,
    what one table may be is up to that table alone: so what is open in one such frame is open.
    What can be worked out of one table with any frame can be worked out of the whole. Between the
    two, the whole system is asked at once.
    """
    before: Collection[Cell] = rules.before.told if rules.before is not None else ()
    read = {cell.table for cell in (*told, *before)} | set(FRAME)
    tables = [table for table in rules.counts.tables if table.id in read]
    growing, whole = rules.laid_out(tables, growing)
    start = {key: whole.system.values[n] for key, n in whole.at.items() if key[1].table in FRAME}
    leaves = [_leaf(rules, told, table, growing) for table in tables]
    trunk = next(leaf for leaf in leaves if leaf.table.id == FOLLOWED)
    _look(leaves, start, start)
    for frame in _roomy(trunk, start, rules.threshold):
        _look(leaves, frame, start)
    for leaf in leaves:
        leaf.fits(start)
    found = {leaf.table.id for leaf in leaves if leaf.is_undone()}
    if found:
        return found
    for frame in islice(_likely(leaves, trunk), _FRAMES):
        _look(leaves, frame, start)
    left = {
        replace(goal, number=whole.at[leaf.keys[goal.number]]): leaf.table.id
        for leaf in leaves
        for goal in leaf.waiting
    }
    return {left[goal] for goal in unmet(whole.system, rules.known(whole, told), left)}


def is_one_undone(
    rules: Rules, told: Collection[Cell], tables: Iterable[Table], growing: Collection[str]
) -> bool:
    """Tell whether something can be worked out of a table that the release before told of."""
    before: Collection[Cell] = rules.before.told if rules.before is not None else ()
    read = {cell.table for cell in before}
    return any(
        _leaf(rules, told, table, {*growing, table.id}).is_undone()
        for table in tables
        if table.id in read
    )


@dataclass(slots=True)
class _Leaf:
    """One table with those that it divides."""

    table: Table
    made: Layout
    known: Mapping[int, float]
    """What is told, by its number."""
    keys: Mapping[int, Key]
    waiting: list[Goal]
    """Goals that nothing has settled yet."""
    ends: dict[int, tuple[float, float]] = field(default_factory=dict)
    """The least and the most that numbers have been seen to be."""
    points: list[Numbers] = field(default_factory=list)
    """Values, with whatever frame, at which what waits was seen as far out as it may be."""

    @property
    def frame(self) -> list[int]:
        """Return the numbers that are part of the frame."""
        return [number for number, (_, cell) in self.keys.items() if cell.table in FRAME]

    def fits(self, frame: Frame) -> bool:
        """Take values that go with a frame; tell whether there are any."""
        held = {n: frame[self.keys[n]] for n in self.frame if self.keys[n] in frame}
        return self.made.system.settle({**held, **self.known})

    def fitted(self) -> Frame:
        """Return the frame that was last fitted to."""
        return {self.keys[n]: self.made.system.values[n] for n in self.frame}

    def look(self) -> None:
        """Settle goals by what the table may be within the frame that it was last fitted to."""
        if not self.waiting:
            return
        reader = Reader(self.made.system, {}, [*self.frame, *self.known])
        left = reader.spread(self.waiting)
        if len(left) <= _FEW:
            reader.unmet(left)
        left = []
        for goal in self.waiting:
            least, most = reader.seen(goal.number)
            before = self.ends.get(goal.number, (least, most))
            self.ends[goal.number] = min(least, before[0]), max(most, before[1])
            if not goal.is_covered(*self.ends[goal.number]):
                left.append(goal)
        self.waiting = left

    def is_undone(self) -> bool:
        """Tell whether some goal is not met though any frame may be; keep those that hang on it."""
        if not self.waiting:
            return False
        reader = Reader(self.made.system, {}, self.known)
        if reader.unmet(self.waiting):
            return True
        self.waiting = [g for g in self.waiting if g.is_covered(*reader.seen(g.number))]
        self.points = reader.points() if self.waiting else []
        return False

    def best_point(self) -> tuple[int, int]:
        """Return how many waiting goals a point would settle an end of, and which point."""
        best = (0, 0)
        for place, point in enumerate(self.points):
            value = sum(self._is_further(goal, float(point[goal.number])) for goal in self.waiting)
            best = max(best, (value, place))
        return best

    def _is_further(self, goal: Goal, value: float) -> bool:
        least, most = self.ends.get(goal.number, (math.inf, -math.inf))
        up = value >= goal.high - EPSILON and most < goal.high - EPSILON
        down = value <= goal.low + EPSILON and least > goal.low + EPSILON
        wider = not least - EPSILON <= value <= most + EPSILON
        return wider if goal.is_signed else up or down


def _leaf(rules: Rules, told: Collection[Cell], table: Table, growing: Collection[str]) -> _Leaf:
    tables = (*rules.above(table), table)
    growing, made = rules.laid_out(tables, growing, set(growing) - {table.id})
    known = rules.known(made, told)
    return _Leaf(
        table,
        made,
        {number: made.system.values[number] for number in known},
        {number: key for key, number in made.at.items()},
        list(rules.goals(made, table, told, grows=table.id in growing)),
    )


def _look(leaves: Sequence[_Leaf], frame: Frame, start: Frame) -> None:
    """Settle what can be in a frame that goes with every table, or half way to it from one."""
    half = {key: (value + frame[key]) / 2 for key, value in start.items()}
    if any(all(leaf.fits(each) for leaf in leaves) for each in (frame, half)):
        for leaf in leaves:
            leaf.look()


def _roomy(trunk: _Leaf, start: Frame, threshold: int) -> Iterator[Frame]:
    """Yield a frame with as many persons as can be where there are few."""
    trunk.fits(start)
    untold = [number for number in trunk.frame if number not in trunk.known]
    room = trunk.made.system.reach(untold, threshold)
    if room is not None and trunk.fits({trunk.keys[n]: room[n] for n in trunk.frame}):
        yield trunk.fitted()


def _likely(leaves: Sequence[_Leaf], trunk: _Leaf) -> Iterator[Frame]:
    """Yield frames in which goals are met as far as their own table is asked, the best first."""
    while True:
        waiting = [(leaf.best_point(), len(leaf.waiting), n) for n, leaf in enumerate(leaves)]
        (value, place), _, number = max(waiting)
        if not value:
            return
        leaf = leaves[number]
        point = leaf.points.pop(place)
        if trunk.fits({leaf.keys[n]: float(point[n]) for n in leaf.frame}):
            yield trunk.fitted()
