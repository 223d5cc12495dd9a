"""Which assessment a case gets; the faults against the library are in tests/broken."""

import shutil

import pytest

from riskbehov.assessing import assess
from riskbehov.assessing.checks.case import fitting_assessment
from riskbehov.errors import CaseError
from riskbehov.library import Library
from riskbehov.models.case import Case, Offer
from riskbehov.yamlfile import parse_text


def case_of(age: int, **more: object) -> Case:
    values = {
        "case": "fiktiv-hel",
        "fictional": True,
        "date": parse_text("2026-02-01", "a day"),
        "person": {"age": age},
        **more,
    }
    return Case.model_validate(values)


@pytest.mark.parametrize(
    ("age", "id_"),
    [(0, "child-0-5"), (11, "child-6-11"), (12, "youth-12-17"), (17, "youth-12-17"), (18, "adult")],
)
def test_a_case_gets_the_assessment_for_its_age(library, age, id_):
    assert fitting_assessment(case_of(age), library).id == id_


def test_a_case_gets_the_assessment_that_it_names(library):
    assert fitting_assessment(case_of(30, assessment="adult"), library).id == "adult"


def test_an_age_that_no_assessment_is_for_is_refused_with_those_there_are(library):
    without = Library(
        {
            path: library.files(path)
            for path in library.logical_paths
            if not path.startswith("assessments/youth-12-17/")
        },
        {},
    )
    with pytest.raises(
        CaseError, match=r"person\.age: found the age 15, expected one that"
    ) as told:
        fitting_assessment(case_of(15), without)
    assert "adult (18–), child-0-5 (0–5), child-6-11 (6–11)" in str(told.value)


def test_an_age_that_several_assessments_are_for_asks_for_a_name(library, tmp_path):
    [ours] = library.files("assessments/adult/assessment.yaml")
    theirs = tmp_path / "assessments" / "grown"
    shutil.copytree(ours.parent, theirs)
    text = ours.read_text(encoding="utf-8").replace("id: adult", "id: grown")
    (theirs / "assessment.yaml").write_text(text, encoding="utf-8")
    both = Library.open(tmp_path)
    with pytest.raises(CaseError, match=r"name one under assessment, expected adult .*, grown"):
        fitting_assessment(case_of(30), both)
    assert fitting_assessment(case_of(30, assessment="grown"), both).id == "grown"


def test_every_fault_of_an_offer_is_told(library):
    offered = [{"insats": id_, "own": True} for id_ in ("met", "mett", "met", "x")]
    with pytest.raises(CaseError, match=r"offer\.insatser\[1\]\.insats: found 'mett'") as told:
        assess(case_of(30), library, offer=Offer.model_validate({"insatser": offered}))
    assert [fault.where for fault in told.value.faults] == [
        f"offer.insatser[{number}].insats" for number in (1, 2, 3)
    ]
