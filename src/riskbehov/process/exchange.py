"""What was got from other authorities: each time with its day and ground, and what holds now."""

from collections.abc import Mapping
from typing import Any

from riskbehov.models.case import Case
from riskbehov.models.result import Exchange, HeldConsent, RecordedView
from riskbehov.process.consent import is_replaced, state

_NOTHING: Mapping[str, Any] = {}


def told_last(case: Case) -> dict[str, Any]:
    """Return what other authorities have told: of each fact, what was told last."""
    found: dict[str, Any] = {}
    for told in sorted(case.obtained, key=lambda told: told.date):
        found |= told.facts
    return found


def said_of(case: Case) -> dict[str, Any]:
    """Return every fact that a case states or that others have told, as it was written."""
    return {**case.facts, **told_last(case)}


def held_consents(case: Case) -> tuple[HeldConsent, ...] | None:
    """Return every consent with how it stands on the day of the case.

    Nothing said of consents is not the same as none.
    """
    if case.consents is None:
        return None
    return tuple(
        HeldConsent(
            consent=consent,
            state=state(consent, case.date),
            replaced=is_replaced(consent, case.consents, case.date),
        )
        for consent in case.consents
    )


def exchanges(case: Case, recorded: tuple[RecordedView, ...]) -> tuple[Exchange, ...]:
    """Return everything that was got from other authorities, the oldest first."""
    found = [
        Exchange(told.from_, told.date, told.consent, told.law, told.facts)
        for told in case.obtained
    ]
    found += [
        Exchange(
            view.origin,
            view.found.obtained or view.found.date,
            view.found.consent,
            view.found.law,
            _NOTHING,
            view.found,
        )
        for view in recorded
        if view.origin is not None
    ]
    return tuple(sorted(found, key=lambda each: each.date))
