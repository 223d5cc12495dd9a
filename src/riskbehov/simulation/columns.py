"""What columns a cohort has, and what their numbers mean."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy.typing as npt

Kind: TypeAlias = Literal["yes", "row", "count", "code", "word", "real"]
Values: TypeAlias = npt.NDArray[Any]
Block: TypeAlias = Mapping[str, Values]
"""Columns of some rows by name, as numbers."""


class Spec(NamedTuple):
    """A column.

    ``yes`` is true or false, ``row`` the number of a row, ``count`` a whole number below 255,
    ``code`` a code or 255 for none, ``word`` a place in ``words`` or 255 for none, ``real`` a
    number with so many ``decimals``.
    """

    name: str
    kind: Kind
    words: tuple[str, ...] = ()
    decimals: int = 0
    has_gaps: bool = False
