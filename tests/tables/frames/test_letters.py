"""Names and answers are the same in whatever spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.tables.frames.letters import plain, words_of


@pytest.mark.parametrize(
    "name", ["AUDIT_Fråga-3", "auditFraga 3", "audit.fråga.3", " Audit Fråga3"]
)
def test_a_name_is_the_same_however_its_parts_are_joined(name):
    assert words_of(name).replace(" ", "") == "auditfraga3"


@given(st.text())
def test_what_is_plain_stays_as_it_is(text):
    assert plain(plain(text)) == plain(text)
