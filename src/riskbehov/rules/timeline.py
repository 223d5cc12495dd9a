"""How the versions of a rule follow upon each other: without gap and without overlap."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from riskbehov.models.base import Validity

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Crack:
    """Days on which no version is in force, or two are; both ends included."""

    kind: Literal["gap", "overlap"]
    first: dt.date
    last: dt.date


def cracks(validities: Iterable[Validity]) -> Iterator[Crack]:
    """Yield every gap and overlap between the versions of one definition."""
    ordered = sorted(validities, key=lambda v: v.from_)
    for earlier, later in pairwise(ordered):
        end = earlier.to or dt.date.max
        if end >= later.from_:
            yield Crack("overlap", later.from_, min(end, later.to or dt.date.max))
        elif later.from_ - end > _ONE_DAY:
            yield Crack("gap", end + _ONE_DAY, later.from_ - _ONE_DAY)
