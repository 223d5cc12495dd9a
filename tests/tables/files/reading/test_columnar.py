"""Parquet and Arrow files, alone and as several that are one table."""

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest

from riskbehov.errors import InputError
from riskbehov.tables.files.reading import columnar
from riskbehov.tables.files.reading.columnar import open_arrow, open_parquet
from riskbehov.tables.files.sources import BATCH

TABLE = pa.table({"id": ["007", None], "q1": pa.array([1, 2], pa.int8()), "l": [[1], []]})


def table_of(source, columns=None):
    return pa.Table.from_batches(source.batches(columns))


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "in.parquet"
    pq.write_table(TABLE, found)
    return found


def test_a_file_is_read_with_its_types(path):
    source = open_parquet(path)
    assert (source.rows, source.files) == (2, (path,))
    assert table_of(source).equals(TABLE)
    assert table_of(source, ["q1", "id"]).equals(TABLE.select(["q1", "id"]))


def test_a_file_without_rows_is_read(path):
    pq.write_table(TABLE.slice(0, 0), path)
    source = open_parquet(path)
    assert (source.rows, source.schema.names) == (0, ["id", "q1", "l"])
    assert list(source.batches()) == []


def test_files_of_pandas_and_polars_are_read(tmp_path):
    frame = pd.DataFrame({"q1": pd.array([1, None], dtype="Int64"), "s": ["x", None]}, index=[7, 8])
    frame.to_parquet(tmp_path / "pandas.parquet")
    found = table_of(open_parquet(tmp_path / "pandas.parquet"))
    assert found.to_pandas().index.tolist() == [7, 8]
    assert found.select(["q1", "s"]).to_pydict() == {"q1": [1, None], "s": ["x", None]}
    pl.from_pandas(frame).write_parquet(tmp_path / "polars.parquet")
    assert table_of(open_parquet(tmp_path / "polars.parquet"))["q1"].to_pylist() == [1, None]


def test_long_texts_are_read_fewer_at_a_time(path, monkeypatch):
    pq.write_table(pa.table({"s": ["x" * 1000 + str(n) for n in range(1000)]}), path)
    monkeypatch.setattr(columnar, "_BYTES", 100_000)
    batches = list(open_parquet(path).batches())
    assert 64 <= max(map(len, batches)) <= 128
    assert sum(map(len, batches)) == 1000


def test_the_files_of_a_folder_are_one_table_in_the_order_of_their_names(tmp_path):
    for name, rows in (("b", TABLE.slice(1)), ("a", TABLE.slice(0, 1)), ("_x", TABLE)):
        pq.write_table(rows, tmp_path / f"{name}.parquet")
    (tmp_path / "_SUCCESS").touch()
    source = open_parquet(tmp_path)
    assert [file.name for file in source.files] == ["a.parquet", "b.parquet"]
    assert source.rows == 2
    assert table_of(source).equals(TABLE)


def test_a_pattern_stands_for_its_files(tmp_path):
    pq.write_table(TABLE, tmp_path / "del-1.parquet")
    pq.write_table(TABLE, tmp_path / "annat.parquet")
    source = open_parquet(tmp_path / "del-*.parquet")
    assert [file.name for file in source.files] == ["del-1.parquet"]


def test_what_the_names_of_folders_hold_is_a_column(tmp_path):
    for year in (2025, 2026):
        (tmp_path / f"ar={year}").mkdir()
        pq.write_table(TABLE, tmp_path / f"ar={year}" / "del.parquet")
    found = table_of(open_parquet(tmp_path))
    assert found["ar"].to_pylist() == ["2025", "2025", "2026", "2026"]
    assert found["id"].to_pylist() == ["007", None] * 2


@pytest.mark.parametrize(
    "other",
    [TABLE.drop_columns("q1"), TABLE.set_column(1, "q1", pa.array(["1", "2"]))],
)
def test_files_of_one_table_have_the_same_columns(tmp_path, other):
    pq.write_table(TABLE, tmp_path / "a.parquet")
    pq.write_table(other, tmp_path / "b.parquet")
    with pytest.raises(
        InputError, match=r"b.parquet: found other columns .*: q1 \(int8 → .*\); expected"
    ):
        open_parquet(tmp_path)


def test_the_order_of_columns_may_differ_between_files(tmp_path):
    pq.write_table(TABLE, tmp_path / "a.parquet")
    pq.write_table(TABLE.select(["l", "q1", "id"]), tmp_path / "b.parquet")
    assert table_of(open_parquet(tmp_path)).equals(pa.concat_tables([TABLE, TABLE]))


def test_a_folder_without_files_is_told(tmp_path):
    with pytest.raises(InputError, match="found no Parquet files there"):
        open_parquet(tmp_path)


@pytest.mark.parametrize("cut", [0, 4, 100, -1, -9])
def test_a_file_that_is_cut_off_is_refused(path, cut):
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(InputError, match="damaged or not whole, expected a Parquet file; export"):
        open_parquet(path)


def test_a_file_that_is_damaged_within_is_refused_when_its_rows_are_read(path):
    rows = pa.table({"s": [f"{n * 7919}" for n in range(10_000)]})
    pq.write_table(rows, path, compression="zstd", write_page_checksum=True)
    data = bytearray(path.read_bytes())
    data[2000] ^= 1
    path.write_bytes(bytes(data))
    source = open_parquet(path)
    with pytest.raises(InputError, match=r"in\.parquet: the file is damaged or not whole"):
        list(source.batches())


@pytest.mark.parametrize("compression", ["uncompressed", "lz4", "zstd"])
def test_an_arrow_file_is_read(tmp_path, compression):
    path = tmp_path / "in.feather"
    table = pa.table({"q1": range(300_000)})
    pa.feather.write_feather(table, path, compression=compression, chunksize=200_000)
    source = open_arrow(path)
    assert source.rows == 300_000
    assert max(len(batch) for batch in source.batches()) == BATCH
    assert table_of(source).equals(table)


@pytest.mark.parametrize("cut", [0, 50, -5])
def test_an_arrow_file_that_is_cut_off_is_refused(tmp_path, cut):
    path = tmp_path / "in.feather"
    pa.feather.write_feather(pa.table({"q1": range(3000)}), path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(InputError, match="damaged or not whole, expected an Arrow file"):
        list(open_arrow(path).batches())


def test_folders_hold_what_their_writers_could_not_put_in_a_name(tmp_path):
    plain = pa.table({"q1": [1, 2], "sex": ["a/b", None]})
    pq.write_to_dataset(plain, tmp_path / "t", partition_cols=["sex"])
    found = table_of(open_parquet(tmp_path / "t")).to_pylist()
    assert sorted(found, key=str) == [{"q1": 1, "sex": "a/b"}, {"q1": 2, "sex": None}]


def test_a_pattern_reads_the_same_columns_as_its_folder(tmp_path):
    for year in ("2025", "2026"):
        (tmp_path / "t" / f"år={year}").mkdir(parents=True)
        pq.write_table(TABLE, tmp_path / "t" / f"år={year}" / "a.parquet")
    whole = table_of(open_parquet(tmp_path / "t"))
    assert whole["år"].to_pylist() == ["2025", "2025", "2026", "2026"]
    assert table_of(open_parquet(tmp_path / "t" / "*" / "*.parquet")).equals(whole)


def test_other_columns_than_in_the_first_file_are_told_with_their_types(tmp_path):
    pq.write_table(pa.table({"a": [1], "b": [1]}), tmp_path / "1.parquet")
    pq.write_table(pa.table({"a": ["x"]}), tmp_path / "2.parquet")
    with pytest.raises(InputError, match=r"a \(int64 → string\), b \(int64 → -\)"):
        open_parquet(tmp_path)


def test_a_stream_of_arrow_is_no_arrow_file(tmp_path):
    with pa.ipc.new_stream(str(tmp_path / "in.arrow"), TABLE.schema) as writer:
        writer.write_table(TABLE)
    with pytest.raises(InputError, match=r"expected an Arrow file .*no stream"):
        open_arrow(tmp_path / "in.arrow")
