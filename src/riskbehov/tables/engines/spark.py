"""Spark: a data frame in, a data frame out, worked out on the workers when its rows are read.

Each worker gets the step and runs it on Arrow batches. Spark has neither unsigned numbers nor
enumerations: what is 0–255 elsewhere is a short there, 0–65 535 an int, flags a long, and words are
strings. riskbehov must be installed where the workers run.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias
from weakref import WeakKeyDictionary

from riskbehov.tables.engines.arrow import run_rows
from riskbehov.tables.frames.bridge import Column, Spec, arrow_array, require_columns, require_new
from riskbehov.tables.steps import Step

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructField

Batches: TypeAlias = "Iterator[pa.RecordBatch]"

_TYPES = {
    "bool": ("BooleanType", "bool_"),
    "date": ("DateType", "date32"),
    "float64": ("DoubleType", "float64"),
    "uint8": ("ShortType", "int16"),
    "uint16": ("IntegerType", "int32"),
    "uint32": ("LongType", "int64"),
}
"""By the type of a column: the types that Spark and Arrow have for it there."""
_WORDS = ("StringType", "string")
_made: "WeakKeyDictionary[Any, tuple[Any, tuple[Step, ...]]]" = WeakKeyDictionary()
"""Frames that were made here, with the frame that each was made of and the steps."""


def apply(frame: "DataFrame", step: Step) -> "DataFrame":
    """Return a data frame with what a step adds to it.

    What is wrong with the columns is told at once. What is wrong in the rows is told when they are
    read, by an error of Spark's that holds the words of ours. Steps one after the other go to the
    workers together: to send rows there and back costs more than to score them.
    """
    from pyspark.sql.types import StructType

    names = list(frame.columns)
    require_columns(names, step.needs)
    require_new([name.casefold() for name in names], [s.name.casefold() for s in step.adds])
    source, before = (frame, ()) if frame.is_cached else _made.get(frame, (frame, ()))
    steps = (*before, step)
    sent, back = _made_fit(source)
    schema = StructType([*_kept(source, sent), *(_field(s) for each in steps for s in each.adds)])
    found = back(sent.mapInArrow(_function(steps, list(source.columns)), schema))
    _made[found] = (source, steps)
    return found


def _made_fit(frame: "DataFrame") -> "tuple[DataFrame, Callable[[DataFrame], DataFrame]]":
    """Return a frame whose columns Arrow can carry and Spark can name, and the way back.

    Months and years, which Arrow does not have so, travel as text. Spark sends no column whose name
    stands twice or holds a dot. Everything else is left as it is: to project many columns is slow.
    """
    from pyspark.sql.types import StringType

    sent = frame if _are_plain(frame.columns) else frame.toDF(*_places(frame))
    odd = [place for place, f in enumerate(frame.schema.fields) if _is_odd(f.dataType)]
    if not odd:
        return sent, lambda found: found
    kinds = {place: frame.schema.fields[place].dataType for place in odd}

    def back(found: "DataFrame") -> "DataFrame":
        names = found.columns
        return _cast(found.toDF(*_places(found)), kinds).toDF(*names)

    return _cast(sent.toDF(*_places(sent)), dict.fromkeys(odd, StringType())), back


def _are_plain(names: Sequence[str]) -> bool:
    is_alone = len({name.casefold() for name in names}) == len(names)
    return is_alone and not any("." in name or "`" in name for name in names)


def _places(frame: "DataFrame") -> list[str]:
    """Return names for the columns of a frame that are theirs alone."""
    return [f"c{place}" for place in range(len(frame.columns))]


def _kept(frame: "DataFrame", sent: "DataFrame") -> "Iterator[StructField]":
    """Yield the columns that were there, in the types that they travel in."""
    from pyspark.sql.types import StructField

    for own, other in zip(frame.schema.fields, sent.schema.fields, strict=True):
        yield StructField(own.name, other.dataType, own.nullable, own.metadata)


def _is_odd(kind: "DataType") -> bool:
    """Tell whether Arrow does not have a type."""
    from pyspark.sql.types import CalendarIntervalType, YearMonthIntervalType

    return isinstance(kind, CalendarIntervalType | YearMonthIntervalType)


def _cast(frame: "DataFrame", kinds: "Mapping[int, DataType]") -> "DataFrame":
    """Return a frame, named by places, with other types at some places."""
    columns = {f"c{place}": frame[f"c{place}"].cast(kind) for place, kind in kinds.items()}
    return frame.withColumns(columns)


def _function(steps: Sequence[Step], names: Sequence[str]) -> "Callable[[Batches], Batches]":
    """Return steps as the function that a worker runs; ``names`` are those of the columns."""

    def run(batches: "Batches") -> "Batches":
        made = [spec.name for step in steps for spec in step.adds]
        for batch in batches:
            found = batch.rename_columns(names)
            for step in steps:
                found = run_batch(found, step)
            yield found.rename_columns([*batch.schema.names, *made])

    return run


def run_batch(batch: "pa.RecordBatch", step: Step) -> "pa.RecordBatch":
    """Return a batch with what a step adds to it, in the types that Spark has."""
    import pyarrow as pa

    done = run_rows(batch, step)
    names = [*batch.schema.names, *(column.spec.name for column in done.columns)]
    arrays = [*batch.columns, *map(_array, done.columns)]
    found = pa.RecordBatch.from_arrays(arrays, names)
    return found if done.keep is None else found.filter(pa.array(done.keep))


def _array(column: Column) -> "pa.Array[Any]":
    spec, values, is_known = column
    if spec.words is not None:
        return arrow_array(column).dictionary_decode()
    if not spec.dtype.startswith("uint"):
        return arrow_array(column)
    name = _TYPES[spec.dtype][1]
    wide = values.astype(name)
    return arrow_array(Column(spec._replace(dtype=name), wide, is_known))


def _field(spec: Spec) -> "StructField":
    from pyspark.sql import types

    return types.StructField(spec.name, getattr(types, _types(spec)[0])())


def _types(spec: Spec) -> tuple[str, str]:
    return _TYPES[spec.dtype] if spec.words is None else _WORDS
