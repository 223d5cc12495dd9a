"""Conditions in words: what is compared, with what, and how the parts are joined."""

from collections.abc import Iterator

from riskbehov.i18n import N_, _
from riskbehov.logic.explain import Explained
from riskbehov.logic.tree import FALSE, TRUE, Compare
from riskbehov.models.condition import (
    AllOf,
    AnyOf,
    Condition,
    CountOf,
    FactComparison,
    ItemComparison,
    Not,
    Scalar,
    parts,
)
from riskbehov.report.document import FAILS, HOLDS, OPEN, Bullets, Item
from riskbehov.report.names import Names

_COMPARISONS = {
    "equals": N_("{fact}: {value}"),
    "in": N_("{fact}: one of {value}"),
    "at_least": N_("{fact}: at least {value}"),
    "at_most": N_("{fact}: at most {value}"),
    "includes": N_("{fact}: {value} among them"),
    "includes_any": N_("{fact}: at least one of {value} among them"),
}

_JOINS = {
    "all": N_("All of these"),
    "any": N_("At least one of these"),
    "not": N_("Not this"),
    "count": N_("At least {least} of these"),
}

_JUDGED = {
    "all": {
        FALSE: N_("All of these: does not hold"),
        TRUE: N_("All of these: holds"),
        1: N_("All of these: cannot tell yet"),
    },
    "any": {
        FALSE: N_("At least one of these: does not hold"),
        TRUE: N_("At least one of these: holds"),
        1: N_("At least one of these: cannot tell yet"),
    },
    "not": {
        FALSE: N_("Not this: does not hold"),
        TRUE: N_("Not this: holds"),
        1: N_("Not this: cannot tell yet"),
    },
    "count": {
        FALSE: N_("At least {least} of these: does not hold"),
        TRUE: N_("At least {least} of these: holds"),
        1: N_("At least {least} of these: cannot tell yet"),
    },
}

_FOUND = {
    FALSE: N_("{comparison}. Found: {found}. Does not hold."),
    TRUE: N_("{comparison}. Found: {found}. Holds."),
    1: N_("{comparison}. Found: {found}. Cannot tell yet."),
}

_MARKS = {FALSE: FAILS, TRUE: HOLDS, 1: OPEN}


def compared(name: str, operator: str, operand: Scalar | tuple[Scalar, ...], names: Names) -> str:
    """Return one comparison in words."""
    return _(_COMPARISONS[operator], fact=names.label(name), value=names.values(name, operand))


def condition_item(condition: Condition, names: Names) -> Item:
    """Return a condition as it is written, with its parts within it."""
    if isinstance(condition, FactComparison | ItemComparison):
        return Item(compared(condition.name, condition.operator, condition.operand, names))
    inside = tuple(condition_item(part, names) for part in parts(condition))
    least = condition.at_least if isinstance(condition, CountOf) else 0
    return Item(_(_JOINS[_join(condition)], least=least), (Bullets(inside),))


def _join(condition: Condition) -> str:
    match condition:
        case AllOf():
            return "all"
        case AnyOf():
            return "any"
        case Not():
            return "not"
        case CountOf():
            return "count"
        case _:
            raise TypeError(condition)


def explained_item(explained: Explained, names: Names) -> Item:
    """Return a condition with what was found and whether each part holds, in sign and words."""
    tree, mark = explained.tree, _MARKS[explained.truth]
    if isinstance(tree, Compare):
        found = names.found(tree.fact, explained.found or tree.fact.unknown)
        comparison = compared(tree.fact.name, tree.operator, tree.written, names)
        line = _(_FOUND[explained.truth], comparison=comparison, found=found)
        return Item(line, mark=mark)
    inside = tuple(explained_item(part, names) for part in explained.parts)
    return Item(
        _(_JUDGED[tree.join][explained.truth], least=tree.least), (Bullets(inside),), mark=mark
    )


def facts_found(
    explained: Explained, names: Names, *, has_unknown: bool = True
) -> Iterator[tuple[str, str, str]]:
    """Yield each fact that a condition asks for once: its key, label and what was found.

    Without ``has_unknown`` those of which nothing is known are left out.
    """
    seen = set()
    for leaf in _leaves(explained):
        fact = leaf.tree.fact if isinstance(leaf.tree, Compare) else None
        if fact is not None and fact.name not in seen:
            seen.add(fact.name)
            found = leaf.found or fact.unknown
            if has_unknown or found != fact.unknown:
                yield fact.name, names.label(fact.name), names.found(fact, found)


def _leaves(explained: Explained) -> Iterator[Explained]:
    if isinstance(explained.tree, Compare):
        yield explained
    for part in explained.parts:
        yield from _leaves(part)
