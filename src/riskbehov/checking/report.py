"""Every check of every theme, run over all data files of a library."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from riskbehov.checking import (
    assessments,
    catalogue,
    citations,
    conditions,
    coverage,
    criteria,
    cutoffs,
    dates,
    ids,
    instruments,
    inventory,
    matrices,
    methods,
    processes,
    rules,
    simulations,
    texts,
)
from riskbehov.checking.shelf import read_shelf
from riskbehov.checking.table import Check
from riskbehov.errors import Fault
from riskbehov.library import Library

CHECKS: tuple[Check, ...] = (
    *ids.CHECKS,
    *citations.CHECKS,
    *instruments.CHECKS,
    *methods.CHECKS,
    *cutoffs.CHECKS,
    *assessments.CHECKS,
    *matrices.CHECKS,
    *inventory.CHECKS,
    *catalogue.CHECKS,
    *rules.CHECKS,
    *conditions.CHECKS,
    *criteria.CHECKS,
    *processes.CHECKS,
    *simulations.CHECKS,
    *coverage.CHECKS,
    *dates.CHECKS,
    *texts.CHECKS,
)
"""Every check there is, theme by theme."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the checks found: faults to mend, and notes that a person may look at."""

    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]

    @property
    def is_sound(self) -> bool:
        """Tell whether there is nothing to mend."""
        return not self.faults


def check(
    library: Library,
    *,
    today: dt.date,
    stale: dt.timedelta | None = None,
    commands: Iterable[str] | None = None,
) -> Report:
    """Check every data file of a library.

    ``today`` is the day that nothing may be checked after; ``stale`` is how long ago a source may
    have been read, without limit if left out; ``commands`` are those that the data may name, any
    if left out. A file that cannot be read is told of with all its
    faults, and the checks that would have needed it are left out.
    """
    shelf = read_shelf(library, today=today, stale=stale, commands=commands)
    faults = [*shelf.faults]
    notes: list[Fault] = []
    for each in CHECKS:
        (notes if each.is_note else faults).extend(each.run(shelf))
    return Report(tuple(_once(faults)), tuple(_once(notes)))


def _once(faults: list[Fault]) -> list[Fault]:
    """Return the faults without those that say the same of the same place."""
    return list({(fault.where, str(fault)): fault for fault in faults}.values())
