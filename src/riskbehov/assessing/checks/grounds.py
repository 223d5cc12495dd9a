"""On what ground a case holds what other authorities have told: a consent of that day, or a law."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import get_args

from riskbehov.errors import not_among
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.logic.vocabulary import Interval, Unreadable, Vocabulary
from riskbehov.models.base import Matter, Party
from riskbehov.models.case import Case, Consent, Ground, Obtained, RecordedResult
from riskbehov.models.fact import Fact
from riskbehov.models.instrument import RecordedMethod
from riskbehov.process.consent import lacks
from riskbehov.yamlfile import Place

ASSESSMENTS: Matter = "assessments"
Told = Iterator[tuple[Place, Message]]


def check_grounds(case: Case, library: Library, words: Vocabulary) -> Told:
    """Yield every fault in consents and in what was obtained from others."""
    yield from _consents(case)
    yield from _stated(case, library)
    for number, told in enumerate(case.obtained):
        place: Place = ("obtained", number)
        yield from not_after(told.date, case, (*place, "date"))
        yield from _facts(case, told, library, words, place)
        facts = (library.facts[name] for name in told.facts if name in library.facts)
        yield from _ground(
            case, told, place, party=told.from_, day=told.date, matters=_matters(facts)
        )
    yield from _told_twice(case, words)
    yield from _recorded(case, library)


def origin(found: RecordedResult, method: RecordedMethod) -> Party | None:
    """Return the authority that a recorded result comes from; nothing for the municipality."""
    return found.from_ or method.made_by


def _consents(case: Case) -> Told:
    seen = set()
    for number, consent in enumerate(case.consents or ()):
        place: Place = ("consents", number)
        if consent.id in seen:
            yield (
                (*place, "id"),
                message("the id {id!r} stands twice, expected once", id=consent.id),
            )
        seen.add(consent.id)
        yield from _named_twice(consent, place)
        yield from not_after(consent.given, case, (*place, "given"))
        if consent.withdrawn is not None:
            yield from not_after(consent.withdrawn, case, (*place, "withdrawn"))


def _named_twice(consent: Consent, place: Place) -> Told:
    named: tuple[tuple[str, tuple[str, ...]], ...] = (("to", consent.to), ("about", consent.about))
    for key, held in named:
        for number, word in enumerate(held):
            if word in held[:number]:
                yield (
                    (*place, key, number),
                    message("found {found!r} once more, expected once", found=word),
                )


def not_after(day: dt.date, case: Case, place: Place) -> Told:
    """Yield that a day is later than the day of the assessment, if it is."""
    if day > case.date:
        yield (
            place,
            message(
                "found {found}, expected no later day than the assessment's, {day}",
                found=day,
                day=case.date,
            ),
        )


def _stated(case: Case, library: Library) -> Told:
    """Yield the facts that only another authority can tell, stated without day and ground."""
    for name, value in case.facts.items():
        fact = library.facts.get(name)
        if fact is not None and fact.matter is not None and _says_something(value):
            yield (
                ("facts", name),
                message(
                    "found {name!r}, which another authority tells ({who}), expected it under"
                    " obtained, with the day and the consent or law",
                    name=name,
                    who=fact.stated_by,
                ),
            )


def _says_something(value: object) -> bool:
    """Tell whether a fact is stated; what is left open in ``facts`` may be told by others."""
    return value is not None and value != "unknown"


def _facts(case: Case, told: Obtained, library: Library, words: Vocabulary, place: Place) -> Told:
    for name, value in told.facts.items():
        at: Place = (*place, "facts", name)
        fact = library.facts.get(name)
        if fact is None or fact.is_derived or fact.is_impersonal:
            known = [f.id for f in library.facts.values() if not (f.is_derived or f.is_impersonal)]
            yield at, not_among(name, known, message("a fact"))
            continue
        if fact.matter and fact.stated_by in get_args(Party) and told.from_ != fact.stated_by:
            yield (
                (*place, "from"),
                message(
                    "found {found}, expected {who}: they alone tell {name!r}",
                    found=told.from_,
                    who=fact.stated_by,
                    name=name,
                ),
            )
        if fact.matter is None and _says_something(case.facts.get(name)):
            yield at, message("found {name!r} under facts too, expected it once", name=name)
        try:
            words[name].encode(value)
        except Unreadable as fault:
            yield at, fault.reason


def _matters(facts: Iterable[Fact]) -> list[Matter]:
    return sorted({fact.matter for fact in facts if fact.matter is not None})


def _ground(
    case: Case,
    told: Ground,
    place: Place,
    *,
    party: Party,
    day: dt.date,
    matters: Iterable[Matter],
) -> Told:
    """Yield what is lacking in the ground of one exchange."""
    if told.law:
        return
    if told.consent is None:
        yield (
            place,
            message(
                "found neither consent nor law, expected the id of a consent that covers the"
                " exchange with {party} on {day}, or the provision that lifts the secrecy",
                party=party,
                day=day,
            ),
        )
        return
    known: dict[str, Consent] = {consent.id: consent for consent in case.consents or ()}
    at: Place = (*place, "consent")
    if told.consent not in known:
        yield at, not_among(told.consent, known, message("the id of a consent in this case"))
        return
    yield from ((at, reason) for reason in lacks(known[told.consent], day, party, *matters))


def _told_twice(case: Case, words: Vocabulary) -> Told:
    """Yield what one day has told in two ways: which came last cannot be known."""
    seen: dict[tuple[str, dt.date], Interval] = {}
    for number, told in enumerate(case.obtained):
        for name, value in told.facts.items():
            try:
                found = words[name].encode(value)
            except (KeyError, Unreadable):
                continue  # told by the check of the facts
            if seen.setdefault((name, told.date), found) != found:
                yield (
                    ("obtained", number, "facts", name),
                    message(
                        "found {name!r} told in two ways on {day}, expected one",
                        name=name,
                        day=told.date,
                    ),
                )


def _recorded(case: Case, library: Library) -> Told:
    """Yield the results of other authorities that are entered without a ground of their day."""
    for number, found in enumerate(case.recorded_results):
        if found.method not in library.method_ids:
            continue  # told by the check of the results
        place: Place = ("recorded_results", number)
        method = library.method(found.method)
        party = origin(found, method)
        if party is None:
            if found.consent or found.law or found.obtained:
                yield (
                    place,
                    message(
                        "found a consent, a law or a day of exchange, expected from too: the"
                        " authority that made it"
                    ),
                )
            continue
        if found.from_ and method.made_by and found.from_ != method.made_by:
            yield (
                (*place, "from"),
                message(
                    "found {found}, expected {expected}, which alone makes {method}",
                    found=found.from_,
                    expected=method.made_by,
                    method=found.method,
                ),
            )
        else:
            day = found.obtained or found.date
            yield from _exchanged(case, found, place)
            yield from _ground(case, found, place, party=party, day=day, matters=[ASSESSMENTS])


def _exchanged(case: Case, found: RecordedResult, place: Place) -> Told:
    """Yield a day of exchange before the result was there, or after the assessment."""
    if found.obtained is None:
        return
    at: Place = (*place, "obtained")
    if found.obtained < found.date:
        yield (
            at,
            message(
                "found {found}, expected no earlier day than the result's, {day}",
                found=found.obtained,
                day=found.date,
            ),
        )
    yield from not_after(found.obtained, case, at)
