"""What the checks of the data files found, and what the demo shows, as blocks."""

from collections.abc import Sequence

from riskbehov.errors import Fault
from riskbehov.i18n import _
from riskbehov.library import Library
from riskbehov.models.example import AssessmentExample
from riskbehov.models.result import Result
from riskbehov.report.document import Block, Bullets, Definitions, Heading, Item, Paragraph, Term
from riskbehov.report.document import bullets as list_of
from riskbehov.report.names import names_of
from riskbehov.report.words import insats_name, listed, many, risk_level, span
from riskbehov.rules.book import NEED

Told = tuple[str, str, Sequence[str]]
"""A worked example that was run: its definition, its name, what was wrong."""


def check_blocks(faults: Sequence[Fault], notes: Sequence[Fault]) -> tuple[Block, ...]:
    """Return the faults and the notes of a check of all data files."""
    blocks: list[Block] = [Heading(_("Check of the data files"), 1)]
    if faults:
        blocks += [Heading(_("Faults: {count}", count=len(faults))), list_of(faults)]
    if notes:
        blocks += [Heading(_("To look at: {count}", count=len(notes))), list_of(notes)]
    if not faults:
        blocks.append(Paragraph(_("No fault was found.")))
    return tuple(blocks)


def examples_blocks(told: Sequence[Told]) -> tuple[Block, ...]:
    """Return how the worked examples went: a line a definition, and every example that failed."""
    by_definition: dict[str, list[Told]] = {}
    for one in told:
        by_definition.setdefault(one[0], []).append(one)
    blocks: list[Block] = [Heading(_("Worked examples"), 1)]
    blocks.append(
        Definitions(
            tuple(
                Term(
                    id_,
                    _(
                        "{right} of {all} as expected",
                        right=sum(not faults for _id, _name, faults in every),
                        all=len(every),
                    ),
                )
                for id_, every in by_definition.items()
            )
        )
    )
    failed = [one for one in told if one[2]]
    if failed:
        blocks.append(Heading(_("Not as expected: {count}", count=len(failed))))
        blocks.append(
            Bullets(
                tuple(Item(f"{id_}: {name}", (list_of(faults),)) for id_, name, faults in failed)
            )
        )
    return tuple(blocks)


def demo_blocks(
    example: AssessmentExample, result: Result, library: Library, written: Sequence[str]
) -> tuple[Block, ...]:
    """Return what to look at in one client of the demo, and where its reports are."""
    names = names_of(result.assessment, library)
    matrix = library.matrix(result.assessment.id)
    return (
        Heading(example.name, 2),
        Paragraph(str(example.demo)),
        Definitions(
            (
                Term(
                    _("Risk"),
                    span(*(risk_level(v, matrix) for v in (result.risk.low, result.risk.high))),
                ),
                Term(_("Targets"), listed(names.label(NEED + t) for t in result.targets) or "–"),
                Term(
                    _("Plan"),
                    many(insats_name(p.insats) for p in result.plan.insatser) or "–",
                ),
                Term(_("Reports"), listed(written)),
            )
        ),
    )
