"""Answers in words: read by what tells them apart, in two languages, and never by halves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.library import Library
from riskbehov.tables.mapping.anchors import Labels, is_missing_word, marks, sex_of

LIBRARY = Library.open()
ITEMS = [
    pytest.param(id_, item.codes, id=f"{id_}-{item.id}")
    for id_ in LIBRARY.scored_ids
    for item in LIBRARY.scored(id_).items
]


def labels(id_: str, codes: str) -> Labels:
    return Labels(LIBRARY.scored(id_).codes[codes])


@pytest.mark.parametrize(("id_", "codes"), ITEMS)
def test_every_label_of_every_item_means_its_code(id_, codes):
    of_item = labels(id_, codes)
    for anchor in LIBRARY.scored(id_).codes[codes]:
        for text in (anchor.sv, anchor.en):
            for written in (text, text.upper(), f"  {text}.", f"{anchor.code} - {text}"):
                found = of_item.meant(written)
                assert found is not None, written
                assert found.code == anchor.code


@pytest.mark.parametrize(
    ("codes", "text", "code"),
    [
        ("frequency", "Aldrig", 0),
        ("frequency", "1 gång i månaden eller mer sällan", 1),
        ("frequency", "Once a month or less", 1),
        ("frequency", "2-4 gånger per månad", 2),
        ("frequency", "2 to 4 times per month", 2),
        ("frequency", "två till tre ggr i veckan", 3),
        ("frequency", "4 gånger i veckan eller mer", 4),
        ("frequency", "4+ times a week", 4),
        ("glasses", "1 eller 2", 0),
        ("glasses", "3\N{EN DASH}4 drinks", 1),
        ("glasses", "7, 8 or 9", 3),
        ("glasses", "10 eller fler", 4),
        ("occurrence", "Mer sällan än en gång i månaden", 1),
        ("occurrence", "Monthly", 2),
        ("occurrence", "en gång i veckan", 3),
        ("occurrence", "Nästan varje dag eller dagligen", 4),
        ("ever", "Nej", 0),
        ("ever", "Ja, men inte under senaste året", 2),
        ("ever", "yes, in the past year", 4),
    ],
)
def test_the_same_answer_in_other_words_means_the_same(codes, text, code):
    found = labels("audit", codes).meant(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ("ever", "Ja"),
        ("ever", "true"),
        ("occurrence", "ibland"),
        ("occurrence", "2 gånger i månaden"),
        ("frequency", "2 gånger i veckan"),
        ("frequency", "3"),
        ("glasses", "2-3"),
        ("glasses", ""),
    ],
)
def test_what_could_be_several_answers_or_none_means_nothing(codes, text):
    assert labels("audit", codes).meant(text) is None


@pytest.mark.parametrize("text", ["3 - Varje vecka", "3. varje vecka", "(3) weekly", "3: weekly"])
def test_a_number_before_the_words_is_told_and_not_gone_by(text):
    assert labels("audit", "occurrence").meant(text) == (3, 3)
    assert labels("audit", "occurrence").meant(text.replace("3", "4")) == (3, 4)


def test_yes_and_no_mean_one_and_zero_only_where_those_are_the_codes():
    one_or_zero = LIBRARY.scored("audit").codes["frequency"][:2]
    assert [a.code for a in one_or_zero] == [0, 1]
    assert [Labels(one_or_zero).meant(t) for t in ("Ja", "no")] == [(1, None), (0, None)]
    assert labels("audit", "frequency").meant("ja") is None


@pytest.mark.parametrize(
    "value", ["99", "999", "9", "-1", "-9", "777", ".", "NA", "N/A", "#N/A", "-", "?", "Vet ej",
              "uppgift saknas", "EJ SVAR", "Don't know", "NaN", "Vägrar svara"]
)  # fmt: skip
def test_what_is_usual_for_no_answer_is_known(value):
    assert is_missing_word(value)


@pytest.mark.parametrize(
    "value", ["0", "1", "5", "10", "nej", "aldrig", "ingen gång", "no", "x", "•••••"]
)
def test_an_answer_is_not_taken_for_none(value):
    assert not is_missing_word(value)


@pytest.mark.parametrize(
    ("word", "sex"),
    [("M", "male"), ("Man", "male"), ("Pojke", "male"), ("K", "female"), ("F", "female"),
     ("kvinna", "female"), ("Woman", "female"), ("Annat", "other"), ("Okänt", "unknown"),
     ("1", None), ("2", None), ("0", None), ("MK", None), ("", None)],
)  # fmt: skip
def test_words_for_a_sex_are_known_and_numbers_are_not(word, sex):
    assert sex_of(word) == sex


@given(st.text())
def test_any_text_can_be_read(text):
    assert marks(text) == marks(text.upper()) or not text.isascii()
