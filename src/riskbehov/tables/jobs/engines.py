"""Tables streamed through DuckDB and Spark: the same steps, the same rows in the same order.

What comes back is given the types that it would have here, so that whoever writes it cannot tell
who did the work.
"""

import os
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message
from riskbehov.scoring.arrays import STATES
from riskbehov.tables.frames.bridge import arrow_type, pick, require
from riskbehov.tables.frames.columns import column_of
from riskbehov.tables.scores.step import ScoreStep
from riskbehov.tables.steps import Around, Done, Step, Tally

if TYPE_CHECKING:
    import narwhals as nw
    import pyarrow as pa
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

Put = Callable[["pa.Table"], object]
Told = Callable[[int], object]
Batches = Iterable["pa.RecordBatch"]

_ROWS = 1 << 17
_ELSEWHERE = ("SPARK_REMOTE", "SPARK_API_MODE", "SPARK_CONNECT_MODE_ENABLED", "SPARK_LOCAL_IP")
"""What tells pyspark of a Spark in another process, or of the address to go by."""
_ALONE: Sequence[Mapping[str, str]] = (
    {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"},
    {"spark.ui.enabled": "false"},
)
"""Settings by which a local Spark answers to nobody outside the machine, those together that go
together."""


@dataclass(frozen=True)
class _Counted(Around):
    """A step that keeps count of what it meets, in whichever thread it runs."""

    tally: Tally
    lock: Any = field(default_factory=Lock)

    @property
    def on_illegal(self) -> str | None:
        return getattr(self.step, "on_illegal", None)

    def run(self, rows: "nw.DataFrame[Any]") -> Done:
        done = self.step.run(rows)
        with self.lock:
            self.tally.add(done.tally)
        return done


def by_duckdb(batches: Batches, schema: "pa.Schema", step: Step, put: Put, told: Told) -> Tally:
    """Do a step to rows by DuckDB; ``schema`` is that of the rows as they come."""
    require("duckdb", "duckdb")
    import duckdb
    import pyarrow as pa

    from riskbehov.tables.engines.duckdb import apply

    tally, rows = Tally(), 0
    names = _names_apart(schema.names, step.needs)
    plain = pa.schema([f.with_name(n) for f, n in zip(schema, names, strict=True)], schema.metadata)
    named = [*schema.names, *(spec.name for spec in step.adds)]
    with duckdb.connect() as connection:
        try:
            renamed = (batch.rename_columns(names) for batch in batches)
            reader = pa.RecordBatchReader.from_batches(plain, renamed)
            relation = apply(connection.from_arrow(reader), _Counted(step, tally))
            for batch in relation.to_arrow_reader(_ROWS):
                table = _restored(pa.Table.from_batches([batch]), plain, step)
                put(table.rename_columns(named))
                rows += len(batch)
                told(rows)
        except duckdb.Error as fault:
            raise _failed("DuckDB", fault) from None
    return tally


def _names_apart(names: Sequence[str], needs: Sequence[str]) -> list[str]:
    """Return names that DuckDB can tell apart: those that are read as they are, the others plain.

    To DuckDB names that differ only in capitals are one, and an empty name is none.
    """
    folded = [need.casefold() for need in dict.fromkeys(needs)]
    alike = [need for need in dict.fromkeys(needs) if folded.count(need.casefold()) > 1]
    if alike:
        said = message(
            "found names that differ only in capitals ({names}), which are one in DuckDB; rename"
            " them, or leave --engine out",
            names=", ".join(alike),
        )
        raise InputError(Fault(said, "engine"))
    return [name if name in needs else f"riskbehov {n}" for n, name in enumerate(names)]


def by_spark(
    files: Sequence[Path], schema: "pa.Schema", step: ScoreStep, put: Put, told: Told
) -> Tally:
    """Score Parquet files by Spark, one after the other, so that rows stay in their order.

    Spark's workers flag the rows that cannot be; they are counted, refused or dropped here.
    """
    require("pyspark", "spark")
    tally = Tally()
    for file in files:
        for table in _by_spark(file, schema, replace(step, on_illegal="flag")):
            put(_counted(_restored(table, schema, step), step, tally))
            told(tally.rows)
    return tally


def _by_spark(file: Path, schema: "pa.Schema", step: ScoreStep) -> Iterator["pa.Table"]:
    """Yield what Spark makes of a file, by way of files that it writes for us to read."""
    import pyarrow.parquet as pq
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    from riskbehov.tables.engines.spark import apply

    with TemporaryDirectory(prefix="riskbehov-") as folder:
        place = Path(folder) / "scored"
        try:
            with warnings.catch_warnings():  # of versions of pandas, which has no part in this
                warnings.filterwarnings("ignore", "PySpark does not yet", FutureWarning)
                frame = spark_session().read.parquet(str(file.resolve()))
                frame = frame.select(*map(_quoted, schema.names))
                apply(frame, step).write.parquet(str(place))
        except (PySparkException, Py4JError) as fault:  # the second where a cluster is not there
            raise _failed("Spark", fault) from None
        for part in sorted(place.glob("*.parquet")):
            for batch in pq.ParquetFile(part).iter_batches(_ROWS):
                yield _table(batch)


def _quoted(name: str) -> str:
    """Return a column's name as Spark reads it: a dot alone would be a part of the column."""
    return "`" + name.replace("`", "``") + "`"


def spark_session() -> "SparkSession":
    """Return the Spark that is there, or that is configured; a local one is for this machine alone.

    Spark's own default is to be reached from everywhere: its page by all addresses, its rows by
    the network's. What somebody has configured is left as it is, and so is all of a cluster.
    """
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    builder = SparkSession.builder
    is_here = SparkSession.getActiveSession() is not None
    if is_here or any(name in os.environ for name in _ELSEWHERE):
        return builder.getOrCreate()
    SparkContext._ensure_initialized()  # noqa: SLF001 - only now is it known what is configured
    configured = SparkConf()
    if configured.get("spark.master", "").startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # not the first on the path
    for name, value in alone(configured).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def alone(configured: "SparkConf") -> Mapping[str, str]:
    """Return what keeps a local Spark to this machine, where nobody has said otherwise."""
    if not configured.get("spark.master", "").startswith("local"):
        return {}
    free = (each for each in _ALONE if not any(map(configured.contains, each)))
    return {name: value for each in free for name, value in each.items()}


def _failed(engine: str, fault: Exception) -> InputError:
    """Return the error for what an engine could not do; its own words may show cells."""
    condition = getattr(fault, "getCondition", lambda: None)()  # such as JAVA_GATEWAY_EXITED
    said = message(
        "{engine} could not do it ({reason}); --engine arrow may",
        engine=engine,
        reason=condition or type(fault).__name__,
    )
    return InputError(Fault(said, "engine"))


def _restored(table: "pa.Table", schema: "pa.Schema", step: Step) -> "pa.Table":
    """Return rows with the columns and types that they would have here."""
    import pyarrow as pa

    words = {spec.name: spec.words for spec in step.adds if spec.words is not None}
    for spec in step.adds:
        schema = schema.append(pa.field(spec.name, arrow_type(spec)))
    columns = [_as(table.column(f.name), f.type, words.get(f.name)) for f in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _as(column: "pa.ChunkedArray[Any]", kind: Any, words: Sequence[str] | None) -> Any:  # noqa: ANN401
    """Return a column in another type; words by their places in the list that is known here."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if column.type == kind:
        return column
    if not pa.types.is_dictionary(kind):
        return column.cast(kind)
    texts = column.cast(kind.value_type)
    if words is None:
        return texts.dictionary_encode().cast(kind)
    known = pa.array(words)
    places = pc.index_in(texts, value_set=known).cast(kind.index_type)
    parts = [pa.DictionaryArray.from_arrays(p, known, ordered=True) for p in places.chunks]
    return pa.chunked_array(parts, kind)


def _counted(table: "pa.Table", step: ScoreStep, tally: Tally) -> "pa.Table":
    """Count what Spark has scored; raise for rows that cannot be, or drop them, if asked to."""
    import pyarrow.compute as pc

    states = table.column(column_of(step.instrument.id, "state"))
    is_invalid = pc.equal(states.cast("string"), "invalid")
    if pc.any(is_invalid).as_py():
        found = step.run(pick(table.select(table.column_names).filter(is_invalid), step.needs))
        tally.add(replace(found.tally, rows=0, states={}))
    counts = {each["values"].as_py(): each["counts"].as_py() for each in states.value_counts()}
    tally.add(Tally(len(table), {state: counts[state] for state in STATES if state in counts}))
    return table.filter(pc.invert(is_invalid)) if step.on_illegal == "drop" else table


def _table(batch: "pa.RecordBatch") -> "pa.Table":
    import pyarrow as pa

    return pa.Table.from_batches([batch])
