"""Lists of criteria in words: the outcome, each criterion, what to ask, and every source."""

import datetime as dt

import pytest
from tests.criteria.made import DAY, checked, criterion, library, listed, text, true
from tests.report.made import flat, headings, items, section, text_of

from riskbehov.criteria import check_list
from riskbehov.i18n import use_language
from riskbehov.library import Library
from riskbehov.logic.vocabulary import vocabulary
from riskbehov.report import (
    checked_list_blocks,
    criteria_list_blocks,
    criteria_lists_blocks,
    to_markdown,
    to_text,
)
from riskbehov.report.document import FAILS, HOLDS, OPEN

LIBRARY = Library.open()
ABC = tuple(map(criterion, "abc"))
WORDS = {HOLDS: ("Met", "met"), FAILS: ("Not met", "not met"), OPEN: ("Cannot tell", "cannot tell")}

every_list = pytest.mark.parametrize("id_", LIBRARY.criteria_ids)


def blocks(*lists, **facts):
    return checked_list_blocks(checked(*lists, **facts), library(*lists), subject="fiktiv")


def said(*lists, **facts):
    return text_of(blocks(*lists, **facts))


def under(title, *lists, **facts):
    return text_of(section(blocks(*lists, **facts), title))


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"a": True, "b": True, "c": True}, "✓ Met: the criteria are met."),
        ({"a": False}, "✗ Not met: the criteria are not met."),
        ({"a": True}, "? Cannot tell yet: it hangs on what is not known."),
    ],
)
def test_the_outcome_has_a_sign_and_words(facts, outcome):
    assert outcome in under("Outcome", listed("x", *ABC), **facts)


def test_the_outcome_counts_the_criteria_and_says_how_they_make_a_whole():
    shown = under("Outcome", listed("x", *ABC), a=True, b=False)
    assert "All 3 criteria must be met." in shown
    assert "Met: 1. Not met: 1. Cannot tell yet: 1." in shown


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"overall": "any"}, "At least one of the 3 criteria must be met."),
        ({"overall": "count", "at_least": 2}, "At least 2 of the 3 criteria must be met."),
        ({"ordered": True}, "The gates are passed one after the other, and all 3 of them."),
    ],
)
def test_how_a_whole_is_made_is_said(more, words):
    assert words in said(listed("x", *ABC, **more))


def test_what_is_mandatory_is_marked_and_explained():
    must = criterion("a", mandatory=True)
    shown = said(listed("x", must, *ABC[1:], overall="count", at_least=2), a=True)
    assert "✓ Met: Criterion a (mandatory)" in shown
    assert "Those that are mandatory must be among them." in shown


def test_without_a_whole_what_is_lacking_is_listed_and_no_score_given():
    shown = under("Outcome", listed("x", *ABC, overall="none"), a=False, b=True)
    assert "makes no whole of these points and gives no score, so neither is given" in shown
    assert "Lacking: ✗ Criterion a" in shown
    assert "Criterion b" not in shown
    found = blocks(listed("x", *ABC, overall="none"), a=False)
    assert "What would settle it" not in headings(found)
    assert "Nothing is known to be lacking." in said(listed("x", *ABC, overall="none"), b=True)


def test_a_criterion_that_is_open_asks_its_question_and_says_who_can_answer():
    shown = under("Criterion by criterion", listed("x", *ABC), a=True, b=False)
    assert "✓ Met: Criterion a" in shown
    assert "✗ Not met: Criterion b" in shown
    assert "? Cannot tell yet: Criterion c • c? Answered by: the utredare." in shown
    assert "a?" not in shown
    assert "b?" not in shown


def test_each_criterion_has_its_source_named_once_where_it_repeats():
    other = [{"source": "other", "locator": "p. 2", "basis": "secondary"}]
    shown = under(
        "Criterion by criterion", listed("x", *ABC[:2], criterion("c", sources=other)), a=True
    )
    assert shown.count("guide, p. 1 (authority)") == 1
    assert shown.count("the same as for the one above") == 1
    assert "other, p. 2 (second-hand)" in shown


def test_what_is_known_is_told_of_a_criterion_that_is_more_than_yes_or_no():
    part = {"all": [{"fact": "age", "at_least": 21}, true("b")]}
    shown = said(listed("x", criterion("grown", part)), age=20)
    assert "✗ Not met: Criterion grown Known: age: 20." in shown
    assert "Known" not in said(listed("x", criterion("a")), a=True)
    assert "Known" not in said(listed("x", criterion("grown", part)))


def test_gates_say_which_is_next_and_that_the_later_ones_wait():
    gates = listed("x", *ABC, criterion("d"), ordered=True)
    shown = said(gates, a=True, c=True)
    assert "Next is gate 2, Criterion b. The later ones wait." in shown
    assert "✓ Gate 1, met: Criterion a" in shown
    assert "? Gate 2, cannot tell yet: Criterion b • b?" in shown
    assert "✓ Gate 3, met: Criterion c Source" in shown
    assert "? Gate 4, cannot tell yet: Criterion d Waits for gate 2. • d?" in shown
    assert "Gate 2 comes first. Ask: • b?" in under("What would settle it", gates, a=True, c=True)
    passed = said(gates, a=True, b=True, c=True, d=True)
    assert "Next is gate" not in passed
    assert "Waits" not in passed


@pytest.mark.parametrize(
    ("facts", "words", "asked"),
    [
        ({"a": True, "b": True, "d": False}, "This alone can decide", "c"),
        ({"d": False}, "Each of these can decide alone", "abc"),
        ({"a": True}, "None of these can decide alone, but all of them together", "bcde"),
    ],
)
def test_what_would_settle_it_is_said_as_questions(facts, words, asked):
    pairs = {"any": [{"all": [true("b"), true("c")]}, {"all": [true("d"), true("e")]}]}
    shown = under(
        "What would settle it", listed("x", criterion("a"), criterion("p", pairs)), **facts
    )
    assert shown.startswith(words)
    assert [name for name in "abcde" if f"{name}?" in shown] == [*asked]


@pytest.mark.parametrize("facts", [{"a": False}, {"a": True, "b": True, "c": True}])
def test_a_settled_list_asks_for_nothing_more(facts):
    assert "What would settle it" not in headings(blocks(listed("x", *ABC), **facts))


def test_of_another_list_what_is_left_is_shown_within():
    inner = listed("inner", *ABC)
    outer = listed("outer", criterion("d"), criterion("all-three", meets="inner"))
    shown = under("Criterion by criterion", outer, inner, a=True, b=False)
    assert "? Cannot tell yet: Criterion all-three" not in shown
    assert "✗ Not met: Criterion all-three" in shown
    assert "the whole of this list is: List inner (inner). All 3 criteria must be met." in shown
    assert "✗ Not met: Criterion b" in shown
    assert "? Cannot tell yet: Criterion c • c?" in shown
    assert "Criterion a" not in shown.replace("Criterion all-three", "")
    met = said(outer, inner, a=True, b=True, c=True)
    assert "Criterion c" not in met


def test_how_other_lists_differ_and_what_is_to_be_noted_is_said_with_sources():
    cited = [{"source": "other", "locator": "p. 3", "basis": "recommended"}]
    differs = [{"from": "y", "text": text("They ask for more."), "sources": cited}]
    notes = [{"text": text("Asked of grown-ups."), "sources": cited}]
    found = blocks(listed("x", *ABC, differs=differs, notes=notes), listed("y", *ABC))
    differing = text_of(section(found, "Where other lists differ"))
    assert differing == "• List y (y): They ask for more. Source: other, p. 3 (authority)."
    assert "Asked of grown-ups. Source: other, p. 3" in text_of(section(found, "To note"))


def test_a_list_that_is_not_in_force_says_so_and_no_more():
    found = blocks(listed("x", *ABC, valid={"from": "2020-01-01", "to": "2021-12-31"}), a=True)
    assert "Not in force: the list is not in force on that day" in text_of(found)
    assert "Criterion by criterion" not in headings(found)


def test_a_report_says_what_was_looked_at_and_that_it_decides_nothing():
    shown = said(listed("x", *ABC))
    assert "Case fiktiv About a person Looked at as of 2026-06-01" in shown
    assert "Decision support, not a decision." in shown
    unit = listed("x", criterion("forum"), about="unit")
    assert "Sheet fiktiv About a unit" in said(unit)
    assert "a decision" not in said(unit)


def test_the_date_of_what_is_known_is_told_where_another_day_is_gone_by():
    lists = (listed("x", *ABC),)
    for known, is_told in ((DAY, False), (DAY - dt.timedelta(days=1), True), (None, False)):
        found = checked_list_blocks(checked(*lists), library(*lists), subject="fiktiv", known=known)
        assert ("Date 2026-05-31" in text_of(found)) == is_told


# Every list of the toolkit


def shown(id_, facts=()):
    found = LIBRARY.criteria(id_)
    words = vocabulary(LIBRARY.facts.values())
    known = {name: words[name].encode(value) for name, value in dict(facts).items()}
    return checked_list_blocks(
        check_list(LIBRARY, id_, words, known, found.checked), LIBRARY, subject="fiktiv"
    )


@every_list
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_list_can_be_told_within_80_columns(id_, language):
    with use_language(language):
        for found in (shown(id_), criteria_list_blocks(LIBRARY.criteria(id_), LIBRARY)):
            text = to_text(found, width=80)
            assert max(len(line) for line in text.splitlines() if "://" not in line) <= 80
            assert str(LIBRARY.criteria(id_).name) in flat(text)
            assert to_markdown(found).startswith("# ")


@every_list
def test_every_sign_has_its_words_beside_it_and_every_criterion_is_asked_about(id_):
    found = shown(id_)
    for item in items(found):
        if item.mark:
            assert any(word in item.text for word in WORDS[item.mark]), item.text
    whole = text_of(found)
    for each in LIBRARY.criteria(id_).criteria:
        assert flat(str(each.label)) in whole
        assert any(flat(citation.locator) in whole for citation in each.sources)
    assert "Sources" in headings(found)


@every_list
def test_every_list_is_shown_with_its_conditions_in_words(id_):
    whole = text_of(criteria_list_blocks(LIBRARY.criteria(id_), LIBRARY))
    for each in LIBRARY.criteria(id_).criteria:
        assert flat(str(each.label)) in whole
        if each.meets:
            assert f"({each.meets})" in whole
    assert flat(str(LIBRARY.criteria(id_).use)) in whole


def test_all_lists_are_listed():
    whole = text_of(criteria_lists_blocks(LIBRARY))
    assert all(id_ in whole for id_ in LIBRARY.criteria_ids)
