"""What must not be known cannot be worked out: not from one release, not from two together."""

import copy
import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from tests.groups.attack import Attack, Json
from tests.groups.made import Maker, extract
from tests.groups.truth import counted, is_small

from riskbehov.groups.release import release
from riskbehov.groups.tables import tables_of
from riskbehov.library import Library
from riskbehov.models.extract import Record, Release

THRESHOLD = 5
SIZES = (6, 14, 25, 40, 80, 200)
RELEASES = 48
PAIRS = 10
Count = tuple[str, str | int, str]


def published(
    records: Sequence[Record], library: Library, previous: Release | None = None
) -> tuple[Release, Json]:
    """Return a release, and what anyone can read of it."""
    made = release(extract(records, library), library, previous=previous).release
    return made, json.loads(json.dumps(made.model_dump(mode="json")))


def populations(read: Json) -> dict[str, Json]:
    return {population["assessment"]: population for population in read["populations"]}


class Truth:
    """The true counts of one assessment, and which of them are too small."""

    def __init__(self, records: Sequence[Record], population: Json, library: Library) -> None:
        self.groups = [group["id"] for group in population["groups"]]
        tables: dict[str, list[str | int]] = {}
        self.base: dict[str, str | None] = {}
        for table in tables_of(library.assessment(population["assessment"]), library):
            steps: list[str | int] = [0, 1, 2] if table.id.startswith("insatser.") else []
            tables[table.id] = [*(c.id for c in table.categories), *steps]
            self.base[table.id] = table.base
        self.counts = counted(records, tables, self.groups)

    def in_base(self, count: Count) -> int:
        base = self.base[count[0]]
        return self.counts[base, base, count[2]] if base else 0

    def small(self) -> list[Count]:
        return [
            count
            for count, value in self.counts.items()
            if is_small(value, count[1], self.in_base(count), THRESHOLD)
        ]


def named(counts: Sequence[Count], attack: Attack, name: str) -> Iterator[tuple[Any, ...]]:
    """Yield the columns of some counts, where the attack has them."""
    return (key for count in counts if (key := (name, *count)) in attack.columns)


@pytest.fixture(scope="module")
def releases(small: Library) -> list[tuple[Sequence[Record], Json]]:
    made: list[tuple[Sequence[Record], Json]] = []
    for seed in range(RELEASES):
        maker = Maker(seed, small, "grown")
        records = maker.records(random.Random(seed).choice(SIZES))
        made.append((records, published(records, small)[1]))
    return made


def test_the_random_tables_are_a_thousand(releases):
    """A table is one kind of count by sex, or by age group."""
    tables = [
        (table["id"], dimension)
        for _, read in releases
        for population in read["populations"]
        for table in population["tables"]
        for dimension in ("sex", "age")
    ]
    assert len(tables) >= 1000


def test_no_small_count_is_published(releases, small):
    for records, read in releases:
        for population in read["populations"]:
            truth = Truth(records, population, small)
            for table in population["tables"]:
                for group, row in table["cells"].items():
                    for category, value in zip(table["categories"], row, strict=True):
                        count = (table["id"], category, group)
                        assert value is None or value == truth.counts[count]
                        assert value is None or count not in truth.small()


def test_no_small_count_can_be_worked_out_of_a_release(releases, small):
    asked = 0
    for records, read in releases:
        for population in read["populations"]:
            attack = Attack()
            attack.read(population, "new")
            keys = list(named(Truth(records, population, small).small(), attack, "new"))
            asked += len(keys)
            assert attack.worked_out(keys, 0, THRESHOLD) == {}
    assert asked > 5000


def test_something_is_told_of_most_groups(releases):
    """Nothing is easier to protect than nothing: totals of larger groups must be there."""
    for records, read in releases:
        if len(records) >= 80:
            tables = populations(read)["grown"]["tables"]
            told = [v for t in tables for v in t["cells"]["total"] if v is not None]
            every = [v for t in tables for v in t["cells"]["total"]]
            assert len(told) > len(every) * 0.5


@pytest.fixture(scope="module", params=range(PAIRS))
def pair(request, small: Library) -> tuple[Sequence[Record], Sequence[Record], Json, Json]:
    """Two extracts of which the second holds all of the first, and what was published of them."""
    draw = random.Random(request.param)
    maker = Maker(request.param, small, "grown")
    first = maker.records(draw.choice((12, 30, 60, 150)))
    second = [*first, *maker.records(draw.choice((0, 5, 8, 20, 60)))]
    before, read = published(first, small)
    return first, second, read, published(second, small, before)[1]


def test_no_small_count_can_be_worked_out_of_two_releases(pair, small):
    first, second, read, read_again = pair
    for name, population in populations(read).items():
        again = populations(read_again)[name]
        attack = Attack()
        attack.read(population, "old")
        attack.read(again, "new")
        attack.grow("old", "new")
        old, new = Truth(first, population, small), Truth(second, again, small)
        assert attack.worked_out(named(old.small(), attack, "old"), 0, THRESHOLD) == {}
        assert attack.worked_out(named(new.small(), attack, "new"), 0, THRESHOLD) == {}
        grown = {count: value - old.counts[count] for count, value in new.counts.items()}
        few = [
            count
            for count, value in grown.items()
            if is_small(value, count[1], _grown_base(new, old, count), THRESHOLD)
        ]
        assert attack.worked_out(named(few, attack, "grown"), 0, THRESHOLD) == {}


def _grown_base(new: Truth, old: Truth, count: Count) -> int:
    return new.in_base(count) - old.in_base(count)


@pytest.mark.parametrize("seed", range(4))
def test_where_persons_have_left_no_small_difference_is_published(seed, small):
    draw = random.Random(seed)
    maker = Maker(seed, small, "grown")
    first = maker.records(draw.choice((40, 80)))
    gone = draw.randint(5, 20)
    second = [*first[gone:], *maker.records(gone + draw.choice((0, 6, 20)))]
    before, read = published(first, small)
    again = populations(published(second, small, before)[1])["grown"]
    told = {table["id"]: table["cells"] for table in populations(read)["grown"]["tables"]}
    for table in again["tables"]:
        for group, row in table["cells"].items():
            for was, now in zip(told.get(table["id"], {}).get(group, ()), row, strict=False):
                assert was is None or now is None or not 0 < abs(now - was) < THRESHOLD
    attack = Attack()
    attack.read(again, "new")
    keys = named(Truth(second, again, small).small(), attack, "new")
    assert attack.worked_out(keys, 0, THRESHOLD) == {}


# The attack itself: it finds what less care would leave open


def test_holding_back_the_small_counts_alone_is_undone(releases, small):
    found = 0
    for records, read in copy.deepcopy(releases[:12]):
        for population in read["populations"]:
            truth = Truth(records, population, small)
            hidden = set(truth.small())
            for table in population["tables"]:
                for group, row in table["cells"].items():
                    row[:] = [
                        None
                        if (count := (table["id"], c, group)) in hidden
                        else truth.counts[count]
                        for c in table["categories"]
                    ]
            attack = Attack()
            attack.read(population, "new")
            found += len(attack.worked_out(named(truth.small(), attack, "new"), 0, THRESHOLD))
    assert found > 100


def test_a_second_release_that_was_not_held_against_the_first_is_undone(small):
    found = 0
    for seed in range(3):
        maker = Maker(seed, small, "grown")
        first = maker.records(60)
        second = [*first, *maker.records(8)]
        attack = Attack()
        for name, records in (("old", first), ("new", second)):
            attack.read(populations(published(records, small)[1])["grown"], name)
        attack.grow("old", "new")
        read = populations(published(second, small)[1])["grown"]
        old, new = Truth(first, read, small), Truth(second, read, small)
        few = [c for c, v in new.counts.items() if 0 < v - old.counts[c] < THRESHOLD]
        found += len(attack.worked_out(named(few, attack, "grown"), 0, THRESHOLD))
    assert found > 10
