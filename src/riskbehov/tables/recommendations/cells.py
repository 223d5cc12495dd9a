"""One cell of a table as a case file would have it; what cannot be is handed on to be refused."""

import datetime as dt
from collections.abc import Container

import numpy as np

from riskbehov.tables.frames.people import ages_on, read_day
from riskbehov.tables.frames.values import is_missing, whole
from riskbehov.tables.recommendations.facts import says_nothing

ODD = "?"
"""What stands for a cell that is no answer: who reads the message has no need of more."""


def number_in(cell: object) -> object:
    """Return a whole number, nothing, or what stands there instead."""
    if is_missing(cell):
        return None
    number = whole(cell)
    return cell if number is None else number


def day_in(cell: object) -> object:
    """Return a day, nothing, or what stands there instead."""
    if is_missing(cell):
        return None
    day = read_day(cell)
    return cell if np.isnat(day) else day.item()


def sex_in(cell: object) -> object:
    """Return a sex, or what stands there instead; an empty cell is unknown."""
    if is_missing(cell):
        return "unknown"
    return cell.strip() if isinstance(cell, str) else cell


def age_in(born: object, day: object) -> object:
    """Return the age of who was born on the day of a cell, or what stands there instead."""
    found = day_in(born)
    if not isinstance(found, dt.date) or not isinstance(day, dt.date):
        return None if isinstance(found, dt.date) else found
    return int(ages_on(np.array([found], "datetime64[D]"), day)[0])


def truth_in(cell: object) -> object:
    """Return true, false, nothing, or :data:`ODD`."""
    if says_nothing(cell):
        return None
    if isinstance(cell, bool | np.bool_):
        return bool(cell)
    word = cell.strip().lower() if isinstance(cell, str) else ""
    number = {"true": 1, "false": 0}.get(word, whole(cell))
    return bool(number) if number in (0, 1) else ODD


def word_in(cell: object, words: Container[str]) -> object:
    """Return one of some words, nothing, or :data:`ODD`."""
    if says_nothing(cell):
        return None
    word = cell.strip() if isinstance(cell, str) else ODD
    return word if word in words else ODD
