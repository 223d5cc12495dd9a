"""Citations: everything says where it comes from, and names a document of the register."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from riskbehov.checking.shelf import ALL, Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.errors import Fault, did_you_mean
from riskbehov.i18n import message
from riskbehov.models.source import Source

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_CITED_ITEMS = ("rating", "profile")


def unknown_sources(shelf: Shelf) -> Found:
    """Yield citations of documents that the register does not have."""
    for citation in shelf.citations:
        found = citation.value.source
        if found not in shelf.sources:
            yield citation.fault(
                message(
                    "found the source {found!r}, expected one in the register of documents{hint}",
                    found=found,
                    hint=did_you_mean(found, shelf.sources),
                ),
                "source",
            )


def toolkit_by_others(shelf: Shelf) -> Found:
    """Yield citations whose basis and source disagree on whether the toolkit made it up."""
    own = sorted(id_ for id_, entry in shelf.sources.items() if entry.value.kind == "own")
    for citation in shelf.citations:
        source, basis = citation.value.source, citation.value.basis
        if source not in shelf.sources or (basis == "toolkit") == (source in own):
            continue
        if basis == "toolkit":
            sentence = message(
                "found the basis toolkit with the source {source!r}, expected {own}: the basis"
                " toolkit is for what the toolkit itself made up",
                source=source,
                own=", ".join(own) or "riskbehov",
            )
        else:
            sentence = message(
                "found the basis {basis} with the toolkit's own source {source!r}, expected the"
                " basis toolkit",
                basis=basis,
                source=source,
            )
        yield citation.fault(sentence, "basis")


def items_without_citation(shelf: Shelf) -> Found:
    """Yield areas and responsivity items that do not say where they come from."""
    for instrument in shelf.scored.values():
        if instrument.value.kind in _CITED_ITEMS:
            for number, item in enumerate(instrument.value.items):
                if not item.sources:
                    yield instrument.fault(
                        message(
                            "the item {item!r} cites no source, expected at least one under"
                            " sources",
                            item=item.id,
                        ),
                        "items",
                        number,
                    )


def odd_sources(shelf: Shelf) -> Found:
    """Yield documents whose id, date or address is not of the right form."""
    for entry in shelf.source_entries:
        yield from _odd(entry)


def _odd(entry: Placed[Source]) -> Iterator[Fault]:
    source = entry.value
    if not _ID.fullmatch(source.id):
        yield entry.fault(
            message(
                "found the id {found!r}, expected small letters a-z, digits and hyphens",
                found=source.id,
            ),
            "id",
        )
    if source.date is not None and not _DATE.fullmatch(source.date):
        yield entry.fault(
            message(
                "found {found!r}, expected a year, a month as 2026-01 or a day as 2026-01-31",
                found=source.date,
            ),
            "date",
        )
    if source.url is not None and not _is_address(source.url):
        yield entry.fault(
            message(
                "found {found!r}, expected an address as https://www.example.org/page",
                found=source.url,
            ),
            "url",
        )


def _is_address(url: str) -> bool:
    """Tell whether a document can be looked up at ``url``: a public host and no blanks."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and re.fullmatch(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}", host) is not None
        and not re.search(r"\s", url)
        and parts.username is None
    )


def uncited_sources(shelf: Shelf) -> Found:
    """Yield documents that nothing cites."""
    cited = {citation.value.source for citation in shelf.citations} | set(shelf.coverages)
    for entry in shelf.source_entries:
        if entry.value.id not in cited:
            yield entry.fault(message("the source {id!r} is cited nowhere", id=entry.value.id))


CHECKS = (
    Check(unknown_sources, needs=("sources",)),
    Check(toolkit_by_others, needs=("sources",)),
    Check(items_without_citation),
    Check(odd_sources),
    Check(uncited_sources, needs=ALL, is_note=True),
)
