"""The facts: all in a list by topic, one in full."""

from collections.abc import Iterator

from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.models.condition import leaves
from riskbehov.models.fact import Fact
from riskbehov.report.document import (
    Block,
    Bullets,
    Definitions,
    Heading,
    Item,
    Paragraph,
    Table,
    Term,
)
from riskbehov.report.words import ANSWERED_BY, ages, numbers

_TOPICS = {
    "person": N_("The person"),
    "acute": N_("Acute"),
    "substance": N_("Substances"),
    "psychiatry": N_("Psychiatry"),
    "safety": N_("Safety"),
    "support": N_("Support needs"),
    "family": N_("Family and children"),
    "process": N_("Process"),
    "network": N_("The network"),
    "workplace": N_("The workplace (in a sheet)"),
    "unit": N_("The unit (in a sheet)"),
    "staff": N_("The staff (in a sheet)"),
    "derived": N_("Worked out by the toolkit"),
}
_BOOL = ("true", "false")


def facts_blocks(library: Library) -> tuple[Block, ...]:
    """Return a list of all facts, by topic."""
    blocks: list[Block] = [
        Heading(_("Facts"), 1),
        Paragraph(_("What a case file leaves out is unknown. Unknown is never the same as no.")),
    ]
    found = list(library.facts.values())
    for topic, title in _TOPICS.items():
        rows = tuple((f.id, str(f.label), _values(f)) for f in found if f.topic == topic)
        if rows:
            head = (_("Id"), _("Fact"), _("Values"))
            blocks += [Heading(_(title)), Table(head, rows)]
    return tuple(blocks)


def _values(fact: Fact) -> str:
    """Return what may be written in a case file, as it is written there."""
    if fact.type == "bool":
        return " | ".join(_BOOL)
    if fact.type == "integer":
        return numbers(fact.low, fact.high)
    sign = ", " if fact.type == "set" else " | "
    return sign.join(v.id for v in fact.values)


def fact_blocks(fact: Fact, library: Library) -> tuple[Block, ...]:
    """Return one fact in full, with the rules that ask for it."""
    return (
        Heading(str(fact.label), 1),
        Paragraph(str(fact.question)),
        Definitions(
            (
                Term(_("Id"), fact.id),
                Term(_("Topic"), _(_TOPICS[fact.topic])),
                Term(_("Answered by"), _(ANSWERED_BY[fact.stated_by])),
                Term(_("Values"), _values(fact)),
            )
        ),
        *_labels(fact),
        *_rules(fact, library),
        *_criteria(fact, library),
    )


def _labels(fact: Fact) -> Iterator[Block]:
    if fact.values:
        yield Table(
            (_("Value"), _("Meaning")), tuple((value.id, str(value)) for value in fact.values)
        )


def _rules(fact: Fact, library: Library) -> Iterator[Block]:
    asking = [
        rule
        for _theme, rule in library.all_rules
        if rule.when and any(leaf.name == fact.id for leaf in leaves(rule.when))
    ]
    yield Heading(_("Rules that ask for it"))
    if asking:
        yield Bullets(
            tuple(
                Item(
                    _(
                        "{rule} ({id}), ages: {ages}",
                        rule=rule.title,
                        id=rule.id,
                        ages=ages(rule.ages),
                    )
                )
                for rule in asking
            )
        )
    else:
        yield Paragraph(_("No rule asks for it."))


def _criteria(fact: Fact, library: Library) -> Iterator[Block]:
    asking = [
        (found, criterion)
        for found in map(library.criteria, library.criteria_ids)
        for criterion in found.criteria
        if criterion.when and any(leaf.name == fact.id for leaf in leaves(criterion.when))
    ]
    if asking:
        yield Heading(_("Criteria that ask for it"))
        yield Bullets(
            tuple(
                Item(
                    _(
                        "{list} ({id}): {criterion}",
                        list=found.name,
                        id=found.id,
                        criterion=criterion.label,
                    )
                )
                for found, criterion in asking
            )
        )
