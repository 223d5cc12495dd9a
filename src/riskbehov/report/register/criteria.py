"""Lists of criteria as they are defined: all in a list, and one in full."""

from collections.abc import Iterator

from riskbehov.i18n import _
from riskbehov.library import Library
from riskbehov.models.criteria import CriteriaList, Criterion
from riskbehov.report.cite import cited_shortly, sources_section
from riskbehov.report.conditions import condition_item
from riskbehov.report.criteria import (
    around,
    criterion_label,
    criterion_sources,
    list_name,
    remarks,
    whole,
)
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
from riskbehov.report.names import Names
from riskbehov.report.words import ABOUT, validity


def criteria_lists_blocks(library: Library) -> tuple[Block, ...]:
    """Return a list of all lists of criteria."""
    found = map(library.criteria, library.criteria_ids)
    rows = tuple((each.id, str(each.name), _(ABOUT[each.about])) for each in found)
    return (
        Heading(_("Criteria"), 1),
        Table((_("Id"), _("List"), _("About")), rows),
    )


def criteria_list_blocks(found: CriteriaList, library: Library) -> tuple[Block, ...]:
    """Return one list in full: what it is for, each criterion with its condition and source."""
    names = Names(library, ())
    above = (None, *(criterion.sources for criterion in found.criteria))
    blocks = (
        Heading(str(found.name), 1),
        Definitions(
            (
                Term(_("Id"), found.id),
                Term(_("About"), _(ABOUT[found.about])),
                Term(_("In force"), validity(found.valid)),
                Term(_("Checked"), found.checked.isoformat()),
            )
        ),
        Paragraph(str(found.use)),
        Paragraph(whole(found)),
        *cited_shortly(found.sources, library),
        Heading(_("Gates") if found.ordered else _("Criteria")),
        Bullets(
            tuple(
                Item(
                    criterion_label(criterion),
                    (
                        *remarks(criterion),
                        *_condition(criterion, names),
                        *criterion_sources(
                            criterion, library, is_repeated=criterion.sources == before
                        ),
                    ),
                    is_strong=True,
                )
                for criterion, before in zip(found.criteria, above, strict=False)
            ),
            is_numbered=True,
        ),
        *around(found, library),
    )
    return (*blocks, *sources_section(blocks, library))


def _condition(criterion: Criterion, names: Names) -> Iterator[Block]:
    if criterion.when is not None:
        yield Bullets((condition_item(criterion.when, names),))
    else:
        yield Paragraph(list_name(str(criterion.meets), names.library))
