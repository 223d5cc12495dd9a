"""A recode map: which column holds what, and which value in it means which code."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from numbers import Integral, Real
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from riskbehov.errors import quoted
from riskbehov.i18n import message
from riskbehov.models.base import Id, Model, Seq
from riskbehov.models.instrument import Sex

_NUMBER = re.compile("0*([0-9]{1,18})(?:[.,]([0-9]{0,2}))?")
_FAR = 1e30
_MINUS = ("-", "\N{MINUS SIGN}")

Unmapped: TypeAlias = Literal["refuse", "illegal", "missing"]
"""What is done with a value that the map does not name."""


def plain_number(text: str) -> str | None:
    """Return the shortest spelling of a number that a text is; nothing where it is none.

    A number is digits from 0 to 9, without a sign, and at most two more after a full stop or a
    comma: with three it may be thousands, which nobody here can tell.

    >>> [plain_number(text) for text in ("3", "03", "3.", "3,0", "3.00", "2,50")]
    ['3', '3', '3', '3', '3', '2.5']
    >>> [plain_number(text) for text in ("1,000", "1.000", "+1", "-1", "1e0")]
    [None, None, None, None, None]
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    part = (found[2] or "").rstrip("0")
    return f"{found[1]}.{part}" if part else found[1]


def canonical(cell: object) -> str:
    """Return the one way in which a map writes the value of a cell.

    A number is the same whatever type it came in, and as text where :func:`plain_number` reads it,
    also after a minus; all other text stays as it is, without blanks around it.

    >>> {canonical(cell) for cell in (1, 1.0, "1", " 1 ", "01", "1,0")}
    {'1'}
    >>> [canonical(cell) for cell in (-1, 2.5, "2,50", True, " Vet  ej ", "1,000", "+1")]
    ['-1', '2.5', '2.5', 'true', 'Vet ej', '1,000', '+1']
    """
    if isinstance(cell, str):
        return _of_text(" ".join(unicodedata.normalize("NFC", cell).split()))
    kind = type(cell).__name__
    if kind in ("bool", "bool_"):  # Python's own, and the one of numpy
        return "true" if cell else "false"
    if isinstance(cell, Real | Decimal) and kind != "timedelta64":  # numpy's is called a number
        return _of_number(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        cell = cell.date()
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def _of_text(text: str) -> str:
    sign, digits = ("-", text[1:]) if text.startswith(_MINUS) else ("", text)
    number = plain_number(digits)
    return text if number is None or (sign and number == "0") else sign + number


def _of_number(number: Any) -> str:  # noqa: ANN401 - a number of some type
    """Return a number as text, a whole one without a fraction."""
    if isinstance(number, Integral):
        return str(int(number))
    try:
        near = -_FAR < float(number) < _FAR
        is_whole = near and int(number) == number
    except (ArithmeticError, ValueError):  # beyond what floats tell, or no number at all
        return str(number)
    if is_whole:
        return str(int(number))
    return f"{number:f}".rstrip("0") if near and isinstance(number, Decimal) else str(number)


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
        raise ValueError(
            message(
                "found nothing, expected what each value means; leave the key out where nothing is"
                " to be recoded"
            )
        )
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
    """How the columns of a table are read as answers to an instrument."""

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


class RecodeFile(RecodeMap):
    """``MAP.yaml``: a file says itself whether anybody has confirmed it."""

    confirmed: bool
