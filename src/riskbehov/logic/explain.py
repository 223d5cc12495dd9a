"""One case: the truth of a condition, what is missing to know it, and why it is so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from riskbehov.logic.tree import FALSE, TRUE, UNKNOWN, Compare, Tree, Truth
from riskbehov.logic.vocabulary import Interval


@dataclass(frozen=True, slots=True)
class Explained:
    """A node of a condition with its truth and, of a comparison, the value that was found."""

    tree: Tree
    truth: Truth
    found: Interval | None
    parts: tuple["Explained", ...]


def truth(tree: Tree, facts: Mapping[str, Interval]) -> Truth:
    """Return whether a condition is false, unknown or true (0, 1, 2); facts left out are unknown."""
    if isinstance(tree, Compare):
        return compare(tree, facts.get(tree.fact.name, tree.fact.unknown))
    if tree.join == "all":
        return _least(tree.parts, facts)
    if tree.join == "any":
        return _greatest(tree.parts, facts)
    return TRUE - truth(tree.parts[0], facts)


def _least(parts: tuple[Tree, ...], facts: Mapping[str, Interval]) -> Truth:
    least = TRUE
    for part in parts:
        least = min(least, truth(part, facts))
        if least == FALSE:
            break
    return least


def _greatest(parts: tuple[Tree, ...], facts: Mapping[str, Interval]) -> Truth:
    greatest = FALSE
    for part in parts:
        greatest = max(greatest, truth(part, facts))
        if greatest == TRUE:
            break
    return greatest


def compare(leaf: Compare, found: Interval) -> Truth:
    """Return the truth of one comparison: holds for certain, plus holds possibly."""
    low, high = found
    number = leaf.numbers[0]
    match leaf.operator:
        case "equals":
            return (low == high == number) + (low <= number <= high)
        case "at_least":
            return (low >= number) + (high >= number)
        case "at_most":
            return (high <= number) + (low <= number)
        case "in":
            within = sum(low <= n <= high for n in set(leaf.numbers))
            return (within == high - low + 1) + (within > 0)
        case _:  # includes, includes_any: the number's bits are the members asked for
            return (low & number != 0) + (high & number != 0)


def explain(tree: Tree, facts: Mapping[str, Interval]) -> Explained:
    """Return the whole condition with the truth of every part, none cut short."""
    if isinstance(tree, Compare):
        found = facts.get(tree.fact.name, tree.fact.unknown)
        return Explained(tree, compare(tree, found), found, ())
    parts = tuple(explain(part, facts) for part in tree.parts)
    truths = [part.truth for part in parts]
    if tree.join == "not":
        return Explained(tree, TRUE - truths[0], None, parts)
    return Explained(tree, min(truths) if tree.join == "all" else max(truths), None, parts)


def missing(tree: Tree, facts: Mapping[str, Interval]) -> tuple[str, ...]:
    """Return the facts that keep a condition from being settled, in the order they are asked."""
    return tuple(dict.fromkeys(_open(tree, facts)))


def _open(tree: Tree, facts: Mapping[str, Interval]) -> Iterator[str]:
    if truth(tree, facts) != UNKNOWN:
        return
    if isinstance(tree, Compare):
        yield tree.fact.name
    else:
        for part in tree.parts:
            yield from _open(part, facts)
