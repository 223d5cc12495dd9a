"""Skips as REDCap's branching logic: when a field is shown.

A skip holds when the answers say so for certain, and then its items are hidden. REDCap knows two
truths and not three, so each comparison is written out as the codes that fulfil it. A field that is
blank, or that holds a missing data code, has none of them, and so hides nothing.
"""

from collections.abc import Iterable, Mapping
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
    """Several such joined; of nothing joined by "or", none ever holds."""

    word: Literal["and", "or"]
    parts: tuple["_Logic", ...]


_Logic: TypeAlias = _Is | _Join
_NEVER = _Join("or", ())


def branching(instrument: ScoredInstrument, fields: Mapping[str, str]) -> dict[str, str]:
    """Return when each item that can be skipped is shown, by REDCap's fields.

    Raises :class:`InputError` where there is nothing to skip, and where items would hide each
    other.
    """
    ready = plan(instrument)
    if not ready.skips:
        raise InputError(
            Fault(
                message(
                    "found no skips in {id}, expected some; leave --skips out", id=instrument.id
                ),
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
    ways = {item: _join("or", each) for item, each in hidden.items()}
    return {item: _unless(way, fields) for item, way in ways.items() if way != _NEVER}


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
    if tree.join == "not":
        return _certain(tree.parts[0], instrument, holds=not holds)
    parts = [_certain(part, instrument, holds=holds) for part in tree.parts]
    if tree.join == "count":
        least = tree.least if holds else len(parts) - tree.least + 1
        return _join("or", [_join("and", way) for way in combinations(parts, least)])
    return _join("and" if (tree.join == "all") == holds else "or", parts)


def _codes(leaf: Compare, instrument: ScoredInstrument, *, holds: bool) -> _Logic:
    """Return that an item has one of the codes that fulfil a comparison, or one that does not."""
    name = leaf.fact.name
    item = next(item for item in instrument.items if item.id == name)
    legal = instrument.legal(item)
    return _join(
        "or", [_Is(name, code) for code in legal if (leaf.truth({name: code}) == TRUE) == holds]
    )


def _join(word: Literal["and", "or"], parts: Iterable[_Logic]) -> _Logic:
    """Return parts joined, without needless joins and without what never holds."""
    held = tuple(dict.fromkeys(part for each in parts for part in _within(each, word)))
    if word == "and" and _NEVER in held:
        return _NEVER
    kept = tuple(part for part in held if part != _NEVER)
    return kept[0] if len(kept) == 1 else _Join(word, kept)


def _within(logic: _Logic, word: str) -> tuple[_Logic, ...]:
    is_same = isinstance(logic, _Join) and logic.word == word and logic != _NEVER
    return logic.parts if isinstance(logic, _Join) and is_same else (logic,)


def _unless(logic: _Logic, fields: Mapping[str, str], *, is_inside: bool = False) -> str:
    """Return that something does not hold: each code is another one, "and" and "or" change place.

    Single quotes, for REDCap refuses double ones in a dictionary.
    """
    if isinstance(logic, _Is):
        return f"[{fields[logic.item]}] <> '{logic.code}'"
    word = " or " if logic.word == "and" else " and "
    said = word.join(_unless(part, fields, is_inside=True) for part in logic.parts)
    return f"({said})" if is_inside else said
