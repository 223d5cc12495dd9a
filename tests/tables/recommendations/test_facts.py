"""Cells as facts: the same in every type of column, and nothing guessed."""

import datetime as dt

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest

from riskbehov.scoring.arrays import ILLEGAL, MISSING
from riskbehov.tables.frames.values import by_value
from riskbehov.tables.recommendations.facts import numbers_of, read_truth, truths_of, word_reader


def series(values, dtype=object):
    return nw.from_native(pd.Series(values, dtype=dtype), series_only=True)


TRUTHS = [True, 1, 1.0, "true", " TRUE ", "1", "1.0", "1,0", np.bool_(1), np.int8(1)]
LIES = [False, 0, 0.0, "false", "0", " False", np.bool_(0)]
NOTHING = [None, float("nan"), "", " ", "unknown", " Unknown ", pd.NA, pd.NaT]
ODD = ["ja", "nej", "yes", "t", 2, -1, 0.5, "10", dt.date(2026, 1, 1), b"1", []]


@pytest.mark.parametrize(
    ("cells", "expected"), [(TRUTHS, 1), (LIES, 0), (NOTHING, MISSING), (ODD, ILLEGAL)]
)
def test_yes_and_no_are_read_one_by_one_and_together(cells, expected):
    assert [read_truth(cell) for cell in cells] == [expected] * len(cells)
    assert truths_of(series(cells)).tolist() == [expected] * len(cells)


@pytest.mark.parametrize(
    "cells",
    [
        series([True, False, None], "boolean"),
        series([True, False, None], "bool[pyarrow]"),
        series([1, 0, None], "Int8"),
        series([1.0, 0.0, np.nan], "float32"),
        series(["true", "0", None], "str"),
        series(pd.Categorical(["1", "0", None]), None),
        nw.from_native(pl.Series([True, False, None]), series_only=True),
    ],
    ids=lambda cells: str(cells.to_native().dtype),
)
def test_every_type_of_column_is_read_the_same(cells):
    assert truths_of(cells).tolist() == [1, 0, MISSING]


def test_a_column_without_gaps_is_not_changed_by_being_read():
    native = pd.Series([True, False])
    truths = truths_of(nw.from_native(native, series_only=True))
    truths[:] = MISSING
    assert native.tolist() == [True, False]


def test_a_word_is_read_only_as_it_is_written():
    cells = ["low", " high", "Low", "hög", "", None, "unknown", 1]
    found = by_value(series(cells), word_reader(("low", "high")))
    assert found.tolist() == [0, 1, ILLEGAL, ILLEGAL, MISSING, MISSING, MISSING, ILLEGAL]


def test_a_number_within_its_range_is_read_and_all_else_is_told():
    values, is_known, is_odd = numbers_of(
        series([300, "299", 1e3, 1001, -1, "nio", True, None, "unknown"]), 0, 1000
    )
    assert values[is_known].tolist() == [300, 299, 1000]
    assert np.flatnonzero(is_odd).tolist() == [3, 4, 5, 6]


def test_no_rows_are_read_as_none():
    assert truths_of(series([])).tolist() == []
    assert [part.tolist() for part in numbers_of(series([]), 0, 9)] == [[], [], []]
