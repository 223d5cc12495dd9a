"""Skips as REDCap's branching logic: when a field is shown.

A skip holds when the answers say so for certain, and then its items are hidden. REDCap knows two
truths and not three, so each comparison is written out as the codes that fulfil it. A field that is
blank, or that holds a missing data code, has none of them, and so hides nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from typing import Literal, TypeAlias

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message
from riskbehov.logic.tree import TRUE, Compare, Tree, facts_in
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.scoring.plan import plan


@dataclass(frozen=True, slots=True)
class _Is:
    """A field has a code."""

    item: str
    code: int


@dataclass(frozen=True, slots=True)
class _Join:
    """Several such joined."""

    word: Literal["and", "or"]
    parts: tuple["_Logic", ...]


_Logic: TypeAlias = _Is | _Join


def branching(instrument: ScoredInstrument, fields: Mapping[str, str]) -> dict[str, str]:
    """Return when each item that can be skipped is shown, by REDCap's fields.

    Raises :class:`InputError` where there is nothing to skip, and where items would hide each
    other.
    """
    ready = plan(instrument)
    if not ready.skips:
        raise InputError(
            Fault(
                message("found no skips in {id}, expected some; leave --skips out", id=instrument.id),
                "--skips",
            )
        )
    hidden: dict[str, list[_Logic]] = {}
    for skip in ready.skips:
        for position in skip.positions:
            hidden.setdefault(ready.names[position], []).append(
                _certain(skip.when, instrument, holds=True)
            )
    _require_order(instrument)
    return {item: _shown(ways, fields) for item, ways in hidden.items()}


def _require_order(instrument: ScoredInstrument) -> None:
    """Raise where what is shown would hang on itself, at once or by way of others."""
    ready = plan(instrument)
    asks: dict[str, set[str]] = {}
    for skip in ready.skips:
        for position in skip.positions:
            asks.setdefault(ready.names[position], set()).update(
                fact.name for fact in facts_in(skip.when)
            )
    try:
        TopologicalSorter(asks).prepare()
    except CycleError as error:
        raise InputError(
            Fault(
                message(
                    "the items {items} would hide each other, expected a skip to ask only for"
                    " items that it does not hide; leave --skips out",
                    items=", ".join(dict.fromkeys(error.args[1])),
                ),
                "--skips",
            )
        ) from None


def _certain(tree: Tree, instrument: ScoredInstrument, *, holds: bool) -> _Logic:
    """Return when a condition holds, or fails, for certain."""
    if isinstance(tree, Compare):
        return _codes(tree, instrument, holds=holds)
    parts = tree.parts
    if tree.join == "not":
        return _certain(parts[0], instrument, holds=not holds)
    if tree.join == "count":
        least = tree.least if holds else len(parts) - tree.least + 1
        ways = combinations([_certain(part, instrument, holds=holds) for part in parts], least)
        return _Join("or", tuple(_Join("and", way) for way in ways))
    word: Literal["and", "or"] = "and" if (tree.join == "all") == holds else "or"
    return _Join(word, tuple(_certain(part, instrument, holds=holds) for part in parts))


def _codes(leaf: Compare, instrument: ScoredInstrument, *, holds: bool) -> _Logic:
    name = leaf.fact.name
    item = next(item for item in instrument.items if item.id == name)
    fulfil = [
        code for code in instrument.legal(item) if (leaf.truth({name: code}) == TRUE) == holds
    ]
    return _Join("or", tuple(_Is(name, code) for code in fulfil))


def _shown(ways: list[_Logic], fields: Mapping[str, str]) -> str:
    """Return when none of the ways to skip an item is taken."""
    return _text(_Join("or", tuple(ways)), fields)


def _text(logic: _Logic, fields: Mapping[str, str], *, inside: str = "") -> str:
    """Return that something does not hold: each code is another one, "and" and "or" change place.

    Single quotes, for REDCap refuses double ones in a dictionary.
    """
    if isinstance(logic, _Is):
        return f"[{fields[logic.item]}] <> '{logic.code}'"
    flat = tuple(dict.fromkeys(_flat(logic)))
    if len(flat) == 1:
        return _text(flat[0], fields, inside=inside)
    word = "or" if logic.word == "and" else "and"
    joined = f" {word} ".join(_text(part, fields, inside=word) for part in flat)
    return f"({joined})" if inside else joined


def _flat(logic: _Join) -> Iterator[_Logic]:
    """Yield the parts of a join, those of a part that joins in the same way among them."""
    for part in logic.parts:
        single = isinstance(part, _Join) and len(part.parts) == 1
        if isinstance(part, _Join) and (part.word == logic.word or single):
            yield from _flat(part)
        else:
            yield part
