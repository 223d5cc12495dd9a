"""The catalogue of insatser and the vocabulary of facts: complete, and of use to some rule."""

from collections.abc import Iterator

from riskbehov.checking.shelf import Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.checking.wording import not_among
from riskbehov.errors import Fault
from riskbehov.i18n import Message, message
from riskbehov.models.assessment import RISK_LEVELS
from riskbehov.models.condition import FactComparison
from riskbehov.models.fact import Fact
from riskbehov.models.instrument import SEXES
from riskbehov.models.walk import walk

_PROBLEM = "_problem"
_TYPES = {
    "age": "integer",
    "sex": "choice",
    "risk_level": "level",
    "violence_level": "level",
    "identified_needs": "integer",
}
"""The facts that the toolkit works out, with the type that it gives them."""
_WHERE_ASKED = dict.fromkeys(("consent_exchange", "consent_police", "inventory_done"), "bool")
"""The facts that the toolkit works out where the vocabulary has them."""
_VALUES = {
    "sex": (*SEXES, "other"),
    "risk_level": RISK_LEVELS,
    "violence_level": RISK_LEVELS,
}
_OLDEST = 120
_NOT_OTHERS = ("person", "utredare", "unit", "toolkit")
_ASKED_BY_THE_TOOLKIT = {"controlled_environment_12m"}
"""Facts that matter beyond the rules: how a low score is to be read."""


def unknown_targets(shelf: Shelf) -> Found:
    """Yield targets of insatser that are neither a dynamic need area nor a support need."""
    dynamic = {
        item.id
        for assessment in shelf.assessments.values()
        for needs in filter(None, (shelf.needs(assessment.value),))
        for item in needs.items
        if not item.static
    }
    for insats in shelf.insats_entries:
        for number, target in enumerate(insats.value.targets):
            if target.area not in dynamic | shelf.supports:
                known = dynamic | shelf.supports
                kind = message("a need area that can change or a support need")
                yield insats.fault(not_among(target.area, known, kind), "targets", number, "area")


def groups_of_one(shelf: Shelf) -> Found:
    """Yield insatser of which a plan takes one, where there is only one to take."""
    groups: dict[str, list[Placed[object]]] = {}
    for insats in shelf.insats_entries:
        if insats.value.one_of is not None:
            groups.setdefault(insats.value.one_of, []).append(insats)
    for group, members in groups.items():
        if len(members) == 1:
            yield members[0].fault(
                message(
                    "the group {group!r} has one insats, expected at least two to choose from",
                    group=group,
                ),
                "one_of",
            )


def unused_insatser(shelf: Shelf) -> Found:
    """Yield insatser that no rule is about."""
    used = {rule.value.insats for rule in shelf.rules}
    for insats in shelf.insats_entries:
        if insats.value.id not in used:
            yield insats.fault(message("no rule is about the insats {id!r}", id=insats.value.id))


def wrong_values(shelf: Shelf) -> Found:
    """Yield facts whose values do not go with their type."""
    for fact in shelf.fact_entries:
        for sentence, key in _wrong_values(fact.value):
            yield fact.fault(sentence, key)


def _wrong_values(fact: Fact) -> Iterator[tuple[Message, str]]:
    if fact.type in ("choice", "set", "level"):
        if not fact.values:
            yield (
                message(
                    "the {type} fact {id!r} has no values, expected them under values",
                    type=fact.type,
                    id=fact.id,
                ),
                "type",
            )
    elif fact.values:
        yield (
            message("the {type} fact {id!r} has values, expected none", type=fact.type, id=fact.id),
            "values",
        )
    if fact.type == "integer" and fact.low >= fact.high:
        yield (
            message(
                "the least value is {low} and the greatest {high}, expected the least below",
                low=fact.low,
                high=fact.high,
            ),
            "high",
        )


def matters_of_no_authority(shelf: Shelf) -> Found:
    """Yield facts that take a consent to ask for, though no other authority states them."""
    for fact in shelf.fact_entries:
        if fact.value.matter is not None and fact.value.stated_by in _NOT_OTHERS:
            yield fact.fault(
                message(
                    "the fact {id!r} is asked for under a consent, expected that another authority"
                    " states it, found {who}",
                    id=fact.value.id,
                    who=fact.value.stated_by,
                ),
                "matter",
            )


def faulty_derived(shelf: Shelf) -> Found:
    """Yield facts that the toolkit is said to work out but does not, or has otherwise."""
    for name in _TYPES:
        if name not in shelf.facts:
            for file in shelf.of_kind("facts")[:1]:
                yield file.fault(
                    message(
                        "the fact {id!r} is missing, expected it: the toolkit sets it", id=name
                    ),
                    "facts",
                )
    for fact in shelf.fact_entries:
        expected = _derived_type(shelf, fact.value.id)
        if fact.value.is_derived and expected is None:
            yield fact.fault(
                message(
                    "the toolkit does not work out {id!r}, expected someone who can state it",
                    id=fact.value.id,
                ),
                "stated_by",
            )
        elif expected is not None:
            yield from _otherwise(fact, expected)


def _derived_type(shelf: Shelf, id_: str) -> str | None:
    """Return the type of a fact that the toolkit works out; nothing for one that is stated."""
    instrument = shelf.scored.get(id_.removesuffix(_PROBLEM)) if id_.endswith(_PROBLEM) else None
    if instrument is not None and instrument.value.default_sets:
        return "bool"
    return (_TYPES | _WHERE_ASKED).get(id_)


def _otherwise(fact: Placed[Fact], expected: str) -> Iterator[Fault]:
    if not fact.value.is_derived:
        yield fact.fault(
            message("the toolkit works out {id!r}, expected stated_by: toolkit", id=fact.value.id),
            "stated_by",
        )
    if fact.value.type != expected:
        yield fact.fault(
            message(
                "found {found}, expected {expected}, as the toolkit has {id!r}",
                found=fact.value.type,
                expected=expected,
                id=fact.value.id,
            ),
            "type",
        )
    wanted = _VALUES.get(fact.value.id, ())
    found = tuple(value.id for value in fact.value.values)
    if found != wanted:
        yield fact.fault(
            message(
                "found the values {found}, expected {expected}",
                found=", ".join(found) or "-",
                expected=", ".join(wanted),
            ),
            "values",
        )


def wrong_ranges(shelf: Shelf) -> Found:
    """Yield whole numbers that the toolkit works out but that are outside their fact's range."""
    areas = [
        sum(not item.static for item in needs.items)
        for assessment in shelf.assessments.values()
        for needs in filter(None, (shelf.needs(assessment.value),))
    ]
    for id_, greatest in (("age", _OLDEST), ("identified_needs", max(areas, default=0))):
        fact = shelf.facts.get(id_)
        if fact is not None and not fact.value.low <= 0 < greatest <= fact.value.high:
            yield fact.fault(
                message(
                    "found {low} to {high}, expected room for 0 to {greatest}",
                    low=fact.value.low,
                    high=fact.value.high,
                    greatest=greatest,
                ),
                "high",
            )


def unused_facts(shelf: Shelf) -> Found:
    """Yield facts that are asked for but that no rule, criterion or step of a process looks at."""
    used = {
        leaf.fact
        for _, document in shelf.documents
        for _, leaf in walk(document.value)
        if isinstance(leaf, FactComparison)
    }
    used |= {target for rule in shelf.rules for target in rule.value.targets}
    for fact in shelf.fact_entries:
        if not fact.value.is_derived and fact.value.id not in used | _ASKED_BY_THE_TOOLKIT:
            yield fact.fault(message("nothing looks at the fact {id!r}", id=fact.value.id))


CHECKS = (
    Check(unknown_targets, needs=("assessments", "instruments", "facts")),
    Check(groups_of_one, needs=("insatser",)),
    Check(wrong_values),
    Check(matters_of_no_authority),
    Check(faulty_derived, needs=("facts", "instruments")),
    Check(wrong_ranges, needs=("assessments", "instruments")),
    Check(unused_insatser, needs=("rules",), is_note=True),
    Check(unused_facts, needs=("rules", "criteria", "processes"), is_note=True),
)
