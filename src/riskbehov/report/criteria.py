"""What a list of criteria says of itself, where it is shown and where it is checked."""

from collections.abc import Iterator

from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.models.criteria import CriteriaList, Criterion
from riskbehov.report.cite import cited_shortly
from riskbehov.report.document import Block, Bullets, Heading, Item, Note, Paragraph

NO_WHOLE = N_(
    "The source makes no whole of these points and gives no score, so neither is given here."
)


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
