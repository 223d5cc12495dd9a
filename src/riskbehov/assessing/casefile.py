"""Case files and offer files: read, and kept free of personal data."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from riskbehov import yamlfile
from riskbehov.errors import CaseError, Fault, PrivacyError
from riskbehov.i18n import Message, N_, message
from riskbehov.models.case import CASE_KEY, Case, Offer
from riskbehov.privacy import Finding, find

_KINDS = {
    "personal number": N_("a personal number"),
    "e-mail address": N_("an e-mail address"),
    "telephone number": N_("a telephone number"),
    "street address": N_("a street address"),
}


def load_case(path: Path, *, plaintext: bool = False, reviewed: bool = False) -> Case:
    """Return the case in a file.

    ``plaintext`` lets a case that is not fictional stand in a plain file; ``reviewed`` says that a
    person has looked at what merely resembles personal data in free text (a valid personal number
    is refused all the same).

    Raises :class:`CaseError` for a file that is no case, :class:`PrivacyError` for personal data,
    for a real case in plain text, and for a key that riskbehov has not made.
    """
    values = yamlfile.parse(path, error=CaseError)
    faults = [
        Fault(_personal(finding), yamlfile.locate(path, place))
        for place, finding in _personal_data(values)
        if finding.certain or not reviewed or place == ("case",)
    ]
    if faults:
        raise PrivacyError(faults)
    case = yamlfile.validate(values, Case, path=path, error=CaseError)
    faults = [Fault(m, yamlfile.locate(path, ("case",))) for m in _exposed(case, plaintext)]
    if faults:
        raise PrivacyError(faults)
    return case


def load_offer(path: Path) -> Offer:
    """Return what a municipality offers; raises :class:`CaseError`."""
    return yamlfile.read(path, Offer, error=CaseError)


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
    elif isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        for finding in find(str(value)):
            yield place, finding
    elif isinstance(value, dt.date | float):
        return


def _personal(finding: Finding) -> Message:
    return message(
        "found what looks like {kind}, expected none in any field; take it out",
        kind=message(_KINDS[finding.kind]),
    )


def _exposed(case: Case, plaintext: bool) -> Iterator[Message]:  # noqa: FBT001
    if case.fictional:
        return
    if not plaintext:
        yield message(
            "a case file in plain text without 'fictional: true', expected a fictional case;"
            " give --plaintext if you may keep this file unencrypted"
        )
    if not re.match(CASE_KEY, case.case):
        yield message(
            "found {found!r}, expected a key made by 'riskbehov new case', such as RB-7K3M-9QXT-2FHD",
            found=case.case,
        )
