"""The plan, support needs and the person's own view."""

from dataclasses import replace
from typing import get_args, get_type_hints

import pytest
from tests.report.made import assessed, case, section, text_of, youth

from riskbehov.models.case import Offer
from riskbehov.models.result import Gap, Plan
from riskbehov.report import assessment_blocks
from riskbehov.report.document import Table

CAUSES = get_args(get_type_hints(Gap)["cause"])


def part(result, library, title):
    return section(assessment_blocks(result, library), title)


def plan_of(library, **changed):
    result = assessed(youth(), library)
    result = replace(result, plan=replace(result.plan, **changed))
    return text_of(part(result, library, "Proposed plan"))


def test_a_planned_insats_says_what_it_covers_and_why(library):
    result = assessed(youth(), library)
    shown = text_of(part(result, library, "Proposed plan"))
    for planned in result.plan.insatser:
        assert str(planned.insats.name) in shown
    assert "Covers: " in shown
    assert "Associates" in shown
    assert "strength: should" in shown


def test_no_rule_is_told_stronger_than_it_is_because_another_is(library):
    # KBT should be offered for alcohol; for cannabis it has high priority.
    answers = {"history": 1, "substance_use": 2}
    adult = case(
        instruments={"rbm8": {"answers": answers}}, facts={"substances": ["alcohol", "cannabis"]}
    )
    offer = Offer.model_validate(
        {"insatser": [{"insats": "kbt-beroende", "own": True}]}, strict=False
    )
    shown = text_of(part(assessed(adult, library, offer), library, "Proposed plan"))
    rules = {id_: str(library.rule(id_).title) for id_ in ("alkohol-kbt", "narkotika-cannabis-kbt")}
    assert f"Why: {rules['alkohol-kbt']} (strength: should)." in shown
    assert f"Why: {rules['narkotika-cannabis-kbt']} (strength: high priority)." in shown


def test_own_provider_and_cost_come_from_the_offer(library):
    ids = [i for i in library.insatser if i in ("mst", "fft", "mdft")]
    offer = Offer.model_validate(
        {"insatser": [{"insats": i, "own": i == "fft", "cost": 1200} for i in ids]}, strict=False
    )
    shown = text_of(part(assessed(youth(), library, offer), library, "Proposed plan"))
    assert "Given by the municipality itself." in shown
    assert "Cost as stated in the offer: 1200." in shown


@pytest.mark.parametrize("cause", CAUSES)
def test_every_cause_of_a_gap_has_words_that_name_the_area(library, cause):
    shown = plan_of(library, gaps=(Gap("leisure", None, cause, ("mst",)),))
    (line,) = [s for s in shown.split("•") if "Leisure: " in s]
    assert cause == "no-recommendation" or "(Multisystemic therapy (MST))" in line


def test_alternatives_placements_and_what_was_declined_are_told(library):
    result = assessed(youth(declined=[{"insats": "mst", "reason": "För många besök."}]), library)
    placed = replace(result.plan, placement=("tfco",), alternatives=(result.plan.insatser,) * 2)
    shown = text_of(part(replace(result, plan=placed), library, "Proposed plan"))
    assert "Alternatives that are nearly as good •" in shown
    assert "never chosen by the plan: Treatment Foster Care Oregon" in shown
    assert "Multisystemic therapy (MST). Reason: För många besök." in shown


def test_without_a_plan_the_report_says_why(library):
    empty = Plan((), (), (), (), (), None, None)
    result = replace(assessed(youth(), library), plan=empty)
    assert "No insats can be planned yet" in text_of(part(result, library, "Proposed plan"))
    without = replace(result, targets=())
    assert "nothing is planned against reoffending" in text_of(
        part(without, library, "Proposed plan")
    )


def test_support_needs_are_planned_for_and_what_is_not_asked_is_unknown(library):
    found = youth(facts={"need_debts": True, "need_dental": False})
    shown = text_of(part(assessed(found, library), library, "Support needs"))
    assert "never counted in the risk or the intensity" in shown
    assert "No need: Dental health." in shown
    not_asked = shown.partition("Not asked yet (unknown): ")[2]
    assert "Housing" in not_asked
    assert "Debts" not in not_asked


def test_a_support_need_without_a_rule_or_with_an_open_one_says_so(library):
    result = assessed(youth(facts={"need_debts": True}), library)
    bare = replace(
        result,
        verdicts=(),
        support_needs=replace(
            result.support_needs, identified=((library.facts["need_debts"], ()),)
        ),
    )
    assert "No rule says how" in text_of(part(bare, library, "Support needs"))
    open_ = [v for v in result.verdicts if v.rule.block == "support"][:1]
    rule = open_[0].rule.model_copy(update={"targets": ("need_debts",)})
    unsettled = replace(bare, verdicts=(replace(open_[0], rule=rule, verdict="cannot-tell"),))
    assert "cannot be told yet" in text_of(part(unsettled, library, "Support needs"))


def test_the_persons_own_view_stands_beside_the_professionals(library):
    view = {"text": "Jag vill läsa.", "wishes": ["Flytta"], "priorities": ["school", "need_debts"]}
    result = assessed(youth(own_view=view), library)
    blocks = part(result, library, "The person's own view")
    assert "Jag vill läsa." in text_of(blocks)
    assert "Flytta" in text_of(blocks)
    (table,) = [b for b in blocks if isinstance(b, Table)]
    assert table.rows == (("School", "Associates"), ("Debts", "Substance use"))


@pytest.mark.parametrize("view", [None, {}])
def test_an_own_view_that_was_not_recorded_is_asked_for(library, view):
    shown = text_of(part(assessed(youth(own_view=view), library), library, "The person's own view"))
    assert "Not recorded. Ask how the person sees it" in shown
