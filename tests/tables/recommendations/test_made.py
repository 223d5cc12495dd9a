"""What comes out of a table that is assessed: the same whatever holds it; worked by hand."""

import datetime as dt
import pickle
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.tables.persons import (
    DAY,
    PURPOSE,
    READY,
    adult,
    plain,
    recommended,
    rows_made,
    step_for,
    table_of,
)

from riskbehov import tables
from riskbehov.tables.engines import run_step
from riskbehov.tables.recommendations import recommending

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


SHAPES: dict[str, Callable[[pd.DataFrame], Any]] = {
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


@pytest.mark.usefixtures("calm")
def test_spark_says_the_same(spark):
    frame = pa.Table.from_pandas(SHAPES["text"](typed()), preserve_index=False)
    expected = tables.recommend(frame, "adult", purpose=PURPOSE).to_pylist()
    found = tables.recommend(spark.createDataFrame(frame), "adult", purpose=PURPOSE)
    assert [row.asDict() for row in found.collect()] == expected


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
