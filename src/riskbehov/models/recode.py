"""A recode map: which column holds what, and which value in it means which code."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from riskbehov.errors import quoted
from riskbehov.i18n import message
from riskbehov.models.base import Id, Model, Seq
from riskbehov.models.instrument import Sex

_NUMBER = re.compile("([-+\N{MINUS SIGN}]?)0*([0-9]{1,18})(?:[.,]([0-9]*?)0*)?")

Unmapped: TypeAlias = Literal["refuse", "illegal", "missing"]
"""What is done with a value that the map does not name."""


def canonical(cell: object) -> str:
    """Return the one way in which a map writes the value of a cell.

    A number is the same whatever type or spelling it came in; a text is without blanks around it.

    >>> {canonical(cell) for cell in (1, 1.0, "1", " 1 ", "01", "1,0")}
    {'1'}
    >>> [canonical(cell) for cell in (-1, 2.5, "2,50", True, " Vet  ej ")]
    ['-1', '2.5', '2.5', 'true', 'Vet ej']
    """
    if isinstance(cell, str):
        return _of_text(" ".join(unicodedata.normalize("NFC", cell).split()))
    if type(cell).__name__ in ("bool", "bool_"):  # Python's own, and the one of numpy
        return "true" if cell else "false"
    if isinstance(cell, Integral):
        return str(int(cell))
    if isinstance(cell, Real) and float(cell).is_integer():
        return f"{float(cell):.0f}"
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        cell = cell.date()
    return cell.isoformat() if isinstance(cell, dt.date) else _of_text(str(cell))


def _of_text(text: str) -> str:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    sign, whole, part = found.groups()
    number = f"{whole}.{part}" if part else whole
    return f"-{number}" if sign not in ("", "+") and number != "0" else number


def _value(given: object) -> str:
    if isinstance(given, list | tuple | Mapping) or given is None:
        raise ValueError(message("found something else, expected a value as it stands in a cell"))
    if not (text := canonical(given)):
        raise ValueError(
            message("found an empty value, expected another: an empty cell is missing by itself")
        )
    return text


def _by_value(given: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    """Return a mapping with its keys in canonical form."""
    if given is None:
        raise ValueError(message("found nothing, expected what each value means, or not the key"))
    if not isinstance(given, Mapping):
        return given
    found: dict[str, Any] = {}
    for key, target in given.items():
        value = _value(key)
        if value in found:
            raise ValueError(
                message(
                    "found the value {value} twice, expected it once: 1, 01 and 1.0 are the same",
                    value=quoted(value),
                )
            )
        found[value] = target
    if not found:
        raise ValueError(
            message(
                "found no values, expected what each of them means; of a draft, choose one of the"
                " readings that it shows"
            )
        )
    return found


Column = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Value = Annotated[
    str,
    BeforeValidator(_value),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]}),
]
Code = Annotated[int, Field(ge=0, le=99)]


class MappedItem(Model):
    """A column that holds the answers to one item."""

    column: Column
    item: Id
    values: Annotated[Mapping[str, Code] | None, BeforeValidator(_by_value)] = None
    """What each value means, as a code of the item; left out, the codes as they stand."""
    missing: Seq[Value] = ()
    """Values that say that there is no answer, besides those for all columns."""


class MappedSex(Model):
    """The column of sex."""

    column: Column
    values: Annotated[Mapping[str, Sex] | None, BeforeValidator(_by_value)] = None
    """What each value means; left out, the words themselves."""
    missing: Seq[Value] = ()


class MappedColumn(Model):
    """A column that is read as it stands: an age in whole years, or a day."""

    column: Column
    missing: Seq[Value] = ()


class RecodeMap(Model):
    """``MAP.yaml``: how the columns of a table are read as answers to an instrument."""

    instrument: Id
    columns: Annotated[Seq[MappedItem], Field(min_length=1)]
    sex: MappedSex | None = None
    age: MappedColumn | None = None
    birth_date: MappedColumn | None = None
    date: MappedColumn | None = None
    """The day of the assessment."""
    missing: Seq[Value] = ()
    """Values that say in every column, days left out, that there is no answer."""
    unmapped: Unmapped = "refuse"
    """What is done with any other value."""
    confirmed: bool = True
    """A draft has false, and is refused until a person has looked at it."""
