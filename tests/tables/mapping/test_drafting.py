"""A draft says what can be told, asks about the rest, and is refused until a person has looked."""

from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.errors import InputError
from riskbehov.i18n import use_language
from riskbehov.library import Library
from riskbehov.models.recode import canonical
from riskbehov.privacy import find
from riskbehov.tables import Draft, draft_map, profile, read_map, recode

LIBRARY = Library.open()


def draft(**columns: Any) -> Draft:
    return draft_map(profile(pd.DataFrame(columns), "audit", library=LIBRARY))


def values(mapped: Any) -> Any:
    """Return what the values of a mapped column mean."""
    return mapped.values  # noqa: PD011 - no column of a frame


def asked(found: Draft) -> str:
    return "\n".join(f"{q.column}: {q.message} {q.is_open}" for q in found.questions)


WHOLE = {f"AUDIT{n}": [1, 5, 2] for n in range(1, 9)} | {f"AUDIT{n}": [1, 5, 3] for n in (9, 10)}


def test_a_draft_is_a_map_that_waits_for_a_person():
    found = draft(**WHOLE, Kön=["M", "K", "K"], ålder=[30, 40, 50])
    mapping = found.mapping
    assert not mapping.confirmed
    assert [mapped.item for mapped in mapping.columns] == [str(n) for n in range(1, 11)]
    assert values(mapping.columns[0]) == {"1": 0, "2": 1, "3": 2, "4": 3, "5": 4}
    assert values(mapping.columns[9]) == {"1": 0, "3": 2, "5": 4}
    assert mapping.sex is not None
    assert values(mapping.sex) == {"K": "female", "M": "male"}
    assert (mapping.age and mapping.age.column, mapping.unmapped) == ("ålder", "refuse")
    assert "# ? 1 to 5 were taken for 0 to 4" in found.text
    with pytest.raises(InputError, match="found a draft, expected a map that a person"):
        recode(pd.DataFrame(WHOLE), mapping)


def test_a_confirmed_draft_recodes_the_table_it_was_drafted_from(tmp_path):
    frame = pd.DataFrame({**WHOLE, "Kön": ["M", "K", None]})
    path = tmp_path / "karta.yaml"
    draft_map(profile(frame, "audit")).write(path)
    text = path.read_text("utf-8").replace("confirmed: false", "confirmed: true")
    path.write_text(text, "utf-8")
    found = recode(frame, path)
    assert found.frame["audit_1"].tolist() == [0, 4, 1]
    assert found.frame["audit_9"].tolist() == [0, 4, 2]
    assert found.frame["sex"].tolist()[:2] == ["male", "female"]


def test_what_can_be_read_in_several_ways_has_no_values_yet(tmp_path):
    found = draft(AUDIT9=[0, 2, 2], Kön=[1, 2, 2])
    assert (
        '# values: {"0": 0, "2": 2, "4": 4}\n    # values: {"0": 0, "1": 2, "2": 4}' in found.text
    )
    assert '# values: {"1": male, "2": female}\n  # values: {"1": female, "2": male}' in found.text
    assert "1 is usually men and 2 women in Swedish registers" in found.text
    path = tmp_path / "karta.yaml"
    found.write(path)
    with pytest.raises(InputError, match="values: found no values, expected what each") as caught:
        read_map(path)
    assert len(caught.value.faults) == 2
    with pytest.raises(InputError, match="draft: columns"):
        found.mapping  # noqa: B018 - raises when it is looked at


def test_what_is_usual_for_no_answer_is_suggested_and_asked():
    found = draft(AUDIT1=[0, 1, 99, -1], AUDIT3=["aldrig", "Vet ej", ".", "varje vecka"])
    assert set(found.mapping.columns[0].missing) == {"99", "-1"}
    assert set(found.mapping.columns[1].missing) == {"Vet ej", "."}
    assert "AUDIT1: taken for missing: '-1', '99'; take away what is an answer False" in asked(
        found
    )


def test_values_that_mean_nothing_are_asked_about_with_their_rows():
    found = draft(AUDIT1=["aldrig", "ibland", "ibland"])
    assert "AUDIT1: known neither as codes nor as missing: 'ibland' (2)" in asked(found)
    assert values(found.mapping.columns[0]) == {"aldrig": 0}


def test_items_without_a_column_and_rivals_are_told():
    found = draft(AUDIT1=[0, 1], AUDIT_2=[0, 1], audit2=[0, 1])
    assert "AUDIT_2, audit2: equally likely to hold item 2: choose one" in found.text
    assert "# Items without a column: 2, 3, 4, 5, 6, 7, 8, 9, 10" in found.text
    assert [mapped.item for mapped in found.mapping.columns] == ["1"]


def test_two_columns_of_the_same_day_are_asked_about_in_words():
    found = draft(AUDIT1=[0], dob=["1990-01-31"], född=["1990-01-31"])
    assert "dob, född: equally likely to hold date of birth: choose one" in found.text
    assert found.mapping.birth_date is None


def test_two_columns_of_sex_are_asked_about():
    found = draft(AUDIT1=[0], sex=["male"], Kön=["M"])
    assert "sex, Kön: equally likely to hold sex: choose one" in found.text
    assert found.mapping.sex is None


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"AUDIT1": ["19121212-1212"]}, "what looks like personal data: is this the right column?"),
        ({"AUDIT1": [None]}, "the column is empty"),
    ],
)
def test_a_column_that_cannot_be_used_stands_in_a_comment(columns, words):
    found = draft(**columns)
    assert "columns: []" in found.text
    assert words in found.text
    assert "1212" not in found.text


def test_columns_with_impossible_names_are_told():
    frame = pd.DataFrame([[0, 0, 0, 0]], columns=["AUDIT1", "AUDIT1", 2, "AUDIT\x073"])
    found = draft_map(profile(frame, "audit", items={"1": "AUDIT1", "2": "2", "3": "AUDIT\x073"}))
    assert "columns: []" in found.text
    assert "several columns have this name" in found.text
    assert "the name of the column is a number" in found.text
    assert "signs that cannot be written" in found.text
    yaml.safe_load(found.text)


def test_a_file_that_exists_is_not_written_over(tmp_path):
    path = tmp_path / "karta.yaml"
    path.write_text("mitt arbete", "utf-8")
    with pytest.raises(InputError, match="the file exists already, expected none"):
        draft(AUDIT1=[0]).write(path)
    assert path.read_text("utf-8") == "mitt arbete"
    with pytest.raises(InputError, match="the file cannot be written"):
        draft(AUDIT1=[0]).write(tmp_path / "ingen" / "karta.yaml")


def test_the_comments_are_in_the_language_of_the_moment():
    with use_language("sv"):
        found = draft(AUDIT1=[0])
    assert "Hur ofta personen dricker" in found.text
    assert found.mapping == draft(AUDIT1=[0]).mapping


def test_no_line_is_too_long():
    texts = [f"{n}. ett svar med många ord som inte ryms på en rad tillsammans" for n in range(5)]
    found = draft(AUDIT1=[*texts, "aldrig"], AUDIT3=["aldrig", "varje vecka", "varje månad"] * 2)
    assert max(map(len, found.text.splitlines())) <= 110


cells = st.one_of(
    st.none(),
    st.integers(-9, 9),
    st.sampled_from([99, 777, "aldrig", "minst 4 ggr/vecka", "Vet ej", "ja", "2.0", "0-1"]),
    st.text(max_size=8),
    st.booleans(),
)


@given(st.lists(cells, max_size=8), st.lists(cells, max_size=8))
def test_every_draft_is_sound_yaml_and_accounts_for_every_value(first, second):
    rows = max(len(first), len(second))
    padded = [each + [None] * (rows - len(each)) for each in (first, second)]
    names = ("AUDIT1", "AUDIT9")
    frame = pd.DataFrame(dict(zip(names, padded, strict=True)), dtype=object)
    held = profile(frame, "audit", library=LIBRARY)
    found = draft_map(held)
    assert find(found.text) == []
    try:
        mapping = found.mapping
    except InputError:
        assert any(question.is_open for question in found.questions)
        return
    assert not mapping.confirmed
    odd = {c.name: set(c.coding.odd) for c in held.columns if c.coding}
    by_name = {mapped.column: mapped for mapped in mapping.columns}
    for name, mapped in by_name.items():
        told = {canonical(cell) for cell in frame[name] if cell is not None} - {""}
        assert told <= {*(values(mapped) or {}), *mapped.missing} | odd[name]
