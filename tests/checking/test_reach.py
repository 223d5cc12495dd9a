import random
from itertools import product

import pytest

from riskbehov.checking.reach import always_holds, can_hold
from riskbehov.logic.explain import truth
from riskbehov.logic.tree import TRUE, Compare, Group
from riskbehov.logic.vocabulary import FactType

AGE = FactType("age", "integer", (), (0, 120))
RATING = FactType("rating", "integer", (), (0, 3))
YES = FactType("yes", "bool", (), (0, 1))
LEVEL = FactType("level", "level", ("low", "medium", "high"), (0, 2))
DRUGS = FactType("drugs", "set", ("a", "b", "c"), (0, 7))


def leaf(fact, operator, *numbers):
    return Compare(fact, operator, numbers, numbers)


def all_of(*parts):
    return Group("all", parts)


def any_of(*parts):
    return Group("any", parts)


def not_(part):
    return Group("not", (part,))


@pytest.mark.parametrize(
    ("tree", "holds"),
    [
        (leaf(AGE, "at_least", 18), True),
        (all_of(leaf(AGE, "at_least", 18), leaf(AGE, "at_most", 17)), False),
        (all_of(leaf(AGE, "at_least", 18), leaf(AGE, "at_most", 18)), True),
        (all_of(leaf(YES, "equals", 1), not_(leaf(YES, "equals", 1))), False),
        (all_of(leaf(LEVEL, "in", 0, 1), leaf(LEVEL, "at_least", 2)), False),
        (all_of(leaf(DRUGS, "includes", 1), not_(leaf(DRUGS, "includes_any", 3))), False),
        (all_of(leaf(DRUGS, "includes", 1), not_(leaf(DRUGS, "includes_any", 6))), True),
        (all_of(not_(leaf(DRUGS, "includes", 1)), not_(leaf(DRUGS, "includes", 2))), True),
        (any_of(leaf(RATING, "equals", 4), leaf(YES, "equals", 1)), True),
    ],
)
def test_whether_a_condition_can_hold_is_told(tree, holds):
    assert can_hold(tree) is holds


def test_only_the_values_that_a_fact_can_have_count():
    tree = leaf(RATING, "equals", 1)
    assert can_hold(tree, {"rating": (0, 2)}) is False
    assert can_hold(tree, {"rating": ()}) is False
    assert can_hold(leaf(AGE, "at_least", 18), {"age": range(12, 18)}) is False
    assert always_holds(leaf(AGE, "at_least", 12), {"age": range(12, 18)})


def test_what_holds_whatever_the_facts_are_is_told():
    assert always_holds(any_of(leaf(YES, "equals", 1), leaf(YES, "equals", 0)))
    assert not always_holds(leaf(YES, "equals", 1))


def test_many_facts_are_no_hindrance():
    facts = [FactType(f"f{n}", "integer", (), (0, 3)) for n in range(40)]
    tree = all_of(*(any_of(leaf(f, "at_least", 2), leaf(f, "equals", 0)) for f in facts))
    assert can_hold(tree) is True
    assert can_hold(all_of(tree, leaf(facts[-1], "equals", 1))) is False


def test_a_search_that_gives_up_still_finds_a_part_that_can_never_hold():
    facts = [FactType(f"f{n}", "bool", (), (0, 1)) for n in range(12)]
    hard = any_of(*(all_of(leaf(f, "equals", 1), leaf(f, "equals", 0)) for f in facts))
    never = all_of(leaf(AGE, "at_least", 18), leaf(AGE, "at_most", 17))
    assert can_hold(hard, steps=100) is None
    assert can_hold(all_of(hard, never), steps=100) is False
    assert can_hold(all_of(hard, leaf(YES, "equals", 1)), steps=100) is None


def random_tree(draw, depth):
    if depth == 0 or draw.random() < 0.3:
        fact = draw.choice([RATING, YES, LEVEL, DRUGS])
        if fact is DRUGS:
            return leaf(fact, draw.choice(["includes", "includes_any"]), draw.randint(1, 7))
        operator = draw.choice(["equals", "at_least", "at_most", "in"])
        numbers = [draw.randint(*fact.unknown) for _ in range(2 if operator == "in" else 1)]
        return leaf(fact, operator, *numbers)
    join = draw.choice(["all", "any", "not", "count"])
    parts = 1 if join == "not" else draw.randint(1, 3)
    least = draw.randint(1, parts) if join == "count" else 0
    return Group(join, tuple(random_tree(draw, depth - 1) for _ in range(parts)), least)


def holds_for_some(tree):
    """Try every value of every fact."""
    facts = (RATING, YES, LEVEL, DRUGS)
    ranges = [range(f.unknown[0], f.unknown[1] + 1) for f in facts]
    return any(
        truth(tree, {f.name: (v, v) for f, v in zip(facts, values, strict=True)}) == TRUE
        for values in product(*ranges)
    )


def test_the_search_agrees_with_trying_everything():
    draw = random.Random(20260201)
    trees = [random_tree(draw, 3) for _ in range(400)]
    outcomes = [can_hold(tree) for tree in trees]
    assert outcomes == [holds_for_some(tree) for tree in trees]
    assert len(set(outcomes)) == 2
