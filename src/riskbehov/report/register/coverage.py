"""What of a document the toolkit covers, where, and what it leaves out: in a report and a page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.models.coverage import Coverage, CoverageEntry, Place
from riskbehov.models.process import Step
from riskbehov.models.source import Source
from riskbehov.report.cite import document
from riskbehov.report.document import (
    FAILS,
    HOLDS,
    Block,
    Bullets,
    Definitions,
    Heading,
    Item,
    Note,
    Paragraph,
    Term,
)
from riskbehov.report.words import insats_name, many, short_name, theme_label

_PARTLY = "◐"
_KINDS: Mapping[str, str] = {
    "instrument": N_("Instrument: {names}."),
    "assessment": N_("Assessment: {names}."),
    "rules": N_("Theme of rules: {names}."),
    "rule": N_("Rule: {names}."),
    "insats": N_("Insats: {names}."),
    "fact": N_("Fact: {names}."),
    "criteria": N_("Criteria: {names}."),
    "process": N_("Process: {names}."),
    "step": N_("Step of a process: {names}."),
    "inventory": N_("Inventory of needs and resources: {names}."),
    "legal": N_("Law: {names}."),
    "command": N_("Command: {names}."),
    "case-file": N_("Key of the case file: {names}."),
}


def coverage_blocks(coverage: Coverage, library: Library) -> Iterator[Block]:
    """Yield what of a document is covered and where, place by place, and what is left out."""
    entries = coverage.entries
    covered = [e for e in entries if e.covered and e.left_out is None]
    partly = [e for e in entries if e.covered and e.left_out is not None]
    yield Heading(_("What the toolkit has of it"))
    yield Paragraph(str(coverage.about))
    yield Definitions(
        (
            Term(_("{sign} covered", sign=HOLDS), str(len(covered))),
            Term(_("{sign} covered in part", sign=_PARTLY), str(len(partly))),
            Term(_("{sign} left out", sign=FAILS), str(len(entries) - len(covered) - len(partly))),
        )
    )
    for locator, group in groupby(entries, key=lambda entry: entry.locator):
        yield Heading(locator, 3)
        yield Bullets(tuple(_entry(each, library) for each in group))


def _entry(entry: CoverageEntry, library: Library) -> Item:
    mark = HOLDS if entry.left_out is None else _PARTLY if entry.covered else FAILS
    notes = [Note(line) for line in _places(entry.covered, library)]
    if entry.left_out is not None:
        notes.append(Note(_("Left out: {what}", what=entry.left_out)))
    return Item(str(entry.what), tuple(notes), mark)


def _places(places: Iterable[Place], library: Library) -> Iterator[str]:
    """Yield one line for each kind of place, with the names of its places."""
    kinds: dict[str, list[str]] = {}
    for place in places:
        kinds.setdefault(place.kind, []).append(_name(place, library))
    for kind, names in kinds.items():
        yield _(_KINDS[kind], names=many(names))


def _name(place: Place, library: Library) -> str:
    """Return what a place is called, and its id; what is no more than an id is told as it is."""
    if place.kind == "command":
        return f"riskbehov {place.id}"
    if place.kind not in _LABELS:
        return place.id
    return _("{name} ({id})", name=_LABELS[place.kind](library, place.id), id=place.id)


def _step(library: Library, id_: str) -> Step:
    process, _slash, step = id_.partition("/")
    return next(s for s in library.process(process).steps if s.id == step)


def _domain(library: Library, id_: str) -> object:
    form = library.inventory
    domains = {d.id: d for d in form.domains} if form else {}
    return domains.get(id_) or (form.name if form else id_)


_LABELS: Mapping[str, Callable[[Library, str], object]] = {
    "instrument": lambda library, id_: short_name(library.instrument(id_)),
    "assessment": lambda library, id_: library.assessment(id_).name,
    "rules": lambda library, id_: theme_label(id_, library),
    "rule": lambda library, id_: library.rule(id_).title,
    "insats": lambda library, id_: insats_name(library.insats(id_)),
    "fact": lambda library, id_: library.fact(id_).label,
    "criteria": lambda library, id_: library.criteria(id_).name,
    "process": lambda library, id_: library.process(id_).name,
    "step": _step,
    "inventory": _domain,
    "legal": lambda library, id_: library.legal_entries[id_].label,
}
"""What a place is called, where it is called anything but its id."""


def coverage_page(source: Source, library: Library) -> tuple[Block, ...]:
    """Return a page on a document: what it is, and what the toolkit has of it.

    Raises :class:`ValueError` for a document whose coverage is not told.
    """
    found = library.coverage(source.id)
    if found is None:
        raise ValueError(source.id)
    return (
        Heading(source.title, 1),
        Bullets((document(source),)),
        *((Note(str(source.note)),) if source.note else ()),
        Note(
            _(
                "The page is made from assessments/coverage/{id}.yaml. Change that file and write"
                " the pages again with: make pages",
                id=source.id,
            )
        ),
        *coverage_blocks(found, library),
    )
