"""The threat as the police have stated it, day by day: recorded, compared, never worked out."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from riskbehov.models.base import Labelled
from riskbehov.models.case import Case
from riskbehov.models.fact import Fact
from riskbehov.models.result import Threat, ThreatChange, ThreatStatement

THREAT = "threat_level"
"""The fact that the police tell."""


def threat_history(case: Case, fact: Fact | None) -> Threat | None:
    """Return what the police have said of the threat; nothing where they have said nothing.

    With an agreed plan, every change after its day counts; without one, the last change.
    """
    statements = _statements(case, fact) if fact is not None else ()
    if not statements:
        return None
    agreed = case.action_plan.date if case.action_plan else None
    changes = _since(statements, agreed) if agreed else _last(statements)
    return Threat(statements, agreed, tuple(changes))


def _statements(case: Case, fact: Fact) -> tuple[ThreatStatement, ...]:
    """Return one statement for each day; two of one day say the same, or the case is refused."""
    levels: dict[str, Labelled] = {value.id: value for value in fact.values}
    told = {t.date: t.facts[fact.id] for t in case.obtained if fact.id in t.facts}
    return tuple(ThreatStatement(day, levels.get(told[day])) for day in sorted(told))


def _since(statements: tuple[ThreatStatement, ...], agreed: dt.date) -> Iterator[ThreatChange]:
    before: ThreatStatement | None = None
    for statement in statements:
        if statement.date > agreed and not _is_same(before, statement):
            yield ThreatChange(before, statement)
        before = statement


def _last(statements: tuple[ThreatStatement, ...]) -> Iterator[ThreatChange]:
    for before, after in list(pairwise(statements))[-1:]:
        if not _is_same(before, after):
            yield ThreatChange(before, after)


def _is_same(before: ThreatStatement | None, after: ThreatStatement) -> bool:
    """Tell whether two statements are known to say the same: what is open may be anything."""
    return before is not None and after.level is not None and before.level == after.level
