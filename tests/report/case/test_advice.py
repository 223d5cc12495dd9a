"""Recommendations, and the questions that would settle what is open."""

from dataclasses import replace

import pytest
from tests.report.made import assessed, headings, items, section, text_of, youth

from riskbehov.models.result import Verdict
from riskbehov.report.case.advice import (
    advised,
    cannot_tell,
    considerations,
    recommendations,
    requirement,
)
from riskbehov.report.document import Bullets
from riskbehov.report.names import names_of


def verdict(library, rule, missing=()):
    theme, found = next((t, r) for t, r in library.all_rules if r.id == rule)
    return Verdict(found, theme, "cannot-tell" if missing else "applies", missing)


def with_verdicts(library, *verdicts):
    result = replace(assessed(youth(), library), verdicts=verdicts)
    return result, names_of(result.assessment, library)


MST, FFT, TFCO = (f"normbrytande-unga-{name}" for name in ("mst", "fft", "tfco"))


def test_a_recommendation_names_insats_strength_reason_and_place_in_the_source(library):
    result, names = with_verdicts(library, verdict(library, MST))
    (item,) = [i for i in items(recommendations(result, names)) if i.is_strong]
    shown = text_of(item.inside)
    assert "Insats: Multisystemic therapy (MST). Strength: should." in shown
    assert str(library.rule(MST).reason) in shown
    for citation in library.rule(MST).sources:
        assert citation.locator in shown


def test_the_sources_of_the_rule_above_are_not_named_again(library):
    found = verdict(library, MST)
    other = replace(found, rule=found.rule.model_copy(update={"id": "other"}))
    result, names = with_verdicts(library)
    first, second = advised([found, other], result, names).items
    assert "the same as for the one above" not in text_of(first.inside)
    assert "Source: the same as for the one above." in text_of(second.inside)


def test_without_any_recommendation_the_report_points_to_what_is_open(library):
    result, names = with_verdicts(library)
    assert text_of(recommendations(result, names)).endswith("No rule recommends an insats.")
    result, names = with_verdicts(library, verdict(library, MST, ("norm_breaking",)))
    assert "See below what cannot be told yet." in text_of(recommendations(result, names))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"family_takes_part": True}, ""),
        ({"family_takes_part": False}, "The plan leaves it out, since this is not so: The family"),
        ({"family_takes_part": "unknown"}, "It takes this, which is not known yet: The family"),
        ({}, "It takes this, which is not known yet: The family"),
    ],
)
def test_what_an_insats_takes_is_said_where_it_is_lacking_or_unknown(library, facts, words):
    result = assessed(youth(facts=facts), library)
    names = names_of(result.assessment, library)
    insats = library.insatser["mst"].model_copy(update={"requires": "family_takes_part"})
    shown = text_of(requirement(insats, result, names))
    assert shown.startswith(words)
    assert bool(shown) is bool(words)
    assert requirement(None, result, names) == ()


def test_many_recommendations_are_first_seen_at_a_glance(library):
    result = assessed(youth(), library)
    shown = text_of(recommendations(result, names_of(result.assessment, library)))
    assert shown.index("Multisystemic therapy (MST);") < shown.index("Strength: should.")


def test_considerations_are_grouped_by_theme(library):
    result = assessed(youth(), library)
    names = names_of(result.assessment, library)
    themes = {
        v.theme for v in result.block("consideration", "information") if v.verdict == "applies"
    }
    assert len(headings(considerations(result, names))) > len(themes)


def test_the_question_that_bears_on_most_rules_stands_first(library):
    result, names = with_verdicts(
        library,
        verdict(library, MST, ("risk_level",)),
        verdict(library, FFT, ("norm_breaking",)),
        verdict(library, TFCO, ("norm_breaking", "placement_considered")),
    )
    blocks = tuple(cannot_tell(result, names))
    wide = section(blocks, "Questions that open most, the widest first")
    (listed,) = [b for b in wide if isinstance(b, Bullets)]
    assert listed.is_numbered
    assert [i.text for i in listed.items] == [str(library.facts["norm_breaking"].question)]
    assert f"Settles by itself: {library.rule(FFT).title}." in text_of(listed.items[0].inside)
    assert f"with other answers: {library.rule(TFCO).title}." in text_of(listed.items[0].inside)
    narrow = text_of(section(blocks, "Questions that bear on one rule each"))
    assert str(library.facts["risk_level"].question) in narrow
    assert f"Settles together with other answers: {library.rule(TFCO).title}." in narrow


def test_who_else_can_answer_is_said(library):
    result, names = with_verdicts(
        library, verdict(library, MST, ("threat_level",)), verdict(library, FFT, ("suicidality",))
    )
    shown = text_of(cannot_tell(result, names))
    assert "Answered by: the police." in shown
    assert shown.count("Answered by") == 1


def test_acute_questions_are_not_asked_a_second_time(library):
    result, names = with_verdicts(library, verdict(library, "akut-suicidrisk", ("suicidality",)))
    assert tuple(cannot_tell(result, names)) == ()
