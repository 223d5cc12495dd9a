"""A condition made ready: what does not fit the vocabulary is told with its place."""

import pytest
from tests.logic.strategies import CONDITION, WORDS, Plain, compiled

from riskbehov.logic.tree import Compare, Place, compile_condition, facts_in

TRUE_LEAF = {"fact": "child", "equals": True}


def complaints(plain: Plain) -> list[tuple[Place, str]]:
    told: list[tuple[Place, str]] = []
    tree = compile_condition(
        CONDITION.validate_python(plain),
        WORDS,
        lambda place, sentence: told.append((place, str(sentence))),
    )
    assert (tree is None) == bool(told)
    return told


@pytest.mark.parametrize(
    ("leaf", "key", "words"),
    [
        ({"fact": "chld", "equals": True}, "fact", "'chld', expected .* did you mean 'child'"),
        ({"item": "age", "at_most": 9}, "at_most", "found 9, expected a whole number 10 to 20"),
        ({"fact": "child", "at_least": 1}, "at_least", "on the bool fact 'child', .* of equals"),
        ({"fact": "child", "equals": 1}, "equals", "found 1, expected true, false or unknown"),
        ({"fact": "child", "equals": "yes"}, "equals", "found 'yes', expected true, false"),
        ({"fact": "sex", "equals": "femal"}, "equals", "did you mean 'female'"),
        ({"fact": "sex", "at_least": "male"}, "at_least", "the choice fact 'sex'"),
        ({"fact": "risk", "in": ["low", "higher"]}, "in", "found 'higher'"),
        ({"fact": "age", "equals": True}, "equals", "found true, expected a whole number"),
        ({"fact": "age", "includes": "10"}, "includes", "the integer fact 'age'"),
        ({"fact": "substances", "equals": "alcohol"}, "equals", "the set fact 'substances'"),
        ({"fact": "substances", "includes_any": ["glue"]}, "includes_any", "found 'glue'"),
    ],
)
def test_a_comparison_that_does_not_fit_is_told_with_its_place(leaf, key, words):
    [(place, sentence)] = complaints({"all": [TRUE_LEAF, {"not": {"any": [leaf]}}]})
    assert place == ("all", 1, "not", "any", 0, key)
    with pytest.raises(AssertionError, match=words):
        raise AssertionError(sentence)


def test_a_fault_within_a_count_is_told_with_its_place():
    [(place, _)] = complaints(
        {"count": [TRUE_LEAF, {"fact": "chld", "equals": True}], "at_least": 1}
    )
    assert place == ("count", 1, "fact")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"count": [TRUE_LEAF], "at_least": 2}, "at least 2 of 1 conditions, expected no more"),
        ({"count": [TRUE_LEAF], "at_least": 0}, "at_least"),
        ({"count": [], "at_least": 1}, "count"),
        ({"count": [TRUE_LEAF]}, "at_least"),
    ],
)
def test_a_count_that_can_say_nothing_is_refused(written, words):
    with pytest.raises(ValueError, match=words):
        CONDITION.validate_python(written)


def test_every_fault_is_told_not_only_the_first():
    leaves = [{"fact": "nobody", "equals": True}, TRUE_LEAF, {"fact": "age", "equals": 99}]
    assert [place for place, _ in complaints({"any": leaves})] == [
        ("any", 0, "fact"),
        ("any", 2, "equals"),
    ]


def test_the_facts_of_a_condition_are_named_left_to_right():
    plain = {"all": [{"fact": "risk", "equals": "low"}, {"not": TRUE_LEAF}, TRUE_LEAF]}
    assert [fact.name for fact in facts_in(compiled(plain))] == ["risk", "child", "child"]


def test_an_operator_that_nobody_has_defined_is_refused():
    with pytest.raises(TypeError, match="nearly"):
        Compare(WORDS["age"], "nearly", (12,), 12)
