"""A process step by step: what is done, what is next, what it waits for and what stops it."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Literal, TypeAlias

from riskbehov.errors import DataError, Fault, did_you_mean
from riskbehov.i18n import Message, message
from riskbehov.library import PROCESS
from riskbehov.logic.explain import Explained, explain, missing, truth
from riskbehov.logic.tree import FALSE, TRUE, UNKNOWN, Compare, Tree, Truth, compile_condition
from riskbehov.logic.vocabulary import Interval, Vocabulary
from riskbehov.models.base import Text
from riskbehov.models.process import Process, Step
from riskbehov.models.rule import LegalEntry, LegalText
from riskbehov.yamlfile import Place, dotted

StepStatus: TypeAlias = Literal[
    "done",
    "next",
    "blocked",
    "cannot-tell",
    "waiting",
    "optional",
    "not-called-for",
    "not-in-force",
]


@dataclass(frozen=True, slots=True)
class ListVerdict:
    """What came of a list of criteria that a step needs."""

    id: str
    name: Text
    verdict: str | None
    missing: tuple[str, ...] = ()
    """The facts that keep it open."""

    @property
    def truth(self) -> Truth:
        """Return whether it is met; what is neither met nor not met is unknown."""
        return {"met": TRUE, "not-met": FALSE}.get(self.verdict or "", UNKNOWN)


@dataclass(frozen=True, slots=True)
class StepLaw:
    """A ground in law of a step, as it stands on the day of the step."""

    entry: LegalEntry
    text: LegalText | None
    """Nothing where no verified place is known for the day."""


@dataclass(frozen=True, slots=True)
class FollowedStep:
    """One step and how it stands."""

    step: Step
    status: StepStatus
    done: dt.date | None
    """The day it was done."""
    called: Truth
    """Whether it is called for: always, unless it is optional."""
    waits_for: tuple[str, ...]
    """Steps that come first and are not done."""
    needs: Explained | None
    failing: tuple[str, ...]
    """Facts by which what it needs does not hold."""
    lists: tuple[ListVerdict, ...]
    missing: tuple[str, ...]
    """Facts that keep it open: of what it needs, of its lists, of steps that may come first."""
    law: tuple[StepLaw, ...]

    @property
    def unmet(self) -> tuple[ListVerdict, ...]:
        """Return the lists of criteria that are not met."""
        return tuple(found for found in self.lists if found.truth == FALSE)


@dataclass(frozen=True, slots=True)
class StepFlag:
    """Something to look at in what is done: its order, or the ground that it had."""

    id: Literal["done-before", "did-not-hold", "no-longer-holds"]
    step: str
    other: str
    """The step, the fact or the list of criteria that it is about."""
    text: Message


@dataclass(frozen=True, slots=True)
class FollowedProcess:
    """A process as it stands in one case on a day."""

    process: Process
    day: dt.date
    in_force: bool
    steps: tuple[FollowedStep, ...]
    flags: tuple[StepFlag, ...]

    def having(self, *statuses: StepStatus) -> tuple[FollowedStep, ...]:
        """Return the steps that stand in one of some ways, in the order of the process."""
        return tuple(found for found in self.steps if found.status in statuses)

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the facts that would settle the steps whose turn it is."""
        open_ = self.having("cannot-tell", "optional")
        return tuple(dict.fromkeys(name for found in open_ for name in found.missing))

    @property
    def is_complete(self) -> bool:
        """Tell whether all that is called for is done."""
        return all(found.status == "done" or found.called != TRUE for found in self.steps)


@dataclass(frozen=True, slots=True)
class _Way:
    """What every step is judged by."""

    process: Process
    steps: Mapping[str, Step]
    trees: Mapping[str, Tree]
    done: Mapping[str, dt.date]
    facts: Mapping[str, Interval]
    lists: Mapping[str, ListVerdict]
    in_force: bool
    facts_on: Callable[[dt.date], Mapping[str, Interval]]
    """The facts that hang on the day, as they were on another day of the case."""

    def need(self, step: Step) -> Truth:
        """Return whether what a step needs holds; a step that needs nothing has it."""
        return truth(self.trees[step.id], self.facts) if step.id in self.trees else TRUE

    def called(self, step: Step) -> Truth:
        """Return whether a step is called for: an optional one where what it needs holds."""
        if not step.optional:
            return TRUE
        return self.need(step) if step.id in self.trees else UNKNOWN

    def first(self, step: Step) -> Iterator[tuple[Step, Truth]]:
        """Yield the steps that a step waits for, or may have to.

        Whoever waits for a step that is not called for, or may not be, waits for those before it.
        """
        for other in (self.steps[id_] for id_ in step.after if id_ not in self.done):
            called = self.called(other)
            if called == TRUE or (called == UNKNOWN and other.id in self.trees):
                yield other, called
            if called != TRUE:
                yield from self.first(other)


def follow(
    process: Process,
    done: Mapping[str, dt.date],
    facts: Mapping[str, Interval],
    lists: Mapping[str, ListVerdict],
    *,
    words: Vocabulary,
    legal: Mapping[str, LegalEntry],
    day: dt.date,
    facts_on: Callable[[dt.date], Mapping[str, Interval]] | None = None,
) -> FollowedProcess:
    """Return how every step of a process stands for what is done and what is known.

    ``done`` gives the day of each step that is done, ``lists`` the verdict on every list of
    criteria that the process names, ``words`` the vocabulary of the facts. The law of a step that
    is done is that of its own day, of any other that of ``day``. ``facts_on`` gives the facts that
    hang on the day, as a consent does, as they were on another. A step that is next stays next
    until it is done, whatever further is done or known.

    Raises :class:`DataError` for conditions that do not fit the vocabulary and for steps that wait
    for unknown ones or for each other.
    """
    way = _Way(
        process=process,
        steps={step.id: step for step in process.steps},
        trees=need_trees(process, words),
        done=done,
        facts=facts,
        lists=lists,
        in_force=day in process.valid,
        facts_on=facts_on or (lambda _day: {}),
    )
    steps = tuple(_followed(step, way, legal, day) for step in process.steps)
    flags = tuple(flag for found in steps if found.done for flag in _flags(found, way, words))
    return FollowedProcess(process, day, way.in_force, steps, flags)


def need_trees(process: Process, words: Vocabulary) -> dict[str, Tree]:
    """Return what each step needs, ready for a vocabulary; raises :class:`DataError`."""
    told = [*order_faults(process)]
    trees: dict[str, Tree] = {}
    for number, step in enumerate(process.steps):
        if step.needs is not None:
            place: Place = ("steps", number, "needs")

            def complain(within: Place, sentence: Message, place: Place = place) -> None:
                told.append(((*place, *within), sentence))

            tree = compile_condition(step.needs, words, complain)
            if tree is not None:
                trees[step.id] = tree
    if told:
        where = PROCESS.format(id=process.id)
        raise DataError(Fault(m, f"{where}: {dotted(place)}", place) for place, m in told)
    return trees


def order_faults(process: Process) -> Iterator[tuple[Place, Message]]:
    """Yield the steps that wait for an unknown step, or round in a ring for each other."""
    ids = [step.id for step in process.steps]
    loose = False
    for number, step in enumerate(process.steps):
        for position, other in enumerate(step.after):
            if other not in ids:
                loose = True
                yield (
                    ("steps", number, "after", position),
                    message(
                        "found {found!r}, expected a step of this process{hint}",
                        found=other,
                        hint=did_you_mean(other, ids),
                    ),
                )
    ring = () if loose else _ring(process)
    if ring:
        yield (
            ("steps", ids.index(ring[-1]), "after"),
            message(
                "found steps that wait for each other: {way}, expected no ring",
                way=" → ".join(ring),
            ),
        )


def _ring(process: Process) -> tuple[str, ...]:
    try:
        TopologicalSorter({step.id: step.after for step in process.steps}).prepare()
    except CycleError as found:
        ring: list[str] = found.args[1]
        return tuple(ring)
    return ()


def _followed(step: Step, way: _Way, legal: Mapping[str, LegalEntry], day: dt.date) -> FollowedStep:
    done = way.done.get(step.id)
    first = () if done else tuple(way.first(step))
    tree = way.trees.get(step.id)
    status = _status(step, way, first)
    return FollowedStep(
        step=step,
        status=status,
        done=done,
        called=way.called(step),
        waits_for=tuple(dict.fromkeys(other.id for other, called in first if called == TRUE)),
        needs=explain(tree, way.facts) if tree else None,
        failing=tuple(dict.fromkeys(_failing(tree, way.facts))) if tree else (),
        lists=tuple(way.lists[id_] for id_ in step.criteria),
        missing=tuple(dict.fromkeys(_missing(step, way, first, status))),
        law=tuple(_law(legal[key], done or day) for key in step.legal),
    )


def _status(step: Step, way: _Way, first: tuple[tuple[Step, Truth], ...]) -> StepStatus:
    if step.id in way.done:
        return "done"
    if not way.in_force:
        return "not-in-force"
    if way.called(step) == FALSE:
        return "not-called-for"
    if any(called == TRUE for _other, called in first):
        return "waiting"
    return _turn(step, way, is_sure=not first)


def _turn(step: Step, way: _Way, *, is_sure: bool) -> StepStatus:
    """Return how a step stands that waits for none, or for none for certain."""
    found = [way.need(step), *(way.lists[id_].truth for id_ in step.criteria)]
    if FALSE in found:
        return "blocked"
    if way.called(step) == UNKNOWN:
        return "optional"
    return "next" if is_sure and UNKNOWN not in found else "cannot-tell"


def _missing(
    step: Step, way: _Way, first: tuple[tuple[Step, Truth], ...], status: StepStatus
) -> Iterator[str]:
    if status in ("done", "not-called-for", "not-in-force"):
        return
    for each in (step, *(other for other, called in first if called == UNKNOWN)):
        if each.id in way.trees:
            yield from missing(way.trees[each.id], way.facts)
    for id_ in step.criteria:
        if way.lists[id_].truth == UNKNOWN:
            yield from way.lists[id_].missing


def _failing(tree: Tree, facts: Mapping[str, Interval], found: Truth = FALSE) -> Iterator[str]:
    """Yield the facts by which a condition is false; with ``found``, by which it is true."""
    if truth(tree, facts) != found:
        return
    if isinstance(tree, Compare):
        yield tree.fact.name
        return
    inner = TRUE - found if tree.join == "not" else found
    for part in tree.parts:
        yield from _failing(part, facts, inner)


def _law(entry: LegalEntry, day: dt.date) -> StepLaw:
    return StepLaw(entry, next((text for text in entry.texts if day in text.valid), None))


def _flags(found: FollowedStep, way: _Way, words: Vocabulary) -> Iterator[StepFlag]:
    """Yield what to look at in a step that is done."""
    step, day = found.step, way.done[found.step.id]
    for other in (way.steps[id_] for id_ in step.after):
        later = way.done.get(other.id)
        if later is not None and later > day:
            text = message(
                '"{step}" was done {day}, but "{other}", which comes first, was done {later}',
                step=step,
                day=day,
                other=other,
                later=later,
            )
            yield StepFlag("done-before", step.id, other.id, text)
    for id_ in dict.fromkeys(other.id for other, called in way.first(step) if called == TRUE):
        text = message(
            '"{step}" was done {day}, but "{other}", which comes first, is not done',
            step=step,
            day=day,
            other=way.steps[id_],
        )
        yield StepFlag("done-before", step.id, id_, text)
    lacked = tuple(_lacked(found, way, words))
    yield from lacked or _lost(found, words)
    yield from _unmet(found)


def _lacked(found: FollowedStep, way: _Way, words: Vocabulary) -> Iterator[StepFlag]:
    """Yield what a step that is done needed and that did not hold on its day."""
    step, day = found.step, way.done[found.step.id]
    tree = None if step.optional else way.trees.get(step.id)
    then = way.facts_on(day)
    failing = _failing(tree, {**way.facts, **then}) if tree else ()
    for name in dict.fromkeys(name for name in failing if name in then):
        text = message(
            '"{step}" was done {day}, but what it needs did not hold that day: {fact}',
            step=step,
            day=day,
            fact=words[name].label,
        )
        yield StepFlag("did-not-hold", step.id, name, text)


def _lost(found: FollowedStep, words: Vocabulary) -> Iterator[StepFlag]:
    """Yield the facts that a step that is done rests on and that hold no longer."""
    step = found.step
    for name in () if step.optional else dict.fromkeys(found.failing):
        text = message(
            '"{step}" is done, but what it needs does not hold as the case stands: {fact}',
            step=step,
            fact=words[name].label,
        )
        yield StepFlag("no-longer-holds", step.id, name, text)


def _unmet(found: FollowedStep) -> Iterator[StepFlag]:
    """Yield the lists of criteria of a step that is done and that are not met now."""
    for unmet in found.unmet:
        text = message(
            '"{step}" is done, but these criteria are not met as the case stands: {list}',
            step=found.step,
            list=unmet.name,
        )
        yield StepFlag("no-longer-holds", found.step.id, unmet.id, text)
