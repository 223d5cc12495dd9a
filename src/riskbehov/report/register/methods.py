"""A method scored elsewhere: what is recorded of its results, and what its parts inform."""

from collections.abc import Iterator

from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.models.instrument import RecordedMethod, ScoredInstrument, Section
from riskbehov.report.cite import cited_shortly
from riskbehov.report.document import Block, Heading, Paragraph, Table, bullets
from riskbehov.report.words import OUTCOMES, PARTIES, listed, numbers, risk_level

_RECORDED = {
    "level": N_("The level that the method arrived at, on {outcome}. Used for {months} months."),
    "needs": N_("The needs that the method found, and no level of risk. Used for {months} months."),
}


def method_blocks(method: RecordedMethod, library: Library) -> Iterator[Block]:
    """Yield what is recorded of a method: level, total, editions, parts and their ratings."""
    recorded = _RECORDED["level" if method.levels else "needs"]
    yield Heading(_("What is recorded"))
    yield Paragraph(_(recorded, outcome=_(OUTCOMES[method.outcome]), months=method.valid_months))
    if method.made_by:
        yield Paragraph(
            _(
                "Made only by {party}: a result is entered with the day it was obtained and the"
                " consent or the provision of law that covered that day.",
                party=_(PARTIES[method.made_by]),
            )
        )
    if method.levels:
        yield Table(
            (_("Level"), _("Counts as")),
            tuple((str(level), risk_level(level.counts_as)) for level in method.levels),
        )
    yield from cited_shortly((*method.level_sources, *method.valid_sources), library)
    yield from _total(method, library)
    yield from _editions(method)
    yield from _sections(method, library)
    yield from _ratings(method, library)


def _total(method: RecordedMethod, library: Library) -> Iterator[Block]:
    yield Heading(_("Total"), 3)
    if method.total:
        span = numbers(method.total.low, method.total.high)
        yield Paragraph(_("A total within {span} is taken, and no other.", span=span))
        yield from cited_shortly(method.total.sources, library)
    elif method.judgement:
        yield Paragraph(
            _("None: the method is structured professional judgement, in which nothing is summed.")
        )
    elif method.outcome == "needs":
        yield Paragraph(_("None: the method is rated area by area."))
    else:
        yield Paragraph(
            _("Which totals the method gives is not verified: one that is entered is flagged.")
        )


def _editions(method: RecordedMethod) -> Iterator[Block]:
    if method.editions:
        yield Heading(_("Editions"), 3)
        yield bullets(
            _("{edition} ({id}), replaced by a later one", edition=e, id=e.id)
            if e.superseded
            else _("{edition} ({id})", edition=e, id=e.id)
            for e in method.editions
        )


def _sections(method: RecordedMethod, library: Library) -> Iterator[Block]:
    if not method.sections:
        return
    yield Heading(_("Parts, and the needs that they inform"))
    needs = _need_instruments(method, library)
    supports = {f.id: str(f.label) for f in library.facts.values() if f.topic == "support"}
    columns = {
        **{
            _("Need areas, {id}", id=instrument.id): {i.id: str(i.label) for i in instrument.items}
            for instrument in needs
        },
        _("Support needs"): supports,
    }
    used = {
        head: labels
        for head, labels in columns.items()
        if any(id_ in labels for section in method.sections for id_ in section.informs)
    }
    yield Table(
        (_("Part"), _("Id"), *used),
        tuple(
            (str(section), section.id, *(_informed(section, labels) for labels in used.values()))
            for section in method.sections
        ),
    )
    yield from cited_shortly(method.section_sources, library)
    if not used:
        yield Paragraph(_("No part informs a need area: see what is worth knowing below."))


def _informed(section: Section, labels: dict[str, str]) -> str:
    return listed(labels[id_] for id_ in section.informs if id_ in labels)


def _need_instruments(method: RecordedMethod, library: Library) -> tuple[ScoredInstrument, ...]:
    """Return the instruments whose areas are the needs where results of the method are used."""
    using = (a for a in map(library.assessment, library.assessment_ids) if method.id in a.methods)
    return tuple(library.scored(id_) for id_ in dict.fromkeys(a.needs for a in using if a.needs))


def _ratings(method: RecordedMethod, library: Library) -> Iterator[Block]:
    if method.ratings:
        yield Heading(_("Ratings of each part"), 3)
        yield Table(
            (_("Rating"), _("Id"), _("From and to")),
            tuple((str(r), r.id, numbers(r.low, r.high)) for r in method.ratings),
        )
        yield from cited_shortly(method.rating_sources, library)
        yield Paragraph(_("The ratings are shown as they are and never added together."))
