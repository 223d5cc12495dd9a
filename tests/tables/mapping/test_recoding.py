"""Recoding changes what the map names and nothing else, and accounts for every row."""

import datetime as dt
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import riskbehov
from riskbehov.errors import InputError, PrivacyError
from riskbehov.library import Library
from riskbehov.models.instrument import Sex
from riskbehov.models.recode import RecodeMap
from riskbehov.report import recode_blocks, recode_dict, to_markdown, to_text
from riskbehov.scoring.arrays import ILLEGAL
from riskbehov.tables import recode, score
from riskbehov.tables.frames.bridge import pick
from riskbehov.tables.mapping.recoded import RecodeTally
from riskbehov.tables.mapping.recoding import recode_step
from riskbehov.tables.steps import MOST_VALUES

FIVE = {1: 0, 2: 1, 3: 2, 4: 3, 5: 4}
ODD = {1: 0, 3: 2, 5: 4}
SEXES: dict[str | None, Sex] = {"M": "male", "K": "female", None: "unknown"}
ITEMS = [str(n) for n in range(1, 11)]
A_DAY = dt.date(2026, 3, 1)


def a_map(column: str = "Q1", item: str = "1", **changed: Any) -> dict[str, Any]:
    """Return a map of one column; ``changed`` goes to the column, or to the map by its key."""
    own: dict[str, Any] = {"values": FIVE}
    own |= {key: changed.pop(key) for key in ("values", "missing") if key in changed}
    mapped = {"column": column, "item": item, **own}
    return {"instrument": "audit", "columns": [mapped], **changed}


def whole_map(**changed: Any) -> dict[str, Any]:
    columns = [
        {"column": f"Q{item}", "item": item, "values": FIVE if int(item) < 9 else ODD}
        for item in ITEMS
    ]
    return {"instrument": "audit", "columns": columns, **changed}


def listed(cells: Any) -> list[Any]:
    """Return a column of any frame as a list, with nothing for what is missing."""
    return nw.from_native(cells, series_only=True, pass_through=False).to_arrow().to_pylist()


def told(column: Any) -> Any:
    """Return the values of a report's column."""
    return column.values  # noqa: PD011 - no column of a frame


def become(cells: Any, **changed: Any) -> list[Any]:
    """Return what becomes of the cells of a pandas column."""
    return listed(recode(pd.DataFrame({"Q1": cells}), a_map(**changed)).frame["audit_1"])


# What cells become


@pytest.mark.parametrize(
    "cells",
    [
        pd.Series([1, 5, None], dtype="float64"),
        pd.Series([1, 5, None], dtype="Int64"),
        pd.Series([1, 5, None], dtype="int8[pyarrow]"),
        pd.Series([1, 5, None], dtype=object),
        pd.Series([1.0, "5", ""], dtype=object),
        pd.Series(["1", " 5 ", "  "], dtype="str"),
        pd.Series(["1.0", "5,0", None], dtype=object),
        pd.Series(["01", "5.", None], dtype="category"),
        pd.Series([1, 5, None], dtype="Int64").astype("category"),
        pd.Series([1, np.int8(5), pd.NaT], dtype=object),
        pd.Series([1, 5, pd.NA], dtype=object),
    ],
)
def test_a_value_means_the_same_in_every_type_of_column(cells):
    assert become(cells) == [0, 4, None]


@pytest.mark.parametrize(
    "make", [pd.DataFrame, pl.DataFrame, pa.table, lambda d: nw.from_native(pl.DataFrame(d))]
)
def test_the_frame_that_comes_out_is_of_the_type_that_went_in(make):
    frame = make({"Q1": [1, 5, 99], "other": ["a", "b", "c"]})
    found = recode(frame, a_map(missing=[99]))
    assert type(found.frame) is type(frame)
    assert listed(found.frame["audit_1"]) == [0, 4, None]
    assert listed(found.frame["Q1"]) == [1, 5, 99]
    assert listed(found.frame["other"]) == ["a", "b", "c"]
    assert type(found.report.to_frame()) is type(nw.to_native(frame, pass_through=True))


def test_words_sexes_ages_and_days_are_recoded():
    frame = pd.DataFrame(
        {
            "Q1": ["aldrig", "minst 4 ggr/vecka", "vet ej"],
            "kön": ["K", " man", None],
            "ålder": ["34", "35.0", "999"],
            "född": ["1991-02-03", dt.date(1990, 1, 1), "okänt"],
            "dag": [pd.Timestamp(2026, 3, 1, 12), None, "20260302"],
        }
    )
    found = recode(
        frame,
        a_map(
            values={"aldrig": 0, "minst 4 ggr/vecka": 4},
            missing=["vet ej"],
            sex={"column": "kön", "values": {"K": "female", "man": "male"}},
            age={"column": "ålder", "missing": [999]},
            birth_date={"column": "född", "missing": ["okänt"]},
            date={"column": "dag"},
        ),
    )
    made = {name: listed(found.frame[name]) for name in ("audit_1", "sex", "age")}
    assert made == {"audit_1": [0, 4, None], "sex": ["female", "male", None], "age": [34, 35, None]}
    born = found.frame["birth_date"]
    assert born.tolist()[:2] == [pd.Timestamp(1991, 2, 3), pd.Timestamp(1990, 1, 1)]
    assert born.isna().tolist() == [False, False, True]
    assert found.frame["date"].isna().tolist() == [False, True, False]


def test_four_spellings_of_a_sex_are_one_when_the_map_says_so():
    spellings = {"M": "male", "Man": "male", "man": "male", "male": "male", "K": "female"}
    frame = pd.DataFrame({"Q1": [1] * 5, "sex": ["M", "Man", "man", "male", "K"]})
    found = recode(frame, a_map(sex={"column": "sex", "values": spellings}))
    assert found.frame["sex"].tolist() == ["male"] * 4 + ["female"]


def test_without_values_the_codes_stand_for_themselves():
    mapping = {"instrument": "audit", "columns": [{"column": "Q9", "item": "9"}]}
    found = recode(pd.DataFrame({"Q9": ["0", 2.0, "4", None]}), mapping)
    assert listed(found.frame["audit_9"]) == [0, 2, 4, None]
    with pytest.raises(InputError, match=r"Q9: found '1' \(1\), expected one of '0', '2', '4'"):
        recode(pd.DataFrame({"Q9": [1]}), mapping)


def test_the_index_and_the_other_columns_stay_as_they_are():
    frame = pd.DataFrame({"x": [1, 2], "Q1": [1, 5], "y": ["a", "b"]}, index=["b", "a"])
    found = recode(frame, a_map()).frame
    assert list(found.columns) == ["x", "Q1", "y", "audit_1"]
    pd.testing.assert_frame_equal(found[["x", "Q1", "y"]], frame)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_a_column_with_the_name_of_its_own_result_is_replaced_where_it_stands(make):
    frame = make({"a": [1, 2], "audit_1": [1, 5], "z": [3, 4]})
    found = recode(frame, a_map("audit_1")).frame
    assert list(nw.from_native(found).columns) == ["a", "audit_1", "z"]
    assert listed(found["audit_1"]) == [0, 4]
    assert listed(frame["audit_1"]) == [1, 5]


def test_no_rows_and_columns_without_values_are_recoded():
    found = recode(pd.DataFrame({"Q1": pd.Series([], dtype=object)}), a_map())
    assert found.frame["audit_1"].tolist() == []
    assert found.report.rows == 0
    assert become([None, None]) == [None, None]
    assert become([np.nan, np.nan]) == [None, None]
    assert (
        listed(recode(pl.DataFrame({"Q1": [None, None]}), a_map()).frame["audit_1"]) == [None] * 2
    )


# What the map does not name


def test_values_that_the_map_does_not_name_are_refused_with_column_value_and_count():
    frame = pd.DataFrame({"Q1": [1, 7, 7, 99], "age": ["34", "x", "130", None]})
    with pytest.raises(InputError, match="Q1: found") as caught:
        recode(frame, a_map(age={"column": "age"}))
    of_item, of_age = map(str, caught.value.faults)
    assert of_item.startswith(
        "Q1: found '7' (2), '99' (1), expected one of '1', '2', '3', '4', '5'"
    )
    assert "add each to values or to missing" in of_item
    assert of_age.startswith("age: found '130' (1), 'x' (1), expected 0–120")


@pytest.mark.parametrize("cell", [True, False, A_DAY, 2.5, "x", -1, "7", "1-2"])
def test_nothing_is_guessed(cell):
    with pytest.raises(InputError, match=r"Q1: found .* \(1\), expected one of"):
        become(pd.Series([1, cell], dtype=object))


def test_a_boolean_is_not_the_number_one():
    assert become([True, False], values={"true": 1, "false": 0}) == [1, 0]


def test_no_message_shows_personal_data():
    with pytest.raises(InputError, match="found") as caught:
        recode(pd.DataFrame({"Q1": ["19121212-1212", "070-174 06 05"]}), a_map())
    assert "1212" not in str(caught.value)
    assert "174" not in str(caught.value)


def test_only_the_most_frequent_of_many_values_are_told():
    cells = [f"x{n:03}" for n in range(50)] + ["y"] * 2
    with pytest.raises(InputError, match=r"found 'y' \(2\), 'x000' \(1\)") as caught:
        become(cells)
    assert "'x008' (1), … (41), expected" in str(caught.value)


def test_unmapped_values_can_be_kept_as_illegal_so_that_no_score_is_made():
    frame = pd.DataFrame({f"audit_{n}": [0, 0, 0] for n in range(1, 11)})
    frame = frame.assign(Q1=[1, "?", 1], kön=["K", "K", "x"], ålder=[30, 30, 30])
    frame = frame.drop(columns="audit_1")
    mapping = a_map(
        unmapped="illegal",
        sex={"column": "kön", "values": {"K": "female"}},
        age={"column": "ålder"},
    )
    found = recode(frame, mapping)
    assert listed(found.frame["audit_1"]) == [0, ILLEGAL, 0]
    assert found.frame["sex"].tolist() == ["female", "female", "illegal"]
    scored = score(found.frame, "audit", sex="sex", age="age")
    assert scored["audit_state"].tolist() == ["certain", "invalid", "invalid"]
    assert [c.rows("illegal") for c in found.report.columns] == [1, 1, 0]


def test_an_age_that_cannot_be_is_invalid_when_it_is_kept():
    frame = pd.DataFrame({"Q1": [1], "ålder": ["130"]})
    found = recode(frame, a_map(age={"column": "ålder"}, unmapped="illegal"))
    assert found.frame["age"].tolist() == [ILLEGAL]


def test_what_is_no_day_cannot_be_kept():
    frame = pd.DataFrame({"Q1": [1], "född": ["snart"]})
    with pytest.raises(InputError, match=r"född: found 'snart' \(1\), expected days as 2026-01-31"):
        recode(frame, a_map(birth_date={"column": "född"}, unmapped="illegal"))
    found = recode(frame, a_map(birth_date={"column": "född"}, unmapped="missing"))
    assert found.frame["birth_date"].isna().all()


def test_unmapped_values_can_be_made_missing_and_are_told():
    found = recode(pd.DataFrame({"Q1": [1, "?", "?"]}), a_map(unmapped="missing"))
    assert listed(found.frame["audit_1"]) == [0, None, None]
    [column] = found.report.columns
    assert [(v.value, v.rows) for v in told(column) if v.outcome == "unmapped"] == [("?", 2)]


# What is refused


def test_a_draft_is_refused():
    with pytest.raises(InputError, match="found a draft, expected a map that a person"):
        recode(pd.DataFrame({"Q1": [1]}), a_map(confirmed=False))


def test_columns_that_are_missing_or_stand_twice_are_refused():
    with pytest.raises(InputError, match=r"found no column 'Q1', expected it.*did you mean 'q1'"):
        recode(pd.DataFrame({"q1": [1]}), a_map())
    with pytest.raises(InputError, match="found 2 columns with the name 'Q1', expected one"):
        recode(pd.DataFrame([[1, 2]], columns=["Q1", "Q1"]), a_map())


def test_a_result_never_takes_the_place_of_another_column():
    frame = pd.DataFrame({"Q1": [1], "audit_1": [3]})
    with pytest.raises(InputError, match=r"found a column 'audit_1', expected none.*made of 'Q1'"):
        recode(frame, a_map())


def test_a_file_a_model_and_plain_values_give_the_same(tmp_path):
    frame = pd.DataFrame({"Q1": [1, 5]})
    path = tmp_path / "karta.yaml"
    path.write_text(
        "instrument: audit\ncolumns:\n"
        '  - {column: Q1, item: "1", values: {1: 0, "2": 1, 3.0: 2, 4: 3, 5: 4}}\n'
        "confirmed: true\n",
        encoding="utf-8",
    )
    given: list[Any] = [a_map(), RecodeMap.model_validate(a_map()), path, str(path)]
    for mapping in given:
        assert listed(recode(frame, mapping).frame["audit_1"]) == [0, 4]


def test_what_is_no_frame_is_refused():
    with pytest.raises(InputError, match=r"found builtins\.list, expected a data frame of pandas"):
        recode([1, 2], a_map())


def test_a_personal_number_in_a_map_is_refused():
    with pytest.raises(PrivacyError, match="found a personal number, expected none"):
        recode(pd.DataFrame({"Q1": [1]}), a_map(values={"19121212-1212": 0}))


# The report


def test_the_report_tells_what_each_value_became():
    frame = pd.DataFrame({"Q1": [1, 1, 5, 99, None, "."], "age": [30, 31, None, 32, 33, 34]})
    mapping = {**a_map(missing=[99], age={"column": "age"}), "missing": ["."]}
    report = recode(frame, mapping).report
    item, age = report.columns
    assert [(v.value, v.outcome, v.becomes, v.rows) for v in told(item)] == [
        ("1", "code", 0, 2),
        ("2", "code", 1, 0),
        ("3", "code", 2, 0),
        ("4", "code", 3, 0),
        ("5", "code", 4, 1),
        (".", "missing", None, 1),
        ("99", "missing", None, 1),
        (None, "empty", None, 1),
    ]
    assert [(v.value, v.outcome, v.rows) for v in told(age)] == [
        (None, "read", 5),
        (None, "empty", 1),
    ]
    assert [column.rows() for column in report.columns] == [6, 6]


def test_the_notes_tell_what_may_be_a_slip():
    report = recode(pd.DataFrame({"Q1": [1]}), a_map(values={1: 0, 2: 0})).report
    notes = "\n".join(map(str, report.notes))
    assert "Q1: several values become 0: '1', '2'" in notes
    assert "Q1: no value becomes 1, 2, 3, 4" in notes
    assert "audit: no column for these items: 2, 3, 4, 5, 6, 7, 8, 9, 10" in notes


PERSONAL = ["811218-9876", "8112189876", "19811218-9876", 8112189876, 8112189876.0, 112189873]


@pytest.mark.parametrize("unmapped", ["missing", "illegal"])
@pytest.mark.parametrize("number", PERSONAL)
def test_no_report_holds_a_personal_number_in_any_spelling(number, unmapped):
    cells = pd.Series([number, number, 1, "x", 8112189876], dtype=object)
    step = recode_step(a_map(unmapped=unmapped))
    found = step.run(pick(pd.DataFrame({"Q1": cells}), step.needs)).tally
    report = step.report(found)
    texts = [repr(found), repr(report.columns), report.to_frame().to_string()]
    texts += [json.dumps(recode_dict(report), ensure_ascii=False), to_text(recode_blocks(report))]
    for text in (*texts, to_markdown(recode_blocks(report))):
        assert not re.search(r"\d{4}", text)
    assert [column.rows() for column in report.columns] == [5]
    assert sum(sum(values.values()) for values in found.illegal.values()) in (0, 4)


@pytest.mark.parametrize("number", PERSONAL)
def test_no_refusal_holds_a_personal_number_in_any_spelling(number):
    with pytest.raises(InputError, match=r"Q1: found .* \(1\)") as caught:
        become(pd.Series([number, 1], dtype=object))
    assert not re.search(r"\d{4}", f"{caught.value} {caught.value!r}")


def test_a_likeness_that_a_map_names_is_masked_in_the_report():
    """A map may name what merely resembles a personal number: the check digit is wrong here."""
    mapping = a_map(values={8112189870: 0, 8112189871: 1}, missing=[8112189872])
    report = recode(pd.DataFrame({"Q1": [8112189870, 8112189871, 8112189872]}), mapping).report
    assert not re.search(r"\d{4}", f"{report.columns}{report.notes}{report.to_frame().to_string()}")
    assert [(v.becomes, v.rows) for v in told(report.columns[0])] == [(0, 1), (1, 1), (None, 1)]


def test_long_values_that_begin_alike_are_all_counted_as_illegal():
    cells = ["x" * 80 + end for end in "abc"]
    step = recode_step(a_map(unmapped="illegal"))
    tally = step.run(pick(pd.DataFrame({"Q1": cells}), step.needs)).tally
    assert list(tally.illegal["Q1"].values()) == [3]


def test_the_report_becomes_a_frame():
    frame = recode(pd.DataFrame({"Q1": [1, 99]}), a_map(missing=[99])).report.to_frame()
    assert list(frame.columns) == [
        "column", "target", "item", "value", "outcome", "becomes", "rows"
    ]  # fmt: skip
    assert frame["rows"].sum() == 2
    assert frame[frame["outcome"] == "missing"]["value"].tolist() == ["99"]


# What always holds

values = st.sampled_from([None, "", 0, 1, 2, 3, 4, 5, "1", "5.0", " 3 ", 99, "x", True, 2.5])
columns = st.lists(values, max_size=30)


def as_frame(cells: list[Any]) -> pd.DataFrame:
    return pd.DataFrame({"Q1": pd.Series(cells, dtype=object)})


@given(columns, st.sampled_from(["illegal", "missing"]))
def test_the_counts_of_a_report_add_up_to_the_rows(cells, unmapped):
    report = recode(as_frame(cells), a_map(missing=[99], unmapped=unmapped)).report
    assert report.rows == len(cells)
    assert [column.rows() for column in report.columns] == [len(cells)]


@given(columns, st.lists(st.integers(0, 30), max_size=4))
def test_tallies_of_chunks_add_up_in_any_order(cells, cuts):
    step = recode_step(a_map(missing=[99], unmapped="illegal"))
    frame = as_frame(cells)
    edges = [0, *sorted(min(cut, len(cells)) for cut in cuts), len(cells)]
    chunks = [frame.iloc[a:b] for a, b in pairwise(edges)]
    done = [step.run(pick(chunk, step.needs)) for chunk in chunks]
    whole = recode(frame, a_map(missing=[99], unmapped="illegal"))
    for order in (done, done[::-1]):
        tally = RecodeTally()
        for each in order:
            tally.add(each.tally)
        assert step.report(tally) == whole.report
    made = np.concatenate([told(each.columns[0]) for each in done])
    assert made.tolist() == listed(whole.frame["audit_1"].fillna(0))


@pytest.mark.parametrize("seed", [1, 2])
def test_which_of_very_many_values_are_told_hangs_on_no_order(seed):
    order = np.random.default_rng(seed).permutation(MOST_VALUES + 200)
    step = recode_step(a_map(unmapped="illegal"))
    cells = [f"x{n:05}" for n in order]
    tally = RecodeTally()
    for start in range(0, len(cells), 300):
        chunk = pd.DataFrame({"Q1": cells[start : start + 300]})
        tally.add(step.run(pick(chunk, step.needs)).tally)
    met = tally.columns["audit_1"]
    assert sorted(met.unmapped) == [f"x{n:05}" for n in range(MOST_VALUES)]
    assert met.others == 200


legal = st.lists(st.tuples(*[st.sampled_from([None, 0, 2, 4])] * 10), min_size=1, max_size=20)


@given(legal)
def test_the_map_that_changes_nothing_changes_nothing(rows):
    frame = pd.DataFrame(rows, columns=[f"audit_{n}" for n in ITEMS], dtype="Int64")
    mapping = {
        "instrument": "audit",
        "columns": [{"column": f"audit_{item}", "item": item} for item in ITEMS],
    }
    found = recode(frame, mapping).frame
    assert list(found.columns) == list(frame.columns)
    assert listed_rows(found) == listed_rows(frame)


def listed_rows(frame: pd.DataFrame) -> list[list[Any]]:
    return [list(row) for row in zip(*(listed(frame[c]) for c in frame), strict=True)]


sources = st.lists(
    st.tuples(
        *[st.sampled_from([None, 1, 2, 3, 4, 5, 99])] * 8,
        *[st.sampled_from([None, 1, 3, 5, 99])] * 2,
        st.sampled_from(["M", "K", None]),
    ),
    min_size=1,
    max_size=15,
)


@settings(max_examples=50)
@given(sources, st.randoms())
def test_recoded_rows_score_as_the_recoded_forms_one_by_one(rows, random):
    names = [*(f"Q{item}" for item in ITEMS), "kön"]
    frame = pd.DataFrame(rows, columns=names, dtype=object)
    order = list(range(len(rows)))
    random.shuffle(order)
    mixed = frame.iloc[order][random.sample(names, len(names))]
    mapping = {
        **whole_map(sex={"column": "kön", "values": {"M": "male", "K": "female"}}),
        "missing": [99],
    }
    scored = score(recode(mixed, mapping).frame, "audit", sex="sex")
    instrument = Library.open().scored("audit")
    for number, place in enumerate(order):
        *cells, sex = rows[place]
        answers = [
            None if cell in (None, 99) else (FIVE if n < 8 else ODD)[cell]
            for n, cell in enumerate(cells)
        ]
        row = scored.iloc[number]
        assert row.name == place
        if all(answer is None for answer in answers):
            assert row["audit_state"] == "omitted"
            continue
        found = riskbehov.score(instrument, answers, sex=SEXES[sex])
        assert row["audit_state"] == found.state
        total = found.scales["total"]
        assert (row["audit_total_low"], row["audit_total_high"]) == (total.low, total.high)


def test_the_map_of_a_folder_is_told_as_a_file(tmp_path):
    with pytest.raises(InputError, match="found a folder, expected a YAML file"):
        recode(pd.DataFrame({"Q1": [1]}), Path(tmp_path))
