"""Screening forms in words that an utredare understands."""

import pytest
from tests.report.made import assessed, case, section, text_of

from riskbehov.report import assessment_blocks, score_blocks
from riskbehov.report.case.measures import is_disputed, outcome, reached
from riskbehov.scoring import score


def told(library, instrument, answers, **given):
    return text_of(outcome(score(library.scored(instrument), answers, **given)))


AUDIT = {str(n): 0 for n in range(1, 11)} | {"1": 3, "2": 2, "3": 2, "4": 2, "7": 1, "8": 1}


def test_a_complete_form_gives_points_of_the_highest_and_the_band_by_each_set(library):
    shown = told(library, "audit", AUDIT, sex="female", age=30)
    assert "Total score: 11 of 40." in shown
    assert "Zone II: medium level of problems" in shown
    assert "(the set used here)" in shown
    assert "WHO's zones, the same for all Zone II" in shown
    assert "Provisional" not in shown
    assert "Missing" not in shown


def test_a_missing_answer_is_not_counted_as_0_and_may_settle_the_outcome(library):
    shown = told(library, "audit", {**AUDIT, "10": None}, sex="female", age=30)
    assert "Total score: between 11 and 15 of 40, depending on the missing answers." in shown
    assert "Provisional: the outcome may change with what is missing." in shown
    assert 'from "Zone II: ' in shown
    assert "Missing, and not counted as 0: • May settle the outcome alone: 10 Concern" in shown


def test_a_form_with_blanks_is_certain_when_they_cannot_change_the_outcome(library):
    answers = {str(n): 4 for n in range(1, 10)}
    shown = told(library, "audit", answers, sex="male", age=30)
    assert "Certain: whatever the missing answers are, the outcome is the same." in shown
    assert "Changes the points but not the outcome: 10 Concern from others." in shown


def test_an_unknown_sex_is_named_as_what_decides(library):
    shown = told(library, "audit", {**dict.fromkeys(AUDIT, 0), "1": 3, "2": 3}, age=30)
    assert "Not known of the person: • May settle the outcome alone: the person's sex." in shown


def test_under_the_age_of_every_set_there_are_points_only_and_the_reason(library):
    shown = told(library, "audit", AUDIT, sex="male", age=16)
    assert "Points only: AUDIT has no limits that are used by themselves at 16 years." in shown
    assert "Swedish limits for women and men: from 18" in shown
    assert "Zone" not in shown.split("Look at this")[0]


def test_an_instrument_without_any_set_says_points_only(library):
    audit = library.scored("audit").model_copy(update={"cutoff_sets": (), "default_sets": ()})
    shown = text_of(outcome(score(audit, AUDIT, sex="male", age=30)))
    assert "AUDIT has no limits that are used by themselves: points only." in shown


def test_zeros_that_a_skip_gave_are_marked(library):
    shown = told(library, "audit", {"1": 0, "9": 0, "10": 0}, sex="male", age=30)
    assert "Counted as 0 because the form let the person skip them: 2 Glasses" in shown


def test_a_flag_that_hangs_on_a_missing_answer_is_said_to_be_perhaps(library):
    certain = told(library, "audit", AUDIT, sex="male", age=30)
    assert "Look at this • At least 2 points" in certain
    answers = {**dict.fromkeys(AUDIT, 0), "1": 1, "2": 1, "4": None}
    perhaps = told(library, "audit", answers, sex="male", age=30)
    assert "Perhaps, depending on what is missing: At least 2 points" in perhaps


def test_sets_that_disagree_are_said_to_disagree(library):
    answers = {str(n): 0 for n in range(1, 12)} | {"1": 4, "2": 2}
    found = score(library.scored("dudit"), answers, sex="male", age=20)  # 6: adult 6, 16-25 7
    assert is_disputed([b for b in found.bands.values() if b])
    assert "The sets of limits disagree" in text_of(outcome(found))
    assert "The sets of limits disagree" in text_of(score_blocks(found))
    low = score(library.scored("dudit"), {**answers, "1": 0}, sex="male", age=20)
    assert "disagree" not in text_of(outcome(low))


def test_a_form_that_is_not_filled_in_is_unknown(library):
    found = case(30, instruments={"audit": {"answers": AUDIT}})
    blocks = section(assessment_blocks(assessed(found, library), library), "Screening")
    assert "Not filled in, so nothing is known from it: DUDIT." in text_of(blocks)


@pytest.mark.parametrize(
    ("answers", "age", "words"),
    [
        (AUDIT, 30, "11 points (Zone II"),
        (AUDIT, 16, "11 points"),
        ({**AUDIT, "10": None}, 16, "11–15 points"),
    ],
)
def test_a_form_in_a_few_words(library, answers, age, words):
    assert reached(score(library.scored("audit"), answers, sex="male", age=age)).startswith(words)
