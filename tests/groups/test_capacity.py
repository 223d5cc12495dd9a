"""What a group needs against an offer: counted right, held back, and never solved for."""

from collections import Counter
from itertools import product
from typing import Any

import highspy
import pytest
from pydantic import ValidationError
from tests.groups.made import Maker, extract
from tests.groups.people import people

from riskbehov.errors import CaseError, InputError
from riskbehov.groups.assignment import assign
from riskbehov.groups.capacity import Capacity, capacity
from riskbehov.groups.needed import STATES, Needed, known, needs_of
from riskbehov.library import Library
from riskbehov.models.case import Offer
from riskbehov.planning.aims import Aim

WORK, FRIENDS = Aim("work", None), Aim("friends", None)


def offer(**places: int | None) -> Offer:
    return Offer.model_validate(
        {"insatser": [{"insats": i, "own": True, "places": n} for i, n in places.items()]}
    )


def wants(**targets: str) -> dict[str, Any]:
    """Return what a person needs: ``wants(work="coaching course")``."""
    return {
        "last": {
            "targets": [
                {"target": target, "insatser": insatser.split()}
                for target, insatser in targets.items()
            ]
        }
    }


def found(small: Library, given: Offer, *groups: tuple[int, dict[str, Any]], **told) -> Capacity:
    return capacity(extract(people(small, *groups), small), given, small, **told)


def row(capacity_: Capacity, aim: Aim) -> dict[str, int | None]:
    covering = next(each for each in capacity_.coverings if each.aim == aim)
    return {"having": covering.having, **{str(k): v for k, v in covering.states.items()}}


# Counted right


def test_who_has_a_target_and_how_it_stands_for_them(small):
    made = found(
        small,
        offer(coaching=10),
        (18, wants(work="coaching")),
        (9, wants(work="course")),
        (8, wants(work="")),
        (20, wants(friends="course")),
    )
    assert made.persons == 55
    assert row(made, WORK) == {
        "having": 35,
        "covered": 10,
        "places-taken": 8,
        "not-offered": 9,
        "no-insats": 8,
    }
    assert row(made, FRIENDS)["having"] == 20


def test_demand_is_told_beside_the_places(small):
    made = found(small, offer(coaching=10), (18, wants(work="coaching")), (20, {}))
    demand = next(each for each in made.demands if each.insats == "coaching")
    assert (demand.could_cover, demand.short) == (18, 8)
    assert demand.offered is not None
    assert demand.offered.own


def test_the_one_addition_that_covers_most(small):
    none: dict[str, Any] = {}
    groups = ((9, wants(work="coaching")), (12, wants(friends="course")), (30, none))
    made = found(small, offer(coaching=0), *groups)
    assert [(a.insats, a.kind, a.targets, a.places) for a in made.additions] == [
        ("course", "new", 12, 12)
    ]
    made = found(small, offer(coaching=0, course=None), *groups)
    assert [(a.insats, a.kind, a.targets) for a in made.additions] == [
        ("coaching", "more-places", 9)
    ]


def test_additions_that_are_equally_good_are_all_named(small):
    made = found(small, offer(), (9, wants(work="coaching", friends="course")), (30, {}))
    assert [a.insats for a in made.additions] == ["coaching", "course"]
    made = found(small, offer(), (9, wants(work="coaching course")), (30, {}))
    assert [a.insats for a in made.additions] == ["coaching", "course"]


def test_where_nothing_more_would_cover_more_no_addition_is_named(small):
    assert found(small, offer(coaching=None), (9, wants(work="coaching"))).additions == ()


@pytest.mark.parametrize("seed", range(6))
def test_the_best_addition_is_that_of_trying_each(small, seed):
    records = Maker(seed, small, "grown").records(40)
    given = offer(coaching=4, course=3)
    needed = Needed(known(given, small), records)
    persons = Counter(map(needs_of, records))
    groups = {insats.id: insats.one_of for insats in small.insatser.values()}
    places = {"coaching": 4, "course": 3}
    now = assign(persons, places, groups).total
    more = {i: assign(persons, {**places, i: None}, groups).total - now for i in small.insatser}
    most = max(more.values())
    best = tuple(sorted(i for i, gain in more.items() if gain == most and gain))
    assert needed.additions == (best, most)


@pytest.mark.parametrize("seed", range(4))
def test_one_variable_for_each_person_gives_the_same(seed):
    """The straightforward program, with a choice for every person and insats."""
    library = Library.open()
    records = Maker(seed, library).records(60)
    places = {"met": 9, "kbt-beroende": 5, "ap": 4, "kontaktperson": 12, "mentorskap": None}
    groups = {insats.id: insats.one_of for insats in library.insatser.values()}
    persons = Counter(map(needs_of, records))
    assert assign(persons, places, groups).total == person_by_person(records, places, groups)


def person_by_person(records, places, groups) -> int:
    model = highspy.Highs()
    model.silent()
    gets: dict[tuple[int, str], Any] = {}
    covered: list[Any] = []
    for n, record in enumerate(records):
        needs = needs_of(record)
        able = sorted({i for need in needs for i in need.insatser if i in places})
        gets |= {(n, i): model.addBinary() for i in able}
        for need in needs:
            options = [gets[n, i] for i in able if i in need.insatser]
            if options:
                covered.append(model.addBinary())
                model.addConstr(model.qsum(options) >= covered[-1])
        for group in {groups[i] for i in able if groups[i]}:
            model.addConstr(sum(gets[n, i] for i in able if groups[i] == group) <= 1)
    for insats, limit in places.items():
        using = [variable for (_, i), variable in gets.items() if i == insats]
        if limit is not None and using:
            model.addConstr(sum(using) <= limit)
    model.maximize(sum(covered))
    return round(model.getObjectiveValue())


# Held back


def test_few_who_need_an_insats_are_not_told(small):
    made = found(
        small,
        offer(coaching=2, course=30),
        (3, wants(work="coaching")),
        (20, wants(friends="course")),
        (15, {}),
    )
    assert all(each.aim != WORK for each in made.coverings)
    demand = next(each for each in made.demands if each.insats == "coaching")
    assert (demand.could_cover, demand.short) == (None, None)
    assert row(made, FRIENDS)["having"] == 20
    assert made.together.having is None  # 23 less 20 would tell of the three


def test_an_addition_that_would_help_few_is_not_named(small):
    """To name it would tell that somebody needs it."""
    made = found(small, offer(coaching=None), (4, wants(friends="course")), (30, {}))
    assert made.additions == ()
    both = wants(work="course", friends="course")  # six targets, but three persons
    made = found(small, offer(coaching=None), (3, both), (30, {}))
    assert made.additions == ()
    made = found(small, offer(coaching=None), (5, wants(friends="course")), (30, {}))
    assert [addition.insats for addition in made.additions] == ["course"]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_held_back_cannot_be_solved_for(small, seed):
    """By a program of its own: what the totals say, and which insats may cover what."""
    maker = Maker(seed, small, "grown")
    records = maker.records((12, 30, 60, 150)[seed % 4])
    given = offer(coaching=6, course=None)
    made = capacity(extract(records, small), given, small)
    truth = Needed(known(given, small), records)
    ends = solved(made, truth)
    for name, value in true_counts(truth).items():
        if 0 < value < 5:
            least, most = ends[name]
            assert least < 1e-6, name
            assert most > min(5, bound(name, truth)) - 1e-6, name


def true_counts(truth: Needed) -> dict[tuple[Any, ...], int]:
    having = {aim: sum(states.values()) for aim, states in truth.states.items()}
    return {
        **{("level", level): count for level, count in truth.levels.items()},
        **{("having", aim): count for aim, count in having.items()},
        **{(s, aim): states[s] for aim, states in truth.states.items() for s in STATES},
        **{("could", i): steps[1] for i, steps in truth.steps.items()},
    }


def bound(name: tuple[Any, ...], truth: Needed) -> float:
    """Return the most that the offer itself lets a count be."""
    if name[0] != "covered":
        return 5
    limits = [truth.known.places.get(i, 0) for i in truth.known.for_aim(name[1])]
    return 5 if None in limits else sum(limit or 0 for limit in limits)


def solved(made: Capacity, truth: Needed) -> dict[tuple[Any, ...], tuple[float, float]]:
    """Return what each count may be at least and at most, by what was told."""
    model = highspy.Highs()
    model.silent()
    n = made.persons
    told: dict[tuple[Any, ...], int | None] = {
        ("level", level): count for level, count in made.intensities.items()
    }
    for each in (*made.coverings, made.together):
        told["having", each.aim] = each.having
        told |= {(state, each.aim): each.states[state] for state in STATES}
    told |= {("could", each.insats): each.could_cover for each in made.demands}
    names = {*true_counts(truth), *told}
    column = {}
    for name in names:
        value = told.get(name)
        low, high = (0.0, n * 30.0) if value is None else (value, value)
        column[name] = model.addVariable(low, high)
    aims = list(truth.states)
    for aim in aims:
        model.addConstr(column["having", aim] <= n)
        model.addConstr(sum(column[s, aim] for s in STATES) == column["having", aim])
        able = [column["could", i] for i in truth.known.for_aim(aim)]
        usable = sum(column[s, aim] for s in STATES[:3])
        model.addConstr(usable <= sum(able) if able else usable == 0)
    for state in ("having", *STATES):
        model.addConstr(sum(column[state, aim] for aim in aims) == column[state, None])
    model.addConstr(sum(column["level", level] for level in truth.levels) == n)
    for insats in truth.steps:
        model.addConstr(column["could", insats] <= n)
    for addition in made.additions:  # that it is named tells that it is not for few
        gain, left = model.addVariable(5), model.addVariable(0)
        if addition.targets is not None:
            model.addConstr(gain == addition.targets)
        open_ = column["places-taken", None] + column["not-offered", None]
        model.addConstr(gain + left == open_)
        model.addConstr(column["could", addition.insats] >= (addition.places or 5))
    found_ = {}
    for name in true_counts(truth):
        model.minimize(column[name])
        least = model.getObjectiveValue()
        model.maximize(column[name])
        found_[name] = (least, model.getObjectiveValue())
    return found_


# Refused


def test_an_offer_with_negative_cost_or_places_is_refused_by_the_model():
    for wrong in ({"cost": -1}, {"places": -1}):
        with pytest.raises(ValidationError, match="greater than or equal to 0"):
            Offer.model_validate({"insatser": [{"insats": "met", "own": True, **wrong}]})


def test_an_unknown_insats_and_one_that_stands_twice_are_refused(small):
    with pytest.raises(CaseError, match="found 'yoga', expected an insats"):
        found(small, offer(yoga=1), (9, {}))
    twice = Offer.model_validate({"insatser": [{"insats": "course", "own": True}] * 2})
    with pytest.raises(CaseError, match="found 'course' once more, expected once"):
        found(small, twice, (9, {}))


def test_fewer_persons_than_the_threshold_are_refused(small):
    with pytest.raises(InputError, match="found fewer than 5 persons"):
        found(small, offer(), (4, {}))


@pytest.mark.parametrize("threshold", [0, -1])
def test_a_threshold_that_holds_nothing_back_is_refused(small, threshold):
    with pytest.raises(InputError, match="expected at least 1"):
        found(small, offer(), (9, {}), threshold=threshold)


def test_ten_thousand_persons_are_counted(small):
    kinds = product(("coaching", "coaching course", "course", ""), ("course", ""))
    groups = [(1125, wants(work=work, friends=friends)) for work, friends in kinds]
    made = found(small, offer(coaching=2000, course=1000), *groups, (1000, {}))
    assert made.persons == 10_000
    assert row(made, WORK)["having"] == row(made, FRIENDS)["having"] == 9000
    assert row(made, WORK)["covered"] == 3000  # every place covers the work of someone
