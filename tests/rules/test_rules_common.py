"""What must hold for every rule of every assessment."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbehov.library import Library
from riskbehov.rules import rule_book
from riskbehov.rules.arrays import VERDICTS, judge_many

LIBRARY = Library.open()
DAY = dt.date(2026, 6, 1)
SETTLED = ("applies", "does-not-apply")


def interval_of(fact):
    """Draw what may be known of a fact: nothing, a range, or the value itself."""
    low, high = fact.unknown
    if fact.kind == "set":
        return st.one_of(st.just(fact.unknown), st.integers(low, high).map(lambda v: (v, v)))
    return st.tuples(st.integers(low, high), st.integers(low, high)).map(sorted).map(tuple)


def facts_of(book):
    return st.fixed_dictionaries(
        {}, optional={n: interval_of(f) for n, f in book.vocabulary.items()}
    )


def narrowed(interval, data):
    """Draw an interval within ``interval``: something more has become known."""
    low, high = interval
    first = data.draw(st.integers(low, high))
    return (first, data.draw(st.integers(first, high)))


@pytest.mark.parametrize("id_", LIBRARY.assessment_ids)
@settings(max_examples=60)
@given(data=st.data())
def test_a_new_fact_never_turns_a_settled_verdict_round(id_, data):
    book = rule_book(LIBRARY, LIBRARY.assessment(id_))
    facts = data.draw(facts_of(book))
    before = {v.rule.id: v for v in book.judge(facts, DAY, LIBRARY)}
    name = data.draw(st.sampled_from(sorted(book.vocabulary)))
    fact = book.vocabulary[name]
    held = facts.get(name, fact.unknown)
    if fact.kind == "set":
        value = held if held[0] == held[1] else (data.draw(st.integers(*held)),) * 2
    else:
        value = narrowed(held, data)
    after = {v.rule.id: v for v in book.judge({**facts, name: value}, DAY, LIBRARY)}
    for rule, verdict in before.items():
        if verdict.verdict in SETTLED:
            assert after[rule].verdict == verdict.verdict, (rule, name)


@pytest.mark.parametrize("id_", LIBRARY.assessment_ids)
@settings(max_examples=25)
@given(data=st.data())
def test_many_at_once_equals_one_by_one(id_, data):
    book = rule_book(LIBRARY, LIBRARY.assessment(id_))
    rows = data.draw(st.lists(facts_of(book), min_size=1, max_size=6))

    def column(name, end):
        unknown = book.vocabulary[name].unknown
        return np.array([row.get(name, unknown)[end] for row in rows], np.int64)

    columns = {name: (column(name, 0), column(name, 1)) for name in book.vocabulary}
    many = judge_many(book, columns, len(rows), DAY)
    for number, row in enumerate(rows):
        one = {v.rule.id: v.verdict for v in book.judge(row, DAY, LIBRARY)}
        assert {rule: VERDICTS[found[number]] for rule, found in many.items()} == one


@pytest.mark.parametrize("id_", LIBRARY.assessment_ids)
@settings(max_examples=40)
@given(data=st.data())
def test_cannot_tell_names_unknown_facts_and_knowing_them_all_settles(id_, data):
    book = rule_book(LIBRARY, LIBRARY.assessment(id_))
    facts = data.draw(facts_of(book))
    for verdict in book.judge(facts, DAY, LIBRARY):
        if verdict.verdict != "cannot-tell":
            assert verdict.missing == ()
            continue
        assert verdict.missing
        known = dict(facts)
        for name in verdict.missing:
            low, high = facts.get(name, book.vocabulary[name].unknown)
            assert low != high
            value = data.draw(st.integers(low, high))
            known[name] = (value, value)
        again = next(v for v in book.judge(known, DAY, LIBRARY) if v.rule.id == verdict.rule.id)
        assert again.verdict in SETTLED


def test_before_a_rule_was_written_it_is_not_in_force():
    book = rule_book(LIBRARY, LIBRARY.assessment("adult"))
    early = {v.verdict for v in book.judge({}, dt.date(1990, 1, 1), LIBRARY)}
    assert early == {"not-in-force"}
