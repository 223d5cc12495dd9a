"""Many cases at once come to what each comes to alone."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.logic.strategies import WORDS, compiled, conditions, found_facts, known_facts

from riskbehov.logic.evaluate import Columns, evaluate, holds
from riskbehov.logic.explain import explain, truth
from riskbehov.logic.tree import FALSE, TRUE, UNKNOWN, Compare
from riskbehov.logic.vocabulary import Interval

CASES = st.lists(found_facts(), min_size=1, max_size=8)


def columns(cases: list[dict[str, Interval]]) -> Columns:
    """Return the facts of several cases, fact by fact; those that no case knows are left out."""
    names = {name for case in cases for name in case}
    return {
        name: (
            np.array([case.get(name, WORDS[name].unknown)[0] for case in cases], np.int64),
            np.array([case.get(name, WORDS[name].unknown)[1] for case in cases], np.int64),
        )
        for name in names
    }


@given(plain=conditions(), cases=CASES)
def test_every_row_has_the_truth_of_its_case(plain, cases):
    tree = compiled(plain)
    found = evaluate(tree, columns(cases), len(cases))
    assert found.dtype == np.uint8
    assert found.tolist() == [truth(tree, case) for case in cases]
    assert found.tolist() == [explain(tree, case).truth for case in cases]


@given(plain=conditions(), cases=st.lists(known_facts(), min_size=1, max_size=8))
def test_where_all_is_known_a_condition_holds_or_does_not(plain, cases):
    tree = compiled(plain)
    values = {name: low for name, (low, _) in columns(cases).items()}
    found = holds(tree, values)
    assert found.dtype == np.bool_
    assert [TRUE if held else FALSE for held in found] == [truth(tree, case) for case in cases]


@given(plain=conditions(), cases=CASES)
def test_the_columns_are_left_as_they_were(plain, cases):
    given_columns, kept = columns(cases), columns(cases)
    evaluate(compiled(plain), given_columns, len(cases))
    for name, (low, high) in kept.items():
        assert (given_columns[name][0] == low).all()
        assert (given_columns[name][1] == high).all()


def test_a_fact_without_columns_is_unknown_in_every_row():
    tree = compiled({"fact": "child", "equals": True})
    assert evaluate(tree, {}, 3).tolist() == [UNKNOWN] * 3


def test_no_row_gives_no_truth():
    assert evaluate(compiled({"fact": "child", "equals": True}), {}, 0).tolist() == []


def test_in_nothing_is_false_in_every_row():
    leaf = Compare(WORDS["age"], "in", (), ())
    assert evaluate(leaf, {}, 2).tolist() == [FALSE, FALSE]


def test_in_counts_a_value_written_twice_once():
    tree = compiled({"fact": "needs", "in": [1, 1, 2]})
    rows = [{"needs": (1, 2)}, {"needs": (1, 3)}, {"needs": (3, 4)}]
    assert evaluate(tree, columns(rows), 3).tolist() == [TRUE, UNKNOWN, FALSE]
