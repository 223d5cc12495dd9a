"""Every frame type and engine gives what `riskbehov.score` gives, row by row."""

import pytest
from tests.tables.makers import ARROW, ENGINES, PANDAS, PEOPLE, POLARS, plain, small
from tests.tables.sheets import INSTRUMENTS, columns_of_rows, expected_of, rows_of

from riskbehov import tables

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
