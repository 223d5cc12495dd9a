"""What engines keep of a table, when they read it, and what they say."""

import datetime as dt
import pickle
from decimal import Decimal

import duckdb
import narwhals as nw
import narwhals.stable.v2 as nw_v2
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from tests.tables.makers import ran

from riskbehov import tables
from riskbehov.errors import InputError
from riskbehov.tables.engines.spark import run_batch
from riskbehov.tables.frames.bridge import FRAMES, frame_of
from riskbehov.tables.scores.arguments import score_step

FORM = [1] * 8 + [2, 2]  # 8 + 4 = 12 points
ALL = [f"audit_{n}" for n in range(1, 11)]
FORMS = {name: [code] * 3 for name, code in zip(ALL, FORM, strict=True)}
BAD = {**FORMS, "audit_1": [1, 7, None]}


def totals(frame):
    return frame["audit_total_low"].to_list()


# pandas


def test_the_index_and_what_hangs_on_a_frame_of_pandas_are_kept():
    frame = pd.DataFrame(FORMS, index=pd.MultiIndex.from_tuples([("a", 1), ("a", 1), ("b", 2)]))
    frame.attrs = {"source": "a register"}
    frame.columns.name = "column"
    found = tables.score(frame, "audit")
    assert found.index.equals(frame.index)
    assert found.attrs == frame.attrs
    assert found.columns.name == "column"
    pd.testing.assert_frame_equal(found[list(frame)], frame)


def test_the_frame_that_went_in_is_not_changed_nor_can_be_through_what_came_out():
    frame = pd.DataFrame(FORMS)
    found = tables.score(frame, "audit")
    found.loc[0, ["audit_1", "audit_missing", "audit_total_low"]] = 3
    assert list(frame) == ALL
    assert frame["audit_1"].tolist() == [1, 1, 1]
    assert found["audit_total_high"].tolist() == [12, 12, 12]


def test_no_two_columns_of_pandas_that_come_out_share_their_memory():
    found = tables.score(pd.DataFrame(BAD), "audit", bands="all", missing="prorate", max_missing=1)
    for column in found.columns[len(ALL) :]:
        before = found.drop(columns=column).copy(deep=True)
        found[column].array[:] = found[column].array[1]
        found.loc[0, column] = found.loc[2, column]
        pd.testing.assert_frame_equal(found.drop(columns=column), before)


@pytest.mark.parametrize(
    ("items", "sex", "made"),
    [
        ("int8[pyarrow]", "str", pd.ArrowDtype(pa.uint8())),
        ("int8", "string[pyarrow]", pd.UInt8Dtype()),
        ("Int8", pd.ArrowDtype(pa.string()), pd.UInt8Dtype()),
    ],
)
def test_what_comes_out_is_backed_by_arrow_only_if_the_answers_are(items, sex, made):
    frame = pd.DataFrame(FORMS).astype(items)
    frame["sex"] = pd.Series(["male"] * 3, dtype=sex)
    assert tables.score(frame, "audit", sex="sex").dtypes["audit_total_low"] == made


def test_names_that_stand_twice_are_no_trouble_unless_they_are_needed():
    frame = pd.DataFrame(FORMS)
    frame = pd.concat([frame, frame[["audit_1"]].rename(columns={"audit_1": "x"})] * 2, axis=1)
    with pytest.raises(InputError, match="found 2 columns with the name 'audit_1'"):
        tables.score(frame, "audit")
    twice = pd.concat([pd.DataFrame(FORMS), pd.DataFrame([[1, 2]] * 3, columns=["x", "x"])], axis=1)
    assert list(tables.score(twice, "audit").columns[:12]) == [*ALL, "x", "x"]


def test_names_that_are_no_text_are_kept_and_never_taken_for_a_column_that_is_needed():
    frame = pd.DataFrame(FORMS)
    frame.insert(0, ("a", "b"), 1)
    frame.insert(0, 0, 9)
    assert list(tables.score(frame, "audit").columns[:3]) == [0, ("a", "b"), "audit_1"]
    numbered = pd.DataFrame([FORM])
    with pytest.raises(InputError, match="the column name 0, which is not text"):
        tables.score(numbered, "audit", items=[str(n) for n in range(10)])


def test_a_class_made_of_a_frame_of_pandas_is_one():
    class Register(pd.DataFrame):  # type: ignore[misc]
        @property
        def _constructor(self):
            return Register

    found = tables.score(Register(FORMS), "audit")
    assert type(found) is Register
    assert totals(found) == [12, 12, 12]


# pyarrow


def test_what_a_schema_tells_is_kept():
    table = pa.table(FORMS).replace_schema_metadata({"source": "a register"})
    field = pa.field("x", pa.int8(), metadata={"unit": "years"})
    table = table.append_column(field, pa.array([1, 2, 3], pa.int8()))
    for found in (tables.score(table, "audit"), tables.score(table.to_batches()[0], "audit")):
        assert found.schema.metadata == table.schema.metadata
        assert found.schema.field("x").equals(field, check_metadata=True)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_reader_is_read_batch_by_batch(size):
    read = []

    def batches():
        for batch in pa.table(FORMS).to_batches(max_chunksize=size):
            read.append(len(batch))
            yield batch

    reader = pa.RecordBatchReader.from_batches(pa.table(FORMS).schema, batches())
    found = tables.score(reader, "audit")
    assert read == []
    found.read_next_batch()
    assert read == [size]
    assert found.schema == tables.score(pa.table(FORMS), "audit").schema


def test_a_dataset_of_files_is_read_as_a_stream(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        file = str(tmp_path / name / "x.arrow")
        with pa.ipc.new_file(file, pa.table(FORMS).schema) as writer:
            writer.write(pa.table(FORMS))
    found = tables.score(ds.dataset(tmp_path, format="arrow"), "audit")
    assert isinstance(found, pa.RecordBatchReader)
    assert found.read_all()["audit_total_low"].to_pylist() == [12] * 6


# Polars, lazily


def test_a_lazy_frame_is_read_when_it_is_collected_and_not_before():
    read = []

    def told(rows):
        read.append(len(rows))
        return rows

    lazy = pl.LazyFrame(FORMS).map_batches(told)
    found = tables.score(lazy, "audit")
    assert isinstance(found, pl.LazyFrame)
    assert read == []
    assert found.collect().equals(tables.score(pl.DataFrame(FORMS), "audit"))
    assert read == [3]


def test_what_is_asked_of_a_lazy_frame_afterwards_is_not_asked_of_its_source():
    lazy = tables.score(pl.LazyFrame({**BAD, "key": [1, 2, 3]}), "audit", on_illegal="drop")
    assert lazy.filter(pl.col("audit_state") == "provisional").select("key").collect()[
        "key"
    ].to_list() == [1, 3]
    assert lazy.select("audit_total_low").collect()["audit_total_low"].to_list() == [12, 11]
    assert lazy.head(2).select("key").collect()["key"].to_list() == [1, 3]


def test_the_streaming_engine_gives_the_same_part_by_part():
    rows = 300_000
    frame = pl.DataFrame({name: np.arange(rows, dtype=np.int32) % 5 for name in ALL})
    parts = []

    def told(part):
        parts.append(len(part))
        return part

    lazy = frame.lazy().map_batches(told, streamable=True, schema=frame.schema)
    found = tables.score(lazy, "audit").collect(engine="streaming")
    assert found.equals(tables.score(frame, "audit"))
    assert len(parts) > 1


# DuckDB


@pytest.fixture
def kept():
    """Return a relation with columns that Arrow would not bring back as they were."""
    answers = [f"{code}::TINYINT AS {name}" for name, code in zip(ALL, FORM, strict=True)]
    numbers = duckdb.connect().sql("SELECT n FROM range(5000) AS r(n)")
    return numbers.project(", ".join([*answers, OTHERS]))


OTHERS = """n, 1.50::DECIMAL(38, 2) AS d, n::HUGEINT AS h, n::UHUGEINT AS uh,
    TIMESTAMP_NS '2026-03-01 10:00:00.123456789' AS ns,
    TIMESTAMPTZ '2026-03-01 10:00:00+01' AS tz, TIME '10:00:00' AS t, TIMETZ '10:00:00+01' AS ttz,
    INTERVAL 1 MONTH AS i, '101'::BIT AS bit, 'a'::BLOB AS b,
    '6f9619ff-8b86-d011-b42d-00cf4fc964ff'::UUID AS u, [1, NULL] AS l, [1, 2]::INTEGER[2] AS a,
    {'x': 1, 'y': 'z'} AS s, MAP {'k': 1} AS m, 'p'::ENUM('p', 'q') AS e,
    union_value(num := 1) AS un, 'å "quoted" text' AS "odd "" name\""""


def test_the_other_columns_of_a_relation_keep_their_types_and_values(kept):
    found = tables.score(kept, "audit")
    width = len(kept.columns)
    assert found.columns[:width] == kept.columns
    assert found.types[:width] == kept.types
    texts = [r.order("n").limit(3, 4000).project("COLUMNS(*)::VARCHAR") for r in (kept, found)]
    before, after = (r.fetchall() for r in texts)
    assert [row[:width] for row in after] == before


def test_a_relation_is_read_as_often_as_one_likes_on_its_own_connection(kept):
    found = tables.score(kept, "audit")
    for _ in range(3):
        assert found.aggregate("count(*), sum(audit_total_low)").fetchall() == [(5000, 60000)]
    joined = found.set_alias("a").join(found.set_alias("b"), "a.n = b.n")
    assert joined.aggregate("count(*)").fetchall() == [(5000,)]
    assert found.filter("audit_total_low = 12 AND n < 10").aggregate("count(*)").fetchall() == [
        (10,)
    ]


def test_a_relation_sees_what_its_table_holds_when_it_is_read():
    connection = duckdb.connect()
    connection.from_arrow(pa.table(FORMS)).to_table("forms")
    found = tables.score(connection.table("forms"), "audit")
    connection.execute("INSERT INTO forms SELECT * FROM forms LIMIT 1")
    assert found.aggregate("count(audit_total_low)").fetchall() == [(4,)]
    found.to_table("scores")
    assert connection.table("scores").types == found.types


def test_two_scores_of_one_relation_do_not_meet():
    relation = duckdb.connect().from_arrow(pa.table(BAD))
    one = tables.score(relation, "audit")
    other = tables.score(relation, "audit", on_illegal="drop", form="paper")
    assert one.aggregate("count(*)").fetchall() == [(3,)]
    assert other.aggregate("count(*)").fetchall() == [(2,)]


def test_names_of_relations_are_the_same_in_capitals():
    relation = duckdb.connect().from_arrow(pa.table({**FORMS, "AUDIT_STATE": [1, 2, 3]}))
    with pytest.raises(InputError, match="audit_state"):
        tables.score(relation, "audit")


def test_what_is_refused_in_a_relation_is_told_in_our_words():
    found = tables.score(duckdb.connect().from_arrow(pa.table(BAD)), "audit", on_illegal="refuse")
    with pytest.raises(duckdb.Error, match=r"InputError: audit_1 .*found 7 \(1\)"):
        found.fetchall()


def test_an_older_duckdb_whose_relations_keep_their_connection_to_themselves_is_refused():
    kind = type("DuckDBPyRelation", (), {"__module__": "duckdb", "columns": ALL, "project": None})
    with pytest.raises(InputError, match="expected version 2 or later"):
        tables.score(kind(), "audit")


def test_nothing_is_said_at_the_end_of_a_program_that_used_duckdb():
    program = (
        "import duckdb, pyarrow as pa\n"
        "from riskbehov import tables\n"
        f"r = duckdb.connect().from_arrow(pa.table({FORMS!r}))\n"
        "print(tables.score(r, 'audit').aggregate('sum(audit_total_low)').fetchall())\n"
    )
    run = ran(program)
    assert run.stdout == "[(36,)]\n"
    assert run.stderr == ""


# Spark


def spark_frame(spark, forms=FORMS, more=""):
    rows = spark.createDataFrame(pa.table(forms))
    return rows.selectExpr("*", *([more] if more else []))


EXTRA = """cast(1.5 as decimal(38, 10)) as d, timestamp '2026-03-01 10:00:00' as t,
    timestamp_ntz '2026-03-01 10:00:00' as tn, date '2026-03-01' as day, array(1, null) as a,
    map('k', 1) as m, named_struct('x', 1, 'y', array('z')) as s, X'01FF' as b, null as n,
    interval '1 02:03:04' day to second as span, true as yes, cast(1.5 as float) as f"""


@pytest.mark.usefixtures("calm")
def test_the_other_columns_of_a_frame_of_spark_keep_their_types_and_values(spark):
    frame = spark_frame(spark, more="1 as one")
    frame = frame.selectExpr("*", *(part.strip() for part in _parts(EXTRA)))
    found = tables.score(frame, "audit")
    width = len(frame.columns)
    assert found.schema.fields[:width] == frame.schema.fields
    assert [tuple(row)[:width] for row in found.collect()] == [tuple(r) for r in frame.collect()]


def _parts(text):
    """Return a list of expressions, parted at the commas that no bracket holds."""
    depth, part = 0, ""
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            yield part
            part = ""
        else:
            part += sign
    yield part


@pytest.mark.usefixtures("calm")
def test_months_and_years_that_arrow_does_not_have_come_back_as_they_were(spark):
    frame = spark_frame(spark).selectExpr(
        "*", "interval '2-3' year to month as `ym .`", "interval 5 month as m"
    )
    found = tables.score(frame, "audit")
    assert found.dtypes[: len(frame.columns)] == frame.dtypes
    shown = found.selectExpr("cast(`ym .` as string) y", "cast(m as string) m").first()
    assert tuple(shown) == ("INTERVAL '2-3' YEAR TO MONTH", "INTERVAL '5' MONTH")


@pytest.mark.usefixtures("calm")
def test_names_that_spark_itself_does_not_find_are_kept(spark):
    names = ("a.b", "`q`", "twice", "twice", "å ä", "c0")
    frame = spark_frame(spark).selectExpr("*", *(f"{n} as x{n}" for n in range(len(names))))
    frame = frame.toDF(*ALL, *names)
    found = tables.score(frame, "audit")
    assert found.columns[: len(frame.columns)] == frame.columns
    assert tuple(found.first())[len(ALL) : len(frame.columns)] == tuple(range(len(names)))


@pytest.mark.usefixtures("calm")
def test_spark_has_shorts_ints_longs_and_strings_for_what_it_does_not_have(spark):
    found = tables.score(spark_frame(spark), "audit", missing="prorate", max_missing=1)
    kinds = dict(found.dtypes)
    assert kinds["audit_total_low"] == "smallint"
    assert kinds["audit_state"] == "string"
    assert kinds["audit_flags"] == "bigint"
    assert kinds["audit_total_prorated"] == "double"


@pytest.mark.usefixtures("calm")
def test_scores_one_after_the_other_go_to_the_workers_together(spark, capsys):
    frame = spark_frame(spark, BAD, more="1 as `a.b`").toDF(*ALL, "a.b")
    one = tables.score(frame, "audit", on_illegal="drop")
    both = tables.score(one, "rbm8", items=ALL[:8])
    both.explain()
    assert capsys.readouterr().out.count("MapInArrow") == 1
    assert both.columns[: len(one.columns)] == one.columns
    assert [row["a.b"] for row in both.collect()] == [1, 1]
    kept = both.select(*[f"`{name}`" for name in one.columns]).collect()
    assert kept == one.collect()


@pytest.mark.usefixtures("calm")
def test_what_is_held_in_memory_is_not_worked_out_again(spark, capsys):
    one = tables.score(spark_frame(spark), "audit").cache()
    both = tables.score(one, "rbm8", items=ALL[:8])
    both.explain()
    assert "InMemoryTableScan" in capsys.readouterr().out
    assert both.first()["audit_total_low"] == 12
    one.unpersist()


@pytest.mark.usefixtures("calm")
def test_what_is_refused_in_spark_is_told_in_our_words_when_rows_are_read(spark):
    from pyspark.errors import PythonException

    found = tables.score(spark_frame(spark, BAD), "audit", on_illegal="refuse")
    with pytest.raises(PythonException, match=r"InputError: audit_1 .*found 7 \(1\)"):
        found.collect()
    assert tables.score(spark_frame(spark, BAD), "audit", on_illegal="drop").count() == 2


@pytest.mark.usefixtures("calm")
def test_spark_names_are_the_same_in_capitals(spark):
    frame = spark_frame(spark, more="1 as AUDIT_STATE")
    with pytest.raises(InputError, match="audit_state"):
        tables.score(frame, "audit")


def test_a_step_travels_with_its_instrument_as_text_and_is_the_same_where_it_arrives(library):
    step = score_step(
        library.scored("audit"), sex="kön", date=dt.date(2026, 1, 1), cutoffs=("who-2001",)
    )
    sent = pickle.dumps(step)
    first, second = pickle.loads(sent), pickle.loads(sent)  # noqa: S301 - our own
    assert first == step
    assert first.instrument is second.instrument  # so that it is made ready once
    assert len(sent) < 100_000


def test_a_batch_for_spark_has_no_unsigned_numbers_and_no_dictionaries(library):
    batch = run_batch(pa.RecordBatch.from_pydict(BAD), score_step(library.scored("audit")))
    kinds = {str(kind) for kind in batch.schema.types[len(ALL) :]}
    assert kinds == {"int16", "int64", "string"}
    assert batch["audit_state"].to_pylist() == ["provisional", "invalid", "provisional"]


# narwhals


@pytest.mark.parametrize("wrap", [nw.from_native, nw_v2.from_native])
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame, pa.table])
def test_a_frame_in_a_wrapping_comes_out_in_the_same(wrap, make):
    wrapped = wrap(make(FORMS))
    found = tables.score(wrapped, "audit")
    assert type(found) is type(wrapped)
    assert type(found.to_native()) is type(wrapped.to_native())


# Others


class DataFrame:
    """What some other library might call so."""


@pytest.mark.parametrize("frame", [DataFrame(), FORMS, [FORM], pd.Series(FORM), np.eye(10), None])
def test_what_is_no_frame_that_is_known_is_refused_with_those_that_are(frame):
    with pytest.raises(
        InputError, match=r"found .*expected a data frame of pandas, Polars .*PySpark"
    ):
        tables.score(frame, "audit")


def test_frames_of_pandas_on_spark_are_not_taken_for_those_of_spark():
    kind = type("DataFrame", (), {"__module__": "pyspark.pandas.frame"})
    with pytest.raises(InputError, match=r"found pyspark\.DataFrame"):
        frame_of(kind())


def test_no_library_is_imported_that_the_frame_is_not_of():
    program = (
        "import sys, polars\n"
        "from riskbehov import tables\n"
        f"tables.score(polars.DataFrame({FORMS!r}), 'audit')\n"
        "print({'pandas', 'duckdb', 'pyspark', 'sklearn'} & set(sys.modules))\n"
    )
    run = ran(program)
    assert run.stdout == "set()\n"


@pytest.mark.parametrize(
    "make",
    [
        pd.DataFrame,
        pl.DataFrame,
        pl.LazyFrame,
        pa.table,
        lambda forms: pa.table(forms).to_reader(),
        lambda forms: ds.dataset(pa.table(forms)),
        lambda forms: duckdb.connect().from_arrow(pa.table(forms)),
    ],
)
@pytest.mark.parametrize(
    ("forms", "match"),
    [
        (
            {name: cells for name, cells in FORMS.items() if name != "audit_7"},
            "no column 'audit_7'",
        ),
        ({**FORMS, "audit_state": [1, 2, 3]}, "a column 'audit_state'"),
    ],
)
def test_what_is_wrong_with_the_columns_is_told_at_once(make, forms, match):
    with pytest.raises(InputError, match=match):
        tables.score(make(forms), "audit")


def test_no_rows_give_no_rows_with_the_same_columns():
    whole = tables.score(pa.table(FORMS), "audit").schema
    for empty in (pa.table(FORMS).slice(0, 0), pa.table(FORMS).schema.empty_table()):
        assert tables.score(empty, "audit").schema == whole
        assert tables.score(empty.to_reader(), "audit").read_all().schema == whole
    assert len(tables.score(pd.DataFrame(columns=ALL), "audit")) == 0
    assert tables.score(pl.LazyFrame(schema=ALL), "audit").collect().height == 0
    assert tables.score(duckdb.connect().from_arrow(empty), "audit").fetchall() == []


def test_every_frame_that_is_known_has_an_engine():
    assert set(FRAMES.values()) == set(tables.engines._ENGINES)  # noqa: SLF001 - nothing left out


def test_a_decimal_beside_the_answers_stays_a_decimal():
    table = pa.table({**FORMS, "cost": [Decimal("1.10"), None, Decimal("2.20")]})
    assert tables.score(table, "audit")["cost"].to_pylist() == [
        Decimal("1.10"),
        None,
        Decimal("2.20"),
    ]
