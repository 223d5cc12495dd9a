"""A condition made ready for a vocabulary: names looked up, values turned into numbers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Literal, TypeAlias

from riskbehov.errors import did_you_mean
from riskbehov.i18n import Message, message
from riskbehov.logic.vocabulary import FactType, Interval, Unreadable, Vocabulary
from riskbehov.models.condition import (
    AllOf,
    AnyOf,
    Condition,
    CountOf,
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


Facts: TypeAlias = Mapping[str, Interval | int | None]
"""What is known of one case: between what a fact lies, or its value; left out, it is unknown."""
Holds: TypeAlias = Callable[[Any], Any]
"""Tells whether a comparison holds of a known value: a whole number, or an array of them."""
Bounds: TypeAlias = Callable[[Any, Any], tuple[Any, Any]]
"""Tells whether a comparison holds for certain and whether it possibly holds, of the least and the
greatest value that a fact can have: two whole numbers, or two arrays of them."""


@dataclass(frozen=True, slots=True)
class Compare:
    """One fact against one or several numbers; of a set, against bits."""

    fact: FactType
    operator: str
    numbers: tuple[int, ...]
    """The operand; for sets one number whose bits are the members asked for."""
    written: Any
    holds: Holds = field(init=False, repr=False, compare=False)
    bounds: Bounds = field(init=False, repr=False, compare=False)
    truth: Callable[[Facts], Truth] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what the comparison comes to."""
        object.__setattr__(self, "holds", _holds(self.operator, self.numbers))
        object.__setattr__(self, "bounds", _bounds(self.operator, self.numbers, self.holds))
        object.__setattr__(self, "truth", _compared(self))


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions joined: all of them, any of them, at least so many, or not the one."""

    join: Literal["all", "any", "not", "count"]
    parts: tuple["Tree", ...]
    least: int = 0
    """Of a count: how many of the parts must hold."""
    truth: Callable[[Facts], Truth] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what the parts come to together."""
        object.__setattr__(self, "truth", _joined(self))


Tree: TypeAlias = Compare | Group


def _holds(operator: str, numbers: tuple[int, ...]) -> Holds:
    """Return what an operator means: the one place where it is said, for one case and for many."""
    match operator, numbers:
        case "equals", (n,):
            return lambda value: value == n
        case "at_least", (n,):
            return lambda value: value >= n
        case "at_most", (n,):
            return lambda value: value <= n
        case "in", _:
            return lambda value: reduce(or_, (value == n for n in numbers))
        case "includes" | "includes_any", (n,):
            return lambda value: value & n != 0
    raise TypeError(operator, numbers)


def _bounds(operator: str, numbers: tuple[int, ...], holds: Holds) -> Bounds:
    """Return what an operator means of a value that is only known to lie between two."""
    match operator, numbers:
        case "equals", (n,):
            return lambda low, high: (holds(low) & holds(high), (low <= n) & (n <= high))
        case "at_most", _:
            return lambda low, high: (holds(high), holds(low))
        case "in", _:
            return lambda low, high: _within(frozenset(numbers), low, high)
    return lambda low, high: (holds(low), holds(high))


def _within(numbers: frozenset[int], low: Any, high: Any) -> tuple[Any, Any]:  # noqa: ANN401
    found = sum((low <= n) & (n <= high) for n in numbers)
    return found == high - low + 1, found > 0


class _Truths(dict[Interval | int | None, Truth]):
    """The truth of one comparison by what was found, each worked out when it is first asked."""

    def __init__(self, leaf: Compare) -> None:
        super().__init__()
        self.leaf = leaf

    def __missing__(self, found: Interval | int | None) -> Truth:
        certain, possible = self.leaf.bounds(*self.leaf.fact.interval(found))
        self[found] = certain + possible
        return self[found]


def _compared(leaf: Compare) -> Callable[[Facts], Truth]:
    name, truths = leaf.fact.name, _Truths(leaf)
    return lambda facts: truths[facts.get(name)]


def _joined(group: Group) -> Callable[[Facts], Truth]:
    """Return the join of strong three-valued logic (Kleene 1952, § 64), cut short when settled."""
    parts = [part.truth for part in group.parts]
    if group.join == "not":
        return lambda facts: TRUE - parts[0](facts)
    if group.join == "count":
        return lambda facts: counted([part(facts) for part in parts], group.least)
    otherwise, settled = (TRUE, FALSE) if group.join == "all" else (FALSE, TRUE)

    def joined(facts: Facts) -> Truth:
        found = otherwise
        for part in parts:
            truth = part(facts)
            if truth == settled:
                return settled
            if truth == UNKNOWN:
                found = UNKNOWN
        return found

    return joined


def counted(truths: Sequence[Truth], least: int) -> Truth:
    """Return whether at least so many of several truths are true."""
    if truths.count(TRUE) >= least:
        return TRUE
    return UNKNOWN if len(truths) - truths.count(FALSE) >= least else FALSE


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
    least = condition.at_least if isinstance(condition, CountOf) else 0
    return Group(join, sound, least) if len(sound) == len(parts) else None


def _inner(
    condition: Condition,
) -> tuple[Literal["all", "any", "not", "count"], tuple[Condition, ...]]:
    match condition:
        case CountOf(count=inner):
            return "count", inner
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
