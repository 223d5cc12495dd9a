"""How columns look coded: told where only one reading is possible, asked where there are more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.library import Library
from riskbehov.tables.mapping.codings import Asked, Coding, age_coding, codings, sex_coding

AUDIT = Library.open().scored("audit")
FIVE, THREE = AUDIT.codes["occurrence"], AUDIT.codes["ever"]
LEGAL = {FIVE: (0, 1, 2, 3, 4), THREE: (0, 2, 4)}


def of(counts, anchors=FIVE, *, labels=None, others=()) -> Coding:
    """Return how a column looks coded; ``others`` are columns with the same codes."""
    asked = [Asked(as_counts(each), anchors, labels or {}) for each in (counts, *others)]
    return codings(asked)[0]


def as_counts(counts):
    if not isinstance(counts, dict):
        counts = dict.fromkeys(counts, 10)
    return {str(value): rows for value, rows in counts.items()}


def told(coding: Coding) -> str:
    return " ".join(map(str, coding.remarks))


def values(coding: Coding):
    return dict(coding.values)


PLUS_ONE = {"1": 0, "2": 1, "3": 2, "4": 3, "5": 4}
AS_IS = {"0": 0, "1": 1, "2": 2, "3": 3, "4": 4}


@pytest.mark.parametrize("held", [[0, 1, 2, 3, 4], [0], [0, 4], [0, 3]])
def test_where_zero_stands_the_codes_are_themselves(held):
    found = of(held)
    assert (found.kind, values(found), found.odd) == ("codes", AS_IS, ())


@pytest.mark.parametrize("held", [[1, 2, 3, 4, 5], [5], [1, 5]])
def test_one_to_five_are_read_so_only_where_five_stands_and_zero_never_does(held):
    found = of(held)
    assert (found.kind, values(found)) == ("plus-one", PLUS_ONE)
    assert "1 to 5 were taken for 0 to 4, since 0 never stands there and 5 does" in told(found)


@pytest.mark.parametrize("held", [[1, 2, 3, 4], [1], [2, 3]])
def test_where_neither_zero_nor_five_stands_nothing_is_taken(held):
    found = of(held)
    assert (found.kind, values(found)) == ("unclear", {})
    assert found.readings == (AS_IS, PLUS_ONE)
    assert set(found.odd) == set(map(str, held))
    assert "can be read in several ways" in told(found)


def test_where_both_zero_and_five_stand_nothing_is_taken():
    found = of([0, 1, 2, 3, 4, 5])
    assert (found.kind, values(found)) == ("unclear", {})
    assert found.readings == (AS_IS, PLUS_ONE)


def test_a_few_strays_among_codes_are_asked_about():
    found = of({0: 900, 1: 50, 4: 45, 5: 5})
    assert (found.kind, values(found), found.odd) == ("codes", AS_IS, ("5",))
    assert of({0: 900, 1: 50, 4: 35, 5: 15}).kind == "unclear"


def test_the_other_columns_of_the_table_tell_what_one_alone_does_not():
    by_zero = of([1, 2], others=[[0, 3], [4]])
    assert (by_zero.kind, values(by_zero)) == ("codes", AS_IS)
    assert "the other columns" in told(by_zero)
    by_five = of([1, 2], others=[[1, 5]])
    assert (by_five.kind, values(by_five)) == ("plus-one", PLUS_ONE)
    assert "1 to 5 were taken for 0 to 4, as in the other columns" in told(by_five)
    assert of([1, 2], others=[[3], [4]]).kind == "unclear"


def test_columns_that_contradict_each_other_are_asked_about():
    assert of([1, 5], others=[[0, 1]]).kind == "unclear"
    assert of([1, 2], others=[[0, 1], [1, 5]]).kind == "unclear"
    assert of([0, 1], others=[[1, 5]]).kind == "codes"


def test_columns_of_items_with_other_codes_tell_nothing():
    asked = [Asked(as_counts([0, 2]), THREE), Asked(as_counts([0, 4]), FIVE)]
    assert [found.kind for found in codings(asked)] == ["unclear", "codes"]


@pytest.mark.parametrize(
    ("held", "kind", "means"),
    [
        ([0, 2, 4], "codes", {"0": 0, "2": 2, "4": 4}),
        ([0, 4], "codes", {"0": 0, "2": 2, "4": 4}),
        ([1, 3, 5], "plus-one", {"1": 0, "3": 2, "5": 4}),
        ([1, 5], "plus-one", {"1": 0, "3": 2, "5": 4}),
        ([0, 2], "unclear", {}),
        ([0, 1, 2], "unclear", {}),
        ([1, 2, 3], "unclear", {}),
        ([1, 3], "unclear", {}),
        ([0], "unclear", {}),
    ],
)
def test_items_with_gaps_between_their_codes(held, kind, means):
    found = of(held, THREE)
    assert (found.kind, values(found)) == (kind, means)


def test_a_column_of_zero_to_two_shows_both_readings():
    found = of([0, 1, 2], THREE)
    assert found.readings == ({"0": 0, "2": 2, "4": 4}, {"0": 0, "1": 2, "2": 4})


def test_missing_codes_are_suggested_and_tell_nothing_of_the_coding():
    found = of([0, 1, 99, -1, 777, ".", "Vet ej", "", 9])
    assert (found.kind, found.odd) == ("codes", ())
    assert set(found.missing) == {"99", "-1", "777", ".", "Vet ej", "", "9"}


def test_what_means_nothing_is_told():
    found = of([0, 1, 6, 2.5, "ibland"])
    assert found.odd == ("6", "2.5", "ibland")


def test_words_mean_what_the_labels_say():
    found = of(["Aldrig", "weekly", "4. I stort sett dagligen", "Vet ej", "ibland"])
    assert found.kind == "text"
    assert values(found) == {"Aldrig": 0, "weekly": 3, "4. I stort sett dagligen": 4}
    assert (found.missing, found.odd) == (("Vet ej",), ("ibland",))


def test_numbers_before_words_that_are_no_codes_are_told():
    found = of(["1 - aldrig", "4 - varje vecka"])
    assert values(found) == {"1 - aldrig": 0, "4 - varje vecka": 3}
    assert "not the number before them" in told(found)
    assert not of(["0 - aldrig"]).remarks


def test_dates_among_answers_are_told_of_a_spreadsheet():
    found = of(["1-2", "2026-03-04"], AUDIT.codes["glasses"])
    assert values(found) == {"1-2": 0}
    assert "a spreadsheet may have made them of answers" in told(found)


def test_value_labels_go_before_the_numbers_also_where_they_are_reversed():
    named = {"1": "dagligen, i stort sett", "2": "varje vecka", "3": "varje månad",
             "4": "mer sällan än varje månad", "5": "aldrig", "9": "Uppgift saknas"}  # fmt: skip
    found = of([1, 2, 5, 9], labels=named)
    assert found.kind == "labels"
    assert values(found) == {"5": 0, "4": 1, "3": 2, "2": 3, "1": 4}
    assert found.missing == ("9",)


def test_labels_at_the_ends_tell_what_the_numbers_between_mean():
    ends = {"1": "aldrig", "5": "i stort sett dagligen"}
    found = of([1, 2, 3, 5], labels=ends)
    assert values(found) == PLUS_ONE
    backwards = of([1, 2, 3, 5], labels={"5": "aldrig", "1": "i stort sett dagligen"})
    assert (backwards.kind, values(backwards)) == ("unclear", {})


def test_a_reversed_coding_is_never_assumed():
    found = of({4: 900, 3: 50, 0: 10})
    assert values(found) == AS_IS


@given(st.sets(st.integers(-2, 7)), st.sampled_from([FIVE, THREE]))
def test_a_reading_is_taken_only_if_no_other_fits_as_well(held, anchors):
    found = of(sorted(held), anchors)
    legal = LEGAL[anchors]
    answers = {number for number in held if 0 <= number <= 5}
    if found.kind == "codes":
        assert 0 in answers or (anchors is THREE and 4 in answers)
        assert not answers - {*legal}
    elif found.kind == "plus-one":
        assert 0 not in answers
        assert 5 in answers
    assert set(found.values).isdisjoint({*found.missing, *found.odd})
    assert set(map(str, held)) <= {*found.values, *found.missing, *found.odd}


# Sex and age


def test_four_spellings_of_a_sex_are_told():
    found = sex_coding(as_counts(["M", "Man", "male", "K", "Kvinna", ".", "okänt"]), {})
    assert values(found) == {
        "M": "male", "Man": "male", "male": "male", "K": "female", "Kvinna": "female",
        "okänt": "unknown",
    }  # fmt: skip
    assert found.missing == (".",)


@pytest.mark.parametrize("held", [[1, 2], [0, 1]])
def test_numbers_for_a_sex_are_asked_about(held):
    found = sex_coding(as_counts(held), {})
    assert (found.kind, values(found)) == ("unclear", {})
    first, second = map(str, held)
    assert found.readings[0] == {first: "male", second: "female"}
    assert found.readings[1] == {first: "female", second: "male"}


def test_labels_tell_what_the_numbers_for_a_sex_mean():
    found = sex_coding(as_counts([1, 2, 9]), {"1": "Kvinna", "2": "Man", "9": "Uppgift saknas"})
    assert values(found) == {"1": "female", "2": "male", "9": "unknown"}


def test_ages_are_whole_years():
    found = age_coding(as_counts([34, "35", 0, 120, 999, -1, "34 år", 34.5, 130]))
    assert (found.kind, found.missing) == ("codes", ("999", "-1"))
    assert found.odd == ("34 år", "34.5", "130")
    assert "99 may be ages" in told(age_coding(as_counts([30, 99])))
    assert "years of birth" in told(age_coding(as_counts([1990, 1985])))
    assert age_coding({}).kind == "none"
