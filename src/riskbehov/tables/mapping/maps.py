"""Recode maps: read from a file or given, and held against the instrument that they are for."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from riskbehov import yamlfile
from riskbehov.assessing.casefile import refuse_personal_data
from riskbehov.errors import Fault, InputError, not_among, quoted
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.models.recode import MappedColumn, MappedItem, MappedSex, RecodeMap, canonical
from riskbehov.scoring.plan import OLDEST
from riskbehov.yamlfile import Place

Given: TypeAlias = RecodeMap | Mapping[str, Any] | Path | str
"""A recode map, its plain values, or the file that it stands in."""
Mapped: TypeAlias = MappedItem | MappedSex | MappedColumn

PEOPLE = ("sex", "age", "birth_date", "date")


def read_map(path: Path | str, *, library: Library | None = None) -> RecodeMap:
    """Return the recode map in a file, which says itself whether anybody has confirmed it.

    Raises :class:`InputError` with every fault as ``file:line: path: sentence``, and
    :class:`PrivacyError` for a personal number.
    """
    return take_map(Path(path), library=library)[0]


def take_map(
    given: Given, *, library: Library | None = None, use: bool = False
) -> tuple[RecodeMap, ScoredInstrument]:
    """Return a recode map and its instrument; raises as :func:`read_map` does.

    ``use`` says that it is to be carried out: a draft that nobody has confirmed is refused.
    """
    library = library or own_library()
    mapping, locate, unsaid = _read(given)
    if mapping.instrument not in library.scored_ids:
        wrong = not_among(mapping.instrument, library.scored_ids, message("an instrument"))
        raise InputError([*unsaid, Fault(wrong, locate(("instrument",)))])
    instrument = library.scored(mapping.instrument)
    wrong_places = [*_wrong(mapping, instrument), *(_unconfirmed(mapping) if use else ())]
    if faults := [*unsaid, *(Fault(told, locate(place), place) for place, told in wrong_places)]:
        raise InputError(faults)
    return mapping, instrument


@cache
def own_library() -> Library:
    """Return the library that is used where none is named, opened once."""
    return Library.open()


def _unconfirmed(mapping: RecodeMap) -> Iterator[tuple[Place, Message]]:
    if not mapping.confirmed:
        yield (
            ("confirmed",),
            message(
                "found a draft, expected a map that a person has looked at: go through it, and set"
                " confirmed to true"
            ),
        )


def _read(given: Given) -> tuple[RecodeMap, Callable[[Place], str], list[Fault]]:
    """Return a map, what says where a place of it is, and what its file should say and does not."""
    if isinstance(given, RecodeMap):
        return given, yamlfile.dotted, []
    if isinstance(given, Mapping):
        values = _plain(given)
        refuse_personal_data(values, yamlfile.dotted, reviewed=True)
        mapping = yamlfile.validate(values, RecodeMap, path="map", error=InputError)
        return mapping, yamlfile.dotted, []
    if not isinstance(given, Path | str):
        raise InputError(Fault(_no_map(given), "map"))
    path = Path(given)
    values = yamlfile.parse(path, error=InputError)
    locate = yamlfile.locator(path)
    refuse_personal_data(values, locate, reviewed=True)
    unsaid = [*_unsaid(values, locate)]
    try:
        mapping = yamlfile.validate(values, RecodeMap, path=path, error=InputError)
    except InputError as error:
        raise InputError([*unsaid, *error.faults]) from None
    return mapping, locate, unsaid


def _no_map(given: object) -> Message:
    return message(
        "found {found}, expected a dict, a RecodeMap or the path of a file",
        found=type(given).__name__,
    )


def _unsaid(values: object, locate: Callable[[Place], str]) -> Iterator[Fault]:
    """Yield a fault where a file does not say whether anybody has confirmed it.

    Else a draft would be confirmed by taking a line away.
    """
    if isinstance(values, Mapping) and "confirmed" not in values:
        yield Fault(
            message(
                "the key {key!r} is missing, expected it: write confirmed: true when a person has"
                " gone through the map, confirmed: false until then",
                key="confirmed",
            ),
            locate(("confirmed",)),
            ("confirmed",),
        )


def _plain(value: Any) -> Any:  # noqa: ANN401 - plain values of any shape
    """Return plain values as a file has them: with text for keys."""
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if not isinstance(value, Mapping):
        return value
    found: dict[str, Any] = {}
    for key, inner in value.items():
        name = key if isinstance(key, str) else canonical(key)
        found[f"{name} " if name in found else name] = _plain(inner)  # the model tells of both
    return found


def parts_of(mapping: RecodeMap) -> Iterator[tuple[Place, Mapped]]:
    """Yield every column of a map with its place: those of items, then those of the person."""
    for number, mapped in enumerate(mapping.columns):
        yield ("columns", number), mapped
    for name in PEOPLE:
        found = getattr(mapping, name)
        if found is not None:
            yield (name,), found


def missing_of(mapping: RecodeMap, mapped: Mapped, place: Place) -> tuple[str, ...]:
    """Return the values of a column that say that there is no answer."""
    shared = () if place[0] in ("birth_date", "date") else mapping.missing
    return tuple(dict.fromkeys((*mapped.missing, *shared)))


def values_of(mapped: Mapped, instrument: ScoredInstrument) -> Mapping[str, int | str]:
    """Return what each value of a column means; nothing for one that is read as it stands."""
    if isinstance(mapped, MappedColumn):
        return {}
    if mapped.values is not None:
        return mapped.values
    if isinstance(mapped, MappedSex):
        return {sex: sex for sex in ("male", "female", "other", "unknown")}
    item = next(item for item in instrument.items if item.id == mapped.item)
    return {str(code): code for code in instrument.legal(item)}


def _wrong(mapping: RecodeMap, instrument: ScoredInstrument) -> Iterator[tuple[Place, Message]]:
    """Yield what in a map does not hold together, or does not go with its instrument."""
    items = {item.id: item for item in instrument.items}
    columns: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for place, mapped in parts_of(mapping):
        columns[mapped.column] += 1
        if columns[mapped.column] > 1:
            yield (
                (*place, "column"),
                message(
                    "found the column {column} once more, expected it once; a column holds one"
                    " item, or the sex, an age or a day",
                    column=quoted(mapped.column),
                ),
            )
        if isinstance(mapped, MappedItem):
            if mapped.item not in items:
                known = message("an item of {id}", id=instrument.id)
                yield (*place, "item"), not_among(mapped.item, items, known)
                continue
            held[mapped.item] += 1
            if held[mapped.item] > 1:
                yield (
                    (*place, "item"),
                    message(
                        "found item {item} once more, expected one column for each item",
                        item=mapped.item,
                    ),
                )
            yield from _illegal(mapped, instrument.legal(items[mapped.item]), place)
        yield from _both(mapping, mapped, instrument, place)


def _illegal(
    mapped: MappedItem, legal: tuple[int, ...], place: Place
) -> Iterator[tuple[Place, Message]]:
    for value, code in (mapped.values or {}).items():
        if code not in legal:
            yield (
                (*place, "values", value),
                message(
                    "found the code {code}, which item {item} does not have; expected one of"
                    " {legal}",
                    code=code,
                    item=mapped.item,
                    legal=", ".join(map(str, legal)),
                ),
            )


def _both(
    mapping: RecodeMap, mapped: Mapped, instrument: ScoredInstrument, place: Place
) -> Iterator[tuple[Place, Message]]:
    """Yield the values of a column that mean something and are missing too."""
    values = values_of(mapped, instrument)
    for value in missing_of(mapping, mapped, place):
        if value in values:
            yield (
                (*place, "values" if value not in mapped.missing else "missing"),
                message(
                    "found {value} under values and under missing, expected it under one of them",
                    value=quoted(value),
                ),
            )


def notes_on(mapping: RecodeMap, instrument: ScoredInstrument) -> Iterator[Fault]:
    """Yield what is allowed in a map, and may still be a slip."""
    for place, mapped in parts_of(mapping):
        if isinstance(mapped, MappedItem):
            told = _notes_on_item(mapped, instrument)
            yield from (Fault(note, mapped.column, place) for note in told)
    ages = [v for v in mapping.missing if v.isascii() and v.isdigit() and int(v) <= OLDEST]
    if mapping.age is not None and ages:
        yield Fault(
            message(
                "{values} stand under missing for all columns, and are ages too",
                values=", ".join(ages),
            ),
            mapping.age.column,
        )
    mapped_items = {mapped.item for mapped in mapping.columns}
    without = [item.id for item in instrument.items if item.id not in mapped_items]
    if without:
        yield Fault(
            message("no column for these items: {items}", items=", ".join(without)), instrument.id
        )


def _notes_on_item(mapped: MappedItem, instrument: ScoredInstrument) -> Iterator[Message]:
    values = values_of(mapped, instrument)
    item = next(item for item in instrument.items if item.id == mapped.item)
    by_code: dict[int | str, list[str]] = {code: [] for code in instrument.legal(item)}
    for value, code in values.items():
        by_code[code].append(value)
    for code, found in by_code.items():
        if len(found) > 1:
            yield message(
                "several values become {code}: {values}",
                code=code,
                values=", ".join(map(quoted, found)),
            )
    if never := [str(code) for code, found in by_code.items() if not found]:
        yield message("no value becomes {codes}", codes=", ".join(never))
