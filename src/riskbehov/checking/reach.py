"""Whether a condition can hold at all: a search over the values that make a difference."""

from collections.abc import Iterable, Mapping

from riskbehov.logic.explain import truth
from riskbehov.logic.tree import FALSE, TRUE, UNKNOWN, Group, Tree
from riskbehov.logic.values import compared, telling
from riskbehov.logic.vocabulary import Interval

Domains = Mapping[str, Iterable[int]]
"""Values that a fact can have, where they are fewer than its type allows."""

_MOST_STEPS = 2_000


class _TooLarge(Exception):  # noqa: N818 - no error: the search gives up
    """The search has taken more steps than it may."""


def can_hold(
    tree: Tree, domains: Domains | None = None, *, steps: int = _MOST_STEPS
) -> bool | None:
    """Tell whether some values of the facts make ``tree`` true; ``None`` if that is too large.

    Values that every comparison treats alike count as one, and a branch is left as soon as its
    truth is settled (Kleene), so that rules as people write them take few steps. Where the search
    gives up, a part of an *all* that can never hold by itself still settles it.
    """
    domains = {name: tuple(values) for name, values in (domains or {}).items()}
    choices = [
        (name, telling(fact, leaves, domains.get(name)))
        for name, (fact, leaves) in compared(tree).items()
    ]
    held = {
        name: (min(domains[name]), max(domains[name]))
        for name, (fact, _) in compared(tree).items()
        if domains.get(name) and fact.kind != "set"
    }
    if any(not values for _, values in choices):
        return False
    try:
        return _Search(steps).finds(tree, choices, held)
    except _TooLarge:
        return _by_part(tree, domains, steps)


def always_holds(tree: Tree, domains: Domains | None = None) -> bool:
    """Tell whether no values of the facts make ``tree`` false."""
    return can_hold(Group("not", (tree,)), domains) is False


class _Search:
    """Depth first over the facts, counting the steps.

    Values that settle the condition as false are left out ahead, and the fact with the fewest
    values left is tried first (forward checking; Haralick and Elliott 1980).
    """

    def __init__(self, steps: int) -> None:
        self.left = steps

    def finds(
        self, tree: Tree, choices: list[tuple[str, list[int]]], facts: Mapping[str, Interval]
    ) -> bool:
        self.left -= 1
        if self.left < 0:
            raise _TooLarge
        found = truth(tree, facts)
        if found != UNKNOWN or not choices:
            return found == TRUE
        left = [
            (name, [v for v in values if truth(tree, {**facts, name: (v, v)}) != FALSE])
            for name, values in choices
        ]
        name, values = min(left, key=lambda choice: len(choice[1]))
        rest = [choice for choice in left if choice[0] != name]
        return any(self.finds(tree, rest, {**facts, name: (v, v)}) for v in values)


def _by_part(tree: Tree, domains: Domains, steps: int) -> bool | None:
    if isinstance(tree, Group) and tree.join == "all":
        return (
            False if any(can_hold(p, domains, steps=steps) is False for p in tree.parts) else None
        )
    return None
