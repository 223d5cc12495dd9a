"""Values that make a difference: one for each way to see a fact, and none of them missed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.logic.strategies import WORDS, compiled, conditions

from riskbehov.logic.explain import compare
from riskbehov.logic.tree import TRUE, facts_in
from riskbehov.logic.values import compared, telling


def all_values(name):
    low, high = WORDS[name].unknown
    return range(low, high + 1)


@given(plain=conditions())
def test_every_way_in_which_a_fact_can_be_seen_is_there_once(plain):
    tree = compiled(plain)
    found = compared(tree)
    assert set(found) == {fact.name for fact in facts_in(tree)}
    for name, (fact, leaves) in found.items():

        def seen(value, leaves=leaves):
            return tuple(compare(leaf, (value, value)) == TRUE for leaf in leaves)

        values = telling(fact, leaves)
        assert {seen(v) for v in values} == {seen(v) for v in all_values(name)}
        assert len({seen(v) for v in values}) == len(values)


@given(plain=conditions(), low=st.integers(10, 20), high=st.integers(10, 20))
def test_only_values_of_the_domain_are_given(plain, low, high):
    tree = compiled({"any": [plain, {"fact": "age", "at_least": 15}]})
    fact, leaves = compared(tree)["age"]
    assert set(telling(fact, leaves, range(low, high + 1))) <= set(range(low, high + 1))


@pytest.mark.parametrize("name", ["child", "risk", "age"])
def test_a_fact_compared_in_one_way_has_two_values(name):
    operand = {"child": True, "risk": "high", "age": 18}[name]
    fact, leaves = compared(compiled({"fact": name, "equals": operand}))[name]
    assert len(telling(fact, leaves)) == 2
