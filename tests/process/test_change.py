"""What has changed between two assessments, and what cannot be told."""

import datetime as dt
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.process.agreed import DAY, agreed, case, goal

from riskbehov.assessing import assess
from riskbehov.library import Library
from riskbehov.process.change import follow_up

LATER = dt.date(2026, 10, 20)
LIBRARY = Library.open()
DUDIT = LIBRARY.scored("dudit")
ITEMS = [item.id for item in DUDIT.items]


def results(first=None, second=None, **both):
    return (
        assess(case(**{**both, **(first or {})}), LIBRARY),
        assess(case(**{"day": LATER, **both, **(second or {})}), LIBRARY),
    )


def change(first=None, second=None, *, soon=(), **both):
    was, now = results(first, second, **both)
    return follow_up(was, now, LIBRARY, soon=soon)


def form(codes, instrument="dudit", **given):
    items = [item.id for item in LIBRARY.scored(instrument).items]
    return {instrument: {"answers": dict(zip(items, codes, strict=True)), **given}}


def total(found, instrument="dudit"):
    return next(
        c for c in found.scales if (c.instrument.id, c.second.scale.id) == (instrument, "total")
    )


# Scales


def test_the_change_of_a_complete_form_is_the_plain_difference():
    first, second = [4] * 9 + [4, 4], [1] * 9 + [0, 2]
    found = total(change({"instruments": form(first)}, {"instruments": form(second)}))
    assert (found.first.low, found.second.low) == (44, 11)
    assert (found.low, found.high) == (-33, -33)
    assert found.reliable == "yes"


def test_the_bands_of_both_times_are_told():
    found = total(change({"instruments": form([4] * 11)}, {"instruments": form([0] * 11)}))
    assert found.first_bands.ids == ("dependence", "dependence")
    assert found.second_bands.ids == ("below", "below")


def test_audit_has_no_spread_from_a_source_so_only_the_difference_is_told():
    found = total(
        change(
            {"instruments": form([4] * 8 + [4, 4], "audit")},
            {"instruments": form([0] * 10, "audit")},
        ),
        "audit",
    )
    assert (found.low, found.index, found.reliable) == (-40, None, "not-known")


def test_a_form_that_was_filled_in_once_is_named_and_not_compared():
    found = change(
        {"instruments": form([1] * 9 + [0, 0])}, {"instruments": form([1] * 8 + [0, 0], "audit")}
    )
    assert found.scales == ()
    assert [i.id for i in found.only_first] == ["dudit"]
    assert [i.id for i in found.only_second] == ["audit"]


def test_a_form_that_is_only_carried_over_is_not_compared():
    carried = form([1] * 9 + [0, 0], date=DAY)
    found = change(instruments=carried)
    assert found.scales == ()
    assert [i.id for i in found.not_again] == ["dudit"]
    again = change({"instruments": carried}, {"instruments": form([1] * 9 + [0, 0])})
    assert again.not_again == ()
    assert total(again).low == 0


@pytest.mark.parametrize(
    ("second", "altered"),
    [
        ({}, []),
        ({"11": 4}, ["dudit"]),
        ({"11": None}, ["dudit"]),  # an answer that has gone is another answer too
    ],
)
def test_a_form_of_the_same_day_with_other_answers_is_told_of(second, altered):
    first = form([1] * 9 + [0, 0], date=DAY)
    carried = {"dudit": {**first["dudit"], "answers": first["dudit"]["answers"] | second}}
    found = change({"instruments": first}, {"instruments": carried})
    assert found.scales == ()
    assert [i.id for i in found.altered] == altered


def test_what_is_left_out_and_what_is_left_open_are_the_same_answer():
    first, second = form([1] * 9 + [0, None], date=DAY), form([1] * 9 + [0, None], date=DAY)
    del second["dudit"]["answers"]["11"]
    assert change({"instruments": first}, {"instruments": second}).altered == ()


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ({}, {}, True),
        ({"person": {"age": 30, "sex": "unknown"}}, {}, False),  # DUDIT's limits go by sex
        ({"person": {"age": 17, "sex": "male"}}, {"person": {"age": 18, "sex": "male"}}, False),
        ({"person": {"age": 17, "sex": "male"}}, {"person": {"age": 17, "sex": "male"}}, True),
    ],
)
def test_whether_both_were_read_by_the_same_limits_is_told(first, second, is_same):
    found = change(first, second, instruments=form([1] * 9 + [0, 0]))
    assert total(found).is_same_limits is is_same


def test_limits_that_are_the_same_for_all_do_not_hang_on_the_sex():
    chosen = form([1] * 8 + [0, 0], "audit", cutoffs=["who-2001"])
    found = change({"person": {"age": 30, "sex": "unknown"}}, {}, instruments=chosen)
    assert total(found, "audit").second_bands.set.id == "who-2001"
    assert total(found, "audit").is_same_limits


def test_another_set_of_limits_the_second_time_is_told():
    first, second = (
        form([1] * 8 + [0, 0], "audit", cutoffs=[id_]) for id_ in ("who-2001", "se-unisex-3")
    )
    found = change({"instruments": first}, {"instruments": second})
    assert not total(found, "audit").is_same_limits


def test_ways_of_giving_that_do_not_ask_the_same_give_no_reliable_change():
    standard = form([1] * 8 + [0, 0], "audit", form="paper")
    other = form([1] * 3 + [None] * 7, "audit", form="hpi")
    found = change({"instruments": standard}, {"instruments": other})
    assert {c.is_same_form for c in found.scales} == {False}
    assert {c.reliable for c in found.scales} == {"not-known"}


def test_standard_ways_of_giving_ask_the_same():
    found = change(
        {"instruments": form([1] * 9 + [0, 0], form="paper")},
        {"instruments": form([1] * 9 + [0, 0], form="interview")},
    )
    assert total(found).is_same_form


codes = st.tuples(*(st.sampled_from(DUDIT.legal(item)) for item in DUDIT.items))
holes = st.sets(st.sampled_from(ITEMS), max_size=3)


def with_holes(filled, left_out):
    return [None if id_ in left_out else code for id_, code in zip(ITEMS, filled, strict=True)]


@settings(max_examples=40)
@given(codes, codes, holes, holes)
def test_swapping_first_and_second_turns_the_signs_round(first, second, hole, other):
    one, two = form(with_holes(first, hole)), form(with_holes(second, other))
    there = total(change({"instruments": one}, {"instruments": two}))
    back = total(change({"instruments": two}, {"instruments": one}))
    assert (back.low, back.high) == (-there.high, -there.low)
    assert back.index == pytest.approx((-there.index[1], -there.index[0]))
    assert back.reliable == there.reliable


@settings(max_examples=20)
@given(codes, codes, st.sets(st.sampled_from(ITEMS), min_size=1, max_size=2))
def test_an_interval_contains_every_completion(first, second, hole):
    whole = form(first)
    told = total(change({"instruments": whole}, {"instruments": form(with_holes(second, hole))}))
    legal = [DUDIT.legal(item) for item in DUDIT.items if item.id in hole]
    ends = set()
    for filling in product(*legal):
        filled = dict(zip([i for i in ITEMS if i in hole], filling, strict=True))
        codes_ = [filled.get(id_, code) for id_, code in zip(ITEMS, second, strict=True)]
        done = total(change({"instruments": whole}, {"instruments": form(codes_)}))
        assert told.low <= done.low == done.high <= told.high
        assert told.reliable in ("cannot-tell", done.reliable)
        ends.add(done.low)
    assert {told.low, told.high} <= ends


def test_a_form_given_again_within_the_months_it_asks_about_is_told_of():
    instruments = form([1] * 9 + [0, 0])
    (found,) = change(instruments=instruments, soon=("dudit",)).repeats
    assert found[0].id == "dudit"
    assert found[1].within_months == 12
    assert change(instruments=instruments).repeats == ()


# Areas and targets


def rated(code, **given):
    return {"code": code, **given}


@pytest.mark.parametrize(
    ("first", "second", "state", "difference"),
    [
        (0, 2, "new", 2),
        (1, 2, "new", 1),
        (2, 1, "left", -1),
        (3, 2, "still", -1),
        (0, 1, "still-not", 1),
        (2, None, "cannot-tell", None),
        (None, 2, "cannot-tell", None),
    ],
)
def test_an_area_is_new_left_or_still_there(first, second, state, difference):
    found = change({"ratings": {"leisure": first}}, {"ratings": {"leisure": second}})
    area = next(a for a in found.areas if a.item.id == "leisure")
    assert (area.state, area.difference) == (state, difference)


def test_drivers_and_strengths_of_both_times_are_kept():
    found = change(
        {"ratings": {"leisure": rated(2, driver=True)}},
        {"ratings": {"leisure": rated(1, strength=True)}},
    )
    area = next(a for a in found.areas if a.item.id == "leisure")
    assert (area.first.driver, area.second.driver, area.second.strength) == (True, None, True)


def test_targets_are_new_left_kept_or_not_rated_now():
    found = change(
        {"ratings": {"leisure": 0}},
        {"ratings": {"leisure": 2, "attitudes": 1, "associates": None}},
    ).targets
    assert found.new == ("leisure",)
    assert found.left == ("attitudes",)
    assert found.kept == ("substance_use",)
    assert found.unknown == ("associates",)


def test_ratings_that_are_only_carried_over_are_not_compared():
    carried = {"rbm8": {"date": DAY, "answers": {"attitudes": 3, "leisure": 0}}}
    found = change(instruments=carried)
    assert [i.id for i in found.not_again] == ["rbm8"]
    assert (found.areas, found.targets, found.is_same_needs) == ((), None, True)
    again = {"rbm8": {**carried["rbm8"], "date": DAY + dt.timedelta(days=1)}}
    rated_again = change({"instruments": carried}, {"instruments": again})
    assert rated_again.targets.kept == ("attitudes",)


def test_areas_of_different_instruments_are_not_compared():
    youth = {
        "day": dt.date(2025, 12, 1),
        "person": {"age": 17, "sex": "male"},
        "instruments": {"youth7": {"answers": {"attitudes": 3}}, **form([1] * 9 + [0, 0])},
    }
    grown = {"person": {"age": 18, "sex": "male"}}
    grown["instruments"] = {"rbm8": {"answers": {"attitudes": 1}}, **form([2] * 9 + [0, 0])}
    found = change(youth, grown)
    assert not found.is_same_needs
    assert (found.areas, found.targets) == ((), None)
    assert total(found).low == 9  # what is the same instrument is compared all the same


# Levels


def level(found, id_="risk"):
    return next(change for change in found.levels if change.id == id_)


def risk(level_):
    return {"professional_risk": {"level": level_, "reason": "x"}}


@pytest.mark.parametrize(
    ("first", "second", "direction"),
    [
        ("high", "medium", "lower"),
        ("low", "high", "higher"),
        ("medium", "medium", "same"),
    ],
)
def test_a_level_is_higher_lower_or_the_same(first, second, direction):
    assert level(change(risk(first), risk(second))).direction == direction


def test_a_level_that_is_unknown_at_one_time_has_no_direction():
    youth = {
        "person": {"age": 15, "sex": "male"},
        "instruments": {"youth7": {"answers": {"attitudes": 2}}},
    }
    found = level(change({"professional_risk": None}, risk("high"), **youth))
    assert (found.first, found.second) == (None, ("high", "high"))
    assert found.direction == "cannot-tell"


def test_intervals_that_overlap_have_no_direction_not_even_the_same():
    unrated = {"ratings": dict.fromkeys(("attitudes", "associates", "leisure"))}
    found = level(change(unrated, unrated), "intensity")
    assert found.first == found.second
    assert found.first[0] != found.first[1]
    assert found.direction == "cannot-tell"


def test_a_level_on_another_ground_is_told():
    found = change(risk("high"), {"professional_risk": None})
    assert not level(found).is_same_ground
    assert level(change(risk("high"), risk("low"))).is_same_ground


# The rest


def test_support_needs_come_and_go():
    states = {}
    for first, second in product((True, False, "unknown"), repeat=2):
        found = change({"facts": {"need_housing": first}}, {"facts": {"need_housing": second}})
        told = {c.fact.id: c.state for c in found.supports}
        states[first, second] = told.get("need_housing")
    assert states == {
        (True, True): "still",
        (True, False): "left",
        (False, True): "new",
        (False, False): "still-not",
        (True, "unknown"): "cannot-tell",
        ("unknown", True): "cannot-tell",
        (False, "unknown"): "cannot-tell",
        ("unknown", False): "cannot-tell",
        ("unknown", "unknown"): None,
    }


def test_the_responsivity_profile_tells_what_is_not_the_same():
    def profile(code):
        return {"responsivity": {"answers": {"language": code, "motivation": 1}}}

    (found,) = change({"instruments": profile(0)}, {"instruments": profile(2)}).profile
    assert (found.item.id, found.first, found.second) == ("language", 0, 2)
    carried = {"responsivity": {**profile(2)["responsivity"], "date": DAY}}
    assert change({"instruments": profile(0)}, {"instruments": carried}).profile == ()


def told(level_, day):
    return {"from": "police", "date": day, "law": "Ett lagrum.", "facts": {"threat_level": level_}}


HIGH = told("high", dt.date(2026, 6, 1))


@pytest.mark.parametrize(
    ("first", "second", "is_changed"),
    [
        ([HIGH], [HIGH], False),
        ([HIGH], [HIGH, told("low", dt.date(2026, 9, 1))], True),
        ([HIGH], [told("low", dt.date(2026, 9, 1)), told("high", dt.date(2026, 10, 1))], False),
        ([HIGH], [HIGH, told("unknown", dt.date(2026, 9, 1))], None),
        ([HIGH], [], None),
        ([], [HIGH], None),
    ],
)
def test_the_threat_is_as_it_was_stated_last(first, second, is_changed):
    found = change({"obtained": first}, {"obtained": second}).threat
    assert found.is_changed is is_changed


def test_where_the_police_have_stated_nothing_there_is_no_threat_to_compare():
    assert change().threat is None


def test_a_second_that_says_exactly_the_same_is_told_as_unchanged():
    assert change().is_unchanged
    assert change({}, {"person": {"age": 31, "sex": "male"}}).is_unchanged
    assert not change({}, {"ratings": {"leisure": 1}}).is_unchanged
    assert not change({}, {"facts": {"need_debts": False}}).is_unchanged


# What was agreed


def goals(first, second):
    found = change(
        {"action_plan": agreed(*first)} if first else {},
        {"action_plan": agreed(*second)} if second else {},
    )
    return {(g.id, g.target): g for g in found.goals}


def test_goals_are_followed_missing_or_new():
    found = goals(
        [goal("m1"), goal("m2", "associates")],
        [goal("m1", reached="yes"), goal("m3", "substance_use")],
    )
    assert {id_: g.state for (id_, _), g in found.items()} == {
        "m1": "followed",
        "m2": "missing",
        "m3": "new",
    }
    assert found["m1", "attitudes"].second.reached == "yes"


@pytest.mark.parametrize(
    ("first", "second", "reworded"),
    [("Högst 1.", "Högst 2.", "Högst 1."), ("Högst 1.", "Högst 1.", None)],
)
def test_a_goal_that_is_reworded_is_told_as_it_was(first, second, reworded):
    found = goals([goal("m1", goal=first)], [goal("m1", goal=second)])["m1", "attitudes"]
    assert found.reworded == reworded


def test_a_goal_of_one_file_alone_is_not_reworded():
    found = goals([goal("m1")], [goal("m2")])
    assert [g.reworded for g in found.values()] == [None, None]


def test_a_goal_with_another_target_is_another_goal():
    found = goals([goal("m1")], [goal("m1", "associates")])
    assert {key: g.state for key, g in found.items()} == {
        ("m1", "attitudes"): "missing",
        ("m1", "associates"): "new",
    }


@pytest.mark.parametrize(
    ("review", "reached", "is_overdue"),
    [
        (LATER - dt.timedelta(days=1), "no", True),
        (LATER, "no", False),
        (LATER - dt.timedelta(days=1), "yes", False),
        (None, "no", False),
    ],
)
def test_a_review_is_overdue_by_the_day_of_the_second(review, reached, is_overdue):
    found = goals([goal("m1")], [goal("m1", review=review, reached=reached)])
    assert found["m1", "attitudes"].is_overdue is is_overdue


def test_a_goal_that_is_missing_is_overdue_by_the_first_files_day():
    found = goals([goal("m1", review=dt.date(2026, 8, 1))], [])
    assert found["m1", "attitudes"].is_overdue


def test_activities_tell_their_status_at_both_times():
    first = [{"insats": "met"}, {"insats": "cra"}, {"what": "gå en kurs"}]
    second = [
        {"what": "gå en kurs ", "status": "completed"},
        {"insats": "met", "what": "hos en annan", "status": "interrupted"},
        {"insats": "ap", "status": "started"},
    ]
    found = goals([goal(activities=first)], [goal(activities=second)])["m1", "attitudes"]
    assert [(a.insats or a.what, a.first, a.second) for a in found.activities] == [
        ("met", "planned", "interrupted"),
        ("cra", "planned", None),
        ("gå en kurs", "planned", "completed"),
        ("ap", None, "started"),
    ]


def test_an_insats_that_stands_twice_is_matched_once_each():
    twice = [{"insats": "met"}, {"insats": "met"}]
    later = [{"insats": "met", "status": "completed"}]
    found = goals([goal(activities=twice)], [goal(activities=later)])["m1", "attitudes"]
    assert [(a.first, a.second) for a in found.activities] == [
        ("planned", "completed"),
        ("planned", None),
    ]
