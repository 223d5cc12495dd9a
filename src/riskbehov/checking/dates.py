"""Dates: versions without gap or overlap, no hole in a theme or in the law, nothing too old."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from operator import attrgetter

from riskbehov.checking.ages import years
from riskbehov.checking.shelf import Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.i18n import Message, message
from riskbehov.models.base import Validity
from riskbehov.models.rule import Rule
from riskbehov.models.walk import walk
from riskbehov.rules.timeline import Crack, cracks

_ONE_DAY = dt.timedelta(days=1)


def uneven_versions(shelf: Shelf) -> Found:
    """Yield days on which a rule has no version between two, or two versions at once."""
    ordered = sorted(shelf.rules, key=lambda rule: (rule.name, rule.value.id))
    for _, group in groupby(ordered, key=lambda rule: (rule.name, rule.value.id)):
        versions: list[Placed[Rule]] = sorted(group, key=lambda rule: rule.value.valid.from_)
        for earlier, later in pairwise(versions):
            for crack in cracks((earlier.value.valid, later.value.valid)):
                yield later.fault(
                    message(
                        "the id {id!r} stands more than once: {crack}; expected versions that"
                        " follow day upon day, or another id",
                        id=later.value.id,
                        crack=_told(crack),
                    ),
                    "valid",
                )


def _told(crack: Crack) -> Message:
    if crack.kind == "gap":
        return message("none is in force {first} to {last}", first=crack.first, last=crack.last)
    if crack.last == dt.date.max:
        return message("two are in force from {first} on", first=crack.first)
    return message("two are in force {first} to {last}", first=crack.first, last=crack.last)


def holes_in_themes(shelf: Shelf) -> Found:
    """Yield days on which a theme has no rule for an assessment, between days when it has."""
    for assessment in shelf.assessments.values():
        for number, theme in enumerate(assessment.value.rules):
            used = [
                rule.value.valid
                for rule in shelf.rules
                if rule.name == theme and years(rule.value.ages, assessment.value.ages)
            ]
            for first, last in holes(used):
                yield assessment.fault(
                    message(
                        "no rule of the theme {theme!r} is in force {first} to {last}, expected one"
                        " on every day between the first and the last",
                        theme=theme,
                        first=first,
                        last=last,
                    ),
                    "rules",
                    number,
                )


def holes(validities: Iterable[Validity]) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield the spans of days, between the first and the last, that no validity covers."""
    covered: dt.date | None = None
    for validity in sorted(validities, key=attrgetter("from_")):
        if covered is not None and validity.from_ - covered > _ONE_DAY:
            yield covered + _ONE_DAY, validity.from_ - _ONE_DAY
        end = validity.to or dt.date.max
        covered = end if covered is None else max(covered, end)


def uneven_law(shelf: Shelf) -> Found:
    """Yield legal grounds with two places on one day, or none between two."""
    for entry in shelf.legal_entries:
        for crack in cracks(text.valid for text in entry.value.texts):
            yield entry.fault(
                message(
                    "the legal ground {id!r} has a fault in time: {crack}; expected one place on"
                    " every day",
                    id=entry.value.id,
                    crack=_told(crack),
                ),
                "texts",
            )


def ended_themes(shelf: Shelf) -> Found:
    """Yield themes of which no rule is in force any more."""
    for file in shelf.rule_files:
        if all(r.valid.to is not None and r.valid.to < shelf.today for r in file.value.rules):
            yield file.fault(
                message("no rule of the theme {theme!r} is in force any more", theme=file.name),
                "theme",
            )


def checked_in_future(shelf: Shelf) -> Found:
    """Yield what is said to have been checked on a day that has not been."""
    for placed in _checked(shelf):
        if placed.value > shelf.today:
            yield placed.fault(
                message("found {found}, expected a day that has been", found=placed.value)
            )


def stale(shelf: Shelf) -> Found:
    """Yield what was checked longer ago than the caller accepts."""
    if shelf.stale is not None:
        for placed in _checked(shelf):
            if shelf.today - placed.value > shelf.stale:
                yield placed.fault(
                    message(
                        "checked on {found}, more than {limit} days ago: read the source again",
                        found=placed.value,
                        limit=shelf.stale.days,
                    )
                )


def _checked(shelf: Shelf) -> Iterator[Placed[dt.date]]:
    for _, document in shelf.documents:
        for place, value in walk(document.value):
            if place and place[-1] == "checked" and isinstance(value, dt.date):
                yield document.at(value, *place)


CHECKS = (
    Check(uneven_versions),
    Check(holes_in_themes, needs=("rules",)),
    Check(uneven_law),
    Check(checked_in_future),
    Check(stale),
    Check(ended_themes, is_note=True),
)
