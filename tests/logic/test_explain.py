"""One case: truth, what is missing, and the explanation say the same, and hold."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.logic.strategies import WORDS, compiled, conditions, found_facts, narrowed, values

from riskbehov.logic.explain import Explained, compare, explain, missing, truth
from riskbehov.logic.tree import FALSE, TRUE, UNKNOWN, Compare, Group, Tree
from riskbehov.logic.vocabulary import FactType

A, B = ({"fact": name, "equals": True} for name in ("child", "threat"))
FOUND = {FALSE: (0, 0), UNKNOWN: (0, 1), TRUE: (1, 1)}

# Kleene, Introduction to metamathematics (1952), § 64: the tables of the strong connectives, with
# rows and columns in the order false, unknown, true.
ALL = [[FALSE, FALSE, FALSE], [FALSE, UNKNOWN, UNKNOWN], [FALSE, UNKNOWN, TRUE]]
ANY = [[FALSE, UNKNOWN, TRUE], [UNKNOWN, UNKNOWN, TRUE], [TRUE, TRUE, TRUE]]
NOT = [TRUE, UNKNOWN, FALSE]


@pytest.mark.parametrize(("a", "b"), list(product(range(3), repeat=2)))
def test_all_and_any_follow_the_strong_tables(a, b):
    facts = {"child": FOUND[a], "threat": FOUND[b]}
    assert truth(compiled({"all": [A, B]}), facts) == ALL[a][b]
    assert truth(compiled({"any": [A, B]}), facts) == ANY[a][b]


@pytest.mark.parametrize("a", range(3))
def test_not_follows_the_strong_table(a):
    assert truth(compiled({"not": A}), {"child": FOUND[a]}) == NOT[a]


def test_a_fact_left_out_is_unknown():
    assert truth(compiled(A), {}) == UNKNOWN
    assert truth(compiled(A), {"child": None}) == UNKNOWN


def test_a_number_stands_for_itself():
    assert truth(compiled({"fact": "age", "at_least": 18}), {"age": 18}) == TRUE
    assert explain(compiled({"fact": "age", "at_least": 18}), {"age": 18}).found == (18, 18)


def every_leaf(fact: FactType) -> list[Tree]:
    """Return every comparison that there can be with a fact that is no set."""
    written = [{"equals": value} for value in values(fact)]
    if fact.kind in ("level", "integer"):
        written += [{op: value} for op in ("at_least", "at_most") for value in values(fact)]
    if fact.kind != "bool":
        some = values(fact)[:4]
        chosen = product((False, True), repeat=len(some))
        several = [[v for v, is_in in zip(some, which, strict=True) if is_in] for which in chosen]
        written += [{"in": members} for members in several if members]
    return [compiled({"fact": fact.name, **operator}) for operator in written]


def holds(leaf: Compare, number: int) -> bool:
    """Tell plainly whether a comparison holds of one known value."""
    operand = leaf.written if isinstance(leaf.written, tuple) else (leaf.written,)
    codes = [leaf.fact.number(value) for value in operand]
    return {
        "equals": number == codes[0],
        "at_least": number >= codes[0],
        "at_most": number <= codes[0],
        "in": number in codes,
    }[leaf.operator]


@pytest.mark.parametrize("name", [n for n, fact in WORDS.items() if fact.kind != "set"])
def test_a_comparison_is_settled_exactly_when_all_values_within_the_interval_agree(name):
    low, high = WORDS[name].unknown
    for leaf in every_leaf(WORDS[name]):
        assert isinstance(leaf, Compare)
        for first, last in product(range(low, high + 1), repeat=2):
            if first <= last:
                outcomes = {holds(leaf, number) for number in range(first, last + 1)}
                expected = (
                    {True: TRUE, False: FALSE}[outcomes.pop()] if len(outcomes) == 1 else UNKNOWN
                )
                assert compare(leaf, (first, last)) == expected


@given(members=st.sets(st.sampled_from(WORDS["substances"].values), min_size=1))
def test_a_set_includes_what_is_in_it(members):
    fact = WORDS["substances"]
    leaf = compiled({"fact": fact.name, "includes_any": sorted(members)})
    for known in range(8):
        has = {value for number, value in enumerate(fact.values) if known >> number & 1}
        assert truth(leaf, {fact.name: (known, known)}) == (TRUE if has & members else FALSE)
        for value in fact.values:
            one = compiled({"fact": fact.name, "includes": value})
            assert truth(one, {fact.name: (known, known)}) == (TRUE if value in has else FALSE)
    assert truth(leaf, {}) == UNKNOWN


def test_in_nothing_is_false():
    leaf = Compare(WORDS["age"], "in", (), ())
    assert truth(leaf, {}) == FALSE
    assert truth(leaf, {"age": (12, 12)}) == FALSE


@given(plain=conditions(), facts=found_facts())
def test_an_explanation_gives_the_truth_of_every_part(plain, facts):
    tree = compiled(plain)
    for part in walk(explain(tree, facts)):
        assert part.truth == truth(part.tree, facts)
        if isinstance(part.tree, Compare):
            assert part.found == facts.get(part.tree.fact.name, part.tree.fact.unknown)
            assert part.parts == ()
        else:
            assert part.found is None
            assert [p.tree for p in part.parts] == list(part.tree.parts)


def walk(explained: Explained) -> list[Explained]:
    return [explained, *(inner for part in explained.parts for inner in walk(part))]


@given(data=st.data(), plain=conditions(), facts=found_facts())
def test_knowing_more_never_turns_what_was_settled(data, plain, facts):
    tree = compiled(plain)
    before, after = truth(tree, facts), truth(tree, data.draw(narrowed(facts)))
    assert before in (UNKNOWN, after)


@given(plain=conditions(), facts=found_facts())
def test_something_is_missing_exactly_when_the_truth_is_unknown(plain, facts):
    tree = compiled(plain)
    names = missing(tree, facts)
    assert bool(names) == (truth(tree, facts) == UNKNOWN)
    assert len(set(names)) == len(names)
    for name in names:
        low, high = facts.get(name, WORDS[name].unknown)
        assert low < high, f"{name} is known"


@given(data=st.data(), plain=conditions(), facts=found_facts())
def test_to_know_all_that_is_missing_settles_it(data, plain, facts):
    tree = compiled(plain)
    known = dict(facts)
    for name in missing(tree, facts):
        known[name] = (data.draw(st.integers(*known.get(name, WORDS[name].unknown))),) * 2
    assert truth(tree, known) != UNKNOWN


def test_missing_facts_are_named_once_in_the_order_they_are_asked():
    tree = compiled({"all": [B, A, {"any": [B, {"fact": "age", "at_least": 18}]}]})
    assert missing(tree, {}) == ("threat", "child", "age")
    assert missing(tree, {"age": (19, 19)}) == ("threat", "child")
    assert missing(tree, {"child": (0, 0)}) == ()


def test_trees_that_say_the_same_are_equal():
    assert compiled({"all": [A, B]}) == compiled({"all": [A, B]})
    assert compiled({"all": [A, B]}) != compiled({"any": [A, B]})
    assert isinstance(compiled({"not": A}), Group)
