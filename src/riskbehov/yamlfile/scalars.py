"""What one plain scalar means, and which characters no text may hold."""

import datetime as dt
import math
import re

from riskbehov.errors import quoted
from riskbehov.i18n import Message, message

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MAX_DIGITS = 18
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class ImpossibleError(ValueError):
    """A plain scalar that looks like a number or a date and can be none."""

    def __init__(self, reason: Message) -> None:
        self.reason = reason
        super().__init__(reason)


def plain(text: str) -> bool | int | float | str | dt.date | None:
    """Return what a plain (unquoted) scalar means; raises for a number or date that cannot be."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-+0123456789":
        if _INTEGER.fullmatch(text):
            return _integer(text)
        if _FLOAT.fullmatch(text):
            return _float(text)
        if _DATE.fullmatch(text):
            return _date(text)
    return text


def _integer(text: str) -> int:
    if len(text) > _MAX_DIGITS:
        raise ImpossibleError(
            message(
                "found the number {found}, expected at most {limit} digits;"
                " put it in quotes if it is text",
                found=quoted(text),
                limit=_MAX_DIGITS,
            )
        )
    return int(text)


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ImpossibleError(
            message(
                "found {found}, expected a number that is not beyond all bounds",
                found=quoted(text),
            )
        )
    return number


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ImpossibleError(
            message(
                "found {found}, expected a date that exists",
                found=quoted(text),
            )
        ) from None
