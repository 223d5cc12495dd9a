"""Sentences that several checks say."""

from collections.abc import Iterable

from riskbehov.errors import did_you_mean
from riskbehov.i18n import Message, message

_MOST_NAMED = 20


def not_among(found: str, known: Iterable[str], kind: Message) -> Message:
    """Return the sentence for a name that is not among the ``known`` ones of a ``kind``."""
    names = sorted(known)
    shown = names[:_MOST_NAMED]
    return message(
        "found {found!r}, expected {kind}: {known}{more}{hint}",
        found=found,
        kind=kind,
        known=", ".join(shown) or "-",
        more=", …" if len(names) > len(shown) else "",
        hint=did_you_mean(found, names),
    )
