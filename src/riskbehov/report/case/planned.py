"""The plan, support needs and the person's own view."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from riskbehov.i18n import N_, _
from riskbehov.models.result import Gap, PlannedInsats, Result, Verdict
from riskbehov.report.case.advice import advised, requirement, why
from riskbehov.report.case.recorded import on_support
from riskbehov.report.document import (
    Block,
    Bullets,
    Heading,
    Item,
    Note,
    Paragraph,
    Table,
    bullets,
)
from riskbehov.report.names import Names, part_name, target_name
from riskbehov.report.words import decimal, insats_name, insats_names, listed, many

_GAPS = {
    "no-recommendation": N_("{area}: no rule recommends an insats for it."),
    "declined": N_("{area}: the person has declined what is recommended ({insatser})."),
    "not-offered": N_("{area}: the municipality does not offer what is recommended ({insatser})."),
    "cannot-tell": N_(
        "{area}: it cannot be told yet whether an insats is recommended ({insatser})."
    ),
    "placement-only": N_(
        "{area}: only a placement is recommended ({insatser}), and the plan never chooses one."
    ),
    "requirement": N_(
        "{area}: what is recommended ({insatser}) cannot be given, since this is not so:"
        " {requirements}."
    ),
    "one-of": N_("{area}: what is recommended ({insatser}) excludes something else in the plan."),
}


def plan(result: Result, names: Names) -> Iterator[Block]:
    """Yield the proposed plan, its alternatives and what is left without an insats."""
    if not result.needs.areas:
        return
    yield Heading(_("Proposed plan"))
    yield from _proposal(result, names)
    yield from _gaps(result, names)
    yield from _alternatives(result)
    yield from _set_aside(result, names)


def _proposal(result: Result, names: Names) -> Iterator[Block]:
    if result.plan.insatser:
        yield Paragraph(
            _(
                "Chosen in this order: least intrusive, strongest recommendation, fewest insatser,"
                " the municipality's own, cost."
            )
        )
        if result.plan.offer and result.plan.offer.municipality:
            yield Paragraph(_("Held to what {place} offers.", place=result.plan.offer.municipality))
        yield Bullets(tuple(_planned(p, result, names) for p in result.plan.insatser))
    elif result.targets:
        yield Paragraph(_("No insats can be planned yet for the targets; see why below."))
    else:
        yield Paragraph(_("There is no target, so nothing is planned against reoffending."))


def _planned(planned: PlannedInsats, result: Result, names: Names) -> Item:
    inside: list[Block] = [
        Paragraph(
            _(
                "Covers: {areas}.",
                areas=listed(_covered(a, planned.parts, names) for a in planned.covers),
            )
        ),
        *why(planned.rules, planned.insats, result),
        *requirement(planned.insats, result, names),
    ]
    if planned.own is not None:
        inside.append(
            Note(_("Given by the municipality itself.") if planned.own else _("Given by others."))
        )
    if planned.cost is not None:
        unit = result.plan.offer.cost_unit if result.plan.offer else ""
        cost = f"{decimal(f'{planned.cost:.12g}')} {unit}".strip()
        inside.append(Note(_("Cost as stated in the offer: {cost}.", cost=cost)))
    return Item(insats_name(planned.insats), tuple(inside), is_strong=True)


def _covered(target: str, parts: Sequence[str], names: Names) -> str:
    """Return a target, with the parts of it that an insats covers where it has any."""
    divided = any(fact.parts_of == target for fact in names.library.facts.values())
    if not (divided and parts):
        return target_name(target, names)
    return _(
        "{area} ({parts})",
        area=target_name(target, names),
        parts=listed(part_name(target, part, names) for part in parts),
    )


def _gaps(result: Result, names: Names) -> Iterator[Block]:
    if result.plan.gaps:
        yield Heading(_("Targets without an insats"), 3)
        yield bullets(gap_line(gap, names) for gap in result.plan.gaps)


def gap_line(gap: Gap, names: Names) -> str:
    """Return why a target, or a part of it, has no insats."""
    return _(
        _GAPS[gap.cause],
        area=_covered(gap.target, (gap.part,) if gap.part else (), names),
        insatser=insats_names(gap.insatser, names.library),
        requirements=listed(_requirements(gap, names)),
    )


def _requirements(gap: Gap, names: Names) -> Iterable[str]:
    found = (names.library.insatser[id_].requires for id_ in gap.insatser)
    return dict.fromkeys(names.label(fact) for fact in found if fact)


def _alternatives(result: Result) -> Iterator[Block]:
    if result.plan.alternatives:
        yield Heading(_("Alternatives that are nearly as good"), 3)
        yield bullets(
            many(insats_name(p.insats) for p in chosen) for chosen in result.plan.alternatives
        )


def _set_aside(result: Result, names: Names) -> Iterator[Block]:
    """Yield what is recommended but not for the plan to choose, and what the person declined."""
    if result.plan.placement:
        yield Heading(_("Where a placement is already being considered"), 3)
        yield Paragraph(
            _(
                "Recommended, but never chosen by the plan: {insatser}.",
                insatser=insats_names(result.plan.placement, names.library),
            )
        )
    if result.case.declined:
        yield Heading(_("Declined by the person, and left out"), 3)
        yield bullets(
            _declined(insats_name(names.library.insatser[d.insats]), d.reason)
            for d in result.case.declined
        )


def _declined(insats: str, reason: str) -> str:
    if not reason:
        return insats
    return _("{insats}. Reason: {reason}", insats=insats, reason=reason)


def support(result: Result, names: Names) -> Iterator[Block]:
    """Yield the needs that do not drive crime, with the support that rules point to."""
    found = result.support_needs
    shown = {v.rule.id for _fact, verdicts in found.identified for v in verdicts}
    others = [
        v for v in result.block("support") if v.verdict == "applies" and v.rule.id not in shown
    ]
    yield Heading(_("Support needs"))
    yield Paragraph(_("Planned for, and never counted in the risk or the intensity."))
    for fact, verdicts in found.identified:
        yield Heading(str(fact.label), 3)
        yield _supported(fact.id, verdicts, result, names)
    if others:
        yield Heading(_("Other support"), 3)
        yield advised(others, result, names)
    if found.not_identified:
        yield Paragraph(_("No need: {needs}.", needs=listed(f.label for f in found.not_identified)))
    if found.unanswered:
        yield Paragraph(
            _("Not asked yet (unknown): {needs}.", needs=listed(f.label for f in found.unanswered))
        )
    yield from on_support(result)


def _supported(need: str, verdicts: Sequence[Verdict], result: Result, names: Names) -> Block:
    if verdicts:
        return advised(verdicts, result, names)
    is_open = any(need in v.rule.targets for v in result.verdicts if v.verdict == "cannot-tell")
    if is_open:
        return Paragraph(_("Which support fits cannot be told yet; see the questions above."))
    return Paragraph(_("No rule says how: plan for it together with the person."))


def own_view(result: Result, names: Names) -> Iterator[Block]:
    """Yield the person's own view and wishes, with the two orders of priority side by side."""
    view = result.own_view
    yield Heading(_("The person's own view"))
    if view is None or not (view.text or view.wishes or view.priorities):
        yield Paragraph(_("Not recorded. Ask how the person sees it, and what he or she wants."))
        return
    if view.text:
        yield Paragraph(view.text)
    if view.wishes:
        yield Paragraph(_("Wishes:"))
        yield bullets(view.wishes)
    if view.priorities:
        rows = zip_longest(
            (target_name(a, names) for a in view.priorities),
            (target_name(a, names) for a in result.targets),
            fillvalue="",
        )
        yield Table((_("The person's order"), _("Order of the targets")), tuple(rows))
