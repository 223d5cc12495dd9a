"""Whom each row is about, as far as scoring asks: the part of the tables that has her limits."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.scoring.compiled import NO_VIEW, STRATA, UNKNOWN_AGE, Bits, Bytes, Compiled

SEX_CODES = ("male", "female", "other", "unknown")
"""What the numbers in an array of sexes mean: those with limits of their own first, as in
:data:`STRATA`."""
PIECE = 1 << 15

Days: TypeAlias = npt.NDArray[np.datetime64]
_UNKNOWN_SEX = STRATA.index("unknown")


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """The stratum of each row: how its scales are looked at, and its sex."""

    places: npt.NDArray[np.uint16]
    """View and sex together, as the tables are laid out."""
    views: int
    """All views stand among the first so many."""
    sexes: int
    """All sexes stand among the first so many."""
    is_bad: Bits | None
    """Where sex or age cannot be; nothing where all can."""

    def some(self, rows: npt.NDArray[np.intp]) -> "Strata":
        """Return the strata of some rows."""
        is_bad = None if self.is_bad is None else self.is_bad[rows]
        return Strata(self.places[rows], self.views, self.sexes, is_bad)


@dataclass(frozen=True, slots=True, eq=False)
class Persons:
    """What is known of those whom the rows are about; what is left out, nobody's is."""

    sex: Bytes | None
    age: Bytes | None
    day: dt.date | Days | None

    def strata(self, tables: Compiled, rows: slice) -> Strata:
        """Return the strata of some rows."""
        sex, view = self._sexes(rows), self._views(tables, rows)
        is_bad = None
        if sex.max() >= len(SEX_CODES) or view.max() == NO_VIEW:
            is_bad = (sex >= len(SEX_CODES)) | (view == NO_VIEW)
            view[is_bad] = 0
        sex = np.minimum(sex, _UNKNOWN_SEX)
        views, sexes = int(view.max()) + 1, int(sex.max()) + 1
        view *= len(STRATA)
        view += sex
        return Strata(view, views, sexes, is_bad)

    def _sexes(self, rows: slice) -> Bytes:
        if self.sex is None:
            return np.full(rows.stop - rows.start, _UNKNOWN_SEX, np.uint8)
        return self.sex[rows]

    def _views(self, tables: Compiled, rows: slice) -> npt.NDArray[np.uint16]:
        """Return how the scales are looked at in each row; nothing where nobody has that age."""
        view = np.empty(rows.stop - rows.start, np.uint16)
        age = np.full(view.size, UNKNOWN_AGE, np.uint8) if self.age is None else self.age[rows]
        if isinstance(self.day, np.ndarray):
            place = periods(tables, self.day[rows]) * np.uint16(tables.views.shape[1]) + age
            look_up(tables.views.reshape(-1), place, view)
        else:
            (period,) = periods(tables, np.array([self.day], "datetime64[D]"))
            look_up(tables.views[period], age, view)
        return view


def periods(tables: Compiled, days: Days) -> npt.NDArray[np.unsignedinteger[Any]]:
    """Return between which cuts each day is; ``NaT`` is in the last period.

    The numbers are wide enough for every place in the table of views, for which they are used.
    """
    days = days.astype("datetime64[D]", copy=False)
    found = np.zeros(days.shape, np.min_scalar_type(tables.views.size - 1))
    for cut in tables.cuts:
        found += days >= cut
    found[np.isnat(days)] = len(tables.views) - 1
    return found


def look_up(
    table: npt.NDArray[Any], places: npt.NDArray[np.unsignedinteger[Any]], out: npt.NDArray[Any]
) -> None:
    """Look places up in a table; one beyond its end gives the last entry.

    It is done piece by piece, since NumPy makes eight bytes of each place.
    """
    for start in range(0, places.size, PIECE):
        piece = slice(start, start + PIECE)
        np.take(table, places[piece], out=out[piece], mode="clip")
