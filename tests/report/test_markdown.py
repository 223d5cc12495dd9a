"""Blocks as Markdown, read again by a CommonMark reader that is not ours (markdown-it)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.report.blocks import BLOCKS

from riskbehov.report import to_markdown
from riskbehov.report.document import (
    Bullets,
    Callout,
    Definitions,
    Heading,
    Item,
    Note,
    Paragraph,
    Table,
    Term,
    clean,
)
from riskbehov.report.markdown import escape

READER = MarkdownIt("commonmark").enable("table")
ANY_TEXT = st.text(st.characters(codec="utf-8"))
TRICKY = [
    "1. not a list",
    "12) nor this",
    "- nor this",
    "+ nor this",
    "# no heading",
    "=== no underline",
    "--- no rule",
    "> no quote",
    "```no code",
    "*no* _emphasis_ **here**",
    "[no](link) ![no](image)",
    "<script>alert(1)</script>",
    "&amp; no entity",
    "a | b | c",
    "a\\",
    "\\*",
    "~~no~~",
    "first line\n- second line\n===",
    "<https://example.org>",
]


def read(markdown):
    """Return every piece of running text in order, with the kinds of its parents."""
    parents: list[str] = []
    for token in READER.parse(markdown):
        if token.nesting == 1:
            parents.append(token.type.removesuffix("_open"))
        elif token.nesting == -1:
            parents.pop()
        elif token.type == "inline":
            parts = ["\n" if "break" in c.type else c.content for c in token.children or ()]
            yield tuple(parents), "".join(parts)


def texts(markdown):
    return [" ".join(text.split()) for _, text in read(markdown)]


def plain(text):
    return " ".join(clean(text).split())


@pytest.mark.parametrize("text", TRICKY)
@pytest.mark.parametrize(
    "block",
    [
        Paragraph,
        Note,
        Heading,
        lambda text: Paragraph(text, is_strong=True),
        lambda text: Bullets((Item(text),)),
        lambda text: Bullets((Item("a", (Paragraph(text),)),), is_numbered=True),
        lambda text: Callout("warning", text, ()),
        lambda text: Callout("warning", "a", (Paragraph(text),)),
        lambda text: Table(("a", text), ((text, "b"),)),
    ],
)
def test_text_is_shown_as_it_stands(block, text):
    shown = texts(to_markdown((block(text),)))
    assert set(shown) - {"a", "b"} == {plain(text)}


@given(ANY_TEXT)
def test_any_text_is_shown_as_it_stands(text):
    assert texts(to_markdown((Paragraph(text),))) == [plain(text)] * bool(plain(text))


@given(ANY_TEXT)
def test_any_text_stays_in_its_cell(text):
    shown = texts(to_markdown((Table(("head", "b"), ((text, "c"),)),)))
    assert shown == ["head", "b", plain(text), "c"]


@given(BLOCKS)
def test_nothing_becomes_code_html_or_a_link(blocks):
    kinds = {
        kind.type
        for token in READER.parse(to_markdown(blocks).replace("<!-- -->", ""))
        for kind in (token, *(token.children or ()))
    }
    assert kinds.isdisjoint({"code_block", "fence", "html_block", "html_inline", "link_open", "hr"})


def test_what_belongs_to_an_entry_stands_within_it():
    blocks = (
        Bullets(
            (
                Item("first", (Paragraph("more"), Note("source")), is_strong=True),
                Item("second", (Bullets((Item("deeper"),)),), mark="✓"),
            )
        ),
    )
    found = {
        text: [p for p in parents if p == "list_item"]
        for parents, text in read(to_markdown(blocks))
    }
    assert found == {
        "first": ["list_item"],
        "more": ["list_item"],
        "source": ["list_item"],
        "✓ second": ["list_item"],
        "deeper": ["list_item", "list_item"],
    }


def test_a_numbered_list_keeps_its_numbers_past_nine():
    blocks = (Bullets(tuple(Item(f"n{n}", (Note("x"),)) for n in range(11)), is_numbered=True),)
    assert to_markdown(blocks).count("\n11. n10\n") == 1
    assert texts(to_markdown(blocks)).count("x") == 11


def test_two_lists_after_each_other_stay_two():
    blocks = (Bullets((Item("a"),)), Definitions((Term("b", "c"),)))
    opened = [t.type for t in READER.parse(to_markdown(blocks))]
    assert opened.count("bullet_list_open") == 2


def test_a_callout_is_a_quote_with_its_title_in_strong():
    assert to_markdown((Callout("acute", "ACUTE", (Paragraph("Do this."),)),)) == (
        "> **ACUTE**\n>\n> Do this.\n"
    )


def test_levels_become_numbers_of_hashes():
    assert to_markdown((Heading("A", 1), Heading("B"), Heading("C", 3))) == "# A\n\n## B\n\n### C\n"


def test_control_characters_are_taken_out():
    assert escape("a\x1b[31m") == "a\\[31m"
