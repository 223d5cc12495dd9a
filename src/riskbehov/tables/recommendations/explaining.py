"""One row of a table explained: what a case with the same answers comes to, step by step."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast, overload

import numpy as np

from riskbehov.assessing.assessment import assess, explain_rule
from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message
from riskbehov.library import Library
from riskbehov.logic.explain import Explained
from riskbehov.models.instrument import ScoredInstrument, Sex
from riskbehov.models.result import Result, Score, Verdict
from riskbehov.scoring.case import score
from riskbehov.scoring.trace import Step, trace
from riskbehov.tables.engines.repeated import apart
from riskbehov.tables.frames.bridge import Native, kind_of, pick
from riskbehov.tables.frames.columns import Items
from riskbehov.tables.frames.personal import refuse_personal_frame
from riskbehov.tables.mapping.maps import own_library
from riskbehov.tables.recommendations.cases import case_of
from riskbehov.tables.recommendations.cells import age_in, day_in, number_in, sex_in
from riskbehov.tables.recommendations.recommending import recommend_step
from riskbehov.tables.scores.arguments import score_step
from riskbehov.tables.scores.step import ScoreStep

if TYPE_CHECKING:
    import narwhals as nw


class ExplainedForm(NamedTuple):
    """The score of a row, and how each scale came about."""

    score: Score
    trace: tuple[Step, ...]


class ExplainedCase(NamedTuple):
    """The assessment of a row and, if a rule was asked for, how its verdict came about."""

    result: Result
    verdict: Verdict | None
    explained: Explained | None


@overload
def explain(
    frame: Native,
    row: object,
    *,
    instrument: ScoredInstrument | str,
    items: Items = None,
    sex: str | None = None,
    age: str | None = None,
    birth_date: str | None = None,
    date: str | dt.date | np.datetime64 | None = None,
    form: str | None = None,
    cutoffs: Sequence[str] | str = (),
    library: Library | None = None,
) -> ExplainedForm: ...


@overload
def explain(
    frame: Native,
    row: object,
    *,
    assessment: str,
    purpose: str,
    rule: str | None = None,
    sex: str | None = None,
    age: str | None = None,
    birth_date: str | None = None,
    date: str | dt.date | np.datetime64 | None = None,
    forms: Mapping[str, str] | None = None,
    cutoffs: Mapping[str, Sequence[str] | str] | None = None,
    reviewed: bool = False,
    library: Library | None = None,
) -> ExplainedCase: ...


def explain(
    frame: Native,
    row: object,
    *,
    instrument: ScoredInstrument | str | None = None,
    assessment: str | None = None,
    library: Library | None = None,
    **given: Any,
) -> ExplainedForm | ExplainedCase:
    """Return what a case with the answers of one row comes to, with every step of the way.

    ``row`` is the label of the row in a frame of pandas, its place from 0 in another. With an
    ``instrument`` it is the score and its trace, as :func:`riskbehov.score` and
    :func:`riskbehov.trace` give them; with an ``assessment`` the result of
    :func:`riskbehov.assess` and, for a ``rule``, its condition part by part. The other arguments
    are those of :func:`score` and :func:`recommend`.

    Raises :class:`InputError` for a row that is not there or that no case can be made of, and
    :class:`PrivacyError` as :func:`recommend` does.
    """
    if (instrument is None) == (assessment is None):
        said = message(
            "found {found}, expected an instrument or an assessment",
            found=message("neither") if instrument is None else message("both"),
        )
        raise InputError(Fault(said, "instrument"))
    library = library or own_library()
    if assessment is not None:
        return _case(frame, row, assessment, library, **given)
    if isinstance(instrument, str):
        instrument = library.scored(instrument)
    return _form(frame, row, cast("ScoredInstrument", instrument), **given)


def _form(
    frame: Native,
    row: object,
    instrument: ScoredInstrument,
    *,
    items: Items = None,
    form: str | None = None,
    cutoffs: Sequence[str] | str = (),
    sex: str | None = None,
    age: str | None = None,
    birth_date: str | None = None,
    date: str | dt.date | np.datetime64 | None = None,
) -> ExplainedForm:
    """Return the score of a row, what cannot be handed on as it stands."""
    step = score_step(
        instrument,
        items=items,
        sex=sex,
        age=age,
        birth_date=birth_date,
        date=date,
        form=form,
        cutoffs=cutoffs,
    )
    cells = _cells(_row(frame, row, step.needs), step.needs)
    ids = (item.id for item in step.instrument.items)
    answers = {id_: number_in(cells[c]) for id_, c in zip(ids, step.items, strict=True)}
    day = step.date if not isinstance(step.date, str) else _day(cells[step.date], step.date)
    found = score(
        step.instrument,
        cast("dict[str, int | None]", answers),
        sex=cast("Sex", "unknown" if step.sex is None else sex_in(cells[step.sex])),
        age=cast("int | None", _age(cells, step, day)),
        form=step.form,
        cutoffs=step.cutoffs,
        day=day,
    )
    return ExplainedForm(found, trace(found))


def _case(
    frame: Native,
    row: object,
    assessment: str,
    library: Library,
    *,
    purpose: str,
    rule: str | None = None,
    reviewed: bool = False,
    **given: Any,  # noqa: ANN401 - as the overloads of explain say
) -> ExplainedCase:
    names = [name for name in _names(frame) if isinstance(name, str)]
    step = recommend_step(names, assessment, library, purpose=purpose, reviewed=reviewed, **given)
    rows = _row(apart(frame, step.layout.columns), row, step.needs)
    refuse_personal_frame(rows, step.needs, reviewed=reviewed)
    found = case_of(_cells(rows, step.layout.columns), step.layout, step.ready)
    if rule is None:
        return ExplainedCase(assess(found.case, library, partly=found.partly), None, None)
    return ExplainedCase(*explain_rule(found.case, rule, library, partly=found.partly))


# One row of a frame


def _names(frame: Native) -> list[Any]:
    return list(frame.column_names if kind_of(frame) == "pyarrow" else frame.columns)


def _row(frame: Native, row: object, columns: Sequence[str]) -> "nw.DataFrame[Any]":
    """Return the row as a frame of its own, with the columns that are asked for."""
    places = _places(frame, row)
    if len(places) != 1:
        raise InputError(
            Fault(
                message(
                    "found {count} rows by that name or place, expected one of {rows}",
                    count=len(places),
                    rows=len(frame),
                ),
                "row",
            )
        )
    found: nw.DataFrame[Any] = pick(frame, columns)[places[0] : places[0] + 1]
    return found


def _places(frame: Native, row: object) -> list[int]:
    if kind_of(frame) == "pandas":
        return [int(place) for place in frame.index.get_indexer_for([row]) if place >= 0]
    is_place = isinstance(row, int | np.integer) and not isinstance(row, bool)
    return [int(cast("int", row))] if is_place and 0 <= cast("int", row) < len(frame) else []


def _cells(rows: "nw.DataFrame[Any]", columns: Sequence[str]) -> dict[str, object]:
    return {name: rows[name].to_list()[0] for name in columns}


def _day(cell: object, column: str) -> dt.date | None:
    """Return the day of the assessment, if there is one; nothing else can stand there."""
    day = day_in(cell)
    if isinstance(day, dt.date) or day is None:
        return day
    raise InputError(Fault(message("found no day, expected one such as 2026-03-01"), column))


def _age(cells: Mapping[str, object], step: ScoreStep, day: dt.date | None) -> object:
    if step.age is not None:
        return number_in(cells[step.age])
    return None if step.birth_date is None else age_in(cells[step.birth_date], day)
