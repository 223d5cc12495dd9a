"""Which single fact could decide a condition that cannot be told yet."""

from collections.abc import Iterable

from riskbehov.logic.explain import missing, truth
from riskbehov.logic.tree import UNKNOWN, Facts, Tree
from riskbehov.logic.values import compared, telling
from riskbehov.logic.vocabulary import FactType


def deciding(tree: Tree, facts: Facts) -> tuple[str, ...]:
    """Return the missing facts of which one alone can decide.

    Such a fact has a value, of those that it may still have, with which the condition is settled
    whatever the others are.
    """
    asked = compared(tree)
    return tuple(
        name
        for name in missing(tree, facts)
        if any(
            truth(tree, {**facts, name: (v, v)}) != UNKNOWN
            for v in telling(*asked[name], _left(asked[name][0], facts))
        )
    )


def _left(fact: FactType, facts: Facts) -> Iterable[int] | None:
    """Return the values that a fact may still have; a set that is not known may hold anything."""
    low, high = fact.interval(facts.get(fact.name))
    return None if fact.kind == "set" else range(low, high + 1)
