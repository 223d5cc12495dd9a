"""What is in a table, held against an instrument: told column by column, nothing changed."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np

from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.privacy import mask
from riskbehov.scoring.arrays import SEX_CODES as SEXES
from riskbehov.tables.frames.bridge import Native, frame_of, names_of
from riskbehov.tables.frames.columns import Items
from riskbehov.tables.frames.naming import Ground, Guess, Role, guess
from riskbehov.tables.frames.people import days_of
from riskbehov.tables.frames.values import as_told
from riskbehov.tables.mapping.census import MOST_READ, Census, Counting, columns_in, parts_of
from riskbehov.tables.mapping.codings import Asked, Coding, age_coding, codings, sex_coding
from riskbehov.tables.mapping.maps import own_library

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd

ValueLabels: TypeAlias = Mapping[str, Mapping[Any, str]]
"""By column: what its values are called in the file, as SPSS and Stata have it."""
Problem: TypeAlias = Literal["name-twice", "name-no-text", "empty", "constant", "personal"]
MOST_SHOWN = 12
_SHOWN: tuple[Role, ...] = ("item", "sex", "age")
"""Columns whose values are shown; of all others only how many there are."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value of a column: how many rows have it, and what it means as far as can be told."""

    value: str
    rows: int
    is_legal: bool
    """Whether it can be scored as it stands: a code of the item, a word for a sex, an age."""
    means: int | str | None
    """The code or the sex that it probably means; nothing where that cannot be told."""
    is_missing: bool
    """Whether it is usual for saying that there is no answer."""


@dataclass(frozen=True, slots=True)
class ProfiledColumn:
    """One column of a table."""

    name: str
    dtype: str
    rows: int
    empty: Mapping[str, int]
    """Rows without a value, by how that is said: ``null``, ``nan``, ``blank``."""
    distinct: int | None
    """How many values there are; nothing where there are more than are told apart."""
    role: Role
    item: str | None
    ground: Ground
    """On which ground it is thought to be that."""
    values: tuple[Found, ...]
    """The values, most frequent first; none of a column that holds something else."""
    more: int
    """How many values there are besides those."""
    coding: Coding | None
    problems: tuple[Problem, ...]
    personal: Mapping[str, int]
    """Rows that look like personal data, by kind; the values are never told."""
    unread: int
    """Rows that might hold some, and were not looked at since there are very many."""
    labels: Mapping[str, str]
    """What its values are called in the file."""
    years: tuple[str, str] | None = None
    """Of days: the first and the last year."""
    remarks: tuple[Message, ...] = ()

    @property
    def missing(self) -> int:
        """Return how many rows have no value."""
        return sum(self.empty.values())


@dataclass(frozen=True, slots=True)
class Profile:
    """A table held against an instrument."""

    instrument: ScoredInstrument
    rows: int
    columns: tuple[ProfiledColumn, ...]
    rivals: Mapping[str, tuple[str, ...]]
    """By item: columns that are equally likely to hold it, so that none is taken."""
    remarks: tuple[Message, ...]

    @property
    def items(self) -> Mapping[str, ProfiledColumn]:
        """Return the column of each item that has one, in item order."""
        by_item = {column.item: column for column in self.columns if column.item}
        return {i.id: by_item[i.id] for i in self.instrument.items if i.id in by_item}

    @property
    def without_column(self) -> tuple[str, ...]:
        """Return the items that no column was found for."""
        held = self.items
        return tuple(item.id for item in self.instrument.items if item.id not in held)

    def to_frame(self) -> "pd.DataFrame":
        """Return the profile as a frame of pandas with a row for each column of the table.

        ``legal``, ``illegal`` and ``rarer`` count rows: of values that can be scored as they stand,
        of others, and of those too rare to be looked at one by one. A column that is thought to
        hold something else has none of them.
        """
        import pandas as pd

        return pd.DataFrame([_in_a_row(column) for column in self.columns])

    def __repr__(self) -> str:
        instrument = self.instrument
        return (
            f"<profile of {self.rows} rows and {len(self.columns)} columns for {instrument.id}:"
            f" {len(self.items)} of {len(instrument.items)} items found; see to_frame()>"
        )


def _in_a_row(column: ProfiledColumn) -> dict[str, object]:
    legal = illegal = rarer = None
    if column.role in _SHOWN:
        legal = sum(found.rows for found in column.values if found.is_legal)  # noqa: PD011
        illegal = sum(found.rows for found in column.values if not found.is_legal)  # noqa: PD011
        rarer = column.rows - column.missing - legal - illegal
    return {
        "column": column.name,
        "type": column.dtype,
        "role": column.role,
        "item": column.item,
        "ground": column.ground,
        "missing": column.missing,
        "values": column.distinct,
        "legal": legal,
        "illegal": illegal,
        "rarer": rarer,
        "coding": column.coding.kind if column.coding else None,
        "problems": ", ".join(column.problems),
    }


def profile(
    frame: Native,
    instrument: ScoredInstrument | str,
    *,
    items: Items = None,
    sex: str | None = None,
    age: str | None = None,
    labels: ValueLabels | None = None,
    library: Library | None = None,
) -> Profile:
    """Tell what is in the columns of a table, held against the codes of an instrument.

    ``items``, ``sex`` and ``age`` name columns, as for :func:`score`; what is not named is
    suggested by name, and the ground is told. ``labels`` are value labels by column. Values are
    shown of columns that hold items, sex or age, masked where they may tell who somebody is, and
    of no others. Nothing is changed.

    A table in memory (pandas, Polars, pyarrow) is looked at whole; a lazy frame, a relation of
    DuckDB, and a reader or dataset of Arrow are read part by part, so that memory does not grow.

    Raises :class:`InputError` for a frame that is none and for columns that are not there.

    >>> import pandas as pd
    >>> from riskbehov import tables
    >>> forms = pd.DataFrame({"AUDIT1": [1, 5, 2, 99], "Kön": ["M", "K", "K", "M"]})
    >>> column = tables.profile(forms, "audit").items["1"]
    >>> column.ground, column.coding.kind, column.coding.missing
    ('instrument', 'plus-one', ('99',))
    """
    known = _instrument(instrument, library)
    if frame_of(frame) == "narwhals":
        frame = frame.to_native()
    heads = [(str(name), isinstance(name, str)) for name in names_of(frame)]
    names = [name for name, _ in heads]
    guesses = guess(names, known, items=items, sex=sex, age=age)
    counting = [Counting() for _ in heads]
    days = {n: _Days() for n, g in enumerate(guesses.columns) if g.role in ("birth_date", "date")}
    for part in parts_of(frame):
        for place, column in enumerate(columns_in(part)):
            counting[place].add(column.cells)
            if place in days:
                days[place].add(column.cells)
    read = [
        _Read(*head, each, counted.done(), _labels(labels, head[0]), days.get(place))
        for place, (head, each, counted) in enumerate(
            zip(heads, guesses.columns, counting, strict=True)
        )
    ]
    codes = {item.id: set(map(str, known.legal(item))) for item in known.items}
    coded = _codings(known, read)
    twice = {name for name, count in Counter(names).items() if count > 1}
    found = tuple(
        _column(each, coding, codes.get(each.guess.item or "", ()), is_twice=each.name in twice)
        for each, coding in zip(read, coded, strict=True)
    )
    return Profile(
        instrument=known,
        rows=max((each.census.rows for each in read), default=0),
        columns=found,
        rivals=guesses.rivals,
        remarks=tuple(_remarks(guesses.goes_on, found, known)),
    )


class _Days:
    """The days of a column that comes in parts."""

    def __init__(self) -> None:
        self.years: set[str] = set()
        self.wrong = 0

    def add(self, cells: "nw.Series[Any]") -> None:
        days, is_wrong = days_of(cells)
        self.years |= set(np.unique(days[~np.isnat(days)].astype("datetime64[Y]")).astype(str))
        self.wrong += int(is_wrong.sum())

    @property
    def span(self) -> tuple[str, str] | None:
        return (min(self.years), max(self.years)) if self.years else None


class _Read(NamedTuple):
    """A column that was looked through."""

    name: str
    is_text: bool
    guess: Guess
    census: Census
    labels: Mapping[str, str]
    days: _Days | None

    @property
    def counts(self) -> Mapping[str, int]:
        return self.census.counts or {}


def _instrument(instrument: ScoredInstrument | str, library: Library | None) -> ScoredInstrument:
    if isinstance(instrument, ScoredInstrument):
        return instrument
    return (library or own_library()).scored(instrument)


def _labels(labels: ValueLabels | None, name: str) -> Mapping[str, str]:
    """Return the labels of a column's values, by value as it may be told."""
    return {as_told(value): mask(text) for value, text in (labels or {}).get(name, {}).items()}


def _codings(instrument: ScoredInstrument, read: Sequence[_Read]) -> list[Coding | None]:
    """Return how each column looks coded, those of items held together."""
    items = {item.id: item for item in instrument.items}
    told = iter(
        codings(
            [
                Asked(each.counts, instrument.codes[items[item].codes], each.labels)
                for each in read
                if (item := each.guess.item)
            ]
        )
    )
    found: list[Coding | None] = []
    for each in read:
        if each.guess.item:
            found.append(next(told))
        elif each.guess.role == "sex":
            found.append(sex_coding(each.counts, each.labels))
        else:
            is_age = each.guess.role == "age"
            found.append(age_coding(each.counts) if is_age else None)
    return found


def _column(
    read: _Read, coding: Coding | None, legal: Collection[str], *, is_twice: bool
) -> ProfiledColumn:
    counted, guessed = read.census, read.guess
    is_shown = guessed.role in _SHOWN and not counted.personal
    values = tuple(_values(read, coding, legal)) if is_shown else ()
    return ProfiledColumn(
        name=read.name,
        dtype=counted.dtype,
        rows=counted.rows,
        empty=counted.empty,
        distinct=counted.distinct,
        role=guessed.role,
        item=guessed.item,
        ground=guessed.ground,
        values=values,
        more=len(read.counts) - len(values) if values else 0,
        coding=coding,
        problems=tuple(_problems(read, is_twice=is_twice)),
        personal=counted.personal,
        unread=counted.unread,
        labels=read.labels,
        years=read.days.span if read.days else None,
        remarks=tuple(_remarks_on(read)),
    )


def _values(read: _Read, coding: Coding | None, legal: Collection[str]) -> Iterator[Found]:
    told, role = coding or Coding("none"), read.guess.role
    for value, rows in islice(read.counts.items(), MOST_SHOWN):
        means = told.values.get(value)  # noqa: PD011
        if role == "age":
            is_legal = value not in (*told.missing, *told.odd)
        else:
            is_legal = value in legal if role == "item" else value in SEXES
        yield Found(value, rows, is_legal, means, value in told.missing)


def _problems(read: _Read, *, is_twice: bool) -> Iterator[Problem]:
    counted = read.census
    if is_twice:
        yield "name-twice"
    if not read.is_text:
        yield "name-no-text"
    if counted.rows and counted.missing == counted.rows:
        yield "empty"
    elif counted.rows > 1 and counted.distinct == 1 and not counted.missing:
        yield "constant"
    if counted.personal or read.guess.role == "contact":
        yield "personal"


def _remarks_on(read: _Read) -> Iterator[Message]:
    if read.census.counts is None and read.guess.role in _SHOWN:
        yield message("more than {count} different values: hardly answers", count=MOST_READ)
    if read.days is not None and read.days.wrong:
        yield message(
            "rows with something else than a day: {count}; expected 2026-01-31 or 20260131",
            count=read.days.wrong,
        )


def _remarks(
    goes_on: str | None, columns: Sequence[ProfiledColumn], instrument: ScoredInstrument
) -> Iterator[Message]:
    if goes_on is not None and not any(column.item for column in columns):
        yield message(
            "the columns are numbered beyond the last item of {id}, as far as {name}: name the"
            " columns of the items",
            id=instrument.id,
            name=goes_on,
        )
