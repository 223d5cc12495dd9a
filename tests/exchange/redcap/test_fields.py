"""What a data dictionary says of the columns of an export, and the map that is drafted from it."""

import csv
import io

import pytest
import yaml
from tests.exchange.redcap.test_records import LABELS, RAW, header

from riskbehov.errors import InputError
from riskbehov.exchange.redcap import dictionary, field_names, recode_map
from riskbehov.exchange.redcap.fields import read_fields, told_of
from riskbehov.i18n import use_language
from riskbehov.library import Library
from riskbehov.tables.files.opening import open_source
from riskbehov.tables.jobs.recode import profile_source
from riskbehov.tables.mapping.drafting import draft_map
from riskbehov.tables.mapping.recoding import recode_step

LIBRARY = Library.open()
AUDIT = LIBRARY.scored("audit")
HEADINGS = dictionary(AUDIT).splitlines()[0]


@pytest.fixture
def fields(tmp_path):
    def read(text, *, ending=".csv", encoding="utf-8"):
        path = tmp_path / f"dictionary{ending}"
        path.write_text(text, encoding=encoding)
        return read_fields(path)

    return read


def made(lang, instrument):
    with use_language(lang):
        return dictionary(instrument)


def rows_of(text):
    return [*csv.DictReader(io.StringIO(text))]


def dictionary_row(name, label="", choices="", kind="radio", annotation=""):
    cells = [name, "form", "", kind, label, choices, *[""] * 11, annotation]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("labels", [False, True])
def test_the_draft_of_an_export_is_the_map_of_its_dictionary(tmp_path, fields, id_, lang, labels):
    instrument = LIBRARY.scored(id_)
    text = made(lang, instrument)
    known = fields(text)
    title = "Field Label" if labels else "Variable / Field Name"
    export = tmp_path / "export.csv"
    heads = [row[title] for row in rows_of(text)]
    codes = [str(instrument.legal(item)[1]) for item in instrument.items]  # one tells no coding
    cells = ["x-1", "female", "34", *codes]
    if labels:
        own = {field.name: field for field in known}
        names = field_names(instrument).values()
        cells = ["x-1", own["sex"].choices["female"], "34"]
        cells += [own[name].choices[code] for name, code in zip(names, codes, strict=True)]
    with export.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, cells])
    source = open_source(export)
    told = told_of(known, source.schema.names, instrument)
    profile = profile_source(source, instrument, items=told.items, labels=told.values)
    drafted = yaml.safe_load(str(draft_map(profile)))
    whole = recode_map(instrument, heads, labels=labels)
    assert [each["item"] for each in drafted["columns"]] == [i.id for i in instrument.items]
    for found, expected in zip(drafted["columns"], whole["columns"], strict=True):
        assert found["column"] == expected["column"]
        assert found["values"].items() <= expected["values"].items()
        assert {*found["values"].values()} == {*expected["values"].values()}
    assert drafted["sex"]["column"] == whole["sex"]["column"]
    assert drafted["sex"]["values"].items() <= whole["sex"]["values"].items()
    assert {*drafted["sex"]["values"].values()} == {"male", "female", "other", "unknown"}
    assert drafted["age"] == whole["age"]


def test_hl7s_null_flavors_are_suggested_as_missing(tmp_path, fields):
    export = tmp_path / "export.csv"
    export.write_text(RAW, encoding="utf-8")
    source = open_source(export)
    told = told_of(fields(made("sv", AUDIT)), source.schema.names, AUDIT)
    drafted = yaml.safe_load(
        str(draft_map(profile_source(source, AUDIT, items=told.items, labels=told.values)))
    )
    missing = {each["column"]: each.get("missing") for each in drafted["columns"]}
    assert (missing["audit_2"], missing["audit_5"]) == (["-99"], ["UNK"])
    assert drafted["sex"]["missing"] == ["NI"]
    step = recode_step({**drafted, "confirmed": True})
    assert step.adds


def test_an_item_that_nobody_has_answered_has_its_place_in_the_map(tmp_path, fields):
    export = tmp_path / "export.csv"
    export.write_text(LABELS, encoding="utf-8")
    source, rbm8 = open_source(export), LIBRARY.scored("rbm8")
    told = told_of(fields(made("sv", rbm8)), source.schema.names, rbm8)
    draft = draft_map(profile_source(source, rbm8, items=told.items, labels=told.values))
    assert "? the column is empty" in str(draft)
    last = yaml.safe_load(str(draft))["columns"][-1]
    assert (last["column"], [*last["values"].values()]) == ("Fritid", [0, 1, 2, 3])


def test_codes_of_another_project_are_read_by_their_labels(fields):
    one_based = " | ".join(f"{n}, {a}" for n, a in enumerate(("Aldrig", "Varje månad"), 1))
    known = fields(HEADINGS + "\n" + dictionary_row("alc_1", "Hur ofta?", one_based))
    told = told_of(known, ["alc_1", "kon"], AUDIT)
    assert told.items == {}
    assert told.values == {"alc_1": {"1": "Aldrig", "2": "Varje månad"}}


def test_choices_are_parted_as_redcap_parts_them(fields):
    choices = "0, nej, aldrig |1,ja\n-9, vet ej | 7 |"
    known = fields(HEADINGS + "\n" + dictionary_row("x", choices=choices, kind="dropdown"))
    assert known[0].choices == {"0": "nej, aldrig", "1": "ja", "-9": "vet ej", "7": "7"}


@pytest.mark.parametrize("kind", ["calc", "slider", "checkbox", "text"])
def test_fields_where_no_one_choice_is_made_have_none(fields, kind):
    known = fields(HEADINGS + "\n" + dictionary_row("x", choices="0, låg | 100, hög", kind=kind))
    assert known[0].choices == {}


def test_a_dictionary_that_excel_has_saved_is_read(fields):
    rows = [[*row.values()] for row in rows_of(made("sv", AUDIT))]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([[*rows_of(made("sv", AUDIT))[0]], *rows])
    found = fields(text.getvalue(), encoding="cp1252")
    assert found == fields(made("sv", AUDIT))


def test_an_item_is_known_by_its_annotation_whatever_the_field_is_called(fields):
    row = dictionary_row("alk_a", annotation="@HIDDEN riskbehov audit 9; LOINC 68526-3")
    told = told_of(fields(HEADINGS + "\n" + row), ["alk_a"], AUDIT)
    assert told.items == {"9": "alk_a"}


def test_other_instruments_of_the_project_are_left_out(fields):
    both = made("sv", AUDIT) + made("sv", LIBRARY.scored("dudit")).partition("\n")[2]
    names = [row["Variable / Field Name"] for row in rows_of(both)]
    told = told_of(fields(both), names, AUDIT)
    assert [*told.items] == [item.id for item in AUDIT.items]
    assert [*told.items.values()] == [f"audit_{n}" for n in range(1, 11)]


def test_a_field_that_the_export_lacks_tells_nothing(fields):
    told = told_of(fields(made("sv", AUDIT)), [n for n in header(RAW) if n != "audit_3"], AUDIT)
    assert "3" not in told.items
    assert len(told.items) == 9


def test_a_form_that_was_copied_is_asked_about(fields):
    text = made("sv", AUDIT) + dictionary_row("audit_1_v2", annotation="riskbehov audit 1")
    with pytest.raises(InputError, match=r"audit_1, audit_1_v2 hold item 1.*--items"):
        told_of(fields(text), ["audit_1", "audit_1_v2"], AUDIT)


def test_an_item_in_checkboxes_is_told(fields):
    columns = ["audit_1", "audit_9___0", "audit_9___2", "audit_9___4"]
    with pytest.raises(InputError, match=r"columns of a checkbox \(audit_9___0.*join_checkboxes"):
        told_of(fields(made("sv", AUDIT)), columns, AUDIT)


def test_the_dictionary_of_another_project_is_refused(fields):
    with pytest.raises(InputError, match="none of its fields is a column of the table"):
        told_of(fields(made("sv", AUDIT)), ["dudit_1", "Kommun"], AUDIT)


def test_a_label_of_two_items_is_asked_about(fields):
    rows = (dictionary_row(f"audit_{n}", "Hur ofta?", "0, aldrig") for n in (3, 4))
    known = fields("\n".join([HEADINGS, *(row.strip() for row in rows)]) + "\n")
    with pytest.raises(InputError, match=r"label 'Hur ofta\?' for the items 3, 4.*raw data"):
        told_of(known, ["Hur ofta?"], AUDIT)


def test_a_label_of_fields_of_two_forms_is_read_by_the_choices_of_both(fields):
    rows = [
        dictionary_row("rbm8_leisure", "Fritid", "0, inget behov | 1, visst behov"),
        dictionary_row("annat_1", "Fritid", "1, sport"),
    ]
    known = fields(HEADINGS + "\n" + "".join(rows))
    told = told_of(known, ["Fritid"], LIBRARY.scored("rbm8"))
    assert told.items == {"leisure": "Fritid"}
    assert [*told.values["Fritid"]] == ["inget behov", "visst behov", "sport"]


def test_what_is_no_data_dictionary_is_refused_with_every_heading(fields):
    with pytest.raises(InputError) as refused:
        fields(LABELS)
    told = [str(fault) for fault in refused.value.faults]
    assert len(told) == 4
    assert "found no column 'Variable / Field Name'" in told[0]
