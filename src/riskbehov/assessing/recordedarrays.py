"""Recorded results of many persons: what their methods cannot have given."""

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.planning.arrays import NONE, Bytes, Days, Flags, RecordedArrays
from riskbehov.yamlfile import Place

Years: TypeAlias = npt.NDArray[np.int64]


def recorded_faults(found: RecordedArrays, age: Bytes, day: Days) -> Iterator[tuple[Place, Flags]]:
    """Yield what a case would be refused for in a recorded result, with its rows."""
    place: Place = ("recorded_results", found.method.id)
    has_level, has_day = found.level != NONE, ~np.isnat(found.day)
    yield (*place, "level"), has_day & ~has_level
    yield (*place, "date"), has_level & ~has_day
    yield (*place, "date"), has_day & (found.day > day)
    yield (*place, "date"), has_day & ~_may_be_of_age(found, age, day)
    yield (
        (*place, "valid_months"),
        (has_level | has_day) & (found.months > found.method.valid_months),
    )


def _may_be_of_age(found: RecordedArrays, age: Bytes, day: Days) -> Flags:
    """Tell who can have been of an age for the method; what other checks tell of passes.

    The age is known in whole years on the day of the assessment, the birthday is not.
    """
    low, high = ages_on_many(found.day, age, day)
    ages = found.method.ages
    top = np.iinfo(np.int64).max if ages.to is None else ages.to
    is_elsewhere = np.isnat(found.day) | np.isnat(day) | (age == NONE) | (found.day > day)
    found_so: Flags = (high >= max(0, ages.from_)) & (low <= top) | is_elsewhere
    return found_so


def ages_on_many(on: Days, age: Bytes, later: Days) -> tuple[Years, Years]:
    """Return the least and the greatest age on an earlier day, each as ``ages_on`` would."""
    first, last = _parts(on), _parts(later)
    is_before = last[1] < first[1]
    is_same_day = last[1] == first[1]
    years = last[0] - first[0] - is_before
    greatest = age.astype(np.int64) - years
    return greatest - ~is_same_day, greatest


def _parts(days: Days) -> tuple[Years, Years]:
    """Return the years, and numbers that order days within a year as the calendar does."""
    months = days.astype("datetime64[M]")
    within = (days - months.astype("datetime64[D]")).astype(np.int64)
    number = months.astype(np.int64)
    return number // 12, number % 12 * 32 + within
