"""Which columns hold what, and which there must and may not be."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from tests.tables.persons import (
    DAY,
    LIBRARY,
    PURPOSE,
    READY,
    Row,
    adult,
    recommended,
    table_of,
)

from riskbehov import tables
from riskbehov.errors import InputError
from riskbehov.tables.recommendations.made import rule_column

# What the table must and may not have


def test_age_may_follow_from_the_date_of_birth():
    born = [dt.date(2008, 6, 15), dt.date(2008, 6, 16), None]  # 18 that day, 17, nobody knows
    found = recommended(
        [{"fodd": b, "date": DAY, "professional_risk": "low"} for b in born], birth_date="fodd"
    )
    assert found["state"].tolist() == ["assessed", "invalid", "invalid"]


def test_one_day_may_be_said_for_all_and_then_only_rules_of_that_day_come_out():
    early, late = dt.date(2020, 6, 1), DAY
    rows: list[Row] = [{"age": 30}]
    few = set(recommended(rows, date=early)) - set(rows[0])
    many = set(recommended(rows, date=late)) - set(rows[0])
    assert few < many
    in_force = {v.rule.id for v in READY["adult"].book.judge({}, early, LIBRARY)} & {
        ready.rule.id for ready, is_then in READY["adult"].book.on(early) if is_then
    }
    assert {n for n in few if n.startswith("rule_")} == {rule_column(rule) for rule in in_force}


@pytest.mark.parametrize(
    "day",
    [
        dt.datetime(2026, 6, 15, 12),  # noqa: DTZ001
        np.datetime64("2026-06-15T12:00"),
        pd.Timestamp("2026-06-15 23:59", tz="Europe/Stockholm"),
    ],
)
def test_a_point_in_time_is_taken_for_its_day(day):
    found = recommended([{"age": 30}], date=day)
    assert found.equals(recommended([{"age": 30}], date=DAY))


def test_one_name_may_stand_alone_for_a_list_of_one():
    rows = [adult(audit_1=4, audit_2=4, audit_3=4)]
    alone = recommended(rows, rules="alkohol-met", cutoffs={"audit": "who-2001"})
    listed = recommended(rows, rules=["alkohol-met"], cutoffs={"audit": ["who-2001"]})
    assert alone.equals(listed)


def test_only_the_rules_that_are_asked_for_come_out():
    found = recommended([adult()], rules=["alkohol-met"])
    assert [n for n in found if n.startswith("rule_")] == ["rule_alkohol_met"]


@pytest.mark.parametrize(
    ("row", "more", "words"),
    [
        ({"date": DAY}, {}, "age: found no column 'age'"),
        ({"age": 30}, {}, "date: found no column 'date'"),
        (adult(), {"age": "ålder"}, "age: found 'ålder', expected a column of the table"),
        (adult(), {"age": "age", "birth_date": "date"}, "found both age and date of birth"),
        (adult(risk_level="low"), {}, "found a column 'risk_level', which riskbehov works out"),
        (adult(audit_problem=True), {}, "'audit_problem', which riskbehov works out itself"),
        (adult(two_workers_per_case=True), {}, "about a unit, its staff or its workplace"),
        (
            adult(ls_cmi_level="high"),
            {},
            "found 'ls_cmi_level' but no column 'ls_cmi_date', expected both",
        ),
        (
            adult(savry_date=DAY, savry_valid_months=3),
            {},
            "'savry_date', 'savry_valid_months' but no column 'savry_level', expected both",
        ),
        (adult(substances="alcohol"), {}, "'substances', expected a column for each: substances_"),
        (adult(), {"rules": ["alkohol-mot"]}, "did you mean 'alkohol-met'"),
        (adult(), {"rules": "alkohol-mot"}, "found 'alkohol-mot', .* did you mean 'alkohol-met'"),
        (adult(), {"age": 5}, "age: found '5', expected a column of the table"),
        (adult(), {"date": 20260615}, "date: found 20260615, expected a day or the name of"),
        (adult(), {"date": pd.NaT}, "date: found NaT, expected a day or the name of a column"),
        (adult(), {"date": np.datetime64("NaT")}, "date: found NaT, expected a day or the name"),
        (adult(), {"cutoffs": {"audit": "who"}}, "cutoffs: found 'who'"),
        (adult(), {"forms": {"audit": "papper"}}, "form: found 'papper'.*did you mean 'paper'"),
        (adult(), {"forms": {"adit": "paper"}}, "forms: found 'adit', expected an instrument"),
        (adult(), {"cutoffs": {"audit": ["who"]}}, "cutoffs: found 'who'"),
        (adult(), {"date": dt.date(2018, 1, 1)}, "found 2018-01-01, expected a day from 2019"),
        (adult(), {"on_illegal": "ignore"}, "on_illegal: found 'ignore'"),
        (adult(state="x"), {}, "found a column 'state'"),
    ],
)
def test_a_table_or_a_wish_that_does_not_fit_is_refused(row, more, words):
    with pytest.raises(InputError, match=words):
        recommended([row], **more)


def test_a_column_that_stands_twice_is_refused():
    frame = table_of([adult(audit_1=1)])
    twice = pd.concat([frame, frame[["audit_1"]]], axis=1)
    with pytest.raises(InputError, match="found 2 columns with the name 'audit_1'"):
        tables.recommend(twice, "adult", purpose=PURPOSE)


def test_a_column_whose_name_is_no_text_is_refused():
    frame = table_of([adult()]).assign(x=1).rename(columns={"x": 7})
    with pytest.raises(InputError, match="found 1 columns whose name is no text"):
        tables.recommend(frame, "adult", purpose=PURPOSE)


def test_an_unknown_assessment_is_refused():
    with pytest.raises(InputError, match="did you mean 'adult'"):
        recommended([adult()], "adlut")
