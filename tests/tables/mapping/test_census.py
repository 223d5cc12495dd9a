"""What a column holds is counted the same whatever type it has."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import dataset

from riskbehov.errors import InputError
from riskbehov.models.recode import canonical
from riskbehov.tables.mapping.census import MOST_READ, Counting, columns_in, parts_of


def census(cells):
    found = Counting()
    found.add(cells)
    return found.done()


def counted(frame):
    return census(next(iter(columns_in(frame))).cells)


@pytest.mark.parametrize(
    ("cells", "empty"),
    [
        (pd.Series([3, 3, None], dtype="float64"), {"nan": 1}),
        (pd.Series([3, 3, None], dtype="Int8"), {"null": 1}),
        (pd.Series([3, "3.0", " "], dtype=object), {"blank": 1}),
        (pd.Series(["3", "3", None], dtype="str"), {"null": 1}),
        (pd.Series([3, 3, None], dtype="category"), {"null": 1}),
        (pd.Series([3, 3, None], dtype="int8[pyarrow]"), {"null": 1}),
        (pd.Series([3, 3, float("nan")], dtype=object), {"null": 1}),
        (pd.Series([3, 3, pd.NaT], dtype=object), {"null": 1}),
    ],
)
def test_values_and_gaps_are_counted(cells, empty):
    found = counted(pd.DataFrame({"x": cells}))
    assert (found.counts, found.empty, found.rows) == ({"3": 2}, empty, 3)


def test_nothing_and_no_number_are_told_apart_where_the_frame_does():
    found = counted(pl.DataFrame({"x": [1.0, None, float("nan"), float("nan")]}))
    assert found.empty == {"nan": 2, "null": 1}
    assert counted(pa.table({"x": [1.0, None, float("nan")]})).empty == {"nan": 1, "null": 1}


def test_the_most_frequent_value_stands_first():
    assert list(counted(pl.DataFrame({"x": [2, 1, 1, 3, 3, 3]})).counts) == ["3", "1", "2"]


def test_columns_whose_names_stand_twice_are_both_there():
    frame = pd.DataFrame([[1, "a"]], columns=["x", "x"])
    assert [(c.name, list(census(c.cells).counts)) for c in columns_in(frame)] == [
        ("x", ["1"]),
        ("x", ["a"]),
    ]
    table = pa.table([[1], ["a"]], names=["x", "x"])
    assert [c.name for c in columns_in(table)] == ["x", "x"]


def test_a_name_that_is_a_number_is_told():
    assert [(c.name, c.is_text) for c in columns_in(pd.DataFrame({1: [1], "a": [2]}))] == [
        ("1", False),
        ("a", True),
    ]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_no_rows_and_nothing_but_gaps_are_counted(make):
    assert counted(make({"x": []})).rows == 0
    assert counted(make({"x": [None, None]})).missing == 2


def test_very_many_values_are_not_told_apart():
    assert len(counted(pd.DataFrame({"x": range(MOST_READ)})).counts) == MOST_READ
    assert counted(pd.DataFrame({"x": range(MOST_READ + 1)})).counts is None


@given(st.lists(st.sampled_from([None, 1, 2, "a", " ", "anna@example.org"])), st.integers(1, 5))
def test_parts_come_to_the_same_as_the_whole(cells, size):
    frame = pd.DataFrame({"x": pd.Series(cells, dtype=object)})
    found = Counting()
    for start in range(0, len(cells), size)[::-1]:
        found.add(next(iter(columns_in(frame.iloc[start : start + size]))).cells)
    whole = counted(frame)
    assert found.done() == replace(whole, dtype=found.dtype)


def test_a_table_that_is_read_comes_in_parts():
    table = pa.table({"x": [1, 2, 3]})
    batches = table.to_batches(max_chunksize=2)
    reader = pa.RecordBatchReader.from_batches(table.schema, batches)
    assert [part["x"].to_pylist() for part in parts_of(reader)] == [[1, 2], [3]]
    assert [
        len(part) for part in parts_of(pa.RecordBatchReader.from_batches(table.schema, []))
    ] == [0]
    assert [len(part) for part in parts_of(batches[0])] == [2]
    assert [len(part) for part in parts_of(dataset.dataset(table))] == [3]


@pytest.mark.parametrize("rows", [[1, 2, None], []])
def test_lazy_frames_relations_and_narwhals_are_read(rows):
    frame = pl.DataFrame({"x": rows}, schema={"x": pl.Int64})
    relation = duckdb.from_arrow(frame.to_arrow())
    for each in (frame.lazy(), relation, nw.from_native(frame), nw.from_native(frame.lazy())):
        parts = list(parts_of(each))
        assert parts
        assert sum(map(len, parts)) == len(rows)


def test_what_is_no_table_is_refused():
    with pytest.raises(InputError, match=r"found builtins\.list, expected a data frame"):
        list(parts_of([1]))


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["19121212-1212", "x"], "personal number"),
        ([191212121212, 1], "personal number"),
        ([191212121212.0, None], "personal number"),
        (["ring 070-174 06 05", ""], "telephone number"),
        (["anna@example.org", None], "e-mail address"),
    ],
)
def test_what_looks_like_personal_data_is_counted(cells, kind):
    assert counted(pd.DataFrame({"x": cells})).personal == {kind: 1}


@pytest.mark.parametrize("cell", [["19121212-1212"], {"namn": "19121212-1212"}, b"19121212-1212"])
def test_what_stands_in_lists_and_bytes_is_looked_at_too(cell):
    assert counted(pa.table({"x": [cell, None]})).personal == {"personal number": 1}


@pytest.mark.parametrize("cell", [dt.date(1912, 12, 12), dt.timedelta(12), dt.time(12, 12)])
def test_a_day_tells_nobody(cell):
    assert counted(pa.table({"x": [cell, None]})).personal == {}


def test_rows_that_were_not_looked_at_for_personal_data_are_told():
    numbers = [f"070-174 {n // 100:02} {n % 100:02}" for n in range(MOST_READ)]
    found = counted(pd.DataFrame({"x": [*numbers, *numbers, "a@example.org", "x"]}))
    assert found.personal == {"telephone number": 2 * MOST_READ}
    assert found.unread == 2


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (True, "true"),
        (-1, "-1"),
        ("\N{MINUS SIGN}1", "-1"),
        ("+2", "+2"),
        (-0.0, "0"),
        ("2.125", "2.125"),
        (Decimal("3.000"), "3"),
        (Decimal("2.50"), "2.5"),
        ("007", "7"),
        ("0,50", "0.5"),
        (2.5, "2.5"),
        (10.0**20, "1" + "0" * 20),
        ("Ho\u0308g", "Hög"),
        ("  vet\u00a0 ej ", "vet ej"),
        (dt.date(2026, 3, 1), "2026-03-01"),
        (pd.Timestamp(2026, 3, 1), "2026-03-01"),
        (pd.Timestamp(2026, 3, 1, 12), "2026-03-01T12:00:00"),
    ],
)
def test_a_value_is_written_in_one_way(cell, text):
    assert canonical(cell) == text
    assert canonical(text) == text


def test_personal_data_are_masked_in_what_is_kept_and_counted_apart():
    found = counted(pd.DataFrame({"x": [8112189876, 191212121212, 8112189876, 3]}))
    assert (found.distinct, sum((found.counts or {}).values())) == (3, 4)
    assert not re.search(r"\d{4}", repr(found))
    assert found.personal == {"personal number": 3}


@pytest.mark.parametrize("cells", [[Decimal(191212121212)], [191212121212, "x"]])
def test_a_personal_number_is_told_of_every_type_of_number(cells):
    assert counted(pd.DataFrame({"x": pd.Series(cells, dtype=object)})).personal == {
        "personal number": 1
    }
