"""Whoever looks at many persons says what for."""

from riskbehov.assessing.casefile import refuse_personal_data
from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message

_LONGEST = 500


def check_purpose(purpose: str, *, reviewed: bool = False) -> str:
    """Return the purpose of a follow-up; raises :class:`InputError`, :class:`PrivacyError`."""
    told = purpose.strip()
    if not 0 < len(told) <= _LONGEST:
        raise InputError(
            Fault(
                message(
                    "found {length} characters, expected the purpose of the follow-up in 1 to"
                    " {most}",
                    length=len(told),
                    most=_LONGEST,
                ),
                "--purpose",
            )
        )
    refuse_personal_data({"purpose": told}, lambda _place: "--purpose", reviewed=reviewed)
    return told
