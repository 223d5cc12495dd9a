"""Blocks as plain text of a given width, for a terminal or a text file."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from riskbehov.report.document import (
    FAILS,
    HOLDS,
    NEXT,
    OPEN,
    Block,
    Bullets,
    Callout,
    Definitions,
    Heading,
    Item,
    Note,
    Paragraph,
    Picture,
    Table,
    Term,
    clean,
    is_roomy,
)

Paint: TypeAlias = Callable[[str, str], str]
"""Give a piece of a line its style: ``(text, style)``."""

_GAP = "  "
_UNDERLINES = {1: "═", 2: "─"}
_WIDEST_WORD = 26
"""Longer words of a definition list stand on a line of their own."""
_ROOM = 24
"""What a definition needs beside its word, to stand beside it."""
_BREAKABLE = re.compile(r"[^\S\u00a0\u202f]+")
_STYLES = {
    "title": "1",
    "strong": "1",
    "note": "2",
    "acute": "1;31",
    "warning": "1;33",
    HOLDS: "32",
    FAILS: "31",
    OPEN: "33",
    NEXT: "36",
}


def to_text(blocks: Iterable[Block], *, width: int = 80, colour: bool = False) -> str:
    """Return blocks as text; no line is wider than ``width`` unless a single word is.

    Styles for a terminal (ANSI) are put in only with ``colour``. Wide characters count as two.
    """
    lines = _blocks(tuple(blocks), width, _ansi if colour else _unstyled)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _ansi(text: str, style: str) -> str:
    code = _STYLES.get(style)
    return f"\x1b[{code}m{text}\x1b[0m" if code and text else text


def _unstyled(text: str, _style: str) -> str:
    return text


def _blocks(blocks: Sequence[Block], width: int, paint: Paint) -> Iterator[str]:
    """Yield the lines of blocks that follow upon each other, with air between them."""
    if blocks:
        yield from _block(blocks[0], width, paint)
    for before, block in pairwise(blocks):
        if not _is_close(before, block):
            yield ""
        yield from _block(block, width, paint)


def _is_close(before: Block, block: Block) -> bool:
    """Tell whether a block stands right under the one before it."""
    if isinstance(before, Paragraph) and before.text.endswith(":"):
        return isinstance(block, Bullets)
    if isinstance(block, Note):
        return not isinstance(before, Table)
    return isinstance(before, Heading)


def _block(  # noqa: PLR0911 - one for each kind of block
    block: Block, width: int, paint: Paint
) -> Iterable[str]:
    match block:
        case Heading():
            return _heading(block, width, paint)
        case Paragraph(text, is_strong):
            return _styled(text, width, paint, "strong" if is_strong else "")
        case Note(text, _):
            return _styled(text, width, paint, "note")
        case Bullets():
            return _bullets(block, width, paint)
        case Definitions(terms):
            return _definitions(terms, width, paint)
        case Table():
            return _table(block, width, paint)
        case Picture(file, shows):
            return _styled(f"{file}: {shows}", width, paint, "")
        case Callout():
            return _callout(block, width, paint)


def _heading(heading: Heading, width: int, paint: Paint) -> Iterator[str]:
    lines = wrap(heading.text, width)
    yield from (paint(line, "title") for line in lines)
    if heading.level in _UNDERLINES:
        longest = min(width, max(map(columns, lines), default=0))
        yield paint(_UNDERLINES[heading.level] * longest, "title")


def _styled(text: str, width: int, paint: Paint, style: str) -> Iterator[str]:
    return (paint(line, style) for line in wrap(text, width))


def _bullets(block: Bullets, width: int, paint: Paint) -> Iterator[str]:
    """Yield a list; its entries stand apart if any has much to it."""
    is_loose = is_roomy(item.inside for item in block.items)
    hang = len(f"{len(block.items)}. ") if block.is_numbered else len("• ")
    for number, item in enumerate(block.items, 1):
        if is_loose and number > 1:
            yield ""
        mark = f"{number}." if block.is_numbered else item.mark or "•"
        yield from _item(item, mark, hang, width, paint)


def _item(item: Item, mark: str, hang: int, width: int, paint: Paint) -> Iterator[str]:
    room = max(1, width - hang)
    style = "strong" if item.is_strong else ""
    first = paint(mark, mark) + " " * (hang - len(mark))
    lines = [*_styled(item.text, room, paint, style)]
    for block in item.inside:
        lines += _block(block, room, paint)
    for number, line in enumerate(lines):
        yield (" " * hang if number else first) + line


def _definitions(terms: Sequence[Term], width: int, paint: Paint) -> Iterator[str]:
    """Yield words in a column with their text beside, or the text below where there is no room."""
    fitting = [n for n in (columns(term.word) for term in terms) if n <= _WIDEST_WORD]
    hang = max(fitting, default=0) + len(_GAP)
    for term in terms:
        room = width - hang
        beside = room >= _ROOM and columns(term.word) + len(_GAP) <= hang
        if beside and all(columns(word) <= room for word in _words(term.text)):
            yield from _beside(term, hang, width, paint)
        else:
            yield from _styled(term.word, width, paint, "strong")
            yield from _below(term, width, paint)


def _beside(term: Term, hang: int, width: int, paint: Paint) -> Iterator[str]:
    word = paint(clean(term.word), "strong") + " " * (hang - columns(term.word))
    lines = [*wrap(term.text, width - hang), *_inside(term.inside, width - hang, paint)]
    for number, line in enumerate(lines or [""]):
        yield (" " * hang if number else word) + line


def _below(term: Term, width: int, paint: Paint) -> Iterator[str]:
    room = max(1, width - len(_GAP))
    for line in (*wrap(term.text, room), *_inside(term.inside, room, paint)):
        yield _GAP + line


def _inside(blocks: Iterable[Block], width: int, paint: Paint) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, width, paint)


def _callout(block: Callout, width: int, paint: Paint) -> Iterator[str]:
    bar = paint("┃", block.kind) + " "
    room = max(1, width - 2)
    yield from (bar + line for line in _styled(block.title, room, paint, block.kind))
    for line in _blocks(block.inside, room, paint):
        yield bar + line


def _table(table: Table, width: int, paint: Paint) -> Iterator[str]:
    """Yield a table in columns, or entry by entry where the columns have no room."""
    sizes = _sizes(table, width)
    if sizes is None:
        yield from _entries(table, width, paint)
        return
    yield from _row(table.head, sizes, paint, "strong")
    yield _GAP.join("─" * size for size in sizes)
    for row in table.rows:
        yield from _row(row, sizes, paint, "")


def _entries(table: Table, width: int, paint: Paint) -> Iterator[str]:
    for number, row in enumerate(table.rows):
        if number:
            yield ""
        terms = tuple(Term(*pair) for pair in zip(table.head, row, strict=True))
        yield from _definitions(terms, width, paint)


def _sizes(table: Table, width: int) -> list[int] | None:
    """Return how wide each column is: as its content asks for, the widest made narrower."""
    cells = [*zip(table.head, *table.rows, strict=True)]
    sizes = [max(max(map(columns, _paragraphs(c)), default=0) for c in column) for column in cells]
    least = [max(max(map(columns, _words(c)), default=0) for c in column) for column in cells]
    room = width - len(_GAP) * (len(sizes) - 1)
    if sum(least) > room:
        return None
    while sum(sizes) > room:
        widest = max((n for n, s in enumerate(sizes) if s > least[n]), key=lambda n: sizes[n])
        sizes[widest] -= 1
    return sizes


def _row(cells: Sequence[str], sizes: Sequence[int], paint: Paint, style: str) -> Iterator[str]:
    wrapped = [wrap(cell, size) for cell, size in zip(cells, sizes, strict=True)]
    for number in range(max(map(len, wrapped), default=0)):
        parts = [lines[number] if number < len(lines) else "" for lines in wrapped]
        yield _GAP.join(
            paint(part, style) + " " * (size - columns(part))
            for part, size in zip(parts, sizes, strict=True)
        )


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of ``text``: broken at white space, never within a word.

    >>> wrap("a calm and scannable page", 10)
    ['a calm and', 'scannable', 'page']
    """
    return [line for paragraph in _paragraphs(text) for line in _filled(paragraph, width)]


def _paragraphs(text: str) -> list[str]:
    return [line for line in clean(text).split("\n") if line.strip()]


def _filled(text: str, width: int) -> Iterator[str]:
    line: list[str] = []
    used = 0
    for word in _words(text):
        size = columns(word)
        if line and used + 1 + size > width:
            yield " ".join(line)
            line, used = [], 0
        used += size + (1 if line else 0)
        line.append(word)
    if line:
        yield " ".join(line)


def _words(text: str) -> list[str]:
    return [word for word in _BREAKABLE.split(clean(text)) if word]


def columns(text: str) -> int:
    """Return how many columns ``text`` takes up: wide characters two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_column, text))


def _column(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
