"""What a report is made of: a few kinds of block, the same for every form of output.

Blocks hold plain text in the language of the moment. How they look is for whoever writes them out:
``text`` and ``markdown`` here.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

HOLDS = "✓"
FAILS = "✗"
OPEN = "?"
"""Signs for true, false and unknown; words always stand beside them."""

NEXT = "→"
WAITS = "…"
MAY = "○"
NEEDLESS = "–"
"""Signs for a step that is next, that waits, that may be taken and that need not be; with words."""

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CONTROL = ("Cc", "Cs")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 for the whole report, 2 for a section, 3 within one."""

    text: str
    level: Literal[1, 2, 3] = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Small print that belongs to what stands before it: a source, a ground in law, a remark."""

    text: str
    sources: tuple[str, ...] = ()
    """The ids of the documents that it cites."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list: its line, what belongs to it, and a sign instead of the bullet."""

    text: str
    inside: tuple["Block", ...] = ()
    mark: str = ""
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered where the order means something."""

    items: tuple[Item, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what is said of it."""

    word: str
    text: str
    inside: tuple["Block", ...] = ()


@dataclass(frozen=True, slots=True)
class Definitions:
    """Words with what is said of each."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a head; every row is as long as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A file with a picture, and in words what it shows."""

    file: str
    shows: str


@dataclass(frozen=True, slots=True)
class Callout:
    """What must not be missed."""

    kind: Literal["acute", "warning"]
    title: str
    inside: tuple["Block", ...]


Block: TypeAlias = Heading | Paragraph | Note | Bullets | Definitions | Table | Picture | Callout


def bullets(lines: Iterable[object], *, is_numbered: bool = False) -> Bullets:
    """Return a list of plain lines."""
    return Bullets(tuple(Item(str(line)) for line in lines), is_numbered)


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks and everything within them, in reading order."""
    for block in blocks:
        yield block
        match block:
            case Bullets(items):
                yield from walk(b for item in items for b in item.inside)
            case Definitions(terms):
                yield from walk(b for term in terms for b in term.inside)
            case Callout(_, _, inside):
                yield from walk(inside)
            case _:
                pass


def is_roomy(insides: Iterable[tuple[Block, ...]]) -> bool:
    """Tell whether entries of a list need air between them: if any holds more than small print."""
    return any(not isinstance(b, Bullets | Note) for inside in insides for b in inside)


def clean(text: str) -> str:
    r"""Return ``text`` without what could steer a terminal or turn the reading direction.

    >>> clean("red \x1b[31malert")
    'red [31malert'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or not _steers(c))


def _steers(character: str) -> bool:
    return character in _BIDI or unicodedata.category(character) in _CONTROL
