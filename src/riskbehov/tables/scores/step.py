"""Scoring a table: which columns hold what, and which columns come out."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.scoring.arrays import ILLEGAL, MISSING, STATES, ScoreArrays, score_many
from riskbehov.scoring.compiled import legal_table
from riskbehov.scoring.plan import plan
from riskbehov.tables.frames.bridge import Column, Spec
from riskbehov.tables.frames.people import Days, People, ages_of, ages_on, days_of, sexes_of
from riskbehov.tables.frames.values import Bytes, codes_of, counted_at
from riskbehov.tables.parcel import pack, unpack
from riskbehov.tables.scores.asked import Asked
from riskbehov.tables.scores.made import specs_of, state_of, values_of
from riskbehov.tables.scores.refusal import refusal
from riskbehov.tables.steps import Done, Tally

if TYPE_CHECKING:
    import narwhals as nw


@dataclass(frozen=True)
class ScoreStep(Asked):
    """Scores the rows of a table by one instrument."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel with the instrument as text, so that a process that has it knows it again."""
        given = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "instrument"}
        return _unpacked, (pack(self.instrument), given)

    @cached_property
    def adds(self) -> tuple[Spec, ...]:
        """Return the columns that are made."""
        return tuple(specs_of(self))

    def run(self, rows: "nw.DataFrame[Any]") -> Done:
        """Score some rows; raises :class:`InputError` where values that cannot be are refused."""
        codes = np.empty((len(self.items), len(rows)), np.uint8)
        for number, name in enumerate(self.items):
            codes[number] = codes_of(rows.get_column(name))
        people, wrong = _people(self, rows)
        found = score_many(
            self.instrument,
            codes,
            sex=people.sex,
            age=people.age,
            day=people.day,
            form=self.form,
            cutoffs=self.cutoffs,
            bands=[s.id for s in self.sets],
        )
        tally = _tally(self, rows, codes, found, wrong)
        if self.on_illegal == "refuse" and tally.illegal:
            raise refusal(self, tally)
        specs = {spec.name: spec for spec in self.adds}
        columns = tuple(
            Column(specs[name], values, known) for name, values, known in values_of(self, found)
        )
        kept = found.state != STATES.index("invalid") if self.on_illegal == "drop" else None
        return Done(columns, tally, kept)


def _unpacked(instrument: str, given: Mapping[str, Any]) -> ScoreStep:
    return ScoreStep(unpack(instrument), **given)


Wrong: TypeAlias = list[tuple[str, npt.NDArray[np.bool_]]]
"""Columns, and where something stands in them that is no sex, no age or no day."""


def _people(step: ScoreStep, rows: "nw.DataFrame[Any]") -> tuple[People, Wrong]:
    """Return who each row is about; a row with an impossible day gets an impossible age."""
    wrong: Wrong = []
    sex = None
    if step.sex is not None:
        sex = sexes_of(rows.get_column(step.sex))
        wrong.append((step.sex, sex == ILLEGAL))
    day: dt.date | Days | None = step.date if isinstance(step.date, dt.date) else None
    is_no_day = np.zeros(len(rows), np.bool_)
    if isinstance(step.date, str):
        day, is_no_day = days_of(rows.get_column(step.date))
        wrong.append((step.date, is_no_day))
    age = _ages(step, rows, day, wrong)
    if is_no_day.any():
        age = np.full(len(rows), MISSING, np.uint8) if age is None else age
        age[is_no_day] = ILLEGAL
    return People(sex, age, day), wrong


def _ages(
    step: ScoreStep, rows: "nw.DataFrame[Any]", day: dt.date | Days | None, wrong: Wrong
) -> Bytes | None:
    if step.age is not None:
        age = ages_of(rows.get_column(step.age))
        wrong.append((step.age, age == ILLEGAL))
        return age
    if step.birth_date is not None and day is not None:
        born, is_wrong = days_of(rows.get_column(step.birth_date))
        age = ages_on(born, day)
        age[is_wrong] = ILLEGAL
        wrong.append((step.birth_date, age == ILLEGAL))
        return age
    return None


def _tally(
    step: ScoreStep,
    rows: "nw.DataFrame[Any]",
    codes: Bytes,
    found: ScoreArrays,
    wrong: Wrong,
) -> Tally:
    state = state_of(step, found)
    counts = {name: int(np.count_nonzero(state == n)) for n, name in enumerate(STATES)}
    tally = Tally(rows=len(rows), states={name: n for name, n in counts.items() if n})
    for name, where in wrong:
        if where.any():
            met = counted_at(rows.get_column(name), np.flatnonzero(where))
            tally.illegal.setdefault(name, {}).update(met)  # a column may say two things
    refused = np.flatnonzero(found.illegal)
    if refused.size:
        table = legal_table(plan(step.instrument))
        for name, column, is_legal in zip(step.items, codes[:, refused], table, strict=True):
            places = refused[~(is_legal[column] | (column == MISSING))]
            if places.size:
                tally.illegal.setdefault(name, {}).update(counted_at(rows.get_column(name), places))
    return tally
