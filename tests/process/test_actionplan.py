"""The handlingsplan: the plan, what was agreed, what is left to agree."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.process.agreed import DAY, agreed, assessed, goal

from riskbehov.process.actionplan import handlingsplan

TERMS = ("responsible", "when", "where", "how_often")
WHOLE = {"responsible": "a", "when": "b", "where": "c", "how_often": "d"}


@pytest.fixture
def plan_of(library):
    def make(**given):
        return handlingsplan(assessed(library, **given), library)

    return make


def row(plan, target):
    return next(row for row in plan.rows if row.target == target)


# From the plan


def test_targets_come_first_in_the_order_of_the_plan_and_then_support_needs(plan_of):
    plan = plan_of()
    assert [row.target for row in plan.rows] == [
        *plan.result.targets,
        "need_debts",
    ]
    assert plan.result.targets == ("attitudes", "associates", "substance_use")
    assert [row.kind for row in plan.rows] == ["need", "need", "need", "support"]


def test_every_insats_of_the_plan_stands_under_every_target_that_it_covers(plan_of):
    plan = plan_of()
    for planned in plan.result.plan.insatser:
        for target in planned.covers:
            assert planned.insats.id in [step.insats.id for step in row(plan, target).steps]


def test_substance_use_is_told_substance_by_substance(plan_of):
    found = row(plan_of(), "substance_use")
    assert [aim.part for aim in found.aims] == ["alcohol", "cannabis"]
    for aim in found.aims:
        steps = [step.insats.id for step in found.steps if aim.part in step.parts]
        assert list(aim.insatser) == steps
        assert (aim.gap is None) == bool(steps)


def test_a_substance_that_the_municipality_has_nothing_for_is_a_gap_of_its_own(plan_of):
    found = row(plan_of(offer=["met", "kbt-kriminalitet"]), "substance_use")
    by_part = {aim.part: aim for aim in found.aims}
    assert by_part["alcohol"].insatser == ("met",)
    assert by_part["alcohol"].gap is None
    assert by_part["cannabis"].insatser == ()
    assert by_part["cannabis"].gap.cause == "not-offered"
    assert [gap.part for gap in found.gaps] == ["cannabis"]


def test_a_target_without_parts_has_one_aim(plan_of):
    assert [aim.part for aim in row(plan_of(), "attitudes").aims] == [None]


def test_a_support_need_has_all_that_rules_recommend_and_no_choice_is_made(plan_of):
    found = row(plan_of(), "need_debts")
    assert [step.insats.id for step in found.steps] == ["budget-skuldradgivning", "skuldsanering"]
    assert found.aims[0].insatser == ("budget-skuldradgivning", "skuldsanering")
    assert found.gaps == ()


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        ({"declined": ["budget-skuldradgivning", "skuldsanering"]}, "declined"),
        ({"offer": ["met"]}, "not-offered"),
        (
            {"declined": ["budget-skuldradgivning"], "offer": ["budget-skuldradgivning"]},
            "not-offered",
        ),
    ],
)
def test_a_support_need_that_nothing_can_be_given_for_says_why(plan_of, given, cause):
    found = row(plan_of(**given), "need_debts")
    assert found.steps == ()
    assert [gap.cause for gap in found.gaps] == [cause]
    assert found.gaps[0].insatser == ("budget-skuldradgivning", "skuldsanering")


def test_what_is_left_of_the_support_is_given_where_the_rest_is_declined(plan_of):
    found = row(plan_of(declined=["skuldsanering"]), "need_debts")
    assert [step.insats.id for step in found.steps] == ["budget-skuldradgivning"]
    assert found.gaps == ()


def test_a_support_rule_that_names_no_insats_is_advice_and_no_gap(library):
    result = assessed(library)
    ((need, verdicts),) = result.support_needs.identified
    bare = replace(verdicts[0], rule=verdicts[0].rule.model_copy(update={"insats": None}))
    supported = replace(result.support_needs, identified=((need, (bare,)),))
    found = row(handlingsplan(replace(result, support_needs=supported), library), "need_debts")
    assert (found.steps, found.advice, found.gaps) == ((), (bare,), ())


@pytest.mark.parametrize(
    ("verdict", "cause"),
    [("cannot-tell", "cannot-tell"), ("does-not-apply", "no-recommendation")],
)
def test_a_support_need_without_advice_says_whether_it_can_be_told(library, verdict, cause):
    result = assessed(library)
    ((need, _rules),) = result.support_needs.identified
    verdicts = tuple(
        replace(v, verdict=verdict) if need.id in v.rule.targets else v for v in result.verdicts
    )
    supported = replace(result.support_needs, identified=((need, ()),))
    open_ = replace(result, verdicts=verdicts, support_needs=supported)
    (gap,) = row(handlingsplan(open_, library), "need_debts").gaps
    assert gap.cause == cause
    assert bool(gap.insatser) is (cause == "cannot-tell")


def test_adaptations_and_what_safety_calls_for_stand_beside(plan_of):
    plan = plan_of(
        instruments={"responsivity": {"answers": {"written_support": 1, "language": 0}}},
        facts={"relocation": True, "child_in_household": True, "victim_of_crime": True},
    )
    assert [a.item.id for a in plan.adaptations] == ["written_support"]
    told = {v.rule.id for v in plan.considerations}
    assert any(rule.startswith("sakerhet-") for rule in told)
    assert all(v.rule.block == "consideration" for v in plan.considerations)
    assert all(v.verdict == "applies" for v in plan.considerations)
    assert not any(rule.startswith("mottaglighet-") for rule in told)


def test_an_insats_is_as_strong_for_a_target_as_the_rules_for_that_target(library):
    result = assessed(library)
    planned = {p.insats.id: p for p in result.plan.insatser}
    rules = {v.rule.id: v.rule for v in result.verdicts}
    weaker = rules["kriminalitet-kbt-umgange"].model_copy(update={"strength": "bör"})
    verdicts = tuple(
        replace(v, rule=weaker) if v.rule.id == weaker.id else v for v in result.verdicts
    )
    plan = handlingsplan(replace(result, verdicts=verdicts), library)
    assert set(planned["kbt-kriminalitet"].rules) == {
        "kriminalitet-kbt-attityder",
        "kriminalitet-kbt-umgange",
    }
    found = {
        target: [(s.strength, s.rules) for s in row(plan, target).steps]
        for target in ("attitudes", "associates")
    }
    assert found == {
        "attitudes": [("kan", ("kriminalitet-kbt-attityder",))],
        "associates": [("bör", ("kriminalitet-kbt-umgange",))],
    }


def test_support_that_is_for_no_need_of_its_own_is_there_too(plan_of):
    facts = {"victim_of_crime": True, "need_debts": True}
    other = plan_of(facts=facts).other_support
    assert "stod-brottsoffer" in [v.rule.id for v in other]
    assert not any("need_debts" in v.rule.targets for v in other)
    assert plan_of(facts={"victim_of_crime": False}).other_support == ()


def test_what_nobody_has_rated_or_asked_may_be_a_target_yet(plan_of):
    plan = plan_of(ratings={"leisure": None, "history": None}, facts={"need_debts": False})
    ids = [id_ for id_, _label in plan.unanswered]
    assert "leisure" in ids
    assert "need_housing" in ids
    assert not {"history", "attitudes", "need_debts"} & set(ids)  # history is never a target


# Goals


def test_without_an_agreed_goal_one_below_the_limit_of_identification_is_suggested(
    plan_of, library
):
    found = row(plan_of(), "attitudes")
    limit = library.matrix("adult").identified_from
    assert found.goals == ()
    assert found.suggestion.params["rating"] == limit - 1
    assert found.suggestion.params["now"] == 3
    assert found.open == ("goal", "review")


def test_a_support_need_is_suggested_to_be_gone(plan_of):
    assert "no longer there" in str(row(plan_of(), "need_debts").suggestion)


def test_an_agreed_goal_takes_the_place_of_the_suggestion(plan_of):
    found = row(plan_of(action_plan=agreed(goal(measure="x", review=DAY))), "attitudes")
    assert found.suggestion is None
    assert [g.goal.id for g in found.goals] == ["m1"]
    assert found.open == found.goals[0].open == ()


def test_a_goal_without_measure_and_review_says_so(plan_of):
    (found,) = row(plan_of(action_plan=agreed(goal())), "attitudes").goals
    assert found.open == ("measure", "review")


def test_a_goal_that_is_reached_needs_no_review(plan_of):
    (found,) = row(plan_of(action_plan=agreed(goal(measure="x", reached="yes"))), "attitudes").goals
    assert found.open == ()


@pytest.mark.parametrize(
    ("review", "reached", "is_overdue"),
    [
        (DAY - dt.timedelta(days=1), "unknown", True),
        (DAY, "unknown", False),
        (DAY + dt.timedelta(days=1), "unknown", False),
        (DAY - dt.timedelta(days=1), "partly", True),
        (DAY - dt.timedelta(days=1), "yes", False),
        (None, "unknown", False),
    ],
)
def test_a_day_of_review_is_overdue_the_day_after(plan_of, review, reached, is_overdue):
    plan = plan_of(action_plan=agreed(goal(review=review, reached=reached)))
    (found,) = row(plan, "attitudes").goals
    assert found.is_overdue is is_overdue
    assert len(plan.overdue) == is_overdue


# What was agreed of insatser


def test_what_is_not_agreed_of_an_insats_is_named(plan_of):
    found = row(plan_of(), "attitudes")
    assert [step.open for step in found.steps] == [TERMS]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (WHOLE, ()),
        ({}, TERMS),
        ({"responsible": " ", "when": "måndagar"}, ("responsible", "where", "how_often")),
        ({"status": "started"}, TERMS),
        ({"status": "completed"}, ()),
        ({"status": "interrupted"}, ()),
        ({"status": "not-given"}, ()),
    ],
)
def test_an_agreed_insats_names_what_is_left_until_it_is_over(plan_of, said, left):
    activity = {"insats": "kbt-kriminalitet", **said}
    (step,) = row(plan_of(action_plan=agreed(goal(activities=[activity]))), "attitudes").steps
    assert step.open == ()
    assert [a.open for a in step.agreed] == [left]
    assert [a.goal for a in step.agreed] == ["m1"]


@pytest.mark.parametrize(
    ("status", "elsewhere"),
    [("planned", ("attitudes",)), ("started", ("attitudes",)), ("completed", ())],
)
def test_an_insats_under_way_for_another_target_is_not_left_to_agree(plan_of, status, elsewhere):
    activity = {"insats": "kbt-kriminalitet", "status": status, **WHOLE}
    plan = plan_of(action_plan=agreed(goal(activities=[activity])))
    (step,) = row(plan, "associates").steps
    assert step.insats.id == "kbt-kriminalitet"
    assert (step.elsewhere, step.agreed) == (elsewhere, ())
    assert step.open == (() if elsewhere else TERMS)


def test_what_is_no_insats_stands_by_itself(plan_of):
    plan = plan_of(action_plan=agreed(goal(activities=[{"what": "gå en kurs"}])))
    found = row(plan, "attitudes")
    assert [a.activity.what for a in found.others] == ["gå en kurs"]
    assert found.beside == ()


@pytest.mark.parametrize(
    ("insats", "given", "place", "warning"),
    [
        ("hjalp-boende", {}, "beside", None),
        ("hjalp-boende", {"declined": ["hjalp-boende"]}, "beside", "declined"),
        ("budget-skuldradgivning", {}, "elsewhere", None),
    ],
)
def test_an_agreed_insats_that_the_plan_does_not_have_is_told_with_its_place(
    plan_of, insats, given, place, warning
):
    plan = plan_of(action_plan=agreed(goal(activities=[{"insats": insats}])), **given)
    (beside,) = row(plan, "attitudes").beside
    assert (beside.insats.id, beside.place, beside.warning) == (insats, place, warning)


def test_an_insats_of_a_near_proposal_is_told_as_such(plan_of):
    first = plan_of()
    planned = {p.insats.id for p in first.result.plan.insatser}
    other = next(
        p.insats.id
        for found in first.result.plan.alternatives
        for p in found
        if p.insats.id not in planned and "substance_use" in p.covers
    )
    plan = plan_of(action_plan=agreed(goal(target="substance_use", activities=[{"insats": other}])))
    (beside,) = row(plan, "substance_use").beside
    assert beside.place == "alternative"


def test_an_agreed_insats_that_is_advised_against_is_warned_of(library):
    result = assessed(
        library,
        person={"age": 16, "sex": "male"},
        instruments={"youth7": {"answers": {"attitudes": 3}}},
        facts={"norm_breaking": True},
        action_plan=agreed(goal(activities=[{"insats": "scared-straight"}])),
    )
    (beside,) = row(handlingsplan(result, library), "attitudes").beside
    assert beside.warning == "advised-against"


# What is no target any longer


@pytest.mark.parametrize(
    ("target", "given", "is_known"),
    [
        ("leisure", {}, True),
        ("leisure", {"ratings": {"leisure": None}}, False),
        ("need_dental", {"facts": {"need_dental": False}}, True),
        ("need_dental", {}, False),
    ],
)
def test_a_goal_for_what_is_no_target_is_shown(plan_of, target, given, is_known):
    activities = [{"insats": "kbt-kriminalitet"}, {"what": "annat"}]
    plan = plan_of(action_plan=agreed(goal(target=target, activities=activities)), **given)
    (former,) = plan.former
    assert (former.goal.goal.target, former.is_known) == (target, is_known)
    assert [b.insats.id for b in former.beside] == ["kbt-kriminalitet"]
    assert [a.activity.what for a in former.others] == ["annat"]
    assert target not in [row.target for row in plan.rows]


def test_every_agreed_goal_stands_somewhere(plan_of):
    goals = [goal(f"m{n}", t) for n, t in enumerate(("attitudes", "leisure", "need_debts"))]
    plan = plan_of(action_plan=agreed(*goals))
    shown = [g.goal.id for row in plan.rows for g in row.goals]
    assert sorted([*shown, *(f.goal.goal.id for f in plan.former)]) == ["m0", "m1", "m2"]


def test_without_a_plan_in_the_file_all_is_left_to_agree(plan_of):
    plan = plan_of()
    assert (plan.agreed_on, plan.shared_with, plan.former) == (None, (), ())
    assert all(row.open for row in plan.rows)


# Whom it was shared with


def consent(**said):
    return {
        "id": "s1",
        "to": ["provider"],
        "about": ["plan"],
        "situations": "När planen delas.",
        "form": "written",
        "given": dt.date(2026, 1, 1),
        **said,
    }


@pytest.mark.parametrize(
    ("consents", "unconsented"),
    [
        (None, None),  # nothing is said of consents
        ([], ("police", "provider")),
        ([consent()], ("police",)),
        ([consent(to=["police", "provider"])], ()),
        ([consent(), consent(id="s2", to=["police"])], ()),
        ([consent(about=["threat"])], ("police", "provider")),
        # The plan is of 10 January. A consent of one of the days after that is enough.
        ([consent(until=dt.date(2026, 1, 10))], ("police",)),
        ([consent(until=dt.date(2026, 1, 9))], ("police", "provider")),
        ([consent(withdrawn=dt.date(2026, 1, 10))], ("police", "provider")),
        ([consent(withdrawn=dt.date(2026, 1, 11))], ("police",)),
        ([consent(given=DAY)], ("police",)),
    ],
)
def test_whom_no_consent_lets_the_plan_be_shared_with_is_told(plan_of, consents, unconsented):
    shared = {**agreed(goal()), "shared_with": ["police", "provider"]}
    given = {} if consents is None else {"consents": consents}
    assert plan_of(action_plan=shared, **given).unconsented == unconsented


def test_a_plan_that_is_not_there_is_shared_with_nobody(plan_of):
    assert plan_of(consents=[]).unconsented == ()


# When methods are due again


def recorded(method, day, **more):
    level = {"rbm-b": "medium", "hcr-20": "low"}[method]
    return {"method": method, "level": level, "date": day, "law": "Ett lagrum.", **more}


def test_the_newest_result_of_each_method_tells_when_it_is_due(plan_of):
    plan = plan_of(
        recorded_results=[
            recorded("rbm-b", dt.date(2025, 12, 1)),
            recorded("rbm-b", dt.date(2026, 3, 1)),
            recorded("rbm-b", dt.date(2025, 2, 1)),
        ]
    )
    (due,) = plan.due
    assert (due.method.id, due.date) == ("rbm-b", dt.date(2026, 3, 1))
    assert due.last_day == dt.date(2027, 3, 1)  # twelve months, by the method's data file
    assert not due.is_past


@pytest.mark.parametrize(
    ("made", "is_past"), [(dt.date(2025, 6, 15), False), (dt.date(2025, 6, 14), True)]
)
def test_a_result_is_past_the_day_after_its_last(plan_of, made, is_past):
    (due,) = plan_of(recorded_results=[recorded("rbm-b", made)]).due
    assert due.is_past is is_past


def test_the_assessors_own_shorter_time_counts(plan_of):
    made = dt.date(2026, 1, 31)
    (due,) = plan_of(recorded_results=[recorded("rbm-b", made, valid_months=1)]).due
    assert due.last_day == dt.date(2026, 2, 28)
