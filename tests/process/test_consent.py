"""On which days, with whom and about what a consent lets information be exchanged.

The days are worked by hand from docs/metod.md, Samtycke och uppgifter från andra, on a calendar:
a consent holds from the day it is given to its last day, and not from the day it is withdrawn.
What a consent must say is from Arbeta med avhoppare, s. 18 (what, to whom, in writing or noted).
"""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from riskbehov.models.case import Consent
from riskbehov.process.consent import (
    covers,
    covers_within,
    is_replaced,
    lacks,
    state,
    valid_on,
)

GIVEN = dt.date(2026, 3, 2)
UNTIL = dt.date(2026, 9, 30)
DAY = dt.timedelta(days=1)


def consent(**said) -> Consent:
    return Consent.model_validate(
        {
            "id": "s1",
            "to": ["police", "prison-probation"],
            "about": ["threat", "assessments"],
            "situations": "När hotbilden bedöms.",
            "form": "written",
            "given": GIVEN,
            **said,
        },
        strict=False,
    )


LIMITED = {"until": UNTIL}
WITHDRAWN = {"until": UNTIL, "withdrawn": dt.date(2026, 6, 15)}

GOLDEN = [
    ("the day before it is given", {}, "2026-03-01", "not-yet"),
    ("the day it is given", {}, "2026-03-02", "valid"),
    ("ten years on, without a last day", {}, "2036-03-02", "valid"),
    ("the day before it is given, with a last day", LIMITED, "2026-03-01", "not-yet"),
    ("the day before its last day", LIMITED, "2026-09-29", "valid"),
    ("its last day", LIMITED, "2026-09-30", "valid"),
    ("the day after its last day", LIMITED, "2026-10-01", "ended"),
    ("the day before it is withdrawn", WITHDRAWN, "2026-06-14", "valid"),
    ("the day it is withdrawn", WITHDRAWN, "2026-06-15", "withdrawn"),
    ("after it is withdrawn, within its time", WITHDRAWN, "2026-09-30", "withdrawn"),
    ("withdrawn, and past what was its last day", WITHDRAWN, "2026-10-01", "withdrawn"),
    ("withdrawn on its last day", LIMITED | {"withdrawn": UNTIL}, "2026-09-30", "withdrawn"),
    ("the day before that", LIMITED | {"withdrawn": UNTIL}, "2026-09-29", "valid"),
    ("ended before it was withdrawn", LIMITED | {"withdrawn": UNTIL + DAY}, "2026-10-01", "ended"),
    ("and its last day all the same", LIMITED | {"withdrawn": UNTIL + DAY}, "2026-09-30", "valid"),
    ("withdrawn the day it was given", {"withdrawn": GIVEN}, "2026-03-02", "withdrawn"),
    ("given for one day: that day", {"until": GIVEN}, "2026-03-02", "valid"),
    ("given for one day: the day after", {"until": GIVEN}, "2026-03-03", "ended"),
    ("a last day at the end of February", {"until": "2029-02-28"}, "2029-02-28", "valid"),
    ("and the day after", {"until": "2029-02-28"}, "2029-03-01", "ended"),
]


@pytest.mark.parametrize(
    ("said", "day", "expected"), [row[1:] for row in GOLDEN], ids=[row[0] for row in GOLDEN]
)
def test_a_consent_stands_so_on_a_day(said, day, expected):
    found = consent(**said)
    on = dt.date.fromisoformat(day)
    assert state(found, on) == expected
    assert covers(found, on, "police", "threat") is (expected == "valid")
    assert valid_on([found], on) == ((found,) if expected == "valid" else ())


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-01", "given 2026-03-02, expected one that covers 2026-03-01"),
        ("2026-06-15", "withdrawn 2026-06-15, expected one that covers 2026-06-15"),
        ("2026-06-15", "what was exchanged before stays, but nothing more may be fetched"),
    ],
)
def test_the_reason_names_the_days(day, words):
    [reason] = lacks(consent(**WITHDRAWN), dt.date.fromisoformat(day), "police", "threat")
    assert words in str(reason)


def test_a_consent_that_has_ended_says_until_when_it_held():
    [reason] = lacks(consent(**LIMITED), UNTIL + DAY, "police")
    assert "held until 2026-09-30, expected one that covers 2026-10-01" in str(reason)


@pytest.mark.parametrize(
    ("party", "matters", "words"),
    [
        ("school", ["threat"], ["with police, prison-probation, expected one that names school"]),
        ("police", ["crime"], ["about threat, assessments, expected one that names crime"]),
        ("police", ["threat", "health", "crime"], ["names health", "names crime"]),
        ("school", ["health"], ["names school", "names health"]),
    ],
)
def test_every_party_and_matter_that_is_not_named_is_told(party, matters, words):
    reasons = [str(reason) for reason in lacks(consent(), GIVEN, party, *matters)]
    assert len(reasons) == len(words)
    assert all(each in reason for each, reason in zip(words, reasons, strict=True))
    assert not covers(consent(), GIVEN, party, *matters)


def test_without_a_matter_the_party_and_the_day_are_enough():
    assert covers(consent(), GIVEN, "prison-probation")
    assert not covers(consent(), GIVEN, "sis")


def test_every_reason_is_told_at_once():
    assert len(list(lacks(consent(), GIVEN - DAY, "school", "health"))) == 3


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], False),
        ([{}], True),
        ([{"to": ["police"]}], False),
        ([{"to": ["police"]}, {"to": ["prison-probation"]}], True),
        ([{"to": ["police"], "about": ["threat"]}, {"about": ["assessments"]}], False),
        ([{"until": "2026-09-30"}], False),
        ([{"given": "2026-10-02"}], False),
    ],
)
def test_an_ended_consent_is_replaced_only_by_what_lets_all_the_same_be_exchanged(others, expected):
    old = consent(until="2026-09-30")
    new = [consent(id=f"n{n}", **said) for n, said in enumerate(others)]
    assert is_replaced(old, [old, *new], dt.date(2026, 10, 1)) is expected


DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@given(days=st.tuples(DAYS, DAYS, DAYS).map(sorted), day=DAYS)
def test_what_is_covered_stays_covered_when_the_end_is_moved_later(days, day):
    given_, until, later = days
    short, long = consent(given=given_, until=until), consent(given=given_, until=later)
    endless = consent(given=given_)
    if covers(short, day, "police", "threat"):
        assert covers(long, day, "police", "threat")
        assert covers(endless, day, "police", "threat")


@given(given_=DAYS, withdrawn=DAYS, day=DAYS)
def test_withdrawing_changes_nothing_before_that_day(given_, withdrawn, day):
    assume(given_ <= withdrawn)
    before, after = consent(given=given_), consent(given=given_, withdrawn=withdrawn)
    assert (state(before, day) == state(after, day)) is (day < withdrawn)


@given(given_=DAYS, until=st.none() | DAYS, withdrawn=st.none() | DAYS)
def test_a_consent_holds_on_days_that_follow_one_another(given_, until, withdrawn):
    assume(until is None or given_ <= until)
    assume(withdrawn is None or given_ <= withdrawn)
    found = consent(given=given_, until=until, withdrawn=withdrawn)
    held = [state(found, dt.date(2026, 1, 1) + n * DAY) == "valid" for n in range(366)]
    assert sum(a != b for a, b in pairwise(held)) <= 2


@given(
    st.integers(0, 20),
    st.none() | st.integers(0, 20),
    st.none() | st.integers(0, 20),
    st.integers(0, 20),
    st.integers(0, 20),
)
def test_a_time_is_covered_where_one_of_its_days_is(given_, until, withdrawn, start, length):
    assume(until is None or until >= given_)
    assume(withdrawn is None or withdrawn >= given_)
    ends = {"until": until, "withdrawn": withdrawn}
    found = consent(
        given=GIVEN + given_ * DAY,
        **{name: GIVEN + n * DAY for name, n in ends.items() if n is not None},
    )
    first, last = GIVEN + start * DAY, GIVEN + (start + length) * DAY
    days = [first + n * DAY for n in range(length + 1)]
    by_day = any(covers(found, day, "police", "threat") for day in days)
    assert covers_within(found, first, last, "police", "threat") is by_day


def test_a_time_is_covered_only_for_the_party_and_the_matter():
    assert covers_within(consent(), GIVEN, GIVEN, "police", "threat")
    assert not covers_within(consent(), GIVEN, GIVEN, "school", "threat")
    assert not covers_within(consent(), GIVEN, GIVEN, "police", "plan")
