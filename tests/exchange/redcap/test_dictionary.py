"""An instrument as REDCap's data dictionary.

Columns, their order and what may stand in them: REDCap's own "Data Dictionary" help, as rendered by
Vanderbilt's "Creating a Data Dictionary in REDCap" (2015) with the columns added since.
"""

import csv
import io
import re

import pytest
from tests.exchange.made import NASTY, with_items, with_labels

from riskbehov.errors import InputError
from riskbehov.exchange.redcap import COLUMNS, dictionary, field_names
from riskbehov.i18n import use_language
from riskbehov.library import Library

LIBRARY = Library.open()
HEADINGS = (
    'Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"Choices, Calculations,'
    ' OR Slider Labels",Field Note,Text Validation Type OR Show Slider Number,Text Validation Min,'
    "Text Validation Max,Identifier?,Branching Logic (Show field only if...),Required Field?,"
    "Custom Alignment,Question Number (surveys only),Matrix Group Name,Matrix Ranking?,"
    "Field Annotation"
)
CHOICES = "Choices, Calculations, OR Slider Labels"


def read(text):
    assert text.splitlines()[0] == HEADINGS
    rows = [*csv.DictReader(io.StringIO(text), strict=True)]
    assert all(tuple(row) == COLUMNS and None not in row.values() for row in rows)
    return {row["Variable / Field Name"]: row for row in rows}


def choices(row):
    """Return choices as REDCap reads them: bars part them, the first comma parts code and label."""
    pairs = [choice.split(",", 1) for choice in row[CHOICES].split("|")]
    return {code.strip(): label.strip() for code, label in pairs}


def test_there_are_the_18_columns_of_redcap():
    assert len(COLUMNS) == 18
    assert next(csv.reader([HEADINGS])) == [*COLUMNS]


@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_each_item_is_a_choice_among_its_legal_codes(id_, lang):
    instrument = LIBRARY.scored(id_)
    with use_language(lang):
        rows = read(dictionary(instrument))
        labels = [
            {str(a.code): str(a) for a in sorted(instrument.codes[i.codes], key=lambda a: a.code)}
            for i in instrument.items
        ]
    fields = field_names(instrument)
    assert [*rows] == ["record_id", "sex", "age", *fields.values()]
    for item, held in zip(instrument.items, labels, strict=True):
        row = rows[fields[item.id]]
        assert row["Field Type"] == "radio"
        assert choices(row) == held
        assert [*map(int, choices(row))] == [*instrument.legal(item)]
        assert row["Required Field?"] == row["Identifier?"] == ""


@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
def test_all_fields_stand_in_one_form_and_every_type_is_known(id_):
    rows = read(dictionary(LIBRARY.scored(id_)))
    forms = {row["Form Name"] for row in rows.values()}
    assert len(forms) == 1
    assert re.fullmatch("[a-z][a-z0-9_]*", forms.pop())
    assert {row["Field Type"] for row in rows.values()} == {"text", "radio"}


def test_the_person_comes_first_under_a_key_that_says_nothing():
    rows = read(dictionary(LIBRARY.scored("audit")))
    assert rows["record_id"]["Field Type"] == "text"
    assert "never a personal number" in rows["record_id"]["Field Note"]
    assert [*choices(rows["sex"])] == ["male", "female", "other", "unknown"]
    age = rows["age"]
    validation = "Text Validation Type OR Show Slider Number"
    assert (age[validation], age["Text Validation Min"], age["Text Validation Max"]) == (
        "integer", "0", "120",
    )  # fmt: skip


def test_sex_takes_no_missing_data_code_beside_its_own_unknown():
    rows = read(dictionary(LIBRARY.scored("audit")))
    assert rows["sex"]["Field Annotation"] == "@NOMISSING"
    assert [name for name, row in rows.items() if "@" in row["Field Annotation"]] == ["sex"]


def test_the_licence_stands_over_the_first_item():
    rows = read(dictionary(LIBRARY.scored("audit")))
    header = rows["audit_1"]["Section Header"]
    assert "not the wording of the form" in header
    assert "WHO holds the copyright" in header
    assert rows["audit_2"]["Section Header"] == ""


def test_each_field_tells_which_item_it_is():
    rows = read(dictionary(LIBRARY.scored("audit")))
    assert rows["audit_1"]["Field Annotation"] == "riskbehov audit 1; LOINC 68518-0"


def test_nothing_is_hidden_unless_it_is_asked_for():
    shown = "Branching Logic (Show field only if...)"
    audit = LIBRARY.scored("audit")
    assert {row[shown] for row in read(dictionary(audit)).values()} == {""}
    hidden = [name for name, row in read(dictionary(audit, skips=True)).items() if row[shown]]
    assert hidden == [f"audit_{n}" for n in range(2, 9)]


@pytest.mark.parametrize("kind", NASTY)
def test_what_redcap_takes_for_its_own_is_written_otherwise(kind):
    instrument = with_labels(NASTY)
    row = read(dictionary(instrument))[field_names(instrument)[kind]]
    held = [*choices(row).values()]
    assert len(held) == len(NASTY)
    assert not set("|[]{}\n") & set(row["Field Label"] + "".join(held))
    assert held[[*NASTY].index(kind)] == row["Field Label"]
    assert not re.search(r"<\S", row["Field Label"])  # no HTML


def test_what_is_odd_in_a_label_is_kept_as_near_as_can_be():
    instrument = with_labels(NASTY)
    rows = read(dictionary(instrument))
    labels = {id_: rows[f]["Field Label"] for id_, f in field_names(instrument).items()}
    for same in ("comma", "quotes", "swedish", "formula"):
        assert labels[same] == NASTY[same]
    assert labels["pipe"] == "ja ¦ nej"
    assert labels["brackets"] == "(audit_1) och (age)"
    assert labels["html"] == "under < 5> & < b>över< /b>"
    assert labels["lines"] == "två rader"


def test_fields_whose_names_would_be_the_same_stay_apart():
    rows = read(dictionary(with_items("A", "a", "complete")))
    assert [*rows][3:] == ["fictional_a", "fictional_a_2", "fictional_complete_2"]


@pytest.mark.parametrize("id_", LIBRARY.method_ids)
def test_a_method_that_is_only_recorded_has_no_form(id_):
    with pytest.raises(InputError, match=f"{id_}: found a method of which only the result"):
        dictionary(LIBRARY.instrument(id_))
