"""Columns that nothing is read from although their names look as if something should be.

A rating whose column is misspelt would be lost without a word. Where an instrument, a method or a
list lacks a column, whatever begins as its columns do is refused; and so is what is very like a
column that is not there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from riskbehov.assessing.arrays import Ready
from riskbehov.errors import Fault, did_you_mean
from riskbehov.i18n import message
from riskbehov.library import Library
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.tables.frames.naming import item_named
from riskbehov.tables.recommendations.layout import (
    Layout,
    lone_columns,
    members_of,
    parts_of,
    rated_columns,
)
from riskbehov.tables.scores.arguments import score_step

_VERY_LIKE = 0.85
_LIKE = 0.8
_BESIDE = ("complete", "timestamp")
"""What REDCap writes beside the columns of a form."""


@dataclass(frozen=True, slots=True)
class _Family:
    """Columns that begin alike: of an instrument, of a method, of a list."""

    start: str
    needed: Sequence[str]
    """Without these something is lost, whatever else the table has."""
    others: Sequence[str] = ()
    instrument: ScoredInstrument | None = None


def misnamed(
    names: Iterable[str], held: AbstractSet[str], layout: Layout, ready: Ready
) -> list[Fault]:
    """Return what is wrong with the names of columns that are not read, among all that are held."""
    families = [*_families(ready)]
    lone = _lacking(_lone(layout, ready), held)
    told = _lacking((c for f in families for c in (*f.needed, *f.others)), held)
    worded = [squeezed for squeezed, column in told.items() if not column[-1].isdigit()]
    faults = []
    for name in names:
        squeezed = _squeezed(name)
        likely = _item(name, families) or told.get(squeezed) or lone.get(squeezed)
        if likely is None and (close := _closest(squeezed, worded, _VERY_LIKE)):
            likely = told[close]
        is_taken = likely is not None and likely in held
        is_lost = any(_begins(name, f) and not held >= {*f.needed} for f in families)
        if (likely is not None or is_lost) and not is_taken and not _is_result(name, ready.library):
            faults.append(_fault(name, likely))
    return faults


def near_misses(
    names: Iterable[str], held: AbstractSet[str], layout: Layout, ready: Ready
) -> dict[str, str]:
    """Return columns that are not read but are called almost as one that is not there."""
    every = (c for family in _families(ready) for c in (*family.needed, *family.others))
    lacking = _lacking((*every, *_lone(layout, ready)), held)
    likely = {name: _closest(_squeezed(name), [*lacking], _LIKE) for name in names}
    return {
        name: lacking[close]
        for name, close in likely.items()
        if close and not _is_result(name, ready.library)
    }


def _fault(name: str, likely: str | None) -> Fault:
    return Fault(
        message(
            "found a column {name!r}, which nothing would be read from, expected a name that is"
            " known or is like none of those; rename it or take it away{hint}",
            name=name,
            hint=did_you_mean(likely, [likely]) if likely else "",
        ),
        "table",
    )


def _families(ready: Ready) -> Iterator[_Family]:
    for instrument in ready.instruments:
        items, said = rated_columns(instrument)
        yield _Family(_parted(instrument.id), items, said, instrument)
    for method in ready.methods:
        parts = parts_of(method)
        yield _Family(_parted(method.id), [parts["level"]], [*parts.values()])
    for fact in ready.library.facts.values():
        if fact.type == "set" and not (fact.is_derived or fact.is_impersonal):
            yield _Family(_parted(fact.id), [*members_of(fact).values()])


def _lone(layout: Layout, ready: Ready) -> list[str]:
    """Return the columns of which there is one for each matter."""
    return [*lone_columns(ready), *([] if layout.sex else ["sex"])]


def _lacking(columns: Iterable[str], held: AbstractSet[str]) -> dict[str, str]:
    """Return the columns that are not there, by their letters and figures alone."""
    return {_squeezed(column): column for column in columns if column not in held}


def _item(name: str, families: Iterable[_Family]) -> str | None:
    """Return the column of the item that a name surely means."""
    named = (item_named(name, each.instrument) for each in families if each.instrument)
    return next(filter(None, named), None)


def _begins(name: str, family: _Family) -> bool:
    """Tell whether a name begins as the columns of a family do."""
    found = re.match(rf"{re.escape(family.start)}[_\d](.*)", _parted(name))
    return found is not None and found[1] not in _BESIDE


def _closest(word: str, known: Iterable[str], cutoff: float) -> str | None:
    """Return the likeliest known word.

    Each sign that only one of two words has is a difference, so most are far apart at a glance.
    """
    signs = _signs(word)
    near = [
        each
        for each in known
        if (signs ^ _signs(each)).bit_count() <= (1 - cutoff) * (len(word) + len(each))
    ]
    return next(iter(get_close_matches(word, near, n=1, cutoff=cutoff)), None)


@lru_cache(maxsize=4096)
def _signs(word: str) -> int:
    """Return a bit for each sign that a word has."""
    found = 0
    for sign in word:
        found |= 1 << ord(sign) % 64
    return found


def _is_result(name: str, library: Library) -> bool:
    """Tell whether scoring calls a result so: a table may be scored first."""
    return name in library.kept("results of scoring", lambda: frozenset(_results(library)))


def _results(library: Library) -> Iterator[str]:
    for instrument in map(library.scored, library.scored_ids):
        step = score_step(instrument, bands="all", missing="prorate", max_missing=1)
        yield from (spec.name for spec in step.adds)


@lru_cache(maxsize=4096)
def _parted(name: str) -> str:
    return re.sub(r"[\W_]+", "_", name.casefold())


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
