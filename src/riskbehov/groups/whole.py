"""All tables read as one: what the sums between them let a reader work out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from riskbehov.groups.goals import Rules
from riskbehov.groups.layout import Cell, Layout, Side
from riskbehov.groups.system import Goal, Reader, unmet
from riskbehov.groups.tables import FOLLOWED, PERSONS, Table

FRAME = (PERSONS, FOLLOWED)
"""The tables that others divide: nothing else ties one table to another."""
Key = tuple[Side, Cell]
_FRAMES = 40
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
    _look(leaves, start)
    found = {leaf.table.id for leaf in leaves if leaf.is_undone()}
    if found:
        return found
    trunk = next(leaf for leaf in leaves if leaf.table.id == FOLLOWED)
    for frame in islice(_frames(leaves, trunk, start), _FRAMES):
        _look(leaves, frame)
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
    frames: list[Frame] = field(default_factory=list)
    """Frames in which what waits was seen as far out as it may be."""

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
        reader.unmet(self.waiting)
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
        if self.waiting:
            self.frames = [
                {self.keys[n]: float(point[n]) for n in self.frame} for point in reader.points()
            ]
        return False


def _leaf(rules: Rules, told: Collection[Cell], table: Table, growing: Collection[str]) -> _Leaf:
    tables = (*rules.above(table), table)
    growing, made = rules.laid_out(tables, growing, set(growing) - {table.id})
    known = rules.known(made, told)
    return _Leaf(
        table,
        made,
        {number: made.system.values[number] for number in known},
        {number: key for key, number in made.at.items()},
        list(rules.goals(made, table, grows=table.id in growing)),
    )


def _look(leaves: Sequence[_Leaf], frame: Frame) -> None:
    """Settle what can be in a frame, if it goes with every table."""
    if all(leaf.fits(frame) for leaf in leaves):
        for leaf in leaves:
            leaf.look()


def _frames(leaves: Iterable[_Leaf], trunk: _Leaf, start: Frame) -> Iterator[Frame]:
    """Yield frames in which goals that wait are met, as far as their own table is asked.

    A frame that goes with one table may not go with all; half way from one that does is tried too.
    """
    for leaf in leaves:
        for seen in leaf.frames:
            if leaf.waiting and trunk.fits(seen):
                frame = trunk.fitted()
                yield frame
                yield {key: (value + frame[key]) / 2 for key, value in start.items()}
