"""Case files and offer files: read, and kept free of personal data."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from riskbehov import yamlfile
from riskbehov.errors import CaseError, Fault, PrivacyError
from riskbehov.i18n import N_, Message, message
from riskbehov.models.case import CASE_KEY, Case, Offer
from riskbehov.models.criteria import Sheet
from riskbehov.privacy import Finding, find

M = TypeVar("M", bound=BaseModel)

_KINDS = {
    "personal number": N_("a personal number"),
    "e-mail address": N_("an e-mail address"),
    "telephone number": N_("a telephone number"),
    "street address": N_("a street address"),
}
_KEY: yamlfile.Place = ("case",)
_COMMENT = r"(?:^|\s)#.*"


def load_case(path: Path | str, *, plaintext: bool = False, reviewed: bool = False) -> Case:
    """Return the case in a file.

    ``plaintext`` lets a case that is not fictional stand in a plain file; ``reviewed`` says that a
    person has looked at what merely resembles personal data in free text (a valid personal number
    is refused all the same).

    Raises :class:`CaseError` for a file that is no case, :class:`PrivacyError` for personal data,
    for a real case in plain text, and for a key that riskbehov has not made.
    """
    path = Path(path)
    return _case(path, *_parsed(path), plaintext=plaintext, reviewed=reviewed)


def load_offer(path: Path | str, *, reviewed: bool = False) -> Offer:
    """Return what a municipality offers; raises :class:`CaseError`, :class:`PrivacyError`."""
    path = Path(path)
    return _sound(path, *_parsed(path), Offer, reviewed=reviewed)


def load_sheet(path: Path | str, *, reviewed: bool = False) -> Sheet:
    """Return a sheet of facts about a unit, its staff or its workplace.

    Raises :class:`CaseError`, :class:`PrivacyError`.
    """
    path = Path(path)
    return _sound(path, *_parsed(path), Sheet, reviewed=reviewed)


def load_case_or_sheet(
    path: Path, *, plaintext: bool = False, reviewed: bool = False
) -> Case | Sheet:
    """Return what a file holds: the case, or the sheet where it has that key.

    Raises as :func:`load_case` does.
    """
    text, values = _parsed(path)
    if isinstance(values, dict) and "sheet" in values:
        return _sound(path, text, values, Sheet, reviewed=reviewed)
    return _case(path, text, values, plaintext=plaintext, reviewed=reviewed)


def refuse_personal_data(
    values: Any,  # noqa: ANN401
    locate: Callable[[yamlfile.Place], str],
    *,
    reviewed: bool = False,
) -> None:
    """Raise :class:`PrivacyError` where plain values hold what looks like personal data.

    ``locate`` says where a place is; ``reviewed`` as for :func:`load_case`.
    """
    found = (
        Fault(_personal(finding, is_free=True), locate(place))
        for place, finding in _personal_data(values)
        if finding.certain or not reviewed
    )
    if told := {str(fault): fault for fault in found}:
        raise PrivacyError(told.values())


def _parsed(path: Path) -> tuple[str, Any]:
    text = yamlfile.text_of(path, CaseError)
    return text, yamlfile.parse_text(text, str(path), error=CaseError)


def _case(path: Path, text: str, values: Any, *, plaintext: bool, reviewed: bool) -> Case:  # noqa: ANN401
    case = _sound(path, text, values, Case, reviewed=reviewed)
    locate = yamlfile.locator(path)
    if faults := [Fault(m, locate(_KEY)) for m in _exposed(case, plaintext=plaintext)]:
        raise PrivacyError(faults)
    return case


def _sound(path: Path, text: str, values: Any, model: type[M], *, reviewed: bool) -> M:  # noqa: ANN401
    if told := {str(f): f for f in _told(text, values, path, reviewed=reviewed)}:
        raise PrivacyError(told.values())
    return yamlfile.validate(values, model, path=path, error=CaseError)


def _told(text: str, values: Any, path: Path, *, reviewed: bool) -> Iterator[Fault]:  # noqa: ANN401
    """Yield a fault for every likeness of personal data that nobody has looked at."""
    locate = yamlfile.locator(path)
    for place, finding in _personal_data(values):
        if finding.certain or not reviewed or place == _KEY:
            yield Fault(_personal(finding, is_free=place != _KEY), locate(place))
    for line, finding in _in_comments(text):
        if finding.certain or not reviewed:
            yield Fault(_personal(finding, is_free=True), f"{path}:{line}")


def _personal_data(
    value: Any,  # noqa: ANN401
    place: yamlfile.Place = (),
) -> Iterator[tuple[yamlfile.Place, Finding]]:
    """Yield every likeness of personal data in plain values, keys included, with its place."""
    if isinstance(value, dict):
        for key, held in value.items():
            for finding in find(key):
                yield place, finding
            yield from _personal_data(held, (*place, key))
    elif isinstance(value, list):
        for number, held in enumerate(value):
            yield from _personal_data(held, (*place, number))
    elif isinstance(value, str | int | float):
        for finding in find(str(value)):
            yield place, finding


def _in_comments(text: str) -> Iterator[tuple[int, Finding]]:
    """Yield what stands behind ``#``, which is no value but just as plain to read."""
    for number, line in enumerate(text.splitlines(), start=1):
        if comment := re.search(_COMMENT, line):
            for finding in find(comment.group()):
                yield number, finding


def _personal(finding: Finding, *, is_free: bool) -> Message:
    kind = message(_KINDS[finding.kind])
    if finding.certain or not is_free:
        return message("found {kind}, expected none in any field; take it out", kind=kind)
    return message(
        "found what looks like {kind}, expected none in any field; take it out, or give"
        " --free-text-reviewed if you have looked and it is none",
        kind=kind,
    )


def _exposed(case: Case, *, plaintext: bool) -> Iterator[Message]:
    if case.fictional:
        return
    if not plaintext:
        yield message(
            "found a case in plain text without 'fictional: true', expected a fictional case;"
            " give --plaintext if you may keep this file unencrypted"
        )
    if not re.fullmatch(CASE_KEY, case.case):  # what was found may be a name, so it is not said
        yield message(
            "found another kind of key, expected one made by 'riskbehov new case', such as"
            " RB-7K3M-9QXT-2FHD"
        )
