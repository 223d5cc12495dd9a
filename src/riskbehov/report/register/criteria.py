"""Lists of criteria as they are defined: all in a list, and one in full."""

from collections.abc import Iterator

from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.models.criteria import CriteriaList, Criterion
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
)
from riskbehov.report.names import Names
from riskbehov.report.words import ABOUT, validity

NO_WHOLE = N_(
    "The source makes no whole of these points and gives no score, so neither is given here."
)


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


def whole(found: CriteriaList) -> str:
    """Return how the criteria make one verdict."""
    count = len(found.criteria)
    match found.overall:
        case "all" if found.ordered:
            return _(
                "The gates are passed one after the other, and all {count} of them.", count=count
            )
        case "all":
            return _("All {count} criteria must be met.", count=count)
        case "any":
            return _("At least one of the {count} criteria must be met.", count=count)
        case "none":
            return _(NO_WHOLE)
    least = _(
        "At least {least} of the {count} criteria must be met.", least=found.at_least, count=count
    )
    if any(criterion.mandatory for criterion in found.criteria):
        return _("{least} Those that are mandatory must be among them.", least=least)
    return least


def criterion_label(criterion: Criterion) -> str:
    """Return a criterion in words, marked if it is mandatory."""
    if criterion.mandatory:
        return _("{criterion} (mandatory)", criterion=criterion.label)
    return str(criterion.label)


def remarks(criterion: Criterion) -> Iterator[Block]:
    """Yield what is remarked on a criterion."""
    if criterion.note is not None:
        yield Paragraph(str(criterion.note))


def criterion_sources(
    criterion: Criterion, library: Library, *, is_repeated: bool
) -> tuple[Note, ...]:
    """Return where a criterion comes from, in short where it is the same as before."""
    if is_repeated:
        return (Note(_("Source: the same as for the one above.")),)
    return cited_shortly(criterion.sources, library)


def _condition(criterion: Criterion, names: Names) -> Iterator[Block]:
    if criterion.when is not None:
        yield Bullets((condition_item(criterion.when, names),))
    else:
        yield Paragraph(list_name(str(criterion.meets), names.library))


def list_name(id_: str, library: Library) -> str:
    """Return the name of a list that a criterion takes its verdict from."""
    return _(
        "Met where the whole of this list is: {list} ({id}).",
        list=library.criteria(id_).name,
        id=id_,
    )


def around(found: CriteriaList, library: Library) -> Iterator[Block]:
    """Yield how other lists differ, and what is to be noted."""
    if found.differs:
        yield Heading(_("Where other lists differ"))
        yield Bullets(
            tuple(
                Item(
                    _(
                        "{list} ({id}): {difference}",
                        list=library.criteria(each.from_).name,
                        id=each.from_,
                        difference=each.text,
                    ),
                    cited_shortly(each.sources, library),
                )
                for each in found.differs
            )
        )
    if found.notes:
        yield Heading(_("To note"))
        yield Bullets(
            tuple(Item(str(n.text), cited_shortly(n.sources, library)) for n in found.notes)
        )


# Checked for a case or a sheet
