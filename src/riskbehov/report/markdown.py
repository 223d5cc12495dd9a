"""Blocks as Markdown: CommonMark, with tables in pipe format (GitHub's extension)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from riskbehov.report.document import (
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
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~])")
_STARTS = re.compile(r"^([-+=]|\d{1,9}[.)])")
_APART = "<!-- -->"
"""Two lists that follow upon each other would become one without something between them."""


def to_markdown(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown; whatever the text holds, it is shown as it stands."""
    return "".join(f"{line.rstrip()}\n" for line in _blocks(tuple(blocks)))


def escape(text: str) -> str:
    r"""Return one line of text with everything escaped that Markdown would read as its own.

    >>> escape("1. *not* a list")
    '1\\. \\*not\\* a list'
    """
    line = _SPECIAL.sub(r"\\\1", " ".join(clean(text).split()))
    return _STARTS.sub(lambda m: f"{m[1][:-1]}\\{m[1][-1]}", line)


def _lines(text: str) -> list[str]:
    """Return the lines of a text, escaped, each but the last with a hard break."""
    found = [escape(line) for line in clean(text).split("\n") if line.strip()]
    return [*(f"{line}\\" for line in found[:-1]), *found[-1:]]


def _strong(text: str) -> str:
    line = escape(text)
    return f"**{line}**" if line else ""


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    if blocks:
        yield from _block(blocks[0])
    for before, block in pairwise(blocks):
        yield ""
        if _is_list(before) and _is_list(block):
            yield _APART
            yield ""
        yield from _block(block)


def _is_list(block: Block) -> bool:
    return isinstance(block, Bullets | Definitions)


def _block(block: Block) -> Iterable[str]:  # noqa: PLR0911 - one for each kind of block
    match block:
        case Heading(text, level):
            return [f"{'#' * level} {escape(text)}"]
        case Paragraph(text, is_strong):
            return [_strong(text)] if is_strong else _lines(text)
        case Note(text, _):
            return _lines(text)
        case Bullets():
            return _bullets(block)
        case Definitions(terms):
            return _listed([("-", _term(term), term.inside) for term in terms])
        case Table():
            return _table(block)
        case Picture(file, shows):
            return [f"![{escape(shows)}](<{_file(file)}>)"]
        case Callout(_, title, inside):
            return _quoted([_strong(title), "", *_blocks(inside)])


def _bullets(block: Bullets) -> Iterator[str]:
    return _listed(
        [
            (f"{number}." if block.is_numbered else "-", _item(item), item.inside)
            for number, item in enumerate(block.items, 1)
        ]
    )


def _item(item: Item) -> list[str]:
    lines = [_strong(item.text)] if item.is_strong else _lines(item.text)
    if not item.mark:
        return lines
    first = " ".join([escape(item.mark), *lines[:1]])
    return [first, *lines[1:]]


def _term(term: Term) -> list[str]:
    lines = _lines(term.text)
    return [" ".join([_strong(f"{term.word}:"), *lines[:1]]), *lines[1:]]


def _listed(entries: Sequence[tuple[str, list[str], tuple[Block, ...]]]) -> Iterator[str]:
    """Yield a list; its entries stand apart if any has more to it than a line and a list."""
    is_loose = any(not _is_list(block) for _, _, inside in entries for block in inside)
    for number, (sign, lines, inside) in enumerate(entries):
        if is_loose and number:
            yield ""
        held = [*lines, *([""] if is_loose and lines and inside else []), *_blocks(inside)]
        hang = " " * (len(sign) + 1)
        yield f"{sign} {held[0] if held else ''}"
        yield from (f"{hang}{line}" if line else "" for line in held[1:])


def _quoted(lines: Iterable[str]) -> Iterator[str]:
    return (f"> {line}".rstrip() for line in lines)


def _table(table: Table) -> Iterator[str]:
    yield _row(table.head)
    yield _row(["---"] * len(table.head), is_escaped=True)
    yield from map(_row, table.rows)


def _file(name: str) -> str:
    """Return the name of a file as it may stand between angle brackets."""
    return re.sub(r"([\\<>])", r"\\\1", " ".join(clean(name).split()))


def _row(cells: Sequence[str], *, is_escaped: bool = False) -> str:
    return f"| {' | '.join(cells if is_escaped else map(escape, cells))} |"
