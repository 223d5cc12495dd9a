"""What is in a table, held against an instrument, to read and as plain values."""

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
from riskbehov.report.words import NOT_GIVEN, SEXES, capital, listed, many, short_name
from riskbehov.tables.mapping.census import MOST_READ
from riskbehov.tables.mapping.drafting import PEOPLE, Question, questions
from riskbehov.tables.mapping.profiling import Found, Profile, ProfiledColumn

_GROUNDS: Mapping[str, str] = {
    "given": N_("you name it"),
    "exact": N_("exact name"),
    "instrument": N_("likely name"),
    "label": N_("label"),
    "number": N_("number"),
    "name": N_("usual name"),
    "none": NOT_GIVEN,
}
_CODINGS: Mapping[str, str] = {
    "codes": N_("the codes"),
    "plus-one": N_("one more than the codes"),
    "text": N_("words"),
    "labels": N_("value labels"),
    "unclear": N_("several readings"),
    "none": N_("cannot be told"),
}
_PROBLEMS: Mapping[str, str] = {
    "name-twice": N_("the name stands twice"),
    "name-no-text": N_("the name is a number"),
    "empty": N_("empty in all rows"),
    "constant": N_("the same value in all rows"),
    "personal": N_("contact data by its name"),
}
_PERSONAL: Mapping[str, str] = {
    "personal number": N_("personal numbers"),
    "e-mail address": N_("e-mail addresses"),
    "telephone number": N_("telephone numbers"),
    "street address": N_("street addresses"),
}
_MISSING_HOW: Mapping[str, str] = {
    "null": N_("null"),
    "nan": N_("NaN"),
    "blank": N_("blank text"),
}


def profile_blocks(found: Profile) -> tuple[Block, ...]:
    """Return what is in a table as a report; of other columns than items, sex, age no values."""
    return tuple(_blocks(found))


def profile_dict(found: Profile) -> dict[str, Any]:
    """Return the same as plain values."""
    return {
        "instrument": found.instrument.id,
        "rows": found.rows,
        "columns": [_column_dict(column) for column in found.columns],
        "without_column": list(found.without_column),
        "rivals": {item: list(names) for item, names in found.rivals.items()},
        "questions": [
            {"column": mask(q.column), "text": str(q.message), "open": q.is_open}
            for q in questions(found)
        ],
        "remarks": [str(remark) for remark in found.remarks],
    }


def _column_dict(column: ProfiledColumn) -> dict[str, Any]:
    coding = column.coding
    return {
        "name": mask(column.name),
        "type": column.dtype,
        "missing": dict(column.empty),
        "distinct": column.distinct,
        "role": column.role,
        "item": column.item,
        "ground": column.ground,
        "coding": coding.kind if coding else None,
        "values": [
            {
                "value": value.value,
                "rows": value.rows,
                "legal": value.is_legal,
                "means": value.means,
                "missing": value.is_missing,
            }
            for value in column.values
        ],
        "more": column.more,
        "problems": list(column.problems),
        "years": list(column.years) if column.years else None,
        "personal": dict(column.personal),
        "unread": column.unread,
    }


def _blocks(found: Profile) -> Iterator[Block]:
    yield Heading(_("A table held against {name}", name=short_name(found.instrument)), 1)
    yield Definitions(
        (
            Term(_("Rows"), str(found.rows)),
            Term(_("Columns"), str(len(found.columns))),
            Term(
                _("Items with a column"),
                _(
                    "{held} of {items}",
                    held=len(found.items),
                    items=len(found.instrument.items),
                ),
            ),
            *_lacking(found),
        )
    )
    yield from _personal(found.columns)
    yield from _items(found)
    yield from _people(found.columns)
    yield from _values(found.columns)
    yield from _questions(found)
    yield from _others(found.columns)
    yield Paragraph(
        _(
            "Nothing was changed. A column's item is a suggestion, by its name. riskbehov profile"
            " with --draft writes a recode map to go through; riskbehov recode carries it out."
        )
    )


def _lacking(found: Profile) -> Iterator[Term]:
    if found.without_column:
        yield Term(_("Items without a column"), listed(found.without_column))


def _personal(columns: Iterable[ProfiledColumn]) -> Iterator[Block]:
    lines = [_personal_line(column) for column in columns if "personal" in column.problems]
    if lines:
        yield Callout(
            "warning",
            _("Columns with what may tell who somebody is"),
            (
                bullets(lines),
                Paragraph(
                    _(
                        "The values are not shown. Take such columns away before a table is handed"
                        " on: no score needs them."
                    )
                ),
            ),
        )


def _personal_line(column: ProfiledColumn) -> str:
    name = _name(column)
    kinds = [
        _("{kind} (rows: {rows})", kind=_(_PERSONAL[kind]), rows=rows)
        for kind, rows in column.personal.items()
    ]
    if column.unread:
        kinds.append(_("not looked at (rows: {rows})", rows=column.unread))
    return f"{name}: {listed(kinds) if kinds else _(_PROBLEMS['personal'])}"


def _items(found: Profile) -> Iterator[Block]:
    yield Heading(_("Items"))
    rows = [_item_row(item, column) for item, column in found.items.items()]
    if rows:
        head = (_("Item"), _("Column"), _("By"), _("Coded as"), _("Empty"), _("No code"))
        yield Table(head, tuple(rows))
        yield Note(
            _(
                "Empty: rows without a value. No code: rows with a value that is no code of the"
                " item as it stands."
            )
        )
    else:
        yield Paragraph(_("No column is called so that it can be told which item it holds."))
    lines = [str(remark) for remark in found.remarks]
    lines += [
        _("item {item}: {names} are equally likely", item=item, names=listed(map(mask, names)))
        for item, names in found.rivals.items()
    ]
    if lines:
        yield bullets(lines)


def _item_row(item: str, column: ProfiledColumn) -> tuple[str, ...]:
    legal = sum(value.rows for value in column.values if value.is_legal)
    filled = column.rows - column.missing
    return (
        item,
        _name(column),
        _(_GROUNDS[column.ground]),
        _(_CODINGS[column.coding.kind]) if column.coding else NOT_GIVEN,
        str(column.missing),
        NOT_GIVEN if not column.values and filled else str(filled - legal),
    )


def _people(columns: Iterable[ProfiledColumn]) -> Iterator[Block]:
    rows = [
        (
            _(PEOPLE[column.role]),
            _name(column),
            _(_GROUNDS[column.ground]),
            str(column.missing),
            many((*_years(column), *map(str, column.remarks))),
        )
        for column in columns
        if column.role in PEOPLE
    ]
    if rows:
        yield Heading(_("The person and the day"))
        yield Table((_("What"), _("Column"), _("By"), _("Empty"), _("Remark")), tuple(rows))


def _years(column: ProfiledColumn) -> Iterator[str]:
    if column.years is not None:
        first, last = column.years
        yield first if first == last else _("{first} to {last}", first=first, last=last)


def _values(columns: Iterable[ProfiledColumn]) -> Iterator[Block]:
    terms = tuple(Term(_name(column), _values_line(column)) for column in columns if column.values)
    if terms:
        yield Heading(_("Values"))
        yield Definitions(terms)
        yield Note(
            _(
                "Each value with its number of rows, the most frequent first. An arrow stands"
                " before the code or the sex that it probably means; a question mark after what is"
                " usual for saying that there is no answer."
            )
        )


def _values_line(column: ProfiledColumn) -> str:
    shown = [_value(value) for value in column.values]
    if column.more:
        shown.append(_("and {count} more", count=column.more))
    return listed(shown)


def _value(found: Found) -> str:
    value = found.value if found.value.lstrip("-").isdigit() else quoted(found.value)
    means = "" if found.means is None or str(found.means) == found.value else f" → {_meant(found)}"
    return f"{value}{means}{' ?' if found.is_missing else ''} ({found.rows})"


def _meant(found: Found) -> str:
    return _(SEXES[found.means]) if isinstance(found.means, str) else str(found.means)


def _questions(found: Profile) -> Iterator[Block]:
    asked = [*questions(found)]
    for is_open, title in ((True, _("To be decided")), (False, _("To be confirmed"))):
        lines = _grouped(question for question in asked if question.is_open == is_open)
        if lines:
            yield Heading(title)
            yield bullets(lines)


def _grouped(asked: Iterable[Question]) -> list[str]:
    """Return the questions, each once with the columns that it is about."""
    by_text: dict[str, list[str]] = {}
    for question in asked:
        by_text.setdefault(str(question.message), []).append(mask(question.column))
    return [f"{listed(names)}: {text}" for text, names in by_text.items()]


def _others(columns: Iterable[ProfiledColumn]) -> Iterator[Block]:
    rows = [
        (
            _name(column),
            column.dtype,
            _how_empty(column),
            _distinct(column),
            capital(listed(_(_PROBLEMS[p]) for p in column.problems if p != "personal")),
        )
        for column in columns
        if column.role in ("other", "contact") or column.problems
    ]
    if rows:
        yield Heading(_("Other columns, and columns to look at"))
        head = (_("Column"), _("Type"), _("Empty"), _("Different values"), _("Remark"))
        yield Table(head, tuple(rows))


def _how_empty(column: ProfiledColumn) -> str:
    """Return how many rows are empty, and how that is said."""
    if not column.empty:
        return "0"
    return listed(f"{rows} ({_(_MISSING_HOW[how])})" for how, rows in column.empty.items())


def _distinct(column: ProfiledColumn) -> str:
    return f"> {MOST_READ}" if column.distinct is None else str(column.distinct)


def _name(column: ProfiledColumn) -> str:
    return mask(column.name) or NOT_GIVEN
