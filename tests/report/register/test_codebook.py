"""The codebook to read."""

import pytest
from tests.report.made import headings, section, text_of

from riskbehov.exchange.codebook import codebook
from riskbehov.library import Library
from riskbehov.report import to_markdown, to_text
from riskbehov.report.document import Definitions, Table
from riskbehov.report.register.codebook import codebook_blocks

LIBRARY = Library.open()
AUDIT = LIBRARY.scored("audit")


def rows(blocks, title):
    return [row for b in section(blocks, title) if isinstance(b, Table) for row in b.rows]


@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
def test_every_column_and_every_code_stands_in_it(id_):
    book = codebook(LIBRARY.scored(id_), bands="all", missing="prorate")
    blocks = codebook_blocks(book)
    shown = [row[0] for title in ("The person", "Answers", "Scores") for row in rows(blocks, title)]
    assert shown == [v.name for v in book.variables]
    said = " ".join(text_of(blocks).split())
    for variable in book.variables:
        for code in variable.codes:
            assert f"{code.value} = {' '.join(code.label.split())}" in said
    assert to_text(blocks)
    assert to_markdown(blocks)


def test_columns_with_the_same_codes_share_what_is_said_of_them():
    blocks = section(codebook_blocks(codebook(AUDIT)), "Answers")
    [codes] = [block for block in blocks if isinstance(block, Definitions)]
    words = [term.word for term in codes.terms]
    assert words[2:] == [", ".join(f"audit_{n}" for n in range(3, 9)), "audit_9, audit_10"]


def test_a_cell_tells_the_range_the_unit_and_what_empty_means():
    blocks = codebook_blocks(codebook(AUDIT))
    told = {row[0]: row[2:] for row in rows(blocks, "Scores")}
    assert told["audit_total_low"][0] == "0–40 points"
    assert told["audit_state"] == ("certain, provisional, omitted, invalid", "never empty")
    assert told["audit_flags"][0] == "a sum of 1, 2, 4"


def test_it_says_whose_words_these_are_and_what_is_known_of_the_licence():
    said = text_of(codebook_blocks(codebook(AUDIT)))
    assert "the official wording is not here" in said
    assert "WHO holds the copyright" in said
    assert "never taken for 0" in said


def test_a_part_has_no_headings_of_the_other():
    answers = headings(codebook_blocks(codebook(AUDIT, part="answers")))
    scores = headings(codebook_blocks(codebook(AUDIT, part="scores")))
    assert "Answers" in answers
    assert "Scores" not in answers
    assert not {"Answers", "The person"} & {*scores}
