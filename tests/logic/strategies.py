"""A small vocabulary with a fact of every kind, and random conditions and facts over it."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter

from riskbehov.i18n import Message
from riskbehov.logic.tree import Place, Tree, compile_condition
from riskbehov.logic.vocabulary import FactType, Interval
from riskbehov.models.condition import Condition

Plain = dict[str, Any]
CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)

WORDS = {
    fact.name: fact
    for fact in (
        FactType("child", "bool", (), (0, 1)),
        FactType("threat", "bool", (), (0, 1)),
        FactType("sex", "choice", ("male", "female", "other"), (0, 2)),
        FactType("risk", "level", ("low", "medium", "high"), (0, 2)),
        FactType("age", "integer", (), (10, 20)),
        FactType("needs", "integer", (), (0, 4)),
        FactType("substances", "set", ("alcohol", "cannabis", "opioids"), (0, 0b111)),
    )
}


def compiled(plain: Plain) -> Tree:
    """Return a condition made ready; one with a fault fails the test."""
    faults: list[tuple[Place, Message]] = []
    tree = compile_condition(
        CONDITION.validate_python(plain), WORDS, lambda place, said: faults.append((place, said))
    )
    assert faults == []
    assert tree is not None
    return tree


def values(fact: FactType) -> list[Any]:
    """Return every value that a condition may compare a fact with."""
    if fact.kind == "bool":
        return [False, True]
    if fact.kind == "integer":
        return list(range(fact.unknown[0], fact.unknown[1] + 1))
    return list(fact.values)


@st.composite
def leaves(draw: st.DrawFn) -> Plain:
    fact = draw(st.sampled_from(list(WORDS.values())))
    value = st.sampled_from(values(fact))
    several = st.lists(value, min_size=1, max_size=4)
    operands = {
        "bool": {"equals": value},
        "choice": {"equals": value, "in": several},
        "level": {"equals": value, "in": several, "at_least": value, "at_most": value},
        "integer": {"equals": value, "in": several, "at_least": value, "at_most": value},
        "set": {"includes": value, "includes_any": several},
    }[fact.kind]
    operator = draw(st.sampled_from(sorted(operands)))
    return {"fact": fact.name, operator: draw(operands[operator])}


def counts(parts: list[Plain]) -> st.SearchStrategy[Plain]:
    """Draw that at least so many of some parts hold: one, all, or some number between."""
    least = st.integers(1, len(parts))
    return st.fixed_dictionaries({"count": st.just(parts), "at_least": least})


def conditions() -> st.SearchStrategy[Plain]:
    """Draw a condition of any depth."""

    def joined(parts: st.SearchStrategy[Plain]) -> st.SearchStrategy[Plain]:
        several = st.lists(parts, min_size=1, max_size=4)
        return st.one_of(
            st.fixed_dictionaries({"all": several}),
            st.fixed_dictionaries({"any": several}),
            st.fixed_dictionaries({"not": parts}),
            several.flatmap(counts),
        )

    return st.recursive(leaves(), joined, max_leaves=12)


@st.composite
def intervals(draw: st.DrawFn, fact: FactType, within: Interval | None = None) -> Interval:
    """Draw between what a fact lies; of a set it is all known or not at all."""
    low, high = within or fact.unknown
    if fact.kind == "set":
        known = draw(st.integers(low, high))
        return draw(st.sampled_from([(low, high), (known, known)]))
    first, second = draw(st.integers(low, high)), draw(st.integers(low, high))
    return min(first, second), max(first, second)


@st.composite
def found_facts(draw: st.DrawFn) -> dict[str, Interval]:
    """Draw what is known of one case: some facts are left out."""
    names = draw(st.sets(st.sampled_from(sorted(WORDS))))
    return {name: draw(intervals(WORDS[name])) for name in sorted(names)}


@st.composite
def known_facts(draw: st.DrawFn) -> dict[str, Interval]:
    """Draw a case of which everything is known."""
    known = {name: draw(st.integers(*fact.unknown)) for name, fact in WORDS.items()}
    return {name: (number, number) for name, number in known.items()}


@st.composite
def narrowed(draw: st.DrawFn, facts: Mapping[str, Interval]) -> dict[str, Interval]:
    """Draw the same case when more is known of it."""
    return {
        name: draw(intervals(fact, within=facts.get(name)))
        if draw(st.booleans())
        else facts.get(name, fact.unknown)
        for name, fact in WORDS.items()
    }
