"""What a recoding met: counted while it runs, told when it is done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from riskbehov.errors import Fault
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.models.recode import MappedColumn, MappedItem, RecodeMap, Unmapped
from riskbehov.tables.frames.columns import column_of
from riskbehov.tables.frames.values import as_told
from riskbehov.tables.mapping.maps import notes_on, parts_of, values_of
from riskbehov.tables.steps import MOST_VALUES, Tally

Outcome: TypeAlias = Literal["code", "read", "missing", "empty", "unmapped", "illegal"]
"""A value becomes a code (or a sex); it is read as it stands; it says that there is no answer; the
cell is empty; it is not in the map and was made missing, or kept as illegal."""
Backend: TypeAlias = Literal["pandas", "polars", "pyarrow"]
Source: TypeAlias = Literal["item", "sex", "age", "birth_date", "date"]


@dataclass(slots=True)
class Met:
    """What stood in one column."""

    values: dict[int, int] = field(default_factory=dict)
    """Rows by the place of their value among those that the map names."""
    missing: dict[str, int] = field(default_factory=dict)
    """Rows by value as it may be told, that the map calls missing."""
    unmapped: dict[str, int] = field(default_factory=dict)
    """Rows by value as it may be told, that the map does not name; of very many, those that come
    first in the alphabet."""
    others: int = 0
    """Rows of such values that are not told apart."""
    read: int = 0
    """Rows that were read as they stand, such as ages: their values are not kept."""
    empty: int = 0

    def add(self, other: "Met") -> None:
        """Take in what stood in the same column of other rows."""
        for name in ("values", "missing", "unmapped"):
            into = getattr(self, name)
            for value, rows in getattr(other, name).items():
                into[value] = into.get(value, 0) + rows
        for name in ("others", "read", "empty"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.cut()

    def cut(self) -> None:
        """Keep only so many unmapped values: the same ones, in whatever order rows come in."""
        if len(self.unmapped) > MOST_VALUES:
            for value in sorted(self.unmapped)[MOST_VALUES:]:
                self.others += self.unmapped.pop(value)


@dataclass(slots=True)
class RecodeTally(Tally):
    """What was met while rows were recoded; tallies of chunks add up, in any order."""

    columns: dict[str, Met] = field(default_factory=dict)
    """By the column that is made."""

    def add(self, other: Tally) -> None:
        """Take in another tally."""
        Tally.add(self, other)
        if isinstance(other, RecodeTally):
            for name, met in other.columns.items():
                self.columns.setdefault(name, Met()).add(met)


@dataclass(frozen=True, slots=True)
class RecodedValue:
    """Rows with the same value in a column, and what became of them."""

    value: str | None
    """The value as maps write it, masked; nothing for empty cells, and for several together."""
    outcome: Outcome
    becomes: int | str | None
    rows: int


@dataclass(frozen=True, slots=True)
class RecodedColumn:
    """What became of one column."""

    column: str
    """The column that was read."""
    target: str
    """The column that was made."""
    source: Source
    item: str | None
    values: tuple[RecodedValue, ...]

    def rows(self, *outcomes: Outcome) -> int:
        """Return how many rows had some outcomes; all rows where none is named."""
        return sum(v.rows for v in self.values if not outcomes or v.outcome in outcomes)


@dataclass(frozen=True, slots=True)
class RecodeReport:
    """What became of a table; the rows of each column add up to the rows of the table."""

    instrument: ScoredInstrument
    rows: int
    unmapped: Unmapped
    columns: tuple[RecodedColumn, ...]
    notes: tuple[Fault, ...]
    """What is allowed in a map, and may still be a slip."""
    library: Backend = "pandas"
    """What :meth:`to_frame` makes a frame of: ``pandas``, ``polars`` or ``pyarrow``."""

    def to_frame(self) -> Any:  # noqa: ANN401 - a frame of one of several libraries
        """Return the report as a frame: a row for each column and value, with what it became."""
        import narwhals as nw

        rows = [(each, value) for each in self.columns for value in each.values]
        table: dict[str, list[str | int | None]] = {
            "column": [each.column for each, _ in rows],
            "target": [each.target for each, _ in rows],
            "item": [each.item for each, _ in rows],
            "value": [value.value for _, value in rows],
            "outcome": [value.outcome for _, value in rows],
            "becomes": [None if v.becomes is None else str(v.becomes) for _, v in rows],
            "rows": [value.rows for _, value in rows],
        }
        kinds = {name: nw.String() if name != "rows" else nw.Int64() for name in table}
        made = nw.from_dict(table, schema=kinds, backend=self.library)
        return made.to_native()

    def __repr__(self) -> str:
        unmapped = sum(each.rows("unmapped", "illegal") for each in self.columns)
        return (
            f"<recoding of {self.rows} rows and {len(self.columns)} columns for"
            f" {self.instrument.id}: {unmapped} cells not in the map; see to_frame()>"
        )


def report_of(
    mapping: RecodeMap, instrument: ScoredInstrument, tally: Tally, *, library: Backend = "pandas"
) -> RecodeReport:
    """Return what a tally tells of a recoding."""
    columns = tally.columns if isinstance(tally, RecodeTally) else {}
    return RecodeReport(
        instrument=instrument,
        rows=tally.rows,
        unmapped=mapping.unmapped,
        columns=tuple(_columns(mapping, instrument, columns)),
        notes=tuple(notes_on(mapping, instrument)),
        library=library,
    )


def _columns(
    mapping: RecodeMap, instrument: ScoredInstrument, met: Mapping[str, Met]
) -> Iterator[RecodedColumn]:
    for place, mapped in parts_of(mapping):
        item = mapped.item if isinstance(mapped, MappedItem) else None
        name = target_of(instrument, item, str(place[0]))
        outcome: Outcome = "illegal" if mapping.unmapped == "illegal" else "unmapped"
        means = values_of(mapped, instrument)
        found = met.get(name, Met())
        yield RecodedColumn(
            column=mapped.column,
            target=name,
            source=_SOURCES.get(str(place[0]), "item"),
            item=item,
            values=(
                *_mapped(means, found),
                *([RecodedValue(None, "read", None, found.read)] if _is_read(mapped) else []),
                *(RecodedValue(v, "missing", None, n) for v, n in sorted(found.missing.items())),
                *(RecodedValue(v, outcome, None, n) for v, n in _by_rows(found.unmapped)),
                *([RecodedValue(None, outcome, None, found.others)] if found.others else []),
                *([RecodedValue(None, "empty", None, found.empty)] if found.empty else []),
            ),
        )


def _mapped(means: Mapping[str, int | str], found: Met) -> Iterator[RecodedValue]:
    for place, (value, code) in enumerate(means.items()):
        yield RecodedValue(as_told(value), "code", code, found.values.get(place, 0))


_SOURCES: Mapping[str, Source] = {
    "sex": "sex",
    "age": "age",
    "birth_date": "birth_date",
    "date": "date",
}


def _is_read(mapped: object) -> bool:
    return isinstance(mapped, MappedColumn)


def _by_rows(values: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(values.items(), key=lambda each: (-each[1], each[0]))


def target_of(instrument: ScoredInstrument, item: str | None, part: str) -> str:
    """Return the name of the column that is made of an item, or of a part of the person."""
    return part if item is None else column_of(instrument.id, item)
