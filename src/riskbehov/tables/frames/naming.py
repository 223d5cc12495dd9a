"""What a column probably holds, by its name alone: a suggestion with its ground, never more."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from riskbehov.errors import Fault, InputError, not_among
from riskbehov.i18n import message
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.tables.frames.columns import Items, column_of, columns_of
from riskbehov.tables.frames.letters import words_of

Role: TypeAlias = Literal["item", "sex", "age", "birth_date", "date", "contact", "other"]
Ground: TypeAlias = Literal["given", "exact", "instrument", "label", "number", "name", "none"]
"""The caller says so; the name is the one that results have; it names instrument and item; it is
the item's label; it is a number in a row of such; it is a usual name for that."""

_GROUNDS: Sequence[Ground] = ("given", "exact", "instrument", "label", "number")
"""The grounds for an item, the strongest first."""
_ASKED = r"(?:q|qu|question|item|i|f|fr|fraga|nr|no)"
_PEOPLE: Mapping[Role, str] = {
    "sex": r"sex|kon|gender|juridiskt kon|kon juridiskt|biological sex",
    "age": r"age|alder|alder ar|age years|alder vid .*|age at .*",
    "birth_date": r"birth ?date|date of birth|dob|birth ?day|fodelse ?datum|fodelse ?dag|fodd",
    "date": r"date|datum|(?:test|svars|besoks|mat|ifyllnads|bedomnings|skattnings) ?datum"
    r"|(?:assessment|visit|response|completion|test) ?date|date of (?:assessment|visit)",
    "contact": r"(?:.* )?(?:person(?:nummer|nr)|pnr|samordnings(?:nummer|nr)|ssn|national id"
    r"|(?:for|efter|mellan|till)namn|(?:first|last|full|sur|given|family) ?name"
    r"|e ?mail|e ?post|mejl|mail|tel|telefon(?:nummer|nr)?|phone(?: number)?|mobil(?:nummer|nr)?"
    r"|adress|address|gatu ?adress|street|post(?:nummer|nr|ort)|zip(?: ?code)?)(?: .*)?"
    r"|namn|name|(?:klient|patient|barnets|person)(?:ens)? ?namn|(?:client|patient|child) ?name",
}
_ENOUGH = 0.5
"""The share of the items that must be numbered for plain numbers to mean items."""


class Guess(NamedTuple):
    """What a column probably holds, and on which ground."""

    role: Role
    item: str | None = None
    ground: Ground = "none"


class Guesses(NamedTuple):
    """What the columns of a table probably hold."""

    columns: tuple[Guess, ...]
    rivals: Mapping[str, tuple[str, ...]]
    """By item: columns that are equally likely to hold it."""
    goes_on: str | None
    """A column that is numbered beyond the last item, so that numbers alone tell nothing."""


def guess(
    names: Sequence[str],
    instrument: ScoredInstrument,
    *,
    items: Items = None,
    sex: str | None = None,
    age: str | None = None,
) -> Guesses:
    """Return what each column probably holds.

    Raises :class:`InputError` for columns that the caller names and the table does not have.
    """
    given = _given(names, instrument, items, sex, age)
    found = [given.get(name) or _person(name) for name in names]
    taken = {each.item for each in found if each.item}
    rivals: dict[str, tuple[str, ...]] = {}
    for item, (ground, places) in _items(names, instrument, found).items():
        if item in taken:
            continue
        if len(places) == 1:
            found[places[0]] = Guess("item", item, ground)
        else:
            rivals[item] = tuple(names[place] for place in places)
    return Guesses(tuple(found), rivals, _beyond(names, instrument))


def _given(
    names: Sequence[str],
    instrument: ScoredInstrument,
    items: Items,
    sex: str | None,
    age: str | None,
) -> dict[str, Guess]:
    """Return what the caller says of columns."""
    ids = [item.id for item in instrument.items]
    if isinstance(items, Mapping):
        by_item = dict(items)
    else:
        by_item = (
            {} if items is None else dict(zip(ids, columns_of(instrument, items), strict=True))
        )
    people: dict[Role, str | None] = {"sex": sex, "age": age}
    wanted = [*by_item.values(), *filter(None, people.values())]
    faults = [
        Fault(not_among(id_, ids, message("an item of {id}", id=instrument.id)), "items")
        for id_ in by_item
        if id_ not in ids
    ]
    faults += [
        Fault(not_among(name, names, message("a column of the table")), "table")
        for name in wanted
        if name not in names
    ]
    if faults:
        raise InputError(faults)
    found = {name: Guess(role, None, "given") for role, name in people.items() if name}
    return found | {name: Guess("item", item, "given") for item, name in by_item.items()}


def _person(name: str) -> Guess:
    words = words_of(name)
    for role, pattern in _PEOPLE.items():
        if re.fullmatch(pattern, words):
            return Guess(role, None, "exact" if name == role else "name")
    return Guess("other")


def is_contact(name: str) -> bool:
    """Tell whether a column is called as names, addresses or numbers of persons are.

    >>> is_contact("Personnummer"), is_contact("audit_1")
    (True, False)
    """
    return _person(name).role == "contact"


def item_named(name: str, instrument: ScoredInstrument) -> str | None:
    """Return the column of the item that a name surely means, by instrument and item together.

    >>> from riskbehov.library import Library
    >>> item_named("AUDIT-Q01", Library.open().scored("audit"))
    'audit_1'
    """
    own = words_of(instrument.id).replace(" ", "")
    if not words_of(name).replace(" ", "").startswith(own):
        return None
    sure = (item for item, ground in _likely(name, instrument) if ground in ("exact", "instrument"))
    return next((column_of(instrument.id, item) for item in sure), None)


def _items(
    names: Sequence[str], instrument: ScoredInstrument, found: Sequence[Guess]
) -> dict[str, tuple[Ground, list[int]]]:
    """Return the likeliest columns of each item: those with the strongest ground."""
    every: dict[str, dict[Ground, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, name in enumerate(names):
        if found[place].ground not in ("given", "exact"):
            for item, ground in _likely(name, instrument):
                every[item][ground].append(place)
    if not _are_numbered(names, instrument, every):
        for grounds in every.values():
            grounds.pop("number", None)
    strongest = {}
    for item, grounds in every.items():
        for ground in _GROUNDS:
            if ground in grounds:
                strongest[item] = (ground, grounds[ground])
                break
    return strongest


def _likely(name: str, instrument: ScoredInstrument) -> Iterable[tuple[str, Ground]]:
    own = words_of(instrument.id).replace(" ", "")
    words = words_of(name)
    joined = words.replace(" ", "")
    numbered = re.fullmatch(rf"({own})?{_ASKED}?0*(\d+)", joined)
    for item in instrument.items:
        short = words_of(item.id).replace(" ", "")
        labels = {words_of(item.label.sv), words_of(item.label.en)}
        if name == column_of(instrument.id, item.id):
            yield item.id, "exact"
        elif joined == own + short or (numbered and numbered[1] and numbered[2] == short):
            yield item.id, "instrument"
        elif words in labels or (joined == short and not short.isdigit()):
            yield item.id, "label"
        elif numbered and not numbered[1] and numbered[2] == short:
            yield item.id, "number"


def _are_numbered(
    names: Sequence[str],
    instrument: ScoredInstrument,
    every: Mapping[str, Mapping[Ground, Sequence[int]]],
) -> bool:
    """Tell whether plain numbers are items: most items have one, and no number goes beyond."""
    numbered = [item for item, grounds in every.items() if "number" in grounds]
    is_enough = len(numbered) >= _ENOUGH * len(instrument.items)
    return is_enough and _beyond(names, instrument) is None


def _beyond(names: Sequence[str], instrument: ScoredInstrument) -> str | None:
    """Return the first column with the number that comes after the last item."""
    last = max((int(item.id) for item in instrument.items if item.id.isdigit()), default=None)
    if last is None:
        return None
    after = re.compile(rf"{_ASKED}?0*{last + 1}")
    return next((n for n in names if after.fullmatch(words_of(n).replace(" ", ""))), None)
