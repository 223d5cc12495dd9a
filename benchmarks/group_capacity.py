"""Places given out so that most targets are covered: persons with the same needs counted as one.

The peer is the straightforward program, with one binary for each person and insats and one for
each target of each person, solved by the same solver.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from _harness import Against, in_turns, show

from riskbehov.groups.assignment import Need, Needs, assign
from riskbehov.groups.needed import Known, known
from riskbehov.groups.program import Program, Row
from riskbehov.library import Library
from riskbehov.models.case import Offer

PERSONS = 2_000
MANY = 10_000
PLACES = 60
TURNS = 5
KINDS = 150
"""So many sorts of needs: persons differ, but many are alike."""


def main() -> None:
    """Measure both ways on some persons, and ours on many."""
    library = Library.open()
    limits = {i: PLACES for i in library.insatser if library.insatser[i].setting == "open-care"}
    offer = Offer.model_validate(
        {"insatser": [{"insats": i, "own": True, "places": n} for i, n in limits.items()]}
    )
    everyone = known(offer, library)
    few, many = persons(PERSONS, everyone), persons(MANY, everyone)
    groups = everyone.alternatives
    assert assign(Counter(few), limits, groups).total == one_by_one(few, limits, groups)
    ours, peer = f"{PERSONS:,} persons, equal ones as one", f"{PERSONS:,} persons, one by one"
    all_ = f"{MANY:,} persons, equal ones as one"
    times = in_turns(
        {
            ours: lambda: assign(Counter(few), limits, groups),
            peer: lambda: one_by_one(few, limits, groups),
            all_: lambda: assign(Counter(many), limits, groups),
        },
        turns=TURNS,
    )
    show(
        "Places given out so that most is covered",
        times,
        {ours: [Against(peer, faster=5)], all_: [Against(peer, at_most=1)]},
    )


def persons(size: int, everyone: Known) -> list[Needs]:
    """Draw persons of some sorts, some sorts more common than others."""
    draw = random.Random(1)
    kinds = []
    for _ in range(KINDS):
        aims = draw.sample(everyone.aims, draw.randint(1, 5))
        options = [(aim, everyone.for_aim(aim)) for aim in aims]
        kinds.append(
            frozenset(
                Need(aim, frozenset(draw.sample(able, min(len(able), draw.randint(1, 4)))))
                for aim, able in options
                if able
            )
        )
    weights = [1 / (rank + 1) for rank in range(KINDS)]
    return draw.choices(kinds, weights, k=size)


def one_by_one(
    persons_: Sequence[Needs], limits: Mapping[str, int], groups: Mapping[str, str | None]
) -> int:
    """Return how many targets can be covered, by a program of binaries."""
    rows: list[Row] = []
    using: dict[str, list[int]] = {insats: [] for insats in limits}
    columns = 0
    counted: list[int] = []
    for needs in persons_:
        able = sorted({i for need in needs for i in need.insatser if i in limits})
        gets = {insats: columns + n for n, insats in enumerate(able)}
        columns += len(able)
        for insats, column in gets.items():
            using[insats].append(column)
        by_group: dict[str, list[int]] = {}
        for insats in able:
            if group := groups[insats]:
                by_group.setdefault(group, []).append(gets[insats])
        rows += [Row(held, [1.0] * len(held), 0.0, 1.0) for held in by_group.values()]
        for need in needs:
            options = [gets[i] for i in able if i in need.insatser]
            if options:
                counted.append(columns)
                rows.append(Row([*options, columns], [*(1.0 for _ in options), -1.0], 0.0, np.inf))
                columns += 1
    rows += [
        Row(held, [1.0] * len(held), 0.0, float(limits[insats]))
        for insats, held in using.items()
        if held
    ]
    cost = np.zeros(columns)
    cost[counted] = -1.0
    program = Program(np.zeros(columns), np.ones(columns), rows, is_whole=True)
    found = program.least(cost)
    assert found is not None
    return -round(found.cost)


if __name__ == "__main__":
    main()
