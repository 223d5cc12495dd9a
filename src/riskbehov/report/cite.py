"""Sources and grounds in law, as small print."""

from collections.abc import Iterable, Sequence

from riskbehov.i18n import _
from riskbehov.library import Library
from riskbehov.models.result import Verdict
from riskbehov.models.rule import LegalText
from riskbehov.models.source import Citation
from riskbehov.report.document import Note
from riskbehov.report.words import BASES, many


def cited(
    sources: Iterable[Citation], library: Library | None, *, has_notes: bool = False
) -> tuple[Note, ...]:
    """Return one line for each document and basis: title, publisher, places, strength of ground.

    ``has_notes`` adds what is remarked on each place. Without a library the document's id stands
    for its title.
    """
    together: dict[tuple[str, str], list[Citation]] = {}
    for citation in sources:
        together.setdefault((citation.source, citation.basis), []).append(citation)
    lines = []
    for places in together.values():
        lines.append(Note(source_line(places, library)))
        lines += [Note(str(c.note)) for c in places if has_notes and c.note]
    return tuple(lines)


def source_line(places: Sequence[Citation], library: Library | None) -> str:
    """Return a sentence on several places in one document that have the same basis."""
    first = places[0]
    where = many(dict.fromkeys(c.locator for c in places))
    if first.basis == "toolkit":
        return _("Source: the toolkit's own structure, not validated ({locator}).", locator=where)
    source = library.sources.get(first.source) if library else None
    if source is None:
        return _(
            "Source: {source}, {locator} ({basis}).",
            source=first.source,
            locator=where,
            basis=_(BASES[first.basis]),
        )
    return _(
        "Source: {title} ({publisher}), {locator} ({basis}).",
        title=source.title,
        publisher=source.publisher,
        locator=where,
        basis=_(BASES[first.basis]),
    )


def law(verdict: Verdict, library: Library) -> tuple[Note, ...]:
    """Return the ground in law of a rule that has one."""
    if verdict.rule.legal is None:
        return ()
    label = library.legal_entries[verdict.rule.legal].label
    return (Note(legal_line(label, verdict.legal)),)


def legal_line(label: object, text: LegalText | None) -> str:
    """Return where in law something stands, or that no verified place is known for the day."""
    if text is None:
        return _("Law: {label}. The place in the law of that day has not been verified.", label=label)
    if all(c.basis == "secondary" for c in text.sources):
        return _(
            "Law: {label}, {reference} (read only second-hand).",
            label=label,
            reference=text.reference,
        )
    return _("Law: {label}, {reference}.", label=label, reference=text.reference)
