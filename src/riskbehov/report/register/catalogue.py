"""Documents, insatser and assessments: all in a list, one in full."""

from collections.abc import Iterable, Iterator

from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.models.assessment import Assessment
from riskbehov.models.insats import Insats
from riskbehov.models.source import Citation, Source
from riskbehov.report.cite import cited
from riskbehov.report.document import (
    Block,
    Bullets,
    Definitions,
    Heading,
    Item,
    Note,
    Paragraph,
    Table,
    Term,
    bullets,
)
from riskbehov.report.names import Names, names_of, target_name
from riskbehov.report.register.coverage import coverage_blocks
from riskbehov.report.words import (
    FORMS,
    INTRUSIVENESS,
    NOT_GIVEN,
    SETTINGS,
    SHORT_BASES,
    SOURCE_KINDS,
    STRENGTHS,
    ages,
    insats_name,
    listed,
    many,
    short_name,
    theme_label,
)

_CITERS = {
    "instrument": N_("Instrument: {name} ({id})"),
    "assessment": N_("Assessment: {name} ({id})"),
    "simulation": N_("Made-up answers: {name} ({id})"),
    "matrix": N_("Tables of the assessment: {name} ({id})"),
    "assessment simulation": N_("Made-up answers of the assessment: {name} ({id})"),
    "rule": N_("Rule: {name} ({id})"),
    "insats": N_("Insats: {name} ({id})"),
    "legal": N_("Law: {name} ({id})"),
    "criteria": N_("Criteria: {name} ({id})"),
    "process": N_("Process: {name} ({id})"),
    "inventory": N_("Inventory: {name} ({id})"),
}


def sources_blocks(library: Library) -> tuple[Block, ...]:
    """Return a list of all documents."""
    rows = tuple(
        (
            s.id,
            _("{title} ({publisher})", title=s.title, publisher=s.publisher),
            s.date or NOT_GIVEN,
        )
        for s in library.sources.values()
    )
    return (
        Heading(_("Sources"), 1),
        Table((_("Id"), _("Document"), _("Date")), rows),
    )


def source_blocks(source: Source, library: Library) -> tuple[Block, ...]:
    """Return one document in full: everything that cites it, and what of it is covered."""
    return (
        Heading(source.title, 1),
        Definitions(tuple(_source_terms(source))),
        *((Note(str(source.note)),) if source.note else ()),
        *_citing(source, library),
        *_coverage(source, library),
    )


def _coverage(source: Source, library: Library) -> Iterator[Block]:
    """Yield what the toolkit has of a document, where that is told."""
    found = library.coverage(source.id)
    if found is not None:
        yield from coverage_blocks(found, library)


def _source_terms(source: Source) -> Iterator[Term]:
    yield Term(_("Id"), source.id)
    yield Term(_("Publisher"), source.publisher)
    yield Term(_("Kind"), _(SOURCE_KINDS[source.kind]))
    for word, text in (
        (_("Edition"), source.edition),
        (_("Date"), source.date),
        (_("Identifier"), source.identifier),
        (_("Address"), source.url),
    ):
        if text:
            yield Term(word, text)
    yield Term(_("Last read"), source.checked.isoformat())


def _citing(source: Source, library: Library) -> Iterator[Block]:
    yield Heading(_("Cited by"))
    places: dict[tuple[str, str], list[Citation]] = {}
    for found in library.citing(source.id):
        places.setdefault((found.kind, found.id), []).append(found.citation)
    if places:
        yield Bullets(
            tuple(
                Item(_citer(kind, id_, library), tuple(Note(line) for line in _places(cited_)))
                for (kind, id_), cited_ in places.items()
            )
        )
    else:
        yield Paragraph(_("Nothing cites it."))


def _places(found: Iterable[Citation]) -> Iterable[str]:
    return dict.fromkeys(
        _("{place} ({basis})", place=c.locator, basis=_(SHORT_BASES[c.basis])) for c in found
    )


def _citer(kind: str, id_: str, library: Library) -> str:
    """Return what a definition that cites is called."""
    name: object
    match kind:
        case "instrument" | "simulation":
            name = short_name(library.instrument(id_))
        case "assessment" | "matrix" | "assessment simulation":
            name = library.assessment(id_).name
        case "rule":
            name = library.rule(id_).title
        case "insats":
            name = insats_name(library.insats(id_))
        case "criteria":
            name = library.criteria(id_).name
        case "process":
            name = library.process(id_).name
        case "inventory" if library.inventory is not None:
            name = library.inventory.name
        case _:
            name = library.legal_entries[id_].label
    return _(_CITERS[kind], name=name, id=id_)


def insatser_blocks(library: Library) -> tuple[Block, ...]:
    """Return a list of all insatser."""
    rows = tuple(
        (i.id, insats_name(i), _(SETTINGS[i.setting]), ages(i.ages))
        for i in library.insatser.values()
    )
    return (
        Heading(_("Insatser"), 1),
        Table((_("Id"), _("Insats"), _("Setting"), _("Ages")), rows),
    )


def insats_blocks(insats: Insats, library: Library) -> tuple[Block, ...]:
    """Return one insats in full, with the rules that speak of it."""
    names = _all_names(library)
    return (
        Heading(insats_name(insats), 1),
        Paragraph(str(insats.description)),
        Definitions(tuple(_insats_terms(insats, library))),
        *_targets(insats, names),
        *_rules(insats, library),
        Heading(_("Sources")),
        *cited(insats.sources, library, has_notes=True),
    )


def _all_names(library: Library) -> Names:
    found = (names_of(library.assessment(id_), library) for id_ in library.assessment_ids)
    return Names(library, tuple(pair for names in found for pair in names.prefixed))


def _insats_terms(insats: Insats, library: Library) -> Iterator[Term]:
    yield Term(_("Id"), insats.id)
    yield Term(_("Ages"), ages(insats.ages))
    yield Term(_("Setting"), _(SETTINGS[insats.setting]))
    yield Term(_("Form"), _(FORMS[insats.form]))
    yield Term(_("How intrusive"), _(INTRUSIVENESS[insats.intrusiveness]))
    if insats.one_of:
        group = (i for i in library.insatser.values() if i.one_of == insats.one_of)
        yield Term(_("A plan takes one of"), many(insats_name(i) for i in group))


def _targets(insats: Insats, names: Names) -> Iterator[Block]:
    if insats.targets:
        yield Heading(_("Works on"))
        yield Bullets(
            tuple(
                Item(target_name(t.area, names), cited((t.cite,), names.library))
                for t in insats.targets
            )
        )


def _rules(insats: Insats, library: Library) -> Iterator[Block]:
    rows = tuple(
        (rule.id, str(rule.title), _(STRENGTHS[rule.strength]), ages(rule.ages))
        for _theme, rule in library.all_rules
        if rule.insats == insats.id
    )
    yield Heading(_("Rules that speak of it"))
    if rows:
        yield Table((_("Id"), _("Rule"), _("Strength"), _("Ages")), rows)
    else:
        yield Paragraph(_("No rule speaks of it."))


def assessments_blocks(library: Library) -> tuple[Block, ...]:
    """Return a list of all assessments."""
    found = map(library.assessment, library.assessment_ids)
    rows = tuple((a.id, str(a.name), ages(a.ages), listed(a.instruments)) for a in found)
    return (
        Heading(_("Assessments"), 1),
        Table((_("Id"), _("Assessment"), _("Ages"), _("Instruments")), rows),
    )


def assessment_definition_blocks(assessment: Assessment, library: Library) -> tuple[Block, ...]:
    """Return one assessment in full: what it uses, and what is always said beside its result."""
    return (
        Heading(str(assessment.name), 1),
        Definitions((Term(_("Id"), assessment.id), Term(_("Ages"), ages(assessment.ages)))),
        *_used(_("Instruments"), assessment.instruments, library),
        *_used(_("Methods whose result may be recorded"), assessment.methods, library),
        Heading(_("Themes of rules")),
        bullets(
            _(
                "{theme} ({id}). Rules: {count}.",
                theme=theme_label(theme, library),
                id=theme,
                count=len(library.rules(theme)),
            )
            for theme in assessment.rules
        ),
        Heading(_("Always said beside the result")),
        Bullets(tuple(Item(str(n.text), cited(n.sources, library)) for n in assessment.limits)),
    )


def _used(title: str, ids: Iterable[str], library: Library) -> Iterator[Block]:
    found = [library.instrument(id_) for id_ in ids]
    if found:
        yield Heading(title)
        yield bullets(_("{name} ({id})", name=i.name, id=i.id) for i in found)
