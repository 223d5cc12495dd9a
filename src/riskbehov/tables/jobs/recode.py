"""Tables in files, profiled and recoded part by part, so that memory does not grow with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riskbehov.errors import Fault, InputError
from riskbehov.library import Library
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.tables.files.opening import open_sink
from riskbehov.tables.files.private import refuse_private
from riskbehov.tables.files.sources import Labels, Source
from riskbehov.tables.files.whole import require_other
from riskbehov.tables.frames.bridge import pick
from riskbehov.tables.frames.columns import Items
from riskbehov.tables.jobs.faults import noted, require_there
from riskbehov.tables.jobs.streaming import Shown, told_of
from riskbehov.tables.mapping.maps import Given
from riskbehov.tables.mapping.profiling import Profile, ValueLabels, profile
from riskbehov.tables.mapping.recoded import RecodeReport, RecodeTally
from riskbehov.tables.mapping.recoding import RecodeStep, recode_step, require_free
from riskbehov.tables.mapping.replacing import put
from riskbehov.tables.steps import Around, Done, Tally

if TYPE_CHECKING:
    import narwhals as nw
    import pyarrow as pa

_WIDEST = 100
"""A declared span of missing values with more whole numbers is taken for something else."""


def profile_source(
    source: Source,
    instrument: ScoredInstrument | str,
    *,
    items: Items = None,
    sex: str | None = None,
    age: str | None = None,
    labels: ValueLabels | None = None,
    library: Library | None = None,
) -> Profile:
    """Tell what is in a table that stands in a file; the arguments are those of :func:`profile`.

    The value labels of SPSS and Stata are gone by where no others are given, and values that the
    file declares missing are suggested as such.
    """
    import pyarrow as pa

    reader = pa.RecordBatchReader.from_batches(source.schema, source.batches())
    labels = {**value_labels(source.labels), **(labels or {})}
    return profile(
        reader, instrument, items=items, sex=sex, age=age, labels=labels, library=library
    )


def value_labels(labels: Labels) -> ValueLabels:
    """Return what a file calls its values; those that it declares missing are called missing."""
    names = dict.fromkeys(chain(labels.meanings, labels.missing, labels.tagged))
    return {
        name: {
            **labels.meanings.get(name, {}),
            **dict.fromkeys(_declared(labels.missing.get(name, ())), "missing"),
            **{f".{letter}": "missing" for letter in labels.tagged.get(name, ())},
        }
        for name in names
    }


def _declared(spans: Sequence[Mapping[str, float | str]]) -> list[float | str]:
    """Return the values of declared spans, as far as they can be counted up."""
    values: list[float | str] = []
    for span in spans:
        low, high = span["lo"], span["hi"]
        if low == high:
            values.append(low)
        elif isinstance(low, float | int) and isinstance(high, float | int):
            is_narrow = 0 < high - low <= _WIDEST
            values += range(int(low), int(high) + 1) if is_narrow else (low, high)
    return values


def recode_source(
    source: Source,
    mapping: Given,
    output: Path,
    *,
    keep: Sequence[str] | None = None,
    reviewed: bool = False,
    told: Shown | None = None,
    library: Library | None = None,
) -> RecodeReport:
    """Recode a table that stands in a file into another file, which appears whole or not at all.

    Of the columns that the table has all are written besides those that are made, or only those
    that ``keep`` names. Columns that tell who someone is are refused; ``reviewed`` says that a
    person has looked at what merely resembles that. ``told`` hears how many rows are done, and
    about how many there are.

    Raises as :func:`recode` does, :class:`PrivacyError`, and for a place where nothing can be
    written. Values that the map does not name are told of the whole table.
    """
    step = recode_step(mapping, library=library)
    files = [mapping] if isinstance(mapping, Path | str) else []
    require_other(output, [*source.files, *map(Path, files)])
    kept = tuple(dict.fromkeys(source.schema.names if keep is None else keep))
    require_there(source, step.needs, kept)
    refuse_private(source, kept, reviewed=reviewed)
    read = [name for name in source.schema.names if name in {*kept, *step.needs}]
    require_free(step, read)
    schema = _written(source, step, read, kept)
    tally, tell = RecodeTally(), told_of(source, told)
    with open_sink(output, schema, like=source, specs=step.adds) as sink:
        for batch in source.batches(read):
            found, met = _recoded(_table(batch), step)
            tally.add(met)
            sink.write(found.select(schema.names))
            tell(tally.rows)
        if faults := unmapped(step, tally):
            raise noted(InputError(faults), source)
    return step.report(tally)


def _written(
    source: Source, step: RecodeStep, read: Sequence[str], kept: Sequence[str]
) -> "pa.Schema":
    """Return the columns that are written: those that are kept and those that are made."""
    import pyarrow as pa

    schema = pa.schema([source.schema.field(name) for name in read], source.schema.metadata)
    names = {*kept, *(spec.name for spec in step.adds)}
    found = _recoded(schema.empty_table(), step)[0].schema
    return pa.schema([field for field in found if field.name in names], schema.metadata)


@dataclass(frozen=True)
class Examined(Around):
    """A step that recodes rows and refuses none, so that all of a table is met."""

    step: RecodeStep

    @property
    def replaces(self) -> tuple[str, ...]:
        """Return the columns that those that are made take the place of."""
        return self.step.replaces

    def run(self, rows: "nw.DataFrame[Any]") -> Done:
        """Return some rows recoded."""
        return self.step.examine(rows)


def unmapped(step: RecodeStep, tally: Tally) -> tuple[Fault, ...]:
    """Return the faults of values that a recode map refuses."""
    try:
        step.require_mapped(tally)
    except InputError as error:
        return error.faults
    return ()


def _table(batch: "pa.RecordBatch") -> "pa.Table":
    import pyarrow as pa

    return pa.Table.from_batches([batch])


def _recoded(table: "pa.Table", step: RecodeStep) -> tuple["pa.Table", RecodeTally]:
    """Return a part of a table with what is made of it, and what was met."""
    done = step.examine(pick(table, step.needs))
    tally = RecodeTally()
    tally.add(done.tally)
    return put(table, done.columns, step), tally
