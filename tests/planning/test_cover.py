"""The exact cover against trying every set of insatser."""

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from riskbehov.planning.cover import Candidate, Cover, covers

TARGETS = ("a", "b", "c", "d", "e")


def candidate(id_, covered, *, intrusiveness=0, group=None, by_others=False, cost=0.0):
    return Candidate(id_, covered, intrusiveness, group, by_others, cost)


def worth_of(chosen, targets):
    return (
        sum(c.intrusiveness for c in chosen),
        sum(min(c.weakness[t] for c in chosen if t in c.weakness) for t in targets),
        len(chosen),
        sum(c.by_others for c in chosen),
        sum(c.cost for c in chosen),
    )


def best_by_trying_all(targets, candidates):
    """Return the least worth of all sets that cover the targets, one insats of a group at most."""
    found = []
    for chosen in chain.from_iterable(
        combinations(candidates, size) for size in range(1, len(candidates) + 1)
    ):
        groups = [c.group for c in chosen if c.group]
        is_cover = all(any(t in c.weakness for c in chosen) for t in targets)
        if is_cover and len(groups) == len(set(groups)):
            found.append(worth_of(chosen, targets))
    return min(found, default=None)


candidates_strategy = st.lists(
    st.builds(
        lambda covered, intrusiveness, group, by_others, cost: (
            covered,
            intrusiveness,
            group,
            by_others,
            cost,
        ),
        st.dictionaries(st.sampled_from(TARGETS), st.integers(0, 3), min_size=1, max_size=4),
        st.integers(0, 2),
        st.sampled_from([None, None, "family", "talk"]),
        st.booleans(),
        st.sampled_from([0.0, 10.0, 25.0]),
    ),
    min_size=1,
    max_size=8,
).map(
    lambda rows: [
        Candidate(f"i{n}", covered, intrusiveness, group, by_others, cost)
        for n, (covered, intrusiveness, group, by_others, cost) in enumerate(rows)
    ]
)


@given(st.integers(1, 5), candidates_strategy)
def test_the_first_cover_is_the_best_of_all_sets(count, candidates):
    targets = TARGETS[:count]
    found = covers(targets, candidates)
    expected = best_by_trying_all(targets, candidates)
    assert (found[0].worth if found else None) == expected


@given(st.integers(1, 5), candidates_strategy)
def test_every_cover_covers_all_takes_one_of_a_group_and_has_none_to_spare(count, candidates):
    targets = TARGETS[:count]
    by_id = {c.id: c for c in candidates}
    found = covers(targets, candidates)
    assert len({frozenset(cover.chosen) for cover in found}) == len(found)
    for cover in found:
        chosen = [by_id[id_] for id_ in cover.chosen]
        groups = [c.group for c in chosen if c.group]
        assert len(groups) == len(set(groups))
        assert cover.worth == worth_of(chosen, targets)
        for left_out in chosen:
            rest = [c for c in chosen if c is not left_out]
            opens = any(not any(t in c.weakness for c in rest) for t in targets)
            assert opens or worth_of(rest, targets)[1] > cover.worth[1]


def test_no_cover_where_a_target_has_no_candidate():
    assert covers(("a", "b"), [candidate("i", {"a": 0})]) == ()


def test_open_care_before_strength_strength_before_number():
    strong_but_housing = candidate("housing", {"a": 0, "b": 0}, intrusiveness=1)
    two_strong = [candidate("x", {"a": 0}), candidate("y", {"b": 0})]
    one_weak = candidate("z", {"a": 1, "b": 1})
    first, *_ = covers(("a", "b"), [strong_but_housing, *two_strong, one_weak])
    assert first == Cover(("x", "y"), (0, 0, 2, 0, 0.0))


def test_own_provider_before_cost():
    own = candidate("own", {"a": 0}, cost=900.0)
    bought = candidate("bought", {"a": 0}, by_others=True, cost=1.0)
    assert covers(("a",), [bought, own])[0].chosen == ("own",)
