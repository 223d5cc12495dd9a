"""DuckDB: a relation in, a relation out that is read as often as one likes.

The step becomes a function that DuckDB calls with Arrow batches of the columns it needs, whenever
and as often as the relation is read. The other columns never leave DuckDB, so their types stay.
"""

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message
from riskbehov.tables.frames.bridge import Spec, arrow_array, pick, require_columns, require_new
from riskbehov.tables.steps import Step, drops_rows

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyRelation

_TYPES = {
    "bool": "BOOLEAN",
    "date": "DATE",
    "float64": "DOUBLE",
    "uint8": "UTINYINT",
    "uint16": "USMALLINT",
    "uint32": "UINTEGER",
}
_MADE = "riskbehov made"
"""The column that holds all that is made, until it is taken apart."""
_KEPT = "riskbehov kept"
_numbers = count(1)


def apply(frame: "DuckDBPyRelation", step: Step) -> "DuckDBPyRelation":
    """Return a relation with what a step adds to it.

    What is wrong with the columns is told at once. What is wrong in the rows is told when they are
    read, by an error of DuckDB's that holds the words of ours.
    """
    held = list(frame.columns)
    require_columns(held, step.needs)
    require_new([name.casefold() for name in held], [s.name.casefold() for s in step.adds])
    read = ", ".join(map(_named, dict.fromkeys(step.needs)))
    made = frame.project(f"*, {_register(frame, step)}({read}) AS {_named(_MADE)}")
    if drops_rows(step):
        made = made.filter(f"{_named(_MADE)}.{_named(_KEPT)}")
    parts = (f"{_named(_MADE)}.{_named(spec.name)} AS {_named(spec.name)}" for spec in step.adds)
    return made.project(f"* EXCLUDE ({_named(_MADE)}), {', '.join(parts)}")


def _register(frame: "DuckDBPyRelation", step: Step) -> str:
    """Make a step known to the relation's connection; return the name that it has there."""
    connection = _connection(frame)
    name = f"riskbehov_{next(_numbers)}"
    connection.create_function(
        name,
        _function(step),
        None,
        connection.sqltype(_struct(step)),
        type="arrow",
        null_handling="special",  # an empty cell is to be read, not to be left out
        side_effects=True,  # so that it is called once for each row, not once for each result
    )
    return name


def _connection(frame: "DuckDBPyRelation") -> Any:  # noqa: ANN401 - its types take no plain words
    """Return the connection that a relation reads from, which it does not tell in public."""
    found = getattr(frame, "_con", None)
    if found is None:
        import duckdb

        raise InputError(
            Fault(
                message(
                    "found DuckDB {version}, expected version 2 or later; install it with"
                    " pip install 'riskbehov[duckdb]'",
                    version=duckdb.__version__,
                ),
                "frame",
            )
        )
    return found


def _function(step: Step) -> "Callable[..., pa.StructArray]":
    """Return a step as a function of columns."""
    names = [*dict.fromkeys(step.needs)]
    is_selective = drops_rows(step)

    def run(*columns: Any) -> Any:  # noqa: ANN401 - DuckDB would read annotations in quotes
        import pyarrow as pa

        done = step.run(pick(pa.table([*columns], names), names))
        made = {column.spec.name: arrow_array(column) for column in done.columns}
        if is_selective:
            made[_KEPT] = pa.array(done.keep)
        return pa.StructArray.from_arrays([*made.values()], [*made])

    return run


def _struct(step: Step) -> str:
    """Return the type of all that is made for a row."""
    made = [f"{_named(spec.name)} {_type(spec)}" for spec in step.adds]
    made += [f"{_named(_KEPT)} BOOLEAN"] if drops_rows(step) else []
    return f"STRUCT({', '.join(made)})"


def _type(spec: Spec) -> str:
    if spec.words is None:
        return _TYPES[spec.dtype]
    words = ("'" + word.replace("'", "''") + "'" for word in spec.words)
    return f"ENUM({', '.join(words)})"


def _named(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
