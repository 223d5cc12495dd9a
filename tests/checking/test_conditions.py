import pytest

from riskbehov.checking import conditions

RULES = "assessments/rules/basic.yaml"


def at_least(fact, number):
    return {"fact": fact, "at_least": number}


CASES = [
    (
        conditions.items_in_rules,
        *("rules.1.when", {"item": "work", "at_least": 2}),
        (
            "rules[1].when.item: found the key item (work), expected fact: rules are over facts"
            " such as need.work"
        ),
    ),
    (
        conditions.faulty_conditions,
        *("rules.1.when.fact", "need.wrok"),
        (
            "rules[1].when.fact: found 'need.wrok', expected the name of a known fact - did you"
            " mean 'need.work'? (assessment grown)"
        ),
    ),
    (
        conditions.faulty_conditions,
        *("rules.3.when.all.0.any.1.at_least", 3),
        "rules[3].when.all[0].any[1].at_least: found 3, expected a whole number 0 to 2",
    ),
    (
        conditions.faulty_conditions,
        *("rules.0.when", {"fact": "acute_threat", "equals": "yes"}),
        "rules[0].when.equals: found 'yes', expected true, false or unknown",
    ),
    (
        conditions.faulty_conditions,
        *("rules.3.when.all.1.includes_any.0", "alcohool"),
        "found 'alcohool', expected alcohol, cannabis - did you mean 'alcohol'?",
    ),
    (
        conditions.beyond_all_ages,
        *("rules.1.ages", {"from": 6, "to": 17}),
        (
            "rules[1].ages: found the ages 6–17, expected some age of an assessment that uses the"
            " rule: grown 18–"
        ),
    ),
    (
        conditions.never_true,
        *("rules.1.when", {"all": [at_least("need.work", 2), {"not": at_least("need.work", 1)}]}),
        "rules[1].when: this can never hold at the ages 18–, expected that some facts meet it",
    ),
    (
        conditions.never_true,
        *("rules.1.when", {"fact": "age", "at_most": 17}),
        "rules[1].when: this can never hold at the ages 18–",
    ),
    (
        conditions.never_true,
        *("rules.3.when", at_least("age", 41)),
        "rules[3].when: this can never hold at the ages 18–40",
    ),
    (
        conditions.never_true,
        *("rules.1.when", at_least("identified_needs", 3)),
        "rules[1].when: this can never hold",
    ),
    (
        conditions.always_true,
        *("rules.1.when", at_least("age", 18)),
        "rules[1].when: this holds whatever the facts are, at the ages 18–",
    ),
    (
        conditions.always_true,
        *("rules.1.when", {"fact": "risk_level", "in": ["low", "medium", "high"]}),
        "rules[1].when: this holds whatever the facts are",
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_a_condition_is_found(small, case):
    check, place, value, words = case
    small.put(RULES, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


def test_a_rule_must_speak_the_vocabulary_of_every_assessment_that_uses_it(small):
    folder = small.root / "assessments/child"
    folder.mkdir()
    (folder / "assessment.yaml").write_text(
        "id: child\nname: {sv: Barn, en: Children}\nages: {from: 0, to: 17}\nrules: [basic]\n",
        encoding="utf-8",
    )
    found = [str(fault) for fault in conditions.faulty_conditions(small.shelf())]
    assert len(found) == 4
    assert all("(assessment child)" in each for each in found)
    assert "rules[1].when.fact: found 'need.work', expected the name of a known fact" in found[0]


def test_a_rule_that_holds_in_one_of_its_assessments_is_reachable(small):
    text = (small.root / "assessments/grown/assessment.yaml").read_text(encoding="utf-8")
    for name, ages in (("grown", "{from: 18, to: 30}"), ("older", "{from: 31}")):
        folder = small.root / "assessments" / name
        folder.mkdir(exist_ok=True)
        changed = text.replace("id: grown", f"id: {name}").replace("{from: 18}", ages)
        (folder / "assessment.yaml").write_text(changed, encoding="utf-8")
    small.put(RULES, "rules.0.when", {"fact": "age", "at_least": 31})
    assert not list(conditions.never_true(small.shelf()))
    assert not list(conditions.always_true(small.shelf()))


def test_conditions_wait_for_an_instrument_that_is_whole(small):
    small.put("instruments/areas/instrument.yaml", "items.1.codes", "nowhere")
    assert not list(conditions.faulty_conditions(small.shelf()))
