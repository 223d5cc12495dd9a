"""What became of a table that was assessed row by row, to read and as plain values."""

from collections.abc import Iterator
from typing import Any

from riskbehov.i18n import _
from riskbehov.privacy import mask
from riskbehov.report.document import (
    Block,
    Callout,
    Definitions,
    Heading,
    Note,
    Paragraph,
    Table,
    Term,
)
from riskbehov.report.table.scored import illegal_table
from riskbehov.tables.jobs.recommend import RecommendedFile


def recommend_blocks(found: RecommendedFile) -> tuple[Block, ...]:
    """Return what became of a table as a report."""
    return tuple(_blocks(found))


def recommend_dict(found: RecommendedFile) -> dict[str, Any]:
    """Return the same as plain values."""
    return {
        "assessment": found.step.ready.assessment.id,
        "purpose": found.step.purpose,
        "rows": found.tally.rows,
        "assessed": found.tally.states.get("assessed", 0),
        "invalid": found.tally.states.get("invalid", 0),
        "written": found.written,
        "illegal": [
            {
                "column": mask(column),
                "values": [{"value": mask(v), "rows": rows} for v, rows in values.items()],
            }
            for column, values in found.tally.illegal.items()
        ],
        "read": [mask(column) for column in found.step.layout.columns],
        "near_misses": [
            {"column": mask(column), "like": like}
            for column, like in found.step.near_misses.items()
        ],
        "rules": list(found.step.rules),
    }


def _blocks(found: RecommendedFile) -> Iterator[Block]:
    assessment = found.step.ready.assessment
    yield Heading(_("Recommendations by {name}", name=str(assessment.name)), 1)
    yield Definitions(
        (
            Term(_("Purpose"), found.step.purpose),
            Term(_("Rows read"), str(found.tally.rows)),
            Term(_("Assessed"), str(found.tally.states.get("assessed", 0))),
            Term(_("Invalid"), str(found.tally.states.get("invalid", 0))),
            Term(_("Rows written"), str(found.written)),
        )
    )
    if found.tally.illegal:
        yield Callout(
            "warning",
            _("Values that cannot be"),
            (
                Paragraph(_("A row with any of them is invalid, and nothing more is told of it.")),
                illegal_table(found.tally),
            ),
        )
    if found.step.near_misses:
        yield Callout(
            "warning",
            _("Columns that were not read"),
            (
                Paragraph(_("Their names are almost those of columns that are not there.")),
                Table((_("Column"), _("Almost")), tuple(_near(found))),
            ),
        )
    yield Note(
        _(
            "A row comes to what riskbehov assess says of the same person as a case. It is support"
            " for research on groups, and no decision on anyone."
        )
    )


def _near(found: RecommendedFile) -> Iterator[tuple[str, str]]:
    for column, like in found.step.near_misses.items():
        yield mask(column), like
