import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.models.recode import canonical
from riskbehov.scoring.arrays import ILLEGAL, MISSING
from riskbehov.tables.frames.values import (
    as_told,
    codes_of,
    counted,
    counted_at,
    distinct,
    read_code,
    shown,
    whole,
)

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


def test_numbers_whose_bytes_stand_the_other_way_round_are_the_same_numbers():
    for kind in (">i2", ">i8", ">u4", ">f4", ">f8"):
        column = nw.from_native(pd.Series(np.array([0, 4, 2], kind)), series_only=True)
        assert codes_of(column).tolist() == [0, 4, 2]


PERSONAL = [
    "811218-9876", "8112189876", 8112189876, 8112189876.0, np.int64(8112189876),
    Decimal(8112189876), Decimal("8.1121898760E+9"), "198112189876", 198112189876,
    "19811218-9876", "811218+9876", "811218 9876", " 8112189876 ", "8112189876.0",
    "8112189876,00", "8 112 189 876", "8,112,189,876", "8.112189876E+09", "8,112189876e9",
    "-8112189876", b"8112189876", [8112189876], "0112189873", 112189873, 112189873.0,
    "070-174 06 05", "0701740605", 701740605, "+46 70 174 06 05", "anna@example.org",
]  # fmt: skip
"""Among them numbers that have lost the zero that they began with."""
DIGITS = r"\d.*\d.*\d.*\d|example"


@pytest.mark.parametrize("cell", PERSONAL, ids=repr)
def test_nothing_personal_is_told_however_it_is_written(cell):
    assert not re.search(DIGITS, shown(cell))
    assert not re.search(DIGITS, as_told(cell))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (999999999, "999999999"),
        (99999999, "99999999"),
        (-1, "-1"),
        ("01-02-2003", "01-02-2003"),
        (20260301, "20260301"),
        (A_DAY, "2026-03-01"),
        (" Vet  ej ", "Vet ej"),
        (1.0, "1"),
    ],
)
def test_what_tells_of_nobody_is_told_as_it_stands(cell, text):
    assert as_told(cell) == text


def test_cells_that_are_masked_alike_are_counted_together():
    cells = [8112189876, 191212121212, 8112189876, 3]
    assert sorted(counted(cells).values()) == [1, 3]
    column = nw.from_native(pd.Series(cells), series_only=True)
    assert sorted(counted_at(column, np.arange(4)).values()) == [1, 3]


@pytest.mark.parametrize("cell", ["1,000", "1.000", "12.000", "1.0000", "1,00,0"])
def test_what_may_be_thousands_is_no_number(cell):
    assert read_code(cell) == ILLEGAL
    assert canonical(cell) == cell


@pytest.mark.parametrize("cell", ["+1", "-0", "\u0663", "\uff13", "\N{SUPERSCRIPT TWO}", "1\u0663"])
def test_a_number_has_plain_digits_and_no_sign(cell):
    assert read_code(cell) == ILLEGAL
    assert canonical(cell) == cell


texts = st.text(alphabet="0012359+-\u2212., \u00a0\u0663\uff13e", max_size=6)
others = st.sampled_from(
    [
        *(True, False, np.True_, 1, 3.0, -0.0, 2.5, 253, 10**30, np.int8(3), np.float16(3), A_DAY),
        *(Decimal("3.000"), Decimal("3.5"), Decimal("1E+1"), Fraction(3), 3 + 0j, b"3", [3], (3,)),
        *(np.timedelta64(3, "D"), np.datetime64("2003"), float("inf"), Decimal("inf")),
    ]
)


@given(texts | others)
def test_a_cell_is_the_same_number_for_scores_and_for_maps(cell):
    code = read_code(cell)
    if code < ILLEGAL:
        assert canonical(cell) == str(code)
    elif code == ILLEGAL:
        assert not re.fullmatch("[0-9]{1,2}", canonical(cell))


@given(texts)
def test_a_value_in_canonical_form_stays_as_it_is(text):
    assert canonical(canonical(text)) == canonical(text)
    assert as_told(as_told(text)) == as_told(text)
