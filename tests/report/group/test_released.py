"""A release to read: what is told, what is held back and why."""

import pytest
from tests.report.made import flat, section, text_of
from tests.report.releases import release

from riskbehov.groups.release import Released
from riskbehov.i18n import message
from riskbehov.report import released_blocks, to_markdown, to_text
from riskbehov.report.document import Picture, Table


@pytest.fixture
def blocks(library):
    return released_blocks(Released(release(), ()), library)


def rows(blocks, title):
    return [row for b in section(blocks, title) if isinstance(b, Table) for row in b.rows]


def test_persons_are_told_in_total_and_by_group(blocks):
    assert rows(blocks, "Adults")[:3] == [
        ("Everyone", "40", "20 (50 %)"),
        ("Women and girls", "16", "9 (56 %)"),
        ("Men and boys", "24", ".."),
    ]
    assert "Not told by themselves" in text_of(blocks)
    assert "another sex" in text_of(blocks)


def test_a_share_is_worked_out_of_published_counts_only(blocks):
    assert ("Leisure", "25 (62 %)", "15 (38 %)", "0 (0 %)") in rows(
        blocks, "Needs at the first assessment"
    )
    assert ("Leisure", "12 (60 %)", "..", "..", "0 (0 %)") in rows(
        blocks, "Change in need areas, first to last assessment"
    )


def test_the_main_category_is_told_by_group_and_rows_without_numbers_are_not(blocks):
    found = rows(blocks, "Needs at the first assessment")
    assert ("Leisure", "10 (62 %)", "15 (62 %)") in found
    assert [row[0] for row in found].count("=attitudes") == 1


def test_steps_of_an_insats_are_told_beside_each_other(blocks):
    found = rows(blocks, "Insatser that were agreed, given and completed")
    assert found == [("MET", "20 (50 %)", "12 (30 %)", "6 (15 %)"), ("MET", "6 (38 %)", "6 (25 %)")]


def test_the_signs_and_the_limits_are_explained(blocks):
    told = text_of(blocks)
    assert '".." stands for a count that is held back: it is below 5, or zero where' in told
    assert "It does not show that an insats worked" in told
    assert "cannot rule out that a count that was held back for being small is zero, nor" in told
    assert "Individbaserad systematisk uppföljning (ISU)" in told
    assert "docs/metod.md, Undertryckning av små tal; Åldersgrupper" in told


def test_what_is_not_told_of_is_named(blocks):
    told = text_of(blocks)
    assert "Of 1 further tables no number can be told" in told
    assert "Children, 0–5" in told


def test_notes_stand_where_they_are_not_missed(library):
    found = Released(release(previous="1" * 64), (message("The threshold is low."),))
    told = text_of(released_blocks(found, library))
    assert "To know" in told
    assert "The threshold is low." in told
    assert "the release before" in told


def test_where_nothing_can_be_told_it_is_said(library):
    found = Released(release(populations=()), ())
    assert "Nothing can be told" in text_of(released_blocks(found, library))


def test_a_picture_is_shown_in_markdown_with_what_it_shows(library):
    picture = Picture("figur 1.png", "Bars [of needs].")
    blocks = released_blocks(Released(release(), ()), library, picture)
    assert "![Bars \\[of needs\\].](<figur 1.png>)" in to_markdown(blocks)
    assert "figur 1.png: Bars [of needs]." in flat(to_text(blocks))


def test_no_line_is_wider_than_a_terminal(blocks):
    assert max(map(len, to_text(blocks, width=80).splitlines())) <= 80
