"""Lists of criteria for a case, for a sheet and for a worked example."""

import datetime as dt
import os
import sys
import threading
from pathlib import Path

import pytest

from riskbehov.assessing import check_criteria, load_case_or_sheet, load_sheet
from riskbehov.assessing.criteria import check_example
from riskbehov.errors import CaseError, PrivacyError, UnknownIdError
from riskbehov.models.case import Case
from riskbehov.models.criteria import CriteriaExample, Sheet

DAY = dt.date(2026, 6, 1)
CONSENT = {
    "id": "s1",
    "to": ["police"],
    "about": ["suitability", "threat"],
    "situations": "När ansökan bedöms.",
    "form": "written",
    "given": DAY,
}


def case(age: int = 24, **more: object) -> Case:
    made = {"case": "fiktiv", "fictional": True, "date": DAY, "person": {"age": age}, **more}
    return Case.model_validate(made, strict=False)


def sheet(**facts: object) -> Sheet:
    return Sheet(sheet="Enheten", date=DAY, facts=facts)


def verdicts(found):
    return {each.criterion.id: each.verdict for each in found.criteria}


# A case

GATES = "sig-grindar"


@pytest.mark.parametrize(
    ("consents", "verdict"), [([CONSENT], "met"), ([], "not-met"), (None, "cannot-tell")]
)
def test_consent_is_told_by_the_consents_of_the_case(library, consents, verdict):
    found = check_criteria(case(consents=consents), GATES, library)
    assert verdicts(found)["samtycke"] == verdict


def test_what_the_police_have_told_counts(library):
    told = {"from": "police", "date": DAY, "consent": "s1", "facts": {"police_suitable": False}}
    found = check_criteria(case(consents=[CONSENT], obtained=[told]), GATES, library)
    assert verdicts(found)["polisen"] == "not-met"
    assert found.verdict == "not-met"


def test_the_inventory_is_made_once_every_domain_is_rated(library):
    ids = [domain.id for domain in library.inventory.domains]
    for rated, verdict in ((ids, "met"), (ids[1:], "cannot-tell")):
        domains = {id_: {"situation": 1} for id_ in rated}
        found = check_criteria(case(inventory={"date": DAY, "domains": domains}), GATES, library)
        assert verdicts(found)["inventering"] == verdict


@pytest.mark.parametrize(
    ("age", "verdict"), [(19, "not-met"), (20, "cannot-tell"), (21, "met"), (45, "met")]
)
def test_at_twenty_it_cannot_be_told_whether_one_is_over_twenty(library, age, verdict):
    # "över 20 år" (huddinge-riktlinje-2022, Målgrupp) leaves open whether that is from 20 or 21.
    found = check_criteria(case(age), "huddinge-forutsattningar", library)
    assert verdicts(found)["over-20"] == verdict


def test_the_day_is_that_of_the_case_unless_another_is_given(library):
    assert check_criteria(case(), GATES, library).day == DAY
    early = check_criteria(case(), GATES, library, day=dt.date(2019, 12, 31))
    assert (early.day, early.verdict) == (dt.date(2019, 12, 31), "not-in-force")


def test_a_list_about_a_unit_takes_no_case(library):
    with pytest.raises(CaseError, match="case: found a case file, expected a sheet: the list 'sig"):
        check_criteria(case(), "sig-enhet", library)


def test_a_case_that_does_not_hold_is_refused_with_all_its_faults(library):
    with pytest.raises(CaseError, match=r"facts\.wnts_to_leave") as caught:
        check_criteria(case(facts={"wnts_to_leave": True, "age": 3}), GATES, library)
    assert len(caught.value.faults) == 2


def test_what_is_about_a_unit_has_no_place_in_a_case(library):
    with pytest.raises(CaseError, match=r"'unit_forum', which is about a unit, .* in a sheet"):
        check_criteria(case(facts={"unit_forum": True}), GATES, library)


def test_an_unknown_list_is_refused_with_the_likeliest(library):
    for subject in (case(), sheet()):
        with pytest.raises(UnknownIdError, match="did you mean 'sig-grindar'"):
            check_criteria(subject, "sig-grindr", library)


# A sheet


def test_a_sheet_answers_a_list_about_a_unit(library):
    given = sheet(unit_forum=True, unit_safety_picture=False, unit_contact_list="unknown")
    found = check_criteria(given, "sig-enhet", library)
    assert found.verdict is None
    assert verdicts(found)["fraga-1"] == "met"
    assert [each.criterion.id for each in found.lacking] == ["fraga-2"]
    assert "unit_contact_list" in found.missing
    assert found.day == DAY


def test_a_list_about_a_person_takes_no_sheet(library):
    with pytest.raises(
        CaseError, match="sheet: found a sheet, expected a case file: the list 'sig"
    ):
        check_criteria(sheet(), GATES, library)


def test_every_fault_of_a_sheet_is_told(library):
    later = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=2)
    facts = {"unit_forun": True, "wants_to_leave": True, "unit_forum": "yes"}
    wrong = Sheet(sheet="Enheten", date=later, facts=facts)
    with pytest.raises(CaseError, match="expected") as caught:
        check_criteria(wrong, "sig-enhet", library)
    told = [str(fault) for fault in caught.value.faults]
    assert [fault.where for fault in caught.value.faults] == [
        "date",
        "facts.unit_forun",
        "facts.wants_to_leave",
        "facts.unit_forum",
    ]
    assert "expected a day that has been" in told[0]
    assert "facts about a person belong in a case file - did you mean 'unit_forum'?" in told[1]
    assert "expected a fact about a unit, its staff or its workplace;" in told[2]
    assert "found 'yes', expected true, false or unknown" in told[3]


def test_of_very_many_faults_the_first_are_told(library):
    wrong = Sheet(sheet="Enheten", date=DAY, facts={f"f{n}": True for n in range(1000)})
    with pytest.raises(CaseError, match=r"facts\.f0") as caught:
        check_criteria(wrong, "sig-enhet", library)
    assert len(caught.value.faults) == 100


# Files


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


SHEET = "sheet: Enheten\ndate: 2026-06-01\nfacts: {unit_forum: true}\n"
CASE = "case: fiktiv\nfictional: true\ndate: 2026-06-01\nperson: {age: 30}\n"


def test_a_file_is_a_sheet_where_it_says_so_and_else_a_case(tmp_path):
    assert load_case_or_sheet(write(tmp_path / "a.yaml", SHEET)) == sheet(unit_forum=True)
    assert isinstance(load_case_or_sheet(write(tmp_path / "a.yaml", CASE)), Case)
    with pytest.raises(CaseError, match="case"):
        load_case_or_sheet(write(tmp_path / "a.yaml", "date: 2026-06-01\n"))


def test_a_real_case_is_kept_out_of_plain_text_here_too(tmp_path):
    real = CASE.replace("fiktiv", "RB-7K3M-9QXT-2FHD").replace("true", "false")
    with pytest.raises(PrivacyError, match="--plaintext"):
        load_case_or_sheet(write(tmp_path / "a.yaml", real))
    assert isinstance(load_case_or_sheet(tmp_path / "a.yaml", plaintext=True), Case)


def test_a_sheet_is_kept_free_of_personal_data(tmp_path):
    path = write(tmp_path / "a.yaml", SHEET + "note: ring 070-174 06 05\n")  # PTS's for fiction
    for load in (load_sheet, load_case_or_sheet):
        with pytest.raises(PrivacyError, match="telephone number"):
            load(path)
        loaded = load(path, reviewed=True)
        assert isinstance(loaded, Sheet)
        assert loaded.note.startswith("ring")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_sheet_can_come_through_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=write, args=(tmp_path / "pipe", SHEET))
    writer.start()
    assert isinstance(load_case_or_sheet(tmp_path / "pipe"), Sheet)
    writer.join(timeout=10)
    assert not writer.is_alive()


# Worked examples


def example(**given: object) -> CriteriaExample:
    made = {"name": "a", "why": "b", "expect": {"verdict": None}, **given}
    return CriteriaExample.model_validate(made, strict=False)


def test_an_example_needs_no_whole_case(library):
    found = check_example(example(facts={"network_over_two": True}), "avhoppare-miljo", library)
    assert found.day == library.criteria("avhoppare-miljo").checked
    assert found.verdict == "cannot-tell"


def test_an_example_may_say_who_consents_what_was_told_and_what_was_rated(library):
    ids = [domain.id for domain in library.inventory.domains]
    told = {"from": "police", "date": DAY, "consent": "s1", "facts": {"police_suitable": True}}
    found = check_example(
        example(date=DAY, consents=[CONSENT], obtained=[told], inventory=ids), GATES, library
    )
    met = [id_ for id_, verdict in verdicts(found).items() if verdict == "met"]
    assert met == ["inventering", "samtycke", "polisen"]
    nothing = check_example(example(inventory=[], consents=[]), GATES, library)
    assert verdicts(nothing)["inventering"] == "cannot-tell"
    assert verdicts(nothing)["samtycke"] == "not-met"


@pytest.mark.parametrize(("person", "verdict"), [({"age": 21}, "met"), (None, "cannot-tell")])
def test_of_an_example_without_a_person_the_age_is_not_known(library, person, verdict):
    found = check_example(example(person=person), "huddinge-forutsattningar", library)
    assert verdicts(found)["over-20"] == verdict


def test_every_fault_of_an_example_is_told(library):
    told = {"from": "police", "date": DAY, "consent": "s1", "facts": {"police_suitabl": True}}
    facts = {"wants_to_leav": True, "wants_to_leave": "yes"}
    wrong = example(facts=facts, obtained=[told], inventory=["boendet"])
    with pytest.raises(CaseError, match="found") as caught:
        check_example(wrong, GATES, library)
    assert [fault.where for fault in caught.value.faults] == [
        "facts.wants_to_leav",
        "facts.wants_to_leave",
        "obtained[0].facts.police_suitabl",
        "inventory[0]",
    ]
    assert "did you mean 'boende'?" in str(caught.value.faults[-1])
