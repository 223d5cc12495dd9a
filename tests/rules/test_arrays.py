"""The rules over many rows with days of their own: each row by the version of its day."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbehov.library import Library
from riskbehov.logic.tree import Compare
from riskbehov.logic.vocabulary import FactType
from riskbehov.models.base import Validity
from riskbehov.rules import RuleBook, rule_book
from riskbehov.rules.arrays import VERDICTS, judge_many
from riskbehov.rules.book import ReadyRule

LIBRARY = Library.open()
BOOK = rule_book(LIBRARY, LIBRARY.assessment("adult"))
WANTS = FactType("wants", "bool", (), (0, 1))


def version(start, end, value):
    """Return one version of a rule that asks for something else than the next."""
    rule = BOOK.rules[0].rule.model_copy(
        update={"id": "made-up", "valid": Validity.model_validate({"from": start, "to": end})}
    )
    return ReadyRule("made-up", rule, Compare(WANTS, "equals", (value,), value))


VERSIONS = RuleBook(
    {"wants": WANTS},
    (
        version(dt.date(2022, 1, 1), dt.date(2023, 12, 31), 0),
        version(dt.date(2020, 1, 1), dt.date(2020, 12, 31), 1),
        version(dt.date(2024, 1, 1), None, 1),
    ),
)


@settings(max_examples=40)
@given(
    rows=st.lists(
        st.tuples(
            st.dates(dt.date(2019, 6, 1), dt.date(2025, 6, 1)),
            st.sampled_from([(0, 0), (0, 1), (1, 1)]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_each_row_is_judged_by_the_version_of_its_day(rows):
    days = np.array([day for day, _ in rows], "datetime64[D]")
    low, high = np.array([held for _, held in rows], np.uint8).T
    columns = {"wants": (low, high)}
    found = judge_many(VERSIONS, columns, len(rows), days)["made-up"]
    for row, (day, held) in enumerate(rows):
        [verdict] = VERSIONS.judge({"wants": held}, day, LIBRARY)
        assert VERDICTS[found[row]] == verdict.verdict
        assert found[row] == judge_many(VERSIONS, columns, len(rows), day)["made-up"][row]


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        ("2019-12-31", "not-in-force"),
        ("2020-01-01", "applies"),
        ("2020-12-31", "applies"),
        ("2021-01-01", "not-in-force"),
        ("2022-01-01", "does-not-apply"),
        ("2023-12-31", "does-not-apply"),
        ("2024-01-01", "applies"),
        ("NaT", "not-in-force"),
    ],
)
def test_the_first_and_the_last_day_of_a_version_are_its_own(day, verdict):
    columns = {"wants": (np.ones(1, np.uint8), np.ones(1, np.uint8))}
    found = judge_many(VERSIONS, columns, 1, np.array([day], "datetime64[D]"))
    assert VERDICTS[found["made-up"][0]] == verdict


def test_only_the_rules_that_are_wanted_are_judged():
    found = judge_many(BOOK, {}, 2, dt.date(2026, 1, 1), only=["alkohol-met"])
    assert list(found) == ["alkohol-met"]
    assert len(judge_many(BOOK, {}, 2, dt.date(2026, 1, 1))) == len(BOOK.versions)


def drawn(draw, least, most):
    low, high = np.sort(draw.integers(least, most + 1, (2, 50)), axis=0)
    return low, high


def test_the_type_of_the_numbers_changes_nothing():
    draw = np.random.default_rng(1)
    columns = {
        name: drawn(draw, *fact.unknown)
        for name, fact in BOOK.vocabulary.items()
        if fact.kind != "set"
    }
    small = {n: (low.astype(np.uint8), high.astype(np.uint8)) for n, (low, high) in columns.items()}
    wide = judge_many(BOOK, columns, 50, dt.date(2026, 1, 1))
    narrow = judge_many(BOOK, small, 50, dt.date(2026, 1, 1))
    assert {rule: v.tolist() for rule, v in wide.items()} == {
        rule: v.tolist() for rule, v in narrow.items()
    }
