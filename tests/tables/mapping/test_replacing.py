"""A table that is not in memory is recoded as one that is, when its rows are read."""

import pickle
from typing import Any

import duckdb
import narwhals as nw
import narwhals.stable.v2 as nw_v2
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from riskbehov.errors import InputError
from riskbehov.tables import recode, recode_step, score
from riskbehov.tables.frames.bridge import pick

TABLE = pa.table(
    {
        "note": ["a", "b", "c", "d"],
        "audit_1": [1, 5, 99, None],
        "^a.*$": ["x", "y", "z", None],
        "Q1": [1, 2, 3, 4],
        "kön": ["K", "M", None, "K"],
        "född": ["1991-02-03", None, "19900101", "1990-01-01T12:00"],
    }
)
ADDED = {
    "instrument": "audit",
    "columns": [{"column": "Q1", "item": "1"}],
    "sex": {"column": "kön", "values": {"K": "female", "M": "male"}},
    "birth_date": {"column": "född"},
}
FIVE = {1: 0, 2: 1, 3: 2, 4: 3, 5: 4}
REPLACED = {
    **ADDED,
    "columns": [{"column": "audit_1", "item": "1", "values": FIVE, "missing": [99]}],
}
ADDS = TABLE.drop_columns(["audit_1"])


def reader(table: pa.Table) -> Any:
    return table.to_reader(max_chunksize=3)


def lazy(table: pa.Table) -> pl.LazyFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame.lazy()


MAKERS = {
    "lazy": lazy,
    "duckdb": duckdb.from_arrow,
    "reader": reader,
    "dataset": ds.dataset,
    "narwhals": lambda table: nw.from_native(lazy(table)),
    "narwhals, stable": lambda table: nw_v2.from_native(lazy(table)),
}


def rows_of(frame: Any) -> Any:
    """Return the rows of what came out, as plain values in the order of the columns."""
    frame = nw.to_native(frame, pass_through=True)
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect().to_arrow()
    elif isinstance(frame, duckdb.DuckDBPyRelation):
        frame = frame.to_arrow_table()
    elif isinstance(frame, pa.RecordBatchReader):
        frame = frame.read_all()
    return list(frame.schema.names), frame.to_pylist()


@pytest.mark.parametrize(("table", "mapping"), [(ADDS, ADDED), (TABLE, REPLACED)])
@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_what_is_not_in_memory_is_recoded_as_what_is(make, table, mapping):
    frame = make(table)
    found = recode(frame, mapping)
    assert isinstance(found.frame, pa.RecordBatchReader if make is ds.dataset else type(frame))
    assert found.report is None
    assert rows_of(found.frame) == rows_of(recode(table, mapping).frame)


@pytest.mark.parametrize(("table", "mapping"), [(ADDS, ADDED), (TABLE, REPLACED)])
@pytest.mark.parametrize("rows", [4, 0])
def test_a_batch_is_in_memory_and_has_a_report(table, mapping, rows):
    table = table.slice(0, rows)
    batch = pa.RecordBatch.from_arrays(
        [c.combine_chunks() for c in table.columns], table.schema.names
    )
    found = recode(batch, mapping)
    assert isinstance(found.frame, pa.RecordBatch)
    assert rows_of(found.frame) == rows_of(recode(table, mapping).frame)
    assert found.report.rows == rows


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize(("table", "mapping"), [(ADDS, ADDED), (TABLE, REPLACED)])
def test_spark_recodes_on_its_workers(spark, table, mapping):
    frame = spark.createDataFrame(table.to_pylist(), "note string, " + COLUMNS[len(table.schema)])
    found = recode(frame, mapping)
    assert found.report is None
    expected = recode(table, mapping).frame
    assert found.frame.columns == expected.column_names
    assert [row.asDict() for row in found.frame.collect()] == expected.to_pylist()


COLUMNS = {
    5: "`^a.*$` string, Q1 int, `kön` string, `född` string",
    6: "audit_1 int, `^a.*$` string, Q1 int, `kön` string, `född` string",
}


def test_what_is_wrong_with_the_columns_is_told_at_once_and_in_the_rows_when_they_are_read():
    with pytest.raises(InputError, match="found no column 'Q2'"):
        recode(lazy(TABLE), {**ADDED, "columns": [{"column": "Q2", "item": "1"}]})
    with pytest.raises(InputError, match="found a column 'audit_1', expected none"):
        recode(reader(TABLE), ADDED)
    found = recode(reader(TABLE), {**REPLACED, "columns": [{"column": "audit_1", "item": "1"}]})
    with pytest.raises(InputError, match=r"audit_1: found '5' \(1\), '99' \(1\), expected one of"):
        found.frame.read_all()


def test_a_lazy_frame_is_recoded_and_scored_before_anything_is_read():
    names = [f"audit_{n}" for n in range(1, 11)]
    forms = pl.LazyFrame({name: [1, 3, 5] for name in names})
    columns = [{"column": name, "item": name[6:], "values": {1: 0, 3: 2, 5: 4}} for name in names]
    found = score(recode(forms, {"instrument": "audit", "columns": columns}).frame, "audit")
    assert found.collect()["audit_total_low"].to_list() == [0, 20, 40]


def test_a_step_travels_to_another_process():
    step = recode_step(REPLACED)
    rows = pick(TABLE, step.needs)
    done = step.run(rows)
    again = pickle.loads(pickle.dumps(step)).run(rows)  # noqa: S301 - what we pickled ourselves
    assert again.tally == done.tally
    assert [c.values.tolist() for c in again.columns] == [c.values.tolist() for c in done.columns]
