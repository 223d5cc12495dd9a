"""An attack on releases: all that can be worked out of what was published, by linear programs.

Written by itself: it knows the published JSON and nothing of how it was made. Every unpublished
count is a column; every sum that a reader knows of is a row. What a count may be at least and at
most is asked of the solver. A second release is tied to the first by what has come since.
"""

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

import highspy
import numpy as np

INF = highspy.kHighsInf
TINY = 1e-5
Key = tuple[Any, ...]
Json = Mapping[str, Any]


class Attack:
    """What a reader can work out of one release of one assessment, or of two."""

    def __init__(self) -> None:
        self.columns: dict[Key, int] = {}
        self.low: list[float] = []
        self.high: list[float] = []
        self.rows: list[tuple[list[int], list[float], float, float]] = []
        self.solver: highspy.Highs | None = None
        self.seen: list[np.ndarray[Any, Any]] = []

    # What is known

    def read(self, population: Json, name: str) -> None:
        """Take in what was published of an assessment."""
        tables = {table["id"]: table for table in population["tables"]}
        for table in population["tables"]:
            for group, row in table["cells"].items():
                for category, value in zip(table["categories"], row, strict=True):
                    known = (0.0, INF) if value is None else (float(value), float(value))
                    self.column((name, table["id"], category, group), *known)
        for table in population["tables"]:
            for group in (g["id"] for g in population["groups"]):
                self.divide(table, tables, name, group)
            for category in table["categories"]:
                self.groups(population, name, table["id"], category)

    def divide(self, table: Json, tables: Mapping[str, Json], name: str, group: str) -> None:
        own = [self.columns[name, table["id"], c, group] for c in table["categories"]]
        base = table["base"]
        if base is None:
            return
        if base not in tables:  # nothing was published of it: anything up to everyone
            first = self.column((name, base, "?", group), 0.0, INF)
            self.at_most(first, self.columns[name, "persons", "persons", group])
        else:
            first = self.columns[name, base, tables[base]["categories"][0], group]
        if table["nested"]:
            for step, (outer, inner) in enumerate(itertools.pairwise([first, *own])):
                self.at_most(inner, outer, named=(name, table["id"], step, group))
        else:
            self.row([*own, first], [*(1.0 for _ in own), -1.0], 0.0, 0.0)

    def groups(self, population: Json, name: str, table: str, category: str) -> None:
        """Say that sexes, and age groups, add up to everyone."""
        for dimension in ("sex", "age"):
            members = [g["id"] for g in population["groups"] if g["dimension"] == dimension]
            if members:
                columns = [self.columns[name, table, category, g] for g in (*members, "total")]
                self.row(columns, [*(1.0 for _ in members), -1.0], 0.0, 0.0)

    def grow(self, first: str, second: str) -> None:
        """Say that nobody has left since the first release, and that no answer has changed.

        Of nested categories their differences grow too: whoever was agreed with and not given.
        """
        for (name, *rest), column in list(self.columns.items()):
            if name == first and (second, *rest) in self.columns:
                self.at_most(column, self.columns[second, *rest], named=("grown", *rest))

    # Columns and rows

    def column(self, key: Key, low: float, high: float) -> int:
        if key not in self.columns:
            self.columns[key] = len(self.low)
            self.low.append(low)
            self.high.append(high)
        return self.columns[key]

    def row(self, columns: list[int], factors: list[float], low: float, high: float) -> None:
        self.rows.append((columns, factors, low, high))

    def at_most(self, less: int, more: int, named: Key | None = None) -> None:
        """Say that one count is at most another; what lies between is a count too."""
        between = self.column(named or ("between", less, more), 0.0, INF)
        self.row([less, between, more], [1.0, 1.0, -1.0], 0.0, 0.0)

    # What can be worked out

    def ends(self, key: Key) -> tuple[float, float]:
        """Return what a count may be at least and at most."""
        cost = np.zeros(len(self.low))
        cost[self.columns[key]] = 1.0
        return self.least(cost), -self.least(-cost)

    def worked_out(
        self, keys: Iterable[Key], low: float, high: float
    ) -> dict[Key, tuple[float, float]]:
        """Return the counts that cannot be all from ``low`` to ``high``, with what they can be.

        Every solution is kept: what it shows to be possible needs not be asked for again.
        """
        found = {}
        for key in keys:
            column = self.columns[key]
            known = [float(solution[column]) for solution in self.seen]
            if not known or min(known) > low + TINY or max(known) < high - TINY:
                least, most = self.ends(key)
                if least > low + TINY or most < high - TINY:
                    found[key] = least, most
        return found

    def least(self, cost: np.ndarray[Any, Any]) -> float:
        solver = self.solver or self.load()
        size = len(cost)
        solver.changeColsCost(size, np.arange(size, dtype=np.int32), cost)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kUnbounded:
            return -INF
        assert status == highspy.HighsModelStatus.kOptimal, solver.modelStatusToString(status)
        self.seen.append(np.array(solver.getSolution().col_value))
        return float(solver.getInfo().objective_function_value)

    def load(self) -> highspy.Highs:
        self.solver = highspy.Highs()
        for option, value in (("output_flag", False), ("presolve", "off")):
            self.solver.setOptionValue(option, value)
        for low, high in zip(self.low, self.high, strict=True):
            self.solver.addVar(low, high)
        for columns, factors, low, high in self.rows:
            self.solver.addRow(
                low, high, len(columns), np.array(columns, dtype=np.int32), np.array(factors)
            )
        return self.solver
