"""A recode map is read strictly: every fault at once, with its file and line."""

import polars as pl
import pytest

from riskbehov.errors import InputError
from riskbehov.library import Library
from riskbehov.tables import read_map, recode
from riskbehov.tables.mapping.maps import notes_on, take_map

HEAD = "instrument: audit\ncolumns:\n"
SOUND = '  - {column: Q1, item: "1", values: {1: 0, 2: 1, "3": 2, 4.0: 3, 5: 4}, missing: [99]}\n'
ITEMS = [str(n) for n in range(1, 11)]
OF_ITEM_2 = "which item 2 does not have; expected one of 0, 1, 2, 3, 4"
ONE_THING = "expected it once; a column holds one item, or the sex, an age or a day"


@pytest.fixture
def read(tmp_path):
    """Return a function that writes a map and reads it."""

    def write(text, said="confirmed: true\n"):
        path = tmp_path / "karta.yaml"
        path.write_text(text + said, encoding="utf-8")
        return read_map(path)

    return write


def faults(read, text):
    with pytest.raises(InputError, match="expected") as caught:
        read(text)
    return [str(fault).partition("karta.yaml:")[2] for fault in caught.value.faults]


def test_a_sound_map_is_read_with_its_values_in_one_form(read):
    mapping = read(
        HEAD
        + SOUND
        + "missing: [-1, '.', true, 1900-01-01]\nsex: {column: kön}\nage: {column: a}\n"
    )
    assert mapping.columns[0].values == {"1": 0, "2": 1, "3": 2, "4": 3, "5": 4}
    assert mapping.columns[0].missing == ("99",)
    assert mapping.missing == ("-1", ".", "true", "1900-01-01")
    assert (mapping.unmapped, mapping.confirmed) == ("refuse", True)


def test_every_fault_is_told_at_once_with_its_line(read):
    text = (
        HEAD
        + '  - {column: Q1, item: "11", values: {1: 0}}\n'
        + '  - {column: Q2, item: "2", values: {1: 5, 2: 1}}\n'
        + '  - {column: Q2, item: "3", values: {1: 0}, missing: [1]}\n'
        + '  - {column: Q4, item: "3", values: {9: 0}}\n'
        + "missing: [9]\n"
    )
    both = "under values and under missing, expected it under one of them"
    assert faults(read, text) == [
        f"3: columns[0].item: found '11', expected an item of audit: {', '.join(ITEMS)}",
        f"4: columns[1].values.1: found the code 5, {OF_ITEM_2}",
        "5: columns[2].column: found the column 'Q2' once more, " + ONE_THING,
        f"5: columns[2].missing: found '1' {both}",
        "6: columns[3].item: found item 3 once more, expected one column for each item",
        f"6: columns[3].values: found '9' {both}",
    ]


def test_a_column_holds_an_item_or_something_of_the_person(read):
    [fault] = faults(read, HEAD + SOUND + "sex: {column: Q1, values: {K: female}}\n")
    assert fault.startswith("4: sex.column: found the column 'Q1' once more")


def test_a_code_that_a_column_without_values_keeps_cannot_be_missing(read):
    [fault] = faults(read, HEAD + '  - {column: Q1, item: "1", missing: [4]}\n')
    assert "found '4' under values and under missing" in fault


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("  - {column: Q1, item: 1}\n", "item: found 1, expected text (put it in quotes)"),
        ('  - {column: Q1, item: "1", values: {}}\n', "values: found no values, expected what"),
        ('  - {column: Q1, item: "1", values: }\n', "values: found nothing, expected what each"),
        ('  - {column: Q1, item: "1", values: {1: 0, "1.0": 1}}\n', "found the value '1' twice"),
        ('  - {column: Q1, item: "1", values: {"": 0}}\n', "found an empty value, expected"),
        ('  - {column: Q1, item: "1", values: {1: "0"}}\n', "expected a whole number, without"),
        ('  - {column: Q1, item: "1", values: [0]}\n', "values: found a list, expected keys"),
        ('  - {column: Q1, item: "1", missing: [[1]]}\n', "expected a value as it stands"),
        ('  - {column: Q1, item: "1", value: {1: 0}}\n', "found the key 'value', expected"),
        ('  - {colum: Q1, item: "1"}\n', "did you mean 'column'"),
    ],
)
def test_what_is_no_map_is_refused(read, line, words):
    assert any(words in fault for fault in faults(read, HEAD + line))


def test_an_unknown_instrument_is_refused_with_the_likeliest(read):
    [fault] = faults(read, "instrument: audti\ncolumns:\n" + SOUND)
    assert fault.startswith("1: instrument: found 'audti', expected an instrument: ")
    assert "did you mean 'audit'" in fault
    [fault] = faults(read, "instrument: ls-cmi\ncolumns:\n" + SOUND)
    assert "found 'ls-cmi', expected an instrument" in fault


@pytest.mark.parametrize("sex", ["{column: k, values: {K: kvinna}}", "{column: k, values: {K: 2}}"])
def test_a_sex_is_one_of_four_words(read, sex):
    [fault] = faults(read, f"{HEAD}{SOUND}sex: {sex}\n")
    assert "expected male, female, other, unknown" in fault


def test_a_file_says_itself_whether_somebody_has_confirmed_it(read):
    """Else a draft would be confirmed by the line that is taken away."""
    assert not read(HEAD + SOUND, "confirmed: false\n").confirmed
    with pytest.raises(InputError, match=r"the key 'confirmed' is missing, expected it: write"):
        read(HEAD + SOUND, "")
    with pytest.raises(InputError, match="the key 'confirmed' is missing") as caught:
        read(HEAD + "  - {column: Q1, item: 1}\n", "")
    assert "found 1, expected text" in str(caught.value)


def test_a_map_that_is_written_in_python_is_confirmed_by_whoever_wrote_it():
    given = {"instrument": "audit", "columns": [{"column": "Q1", "item": "1"}]}
    assert take_map(given, use=True)[0].confirmed


@pytest.mark.parametrize("given", [None, [], ["karta.yaml"], 3, b"karta.yaml"])
def test_what_can_be_no_map_is_refused_with_what_may(given):
    kind = type(given).__name__
    with pytest.raises(
        InputError, match=f"map: found {kind}, expected a dict, a RecodeMap or the path of a file"
    ):
        recode(pl.DataFrame({"Q1": [1]}), given)
    with pytest.raises(InputError, match=f"map: found {kind}"):
        take_map(given)


def test_a_missing_value_that_looks_like_a_digit_and_is_none_is_no_age(read):
    mapping = read(HEAD + SOUND + 'age: {column: a}\nmissing: ["\u00b2", 99]\n')
    notes = [str(note) for note in notes_on(mapping, Library.open().scored("audit"))]
    assert any("99 stand under missing" in note for note in notes)


def test_plain_values_say_where_they_are_wrong():
    with pytest.raises(InputError, match=r"^map: columns\[0\].item: found 1, expected text"):
        take_map({"instrument": "audit", "columns": [{"column": "Q1", "item": 1}]})
    with pytest.raises(InputError, match=r"^columns\[0\].item: found '11', expected an item of"):
        take_map({"instrument": "audit", "columns": [{"column": "Q1", "item": "11"}]})
    with pytest.raises(InputError, match="found the value '1' twice"):
        take_map(
            {
                "instrument": "audit",
                "columns": [{"column": "Q1", "item": "1", "values": {"1": 0, 1: 1}}],
            }
        )
