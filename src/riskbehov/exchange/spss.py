"""Syntax for SPSS (and PSPP): labels, missing values and levels for columns that are there already.

UTF-8 with a mark, by which SPSS knows it. No line is longer than the 256 bytes that SPSS reads of
one, and labels are cut at the length that it keeps.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from riskbehov.errors import Fault, InputError
from riskbehov.exchange.codebook import Codebook
from riskbehov.exchange.variables import Variable
from riskbehov.i18n import _, message

BOM = "\ufeff"
_LONGEST_NAME = 64
_LONGEST_LABEL = 256
_LONGEST_VALUE_LABEL = 120
_LONGEST_PIECE = 200
_MOST_MISSING = 3
_QUOTES = str.maketrans("'\"", "\u2019\u201d")
"""In a comment, where a straight one would wait for its second."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]*(?<![._])")
_RESERVED = frozenset(
    ("ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH")
)


def to_sps(book: Codebook, *, missing: Sequence[int] = ()) -> str:
    """Return SPSS syntax that labels the columns of a codebook.

    ``missing`` are codes that say in the answers that there is none; SPSS keeps at most three.
    Raises :class:`InputError` for such a code that is also an answer, for more of them, and for
    columns whose names SPSS does not take or cannot tell apart.
    """
    missing = tuple(dict.fromkeys(missing))
    _require_names(book.variables)
    _require_missing(book.answers, missing)
    lines = [*_opening(book), *(line for v in book.variables for line in _command(v, missing))]
    return BOM + "\n".join(lines) + "\n"


def _opening(book: Codebook) -> Iterator[str]:
    yield "* Encoding: UTF-8."
    for said in (
        _(
            "{name}: labels for columns that are in the active data set already",
            name=book.instrument.name,
        ),
        _("Short labels of the toolkit's own, not the wording of the form"),
    ):
        plain = " ".join(said.translate(_QUOTES).split())
        yield f"* {_cut(plain, _LONGEST_PIECE).rstrip('.')}."


def _command(variable: Variable, missing: Sequence[int]) -> Iterator[str]:
    yield ""
    yield f"VARIABLE LABELS {variable.name}"
    yield from _ended(_quoted(variable.label, _LONGEST_LABEL))
    if variable.codes and not variable.is_bits:
        yield f"VALUE LABELS {variable.name}"
        yield from _ended(line for code in variable.codes for line in _valued(variable, *code))
    if missing and variable.part == "answer":
        yield f"MISSING VALUES {variable.name} ({', '.join(map(str, missing))})."
    yield f"VARIABLE LEVEL {variable.name} ({variable.level.upper()})."


def _valued(variable: Variable, value: str, said: str) -> Iterator[str]:
    """Yield a value with its label; text stands in quotes."""
    first, *more = _quoted(said, _LONGEST_VALUE_LABEL, indent="    ")
    yield f"  {_quote(value) if variable.is_text else value} {first.strip()}"
    yield from more


def _quoted(text: str, longest: int, *, indent: str = "  ") -> Iterator[str]:
    """Yield a text in quotes, on several lines where it is long."""
    pieces = [_quote(piece) for piece in _pieces(_cut(" ".join(text.split()), longest))]
    for piece in pieces[:-1]:
        yield f"{indent}{piece} +"
    yield f"{indent}{pieces[-1]}"


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces that are short also when all quotes in them are doubled."""
    piece, size = "", 0
    for sign in text:
        more = len(sign.encode()) + (sign == "'")
        if size + more > _LONGEST_PIECE:
            yield piece
            piece, size = "", 0
        piece, size = piece + sign, size + more
    yield piece


def _ended(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a command, the last with the full stop that ends it."""
    *before, last = lines
    yield from before
    yield f"{last}."


def _cut(text: str, longest: int) -> str:
    """Return a text of so many bytes at most, with three dots where something is cut.

    >>> _cut("åäö", 5)
    'å…'
    """
    if len(text.encode()) <= longest:
        return text
    return text.encode()[: longest - len("…".encode())].decode(errors="ignore") + "…"


def _require_names(variables: Sequence[Variable]) -> None:
    counts = Counter(v.name.casefold() for v in variables)  # SPSS does not tell A from a
    faults = [
        Fault(
            message(
                "SPSS does not take the name {name!r}, expected a letter and then letters,"
                " figures, _ and ., at most {most} in all, that is no word of its own and no"
                " other column's name; give the item another id",
                name=variable.name,
                most=_LONGEST_NAME,
            ),
            variable.name,
        )
        for variable in variables
        if not _is_taken(variable.name) or counts[variable.name.casefold()] > 1
    ]
    if faults:
        raise InputError(faults)


def _is_taken(name: str) -> bool:
    is_name = _NAME.fullmatch(name) and len(name) <= _LONGEST_NAME
    return bool(is_name) and name.upper() not in _RESERVED


def _require_missing(answers: Sequence[Variable], missing: Sequence[int]) -> None:
    faults = [
        Fault(
            message(
                "the missing data code {code!r} is also an answer there, expected a code that no"
                " answer has",
                code=str(code),
            ),
            variable.name,
        )
        for variable in answers
        for code in missing
        if str(code) in {c.value for c in variable.codes}
    ]
    if len(missing) > _MOST_MISSING:
        faults.append(
            Fault(
                message(
                    "found {found} missing data codes, expected at most {most}: SPSS keeps no more",
                    found=len(missing),
                    most=_MOST_MISSING,
                ),
                "missing",
            )
        )
    if faults:
        raise InputError(faults)
