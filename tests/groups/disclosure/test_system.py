"""What a reader can work out of sums, against trying every table."""

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from riskbehov.groups.disclosure.system import Goal, Reader, System, protect, unmet

ROWS, COLUMNS, THRESHOLD = 2, 3, 3


def table(counts: tuple[int, ...]) -> tuple[System, dict[tuple[int | None, int | None], int]]:
    """Return a table with its margins: ``None`` stands for all of a row, a column or both."""
    system = System()
    most = sum(counts)
    at = {}
    for row, column in product((*range(ROWS), None), (*range(COLUMNS), None)):
        at[row, column] = system.add(
            sum(
                counts[r * COLUMNS + c]
                for r in range(ROWS)
                for c in range(COLUMNS)
                if row in (r, None) and column in (c, None)
            ),
            0,
            most,
        )
    for row in (*range(ROWS), None):
        system.total(at[row, None], [at[row, c] for c in range(COLUMNS)])
    for column in (*range(COLUMNS), None):
        system.total(at[None, column], [at[r, column] for r in range(ROWS)])
    return system, at


def every(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in every(total - first, parts - 1))


counts_strategy = st.tuples(*[st.integers(0, 4)] * (ROWS * COLUMNS)).filter(
    lambda counts: THRESHOLD <= sum(counts) <= 11
)


@settings(max_examples=40)
@given(counts_strategy)
def test_whoever_tries_every_table_finds_zero_and_the_threshold_possible(counts):
    """In whole numbers too: the program itself knows of no wholeness."""
    system, at = table(counts)
    everyone = at[None, None]
    cells = {number: 1.0 for number in at.values() if number != everyone}
    goals = [Goal(n, 0, THRESHOLD) for n in cells if system.values[n] < THRESHOLD]
    held = protect(
        system, cells, held={goal.number for goal in goals}, known=[everyone], goals=goals
    )
    assert held is not None
    told = {number for number in at.values() if number not in held}
    assert everyone in told
    assert list(unmet(system, told, goals)) == []
    fitting = [
        other.values
        for tried in every(sum(counts), ROWS * COLUMNS)
        for other, _ in (table(tried),)
        if all(other.values[number] == system.values[number] for number in told)
    ]
    for goal in goals:
        found = {values[goal.number] for values in fitting}
        assert found >= {0, THRESHOLD}


@settings(max_examples=20)
@given(counts_strategy, st.integers(0, 2**11 - 1))
def test_the_ends_that_a_reader_finds_hold_every_table_that_fits(counts, choice):
    system, at = table(counts)
    told = [number for number in at.values() if choice >> number & 1] + [at[None, None]]
    reader = Reader(system, {}, told)
    ends = {number: reader.ends(number) for number in at.values()}
    for tried in every(sum(counts), ROWS * COLUMNS):
        other, _ = table(tried)
        if all(other.values[number] == system.values[number] for number in told):
            for number, (least, most) in ends.items():
                assert least - 1e-6 <= other.values[number] <= most + 1e-6


def test_a_number_that_is_told_or_follows_is_found():
    system, at = table((1, 4, 0, 2, 3, 1))
    reader = Reader(system, {}, [at[None, 0], at[0, 0]])
    assert reader.ends(at[0, 0]) == (1, 1)
    assert reader.ends(at[1, 0]) == (2, 2)


def test_where_even_nothing_told_is_too_much_there_is_no_way():
    """Two numbers that add up to two can neither of them be three."""
    system = System()
    whole, parts = system.add(2, 0, 2), [system.add(1, 0, 2), system.add(1, 0, 2)]
    system.total(whole, parts)
    goals = [Goal(parts[0], 0, THRESHOLD)]
    cells = dict.fromkeys(parts, 1.0)
    assert protect(system, cells, held=parts, known=[whole], goals=goals) is None


def test_no_more_is_held_back_than_must_be():
    """One small number of six takes one of its row, one of its column and one to close."""
    system, at = table((1, 20, 30, 12, 25, 40))
    cells = {n: 1.0 for n in at.values() if n != at[None, None]}
    goals = [Goal(at[0, 0], 0, THRESHOLD)]
    held = protect(system, cells, held=[at[0, 0]], known=[at[None, None]], goals=goals)
    assert held is not None
    assert len(held) == 4
