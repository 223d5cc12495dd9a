"""How a text file with a table in it is written: encoding, delimiter and header, told not guessed.

The encoding is what the file's first bytes say, else UTF-8 if all of the file is, else Windows-1252
as older Swedish programs write, of which the reader is told. The delimiter is what divides the
header into most names.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from riskbehov.errors import Fault, InputError, quoted
from riskbehov.i18n import Message, message
from riskbehov.tables.files.sources import require_names, unreadable

UTF_8 = "utf-8"
OLDER = "cp1252"
TAB = "\t"
_MARKS = {
    codecs.BOM_UTF8: UTF_8,
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_NAMES = {UTF_8: "UTF-8", OLDER: "Windows-1252", "iso8859-1": "Latin-1"}
_DELIMITERS = {";": ";", ",": ",", TAB: "tab"}
_SEPARATOR = re.compile(r'"?sep=([;,\t|])"?')
_CHUNK = 1 << 22
_HEAD = 1 << 20


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file is written."""

    encoding: str
    delimiter: str
    names: tuple[str, ...]
    start: int
    """Where the rows begin, in bytes."""
    lines: int
    """How many lines stand before them."""
    about: int
    """How many lines come after: rows, where no cell holds a line end."""
    has_mark: bool
    """Whether the first bytes tell the encoding."""
    is_odd: bool
    """Whether the quotation marks do not go in pairs."""
    line_end: str
    notes: tuple[Message, ...] = ()


def shown_encoding(encoding: str) -> str:
    """Return an encoding's name as people write it.

    >>> shown_encoding("cp1252"), shown_encoding("utf-16-le")
    ('Windows-1252', 'UTF-16-LE')
    """
    return _NAMES.get(encoding, encoding.upper())


def shown_delimiter(delimiter: str) -> str:
    """Return a delimiter as a word or as it stands."""
    return _DELIMITERS.get(delimiter, delimiter)


def dialect_of(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Dialect:
    """Return how a text file is written; what is given is not asked of the file.

    All of the file is read once, so that no byte far down turns out to be something else. Raises
    :class:`InputError` for a file that is empty, no text or not in the encoding that it should be,
    for a header that two delimiters could divide, and for names that stand twice.
    """
    try:
        mark, told = _mark(path)
        named = _named(path, encoding, told)
        chosen = named or UTF_8
        seen = _walk(path, chosen)
        if seen.wrong_line and named is None:
            chosen, seen = OLDER, _walk(path, OLDER)
        head = _head(path, chosen, len(mark))
    except OSError as fault:
        raise unreadable(path, fault) from None
    _require_text(path, chosen, seen)
    notes = (_told_older(),) if named is None and chosen == OLDER else ()
    used, names, divided = _header(path, head, delimiter)
    require_names(path, names)
    return Dialect(
        encoding=chosen,
        delimiter=divided,
        names=tuple(names),
        start=len(mark) + len("".join(_lines(head, used)).encode(chosen)),
        lines=used,
        about=max(seen.lines - used, 0),
        has_mark=bool(mark),
        is_odd=seen.quotes % 2 == 1,
        line_end="\r\n" if _lines(head, 1)[0].endswith("\r\n") else "\n",
        notes=notes,
    )


def _mark(path: Path) -> tuple[bytes, str | None]:
    """Return the first bytes of a file that tell its encoding, and the encoding."""
    with path.open("rb") as file:
        head = file.read(3)
    return next(((m, name) for m, name in _MARKS.items() if head.startswith(m)), (b"", None))


def _named(path: Path, encoding: str | None, told: str | None) -> str | None:
    """Return the encoding that is asked for or that the first bytes tell."""
    if encoding is None:
        return told
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except LookupError:
        expected = message("an encoding such as utf-8, windows-1252 or utf-16")
        said = message(
            "found {found}, expected {expected}", found=quoted(encoding), expected=expected
        )
        raise InputError(Fault(said, "--encoding")) from None
    if told is not None and not told.startswith(name.removesuffix("-sig")):
        said = message(
            "the first bytes of the file say {told}, and --encoding says {found}; leave --encoding"
            " out",
            told=shown_encoding(told),
            found=shown_encoding(name),
        )
        raise InputError(Fault(said, str(path)))
    return told or {"utf-8-sig": UTF_8, "utf-16": "utf-16-le"}.get(name, name)


@dataclass(slots=True)
class _Walk:
    """What was met on a walk through a file; a line is zero where there is none such."""

    lines: int = 0
    quotes: int = 0
    wrong_line: int = 0
    zero_line: int = 0


def _walk(path: Path, encoding: str) -> _Walk:
    """Count lines and quotation marks; find the first line not in an encoding, or with a zero."""
    found = _Walk()
    for text, is_wrong in _decoded(path, encoding):
        zero = text.find("\0")
        if zero >= 0:
            found.zero_line = found.lines + text[:zero].count("\n") + 1
        found.lines += text.count("\n")
        found.quotes += text.count('"')
        if is_wrong:
            found.wrong_line = found.lines + 1
        if found.zero_line or found.wrong_line:
            break
    return found


def _decoded(path: Path, encoding: str) -> Iterator[tuple[str, bool]]:
    """Yield a file piece by piece, up to what is not in the encoding; and whether that is met."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while True:
            piece = file.read(_CHUNK)
            try:
                yield decoder.decode(piece, final=not piece), False
            except UnicodeDecodeError as fault:
                yield fault.object[: fault.start].decode(encoding, errors="replace"), True
                return
            if not piece:
                return


def _require_text(path: Path, encoding: str, seen: _Walk) -> None:
    if seen.zero_line:
        said = message(
            "found zero bytes, expected text; the file is damaged, or no text, or UTF-16 that does"
            " not say so (--encoding utf-16)"
        )
        raise InputError(Fault(said, f"{path}:{seen.zero_line}"))
    if seen.wrong_line:
        said = message(
            "found bytes that are not {encoding}, expected text in it; say with --encoding what"
            " the file is written in",
            encoding=shown_encoding(encoding),
        )
        raise InputError(Fault(said, f"{path}:{seen.wrong_line}"))


def _told_older() -> Message:
    return message(
        "The file is not UTF-8 and was read as Windows-1252; if letters such as å, ä and ö have"
        " come out wrong, say with --encoding what it is written in."
    )


def _head(path: Path, encoding: str, skipped: int) -> str:
    """Return the beginning of a file as text."""
    with path.open("rb") as file:
        file.seek(skipped)
        return codecs.getincrementaldecoder(encoding)(errors="replace").decode(file.read(_HEAD))


def _lines(text: str, most: int) -> list[str]:
    """Return the first lines of a text with their ends, as a table's rows are divided."""
    return list(islice(io.StringIO(text, newline=""), most))


def _header(path: Path, head: str, delimiter: str | None) -> tuple[int, list[str], str]:
    """Return how many lines the header takes, its names, and what divides them."""
    first = "".join(_lines(head, 1))
    said = _SEPARATOR.fullmatch(first.rstrip("\r\n"))  # as Excel itself writes and reads
    wanted = delimiter or (said[1] if said else None) or _of_ending(path)
    rest = head[len(first) :] if said else head
    choices = [wanted] if wanted else list(_DELIMITERS)
    divided = {each: _names(path, rest, each) for each in choices}
    most = max(len(names) for _, names in divided.values())
    best = [each for each in choices if len(divided[each][1]) == most]
    if len(best) > 1 and most > 1:
        raise InputError(Fault(_ambiguous(best), f"{path}:1"))
    lines, names = divided[best[-1]]
    return lines + bool(said), names, best[-1]


def _of_ending(path: Path) -> str | None:
    return TAB if path.suffix.lower() == ".tsv" else None


def _names(path: Path, text: str, delimiter: str) -> tuple[int, list[str]]:
    """Return how many lines the first row takes, and its cells."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = next((row for row in rows if row), [])
    except csv.Error:
        names = []
    if not any(names):
        said = message("found no names of columns, expected them in the first row")
        raise InputError(Fault(said, str(path)))
    return rows.line_num, names


def _ambiguous(delimiters: list[str]) -> Message:
    return message(
        "the header can be divided by {found}; say with --delimiter which it is",
        found=" ".join(map(shown_delimiter, delimiters)),
    )
