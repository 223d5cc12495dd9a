"""Who each row is about, as far as scores need it: sex, age, and the day of the assessment."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message
from riskbehov.scoring.arrays import ILLEGAL, MISSING, SEX_CODES
from riskbehov.scoring.plan import OLDEST
from riskbehov.tables.frames.native import times_of
from riskbehov.tables.frames.values import Bytes, by_value, codes_of, distinct, is_missing

if TYPE_CHECKING:
    import narwhals as nw

Days = npt.NDArray[np.datetime64]

_ZONE = r"(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_POINT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    rf"(?:[T ](?:[01][0-9]|2[0-3]):[0-9]{{2}}(?::[0-9]{{2}}(?:[.,][0-9]+)?)?{_ZONE})?"
    rf"|[0-9]{{8}}(?:T(?:[01][0-9]|2[0-3])[0-9]{{2}}(?:[0-9]{{2}}(?:[.,][0-9]+)?)?{_ZONE})?"
)
"""A day, or a point in time as ISO 8601 has them; hour 24 is the next day in some of Python."""
_UNKNOWN = SEX_CODES.index("unknown")
_DAY = "datetime64[D]"
_NO_DAY = np.datetime64("NaT", "D")
_LONGER = ("Y", "M", "W")
"""Units of time of NumPy that tell no day."""


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Some rows: places among the sexes, whole years, and days."""

    sex: Bytes | None
    age: Bytes | None
    day: dt.date | Days | None


def sexes_of(cells: "nw.Series[Any]") -> Bytes:
    """Return a column as places in :data:`SEX_CODES`: only the words themselves are read."""
    return by_value(cells, _read_sex)


def _read_sex(cell: object) -> int:
    if is_missing(cell):
        return _UNKNOWN
    word = cell.strip() if isinstance(cell, str) else None
    return SEX_CODES.index(word) if word in SEX_CODES else ILLEGAL


def ages_of(cells: "nw.Series[Any]") -> Bytes:
    """Return a column as whole years."""
    ages = codes_of(cells)
    ages[(ages > OLDEST) & (ages != MISSING)] = ILLEGAL
    return ages


def days_of(cells: "nw.Series[Any]") -> tuple[Days, npt.NDArray[np.bool_]]:
    """Return a column as days, ``NaT`` where there is none, and where something else stands.

    Days are dates, points in time, or text as ``2026-03-01``, ``20260301`` or a whole point in time
    (``2026-03-01 12:00``); text with anything more is no day.
    """
    times = times_of(cells.to_native())
    if times is not None:
        return times.astype(_DAY), np.zeros(len(times), np.bool_)
    held, places = distinct(cells)
    days = np.array([read_day(cell) for cell in held], _DAY)
    none = np.array([is_missing(cell) for cell in held], np.bool_)
    if not held:
        return np.empty(0, _DAY), np.empty(0, np.bool_)
    found = days[places]
    return found, np.isnat(found) & ~none[places]


def read_day(cell: object) -> np.datetime64:
    """Return the day that a cell holds, ``NaT`` if it holds none.

    Text is read if the whole of it is a day, or a point in time with nothing left out.

    >>> [str(read_day(text)) for text in ("2026-03-01", "20260301", "2026-03-01T12:00Z")]
    ['2026-03-01', '2026-03-01', '2026-03-01']
    >>> [str(read_day(text)) for text in ("2026-03-01 or later", "2026-03-01 1212")]
    ['NaT', 'NaT']
    """
    if is_missing(cell):  # NaT of pandas calls itself a point in time
        return _NO_DAY
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return np.datetime64(cell, "D")
    if isinstance(cell, np.datetime64):
        is_longer = np.datetime_data(cell.dtype)[0] in _LONGER
        return _NO_DAY if is_longer else np.datetime64(str(cell), "D")
    return _day_in(cell.strip()) if isinstance(cell, str) else _NO_DAY


def _day_in(text: str) -> np.datetime64:
    try:
        is_whole = _POINT.fullmatch(text) is not None
        return np.datetime64(dt.datetime.fromisoformat(text).date(), "D") if is_whole else _NO_DAY
    except ValueError:  # such as the 30th of February
        return _NO_DAY


def as_day(given: object) -> dt.date | str | None:
    """Return what a caller gives as the day: one day for all, or the name of a column.

    Raises :class:`InputError` for anything else, for a point in time that is none, and for a day
    that the calendar of Python does not have.
    """
    if given is None or isinstance(given, str):
        return given
    day = read_day(given) if isinstance(given, dt.date | np.datetime64) else _NO_DAY
    found: object = day.item()
    if isinstance(found, dt.date):
        return found
    raise InputError(
        Fault(
            message("found {found}, expected a day or the name of a column", found=str(given)),
            "date",
        )
    )


def ages_on(born: Days, day: dt.date | Days) -> Bytes:
    """Return the age in whole years on a day; a day before the birth is no age."""
    on = np.broadcast_to(np.asarray(day, _DAY), born.shape)
    years = _year(on) - _year(born)
    years -= _month_and_day(on) < _month_and_day(born)
    known = ~(np.isnat(born) | np.isnat(on))
    ages = np.full(born.shape, MISSING, np.uint8)
    fits = (years >= 0) & (years <= OLDEST)
    ages[known] = np.where(fits, years, ILLEGAL)[known].astype(np.uint8)
    return ages


def _year(days: Days) -> npt.NDArray[np.int64]:
    return days.astype("datetime64[Y]").astype(np.int64)


def _month_and_day(days: Days) -> npt.NDArray[np.int64]:
    """Return a number that orders days within a year as the calendar does."""
    months = days.astype("datetime64[M]")
    within_year = months.astype(np.int64) % 12
    within_month: npt.NDArray[np.int64] = (days - months.astype(_DAY)).astype(np.int64)
    return within_year * 32 + within_month
