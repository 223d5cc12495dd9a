"""A row of a table as a case: what it says, in the words of a case file.

Cell by cell, and not by the arrays that go through a whole table: so that the two can be held
against each other. What cannot be is handed on as it stands, for the checks of a case to refuse.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias, get_args

from riskbehov import yamlfile
from riskbehov.assessing.arrays import Ready
from riskbehov.errors import CaseError, Fault
from riskbehov.i18n import N_, _, message
from riskbehov.logic.vocabulary import Interval
from riskbehov.models.assessment import RISK_LEVELS
from riskbehov.models.base import Party
from riskbehov.models.case import Case
from riskbehov.models.fact import Fact
from riskbehov.models.instrument import RecordedMethod
from riskbehov.tables.frames.values import is_missing
from riskbehov.tables.recommendations.cells import (
    ODD,
    age_in,
    day_in,
    number_in,
    sex_in,
    truth_in,
    word_in,
)
from riskbehov.tables.recommendations.facts import says_nothing
from riskbehov.tables.recommendations.layout import CONSENTS, Layout, Part

Cells: TypeAlias = Mapping[str, object]
"""The cells of one row, by column."""
_WHERE = "row"
_GROUND = N_("not in the table: ask whoever made it on what legal ground it was obtained")


class RowCase(NamedTuple):
    """A row as a case, and what it says in part only, which a case file has no words for."""

    case: Case
    partly: Mapping[str, Interval]


def case_of(cells: Cells, layout: Layout, ready: Ready) -> RowCase:
    """Return the case that a row tells of.

    Raises :class:`CaseError` where no case can be made of it.
    """
    day = layout.date if isinstance(layout.date, dt.date) else day_in(cells[layout.date])
    faults = [*_elsewhere(cells, layout), *_contradiction(cells, layout)]
    if faults:
        raise CaseError(faults)
    facts, told = _facts(cells, layout, ready)
    members, partly = _lists(cells, layout, ready)
    consents, more = _consents(cells, layout, day)
    plain = {
        "case": _WHERE,
        "date": day,
        "assessment": ready.assessment.id,
        "person": {
            "age": _age(cells, layout, day),
            "sex": sex_in(None if layout.sex is None else cells[layout.sex]),
        },
        "instruments": dict(_instruments(cells, layout)),
        "facts": {**facts, **members},
        "consents": consents,
        "obtained": list(_obtained(told, ready, day)),
        "recorded_results": list(_recorded(cells, layout, ready)),
        "professional_risk": _professional(cells, layout),
    }
    kept = {key: value for key, value in plain.items() if value is not None}
    case = yamlfile.validate(kept, Case, path=_WHERE, error=CaseError)
    return RowCase(case, {**partly, **more})


# Who


def _age(cells: Cells, layout: Layout, day: object) -> object:
    if layout.age is not None:
        return number_in(cells[layout.age])
    return age_in(cells[str(layout.birth_date)], day)


# What was answered


def _instruments(cells: Cells, layout: Layout) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the instruments with any answer; of the others nothing is said.

    What drives crime, or is a strength, is said too, for the checks of a case to refuse without an
    answer; that it is none is not, for a column of ticks has that wherever nobody was asked.
    """
    for id_ in {**layout.items, **layout.drivers, **layout.strengths}:
        answers = _answers(id_, cells, layout)
        said = [value for answer in answers.values() for value in answer.values()]
        is_rated = any(answer.get("code") is not None for answer in answers.values())
        if is_rated or ODD in said or True in said:
            found: dict[str, Any] = {"answers": answers}
            if id_ in layout.forms:
                found["form"] = layout.forms[id_]
            if id_ in layout.cutoffs:
                found["cutoffs"] = list(layout.cutoffs[id_])
            yield id_, found


def _answers(id_: str, cells: Cells, layout: Layout) -> dict[str, dict[str, object]]:
    answers: dict[str, dict[str, object]] = {}
    for item, column in layout.items.get(id_, {}).items():
        answers[item] = {"code": number_in(cells[column])}
    for key, columns in (("driver", layout.drivers), ("strength", layout.strengths)):
        for item, column in columns.get(id_, {}).items():
            answers.setdefault(item, {})[key] = truth_in(cells[column])
    return answers


# What is stated


def _facts(
    cells: Cells, layout: Layout, ready: Ready
) -> tuple[dict[str, object], dict[str, object]]:
    """Return the facts that are stated, and those that other authorities have told."""
    stated: dict[str, object] = {}
    told: dict[str, object] = {}
    for name, column in layout.facts.items():
        fact = ready.library.facts[name]
        value = _reader(fact)(cells[column])
        if value is not None and name not in CONSENTS:
            (told if fact.matter else stated)[name] = value
    return stated, told


def _reader(fact: Fact) -> Callable[[object], object]:
    if fact.type == "integer":
        return lambda cell: None if says_nothing(cell) else number_in(cell)
    words = [value.id for value in fact.values]
    return truth_in if fact.type == "bool" else lambda cell: word_in(cell, words)


def _lists(
    cells: Cells, layout: Layout, ready: Ready
) -> tuple[dict[str, object], dict[str, Interval]]:
    """Return the lists that are known, and as bits those of which some members are not."""
    known: dict[str, object] = {}
    partly: dict[str, Interval] = {}
    for name, columns in layout.members.items():
        ids = [value.id for value in ready.library.facts[name].values]
        said = {id_: truth_in(cells[columns[id_]]) if id_ in columns else None for id_ in ids}
        if ODD in said.values():
            known[name] = ODD
        elif None not in said.values():
            known[name] = [id_ for id_, value in said.items() if value]
        elif any(value is not None for value in said.values()):
            partly[name] = (
                sum(1 << place for place, id_ in enumerate(ids) if said[id_]),
                sum(1 << place for place, id_ in enumerate(ids) if said[id_] is not False),
            )
    return known, partly


def _obtained(told: Mapping[str, object], ready: Ready, day: object) -> Iterator[dict[str, Any]]:
    """Yield what only other authorities tell; its ground stands with whoever made the table."""
    for name, value in told.items():
        party = ready.library.facts[name].stated_by
        yield {
            "from": party if party in get_args(Party) else "other",
            "date": day,
            "law": _(_GROUND),
            "facts": {name: value},
        }


def _consents(
    cells: Cells, layout: Layout, day: object
) -> tuple[list[dict[str, Any]] | None, dict[str, Interval]]:
    """Return the consents, or as intervals what is known where that does not tell all."""
    held, police = (
        truth_in(cells[layout.facts[name]]) if name in layout.facts else None for name in CONSENTS
    )
    if held is False:
        return [], {}
    if police is True:
        return [_consent("police", day)], {}
    if held is True and police is False:
        return [_consent("other", day)], {}
    known = dict(zip(CONSENTS, (held, police), strict=True))
    return None, {name: (int(v), int(v)) for name, v in known.items() if isinstance(v, bool)}


def _consent(party: str, day: object) -> dict[str, Any]:
    return {
        "id": "table",
        "to": [party],
        "about": ["assessments"],
        "situations": _("not in the table: ask whoever made it what the consent holds for"),
        "form": "written",
        "given": day,
    }


def _contradiction(cells: Cells, layout: Layout) -> Iterator[Fault]:
    """Yield what no consents can say, and what is no answer to the question."""
    said = {name: truth_in(cells[layout.facts[name]]) for name in CONSENTS if name in layout.facts}
    for name, value in said.items():
        if not isinstance(value, bool | None):
            yield Fault(
                message("found something else, expected {expected}", expected="true, false"),
                layout.facts[name],
            )
    if [said.get(name) for name in CONSENTS] == [False, True]:
        yield Fault(
            message("found a consent with the police and none with anyone, expected one of them"),
            layout.facts[CONSENTS[0]],
        )


def _elsewhere(cells: Cells, layout: Layout) -> Iterator[Fault]:
    for column, id_ in layout.elsewhere.items():
        if not is_missing(cells[column]):
            yield Fault(
                message("found an answer, expected none: the assessment does not use {id}", id=id_),
                column,
            )


# What others have assessed


def _recorded(cells: Cells, layout: Layout, ready: Ready) -> Iterator[dict[str, Any]]:
    """Yield the results with a level or a day; for how long it was meant is none by itself."""
    for method in ready.methods:
        columns = layout.recorded.get(method.id, {})
        said = {part: _part(part, cells[column], method) for part, column in columns.items()}
        found: dict[str, object] = {p: value for p, value in said.items() if value is not None}
        if "level" in found or "date" in found:
            ground = {"law": _(_GROUND)} if method.made_by else {}
            yield {"method": method.id, **found, **ground}


def _part(part: Part, cell: object, method: RecordedMethod) -> object:
    match part:
        case "level":
            return word_in(cell, [level.id for level in method.levels])
        case "date":
            return day_in(cell)
        case "valid_months":
            return number_in(cell)


def _professional(cells: Cells, layout: Layout) -> dict[str, object] | None:
    level = word_in(cells[layout.professional], RISK_LEVELS) if layout.professional else None
    if level is None:
        return None
    return {"level": level, "reason": _("not in the table: ask whoever made it for the reasons")}
