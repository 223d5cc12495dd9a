"""The inventory of needs and resources: the person's own view, the professional's beside it."""

from collections.abc import Iterator, Sequence

from riskbehov.i18n import _
from riskbehov.models.instrument import Anchor
from riskbehov.models.result import DomainResult, InventoryResult, Result
from riskbehov.report.cite import cited_shortly
from riskbehov.report.document import (
    Block,
    Bullets,
    Callout,
    Heading,
    Item,
    Note,
    Paragraph,
    bullets,
)
from riskbehov.report.names import Names
from riskbehov.report.words import listed, many


def inventory(result: Result, names: Names) -> Iterator[Block]:
    """Yield every domain as the person sees it, and what to talk about."""
    found = result.inventory
    if found is None:
        return
    yield Heading(str(found.form.name))
    yield Paragraph(
        _(
            "The person's own ratings of {day}, beside what the professional has rated and stated."
            " Neither changes the other, and nothing here is counted.",
            day=found.date,
        )
    )
    answered = [d for d in found.domains if _is_answered(d)]
    yield Bullets(tuple(_domain(d, found) for d in answered))
    silent = [d.domain for d in found.domains if d not in answered]
    if silent:
        yield Paragraph(_("Not answered: {domains}.", domains=listed(silent)))
    if found.in_order:
        yield Paragraph(
            _("The person's order: {domains}.", domains=listed(d.domain for d in found.in_order))
        )
    if found.to_talk_about:
        yield Callout(
            "warning",
            _("Talk about it: the two views part"),
            (bullets(_parting(d, found) for d in found.to_talk_about),),
        )
    form = found.form
    sources = (*form.domains[0].sources, *form.scale_sources, *form.informs_sources)
    yield from cited_shortly(sources, names.library)


def _is_answered(found: DomainResult) -> bool:
    return bool(found.text.strip()) or any(
        each is not None for each in (found.situation, found.motivation, found.priority)
    )


def _domain(found: DomainResult, whole: InventoryResult) -> Item:
    form = whole.form
    line = _(
        "{domain}: {situation}",
        domain=found.domain,
        situation=anchored(found.situation, form.situation),
    )
    inside: list[Block] = [
        Paragraph(
            _("Motivation: {motivation}", motivation=anchored(found.motivation, form.motivation))
        )
    ]
    if found.text.strip():
        inside.append(Paragraph(found.text))
    inside.append(Note(_("Beside it: {found}.", found=many(_beside(found)))))
    return Item(line, tuple(inside), is_strong=True)


def anchored(code: int | None, scale: Sequence[Anchor]) -> str:
    """Return a code of one of the inventory's scales with its words, or that there is none."""
    if code is None:
        return _("not rated")
    return _("{code}, {meaning}", code=code, meaning=next(a for a in scale if a.code == code))


def _beside(found: DomainResult) -> Iterator[str]:
    """Yield what the professional has rated and stated on a domain."""
    for area in found.areas:
        code = _("not rated") if area.code is None else str(area.code)
        yield _("{label}: {value}", label=area.item.label, value=code)
    for fact, state in found.supports:
        value = _("not known") if state is None else _("need") if state else _("no need")
        yield _("{label}: {value}", label=fact.label, value=value)


def _parting(found: DomainResult, whole: InventoryResult) -> str:
    meaning = anchored(found.situation, whole.form.situation)
    if found.agreement == "own-worse":
        return _(
            "{domain}: the person says {situation}, but no need is seen here ({found}).",
            domain=found.domain,
            situation=meaning,
            found=many(_beside(found)),
        )
    return _(
        "{domain}: the person says {situation}, but a need is seen here ({found}).",
        domain=found.domain,
        situation=meaning,
        found=many(_beside(found)),
    )
