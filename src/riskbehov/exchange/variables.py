"""A column of a table as a codebook tells of it."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

Level: TypeAlias = Literal["nominal", "ordinal", "scale"]
"""Levels of measurement, by SPSS's words for them."""


class Code(NamedTuple):
    """A value that can stand in a column, as it is written there, and what it means."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One column; its texts are in the language in which they were asked for."""

    name: str
    part: Literal["person", "answer", "score"]
    label: str
    item: str = ""
    """The item or the scale that it belongs to."""
    codes: tuple[Code, ...] = ()
    """The values that it can have; none where it holds a number within a range."""
    is_bits: bool = False
    """Whether the codes add up: each is one bit of the number."""
    is_text: bool = False
    low: int | None = None
    high: int | None = None
    unit: str = ""
    empty: str
    """What it means that nothing stands there."""
    level: Level
