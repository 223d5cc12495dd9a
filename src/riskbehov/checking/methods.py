"""Recorded methods: their levels, totals, editions, sections and ratings hold together."""

from collections.abc import Iterator, Sequence

from riskbehov.checking.shelf import Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.checking.wording import not_among
from riskbehov.errors import Fault
from riskbehov.i18n import message
from riskbehov.models.assessment import RISK_LEVELS
from riskbehov.models.instrument import RecordedMethod
from riskbehov.models.source import Citation

_FEWEST_LEVELS = 2


def wrong_levels(shelf: Shelf) -> Found:
    """Yield methods on risk without levels, methods on needs with them, and levels that fall."""
    for method in shelf.methods.values():
        levels = method.value.levels
        if method.value.outcome == "needs" and levels:
            yield method.fault(
                message("found levels, expected none: a method on needs states no level of risk"),
                "levels",
            )
        elif method.value.outcome != "needs" and len(levels) < _FEWEST_LEVELS:
            yield method.fault(
                message(
                    "found {count} levels, expected at least {least}: a method on risk concludes"
                    " with one of them",
                    count=len(levels),
                    least=_FEWEST_LEVELS,
                ),
                "levels",
            )
        yield from _falling(method)


def _falling(method: Placed[RecordedMethod]) -> Iterator[Fault]:
    """Yield levels that are read as lower than one that stands before them."""
    highest = 0
    for number, level in enumerate(method.value.levels):
        rank = RISK_LEVELS.index(level.counts_as)
        if rank < highest:
            yield method.fault(
                message(
                    "the level {id!r} counts as {found}, expected no lower than the one before it:"
                    " the lowest level stands first",
                    id=level.id,
                    found=level.counts_as,
                ),
                "levels",
                number,
                "counts_as",
            )
        highest = max(highest, rank)


def uncited_parts(shelf: Shelf) -> Found:
    """Yield levels, sections and ratings that cite nothing, and citations of what is not there."""
    for method in shelf.methods.values():
        value = method.value
        for key, sources in (
            ("levels", value.level_sources),
            ("sections", value.section_sources),
            ("ratings", value.rating_sources),
        ):
            yield from _cited(method, key, sources)


def _cited(
    method: Placed[RecordedMethod], key: str, sources: Sequence[Citation]
) -> Iterator[Fault]:
    beside = f"{key.removesuffix('s')}_sources"
    has_parts = bool(getattr(method.value, key))
    if has_parts and not sources:
        yield method.fault(
            message("found {key} that cite nothing, expected {beside}", key=key, beside=beside), key
        )
    elif sources and not has_parts:
        yield method.fault(
            message(
                "found {beside} without {key}, expected both or neither", key=key, beside=beside
            ),
            beside,
        )


def impossible_totals(shelf: Shelf) -> Found:
    """Yield totals of methods that sum nothing, that the toolkit made up, or that end too early."""
    for method in shelf.methods.values():
        total = method.value.total
        if total is None:
            continue
        if method.value.judgement:
            yield method.fault(
                message(
                    "found a total, expected none: in structured professional judgement nothing is"
                    " summed"
                ),
                "total",
            )
        if total.high <= total.low:
            yield method.fault(
                message(
                    "found a total from {low} to {high}, expected the higher number last",
                    low=total.low,
                    high=total.high,
                ),
                "total",
                "high",
            )
        for number, citation in enumerate(total.sources):
            if citation.basis == "toolkit":
                yield method.fault(
                    message(
                        "found a total that the toolkit made up, expected a document that states it"
                    ),
                    "total",
                    "sources",
                    number,
                )


def odd_editions(shelf: Shelf) -> Found:
    """Yield methods of which every edition is replaced by another."""
    for method in shelf.methods.values():
        editions = method.value.editions
        if editions and all(edition.superseded for edition in editions):
            yield method.fault(
                message("found only superseded editions, expected the one that replaced them"),
                "editions",
            )


def sections_that_inform_nothing_known(shelf: Shelf) -> Found:
    """Yield sections that inform what is neither a need area nor a support need."""
    known = shelf.areas | shelf.supports
    for method in shelf.methods.values():
        for number, section in enumerate(method.value.sections):
            for position, id_ in enumerate(section.informs):
                if id_ not in known:
                    yield method.fault(
                        not_among(id_, known, message("a need area or support need")),
                        "sections",
                        number,
                        "informs",
                        position,
                    )


def impossible_ratings(shelf: Shelf) -> Found:
    """Yield ratings whose scale has no steps, and ratings of methods without sections."""
    for method in shelf.methods.values():
        if method.value.ratings and not method.value.sections:
            yield method.fault(
                message("found ratings but no sections, expected the sections that are rated"),
                "ratings",
            )
        for number, rating in enumerate(method.value.ratings):
            if rating.high <= rating.low:
                yield method.fault(
                    message(
                        "found a rating from {low} to {high}, expected the higher number last",
                        low=rating.low,
                        high=rating.high,
                    ),
                    "ratings",
                    number,
                    "high",
                )


CHECKS = (
    Check(wrong_levels),
    Check(uncited_parts),
    Check(impossible_totals),
    Check(odd_editions),
    Check(sections_that_inform_nothing_known, needs=("instruments", "facts", "assessments")),
    Check(impossible_ratings),
)
