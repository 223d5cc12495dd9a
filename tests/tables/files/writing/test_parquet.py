"""What is written is read back by three readers, each with code of its own."""

import datetime as dt

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbehov.tables.files.writing import parquet as parquetsink
from riskbehov.tables.files.writing.parquet import ParquetSink

WORDS = ("certain", "provisional", "omitted", "invalid")
KINDS = {
    "u8": pa.uint8(),
    "i8": pa.int8(),
    "i16": pa.int16(),
    "u32": pa.uint32(),
    "i64": pa.int64(),
}


def put(path, table, size):
    """Write a table so many rows at a time."""
    sink = ParquetSink(path, table.schema)
    for start in range(0, len(table), size):
        sink.write(table.slice(start, size))
    sink.close()


def states(places):
    return pa.DictionaryArray.from_arrays(pa.array(places, pa.int8()), WORDS, ordered=True)


def plain(column):
    kind = column.type
    return (column.cast(kind.value_type) if pa.types.is_dictionary(kind) else column).to_pylist()


def columns(low, high):
    return st.lists(st.one_of(st.none(), st.integers(low, high)), min_size=40, max_size=40)


tables = st.fixed_dictionaries(
    {
        "u8": st.one_of(columns(0, 255), columns(0, 3), columns(2, 2)),
        "i8": st.one_of(columns(-128, 127), columns(0, 4)),
        "i16": st.one_of(columns(-(2**15), 2**15 - 1), columns(0, 255)),
        "u32": st.one_of(columns(0, 2**32 - 1), columns(0, 1)),
        "i64": st.one_of(columns(-(2**63), 2**63 - 1), columns(0, 9)),
        "state": columns(0, 3),
    }
)


@settings(max_examples=60)
@given(made=tables, rows=st.integers(0, 40), size=st.integers(1, 41), group=st.integers(1, 41))
def test_all_readers_read_what_was_written(tmp_path_factory, made, rows, size, group):
    path = tmp_path_factory.mktemp("parquet") / "ut.parquet"
    arrays = {name: pa.array(made[name][:rows], kind) for name, kind in KINDS.items()}
    table = pa.table({**arrays, "state": states(made["state"][:rows]), "s": ["x"] * rows})
    usual = parquetsink.ROWS
    try:
        parquetsink.ROWS = group
        put(path, table, size)
    finally:
        parquetsink.ROWS = usual
    found = pq.read_table(path)
    assert found.schema.equals(table.schema)
    by_polars = pl.read_parquet(path)
    by_duckdb = duckdb.read_parquet(str(path)).to_arrow_table()
    for name in table.column_names:
        expected = plain(table[name])
        assert plain(found[name]) == expected
        assert by_polars[name].cast(pl.String).to_list() == [
            None if cell is None else str(cell) for cell in expected
        ]
        assert plain(by_duckdb[name]) == expected


@pytest.fixture
def table():
    draw = np.random.default_rng(1)
    rows = 3000
    numbers = draw.integers(0, 41, rows).astype(np.uint8)
    return pa.table(
        {
            "id": [f"{n:07}" for n in range(rows)],
            "total": pa.array(numbers, mask=draw.random(rows) < 0.1),
            "state": states(numbers % 4),
            "constant": np.zeros(rows, np.uint8),
            "empty": pa.nulls(rows, pa.uint8()),
            "list": [[n, n + 1] for n in range(rows)],
            "struct": [{"a": n, "b": str(n)} for n in range(rows)],
            "day": [dt.date(2026, 1, 1)] * rows,
            "float": draw.random(rows),
            "flag": draw.random(rows) < 0.5,
            "long": pa.array(draw.integers(2**53, 2**60, rows)),
        }
    ).replace_schema_metadata({"about": "something"})


@pytest.mark.parametrize(("size", "group"), [(3000, 1 << 20), (700, 1000), (97, 2910)])
def test_columns_of_all_kinds_stand_beside_each_other(tmp_path, table, monkeypatch, size, group):
    monkeypatch.setattr(parquetsink, "ROWS", group)
    put(tmp_path / "ut.parquet", table, size)
    found = pq.ParquetFile(tmp_path / "ut.parquet", page_checksum_verification=True).read()
    assert found.cast(table.schema).equals(table)
    assert found.schema.metadata[b"about"] == b"something"
    assert pl.read_parquet(tmp_path / "ut.parquet").height == 3000


def test_the_footer_tells_the_ends_of_numbers_so_that_readers_can_skip(tmp_path):
    table = pa.table(
        {"n": pa.array([3, None, 7], pa.uint8()), "i": pa.array([-1, 2, 3], pa.int8())}
    )
    put(tmp_path / "ut.parquet", table, 2)
    group = pq.read_metadata(tmp_path / "ut.parquet").row_group(0)
    numbers, signed = (group.column(place).statistics for place in (0, 1))
    assert (numbers.min, numbers.max, numbers.null_count) == (3, 7, 1)
    assert (signed.min, signed.max) == (-1, 3)
    lazy = pl.scan_parquet(tmp_path / "ut.parquet").filter(pl.col("n") > 7)
    assert lazy.collect().height == 0


def test_long_texts_make_groups_shorter(tmp_path, monkeypatch):
    monkeypatch.setattr(parquetsink, "_BYTES", 10_000)
    table = pa.table({"s": ["x" * 1000 + str(n) for n in range(100)]})
    put(tmp_path / "ut.parquet", table, 5)
    assert pq.read_metadata(tmp_path / "ut.parquet").num_row_groups == 10
    assert pq.read_table(tmp_path / "ut.parquet").equals(table)


def test_the_same_table_gives_the_same_bytes(tmp_path, table):
    for name in ("a", "b"):
        put(tmp_path / name, table, 700)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_table_without_rows_has_its_columns(tmp_path, table):
    put(tmp_path / "ut.parquet", table.slice(0, 0), 1)
    found = pq.read_table(tmp_path / "ut.parquet")
    assert found.schema.equals(table.schema)
    assert len(found) == 0
    assert pl.read_parquet(tmp_path / "ut.parquet").columns == table.column_names


def test_a_damaged_byte_is_found_by_its_checksum(tmp_path, table):
    path = tmp_path / "ut.parquet"
    put(path, table.select(["total", "state"]), 700)
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(OSError, match=r"(?i)crc|checksum|corrupt|thrift"):
        pq.ParquetFile(path, page_checksum_verification=True).read()
