"""AUDIT and DUDIT of many people on Spark, against the same rules written as Spark SQL.

The people and the rules are those of `score_array.py`. Both read the same Parquet file and hand
every column to a sink that throws it away, on two local workers. `score_spark.py 1000000` takes as
many rows. As a limit: the same file read and thrown away through Python's Arrow batches.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from _harness import Against, in_turns, show

if len(sys.argv) == 1:
    sys.argv.append("500000")

from score_array import FORMS, INSTRUMENTS, ROWS, SETS, by_polars, frames, some_people

from riskbehov import tables

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

TURNS = 3
STATES = "certain", "provisional", "omitted", "invalid"


def spark() -> "SparkSession":
    """Return a Spark with two local workers that run this Python."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]")
    for name, value in (
        ("spark.driver.bindAddress", "127.0.0.1"),
        ("spark.driver.host", "127.0.0.1"),
        ("spark.driver.memory", "2g"),
        ("spark.log.level", "ERROR"),
        ("spark.ui.enabled", "false"),
        ("spark.ui.showConsoleProgress", "false"),
    ):
        builder = builder.config(name, value)
    return builder.getOrCreate()


def scored(frame: "DataFrame") -> "DataFrame":
    """Score both forms."""
    for name, form in FORMS.items():
        frame = tables.score(
            frame, INSTRUMENTS[name], items=form.items, sex="sex", age="age", form="paper"
        )
    return frame


def by_sql(frame: "DataFrame") -> "DataFrame":
    """Score both forms by Spark SQL."""
    summed = frame.selectExpr("*", *(each for name in FORMS for each in _sums(name)))
    cut = summed.selectExpr("*", *(each for name in FORMS for each in _bands(name)))
    return cut.selectExpr("*", *(each for name in FORMS for each in _states(name)))


def _sums(name: str) -> Iterator[str]:
    form = FORMS[name]
    legal = (f"({i} IS NULL OR {i} IN ({', '.join(map(str, form.legal(i)))}))" for i in form.items)
    valid = " AND ".join(legal)
    yield f"{valid} AS {name}_valid"
    for scale, items in form.scales.items():
        for end, code in (("low", 0), ("high", 4)):
            added = " + ".join(f"coalesce({i}, {code})" for i in items)
            yield f"CASE WHEN {valid} THEN {added} END AS `{name}_{scale}_{end}`"
        missing = " + ".join(f"int({i} IS NULL)" for i in items)
        yield f"{missing} AS `{name}_{scale}_missing`"
    uses = " OR ".join(f"coalesce({i}, 0) > 0" for i in form.uses)
    never = f"coalesce({form.items[0]} = 0, false)"
    yield f"{valid} AND {never} AND ({uses}) AS {name}_contradiction"


def _bands(name: str) -> Iterator[str]:
    for end in ("low", "high"):
        total = f"{name}_total_{end}"
        cases = (
            f"WHEN sex = '{sex}' AND age >= 18 AND {total} IS NOT NULL THEN "
            + " + ".join(f"int({total} >= {start})" for start in starts)
            for sex, starts in FORMS[name].limits.items()
        )
        yield f"CASE {' '.join(cases)} END AS {name}_band_{end}"


def _states(name: str) -> Iterator[str]:
    for scale, items in FORMS[name].scales.items():
        missing = f"`{name}_{scale}_missing`"
        same = f" OR {name}_band_low = {name}_band_high" if scale == "total" else ""
        yield (
            f"CASE WHEN NOT {name}_valid THEN 'invalid' WHEN {missing} = {len(items)} THEN"
            f" 'omitted' WHEN {missing} = 0{same} THEN 'certain' ELSE 'provisional' END"
            f" AS `{name}_{scale}_state`"
        )


def untouched(frame: "DataFrame") -> "DataFrame":
    """Send all rows to Python and back."""

    def same(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        yield from batches

    return frame.mapInArrow(same, frame.schema)


def require_agreement(own: pl.DataFrame, other: pl.DataFrame, plain: pl.DataFrame) -> None:
    """Require that both say the same, and the same as Polars by hand."""
    for name, form in FORMS.items():
        told = ~own[f"{name}_state"].is_in(["invalid", "omitted"])
        for scale in form.scales:
            for end in ("low", "high", "missing", "state"):
                mine = own[f"{name}_{scale.replace('-', '_')}_{end}"].filter(told)
                theirs = other[f"{name}_{scale}_{end}"].filter(told)
                assert mine.cast(theirs.dtype).equals(theirs)
                if end != "state":
                    assert theirs.cast(pl.Int64).equals(
                        plain[f"{name}_{scale}_{end}"].filter(told).cast(pl.Int64)
                    )
        words = [b.id for s in INSTRUMENTS[name].cutoff_sets if s.id == SETS[name] for b in s.bands]
        for end in ("low", "high"):
            mine = own[f"{name}_{SETS[name].replace('-', '_')}_{end}"].filter(told)
            places = mine.replace_strict(words, range(len(words)), return_dtype=pl.Int32)
            assert places.equals(other[f"{name}_band_{end}"].filter(told))


def main() -> None:
    """Measure, once both are seen to agree."""
    _, polars = frames(some_people())
    with tempfile.TemporaryDirectory() as folder:
        for part in range(4):  # so that both workers have something to read
            file = Path(folder) / f"{part}.parquet"
            polars.with_row_index("row")[part::4].write_parquet(file)
        frame = spark().read.parquet(folder)
        own, other = (pl.DataFrame(made(frame).toArrow()).sort("row") for made in (scored, by_sql))
        require_agreement(own, other, by_polars(polars))
        approaches = {
            "riskbehov.tables.score": scored,
            "Spark SQL": by_sql,
            "to Python and back": untouched,
        }
        times = in_turns(
            {
                name: lambda made=made: made(frame).write.format("noop").mode("overwrite").save()
                for name, made in approaches.items()
            },
            turns=TURNS,
        )
    against = [Against("Spark SQL", faster=2), Against("to Python and back")]
    show(f"AUDIT and DUDIT, {ROWS:,} rows", times, {"riskbehov.tables.score": against})


if __name__ == "__main__":
    main()
