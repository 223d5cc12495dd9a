"""A row that no case can be made of is told, with its column, and nothing is said of it."""

import datetime as dt

import pytest
from tests.tables.persons import (
    adult,
    recommended,
    step_for,
    table_of,
)

from riskbehov.errors import InputError
from riskbehov.tables.engines import run_step

# What cannot be


@pytest.mark.parametrize(
    ("column", "cell", "shown"),
    [
        ("age", 17, "17"),
        ("age", None, "None"),
        ("age", 121, "121"),
        ("age", "trettio", "'trettio'"),
        ("sex", "K", "'K'"),
        ("date", dt.date(2018, 12, 31), "2018-12-31"),
        ("date", dt.date(2999, 1, 1), "2999-01-01"),
        ("date", "i maj", "'i maj'"),
        ("date", None, "None"),
        ("audit_1", 5, "5"),
        ("audit_9", 1, "1"),
        ("rbm8_leisure", 4, "4"),
        ("responsivity_motivation", True, "True"),
        ("youth7_school", 2, "2"),
        ("rbm8_leisure_driver", "ja", "…"),
        ("rbm8_leisure_strength", 2, "…"),
        ("suicidality", "ja", "…"),
        ("substances_opioids", 3, "…"),
        ("threat_level", "medium", "…"),
        ("professional_risk", "hög", "…"),
        ("ls_cmi_level", "extreme", "…"),
        ("consent_police", "nja", "…"),
    ],
)
def test_a_row_with_what_cannot_be_is_invalid_and_the_column_is_told(column, cell, shown):
    whole = {"ls_cmi_date": dt.date(2026, 3, 1)} if column == "ls_cmi_level" else {}
    rows = [adult(**{column: cell}, **whole), adult()]
    frame = table_of(rows)
    found, tally = run_step(frame, step_for(frame, "adult"))
    assert found["state"].tolist() == ["invalid", "assessed"]
    assert found.drop(columns=[*frame, "state"]).iloc[0].isna().all()
    assert tally.states == {"assessed": 1, "invalid": 1}
    assert tally.illegal == {column: {shown: 1}}


LS_CMI = {"ls_cmi_level": "high", "ls_cmi_date": dt.date(2026, 1, 1)}


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"ls_cmi_date": None}, "ls_cmi_date"),  # a level without its day
        ({"ls_cmi_level": None}, "ls_cmi_level"),
        ({"ls_cmi_date": dt.date(2026, 6, 16)}, "ls_cmi_date"),  # the day after
        ({"ls_cmi_date": dt.date(2000, 1, 1)}, "ls_cmi_date"),  # at the age of 3 or 4
        ({"ls_cmi_date": dt.date(1990, 1, 1)}, "ls_cmi_date"),  # not born
        ({"ls_cmi_valid_months": 13}, "ls_cmi_valid_months"),
        ({"ls_cmi_valid_months": 0}, "ls_cmi_valid_months"),
        ({"ls_cmi_valid_months": "ett år"}, "ls_cmi_valid_months"),
    ],
)
def test_a_recorded_result_that_cannot_be_makes_the_row_invalid(wrong, column):
    frame = table_of([adult(**LS_CMI | wrong), adult(**LS_CMI)])
    found, tally = run_step(frame, step_for(frame, "adult"))
    assert found["state"].tolist() == ["invalid", "assessed"]
    assert list(tally.illegal) == [column]


def test_months_without_a_result_say_nothing():
    found = recommended([adult(ls_cmi_level=None, ls_cmi_date=None, ls_cmi_valid_months=99)])
    assert found["state"].tolist() == ["assessed"]


def test_consent_with_the_police_and_with_nobody_cannot_both_be():
    rows = [adult(consent_exchange=False, consent_police=True), adult(consent_exchange=True)]
    frame = table_of(rows)
    found, tally = run_step(frame, step_for(frame, "adult"))
    assert found["state"].tolist() == ["invalid", "assessed"]
    assert tally.illegal == {"consent_exchange": {"…": 1}, "consent_police": {"…": 1}}


def test_invalid_rows_may_be_refused_with_every_column_value_and_remedy():
    rows = [adult(audit_1=7), adult(audit_1=7, age=12), adult(audit_1=8, suicidality="kanske")]
    with pytest.raises(InputError, match="recode what stands for something else") as caught:
        recommended(rows, on_illegal="refuse")
    told = sorted(map(str, caught.value.faults))
    assert [line.partition(",")[0] for line in told] == [
        "age: found 12 (1)",
        "audit_1: found 7 (2)",
        "suicidality: found … (1)",
    ]
    assert "expected the ages of the assessment, 18–" in told[0]
    assert "expected one of the codes 0, 1, 2, 3, 4" in told[1]
    assert "kanske" not in str(caught.value)


def test_invalid_rows_may_be_dropped():
    found = recommended([adult(audit_1=7), adult(audit_1=1)], on_illegal="drop")
    assert found.index.tolist() == [1]
    assert found["state"].tolist() == ["assessed"]
