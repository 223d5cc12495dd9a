import pytest

from riskbehov.checking import catalogue

FACTS = "assessments/facts.yaml"
INSATSER = "assessments/insatser.yaml"

CASES = [
    (
        catalogue.unknown_targets,
        *(INSATSER, "insatser.0.targets.0.area", "wrok"),
        (
            "insatser[0].targets[0].area: found 'wrok', expected a need area that can change or a"
            " support need: friends, need_housing, work - did you mean 'work'?"
        ),
    ),
    (
        catalogue.unknown_targets,
        *(INSATSER, "insatser.0.targets.0.area", "history"),
        "found 'history', expected a need area that can change",
    ),
    (
        catalogue.groups_of_one,
        *(INSATSER, "insatser.1.one_of", ...),
        "insatser[0].one_of: the group 'help' has one insats, expected at least two",
    ),
    (
        catalogue.unused_insatser,
        *("assessments/rules/basic.yaml", "rules.0.insats", "coaching"),
        "insatser[3]: no rule is about the insats 'police'",
    ),
    (
        catalogue.wrong_values,
        *(FACTS, "facts.7.values", []),
        "facts[7].type: the set fact 'drugs' has no values, expected them under values",
    ),
    (
        catalogue.wrong_values,
        *(FACTS, "facts.8.values", [{"id": "yes", "sv": "ja", "en": "yes"}]),
        "facts[8].values: the bool fact 'need_housing' has values, expected none",
    ),
    (
        catalogue.wrong_values,
        FACTS,
        "facts.4.high",
        0,
        "facts[4].high: the least value is 0 and the",
    ),
    (
        catalogue.matters_of_no_authority,
        *(FACTS, "facts.8.matter", "threat"),
        (
            "facts[8].matter: the fact 'need_housing' is asked for under a consent, expected that"
            " another authority states it, found"
        ),
    ),
    (
        catalogue.faulty_derived,
        *(FACTS, "facts.0", ...),
        "facts: the fact 'age' is missing, expected it: the toolkit sets it",
    ),
    (
        catalogue.faulty_derived,
        *(FACTS, "facts.5.id", "scream_problem"),
        "facts[5].stated_by: the toolkit does not work out 'scream_problem'",
    ),
    (
        catalogue.faulty_derived,
        *(FACTS, "facts.0.stated_by", "person"),
        "facts[0].stated_by: the toolkit works out 'age', expected stated_by: toolkit",
    ),
    (
        catalogue.faulty_derived,
        *(FACTS, "facts.2.type", "choice"),
        "facts[2].type: found choice, expected level, as the toolkit has 'risk_level'",
    ),
    (
        catalogue.faulty_derived,
        *(FACTS, "facts.2.values.0.id", "none"),
        "facts[2].values: found the values none, medium, high, expected low, medium, high",
    ),
    (
        catalogue.faulty_derived,
        *(FACTS, "facts.1.values.1", ...),
        "facts[1].values: found the values male, other, expected male, female, other",
    ),
    (
        catalogue.wrong_ranges,
        *(FACTS, "facts.0.high", 99),
        "facts[0].high: found 0 to 99, expected room for 0 to 120",
    ),
    (
        catalogue.wrong_ranges,
        *(FACTS, "facts.4.high", 1),
        "facts[4].high: found 0 to 1, expected room for 0 to 2",
    ),
    (catalogue.wrong_ranges, FACTS, "facts.4.low", 1, "found 1 to 7, expected room for 0 to 2"),
    (
        catalogue.unused_facts,
        *("assessments/rules/basic.yaml", "rules.0.when", ...),
        "facts[6]: nothing looks at the fact 'acute_threat'",
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_the_catalogue_is_found(small, case):
    check, file, place, value, words = case
    small.put(file, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("assessments/criteria/unit/criteria.yaml", "criteria.1"),
        ("assessments/criteria/leaver/criteria.yaml", "criteria.0.when.fact"),
    ],
)
def test_what_a_criterion_asks_for_is_of_use(small, file, place):
    assert not list(catalogue.unused_facts(small.shelf()))
    small.put(file, place, "acute_threat" if place.endswith("fact") else ...)
    assert len(list(catalogue.unused_facts(small.shelf()))) == 1


def test_what_a_step_of_a_process_needs_is_of_use(small):
    small.put("assessments/rules/basic.yaml", "rules.4", ...)
    assert not list(catalogue.unused_facts(small.shelf()))
    small.put("assessments/process/leave/process.yaml", "steps.1.needs", ...)
    [fault] = catalogue.unused_facts(small.shelf())
    assert "nothing looks at the fact 'need_housing'" in str(fault)


def test_what_no_rule_uses_is_no_more_than_a_note(small):
    small.put("assessments/rules/basic.yaml", "rules.0.when", ...)
    report = small.check()
    assert report.is_sound
    assert len(report.notes) == 1
