"""Answers as they are typed on a command line."""

import re

from riskbehov.errors import AnswerError, Fault
from riskbehov.i18n import message

_WHOLE = re.compile(r"[0-9]{1,9}")
_MISSING = ("", "-")

Typed = int | str | None


def parse_answers(text: str) -> dict[str, Typed] | list[Typed]:
    """Return answers typed as ``3,2,-,0`` or ``1=3,2=2``.

    What is no whole number is handed on as text, so that scoring refuses it by its item.
    Raises :class:`AnswerError` for an item that stands twice and for the two ways mixed.

    >>> parse_answers("3,-,,0")
    [3, None, None, 0]
    >>> parse_answers("1=3, 9=-")
    {'1': 3, '9': None}
    """
    parts = [part.strip() for part in text.split(",")]
    if not any("=" in part for part in parts):
        return [_code(part) for part in parts]
    named: dict[str, Typed] = {}
    faults = []
    for part in parts:
        name, equals, code = (piece.strip() for piece in part.partition("="))
        if not equals:
            faults.append(
                Fault(
                    message("found {part!r}, expected item=code in every place", part=part),
                    "answers",
                )
            )
        elif name in named:
            faults.append(
                Fault(
                    message("the item {item!r} stands twice, expected once", item=name), "answers"
                )
            )
        named[name] = _code(code)
    if faults:
        raise AnswerError(faults)
    return named


def _code(text: str) -> Typed:
    if text in _MISSING:
        return None
    return int(text) if _WHOLE.fullmatch(text) else text
