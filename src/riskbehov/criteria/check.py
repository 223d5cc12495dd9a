"""One list of criteria against what is known: each criterion, the whole, and what would decide."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from riskbehov.criteria.ready import ReadyCriterion, ReadyList, ready_list
from riskbehov.criteria.settling import deciding
from riskbehov.errors import DataError, Fault
from riskbehov.i18n import message
from riskbehov.library import Library
from riskbehov.logic.explain import Explained, explain, missing, truth
from riskbehov.logic.vocabulary import Interval, Vocabulary
from riskbehov.models.criteria import VERDICTS, CriteriaList, Criterion, CriterionVerdict


@dataclass(frozen=True, slots=True)
class CheckedCriterion:
    """One criterion and what came of it."""

    criterion: Criterion
    explained: Explained
    """Its condition part by part, with what was found."""
    verdict: CriterionVerdict
    missing: tuple[str, ...]
    """The facts that keep it open."""
    within: "CheckedList | None" = None
    """The other list, of a criterion that is met where that one is."""


@dataclass(frozen=True, slots=True)
class CheckedList:
    """A list of criteria against what is known on a day."""

    list: CriteriaList
    day: dt.date
    criteria: tuple[CheckedCriterion, ...]
    verdict: CriterionVerdict | None
    """Nothing where the source makes no whole of the criteria."""
    missing: tuple[str, ...] = ()
    """The facts that keep the verdict open; of a list without a whole, that keep a part open."""
    deciding: tuple[str, ...] = ()
    """Of them, those of which one alone can decide the whole."""

    @property
    def settles(self) -> tuple[str, ...]:
        """Return the facts that can decide alone; where no single one can, all that are missing."""
        return self.deciding or self.missing

    @property
    def lacking(self) -> tuple[CheckedCriterion, ...]:
        """Return the criteria that are not met."""
        return tuple(c for c in self.criteria if c.verdict == "not-met")

    @property
    def next(self) -> CheckedCriterion | None:
        """Return, of gates, the first that is not passed."""
        if not self.list.ordered or self.verdict == "not-in-force":
            return None
        return next((c for c in self.criteria if c.verdict != "met"), None)


def check_list(
    library: Library,
    id: str,  # noqa: A002
    words: Vocabulary,
    facts: Mapping[str, Interval],
    day: dt.date,
) -> CheckedList:
    """Return the verdict on every criterion of a list, and on the whole, for what is known.

    ``words`` is the vocabulary of the facts; a fact that is left out is unknown. Adding a fact
    never turns a verdict round that was settled (Kleene 1952, § 64).

    Raises :class:`UnknownIdError` for a list that there is not, and :class:`DataError` for a
    condition that does not fit the vocabulary.
    """
    return _checked(ready_list(library, id, words), facts, day)


def _checked(ready: ReadyList, facts: Mapping[str, Interval], day: dt.date) -> CheckedList:
    found = ready.list
    if day not in found.valid:
        idle = tuple(
            CheckedCriterion(each.criterion, explain(each.tree, facts), "not-in-force", ())
            for each in ready.criteria
        )
        return CheckedList(found, day, idle, "not-in-force")
    criteria = tuple(_criterion(each, found, facts, day) for each in ready.criteria)
    if ready.tree is None:
        parts = dict.fromkeys(name for each in criteria for name in each.missing)
        return CheckedList(found, day, criteria, None, tuple(parts))
    return CheckedList(
        found,
        day,
        criteria,
        VERDICTS[truth(ready.tree, facts)],
        missing(ready.tree, facts),
        deciding(ready.tree, facts),
    )


def _criterion(
    ready: ReadyCriterion, found: CriteriaList, facts: Mapping[str, Interval], day: dt.date
) -> CheckedCriterion:
    within = None if ready.within is None else _checked(ready.within, facts, day)
    if within is not None and within.verdict == "not-in-force":
        raise DataError(
            Fault(
                message(
                    "the list {id!r} rests on {other!r}, which is not in force on {day}; expected"
                    " that it is for as long as the list is",
                    id=found.id,
                    other=within.list.id,
                    day=day,
                )
            )
        )
    explained = explain(ready.tree, facts)
    verdict = VERDICTS[explained.truth]
    return CheckedCriterion(ready.criterion, explained, verdict, missing(ready.tree, facts), within)
