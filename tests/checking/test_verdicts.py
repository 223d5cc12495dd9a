import pytest

from riskbehov.checking import run_examples

GROWN = "assessments/grown/cases.yaml"


def faults(small):
    [outcome] = run_examples(small.open(), ["grown"])
    return [str(fault) for fault in outcome.faults]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        (
            "applies",
            ["threat"],
            "the rule threat: expected that it applies, found that it does not apply",
        ),
        (
            "applies",
            ["course"],
            (
                "the rule course: expected that it applies, found that it cannot be told (missing:"
                " drugs)"
            ),
        ),
        (
            "does_not_apply",
            ["work"],
            "the rule work: expected that it does not apply, found that it applies",
        ),
        (
            "not_in_force",
            ["work"],
            "the rule work: expected that it is not in force, found that it applies",
        ),
        (
            "cannot_tell",
            {"work": ["need.work"]},
            "the rule work: expected that it cannot be told, found that it applies",
        ),
        (
            "cannot_tell",
            {"course": ["drugs", "risk_level"]},
            (
                "the rule course: expected these facts to be missing: drugs, risk_level;"
                " found: drugs"
            ),
        ),
        (
            "applies",
            ["wrok"],
            (
                "the rule wrok: expected that it applies, but the assessment grown looks at no such"
                " rule - did you mean 'work'?"
            ),
        ),
    ],
)
def test_another_verdict_than_expected_is_told(small, key, value, words):
    for each in ("applies", "does_not_apply", "cannot_tell"):
        small.put(GROWN, f"cases.0.expect.{each}", {} if each == "cannot_tell" else [])
    small.put(GROWN, f"cases.0.expect.{key}", value)
    assert faults(small) == [words]


def test_a_rule_that_is_no_longer_in_force_is_told(small):
    rules = "assessments/rules/basic.yaml"
    small.edit(rules, lambda v: v["rules"][4]["valid"].update(to=v["rules"][1]["valid"]["to"]))
    small.put(GROWN, "cases.0.expect.applies", ["home"])
    assert faults(small) == [
        "the rule home: expected that it applies, found that it is not in force"
    ]
