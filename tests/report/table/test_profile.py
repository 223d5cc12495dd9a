"""A profile to read: what is where, what must be decided, and nobody's data."""

import json

import pandas as pd
import pytest
from tests.report.made import section

from riskbehov.i18n import use_language
from riskbehov.report import profile_blocks, profile_dict, to_markdown, to_text
from riskbehov.report.document import Bullets, Callout, Table
from riskbehov.tables import profile

FRAME = pd.DataFrame(
    {
        "AUDIT1": [1, 5, 5, 99],
        "AUDIT2": ["1-2", "3-4", None, "ibland"],
        "AUDIT9": [0, 2, 2, 0],
        "Kön": ["M", "K", "K", None],
        "född": ["1991-02-03", "1985-01-01", None, "snart"],
        "Förnamn": ["Kalle", "Anna", "Kim", "Kalle"],
        "anteckning": ["ring 070-174 06 05", "19121212-1212", None, ""],
        "tom": [None] * 4,
        "löpnummer": [1, 2, 3, 4],
    }
)


@pytest.fixture
def blocks(library):
    return profile_blocks(profile(FRAME, "audit", library=library))


def rows(blocks, title):
    return [row for b in section(blocks, title) if isinstance(b, Table) for row in b.rows]


def lines(blocks, title):
    found = [b for b in section(blocks, title) if isinstance(b, Bullets)]
    return [item.text for b in found for item in b.items]


def test_each_item_stands_with_its_column_and_coding(blocks):
    assert rows(blocks, "Items") == [
        ("1", "AUDIT1", "likely name", "one more than the codes", "0", "3"),
        ("2", "AUDIT2", "likely name", "words", "1", "3"),
        ("9", "AUDIT9", "likely name", "several readings", "0", "0"),
    ]


def test_of_days_only_the_years_are_told(blocks):
    [sex, born] = rows(blocks, "The person and the day")
    assert sex == ("sex", "Kön", "usual name", "1", "–")
    assert born[:4] == ("date of birth", "född", "usual name", "1")
    assert born[4].startswith("1985 to 1991; rows with something else than a day: 1")


def test_a_single_year_is_told_once(library):
    frame = pd.DataFrame({"AUDIT1": [1, 2], "datum": ["2026-01-31", "2026-02-28"]})
    [day] = rows(profile_blocks(profile(frame, "audit", library=library)), "The person and the day")
    assert day == ("day of the assessment", "datum", "usual name", "0", "2026")


def test_sexes_stand_in_the_readers_words(library):
    with use_language("sv"):
        text = to_text(profile_blocks(profile(FRAME, "audit", library=library)))
    assert "'K' → kvinna (2), 'M' → man (1)" in " ".join(text.split())


def test_questions_are_divided_by_whether_they_must_be_decided(blocks):
    decided, confirmed = lines(blocks, "To be decided"), lines(blocks, "To be confirmed")
    assert any("AUDIT9: 0, 2 can be read in several ways" in line for line in decided)
    assert any("AUDIT2: known neither as codes nor as missing: 'ibland' (1)" in d for d in decided)
    assert any("AUDIT1: 1 to 5 were taken for 0 to 4" in line for line in confirmed)
    assert any("AUDIT1: taken for missing: '99'" in line for line in confirmed)


def test_a_question_about_several_columns_stands_once(library):
    frame = pd.DataFrame({f"AUDIT{n}": [1, 5] for n in (1, 3)})
    told = lines(profile_blocks(profile(frame, "audit", library=library)), "To be confirmed")
    assert [line for line in told if line.startswith("AUDIT1, AUDIT3: 1 to 5 were taken")]
    assert len(told) == 1


def test_columns_that_tell_who_somebody_is_stand_in_a_warning(blocks):
    [callout] = [block for block in blocks if isinstance(block, Callout)]
    told = [item.text for b in callout.inside if isinstance(b, Bullets) for item in b.items]
    assert told == [
        "Förnamn: contact data by its name",
        "anteckning: personal numbers (rows: 1), telephone numbers (rows: 1)",
    ]


def test_other_columns_stand_without_their_values(blocks):
    [head] = [
        t.head
        for t in section(blocks, "Other columns, and columns to look at")
        if isinstance(t, Table)
    ]
    assert head == ("Column", "Type", "Empty", "Different values", "Remark")
    assert rows(blocks, "Other columns, and columns to look at") == [
        ("Förnamn", "String", "0", "3", "–"),
        ("anteckning", "String", "1 (blank text), 1 (null)", "2", "–"),
        ("tom", "Object", "4 (null)", "0", "Empty in all rows"),
        ("löpnummer", "Int64", "0", "4", "–"),
    ]


def test_nothing_tells_who_somebody_is(blocks, library):
    plain = json.dumps(profile_dict(profile(FRAME, "audit", library=library)), ensure_ascii=False)
    for text in (to_text(blocks), to_markdown(blocks), plain):
        for word in ("Kalle", "Anna", "070", "1212", "1991-02", "02-03"):
            assert word not in text


def test_the_text_fits_in_80_columns(blocks):
    assert max(map(len, to_text(blocks).splitlines())) <= 80


def test_the_plain_values_tell_the_same(library):
    plain = profile_dict(profile(FRAME, "audit", library=library))
    first = plain["columns"][0]
    assert (first["item"], first["ground"], first["coding"]) == ("1", "instrument", "plus-one")
    assert first["values"][0] == {
        "value": "5", "rows": 2, "legal": False, "means": 4, "missing": False
    }  # fmt: skip
    assert plain["without_column"] == ["3", "4", "5", "6", "7", "8", "10"]
    assert plain["columns"][4]["years"] == ["1985", "1991"]
    assert plain["columns"][4]["values"] == []


def test_a_table_without_columns_is_told(library):
    text = to_text(profile_blocks(profile(pd.DataFrame({"x": [1]}), "audit", library=library)))
    assert "No column is called so that it can be told which item it holds." in text
