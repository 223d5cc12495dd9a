"""What a project's data dictionary says of the columns of its export: items, and values."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from riskbehov.errors import Fault, InputError
from riskbehov.exchange.redcap.dictionary import COLUMNS
from riskbehov.exchange.redcap.naming import field_names
from riskbehov.exchange.redcap.records import in_boxes
from riskbehov.i18n import message
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.tables.files.opening import read_table

_NAME, _TYPE, _LABEL, _CHOICES, _ANNOTATION = (COLUMNS[place] for place in (0, 3, 4, 5, -1))
_SINGLE = ("radio", "dropdown")
"""Types of fields whose choices stand in the one column of the field."""
_ORIGIN = re.compile(r"\briskbehov (\S+) ([^\s;]+)")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a data dictionary."""

    name: str
    label: str
    """What stands over its column in an export of labels."""
    choices: Mapping[str, str]
    """The label of each code, where one of them is chosen."""
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a data dictionary says of the columns of an export."""

    items: Mapping[str, str]
    """The column of each item that it tells of."""
    values: Mapping[str, Mapping[str, str]]
    """By column: what each of its values means; in an export of labels a label means itself."""


def read_fields(path: Path) -> tuple[Field, ...]:
    """Return the fields of a data dictionary that REDCap or ``riskbehov codebook`` has written.

    Raises :class:`InputError` for a file that is none.
    """
    table = read_table(path)
    absent = [name for name in (_NAME, _TYPE, _LABEL, _CHOICES) if name not in table.column_names]
    if absent:
        raise InputError(
            Fault(
                message(
                    "found no column {name!r}, expected the data dictionary of a REDCap project"
                    " with the headings that REDCap gives it",
                    name=name,
                ),
                str(path),
            )
            for name in absent
        )
    return tuple(map(_field, table.to_pylist()))


def told_of(fields: Sequence[Field], header: Sequence[str], instrument: ScoredInstrument) -> Told:
    """Return what fields say of the columns of an export, of codes or of labels.

    An item is known by the field's annotation, or by the name that our own dictionary gives it.
    Raises :class:`InputError` where none of the fields has a column, and for an item that several
    of the columns hold, for several items that one holds, and for an item in checkboxes.
    """
    items = {field.name: _item(field, instrument) for field in fields}
    held = [*_held(fields, header)]
    if not held:
        said = message(
            "none of its fields is a column of the table, expected the data dictionary of the"
            " project that the table comes from"
        )
        raise InputError(Fault(said, "--dictionary"))
    by_item: dict[str, list[str]] = defaultdict(list)
    for column, field in held:
        if item := items[field.name]:
            by_item[item].append(column)
    boxed = (in_boxes(name, header) for name, item in items.items() if item not in {None, *by_item})
    if faults := [*_unclear(by_item), *filter(None, boxed)]:
        raise InputError(faults)
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for column, field in held:
        values[column] |= _values(column, field)
    return Told(
        {item: columns[0] for item, columns in by_item.items()},
        {column: meant for column, meant in values.items() if meant},
    )


def _field(row: Mapping[str, str | None]) -> Field:
    name, kind, label, choices, annotation = (
        row.get(each) or "" for each in (_NAME, _TYPE, _LABEL, _CHOICES, _ANNOTATION)
    )
    parts = re.split(r"[|\n]", choices) if kind.strip() in _SINGLE else ()
    return Field(name.strip(), _line(label), dict(_choices(parts)), _line(annotation))


def _choices(parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield codes with their labels: the first comma stands between them."""
    for part in parts:
        code, _, label = part.partition(",")
        if code.strip():
            yield code.strip(), _line(label) or code.strip()


def _held(fields: Iterable[Field], header: Sequence[str]) -> Iterator[tuple[str, Field]]:
    """Yield the columns of an export that a field has, by its name or else by its label."""
    fields = tuple(fields)
    titles = {_line(column): column for column in header}
    taken = {field.name for field in fields} & {*header}
    for field in fields:
        if field.name in taken:
            yield field.name, field
        elif (column := titles.get(field.label)) is not None and column not in taken:
            yield column, field


def _item(field: Field, instrument: ScoredInstrument) -> str | None:
    """Return the item that a field holds, by its annotation or else by its name."""
    own = field_names(instrument)
    said = (item for id_, item in _ORIGIN.findall(field.annotation) if id_ == instrument.id)
    named = (item for item, name in own.items() if name == field.name)
    return next((item for item in (*said, *named) if item in own), None)


def _values(column: str, field: Field) -> Mapping[str, str]:
    if column == field.name:
        return field.choices
    return {label: label for label in field.choices.values()}


def _unclear(by_item: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Yield a fault for an item that has several columns, and for a column that has several."""
    items: dict[str, list[str]] = defaultdict(list)
    for item, columns in by_item.items():
        for column in columns:
            items[column].append(item)
        if len(columns) > 1:
            said = message(
                "the data dictionary says that {columns} hold item {item}, expected one column; say"
                " which with --items",
                columns=", ".join(columns),
                item=item,
            )
            yield Fault(said, "--dictionary")
    for column, held in items.items():
        if len(held) > 1:
            said = message(
                "the data dictionary has the label {column!r} for the items {items}, expected one"
                " item; export codes (raw data) instead of labels",
                column=column,
                items=", ".join(held),
            )
            yield Fault(said, "--dictionary")


def _line(text: str) -> str:
    return " ".join(text.split())
