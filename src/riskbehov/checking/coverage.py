"""What is told of each document: the places are there, and nothing that cites it is left out."""

from collections.abc import Collection, Iterator, Mapping

from pydantic import BaseModel

from riskbehov.checking.shelf import ALL, Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.checking.wording import not_among
from riskbehov.i18n import Message, message
from riskbehov.models.case import Case
from riskbehov.models.coverage import Coverage
from riskbehov.models.source import Citation
from riskbehov.models.walk import walk
from riskbehov.yamlfile.read import models_in

_FILES = {
    "instruments": "instrument",
    "assessments": "assessment",
    "matrices": "assessment",
    "criteria": "criteria",
    "processes": "process",
    "inventory": "inventory",
}
"""Kinds of files that are one definition each, with the kind of place that names it."""
_REGISTERS = {"rules": "rule", "insatser": "insats", "legal": "legal"}
"""Kinds of files that hold many, under a key of the same name."""


def wrong_documents(shelf: Shelf) -> Found:
    """Yield files about a document that is not in the register, or called otherwise."""
    for coverage in shelf.coverages.values():
        found = coverage.value.source
        if found not in shelf.sources:
            kind = message("a document of the register")
            yield coverage.fault(not_among(found, shelf.sources, kind), "source")
        elif found != coverage.name:
            yield coverage.fault(
                message(
                    "found {found!r}, expected {expected!r}, the name of the file",
                    found=found,
                    expected=coverage.name,
                ),
                "source",
            )


def unknown_places(shelf: Shelf) -> Found:
    """Yield places in the toolkit that there are not."""
    for coverage in shelf.coverages.values():
        known = _known(shelf)
        for number, entry in enumerate(coverage.value.entries):
            for position, place in enumerate(entry.covered):
                if place.kind == "case-file":
                    is_known = _has_key(Case, place.id)
                    names: Collection[str] = _keys(Case)
                else:
                    names = known.get(place.kind, (place.id,))
                    is_known = place.id in names
                if not is_known:
                    yield coverage.fault(
                        not_among(place.id, names, _KINDS[place.kind]),
                        *("entries", number, "covered", position, "id"),
                    )


_KINDS: Mapping[str, Message] = {
    "instrument": message("an instrument"),
    "assessment": message("an assessment"),
    "rules": message("a theme of rules"),
    "rule": message("a rule"),
    "insats": message("an insats"),
    "fact": message("a fact"),
    "criteria": message("a list of criteria"),
    "process": message("a process"),
    "step": message("a step, as process/step"),
    "inventory": message("inventory, or a domain of it"),
    "legal": message("a key of the legal table"),
    "command": message("a command"),
    "case-file": message("a key of a case file"),
}


def _known(shelf: Shelf) -> dict[str, Collection[str]]:
    """Return what there is of every kind; nothing of commands where they are not known."""
    domains = [d.id for form in shelf.inventories for d in form.value.domains]
    return {
        "instrument": shelf.instruments,
        "assessment": shelf.assessments,
        "rules": {file.name for file in shelf.rule_files},
        "rule": {rule.value.id for rule in shelf.rules},
        "insats": shelf.insatser,
        "fact": shelf.facts,
        "criteria": shelf.criteria,
        "process": shelf.processes,
        "step": [f"{id_}/{s.id}" for id_, p in shelf.processes.items() for s in p.value.steps],
        "inventory": [*(["inventory"] if shelf.inventories else []), *domains],
        "legal": shelf.legal,
        **({} if shelf.commands is None else {"command": shelf.commands}),
    }


def _keys(model: type[BaseModel]) -> list[str]:
    """Return the keys of a model as they are written in a file."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _has_key(model: type[BaseModel], path: str) -> bool:
    """Tell whether a key such as ``action_plan.goals.review`` can stand in a file."""
    first, _, rest = path.partition(".")
    for name, field in model.model_fields.items():
        if first == (field.alias or name):
            return not rest or any(_has_key(m, rest) for m in models_in(field.annotation, model))
    return False


def unnamed_citers(shelf: Shelf) -> Found:
    """Yield definitions that cite a document but that its coverage does not name."""
    citers = set(_citers(shelf))
    for coverage in shelf.coverages.values():
        named = set(_named(shelf, coverage))
        citing = {(kind, id_) for source, kind, id_ in citers if source == coverage.value.source}
        for kind, id_ in sorted(citing - named):
            yield coverage.fault(
                message(
                    "the {kind} {id!r} cites the document, expected some entry to name it",
                    kind=kind,
                    id=id_,
                ),
                "entries",
            )


def _citers(shelf: Shelf) -> Iterator[tuple[str, str, str]]:
    """Yield every document that is cited, with the kind and id of what cites it."""
    for kind, file in shelf.documents:
        for place, value in walk(file.value):
            if not isinstance(value, Citation):
                continue
            if kind in _FILES:
                yield value.source, _FILES[kind], file.name or kind
            elif kind in _REGISTERS:
                entry = getattr(file.value, kind)[place[1]]
                yield value.source, _REGISTERS[kind], entry.id


def _named(shelf: Shelf, coverage: Placed[Coverage]) -> Iterator[tuple[str, str]]:
    """Yield what a coverage names, and what is named by naming the whole or a part of it."""
    for entry in coverage.value.entries:
        for place in entry.covered:
            yield place.kind, place.id
            if place.kind == "rules":
                yield from (("rule", r.value.id) for r in shelf.rules if r.name == place.id)
            elif place.kind == "step":
                yield "process", place.id.partition("/")[0]
            elif place.kind == "inventory":
                yield "inventory", "inventory"


CHECKS = (
    Check(wrong_documents, needs=("sources",)),
    Check(unknown_places, needs=ALL),
    Check(unnamed_citers, needs=ALL, is_note=True),
)
