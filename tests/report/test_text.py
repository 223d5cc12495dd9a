"""Blocks as plain text: wrapped, aligned, and without styles unless asked for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.blocks import BLOCKS

from riskbehov.report import to_text
from riskbehov.report.document import (
    FAILS,
    Bullets,
    Callout,
    Definitions,
    Heading,
    Item,
    Note,
    Paragraph,
    Table,
    Term,
    bullets,
)
from riskbehov.report.text import columns, wrap

SIGN = re.compile(r"^(?:[┃•✓✗?]|\d+\.)$")
STYLE = re.compile(r"\x1b\[[0-9;]*m")


def words_beside_signs(line):
    """Return the words of a line; bullets, signs and bars at its beginning are none."""
    found = [word for word in re.split(r"[ \t]+", line) if word]
    while found and SIGN.match(found[0]):
        found.pop(0)
    return found


@given(BLOCKS, st.integers(10, 120))
def test_no_line_is_wider_than_the_width_unless_a_single_word_is(blocks, width):
    for line in to_text(blocks, width=width).split("\n"):
        assert columns(line) <= width or len(words_beside_signs(line)) <= 1


@given(BLOCKS)
def test_colour_changes_nothing_but_the_style(blocks):
    assert STYLE.sub("", to_text(blocks, colour=True)) == to_text(blocks)


@given(st.text(), st.integers(10, 120))
def test_wrapping_loses_no_word(text, width):
    def kept(lines):
        return "".join("".join(lines).split())

    shown = to_text((Paragraph(text),), width=width)
    assert kept(shown) == kept(wrap(text, 10_000))


def test_without_colour_there_is_no_escape_even_when_the_text_holds_one():
    blocks = (
        Heading("a \x1b[31mred heading", 1),
        Bullets((Item("b\x1b[2J", (Note("c\x07"),), is_strong=True),)),
        Definitions((Term("d\x1b", "e\x9b1m"),)),
        Table(("f\x1b",), (("g\x1b",),)),
        Callout("acute", "h\x1b", (Paragraph("i\u202e"),)),
    )
    shown = to_text(blocks)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)


def test_with_colour_a_heading_is_bold_and_what_fails_is_red():
    shown = to_text((Heading("Rules"), Bullets((Item("no", mark=FAILS),))), colour=True)
    assert "\x1b[1mRules\x1b[0m" in shown
    assert "\x1b[31m✗\x1b[0m" in shown


def test_wide_characters_take_two_columns_and_combining_ones_none():
    assert columns("漢字") == 4
    assert columns("e\u0301") == 1
    assert wrap("漢字 漢字 漢字", 9) == ["漢字 漢字", "漢字"]


def test_a_no_break_space_holds_words_together():
    assert wrap("item 10\u00a0Concern", 9) == ["item", "10\u00a0Concern"]


def test_a_long_address_stands_whole_on_a_line_of_its_own():
    address = "https://example.org/" + "x" * 80
    assert address in to_text((Paragraph(f"See {address} for more."),), width=40).split("\n")


def test_headings_of_the_two_upper_levels_are_underlined():
    assert to_text((Heading("Report", 1), Heading("Part"), Paragraph("Text."))) == (
        "Report\n══════\nPart\n────\nText.\n"
    )


def test_a_list_hangs_and_its_small_print_follows_closely():
    blocks = (
        Paragraph("Questions:"),
        Bullets((Item("one two three", (Note("small print"),)), Item("four"))),
    )
    assert to_text(blocks, width=10) == (
        "Questions:\n• one two\n  three\n  small\n  print\n• four\n"
    )


def test_entries_with_paragraphs_stand_apart():
    found = Bullets((Item("a", (Paragraph("b"),)), Item("c")))
    assert to_text((found,)) == "• a\n  b\n\n• c\n"


def test_numbers_are_aligned():
    shown = to_text((bullets(range(10), is_numbered=True),)).split("\n")
    assert shown[0] == "1.  0"
    assert shown[9] == "10. 9"


def test_definitions_stand_in_columns_where_there_is_room():
    found = Definitions((Term("Age", "16"), Term("Instrument", "AUDIT")))
    assert to_text((found,), width=40) == "Age         16\nInstrument  AUDIT\n"
    assert to_text((found,), width=20) == "Age\n  16\nInstrument\n  AUDIT\n"


def test_a_table_keeps_its_columns_and_wraps_the_widest():
    table = Table(("Id", "What it is"), (("a", "some words that wrap"), ("b", "few")))
    assert to_text((table,), width=16) == (
        "Id  What it is\n"
        "──  ────────────\n"
        "a   some words\n"
        "    that wrap\n"
        "b   few\n"
    )  # fmt: skip


def test_a_table_without_room_is_told_entry_by_entry():
    table = Table(("First", "Second"), (("incompressible", "unbreakable"),))
    assert to_text((table,), width=20) == "First\n  incompressible\nSecond\n  unbreakable\n"


def test_a_callout_has_a_bar_on_every_line():
    found = Callout("acute", "ACUTE", (Paragraph("Do this."), Paragraph("And this.")))
    assert to_text((found,)) == "┃ ACUTE\n┃ Do this.\n┃\n┃ And this.\n"


@pytest.mark.parametrize("blocks", [(), (Bullets(()),), (Definitions(()),), (Table((), ()),)])
def test_what_is_empty_takes_no_line_with_words(blocks):
    assert to_text(blocks).strip() == ""
