"""Reliable change: the source's own example, both sides of the limit, and what must always hold."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from riskbehov.models.instrument import Reliability
from riskbehov.process.reliable import index, is_reliable, reliable_change_index


def known(sd=8.0, coefficient=0.80, limit=1.96):
    return Reliability.model_validate(
        {
            "kind": "internal-consistency",
            "coefficient": coefficient,
            "sd": sd,
            "reliable_from": limit,
            "population": {"sv": "a", "en": "b"},
            "sources": [{"source": "riskbehov", "locator": "x", "basis": "toolkit"}],
        },
        strict=False,
    )


def test_the_example_of_jacobson_and_truax():
    # Jacobson and Truax (1991), as told in the documentation of the R package ReliableTrendIndex
    # (README and rti): scores 32.5 and 47.5, sd 7.5, reliability .80, standard error of measurement
    # 3.35, of the difference 4.74, index 3.16.
    assert round(7.5 * sqrt(1 - 0.80), 2) == 3.35
    assert round(sqrt(2) * 7.5 * sqrt(1 - 0.80), 2) == 4.74
    assert reliable_change_index(47.5 - 32.5, sd=7.5, reliability=0.80) == pytest.approx(
        3.16, abs=0.005
    )


def test_the_index_worked_by_hand():
    # sd 10, reliability .50: error of measurement 10 * sqrt(.5) = 7.0711, of the difference 10.
    assert reliable_change_index(25, sd=10, reliability=0.50) == pytest.approx(2.5)


@pytest.mark.parametrize(
    ("difference", "reliable"),
    [
        # DUDIT's data: 8 * sqrt(2 * .2) = 5.0596; 1.96 times that is 9.917.
        (0, "no"),
        (9, "no"),
        (-9, "no"),
        (10, "yes"),
        (-10, "yes"),
    ],
)
def test_both_sides_of_the_limit(difference, reliable):
    assert is_reliable(difference, difference, known()) == reliable


def test_at_the_very_limit_a_change_is_not_reliable():
    # sd 10 and reliability .50: the error of the difference is 10, so the index of 20 is 2.
    at_limit = reliable_change_index(20, sd=10, reliability=0.50)
    assert is_reliable(20, 20, known(sd=10, coefficient=0.50, limit=at_limit)) == "no"
    assert is_reliable(20, 20, known(sd=10, coefficient=0.50, limit=1.99)) == "yes"


@pytest.mark.parametrize(
    ("low", "high", "reliable"),
    [
        (10, 14, "yes"),
        (-14, -10, "yes"),
        (-9, 9, "no"),
        (9, 10, "cannot-tell"),
        (-10, -9, "cannot-tell"),
        (-20, 20, "cannot-tell"),  # reliable either way or not at all
    ],
)
def test_an_interval_is_reliable_only_if_all_of_it_is(low, high, reliable):
    assert is_reliable(low, high, known()) == reliable


def test_without_a_reliability_or_its_spread_only_the_difference_is_known():
    without = known().model_copy(update={"sd": None, "reliable_from": None})
    for missing in (None, without):
        assert is_reliable(-30, -30, missing) == "not-known"
        assert index(-30, -30, missing) is None


def test_a_spread_without_a_limit_is_refused():
    with pytest.raises(ValidationError, match="one of sd and reliable_from"):
        known(limit=None)


@given(
    st.integers(-44, 44),
    st.floats(0.5, 20),
    st.floats(0.05, 0.95),
)
def test_turning_the_difference_round_turns_the_index_round(difference, sd, reliability):
    once = reliable_change_index(difference, sd=sd, reliability=reliability)
    assert reliable_change_index(-difference, sd=sd, reliability=reliability) == -once


@given(st.integers(-44, 44), st.integers(0, 44), st.floats(0.5, 20), st.floats(0.05, 0.95))
def test_an_interval_settles_only_what_holds_for_every_difference_in_it(
    low, width, sd, coefficient
):
    reliability = known(sd=sd, coefficient=coefficient)
    told = is_reliable(low, low + width, reliability)
    singly = {is_reliable(d, d, reliability) for d in range(low, low + width + 1)}
    if told == "cannot-tell":
        assert singly == {"yes", "no"}
    else:
        assert singly == {told}
