"""The processes of one case, step by step, by all that is known of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from riskbehov.assessing.assessment import assess, case_facts
from riskbehov.assessing.facts import consent_facts
from riskbehov.criteria import check_list
from riskbehov.library import Library
from riskbehov.logic.vocabulary import Interval, Vocabulary
from riskbehov.models.case import Case
from riskbehov.models.process import Process
from riskbehov.models.result import Result
from riskbehov.models.rule import LegalEntry
from riskbehov.process.steps import FollowedProcess, ListVerdict, follow
from riskbehov.rules.book import assessment_vocabulary


@dataclass(frozen=True, slots=True)
class FollowedCase:
    """One assessed case and the processes that it is followed through."""

    result: Result
    processes: tuple[FollowedProcess, ...]


def follow_case(
    case: Case,
    library: Library,
    *,
    process: str | None = None,
    day: dt.date | None = None,
    path: Path | None = None,
) -> FollowedCase:
    """Return how a case stands in a process; without one, in those that it names, else in all.

    Raises as :func:`assess` does, and :class:`UnknownIdError` for a process that there is not.
    """
    if process is not None:
        library.process(process)
    result = assess(case, library, day=day, path=path)
    words = assessment_vocabulary(library, result.assessment)
    facts = case_facts(result, library, words)
    named = tuple(id_ for id_ in library.process_ids if id_ in case.process)
    wanted = (process,) if process is not None else named or library.process_ids
    return FollowedCase(
        result,
        tuple(_followed(result, library, library.process(id_), words, facts) for id_ in wanted),
    )


def _followed(
    result: Result,
    library: Library,
    process: Process,
    words: Vocabulary,
    facts: Mapping[str, Interval],
) -> FollowedProcess:
    return follow(
        process,
        result.case.process.get(process.id, {}),
        facts,
        _lists(process, library, words, facts, result.as_of),
        words=words,
        legal=_law(process, library),
        day=result.as_of,
        facts_on=lambda day: _consents_on(result.case, words, day),
    )


def _consents_on(case: Case, words: Vocabulary, day: dt.date) -> dict[str, Interval]:
    """Return with whom information might be exchanged on another day of a case."""
    return consent_facts(case.model_copy(update={"date": day}), words)


def _law(process: Process, library: Library) -> dict[str, LegalEntry]:
    """Return the grounds in law of a process; raises :class:`UnknownIdError` for one unknown."""
    keys = dict.fromkeys(key for step in process.steps for key in step.legal)
    for key in keys:
        library.legal(key)
    return {key: library.legal_entries[key] for key in keys}


def _lists(
    process: Process,
    library: Library,
    words: Vocabulary,
    facts: Mapping[str, Interval],
    day: dt.date,
) -> dict[str, ListVerdict]:
    """Return the verdict on every list of criteria that the process names."""
    ids = dict.fromkeys(id_ for step in process.steps for id_ in step.criteria)
    found = (check_list(library, id_, words, facts, day) for id_ in ids)
    return {
        checked.list.id: ListVerdict(
            checked.list.id, checked.list.name, checked.verdict, checked.missing
        )
        for checked in found
    }
