"""What the persons of an extract need, counted: true counts, for nobody's eyes as they are."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from riskbehov.groups.assignment import Assignment, Need, Needs, Places, assign, fewest_places
from riskbehov.library import Library
from riskbehov.models.assessment import INTENSITIES
from riskbehov.models.case import Offer
from riskbehov.models.extract import Record
from riskbehov.models.rule import STRENGTHS
from riskbehov.planning.aims import Aim, Parts, aims_of, aims_of_rule

State: TypeAlias = Literal["covered", "places-taken", "not-offered", "no-insats"]
STATES: tuple[State, ...] = ("covered", "places-taken", "not-offered", "no-insats")
"""How it stands for one who has a target."""
SEVERAL = "several-possible"
NONE = "none"
LEVELS = (*INTENSITIES, SEVERAL, NONE)
_RECOMMENDING = STRENGTHS[: STRENGTHS.index("information")]


@dataclass(frozen=True, slots=True)
class Known:
    """What anyone can know of targets and insatser from the library and the offer alone."""

    aims: tuple[Aim, ...]
    """Every target, or part of one, in the order of the library."""
    covers: Mapping[str, frozenset[Aim]]
    """What each insats may cover, by any rule."""
    places: Places
    alternatives: Mapping[str, str | None]

    def for_aim(self, aim: Aim) -> list[str]:
        """Return the insatser that may cover an aim."""
        return [insats for insats, aims in self.covers.items() if aim in aims]


@dataclass(frozen=True)
class Needed:
    """The counts of an extract."""

    known: Known
    records: Sequence[Record]

    @cached_property
    def persons(self) -> Mapping[Needs, int]:
        """Return how many have the same needs: few are unlike all others."""
        return Counter(map(needs_of, self.records))

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """Return how many call for each intensity."""
        found = Counter(map(_level, self.records))
        return {level: found[level] for level in LEVELS}

    @cached_property
    def steps(self) -> Mapping[str, tuple[int, int, int]]:
        """Return for each insats how many it is recommended to, could help and is proposed to."""
        recommended: Counter[str] = Counter()
        could: Counter[str] = Counter()
        proposed: Counter[str] = Counter()
        for record in self.records:
            helping = {i for target in record.last.targets for i in target.insatser}
            could.update(helping)
            recommended.update({*record.insatser.recommended, *helping})
            proposed.update(helping & set(record.insatser.proposed))
        return {i: (recommended[i], could[i], proposed[i]) for i in self.known.covers}

    @cached_property
    def assignment(self) -> Assignment:
        """Return an assignment that covers the most targets with what is offered."""
        known = self.known
        return assign(self.persons, known.places, known.alternatives, order=known.aims)

    @cached_property
    def states(self) -> Mapping[Aim, Mapping[State, int]]:
        """Return for each aim how it stands for those who have it."""
        found: dict[Aim, Counter[State]] = {aim: Counter() for aim in self.known.aims}
        for needs, count in self.persons.items():
            for need in needs:
                found[need.aim][_state(need, self.known.places)] += count
        for aim, held in found.items():
            covered = self.assignment.covered.get(aim, 0)
            held["covered"] = covered
            held["places-taken"] -= covered
        return found

    @cached_property
    def additions(self) -> tuple[tuple[str, ...], int]:
        """Return the insatser of which more would cover the most targets more, and how many.

        An insats cannot add more targets than it could cover: what promises less than the best
        so far is not tried.
        """
        promise = Counter(
            {
                insats: sum(
                    count
                    for needs, count in self.persons.items()
                    for need in needs
                    if insats in need.insatser
                )
                for insats, limit in self._limited()
                if limit is not None or insats not in self.known.places
            }
        )
        best, most = [], 0
        for insats, bound in promise.most_common():
            if bound < max(most, 1):
                break
            more = assign(self.persons, self._with_more(insats), self.known.alternatives)
            gain = more.total - self.assignment.total
            if gain > most:
                best, most = [insats], gain
            elif gain == most and gain:
                best.append(insats)
        return tuple(sorted(best)), most

    def places_for(self, insats: str) -> int:
        """Return how few places more of an insats cover as much as any number of them would."""
        have = self.known.places.get(insats) or 0
        used = fewest_places(self.persons, self._with_more(insats), self.known.alternatives, insats)
        return max(0, used - have)

    def _limited(self) -> Iterator[tuple[str, int | None]]:
        return ((insats, self.known.places.get(insats)) for insats in self.known.covers)

    def _with_more(self, insats: str) -> Places:
        return {**self.known.places, insats: None}


def known(offer: Offer, library: Library) -> Known:
    """Return what anyone can know from the library and the offer."""
    return Known(
        aims=known_aims(library),
        covers=may_cover(library),
        places={each.insats: each.places for each in offer.insatser},
        alternatives={insats.id: insats.one_of for insats in library.insatser.values()},
    )


def needs_of(record: Record) -> Needs:
    """Return what a person needs at the last assessment."""
    return frozenset(
        Need(Aim(target.target, target.part), frozenset(target.insatser))
        for target in record.last.targets
    )


def _parts(library: Library) -> dict[str, Parts]:
    """Return every target that is made of parts, with all parts that there are."""
    return {
        fact.parts_of: Parts(fact.id, tuple(value.id for value in fact.values))
        for fact in library.facts.values()
        if fact.parts_of
    }


def known_aims(library: Library) -> tuple[Aim, ...]:
    """Return every target that anyone can have, and its parts: none may be named, too."""
    return library.kept("aims", lambda: _known_aims(library))


def _known_aims(library: Library) -> tuple[Aim, ...]:
    parts = _parts(library)
    instruments = (library.assessment(id_).needs for id_ in library.assessment_ids)
    items = [item for id_ in filter(None, instruments) for item in library.scored(id_).items]
    targets = dict.fromkeys(item.id for item in items if not item.static)
    found = (aim for target in targets for aim in (Aim(target, None), *aims_of(target, parts)))
    return tuple(dict.fromkeys(found))


def may_cover(library: Library) -> Mapping[str, frozenset[Aim]]:
    """Return what each insats may cover by any version of any rule."""
    return library.kept("what insatser may cover", lambda: _covers(library))


def _covers(library: Library) -> Mapping[str, frozenset[Aim]]:
    parts = _parts(library)
    found: dict[str, set[Aim]] = {insats: set() for insats in library.insatser}
    for _theme, rule in library.all_rules:
        if rule.block == "insats" and rule.insats and rule.strength in _RECOMMENDING:
            found[rule.insats].update(aims_of_rule(rule, parts))
            found[rule.insats].update(Aim(target, None) for target in rule.targets)
    return {insats: frozenset(aims) for insats, aims in found.items()}


def _level(record: Record) -> str:
    span = record.last.intensity
    if span is None:
        return NONE
    return span.low if span.low == span.high else SEVERAL


def _state(need: Need, places: Iterable[str]) -> State:
    """Return how it stands for a need before places are given out."""
    if not need.insatser:
        return "no-insats"
    return "places-taken" if need.insatser & set(places) else "not-offered"
