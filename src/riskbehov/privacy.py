"""What must never be written down here: personal numbers, telephone, e-mail and addresses.

Names and places cannot be recognised by pattern; whoever writes free text is told so.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

# Patterns as text: re compiles each when it is first used, and keeps it. Most runs use none.
_SPACES = r" \t\u00a0\u2009\u202f"
_DASHES = r"\-\u2010-\u2015\u2212"
_DASH = rf"[{_DASHES}]"

_PERSONAL_NUMBER = (
    r"(?<!\d)(?<!\b0[.,])(?:"
    rf"(?:19|20)?(\d{{6}})[{_SPACES}]{{0,2}}[{_DASHES}+_]?[{_SPACES}]{{0,2}}(\d{{4}})"
    rf"|(?:19|20)(\d\d){_DASH}(\d\d){_DASH}(\d\d){_DASH}(\d{{4}}))(?!\d)"
)
_SPREAD = (  # told only if the check digit is right: a date before a time looks much the same
    r"(?<!\d)(?:19|20)?(\d\d)[-./ ]?(\d\d)[-./ ]?(\d\d)([-+./: ]{0,2}|-\n)(\d\d[ ]?\d\d)(?!\d)"
)
_TIME = r"(?:[01]\d|2[0-3])[0-5]\d"
_EMAIL = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"

# Groups of two digits or more, for "0 1 2 3 4 0 0 0" is a row of answers; abroad also of one.
_GAP = rf"[{_SPACES}{_DASHES}()/]{{1,3}}"
_NATIONAL = rf"\(?0\d{{1,12}}(?:{_GAP}\d{{2,12}}){{0,4}}"
_DOTTED = r"0[1-9]\d{1,2}(?:\.\d{2,3}){3}"
_FOREIGN = rf"(?:\+|00)[1-9]\d{{0,14}}(?:{_GAP}\d{{1,12}}){{0,6}}"
_BEFORE = r"(?:(?<!\w)|(?<=[^\W\d_]{3}))(?<!\d[-./])"  # nothing, or a word such as "tel"
_PHONE = rf"{_BEFORE}(?:(?P<foreign>{_FOREIGN})|{_DOTTED}|{_NATIONAL})(?!\w|[-.]\d)"
_AREA = r"\(?0(?:8(?!\d)|[1-79]\d|8\d{6})"
_ISSN = r"\d{4}-\d{4}"

_STREET = (
    r"(?:gatan?|v\u00e4g(?:en)?|gr\u00e4nd(?:en)?|stigen|all(?:\u00e9|\u00e9n)|torg(?:et)?"
    r"|back(?:e|en)|g\u00e5rden|leden|kajen|esplanaden|slingan|brinken|h\u00f6jden)"
)
_ADDRESS = (
    rf"(?i)\b(?:\w{{3,60}}|(?-i:[A-Z\u00c5\u00c4\u00d6])\w{{1,60}}[ \u00a0]){_STREET}"
    r"[ \u00a0]{1,3}\d{1,4}(?:[ \u00a0]?[a-z])?\b"
    r"|(?<!\d[ \u00a0])\b\d{3}[ \u00a0]\d{2}[ \u00a0]{1,3}(?-i:[A-Z\u00c5\u00c4\u00d6])\w{1,60}"
)
_CODE = (
    r"(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"  # a UUID
    r"|\b(?=\d{0,63}[a-f])[0-9a-f]{20,128}\b"  # a hash, with a letter early enough
)
_DOI = r"\b10\.\d{4,9}/\S+"
_MASKED = "\u2022\u2022\u2022\u2022\u2022"

_USUAL = r"[\x00-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2212]*"
"""Signs that a reader sees as they are; among others may be some without width."""
_SUSPECT = rf"@|(?:\d\D*){{8}}|[ \u00a0]\d|[^{_USUAL[1:-2]}]"
_UNSEEN = ("Cf", "Mn", "Me")
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"

KINDS = ("personal number", "e-mail address", "telephone number", "street address")


@dataclass(frozen=True, slots=True)
class Finding:
    """One match in a text: what ``kind`` of personal datum, where, and if it is beyond doubt."""

    kind: str
    start: int
    end: int
    certain: bool


def find(text: str) -> list[Finding]:
    """List what looks like personal data in ``text``, in order of place; no two overlap.

    A personal (or co-ordination) number with a real date and a right check digit is ``certain``;
    everything else is a likeness that a person may look at and confirm. Hashes, UUIDs and, unless
    it is certain, what stands in a DOI are left alone.

    What a reader cannot see, such as signs without width, hides nothing.
    """
    if re.fullmatch(_USUAL, text):
        return _find(text)
    read, places = _as_read(text)
    return [replace(f, start=places[f.start], end=places[f.end - 1] + 1) for f in _find(read)]


def is_suspect(text: str) -> bool:
    """Tell quickly whether :func:`find` could list anything; of most texts in a table it cannot.

    It takes a sign of e-mail, eight digits, a digit after a blank, or a sign that is not usual.
    """
    return re.search(_SUSPECT, text) is not None


def _as_read(text: str) -> tuple[str, list[int]]:
    """Return a text as it looks to a reader, with the place of each sign in ``text``."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if unicodedata.category(sign) not in _UNSEEN:
            signs.append(_plain(sign))
            places.append(place)
        elif signs:  # a mark makes one sign with the letter before it, or is nothing of its own
            composed = unicodedata.normalize("NFC", signs[-1] + sign)
            signs[-1] = composed if len(composed) == 1 else signs[-1]
    return "".join(signs), places


def _plain(sign: str) -> str:
    """Return the usual sign for one that looks the same; small figures above the line stay."""
    kind = unicodedata.category(sign)
    if kind == "Zs" or sign in _BLANK:
        return " "
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    folded = unicodedata.normalize("NFKC", sign)
    return folded if len(folded) == 1 and kind != "No" else sign


def _find(text: str) -> list[Finding]:
    if not re.search(r"[\d@]", text):
        return []
    taken = bytearray(len(text))
    for match in re.finditer(_CODE, text):
        _take(taken, match.start(), match.end())
    numbers = [*_personal_numbers(text), *_spread_numbers(text)]
    found = _free((f for f in numbers if f.certain), taken)
    for match in re.finditer(_DOI, text):
        _take(taken, match.start(), match.end())
    found += _free(_likenesses(text), taken)
    found += _free((f for f in numbers if not f.certain), taken)
    return sorted(found, key=lambda f: f.start)


def mask(text: str) -> str:
    """Return ``text`` with every match of :func:`find` replaced by dots.

    >>> mask("ring 070-174 06 05")
    'ring \u2022\u2022\u2022\u2022\u2022'
    """
    # Again until nothing is found: without its neighbour a match may look like something new.
    while found := find(text):
        parts = []
        end = 0
        for finding in found:
            parts += [text[end : finding.start], _MASKED]
            end = finding.end
        text = "".join([*parts, text[end:]])
    return text


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _free(findings: Iterable[Finding], taken: bytearray) -> list[Finding]:
    """Return the findings that overlap nothing taken, and take their places."""
    free = []
    for finding in findings:
        if not any(taken[finding.start : finding.end]):
            _take(taken, finding.start, finding.end)
            free.append(finding)
    return free


def _likenesses(text: str) -> Iterator[Finding]:
    for match in re.finditer(_EMAIL, text):
        yield Finding("e-mail address", *match.span(), certain=False)
    yield from _phones(text)
    for match in re.finditer(_ADDRESS, text):
        yield Finding("street address", *match.span(), certain=False)


def _phones(text: str) -> Iterator[Finding]:
    phone = re.compile(_PHONE)
    place = 0
    while match := phone.search(text, place):
        start, length = match.start(), _phone_length(match)
        if length:
            yield Finding("telephone number", start, start + length, certain=False)
        place = start + (length or 1)  # a row of groups may hold several numbers


def _phone_length(match: re.Match[str]) -> int:
    """Return how much of a row of digit groups is a telephone number: zero where it is none."""
    text = match.group()
    is_foreign = match["foreign"] is not None
    if not (is_foreign or re.match(_AREA, text)):
        return 0
    prefix = 2 if text.startswith("00") else 0
    fewest, most = (9 + prefix, 13 + prefix) if is_foreign else (8, 10)
    digits = end = 0
    for group in re.finditer(r"\d+", text):
        digits += group.end() - group.start()
        if digits > most:
            break
        if digits >= fewest:
            end = group.end()
    return 0 if re.fullmatch(_ISSN, text[:end]) else end


def _personal_numbers(text: str) -> Iterator[Finding]:
    for match in re.finditer(_PERSONAL_NUMBER, text):
        ten = "".join(filter(None, match.groups()))
        if _may_be_born_on(ten[:6]):
            is_certain = _has_check_digit(ten)
            if is_certain or not _is_part_of_a_code(text, match):
                yield Finding("personal number", *match.span(), certain=is_certain)


def _spread_numbers(text: str) -> Iterator[Finding]:
    """Yield personal numbers with other signs between their parts, where they are beyond doubt."""
    for match in re.finditer(_SPREAD, text):
        *date, between, last = match.groups()
        ten = "".join((*date, last.replace(" ", "")))
        may_be_time = between.isspace() and re.fullmatch(_TIME, last)
        if _may_be_born_on(ten[:6]) and _has_check_digit(ten) and not may_be_time:
            yield Finding("personal number", *match.span(), certain=True)


def _is_part_of_a_code(text: str, match: re.Match[str]) -> bool:
    """Tell whether a match goes on with letters, or over a hyphen, as an article number does."""
    start, end = match.span()
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    return bool(re.search(r"\w$|\d-$", before) or re.match(r"\w|-\d", after))


def _may_be_born_on(six: str) -> bool:
    """Tell whether YYMMDD is a date, in either century.

    In a co-ordination number 60 is added to the day, and what is not known of the date is zero.
    """
    year, month, day = int(six[:2]), int(six[2:4]), int(six[4:6])
    if day >= _COORDINATION:
        day -= _COORDINATION
        month, day = month or 1, day or 1
    return any(_is_date(century + year, month, day) for century in (1900, 2000))


_COORDINATION = 60


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _has_check_digit(ten: str) -> bool:
    """Tell whether the last of ten digits is the Luhn check digit of the nine before it."""
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(ten))
    return sum(sum(divmod(d, 10)) for d in doubled) % 10 == 0
