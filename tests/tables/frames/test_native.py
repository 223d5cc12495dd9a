"""Columns of every type that libraries have, read as codes: never guessed, never wrapped."""

import datetime as dt
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

from riskbehov.scoring.arrays import ILLEGAL as BAD
from riskbehov.scoring.arrays import MISSING as GAP
from riskbehov.tables.frames.native import categories_of
from riskbehov.tables.frames.people import days_of, sexes_of
from riskbehov.tables.frames.values import (
    by_value,
    codes_of,
    counted_at,
    distinct,
    is_missing,
    read_code,
)
from riskbehov.tables.recommendations.facts import truths_of

A_DAY = dt.date(2026, 3, 1)
LATE = dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC)
NAN = float("nan")
RUNS = pa.RunEndEncodedArray.from_arrays


def series(native):
    return nw.from_native(native, series_only=True)


def objects(*cells):
    held = np.empty(len(cells), dtype=object)
    for row, cell in enumerate(cells):  # all at once, NumPy would take a list for a row of cells
        held[row] = cell
    return pd.Series(held)


def arrow_backed(array):
    return pd.Series(pd.arrays.ArrowExtensionArray(pa.chunked_array([array])))


NUMBERS = {
    "an int8 below zero": (pd.Series([-1, -2, 0], dtype="int8"), [BAD, BAD, 0]),
    "uint8 to its end": (pd.Series([3, 254, 255], dtype="uint8"), [3, BAD, BAD]),
    "multiples of 256": (pd.Series([256, 65536, 2**32 + 1, 3]), [BAD, BAD, BAD, 3]),
    "int64 beyond what floats tell apart": (pd.Series([2**53 + 1, 4]), [BAD, 4]),
    "uint64 near its end": (pd.Series([2**64 - 1, 2**64 - 256, 2], dtype="uint64"), [BAD, BAD, 2]),
    "nullable uint64": (pd.Series([2**64 - 1, None, 2], dtype="UInt64"), [BAD, GAP, 2]),
    "float16": (pd.Series([1, 2.5, NAN, np.inf], dtype="float16"), [1, BAD, GAP, BAD]),
    "float32": (pl.Series([1, 2.5, NAN, None, -0.0], dtype=pl.Float32), [1, BAD, GAP, GAP, 0]),
    "floats far out": (pd.Series([1e300, -1e300, 255.0, 256.0, -1.0]), [BAD] * 5),
    "a mask over floats": (
        pd.Series(pd.arrays.FloatingArray(np.array([2, NAN, 1]), np.array([False, False, True]))),
        [2, GAP, GAP],
    ),
    "a long double": (pd.Series(np.array([3, 3.5], np.longdouble)), [3, BAD]),
    "every second row": (pd.Series(np.arange(6, dtype="int64"))[::2], [0, 2, 4]),
    "Int128": (pl.Series([2**100, -1, 4, None], dtype=pl.Int128), [BAD, BAD, 4, GAP]),
    "decimals": (pl.Series([Decimal("3.0"), Decimal("3.5"), None]), [3, BAD, GAP]),
    "halves of Arrow": (pa.array(np.array([3, 3.5], np.float16)), [3, BAD]),
    "runs": (RUNS(pa.array([2, 3], pa.int32()), pa.array([-1, None], pa.int8())), [BAD, BAD, GAP]),
    "part of an array": (pa.array([9, None, 1, None, 2], pa.int8())[2:], [1, GAP, 2]),
    "sparse": (pd.Series(pd.arrays.SparseArray([0, 0, 3])), [0, 0, 3]),
}
OTHERS = {
    "booleans": (pd.Series([True, False]), [BAD, BAD]),
    "nullable booleans": (pd.Series([True, None], dtype="boolean"), [BAD, GAP]),
    "booleans of Polars": (pl.Series([True, None]), [BAD, GAP]),
    "booleans of a byte": (pa.array([1, None], pa.int8()).cast(pa.bool8()), [BAD, GAP]),
    "complex numbers": (pd.Series([2 + 0j, complex(NAN, 0)]), [BAD, GAP]),
    "nothing at all": (pl.Series([None, None]), [GAP, GAP]),
    "nulls of Arrow": (pa.nulls(2), [GAP, GAP]),
    "no rows": (pd.Series([], dtype=object), []),
    "no parts": (pa.chunked_array([], pa.string()), []),
    "dates": (pl.Series([A_DAY, None]), [BAD, GAP]),
    "times with a zone": (pd.Series(pd.to_datetime([LATE, None])), [BAD, GAP]),
    "spans of time": (pd.Series(pd.to_timedelta([3, None], unit="D")), [BAD, GAP]),
    "periods": (pd.Series(pd.period_range("2026-01", periods=1, freq="M")), [BAD]),
    "intervals": (pd.Series(pd.cut([1], [0, 2])), [BAD]),
    "bytes": (pl.Series([b"3", None]), [BAD, GAP]),
    "lists": (pl.Series([[3], None]), [BAD, GAP]),
    "structs": (pl.Series([{"a": 3}]), [BAD]),
    "universal identifiers": (pa.array([bytes(16), None], pa.uuid()), [BAD, GAP]),
    "text of all kinds": (
        pa.array(["3", "", " ", "NA", None, "3.5"], pa.string_view()),
        [3, GAP, GAP, BAD, GAP, BAD],
    ),
    "a category nobody has": (
        pd.Series(pd.Categorical.from_codes([1, -1, 0], ["1", "2", "x"])),
        [2, GAP, 1],
    ),
    "categories of mixed types": (
        pd.Series(pd.Categorical([1, "1", A_DAY, None])),
        [1, 1, BAD, GAP],
    ),
    "a dictionary with gaps in it": (
        pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 2]), pa.array(["1", None, "2"])),
        [1, GAP, GAP, 2],
    ),
    "a dictionary of more than its places tell": (
        pa.chunked_array(
            [
                pa.array([str(n) for n in numbers]).dictionary_encode().cast(
                    pa.dictionary(pa.int8(), pa.string())
                )
                for numbers in (range(100), range(100, 200))
            ]
        ),
        list(range(200)),
    ),
    "dictionary of dates": (pa.array([A_DAY, None]).dictionary_encode(), [BAD, GAP]),
    "objects of Polars": (pl.Series([3, "3", True, None], dtype=pl.Object), [3, 3, BAD, GAP]),
    "objects of all types": (
        objects(3, "3", 3.0, Decimal(3), Fraction(3), np.int64(3), np.float16(3), np.str_("3")),
        [3] * 8,
    ),
    "objects that are nothing": (
        objects(None, NAN, pd.NA, pd.NaT, np.datetime64("NaT"), Decimal("nan"), Decimal("sNaN")),
        [GAP] * 7,
    ),
    "objects that are no codes": (
        objects(*(True, False), np.True_, 3.5, Decimal("3.5"), Decimal("1e400"), Decimal("inf"),
                10**400, Fraction(10**400, 3), Fraction(7, 2), Decimal("3.00000000000000000001"),
                3 + 0j),
        [BAD] * 12,
    ),
    "objects that are no numbers": (
        objects(A_DAY, LATE, np.timedelta64(3, "D"), dt.timedelta(3), b"3", (3,), [3], {3: 3},
                np.array([3, 3]), np.array([]), pd.Interval(0, 3), object()),
        [BAD] * 12,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("column", "read"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_are_read_whatever_their_width(column, read):
    assert codes_of(series(chunked(column))).tolist() == read


@pytest.mark.parametrize(("column", "read"), OTHERS.values(), ids=OTHERS)
def test_what_is_no_number_is_read_by_its_value(column, read):
    assert codes_of(series(chunked(column))).tolist() == read


@pytest.mark.parametrize("column", [c for c, _ in [*NUMBERS.values(), *OTHERS.values()]])
def test_cell_by_cell_comes_to_the_same(column):
    cells = series(chunked(column))
    assert by_value(cells, read_code).tolist() == codes_of(cells).tolist()


@pytest.mark.parametrize("column", [c for c, _ in [*NUMBERS.values(), *OTHERS.values()]])
def test_every_value_stands_in_some_row_and_can_be_told_in_a_message(column):
    cells = series(chunked(column))
    held, places = distinct(cells)
    assert set(places) == set(range(len(held)))
    assert sum(counted_at(cells, np.arange(len(cells))).values()) == len(cells)


def chunked(column):
    return pa.chunked_array([column]) if isinstance(column, pa.Array) else column


DAYS = {
    "nanoseconds": pd.Series(pd.to_datetime([LATE.replace(tzinfo=None), None])).astype("M8[ns]"),
    "Stockholm, pandas": pd.Series([LATE, None]).dt.tz_convert("Europe/Stockholm"),
    "Stockholm, Polars": pl.Series([LATE, None]).dt.convert_time_zone("Europe/Stockholm"),
    "Stockholm, Arrow": pa.array([LATE, None], pa.timestamp("ns", "Europe/Stockholm")),
    "Arrow in pandas": arrow_backed(pa.array([LATE, None], pa.timestamp("s", "UTC"))),
    "date32": pa.array([A_DAY, None], pa.date32()),
    "date64": pa.array([A_DAY, None], pa.date64()),
    "objects": objects(LATE, None),
    "categories": pd.Series(pd.Categorical([LATE.replace(tzinfo=None), None])),
    "dictionary": pa.array([A_DAY, None]).dictionary_encode(),
    "text": pl.Series(["2026-03-01T23:30", " "]),
    "Enum": pl.Series(["20260301", None], dtype=pl.Enum(["20260301", "2026-13-01"])),
}


@pytest.mark.parametrize("name", DAYS)
def test_a_point_in_time_is_the_day_by_the_clock_of_its_zone(name):
    days, wrong = days_of(series(chunked(DAYS[name])))
    day = "2026-03-02" if name.startswith("Stockholm") else "2026-03-01"
    assert days.astype(str).tolist() == [day, "NaT"]
    assert not wrong.any()


def test_a_day_after_the_last_that_python_has_is_a_day_all_the_same():
    column = series(pa.chunked_array([pa.array([10**17], pa.timestamp("us"))]))
    assert days_of(column)[0].astype(str).tolist() == ["5138-11-16"]
    far = series(pa.chunked_array([pa.array([10**18], pa.timestamp("us"))]))
    [told] = counted_at(far, np.array([0]))
    assert str(10**18) in told


@pytest.mark.parametrize("cell", [("male",), np.array(["male", "male"]), b"male", 1])
def test_only_text_names_a_sex(cell):
    assert sexes_of(series(objects("male", cell))).tolist() == [0, BAD]


# Booleans, and values that a type names


@pytest.mark.parametrize(
    ("native", "gap"),
    [
        (pd.Series([True, False, True]), False),
        (pd.Series([True, None, True], dtype="boolean"), GAP),
        (pd.Series([True, None, True], dtype=pd.ArrowDtype(pa.bool_())), GAP),
        (pd.Series([True, None, True], dtype=object), GAP),
        (pl.Series([True, None, True]), GAP),
        (pl.Series([False, True, None, True])[1:], GAP),
        (pa.chunked_array([[True, None, True]]), GAP),
        (pa.chunked_array([[True], [None, True]]), GAP),
        (pa.chunked_array([pa.array([False, *[None] * 9, True, None, True])[10:]]), GAP),
        (pa.chunked_array([RUNS([1, 2, 3], [True, None, True])]), GAP),
    ],
)
def test_booleans_of_every_library_are_read(native, gap):
    assert truths_of(series(native)).tolist() == [1, gap, 1]


def test_no_booleans_are_read_from_no_rows():
    for native in (pd.Series([], dtype=bool), pa.chunked_array([], pa.bool_())):
        assert truths_of(series(native)).tolist() == []


@pytest.mark.parametrize(
    ("native", "expected"),
    [
        (pd.Series(pd.Categorical(["a"], categories=["a", "b"])), ["a", "b"]),
        (pl.Series(["a"], dtype=pl.Enum(["a", "b"])), ["a", "b"]),
        (pa.chunked_array([pa.DictionaryArray.from_arrays([0], ["a", "b"])] * 2), ["a", "b"]),
        (pl.Series(["a"], dtype=pl.Categorical), []),
        (pd.Series(["a"]), []),
        (pl.Series(["a"]), []),
        (pa.chunked_array([["a"]]), []),
    ],
)
def test_a_type_names_its_values_also_those_that_no_row_has(native, expected):
    assert categories_of(native) == expected


@given(
    st.lists(
        st.sampled_from([1, True, False, 0, "1", "", 1.0, NAN, None, pd.NA, A_DAY, 2**80, "å"])
        | st.integers(0, 4).map(lambda n: [n])
    )
)
def test_cells_of_all_types_stay_what_they_are_one_by_one(cells):
    held, places = distinct(series(objects(*cells)))
    for cell, place in zip(cells, places, strict=True):
        assert is_missing(held[place]) == is_missing(cell)
        assert (
            is_missing(cell)
            or (type(held[place]), held[place]) == (type(cell), cell)
            or (not isinstance(cell, bool) and read_code(held[place]) == read_code(cell))
        )
    assert sorted(set(places)) == list(range(len(held)))


def test_one_odd_cell_among_many_does_not_make_the_others_slow():
    """The cells of each type are told apart by pandas, not one by one."""
    cells = pd.Series([0, 2, 4] * 20_000, dtype=object)
    cells[7] = True
    calls: list[object] = []

    def key(cell: object) -> object:
        calls.append(cell)
        return cell

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("riskbehov.tables.frames.native._key", key)
        assert codes_of(series(cells))[:8].tolist() == [0, 2, 4, 0, 2, 4, 0, BAD]
    assert len(calls) <= 1
