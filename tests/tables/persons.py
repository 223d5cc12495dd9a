"""Rows of research tables made for tests, and what the case path says of each of them."""

import datetime as dt
import random
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from riskbehov import tables
from riskbehov.assessing import assess
from riskbehov.assessing.arrays import Ready, ready_assessment
from riskbehov.errors import InputError
from riskbehov.library import Library
from riskbehov.models.assessment import RISK_LEVELS
from riskbehov.models.case import Case
from riskbehov.models.fact import Fact
from riskbehov.models.instrument import RecordedMethod
from riskbehov.models.result import Result
from riskbehov.process.consent import valid_on
from riskbehov.process.exchange import said_of
from riskbehov.tables.frames.columns import column_of
from riskbehov.tables.recommendations.cases import case_of
from riskbehov.tables.recommendations.layout import Layout
from riskbehov.tables.recommendations.made import rule_column, target_column
from riskbehov.tables.recommendations.recommending import RecommendStep, recommend_step

LIBRARY = Library.open()
READY = {id_: ready_assessment(LIBRARY, LIBRARY.assessment(id_)) for id_ in LIBRARY.assessment_ids}
FIRST, LAST = dt.date(2019, 1, 1), dt.date(2026, 11, 1)
"""The acute rules are in force from the first; the last has been."""

Make = Callable[[random.Random], object]
Row = dict[str, object]


PURPOSE = "Pröva tabeller"
DAY = dt.date(2026, 6, 15)


def adult(**more: Any) -> Row:
    return {"age": 30, "sex": "male", "date": DAY, **more}


def step_for(frame: pd.DataFrame, id_: str, **more: Any) -> RecommendStep:
    library = more.pop("library", LIBRARY)
    return recommend_step(list(frame.columns), id_, library, **{"purpose": PURPOSE, **more})


def recommended(rows: list[Row], id_: str = "adult", **more: Any) -> pd.DataFrame:
    given = {"purpose": PURPOSE, "library": LIBRARY, **more}
    return tables.recommend(table_of(rows), id_, **given)


def members(fact: Fact) -> list[str]:
    """Return what can stand in a list, or what a fact can be."""
    return [value.id for value in fact.values]  # noqa: PD011 - no frame


# What the case path says


def said_of_row(cells: Mapping[str, object], layout: Layout, ready: Ready) -> Row:
    """Return what a case of the same cells comes to, by the columns of the results."""
    try:
        found = case_of(cells, layout, ready)
        result = assess(found.case, ready.library, partly=found.partly)
    except InputError:
        return {"state": "invalid"}
    return said_of_result(result, ready)


def said_of_result(result: Result, ready: Ready) -> Row:
    chosen, violence, needs = result.risk.chosen, result.risk.violence, result.needs
    source = None if chosen is None else chosen.source
    least, most = result.intensity or (None, None)
    return {
        "state": "assessed",
        "risk_low": result.risk.low,
        "risk_high": result.risk.high,
        "risk_source": "suggestion" if source == "matrix" else source,
        "violence_low": violence.low if violence else None,
        "violence_high": violence.high if violence else None,
        **({"intensity_low": least, "intensity_high": most} if result.intensity else {}),
        "needs_low": needs.count_low,
        "needs_high": needs.count_high,
        **{
            target_column(area.id): None
            if area.id in needs.unanswered
            else result.targets.index(area.id) + 1
            if area.id in result.targets
            else 0
            for area in ready.areas
        },
        "multimodal": result.plan.multimodal,
        **{rule_column(v.rule.id): v.verdict for v in result.verdicts},
    }


def made_of_row(found: pd.DataFrame, place: int, names: Mapping[str, object]) -> Row:
    """Return some results of a row as plain values; nothing for an empty cell."""
    return {name: plain(found[name].iloc[place]) for name in names}


def plain(cell: Any) -> object:
    if cell is None or cell is pd.NA or cell != cell:  # noqa: PLR0124 - NaN
        return None
    return cell.item() if hasattr(cell, "item") else cell


# Rows


def row_of(case: Case) -> Row:
    """Return a case as one row, without what a row cannot hold.

    Left out: the key, how and when an instrument was given, indicators, evidence and sources of
    information; of recorded results all but level, day and months; grounds and parties of what was
    obtained; the inventory, the own view, what was declined or agreed, processes and reasons.
    """
    row: Row = {"age": case.person.age, "sex": case.person.sex, "date": case.date}
    for id_, given in case.instruments.items():
        for item, answer in given.answers.items():
            name = column_of(id_, item)
            row[name] = answer.code
            if LIBRARY.scored(id_).kind == "rating":
                row |= {f"{name}_driver": answer.driver, f"{name}_strength": answer.strength}
    for name, value in said_of(case).items():
        row |= _stated(LIBRARY.facts[name], value)
    for found in case.recorded_results:
        if LIBRARY.method(found.method).levels:
            parts = {"level": found.level, "date": found.date, "valid_months": found.valid_months}
            row |= {column_of(found.method, part): value for part, value in parts.items()}
    if case.professional_risk:
        row["professional_risk"] = case.professional_risk.level
    return row | _consents(case)


def _stated(fact: Fact, value: Any) -> Row:
    if fact.type != "set":
        return {fact.id: value}
    if value in (None, "unknown"):
        return {}
    return {column_of(fact.id, member): member in value for member in members(fact)}


def _consents(case: Case) -> Row:
    if case.consents is None:
        return {}
    held = valid_on(case.consents, case.date)
    return {
        "consent_exchange": bool(held),
        "consent_police": any("police" in consent.to for consent in held),
    }


def cells_of(ready: Ready) -> dict[str, Make]:
    """Return every column that an assessment reads, save those of the person, with what fits."""
    made: dict[str, Make] = {"professional_risk": lambda draw: draw.choice(RISK_LEVELS)}
    for instrument in ready.instruments:
        for item in instrument.items:
            name = column_of(instrument.id, item.id)
            made[name] = _code(instrument.legal(item))
            if instrument.kind == "rating":
                made |= {f"{name}_driver": truth, f"{name}_strength": truth}
    for fact in LIBRARY.facts.values():
        is_consent = fact.id in ("consent_exchange", "consent_police")
        if fact.is_impersonal or (fact.is_derived and not is_consent):
            continue
        if fact.type == "set":
            made |= {column_of(fact.id, member): truth for member in members(fact)}
        else:
            made[fact.id] = truth if fact.type == "bool" else _word(members(fact))
    return made


def truth(draw: random.Random) -> object:
    return draw.choice([True, False, 1, 0, 1.0, "true", "False", " 0 ", "unknown"])


def number(draw: random.Random, value: int) -> object:
    return draw.choice([value, value, float(value), str(value), f" {value} ", f"{value},0"])


def day(draw: random.Random, found: dt.date) -> object:
    at_noon = dt.datetime(found.year, found.month, found.day, 12)  # noqa: DTZ001 - no zone in a cell
    return draw.choice([found, at_noon, found.isoformat(), found.strftime("%Y%m%d")])


def _code(legal: tuple[int, ...]) -> Make:
    return lambda draw: number(draw, draw.choice(legal))


def _word(words: list[str]) -> Make:
    return lambda draw: draw.choice([*words, f" {words[0]} ", "unknown"])


GAPS = (None, float("nan"), "", "  ")
ODD = (True, 3.5, 99, "tre", -1, dt.date(2025, 1, 1), "77", "ja", b"0")
"""Cells that few columns can hold, and some that any column can."""


def rows_made(
    ready: Ready, rows: int, *, seed: int, gaps: float = 0.2, odd: float = 0.0, absent: float = 0.1
) -> list[Row]:
    """Return rows with all that can stand in them; ``gaps`` and ``odd`` are shares of cells."""
    draw = random.Random(seed)
    columns = {n: make for n, make in cells_of(ready).items() if draw.random() >= absent}
    methods = [method for method in ready.methods if draw.random() >= absent]
    return [_row(draw, ready, columns, methods=methods, gaps=gaps, odd=odd) for _ in range(rows)]


def _row(
    draw: random.Random,
    ready: Ready,
    columns: Mapping[str, Make],
    *,
    methods: list[RecordedMethod],
    gaps: float,
    odd: float,
) -> Row:
    ages = ready.assessment.ages
    top = ages.to if ages.to is not None else draw.choice([20, 30, 90])
    age = draw.randint(ages.from_, top)
    on = FIRST + dt.timedelta(days=draw.randint(0, (LAST - FIRST).days))
    row: Row = {
        "age": number(draw, age),
        "sex": draw.choice(["male", "female", "other", "unknown", " male ", None]),
        "date": day(draw, on),
    }
    for name, make in columns.items():
        row[name] = draw.choice(GAPS) if draw.random() < gaps else make(draw)
    if "consent_exchange" in row and draw.random() < 0.9:  # else it may contradict the other
        row["consent_exchange"] = draw.choice(GAPS)
    for method in methods:
        row |= _result(draw, method, age, on)
    for name in row:
        if draw.random() < odd:
            row[name] = draw.choice(ODD)
    return row


def _result(draw: random.Random, method: RecordedMethod, age: int, on: dt.date) -> Row:
    """Return a recorded result, mostly one that can be, on both sides of its last day."""
    names = [column_of(method.id, part) for part in ("level", "date", "valid_months")]
    if draw.random() < (0.5 if age in method.ages else 0.98):
        return dict.fromkeys(names)
    back = draw.choice([-1, 0, 0, 1, 29, 30, 31, 90, 181, 184, 364, 365, 366, 400])
    if back < 0 and draw.random() < 0.9:
        back = 0
    months = draw.choice([None, 1, 3, "6", 12.0]) if draw.random() < 0.99 else 13
    found = draw.choice(method.levels).id, day(draw, on - dt.timedelta(days=back)), months
    return dict(zip(names, found, strict=True))


def table_of(rows: list[Row]) -> pd.DataFrame:
    """Return rows as a frame that holds each cell as it is."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {n: pd.Series([row.get(n) for row in rows], dtype=object) for n in names}
    return pd.DataFrame(columns)
