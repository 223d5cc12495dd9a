"""A table is assessed row by row as so many cases would be."""

import datetime as dt
import pickle
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables.persons import (
    LIBRARY,
    READY,
    made_of_row,
    plain,
    row_of,
    rows_made,
    said_of_result,
    said_of_row,
    table_of,
)

from riskbehov import tables
from riskbehov.assessing import assess
from riskbehov.assessing.arrays import Ready
from riskbehov.errors import InputError, PrivacyError
from riskbehov.library import Library
from riskbehov.tables import recommending
from riskbehov.tables.engines import run_step
from riskbehov.tables.recommended import rule_column
from riskbehov.tables.recommending import RecommendStep, recommend_step

PURPOSE = "Pröva tabeller"
DAY = dt.date(2026, 6, 15)
every_assessment = pytest.mark.parametrize("id_", LIBRARY.assessment_ids)


def step_for(frame: pd.DataFrame, id_: str, **more: Any) -> RecommendStep:
    given = {"purpose": PURPOSE, "library": LIBRARY, **more}
    return recommend_step(list(frame.columns), id_, given.pop("library"), **given)


def recommended(rows: list[dict[str, Any]], id_: str = "adult", **more: Any) -> pd.DataFrame:
    return tables.recommend(table_of(rows), id_, purpose=PURPOSE, library=LIBRARY, **more)


def adult(**more: Any) -> dict[str, Any]:
    return {"age": 30, "sex": "male", "date": DAY, **more}


# As one case


@every_assessment
@settings(max_examples=15)
@given(
    seed=st.integers(0, 2**32),
    gaps=st.sampled_from([0.0, 0.2, 0.6]),
    odd=st.sampled_from([0.0, 0.0, 0.005]),
    absent=st.sampled_from([0.0, 0.1, 0.7]),
)
def test_a_row_comes_to_what_a_case_of_it_comes_to(id_, seed, gaps, odd, absent):
    rows = rows_made(READY[id_], 5, seed=seed, gaps=gaps, odd=odd, absent=absent)
    frame = table_of(rows)
    step = step_for(frame, id_)
    found, _ = run_step(frame, step)
    for place, row in enumerate(rows):
        cells = {name: row.get(name) for name in step.layout.columns}
        expected = said_of_row(cells, step.layout, step.ready)
        assert made_of_row(found, place, expected) == expected


@every_assessment
def test_every_rule_has_in_every_verdict_what_a_case_has(id_):
    ready = READY[id_]
    rows = rows_made(ready, 3000, seed=7, gaps=0.25, absent=0.0)
    frame = table_of(rows)
    step = step_for(frame, id_)
    found, _ = run_step(frame, step)
    seen: dict[tuple[str, str], int] = {}
    for rule in step.rules:
        column = found[rule_column(rule)].astype(object)
        for place, verdict in column.drop_duplicates().dropna().items():
            seen[rule, str(verdict)] = int(str(place))
    can = {rule for rule in step.rules if is_for_some(ready, rule)}
    assert {rule for rule in can if (rule, "applies") not in seen} == set()
    for place in sorted(set(seen.values())):
        cells = {name: rows[place].get(name) for name in step.layout.columns}
        expected = said_of_row(cells, step.layout, ready)
        assert made_of_row(found, place, expected) == expected


def is_for_some(ready: Ready, rule: str) -> bool:
    """Tell whether a rule is for any age that the assessment is for."""
    ages = ready.book.versions[rule][-1].rule.ages
    return any(age in ages and age in ready.assessment.ages for age in range(121))


def clients() -> Iterator[Any]:
    for id_ in LIBRARY.assessment_ids:
        examples = LIBRARY.assessment_examples(id_)
        for example in examples.cases if examples else ():
            yield pytest.param(id_, example.case, id=example.case.case)


def test_there_are_as_many_fictional_clients_as_ever():
    assert len(list(clients())) >= 68


@pytest.mark.parametrize(("id_", "case"), [*clients()])
def test_a_fictional_client_as_a_row_is_recommended_the_same(id_, case):
    forms = {i: given.form for i, given in case.instruments.items() if given.form}
    ready = READY[id_]
    step = step_for(table_of([row_of(case, ready)]), id_, forms=forms)
    found, _ = run_step(table_of([row_of(case, ready)]), step)
    expected = said_of_result(assess(case, LIBRARY), ready)
    assert made_of_row(found, 0, expected) == expected


# Order, parts and types of tables


@pytest.fixture(scope="module")
def made() -> pd.DataFrame:
    return table_of(rows_made(READY["adult"], 60, seed=3, odd=0.002))


def results(found: pd.DataFrame, frame: pd.DataFrame) -> list[list[object]]:
    names = [name for name in found if name not in frame]
    return [[plain(cell) for cell in found[name]] for name in names]


def test_rows_and_columns_may_stand_in_any_order(made):
    draw = random.Random(1)
    expected = tables.recommend(made, "adult", purpose=PURPOSE)
    order = draw.sample(range(len(made)), len(made))
    names = draw.sample(list(made), len(list(made)))
    found = tables.recommend(made.iloc[order][names], "adult", purpose=PURPOSE)
    assert results(found, made) == results(expected.iloc[order], made)
    assert found.index.tolist() == order


@pytest.mark.parametrize("size", [5, 59, 60])
def test_the_size_of_the_chunks_changes_nothing(made, size, monkeypatch):
    expected = tables.recommend(made, "adult", purpose=PURPOSE)
    monkeypatch.setattr(recommending, "CHUNK", size)
    found = tables.recommend(made, "adult", purpose=PURPOSE)
    assert results(found, made) == results(expected, made)


def test_extra_columns_and_the_index_are_kept():
    frame = table_of([adult(), adult()]).assign(enhet=["norr", "söder"])
    frame.index = pd.Index(["a", "b"], name="rad")
    found = tables.recommend(frame, "adult", purpose=PURPOSE)
    assert found[list(frame)].equals(frame)
    assert found.index.equals(frame.index)


def test_no_rows_give_no_rows():
    found = tables.recommend(table_of([adult()]).iloc[:0], "adult", purpose=PURPOSE)
    assert len(found) == 0
    assert {"state", "risk_low", "rule_alkohol_met"} <= set(found)


def typed() -> pd.DataFrame:
    """Return a table with one type of cell in each column."""
    return pd.DataFrame(
        {
            "age": pd.array([18, 30, 47, 66], "UInt8"),
            "sex": pd.Categorical(["male", "female", None, "other"]),
            "date": pd.to_datetime(["2026-01-01", "2025-07-01", "2024-02-29", "2026-06-15"]),
            "rbm8_history": [3.0, None, 0.0, 2.0],
            "rbm8_attitudes": pd.array([2, None, 3, 1], "Int64"),
            "rbm8_substance_use": ["2", " 3 ", "", "0"],
            "rbm8_substance_use_driver": pd.array([True, None, False, True], "boolean"),
            "rbm8_leisure": [2, 2, 0, 3],
            "substances_alcohol": [True, False, True, False],
            "substances_cannabis": [1, 0, 0, 0],
            "substances_stimulants": [0.0, 1.0, None, 0.0],
            "substances_opioids": ["false"] * 4,
            "substances_benzodiazepines": pd.array([0, 0, None, 1], "Int8"),
            "substances_other_drugs": pd.Categorical(["0", "1", "unknown", "0"]),
            "threat_level": ["high", "none", "unknown", None],
            "audit_1": pd.array([4, 4, 0, None], "Int8"),
            "audit_2": pd.array([3, 3, 0, None], "Float32"),
            "professional_risk": ["high", None, "low", "medium"],
            "ls_cmi_level": [None, "very-high", "medium", None],
            "ls_cmi_date": ["", "2025-06-30", "2023-02-28", ""],
            "note": ["x", "y", "z", None],
        }
    )


def rows_of_table(found: Any) -> list[dict[str, object]]:
    if isinstance(found, pd.DataFrame):
        return [{n: plain(cell) for n, cell in row.items()} for _, row in found.iterrows()]
    return found.to_pylist() if isinstance(found, pa.Table) else found.to_dicts()


SHAPES = {
    "object": lambda frame: frame.astype(object),
    "pandas' nullable types": lambda frame: frame.convert_dtypes(),
    "pandas on Arrow": lambda frame: frame.convert_dtypes(dtype_backend="pyarrow"),
    "text": lambda frame: frame.astype(object).map(lambda c: "" if plain(c) is None else str(c)),
    "Polars": pl.from_pandas,
    "pyarrow": lambda frame: pa.Table.from_pandas(frame, preserve_index=False),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_type_of_column_gives_the_same(shape):
    frame = typed()
    names = [spec.name for spec in step_for(frame, "adult").adds]
    expected = rows_of_table(tables.recommend(frame, "adult", purpose=PURPOSE))
    assert [row["state"] for row in expected] == ["assessed"] * 4
    found = rows_of_table(tables.recommend(SHAPES[shape](frame), "adult", purpose=PURPOSE))
    assert [{n: row[n] for n in names} for row in found] == [
        {n: row[n] for n in names} for row in expected
    ]


def test_a_lazy_frame_and_a_relation_give_the_same():
    import duckdb

    frame = pl.from_pandas(typed())
    expected = tables.recommend(frame, "adult", purpose=PURPOSE).to_dicts()
    lazy = tables.recommend(frame.lazy(), "adult", purpose=PURPOSE)
    assert lazy.collect().to_dicts() == expected
    relation = duckdb.connect().from_arrow(frame.to_arrow())
    found = tables.recommend(relation, "adult", purpose=PURPOSE)
    assert found.pl().to_dicts() == expected


def test_a_step_travels_to_another_process_and_says_the_same(made):
    step = step_for(made, "adult")
    again = pickle.loads(pickle.dumps(step))  # noqa: S301 - our own
    assert again.adds == step.adds
    assert results(run_step(made, again)[0], made) == results(run_step(made, step)[0], made)


# Risk, needs and targets, worked by hand


def test_a_recorded_result_goes_before_the_professional_and_she_before_the_table():
    result = {"ls_cmi_level": "very-high", "ls_cmi_date": dt.date(2026, 1, 1)}
    found = recommended(
        [
            adult(professional_risk="low", **result),
            adult(professional_risk="medium"),
            adult(rbm8_history=0, **dict.fromkeys(AREAS, 0)),  # row 0, no area: low
            adult(),
        ]
    )
    assert found["risk_source"].tolist() == ["ls-cmi", "professional", "suggestion", "suggestion"]
    assert found["risk_low"].tolist() == ["high", "medium", "low", "low"]
    assert found["risk_high"].tolist() == ["high", "medium", "low", "high"]


AREAS = [f"rbm8_{item.id}" for item in READY["adult"].areas]


@pytest.mark.parametrize(
    ("date", "months", "source"),
    [
        (dt.date(2025, 6, 15), None, "ls-cmi"),  # twelve months to the day
        (dt.date(2025, 6, 14), None, "suggestion"),
        (dt.date(2025, 12, 15), 6, "ls-cmi"),  # six months to the day
        (dt.date(2025, 12, 14), 6, "suggestion"),
    ],
)
def test_a_result_that_is_too_old_is_not_used(date, months, source):
    found = recommended([adult(ls_cmi_level="high", ls_cmi_date=date, ls_cmi_valid_months=months)])
    assert found["risk_source"].tolist() == [source]


def test_results_of_one_day_count_together_and_an_older_one_gives_way():
    on, before = dt.date(2026, 5, 1), dt.date(2026, 4, 30)
    found = recommended(
        [
            adult(ls_cmi_level="low", ls_cmi_date=on, rbm_b_level="high", rbm_b_date=on),
            adult(ls_cmi_level="low", ls_cmi_date=on, rbm_b_level="high", rbm_b_date=before),
        ]
    )
    assert found["risk_low"].tolist() == ["low", "low"]
    assert found["risk_high"].tolist() == ["high", "low"]


def test_violence_is_a_line_of_its_own():
    found = recommended(
        [adult(hcr_20_level="moderate", hcr_20_date=DAY, professional_risk="low"), adult()]
    )
    assert found["violence_low"].tolist() == ["medium", np.nan]
    assert found["violence_high"].tolist() == ["medium", np.nan]
    assert found["risk_high"].tolist() == ["low", "high"]


def test_an_area_is_unanswered_no_target_or_has_its_place():
    ratings = {"rbm8_attitudes": 2, "rbm8_associates": 3, "rbm8_leisure": 2, "rbm8_history": 3}
    found = recommended([adult(**ratings, rbm8_leisure_driver=True, rbm8_personality=1)])
    names = ("leisure", "associates", "attitudes", "personality", "work_education")
    assert [plain(found[f"target_{n}"].iloc[0]) for n in names] == [1, 2, 3, 0, None]
    assert "target_history" not in found  # static: never a target
    assert found[["needs_low", "needs_high"]].iloc[0].tolist() == [3, 6]
    assert found["multimodal"].tolist() == [True]


def test_without_any_rating_the_count_is_from_none_to_all():
    found = recommended([adult()])
    assert found[["needs_low", "needs_high"]].iloc[0].tolist() == [0, 7]
    assert found["multimodal"].isna().all()
    assert found["intensity_low"].tolist() == ["basic"]
    assert found["intensity_high"].tolist() == ["very-intensive"]


def test_under_six_nothing_is_said_of_risk_or_intensity():
    found = recommended([{"age": 4, "date": DAY, "professional_risk": "high"}], "child-0-5")
    assert found["risk_source"].isna().all()
    assert "intensity_low" not in found


def test_a_screening_is_judged_by_the_limits_for_the_sex():
    answers = {f"dudit_{n}": 1 if n in (1, 5, 6) else 0 for n in range(1, 12)}  # three points
    sexes = ["male", "female", "unknown"]  # limits: 6 for men, 2 for women
    found = recommended([adult(**answers) | {"sex": sex} for sex in sexes])
    assert found["rule_fordjupad_dudit"].tolist() == ["does-not-apply", "applies", "cannot-tell"]


# Lists of which not every member is known


MEMBERS = [v.id for v in LIBRARY.facts["substances"].values]


@given(
    said=st.lists(st.sampled_from([True, False, None]), min_size=6, max_size=6),
    rating=st.sampled_from([None, 1, 2, 3]),
)
@settings(max_examples=25)
def test_a_list_that_is_known_in_part_settles_only_what_every_way_to_fill_it_settles(said, rating):
    def row(members):
        named = zip(MEMBERS, members, strict=True)
        held = {f"substances_{m}".replace("-", "_"): value for m, value in named}
        return adult(rbm8_substance_use=rating, **held)

    fills = [said]
    for place, value in enumerate(said):
        if value is None:
            fills = [[*f[:place], v, *f[place + 1 :]] for f in fills for v in (True, False)]
    found = recommended([row(said), *(row(fill) for fill in fills)])
    for name in (rule_column(rule) for rule in READY["adult"].book.versions):
        verdict, *others = found[name].tolist()
        if verdict in ("applies", "does-not-apply"):
            assert set(others) == {verdict}, name


def test_of_a_list_the_members_that_are_known_count():
    cannabis = "rule_narkotika_cannabis_cra"
    found = recommended(
        [
            adult(rbm8_substance_use=2, substances_cannabis=True),  # the others have no column
            adult(rbm8_substance_use=2, substances_cannabis=False),
            adult(rbm8_substance_use=2, substances_cannabis=None),
        ]
    )
    assert found[cannabis].tolist() == ["applies", "does-not-apply", "cannot-tell"]
    assert found["rule_alkohol_met"].tolist() == ["cannot-tell"] * 3


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
    rows = [adult(**{column: cell}), adult()]
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


# What the table must and may not have


def test_age_may_follow_from_the_date_of_birth():
    born = [dt.date(2008, 6, 15), dt.date(2008, 6, 16), None]  # 18 that day, 17, nobody knows
    found = recommended(
        [{"fodd": b, "date": DAY, "professional_risk": "low"} for b in born], birth_date="fodd"
    )
    assert found["state"].tolist() == ["assessed", "invalid", "invalid"]


def test_one_day_may_be_said_for_all_and_then_only_rules_of_that_day_come_out():
    early, late = dt.date(2020, 6, 1), DAY
    rows = [{"age": 30}]
    few = set(recommended(rows, date=early)) - set(rows[0])
    many = set(recommended(rows, date=late)) - set(rows[0])
    assert few < many
    in_force = {v.rule.id for v in READY["adult"].book.judge({}, early, LIBRARY)} & {
        ready.rule.id for ready, is_then in READY["adult"].book.on(early) if is_then
    }
    assert {n for n in few if n.startswith("rule_")} == {rule_column(rule) for rule in in_force}


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
        (adult(substances="alcohol"), {}, "'substances', expected a column for each: substances_"),
        (adult(), {"rules": ["alkohol-mot"]}, "did you mean 'alkohol-met'"),
        (adult(), {"forms": {"audit": "papper"}}, "form: found 'papper'.*did you mean 'paper'"),
        (adult(), {"forms": {"adit": "paper"}}, "forms: found 'adit', expected an instrument"),
        (adult(), {"cutoffs": {"audit": ["who"]}}, "cutoffs: found 'who'"),
        (adult(), {"date": dt.date(2018, 1, 1)}, "found 2018-01-01, expected a day from 2019"),
        (adult(), {"on_illegal": "ignore"}, "on_illegal: found 'ignore'"),
        ({**adult(), 7: 1}, {}, "found 1 columns whose name is no text"),
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


def test_an_unknown_assessment_is_refused():
    with pytest.raises(InputError, match="did you mean 'adult'"):
        recommended([adult()], "adlut")


# Who someone is


@pytest.mark.parametrize("purpose", ["", "   ", "x" * 501])
def test_a_purpose_is_demanded(purpose):
    with pytest.raises(InputError, match="expected the purpose"):
        tables.recommend(table_of([adult()]), "adult", purpose=purpose)


def test_a_purpose_with_personal_data_is_refused():
    with pytest.raises(PrivacyError, match="--purpose"):
        tables.recommend(table_of([adult()]), "adult", purpose="Se 19121212-1212")


@pytest.mark.parametrize("cell", ["19121212-1212", 191212121212, 1212121212.0, "191212121212"])
def test_a_column_of_personal_numbers_is_refused_by_name_and_count_without_the_value(cell):
    rows = [adult(nyckel=cell), adult(nyckel=cell), adult(nyckel=None)]
    with pytest.raises(PrivacyError, match="nyckel: found personal numbers in 2 rows") as caught:
        recommended(rows, reviewed=True)
    assert "1212" not in str(caught.value)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("nina@example.org", "e-mail addresses"),
        ("070-174 06 05", "telephone numbers"),
        ("Storgatan 12", "street addresses"),
    ],
)
def test_contact_data_is_refused_until_someone_has_looked(cell, kind):
    rows = [adult(text=cell), adult(text="ingen")]
    with pytest.raises(PrivacyError, match=f"text: found what looks like {kind} in 1 rows"):
        recommended(rows)
    assert len(recommended(rows, reviewed=True)) == 2


def test_personal_data_in_a_column_that_is_read_is_refused_too():
    with pytest.raises(PrivacyError, match="audit_1: found personal numbers in 1 rows"):
        recommended([adult(audit_1="19121212-1212")], reviewed=True)


def test_a_column_called_as_names_are_is_refused_unless_it_is_empty():
    with pytest.raises(PrivacyError, match="förnamn: found 1 rows with something in a column"):
        recommended([adult(förnamn="Nina"), adult(förnamn=None)])
    assert len(recommended([adult(förnamn=None)])) == 1
    assert len(recommended([adult(förnamn="Nina")], reviewed=True)) == 1


def test_a_column_whose_name_is_a_personal_number_is_refused():
    with pytest.raises(PrivacyError, match="in the names of 1 columns") as caught:
        recommended([adult(**{"19121212-1212": 1})])
    assert "1212" not in str(caught.value)


def test_a_running_number_and_a_date_are_no_personal_data():
    frame = table_of([adult(), adult()]).assign(
        lopnr=[1, 2**40], nar=pd.to_datetime(["2026-01-01 10:30", None]), key=["RB-7K3M", "a" * 40]
    )
    assert len(tables.recommend(frame, "adult", purpose=PURPOSE)) == 2


# Data of one's own: what no rule of ours asks for


OWN_FACTS = """
facts:
  - id: dagar
    type: integer
    topic: process
    low: 0
    high: 1000
    label: {sv: Dagar, en: Days}
    question: {sv: Hur många dagar?, en: How many days?}
    stated_by: utredare
"""
OWN_RULE = """
  - id: {id}
    block: information
    title: {{sv: Påhittad, en: Made up}}
    strength: information
    ages: {{from: 0}}
    when: {when}
    reason: {{sv: Ingen, en: None}}
    sources: [{{source: riskbehov, locator: Påhittad, basis: toolkit}}]
    valid: {valid}
    checked: 2026-01-01
"""
OWN_RULES = {
    "egen-dagar": ("{fact: dagar, at_least: 300}", "{from: 2019-01-01}"),
    "egen-polis": ("{fact: consent_police, equals: true}", "{from: 2019-01-01}"),
    "egen-utbyte": ("{fact: consent_exchange, equals: true}", "{from: 2019-01-01}"),
    "egen-tyngd": ("{fact: crime_weighed, includes_any: [type, debut]}", "{from: 2019-01-01}"),
    "egen-slut": ("{fact: wants_to_leave, equals: true}", "{from: 2019-01-01, to: 2026-01-31}"),
}


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Library:
    folder = tmp_path_factory.mktemp("own") / "assessments"
    (folder / "rules").mkdir(parents=True)
    (folder / "facts.yaml").write_text(OWN_FACTS, encoding="utf-8")
    head = "theme: stod\nlabel: {sv: Stödbehov, en: Support needs}\nrules:\n"
    rules = (OWN_RULE.format(id=i, when=w, valid=v) for i, (w, v) in OWN_RULES.items())
    (folder / "rules" / "stod.yaml").write_text(head + "".join(rules), encoding="utf-8")
    return Library.open(folder.parent)


def test_consents_lists_and_whole_numbers_are_read_as_of_a_case(own):
    draw = random.Random(5)
    said = [True, False, None, "unknown", 1]
    weighed = [v.id for v in own.facts["crime_weighed"].values]
    rows = [
        adult(
            date=draw.choice([dt.date(2026, 1, 31), dt.date(2026, 2, 1)]),
            dagar=draw.choice([0, 299, "300", 1000.0, None, "", 1001, "många"]),
            consent_exchange=draw.choice(said),
            consent_police=draw.choice(said),
            wants_to_leave=draw.choice(said),
            **{f"crime_weighed_{m}".replace("-", "_"): draw.choice(said[:3]) for m in weighed},
        )
        for _ in range(120)
    ]
    frame = table_of(rows)
    step = step_for(frame, "adult", library=own)
    found, tally = run_step(frame, step)
    states = set()
    for place, row in enumerate(rows):
        expected = said_of_row(row, step.layout, step.ready)
        assert made_of_row(found, place, expected) == expected
        states.add(expected["state"])
    assert states == {"assessed", "invalid"}
    assert tally.illegal["dagar"].keys() == {"…"}
    for rule in OWN_RULES:
        verdicts = set(found[rule_column(rule)].dropna())
        assert {"applies", "does-not-apply", "cannot-tell"} <= verdicts
    assert "not-in-force" in set(found["rule_egen_slut"].dropna())


def test_a_consent_with_the_police_is_one_and_none_is_none_with_them(own):
    rows = [adult(consent_police=True), adult(consent_exchange=False), adult()]
    found = tables.recommend(table_of(rows), "adult", purpose=PURPOSE, library=own)
    assert found["rule_egen_utbyte"].tolist() == ["applies", "does-not-apply", "cannot-tell"]
    assert found["rule_egen_polis"].tolist() == ["applies", "does-not-apply", "cannot-tell"]
