"""Flags, limits, rules not used, and what made the result."""

from dataclasses import replace

from tests.report.made import assessed, case, headings, section, text_of, youth

from riskbehov.report import assessment_blocks
from riskbehov.report.document import Table
from riskbehov.report.words import capital


def part(result, library, title):
    return section(assessment_blocks(result, library), title)


def test_flags_of_the_case_are_told_once_and_those_of_a_form_stand_with_the_form(library):
    answers = {str(n): 0 for n in range(1, 11)} | {"1": 0, "4": 3}
    found = case(
        instruments={"audit": {"answers": answers}, "rbm8": {"answers": {"substance_use": 2}}}
    )
    result = assessed(found, library)
    told = text_of(part(result, library, "Look again"))
    assert "AUDIT: Item 1" not in told
    raised = {f"audit.{f.flag.id}" for f in result.scores["audit"].flags}
    others = [f for f in result.flags if f.id not in raised]
    assert raised
    assert others
    assert all(capital(str(flag.text)) in told for flag in others)


def test_without_flags_there_is_no_such_section(library):
    result = replace(assessed(youth(), library), flags=())
    assert "Look again" not in headings(assessment_blocks(result, library))


def test_the_limits_of_the_assessment_are_always_said(library):
    result = assessed(youth(), library)
    shown = text_of(part(result, library, "Limits of this result"))
    for limit in result.assessment.limits:
        assert str(limit.text) in shown


def test_rules_that_are_not_in_force_are_named_with_their_days(library):
    result = assessed(youth(), library)
    old = replace(result.verdicts[0], verdict="not-in-force")
    shown = text_of(part(replace(result, verdicts=(old,)), library, "Rules that give nothing here"))
    assert "Not in force on 2026-06-15: •" in shown
    assert f"{old.rule.title}: in force from {old.rule.valid.from_}" in shown
    assert "Rules that were looked at: 1. Do not apply: 0." in shown
    assert "riskbehov explain" in shown


def test_provenance_names_every_definition_with_the_beginning_of_its_hash(library):
    result = assessed(youth(), library)
    blocks = part(result, library, "How this was made")
    (table,) = [b for b in blocks if isinstance(b, Table)]
    assert table.rows == tuple((p, h[:12]) for p, h in result.provenance.hashes.items())
    assert f"riskbehov {result.provenance.riskbehov}" in text_of(blocks)
    assert "2026-06-15" in text_of(blocks)
