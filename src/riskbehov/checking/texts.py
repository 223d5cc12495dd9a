"""Texts: in both languages, never a word that decides about a person, nothing personal."""

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from riskbehov.checking.shelf import Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.i18n import N_, message
from riskbehov.models.source import Source
from riskbehov.models.walk import walk
from riskbehov.privacy import find
from riskbehov.yamlfile import Place

_LONG = 25
_FORBIDDEN = "diagnos"
_KINDS = {
    "personal number": N_("a personal number"),
    "e-mail address": N_("an e-mail address"),
    "telephone number": N_("a telephone number"),
    "street address": N_("a street address"),
}
_NOTE = "note"


def untranslated(shelf: Shelf) -> Found:
    """Yield long texts that are the same in Swedish and in English, proper names left out."""
    proper = sorted(_proper_names(shelf), key=len, reverse=True)
    for placed in _bilingual(shelf):
        swedish, english = placed.value
        if swedish == english and len(_without(swedish, proper)) > _LONG:
            yield placed.fault(
                message("found the same text in Swedish and in English, expected a translation"),
                "en",
            )


def _proper_names(shelf: Shelf) -> Iterator[str]:
    """Yield the names of instruments and insatser that are the same in both languages."""
    for named in (*shelf.instruments.values(), *shelf.insats_entries):
        if named.value.name.sv == named.value.name.en:
            yield named.value.name.sv


def _without(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


def forbidden_words(shelf: Shelf) -> Found:
    """Yield Swedish texts that speak of a diagnosis: the toolkit assesses social needs."""
    for placed in _bilingual(shelf):
        if _FORBIDDEN in placed.value[0].casefold():
            yield placed.fault(
                message(
                    "found {word!r} in a Swedish text, expected another word: answers speak for a"
                    " closer inquiry, nothing more",
                    word=_FORBIDDEN,
                ),
                "sv",
            )


def personal_data(shelf: Shelf) -> Found:
    """Yield what looks like personal data in any text."""
    for _, document in shelf.documents:
        for place, value in _strings(document):
            for finding in find(value):
                yield document.fault(
                    message(
                        "found what looks like {kind}, expected none in any text",
                        kind=message(_KINDS[finding.kind]),
                    ),
                    *place,
                )


def _bilingual(shelf: Shelf) -> Iterator[Placed[tuple[str, str]]]:
    for _, document in shelf.documents:
        for place, value in walk(document.value):
            swedish, english = getattr(value, "sv", None), getattr(value, "en", None)
            if isinstance(swedish, str) and isinstance(english, str) and place:
                yield document.at((swedish, english), *place)


def _strings(document: Placed[BaseModel]) -> Iterator[tuple[Place, str]]:
    """Yield every text, but of a document in the register only the note: the rest is published."""
    published: list[Place] = []
    for place, value in walk(document.value):
        if isinstance(value, Source):
            published.append(place)
        elif isinstance(value, str) and not any(
            place[: len(p)] == p and place[len(p)] != _NOTE for p in published
        ):
            yield place, value


CHECKS = (
    Check(untranslated),
    Check(forbidden_words),
    Check(personal_data),
)
