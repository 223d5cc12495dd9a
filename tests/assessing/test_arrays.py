"""The parts of an assessment over many rows that are held against those for one case."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbehov.assessing.arrays import spans, with_inferred
from riskbehov.assessing.checks.recorded import ages_on
from riskbehov.assessing.recordedarrays import ages_on_many
from riskbehov.library import Library
from riskbehov.logic.vocabulary import FactType
from riskbehov.scoring import score
from riskbehov.scoring.arrays import MISSING

LIBRARY = Library.open()
days = st.dates(dt.date(1995, 1, 1), dt.date(2026, 12, 31))


@given(rows=st.lists(st.tuples(days, days, st.integers(0, 100)), min_size=1, max_size=20))
def test_the_age_on_an_earlier_day_is_told_as_for_one_case(rows):
    rows = [(min(a, b), max(a, b), age) for a, b, age in rows]
    on, later, age = zip(*rows, strict=True)
    low, high = ages_on_many(
        np.array(on, "datetime64[D]"),
        np.array(age, np.uint8),
        np.array(later, "datetime64[D]"),
    )
    expected = [ages_on(first, years, last) for first, last, years in rows]
    assert list(zip(low.tolist(), high.tolist(), strict=True)) == expected


@pytest.mark.parametrize("form", [None, "paper", "screen"])
@settings(max_examples=40)
@given(data=st.data())
def test_skips_are_taken_as_for_one_form(form, data):
    audit = LIBRARY.scored("audit")
    answer = [st.sampled_from([None, None, 0, *audit.legal(item)]) for item in audit.items]
    rows = data.draw(st.lists(st.tuples(*answer).filter(any_answer), min_size=1, max_size=8))
    codes = np.array([[MISSING if c is None else c for c in row] for row in rows], np.uint8).T
    used = with_inferred(audit, codes, form)
    for row, answers in enumerate(rows):
        expected = score(audit, answers, form=form).used
        assert tuple(None if c == MISSING else int(c) for c in used[:, row]) == expected


def any_answer(row):
    return any(code is not None for code in row)


def test_a_fact_of_great_numbers_keeps_them():
    fact = FactType("income", "integer", (), (-5, 1_000_000))
    low, high = spans(np.array([70_000, 0]), np.array([True, False]), fact)
    assert (low.tolist(), high.tolist()) == ([70_000, -5], [70_000, 1_000_000])
