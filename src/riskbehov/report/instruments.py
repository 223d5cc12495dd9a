"""What an instrument says of itself, where it is shown and where a form is scored by it."""

from collections.abc import Iterator, Mapping

from riskbehov.i18n import _
from riskbehov.library import Library
from riskbehov.models.instrument import CutoffSet, Instrument, Range, ScoredInstrument
from riskbehov.report.cite import cited_shortly
from riskbehov.report.document import Block, Bullets, Heading, Item, Table
from riskbehov.report.words import NOT_GIVEN, STRATA, numbers


def limits_table(cutoffs: CutoffSet, limits: Mapping[str, Mapping[str, Range]]) -> Table:
    """Return the limits of a set: a row for each band, a column for each sex."""
    return Table(
        (_("Band"), *(_(STRATA[s]) for s in limits)),
        tuple(
            (str(b), *(_range(limits[stratum].get(b.id)) for stratum in limits))
            for b in cutoffs.bands
        ),
    )


def _range(found: Range | None) -> str:
    return NOT_GIVEN if found is None else numbers(found.low, found.high)


def remarks(instrument: Instrument, library: Library | None) -> Iterator[Block]:
    """Yield what there is to know of an instrument, each remark with its source."""
    notes = list(instrument.notes)
    if isinstance(instrument, ScoredInstrument) and instrument.repeat is not None:
        notes.append(instrument.repeat)
    if notes:
        yield Heading(_("Worth knowing"))
        yield Bullets(tuple(Item(str(n.text), cited_shortly(n.sources, library)) for n in notes))
