"""A condition made ready for a vocabulary: names looked up, values turned into numbers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from riskbehov.errors import did_you_mean
from riskbehov.i18n import Message, message
from riskbehov.logic.vocabulary import FactType, Unreadable, Vocabulary
from riskbehov.models.condition import (
    AllOf,
    AnyOf,
    Condition,
    FactComparison,
    ItemComparison,
    Leaf,
    Not,
)

FALSE, UNKNOWN, TRUE = 0, 1, 2
Truth: TypeAlias = int
Place: TypeAlias = tuple[str | int, ...]
Complain: TypeAlias = Callable[[Place, Message], None]

_ORDERED = ("at_least", "at_most")
_OPERATORS: dict[str, tuple[str, ...]] = {
    "bool": ("equals",),
    "choice": ("equals", "in"),
    "level": ("equals", "in", *_ORDERED),
    "integer": ("equals", "in", *_ORDERED),
    "set": ("includes", "includes_any"),
}


@dataclass(frozen=True, slots=True)
class Compare:
    """One fact against one or several numbers; of a set, against bits."""

    fact: FactType
    operator: str
    numbers: tuple[int, ...]
    """The operand; for sets one number whose bits are the members asked for."""
    written: Any


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions joined: all of them, any of them, or not the one."""

    join: Literal["all", "any", "not"]
    parts: tuple["Tree", ...]


Tree: TypeAlias = Compare | Group


def compile_condition(
    condition: Condition, vocabulary: Vocabulary, complain: Complain, place: Place = ()
) -> Tree | None:
    """Return ``condition`` ready for ``vocabulary``.

    Every unknown fact, every operator that does not fit its fact's type and every value that it
    cannot have is told to ``complain`` with its place in the condition; then nothing is returned.
    """
    if isinstance(condition, FactComparison | ItemComparison):
        return _comparison(condition, vocabulary, complain, place)
    join, inner = _inner(condition)
    parts = [
        compile_condition(
            part, vocabulary, complain, (*place, join, *(() if join == "not" else (number,)))
        )
        for number, part in enumerate(inner)
    ]
    sound = tuple(part for part in parts if part is not None)
    return Group(join, sound) if len(sound) == len(parts) else None


def _inner(condition: Condition) -> tuple[Literal["all", "any", "not"], tuple[Condition, ...]]:
    match condition:
        case AllOf(all_=inner):
            return "all", inner
        case AnyOf(any_=inner):
            return "any", inner
        case Not(not_=inner):
            return "not", (inner,)
    raise TypeError(condition)


def _comparison(
    leaf: Leaf, vocabulary: Vocabulary, complain: Complain, place: Place
) -> Compare | None:
    key = "fact" if isinstance(leaf, FactComparison) else "item"
    fact = vocabulary.get(leaf.name)
    if fact is None:
        complain(
            (*place, key),
            message(
                "found {found!r}, expected the name of a known fact{hint}",
                found=leaf.name,
                hint=did_you_mean(leaf.name, vocabulary),
            ),
        )
        return None
    operator, operand = leaf.operator, leaf.operand
    if operator not in _OPERATORS[fact.kind]:
        complain(
            (*place, operator),
            message(
                "found {found!r} on the {kind} fact {name!r}, expected one of {expected}",
                found=operator,
                kind=fact.kind,
                name=fact.name,
                expected=", ".join(_OPERATORS[fact.kind]),
            ),
        )
        return None
    try:
        numbers = tuple(
            fact.number(v) for v in (operand if isinstance(operand, tuple) else (operand,))
        )
    except Unreadable as fault:
        complain((*place, operator), fault.reason)
        return None
    if fact.kind == "set":
        numbers = (sum(1 << n for n in set(numbers)),)
    return Compare(fact, operator, numbers, operand)


def facts_in(tree: Tree) -> Iterator[FactType]:
    """Yield the facts that a tree asks for, left to right, with repetition."""
    if isinstance(tree, Compare):
        yield tree.fact
    else:
        for part in tree.parts:
            yield from facts_in(part)
