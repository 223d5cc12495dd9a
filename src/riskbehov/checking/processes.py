"""Processes: what their steps wait for, need and rest on is there, and can come to hold."""

import datetime as dt
from collections.abc import Iterator

from riskbehov.checking.reach import always_holds, can_hold
from riskbehov.checking.shelf import Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.checking.wording import complaints, items_in, not_among
from riskbehov.i18n import Message, message
from riskbehov.logic.tree import Tree, compile_condition
from riskbehov.models.criteria import CriteriaList
from riskbehov.models.process import Process, Step
from riskbehov.process.steps import order_faults


def faulty_order(shelf: Shelf) -> Found:
    """Yield steps that wait for unknown ones, or round in a ring for each other."""
    for process in shelf.processes.values():
        for place, sentence in order_faults(process.value):
            yield process.fault(sentence, *place)


def unknown_parts(shelf: Shelf) -> Found:
    """Yield steps of parts that the process does not have, and parts without steps."""
    for process in shelf.processes.values():
        parts = [part.id for part in process.value.parts]
        expected: list[str | None] = [*parts] or [None]
        for step in _steps(process):
            if step.value.part not in expected:
                kind = message("a part of this process")
                yield step.fault(not_among(step.value.part or "-", parts, kind), "part")
        used = {step.part for step in process.value.steps}
        for number, part in enumerate(parts):
            if part not in used:
                yield process.fault(
                    message("no step belongs to the part {id!r}, expected one at least", id=part),
                    *("parts", number),
                )


def unknown_legal(shelf: Shelf) -> Found:
    """Yield steps with a legal ground that the table does not have."""
    for step in _all_steps(shelf):
        for number, key in enumerate(step.value.legal):
            if key not in shelf.legal:
                kind = message("a key of the legal table")
                yield step.fault(not_among(key, shelf.legal, kind), "legal", number)


def unknown_criteria(shelf: Shelf) -> Found:
    """Yield lists of criteria that there are not, or that a step cannot rest on."""
    for process in shelf.processes.values():
        for step in _steps(process):
            for number, id_ in enumerate(step.value.criteria):
                found = shelf.criteria.get(id_)
                sentence = (
                    not_among(id_, shelf.criteria, message("a list of criteria"))
                    if found is None
                    else _unfit(found.value, process.value)
                )
                if sentence is not None:
                    yield step.fault(sentence, "criteria", number)


def _unfit(found: CriteriaList, process: Process) -> Message | None:
    """Return why a step of a process cannot rest on a list of criteria."""
    if found.overall == "none":
        return message("found {id!r}, expected a list with an overall verdict", id=found.id)
    if found.is_impersonal:
        return message(
            "the list {id!r} is about {about}, expected one that a case answers",
            id=found.id,
            about=found.about,
        )
    last = process.valid.to or dt.date.max
    if process.valid.from_ in found.valid and last in found.valid:
        return None
    return message(
        "the list {id!r} is not in force for as long as the process, expected that it is",
        id=found.id,
    )


def items_in_needs(shelf: Shelf) -> Found:
    """Yield comparisons of items: a step needs facts."""
    for step in _all_steps(shelf):
        for place, name in items_in(step.value.needs, "needs"):
            yield step.fault(
                message(
                    "found the key item ({name}), expected fact: a step needs facts", name=name
                ),
                *place,
            )


def faulty_needs(shelf: Shelf) -> Found:
    """Yield facts that there are not, and values that a fact cannot have."""
    for step in _all_steps(shelf) if shelf.words else ():
        for place, sentence in complaints(step.value.needs, shelf.words):
            yield step.fault(sentence, "needs", *place)


def never_needed(shelf: Shelf) -> Found:
    """Yield steps whose need no facts can meet."""
    for step, tree in _ready(shelf):
        if can_hold(tree) is False:
            yield step.fault(
                message("this can never hold, expected that some facts meet it"), "needs"
            )


def always_needed(shelf: Shelf) -> Found:
    """Yield steps whose need every fact meets, so that it might as well be left out."""
    for step, tree in _ready(shelf):
        if always_holds(tree):
            yield step.fault(message("this holds whatever the facts are"), "needs")


def _ready(shelf: Shelf) -> Iterator[tuple[Placed[Step], Tree]]:
    """Yield every step with a need that speaks the vocabulary."""
    for step in _all_steps(shelf):
        if step.value.needs is not None and shelf.words:
            tree = compile_condition(step.value.needs, shelf.words, lambda _place, _told: None)
            if tree is not None:
                yield step, tree


def _all_steps(shelf: Shelf) -> Iterator[Placed[Step]]:
    return (step for process in shelf.processes.values() for step in _steps(process))


def _steps(process: Placed[Process]) -> Iterator[Placed[Step]]:
    return (process.at(step, "steps", n) for n, step in enumerate(process.value.steps))


CHECKS = (
    Check(faulty_order),
    Check(unknown_parts),
    Check(unknown_legal, needs=("legal",)),
    Check(unknown_criteria, needs=("criteria",)),
    Check(items_in_needs),
    Check(faulty_needs, needs=("facts",)),
    Check(never_needed, needs=("facts",)),
    Check(always_needed, needs=("facts",), is_note=True),
)
