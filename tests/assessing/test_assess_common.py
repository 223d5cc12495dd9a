"""What must hold for every assessed case."""

import datetime as dt
import json

import pytest

from riskbehov.assessing import assess
from riskbehov.library import Library
from riskbehov.models.case import Case
from riskbehov.models.condition import leaves
from riskbehov.models.rule import STRENGTHS
from riskbehov.report.plain.assessment import result_dict

LIBRARY = Library.open()
EXAMPLES = [
    pytest.param(example, id=f"{id_}: {example.name}")
    for id_ in LIBRARY.assessment_ids
    if (examples := LIBRARY.assessment_examples(id_))
    for example in examples.cases
]
ABOUT_SEX = "flickor-kvinnor"


def plain(example, **changed):
    case = example.case.model_copy(update=changed)
    return result_dict(assess(case, LIBRARY, offer=example.offer))


@pytest.mark.parametrize("example", EXAMPLES)
def test_changing_sex_changes_screening_and_the_considerations_for_women_only(example):
    def kept(sex):
        found = plain(example, person=example.case.person.model_copy(update={"sex": sex}))
        for key in ("scores", "person", "provenance"):
            del found[key]
        found["flags"] = [
            f for f in found["flags"] if "screening" not in f["id"] and "." not in f["id"]
        ]
        found["recommendations"] = [
            r
            for r in found["recommendations"]
            if r["theme"] != ABOUT_SEX
            and not {"audit_problem", "dudit_problem"} & facts_of(r["rule"])
        ]
        return found

    assert kept("male") == kept("female")


def facts_of(rule_id):
    rule = LIBRARY.rule(rule_id)
    return {leaf.name for leaf in leaves(rule.when)} if rule.when else set()


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_result_is_made_again_from_the_definitions_that_it_kept(example):
    first = plain(example)
    kept = json.loads(json.dumps(first["provenance"]["definitions"]))
    again = result_dict(assess(example.case, Library.from_definitions(kept), offer=example.offer))
    assert again == first


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_recommendation_has_source_place_and_strength(example):
    for found in plain(example)["recommendations"]:
        assert found["source"] in LIBRARY.sources
        assert found["locator"]
        assert found["strength"] in STRENGTHS
        assert found["verdict"] in ("applies", "does-not-apply", "cannot-tell", "not-in-force")
        assert bool(found["missing"]) == (found["verdict"] == "cannot-tell")


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_plan_rests_on_rules_that_apply_and_leaves_no_target_unnamed(example):
    found = plain(example)
    applies = {r["insats"] for r in found["recommendations"] if r["verdict"] == "applies"}
    declined = set(found["plan"]["declined"])
    chosen = {p["insats"] for p in found["plan"]["insatser"]}
    assert chosen <= applies - declined
    assert not any(LIBRARY.insatser[i].setting == "placement" for i in chosen)
    named = set(found["plan"]["covers"]) | {g["target"] for g in found["plan"]["gaps"]}
    assert named == set(found["targets"])


@pytest.mark.parametrize("example", EXAMPLES)
def test_low_risk_never_gives_more_than_moderate(example):
    found = plain(example)
    if found["intensity"] and found["risk"]["level"]["high"] == "low":
        assert found["intensity"]["high"] in ("basic", "moderate")


@pytest.mark.parametrize("example", EXAMPLES)
def test_history_is_never_a_target(example):
    assert "history" not in plain(example)["targets"]


def minimal(**given):
    return Case.model_validate(
        {"case": "fiktiv", "fictional": True, "date": dt.date(2026, 6, 1), **given}, strict=False
    )


def test_a_low_risk_withholds_no_substance_care_and_no_support():
    case = minimal(
        person={"age": 40, "sex": "male"},
        professional_risk={"level": "low", "reason": "ingen tidigare brottslighet"},
        instruments={"rbm8": {"answers": {"substance_use": 3, "history": 0}}},
        facts={"substances": ["alcohol"], "need_housing": True},
    )
    found = assess(case, LIBRARY)
    applying = {v.rule.insats for v in found.verdicts if v.verdict == "applies"}
    assert {"met", "kbt-beroende"} <= applying
    assert [fact.id for fact, _ in found.support_needs.identified] == ["need_housing"]
