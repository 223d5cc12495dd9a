"""Extracts and releases as they are read back: nothing but what riskbehov wrote itself."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from riskbehov import yamlfile
from riskbehov.assessing.casefile import refuse_personal_data
from riskbehov.errors import Fault, InputError, did_you_mean, reason
from riskbehov.groups.needed import known_aims, may_cover
from riskbehov.groups.tables import age_groups_of, followed_scales, screening_forms
from riskbehov.i18n import N_, Message, message
from riskbehov.library import Library
from riskbehov.models.assessment import Assessment
from riskbehov.models.extract import EXTRACT, RELEASE, Answers, Extract, Record, Release
from riskbehov.planning.aims import Aim
from riskbehov.yamlfile import Place

M = TypeVar("M", bound=BaseModel)
_MADE_BY = {
    EXTRACT: N_("an extract, made by riskbehov extract"),
    RELEASE: N_("a release, made by riskbehov group with --format json"),
}
_MOST = 100
"""Faults that are told of one file."""


def load_extract(path: Path, library: Library) -> Extract:
    """Return the extract in a file.

    Raises :class:`PrivacyError` where a key or a value looks like personal data, and
    :class:`InputError` for whatever is no extract, or does not go with the library.
    """
    extract = _load(path, Extract, EXTRACT)
    faults = []
    for number, record in enumerate(extract.records):
        for place, sentence in _misfits(record, library):
            faults.append(Fault(sentence, _where(path)(("records", number, *place))))
        if len(faults) >= _MOST:
            break
    if faults:
        raise InputError(faults[:_MOST])
    return extract


def load_release(path: Path) -> Release:
    """Return the release in a file; raises as :func:`load_extract` does."""
    return _load(path, Release, RELEASE)


def _load(path: Path, model: type[M], format_: str) -> M:
    values = _values(path, format_)
    refuse_personal_data(values, _where(path))
    found = values.get("format") if isinstance(values, dict) else None
    if found != format_:
        raise InputError(Fault(_no_such_file(found, format_), str(path)))
    return yamlfile.validate(values, model, path=str(path), error=InputError)


def _where(path: Path) -> Any:  # noqa: ANN401 - a function from a place to text
    return lambda place: f"{path}: {yamlfile.dotted(place)}" if place else str(path)


def _no_such_file(found: object, format_: str) -> Message:
    expected = message(_MADE_BY[format_])
    if found in _MADE_BY:
        return message("found {found}, expected {expected}", found=found, expected=expected)
    return message(
        "found another file, expected {expected}: follow-up takes nothing else", expected=expected
    )


def _values(path: Path, format_: str) -> Any:  # noqa: ANN401 - plain values of any shape
    """Return the values of a JSON file; what is no JSON is no extract, whatever else it is."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise InputError(
            Fault(message("the file cannot be read ({reason})", reason=reason(fault)), str(path))
        ) from None
    except UnicodeDecodeError:
        raise InputError(Fault(_no_such_file(None, format_), str(path))) from None
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except _TwiceError as fault:
        raise InputError(
            Fault(message("the key {key!r} stands twice, expected once", key=str(fault)), str(path))
        ) from None
    except (ValueError, RecursionError):
        raise InputError(Fault(_no_such_file(None, format_), str(path))) from None


class _TwiceError(Exception):
    """A key that stands twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        found[key] = value
    return found


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _misfits(record: Record, library: Library) -> Iterator[tuple[Place, Message]]:
    """Yield what in a record the library does not know, or knows to be otherwise."""
    if record.assessment not in library.assessment_ids:
        yield ("assessment",), _unknown(record.assessment, library.assessment_ids)
        return
    assessment = library.assessment(record.assessment)
    ages = age_groups_of(assessment, library)
    if record.age_group not in ages:
        yield ("age_group",), _unknown(record.age_group, ages)
    supports = [fact.id for fact in library.facts.values() if fact.topic == "support"]
    areas = _areas(assessment, library)
    yield from _divided(record.first.needs, areas, ("first", "needs"))
    yield from _divided(record.first.support_needs, supports, ("first", "support_needs"))
    forms = {form.id: form for form in screening_forms(assessment, library)}
    yield from _within(record.first.screening, forms, ("first", "screening"))
    yield from _targets(record, library)
    for name in ("recommended", "proposed", "agreed"):  # what is given lies within what is agreed
        held = getattr(record.insatser, name)
        yield from _within(held, library.insatser, ("insatser", name))
    if record.followed is not None:
        scales = [scale for form in forms.values() for scale in followed_scales(form)]
        yield from _exactly(record.followed.areas, areas, ("followed", "areas"))
        yield from _exactly(record.followed.scales, scales, ("followed", "scales"))


def _targets(record: Record, library: Library) -> Iterator[tuple[Place, Message]]:
    known, covers = known_aims(library), may_cover(library)
    seen: set[Aim] = set()
    for number, target in enumerate(record.last.targets):
        place: Place = ("last", "targets", number)
        aim = Aim(target.target, target.part)
        if aim not in known:
            yield place, _unknown(_aim_name(aim), map(_aim_name, known))
        elif aim in seen:
            yield place, message("found {found!r} once more, expected once", found=_aim_name(aim))
        seen.add(aim)
        able = [insats for insats, aims in covers.items() if aim in aims]
        for insats in target.insatser:
            if insats not in able:
                yield (*place, "insatser"), _unknown(insats, able)


def _aim_name(aim: Aim) -> str:
    return f"{aim.target}.{aim.part}" if aim.part else aim.target


def _areas(assessment: Assessment, library: Library) -> list[str]:
    return [item.id for item in library.scored(assessment.needs).items] if assessment.needs else []


def _divided(answers: Answers, known: list[str], place: Place) -> Iterator[tuple[Place, Message]]:
    held = [*answers.identified, *answers.not_identified, *answers.unanswered]
    yield from _exactly(held, known, place)


def _exactly(
    held: Iterable[str], known: list[str], place: Place
) -> Iterator[tuple[Place, Message]]:
    """Yield where something else is held than each of what is known, once."""
    found = list(held)
    if sorted(found) != sorted(known):
        yield (
            place,
            message(
                "found {found}, expected each of these once: {known}; if the data files have"
                " changed since, make the extract anew",
                found=", ".join(found) or "-",
                known=", ".join(known) or "-",
            ),
        )


def _within(
    held: Iterable[str], known: Mapping[str, object], place: Place
) -> Iterator[tuple[Place, Message]]:
    for id_ in held:
        if id_ not in known:
            yield place, _unknown(id_, known)


def _unknown(found: str, known: Iterable[str]) -> Message:
    known = list(known)
    return message(
        "found {found!r}, expected one of {known}{hint}",
        found=found,
        known=", ".join(known) or "-",
        hint=did_you_mean(found, known),
    )
