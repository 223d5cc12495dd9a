"""Every frame type and engine gives what `riskbehov.score` gives, row by row."""

from unittest.mock import patch

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables.makers import ARROW, ENGINES, PANDAS, PEOPLE, POLARS, plain, small
from tests.tables.sheets import (
    AGES,
    DAYS,
    INSTRUMENTS,
    NEVER,
    SEXES,
    Row,
    columns_of_rows,
    expected,
    expected_of,
    legal_codes,
    rows_of,
)

from riskbehov import tables
from riskbehov.scoring.arrays import ILLEGAL, MISSING, score_many
from riskbehov.tables.frames import values

ONE_OF_EACH = {
    name: {**PANDAS, **POLARS, **ARROW, **ENGINES}[name]
    for name in ("pandas float64", "pandas Int8", "polars Int8", "pyarrow int8", "polars lazy",
                 "duckdb TINYINT", "pyarrow reader")
}  # fmt: skip


def scored(frame, id_, **more):
    return tables.score(frame, id_, sex="sex", age="age", date="day", bands="all", **more)


def differences(found, wanted):
    """Return where columns are not alike: column, row, found, wanted."""
    found = plain(found)
    return [
        (name, row, a, b)
        for name, cells in wanted.items()
        for row, (a, b) in enumerate(zip(found[name], cells, strict=True))
        if a != b
    ]


@pytest.mark.parametrize("id_", INSTRUMENTS)
@pytest.mark.parametrize("make", ONE_OF_EACH.values(), ids=ONE_OF_EACH)
def test_every_instrument_comes_out_as_row_by_row(make, id_):
    frame = make(columns_of_rows(id_, rows_of(id_)))
    assert differences(scored(frame, id_), expected_of(id_)) == []


@pytest.mark.parametrize(
    "make",
    [*PANDAS.values(), *POLARS.values(), *ARROW.values(), *ENGINES.values()],
    ids=[*PANDAS, *POLARS, *ARROW, *ENGINES],
)
def test_every_type_of_column_is_read_alike(make):
    frame = make(columns_of_rows("audit", rows_of("audit")))
    assert differences(scored(frame, "audit"), expected_of("audit")) == []


SPARK = ("tinyint", "bigint", "double", "decimal(4, 1)", "string")


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("kind", SPARK)
def test_every_type_of_column_of_spark_is_read_alike(spark, kind):
    columns = columns_of_rows("audit", rows_of("audit"))
    frame = spark.createDataFrame(small(columns)).selectExpr(
        *(n if n in PEOPLE else f"cast({n} as {kind}) as {n}" for n in columns)
    )
    assert differences(scored(frame, "audit"), expected_of("audit")) == []


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("id_", INSTRUMENTS)
def test_every_instrument_comes_out_of_spark_as_row_by_row(spark, id_):
    frame = spark.createDataFrame(small(columns_of_rows(id_, rows_of(id_))))
    assert differences(scored(frame, id_), expected_of(id_)) == []


# Tables of any rows


@st.composite
def rows(draw, most=8):
    """Draw an instrument, and rows of it with every kind of answer and person."""
    id_ = draw(st.sampled_from(INSTRUMENTS))
    codes = [st.sampled_from([*legal, None, *NEVER[: draw(st.integers(0, 2))]])
             for legal in legal_codes(id_)]  # fmt: skip
    row = st.builds(
        Row, st.tuples(*codes), st.sampled_from(SEXES), st.sampled_from(AGES), st.sampled_from(DAYS)
    )
    return id_, draw(st.lists(row, max_size=most))


def shuffled(draw, names):
    return draw(st.permutations(list(names)))


def index_of(draw, size):
    labels = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    kinds = [
        lambda: pd.RangeIndex(5, 5 + size),
        lambda: pd.Index(labels, name="id", dtype="int64"),
        lambda: pd.Index([f"p{label}" for label in labels], dtype=object),
        lambda: pd.MultiIndex.from_arrays([labels, range(size)], names=["unit", None]),
        lambda: pd.DatetimeIndex(pd.to_datetime(labels, unit="D")),
    ]
    return draw(st.sampled_from(kinds))()


def extras(size):
    """Return columns that are not read, of types that are easily spoilt."""
    return {
        "ints": pd.Series([2**53 + 1] * size, dtype="int64"),
        "floats": pd.Series([float("nan")] * size, dtype="float32"),
        "lists": pd.Series([[1, None]] * size, dtype=object),
        "mixed": pd.Series(["1", 1, None, True][:size] + [1.5] * (size - 4), dtype=object),
        "gaps": pd.Series([None] * size, dtype="Int8"),
        "time": pd.Series(
            [pd.Timestamp("2026-03-29 02:00", tz="UTC")] * size, dtype="datetime64[ns, UTC]"
        ),
        "kind": pd.Series(pd.Categorical(["a"] * size, categories=["b", "a"], ordered=True)),
    }


@given(st.data(), rows(), st.sampled_from(sorted(PANDAS)))
def test_pandas_keeps_its_rows_columns_and_index(data, given_rows, kind):
    id_, some = given_rows
    frame = PANDAS[kind](columns_of_rows(id_, some)).assign(**extras(len(some)))
    frame = frame[shuffled(data.draw, frame.columns)]
    frame = pd.concat([frame, frame[["ints"]]], axis=1)
    frame.index = index_of(data.draw, len(some))
    found = scored(frame, id_)
    pd.testing.assert_frame_equal(found.iloc[:, : frame.shape[1]], frame, check_exact=True)
    assert differences(found.iloc[:, frame.shape[1] :], expected(id_, some)) == []


@given(st.data(), rows(), st.sampled_from(sorted(POLARS)))
def test_polars_keeps_its_rows_and_columns(data, given_rows, kind):
    id_, some = given_rows
    size = len(some)
    frame = POLARS[kind](columns_of_rows(id_, some)).with_columns(
        pl.Series("lists", [[1, None]] * size, dtype=pl.List(pl.Int8)),
        pl.Series("cost", [None] * size, dtype=pl.Decimal(20, 4)),
        pl.Series("any", [{}] * size, dtype=pl.Object),
    )
    frame = frame.select(shuffled(data.draw, frame.columns))
    found = scored(frame, id_)
    assert found.columns[: frame.width] == frame.columns
    kept = frame.drop("any", *(n for n, t in frame.schema.items() if t == pl.Object))
    assert found.select(kept.columns).equals(kept, null_equal=True)
    assert differences(found[:, frame.width :], expected(id_, some)) == []


def parts(draw, table):
    """Return a table in chunks, some of them empty, with columns that are parted elsewhere."""
    ends = sorted(draw(st.lists(st.integers(0, len(table)), max_size=4)))
    pairs = zip([0, *ends], [*ends, len(table)], strict=True)
    whole = pa.concat_tables([table[a:b] for a, b in pairs])
    column = draw(st.integers(0, table.num_columns - 1))
    one = whole.column(column).combine_chunks()
    return whole.set_column(column, whole.field(column), one)


@given(st.data(), rows(), st.sampled_from(sorted(ARROW)))
def test_arrow_keeps_its_rows_and_columns_and_how_they_are_parted_makes_no_difference(
    data, given_rows, kind
):
    id_, some = given_rows
    table = ARROW[kind](columns_of_rows(id_, some))
    table = table.append_column("lists", pa.array([[1, None]] * len(some), pa.list_(pa.int8())))
    table = parts(data.draw, table.select(shuffled(data.draw, table.column_names)))
    found = scored(table, id_)
    assert found.select(table.column_names).equals(table)
    assert differences(found, expected(id_, some)) == []


@settings(max_examples=25)
@given(st.data(), rows(), st.integers(1, 9))
def test_engines_read_in_parts_of_any_size(data, given_rows, size):
    id_, some = given_rows
    table = small(columns_of_rows(id_, some))
    table = table.append_column("key", pa.array(range(len(some))))
    wanted = expected(id_, some)
    assert differences(scored(table.to_reader(size), id_), wanted) == []
    frame = parts(data.draw, table)
    lazy = scored(pl.DataFrame(frame).lazy(), id_)
    assert differences(lazy, wanted) == []
    streamed = lazy.collect(engine="streaming").sort("key")
    assert differences(streamed, wanted) == []
    relation = scored(duckdb.connect().from_arrow(frame), id_)
    assert differences(relation.order("key"), wanted) == []


@given(st.data(), rows())
def test_rows_in_another_order_come_out_in_that_order(data, given_rows):
    id_, some = given_rows
    order = data.draw(st.permutations(range(len(some))))
    frame = small(columns_of_rows(id_, some))
    found = scored(frame.take(pa.array(order, pa.int64())), id_)
    assert found.equals(scored(frame, id_).take(pa.array(order, pa.int64())))


@pytest.mark.usefixtures("calm")
def test_spark_reads_in_parts_of_any_size(spark):
    @settings(max_examples=4)
    @given(rows(most=30), st.integers(1, 5))
    def check(given_rows, size):
        id_, some = given_rows
        table = small(columns_of_rows(id_, some)).append_column("key", pa.array(range(len(some))))
        frame = spark.createDataFrame(table.to_pylist(), spark_schema(spark, table))
        found = scored(frame.repartition(size), id_).orderBy("key")
        assert differences(found, expected(id_, some)) == []

    check()


def spark_schema(spark, table):
    return spark.createDataFrame(table.slice(0, 0)).schema


# Options


@pytest.mark.parametrize("form", ["paper", "screen"])
@pytest.mark.parametrize("cutoffs", [(), ("who-2001",)])
def test_forms_and_limits_are_those_of_one_case(form, cutoffs):
    frame = small(columns_of_rows("audit", rows_of("audit")))
    wanted = expected("audit", rows_of("audit"), form=form, cutoffs=cutoffs)
    assert differences(scored(frame, "audit", form=form, cutoffs=cutoffs), wanted) == []


def test_a_map_a_list_and_a_pattern_name_the_same_columns():
    columns = columns_of_rows("dudit", rows_of("dudit"))
    names = [n for n in columns if n not in PEOPLE]
    frame = small({n.replace("dudit_", "q"): c for n, c in columns.items()})
    renamed = [n.replace("dudit_", "q") for n in names]
    by_item = {n.removeprefix("q"): n for n in renamed}
    for items in (by_item, renamed, "q{item}"):
        assert differences(scored(frame, "dudit", items=items), expected_of("dudit")) == []


# Faults, let in on purpose: the conformance frame must tell


def wrapped(numbers, codes):
    """Read whole numbers as if one byte held all."""
    codes[:] = numbers.astype(np.uint8)


def truths_as_numbers(cell):
    return int(cell) if isinstance(cell, bool) else values_whole(cell)


values_whole = values.whole


def cut_off(numbers, codes):
    """Read floats as if they were whole."""
    codes[:] = np.where(np.isnan(numbers), MISSING, np.floor(numbers)).astype(np.uint8)


def zeros_for_gaps(cells):
    found = values.codes_of(cells)
    found[found == MISSING] = 0
    return found


def gaps_for_what_is_illegal(cells):
    found = values.codes_of(cells)
    found[found == ILLEGAL] = MISSING
    return found


def gaps_below_every_limit(*args, **kwargs):
    """Judge by what is known alone, as where nothing is less than eight."""
    found = score_many(*args, **kwargs)
    for scale in found.scales.values():
        scale.high[:] = scale.low
    return found


FAULTS = {
    "-1 is 255": ("riskbehov.tables.frames.values._read_whole", wrapped, "polars Int8"),
    "true is 1": (
        "riskbehov.tables.frames.values.whole",
        truths_as_numbers,
        "pandas not even numbers",
    ),
    "2.5 is 2": ("riskbehov.tables.frames.values._read_floats", cut_off, "pandas halves"),
    "nothing is 0": ("riskbehov.tables.scores.step.codes_of", zeros_for_gaps, "pyarrow int8"),
    "99 is nothing": (
        "riskbehov.tables.scores.step.codes_of",
        gaps_for_what_is_illegal,
        "pyarrow int8",
    ),
    "nothing is below 8": (
        "riskbehov.tables.scores.step.score_many",
        gaps_below_every_limit,
        "pyarrow int8",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_conformance_frame_tells_of_a_fault(fault):
    place, wrong, kind = FAULTS[fault]
    frame = {**PANDAS, **POLARS, **ARROW}[kind](columns_of_rows("audit", rows_of("audit")))
    with patch(place, wrong):
        assert differences(scored(frame, "audit"), expected_of("audit")) != []
