"""The rules: all in a list by theme, one in full."""

from collections.abc import Iterator

from riskbehov.i18n import _
from riskbehov.library import Library
from riskbehov.models.rule import Rule
from riskbehov.report.cite import cited, legal_line
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
)
from riskbehov.report.names import Names, names_in_theme, target_name
from riskbehov.report.words import (
    BLOCKS,
    STRENGTHS,
    ages,
    insats_name,
    listed,
    theme_label,
    validity,
)


def rules_blocks(library: Library) -> tuple[Block, ...]:
    """Return a list of all rules, by theme."""
    head = (_("Id"), _("Rule"), _("Strength"), _("Ages"))
    blocks: list[Block] = [Heading(_("Rules"), 1)]
    for theme in library.themes:
        rows = tuple(
            (rule.id, str(rule.title), _(STRENGTHS[rule.strength]), ages(rule.ages))
            for rule in library.rules(theme)
        )
        blocks += [Heading(theme_label(theme, library)), Table(head, rows)]
    return tuple(blocks)


def rule_blocks(rule: Rule, theme: str, library: Library) -> tuple[Block, ...]:
    """Return one rule in full: for whom, when, what, how strongly, by which source."""
    names = names_in_theme(theme, library)
    return (
        Heading(str(rule.title), 1),
        Definitions(tuple(_terms(rule, theme, names))),
        Paragraph(str(rule.reason)),
        *_condition(rule, names),
        Heading(_("Sources")),
        *cited(rule.sources, library, has_notes=True),
        *_legal(rule, library),
    )


def _terms(rule: Rule, theme: str, names: Names) -> Iterator[Term]:
    yield Term(_("Id"), rule.id)
    yield Term(_("Theme"), theme_label(theme, names.library))
    yield Term(_("Kind"), _(BLOCKS[rule.block]))
    if rule.insats:
        yield Term(_("Insats"), insats_name(names.library.insatser[rule.insats]))
    yield Term(_("Strength"), _(STRENGTHS[rule.strength]))
    yield Term(_("Ages"), ages(rule.ages))
    if rule.targets:
        yield Term(_("Serves"), listed(target_name(t, names) for t in rule.targets))
    yield Term(_("In force"), validity(rule.valid))
    yield Term(_("Checked"), rule.checked.isoformat())


def _condition(rule: Rule, names: Names) -> Iterator[Block]:
    yield Heading(_("When it applies"))
    if rule.when is None:
        yield Paragraph(_("For everyone of those ages."))
    else:
        yield Bullets((condition_item(rule.when, names),))


def _legal(rule: Rule, library: Library) -> Iterator[Block]:
    if rule.legal is None:
        return
    entry = library.legal_entries[rule.legal]
    yield Heading(_("Ground in law"))
    if not entry.texts:
        yield Paragraph(legal_line(entry.label, None))
    for text in entry.texts:
        yield Bullets(
            (
                Item(
                    _(
                        "{reference}, in force {days}",
                        reference=text.reference,
                        days=validity(text.valid),
                    ),
                    cited(text.sources, library),
                ),
            )
        )
    yield Note(str(entry.label))
