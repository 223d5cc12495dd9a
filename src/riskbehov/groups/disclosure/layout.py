"""The counts of a release, and of the one before it, as one system of numbers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from riskbehov.groups.disclosure.system import System
from riskbehov.groups.tables import PERSONS, TOTAL, Category, Counts, Group, Table

Side: TypeAlias = Literal["new", "old", "diff"]
"""What is counted now, what was counted before, and the one less the other."""


class Cell(NamedTuple):
    """One number of a table: a category, or a part that several categories share."""

    table: str
    name: str
    group: str


Told: TypeAlias = Mapping[Cell, int]
"""The cells of which a release tells the count."""


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier release told of the same assessment."""

    told: Told
    persons: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A system of numbers, and where in it each cell stands."""

    system: System = field(default_factory=System)
    at: dict[tuple[Side, Cell], int] = field(default_factory=dict)

    def number(self, side: Side, cell: Cell) -> int:
        """Return where a cell stands."""
        return self.at[side, cell]


def part_cell(table: Table, part: int, group: str) -> Cell:
    """Return the cell of one part; that of its category where it is one by itself."""
    alone = next((c for c in table.categories if c.parts == (part,)), None)
    return Cell(table.id, alone.id if alone else f"part:{table.parts[part].id}", group)


def category_cell(table: Table, category: Category, group: str) -> Cell:
    """Return the cell of one category."""
    return Cell(table.id, category.id, group)


def base_cell(table: Table, counts: Counts, group: str) -> Cell:
    """Return the cell that a table divides."""
    base = counts.table(table.base or PERSONS)
    return category_cell(base, base.categories[0], group)


def cells_of(table: Table, group: str) -> Iterator[tuple[Cell, tuple[int, ...]]]:
    """Yield every cell of a table for one group, with the parts that it adds up."""
    found: dict[Cell, tuple[int, ...]] = {
        part_cell(table, n, group): (n,) for n in range(len(table.parts))
    }
    found |= {category_cell(table, c, group): c.parts for c in table.categories}
    yield from found.items()


def lay_out(
    counts: Counts,
    tables: Sequence[Table],
    *,
    before: Before | None = None,
    growing: Collection[str] = (),
) -> Layout | None:
    """Return tables as one system: their counts, those before and the differences.

    Of what was not told before, some values are found that go with all that was. ``growing`` are
    the tables to which persons can only have come. Nothing is returned where there are no such
    values: then persons have left too, or their answers have changed.
    """
    made = Layout()
    _add(made, counts, tables, "new", most=_persons(counts))
    if before is not None:
        _add(made, counts, tables, "old", most=before.persons)
        _subtract(made, counts, tables, before, growing)
        if not _fit(made, before):
            return None
    return made


def lay_out_before(counts: Counts, tables: Sequence[Table], before: Before) -> Layout | None:
    """Return the release before as a system of its own; nothing where it contradicts itself."""
    made = Layout()
    _add(made, counts, tables, "old", most=before.persons)
    return made if _fit(made, before) else None


def _persons(counts: Counts) -> int:
    return counts.counts.get((PERSONS, 0, TOTAL), 0)


def _add(made: Layout, counts: Counts, tables: Sequence[Table], side: Side, *, most: int) -> None:
    """Add the numbers of tables and all sums between them."""
    for table in tables:
        for group in counts.groups:
            _add_cells(made, counts, table, group, side=side, most=most)
        _add_groups(made, counts, table, side)


def _add_cells(
    made: Layout, counts: Counts, table: Table, group: Group, *, side: Side, most: int
) -> None:
    for cell, parts in cells_of(table, group.id):
        value = sum(counts.part(table, n, group) for n in parts) if side == "new" else 0
        made.at[side, cell] = made.system.add(value, 0.0, most)
    numbers = [made.at[side, part_cell(table, n, group.id)] for n in range(len(table.parts))]
    for category in table.categories:
        if len(category.parts) > 1:
            whole = made.at[side, category_cell(table, category, group.id)]
            made.system.total(whole, (numbers[n] for n in category.parts))
    if table.base is not None:
        made.system.total(made.at[side, base_cell(table, counts, group.id)], numbers)


def _add_groups(made: Layout, counts: Counts, table: Table, side: Side) -> None:
    """Say that the groups of each dimension add up to everyone."""
    for dimension in ("sex", "age"):
        members = [group.id for group in counts.groups if group.dimension == dimension]
        for part in range(len(table.parts) if members else 0):
            made.system.total(
                made.at[side, part_cell(table, part, TOTAL)],
                [made.at[side, part_cell(table, part, id_)] for id_ in members],
            )


def _subtract(
    made: Layout,
    counts: Counts,
    tables: Sequence[Table],
    before: Before,
    growing: Collection[str],
) -> None:
    """Add what each number has grown by."""
    most = float(_persons(counts))
    for table in tables:
        least = 0.0 if table.id in growing else -float(before.persons)
        for group in counts.groups:
            for cell, _ in cells_of(table, group.id):
                grown = made.system.add(0, least, most)
                made.at["diff", cell] = grown
                made.system.total(made.at["new", cell], (made.at["old", cell], grown))


def _fit(made: Layout, before: Before) -> bool:
    """Find values for what is not known; tell whether there are any."""
    fixed = {}
    for (side, cell), number in made.at.items():
        if side == "new":
            fixed[number] = made.system.values[number]
        elif side == "old" and cell in before.told:
            fixed[number] = float(before.told[cell])
    return made.system.settle(fixed)
