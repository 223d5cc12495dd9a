"""Whether a case fits the library and its assessment: every fault at once."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeAlias

from riskbehov.assessing.checks.agreed import check_agreed
from riskbehov.assessing.checks.grounds import check_grounds, not_after
from riskbehov.assessing.checks.inventory import check_inventory
from riskbehov.assessing.checks.process import check_processed
from riskbehov.assessing.checks.recorded import check_recorded
from riskbehov.assessing.disagreements import check_reasons
from riskbehov.assessing.facts import unreadable
from riskbehov.errors import AnswerError, CaseError, Fault, not_among
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.models.assessment import Assessment
from riskbehov.models.case import Case, InstrumentAnswers, Offer
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.models.result import Score
from riskbehov.rules.book import RuleBook, assessment_vocabulary
from riskbehov.scoring import score
from riskbehov.yamlfile import Place, dotted

Locate: TypeAlias = Callable[[Place], str]
MOST_FAULTS = 100
"""Faults that are told of one file; who has more begins with these."""
_Told: TypeAlias = Iterator[tuple[Place, Message]]


def fitting_assessment(case: Case, library: Library, locate: Locate = dotted) -> Assessment:
    """Return the assessment that the case names, or the one for its age.

    Raises :class:`CaseError` if there is none, or if it is for other ages.
    """
    ids = library.assessment_ids
    if case.assessment is not None and case.assessment not in ids:
        raise CaseError(
            Fault(
                not_among(case.assessment, ids, message("an assessment")), locate(("assessment",))
            )
        )
    if case.assessment is not None:
        found = library.assessment(case.assessment)
    else:
        fitting = [a for a in map(library.assessment, ids) if case.person.age in a.ages]
        if len(fitting) != 1:
            raise CaseError(Fault(_none_or_many(case, library, fitting), locate(("person", "age"))))
        found = fitting[0]
    if case.person.age not in found.ages:
        raise CaseError(
            Fault(
                message(
                    "found the age {age}, expected {ages}: the assessment {id!r} is for those ages",
                    age=case.person.age,
                    ages=str(found.ages),
                    id=found.id,
                ),
                locate(("person", "age")),
            )
        )
    return found


def _none_or_many(case: Case, library: Library, fitting: list[Assessment]) -> Message:
    offered = fitting or [library.assessment(i) for i in library.assessment_ids]
    known = ", ".join(f"{a.id} ({a.ages})" for a in offered) or "-"
    if not fitting:
        return message(
            "found the age {age}, expected one that an assessment is for: {known}",
            age=case.person.age,
            known=known,
        )
    return message(
        "found the age {age}, which several assessments are for; name one under assessment,"
        " expected {known}",
        age=case.person.age,
        known=known,
    )


def require_rules(book: RuleBook, day: dt.date, locate: Locate) -> None:
    """Raise :class:`CaseError` for a day before the acute rules: nothing would be told then."""
    first = min(
        (r.rule.valid.from_ for r in book.rules if r.rule.block == "acute"), default=dt.date.min
    )
    if day < first:
        raise CaseError(
            Fault(
                message("found {found}, expected a day from {first}", found=day, first=first),
                locate(("date",)),
            )
        )


def _in_offer(place: Place) -> str:
    return dotted(("offer", *place))


def check_offer(offer: Offer, library: Library, locate: Locate = _in_offer) -> None:
    """Raise :class:`CaseError` with every insats of an offer that is unknown or stands twice."""
    faults = []
    given: set[str] = set()
    for number, offered in enumerate(offer.insatser):
        where = locate(("insatser", number, "insats"))
        if offered.insats not in library.insatser:
            wrong = not_among(offered.insats, library.insatser, message("an insats"))
            faults.append(Fault(wrong, where))
        elif offered.insats in given:
            wrong = message("found {found!r} once more, expected once", found=offered.insats)
            faults.append(Fault(wrong, where))
        given.add(offered.insats)
    if faults:
        raise CaseError(faults)


def score_all(
    case: Case, library: Library, assessment: Assessment, locate: Locate
) -> dict[str, Score]:
    """Return the score of every instrument that the case has answers to.

    Raises :class:`CaseError` with every fault of the whole case: unknown names, values that
    cannot be, dates in the future, answers that the assessment does not use.
    """
    told = islice(_faults(case, library, assessment), MOST_FAULTS)
    faults = [Fault(m, locate(place)) for place, m in told]
    scores: dict[str, Score] = {}
    for id_, given in case.instruments.items():
        if id_ in assessment.instruments:
            instrument = library.scored(id_)
            try:
                scores[id_] = _score(case, instrument, given, library.day)
            except AnswerError as fault:
                faults += [Fault(f.message, locate(_in_case(id_, f.place))) for f in fault.faults]
    if faults:
        raise CaseError(faults)
    return scores


def _score(
    case: Case, instrument: ScoredInstrument, given: InstrumentAnswers, day: dt.date | None
) -> Score:
    return score(
        instrument,
        {item: answer.code for item, answer in given.answers.items()},
        sex=case.person.sex,
        age=case.person.age,
        form=given.form,
        cutoffs=given.cutoffs,
        day=day,
    )


def _in_case(instrument: str, place: Place) -> Place:
    """Return where a fault of the answers stands in a case file."""
    return (
        ("person", *place) if place in (("sex",), ("age",)) else ("instruments", instrument, *place)
    )


def _faults(case: Case, library: Library, assessment: Assessment) -> _Told:
    yield from _dates(case)
    yield from _instruments(case, library, assessment)
    yield from _facts(case, library, assessment)
    yield from check_grounds(case, library, assessment_vocabulary(library, assessment))
    yield from check_inventory(case, library)
    yield from check_processed(case, library)
    yield from check_recorded(case, library, assessment)
    yield from check_reasons(case, library, assessment)
    yield from _insatser(case, library, assessment)
    yield from check_agreed(case, library, assessment)


def _dates(case: Case) -> _Told:
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    if case.date > today:
        yield ("date",), message("found {found}, expected a day that has been", found=case.date)
    dated: list[tuple[Place, dt.date | None]] = [
        *((("instruments", i, "date"), given.date) for i, given in case.instruments.items()),
        *((("recorded_results", n, "date"), r.date) for n, r in enumerate(case.recorded_results)),
    ]
    for place, day in dated:
        if day is not None:
            yield from not_after(day, case, place)


def _instruments(case: Case, library: Library, assessment: Assessment) -> _Told:
    for id_, given in case.instruments.items():
        place: Place = ("instruments", id_)
        if id_ in assessment.instruments:
            yield from _ratings(library.scored(id_), given, place)
        elif id_ in library.method_ids:
            yield (
                place,
                message(
                    "found answers to {id!r}, expected its conclusion under recorded_results: the"
                    " method is not scored here",
                    id=id_,
                ),
            )
        elif id_ in library.instrument_ids:
            yield (
                place,
                message(
                    "found answers to {id!r}, which the assessment {assessment!r} does not use;"
                    " expected only {known}",
                    id=id_,
                    assessment=assessment.id,
                    known=", ".join(assessment.instruments) or "-",
                ),
            )
        else:
            yield place, not_among(id_, assessment.instruments, message("an instrument"))


def _ratings(instrument: ScoredInstrument, given: InstrumentAnswers, place: Place) -> _Told:
    """Yield what does not fit in the ratings beside the codes: drivers, strengths, indicators."""
    items = {item.id: item for item in instrument.items}
    for id_, answer in given.answers.items():
        at: Place = (*place, "answers", id_)
        said = answer.driver is not None or answer.strength is not None or answer.indicators
        if said and instrument.kind != "rating":
            yield (
                at,
                message(
                    "found more than a code, expected a code: {id} is no rating", id=instrument.id
                ),
            )
        elif id_ in items:
            known = [indicator.id for indicator in items[id_].indicators]
            for name in answer.indicators:
                if name not in known:
                    yield (
                        (*at, "indicators", name),
                        not_among(name, known, message("an indicator")),
                    )


def _facts(case: Case, library: Library, assessment: Assessment) -> _Told:
    statable = [f.id for f in library.facts.values() if not (f.is_derived or f.is_impersonal)]
    for name in case.facts:
        fact = library.facts.get(name)
        if fact is not None and fact.is_derived:
            yield (
                ("facts", name),
                message(
                    "found {name!r}, which riskbehov works out itself, expected only what is"
                    " stated; take it out",
                    name=name,
                ),
            )
        elif fact is not None and fact.is_impersonal:
            yield (
                ("facts", name),
                message(
                    "found {name!r}, which is about a unit, its staff or its workplace, expected it"
                    " in a sheet; take it out",
                    name=name,
                ),
            )
        elif name not in statable:
            yield ("facts", name), not_among(name, statable, message("a fact"))
    words = assessment_vocabulary(library, assessment)
    for name, fault in unreadable(case, words):
        yield ("facts", name), fault.reason


def _insatser(case: Case, library: Library, assessment: Assessment) -> _Told:
    for number, declined in enumerate(case.declined):
        if declined.insats not in library.insatser:
            yield (
                ("declined", number),
                not_among(declined.insats, library.insatser, message("an insats")),
            )
    areas = [i.id for i in library.scored(assessment.needs).items] if assessment.needs else []
    supports = [f.id for f in library.facts.values() if f.topic == "support"]
    for number, area in enumerate(case.own_view.priorities if case.own_view else ()):
        if area not in (*areas, *supports):
            yield (
                ("own_view", "priorities", number),
                not_among(area, (*areas, *supports), message("a need area or support need")),
            )
