"""What became of a table that was recoded, to read and as plain values."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from riskbehov.errors import quoted
from riskbehov.i18n import N_, _
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
    bullets,
)
from riskbehov.report.words import SEXES, listed, short_name
from riskbehov.tables.mapping.recoded import RecodedColumn, RecodedValue, RecodeReport

_UNMAPPED: Mapping[str, str] = {
    "refuse": N_("refused: there were none"),
    "illegal": N_("kept as illegal: such rows have no score"),
    "missing": N_("made missing"),
}
_MOST_SHOWN = 20


def recode_blocks(found: RecodeReport) -> tuple[Block, ...]:
    """Return what became of a table as a report."""
    return tuple(_blocks(found))


def recode_dict(found: RecodeReport) -> dict[str, Any]:
    """Return the same as plain values."""
    return {
        "instrument": found.instrument.id,
        "rows": found.rows,
        "unmapped": found.unmapped,
        "columns": [
            {
                "column": mask(column.column),
                "target": column.target,
                "source": column.source,
                "item": column.item,
                "answered": column.rows("code", "read"),
                "missing": column.rows("missing", "empty", "unmapped"),
                "illegal": column.rows("illegal"),
                "values": [
                    {
                        "value": value.value,
                        "outcome": value.outcome,
                        "becomes": value.becomes,
                        "rows": value.rows,
                    }
                    for value in column.values
                ],
            }
            for column in found.columns
        ],
        "notes": [str(note) for note in found.notes],
    }


def _blocks(found: RecodeReport) -> Iterator[Block]:
    yield Heading(_("Recoded for {name}", name=short_name(found.instrument)), 1)
    yield Definitions(
        (
            Term(_("Rows"), str(found.rows)),
            Term(_("Values outside the map"), _(_UNMAPPED[found.unmapped])),
        )
    )
    if odd := [column for column in found.columns if column.rows("illegal", "unmapped")]:
        yield Callout(
            "warning",
            _("Values that the map does not name"),
            (bullets(map(_odd, odd)),),
        )
    yield Heading(_("Columns"))
    head = (_("Column"), _("Became"), _("Answered"), _("Missing"), _("Illegal"))
    yield Table(head, tuple(map(row_of, found.columns)))
    yield Paragraph(
        _(
            "For each column, answered, missing and illegal add up to the table's {rows} rows.",
            rows=found.rows,
        )
    )
    yield Heading(_("Values"))
    yield Definitions(tuple(Term(mask(c.column), _values(c)) for c in found.columns))
    yield Note(
        _(
            "Value, arrow, code, and in brackets the number of rows. Of ages and days only the"
            " number of rows is told."
        )
    )
    if found.notes:
        yield Heading(_("To look at"))
        yield bullets(found.notes)


def row_of(column: RecodedColumn) -> tuple[str, ...]:
    """Return a column, what it became, and how many rows have an answer, none, an illegal one."""
    counts = (("code", "read"), ("missing", "empty", "unmapped"), ("illegal",))
    return (
        mask(column.column),
        column.target,
        *(str(column.rows(*outcomes)) for outcomes in counts),
    )


def _odd(column: RecodedColumn) -> str:
    values = [v for v in column.values if v.outcome in ("illegal", "unmapped")]
    shown = [_value(value) for value in values[:_MOST_SHOWN]]
    if rest := sum(value.rows for value in values[_MOST_SHOWN:]):
        shown.append(f"… ({rest})")
    return f"{mask(column.column)}: {listed(shown)}"


def _values(column: RecodedColumn) -> str:
    """Return what became of a column's values, those that the map names and those that do not."""
    told = [value for value in column.values if value.outcome not in ("illegal", "unmapped")]
    return listed(_whole(told))


def _whole(values: Iterable[RecodedValue]) -> Iterator[str]:
    for value in values:
        match value.outcome:
            case "code":
                yield _(
                    "{value} → {code} ({rows})",
                    value=_value_of(value),
                    code=_code(value),
                    rows=value.rows,
                )
            case "missing":
                yield _("{value} → missing ({rows})", value=_value_of(value), rows=value.rows)
            case "read":
                yield _("read as it stands ({rows})", rows=value.rows)
            case _:
                yield _("empty ({rows})", rows=value.rows)


def _value(found: RecodedValue) -> str:
    return f"{_value_of(found)} ({found.rows})"


def _value_of(found: RecodedValue) -> str:
    if found.value is None:
        return "…"
    return found.value if found.value.lstrip("-").isdigit() else quoted(found.value)


def _code(found: RecodedValue) -> str:
    return _(SEXES[found.becomes]) if isinstance(found.becomes, str) else str(found.becomes)
