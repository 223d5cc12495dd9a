"""Ids: each stands once, and is the same as the name of its folder or file."""

from collections.abc import Hashable, Iterable, Iterator

from pydantic import BaseModel

from riskbehov.checking.shelf import Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.errors import Fault
from riskbehov.i18n import message
from riskbehov.models.coverage import Place as CoveredPlace
from riskbehov.models.criteria import CriteriaExample, Difference
from riskbehov.models.example import AssessmentExample, InstrumentExample
from riskbehov.models.insats import Target
from riskbehov.models.instrument import Anchor
from riskbehov.models.walk import walk

_REGISTERS = ("sources", "facts", "insatser", "legal", "rules")
"""Kinds of files whose entries are joined over all folders, so that ids meet across files."""
_KEYS: tuple[tuple[type[BaseModel], str], ...] = (
    (Anchor, "code"),
    (Target, "area"),
    (InstrumentExample, "name"),
    (AssessmentExample, "name"),
    (CriteriaExample, "name"),
    (Difference, "from_"),
)


def misnamed(shelf: Shelf) -> Found:
    """Yield what is called otherwise than its folder, and themes otherwise than their files."""
    for folder in (
        *shelf.instruments.values(),
        *shelf.assessments.values(),
        *shelf.criteria.values(),
        *shelf.processes.values(),
    ):
        if folder.value.id != folder.name:
            yield folder.fault(
                message(
                    "found {found!r}, expected {expected!r}, the name of its folder",
                    found=folder.value.id,
                    expected=folder.name,
                ),
                "id",
            )
    for file in shelf.rule_files:
        if file.value.theme != file.name:
            yield file.fault(
                message(
                    "found {found!r}, expected {expected!r}, the name of the file",
                    found=file.value.theme,
                    expected=file.name,
                ),
                "theme",
            )


def repeated_entries(shelf: Shelf) -> Found:
    """Yield the entries of registers whose id an earlier one has, in whichever folder."""
    for entries in (
        shelf.source_entries,
        shelf.fact_entries,
        shelf.insats_entries,
        shelf.legal_entries,
    ):
        yield from _repeated((entry.value.id, entry) for entry in entries)


def repeated_within(shelf: Shelf) -> Found:
    """Yield what stands twice in a list of a file: an id, a code, a name."""
    for kind, document in shelf.documents:
        for place, value in walk(document.value):
            is_register = kind in _REGISTERS and len(place) == 1
            if isinstance(value, tuple) and not is_register:
                yield from _repeated(_keyed(document, place, value, kind))


def rules_in_two_themes(shelf: Shelf) -> Found:
    """Yield rules whose id a rule of another theme has."""
    themes: dict[str, str] = {}
    for rule in shelf.rules:
        first = themes.setdefault(rule.value.id, rule.name)
        if first != rule.name:
            yield rule.fault(
                message(
                    "the rule {id!r} stands also in the theme {theme}, expected in one theme",
                    id=rule.value.id,
                    theme=first,
                ),
                "id",
            )


def _keyed(
    document: Placed[BaseModel], place: tuple[str | int, ...], held: tuple[object, ...], kind: str
) -> Iterator[tuple[Hashable, Placed[object]]]:
    for number, member in enumerate(held):
        key = _key(member)
        if key is not None and not (kind == "matrices" and isinstance(member, str)):
            yield key, document.at(member, *place, number)


def _key(member: object) -> Hashable | None:
    """Return what a member of a list is known by; nothing for one that may stand twice."""
    if isinstance(member, str):
        return member
    if isinstance(member, CoveredPlace):
        return f"{member.kind} {member.id}"
    for model, name in _KEYS:
        if isinstance(member, model):
            found: Hashable = getattr(member, name)
            return found
    return getattr(member, "id", None)


def _repeated(keyed: Iterable[tuple[Hashable, Placed[object]]]) -> Iterator[Fault]:
    seen: set[Hashable] = set()
    for key, entry in keyed:
        if key in seen:
            yield entry.fault(message("{id!r} stands twice, expected once", id=key))
        seen.add(key)


CHECKS = (
    Check(misnamed),
    Check(repeated_entries),
    Check(repeated_within),
    Check(rules_in_two_themes),
)
