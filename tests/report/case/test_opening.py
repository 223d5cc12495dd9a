"""What is acute, and what nobody has asked."""

import pytest
from tests.report.made import (
    ACUTE_NO,
    assessed,
    callouts,
    case,
    flat,
    items,
    report,
    text_of,
    youth,
)

from riskbehov.report import assessment_blocks


def acute_callouts(found, library):
    blocks = assessment_blocks(assessed(found, library), library)
    return {c.kind: c for c in callouts(blocks) if c.title.startswith("ACUTE")}


def test_an_acute_answer_gives_what_to_do_with_its_source(library):
    callout = acute_callouts(youth(), library)["acute"]
    (item,) = items((callout,))
    assert item.text == str(library.rule("akut-suicidrisk").title)
    assert "Source: " in text_of(item.inside)
    assert "Strength" not in text_of(item.inside), "no strength is as strong as 'at once'"


def test_an_acute_question_without_an_answer_is_not_the_same_as_no(library):
    shown = text_of((acute_callouts(youth(), library)["warning"],))
    not_asked, asked = shown.split("Asked, but the answer is not known:")
    assert "Not asked yet. No answer is not the same as no:" in not_asked
    assert flat(str(library.facts["acute_threat"].question)) in not_asked
    assert flat(str(library.facts["violence_at_home"].question)) in asked
    assert flat(str(library.facts["suicidality"].question)) not in shown


def test_an_acute_duty_is_not_weakened_by_the_word_for_its_strength(library):
    found = youth(facts={"child_concern": True})
    shown = text_of((acute_callouts(found, library)["acute"],))
    assert str(library.rule("akut-oro-for-barn").title) in shown
    assert "Strength" not in shown


@pytest.mark.parametrize("age", [3, 8, 16, 30])
def test_when_all_is_answered_with_no_the_report_says_so(library, age):
    facts = {**ACUTE_NO, "child_concern": False}
    found = case(age, facts=facts)
    assert acute_callouts(found, library) == {}
    assert "the acute questions are answered, and none calls for action" in flat(
        report(assessed(found, library), library)
    )
