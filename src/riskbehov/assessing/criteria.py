"""A list of criteria checked for a case, or for a sheet about a unit, its staff or workplace."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from riskbehov import yamlfile
from riskbehov.assessing.assessment import assess, case_facts
from riskbehov.assessing.checks.case import MOST_FAULTS, Locate
from riskbehov.assessing.facts import (
    consent_facts,
    inventory_facts,
    obtained_facts,
    person_facts,
    stated_facts,
)
from riskbehov.criteria import CheckedList, check_list
from riskbehov.errors import CaseError, Fault, did_you_mean, not_among
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.logic.vocabulary import Interval, Unreadable, Vocabulary, vocabulary
from riskbehov.models.case import Case, DomainView, Inventory, Person
from riskbehov.models.criteria import CriteriaExample, Sheet
from riskbehov.yamlfile import Place

_Told = Iterator[tuple[Place, Message]]


def check_criteria(
    subject: Case | Sheet,
    id: str,  # noqa: A002
    library: Library,
    *,
    day: dt.date | None = None,
    path: Path | None = None,
) -> CheckedList:
    """Return a list of criteria checked for all that is known of a case, or stands in a sheet.

    ``day`` is the day to go by, that of the case or the sheet if left out; ``path`` is the file,
    for the places in messages.

    Raises :class:`UnknownIdError` for a list that there is not, and :class:`CaseError` with every
    fault of the case or the sheet, also where the list is about the other of the two.
    """
    is_sheet = isinstance(subject, Sheet)
    locate: Locate = yamlfile.locator(path) if path else yamlfile.dotted
    if library.criteria(id).is_impersonal != is_sheet:
        raise CaseError(
            Fault(_mistaken(id, is_sheet=is_sheet), locate(("sheet" if is_sheet else "case",)))
        )
    if isinstance(subject, Sheet):
        return _for_sheet(subject, id, library, day or subject.date, locate)
    return _for_case(subject, id, library, day, path)


def _mistaken(id_: str, *, is_sheet: bool) -> Message:
    if is_sheet:
        return message(
            "found a sheet, expected a case file: the list {id!r} is about a person or a network",
            id=id_,
        )
    return message(
        "found a case file, expected a sheet: the list {id!r} is about a unit, its staff or its"
        " workplace",
        id=id_,
    )


def _for_case(
    case: Case, id_: str, library: Library, day: dt.date | None, path: Path | None
) -> CheckedList:
    result = assess(case, library, day=day, path=path)
    words = vocabulary(library.facts.values())
    return check_list(library, id_, words, case_facts(result, library, words), result.as_of)


def _for_sheet(
    sheet: Sheet, id_: str, library: Library, day: dt.date, locate: Locate
) -> CheckedList:
    words = vocabulary(library.facts.values())
    told = islice(_sheet_faults(sheet, library, words), MOST_FAULTS)
    faults = [Fault(m, locate(place)) for place, m in told]
    if faults:
        raise CaseError(faults)
    found = {name: words[name].encode(value) for name, value in sheet.facts.items()}
    return check_list(library, id_, words, found, day)


def _sheet_faults(sheet: Sheet, library: Library, words: Vocabulary) -> _Told:
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    if sheet.date > today:
        yield ("date",), message("found {found}, expected a day that has been", found=sheet.date)
    known = [f.id for f in library.facts.values() if f.is_impersonal]
    for name, value in sheet.facts.items():
        if name not in known:
            yield (
                ("facts", name),
                message(
                    "found {found!r}, expected a fact about a unit, its staff or its workplace;"
                    " facts about a person belong in a case file{hint}",
                    found=name,
                    hint=did_you_mean(name, known),
                ),
            )
        else:
            yield from _unreadable(("facts", name), value, words)


def _unreadable(place: Place, value: object, words: Vocabulary) -> _Told:
    try:
        words[str(place[-1])].encode(value)
    except Unreadable as fault:
        yield place, fault.reason


def check_example(example: CriteriaExample, id: str, library: Library) -> CheckedList:  # noqa: A002
    """Return a list of criteria checked for a worked example, which is no whole case.

    Raises :class:`CaseError` with every fact that there is not or that cannot have its value.
    """
    day = example.date or library.criteria(id).checked
    words = vocabulary(library.facts.values())
    faults = [Fault(m, yamlfile.dotted(place)) for place, m in _faults(example, library, words)]
    if faults:
        raise CaseError(faults)
    return check_list(library, id, words, _example_facts(example, day, library, words), day)


def _faults(example: CriteriaExample, library: Library, words: Vocabulary) -> _Told:
    stated: list[tuple[Place, Mapping[str, object]]] = [(("facts",), example.facts)]
    stated += [(("obtained", n, "facts"), told.facts) for n, told in enumerate(example.obtained)]
    for place, facts in stated:
        for name, value in facts.items():
            if name in words:
                yield from _unreadable((*place, name), value, words)
            else:
                yield (*place, name), not_among(name, words, message("a fact"))
    form = library.inventory
    domains = [domain.id for domain in form.domains] if form else []
    for number, domain in enumerate(example.inventory or ()):
        if domain not in domains:
            yield (
                ("inventory", number),
                not_among(domain, domains, message("a domain of the inventory")),
            )


def _example_facts(
    example: CriteriaExample, day: dt.date, library: Library, words: Vocabulary
) -> dict[str, Interval]:
    rated = {domain: DomainView(situation=0) for domain in example.inventory or ()}
    case = Case(
        case="exempel",
        fictional=True,
        date=day,
        person=example.person or Person(age=0),
        facts=example.facts,
        consents=example.consents,
        obtained=example.obtained,
        inventory=None if example.inventory is None else Inventory(date=day, domains=rated),
    )
    return {
        **stated_facts(case, words),
        **obtained_facts(case, words),
        **consent_facts(case, words),
        **inventory_facts(case, library, words),
        **(person_facts(case, words) if example.person else {}),
    }
