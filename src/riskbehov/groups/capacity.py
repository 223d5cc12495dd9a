"""What the persons of an extract need, held against what a municipality offers."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from riskbehov.assessing.checks.case import Locate, check_offer
from riskbehov.errors import Fault, InputError
from riskbehov.groups.disclosure.system import Goal, System, protect, unmet
from riskbehov.groups.needed import NONE, SEVERAL, STATES, Known, Needed, State, known
from riskbehov.groups.program import require_solver
from riskbehov.groups.release import THRESHOLD, library_notes, require_threshold, threshold_notes
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.models.case import Offer, OfferedInsats
from riskbehov.models.extract import Extract
from riskbehov.planning.aims import Aim

Kind: TypeAlias = Literal["new", "more-places"]
Name: TypeAlias = tuple[object, ...]
"""What a number is called: of what, and which."""
STEPS = ("recommended", "could-cover", "proposed")
_EVERYONE: Name = ("persons",)
_WORTH: Mapping[str, float] = {
    "addition": 10.0,
    "having": 8.0,
    "could-cover": 6.0,
    "covered": 6.0,
    "intensity": 4.0,
    "together": 1.0,
}
"""What is lost by holding back a number; 3 for others."""


@dataclass(frozen=True, slots=True)
class Demand:
    """How many need an insats, and what there is of it; nothing where a count is held back."""

    insats: str
    offered: OfferedInsats | None
    recommended: int | None
    could_cover: int | None
    proposed: int | None

    @property
    def short(self) -> int | None:
        """Return how many places lack if all have it for whom it could cover a target."""
        places = self.offered.places if self.offered else None
        if self.could_cover is None or places is None:
            return None
        return max(0, self.could_cover - places)


@dataclass(frozen=True, slots=True)
class Covering:
    """How many have a target, or a part of one, and how it stands for them."""

    aim: Aim | None
    """Nothing for all targets together: then targets are counted, and not persons."""
    having: int | None
    states: Mapping[State, int | None]


@dataclass(frozen=True, slots=True)
class Addition:
    """One insats more, or more places of one, by which the most targets more are covered."""

    insats: str
    kind: Kind
    targets: int | None
    """How many targets more are covered."""
    places: int | None
    """How few further places do it."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a group needs against an offer."""

    purpose: str
    fictional: bool
    threshold: int
    offer: Offer
    persons: int
    intensities: Mapping[str, int | None]
    demands: tuple[Demand, ...]
    """Of what is offered, and of what else some count is told."""
    coverings: tuple[Covering, ...]
    """Of the targets of which some count is told."""
    together: Covering
    additions: tuple[Addition, ...]
    """Several where they are equally good; none where fewer than the threshold would be helped: to
    name one would tell of them."""
    notes: tuple[Message, ...]


def capacity(
    extract: Extract,
    offer: Offer,
    library: Library,
    *,
    threshold: int = THRESHOLD,
    locate: Locate | None = None,
) -> Capacity:
    """Return what the persons of an extract need against what is offered, small counts held back.

    Raises :class:`CaseError` for an offer with unknown insatser, and :class:`InputError` for a
    threshold below one and for fewer persons than the threshold.
    """
    require_solver()
    require_threshold(threshold)
    check_offer(offer, library, *([locate] if locate else []))
    if len(extract.records) < threshold:
        raise InputError(
            Fault(
                message(
                    "found fewer than {threshold} persons, expected at least {threshold}: any"
                    " number would tell of single ones",
                    threshold=threshold,
                ),
                "records",
            )
        )
    needed = Needed(known(offer, library), extract.records)
    named = tuple(_named(needed, threshold))
    told = _told(needed, threshold, named)
    offered = {each.insats: each for each in offer.insatser}
    return Capacity(
        purpose=extract.purpose,
        fictional=extract.fictional,
        threshold=threshold,
        offer=offer,
        persons=len(extract.records),
        intensities={level: told.get(("intensity", level)) for level in needed.levels},
        demands=tuple(_demands(told, needed.known, offered)),
        coverings=tuple(c for aim in needed.known.aims if (c := _covering(told, aim)).having),
        together=_covering(told, None),
        additions=tuple(_additions(told, named, offered)),
        notes=(*threshold_notes(threshold), *library_notes(extract, library)),
    )


def _demands(
    told: Mapping[Name, int], known: Known, offered: Mapping[str, OfferedInsats]
) -> Iterator[Demand]:
    for insats in known.covers:
        counts = [told.get((step, insats)) for step in STEPS]
        if insats in offered or any(counts):
            yield Demand(insats, offered.get(insats), *counts)


def _covering(told: Mapping[Name, int], aim: Aim | None) -> Covering:
    of: Name = ("together",) if aim is None else (aim,)
    states = {state: told.get((state, *of)) for state in STATES}
    return Covering(aim, told.get(("having", *of)), states)


def _named(needed: Needed, threshold: int) -> Iterator[str]:
    """Yield the best additions that may be named: to name one tells that some could have it."""
    best, gain = needed.additions
    for insats in best:
        if gain >= threshold and needed.steps[insats][1] >= threshold:
            yield insats


def _additions(
    told: Mapping[Name, int], named: Iterable[str], offered: Mapping[str, OfferedInsats]
) -> Iterator[Addition]:
    for insats in named:
        kind: Kind = "more-places" if insats in offered else "new"
        yield Addition(
            insats, kind, told.get(("addition", "targets")), told.get(("addition", insats))
        )


def _told(needed: Needed, threshold: int, named: Sequence[str]) -> dict[Name, int]:
    """Return the numbers that may be told, so that none that is too small can be worked out.

    ``named`` are the additions that are named whatever else is told.
    """
    tally = _Tally(needed, named, threshold)
    small = [number for number in tally.guarded if 0 <= tally.value(number) < threshold]
    goals = [
        Goal(number, 0.0, min(threshold, tally.system.high[number]))
        for number in small
        if tally.value(number) or number in tally.zero_tells
    ]
    held = {goal.number for goal in goals} & set(tally.cells)
    everyone = tally.at[_EVERYONE]
    kept = protect(tally.system, tally.cells, held=held, known=[everyone], goals=goals)
    if kept is None:
        return {}
    told = [everyone, *(cell for cell in tally.cells if cell not in kept)]
    if list(unmet(tally.system, told, goals)):
        return {}
    names = {number: name for name, number in tally.at.items()}
    return {names[number]: round(tally.value(number)) for number in told}


@dataclass(slots=True)
class _Tally:
    """All numbers of a capacity and the sums that tie them."""

    needed: Needed
    named: Sequence[str]
    threshold: int
    system: System = field(default_factory=System)
    at: dict[Name, int] = field(default_factory=dict)
    cells: dict[int, float] = field(default_factory=dict)
    """Numbers that may be told, with what is lost where they are not."""
    guarded: list[int] = field(default_factory=list)
    """Numbers that must not be worked out where they are small."""
    zero_tells: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        persons = len(self.needed.records)
        self._add(_EVERYONE, persons, persons)
        self._intensities(persons)
        for insats, counts in self.needed.steps.items():
            self._insats(insats, counts, persons)
        for aim, states in self.needed.states.items():
            self._aim(aim, states, persons)
        self._together(persons)
        self._ties(persons)
        self._additions()

    def value(self, number: int) -> float:
        """Return what a number is."""
        return self.system.values[number]

    def _add(
        self,
        name: Name,
        value: int,
        most: float,
        *,
        is_told: bool = False,
        tells_by_zero: bool = False,
        is_guarded: bool = True,
    ) -> int:
        number = self.system.add(value, 0.0, most)
        self.at[name] = number
        if is_told:
            of = "together" if "together" in name else name[0]
            self.cells[number] = _WORTH.get(str(of), 3.0) * (1 + math.log1p(value))
        if is_guarded:
            self.guarded.append(number)
        if tells_by_zero:
            self.zero_tells.add(number)
        return number

    def _intensities(self, most: int) -> None:
        parts = [
            self._add(
                ("intensity", level),
                count,
                most,
                is_told=True,
                tells_by_zero=level not in (SEVERAL, NONE),
            )
            for level, count in self.needed.levels.items()
        ]
        self.system.total(self.at[_EVERYONE], parts)

    def _insats(self, insats: str, counts: tuple[int, int, int], most: int) -> None:
        """Add how many an insats is recommended to, could help, and is proposed to: each within."""
        outer, before = self.at[_EVERYONE], most
        for step, count in zip(STEPS, counts, strict=True):
            inner = self._add((step, insats), count, most, is_told=True, tells_by_zero=True)
            rest = self._add(
                (f"not-{step}", insats), before - count, most, tells_by_zero=step == STEPS[0]
            )
            self.system.total(outer, (inner, rest))
            outer, before = inner, count

    def _aim(self, aim: Aim, states: Mapping[State, int], most: int) -> None:
        having = sum(states.values())
        whole = self._add(("having", aim), having, most, is_told=True, tells_by_zero=True)
        rest = self._add(("not-having", aim), most - having, most, tells_by_zero=True)
        self.system.total(self.at[_EVERYONE], (whole, rest))
        parts = [
            self._add((state, aim), states[state], most, is_told=having > 0) for state in STATES
        ]
        self.system.total(whole, parts)

    def _together(self, persons: int) -> None:
        """Add up the targets: of each state, and all."""
        every = self.needed.states
        most = persons * len(every)
        of_all = []
        for state in STATES:
            count = sum(states[state] for states in every.values())
            whole = self._add((state, "together"), count, most, is_told=True)
            self.system.total(whole, (self.at[state, aim] for aim in every))
            of_all.append(whole)
        value = sum(int(self.value(number)) for number in of_all)
        self.system.total(
            self._add(("having", "together"), value, most, is_told=True, tells_by_zero=True),
            of_all,
        )

    def _ties(self, persons: int) -> None:
        """Say what follows from the rules and the offer: who can cover what, and how many."""
        known = self.needed.known
        most = float(persons * (len(known.covers) + len(known.aims)))
        usable = ("covered", "places-taken", "not-offered")
        for aim in self.needed.states:
            able = known.for_aim(aim)
            could = [self.at["could-cover", insats] for insats in able]
            self.system.at_most([self.at[state, aim] for state in usable], could, most)
            offered = [insats for insats in able if insats in known.places]
            limits = [known.places[insats] for insats in offered]
            if all(limit is not None for limit in limits):
                self._bound(("covered", aim), sum(limit or 0 for limit in limits))
            if not offered:
                self._bound(("places-taken", aim), 0)
            if len(offered) == len(able):
                self._bound(("not-offered", aim), 0)
        for insats, aims in known.covers.items():
            parts = [self.at[state, a] for a in aims for state in usable if a in self.needed.states]
            self.system.at_most([self.at["could-cover", insats]], parts, most)
            if not parts:
                self._bound(("could-cover", insats), 0)
                self._bound(("proposed", insats), 0)

    def _bound(self, name: Name, most: float) -> None:
        """Say that everyone knows a number to be no more than so much."""
        number = self.at[name]
        self.system.high[number] = min(self.system.high[number], float(most))

    def _additions(self) -> None:
        """Add what one insats more would cover, of what insatser could that are not to be had.

        That it is named tells that it and those whom it could help are no fewer than the threshold.
        """
        _best, gain = self.needed.additions
        if not self.named:
            return
        open_ = [self.at["places-taken", "together"], self.at["not-offered", "together"]]
        left = sum(int(self.value(number)) for number in open_)
        most = self.system.high[open_[0]]
        gained = self._add(("addition", "targets"), gain, most, is_told=True)
        self.system.low[gained] = float(self.threshold)
        rest = self._add(("addition", "rest"), left - gain, most)
        self.system.sums.append(((gained, rest, *open_), (1.0, 1.0, -1.0, -1.0)))
        for insats in self.named:
            self.system.low[self.at["could-cover", insats]] = float(self.threshold)
            places = self.needed.places_for(insats)
            number = self._add(("addition", insats), places, most, is_told=True)
            self.system.at_most([number], [self.at["could-cover", insats]], most)
