"""Sentences that several checks say, and what they read a condition for."""

from collections.abc import Iterable, Iterator

from riskbehov import errors
from riskbehov.i18n import Message
from riskbehov.logic.tree import compile_condition
from riskbehov.logic.vocabulary import Vocabulary
from riskbehov.models.condition import Condition, ItemComparison
from riskbehov.models.walk import walk
from riskbehov.yamlfile import Place

_MOST_NAMED = 20


def not_among(found: str, known: Iterable[str], kind: Message) -> Message:
    """Return the sentence for a name that is not among the ``known`` ones of a ``kind``."""
    return errors.not_among(found, sorted(known), kind, most=_MOST_NAMED)


def items_in(condition: Condition | None, key: str) -> Iterator[tuple[Place, str]]:
    """Yield every item that a condition over facts compares, with its place under ``key``."""
    for place, leaf in walk(condition, (key,)):
        if isinstance(leaf, ItemComparison):
            yield (*place, "item"), leaf.item


def complaints(condition: Condition | None, words: Vocabulary) -> list[tuple[Place, Message]]:
    """Return what keeps a condition from speaking a vocabulary, with places within it."""
    found: list[tuple[Place, Message]] = []
    if condition is not None:
        compile_condition(condition, words, lambda place, told: found.append((place, told)))
    return found
