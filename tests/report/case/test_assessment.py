"""What a report of an assessed case must say, and in which order."""

import re
from dataclasses import replace

import pytest
from tests.report.made import (
    ACUTE_NO,
    assessed,
    callouts,
    case,
    flat,
    headings,
    items,
    report,
    section,
    text_of,
    youth,
)

from riskbehov.i18n import use_language
from riskbehov.library import Library
from riskbehov.report import assessment_blocks, to_markdown, to_text
from riskbehov.report.document import Callout, Heading, Note, Paragraph, walk
from riskbehov.report.text import columns

LIBRARY = Library.open()
CASES = {
    "youth": youth(),
    "adult": case(
        27,
        "female",
        instruments={
            "audit": {"answers": {"1": 3, "2": 2, "3": 2, "4": 2, "5": 0, "6": 0}},
            "rbm8": {"answers": {"history": 3, "associates": 2, "substance_use": 2, "leisure": 1}},
            "responsivity": {"answers": {"motivation": 1}},
        },
        facts={"substances": ["alcohol"], "need_debts": True},
        obtained=[
            {
                "from": "police",
                "date": "2026-06-01",
                "law": "påhittat lagrum",
                "facts": {"threat_level": "high"},
            }
        ],
    ),
    "child of 8": case(8, instruments={"youth7": {"answers": {"school": 2}}}),
    "child of 3": case(3),
    "adult of whom nothing is known": case(40, "unknown"),
}
EXAMPLES = {
    f"{id_}: {example.name}": example.case
    for id_ in LIBRARY.assessment_ids
    for example in getattr(LIBRARY.assessment_examples(id_), "cases", ())
}
ALL = pytest.mark.parametrize("found", (CASES | EXAMPLES).values(), ids=CASES | EXAMPLES)


def blocks_of(found):
    return assessment_blocks(assessed(found, LIBRARY), LIBRARY)


@ALL
@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_line_of_a_report_is_wider_than_80_columns_but_for_an_address(found, language):
    with use_language(language):
        shown = report(assessed(found, LIBRARY), LIBRARY)
    wide = [line for line in shown.splitlines() if columns(line) > 80]
    assert [line for line in wide if not line.strip().startswith("http")] == []


@ALL
def test_sections_always_stand_in_the_same_order(found):
    order = [
        "Assessment of case fiktiv",
        "In short",
        "Screening",
        "What other methods concluded",
        "Need areas",
        "Risk of reoffending",
        "Where views differ",
        "Intensity",
        "Targets",
        "Proposed plan",
        "Recommended insatser",
        "Advised against",
        "To consider in how insatser are given",
        "Good to know",
        "Cannot be told yet",
        "Support needs",
        "The person's own view",
        "Inventory of needs and resources",
        "Adaptations",
        "Consents and information from others",
        "Look again",
        "Limits of this result",
        "Rules that give nothing here",
        "Sources",
        "How this was made",
    ]
    blocks = blocks_of(found.model_copy(update={"case": "fiktiv"}))
    shown = [b.text for b in blocks if isinstance(b, Heading) and b.level < 3]
    assert shown == [title for title in order if title in shown]


@ALL
def test_every_rule_that_applies_is_shown_with_its_source_and_its_strength(found):
    result = assessed(found, LIBRARY)
    entries = [item for item in items(assessment_blocks(result, LIBRARY)) if item.is_strong]
    for verdict in result.verdicts:
        if verdict.verdict == "applies":
            told = [
                flat(to_text(item.inside, width=1000))
                for item in entries
                if item.text == str(verdict.rule.title)
                and any(str(verdict.rule.reason) == getattr(b, "text", "") for b in item.inside)
            ]
            assert told, verdict.rule.id
            assert all("Source: " in text for text in told)
            if verdict.rule.strength != "information" and verdict.rule.block != "acute":
                assert all("Strength: " in text for text in told)


@ALL
def test_a_rule_that_does_not_apply_is_counted_and_not_shown(found):
    result = assessed(found, LIBRARY)
    blocks = assessment_blocks(result, LIBRARY)
    quiet = [v for v in result.verdicts if v.verdict == "does-not-apply"]
    others = {str(v.rule.reason) for v in result.verdicts if v.verdict != "does-not-apply"}
    told = {b.text for b in walk(blocks) if isinstance(b, Paragraph)}
    assert [v.rule.id for v in quiet if str(v.rule.reason) in told - others] == []
    assert f"Do not apply: {len(quiet)}." in text_of(
        section(blocks, "Rules that give nothing here")
    )


@ALL
def test_what_cannot_be_told_names_the_question_that_settles_it(found):
    result = assessed(found, LIBRARY)
    shown = flat(to_text(assessment_blocks(result, LIBRARY), width=1000))
    for verdict in result.verdicts:
        for name in verdict.missing:
            if name in LIBRARY.facts and not LIBRARY.facts[name].is_derived:
                assert flat(str(LIBRARY.facts[name].question)) in shown


@ALL
def test_what_the_toolkit_made_up_is_said_to_be_its_own_and_not_validated(found):
    result = assessed(found, LIBRARY)
    cited = [
        c
        for v in result.verdicts
        if v.verdict == "applies"
        for c in v.rule.sources
        if c.basis == "toolkit"
    ]
    shown = flat(to_text(assessment_blocks(result, LIBRARY), width=1000))
    for citation in cited:
        assert re.search(
            rf"the toolkit's own structure, not validated \([^)]*{re.escape(citation.locator)}",
            shown,
        )


@ALL
def test_every_document_that_is_cited_stands_in_full_at_the_end(found):
    blocks = blocks_of(found)
    cited = {id_ for b in walk(blocks) if isinstance(b, Note) for id_ in b.sources}
    listed = text_of(section(blocks, "Sources"))
    for id_ in cited:
        source = LIBRARY.sources[id_]
        assert source.kind == "own" or source.title.rstrip(".") in listed


@ALL
def test_a_report_never_speaks_of_a_diagnosis(found):
    for language in ("sv", "en"):
        with use_language(language):
            assert "diagno" not in to_markdown(blocks_of(found)).lower()


def test_what_is_acute_comes_before_everything_but_the_head():
    blocks = blocks_of(youth())
    first = next(n for n, b in enumerate(blocks) if isinstance(b, Callout))
    assert blocks[first].kind == "acute"
    assert headings(blocks[:first]) == ["Assessment of case fiktiv"]
    assert "ACUTE" in blocks[first].title


def test_the_head_says_that_it_is_support_and_no_decision_and_whether_the_case_is_fictional():
    head = text_of(blocks_of(youth())[:3])
    assert "Decision support, not a decision." in head
    assert "boy, 16 years" in head
    assert "Case fictional" in head
    real = replace(assessed(youth(), LIBRARY), case=youth().model_copy(update={"fictional": False}))
    assert "Case real" in text_of(assessment_blocks(real, LIBRARY)[:3])


def test_the_head_says_by_which_day_s_rules_when_it_is_not_the_day_of_the_case():
    result = assessed(youth(), LIBRARY)
    assert "Rules and law" not in report(result, LIBRARY)
    later = replace(result, as_of=result.as_of.replace(year=2027))
    assert "Rules and law as of 2027-06-15" in flat(report(later, LIBRARY))


def test_labels_from_data_follow_the_language_of_the_moment():
    result = assessed(youth(), LIBRARY)
    with use_language("sv"):
        assert "Unga, 12–17 år" in report(result, LIBRARY)
    with use_language("en"):
        assert "Young people, 12–17" in report(result, LIBRARY)


def test_a_child_outside_the_rule_base_gets_no_risk_intensity_or_plan_but_the_limits():
    blocks = blocks_of(case(3))
    shown = headings(blocks)
    for title in ("Risk of reoffending", "Intensity", "Targets", "Proposed plan", "Need areas"):
        assert title not in shown
    assert "Limits of this result" in shown
    assert callouts(blocks), "the acute questions are asked for the smallest too"


def test_text_that_was_typed_in_cannot_steer_the_terminal():
    found = youth(own_view={"text": "hej \x1b[2J då"}, facts=ACUTE_NO)
    assert "\x1b" not in report(assessed(found, LIBRARY), LIBRARY)


def test_recommendations_are_grouped_by_strength_the_strongest_first():
    blocks = section(blocks_of(youth()), "Recommended insatser")
    assert headings(blocks) == ["Should be offered", "May be offered"]
