"""The scores of many forms, as columns of small numbers that share a few large arrays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.models.instrument import ScoredInstrument
from riskbehov.scoring.compiled import Bits, Bytes, Compiled, ScaleTables

STATES: tuple[str, ...] = ("certain", "provisional", "omitted", "invalid")
"""What the numbers in an array of states mean."""
CERTAIN, PROVISIONAL, OMITTED, INVALID = range(4)

Sums: TypeAlias = npt.NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class ScaleArrays:
    """One scale of many forms; what is added is zero in a row without a score."""

    id: str
    low: Sums
    high: Sums
    state: Bytes
    missing: Bytes
    """How many items have no answer, as in :attr:`ScoreArrays.missing`."""
    known: Sums
    """The points of what was answered or inferred."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoreArrays:
    """The scores of many forms of one instrument, one number a row.

    The arrays are parts of a few large ones, so that any of them keeps the memory of all.
    """

    instrument: ScoredInstrument
    told: Bits
    """Where there is a score: neither refused nor empty."""
    state: Bytes
    """Of the instrument: that of its total, if it has one."""
    scales: Mapping[str, ScaleArrays]
    bands: Mapping[str, tuple[Bytes, Bytes]]
    """By set: the lowest and the highest band; :data:`NONE` where the set may not be applied."""
    chosen: Bytes
    """The place of the total's set among the instrument's; :data:`NONE` where it has none. Empty
    where the total has no sets at all."""
    missing: Bytes
    """How many items have no answer, what a skip infers and what is illegal not counted."""
    inferred: Bytes
    illegal: Bytes
    """How many answers are no legal codes; sex and age are not counted."""
    flags: npt.NDArray[np.uint32]
    """Bit n: the instrument's nth flag is raised for certain."""
    flags_possible: npt.NDArray[np.uint32]
    """Bit n: the nth flag is raised by some of what the missing answers could be."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The memory of all columns, zero at first: a few large arrays are had quicker than many."""

    tables: Compiled
    shown: tuple[str, ...]
    """The sets whose bands are wanted."""
    narrow: Bytes
    wide: npt.NDArray[np.uint16]
    flags: npt.NDArray[np.uint32]

    @classmethod
    def blank(cls, tables: Compiled, shown: tuple[str, ...], rows: int) -> "Sheet":
        """Return a sheet with room for what :meth:`columns` deals out."""
        scales = tables.scales
        sums = [s.dtype for s in scales.values() for _ in range(3 if s.least else 2)]
        wide = sums.count(np.uint16)
        others = 4 + ("total" not in scales) + _has_sets(tables)
        narrow = len(sums) - wide + 2 * len(scales) + 2 * len(shown) + others
        return cls(
            tables,
            shown,
            np.zeros((narrow, rows), np.uint8),
            np.zeros((wide, rows), np.uint16),
            np.zeros((2, rows), np.uint32),
        )

    def cut(self, rows: slice) -> "Sheet":
        """Return some rows, in the same memory."""
        matrices = self.narrow[:, rows], self.wide[:, rows], self.flags[:, rows]
        return Sheet(self.tables, self.shown, *matrices)

    def put(self, rows: npt.NDArray[np.intp], other: "Sheet") -> None:
        """Write another sheet over some rows."""
        self.narrow[:, rows] = other.narrow
        self.wide[:, rows] = other.wide
        self.flags[:, rows] = other.flags

    def columns(self) -> ScoreArrays:
        """Deal out the memory."""
        tables, narrow, wide = self.tables, iter(self.narrow), iter(self.wide)
        scales = {
            id_: _scale(scale, narrow, narrow if scale.dtype is np.uint8 else wide)
            for id_, scale in tables.scales.items()
        }
        return ScoreArrays(
            instrument=tables.plan.instrument,
            told=next(narrow).view(np.bool_),
            state=scales["total"].state if "total" in scales else next(narrow),
            scales=scales,
            bands={name: (next(narrow), next(narrow)) for name in self.shown},
            chosen=next(narrow) if _has_sets(tables) else np.empty(0, np.uint8),
            missing=next(narrow),
            inferred=next(narrow),
            illegal=next(narrow),
            flags=self.flags[0],
            flags_possible=self.flags[1],
        )


def _has_sets(tables: Compiled) -> bool:
    """Tell whether the total has sets."""
    return "total" in tables.scales and bool(tables.scales["total"].bands)


def _scale(scale: ScaleTables, narrow: Iterator[Bytes], sums: Iterator[Sums]) -> ScaleArrays:
    low, high = next(sums), next(sums)
    return ScaleArrays(
        id=scale.scale.id,
        low=low,
        high=high,
        state=next(narrow),
        missing=next(narrow),
        known=next(sums) if scale.least else low,
    )
