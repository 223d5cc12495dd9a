"""What nobody may be able to work out of the counts that are told.

A count is too small below the threshold: from one on, and zero too where it tells something of
those who stand elsewhere. Whoever knows all that is told, now and in the release before, and every
sum between the numbers, shall not be able to rule out that such a count is zero, nor that it is as
large as the threshold. The same goes for what was held back before, and for how much each number
has grown since.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from riskbehov.groups.disclosure.layout import (
    Before,
    Cell,
    Layout,
    base_cell,
    category_cell,
    cells_of,
    lay_out,
    lay_out_before,
)
from riskbehov.groups.disclosure.system import Goal, Reader
from riskbehov.groups.program import EPSILON
from riskbehov.groups.tables import Counts, Group, Table

_GROUP_WORTH = {"total": 20.0, "sex": 2.0, "age": 1.5}
_HELD_BEFORE = 0.3
"""What is left of a cell's worth where it was held back in the release before."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The counts, and what they are held to."""

    counts: Counts
    threshold: int
    before: Before | None
    open_before: dict[str, tuple[Cell, ...]] = field(default_factory=dict)
    """By table, what the release before left open: worked out once."""

    def above(self, table: Table) -> tuple[Table, ...]:
        """Return the tables that a table divides, the widest first."""
        if table.base is None:
            return ()
        base = self.counts.table(table.base)
        return (*self.above(base), base)

    def small_cells(self, table: Table) -> Iterator[Cell]:
        """Yield the cells of a table that are too small, and parts of which none is told."""
        for group in self.counts.groups:
            somebody = table.base is not None and self.counts.base(table, group) > 0
            for cell, parts in cells_of(table, group.id):
                value = sum(self.counts.part(table, n, group) for n in parts)
                by_zero = somebody and any(table.parts[n].tells_by_zero for n in parts)
                if 0 < value < self.threshold or (not value and by_zero):
                    yield cell

    def worth(self, table: Table) -> dict[Cell, float]:
        """Return what is lost by holding back each category of a table."""
        return {
            category_cell(table, category, group.id): self._worth(
                category_cell(table, category, group.id),
                category.worth * _GROUP_WORTH[group.dimension],
                self.counts.told(table, category, group),
            )
            for group in self.counts.groups
            for category in table.categories
        }

    def _worth(self, cell: Cell, worth: float, value: int) -> float:
        was_held = self.before is not None and cell not in self.before.told
        return worth * (1 + math.log1p(value)) * (_HELD_BEFORE if was_held else 1)

    def known(self, made: Layout, told: Collection[Cell]) -> list[int]:
        """Return the numbers that a reader has already, now and from before."""
        before: Mapping[Cell, int] = self.before.told if self.before is not None else {}
        return [
            number
            for (side, cell), number in made.at.items()
            if (side == "new" and cell in told) or (side == "old" and cell in before)
        ]

    def laid_out(
        self, tables: Iterable[Table], *growing: Collection[str]
    ) -> tuple[frozenset[str], Layout]:
        """Return tables as one system, with the first of ``growing`` that all told goes with.

        None of them goes with it where persons have left, or answers have changed.
        """
        every = tuple(tables)
        for held in (*growing, ()):
            made = lay_out(self.counts, every, before=self.before, growing=held)
            if made is not None:
                return frozenset(held), made
        raise RuntimeError("a release that was found sound contradicts itself")

    def goals(
        self, made: Layout, table: Table, told: Collection[Cell], *, grows: bool
    ) -> Iterator[Goal]:
        """Yield what must not be worked out of a table, where ``told`` is told.

        ``grows`` tells whether persons can only have come to it since the release before.
        """
        for cell in self.small_cells(table):
            yield Goal(made.number("new", cell), 0.0, self.threshold)
        if self.before is not None:
            yield from self._of_before(made, table, self.before)
            yield from self._of_growth(made, table, self.known(made, told), grows=grows)

    def _of_before(self, made: Layout, table: Table, before: Before) -> Iterator[Goal]:
        """Yield a goal for each number that the release before left open: it must stay so."""
        if table.id not in self.open_before:
            self.open_before[table.id] = tuple(self._open_before(table, before))
        for cell in self.open_before[table.id]:
            yield Goal(made.number("old", cell), 0.0, self.threshold)

    def _open_before(self, table: Table, before: Before) -> Iterator[Cell]:
        """Yield the cells of which a reader of the release before could not rule out anything."""
        alone = lay_out_before(self.counts, (*self.above(table), table), before)
        if alone is None:
            return
        known = [number for (_, cell), number in alone.at.items() if cell in before.told]
        reader = Reader(alone.system, {}, known)
        cells = [
            cell
            for group in self.counts.groups
            for cell, _ in cells_of(table, group.id)
            if cell not in before.told
        ]
        asked = [Goal(alone.number("old", cell), 0.0, self.threshold) for cell in cells]
        closed = set(reader.unmet(asked))
        for cell, goal in zip(cells, asked, strict=True):
            if goal not in closed and goal.is_covered(*reader.seen(goal.number)):
                yield cell

    def _of_growth(
        self, made: Layout, table: Table, known: Collection[int], *, grows: bool
    ) -> Iterator[Goal]:
        """Yield a goal for what each number has grown by.

        Where nobody has come to a group, that nothing has grown tells nothing.
        """
        reader = Reader(made.system, {}, known)
        for group in self.counts.groups:
            nobody = table.base is None or self._is_still(reader, made, table, group)
            for cell, parts in cells_of(table, group.id):
                by_zero = any(table.parts[n].tells_by_zero for n in parts)
                yield Goal(
                    made.number("diff", cell),
                    0.0,
                    self.threshold,
                    is_signed=not grows,
                    is_zero_open=not grows or not by_zero or nobody,
                )

    def _is_still(self, reader: Reader, made: Layout, table: Table, group: Group) -> bool:
        """Tell whether it can be worked out that nobody has come to the base of a table."""
        number = made.number("diff", base_cell(table, self.counts, group.id))
        least, most = reader.ends(number)
        return least > -EPSILON and most < EPSILON
