"""Versions of a rule: without gap, without overlap."""

import datetime as dt

from riskbehov.models.base import Validity
from riskbehov.rules.timeline import Crack, cracks

JUNE, JULY = dt.date(2025, 6, 30), dt.date(2025, 7, 1)


def valid(first, last=None):
    return Validity.model_validate({"from": first, "to": last})


def test_versions_that_follow_day_upon_day_have_no_crack():
    assert list(cracks([valid(JULY), valid(dt.date(2001, 1, 1), JUNE)])) == []


def test_a_missing_day_is_a_gap():
    found = list(cracks([valid(dt.date(2001, 1, 1), dt.date(2025, 6, 29)), valid(JULY)]))
    assert found == [Crack("gap", JUNE, JUNE)]


def test_a_version_that_is_not_ended_overlaps_the_next():
    found = list(cracks([valid(dt.date(2001, 1, 1)), valid(JULY)]))
    assert found == [Crack("overlap", JULY, dt.date.max)]
