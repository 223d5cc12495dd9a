"""Recorded results: whether each can be what its method gives."""

import datetime as dt
from collections.abc import Iterator, Sequence

from riskbehov.assessing.disagreements import profiles
from riskbehov.errors import not_among
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.models.assessment import Assessment
from riskbehov.models.case import Case, RecordedResult, SectionResult
from riskbehov.models.instrument import RecordedMethod
from riskbehov.yamlfile import Place

Told = Iterator[tuple[Place, Message]]


def check_recorded(case: Case, library: Library, assessment: Assessment) -> Told:
    """Yield every fault of the recorded results: what their methods cannot have given."""
    items = [item.id for profile in profiles(library, assessment) for item in profile.items]
    for number, found in enumerate(case.recorded_results):
        place: Place = ("recorded_results", number)
        if found.method not in library.method_ids:
            yield (
                (*place, "method"),
                not_among(found.method, library.method_ids, message("a recorded method")),
            )
            continue
        method = library.method(found.method)
        yield from _age(found, method, case, place)
        yield from _edition(found, method, place)
        yield from _level(found, method, place)
        yield from _total(found, method, place)
        yield from _override(found, method, place)
        yield from _sections(found, method, place)
        yield from _adaptations(found, items, place)
        yield from _months(found, method, place)
    yield from _twice(case)


def ages_on(day: dt.date, age: int, later: dt.date) -> tuple[int, int]:
    """Return the least and the greatest age in whole years that a person can have had on ``day``.

    ``age`` is the age on a ``later`` day; the birthday is not known.

    >>> ages_on(dt.date(2025, 3, 1), 18, dt.date(2026, 2, 1))
    (17, 18)
    >>> ages_on(dt.date(2025, 2, 1), 18, dt.date(2026, 2, 1))
    (17, 17)
    """
    is_before = (later.month, later.day) < (day.month, day.day)
    years = later.year - day.year - is_before
    is_same_day = (later.month, later.day) == (day.month, day.day)
    return age - years - (not is_same_day), age - years


def _age(found: RecordedResult, method: RecordedMethod, case: Case, place: Place) -> Told:
    """Yield a result from a day on which the person cannot have been of an age for the method."""
    if found.date > case.date:
        return  # told by the check of the dates
    low, high = ages_on(found.date, case.person.age, case.date)
    if high < 0:
        yield (
            (*place, "date"),
            message(
                "found {found}, before the person was born, expected a later day", found=found.date
            ),
        )
    elif not any(age in method.ages for age in range(low, high + 1)):
        yield (
            (*place, "date"),
            message(
                "found a result of {method} from {date}, when the person was {age}, expected an age"
                " that the method is for, {ages}",
                method=method.id,
                date=found.date,
                age=str(high) if low == high else f"{low}\N{EN DASH}{high}",
                ages=str(method.ages),
            ),
        )


def _edition(found: RecordedResult, method: RecordedMethod, place: Place) -> Told:
    known = [edition.id for edition in method.editions]
    if found.version and known and found.version not in known:
        yield (*place, "version"), not_among(found.version, known, message("an edition"))


def _level(found: RecordedResult, method: RecordedMethod, place: Place) -> Told:
    known = [level.id for level in method.levels]
    if found.level is None and known:
        yield (
            place,
            message(
                "found no level, expected the one that {method} concluded: {known}",
                method=method.id,
                known=", ".join(known),
            ),
        )
    elif found.level is not None and not known:
        yield (
            (*place, "level"),
            message(
                "found {found!r}, expected no level: {method} states needs and no level of risk",
                found=found.level,
                method=method.id,
            ),
        )
    elif found.level is not None and found.level not in known:
        yield (*place, "level"), not_among(found.level, known, message("a level"))


def _total(found: RecordedResult, method: RecordedMethod, place: Place) -> Told:
    if found.total is None:
        return
    at: Place = (*place, "total")
    if method.judgement:
        yield (
            at,
            message(
                "found the total {found}, expected none: {method} is structured professional"
                " judgement, in which nothing is summed",
                found=found.total,
                method=method.id,
            ),
        )
    elif method.outcome == "needs" and method.total is None:
        yield (
            at,
            message(
                "found the total {found}, expected none: {method} is rated area by area and has no"
                " total",
                found=found.total,
                method=method.id,
            ),
        )
    elif method.total and not method.total.low <= found.total <= method.total.high:
        yield (
            at,
            message(
                "found {found}, expected a total of {method} from {low} to {high}",
                found=found.total,
                method=method.id,
                low=method.total.low,
                high=method.total.high,
            ),
        )


def _override(found: RecordedResult, method: RecordedMethod, place: Place) -> Told:
    if found.override is None:
        return
    at: Place = (*place, "override")
    before = found.override.level_before
    known = [level.id for level in method.levels]
    if not known:
        yield (
            at,
            message(
                "found a level set aside, expected none: {method} states no level of risk",
                method=method.id,
            ),
        )
    elif before not in known:
        yield (*at, "level_before"), not_among(before, known, message("a level"))
    elif before == found.level:
        yield (
            (*at, "level_before"),
            message(
                "found {found!r}, the level that the result ended at, expected another: the one"
                " that was set aside; without an override, leave it out",
                found=before,
            ),
        )


def _sections(found: RecordedResult, method: RecordedMethod, place: Place) -> Told:
    known = [section.id for section in method.sections]
    for id_, said in found.sections.items():
        at: Place = (*place, "sections", id_)
        if id_ not in known:
            yield at, not_among(id_, known, message("a section of the method"))
        else:
            yield from _ratings(said, method, (*at, "ratings"))


def _ratings(said: SectionResult, method: RecordedMethod, place: Place) -> Told:
    scales = {rating.id: rating for rating in method.ratings}
    for id_, rated in said.ratings.items():
        if id_ not in scales:
            yield (*place, id_), not_among(id_, scales, message("a rating of the method"))
        elif not scales[id_].low <= rated <= scales[id_].high:
            yield (
                (*place, id_),
                message(
                    "found {found}, expected a rating from {low} to {high}",
                    found=rated,
                    low=scales[id_].low,
                    high=scales[id_].high,
                ),
            )


def _adaptations(found: RecordedResult, items: Sequence[str], place: Place) -> Told:
    for number, id_ in enumerate(found.adaptations):
        at: Place = (*place, "adaptations", number)
        if id_ not in items:
            yield at, not_among(id_, items, message("an item of the responsivity profile"))
        elif id_ in found.adaptations[:number]:
            yield at, message("found {found!r} once more, expected once", found=id_)


def _months(found: RecordedResult, method: RecordedMethod, place: Place) -> Told:
    if found.valid_months is not None and found.valid_months > method.valid_months:
        yield (
            (*place, "valid_months"),
            message(
                "found {found} months, expected no more than the {most} that a result of {method}"
                " is used for",
                found=found.valid_months,
                most=method.valid_months,
                method=method.id,
            ),
        )


def _twice(case: Case) -> Told:
    """Yield two results of one method on one day: which of them counts cannot be known."""
    seen = set()
    for number, found in enumerate(case.recorded_results):
        if (found.method, found.date) in seen:
            yield (
                ("recorded_results", number),
                message(
                    "found a second result of {method} from {date}, expected one: which of them"
                    " counts cannot be known",
                    method=found.method,
                    date=found.date,
                ),
            )
        seen.add((found.method, found.date))
