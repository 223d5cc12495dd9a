"""Two files as one follow-up: the right person, the right order, the right days."""

import datetime as dt

import pytest
from tests.process.agreed import DAY, case

from riskbehov.assessing import follow
from riskbehov.errors import CaseError

LATER = dt.date(2026, 10, 20)
FILLED = {"answers": dict.fromkeys([str(n) for n in range(1, 12)], 0)}


def real(key, **given):
    return case(case=key, fictional=False, **given)


def test_two_assessments_are_set_beside_each_other(library):
    found = follow(case(), case(day=LATER), library)
    assert found.days == 127
    assert (found.first.as_of, found.second.as_of) == (DAY, LATER)


@pytest.mark.parametrize("days", [0, -1])
def test_a_second_that_is_not_later_is_refused(library, days):
    second = case(day=DAY + dt.timedelta(days=days))
    with pytest.raises(CaseError, match=r"^date: found 2026-06-1\d, expected a day after"):
        follow(case(), second, library)


def test_two_fictional_cases_are_told_by_their_keys(library):
    with pytest.raises(CaseError, match=r"^case: found the case key 'annan', expected 'fiktiv'"):
        follow(case(), case(day=LATER, case="annan"), library)


def test_the_keys_of_real_cases_are_not_repeated(library):
    first, second = "RB-7K3M-9QXT-2FHD", "RB-2FHD-9QXT-7K3M"
    for one, two in (
        (real(first), real(second, day=LATER)),
        (case(), real(second, day=LATER)),
        (real(first), case(day=LATER)),
    ):
        with pytest.raises(CaseError, match=r"^case: found another case key than") as told:
            follow(one, two, library)
        assert "RB-" not in str(told.value)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_made_up_person_is_nobody_real_under_the_same_key(library, is_first):
    key = "RB-7K3M-9QXT-2FHD"
    first, second = case(case=key, fictional=is_first), real(key, day=LATER)
    second = second.model_copy(update={"fictional": not is_first})
    with pytest.raises(CaseError, match=r"^fictional: found (true|false), expected") as told:
        follow(first, second, library)
    assert key not in str(told.value)


@pytest.mark.parametrize(
    ("first", "second", "is_possible"),
    [
        ("male", "female", False),
        ("female", "other", False),
        ("male", "male", True),
        ("unknown", "female", True),
        ("male", "unknown", True),
    ],
)
def test_the_sex_is_the_same_or_not_known(library, first, second, is_possible):
    was = case(person={"age": 30, "sex": first})
    now = case(day=LATER, person={"age": 30, "sex": second})
    if is_possible:
        assert follow(was, now, library).second.case.person.sex == second
    else:
        with pytest.raises(CaseError, match=rf"^person\.sex: found {second}, expected {first} as"):
            follow(was, now, library)


@pytest.mark.parametrize(
    ("day", "age", "is_possible"),
    [
        (LATER, 29, False),
        (LATER, 30, True),
        (LATER, 31, True),
        (LATER, 32, False),
        (dt.date(2026, 6, 14), 30, True),
        (dt.date(2026, 6, 15), 30, False),  # a whole year has passed
        (dt.date(2026, 6, 15), 31, True),
        (dt.date(2026, 6, 15), 32, True),
        (dt.date(2026, 6, 15), 33, False),
    ],
)
def test_the_age_must_be_possible(library, day, age, is_possible):
    first = case(day=DAY if day == LATER else dt.date(2025, 6, 15))
    second = case(day=day, person={"age": age, "sex": "male"})
    if is_possible:
        assert follow(first, second, library).second.case.person.age == age
    else:
        with pytest.raises(CaseError, match=rf"^person\.age: found the age {age}, expected"):
            follow(first, second, library)


def test_a_wrong_person_in_the_wrong_order_is_told_of_both(library):
    with pytest.raises(CaseError, match="case key") as told:
        follow(case(), case(day=DAY, case="annan"), library)
    assert [fault.where for fault in told.value.faults] == ["case", "date"]


def test_faults_of_either_file_are_told(library):
    with pytest.raises(CaseError, match="needd"):
        follow(case(facts={"needd": True}), case(day=LATER), library)
    with pytest.raises(CaseError, match="needd"):
        follow(case(), case(day=LATER, facts={"needd": True}), library)
    with pytest.raises(CaseError, match="needd") as told:
        follow(case(facts={"needd": True}), case(day=LATER, facts={"needdd": True}), library)
    assert [fault.where for fault in told.value.faults] == ["facts.needd", "facts.needdd"]


@pytest.mark.parametrize(
    ("first", "second", "is_soon"),
    [
        (dt.date(2025, 10, 1), dt.date(2026, 9, 30), True),
        (dt.date(2025, 10, 1), dt.date(2026, 10, 1), False),
    ],
)
def test_a_form_given_again_within_a_year_covers_the_same_months(library, first, second, is_soon):
    found = follow(
        case(instruments={"dudit": {**FILLED, "date": first}}),
        case(day=LATER, instruments={"dudit": {**FILLED, "date": second}}),
        library,
    )
    assert [i.id for i, _ in found.repeats] == (["dudit"] if is_soon else [])


def test_without_a_day_of_its_own_a_form_is_of_the_day_of_the_case(library):
    again = {"dudit": FILLED}
    found = follow(case(instruments=again), case(day=LATER, instruments=again), library)
    assert [i.id for i, _ in found.repeats] == ["dudit"]
