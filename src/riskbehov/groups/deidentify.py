"""Case files in, de-identified records out."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pydantic_core import to_json

from riskbehov import __version__, yamlfile
from riskbehov.assessing import assess, follow, load_case
from riskbehov.assessing.checks.case import check_offer
from riskbehov.assessing.purpose import check_purpose
from riskbehov.errors import CaseError, Fault, make_each, raise_all
from riskbehov.groups.records import record_of
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.models.case import Case, Offer
from riskbehov.models.extract import EXTRACT, VERSION, Extract, Record


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case, and the file that it was read from."""

    path: Path
    case: Case


@dataclass(frozen=True, slots=True)
class Extracted:
    """De-identified records, and what to say of them beside the file itself."""

    extract: Extract
    followed: int
    """Persons with more than one assessment."""
    skipped: int
    """Case files between a person's first and last: only the agreed insatser are taken of them."""
    alone: int
    """Persons who are alone of their sex in their age group."""


def load_cases(
    paths: Iterable[Path], *, plaintext: bool = False, reviewed: bool = False
) -> tuple[CaseFile, ...]:
    """Return the cases in files and folders; a folder stands for all ``*.yaml`` in it.

    Raises :class:`CaseError` or :class:`PrivacyError` with the faults of all files at once.
    """
    return make_each(
        _files(paths),
        lambda path: CaseFile(path, load_case(path, plaintext=plaintext, reviewed=reviewed)),
    )


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    seen: dict[Path, Path] = {}
    for path in paths:
        found = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not found:
            raise CaseError(
                Fault(message("found no *.yaml in the folder, expected case files"), str(path))
            )
        for each in found:
            if each.resolve() in seen:
                raise CaseError(
                    Fault(message("found the file once more, expected each once"), str(each))
                )
            seen[each.resolve()] = each
            yield each


def extract(
    files: Sequence[CaseFile],
    library: Library,
    *,
    purpose: str,
    offer: Offer | None = None,
    offer_path: Path | None = None,
    reviewed: bool = False,
) -> Extracted:
    """Return the de-identified records of the persons in some case files.

    Files with the same key are one person. Nothing of a record tells who: no key, no date, no age
    in years, no text that someone wrote; and their order follows from what they hold.

    Raises :class:`CaseError` with every fault of every case, :class:`InputError` and
    :class:`PrivacyError` for the purpose.
    """
    purpose = check_purpose(purpose, reviewed=reviewed)
    if offer is not None:
        check_offer(offer, library, *([yamlfile.locator(offer_path)] if offer_path else []))
    _require_one_kind(files)
    people: dict[str, list[CaseFile]] = {}
    for file in files:
        people.setdefault(file.case.case, []).append(file)
    for person in people.values():
        person.sort(key=lambda file: file.case.date)
    raise_all([CaseError(fault) for person in people.values() for fault in _mixed_up(person)])
    persons = list(people.values())
    records = make_each(persons, lambda person: _record(person, library, offer))
    return Extracted(
        Extract(
            format=EXTRACT,
            version=VERSION,
            purpose=purpose,
            fictional=files[0].case.fictional,
            riskbehov=__version__,
            library=library.content_hash,
            records=tuple(sorted(records, key=to_json)),
        ),
        followed=sum(record.followed is not None for record in records),
        skipped=sum(max(0, len(person) - 2) for person in persons),
        alone=_alone(records),
    )


def _record(person: Sequence[CaseFile], library: Library, offer: Offer | None) -> Record:
    first, *_, last = person if len(person) > 1 else (person[0], person[0])
    now = assess(last.case, library, offer=offer, path=last.path)
    cases = [file.case for file in person]
    if first is last:
        return record_of(now, now, cases, library, None)
    for between in person[1:-1]:
        assess(between.case, library, path=between.path)  # held to the same rules as the others
    found = follow(first.case, last.case, library, path=first.path, later_path=last.path)
    return record_of(found.first, now, cases, library, found)


def _require_one_kind(files: Sequence[CaseFile]) -> None:
    """Refuse fictional and real cases in one extract."""
    fictional = sum(file.case.fictional for file in files)
    if 0 < fictional < len(files):
        raise CaseError(
            Fault(
                message(
                    "found {fictional} fictional and {real} real cases, expected only the one or"
                    " the other: numbers of both say nothing of anyone",
                    fictional=fictional,
                    real=len(files) - fictional,
                ),
                "fictional",
            )
        )


def _mixed_up(person: Sequence[CaseFile]) -> Iterator[Fault]:
    """Yield what shows that files with one key are not of one person, or of one day."""
    for before, after in pairwise(person):
        if before.case.date == after.case.date:
            yield Fault(_same_day(before, after.case.date), _at(after, "date"))
    sexes = [file for file in person if file.case.person.sex != "unknown"]
    for file in sexes[1:]:
        if file.case.person.sex != sexes[0].case.person.sex:
            yield Fault(
                message(
                    "found {found}, expected {expected} as in {other}: the two have the same case"
                    " key; where the sex in the register has changed, write the same in both",
                    found=file.case.person.sex,
                    expected=sexes[0].case.person.sex,
                    other=sexes[0].path,
                ),
                _at(file, "person", "sex"),
            )


def _same_day(before: CaseFile, day: dt.date) -> Message:
    return message(
        "found {day}, the day of {other} too, expected another: the two have the same case key,"
        " and which is first cannot be told",
        day=day,
        other=before.path,
    )


def _at(file: CaseFile, *place: str) -> str:
    return yamlfile.locate(file.path, place)


def _alone(records: Iterable[Record]) -> int:
    """Return how many persons nobody shares both sex and age group with."""
    shared = Counter((record.sex, record.age_group) for record in records)
    return sum(count == 1 for count in shared.values())
