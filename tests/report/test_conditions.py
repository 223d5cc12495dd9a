"""Conditions in words."""

import pytest
from pydantic import TypeAdapter
from tests.report.made import text_of

from riskbehov.logic.explain import explain
from riskbehov.logic.tree import compile_condition
from riskbehov.logic.vocabulary import vocabulary
from riskbehov.models.condition import Condition
from riskbehov.report.conditions import condition_item, explained_item
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
        (
            {
                "count": [
                    {"fact": "probation", "equals": True},
                    {"fact": "age", "at_least": 18},
                    {"fact": "suicidality", "equals": True},
                ],
                "at_least": 2,
            },
            "At least 2 of these • Under probation: yes • Age: at least 18 • Thoughts",
        ),
    ],
)
def test_a_condition_is_said_with_labels_and_not_with_keys(library, written, words):
    assert words in said(library, written)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"age": (18, 18), "probation": (1, 1)}, "✓ At least 2 of these: holds"),
        ({"age": (17, 17), "probation": (0, 0)}, "✗ At least 2 of these: does not hold"),
        ({"age": (18, 18)}, "? At least 2 of these: cannot tell yet"),
    ],
)
def test_a_count_is_explained_in_sign_and_words(library, known, words):
    written = {
        "count": [
            {"fact": "probation", "equals": True},
            {"fact": "age", "at_least": 18},
            {"fact": "gvi_active", "equals": True},
        ],
        "at_least": 2,
    }
    words_ = vocabulary(library.facts.values())
    tree = compile_condition(CONDITION.validate_python(written), words_, lambda *_: None)
    assert tree is not None
    names = names_of(library.assessment("adult"), library)
    assert text_of((Bullets((explained_item(explain(tree, known), names),)),)).startswith(words)


def test_every_condition_of_every_rule_can_be_said(library):
    for _theme, rule in library.all_rules:
        if rule.when is not None:
            names = names_of(library.assessment("adult"), library)
            assert condition_item(rule.when, names).text
