"""Why one rule applies to a case, does not apply, or cannot be told."""

from collections.abc import Iterator

from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.logic.explain import Explained
from riskbehov.models.result import Result, Verdict
from riskbehov.report.cite import cited, law
from riskbehov.report.conditions import explained_item, facts_found
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
from riskbehov.report.names import Names, names_of, question
from riskbehov.report.words import STRENGTHS, insats_name, validity

_SENTENCES = {
    "applies": N_("The rule applies: its whole condition holds."),
    "does-not-apply": N_("The rule does not apply: its condition does not hold."),
    "cannot-tell": N_("Cannot tell yet: the condition hangs on what is not known."),
    "not-in-force": N_("The rule is not in force on that day, so its condition decides nothing."),
}


def explanation_blocks(
    result: Result, verdict: Verdict, explained: Explained, library: Library
) -> tuple[Block, ...]:
    """Return the verdict on one rule for a case, its condition part by part, and its source."""
    library = library.as_of(result.as_of)
    names = names_of(result.assessment, library)
    return (
        *_verdict(result, verdict, library),
        *_condition(explained, names),
        *_missing(result, verdict, names),
        *_ground(verdict, library),
    )


def _verdict(result: Result, verdict: Verdict, library: Library) -> Iterator[Block]:
    rule = verdict.rule
    yield Heading(str(rule.title), 1)
    terms = [
        Term(_("Case"), result.case.case),
        Term(_("Rule"), rule.id),
        Term(_("Strength"), _(STRENGTHS[rule.strength])),
        Term(_("In force"), validity(rule.valid)),
        Term(_("Looked at"), _("as of {day}", day=result.as_of)),
    ]
    if rule.insats:
        terms.insert(2, Term(_("Insats"), insats_name(library.insatser[rule.insats])))
    yield Definitions(tuple(terms))
    yield Paragraph(_(_SENTENCES[verdict.verdict]), is_strong=True)


def _condition(explained: Explained, names: Names) -> Iterator[Block]:
    yield Heading(_("The condition, part by part"))
    yield Bullets((explained_item(explained, names),))
    yield Heading(_("What is known"))
    yield Table(
        (_("Fact"), _("Found"), _("Key")),
        tuple((label, found, key) for key, label, found in facts_found(explained, names)),
    )


def _missing(result: Result, verdict: Verdict, names: Names) -> Iterator[Block]:
    if verdict.missing:
        yield Heading(_("What would settle it"))
        yield Bullets(tuple(Item(question(name, result, names)) for name in verdict.missing))


def _ground(verdict: Verdict, library: Library) -> Iterator[Block]:
    yield Heading(_("Why the rule says so"))
    yield Paragraph(str(verdict.rule.reason))
    yield from cited(verdict.rule.sources, library, has_notes=True)
    yield from law(verdict, library)
