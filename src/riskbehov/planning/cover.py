"""The choice of insatser that covers a set of targets best: exact, with its near equals.

What is best is compared part by part: how intrusive the insatser are together, how weak the
recommendations are that the targets rest on, how many insatser, how many by others than the
municipality itself, what they cost. Targets with the same candidates are taken as one; a table
over the subsets of what is left (dynamic programming) keeps the best covers of each. Nothing is
tried at random.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

KEPT = 8
"""How many covers are kept for each subset of targets and each set of groups used."""

Worth = tuple[int, int, int, int, float]
"""Steps beyond open care, weakness, number, by others, cost: less is better, the first most."""


T = TypeVar("T", bound=Hashable)
"""What is covered: a target, or a part of one."""


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """One insats that may be chosen."""

    id: str
    weakness: Mapping[T, int]
    """The targets that it covers, each with how weak its best recommendation is (0 strongest)."""
    intrusiveness: int
    """Steps beyond open care."""
    group: str | None
    """Of candidates with the same group, a cover takes one."""
    by_others: bool
    cost: float


@dataclass(frozen=True, slots=True)
class Cover:
    """Some insatser that together cover all targets."""

    chosen: tuple[str, ...]
    worth: Worth


def covers(targets: Sequence[T], candidates: Sequence[Candidate[T]]) -> tuple[Cover, ...]:
    """Return covers of ``targets``, the best first; empty if some target has no candidate.

    Of equally good covers, the one whose candidates stand first comes first.

    The first is the best of all. What follows is the best of the rest as far as it was kept,
    each a set of insatser of which none could be left out without a loss.
    """
    alike = _alike(targets, candidates)
    bits = {target: 1 << number for number, target in enumerate(alike)}
    whole = (1 << len(alike)) - 1
    table: list[dict[tuple[frozenset[str], frozenset[str]], Worth]] = [{} for _ in range(whole + 1)]
    table[0][frozenset(), frozenset()] = (0, 0, 0, 0, 0.0)
    order = {c.id: number for number, c in enumerate(candidates)}
    for covered in range(whole):
        moves = list(_moves(candidates, alike, bits, covered))
        for (chosen, groups), worth in _best(table[covered], order):
            for candidate, taken, step in moves:
                if candidate.id in chosen or candidate.group in groups:
                    continue
                key = (
                    chosen | {candidate.id},
                    groups | {candidate.group} if candidate.group else groups,
                )
                added = _plus(worth, step)
                reached = table[covered | taken]
                if key not in reached or added < reached[key]:
                    reached[key] = added
    return tuple(
        Cover(tuple(c.id for c in candidates if c.id in chosen), worth)
        for (chosen, _), worth in _best(table[whole], order)
        if _is_lean(chosen, candidates, targets)
    )


def _alike(targets: Sequence[T], candidates: Sequence[Candidate[T]]) -> dict[T, int]:
    """Return one target for all that the same candidates cover equally well, and how many it is."""
    first: dict[tuple[int | None, ...], T] = {}
    count: Counter[T] = Counter()
    for target in targets:
        count[first.setdefault(tuple(c.weakness.get(target) for c in candidates), target)] += 1
    return dict(count)


def _moves(
    candidates: Iterable[Candidate[T]],
    alike: Mapping[T, int],
    bits: Mapping[T, int],
    covered: int,
) -> Iterator[tuple[Candidate[T], int, Worth]]:
    """Yield what may be added to a subset: a candidate with the new targets credited to it.

    The first open target is always among them, so that every cover is reached in one order.
    """
    open_bit = ~covered & (covered + 1)
    for candidate in candidates:
        new = [t for t in candidate.weakness if t in bits and not covered & bits[t]]
        if not any(bits[t] == open_bit for t in new):
            continue
        rest = [t for t in new if bits[t] != open_bit]
        first = next(t for t in new if bits[t] == open_bit)
        for size in range(len(rest) + 1):
            for also in combinations(rest, size):
                credited = (first, *also)
                yield (
                    candidate,
                    sum(bits[t] for t in credited),
                    (
                        candidate.intrusiveness,
                        sum(candidate.weakness[t] * alike[t] for t in credited),
                        1,
                        int(candidate.by_others),
                        candidate.cost,
                    ),
                )


def _plus(a: Worth, b: Worth) -> Worth:
    return a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]


def _best(
    found: Mapping[tuple[frozenset[str], frozenset[str]], Worth], order: Mapping[str, int]
) -> list[tuple[tuple[frozenset[str], frozenset[str]], Worth]]:
    """Return the best covers for each set of groups used, best first.

    Of equals, the candidates that were named first. Groups are kept apart since a worse cover may
    be the only one that can still be completed.
    """
    ranked = sorted(
        found.items(), key=lambda entry: (entry[1], sorted(order[id_] for id_ in entry[0][0]))
    )
    kept: Counter[frozenset[str]] = Counter()
    best = []
    for entry in ranked:
        groups = entry[0][1]
        kept[groups] += 1
        if kept[groups] <= KEPT:
            best.append(entry)
    return best


def _is_lean(
    chosen: frozenset[str], candidates: Iterable[Candidate[T]], targets: Sequence[T]
) -> bool:
    """Tell whether every chosen insats is needed: without it a target is open or rests weaker."""
    held = {c.id: c.weakness for c in candidates if c.id in chosen}
    whole = _weakness(held.values(), targets)
    return all(
        _weakness((w for other, w in held.items() if other != one), targets) > whole for one in held
    )


def _weakness(held: Iterable[Mapping[T, int]], targets: Sequence[T]) -> float:
    """Return how weak the best recommendations for the targets are together."""
    every = list(held)
    return sum(min((w[t] for w in every if t in w), default=math.inf) for t in targets)
