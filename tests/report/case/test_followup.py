"""The follow-up as it is read."""

import datetime as dt
from dataclasses import replace
from typing import get_args

import pytest
from tests.process.agreed import agreed, case, goal
from tests.report.made import callouts, headings, section, text_of

from riskbehov.assessing import follow
from riskbehov.process.change import Direction, State
from riskbehov.process.reliable import Reliable
from riskbehov.report import followup_blocks, to_markdown, to_text
from riskbehov.report.case.changes import _LEVELS, DIRECTIONS, RELIABLE, STATES
from riskbehov.report.plain.followup import followup_dict

LATER = dt.date(2026, 10, 20)


def form(code, last=None):
    return {"answers": {**dict.fromkeys([str(n) for n in range(1, 11)], code), "11": last}}


@pytest.fixture
def found_of(library):
    def make(first=None, second=None, **both):
        return follow(
            case(**{**both, **(first or {})}),
            case(**{"day": LATER, **both, **(second or {})}),
            library,
        )

    return make


@pytest.fixture
def blocks_of(library, found_of):
    return lambda *args, **given: followup_blocks(found_of(*args, **given), library)


def dudit(code, last=None):
    return {"instruments": {"dudit": form(code, last)}}


def test_every_word_of_a_follow_up_is_put_into_words():
    assert set(STATES) == set(get_args(State))
    assert set(DIRECTIONS) == set(get_args(Direction))
    assert set(RELIABLE) == set(get_args(Reliable))
    assert set(_LEVELS) == {"risk", "violence", "intensity"}


def test_the_change_of_a_scale_is_told_with_what_it_rests_on(blocks_of):
    shown = text_of(section(blocks_of(dudit(4, 4), dudit(0, 0)), "DUDIT"))
    assert "Total score 44 0 -44" in shown
    assert "yes, more than error of measurement (index -8.70, limit 1.96)" in shown
    assert "internal consistency (Cronbach's alpha) 0.80, standard deviation 8.0" in shown
    assert "second-hand" in shown


@pytest.mark.parametrize(
    ("twos", "words"),
    [
        # The first is 20; 8 sqrt(2 * .2) * 1.96 = 9.917, so a change of 10 is reliable.
        (8, "16–20 -4 to 0"),
        (8, "no, within error of measurement"),
        (4, "8–12 -12 to -8"),
        (4, "cannot be told before the missing answers are known"),
        (1, "2–6 -18 to -14"),
        (1, "yes, more than error of measurement"),
    ],
)
def test_a_missing_answer_makes_the_change_an_interval(blocks_of, twos, words):
    answers = {str(n): 2 if n <= twos else 0 for n in range(1, 11)}
    second = {"instruments": {"dudit": {"answers": answers}}}
    assert words in text_of(section(blocks_of(dudit(2, 0), second), "DUDIT"))


def test_where_no_spread_is_known_only_the_difference_is_told(blocks_of):
    audit = {"instruments": {"audit": {"answers": {str(n): 0 for n in range(1, 11)}}}}
    shown = text_of(section(blocks_of(audit, audit), "AUDIT"))
    assert "Only the difference is told" in shown
    assert "reliable?" not in shown


def test_scales_without_a_known_spread_are_told_by_their_difference_only(blocks_of):
    shown = text_of(section(blocks_of(dudit(4, 4), dudit(0, 0)), "DUDIT"))
    assert "Of the other scales only the difference is told" in shown


def test_a_scale_without_an_answer_has_no_difference(blocks_of):
    second = {"instruments": {"dudit": {"answers": dict.fromkeys(map(str, range(1, 9)), 0)}}}
    shown = text_of(section(blocks_of(dudit(4, 4), second), "DUDIT"))
    assert "Problems and consequences (items 9–11) 12 – –" in shown
    assert "Total score 44 0–12 -44 to -32" in shown


def test_a_band_by_other_limits_is_told_as_such(blocks_of):
    # Six points are below the preliminary limit of 7 at 17, and at the limit of 6 at 18.
    six = {"instruments": {"dudit": {"answers": {str(n): int(n <= 6) for n in range(1, 12)}}}}
    young, grown = ({**six, "facts": {}, "person": {"age": a, "sex": "male"}} for a in (17, 18))
    words = "The limits are not the same both times"
    shown = text_of(section(blocks_of(young, grown), "DUDIT"))
    assert "Total score: Below the limit, then Drug-related problems are likely" in shown
    assert words in shown
    assert words not in text_of(section(blocks_of(grown, grown), "DUDIT"))


def test_the_note_on_the_last_twelve_months_stands_with_its_source(blocks_of):
    shown = text_of(section(blocks_of(dudit(2, 0), dudit(2, 0)), "Screening"))
    assert "the other items are about the last year" in shown
    assert "svensk instrumentöversikt" in shown


def test_areas_stand_side_by_side(blocks_of):
    shown = text_of(
        section(
            blocks_of({}, {"ratings": {"leisure": 2, "attitudes": {"code": 1, "strength": True}}}),
            "Need areas",
        )
    )
    assert "Procriminal attitudes 3* 1+ -2 no longer there" in shown
    assert "Leisure 0 2 +2 new" in shown
    assert "Antisocial history 2 2 0 history" in shown
    assert "no known error of measurement" in shown


def test_goals_reached_and_those_nothing_is_told_of_are_told(blocks_of):
    blocks = blocks_of(
        {"action_plan": agreed(goal("m1"), goal("m2", "associates"))},
        {
            "action_plan": agreed(
                goal("m1", reached="yes", activities=[{"insats": "met", "status": "completed"}])
            )
        },
    )
    short = text_of(section(blocks, "In short"))
    assert "Goals 1 of 1 reached" in short
    assert "Goals nothing is told of Procriminal associates: Ett mål" in short
    assert "New goals" not in short
    shown = text_of(section(blocks, "What was agreed"))
    assert "So far: the goal is reached." in shown
    assert "The second file says nothing of this goal." in shown
    assert "Motivational enhancement therapy (MET): completed" in shown


def test_a_goal_that_is_new_is_not_one_that_was_not_reached(blocks_of):
    second = agreed(goal("m1", reached="yes"), goal("m2", "associates"))
    short = text_of(
        section(blocks_of({"action_plan": agreed(goal("m1"))}, {"action_plan": second}), "In short")
    )
    assert "Goals 1 of 1 reached" in short
    assert "New goals agreed 1" in short
    told = agreed(goal("m1", reached="yes"), goal("m2", "associates", reached="no"))
    short = text_of(
        section(blocks_of({"action_plan": agreed(goal("m1"))}, {"action_plan": told}), "In short")
    )
    assert "Goals 1 of 2 reached" in short
    assert "New goals" not in short


def test_a_goal_that_is_reworded_or_looked_at_otherwise_tells_both(blocks_of):
    first = agreed(goal(goal="Högst 1.", reached="yes"), day=dt.date(2026, 1, 10))
    second = agreed(goal(goal="Högst 2.", reached="no"), day=dt.date(2026, 1, 10))
    shown = text_of(
        section(blocks_of({"action_plan": first}, {"action_plan": second}), "What was agreed")
    )
    assert "Procriminal attitudes: Högst 2." in shown
    assert "The first time the goal was: Högst 1." in shown
    assert "So far: the goal is not reached. The first time: the goal is reached." in shown
    same = text_of(
        section(blocks_of({"action_plan": first}, {"action_plan": first}), "What was agreed")
    )
    assert "first time" not in same


def test_an_unchanged_second_asks_whether_everything_was_asked_again(blocks_of):
    (warning,) = callouts(blocks_of())
    assert "says exactly what the first did" in text_of(warning.inside)


def test_a_form_that_was_not_filled_in_again_is_told_of(blocks_of):
    carried = {"instruments": {"dudit": {**form(2, 0), "date": dt.date(2026, 6, 1)}}}
    blocks = blocks_of(carried, carried)
    assert "Not filled in again since the first time: DUDIT." in text_of(callouts(blocks)[0].inside)
    assert "Screening" not in headings(blocks)


def test_a_form_of_the_same_day_with_other_answers_is_asked_about(blocks_of):
    day = {"date": dt.date(2026, 6, 1)}
    blocks = blocks_of(
        {"instruments": {"dudit": {**form(2, 0), **day}}},
        {"instruments": {"dudit": {**form(0, 0), **day}}},
    )
    told = text_of(callouts(blocks)[0].inside)
    assert "with other answers than the first time: DUDIT. Is the day right" in told


def test_areas_that_are_not_the_same_are_plainly_said_not_to_be_compared(blocks_of):
    youth = {
        "day": dt.date(2025, 12, 1),
        "person": {"age": 17, "sex": "male"},
        "instruments": {"youth7": {"answers": {"attitudes": 3}}},
    }
    blocks = blocks_of(youth, {"person": {"age": 18, "sex": "male"}})
    assert "areas and targets are not compared" in text_of(callouts(blocks)[0].inside)
    assert "Need areas" not in headings(blocks)


def test_a_low_score_after_a_year_without_freedom_is_warned_of(blocks_of):
    second = {**dudit(0, 0), "facts": {"controlled_environment_12m": True}}
    shown = text_of(callouts(blocks_of(dudit(4, 4), second))[0].inside)
    assert "says nothing about use in freedom" in shown


def test_levels_that_rest_on_different_grounds_say_so(blocks_of):
    blocks = blocks_of({}, {"professional_risk": None})
    assert "different grounds" in text_of(section(blocks, "Risk and intensity"))
    assert "different grounds" not in text_of(section(blocks_of(), "Risk and intensity"))


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (True, True, "still there"),
        (True, False, "no longer there"),
        (False, True, "new"),
        ("unknown", True, "there now; not known the first time"),
        ("unknown", False, "not there now; not known the first time"),
        (True, "unknown", "there the first time; not known now"),
        (False, "unknown", "not there the first time; not known now"),
    ],
)
def test_of_a_support_need_what_is_known_is_told(blocks_of, first, second, words):
    blocks = blocks_of({"facts": {"need_dental": first}}, {"facts": {"need_dental": second}})
    assert text_of(section(blocks, "Support needs")) == f"• Dental health: {words}"


def test_a_changed_threat_asks_to_look_at_the_plan_again(blocks_of):
    def told(level, day):
        said = {"threat_level": level}
        return {"from": "police", "date": day, "law": "Ett lagrum.", "facts": said}

    high = told("high", dt.date(2026, 6, 1))
    blocks = blocks_of(
        {"obtained": [high]}, {"obtained": [high, told("none", dt.date(2026, 9, 1))]}
    )
    shown = section(blocks, "The threat, as the police have stated it")
    assert "First High threat, 2026-06-01" in text_of(shown)
    assert "Go through the plan" in text_of(callouts(shown)[0].inside)
    unchanged = blocks_of({"obtained": [high]}, {"obtained": [high]})
    assert callouts(section(unchanged, "The threat, as the police have stated it")) == []
    ended = blocks_of({"obtained": [high]}, {"obtained": []})
    told_less = text_of(section(ended, "The threat, as the police have stated it"))
    assert "Second nothing stated" in told_less
    assert "cannot be told" in told_less


def test_what_there_is_nothing_of_has_no_section(blocks_of):
    bare = blocks_of(facts={}, professional_risk=None)
    assert headings(bare) == [
        "Follow-up of case fiktiv",
        "In short",
        "Need areas",
        "Risk and intensity",
    ]


def test_it_fits_80_columns_and_can_be_markdown(blocks_of):
    blocks = blocks_of(dudit(4, 4), dudit(0, 0))
    text = to_text(blocks, width=80)
    assert max(len(line) for line in text.splitlines() if "://" not in line) <= 80
    assert "## Screening" in to_markdown(blocks)


def test_the_plain_values_hold_the_difference_as_an_interval(found_of):
    found = found_of(dudit(4, 4), dudit(0))
    plain = followup_dict(found)["scales"][0]
    assert plain["difference"] == {"low": -44, "high": -40}
    assert plain["reliable"] == "yes"
    assert plain["reliability"]["sd"] == 8.0
    without = followup_dict(replace(found, targets=None))
    assert without["targets"] is None
