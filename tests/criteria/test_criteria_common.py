"""What must hold for every list of criteria of the toolkit, whatever its data file says."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from riskbehov.criteria import CheckedList, check_list, ready_list
from riskbehov.library import Library
from riskbehov.logic.explain import missing, truth
from riskbehov.logic.tree import FALSE, TRUE, UNKNOWN, facts_in
from riskbehov.logic.values import compared, telling
from riskbehov.logic.vocabulary import FactType, Interval, vocabulary
from riskbehov.models.criteria import VERDICTS

LIBRARY = Library.open()
WORDS = vocabulary(LIBRARY.facts.values())
SETTLED = ("met", "not-met")
MOST_FILLS = 5_000

every_list = pytest.mark.parametrize("id_", LIBRARY.criteria_ids)
some_cases = settings(max_examples=40)


@cache
def ready(id_):
    return ready_list(LIBRARY, id_, WORDS)


@cache
def facts_of(id_) -> dict[str, FactType]:
    """Return the facts that a list asks for, those of the lists that it rests on too."""
    return {fact.name: fact for each in ready(id_).criteria for fact in facts_in(each.tree)}


def check(id_, facts: Mapping[str, Interval]) -> CheckedList:
    found = LIBRARY.criteria(id_)
    day = found.checked if found.checked in found.valid else found.valid.from_
    return check_list(LIBRARY, id_, WORDS, facts, day)


def verdicts(found: CheckedList) -> list[str | None]:
    return [*(each.verdict for each in found.criteria), found.verdict]


@st.composite
def known(draw: st.DrawFn, fact: FactType) -> Interval:
    """Draw what may be known of a fact: its value, or between what it lies."""
    low, high = fact.unknown
    first = draw(st.integers(low, high))
    return (first, first if fact.kind == "set" else draw(st.integers(first, high)))


def some_facts(id_):
    strategies = {name: known(fact) for name, fact in facts_of(id_).items()}
    return st.fixed_dictionaries({}, optional=strategies)


def more_known(data: st.DataObject, fact: FactType, held: Interval) -> Interval:
    low, high = held
    if low == high:
        return held
    first = data.draw(st.integers(low, high))
    return (first, first if fact.kind == "set" else data.draw(st.integers(first, high)))


@every_list
@some_cases
@given(data=st.data())
def test_a_new_fact_never_turns_a_settled_verdict_round(id_, data):
    facts = data.draw(some_facts(id_))
    before = verdicts(check(id_, facts))
    name, fact = data.draw(st.sampled_from(sorted(facts_of(id_).items(), key=lambda f: f[0])))
    held = more_known(data, fact, facts.get(name, fact.unknown))
    after = verdicts(check(id_, {**facts, name: held}))
    for earlier, later in zip(before, after, strict=True):
        assert earlier not in SETTLED or later == earlier


@every_list
@some_cases
@given(data=st.data())
def test_something_is_missing_exactly_where_it_cannot_be_told(id_, data):
    found = check(id_, data.draw(some_facts(id_)))
    for each in found.criteria:
        assert bool(each.missing) == (each.verdict == "cannot-tell")
    if found.verdict is None:
        assert set(found.missing) == {name for each in found.criteria for name in each.missing}
    else:
        assert bool(found.missing) == bool(found.settles) == (found.verdict == "cannot-tell")
    assert set(found.settles) <= set(found.missing)


@every_list
@some_cases
@given(data=st.data())
def test_to_know_all_that_is_missing_settles_the_whole(id_, data):
    facts = data.draw(some_facts(id_))
    for name in check(id_, facts).missing:
        fact = facts_of(id_)[name]
        value = data.draw(st.integers(*facts.get(name, fact.unknown)))
        facts[name] = (value, value)
    assert check(id_, facts).missing == ()


WITH_A_WHOLE = [id_ for id_ in LIBRARY.criteria_ids if LIBRARY.criteria(id_).overall != "none"]
every_whole = pytest.mark.parametrize("id_", WITH_A_WHOLE)


@every_whole
@some_cases
@given(data=st.data())
def test_what_is_said_to_decide_alone_does_so_with_some_value_and_nothing_else_does(id_, data):
    names = data.draw(st.sets(st.sampled_from(sorted(facts_of(id_))), max_size=3))
    facts = {name: data.draw(known(facts_of(id_)[name])) for name in sorted(names)}
    found = check(id_, facts)
    for name in found.missing:
        low, high = facts.get(name, facts_of(id_)[name].unknown)
        tried = (truth(ready(id_).tree, {**facts, name: (v, v)}) for v in range(low, high + 1))
        assert any(outcome != UNKNOWN for outcome in tried) == (name in found.deciding), name


def fills(id_, facts: Mapping[str, Interval]) -> Iterator[dict[str, Interval]]:
    """Yield every way in which what is not known can come out, as far as it makes a difference."""
    tree = ready(id_).tree
    assert tree is not None
    choices = {}
    for name, (fact, leaves) in compared(tree).items():
        low, high = facts.get(name, fact.unknown)
        is_free = fact.kind == "set" and (low, high) == fact.unknown
        choices[name] = telling(fact, leaves, None if is_free else range(low, high + 1))
    count = 1
    for values in choices.values():
        count *= len(values)
    assume(count <= MOST_FILLS)
    for way in product(*choices.values()):
        yield {name: (value, value) for name, value in zip(choices, way, strict=True)}


def asks_once(id_) -> bool:
    """Tell whether no fact is asked for twice, so that bounds are exact and not only sound."""
    asked = Counter(f.name for each in ready(id_).criteria for f in facts_in(each.tree))
    return max(asked.values()) == 1


@every_whole
@settings(max_examples=25)
@given(data=st.data())
def test_the_whole_is_what_every_way_of_filling_in_the_rest_agrees_on(id_, data):
    tree = ready(id_).tree
    assert tree is not None
    names = sorted(facts_of(id_))
    open_ = data.draw(st.sets(st.sampled_from(names), max_size=6))
    facts = {name: data.draw(known(facts_of(id_)[name])) for name in names if name not in open_}
    outcomes = {truth(tree, way) for way in fills(id_, facts)}
    assert outcomes <= {FALSE, TRUE}
    found = check(id_, facts).verdict
    if found != "cannot-tell":
        assert outcomes == {VERDICTS.index(found)} if found else set()
    elif asks_once(id_):
        assert outcomes == {FALSE, TRUE}


def test_there_are_lists_of_every_sort():
    found = [LIBRARY.criteria(id_) for id_ in LIBRARY.criteria_ids]
    assert {"all", "count", "none"} <= {each.overall for each in found}
    assert any(each.ordered for each in found)
    assert any(criterion.meets for each in found for criterion in each.criteria)
    assert {"person", "network", "workplace", "unit", "staff"} == {each.about for each in found}
    assert any(asks_once(id_) for id_ in WITH_A_WHOLE)


@every_list
def test_nothing_known_leaves_everything_open(id_):
    found = check(id_, {})
    assert set(verdicts(found)) <= {"cannot-tell", None}
    assert found.next is (found.criteria[0] if found.list.ordered else None)
    for each in ready(id_).criteria:
        assert truth(each.tree, {}) == UNKNOWN
        assert missing(each.tree, {})
