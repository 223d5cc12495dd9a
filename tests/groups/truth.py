"""The true counts behind a release, counted straight from the records, for the tests alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from riskbehov.models.extract import Record

UNTELLING = {
    "unanswered",
    "several-possible",
    "cannot-tell",
    "not-filled-in",
    "no-goals",
    "followed",
    "not-followed",
    1,  # agreed but not given
    2,  # given but not completed
}
"""Categories of which zero may be told: it says nothing of those who stand elsewhere."""
STEPS = ("agreed", "given", "completed")


def categories(record: Record, table: str) -> list[str | int]:
    """Return the categories of a table that a record counts in; none outside its base."""
    kind, _dot, subject = table.partition(".")
    found = _COUNTED[kind](record, subject)
    return found if isinstance(found, list) else [found]


def _answers(answers: Any, subject: str) -> str:
    if subject in answers.identified:
        return "identified"
    return "not-identified" if subject in answers.not_identified else "unanswered"


def _level(span: Any) -> str:
    return span.low if span is not None and span.low == span.high else "several-possible"


def _screening(record: Record, subject: str) -> str:
    found = record.first.screening.get(subject)
    return found.problem if found else "not-filled-in"


def _recommended(record: Record, subject: str) -> str:
    return "recommended" if subject in record.insatser.recommended else "not-recommended"


def _steps(record: Record, subject: str) -> list[str | int]:
    steps: list[str | int] = [s for s in STEPS if subject in getattr(record.insatser, s)]
    return [*steps, len(steps)] if len(steps) < len(STEPS) else steps


def _goals(goals: Any) -> str:
    counts = (goals.yes, goals.partly, goals.no, goals.unknown)
    if not any(counts):
        return "no-goals"
    if goals.yes == sum(counts):
        return "all"
    if goals.yes or goals.partly:
        return "some"
    return "cannot-tell" if goals.unknown else "none"


_COUNTED: Mapping[str, Callable[[Record, str], Any]] = {
    "persons": lambda _r, _s: "persons",
    "followed": lambda r, _s: "followed" if r.followed else "not-followed",
    "needs": lambda r, s: _answers(r.first.needs, s),
    "support": lambda r, s: _answers(r.first.support_needs, s),
    "risk": lambda r, _s: _level(r.first.risk),
    "intensity": lambda r, _s: _level(r.first.intensity),
    "screening": _screening,
    "recommended": _recommended,
    "insatser": _steps,
    "change": lambda r, s: r.followed.areas[s] if r.followed else [],
    "scale": lambda r, s: r.followed.scales[s] if r.followed else [],
    "goals": lambda r, _s: _goals(r.followed.goals) if r.followed else [],
}


def counted(
    records: Iterable[Record], tables: Mapping[str, list[str | int]], groups: Iterable[str]
) -> dict[tuple[str, str | int, str], int]:
    """Return the count of every category of every table in every group, zeros included."""
    found: Counter[tuple[str, str | int, str]] = Counter()
    for record in records:
        own = {"total", f"sex.{record.sex}", f"age.{record.age_group}"}
        for table in tables:
            for category in categories(record, table):
                found.update((table, category, group) for group in own)
    return {
        (table, category, group): found[table, category, group]
        for table, named in tables.items()
        for category in named
        for group in groups
    }


def is_small(value: int, category: str | int, base: int, threshold: int) -> bool:
    """Tell whether a count must not be told."""
    if value == 0:
        return base > 0 and category not in UNTELLING and category != "persons"
    return value < threshold
