"""Sentences that several checks of a case say."""

from collections.abc import Iterable

from riskbehov.errors import did_you_mean
from riskbehov.i18n import Message, message

_MOST_NAMED = 40


def not_among(found: str, known: Iterable[str], kind: Message) -> Message:
    """Return the sentence for a name that is not among the ``known`` ones of a ``kind``."""
    known = list(known)
    return message(
        "found {found!r}, expected {kind}: {known}{more}{hint}",
        found=found,
        kind=kind,
        known=", ".join(known[:_MOST_NAMED]) or "-",
        more=", …" if len(known) > _MOST_NAMED else "",
        hint=did_you_mean(found, known),
    )
