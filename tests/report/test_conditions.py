"""Conditions in words."""

import pytest
from pydantic import TypeAdapter
from tests.report.made import text_of

from riskbehov.models.condition import Condition
from riskbehov.report.conditions import condition_item
from riskbehov.report.document import Bullets
from riskbehov.report.names import names_of

CONDITION = TypeAdapter(Condition)


def said(library, written):
    names = names_of(library.assessment("adult"), library)
    return text_of((Bullets((condition_item(CONDITION.validate_python(written), names),)),))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"fact": "suicidality", "equals": True}, "Thoughts or plans of suicide: yes"),
        ({"fact": "threat_level", "at_least": "low"}, "the threat: at least Low threat"),
        ({"fact": "age", "at_most": 20}, "Age: at most 20"),
        ({"fact": "sex", "in": ["female", "other"]}, "Sex: one of Girl or woman, Other"),
        ({"fact": "substances", "includes": "alcohol"}, "concerns: Alcohol among them"),
        (
            {"fact": "substances", "includes_any": ["opioids", "alcohol"]},
            "at least one of Opioids, Alcohol among them",
        ),
        ({"fact": "need.leisure", "at_least": 2}, "Leisure: at least 2 (clear need)"),
        (
            {
                "any": [
                    {"not": {"fact": "probation", "equals": True}},
                    {"fact": "age", "equals": 18},
                ]
            },
            "At least one of these • Not this • Under probation: yes • Age: 18",
        ),
    ],
)
def test_a_condition_is_said_with_labels_and_not_with_keys(library, written, words):
    assert words in said(library, written)


def test_every_condition_of_every_rule_can_be_said(library):
    for _theme, rule in library.all_rules:
        if rule.when is not None:
            names = names_of(library.assessment("adult"), library)
            assert condition_item(rule.when, names).text
