"""Measure approaches side by side: in turns, by medians, against a peer in the same run.

Times drift with the machine and with what else it does; ratios within one run are what to keep.
Approaches take turns, so that whatever slows one down slows the others too.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """What one approach is held against, and the ratio to reach: at most, or at least."""

    peer: str
    at_most: float | None = None
    at_least: float | None = None

    def told(self, times: Mapping[str, float], name: str) -> tuple[str, str]:
        """Return the ratio that was measured and the goal, in words."""
        if self.at_least is not None:
            return f"{times[self.peer] / times[name]:.0f} × as fast", f"≥ {self.at_least:g} ×"
        goal = "" if self.at_most is None else f"≤ {self.at_most:g} ×"
        return f"{times[name] / times[self.peer]:.2f} ×", goal


def in_turns(
    approaches: Mapping[str, Callable[[], object]], *, rounds: int, per: int = 1
) -> dict[str, float]:
    """Return the median seconds of each approach over ``rounds`` turns, divided by ``per``."""
    taken: dict[str, list[float]] = {name: [] for name in approaches}
    for approach in approaches.values():
        approach()
    for _ in range(rounds):
        for name, approach in approaches.items():
            start = time.perf_counter()
            approach()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) / per for name, times in taken.items()}


def python(*arguments: str) -> Callable[[], object]:
    """Return a whole process of this Python as something that can be measured."""
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def show(title: str, times: Mapping[str, float], goals: Mapping[str, Goal]) -> None:
    """Print a Markdown table of the times, with the ratio of each approach to its peer."""
    rows = [("approach", "median", "against", "ratio", "goal")]
    for name, seconds in times.items():
        goal = goals.get(name)
        ratio, aim = goal.told(times, name) if goal else ("", "")
        rows.append((name, _time(seconds), goal.peer if goal else "", ratio, aim))
    print(f"\n{title}\n")
    print("\n".join(_aligned(rows)))


def _time(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


def _aligned(rows: list[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        yield "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (w + 2) for w in widths) + "|"
