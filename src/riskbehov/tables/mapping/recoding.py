"""Recoding a table by a map: nothing is changed that the map does not name.

The columns that hold the answers stay as they are; beside them stand columns with the names and
codes that scores are made from (``audit_1`` …, ``sex``, ``age``, ``birth_date``, ``date``).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast, overload

import numpy as np

from riskbehov.errors import Fault, InputError, quoted
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.models.recode import MappedItem, RecodeMap, canonical
from riskbehov.scoring.arrays import ILLEGAL, SEX_CODES
from riskbehov.scoring.plan import OLDEST
from riskbehov.tables.engines.narwhals import wrapped_as
from riskbehov.tables.frames.bridge import (
    EAGER,
    Column,
    Native,
    Spec,
    frame_of,
    kind_of,
    names_of,
    pick,
    require_columns,
)
from riskbehov.tables.frames.people import read_day
from riskbehov.tables.frames.values import as_told, distinct, is_missing, whole
from riskbehov.tables.mapping.maps import (
    Given,
    missing_of,
    parts_of,
    take_map,
    values_of,
)
from riskbehov.tables.mapping.recoded import (
    Backend,
    Met,
    RecodeReport,
    RecodeTally,
    report_of,
    target_of,
)
from riskbehov.tables.mapping.replacing import apply_in_place, put
from riskbehov.tables.parcel import pack, unpack
from riskbehov.tables.steps import Done, Tally

if TYPE_CHECKING:
    import narwhals as nw
    import polars as pl
    import pyarrow as pa
    from duckdb import DuckDBPyRelation

F = TypeVar("F")
R = TypeVar("R", bound=RecodeReport | None)
K = TypeVar("K")
Read = Callable[[object, str], Any]
"""Turns a cell, and its value in canonical form, into what it becomes; nothing if it cannot be."""

_MOST_TOLD = 10
_DAY = "datetime64[D]"
_DAYS = ("birth_date", "date")


class RecodeResult(NamedTuple, Generic[F, R]):
    """A recoded table, and what became of its values."""

    frame: F
    report: R
    """Nothing of a table that is not read yet: nobody knows what stands in it."""


class Target(NamedTuple):
    """A column that is made, and of what."""

    column: str
    """The column that is read."""
    spec: Spec
    read: Read
    missing: frozenset[str]
    expected: str
    """The values that the map names."""
    keeps_illegal: bool
    """Whether what is not in the map can be kept as something that no score is made from."""
    places: Mapping[str, int]
    """The places of the values that the map names, which are counted one by one; of ages and days
    there are none."""


@dataclass(frozen=True)
class RecodeStep:
    """Recodes rows by a map."""

    mapping: RecodeMap
    instrument: ScoredInstrument

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Return the columns that are made."""
        return tuple(_targets(self.mapping, self.instrument))

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the columns that are read."""
        return tuple(target.column for target in self.targets)

    @property
    def adds(self) -> tuple[Spec, ...]:
        """Return the columns that are made."""
        return tuple(target.spec for target in self.targets)

    @property
    def replaces(self) -> tuple[str, ...]:
        """Return the columns that are made in the place of the one that they are read from."""
        return tuple(t.column for t in self.targets if t.column == t.spec.name)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel with the instrument as text, so that a process that has it knows it again."""
        return _unpacked, (self.mapping, pack(self.instrument))

    def run(self, rows: "nw.DataFrame[Any]") -> Done:
        """Recode some rows.

        Raises :class:`InputError` for values that the map does not name, where it refuses them.
        """
        done = self.examine(rows)
        self.require_mapped(done.tally)
        return done

    def examine(self, rows: "nw.DataFrame[Any]") -> Done:
        """Recode some rows; values that are refused are counted, and :meth:`require_mapped` tells.

        So all parts of a table can be looked at before anything is said of it.
        """
        tally = RecodeTally(rows=len(rows))
        columns = []
        for target in self.targets:
            column, met = _recoded(target, rows[target.column], self.mapping.unmapped)
            columns.append(column)
            tally.columns[target.spec.name] = met
            if self.mapping.unmapped == "illegal" and met.unmapped:
                shown = tally.illegal.setdefault(target.column, {})
                for value, count in met.unmapped.items():
                    _count(shown, quoted(value), count)
        return Done(tuple(columns), tally)

    def require_mapped(self, tally: Tally) -> None:
        """Raise :class:`InputError` for every column with values that may not stay."""
        met = tally.columns if isinstance(tally, RecodeTally) else {}
        if faults := [*_refused(self.targets, met, self.mapping.unmapped)]:
            raise InputError(faults)

    def report(self, tally: Tally, *, library: Backend = "pandas") -> RecodeReport:
        """Return what a tally of all rows tells."""
        return report_of(self.mapping, self.instrument, tally, library=library)


def _unpacked(mapping: RecodeMap, instrument: str) -> RecodeStep:
    return RecodeStep(mapping, unpack(instrument))


def recode_step(mapping: Given, *, library: Library | None = None) -> RecodeStep:
    """Return the step that recodes a table by a map that somebody has confirmed.

    Raises as :func:`recode` does for the map.
    """
    return RecodeStep(*take_map(mapping, library=library, use=True))


@overload
def recode(  # type: ignore[overload-overlap]  # a lazy frame is a frame too
    frame: "pl.LazyFrame", mapping: Given, *, library: Library | None = None
) -> "RecodeResult[pl.LazyFrame, None]": ...
@overload
def recode(  # type: ignore[overload-overlap]  # and so is a relation
    frame: "DuckDBPyRelation", mapping: Given, *, library: Library | None = None
) -> "RecodeResult[DuckDBPyRelation, None]": ...
@overload
def recode(
    frame: F, mapping: Given, *, library: Library | None = None
) -> RecodeResult[F, RecodeReport]: ...
def recode(frame: Any, mapping: Given, *, library: Library | None = None) -> RecodeResult[Any, Any]:
    """Recode a table by a map; return it with the columns that scores are made from, and a report.

    The frame that comes out is of the type that went in (pandas, Polars eager or lazy, pyarrow,
    DuckDB, Spark), with its index and all its columns. A column that already has the name of the
    one that is made of it is replaced where it stands.

    What is not in memory (a lazy frame, a relation, a reader or dataset of Arrow, a frame of Spark)
    is recoded when its rows are read: there is no report then, and values that are refused stop the
    reading. ``riskbehov recode`` gives a report of files of any size.

    Raises :class:`InputError` for a map that is faulty or not confirmed, for columns that are not
    there, for a column that has the name of one that is made and is not its source, and for values
    that the map does not name, each with its column and count, unless ``unmapped`` says otherwise.

    >>> import pandas as pd
    >>> from riskbehov import tables
    >>> forms = pd.DataFrame({"Q1": ["1", "5", "99", None]})
    >>> values = {1: 0, 2: 1, 3: 2, 4: 3, 5: 4}
    >>> column = {"column": "Q1", "item": "1", "values": values, "missing": [99]}
    >>> found = tables.recode(forms, {"instrument": "audit", "columns": [column]})
    >>> found.frame["audit_1"].tolist(), found.report.columns[0].rows("missing")
    ([0, 4, <NA>, <NA>], 1)
    """
    kind = frame_of(frame)
    if kind == "narwhals":
        found = recode(frame.to_native(), mapping, library=library)
        return RecodeResult(wrapped_as(frame, found.frame), found.report)
    step = recode_step(mapping, library=library)
    if kind == "batch":
        return _of_batch(frame, step)
    return _in_memory(frame, step) if kind in EAGER else _unread(frame, step)


def _in_memory(frame: Native, step: RecodeStep) -> RecodeResult[Any, RecodeReport]:
    rows = pick(frame, step.needs)
    require_free(step, names_of(frame))
    done = step.run(rows)
    report = step.report(done.tally, library=cast("Backend", kind_of(frame)))
    return RecodeResult(put(frame, done.columns, step), report)


def _of_batch(batch: "pa.RecordBatch", step: RecodeStep) -> RecodeResult[Any, RecodeReport]:
    import pyarrow as pa

    table, report = _in_memory(pa.Table.from_batches([batch]), step)
    arrays = [column.combine_chunks() for column in table.columns]
    return RecodeResult(pa.RecordBatch.from_arrays(arrays, schema=table.schema), report)


def _unread(frame: Native, step: RecodeStep) -> RecodeResult[Any, None]:
    names = names_of(frame)
    require_columns(names, step.needs)
    require_free(step, names)
    return RecodeResult(apply_in_place(frame, step), None)


def _targets(mapping: RecodeMap, instrument: ScoredInstrument) -> Iterator[Target]:
    labels = {item.id: item.label for item in instrument.items}
    for place, mapped in parts_of(mapping):
        part = str(place[0])
        item = mapped.item if isinstance(mapped, MappedItem) else None
        name = target_of(instrument, item, part)
        values = values_of(mapped, instrument)
        missing = frozenset(missing_of(mapping, mapped, place))
        label = message("Item {item}: {label}", item=item, label=labels.get(item or "", ""))
        spec, read, expected = _kind(part, name, values, mapping, label)
        yield Target(
            column=mapped.column,
            spec=spec,
            read=read,
            missing=missing,
            expected=expected,
            keeps_illegal=part not in _DAYS,
            places={value: place for place, value in enumerate(values)},
        )


def _kind(
    part: str, name: str, values: Mapping[str, int | str], mapping: RecodeMap, label: Message
) -> tuple[Spec, Read, str]:
    """Return what column is made of a part of the map, how a cell of it is read, and from what."""
    named = ", ".join(map(quoted, values))
    if part == "sex":
        words = (*SEX_CODES, *(("illegal",) if mapping.unmapped == "illegal" else ()))
        places = {value: SEX_CODES.index(str(sex)) for value, sex in values.items()}
        return Spec(name, "uint8", words, message("Sex")), _by_table(places), named
    if part == "age":
        return Spec(name, "uint8", None, message("Age in whole years")), _age, f"0–{OLDEST}"
    if part == "birth_date":
        return Spec(name, "date", None, message("Date of birth")), _day, "2026-01-31"
    if part == "date":
        return Spec(name, "date", None, message("Day of the assessment")), _day, "2026-01-31"
    return Spec(name, "uint8", None, label), _by_table(values), named


def _by_table(values: Mapping[str, int | str]) -> Read:
    return lambda _cell, value: values.get(value)


def _age(cell: object, _value: str) -> int | None:
    age = whole(cell)
    return age if age is not None and 0 <= age <= OLDEST else None


def _day(cell: object, _value: str) -> np.datetime64 | None:
    day = read_day(cell)
    return None if np.isnat(day) else day


def _recoded(target: Target, cells: "nw.Series[Any]", unmapped: str) -> tuple[Column, Met]:
    """Return what becomes of a column, and what stood in it."""
    held, places = distinct(cells)
    rows = np.bincount(places, minlength=len(held)).tolist()
    is_day = target.spec.dtype == "date"
    table = np.zeros(len(held), _DAY if is_day else np.uint8)
    known = np.zeros(len(held), np.bool_)
    illegal = len(target.spec.words) - 1 if target.spec.words else ILLEGAL
    met = Met()
    for number, (cell, count) in enumerate(zip(held, rows, strict=True)):
        if is_missing(cell):
            met.empty += count
            continue
        value = canonical(cell)
        if value in target.missing:
            _count(met.missing, as_told(cell), count)
        elif (becomes := target.read(cell, value)) is not None:
            table[number], known[number] = becomes, True
            if value in target.places:
                _count(met.values, target.places[value], count)
            else:
                met.read += count
        else:
            _count(met.unmapped, as_told(cell), count)
            if unmapped == "illegal" and target.keeps_illegal:
                table[number], known[number] = illegal, True
    met.cut()
    if not held:
        return Column(target.spec, np.empty(0, table.dtype)), met
    return Column(target.spec, table[places], None if known.all() else known[places]), met


def _count(into: dict[K, int], value: K, rows: int) -> None:
    into[value] = into.get(value, 0) + rows


def _refused(
    targets: Sequence[Target], columns: Mapping[str, Met], unmapped: str
) -> Iterator[Fault]:
    """Yield a fault for each column with values that may not stay."""
    for target in targets:
        met = columns.get(target.spec.name)
        if met is None or not met.unmapped or unmapped == "missing":
            continue
        if unmapped == "refuse":
            yield Fault(_unmapped(target, met), target.column)
        elif not target.keeps_illegal:
            yield Fault(
                message(
                    "found {found}, expected days as {expected}; what is no day cannot be kept:"
                    " put it under missing, or mend the table",
                    found=_told(met),
                    expected=target.expected,
                ),
                target.column,
            )


def _unmapped(target: Target, met: Met) -> Message:
    if not target.places:
        return message(
            "found {found}, expected {expected}; put those that mean no answer under missing, mend"
            " the others in the table, or write unmapped: missing",
            found=_told(met),
            expected=target.expected,
        )
    return message(
        "found {found}, expected one of {expected}; add each to values or to missing, or write"
        " unmapped: illegal, or unmapped: missing",
        found=_told(met),
        expected=target.expected,
    )


def _told(met: Met) -> str:
    """Return the values that the map does not name, the most frequent first, each with its rows."""
    ordered = sorted(met.unmapped.items(), key=lambda each: (-each[1], each[0]))
    shown = [f"{quoted(value)} ({rows})" for value, rows in ordered[:_MOST_TOLD]]
    if rest := met.others + sum(rows for _, rows in ordered[_MOST_TOLD:]):
        shown.append(f"… ({rest})")
    return ", ".join(shown)


def require_free(step: RecodeStep, names: Sequence[Any]) -> None:
    """Raise :class:`InputError` for columns with the name of one that is made of another."""
    faults = [
        Fault(
            message(
                "found a column {name}, expected none: one of that name is made of {column};"
                " rename it or take it away",
                name=quoted(target.spec.name),
                column=quoted(target.column),
            ),
            "table",
        )
        for target in step.targets
        if target.spec.name in names and target.column != target.spec.name
    ]
    if faults:
        raise InputError(faults)
