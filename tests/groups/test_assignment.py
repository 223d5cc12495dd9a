"""Places given out so that most is covered, against trying every way."""

from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from riskbehov.groups.assignment import Need, assign, fewest_places
from riskbehov.planning.aims import Aim

AIMS = tuple(Aim(name, None) for name in "abcd")
INSATSER = ("i", "j", "k", "l")
BY_AIM = {aim.target: aim for aim in AIMS}


def needs(**options):
    """Return the needs of one person: ``needs(a="ij")`` is aim a, covered by i or j."""
    return frozenset(Need(BY_AIM[aim], frozenset(able)) for aim, able in options.items())


def bundles(person, places, groups):
    """Yield every set of insatser that a person may get."""
    able = sorted({i for need in person for i in need.insatser if i in places})
    for chosen in product((False, True), repeat=len(able)):
        bundle = {i for i, taken in zip(able, chosen, strict=True) if taken}
        held = [groups[i] for i in bundle if groups.get(i)]
        if len(held) == len(set(held)):
            yield bundle


def by_trying_all(persons, places, groups):
    """Return what each way of giving out the places covers, with the places that it takes."""
    every = [list(bundles(person, places, groups)) for person in persons]
    for given_out in product(*every):
        used = Counter(i for bundle in given_out for i in bundle)
        if all(places[i] is None or used[i] <= places[i] for i in used):
            covered = Counter(
                need.aim
                for person, bundle in zip(persons, given_out, strict=True)
                for need in person
                if need.insatser & bundle
            )
            yield covered, used


persons_strategy = st.lists(
    st.dictionaries(
        st.sampled_from("abcd"), st.sets(st.sampled_from("ijkl"), max_size=3), max_size=3
    ).map(lambda options: needs(**options)),
    min_size=1,
    max_size=3,
)
places_strategy = st.dictionaries(
    st.sampled_from(INSATSER), st.one_of(st.none(), st.integers(0, 2)), max_size=4
)
groups_strategy = st.dictionaries(
    st.sampled_from(INSATSER), st.sampled_from([None, "family", "talk"]), max_size=4
)


@given(persons_strategy, places_strategy, groups_strategy)
def test_no_other_way_covers_more(persons, places, groups):
    found = assign(Counter(persons), places, groups)
    assert found.total == max(c.total() for c, _ in by_trying_all(persons, places, groups))


@given(persons_strategy, places_strategy, groups_strategy)
def test_of_ways_that_cover_as_many_the_first_areas_are_covered_most(persons, places, groups):
    found = assign(Counter(persons), places, groups, order=AIMS)
    ways = [covered for covered, _ in by_trying_all(persons, places, groups)]
    best = max(ways, key=lambda c: (c.total(), *(c[aim] for aim in AIMS)))
    assert [found.covered.get(aim, 0) for aim in AIMS] == [best[aim] for aim in AIMS]


@given(persons_strategy, places_strategy, groups_strategy, st.sampled_from(INSATSER))
def test_the_fewest_places_that_cover_the_most(persons, places, groups, insats):
    more = {**places, insats: None}
    ways = list(by_trying_all(persons, more, groups))
    most = max(covered.total() for covered, _ in ways)
    fewest = min(used[insats] for covered, used in ways if covered.total() == most)
    assert fewest_places(Counter(persons), more, groups, insats) == fewest


def test_a_person_needs_one_place_however_many_targets_it_covers():
    found = assign({needs(a="i", b="i", c="i"): 2}, {"i": 1}, {})
    assert found.total == 3


def test_three_insatser_on_two_persons_are_not_thought_to_be_apart_everywhere():
    """One place of each of i, j and k: whoever adds up places by target alone would find six."""
    person = needs(a="ij", b="jk", c="ik")
    assert assign({person: 2}, {"i": 1, "j": 1, "k": 1}, {}).total == 5


def test_of_alternatives_a_person_gets_one():
    person = needs(a="i", b="j")
    assert assign({person: 1}, {"i": None, "j": None}, {"i": "family", "j": "family"}).total == 1
    assert assign({person: 1}, {"i": None, "j": None}, {}).total == 2


def test_no_place_and_no_offer_cover_nothing():
    assert assign({needs(a="i"): 3}, {"i": 0}, {}).total == 0
    assert assign({needs(a="i"): 3}, {}, {}).total == 0
    assert assign({needs(a=""): 3}, {"i": None}, {}).total == 0


def test_as_many_as_need_it_can_have_what_has_no_limit():
    assert assign({needs(a="i"): 10_000}, {"i": None}, {}).total == 10_000
