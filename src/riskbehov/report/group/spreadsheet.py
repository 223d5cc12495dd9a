"""A release as a table for a spreadsheet: one row for each category of each table and group."""

import csv
import io
from collections.abc import Iterator

from riskbehov.i18n import _, language
from riskbehov.models.extract import Release
from riskbehov.report.group.released import HELD, Counted

BOM = "\ufeff"
"""What tells Excel that the file is UTF-8."""
_STEERING = ("=", "+", "-", "@", "\t", "\r")


def to_csv(release: Release) -> str:
    """Return a release as Swedish Excel opens it: UTF-8 with a mark, semicolons, CRLF.

    A count that is held back is ``..``, with the reason in the last column.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            _("Assessment"),
            _("Table"),
            _("About"),
            _("Category"),
            _("Division"),
            _("Group"),
            _("Count"),
            _("Of"),
            _("Per cent"),
            _("Explanation"),
        ]
    )
    writer.writerows(map(_safe, row) for row in _rows(release))
    return BOM + text.getvalue()


def _rows(release: Release) -> Iterator[list[str]]:
    held = _(
        "held back: below {threshold}, or needed to protect such a count",
        threshold=release.threshold,
    )
    divisions = {"total": _("everyone"), "sex": _("sex"), "age": _("age group")}
    for population in release.populations:
        counted = Counted(population)
        for table in population.tables:
            for group in population.groups:
                base = counted.base(table, group.id)
                named = zip(table.labels, table.cells[group.id], strict=True)
                for label, value in named:
                    yield [
                        population.label,
                        table.kind,
                        table.label,
                        label,
                        divisions[group.dimension],
                        group.label,
                        HELD if value is None else str(value),
                        HELD if base is None and table.base else str(base or value or ""),
                        _share(value, base),
                        held if value is None else "",
                    ]


def _share(value: int | None, base: int | None) -> str:
    if value is None or not base:
        return ""
    share = f"{100 * value / base:.1f}"
    return share.replace(".", ",") if language() == "sv" else share


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_STEERING) else cell
