"""One list: each criterion, the whole, what is missing, and what would decide."""

import datetime as dt

import pytest
from tests.criteria.made import DAY, checked, criterion, library, listed, true

from riskbehov.criteria import check_list, ready_list
from riskbehov.errors import DataError, UnknownIdError
from riskbehov.logic.vocabulary import vocabulary

ABC = tuple(map(criterion, "abc"))
MET, NOT, OPEN = "met", "not-met", "cannot-tell"
STATED = {MET: True, NOT: False, OPEN: None}


def verdicts(found):
    return {each.criterion.id: each.verdict for each in found.criteria}


def given(*states):
    """Return the facts a, b, c … so that each comes out as said."""
    return {name: STATED[state] for name, state in zip("abcdef", states, strict=False)}


def test_each_criterion_is_met_not_met_or_open():
    found = checked(listed("x", *ABC), **given(MET, NOT, OPEN))
    assert verdicts(found) == {"a": MET, "b": NOT, "c": OPEN}
    assert [each.missing for each in found.criteria] == [(), (), ("c",)]
    assert [each.criterion.id for each in found.lacking] == ["b"]


@pytest.mark.parametrize(
    ("overall", "states", "verdict"),
    [
        ("all", (MET, MET, MET), MET),
        ("all", (MET, MET, OPEN), OPEN),
        ("all", (OPEN, NOT, OPEN), NOT),
        ("any", (NOT, NOT, MET), MET),
        ("any", (OPEN, NOT, MET), MET),
        ("any", (NOT, NOT, OPEN), OPEN),
        ("any", (NOT, NOT, NOT), NOT),
    ],
)
def test_a_whole_of_all_or_of_any(overall, states, verdict):
    assert checked(listed("x", *ABC, overall=overall), **given(*states)).verdict == verdict


# At least three of five, with a and b among them.
COUNTED = listed(
    "x",
    *(criterion(name, mandatory=name in "ab") for name in "abcde"),
    overall="count",
    at_least=3,
)


@pytest.mark.parametrize(
    ("states", "verdict"),
    [
        ((MET, MET, MET, NOT, NOT), MET),
        ((MET, MET, NOT, NOT, NOT), NOT),
        ((MET, MET, NOT, NOT, OPEN), OPEN),
        ((MET, MET, MET, OPEN, OPEN), MET),
        ((NOT, MET, MET, MET, MET), NOT),
        ((OPEN, MET, MET, MET, MET), OPEN),
        ((OPEN, OPEN, NOT, NOT, NOT), NOT),
        ((OPEN, OPEN, OPEN, OPEN, OPEN), OPEN),
    ],
)
def test_a_count_must_have_enough_and_the_mandatory_ones_among_them(states, verdict):
    assert checked(COUNTED, **given(*states)).verdict == verdict


@pytest.mark.parametrize(
    ("states", "missing"),
    [
        ((OPEN, MET, MET, OPEN, OPEN), ("a",)),  # three once a is met, and none without it
        ((OPEN, MET, OPEN, NOT, NOT), ("a", "c")),
        ((MET, MET, OPEN, OPEN, NOT), ("c", "d")),
        ((OPEN, OPEN, OPEN, OPEN, OPEN), ("a", "b", "c", "d", "e")),
    ],
)
def test_of_a_count_only_what_can_make_a_difference_is_missing(states, missing):
    assert checked(COUNTED, **given(*states)).missing == missing


def test_a_count_may_ask_for_the_mandatory_ones_alone():
    of_all = (criterion(name, mandatory=name in "ab") for name in "abc")
    found = checked(listed("x", *of_all, overall="count", at_least=2), **given(MET, MET, OPEN))
    assert (found.verdict, found.missing) == (MET, ())


def test_without_a_whole_there_is_no_verdict_but_a_list_of_what_is_lacking_and_open():
    found = checked(listed("x", *ABC, overall="none"), **given(NOT, MET, OPEN))
    assert found.verdict is None
    assert [each.criterion.id for each in found.lacking] == ["a"]
    assert found.missing == found.settles == ("c",)
    assert found.deciding == ()


def test_what_settles_is_each_fact_that_can_decide_alone():
    found = checked(listed("x", *ABC), **given(MET, OPEN, OPEN))
    assert found.settles == found.deciding == ("b", "c")


def test_what_settles_is_all_that_is_missing_where_no_single_fact_can_decide():
    either = {"any": [{"all": [true("a"), true("b")]}, {"all": [true("c"), true("d")]}]}
    found = checked(listed("x", criterion("either", either)))
    assert found.deciding == ()
    assert found.settles == found.missing == ("a", "b", "c", "d")


@pytest.mark.parametrize("states", [(MET, MET, MET), (NOT, OPEN, OPEN)])
def test_a_settled_whole_asks_for_nothing(states):
    found = checked(listed("x", *ABC), **given(*states))
    assert found.settles == found.missing == found.deciding == ()


@pytest.mark.parametrize(
    ("states", "first"),
    [
        ((MET, MET, MET), None),
        ((MET, OPEN, MET), "b"),
        ((MET, NOT, OPEN), "b"),
        ((OPEN, NOT, NOT), "a"),
        ((MET, MET, NOT), "c"),
    ],
)
def test_of_gates_the_first_that_is_not_met_is_next(states, first):
    found = checked(listed("x", *ABC, ordered=True), **given(*states))
    assert (found.next and found.next.criterion.id) == first
    assert checked(listed("x", *ABC), **given(*states)).next is None


@pytest.mark.parametrize(
    ("day", "is_in_force"),
    [
        (dt.date(2019, 12, 31), False),
        (dt.date(2020, 1, 1), True),
        (dt.date(2025, 6, 30), True),
        (dt.date(2025, 7, 1), False),
    ],
)
def test_a_list_decides_only_while_it_is_in_force(day, is_in_force):
    valid = {"from": "2020-01-01", "to": "2025-06-30"}
    found = checked(listed("x", *ABC, ordered=True, valid=valid), day=day, **given(MET, MET, OPEN))
    assert (found.verdict == "not-in-force") != is_in_force
    if not is_in_force:
        assert set(verdicts(found).values()) == {"not-in-force"}
        assert (found.missing, found.settles, found.lacking, found.next) == ((), (), (), None)


# Lists that rest on others

INNER = listed("inner", *ABC, overall="count", at_least=2)
OUTER = listed("outer", criterion("d"), criterion("by-the-other", meets="inner"))


@pytest.mark.parametrize(
    ("states", "verdict"),
    [((MET, MET, OPEN), MET), ((NOT, OPEN, NOT), NOT), ((MET, OPEN, NOT), OPEN)],
)
def test_a_criterion_may_be_met_where_another_list_is(states, verdict):
    found = checked(OUTER, INNER, d=True, **given(*states))
    alone = checked(INNER, **given(*states))
    assert verdicts(found)["by-the-other"] == alone.verdict == found.verdict == verdict
    assert found.missing == alone.missing
    assert found.criteria[1].within == alone
    assert found.criteria[0].within is None


def test_a_list_that_rests_on_one_not_in_force_is_refused():
    ended = {**INNER, "valid": {"from": "2020-01-01", "to": "2021-12-31"}}
    with pytest.raises(DataError, match="'outer' rests on 'inner', which is not in force on 2026"):
        checked(OUTER, ended)


def test_a_list_that_is_not_in_force_itself_asks_nothing_of_the_others():
    ended = {"from": "2020-01-01", "to": "2021-12-31"}
    found = checked({**OUTER, "valid": ended}, {**INNER, "valid": ended})
    assert found.verdict == "not-in-force"


# What is refused


def faults(*lists):
    with pytest.raises(DataError, match="found") as caught:
        checked(*lists)
    return [str(fault) for fault in caught.value.faults]


def test_an_unknown_list_is_refused_with_the_likeliest():
    made = library(listed("avhopp", *ABC))
    with pytest.raises(UnknownIdError, match="no list of criteria has the id 'avhop' - did you"):
        check_list(made, "avhop", vocabulary(made.facts.values()), {}, DAY)


def test_every_fault_of_a_list_is_told_with_its_place():
    wrong = {"all": [true("b"), {"fact": "x", "equals": True}]}
    told = faults(listed("x", criterion("a", true("aa")), criterion("b", wrong), criterion("c")))
    assert len(told) == 2
    assert "criteria[0].when.fact: found 'aa', expected the name of a known fact" in told[0]
    assert "criteria[1].when.all[1].fact: found 'x'" in told[1]


def test_a_fault_of_the_list_within_is_told_of_that_list_once():
    broken = listed("inner", criterion("a", true("aa")))
    again = listed("outer", *(criterion(f"n{n}", meets="inner") for n in range(3)))
    [told] = faults(again, broken)
    assert told.startswith("assessments/criteria/inner/criteria.yaml: criteria[0].when.fact")


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ([], "criteria[1].meets: found 'inner', expected the id of a list of criteria"),
        ([listed("inner", *ABC, overall="none")], "expected a list with an overall verdict"),
        (
            [listed("inner", criterion("back", meets="outer"))],
            "inner/criteria.yaml: criteria[0].meets: found lists that go round, expected an end",
        ),
    ],
)
def test_a_list_that_cannot_be_rested_on_is_a_fault_of_the_data(inner, words):
    [told] = faults(OUTER, *inner)
    assert words in told


def test_a_list_that_rests_on_itself_is_refused():
    [told] = faults(listed("x", criterion("again", meets="x")))
    assert "found lists that go round, expected an end: x → x" in told


def test_two_criteria_may_rest_on_the_same_list():
    twice = listed("outer", *(criterion(f"n{n}", meets="inner") for n in range(2)))
    made = library(twice, INNER)
    ready = ready_list(made, "outer", vocabulary(made.facts.values()))
    assert ready.criteria[0].tree == ready.criteria[1].tree
