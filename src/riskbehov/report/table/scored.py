"""What became of a table that was scored, to read and as plain values."""

from collections.abc import Iterator, Mapping
from typing import Any

from riskbehov.i18n import N_, _
from riskbehov.privacy import mask
from riskbehov.report.document import (
    Block,
    Callout,
    Definitions,
    Heading,
    Note,
    Table,
    Term,
    bullets,
)
from riskbehov.report.table.recode import recode_dict, row_of
from riskbehov.report.words import NOT_GIVEN, listed, short_name
from riskbehov.scoring.arrays import STATES
from riskbehov.tables.jobs.score import ScoredFile
from riskbehov.tables.scores.refusal import most_frequent
from riskbehov.tables.scores.step import ScoreStep
from riskbehov.tables.steps import Tally

_STATES: Mapping[str, str] = {
    "certain": N_("certain"),
    "provisional": N_("provisional: it hangs on missing answers, sex or age"),
    "omitted": N_("omitted: no answers"),
    "invalid": N_("invalid: a value that cannot be, and so no score"),
}
_STRICT = {**_STATES, "omitted": N_("omitted: at least one answer is missing")}
"""The same where only complete scales have a score."""
_ON_ILLEGAL: Mapping[str, str] = {
    "refuse": N_("refused: there were none"),
    "flag": N_("kept, without a score"),
    "drop": N_("left out"),
}
_MISSING: Mapping[str, str] = {
    "interval": N_("an interval over all that the missing answers could be"),
    "strict": N_("no score"),
    "prorate": N_("an interval, and a prorated score where at most {most} are missing"),
}


def scored_file_dict(found: ScoredFile) -> dict[str, Any]:
    """Return what became of a table as plain values."""
    source, step, tally = found.source, found.step, found.tally
    return {
        "instrument": step.instrument.id,
        "input": {
            "path": str(source.path),
            "format": source.kind,
            "files": len(source.files),
            "rows": tally.rows,
            **{name: source.how.get(name) for name in ("encoding", "delimiter", "sheet")},
        },
        "output": {
            "path": str(found.output),
            "rows": found.written,
            "results": [spec.name for spec in step.adds],
        },
        "items": {
            item.id: column for item, column in zip(step.instrument.items, step.items, strict=True)
        },
        "sex": step.sex,
        "age": step.age,
        "birth_date": step.birth_date,
        "date": None if step.date is None else str(step.date),
        "missing": step.missing,
        "max_missing": step.max_missing or None,
        "on_illegal": step.on_illegal,
        "states": {state: tally.states.get(state, 0) for state in STATES},
        "illegal": [
            {
                "column": mask(column),
                "values": [{"value": v, "rows": rows} for v, rows in _in_order(values)],
            }
            for column, values in tally.illegal.items()
        ],
        "recoded": None if found.recoded is None else recode_dict(found.recoded),
        "notes": [str(note) for note in source.notes],
    }


def _in_order(values: Mapping[str, int]) -> list[tuple[str, int]]:
    return most_frequent(values, len(values))


def scored_file_blocks(found: ScoredFile) -> tuple[Block, ...]:
    """Return what became of a table as a report."""
    return tuple(_blocks(found))


def _blocks(found: ScoredFile) -> Iterator[Block]:
    yield Heading(_("Scored: {name}", name=short_name(found.step.instrument)), 1)
    yield Definitions(tuple(_terms(found)))
    if found.source.notes:
        yield Callout("warning", _("To know"), (bullets(found.source.notes),))
    yield Heading(_("Rows"))
    yield Table((_("State"), _("Rows")), tuple(_states(found)))
    yield from _illegal(found)
    yield Heading(_("How the columns were read"))
    yield Definitions(tuple(_columns(found.step)))
    yield from _recoded(found)
    yield Note(
        _(
            "What each column of the result means is told by riskbehov codebook {id}.",
            id=found.step.instrument.id,
        )
    )


def _recoded(found: ScoredFile) -> Iterator[Block]:
    """Yield what a recode map made of the columns; riskbehov recode tells it value by value."""
    if found.recoded is None:
        return
    yield Heading(_("Recoded"))
    head = (_("Column"), _("Became"), _("Answered"), _("Missing"), _("Illegal"))
    yield Table(head, tuple(map(row_of, found.recoded.columns)))


def _terms(found: ScoredFile) -> Iterator[Term]:
    source, step = found.source, found.step
    how = [source.kind, *map(str, source.how.values())]
    yield Term(_("Read"), f"{source.path} ({listed(how)})")
    yield Term(_("Written"), str(found.output))
    yield Term(_("Rows read"), str(found.tally.rows))
    yield Term(_("Rows written"), str(found.written))
    yield Term(_("Incomplete scales"), _(_MISSING[step.missing], most=step.max_missing))
    yield Term(_("Rows with values that cannot be"), _(_ON_ILLEGAL[step.on_illegal]))


def _states(found: ScoredFile) -> Iterator[tuple[str, ...]]:
    words = _STRICT if found.step.missing == "strict" else _STATES
    for state in STATES:
        yield _(words[state]), str(found.tally.states.get(state, 0))


def _illegal(found: ScoredFile) -> Iterator[Block]:
    if not found.tally.illegal:
        return
    yield Heading(_("Values that cannot be"))
    yield illegal_table(found.tally)


def illegal_table(tally: Tally) -> Table:
    """Return the values that cannot be: each column with what was found in it, and how often."""
    rows = [
        (mask(column), listed(f"{value} ({n})" for value, n in most_frequent(values)))
        for column, values in tally.illegal.items()
    ]
    return Table((_("Column"), _("Value (rows)")), tuple(rows))


def _columns(step: ScoreStep) -> Iterator[Term]:
    yield Term(_("Items"), listed(map(mask, step.items)))
    yield Term(_("Sex"), step.sex or _("not given: unknown in all rows"))
    if step.birth_date is not None:
        yield Term(_("Age"), _("from {birth} on {day}", birth=step.birth_date, day=step.date))
    else:
        yield Term(_("Age"), step.age or _("not given: unknown in all rows"))
    yield Term(_("Day of the assessment"), str(step.date or NOT_GIVEN))
