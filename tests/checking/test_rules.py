import pytest

from riskbehov.checking import rules

RULES = "assessments/rules/basic.yaml"
INSATSER = "assessments/insatser.yaml"

CASES = [
    (
        rules.unknown_insatser,
        *(RULES, "rules.1.insats", "coachning"),
        (
            "rules[1].insats: found 'coachning', expected an insats: coaching, course, flat, police"
            " - did you mean 'coaching'?"
        ),
    ),
    (
        rules.unknown_legal,
        *(RULES, "rules.4.legal", "suport"),
        "rules[4].legal: found 'suport', expected a key of the legal table: support - did you mean",
    ),
    (
        rules.unknown_targets,
        *(RULES, "rules.3.targets.1", "freinds"),
        "rules[3].targets[1]: found 'freinds', expected a need area that an insats can change",
    ),
    (
        rules.unknown_targets,
        *(RULES, "rules.3.targets.1", "history"),
        "found 'history', expected a need area that an insats can change: friends, work",
    ),
    (
        rules.unknown_targets,
        *(RULES, "rules.3.targets.1", "need_housing"),
        "found 'need_housing', expected a need area",
    ),
    (
        rules.unknown_targets,
        *(RULES, "rules.4.targets.0", "work"),
        "rules[4].targets[0]: found 'work', expected a support need: need_housing",
    ),
    (
        rules.wrong_ages,
        *(RULES, "rules.3.ages", {"from": 18, "to": 41}),
        "rules[3].ages: found the ages 18–41, expected ages within 18–40, which the insats",
    ),
    (rules.wrong_ages, RULES, "rules.4.ages", {"from": 16}, "expected ages within 18–, which the"),
    (
        rules.wrong_strengths,
        *(RULES, "rules.0.strength", "bör inte"),
        "rules[0].strength: found the strength bör inte in the block acute, expected one of: bör",
    ),
    (
        rules.wrong_strengths,
        *(RULES, "rules.5.strength", "kan"),
        "rules[5].strength: found the strength kan in the block information, expected one of",
    ),
    (
        rules.wrong_strengths,
        *(RULES, "rules.0.sources", [{"source": "riskbehov", "locator": "x", "basis": "toolkit"}]),
        "found the strength bör, but only the toolkit itself says so: expected information",
    ),
    (
        rules.incomplete,
        *(RULES, "rules.1.insats", ...),
        "rules[1].block: the rule names no insats, expected one in the block insats",
    ),
    (
        rules.incomplete,
        *(RULES, "rules.1.targets", []),
        "rules[1].block: the rule has no targets, expected at least one in the block insats",
    ),
    (rules.incomplete, RULES, "rules.4.targets", ..., "rules[4].block: the rule has no targets"),
    (
        rules.links_without_citation,
        *(RULES, "rules.1.targets.0", "friends"),
        "targets[0]: the catalogue does not say that 'coaching' serves 'friends' (work)",
    ),
    (
        rules.links_without_citation,
        *(INSATSER, "insatser.2.targets", []),
        "targets[0]: the catalogue does not say that 'flat' serves 'need_housing' (-)",
    ),
    (
        rules.without_place_in_law,
        *("assessments/process/legal.yaml", "legal.0.texts.1", ...),
        "rules[4].legal: the legal table has no place for 'support' on 2026-02-01",
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_a_rule_is_found(small, case):
    check, file, place, value, words = case
    small.put(file, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


def test_an_insats_that_meets_no_need_by_itself_asks_for_no_targets(small):
    small.put(RULES, "rules.1.insats", "police")
    small.put(RULES, "rules.1.targets", [])
    assert not list(rules.incomplete(small.shelf()))


def test_a_rule_against_an_insats_may_go_beyond_its_ages_and_without_targets(small):
    small.put(RULES, "rules.1.strength", "bör inte")
    small.put(RULES, "rules.1.ages", {"from": 6})
    small.put(RULES, "rules.1.targets", [])
    shelf = small.shelf()
    assert not [*rules.wrong_ages(shelf), *rules.incomplete(shelf), *rules.wrong_strengths(shelf)]
