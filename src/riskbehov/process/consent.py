"""Consents: on which days, with whom and about what information may be exchanged."""

import datetime as dt
from collections.abc import Iterable, Iterator

from riskbehov.i18n import Message, message
from riskbehov.models.base import Matter, Party
from riskbehov.models.case import Consent
from riskbehov.models.result import ConsentState


def state(consent: Consent, day: dt.date) -> ConsentState:
    """Return how a consent stands on a day.

    Its last day still counts; the day it is withdrawn does not.
    """
    if day < consent.given:
        return "not-yet"
    is_ended = consent.until is not None and day > consent.until
    if consent.withdrawn is not None and day >= consent.withdrawn:
        came_first = consent.until is None or consent.withdrawn <= consent.until
        return "withdrawn" if came_first else "ended"
    return "ended" if is_ended else "valid"


def covers(consent: Consent, day: dt.date, party: Party, *matters: Matter) -> bool:
    """Tell whether a consent lets something be exchanged with ``party`` on a day."""
    return not any(True for _reason in lacks(consent, day, party, *matters))


def covers_within(
    consent: Consent, start: dt.date, end: dt.date, party: Party, matter: Matter
) -> bool:
    """Tell whether a consent lets something be exchanged on some day of a time, ends included."""
    last = min(filter(None, (consent.until, _day_before(consent.withdrawn))), default=end)
    return (
        party in consent.to
        and matter in consent.about
        and max(start, consent.given) <= min(end, last)
    )


def _day_before(day: dt.date | None) -> dt.date | None:
    return day - dt.timedelta(days=1) if day else None


def lacks(consent: Consent, day: dt.date, party: Party, *matters: Matter) -> Iterator[Message]:
    """Yield every reason why a consent does not cover an exchange about some matters."""
    yield from _on_another_day(consent, day)
    if party not in consent.to:
        yield message(
            "found the consent {id!r} to exchange with {found}, expected one that names {party}",
            id=consent.id,
            found=", ".join(consent.to),
            party=party,
        )
    for matter in matters:
        if matter not in consent.about:
            yield message(
                "found the consent {id!r} about {found}, expected one that names {matter}",
                id=consent.id,
                found=", ".join(consent.about),
                matter=matter,
            )


def _on_another_day(consent: Consent, day: dt.date) -> Iterator[Message]:
    match state(consent, day):
        case "not-yet":
            yield message(
                "found the consent {id!r}, given {given}, expected one that covers {day}",
                id=consent.id,
                given=consent.given,
                day=day,
            )
        case "withdrawn":
            yield message(
                "found the consent {id!r}, withdrawn {end}, expected one that covers {day};"
                " what was exchanged before stays, but nothing more may be fetched",
                id=consent.id,
                end=consent.withdrawn,
                day=day,
            )
        case "ended":
            yield message(
                "found the consent {id!r}, which held until {end}, expected one that covers {day};"
                " what was exchanged before stays, but nothing more may be fetched",
                id=consent.id,
                end=consent.until,
                day=day,
            )
        case "valid":
            pass


def valid_on(consents: Iterable[Consent], day: dt.date) -> tuple[Consent, ...]:
    """Return the consents that hold on a day."""
    return tuple(consent for consent in consents if state(consent, day) == "valid")


def is_replaced(consent: Consent, others: Iterable[Consent], day: dt.date) -> bool:
    """Tell whether another consent that holds on a day lets all the same be exchanged."""
    held = [other for other in valid_on(others, day) if other is not consent]
    return all(
        any(party in other.to and matter in other.about for other in held)
        for party in consent.to
        for matter in consent.about
    )
