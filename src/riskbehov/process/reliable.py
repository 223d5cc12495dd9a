"""Reliable change: whether a difference is more than error of measurement.

Jacobson, N. S. & Truax, P. (1991). Clinical significance: a statistical approach to defining
meaningful change in psychotherapy research. J Consult Clin Psychol 59(1), 12-19,
doi:10.1037/0022-006X.59.1.12. Reliability, standard deviation and limit stand in the data file of
each instrument, with their sources.
"""

from math import sqrt
from typing import Literal, TypeAlias

from riskbehov.models.instrument import Reliability

Index: TypeAlias = tuple[float, float]
"""The reliable change index at both ends of a difference."""
Reliable: TypeAlias = Literal["yes", "no", "cannot-tell", "not-known"]
"""Whether a change is reliable; not known where no reliability with its spread is."""


def reliable_change_index(difference: float, *, sd: float, reliability: float) -> float:
    """Return a difference as a multiple of the standard error of differences.

    Jacobson and Truax (1991): the standard error of measurement is ``sd * sqrt(1 - reliability)``,
    and that of the difference between two scores ``sqrt(2)`` times as much.

    >>> round(reliable_change_index(15, sd=7.5, reliability=0.80), 2)
    3.16
    """
    error = sd * sqrt(1 - reliability)
    return difference / (sqrt(2) * error)


def index(low: int, high: int, reliability: Reliability | None) -> Index | None:
    """Return the index at both ends of a difference; nothing where it cannot be worked out."""
    if reliability is None or reliability.sd is None:
        return None
    sd, coefficient = reliability.sd, reliability.coefficient
    return (
        reliable_change_index(low, sd=sd, reliability=coefficient),
        reliable_change_index(high, sd=sd, reliability=coefficient),
    )


def is_reliable(low: int, high: int, reliability: Reliability | None) -> Reliable:
    """Tell whether a difference is a reliable change, wherever between its ends it is.

    It is one only if the index is beyond the limit on the same side all over the interval, and none
    only if it is nowhere beyond it.
    """
    ends = index(low, high, reliability)
    if ends is None or reliability is None or reliability.reliable_from is None:
        return "not-known"
    limit = reliability.reliable_from
    if ends[0] > limit or ends[1] < -limit:
        return "yes"
    return "no" if -limit <= ends[0] and ends[1] <= limit else "cannot-tell"
