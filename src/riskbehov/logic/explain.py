"""One case: the truth of a condition, what is missing to know it, and why it is so."""

from collections.abc import Iterator
from typing import NamedTuple

from riskbehov.logic.tree import TRUE, UNKNOWN, Compare, Facts, Tree, Truth, counted
from riskbehov.logic.vocabulary import Interval


class Explained(NamedTuple):
    """A node of a condition with its truth and, of a comparison, the value that was found."""

    tree: Tree
    truth: Truth
    found: Interval | None
    parts: tuple["Explained", ...]


def truth(tree: Tree, facts: Facts) -> Truth:
    """Return whether a condition is false, unknown or true (0, 1, 2).

    A fact that is left out is unknown.
    """
    return tree.truth(facts)


def compare(leaf: Compare, found: Interval) -> Truth:
    """Return the truth of one comparison with the value that was found."""
    return leaf.truth({leaf.fact.name: found})


def explain(tree: Tree, facts: Facts) -> Explained:
    """Return the whole condition with the truth of every part, none cut short."""
    if isinstance(tree, Compare):
        found = tree.fact.interval(facts.get(tree.fact.name))
        return Explained(tree, tree.truth(facts), found, ())
    parts = tuple(explain(part, facts) for part in tree.parts)
    truths = [part.truth for part in parts]
    if tree.join == "not":
        return Explained(tree, TRUE - truths[0], None, parts)
    if tree.join == "count":
        return Explained(tree, counted(truths, tree.least), None, parts)
    return Explained(tree, min(truths) if tree.join == "all" else max(truths), None, parts)


def missing(tree: Tree, facts: Facts) -> tuple[str, ...]:
    """Return the facts that keep a condition from being settled, in the order they are asked."""
    return tuple(dict.fromkeys(_open(tree, facts)))


def _open(tree: Tree, facts: Facts) -> Iterator[str]:
    if truth(tree, facts) != UNKNOWN:
        return
    if isinstance(tree, Compare):
        yield tree.fact.name
    else:
        for part in tree.parts:
            yield from _open(part, facts)
