"""So many of several conditions: the truth is that of all ways in which the open ones can fall."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.logic.strategies import compiled, found_facts, leaves

from riskbehov.logic.explain import explain, missing, truth
from riskbehov.logic.tree import FALSE, TRUE, UNKNOWN, Group, Tree, counted

TRUTHS = st.lists(st.sampled_from([FALSE, UNKNOWN, TRUE]), min_size=1, max_size=7)


def outcomes(truths: list[int], least: int) -> set[bool]:
    """Return what comes of every way in which the open ones can fall, tried one by one."""
    ways = product(*([FALSE, TRUE] if one == UNKNOWN else [one] for one in truths))
    return {way.count(TRUE) >= least for way in ways}


@given(truths=TRUTHS, least=st.integers(1, 7))
def test_a_count_is_settled_exactly_when_every_fall_of_the_open_ones_agrees(truths, least):
    expected = {(True,): TRUE, (False,): FALSE, (False, True): UNKNOWN}
    assert counted(truths, least) == expected[tuple(sorted(outcomes(truths, least)))]


@given(truths=TRUTHS, least=st.integers(1, 7), data=st.data())
def test_a_truer_part_never_makes_a_count_less_true(truths, least, data):
    number = data.draw(st.integers(0, len(truths) - 1))
    raised = [*truths]
    raised[number] = data.draw(st.integers(truths[number], TRUE))
    assert counted(truths, least) <= counted(raised, least)


@given(truths=TRUTHS, least=st.integers(1, 6))
def test_to_ask_for_more_never_makes_a_count_truer(truths, least):
    assert counted(truths, least + 1) <= counted(truths, least)


@given(parts=st.lists(leaves(), min_size=1, max_size=4), facts=found_facts())
def test_at_least_one_is_any_and_at_least_every_one_is_all(parts, facts):
    for join, least in (("any", 1), ("all", len(parts))):
        counting = compiled({"count": parts, "at_least": least})
        assert truth(counting, facts) == truth(compiled({join: parts}), facts)
        assert missing(counting, facts) == missing(compiled({join: parts}), facts)


@pytest.mark.parametrize(
    ("known", "expected", "asked"),
    [
        ({}, UNKNOWN, ("child", "threat", "age")),
        ({"child": (1, 1)}, UNKNOWN, ("threat", "age")),
        ({"child": (1, 1), "threat": (1, 1)}, TRUE, ()),
        ({"child": (0, 0), "threat": (0, 0)}, FALSE, ()),
        ({"child": (0, 0), "threat": (1, 1)}, UNKNOWN, ("age",)),
        ({"child": (0, 0), "threat": (1, 1), "age": (10, 17)}, FALSE, ()),
        ({"child": (0, 0), "threat": (1, 1), "age": (17, 18)}, UNKNOWN, ("age",)),
    ],
)
def test_two_of_three(known, expected, asked):
    tree = compiled(
        {
            "count": [
                {"fact": "child", "equals": True},
                {"fact": "threat", "equals": True},
                {"fact": "age", "at_least": 18},
            ],
            "at_least": 2,
        }
    )
    assert truth(tree, known) == expected
    assert missing(tree, known) == asked


def test_an_explanation_tells_every_part_of_a_count_and_its_truth():
    parts = [{"fact": "child", "equals": True}, {"fact": "risk", "at_least": "high"}]
    tree = compiled({"count": parts, "at_least": 2})
    found = explain(tree, {"child": (0, 0)})
    assert found.truth == FALSE
    assert [part.truth for part in found.parts] == [FALSE, UNKNOWN]
    assert isinstance(found.tree, Group)
    assert (found.tree.join, found.tree.least) == ("count", 2)


def test_counts_of_other_numbers_are_not_equal():
    trees: list[Tree] = [
        compiled(
            {"count": [{"fact": n, "equals": True} for n in ("child", "threat")], "at_least": k}
        )
        for k in (1, 2, 1)
    ]
    assert trees[0] != trees[1]
    assert trees[0] == trees[2]
