"""Columns of one name: kept where nothing is read from them, but told apart while they are read."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from riskbehov.tables.engines import apply
from riskbehov.tables.frames.bridge import Native, frame_of, names_of, renamed
from riskbehov.tables.steps import Step

if TYPE_CHECKING:
    import pyarrow as pa


def told_apart(names: Sequence[Any], read: Collection[str]) -> list[Any]:
    """Return the names of columns with a number where one that is not read stands again.

    >>> told_apart(["z", "age", "z", "age"], {"age"})
    ['z', 'age', 'z (2)', 'age']
    """
    taken = set(names)
    met: set[Any] = set()
    found = []
    for name in names:
        free, number = name, 2
        while name not in read and (free in met or (free != name and free in taken)):
            free, number = f"{name} ({number})", number + 1
        met.add(free)
        found.append(free)
    return found


def apart(frame: Native, read: Collection[str]) -> Native:
    """Return a frame whose columns that are not read have a name each."""
    return _called(frame, names_of(frame), told_apart(names_of(frame), read))


def under_names(frame: Native, step: Step, read: Collection[str]) -> Native:
    """Return a frame with what a step adds to it, each column under the name that it had."""
    names = names_of(frame)
    unlike = told_apart(names, read)
    if unlike == names:
        return apply(frame, step)
    added = [spec.name for spec in step.adds]
    found = apply(_called(frame, names, unlike), step)
    return _called(found, [*unlike, *added], [*names, *added])


def _called(frame: Native, names: Sequence[Any], new: Sequence[Any]) -> Native:
    """Return a frame whose columns have new names, by their places."""
    if list(names) == list(new):
        return frame
    match frame_of(frame):
        case "spark":
            return frame.toDF(*new)
        case "duckdb":
            quoted = ('"' + name.replace('"', '""') + '"' for name in new)
            return frame.project(", ".join(f"#{n} AS {name}" for n, name in enumerate(quoted, 1)))
        case "batch":
            return frame.rename_columns(list(new))
        case "reader":
            return _reader(frame, new)
        case _:
            return renamed(frame, new)


def _reader(frame: "pa.RecordBatchReader", new: Sequence[str]) -> "pa.RecordBatchReader":
    import pyarrow as pa

    fields = (field.with_name(name) for field, name in zip(frame.schema, new, strict=True))
    schema = pa.schema(fields, frame.schema.metadata)
    batches = (pa.RecordBatch.from_arrays(batch.columns, schema=schema) for batch in frame)
    return pa.RecordBatchReader.from_batches(schema, batches)
