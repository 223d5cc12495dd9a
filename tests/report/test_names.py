"""What facts are called and what settles them."""

import pytest
from tests.report.made import assessed, case, youth

from riskbehov.logic.vocabulary import fact_type, item_types
from riskbehov.report.names import answered_by, names_in_theme, names_of, question, target_name


@pytest.fixture
def names(library):
    return names_of(library.assessment("adult"), library)


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("need.leisure", 'Rate the area "Leisure" (0–3).'),
        ("responsivity.language", 'Answer "Language" in Responsivity and adaptation.'),
        ("dudit_problem", "Fill in DUDIT."),
        ("audit_problem", "Complete AUDIT: 10\u00a0Concern from others."),
        ("identified_needs", "Rate the areas that are not rated yet: "),
        ("suicidality", "Does the person now have thoughts of or plans for suicide"),
    ],
)
def test_a_missing_fact_becomes_something_to_ask_rate_or_fill_in(library, names, fact, words):
    answers = {str(n): 0 for n in range(1, 10)} | {"1": 3, "2": 3}
    found = case(
        sex="female",
        instruments={"audit": {"answers": answers}, "rbm8": {"answers": {"leisure": 1}}},
    )
    assert question(fact, assessed(found, library), names).startswith(words)


def test_a_form_without_limits_at_the_age_is_for_the_reader_to_judge(library):
    answers = {str(n): 0 for n in range(1, 11)}
    result = assessed(youth(instruments={"audit": {"answers": answers}}), library)
    asked = question("audit_problem", result, names_of(result.assessment, library))
    assert asked == "AUDIT has no limit to go by here: judge the answers yourself."


def test_every_fact_of_every_rule_has_a_question_of_its_own(library):
    for theme, rule in library.all_rules:
        names = names_in_theme(theme, library)
        for target in rule.targets:
            assert target_name(target, names) != target, rule.id


@pytest.mark.parametrize(
    ("fact", "interval", "words"),
    [
        ("threat_level", (2, 2), "High threat"),
        ("threat_level", (1, 2), "Low threat to High threat"),
        ("threat_level", (0, 2), "not known"),
        ("suicidality", (1, 1), "yes"),
        ("suicidality", (0, 1), "not known"),
        ("substances", (0b11, 0b11), "Alcohol, Cannabis"),
        ("substances", (0, 0), "none"),
        ("substances", (0, 63), "not known"),
        ("age", (16, 16), "16"),
    ],
)
def test_what_was_found_is_said_in_words(library, names, fact, interval, words):
    assert names.found(fact_type(library.facts[fact]), interval) == words


def test_a_rating_that_was_found_is_given_with_its_meaning(library, names):
    fact = item_types(library.scored("rbm8"), "need.")["need.leisure"]
    assert names.found(fact, (2, 2)) == "2 (clear need)"


@pytest.mark.parametrize(
    ("fact", "who"),
    [
        ("threat_level", "the police"),
        ("severe_mental_illness", "health care"),
        ("suicidality", None),
        ("victim_of_crime", None),
        ("age", None),
        ("need.leisure", None),
    ],
)
def test_only_who_is_not_in_the_room_is_named_as_answering(library, fact, who):
    assert answered_by(fact, library) == who
