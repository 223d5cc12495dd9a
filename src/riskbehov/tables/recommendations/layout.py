"""Which column of a table holds what of a case: by their names, or as the caller says.

A column is called as what it holds: ``audit_1`` (an item), ``rbm8_attitudes_driver``, a fact by its
id, ``substances_alcohol`` (one column for each member of a list), ``ls_cmi_level``. A column that
is not there says nothing of anyone.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from riskbehov.assessing.arrays import Ready
from riskbehov.errors import AnswerError, Fault, InputError, not_among
from riskbehov.i18n import message
from riskbehov.library import Library
from riskbehov.models.fact import Fact
from riskbehov.models.instrument import RecordedMethod, ScoredInstrument
from riskbehov.scoring.answers import require_names
from riskbehov.scoring.plan import plan
from riskbehov.tables.frames.columns import column_of
from riskbehov.tables.frames.people import as_day

Part: TypeAlias = Literal["level", "date", "valid_months"]
PARTS: tuple[Part, ...] = ("level", "date", "valid_months")
CONSENTS = ("consent_exchange", "consent_police")
"""Facts that a case tells by its consents; of a row they are asked for as they are."""
PROFESSIONAL = "professional_risk"
_PERSON = ("age", "sex", "date")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table, by what they hold."""

    age: str | None
    birth_date: str | None
    sex: str | None
    date: str | dt.date
    items: Mapping[str, Mapping[str, str]]
    """By instrument and item."""
    drivers: Mapping[str, Mapping[str, str]]
    strengths: Mapping[str, Mapping[str, str]]
    elsewhere: Mapping[str, str]
    """Columns of items of instruments that the assessment does not use, with the instrument."""
    facts: Mapping[str, str]
    members: Mapping[str, Mapping[str, str]]
    """By a fact that is a list, and by what can stand in it."""
    recorded: Mapping[str, Mapping[Part, str]]
    professional: str | None
    forms: Mapping[str, str]
    """By instrument: how it was given, if not in the way that stands first."""
    cutoffs: Mapping[str, Sequence[str]]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that is read, each once."""
        return tuple(dict.fromkeys(self._named()))

    def _named(self) -> Iterator[str]:
        person = (self.age, self.birth_date, self.sex, self.professional)
        yield from (column for column in person if column is not None)
        if isinstance(self.date, str):
            yield self.date
        for nested in (self.items, self.drivers, self.strengths, self.members, self.recorded):
            for held in nested.values():
                yield from held.values()
        yield from self.facts.values()
        yield from self.elsewhere


def layout_of(
    names: Sequence[Any],
    ready: Ready,
    *,
    age: str | None = None,
    birth_date: str | None = None,
    sex: str | None = None,
    date: str | dt.date | np.datetime64 | None = None,
    forms: Mapping[str, str] | None = None,
    cutoffs: Mapping[str, Sequence[str] | str] | None = None,
) -> Layout:
    """Return which columns hold what, among the ``names`` of a table.

    ``age``, ``birth_date``, ``sex`` and ``date`` say where that stands if not under its own name;
    ``date`` may be one day for all.

    Raises :class:`InputError` where there is no age or no day, for columns that are not there, for
    a level without its day, and for columns by the name of something that is worked out or that is
    not about a person.
    """
    held = {name for name in names if isinstance(name, str)}
    date = as_day(date)
    sets = {id_: [s] if isinstance(s, str) else [*s] for id_, s in (cutoffs or {}).items()}
    faults = [*_not_there(held, age, birth_date, sex, date), *_misused(held, ready.library)]
    faults += [*_halved(held, ready.methods), *_forms(ready, forms or {}, sets)]
    if age is None and birth_date is None and "age" in held:
        age = "age"
    if sex is None and "sex" in held:
        sex = "sex"
    if date is None and "date" in held:
        date = "date"
    if faults or date is None:
        raise InputError(faults)
    library, instruments = ready.library, ready.instruments
    statable = [f for f in library.facts.values() if _is_asked(f)]
    return Layout(
        age=age,
        birth_date=birth_date,
        sex=sex,
        date=date,
        items=_kept({i.id: _items(i) for i in instruments}, held),
        drivers=_kept({i.id: _items(i, "_driver") for i in instruments if _is_rating(i)}, held),
        strengths=_kept({i.id: _items(i, "_strength") for i in instruments if _is_rating(i)}, held),
        elsewhere={
            column: instrument.id
            for instrument in map(library.scored, library.scored_ids)
            if instrument.id not in ready.assessment.instruments
            for column in _items(instrument).values()
            if column in held
        },
        facts={
            fact.id: _plain(fact.id)
            for fact in statable
            if fact.type != "set" and _plain(fact.id) in held
        },
        members=_kept({fact.id: members_of(fact) for fact in statable if fact.type == "set"}, held),
        recorded=_kept({method.id: parts_of(method) for method in ready.methods}, held),
        professional=PROFESSIONAL if PROFESSIONAL in held else None,
        forms=dict(forms or {}),
        cutoffs=sets,
    )


def lone_columns(ready: Ready) -> Iterator[str]:
    """Yield the columns of what has no more than one, the person's own left out."""
    facts = (f for f in ready.library.facts.values() if f.type != "set" and _is_asked(f))
    yield from (_plain(fact.id) for fact in facts)
    yield PROFESSIONAL


def rated_columns(instrument: ScoredInstrument) -> tuple[list[str], list[str]]:
    """Return the columns of the items, and of what is said of each beside its rating."""
    endings = ("_driver", "_strength") if _is_rating(instrument) else ()
    said = [column for ending in endings for column in _items(instrument, ending).values()]
    return [*_items(instrument).values()], said


def _plain(name: str) -> str:
    return name.replace("-", "_")


def parts_of(method: RecordedMethod) -> dict[Part, str]:
    """Return the columns of a recorded result."""
    return {part: column_of(method.id, part) for part in PARTS}


def _items(instrument: ScoredInstrument, ending: str = "") -> dict[str, str]:
    return {item.id: column_of(instrument.id, item.id + ending) for item in instrument.items}


def members_of(fact: Fact) -> dict[str, str]:
    """Return the columns of a fact that is a list."""
    return {value.id: column_of(fact.id, value.id) for value in fact.values}


def _is_rating(instrument: ScoredInstrument) -> bool:
    return instrument.kind == "rating"


def _is_asked(fact: Fact) -> bool:
    """Tell whether a column may state a fact: one that a case can, or that consents tell."""
    return fact.id in CONSENTS or not (fact.is_derived or fact.is_impersonal)


def _kept(columns: Mapping[str, Mapping[Any, str]], held: set[str]) -> dict[str, dict[Any, str]]:
    """Return the columns that are there, by what they are of; what has none is left out."""
    found = {
        id_: {part: name for part, name in parts.items() if name in held}
        for id_, parts in columns.items()
    }
    return {id_: parts for id_, parts in found.items() if parts}


def _not_there(
    held: set[str],
    age: str | None,
    birth_date: str | None,
    sex: str | None,
    date: str | dt.date | None,
) -> Iterator[Fault]:
    if age is not None and birth_date is not None:
        yield Fault(message("found both age and date of birth, expected one of them"), "age")
    if age is None and birth_date is None and "age" not in held:
        yield Fault(
            message(
                "found no column 'age', expected everyone's age in whole years on the day of the"
                " assessment; name the column, or that of the date of birth"
            ),
            "age",
        )
    if date is None and "date" not in held:
        yield Fault(
            message(
                "found no column 'date', expected the day of each assessment; name the column, or"
                " one day for all"
            ),
            "date",
        )
    for where, name in (("age", age), ("birth_date", birth_date), ("sex", sex), ("date", date)):
        is_column = not (name is None or isinstance(name, dt.date))
        if is_column and name not in held:
            yield Fault(not_among(str(name), sorted(held), message("a column of the table")), where)


def _halved(held: set[str], methods: Sequence[RecordedMethod]) -> Iterator[Fault]:
    """Yield the columns of results that say nothing without another that is not there."""
    for method in methods:
        columns = parts_of(method)
        there = [name for name in columns.values() if name in held]
        lacking = [columns[part] for part in ("level", "date") if columns[part] not in held]
        if there and lacking:
            yield Fault(
                message(
                    "found {found} but no column {lacking}, expected both: a result has a level and"
                    " a day",
                    found=", ".join(map(repr, there)),
                    lacking=", ".join(map(repr, lacking)),
                ),
                "table",
            )


def _misused(held: set[str], library: Library) -> Iterator[Fault]:
    """Yield the columns that look as if they were read, but cannot be."""
    for fact in library.facts.values():
        name = _plain(fact.id)
        if name not in held or name in _PERSON:
            continue
        if fact.is_impersonal:
            yield Fault(
                message(
                    "found a column {name!r}, which is about a unit, its staff or its workplace,"
                    " expected only what is about each person; rename it or take it away",
                    name=name,
                ),
                "table",
            )
        elif not _is_asked(fact):
            yield Fault(
                message(
                    "found a column {name!r}, which riskbehov works out itself, expected only what"
                    " is stated; rename it or take it away",
                    name=name,
                ),
                "table",
            )
        elif fact.type == "set":
            yield Fault(
                message(
                    "found a column {name!r}, expected a column for each: {columns}",
                    name=name,
                    columns=", ".join(members_of(fact).values()),
                ),
                "table",
            )


def _forms(
    ready: Ready, forms: Mapping[str, str], cutoffs: Mapping[str, Sequence[str]]
) -> Iterator[Fault]:
    known = {instrument.id: instrument for instrument in ready.instruments}
    for id_ in {**forms, **cutoffs}:
        if id_ not in known:
            where = "forms" if id_ in forms else "cutoffs"
            yield Fault(not_among(id_, known, message("an instrument of the assessment")), where)
            continue
        plain = plan(known[id_])
        try:
            require_names(plain, forms.get(id_), cutoffs.get(id_, ()), items=len(plain.names))
        except AnswerError as error:
            yield from error.faults
