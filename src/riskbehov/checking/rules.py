"""Rules: what they name is there, and block, strength, targets and ages fit together."""

from collections.abc import Iterator, Mapping

from riskbehov.checking.ages import is_within, years
from riskbehov.checking.shelf import Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.checking.wording import not_among
from riskbehov.errors import Fault
from riskbehov.i18n import message
from riskbehov.models.rule import Rule

_STRENGTHS: Mapping[str, tuple[str, ...]] = {
    "acute": ("bör", "hög prioritet", "kan", "information"),
    "insats": ("bör", "hög prioritet", "kan", "forskningsstöd", "information", "bör inte"),
    "support": ("bör", "hög prioritet", "kan", "forskningsstöd", "information"),
    "consideration": ("bör", "hög prioritet", "kan", "forskningsstöd", "information", "bör inte"),
    "information": ("information",),
}
"""The strengths that a rule of each block may have: information recommends nothing, and nobody is
advised against what is acute or against support."""
_SERVING = ("insats", "support")


def unknown_insatser(shelf: Shelf) -> Found:
    """Yield rules for an insats that the catalogue does not have."""
    for rule in shelf.rules:
        if rule.value.insats is not None and rule.value.insats not in shelf.insatser:
            yield rule.fault(
                not_among(rule.value.insats, shelf.insatser, message("an insats")), "insats"
            )


def unknown_legal(shelf: Shelf) -> Found:
    """Yield rules with a legal ground that the table does not have."""
    for rule in shelf.rules:
        if rule.value.legal is not None and rule.value.legal not in shelf.legal:
            yield rule.fault(
                not_among(rule.value.legal, shelf.legal, message("a key of the legal table")),
                "legal",
            )


def unknown_targets(shelf: Shelf) -> Found:
    """Yield targets that are neither a need area that can change nor a support need."""
    for rule in shelf.rules:
        areas = _dynamic_areas(shelf, rule)
        known = {
            "insats": areas,
            "support": shelf.supports,
        }.get(rule.value.block, areas | shelf.supports)
        for number, target in enumerate(rule.value.targets):
            if target not in known:
                kind = (
                    message("a support need")
                    if rule.value.block == "support"
                    else message("a need area that an insats can change")
                )
                yield rule.fault(not_among(target, known, kind), "targets", number)


def _dynamic_areas(shelf: Shelf, rule: Placed[Rule]) -> frozenset[str]:
    """Return the areas that an assessment using the rule rates, history left out."""
    return frozenset(
        item.id
        for assessment in shelf.using(rule.name)
        if years(rule.value.ages, assessment.value.ages)
        for instrument in filter(None, (shelf.needs(assessment.value),))
        for item in instrument.items
        if not item.static
    )


def wrong_ages(shelf: Shelf) -> Found:
    """Yield rules that recommend an insats at ages that it is not for."""
    for rule in shelf.rules:
        insats = shelf.insatser.get(rule.value.insats or "")
        if insats is None or rule.value.strength == "bör inte":
            continue
        if not is_within(rule.value.ages, insats.value.ages):
            yield rule.fault(
                message(
                    "found the ages {found}, expected ages within {expected}, which the insats"
                    " {insats!r} is for",
                    found=rule.value.ages,
                    expected=insats.value.ages,
                    insats=insats.value.id,
                ),
                "ages",
            )


def wrong_strengths(shelf: Shelf) -> Found:
    """Yield rules whose strength does not go with their block, or with who says it."""
    for rule in shelf.rules:
        yield from _wrong_strength(rule)


def _wrong_strength(rule: Placed[Rule]) -> Iterator[Fault]:
    fitting = _STRENGTHS[rule.value.block]
    if rule.value.strength not in fitting:
        yield rule.fault(
            message(
                "found the strength {found} in the block {block}, expected one of: {fitting}",
                found=rule.value.strength,
                block=rule.value.block,
                fitting=", ".join(fitting),
            ),
            "strength",
        )
    own = all(citation.basis == "toolkit" for citation in rule.value.sources)
    if own and rule.value.strength != "information":
        yield rule.fault(
            message(
                "found the strength {found}, but only the toolkit itself says so: expected"
                " information, or a source that recommends it",
                found=rule.value.strength,
            ),
            "strength",
        )


def incomplete(shelf: Shelf) -> Found:
    """Yield rules that recommend an insats without naming it or what it serves."""
    for rule in shelf.rules:
        block = rule.value.block
        if block == "insats" and rule.value.insats is None:
            yield rule.fault(
                message("the rule names no insats, expected one in the block insats"), "block"
            )
        if block in _SERVING and not rule.value.targets and _is_serving(shelf, rule.value):
            yield rule.fault(
                message(
                    "the rule has no targets, expected at least one in the block {block}: without"
                    " any it meets no need",
                    block=block,
                ),
                "block",
            )


def _is_serving(shelf: Shelf, rule: Rule) -> bool:
    """Tell whether a rule should name what it serves.

    Not one that advises against its insats, nor one whose insats the catalogue links with nothing:
    co-ordination, for instance, meets no need by itself.
    """
    if rule.insats is None:
        return True
    insats = shelf.insatser.get(rule.insats)
    return rule.strength != "bör inte" and insats is not None and bool(insats.value.targets)


def links_without_citation(shelf: Shelf) -> Found:
    """Yield targets of a rule that the catalogue does not link its insats with."""
    for rule in shelf.rules:
        insats = shelf.insatser.get(rule.value.insats or "")
        if insats is None or rule.value.block not in _SERVING:
            continue
        linked = [target.area for target in insats.value.targets]
        for number, target in enumerate(rule.value.targets):
            if target not in linked:
                yield rule.fault(
                    message(
                        "the catalogue does not say that {insats!r} serves {target!r} ({linked})",
                        insats=insats.value.id,
                        target=target,
                        linked=", ".join(linked) or "-",
                    ),
                    "targets",
                    number,
                )


def without_place_in_law(shelf: Shelf) -> Found:
    """Yield rules in force whose legal ground has no verified place in the law of today."""
    for rule in shelf.rules:
        entry = shelf.legal.get(rule.value.legal or "")
        if entry is None or shelf.today not in rule.value.valid:
            continue
        if not any(shelf.today in text.valid for text in entry.value.texts):
            yield rule.fault(
                message(
                    "the legal table has no place for {key!r} on {day}",
                    key=entry.value.id,
                    day=shelf.today,
                ),
                "legal",
            )


CHECKS = (
    Check(unknown_insatser, needs=("insatser",)),
    Check(unknown_legal, needs=("legal",)),
    Check(unknown_targets, needs=("assessments", "instruments", "facts")),
    Check(wrong_ages),
    Check(wrong_strengths),
    Check(incomplete),
    Check(links_without_citation, is_note=True),
    Check(without_place_in_law, needs=("legal",), is_note=True),
)
