"""Lists of criteria: what they rest on is there, and examples show that they come out both ways."""

from collections.abc import Iterator

from riskbehov.checking.reach import always_holds, can_hold
from riskbehov.checking.shelf import Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.checking.wording import complaints, items_in, not_among
from riskbehov.criteria import ReadyList, ready_list
from riskbehov.errors import RiskbehovError
from riskbehov.i18n import Message, message
from riskbehov.models.base import Validity
from riskbehov.models.condition import FactComparison
from riskbehov.models.criteria import VERDICTS, CriteriaExampleFile, CriteriaList, Criterion
from riskbehov.models.fact import IMPERSONAL, Fact
from riskbehov.models.walk import walk


def items_in_criteria(shelf: Shelf) -> Found:
    """Yield comparisons of items: a criterion compares facts."""
    for criterion in _criteria(shelf):
        for place, name in items_in(criterion.value.when, "when"):
            yield criterion.fault(
                message(
                    "found the key item ({name}), expected fact: criteria are over facts", name=name
                ),
                *place,
            )


def faulty_conditions(shelf: Shelf) -> Found:
    """Yield facts that there are not, and values that a fact cannot have."""
    for criterion in _criteria(shelf) if shelf.words else ():
        for place, sentence in complaints(criterion.value.when, shelf.words):
            yield criterion.fault(sentence, "when", *place)


def unknown_lists(shelf: Shelf) -> Found:
    """Yield lists that others rest on or differ from but that do not exist, or make no whole."""
    kind = message("a list of criteria")
    for criterion in _criteria(shelf):
        other = criterion.value.meets
        if other is not None and other not in shelf.criteria:
            yield criterion.fault(not_among(other, shelf.criteria, kind), "meets")
        elif other is not None and shelf.criteria[other].value.overall == "none":
            yield criterion.fault(
                message("found {id!r}, expected a list with an overall verdict", id=other), "meets"
            )
    for criteria in shelf.criteria.values():
        for number, difference in enumerate(criteria.value.differs):
            if difference.from_ not in set(shelf.criteria) - {criteria.name}:
                yield criteria.fault(
                    not_among(difference.from_, set(shelf.criteria) - {criteria.name}, kind),
                    *("differs", number, "from"),
                )


def rings(shelf: Shelf) -> Found:
    """Yield criteria by which a list rests on itself."""
    for criterion in _criteria(shelf):
        way = _way(shelf, str(criterion.value.meets), criterion.name)
        if way is not None:
            yield criterion.fault(
                message(
                    "found lists that go round, expected an end: {way}",
                    way=" → ".join([criterion.name, *way]),
                ),
                "meets",
            )


def _way(shelf: Shelf, first: str, last: str) -> list[str] | None:
    """Return the lists from one to another, each resting on the next; nothing if there is none."""
    ways = [[first]]
    seen = {first}
    for way in ways:
        if way[-1] == last:
            return way
        found = shelf.criteria.get(way[-1])
        rests_on = [c.meets for c in found.value.criteria if c.meets] if found else []
        ways += [[*way, id_] for id_ in rests_on if id_ not in seen]
        seen |= set(rests_on)
    return None


def outlived(shelf: Shelf) -> Found:
    """Yield lists that others rest on also on days when they are not in force."""
    for criterion in _criteria(shelf):
        other = shelf.criteria.get(str(criterion.value.meets))
        whole = shelf.criteria[criterion.name].value.valid
        if other is not None and not _is_within(whole, other.value.valid):
            yield criterion.fault(
                message(
                    "the list {other!r} is not in force for as long as this one, expected that it"
                    " is",
                    other=other.name,
                ),
                "meets",
            )


def _is_within(inner: Validity, outer: Validity) -> bool:
    """Tell whether every day of ``inner`` is one of ``outer``."""
    return inner.from_ in outer and (
        outer.to is None or (inner.to is not None and inner.to <= outer.to)
    )


def wrong_topics(shelf: Shelf) -> Found:
    """Yield facts and lists that whoever answers the list cannot answer: no case, or no sheet."""
    for criterion in _criteria(shelf):
        is_impersonal = shelf.criteria[criterion.name].value.is_impersonal
        for place, leaf in walk(criterion.value.when, ("when",)):
            fact = shelf.facts.get(leaf.fact) if isinstance(leaf, FactComparison) else None
            if fact is not None and fact.value.is_impersonal != is_impersonal:
                yield criterion.fault(_unanswerable(fact.value), *place, "fact")
        other = shelf.criteria.get(str(criterion.value.meets))
        if other is not None and other.value.is_impersonal != is_impersonal:
            yield criterion.fault(
                message(
                    "the list {other!r} is about {about}, expected one that the same file answers",
                    other=other.name,
                    about=other.value.about,
                ),
                "meets",
            )


def _unanswerable(fact: Fact) -> Message:
    if fact.is_impersonal:
        return message(
            "the fact {id!r} has the topic {topic}, which no case states; expected one about the"
            " person or the network",
            id=fact.id,
            topic=fact.topic,
        )
    return message(
        "the fact {id!r} has the topic {topic}, which no sheet states; expected one of {known}",
        id=fact.id,
        topic=fact.topic,
        known=", ".join(IMPERSONAL),
    )


def never_met(shelf: Shelf) -> Found:
    """Yield criteria, and whole lists, that no facts can meet."""
    for criteria, ready in _ready(shelf):
        never = [n for n, c in enumerate(ready.criteria) if can_hold(c.tree) is False]
        for number in never:
            yield criteria.fault(
                message("this can never be met, expected that some facts meet it"),
                *("criteria", number),
            )
        if not never and ready.tree is not None and can_hold(ready.tree) is False:
            yield criteria.fault(
                message("the list as a whole can never be met, expected that some facts meet it"),
                "overall",
            )


def never_failed(shelf: Shelf) -> Found:
    """Yield criteria that every fact meets, so that they tell nothing."""
    for criteria, ready in _ready(shelf):
        for number, criterion in enumerate(ready.criteria):
            if always_holds(criterion.tree):
                yield criteria.fault(
                    message(
                        "this is met whatever the facts are, expected that some do not meet it"
                    ),
                    *("criteria", number),
                )


def files_of_nothing(shelf: Shelf) -> Found:
    """Yield worked examples beside no list of criteria."""
    for name, file in shelf.criteria_cases.items():
        if name not in shelf.criteria:
            yield file.fault(message("found no criteria.yaml in the same folder, expected one"))


def without_examples(shelf: Shelf) -> Found:
    """Yield lists of criteria without worked examples."""
    for name, criteria in shelf.criteria.items():
        if name not in shelf.criteria_cases:
            yield criteria.fault(
                message("the list {id!r} has no worked examples (cases.yaml)", id=name)
            )


def one_sided_examples(shelf: Shelf) -> Found:
    """Yield worked examples that leave a verdict out, on the whole or, without one, on a part."""
    for name, file in shelf.criteria_cases.items():
        if name in shelf.criteria:
            shown = _shown(shelf.criteria[name].value, file.value)
            left = [verdict for verdict in VERDICTS if verdict not in shown]
            if left:
                yield file.fault(
                    message(
                        "no example expects {left}, expected examples of {all}",
                        left=", ".join(left),
                        all=", ".join(VERDICTS),
                    ),
                    "cases",
                )


def _shown(criteria: CriteriaList, file: CriteriaExampleFile) -> set[str | None]:
    if criteria.overall != "none":
        return {example.expect.verdict for example in file.cases}
    return {v for example in file.cases for v in example.expect.criteria.values()}


def _criteria(shelf: Shelf) -> Iterator[Placed[Criterion]]:
    """Yield every criterion of every list; its ``name`` is that of the list."""
    for criteria in shelf.criteria.values():
        for number, criterion in enumerate(criteria.value.criteria):
            yield criteria.at(criterion, "criteria", number)


def _ready(shelf: Shelf) -> Iterator[tuple[Placed[CriteriaList], ReadyList]]:
    """Yield the lists whose conditions are sound; what is wrong with others is told elsewhere."""
    for criteria in shelf.criteria.values():
        try:
            ready = ready_list(shelf.library, criteria.name, shelf.words)
        except RiskbehovError:
            continue
        yield criteria, ready


CHECKS = (
    Check(items_in_criteria),
    Check(faulty_conditions, needs=("facts",)),
    Check(unknown_lists, needs=("criteria",)),
    Check(rings),
    Check(outlived),
    Check(wrong_topics),
    Check(never_met),
    Check(never_failed),
    Check(files_of_nothing, needs=("criteria",)),
    Check(without_examples, needs=("criteria cases",), is_note=True),
    Check(one_sided_examples, is_note=True),
)
