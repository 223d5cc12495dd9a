"""Records as REDCap exports them, read as answers.

The files here are written by hand after REDCap's own description of a flat CSV export: a row for
each record, event and instance; the project's columns of its own first; ``<form>_complete`` last;
raw codes, or labels in cells and header.
"""

import csv
import io

import pandas as pd
import polars as pl
import pytest
import yaml
from tests.exchange.made import with_items, with_labels

from riskbehov import score, tables
from riskbehov.errors import InputError
from riskbehov.exchange.redcap import dictionary, join_checkboxes, recode_map
from riskbehov.i18n import use_language
from riskbehov.library import Library
from riskbehov.models.instrument import Sex
from riskbehov.models.recode import RecodeMap
from riskbehov.tables.mapping.recoding import recode

LIBRARY = Library.open()
AUDIT = LIBRARY.scored("audit")
ITEMS = [f"audit_{n}" for n in range(1, 11)]
MISSING = (-99, "UNK", "NI")

RAW = """\
record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,redcap_data_access_group,\
sex,age,audit_1,audit_2,audit_3,audit_4,audit_5,audit_6,audit_7,audit_8,audit_9,audit_10,audit_complete
B-01,start_arm_1,,,huddinge,female,34,3,2,1,0,0,0,1,0,0,2,2
B-02,start_arm_1,,,huddinge,male,51,4,-99,1,2,UNK,0,1,0,4,2,2
B-03,start_arm_1,,,stockholm,unknown,19,0,,,,,,,,0,0,2
B-04,start_arm_1,,,stockholm,NI,,2,0,0,0,0,0,0,0,0,,1
B-05,start_arm_1,,,stockholm,other,-99,,,,,,,,,,,0
B-01,uppfoljning_arm_1,audit,1,huddinge,female,35,2,1,1,0,0,0,0,0,0,0,2
B-01,uppfoljning_arm_1,audit,2,huddinge,female,35,1,0,0,0,0,0,0,0,,0,2
B-01,uppfoljning_arm_1,annat,1,huddinge,,,,,,,,,,,,,
"""
# The same rows as a person would read them: sex, age, answers.
READ: list[tuple[Sex, int | None, tuple[int | None, ...]]] = [
    ("female", 34, (3, 2, 1, 0, 0, 0, 1, 0, 0, 2)),
    ("male", 51, (4, None, 1, 2, None, 0, 1, 0, 4, 2)),
    ("unknown", 19, (0, None, None, None, None, None, None, None, 0, 0)),
    ("unknown", None, (2, 0, 0, 0, 0, 0, 0, 0, 0, None)),
    ("other", None, (None,) * 10),
    ("female", 35, (2, 1, 1, 0, 0, 0, 0, 0, 0, 0)),
    ("female", 35, (1, 0, 0, 0, 0, 0, 0, 0, None, 0)),
    ("unknown", None, (None,) * 10),
]

LABELS = """\
Record,Event Name,Repeat Instrument,Repeat Instance,Sex,Age at the assessment,\
Antisocial historia,Prokriminella attityder,Prokriminellt umgänge,Antisocialt personlighetsmönster,\
Missbruk eller beroende,Arbete och studier,Familj och andra relationer,Fritid,Complete?
R-1,Start,,,woman or girl,34,inget behov,visst behov (följs),tydligt behov,uttalat behov,\
tydligt behov,inget behov,inget behov,,Complete
R-2,Start,,,,,Unknown,,,,uttalat behov,,,,Incomplete
"""


def header(text):
    return text.splitlines()[0].split(",")


def by_pandas(text):
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


def by_polars(text):
    return pl.read_csv(io.StringIO(text), infer_schema=False)


def scored(frame, mapping, instrument, **given):
    """Recode and score a table, as a researcher does."""
    recoded, _ = recode(frame, mapping)
    return tables.score(recoded, instrument, sex="sex", age="age", **given)


@pytest.mark.parametrize("read", [by_pandas, by_polars, lambda text: by_polars(text).to_arrow()])
def test_an_export_scores_as_each_form_by_itself(read):
    mapping = recode_map(AUDIT, header(RAW), missing=MISSING)
    found = pl.DataFrame(scored(read(RAW), mapping, "audit")).to_dicts()
    for row, (sex, age, answers) in zip(found, READ, strict=True):
        if not any(answer is not None for answer in answers):
            assert row["audit_state"] == "omitted"
            assert row["audit_total_low"] is None
            continue
        case = score(AUDIT, answers, sex=sex, age=age)
        total = case.scales["total"]
        assert (row["audit_state"], row["audit_missing"]) == (case.state, len(case.missing))
        assert (row["audit_total_low"], row["audit_total_high"]) == (total.low, total.high)


def test_what_redcap_adds_of_its_own_stays_as_it_was():
    frame = by_pandas(RAW)
    found = scored(frame, recode_map(AUDIT, [*frame], missing=MISSING), "audit")
    own = [name for name in frame if name.startswith(("redcap_", "record_"))]
    assert len(own) == 5
    assert found[own].equals(frame[own])
    assert len(found) == 8, "no row is dropped, nor that of another form"


def test_without_missing_data_codes_an_export_needs_no_map():
    plain = RAW.replace("UNK", "").replace("-99", "").replace("NI", "")
    direct = tables.score(by_pandas(plain), "audit", sex="sex", age="age")
    frame = by_pandas(RAW)
    by_map = scored(frame, recode_map(AUDIT, [*frame], missing=MISSING), "audit")
    made = [name for name in direct if name not in frame]
    assert direct[made].equals(by_map[made])


def test_a_missing_data_code_that_nobody_declared_is_no_answer():
    found = tables.score(by_pandas(RAW), "audit", sex="sex", age="age")
    assert found["audit_state"].tolist()[1:3] == ["invalid", "certain"]
    assert found["audit_illegal"].tolist()[1] == 2


def test_an_export_of_labels_is_read_by_the_labels_of_the_dictionary():
    rbm8 = LIBRARY.scored("rbm8")
    frame = by_pandas(LABELS)
    mapping = recode_map(rbm8, [*frame], labels=True, missing=["Unknown"])
    found = scored(frame, mapping, "rbm8")
    case = score(rbm8, (0, 1, 2, 3, 2, 0, 0, None), sex="female", age=34)
    identified = case.scales["identified"]
    assert (found["rbm8_identified_low"][0], found["rbm8_identified_high"][0]) == (
        identified.low,
        identified.high,
    )
    assert found["rbm8_missing"].tolist() == [1, 7]


@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
@pytest.mark.parametrize("labels", [False, True])
def test_the_map_of_a_dictionarys_own_export_is_a_sound_one(id_, labels):
    instrument = LIBRARY.scored(id_)
    fields = csv.DictReader(io.StringIO(dictionary(instrument)))
    columns = [row["Variable / Field Name"] for row in fields]
    made = recode_map(instrument, columns, labels=labels, missing=MISSING)
    again = yaml.safe_load(yaml.safe_dump(made, allow_unicode=True))
    found = RecodeMap.model_validate(again)
    assert found.confirmed
    assert found.unmapped == "refuse"
    assert found.missing == ("-99", "UNK", "NI")
    for mapped, item in zip(found.columns, instrument.items, strict=True):
        assert mapped.item == item.id
        codes = dict(mapped.values or {})  # noqa: PD011 - a model's, no frame's
        assert {*codes.values()} == {*instrument.legal(item)}


def test_columns_may_also_have_the_names_of_the_toolkit():
    parents = LIBRARY.scored("responsivity-parents")
    own = ["responsivity_parents_receptivity", "responsivity_parents_ability"]
    found = recode_map(parents, ["id", *own, "sex", "age"])
    assert [each["column"] for each in found["columns"]] == own


def test_fields_of_a_project_that_was_there_before_are_named():
    names = {str(n): f"alc_{n}" for n in range(1, 11)}
    columns = [*names.values(), "kon", "fodd", "ifyllt"]
    found = recode_map(AUDIT, columns, names=names, sex="kon", birth_date="fodd", date="ifyllt")
    assert [each["column"] for each in found["columns"]] == [*names.values()]
    assert found["sex"]["column"] == "kon"
    assert found["birth_date"] == {"column": "fodd"}
    assert found["date"] == {"column": "ifyllt"}
    assert "age" not in found


def test_labels_are_read_whatever_the_language_of_the_moment():
    with use_language("sv"):
        swedish = recode_map(AUDIT, [*ITEMS, "sex", "age"], labels=True)
    assert swedish == recode_map(AUDIT, [*ITEMS, "sex", "age"], labels=True)
    values = swedish["columns"][0]["values"]
    assert values["aldrig"] == values["never"] == 0


def test_all_fields_that_are_not_there_are_told_at_once():
    with pytest.raises(InputError) as refused:
        recode_map(AUDIT, ["record_id", "audit_01", *ITEMS[1:9], "sex"])
    told = [str(fault) for fault in refused.value.faults]
    assert len(told) == 3
    assert "that there is none - did you mean 'audit_01'?" in told[0]
    assert "'audit_10'" in told[1]
    assert "'age'" in told[2]
    assert "say that there is none" in told[2]


def test_a_table_without_sex_and_age_says_so():
    found = recode_map(AUDIT, ITEMS, sex=None, age=None)
    assert {"sex", "age"}.isdisjoint(found)


def test_a_field_that_stands_twice_is_refused():
    with pytest.raises(InputError, match="found 2 columns for the field 'audit_1'"):
        recode_map(AUDIT, [*ITEMS, "audit_1", "sex", "age"])


def test_checkboxes_are_to_be_joined_first():
    columns = ["audit_1___0", "audit_1___1", *ITEMS[1:], "sex", "age"]
    with pytest.raises(InputError, match=r"columns of a checkbox \(audit_1___0, audit_1___1\)"):
        recode_map(AUDIT, columns)


def test_a_missing_data_code_that_is_an_answer_is_refused():
    with pytest.raises(InputError, match="audit_9: the missing data code '2' is also an answer"):
        recode_map(AUDIT, [*ITEMS, "sex", "age"], missing=["02"])
    with pytest.raises(InputError, match="sex: the missing data code 'unknown' is also an answer"):
        recode_map(AUDIT, [*ITEMS, "sex", "age"], missing=["unknown"])


def test_a_label_of_two_codes_is_refused():
    instrument = with_labels({"x": "ja", "y": "ja"})
    columns = ["fictional_x", "fictional_y", "sex", "age"]
    recode_map(instrument, columns)  # codes are told apart
    with pytest.raises(InputError, match="the label 'ja' stands for the codes 0 and 1"):
        recode_map(instrument, columns, labels=True)


def test_an_unknown_item_is_refused():
    with pytest.raises(InputError, match="names: found '11', expected an item of audit"):
        recode_map(AUDIT, [*ITEMS, "sex", "age"], names={"11": "alc_11"})


def test_a_method_that_is_only_recorded_has_no_records_to_read():
    with pytest.raises(InputError, match="ls-cmi: found a method of which only the result"):
        recode_map(LIBRARY.instrument("ls-cmi"), ITEMS)


def test_a_value_that_is_neither_code_nor_missing_is_refused_by_the_map():
    frame = by_pandas(RAW.replace("UNK", "NASK"))
    mapping = recode_map(AUDIT, [*frame], missing=MISSING)
    with pytest.raises(InputError, match=r"audit_5.*NASK"):
        recode(frame, mapping)


def test_fields_with_numbers_come_back_to_their_items():
    instrument = with_items("A", "a")
    found = recode_map(instrument, ["fictional_a", "fictional_a_2", "sex", "age"])
    assert [(e["item"], e["column"]) for e in found["columns"]] == [
        ("A", "fictional_a"),
        ("a", "fictional_a_2"),
    ]


def test_a_text_is_no_list_of_missing_data_codes():
    told = "found the text 'UNK', expected a list of codes"
    with pytest.raises(InputError, match=told):
        recode_map(AUDIT, [*ITEMS, "sex", "age"], missing="UNK")
    with pytest.raises(InputError, match=told):
        join_checkboxes(pd.DataFrame({"audit_9___0": ["1"]}), AUDIT, missing="UNK")


def test_columns_that_are_named_by_numbers_are_no_fields():
    with pytest.raises(InputError, match="found no column 'audit_10'"):
        recode_map(AUDIT, [*ITEMS[:9], 10, "sex", "age"])  # type: ignore[list-item]


def test_an_instrument_is_not_named_by_its_id():
    with pytest.raises(InputError, match="found the text 'audit', expected an instrument"):
        recode_map("audit", ITEMS)  # type: ignore[arg-type]
