"""Measure approaches side by side: in turns, by medians, against a peer in the same run.

Times drift with the machine and with what else it does; ratios within one run are what to keep.
Approaches take turns, so that whatever slows one down slows the others too, and a ratio is the
median of the ratios of the turns.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Times = Mapping[str, Sequence[float]]
"""The seconds of each approach, one number a turn."""


@dataclass(frozen=True, slots=True)
class Against:
    """The peer of an approach, and the goal: at most so many times its time, or so much faster."""

    peer: str
    at_most: float | None = None
    faster: float | None = None

    def ratio(self, times: Times, name: str) -> str:
        """Return how the two compare, in words."""
        pairs = zip(times[name], times[self.peer], strict=True)
        ratio = median(own / other for own, other in pairs)
        if self.faster is None:
            return f"{ratio:.2f} × its time"
        return f"{1 / ratio:.{0 if ratio < 0.1 else 1}f} × faster"

    @property
    def goal(self) -> str:
        """Return the goal in words."""
        if self.faster is not None:
            return f"≥ {self.faster:g} ×"
        return f"≤ {self.at_most:g} ×" if self.at_most is not None else ""


def in_turns(
    approaches: Mapping[str, Callable[[], object]], *, turns: int, each: int | Mapping[str, int] = 1
) -> Times:
    """Return the seconds of each approach, turn by turn, divided by how many things it does."""
    taken: dict[str, list[float]] = {name: [] for name in approaches}
    for approach in approaches.values():
        approach()
    for _ in range(turns):
        for name, approach in approaches.items():
            start = time.perf_counter()
            approach()
            done = each if isinstance(each, int) else each[name]
            taken[name].append((time.perf_counter() - start) / done)
    return taken


def python(*arguments: str) -> Callable[[], object]:
    """Return a whole process of this Python as something to measure."""
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def show(title: str, times: Times, against: Mapping[str, Sequence[Against]]) -> None:
    """Print a Markdown table: the median of each approach, its ratio to each peer, the goal."""
    rows = [("approach", "median", "against", "ratio", "goal")]
    for name, seconds in times.items():
        others = [(o.peer, o.ratio(times, name), o.goal) for o in against.get(name, ())]
        first, *more = others or [("", "", "")]
        rows += [(name, _told(median(seconds)), *first), *(("", "", *other) for other in more)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [" | ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)) for r in rows]
    lines.insert(1, " | ".join("-" * width for width in widths))
    print(f"\n{title}\n")
    print("\n".join(f"| {line} |" for line in lines), flush=True)


def _told(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"
