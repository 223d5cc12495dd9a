"""Lists and single entries of everything in the library."""

import pytest
from tests.report.made import headings, section, text_of

from riskbehov import report
from riskbehov.library import Library
from riskbehov.models.condition import leaves
from riskbehov.report import to_text
from riskbehov.report.text import columns

LIBRARY = Library.open()


def entries():
    for id_ in LIBRARY.instrument_ids:
        yield f"instrument {id_}", report.instrument_blocks(LIBRARY.instrument(id_), LIBRARY)
    for id_ in LIBRARY.assessment_ids:
        found = LIBRARY.assessment(id_)
        yield f"assessment {id_}", report.assessment_definition_blocks(found, LIBRARY)
    for theme, rule in LIBRARY.all_rules:
        yield f"rule {rule.id}", report.rule_blocks(rule, theme, LIBRARY)
    for insats in LIBRARY.insatser.values():
        yield f"insats {insats.id}", report.insats_blocks(insats, LIBRARY)
    for id_ in LIBRARY.criteria_ids:
        found_list = LIBRARY.criteria(id_)
        yield f"criteria {id_}", report.criteria_list_blocks(found_list, LIBRARY)
    for fact in LIBRARY.facts.values():
        yield f"fact {fact.id}", report.fact_blocks(fact, LIBRARY)


LISTS = {
    "instruments": (report.instruments_blocks, LIBRARY.instrument_ids),
    "assessments": (report.assessments_blocks, LIBRARY.assessment_ids),
    "rules": (report.rules_blocks, [rule.id for _, rule in LIBRARY.all_rules]),
    "sources": (report.sources_blocks, list(LIBRARY.sources)),
    "insatser": (report.insatser_blocks, list(LIBRARY.insatser)),
    "facts": (report.facts_blocks, list(LIBRARY.facts)),
    "criteria": (report.criteria_lists_blocks, LIBRARY.criteria_ids),
}


@pytest.mark.parametrize(("blocks", "ids"), LISTS.values(), ids=LISTS)
def test_a_list_names_everything_by_its_id_within_80_columns(blocks, ids):
    shown = to_text(blocks(LIBRARY))
    words = set(shown.split())
    assert [i for i in ids if i not in words] == []
    assert max(map(columns, shown.splitlines())) <= 80


def test_every_entry_can_be_shown_and_cites_its_sources():
    for name, blocks in entries():
        shown = to_text(blocks)
        assert isinstance(blocks[0], report.document.Heading), name
        assert blocks[0].level == 1
        if not name.startswith("fact "):
            assert "Source: " in shown, name


def test_a_document_is_shown_with_everything_that_cites_it():
    for source in list(LIBRARY.sources.values())[:8]:
        shown = text_of(section(report.source_blocks(source, LIBRARY), "Cited by"))
        for found in LIBRARY.citing(source.id):
            assert f"({found.id})" in shown
            assert found.citation.locator in shown


def test_a_document_that_nothing_cites_says_so():
    source = next(iter(LIBRARY.sources.values())).model_copy(update={"id": "nowhere"})
    assert "Nothing cites it." in text_of(report.source_blocks(source, LIBRARY))


def test_an_insats_is_shown_with_its_group_its_targets_and_its_rules():
    shown = text_of(report.insats_blocks(LIBRARY.insatser["fft"], LIBRARY))
    assert "A plan takes one of" in shown
    assert "Multisystemic therapy (MST)" in shown
    assert "normbrytande-unga-fft" in shown
    bare = LIBRARY.insatser["fft"].model_copy(update={"id": "none", "targets": ()})
    assert "No rule speaks of it." in text_of(report.insats_blocks(bare, LIBRARY))


def test_an_assessment_tells_what_is_always_said_beside_its_result():
    found = LIBRARY.assessment("adult")
    shown = text_of(report.assessment_definition_blocks(found, LIBRARY))
    assert all(str(limit.text) in shown for limit in found.limits)
    assert "AUDIT (Alcohol Use Disorders Identification Test) (audit)" in shown


def test_an_instrument_shows_items_codes_limits_skips_and_flags():
    blocks = report.instrument_blocks(LIBRARY.instrument("audit"), LIBRARY)
    for title in ("Items", "Scales", "Sets of limits", "Skips", "Flags, which change no points"):
        assert title in headings(blocks)
    shown = text_of(blocks)
    assert "Not for The score establishes nothing about the person" in shown
    assert "• How often the person drinks: 0 (never)" in shown
    assert "the official wording is not here" in shown


def test_a_recorded_method_shows_what_its_levels_count_as():
    shown = text_of(report.instrument_blocks(LIBRARY.instrument("ls-cmi"), LIBRARY))
    assert "very high high" in shown
    assert "Used for 12 months." in shown


def test_a_rule_shows_for_whom_when_how_strongly_and_its_law():
    theme, rule = next((t, r) for t, r in LIBRARY.all_rules if r.legal == "bistand")
    shown = text_of(report.rule_blocks(rule, theme, LIBRARY))
    assert rule.id in shown
    assert "Ground in law" in shown
    for text in LIBRARY.legal_entries["bistand"].texts:
        assert str(text.reference) in shown
    always = rule.model_copy(update={"when": None, "legal": None})
    assert "For everyone of those ages." in text_of(report.rule_blocks(always, theme, LIBRARY))


def test_a_fact_shows_what_may_be_written_and_which_rules_ask():
    shown = text_of(report.fact_blocks(LIBRARY.facts["threat_level"], LIBRARY))
    assert "none | low | high" in shown
    assert "Answered by the police" in shown
    assert "Rules that ask for it" in shown
    unasked = LIBRARY.facts["threat_level"].model_copy(update={"id": "nothing"})
    assert "No rule asks for it." in text_of(report.fact_blocks(unasked, LIBRARY))


def test_a_fact_is_shown_with_the_criteria_that_ask_for_it():
    asking = {
        leaf.name: (found, criterion)
        for found in map(LIBRARY.criteria, LIBRARY.criteria_ids)
        for criterion in found.criteria
        if criterion.when
        for leaf in leaves(criterion.when)
    }
    assert len(asking) > 50
    for name, (found, criterion) in asking.items():
        shown = section(report.fact_blocks(LIBRARY.fact(name), LIBRARY), "Criteria that ask for it")
        assert f"{found.name} ({found.id}): {criterion.label}" in text_of(shown)
    rules_only = report.fact_blocks(LIBRARY.fact("gvi_active"), LIBRARY)
    assert "Criteria that ask for it" not in headings(rules_only)
