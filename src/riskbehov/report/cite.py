"""Sources and grounds in law, as small print."""

from collections.abc import Iterable, Iterator, Sequence

from riskbehov.i18n import _
from riskbehov.library import Library
from riskbehov.models.result import Verdict
from riskbehov.models.rule import LegalText
from riskbehov.models.source import Citation, Source
from riskbehov.report.document import Block, Bullets, Heading, Item, Note, Paragraph, bullets, walk
from riskbehov.report.words import BASES, SHORT_BASES, many


def cited(
    sources: Iterable[Citation], library: Library, *, has_notes: bool = False
) -> tuple[Note, ...]:
    """Return one line for each document and basis: title, publisher, places, strength of ground.

    ``has_notes`` adds what is remarked on each place.
    """
    lines = []
    for places in _together(sources):
        lines.append(Note(_full(places, library), (places[0].source,)))
        lines += [Note(str(c.note)) for c in places if has_notes and c.note]
    return tuple(lines)


def cited_shortly(sources: Iterable[Citation], library: Library | None) -> tuple[Note, ...]:
    """Return the same in short, for a report that ends in :func:`sources_section`.

    Without a library the document's id stands for its title.
    """
    return tuple(
        Note(_short(places, library), (places[0].source,)) for places in _together(sources)
    )


def _together(sources: Iterable[Citation]) -> Iterator[list[Citation]]:
    """Yield the citations of one document on one basis, in order of appearance."""
    found: dict[tuple[str, str], list[Citation]] = {}
    for citation in sources:
        found.setdefault((citation.source, citation.basis), []).append(citation)
    yield from found.values()


def _where(places: Iterable[Citation]) -> str:
    return many(dict.fromkeys(c.locator for c in places))


def _own(places: Sequence[Citation]) -> str:
    return _("Source: the toolkit's own structure, not validated ({place}).", place=_where(places))


def _full(places: Sequence[Citation], library: Library) -> str:
    first = places[0]
    if first.basis == "toolkit":
        return _own(places)
    source = library.sources.get(first.source)
    if source is None:
        return _short(places, library)
    return _(
        "Source: {title} ({publisher}), {place} ({basis}).",
        title=source.title,
        publisher=source.publisher,
        place=_where(places),
        basis=_(BASES[first.basis]),
    )


def _short(places: Sequence[Citation], library: Library | None) -> str:
    first = places[0]
    if first.basis == "toolkit":
        return _own(places)
    source = library.sources.get(first.source) if library else None
    return _(
        "Source: {title}, {place} ({basis}).",
        title=short_title(source) if source else first.source,
        place=_where(places),
        basis=_(SHORT_BASES[first.basis]),
    )


def short_title(source: Source) -> str:
    """Return a document's title without its subtitle."""
    ends = [end for end in map(source.title.find, (". ", ": ")) if end > 0]
    return source.title[: min(ends)] if ends else source.title


def sources_section(blocks: Iterable[Block], library: Library) -> Iterator[Block]:
    """Yield every document that blocks cite, and what the words for the basis mean."""
    found = documents(blocks, library)
    if found.items:
        yield Heading(_("Sources"))
        yield found
        yield Paragraph(_("What the word in brackets after a place in a source means:"))
        yield bullets(
            _("{word}: {meaning}", word=_(SHORT_BASES[b]), meaning=_(BASES[b]))
            for b in BASES
            if b != "toolkit"
        )


def documents(blocks: Iterable[Block], library: Library) -> Bullets:
    """Return every document that blocks cite, in full, by title."""
    ids = {id_ for b in walk(blocks) if isinstance(b, Note) for id_ in b.sources}
    found = [library.sources[id_] for id_ in ids if id_ in library.sources]
    found.sort(key=lambda source: source.title.casefold())
    return Bullets(tuple(document(source) for source in found if source.kind != "own"))


def document(source: Source) -> Item:
    """Return a document: title, publisher, edition, date and number, with its address."""
    parts = (source.publisher, source.edition, source.date, source.identifier)
    line = _(
        "{title}. {details}. Read {day}.",
        title=source.title.rstrip("."),
        details=". ".join(part.rstrip(".") for part in parts if part),
        day=source.checked,
    )
    return Item(line, (Note(source.url),) if source.url else ())


def law(verdict: Verdict, library: Library) -> tuple[Note, ...]:
    """Return the ground in law of a rule that has one."""
    if verdict.rule.legal is None:
        return ()
    label = library.legal_entries[verdict.rule.legal].label
    return (Note(legal_line(label, verdict.legal)),)


def legal_line(label: object, text: LegalText | None) -> str:
    """Return where in law something stands, or that no verified place is known for the day."""
    if text is None:
        return _(
            "Law: {label}. The place in the law of that day has not been verified.", label=label
        )
    if all(c.basis == "secondary" for c in text.sources):
        return _(
            "Law: {label}, {reference} (read only second-hand).",
            label=label,
            reference=text.reference,
        )
    return _("Law: {label}, {reference}.", label=label, reference=text.reference)
