"""Which fact alone could decide: every value that it may still have is tried."""

import pytest
from hypothesis import given
from tests.logic.strategies import WORDS, compiled, conditions, found_facts

from riskbehov.criteria.settling import deciding
from riskbehov.logic.explain import missing, truth
from riskbehov.logic.tree import UNKNOWN

CHILD, THREAT = ({"fact": name, "equals": True} for name in ("child", "threat"))


def can_decide(tree, facts, name):
    """Try every value that a fact may still have, of a set every collection of members."""
    low, high = facts.get(name, WORDS[name].unknown)
    return any(truth(tree, {**facts, name: (v, v)}) != UNKNOWN for v in range(low, high + 1))


@given(plain=conditions(), facts=found_facts())
def test_a_fact_decides_alone_exactly_when_some_value_of_it_does(plain, facts):
    tree = compiled(plain)
    found = deciding(tree, facts)
    assert found == tuple(n for n in missing(tree, facts) if can_decide(tree, facts, n))


@pytest.mark.parametrize(
    ("plain", "found"),
    [
        (CHILD, ("child",)),
        ({"all": [CHILD, THREAT]}, ("child", "threat")),
        ({"any": [{"all": [CHILD]}, {"not": THREAT}]}, ("child", "threat")),
        ({"count": [CHILD, THREAT, {"fact": "age", "at_least": 18}], "at_least": 2}, ()),
        ({"any": [{"all": [CHILD, {"fact": "age", "equals": 12}]}, THREAT]}, ("threat",)),
    ],
)
def test_of_what_is_not_known_at_all(plain, found):
    assert deciding(compiled(plain), {}) == found


def test_a_value_that_is_ruled_out_decides_nothing():
    # High would make both parts false, but it is known that the risk is low or medium.
    tree = compiled(
        {
            "any": [
                {"all": [{"fact": "risk", "equals": "medium"}, CHILD]},
                {"all": [{"fact": "risk", "equals": "low"}, THREAT]},
            ]
        }
    )
    assert deciding(tree, {}) == ("risk",)
    assert deciding(tree, {"risk": (0, 1)}) == ()


def test_a_set_may_have_to_hold_just_some_members():
    just_two = {
        "all": [
            {"fact": "substances", "includes": "alcohol"},
            {"fact": "substances", "includes": "cannabis"},
            {"not": {"fact": "substances", "includes": "opioids"}},
        ]
    }
    assert deciding(compiled({"any": [just_two, CHILD]}), {}) == ("substances", "child")


def test_what_is_settled_has_nothing_left_to_decide():
    assert deciding(compiled({"any": [CHILD, THREAT]}), {"child": (1, 1)}) == ()
