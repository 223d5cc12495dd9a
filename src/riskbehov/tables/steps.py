"""What is done to a table chunk by chunk: each row by itself, so that no chunk knows of another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from riskbehov.tables.frames.bridge import Column, Spec

if TYPE_CHECKING:
    import narwhals as nw

MOST_VALUES = 1000
"""Values of a column that are told apart in a report; the others are counted together."""


@dataclass(slots=True)
class Tally:
    """What was met on the way; tallies of chunks add up, in any order."""

    rows: int = 0
    states: dict[str, int] = field(default_factory=dict)
    """Rows by their state."""
    illegal: dict[str, dict[str, int]] = field(default_factory=dict)
    """By column: values that cannot be, and how often each stands."""

    def add(self, other: "Tally") -> None:
        """Take in another tally."""
        self.rows += other.rows
        _count(self.states, other.states)
        for column, values in other.illegal.items():
            _count(self.illegal.setdefault(column, {}), values)

    def written(self, on_illegal: str) -> int:
        """Return how many rows are left where invalid ones are dropped, or all."""
        return self.rows - (self.states.get("invalid", 0) if on_illegal == "drop" else 0)


def _count(into: dict[str, int], counts: Mapping[str, int]) -> None:
    for name, count in counts.items():
        key = name if name in into or len(into) < MOST_VALUES else "\u2026"
        into[key] = into.get(key, 0) + count


class Done(NamedTuple):
    """What a step made of some rows."""

    columns: tuple[Column, ...]
    tally: Tally
    keep: npt.NDArray[np.bool_] | None = None
    """The rows to go on with; nothing for all."""


class Step(Protocol):
    """Something that is done to rows."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the columns that are read."""

    @property
    def adds(self) -> tuple[Spec, ...]:
        """Return the columns that are made."""

    def run(self, rows: "nw.DataFrame[Any]") -> Done:
        """Return what is made of some rows."""


@dataclass(frozen=True)
class Around:
    """A step that does another one and something besides; it reads and makes the same columns."""

    step: Step

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the columns that are read."""
        return self.step.needs

    @property
    def adds(self) -> tuple[Spec, ...]:
        """Return the columns that are made."""
        return self.step.adds


def drops_rows(step: Step) -> bool:
    """Tell whether a step may leave rows out."""
    return getattr(step, "on_illegal", None) == "drop"
