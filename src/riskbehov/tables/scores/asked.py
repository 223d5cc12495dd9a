"""What is asked of scoring: the instrument, where its answers stand, and what is to come out."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from riskbehov.models.instrument import CutoffSet, ScoredInstrument

Missing: TypeAlias = Literal["interval", "strict", "prorate"]
OnIllegal: TypeAlias = Literal["refuse", "flag", "drop"]
MISSING_MODES = ("interval", "strict", "prorate")
ON_ILLEGAL = ("refuse", "flag", "drop")


@dataclass(frozen=True)
class Asked:
    """What a caller asks of scoring a table by one instrument."""

    instrument: ScoredInstrument
    items: tuple[str, ...]
    """The column of each item, in item order."""
    sex: str | None = None
    age: str | None = None
    birth_date: str | None = None
    date: str | dt.date | None = None
    form: str | None = None
    cutoffs: tuple[str, ...] = ()
    bands: tuple[str, ...] | None = None
    """The sets whose bands come out; nothing for every set."""
    missing: Missing = "interval"
    max_missing: int = 0
    on_illegal: OnIllegal = "flag"

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the columns that are read."""
        day = self.date if isinstance(self.date, str) else None
        every = (*self.items, self.sex, self.age, self.birth_date, day)
        return tuple(name for name in every if name is not None)

    @cached_property
    def sets(self) -> tuple[CutoffSet, ...]:
        """Return the sets whose bands come out."""
        every = self.instrument.cutoff_sets
        named = {*self.cutoffs, *(self.bands or ())}
        return tuple(s for s in every if self.bands is None or s.id in named)
