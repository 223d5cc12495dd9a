"""Which counts may be told so that nobody can work out one that is too small."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from riskbehov.groups.disclosure.goals import Rules
from riskbehov.groups.disclosure.layout import Before, Cell, Layout, base_cell, category_cell
from riskbehov.groups.disclosure.system import protect
from riskbehov.groups.disclosure.whole import FRAME, is_one_undone, undone
from riskbehov.groups.tables import PERSONS, TOTAL, Counts, Table


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What is told of the persons of one assessment."""

    told: Mapping[Cell, int]
    tables: tuple[Table, ...]
    """The tables of which something is told."""
    left_out: tuple[Table, ...]


@dataclass(slots=True)
class _Work:
    """What has been settled so far."""

    told: dict[Cell, int]
    growing: frozenset[str] = field(default_factory=frozenset)
    """The tables to which persons may only have come since the release before."""


def disclose(counts: Counts, threshold: int, before: Before | None = None) -> Disclosed | None:
    """Return what may be told of a group; nothing where that is not even how many they are.

    The persons come first, then who was followed, then every other table by itself: where a group
    is not told of at all, its cells are held back in every table, so that tables tie each other
    no further than by what is told. Last, all of it is looked at as one.
    """
    rules = Rules(counts, threshold, before)
    persons = counts.counts.get((PERSONS, 0, TOTAL), 0)
    if persons < threshold:
        return None
    work = _Work({Cell(PERSONS, PERSONS, TOTAL): persons})
    for table in counts.tables:
        if table.base is None or _is_worth_a_try(rules, table, work.told):
            _tell(rules, table, work)
    return _as_one(rules, work)


def _is_worth_a_try(rules: Rules, table: Table, told: Collection[Cell]) -> bool:
    """Tell whether any total of a table may be told: else nothing of it is."""
    if base_cell(table, rules.counts, TOTAL) not in told:
        return False
    small = {cell.name for cell in rules.small_cells(table) if cell.group == TOTAL}
    others = [category for category in table.categories if category.id not in small]
    two = len(table.parts) == 2  # noqa: PLR2004 - of two parts, the one tells the other
    return bool(others) and not (two and small)


def _tell(rules: Rules, table: Table, work: _Work) -> None:
    """Add what may be told of a table to what is told of the tables that it divides."""
    made = _laid_out(rules, table, work)
    found = _protected(rules, table, work, made)
    if rules.before is not None and table.id in FRAME:
        told = {**work.told, **found}
        below = [t for t in rules.counts.tables if t.base == table.id]
        if is_one_undone(rules, told, below, work.growing):
            found = _protected(rules, table, work, made, as_before=True)
    work.told.update(found)


def _protected(
    rules: Rules, table: Table, work: _Work, made: Layout, *, as_before: bool = False
) -> dict[Cell, int]:
    """Return what may be told of a table, looked at with those that it divides.

    With ``as_before`` a group that was not told of before is not told of now either: then nothing
    that hung on it before can be worked out.
    """
    worth = {cell: loss for cell, loss in rules.worth(table).items() if cell not in work.told}
    at = {cell: made.number("new", cell) for cell in worth}
    withheld = {at[cell] for cell in _withheld(rules, table, work.told) if cell in at}
    if as_before and rules.before is not None:
        withheld |= {at[cell] for cell in worth if cell not in rules.before.told}
    held = protect(
        made.system,
        {at[cell]: loss for cell, loss in worth.items()},
        held=withheld,
        known=rules.known(made, work.told),
        goals=list(rules.goals(made, table, work.told, grows=table.id in work.growing)),
    )
    if held is None:
        return {}
    return {c: round(made.system.values[n]) for c, n in at.items() if n not in held}


def _laid_out(rules: Rules, table: Table, work: _Work) -> Layout:
    """Return a table with those it divides, and note if persons may only have come to it.

    That takes that persons may only have come to those that it divides.
    """
    above = rules.above(table)
    grown = {each.id for each in above}
    if grown <= work.growing:
        growing, made = rules.laid_out((*above, table), grown | {table.id}, grown)
    else:
        growing, made = rules.laid_out((*above, table), grown & work.growing)
    work.growing |= growing
    return made


def _withheld(rules: Rules, table: Table, told: Collection[Cell]) -> Iterator[Cell]:
    """Yield the categories that are held back whatever else is.

    Small ones; those of groups of which not even the number is told; and empty groups, which
    shall look like small ones.
    """
    yield from rules.small_cells(table)
    for group in rules.counts.groups:
        empty = table.id == PERSONS and not rules.counts.base(table, group)
        untold = table.base is not None and base_cell(table, rules.counts, group.id) not in told
        if empty or untold:
            yield from (category_cell(table, c, group.id) for c in table.categories)


def _as_one(rules: Rules, work: _Work) -> Disclosed | None:
    """Return what is told once all tables have been looked at as one system."""
    while found := undone(rules, work.told, work.growing):
        if not _withdraw(rules, work.told, found):
            return None
    counted = {cell.table for cell, value in work.told.items() if value}
    return Disclosed(
        told={cell: value for cell, value in work.told.items() if cell.table in counted},
        tables=tuple(table for table in rules.counts.tables if table.id in counted),
        left_out=tuple(table for table in rules.counts.tables if table.id not in counted),
    )


def _withdraw(rules: Rules, told: dict[Cell, int], found: Collection[str]) -> bool:
    """Tell less where something can be worked out of some tables; tell whether less was possible.

    First those tables and those that divide them are left out; then, for that may not help where
    the release before told of them, all groups, and last all but how many the persons are.
    """
    everyone = Cell(PERSONS, PERSONS, TOTAL)
    below = {t.id for t in rules.counts.tables if t.id in found or t.base in found} - {PERSONS}
    gone = (
        [cell for cell in told if cell.table in below]
        or [cell for cell in told if cell.group != TOTAL]
        or [cell for cell in told if cell != everyone]
    )
    for cell in gone:
        del told[cell]
    return bool(gone)
