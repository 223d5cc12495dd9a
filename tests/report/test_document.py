"""The blocks themselves."""

import dataclasses

import pytest

from riskbehov.report.document import (
    Bullets,
    Callout,
    Definitions,
    Item,
    Note,
    Paragraph,
    Term,
    bullets,
    clean,
    is_roomy,
    walk,
)


def test_walking_meets_every_block_in_reading_order():
    deep = Note("deep")
    blocks = (
        Callout("acute", "a", (Bullets((Item("b", (Paragraph("c"), deep)),)),)),
        Definitions((Term("d", "e", (Note("f"),)),)),
    )
    assert [b.text for b in walk(blocks) if isinstance(b, Note | Paragraph)] == ["c", "deep", "f"]


def test_a_list_is_roomy_only_if_an_entry_holds_more_than_small_print_or_a_list():
    assert not is_roomy([(Note("a"),), (bullets(["b"]),), ()])
    assert is_roomy([(), (Paragraph("a"),)])


def test_blocks_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError, match="text"):
        Paragraph("a").text = "b"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Å\u00a0ä \N{EN DASH} ö\n", "Å\u00a0ä \N{EN DASH} ö\n"),
        ("a\x1b[0mb", "a[0mb"),
        ("a\u202eb\u2066c", "abc"),
        ("a\x00\x7f\x9bb", "ab"),
        ("\U0001f469\u200d\U0001f467", "\U0001f469\u200d\U0001f467"),
    ],
)
def test_only_what_steers_is_taken_out(text, kept):
    assert clean(text) == kept
