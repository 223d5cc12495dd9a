"""The instruments: all in a list, one in full."""

from collections.abc import Iterator

from riskbehov.i18n import _
from riskbehov.library import Library
from riskbehov.models.instrument import Instrument, RecordedMethod, ScoredInstrument
from riskbehov.report.cite import cited_shortly, sources_section
from riskbehov.report.conditions import condition_item
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
from riskbehov.report.instruments import limits_table, remarks
from riskbehov.report.names import Names
from riskbehov.report.register.methods import method_blocks
from riskbehov.report.words import (
    KINDS,
    LICENCES,
    NOT_GIVEN,
    ages,
    capital,
    listed,
    many,
    reliability,
    short_name,
    validity,
)


def instruments_blocks(library: Library) -> tuple[Block, ...]:
    """Return a list of all instruments."""
    rows = tuple(_row(library.instrument(id_)) for id_ in library.instrument_ids)
    head = (_("Id"), _("Instrument"), _("Kind"), _("Ages"), _("Items"))
    return Heading(_("Instruments"), 1), Table(head, rows)


def _row(instrument: Instrument) -> tuple[str, ...]:
    items = str(len(instrument.items)) if isinstance(instrument, ScoredInstrument) else NOT_GIVEN
    kind = _(KINDS[instrument.kind])
    return instrument.id, short_name(instrument), kind, ages(instrument.ages), items


def instrument_blocks(instrument: Instrument, library: Library) -> tuple[Block, ...]:
    """Return one instrument in full: use, misuse, items, limits, sources."""
    body = (
        method_blocks(instrument, library)
        if isinstance(instrument, RecordedMethod)
        else _scored(instrument, library)
    )
    found = (*_head(instrument, library), *body, *remarks(instrument, library))
    return (*found, *sources_section(found, library))


def _head(instrument: Instrument, library: Library) -> Iterator[Block]:
    yield Heading(str(instrument.name), 1)
    yield Definitions(
        (
            Term(_("Id"), instrument.id),
            Term(_("Kind"), _(KINDS[instrument.kind])),
            Term(_("Version"), instrument.version),
            Term(_("Ages"), ages(instrument.ages)),
            Term(_("Use"), str(instrument.use)),
            Term(_("Not for"), str(instrument.misuse)),
            Term(
                _("Licence"),
                _(
                    "{status}. {text}",
                    status=capital(_(LICENCES[instrument.licence.status])),
                    text=instrument.licence.text,
                ),
                cited_shortly(instrument.licence.sources, library),
            ),
        )
    )
    yield Heading(_("Where it comes from"))
    yield from cited_shortly(instrument.sources, library)


def _scored(instrument: ScoredInstrument, library: Library) -> Iterator[Block]:
    names = Names(library, (("", instrument),))
    yield from _items(instrument)
    yield from _forms(instrument)
    yield from _scales(instrument, library)
    yield from _sets(instrument, library)
    yield from _skips(instrument, names)
    yield from _flags(instrument, names)


def _items(instrument: ScoredInstrument) -> Iterator[Block]:
    yield Heading(_("Items"))
    yield Paragraph(_("Short labels in our own words; the official wording is not here."))
    yield Table(
        (_("Item"), _("Label"), _("Codes"), _("LOINC")),
        tuple((i.id, str(i.label), i.codes, i.loinc or NOT_GIVEN) for i in instrument.items),
    )
    yield Heading(_("Codes"), 3)
    yield Definitions(
        tuple(
            Term(id_, many(_("{code} {label}", code=a.code, label=a) for a in anchors))
            for id_, anchors in instrument.codes.items()
        )
    )
    for item in instrument.items:
        if item.indicators:
            yield Heading(_("What to look for: {item}", item=item.label), 3)
            yield bullets(item.indicators)


def _forms(instrument: ScoredInstrument) -> Iterator[Block]:
    yield Heading(_("Ways to give it"))
    yield Bullets(
        tuple(
            Item(
                _("{form} ({id}): blanks may mean zero", form=form, id=form.id)
                if form.skips
                else _("{form} ({id})", form=form, id=form.id),
                (Note(str(form.note)),) if form.note else (),
            )
            for form in instrument.forms
        )
    )


def _scales(instrument: ScoredInstrument, library: Library) -> Iterator[Block]:
    if instrument.scales:
        yield Heading(_("Scales"))
    for scale in instrument.scales:
        yield Heading(_("{scale} ({id})", scale=scale.label, id=scale.id), 3)
        if scale.count_at_least is None:
            yield Paragraph(_("Sum of the items {items}.", items=listed(scale.items)))
        else:
            yield Paragraph(
                _(
                    "Number of items with code {code} or more among {items}.",
                    code=scale.count_at_least,
                    items=listed(scale.items),
                )
            )
        if scale.note:
            yield Note(str(scale.note))
        yield from cited_shortly(scale.sources, library)
        if scale.reliability:
            yield Paragraph(_("How reliable: {ground}.", ground=reliability(scale.reliability)))
            yield from cited_shortly(scale.reliability.sources, library)


def _sets(instrument: ScoredInstrument, library: Library) -> Iterator[Block]:
    if instrument.cutoff_sets:
        yield Heading(_("Sets of limits"))
    labels = {s.id: str(s.label) for s in instrument.cutoff_sets}
    if instrument.default_sets:
        yield Paragraph(_("Used by themselves:"))
        yield bullets(
            _("{set}: {ages}", set=labels[d.set], ages=ages(d.ages))
            for d in instrument.default_sets
        )
    for found in instrument.cutoff_sets:
        yield Heading(_("{set} ({id})", set=found.label, id=found.id), 3)
        yield Paragraph(
            _(
                "On the scale {scale}. Ages: {ages}. In force {days}.",
                scale=found.scale,
                ages=ages(found.ages),
                days=validity(found.valid),
            )
        )
        yield limits_table(found, {str(sex): held for sex, held in found.limits.items()})
        if found.note:
            yield Note(str(found.note))
        yield from cited_shortly(found.sources, library)


def _skips(instrument: ScoredInstrument, names: Names) -> Iterator[Block]:
    if not instrument.skips:
        return
    yield Heading(_("Skips"))
    for skip in instrument.skips:
        yield Paragraph(
            _(
                "The items {items} may be left blank and then count as 0, when:",
                items=listed(skip.infer),
            )
        )
        yield Bullets((condition_item(skip.when, names),))
        yield from cited_shortly(skip.sources, names.library)


def _flags(instrument: ScoredInstrument, names: Names) -> Iterator[Block]:
    if not instrument.flags:
        return
    yield Heading(_("Flags, which change no points"))
    yield Bullets(
        tuple(
            Item(
                str(flag.label),
                (
                    Bullets((condition_item(flag.when, names),)),
                    *cited_shortly(flag.sources, names.library),
                ),
            )
            for flag in instrument.flags
        )
    )
