import datetime as dt
from decimal import Decimal

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.scoring.arrays import ILLEGAL, MISSING
from riskbehov.tables.values import codes_of, counted, distinct, read_code, shown, whole

A_DAY = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    "cell", [3, 3.0, "3", " 3 ", "3.0", "3,0", "3.", "03", Decimal(3), np.int8(3)]
)
def test_a_whole_number_is_read_however_it_is_written(cell):
    assert read_code(cell) == 3


@pytest.mark.parametrize(
    "cell",
    [None, float("nan"), np.float32("nan"), pd.NA, pd.NaT, np.datetime64("NaT"), "", "  ", "\t"],
)
def test_an_empty_cell_is_missing(cell):
    assert read_code(cell) == MISSING


@pytest.mark.parametrize(
    "cell",
    [True, False, np.True_, 3.5, "3.5", "3,5", "three", "1e0", "0x1", "+3", "-1", "NA", "-", ".",
     -1, 254, 255, 256, 999, 10**30, "999", float("inf"), A_DAY, [3], b"3"],
)  # fmt: skip
def test_what_is_no_whole_number_from_zero_up_is_no_code(cell):
    assert read_code(cell) == ILLEGAL


def test_the_numbers_that_stand_for_missing_and_illegal_are_no_codes():
    for code in (MISSING, ILLEGAL):
        assert read_code(code) == read_code(float(code)) == read_code(str(code)) == ILLEGAL


@given(st.integers(0, 253), st.sampled_from(["{}", " {} ", "{}.0", "{},00"]))
def test_text_of_a_number_reads_as_the_number(number, pattern):
    assert read_code(pattern.format(number)) == read_code(number) == number


def test_a_boolean_is_no_number():
    assert whole(cell=True) is None
    assert whole(1) == 1


CELLS = [0, 4, None, 7, 254, 255, -1, 300]
READ = [0, 4, MISSING, 7, ILLEGAL, ILLEGAL, ILLEGAL, ILLEGAL]


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(CELLS, dtype="Int64"),
        pd.Series(CELLS, dtype="float64"),
        pd.Series(CELLS, dtype="object"),
        pd.Series(CELLS, dtype="int64[pyarrow]"),
        pd.Series([None if c is None else str(c) for c in CELLS], dtype="str"),
        pd.Series(CELLS, dtype="Int64").astype("category"),
        pl.Series(CELLS, dtype=pl.Int16),
        pl.Series(CELLS, dtype=pl.Float32),
        pl.Series([None if c is None else str(c) for c in CELLS]),
        pa.chunked_array([CELLS[:3], CELLS[3:]], type=pa.int32()),
        pa.chunked_array([pa.array(CELLS).dictionary_encode()]),
    ],
    ids=lambda column: type(column).__module__,
)
def test_a_column_is_read_alike_whatever_its_type(column):
    series = nw.from_native(column, series_only=True)
    assert codes_of(series).tolist() == READ


def test_a_negative_number_in_a_narrow_column_is_not_taken_for_a_missing_answer():
    column = nw.from_native(pd.Series([-1, -2, 0], dtype="int8"), series_only=True)
    assert codes_of(column).tolist() == [ILLEGAL, ILLEGAL, 0]


def test_a_column_of_booleans_holds_no_codes():
    column = nw.from_native(pd.Series([True, False]), series_only=True)
    assert codes_of(column).tolist() == [ILLEGAL, ILLEGAL]


def test_equal_values_of_different_types_are_kept_apart():
    column = nw.from_native(pd.Series([1, True, "1", 1.0], dtype=object), series_only=True)
    held, places = distinct(column)
    assert [type(h) for h in held] == [int, bool, str, float]
    assert places.tolist() == [0, 1, 2, 3]


def test_a_message_shows_text_in_quotes_and_hides_what_looks_like_a_personal_number():
    assert shown("x") == "'x'"
    assert shown(7) == "7"
    assert shown(A_DAY) == "2026-03-01"
    assert "2380" not in shown("19900101-2380")


def test_values_are_counted_as_they_are_shown():
    assert counted([7, "7", 7]) == {"7": 2, "'7'": 1}
