"""The handlingsplan as it is read."""

import datetime as dt
from dataclasses import replace
from typing import get_args

import pytest
from tests.markdown import headings as page_headings
from tests.process.agreed import agreed, assessed, goal
from tests.report.made import callouts, headings, section, text_of

from riskbehov.models.case import Activity, Goal
from riskbehov.process.actionplan import DEMANDS, OWN, handlingsplan
from riskbehov.process.agreed import Objection, Open, Place
from riskbehov.report import plan_blocks, to_markdown, to_text
from riskbehov.report.case.actionplan import _PLACES, _WARNINGS, OPEN, REACHED, STATUSES
from riskbehov.report.document import Paragraph
from riskbehov.report.plain.actionplan import plan_dict

WHOLE = {
    "insats": "kbt-kriminalitet",
    "responsible": "samordnaren",
    "taking_part": ["behandlaren", "en bror"],
    "when": "måndagar",
    "where": "mottagningen",
    "how_often": "en gång i veckan",
    "status": "started",
}


@pytest.fixture
def blocks_of(library):
    def make(**given):
        return plan_blocks(handlingsplan(assessed(library, **given), library), library)

    return make


def test_every_word_of_a_plan_is_put_into_words():
    assert set(OPEN) == set(get_args(Open))
    assert set(_PLACES) == set(get_args(Place))
    assert set(_WARNINGS) == set(get_args(Objection))
    assert set(STATUSES) == set(get_args(Activity.model_fields["status"].annotation))
    assert set(REACHED) == set(get_args(Goal.model_fields["reached"].annotation))


def test_there_is_a_block_for_each_target_and_the_end_tells_what_is_lacking(blocks_of):
    assert headings(blocks_of()) == [
        "Action plan for case fiktiv",
        "What we work on",
        "Procriminal attitudes",
        "Procriminal associates",
        "Substance misuse or dependence",
        "Support",
        "Debts",
        "What is lacking",
        "Who has been given the plan",
        "Where the insatser come from",
        "Sources",
    ]


def test_what_is_agreed_is_told_as_agreed(blocks_of):
    blocks = blocks_of(
        action_plan=agreed(
            goal(
                goal="Inga nya brott.",
                measure="Utdrag.",
                review=dt.date(2026, 9, 1),
                activities=[WHOLE],
            )
        )
    )
    shown = text_of(section(blocks, "Procriminal attitudes"))
    for words in (
        "Goal: Inga nya brott.",
        "How it is seen Utdrag.",
        "Looked at again 2026-09-01",
        "So far not looked at yet",
        "Responsible samordnaren",
        "Taking part behandlaren, en bror",
        "When måndagar",
        "Where mottagningen",
        "How often en gång i veckan",
        "Status under way",
    ):
        assert words in shown
    assert "Left to agree" not in shown
    assert "Suggestion" not in shown


def test_what_is_not_agreed_is_named_where_it_stands_and_at_the_end(blocks_of):
    blocks = blocks_of()
    shown = text_of(section(blocks, "Procriminal attitudes"))
    assert "Goal: left to agree." in shown
    assert "Suggestion: rated at most 1," in shown
    assert "Left to agree: who is responsible, when, where, how often." in shown
    end = text_of(section(blocks, "What is lacking"))
    assert "Procriminal attitudes: a goal, the day it is looked at again" in end
    assert "Procriminal attitudes, CBT-based measure against crime (KBT): who is" in end


def test_a_suggestion_is_told_to_be_the_toolkits_own(blocks_of):
    head = text_of(blocks_of()[:7])
    assert "one is suggested that can be measured" in head
    assert "the toolkit's own structure, not validated (docs/metod.md, Handlingsplan)" in head
    goals = [
        goal(f"m{n}", t)
        for n, t in enumerate(("attitudes", "associates", "substance_use", "need_debts"))
    ]
    assert "suggested" not in text_of(blocks_of(action_plan=agreed(*goals)))


def test_gaps_are_told_with_their_cause_under_the_target_and_at_the_end(blocks_of):
    blocks = blocks_of(offer=["met"])
    words = "Substance misuse or dependence (Cannabis): the municipality does not offer"
    assert words in text_of(section(blocks, "Substance misuse or dependence"))
    assert words in text_of(section(blocks, "What is lacking"))


def test_what_is_agreed_against_a_no_is_warned_of(blocks_of):
    blocks = blocks_of(
        declined=["hjalp-boende"],
        action_plan=agreed(goal(activities=[{"insats": "hjalp-boende"}])),
    )
    found = section(blocks, "Procriminal attitudes")
    assert "Agreed beside the plan" in text_of(found)
    (warning,) = callouts(found)
    assert "though the person has declined it" in text_of(warning.inside)


@pytest.mark.parametrize(
    ("day", "reached", "words"),
    [
        (15, "unknown", "is looked at again."),
        (15, "no", "is looked at again."),
        (14, "unknown", "should have been looked at. It is overdue."),
        # It has been looked at, so that is not what is overdue.
        (14, "partly", "is not reached, and the day has passed."),
        (14, "no", "is not reached, and the day has passed."),
    ],
)
def test_a_day_of_review_is_to_come_or_has_passed(blocks_of, day, reached, words):
    plan = agreed(goal(goal="Högst 1.", review=dt.date(2026, 6, day), reached=reached))
    blocks = blocks_of(action_plan=plan)
    shown = text_of(section(blocks, "Procriminal attitudes"))
    assert (f"2026-06-{day}: that day has passed" in shown) is (day == 14)
    line = f'2026-06-{day}: "Högst 1" (Procriminal attitudes) {words}'
    assert line in text_of(section(blocks, "Days to keep"))


def test_which_of_several_goals_something_is_done_for_is_told(blocks_of):
    done = [{"insats": "kbt-kriminalitet"}, {"insats": "hjalp-boende"}, {"what": "gå en kurs"}]
    one = goal("m1", goal="Ett.", activities=done)
    shown = text_of(section(blocks_of(action_plan=agreed(one)), "Procriminal attitudes"))
    assert "Towards" not in shown
    two = goal("m2", goal="Två.", activities=done[:1])
    shown = text_of(section(blocks_of(action_plan=agreed(one, two)), "Procriminal attitudes"))
    assert shown.count("Towards Ett.") == 3
    assert shown.count("Towards Två.") == 1


def test_how_strongly_an_insats_is_recommended_is_told_rule_by_rule(blocks_of):
    blocks = blocks_of(facts={"substances": ["alcohol", "cannabis"]}, offer=["kbt-beroende"])
    shown = text_of(section(blocks, "Substance misuse or dependence"))
    assert "(strength: should)" in shown
    assert "(strength: high priority)" in shown
    # A rule that is called what the insats is called says nothing more than its strength.
    debts = text_of(section(blocks_of(), "Debts"))
    assert debts.count("Strength: may.") == 2
    assert "Why:" not in debts


def test_an_insats_for_several_targets_is_described_once(blocks_of, library):
    blocks = blocks_of()
    described = text_of((Paragraph(str(library.insatser["kbt-kriminalitet"].description)),))
    assert described in text_of(section(blocks, "Procriminal attitudes"))
    assert text_of(section(blocks, "What we work on")).count(described) == 1
    assert "CBT-based measure against crime" in text_of(section(blocks, "Procriminal associates"))


def test_support_beside_the_needs_has_a_section_of_its_own(blocks_of):
    blocks = blocks_of(facts={"victim_of_crime": True})
    assert "Strength: should." in text_of(section(blocks, "Other support"))
    assert "Other support" not in headings(blocks_of())


def test_what_is_not_rated_or_asked_is_not_taken_for_no(blocks_of):
    shown = text_of(section(blocks_of(ratings={"leisure": None}), "What is lacking"))
    assert "Rate the areas that are not rated yet: Leisure." in shown
    assert "Not asked yet (unknown): Housing, Income," in shown


def test_a_plan_that_is_shared_without_a_consent_is_warned_of(blocks_of):
    shared = {**agreed(goal()), "shared_with": ["police"]}
    (warning,) = callouts(blocks_of(action_plan=shared, consents=[]))
    assert "No consent that is noted lets the plan be shared with: the police." in text_of(
        warning.inside
    )
    assert callouts(blocks_of(action_plan=shared)) == []


def test_by_the_rules_of_which_day_it_was_made_is_told(library):
    result = assessed(library)
    earlier = replace(result, provenance=replace(result.provenance, as_of=dt.date(2025, 7, 1)))
    shown = text_of(plan_blocks(handlingsplan(earlier, library), library))
    assert "by the rules and the law of 2025-07-01." in shown


def test_a_goal_for_what_is_no_target_has_a_section_of_its_own(blocks_of):
    blocks = blocks_of(action_plan=agreed(goal(target="leisure", activities=[{"what": "simma"}])))
    shown = text_of(section(blocks, "Agreed for what is no target now"))
    assert "Goal: Ett mål." in shown
    assert "simma" in shown


@pytest.mark.parametrize(
    ("shared", "words"),
    [(["police", "provider"], "the police; a provider."), ([], "Nobody is noted.")],
)
def test_who_has_been_given_the_plan_is_told(blocks_of, shared, words):
    blocks = blocks_of(action_plan={**agreed(goal()), "shared_with": shared})
    assert words in text_of(section(blocks, "Who has been given the plan"))


def test_what_is_acute_comes_before_all_else(blocks_of):
    blocks = blocks_of(facts={"suicidality": True})
    first = next(n for n, block in enumerate(blocks) if block in callouts(blocks))
    heads = [n for n, b in enumerate(blocks) if getattr(b, "text", "") == "What we work on"]
    assert first < heads[0]
    assert "ACUTE" in to_text(blocks, width=80)


def test_a_threat_that_has_changed_since_the_plan_calls_for_a_look_at_it(blocks_of):
    told = {"from": "police", "date": dt.date(2026, 2, 1), "law": "Ett lagrum."}
    given = {"obtained": [{**told, "facts": {"threat_level": "high"}}]}
    (warning,) = callouts(blocks_of(action_plan=agreed(goal()), **given))
    assert "the police stated the threat" in text_of(warning.inside).lower()
    earlier = agreed(goal(), day=dt.date(2026, 2, 1))
    assert callouts(blocks_of(action_plan=earlier, **given)) == []


def test_what_the_code_cites_is_there(library):
    assert {OWN.source, DEMANDS.source} <= set(library.sources)
    page, _, heading = OWN.locator.partition(", ")
    assert heading in page_headings(page)


def test_every_insats_has_its_sources(blocks_of, library):
    blocks = blocks_of(action_plan=agreed(goal(activities=[{"insats": "hjalp-boende"}])))
    shown = text_of(section(blocks, "Where the insatser come from"))
    assert str(library.insatser["hjalp-boende"].name) in shown
    assert shown.count("Source: ") >= shown.count("•")


def test_without_targets_the_plan_says_so(library):
    result = assessed(library, instruments={}, facts={})
    shown = text_of(plan_blocks(handlingsplan(result, library), library))
    assert "no target and no support need" in shown


def test_it_fits_80_columns_and_can_be_markdown(blocks_of):
    blocks = blocks_of(action_plan=agreed(goal(activities=[WHOLE])))
    text = to_text(blocks, width=80)
    assert max(len(line) for line in text.splitlines() if "://" not in line) <= 80
    assert "### Procriminal attitudes" in to_markdown(blocks)


def test_the_plain_values_hold_all_that_was_agreed(library):
    plan = handlingsplan(assessed(library, action_plan=agreed(goal(activities=[WHOLE]))), library)
    found = plan_dict(plan)
    target = found["targets"][0]
    (step,) = target["insatser"]
    (activity,) = step["agreed"]
    assert activity == {**WHOLE, "goal": "m1", "what": "", "open": []}
    assert target["suggestion"] is None
    assert found["targets"][1]["suggestion"]["basis"] == "toolkit"
