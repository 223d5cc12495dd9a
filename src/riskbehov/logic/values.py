"""The values of a fact that make a difference: one for each way in which a condition sees it."""

from collections.abc import Iterable, Iterator

from riskbehov.logic.explain import compare
from riskbehov.logic.tree import FALSE, Compare, Tree
from riskbehov.logic.vocabulary import FactType


def compared(tree: Tree) -> dict[str, tuple[FactType, list[Compare]]]:
    """Return each fact that a condition asks for, with the comparisons made of it."""
    found: dict[str, tuple[FactType, list[Compare]]] = {}
    for leaf in _leaves(tree):
        found.setdefault(leaf.fact.name, (leaf.fact, []))[1].append(leaf)
    return found


def _leaves(tree: Tree) -> Iterator[Compare]:
    if isinstance(tree, Compare):
        yield tree
    else:
        for part in tree.parts:
            yield from _leaves(part)


def telling(
    fact: FactType, leaves: list[Compare], domain: Iterable[int] | None = None
) -> list[int]:
    """Return one value for each way in which the comparisons of a fact can come out.

    ``domain`` is what the fact can be, where that is less than its type allows.
    """
    if domain is None:
        low, high = fact.unknown
        domain = _subsets(leaves) if fact.kind == "set" else range(low, high + 1)
    distinct: dict[tuple[bool, ...], int] = {}
    for value in domain:
        outcome = tuple(compare(leaf, (value, value)) != FALSE for leaf in leaves)
        distinct.setdefault(outcome, value)
    return list(distinct.values())


def _subsets(leaves: list[Compare]) -> Iterator[int]:
    """Yield sets of members as bits, members that every comparison treats alike taken as one."""
    width = max(leaf.numbers[0].bit_length() for leaf in leaves)
    alike: dict[tuple[bool, ...], int] = {}
    for bit in range(width):
        asked = tuple(bool(leaf.numbers[0] >> bit & 1) for leaf in leaves)
        if any(asked):
            alike.setdefault(asked, 1 << bit)
    bits = list(alike.values())
    for chosen in range(1 << len(bits)):
        yield sum(bit for n, bit in enumerate(bits) if chosen >> n & 1)
