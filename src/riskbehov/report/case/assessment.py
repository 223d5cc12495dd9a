"""An assessed case as a report: always the same sections, in the same order."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from riskbehov.i18n import _
from riskbehov.library import Library
from riskbehov.models.result import Result
from riskbehov.report.case import advice, closing, measures, needs, opening, planned, recorded
from riskbehov.report.case.brief import brief
from riskbehov.report.case.exchange import exchange
from riskbehov.report.case.inventory import inventory
from riskbehov.report.cite import sources_section
from riskbehov.report.document import Block, Paragraph
from riskbehov.report.names import Names, names_of

Section: TypeAlias = Callable[[Result, Names], Iterator[Block]]

SECTIONS: tuple[Section, ...] = (
    opening.head,
    opening.acute,
    brief,
    measures.scores,
    recorded.concluded,
    needs.areas,
    needs.risk,
    recorded.differing,
    needs.intensity,
    needs.targets,
    planned.plan,
    advice.recommendations,
    advice.against,
    advice.considerations,
    advice.cannot_tell,
    planned.support,
    planned.own_view,
    inventory,
    needs.responsivity,
    exchange,
    closing.flags,
    closing.limits,
    closing.not_used,
)


FIRST_PAGES: tuple[Section, ...] = (
    opening.head,
    opening.acute,
    brief,
    recorded.unsettled,
    planned.plan,
    advice.cannot_tell,
    closing.flags,
)


def assessment_blocks(
    result: Result, library: Library, *, is_brief: bool = False
) -> tuple[Block, ...]:
    """Return the report of an assessed case: acute first, every recommendation with its source.

    A brief one has what a colleague must know, without the grounds.
    """
    library = library.as_of(result.as_of)
    names = names_of(result.assessment, library)
    if is_brief:
        found = [block for section in FIRST_PAGES for block in section(result, names)]
        return (
            *found,
            Paragraph(_("The whole report, with every ground and source: leave out --brief.")),
        )
    found = [block for section in SECTIONS for block in section(result, names)]
    return (*found, *sources_section(found, library), *closing.provenance(result, names))
