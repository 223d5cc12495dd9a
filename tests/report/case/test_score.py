"""One filled form, from answers to bands."""

import pytest
from tests.report.made import headings, section, text_of

from riskbehov.report import score_blocks
from riskbehov.report.document import Table
from riskbehov.scoring import score

ANSWERS = {"1": 3, "2": 2, "3": 2, "4": 2, "5": 0, "6": 0, "7": 1, "8": 1, "9": 0}


@pytest.fixture
def blocks(library):
    found = score(library.scored("audit"), ANSWERS, sex="female", age=27)
    return score_blocks(found, library)


def test_every_answer_stands_with_its_meaning_and_a_missing_one_has_no_code(blocks):
    (table,) = [b for b in section(blocks, "Answers") if isinstance(b, Table)]
    assert len(table.rows) == 10
    assert table.rows[0] == ("1", "How often the person drinks", "2–3 a week", "3")
    assert table.rows[9] == ("10", "Concern from others", "no answer", "–")


def test_a_skipped_answer_is_marked(library):
    found = score(library.scored("audit"), {"1": 0, "9": 0, "10": 0}, sex="male", age=30)
    (table,) = [b for b in section(score_blocks(found), "Answers") if isinstance(b, Table)]
    assert table.rows[1][2:] == ("skipped, counted as 0", "0")


def test_the_sum_is_written_out_with_the_span_of_what_is_missing(blocks):
    total = text_of(section(blocks, "Total score"))
    assert "Sum of 3 + 2 + 2 + 2 + 0 + 0 + 1 + 1 + 0 + 0–4 = 11–15." in total


def test_the_limits_of_the_persons_sex_are_shown_and_the_band_reached(blocks):
    found = section(blocks, "Swedish limits for women and men")
    (table,) = [b for b in found if isinstance(b, Table)]
    assert table.head == ("Band", "Women and girls")
    assert [row[1] for row in table.rows] == ["0–5", "6–13", "14–17", "18–40"]
    assert "This is the set used here." in text_of(found)
    assert "Source: Tolkning av AUDIT, Tolkning (published limits)." in text_of(found)


def test_with_a_library_sources_stand_in_full_at_the_end_and_without_they_have_ids(library, blocks):
    assert headings(blocks)[-1] == "Sources"
    found = score(library.scored("audit"), ANSWERS, sex="female", age=27)
    bare = score_blocks(found)
    assert "Sources" not in headings(bare)
    assert "Source: riddargatan1-audit, Tolkning (published limits)." in text_of(bare)


def test_sets_for_other_ages_are_named_and_not_used(library):
    shown = text_of(score_blocks(score(library.scored("audit"), ANSWERS, sex="male", age=15)))
    assert "Sets that do not hold here, by age or form:" in shown
    assert "Reaches" not in shown


def test_a_count_says_what_it_counts(library):
    found = score(library.scored("rbm8"), {"leisure": 2, "attitudes": 1})
    shown = text_of(score_blocks(found))
    assert "Number of items with code 2 or more among Procriminal attitudes (1), " in shown
    assert "Antisocial personality pattern (no answer)" in shown


def test_a_profile_is_not_added_up(library):
    found = score(library.scored("responsivity"), {"language": 1})
    assert "A profile: nothing is added up." in text_of(score_blocks(found))


def test_a_scale_without_any_answer_has_no_points(library):
    found = score(library.scored("audit"), {"1": 2}, sex="male", age=30)
    shown = text_of(section(score_blocks(found), "Harm and consequences (items 7–10)"))
    assert "nothing answered, so no points" in shown
    assert "Sum of" not in shown
