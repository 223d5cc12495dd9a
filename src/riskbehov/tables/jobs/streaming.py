"""A table of any size, from where it is read to where it is written: some rows at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from riskbehov.errors import Fault, InputError, not_among
from riskbehov.i18n import message
from riskbehov.tables.files.sources import Source
from riskbehov.tables.frames.bridge import arrow_array, arrow_type, pick, require_new
from riskbehov.tables.jobs.pipeline import ahead, behind
from riskbehov.tables.steps import Step, Tally

if TYPE_CHECKING:
    import pyarrow as pa

Engine: TypeAlias = Literal["auto", "arrow", "duckdb", "spark"]
Put: TypeAlias = Callable[["pa.Table"], object]
"""Takes some rows, to write them."""
Told: TypeAlias = Callable[[int], object]
"""Hears how many rows have been read, again and again."""
Shown: TypeAlias = Callable[[int, int | None], object]
"""Hears that too, and about how many rows there are in all, if that is known."""

ENGINES = ("auto", "arrow", "duckdb", "spark")


class Batches(Protocol):
    """Where rows come from: :class:`riskbehov.tables.files.sources.Source` is one."""

    @property
    def schema(self) -> "pa.Schema":
        """Return the columns."""

    def batches(self, columns: Sequence[str] | None = None) -> "Iterator[pa.RecordBatch]":
        """Yield the rows of some columns, in their order."""


def stream(
    source: Batches,
    steps: Sequence[Step],
    put: Put,
    *,
    columns: Sequence[str] | None = None,
    engine: Engine = "auto",
    told: Told | None = None,
    stop: Callable[[], object] | None = None,
) -> tuple[Tally, ...]:
    """Do steps to all rows, one step after the other; return what each of them met.

    Rows stay in their order. ``columns`` are those that are handed on and those that are read;
    left out, all are. Memory does not grow with the number of rows. ``engine`` chooses who does
    the work: Arrow and threads here (``auto``), or DuckDB or Spark by the same steps. ``stop`` ends
    a ``put`` that is at work, where the rest goes wrong.

    Raises :class:`InputError` as the steps do, and for an engine that there is not.
    """
    if engine not in ENGINES:
        said = not_among(engine, ENGINES, message("one of these"))
        raise InputError(Fault(said, "engine"))
    told = told or _silent
    if engine == "duckdb":
        return _by_duckdb(source, steps, put, columns, told)
    if engine == "spark":
        return _by_spark(source, steps, put, columns, told)
    return _by_arrow(source, steps, put, columns, told=told, stop=stop)


def told_of(source: Source, shown: Shown | None) -> Told:
    """Return what hears how many of a table's rows are done, and tells that of how many."""
    about = source.about if source.rows is None else source.rows
    return _silent if shown is None else lambda done: shown(done, about)


def _silent(_rows: int) -> None:
    """Say nothing."""


def _by_arrow(
    source: Batches,
    steps: Sequence[Step],
    put: Put,
    columns: Sequence[str] | None,
    *,
    told: Told,
    stop: Callable[[], object] | None,
) -> tuple[Tally, ...]:
    import pyarrow as pa

    tallies = through(_schema(source, columns).empty_table(), steps)[1]
    rows = 0
    with behind(put, stop=stop) as write, closing(ahead(source.batches(columns))) as batches:
        for batch in batches:
            table, met = through(pa.Table.from_batches([batch]), steps)
            for tally, more in zip(tallies, met, strict=True):
                tally.add(more)
            write(table)
            rows += len(batch)
            told(rows)
    return tuple(tallies)


def _by_duckdb(
    source: Batches, steps: Sequence[Step], put: Put, columns: Sequence[str] | None, told: Told
) -> tuple[Tally, ...]:
    """Let DuckDB do the last step; those before it put columns in the place of others."""
    import pyarrow as pa

    from riskbehov.tables.jobs.engines import by_duckdb

    *first, last = steps
    nothing, tallies = through(_schema(source, columns).empty_table(), first)

    def batches() -> "Iterator[pa.RecordBatch]":
        for batch in source.batches(columns):
            table, met = through(pa.Table.from_batches([batch]), first)
            for tally, more in zip(tallies, met, strict=True):
                tally.add(more)
            yield from table.to_batches()

    return (*tallies, by_duckdb(batches(), nothing.schema, last, put, told))


def _by_spark(
    source: Batches, steps: Sequence[Step], put: Put, columns: Sequence[str] | None, told: Told
) -> tuple[Tally, ...]:
    """Let Spark read the files and score them."""
    from riskbehov.tables.jobs.engines import by_spark
    from riskbehov.tables.scores.step import ScoreStep

    step, *more = steps
    kind = getattr(source, "kind", "")
    if kind != "parquet" or more or not isinstance(step, ScoreStep):
        said = message(
            "found {found}, expected Parquet files and no recode map: Spark takes nothing else"
            " here; write .parquet by riskbehov recode first, or leave --engine out",
            found=message("a recode map") if more else kind,
        )
        raise InputError(Fault(said, "engine"))
    files = getattr(source, "files", ())
    return (by_spark(files, _schema(source, columns), step, put, told),)


def _schema(source: Batches, columns: Sequence[str] | None) -> "pa.Schema":
    import pyarrow as pa

    names = source.schema.names if columns is None else columns
    return pa.schema([source.schema.field(name) for name in names], source.schema.metadata)


def through(table: "pa.Table", steps: Iterable[Step]) -> "tuple[pa.Table, list[Tally]]":
    """Return some rows after all steps, and what each of them met.

    Raises :class:`InputError` for columns that a step needs and that are not there, and for those
    that have the name of what it makes.
    """
    tallies = []
    for step in steps:
        table, tally = _applied(table, step)
        tallies.append(tally)
    return table, tallies


def _applied(table: "pa.Table", step: Step) -> "tuple[pa.Table, Tally]":
    import pyarrow as pa

    done = step.run(pick(table, step.needs))
    made = {column.spec.name: arrow_array(column) for column in done.columns}
    types = {column.spec.name: arrow_type(column.spec) for column in done.columns}
    replaced = getattr(step, "replaces", ())  # made in the place of the column that they are read
    require_new([name for name in table.column_names if name not in replaced], made)
    held = dict(zip(table.column_names, table.columns, strict=True)) | made
    fields = {field.name: field for field in table.schema}
    fields |= {name: pa.field(name, kind) for name, kind in types.items()}
    schema = pa.schema([fields[name] for name in held], table.schema.metadata)
    found = pa.Table.from_arrays(list(held.values()), schema=schema)
    return found if done.keep is None else found.filter(pa.array(done.keep)), done.tally
