"""What to know of de-identified records that were just made."""

from collections.abc import Iterator

from riskbehov.groups.deidentify import Extracted
from riskbehov.i18n import _
from riskbehov.report.document import Block, Callout, Definitions, Note, Paragraph, Term


def extracted_blocks(found: Extracted) -> tuple[Block, ...]:
    """Return how many persons an extract holds, and how easily one of them may be found in it."""
    return tuple(_blocks(found))


def _blocks(found: Extracted) -> Iterator[Block]:
    persons = len(found.extract.records)
    yield Definitions(
        (
            Term(_("Persons"), str(persons)),
            Term(_("With a second assessment"), str(found.followed)),
            Term(_("Purpose"), found.extract.purpose),
        )
    )
    if found.skipped:
        yield Paragraph(
            _(
                "Of persons with more than two assessments the first and the last are compared."
                " Files in between, of which only what was agreed is taken: {count}.",
                count=found.skipped,
            )
        )
    if found.alone:
        yield Callout(
            "warning",
            _("Persons who are alone of their sex in their age group: {count}", count=found.alone),
            (
                Paragraph(
                    _(
                        "Whoever knows that such a person is among these can find the record, and"
                        " read in it what else it tells. Keep the file as you keep the cases, and"
                        " remove it when the follow-up is done."
                    )
                ),
            ),
        )
    yield Note(
        _(
            "De-identified is not anonymous: the records hold no key, date, age in years or free"
            " text, but what was assessed. Only riskbehov group and riskbehov capacity make numbers"
            " of them that may be spread."
        )
    )
