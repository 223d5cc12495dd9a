"""Whoever looks at many persons says what for."""

import re

from riskbehov.assessing.casefile import refuse_personal_data
from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message

_WHERE = "--purpose"
_LONGEST = 500
_WORD = r"[^\W\d_]{3}"
"""What a sentence has somewhere: some letters in a row. Signs that nobody sees are none."""


def check_purpose(purpose: object, *, reviewed: bool = False) -> str:
    """Return the purpose of a follow-up; raises :class:`InputError`, :class:`PrivacyError`."""
    if not isinstance(purpose, str):
        kind = type(purpose).__name__
        raise InputError(
            Fault(message("found {found}, expected the purpose in a sentence", found=kind), _WHERE)
        )
    told = purpose.strip()
    if not 0 < len(told) <= _LONGEST:
        raise InputError(
            Fault(
                message(
                    "found {length} characters, expected the purpose in 1 to {most}",
                    length=len(told),
                    most=_LONGEST,
                ),
                _WHERE,
            )
        )
    refuse_personal_data({"purpose": told}, lambda _place: _WHERE, reviewed=reviewed)
    if not re.search(_WORD, told):
        raise InputError(
            Fault(
                message("found no words, expected the purpose in a sentence: what this is for"),
                _WHERE,
            )
        )
    return told
