"""The checklist of a process: signs with words, law of the day, questions, 80 columns."""

import datetime as dt
import json

import pytest
from tests.report.made import case, headings, items, section, text_of

from riskbehov.assessing.steps import follow_case
from riskbehov.i18n import use_language
from riskbehov.report import process_blocks, to_markdown, to_text
from riskbehov.report.document import FAILS, HOLDS, MAY, NEEDLESS, NEXT, OPEN, WAITS
from riskbehov.report.plain.steps import process_dict
from riskbehov.report.text import columns

CONSENT = {
    "id": "s1",
    "to": ["police"],
    "about": ["threat", "suitability"],
    "situations": "x",
    "form": "written",
    "given": dt.date(2025, 6, 1),
}
DONE = dict.fromkeys(("ansokan", "utredning", "samtycke", "hotbild"), dt.date(2025, 6, 30))
NO_LAW = {"secrecy_lifted_by_law": False}
WORDS = {
    HOLDS: ": done 20",
    NEXT: ": next",
    FAILS: ": stopped",
    OPEN: ": cannot tell yet",
    WAITS: ": waits for ",
    MAY: ": where it is called for",
    NEEDLESS: ": not called for",
}


def followed(library, done=None, process="avhopp", day=None, **given):
    given = {"consents": [CONSENT], "process": {process: DONE if done is None else done}, **given}
    return follow_case(case(**given), library, day=day)


def blocks(library, *args, **given):
    return process_blocks(followed(library, *args, **given), library)


def steps(found, library):
    """Return the entries of the checklists, none of what stands within them."""
    labels = {str(step) for id_ in library.process_ids for step in library.process(id_).steps}
    return [item for item in items(found) if item.text.partition(" (")[0] in labels]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("process", ["avhopp", "sig"])
def test_the_checklist_is_readable_at_80_columns(library, process, language):
    with use_language(language):
        shown = to_text(blocks(library, {}, process), width=80)
    assert max(map(columns, shown.splitlines())) <= 80
    assert "None" not in shown


def test_every_step_is_told_once_with_its_sign_and_words_that_say_the_same(library):
    found = blocks(library, consents=[], facts=NO_LAW | {"child_in_household": True})
    told = steps(found, library)
    assert len(told) == len(library.process("avhopp").steps)
    for item in told:
        assert WORDS[item.mark] in item.text
    assert {item.mark for item in told} == {HOLDS, NEXT, FAILS, WAITS, MAY, NEEDLESS}


def test_a_step_that_cannot_be_told_says_what_it_hangs_on_and_asks(library):
    done = {**DONE, "kontakt-polis": DONE["samtycke"], "beslut": DONE["samtycke"]}
    found = blocks(library, done)
    [item] = [i for i in steps(found, library) if i.mark == OPEN and "decision to open" in i.text]
    shown = text_of(item.inside)
    assert "Cannot tell yet: " in shown
    assert "'riskbehov criteria check polis-krav CASE.yaml'" in shown
    assert "Hangs on: " in shown
    asked = text_of(section(found, "Questions that would settle the steps whose turn it is"))
    assert str(library.facts["police_form_signed"].question) in asked
    assert "Answered by: the police." in asked


def test_a_step_that_is_stopped_says_by_what(library):
    refused = blocks(library, consents=[], facts=NO_LAW)
    [item] = [i for i in steps(refused, library) if i.mark == FAILS]
    assert item.text == "Contact with the police (kontakt-polis): stopped"
    assert "exchange with the police: yes. Found: no. Does not hold." in text_of(item.inside)


def test_a_step_that_waits_says_for_what_and_what_would_stop_it_then(library):
    ended = {**CONSENT, "until": dt.date(2025, 12, 31)}
    done = {"ansokan": DONE["ansokan"]}
    found = steps(blocks(library, done, consents=[ended], facts=NO_LAW), library)
    [item] = [i for i in found if i.text.startswith("Contact with the police")]
    assert item.text.endswith("(kontakt-polis): waits for An inquiry is opened")
    assert "this would stop it then: Consent to exchange with the police; " in text_of(item.inside)


def test_the_law_is_told_by_the_day_of_each_step(library):
    done = {"ansokan": dt.date(2025, 6, 30), "utredning": dt.date(2025, 7, 1)}
    found = {
        i.text.partition(" (")[0]: text_of(i.inside) for i in steps(blocks(library, done), library)
    }
    assert "Chapter 1 section 1 and chapter 3 section 5" in found["Application"]
    assert (
        "Chapter 14 section 2 of the Social Services Act (2025:400)"
        in found["An inquiry is opened"]
    )
    late = {"ansokan": dt.date(2025, 7, 1)}
    first = text_of(steps(blocks(library, late), library)[0].inside)
    assert "The place in the law of that day has not been verified." in first


def test_what_is_done_out_of_order_is_told_before_the_list(library):
    shown = text_of(blocks(library))
    early = (
        '"The police\'s assessment of threat and risk" was done 2025-06-30, but "Contact with the'
    )
    assert early in shown
    assert shown.index("Look again") < shown.index("(ansokan): done")


def test_six_steps_head_the_sub_steps_of_a_social_intervention_group(library):
    found = headings(blocks(library, {}, "sig"))
    order = [str(part) for part in library.process("sig").parts]
    assert [each for each in found if each in order] == order


def test_a_process_not_in_force_says_so(library):
    shown = text_of(blocks(library, {}, day=dt.date(2025, 3, 31)))
    assert "Not in force on 2025-03-31:" in shown
    assert "(ansokan): the process is not in force that day" in shown


def test_a_completed_process_says_that_nothing_is_left(library):
    every = {step.id: DONE["ansokan"] for step in library.process("avhopp").steps}
    assert "Left nothing that is called for" in text_of(blocks(library, every))


def test_it_is_a_checklist_and_no_decision_and_cites_its_source(library):
    shown = text_of(blocks(library))
    assert "A checklist, not a decision" in shown
    assert "Arbeta med avhoppare. Ett stödmaterial till socialtjänsten" in shown


def test_markdown_keeps_the_signs(library):
    shown = to_markdown(blocks(library))
    assert "- ✓ Application (ansokan): done 2025-06-30" in shown
    assert "- … " in shown


# JSON


def test_the_json_tells_what_blocks_each_step(library):
    found = process_dict(followed(library, consents=[], facts=NO_LAW))
    [avhopp] = found["processes"]
    by_id = {each["id"]: each for each in avhopp["steps"]}
    assert json.loads(json.dumps(found)) == found
    assert avhopp["next"] == ["beslut"]
    assert by_id["kontakt-polis"]["blocked_by"] == {
        "steps": [],
        "facts": ["consent_police", "secrecy_lifted_by_law"],
        "criteria": [],
    }
    assert by_id["kontakt-polis"]["needs"]["truth"] == "false"
    assert by_id["uppdrag"]["blocked_by"]["steps"] == ["beslut"]
    assert by_id["utredning"]["legal"] == [
        {
            "key": "open-inquiry",
            "label": "Opening an inquiry without delay",
            "reference": "Chapter 11 section 1 of the Social Services Act (2001:453)",
        }
    ]
    assert by_id["utredning"]["done"] == "2025-06-30"
    assert by_id["beslut"]["done"] is None


def test_an_optional_step_that_is_not_called_for_is_blocked_by_nothing(library):
    found = process_dict(followed(library, facts={"probation": False}))
    for each in found["processes"][0]["steps"]:
        if each["status"] == "not-called-for":
            assert each["blocked_by"]["facts"] == []
            assert each["missing"] == []
