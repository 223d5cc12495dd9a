"""Two assessments of the same person, set beside each other."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from riskbehov import yamlfile
from riskbehov.assessing.assessment import assess
from riskbehov.assessing.checks.case import Locate
from riskbehov.errors import CaseError, Fault, make_each
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.models.case import Case
from riskbehov.planning.risk import months_after
from riskbehov.process.change import FollowUp, filled_in, follow_up
from riskbehov.yamlfile import Place


def follow(
    first: Case,
    second: Case,
    library: Library,
    *,
    path: Path | None = None,
    later_path: Path | None = None,
) -> FollowUp:
    """Return what has changed between two assessments of one person.

    Each is assessed by the rules and the law of its own day. ``path`` and ``later_path`` are the
    files that they came from, for the places in messages.

    Raises :class:`CaseError` where the two cannot be of one person or are in the wrong order, and
    as :func:`assess` does, with the faults of both at once.
    """
    locate: Locate = yamlfile.locator(later_path) if later_path else yamlfile.dotted
    if faults := [Fault(m, locate(place)) for place, m in _faults(first, second, path)]:
        raise CaseError(faults)
    was, now = make_each(
        ((first, path), (second, later_path)),
        lambda given: assess(given[0], library, path=given[1]),
    )
    soon = [
        id_
        for id_, score in now.scores.items()
        if id_ in was.scores
        and score.instrument.repeat is not None
        and filled_in(second, id_)
        < months_after(filled_in(first, id_), score.instrument.repeat.within_months)
    ]
    return follow_up(was, now, library.as_of(now.as_of), soon=soon)


def _faults(first: Case, second: Case, path: Path | None) -> Iterator[tuple[Place, Message]]:
    """Yield what shows that the two are not an earlier and a later assessment of one person."""
    if first.case != second.case:
        yield ("case",), _other_person(first, second)
    else:
        yield from _unlike(first, second, path)
    if second.date <= first.date:
        yield (
            ("date",),
            message(
                "found {found}, expected a day after the first assessment's, {day}; the first file"
                " is the earlier one",
                found=second.date,
                day=first.date,
            ),
        )
    elif first.case == second.case:
        years = _whole_years(first.date, second.date)
        least = first.person.age + years
        if not least <= second.person.age <= least + 1:
            yield (
                ("person", "age"),
                message(
                    "found the age {found}, expected {least} or {most}: the first assessment, of"
                    " {day}, says {age}",
                    found=second.person.age,
                    least=least,
                    most=least + 1,
                    day=first.date,
                    age=first.person.age,
                ),
            )


def _unlike(first: Case, second: Case, path: Path | None) -> Iterator[tuple[Place, Message]]:
    """Yield where two cases with the same key say that they are not of the same person."""
    if first.fictional != second.fictional:
        yield (
            ("fictional",),
            message(
                "found {found}, expected {expected} as in the first file: a follow-up is of one"
                " person, made up or real",
                found=str(second.fictional).lower(),
                expected=str(first.fictional).lower(),
            ),
        )
    sexes = {first.person.sex, second.person.sex} - {"unknown"}
    if len(sexes) > 1:
        yield (
            ("person", "sex"),
            message(
                "found {found}, expected {expected} as in {other}: the two have the same case"
                " key; where the sex in the register has changed, write the same in both",
                found=second.person.sex,
                expected=first.person.sex,
                other=path or message("the first file"),
            ),
        )


def _other_person(first: Case, second: Case) -> Message:
    """Return that the keys differ; keys of real cases are not repeated."""
    if first.fictional and second.fictional:
        return message(
            "found the case key {found!r}, expected {expected!r} as in the first file: a follow-up"
            " is of one person",
            found=second.case,
            expected=first.case,
        )
    return message(
        "found another case key than in the first file, expected the same: a follow-up is of one"
        " person"
    )


def _whole_years(start: dt.date, end: dt.date) -> int:
    is_before = (end.month, end.day) < (start.month, start.day)
    return end.year - start.year - is_before
