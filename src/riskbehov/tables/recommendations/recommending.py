"""What would be recommended for each row of a research table, as if each were a case.

A row is one person on one day. All columns are read; those that say something of a case by their
names, the others to see that none of them tells who anyone is.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from riskbehov.assessing.arrays import Ready, assess_many, ready_assessment
from riskbehov.assessing.purpose import check_purpose
from riskbehov.errors import Fault, InputError, PrivacyError, not_among
from riskbehov.i18n import message
from riskbehov.library import Library
from riskbehov.privacy import find
from riskbehov.tables.engines.repeated import told_apart, under_names
from riskbehov.tables.frames.bridge import Spec, names_of
from riskbehov.tables.frames.personal import refuse_personal, refuse_personal_frame
from riskbehov.tables.mapping.maps import own_library
from riskbehov.tables.parcel import pack_library, unpack_library
from riskbehov.tables.recommendations.layout import Layout, layout_of
from riskbehov.tables.recommendations.made import (
    STATES,
    Flags,
    Known,
    Values,
    columns_made,
    specs,
    told,
)
from riskbehov.tables.recommendations.reading import Rows, column_at, read_rows
from riskbehov.tables.recommendations.refusal import illegal_cells, refusal
from riskbehov.tables.recommendations.unread import misnamed, near_misses
from riskbehov.tables.scores.asked import ON_ILLEGAL, OnIllegal
from riskbehov.tables.steps import Done, Tally

F = TypeVar("F")
CHUNK = 1 << 16
"""Rows that are read and assessed together, so that what is in between takes little memory."""


@dataclass(frozen=True)
class RecommendStep:
    """Assesses the rows of a table by one assessment."""

    ready: Ready
    layout: Layout
    others: tuple[str, ...]
    """Columns that say nothing of a case: looked through for what tells who someone is."""
    rules: tuple[str, ...]
    """The rules whose verdicts come out."""
    purpose: str
    today: dt.date
    reviewed: bool = False
    on_illegal: OnIllegal = "flag"

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Return the columns that are read: all of them."""
        return (*self.layout.columns, *self.others)

    @cached_property
    def near_misses(self) -> Mapping[str, str]:
        """Return columns that are not read but called almost as one that is not there."""
        return near_misses(self.others, {*self.needs}, self.layout, self.ready)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel with the definitions as text, so that a process that has them knows them again."""
        given = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "ready"}
        return _unpacked, (pack_library(self.ready.library), self.ready.assessment.id, given)

    @cached_property
    def adds(self) -> tuple[Spec, ...]:
        """Return the columns that are made."""
        return tuple(specs(self.ready, self.rules))

    def run(self, rows: Rows) -> Done:
        """Assess some rows.

        Raises :class:`PrivacyError` for columns that tell who someone is, and :class:`InputError`
        where values that cannot be are refused.
        """
        tally = Tally(rows=len(rows))
        refuse_personal_frame(rows, self.others, reviewed=self.reviewed)
        made = {spec.name: np.zeros(len(rows), spec.dtype) for spec in self.adds}
        known: Known = {}
        is_sound = np.ones(len(rows), np.bool_)
        for start in range(0, len(rows), CHUNK):
            part = slice(start, min(start + CHUNK, len(rows)))
            is_sound[part] = self._chunk(rows[part.start : part.stop], part, made, known, tally)
        if self.on_illegal == "refuse" and tally.illegal:
            raise refusal(self.ready, self.layout, tally)
        invalid = int(np.count_nonzero(~is_sound))
        counts = zip(STATES, (len(rows) - invalid, invalid), strict=True)
        tally.states = {state: count for state, count in counts if count}
        return Done(
            tuple(told(self.adds, made, known, is_sound)),
            tally,
            is_sound if self.on_illegal == "drop" else None,
        )

    def _chunk(
        self,
        rows: Rows,
        part: slice,
        made: Mapping[str, Values],
        known: Known,
        tally: Tally,
    ) -> Flags:
        """Assess some rows and write what comes of it; return which rows are sound."""
        persons, wrong = read_rows(rows, self.layout, self.ready)
        found = assess_many(persons, self.ready, today=self.today, rules=self.rules)
        for place, where in found.refused:
            column = column_at(place, self.layout)
            wrong[column] = wrong[column] | where if column in wrong else where
        read = set(self.layout.columns)
        refuse_personal(rows, [c for c in wrong if c in read], reviewed=self.reviewed)
        tally.add(Tally(illegal=dict(illegal_cells(self.layout, rows, wrong))))
        for name, values, is_known in columns_made(self.ready, found):
            made[name][part] = values
            if is_known is not None:
                known.setdefault(name, np.ones(len(made[name]), np.bool_))[part] = is_known
        is_bad = np.zeros(len(rows), np.bool_)
        for where in wrong.values():
            is_bad |= where
        return ~is_bad


def _unpacked(library: bytes, assessment: str, given: Mapping[str, Any]) -> RecommendStep:
    return RecommendStep(_ready(unpack_library(library), assessment), **given)


def _ready(library: Library, assessment: str) -> Ready:
    return library.kept(
        f"ready {assessment}", lambda: ready_assessment(library, library.assessment(assessment))
    )


def recommend(
    frame: F,
    assessment: str,
    *,
    purpose: str,
    age: str | None = None,
    birth_date: str | None = None,
    sex: str | None = None,
    date: str | dt.date | np.datetime64 | None = None,
    rules: Sequence[str] | str | None = None,
    forms: Mapping[str, str] | None = None,
    cutoffs: Mapping[str, Sequence[str] | str] | None = None,
    reviewed: bool = False,
    on_illegal: OnIllegal = "flag",
    library: Library | None = None,
) -> F:
    """Return a de-identified frame with what :func:`riskbehov.assess` would say of each row.

    A row is one person on one day. Columns are known by their names: ``audit_1`` (items of the
    assessment's instruments), ``rbm8_attitudes_driver``, facts by their ids,
    ``substances_alcohol`` (one column for each member of a list), ``professional_risk``,
    ``ls_cmi_level`` with ``ls_cmi_date``, ``consent_police``. A column that is not there, and a
    cell that is empty, say nothing. ``age`` (whole years), or ``birth_date``, ``sex`` and ``date``
    name the columns of that; ``date`` may be one day for all. ``forms`` and ``cutoffs`` tell, by
    instrument, how it was given and which limits to go by.

    Out come the risk with its source, the intensity, the count of identified needs, the place of
    each area among the targets, and the verdict on each rule: on ``rules``, or on all that are in
    force. A row that a case could not be made of is ``invalid``, and nothing more is told of it;
    ``on_illegal`` as for :func:`score`.

    ``purpose`` says in a sentence what this is for. A frame with anything that tells who someone
    is, in any column, is refused; ``reviewed`` says that a person has looked at what merely
    resembles that.

    Raises :class:`InputError` and :class:`PrivacyError`.
    """
    step = recommend_step(
        names_of(frame),
        assessment,
        library or own_library(),
        purpose=purpose,
        age=age,
        birth_date=birth_date,
        sex=sex,
        date=date,
        rules=rules,
        forms=forms,
        cutoffs=cutoffs,
        reviewed=reviewed,
        on_illegal=on_illegal,
    )
    found: F = under_names(frame, step, step.layout.columns)
    return found


def recommend_step(
    names: Sequence[Any],
    assessment: str,
    library: Library,
    *,
    purpose: str,
    age: str | None = None,
    birth_date: str | None = None,
    sex: str | None = None,
    date: str | dt.date | np.datetime64 | None = None,
    rules: Sequence[str] | str | None = None,
    forms: Mapping[str, str] | None = None,
    cutoffs: Mapping[str, Sequence[str] | str] | None = None,
    reviewed: bool = False,
    on_illegal: OnIllegal = "flag",
) -> RecommendStep:
    """Return the step that recommends; ``names`` are the table's columns.

    The other arguments are those of :func:`riskbehov.tables.recommend`, which tells what is raised.
    """
    purpose = check_purpose(purpose, reviewed=reviewed)
    _require_choice(on_illegal)
    _refuse_names(names, reviewed=reviewed)
    ready = _ready(library, assessment)
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    layout = layout_of(
        names,
        ready,
        age=age,
        birth_date=birth_date,
        sex=sex,
        date=date,
        forms=forms,
        cutoffs=cutoffs,
    )
    _require_day(layout.date, ready, today)
    read = set(layout.columns)
    free = [name for name in dict.fromkeys(names) if name not in read]
    if faults := misnamed(free, set(names), layout, ready):
        raise InputError(faults)
    return RecommendStep(
        ready=ready,
        layout=layout,
        others=tuple(name for name in told_apart(names, read) if name not in read),
        rules=_rules(ready, layout, rules, today),
        purpose=purpose,
        today=today,
        reviewed=reviewed,
        on_illegal=on_illegal,
    )


def _require_choice(on_illegal: str) -> None:
    if on_illegal not in ON_ILLEGAL:
        raise InputError(
            Fault(not_among(on_illegal, ON_ILLEGAL, message("one of these")), "on_illegal")
        )


def _require_day(day: str | dt.date, ready: Ready, today: dt.date) -> None:
    """Refuse one day for all on which nobody could be assessed."""
    if isinstance(day, dt.date) and not ready.first <= day <= today:
        raise InputError(
            Fault(
                message(
                    "found {found}, expected a day from {first} to today",
                    found=day,
                    first=ready.first,
                ),
                "date",
            )
        )


def _refuse_names(names: Sequence[Any], *, reviewed: bool) -> None:
    """Refuse columns that cannot be looked through, or whose name is itself personal data."""
    odd = [name for name in names if not isinstance(name, str)]
    if odd:
        raise InputError(
            Fault(
                message(
                    "found {count} columns whose name is no text, expected text; rename them",
                    count=len(odd),
                ),
                "table",
            )
        )
    found = [f for name in names for f in find(str(name)) if f.certain or not reviewed]
    if found:
        raise PrivacyError(
            Fault(
                message(
                    "found what looks like personal data in the names of {count} columns, expected"
                    " none; rename them",
                    count=len(found),
                ),
                "table",
            )
        )


def _rules(
    ready: Ready, layout: Layout, wanted: Sequence[str] | str | None, today: dt.date
) -> tuple[str, ...]:
    """Return the rules that are wanted, or those in force on some day that a row can have."""
    versions = ready.book.versions
    if wanted is not None:
        wanted = [wanted] if isinstance(wanted, str) else wanted
        faults = [
            Fault(not_among(id_, versions, message("a rule of the assessment")), "rules")
            for id_ in wanted
            if id_ not in versions
        ]
        if faults:
            raise InputError(faults)
        return tuple(dict.fromkeys(wanted))
    first, last = ready.first, today
    if isinstance(layout.date, dt.date):
        first = last = layout.date
    return tuple(
        id_
        for id_, every in versions.items()
        if any(
            each.rule.valid.from_ <= last
            and (each.rule.valid.to is None or each.rule.valid.to >= first)
            for each in every
        )
    )
