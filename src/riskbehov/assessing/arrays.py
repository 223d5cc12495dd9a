"""Many persons at once: needs, risk, intensity, targets and verdicts, one number a row.

Each row comes to what :func:`riskbehov.assess` says of the same person as a case. Scores, rules and
tables are worked out by the arrays of their own packages; here they meet as facts.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from riskbehov.assessing.recordedarrays import recorded_faults
from riskbehov.library import Library
from riskbehov.logic.evaluate import Columns, Whole
from riskbehov.logic.vocabulary import FactType
from riskbehov.models.assessment import Assessment, Matrix
from riskbehov.models.instrument import Item, RecordedMethod, ScoredInstrument
from riskbehov.planning.arrays import (
    NONE,
    Bytes,
    Days,
    Flags,
    LevelTables,
    RecordedArrays,
    RiskArrays,
    Spans,
    intensity_many,
    level_tables,
    multimodal_many,
    places_many,
    risk_many,
    risk_sources,
)
from riskbehov.rules.arrays import judge_many
from riskbehov.rules.book import NEED, RuleBook, rule_book
from riskbehov.scoring.arrays import MISSING, SEX_CODES, ScoreArrays, score_many
from riskbehov.scoring.compiled import legal_table
from riskbehov.scoring.passes import skips_taken
from riskbehov.scoring.plan import plan
from riskbehov.yamlfile import Place

Refused: TypeAlias = tuple[Place, Flags]
"""Where in a case something stands that cannot be, and in which rows."""
_SMALL = 127
"""The greatest number of a fact that is kept in a byte, with room for sums."""


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """An assessment with all that it takes to carry it out over many rows."""

    library: Library
    assessment: Assessment
    book: RuleBook
    matrix: Matrix | None
    tables: LevelTables | None
    instruments: tuple[ScoredInstrument, ...]
    needs: ScoredInstrument | None
    methods: tuple[RecordedMethod, ...]
    """Every method with levels, also those that are for other ages."""
    first: dt.date
    """Before this day nothing can be told."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Return what may tell the risk of reoffending."""
        return risk_sources(self.methods)

    @property
    def areas(self) -> tuple[Item, ...]:
        """Return the need areas that can be targets."""
        if self.needs is None or self.matrix is None:
            return ()
        return tuple(item for item in self.needs.items if not item.static)


def ready_assessment(library: Library, assessment: Assessment) -> Ready:
    """Return an assessment made ready; raises :class:`DataError` if its data files are faulty."""
    book = rule_book(library, assessment)
    matrix = library.matrix(assessment.id)
    acute = (r.rule.valid.from_ for r in book.rules if r.rule.block == "acute")
    methods = map(library.method, library.method_ids)
    return Ready(
        library=library,
        assessment=assessment,
        book=book,
        matrix=matrix,
        tables=level_tables(matrix) if matrix else None,
        instruments=tuple(map(library.scored, assessment.instruments)),
        needs=library.scored(assessment.needs) if assessment.needs else None,
        methods=tuple(method for method in methods if method.levels),
        first=min(acute, default=dt.date.min),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Persons:
    """What is known of many persons, one a row; what is left out is not known of anyone."""

    age: Bytes
    """In whole years; :data:`NONE` where it is not known or cannot be."""
    sex: Bytes
    """Places in :data:`SEX_CODES`."""
    day: Days
    """The days of the assessments."""
    codes: Mapping[str, Bytes]
    """By instrument: a row for each item."""
    drivers: Mapping[str, Flags]
    """By area: whether it drives this person's crime."""
    facts: Mapping[str, tuple[Whole, Whole]]
    """By name: the least and the greatest value that each can have."""
    recorded: Sequence[RecordedArrays]
    professional: Bytes
    """The professional's own judgement, as places in ``RISK_LEVELS``."""
    forms: Mapping[str, str]
    """By instrument: how it was given to all."""
    cutoffs: Mapping[str, Sequence[str]]
    """By instrument: the sets to go by."""

    def __len__(self) -> int:
        """Return how many persons there are."""
        return len(self.age)


@dataclass(frozen=True, slots=True, eq=False)
class Assessed:
    """What many assessments come to; what stands in a row that is refused says nothing."""

    refused: tuple[Refused, ...]
    """All that a case would be refused for, each with its rows."""
    count: Spans
    """The least and the greatest number of identified areas that can change."""
    risk: RiskArrays
    intensity: Spans | None
    targets: Bytes
    """A row for each area that can change: its place among the targets, 0 for none."""
    answered: Flags
    """A row for each area that can change: whether it was rated."""
    multimodal: Bytes
    """0 no, 1 cannot tell, 2 yes."""
    verdicts: Mapping[str, Bytes]
    """By rule: places in :data:`riskbehov.rules.arrays.VERDICTS`."""


def assess_many(
    persons: Persons, ready: Ready, *, today: dt.date, rules: Collection[str] | None = None
) -> Assessed:
    """Assess many persons, each as :func:`riskbehov.assess` would.

    ``today`` is the last day that an assessment may have; ``rules`` are those wanted, all if left
    out. Whatever a case would be refused for stands in what is returned, and is raised by nobody.
    """
    refused = tuple(_refused(persons, ready, today))
    persons = _sound(persons, ready, refused)
    scores = {each.id: _score(persons, each) for each in _scored(persons, ready)}
    count = _count(persons, ready, scores)
    ratings = _ratings(persons, ready)
    risk = risk_many(
        persons.recorded,
        persons.professional,
        sources=ready.sources,
        history=_history(persons, ready),
        count=count,
        age=persons.age,
        day=persons.day,
        tables=ready.tables,
    )
    facts = {
        **persons.facts,
        **_person_facts(persons, ready),
        **_score_facts(scores, ready, len(persons)),
        **_answer_facts(persons, ready),
        "identified_needs": count,
        **_level_facts(risk, ready),
    }
    least = ready.matrix.identified_from if ready.matrix else NONE
    return Assessed(
        refused=refused,
        count=count,
        risk=risk,
        intensity=intensity_many(risk, count, ready.tables) if ready.tables else None,
        targets=places_many(ratings, persons.drivers, least),
        answered=np.array([codes != NONE for codes in ratings.values()], np.bool_),
        multimodal=multimodal_many(count),
        verdicts=judge_many(ready.book, facts, len(persons), persons.day, only=rules),
    )


# What a case would be refused for


def _refused(persons: Persons, ready: Ready, today: dt.date) -> Iterator[Refused]:
    for place, where in _faults(persons, ready, today):
        if where.any():
            yield place, where


def _faults(persons: Persons, ready: Ready, today: dt.date) -> Iterator[Refused]:
    oldest = ready.book.vocabulary["age"].unknown[1]
    ages = [age in ready.assessment.ages and age <= oldest for age in range(256)]
    yield ("person", "age"), ~np.array(ages)[persons.age]
    day = persons.day
    is_of_time = (day >= np.datetime64(ready.first, "D")) & (day <= np.datetime64(today, "D"))
    yield ("date",), ~is_of_time
    yield ("person", "sex"), persons.sex >= len(SEX_CODES)
    for instrument in ready.instruments:
        if instrument.id in persons.codes:
            yield from _illegal(instrument, persons.codes[instrument.id])
    for found in persons.recorded:
        yield from recorded_faults(found, persons.age, day)


def _illegal(instrument: ScoredInstrument, codes: Bytes) -> Iterator[Refused]:
    table = legal_table(plan(instrument))
    table[:, MISSING] = True
    for item, may_be, column in zip(instrument.items, table, codes, strict=True):
        yield ("instruments", instrument.id, "answers", item.id), ~may_be[column]


def _sound(persons: Persons, ready: Ready, refused: Sequence[Refused]) -> Persons:
    """Return persons without what cannot be, so that their rows can be worked out with the rest."""
    if not refused:
        return persons
    codes = {id_: matrix.copy() for id_, matrix in persons.codes.items()}
    items = {each.id: [item.id for item in each.items] for each in ready.instruments}
    for place, where in refused:
        match place:
            case ("instruments", str() as id_, "answers", str() as item):
                codes[id_][items[id_].index(item), where] = MISSING
            case _:
                pass
    is_no_sex = persons.sex >= len(SEX_CODES)
    is_no_age = persons.age > ready.book.vocabulary["age"].unknown[1]
    return replace(
        persons,
        age=np.where(is_no_age, np.uint8(NONE), persons.age),
        sex=np.where(is_no_sex, np.uint8(SEX_CODES.index("unknown")), persons.sex),
        codes=codes,
    )


# Scores and needs


def _scored(persons: Persons, ready: Ready) -> Iterator[ScoredInstrument]:
    """Yield the instruments whose scores are asked for."""
    for instrument in ready.instruments:
        is_asked = instrument is ready.needs or f"{instrument.id}_problem" in ready.book.vocabulary
        if is_asked and instrument.id in persons.codes:
            yield instrument


def _score(persons: Persons, instrument: ScoredInstrument) -> ScoreArrays:
    return score_many(
        instrument,
        persons.codes[instrument.id],
        sex=persons.sex,
        age=persons.age,
        day=persons.day,
        form=persons.forms.get(instrument.id),
        cutoffs=persons.cutoffs.get(instrument.id, ()),
    )


def _count(persons: Persons, ready: Ready, scores: Mapping[str, ScoreArrays]) -> Spans:
    """Return how many areas are identified; of whom nothing is rated, from none to all."""
    rows = len(persons)
    low, high = np.zeros(rows, np.uint8), np.zeros(rows, np.uint8)
    if ready.needs is None or ready.matrix is None:
        return low, high
    scale = ready.matrix.identified_scale
    high[:] = len(next(s for s in ready.needs.scales if s.id == scale).items)
    if ready.needs.id in scores:
        found = scores[ready.needs.id]
        np.copyto(low, found.scales[scale].low, where=found.told, casting="unsafe")
        np.copyto(high, found.scales[scale].high, where=found.told, casting="unsafe")
    return low, high


def _ratings(persons: Persons, ready: Ready) -> dict[str, Bytes]:
    """Return the ratings of the areas that can change, in the order of the instrument."""
    codes = persons.codes.get(ready.needs.id) if ready.needs else None
    nothing = np.full(len(persons), NONE, np.uint8)
    items = [item.id for item in ready.needs.items] if ready.needs else []
    return {
        area.id: nothing if codes is None else codes[items.index(area.id)] for area in ready.areas
    }


def _history(persons: Persons, ready: Ready) -> Bytes:
    """Return the ratings of the area that the suggestion looks at."""
    suggestion = ready.matrix.suggestion if ready.matrix else None
    if suggestion is not None and ready.needs is not None and ready.needs.id in persons.codes:
        number = [item.id for item in ready.needs.items].index(suggestion.history)
        rated: Bytes = persons.codes[ready.needs.id][number]
        return rated
    return np.full(len(persons), NONE, np.uint8)


# Facts


def spans(values: Whole, is_known: Flags, fact: FactType) -> tuple[Whole, Whole]:
    """Return a fact as the least and the greatest value that each person can have."""
    low, high = fact.unknown
    held: Whole = values.astype(np.uint8 if low >= 0 and high <= _SMALL else np.int64)
    if is_known.all():
        return held, held
    ends = (np.where(is_known, held, np.array(end, held.dtype)) for end in (low, high))
    least, most = ends
    return least, most


def _person_facts(persons: Persons, ready: Ready) -> Columns:
    words = ready.book.vocabulary
    values = words["sex"].values
    places = np.array([values.index(sex) if sex in values else NONE for sex in SEX_CODES], np.uint8)
    sex = places[persons.sex]
    return {
        "age": spans(persons.age, persons.age != NONE, words["age"]),
        "sex": spans(sex, sex != NONE, words["sex"]),
    }


def _score_facts(scores: Mapping[str, ScoreArrays], ready: Ready, rows: int) -> Columns:
    """Return whether the totals are at or above the problem limit, at least and at most."""
    found = {}
    for id_, score in scores.items():
        if f"{id_}_problem" in ready.book.vocabulary and score.chosen.size:
            found[f"{id_}_problem"] = _reaches_problem(score, rows)
    return found


def _reaches_problem(score: ScoreArrays, rows: int) -> Spans:
    low, high = np.zeros(rows, np.uint8), np.ones(rows, np.uint8)
    for number, cutoffs in enumerate(score.instrument.cutoff_sets):
        if cutoffs.problem_from is None or cutoffs.scale != "total":
            continue
        limit = [band.id for band in cutoffs.bands].index(cutoffs.problem_from)
        least, most = score.bands[cutoffs.id]
        is_judged = (score.chosen == number) & (least != NONE)
        np.copyto(low, least >= limit, where=is_judged)
        np.copyto(high, most >= limit, where=is_judged)
    return low, high


def _answer_facts(persons: Persons, ready: Ready) -> Columns:
    """Return the ratings of the areas, and the answers of the profiles."""
    found: dict[str, tuple[Whole, Whole]] = {}
    for instrument in ready.instruments:
        if instrument.id not in persons.codes:
            continue
        codes = persons.codes[instrument.id]
        if instrument is ready.needs and ready.matrix is not None:
            found |= _by_item(instrument, codes, NEED, ready)
        if instrument.kind == "profile":
            used = with_inferred(instrument, codes, persons.forms.get(instrument.id))
            found |= _by_item(instrument, used, f"{instrument.id}.", ready)
    return found


def with_inferred(instrument: ScoredInstrument, codes: Bytes, form: str | None) -> Bytes:
    """Return the codes with zero for the blanks of every skip that was taken."""
    ready = plan(instrument)
    if not ready.skips or not ready.forms[form or instrument.forms[0].id].skips:
        return codes
    ends = [(legal[0], legal[-1]) for legal in map(instrument.legal, instrument.items)]
    columns = {
        name: (np.where(column == MISSING, low, column), np.where(column == MISSING, high, column))
        for name, column, (low, high) in zip(ready.names, codes, ends, strict=True)
    }
    used = codes.copy()
    for skip, is_taken in skips_taken(ready, columns, codes.shape[1]):
        for position in skip.positions:
            used[position, is_taken] = 0
    return used


def _by_item(instrument: ScoredInstrument, codes: Bytes, prefix: str, ready: Ready) -> Columns:
    words = ready.book.vocabulary
    return {
        prefix + item.id: spans(column, column != MISSING, words[prefix + item.id])
        for item, column in zip(instrument.items, codes, strict=True)
    }


def _level_facts(risk: RiskArrays, ready: Ready) -> Columns:
    """Return the levels of risk; of whom nothing is told, they are not known."""
    words = ready.book.vocabulary
    low, high = risk.violence
    least, most = words["violence_level"].unknown
    return {
        "risk_level": (risk.low, risk.high),
        "violence_level": (
            np.where(low == NONE, np.uint8(least), low),
            np.where(high == NONE, np.uint8(most), high),
        ),
    }
