"""Linear and integer programs, solved by HiGHS: the one place that knows the solver."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message

if TYPE_CHECKING:
    import highspy

Numbers = NDArray[np.float64]
EPSILON = 1e-6
"""What a count may be wrong by in a solution."""


class Row(NamedTuple):
    """A sum of columns with factors, between two bounds."""

    columns: Sequence[int]
    factors: Sequence[float]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Solution:
    """The least cost, and the columns that have it."""

    cost: float
    values: Numbers


class Program:
    """Rows over columns between bounds: asked again and again for the least of some cost.

    What was found last is where the next search begins, so that questions that are alike are quick.
    """

    def __init__(
        self, low: Numbers, high: Numbers, rows: Sequence[Row], *, is_whole: bool = False
    ) -> None:
        """Take the bounds of the columns, and the rows; ``is_whole`` asks for whole numbers.

        Raises :class:`InputError` where the solver is not installed.
        """
        self._size = len(low)
        self._columns = np.arange(self._size, dtype=np.int32)
        self._is_whole = is_whole
        self._solver = _solver()
        _load(self._solver, low, high, rows, is_whole=is_whole)

    def bound(self, low: Numbers, high: Numbers) -> None:
        """Set the bounds of all columns anew."""
        self._solver.changeColsBounds(self._size, self._columns, low, high)

    def least(self, cost: Numbers) -> Solution | None:
        """Return a solution of the least cost; nothing where there is no solution at all."""
        import highspy

        self._solver.changeColsCost(self._size, self._columns, cost)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
            raise RuntimeError(f"HiGHS: {self._solver.modelStatusToString(status)}")
        values = np.array(self._solver.getSolution().col_value, dtype=np.float64)
        if self._is_whole:
            values = np.rint(values)
        return Solution(float(cost @ values), values)

    def require(self, row: Row) -> None:
        """Add a row."""
        self._solver.addRow(
            row.low,
            row.high,
            len(row.columns),
            np.array(row.columns, dtype=np.int32),
            np.array(row.factors, dtype=np.float64),
        )


def require_solver() -> None:
    """Raise :class:`InputError` where the solver is not installed."""
    try:
        import highspy  # noqa: F401
    except ModuleNotFoundError:
        raise InputError(
            Fault(
                message(
                    "found no HiGHS (highspy), expected it: install what follow-up of groups needs"
                    " with pip install 'riskbehov[group]'"
                )
            )
        ) from None


def _solver() -> "highspy.Highs":
    require_solver()
    import highspy

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 1),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.5),  # costs are whole numbers
    ):
        solver.setOptionValue(option, value)
    return solver


def _load(
    solver: "highspy.Highs", low: Numbers, high: Numbers, rows: Sequence[Row], *, is_whole: bool
) -> None:
    import highspy

    model = highspy.HighsLp()
    model.num_col_ = len(low)
    model.num_row_ = len(rows)
    model.col_cost_ = np.zeros(len(low))
    model.col_lower_ = low
    model.col_upper_ = high
    model.row_lower_ = np.array([row.low for row in rows], dtype=np.float64)
    model.row_upper_ = np.array([row.high for row in rows], dtype=np.float64)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row.columns) for row in rows)], dtype=np.int32)
    model.a_matrix_.index_ = np.array([c for row in rows for c in row.columns], dtype=np.int32)
    model.a_matrix_.value_ = np.array([f for row in rows for f in row.factors], dtype=np.float64)
    if is_whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(low)
    else:
        solver.setOptionValue("presolve", "off")  # it would begin anew each time
    solver.passModel(model)
