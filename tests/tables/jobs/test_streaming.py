"""Whoever does the work, the same rows come out in the same order, and the same is told of them."""

import shutil
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from riskbehov.errors import InputError
from riskbehov.tables.files.opening import read_table
from riskbehov.tables.jobs.score import ScoredFile, score_file

ROWS = 3000
PEOPLE: Any = {"sex": "sex", "age": "age"}


def answers(rows: int) -> pa.Table:
    """Return a table with every kind of answer, and columns of several types beside."""
    draw = np.random.default_rng(1)
    columns: dict[str, Any] = {"key": np.arange(rows)}
    for n in range(1, 11):
        codes = draw.choice([0, 2, 4] if n > 8 else range(5), rows).astype(np.int8)
        codes[draw.random(rows) < 0.01] = 99
        columns[f"audit_{n}"] = pa.array(codes, mask=draw.random(rows) < 0.05)
    columns["sex"] = pa.array(draw.choice(["male", "female", "other", "x"], rows))
    columns["age"] = pa.array(draw.integers(10, 90, rows))
    columns["text"] = [f"å;{n}" for n in range(rows)]
    columns["day"] = pa.array(draw.integers(0, 20_000, rows), pa.int32()).cast(pa.date32())
    return pa.table(columns)


@pytest.fixture
def path(tmp_path):
    pq.write_table(answers(ROWS), tmp_path / "in.parquet", row_group_size=700)
    return tmp_path / "in.parquet"


@pytest.fixture(params=["duckdb", "spark"])
def engine(request):
    if request.param == "spark":
        if shutil.which("java") is None:
            pytest.skip("no Java, which Spark needs")
        request.getfixturevalue("spark")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark's own, of the other libraries' versions
        yield request.param


def both(path: Path, engine: Any, **options: Any) -> tuple[ScoredFile, ScoredFile]:
    """Score a file by Arrow and by another engine."""
    ours = score_file(path, "audit", path.with_name("a.parquet"), **options)
    theirs = score_file(path, "audit", path.with_name("b.parquet"), engine=engine, **options)
    return ours, theirs


@pytest.mark.parametrize("on_illegal", ["flag", "drop"])
def test_every_engine_comes_to_the_same(path, engine, on_illegal):
    ours, theirs = both(path, engine, on_illegal=on_illegal, **PEOPLE)
    assert theirs.tally == ours.tally
    assert list(theirs.tally.illegal) == list(ours.tally.illegal)
    expected = read_table(ours.output)
    found = read_table(theirs.output)
    assert found.schema.equals(expected.schema)
    assert found.equals(expected)
    assert theirs.output.read_bytes() == ours.output.read_bytes()


def test_columns_of_words_stay_so(path, engine):
    words = pa.array(["å", "ä", None, "ö"] * 750).dictionary_encode()
    pq.write_table(read_table(path).append_column("words", words), path)
    ours, theirs = both(path, engine, on_illegal="drop", **PEOPLE)
    expected, found = read_table(ours.output)["words"], read_table(theirs.output)["words"]
    assert found.type == expected.type
    assert found.to_pylist() == expected.to_pylist()


def test_every_engine_refuses_the_same(path, engine):
    with pytest.raises(InputError, match="audit_1") as ours:
        score_file(path, "audit", path.with_name("a.parquet"), **PEOPLE)
    with pytest.raises(InputError, match="audit_1") as theirs:
        score_file(path, "audit", path.with_name("b.parquet"), engine=engine, **PEOPLE)
    assert str(theirs.value) == str(ours.value)
    assert [p.name for p in path.parent.iterdir()] == ["in.parquet"]


def test_duckdb_takes_files_and_maps_of_every_kind(tmp_path, path):
    table = read_table(path).select(["key", "audit_1"]).slice(0, 50)
    columns = [{"column": "audit_1", "item": "1", "missing": [99]}]
    pq.write_table(table, tmp_path / "few.parquet")
    others = [{"column": f"x{n}", "item": str(n)} for n in range(2, 11)]
    wide = table
    for n in range(2, 11):
        wide = wide.append_column(f"x{n}", pa.array([0] * 50))
    pq.write_table(wide, tmp_path / "wide.parquet")
    mapping = {"instrument": "audit", "columns": [*columns, *others]}
    ours, theirs = both(tmp_path / "wide.parquet", "duckdb", mapping=mapping)
    assert theirs.tally == ours.tally
    assert theirs.recoded == ours.recoded
    assert theirs.output.read_bytes() == ours.output.read_bytes()


def test_spark_takes_nothing_but_plain_parquet(tmp_path):
    (tmp_path / "in.csv").write_text(";".join(f"audit_{n}" for n in range(1, 11)) + "\n")
    with pytest.raises(InputError, match="engine: found csv, expected Parquet files and no"):
        score_file(tmp_path / "in.csv", "audit", tmp_path / "ut.csv", engine="spark")
    assert not (tmp_path / "ut.csv").exists()


def test_spark_reads_what_is_written_here(path, spark):
    output = path.with_name("ut.parquet")
    score_file(path, "audit", output, on_illegal="flag", **PEOPLE)
    expected = read_table(output)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark's own, of the other libraries' versions
        found = spark.read.parquet(str(output)).orderBy("key").toArrow()
    assert found.column_names == expected.column_names
    for name in expected.column_names:
        assert found[name].to_pylist() == expected[name].to_pylist()


def test_duckdb_takes_names_that_it_cannot_tell_apart(path):
    table = read_table(path)
    for name in ("KEY", "", "AUDIT_STATE", 'a"b'):
        table = table.append_column(name, table["key"])
    pq.write_table(table, path)
    ours, theirs = both(path, "duckdb", on_illegal="drop", **PEOPLE)
    assert theirs.output.read_bytes() == ours.output.read_bytes()


def test_duckdb_refuses_two_columns_to_read_that_are_one_to_it(path):
    table = read_table(path)
    pq.write_table(table.append_column("AGE", table["sex"]), path)
    with pytest.raises(InputError, match=r"differ only in capitals \(AGE, age\).*leave --engine"):
        both(path, "duckdb", on_illegal="flag", sex="AGE", age="age")


@pytest.mark.usefixtures("spark")
def test_spark_takes_a_name_with_a_dot(path):
    table = read_table(path)
    pq.write_table(table.append_column("a.b", table["key"]), path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark's own, of the other libraries' versions
        ours, theirs = both(path, "spark", on_illegal="drop", **PEOPLE)
    assert theirs.output.read_bytes() == ours.output.read_bytes()
