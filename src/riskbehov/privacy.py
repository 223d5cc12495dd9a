"""What must never be written down here: personal numbers, telephone, e-mail and addresses.

Names and places cannot be recognised by pattern; whoever writes free text is told so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PERSONAL_NUMBER = re.compile(r"(?<![\d-])(?:19|20)?(\d{6})[-+\u2013 ]?(\d{4})(?![\d-])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w-])(?:\+\d{2}|00\d{2}|0)(?:[ \u00a0()/-]{0,2}\d){6,12}(?![\w-]|\.\d)")
_ADDRESS = re.compile(
    r"\b\w{3,}(?:gatan|v\u00e4gen|gr\u00e4nd(?:en)?|stigen|all\u00e9n|torget|backen|g\u00e5rden)\s+\d{1,4}\b"
    r"|\b\d{3} \d{2} +[A-Z\u00c5\u00c4\u00d6][\w]+",
    re.IGNORECASE,
)
_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}")

KINDS = ("personal number", "e-mail address", "telephone number", "street address")


@dataclass(frozen=True, slots=True)
class Finding:
    """One match in a text: what ``kind`` of personal datum, where, and if it is beyond doubt."""

    kind: str
    start: int
    end: int
    certain: bool


def find(text: str) -> list[Finding]:
    """List what looks like personal data in ``text``, in order of place.

    A personal (or co-ordination) number with a real date and a right check digit is ``certain``;
    everything else is a likeness that a person may look at and confirm.
    """
    found = [*_personal_numbers(text)]
    taken = [(f.start, f.end) for f in found] + [m.span() for m in _ISO_TIME.finditer(text)]
    for kind, pattern in (
        ("e-mail address", _EMAIL),
        ("telephone number", _PHONE),
        ("street address", _ADDRESS),
    ):
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                found.append(Finding(kind, *match.span(), certain=False))
                taken.append(match.span())
    return sorted(found, key=lambda f: f.start)


def mask(text: str) -> str:
    """Return ``text`` with every match of :func:`find` replaced by dots.

    >>> mask("ring 070-123 45 67")
    'ring \u2022\u2022\u2022\u2022\u2022'
    """
    for finding in reversed(find(text)):
        text = text[: finding.start] + "\u2022\u2022\u2022\u2022\u2022" + text[finding.end :]
    return text


def _personal_numbers(text: str) -> Iterator[Finding]:
    for match in _PERSONAL_NUMBER.finditer(text):
        digits = match.group(1) + match.group(2)
        if _is_date(match.group(1)):
            yield Finding("personal number", *match.span(), certain=_has_check_digit(digits))


def _is_date(six: str) -> bool:
    """Tell whether YYMMDD could be a date of birth, also with 60 added to the day."""
    month, day = int(six[2:4]), int(six[4:6])
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)


def _has_check_digit(ten: str) -> bool:
    """Tell whether the last of ten digits is the Luhn check digit of the nine before it."""
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(ten))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
