"""A table in a file: its columns, how it was read, and its rows some at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from riskbehov.errors import Fault, InputError, reason
from riskbehov.i18n import Message, message

if TYPE_CHECKING:
    import pyarrow as pa

Read: TypeAlias = Callable[[Sequence[str]], Iterator["pa.RecordBatch"]]
"""Gives the rows of some columns, in their order."""
ValueLabels: TypeAlias = Mapping[float | str, str]

BATCH = 1 << 17
"""Rows at a time, where the format lets us choose: columns of them fit in a processor's cache."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What a file of a statistics package says of its columns, besides their values."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """The label of a column."""
    meanings: Mapping[str, ValueLabels] = field(default_factory=dict)
    """By column: what its values mean."""
    missing: Mapping[str, Sequence[Mapping[str, float | str]]] = field(default_factory=dict)
    """By column: the values that the file declares missing, as spans from ``lo`` to ``hi``."""
    tagged: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By column of numbers: the letters of Stata's missing values that stand in it as text."""
    formats: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text file is written; left to itself, as Swedish Excel opens it right."""

    delimiter: str = ";"
    line_end: str = "\r\n"
    has_mark: bool = True
    """Whether it begins with the mark of UTF-8, without which Excel takes it for something else."""

    @property
    def decimal(self) -> str:
        """Return the decimal sign: a comma where commas do not divide the columns."""
        return "," if self.delimiter == ";" else "."


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A table in a file, or in several that are read as one."""

    path: Path
    kind: str
    """The format: ``csv``, ``xlsx``, ``spss``, ``stata``, ``parquet`` or ``arrow``."""
    schema: "pa.Schema"
    read: Read
    files: tuple[Path, ...]
    rows: int | None = None
    """How many rows there are, if the format tells before they are read."""
    about: int | None = None
    """About how many there are, where it does not."""
    how: Mapping[str, str] = field(default_factory=dict)
    """How it was read: encoding and delimiter, or the sheet."""
    notes: tuple[Message, ...] = ()
    """What a reader of the result should know of how it was read."""
    labels: Labels = Labels()
    style: Style = Style()

    def batches(self, columns: Sequence[str] | None = None) -> Iterator["pa.RecordBatch"]:
        """Yield the rows in their order, some at a time, with all columns or with those named.

        Raises :class:`InputError` where the file turns out to be damaged.
        """
        return self.read(tuple(self.schema.names if columns is None else columns))


def unreadable(path: Path, fault: OSError) -> InputError:
    """Return the error for a file that the operating system will not give."""
    return InputError(
        Fault(message("the file cannot be read ({reason})", reason=reason(fault)), str(path))
    )


def damaged(path: Path, expected: Message | str) -> InputError:
    """Return the error for a file that is not whole, or is something else than it is called."""
    return InputError(
        Fault(
            message(
                "the file is damaged or not whole, expected {expected}; export or copy it again",
                expected=expected,
            ),
            str(path),
        )
    )


def require_names(path: Path, names: Sequence[str]) -> None:
    """Raise :class:`InputError` for names that stand over several columns."""
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise InputError(
            Fault(
                message(
                    "found {count} columns with the name {name!r}, expected one; give them names"
                    " of their own",
                    count=names.count(name),
                    name=name,
                ),
                str(path),
            )
            for name in twice
        )
