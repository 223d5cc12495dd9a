"""Columns of one name that nothing is read from stay, and are looked through all the same."""

from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from tests.tables.persons import DAY, LIBRARY, PURPOSE

from riskbehov import tables
from riskbehov.errors import InputError, PrivacyError
from riskbehov.tables.engines.repeated import told_apart


def made(frame, **more):
    return tables.recommend(
        frame, "adult", purpose=PURPOSE, date=DAY, rules=[], library=LIBRARY, **more
    )


def pandas_of(*cells):
    return pd.DataFrame([cells], columns=["z", "age", "z"])


def test_they_stay_in_every_frame_that_can_have_them():
    table = pa.table([[1], [30], [2]], names=["z", "age", "z"])
    found = [
        made(pandas_of(1, 30, 2)).to_numpy()[0, :4].tolist(),
        pandas_like(made(table)),
        pandas_like(made(table.to_batches()[0])),
        pandas_like(made(table.to_reader()).read_all()),
        list(made(duckdb.sql("SELECT 1 AS z, 30 AS age, 2 AS z")).fetchall()[0][:4]),
    ]
    assert found == [[1, 30, 2, "assessed"]] * 5
    names = [
        made(pandas_of(1, 30, 2)).columns,
        made(table).column_names,
        made(duckdb.sql("SELECT 1 AS z, 30 AS age, 2 AS z")).columns,
    ]
    assert [list(each)[:4] for each in names] == [["z", "age", "z", "state"]] * 3


def pandas_like(arrow):
    return [column.to_pylist()[0] for column in arrow.columns[:4]]


@pytest.mark.usefixtures("calm")
def test_they_stay_in_spark(spark):
    frame = spark.createDataFrame([(1, 30, 2)], "a int, age int, b int").toDF("z", "age", "z")
    found = made(frame)
    assert found.columns[:4] == ["z", "age", "z", "state"]
    assert list(found.collect()[0])[:4] == [1, 30, 2, "assessed"]


@pytest.mark.parametrize("place", [0, 2])
def test_each_of_them_is_looked_through(place):
    cells: list[Any] = [1, 30, 2]
    cells[place] = "811218-9876"
    name = r"z \(2\)" if place else "z"
    with pytest.raises(PrivacyError, match=f"^{name}: found personal numbers in 1 rows"):
        made(pandas_of(*cells))


def test_one_that_is_read_is_refused_still():
    frame = pd.DataFrame(np.array([[30, 31]]), columns=["age", "age"])
    with pytest.raises(InputError, match="found 2 columns with the name 'age', expected one"):
        made(frame)


def test_they_are_told_apart_by_names_that_are_free():
    assert told_apart(["z", "z", "z (2)", "z"], ()) == ["z", "z (3)", "z (2)", "z (4)"]
    assert told_apart(["z", "z"], ["z"]) == ["z", "z"]
