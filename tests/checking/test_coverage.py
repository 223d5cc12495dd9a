import pytest

from riskbehov.checking import coverage
from riskbehov.checking.shelf import read_shelf

FILE = "assessments/coverage/memo.yaml"


def place(kind, id_):
    return {"kind": kind, "id": id_}


CASES = [
    (
        coverage.wrong_documents,
        *("source", "mem"),
        "source: found 'mem', expected a document of the register: ",
    ),
    (
        coverage.wrong_documents,
        *("source", "guide"),
        "source: found 'guide', expected 'memo', the name of the file",
    ),
]
PLACES = [
    ("instrument", "scren", "an instrument"),
    ("assessment", "grwn", "an assessment"),
    ("rules", "basc", "a theme of rules"),
    ("rule", "thret", "a rule"),
    ("insats", "coching", "an insats"),
    ("fact", "need_huosing", "a fact"),
    ("criteria", "demand", "a list of criteria"),
    ("process", "leve", "a process"),
    ("step", "leave/hose", "a step, as process/step"),
    ("step", "house", "a step, as process/step"),
    ("inventory", "inventry", "inventory, or a domain of it"),
    ("legal", "suport", "a key of the legal table"),
    ("case-file", "own_veiw", "a key of a case file"),
    ("case-file", "own_view.wish", "a key of a case file"),
    ("case-file", "own_view.wishes.text", "a key of a case file"),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_a_coverage_is_found(small, case):
    check, at, value, words = case
    small.put(FILE, at, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


@pytest.mark.parametrize(("kind", "id_", "expected"), PLACES)
def test_a_place_that_there_is_not_is_found_whatever_its_kind(small, kind, id_, expected):
    small.put(FILE, "entries.1.covered", [place(kind, id_)])
    [fault] = coverage.unknown_places(small.shelf())
    assert f"entries[1].covered[0].id: found {id_!r}, expected {expected}: " in str(fault)


def test_a_key_deep_in_a_case_file_is_a_place(small):
    for key in ("consents.withdrawn", "action_plan.goals.activities.how_often", "obtained.from"):
        small.put(FILE, "entries.1.covered", [place("case-file", key)])
        assert not list(coverage.unknown_places(small.shelf()))


def test_commands_are_held_to_those_that_the_caller_knows(small):
    library = small.open()
    today = small.shelf().today
    assert not list(coverage.unknown_places(read_shelf(library, today=today)))
    known = read_shelf(library, today=today, commands=["rules show", "assess"])
    assert not list(coverage.unknown_places(known))
    [fault] = coverage.unknown_places(read_shelf(library, today=today, commands=["rules list"]))
    assert "found 'rules show', expected a command: rules list" in str(fault)


def test_whatever_cites_a_document_is_named_by_its_coverage(small):
    small.put("assessments/rules/basic.yaml", "rules.5.sources.0.source", "memo")
    small.put("assessments/insatser.yaml", "insatser.1.sources.0.source", "memo")
    small.put("assessments/grown/matrix.yaml", "intensity.sources.0.source", "memo")
    told = [str(fault) for fault in coverage.unnamed_citers(small.shelf())]
    assert len(told) == 1  # the theme of the rule and the assessment of the matrix are named
    assert "entries: the insats 'course' cites the document, expected some entry" in told[0]
    small.put(FILE, "entries.0.covered.2", place("instrument", "screen"))
    told = [str(fault) for fault in coverage.unnamed_citers(small.shelf())]
    assert ["the rule 'limits' cites" in each for each in told] == [False, True]


def test_a_step_names_its_process_and_a_domain_the_inventory(small):
    small.put("assessments/process/leave/process.yaml", "sources.0.source", "memo")
    small.put(FILE, "entries.0.covered", [place("step", "leave/apply")])
    assert not list(coverage.unnamed_citers(small.shelf()))
    small.put(FILE, "entries.0.covered", [place("rules", "basic")])
    [fault] = coverage.unnamed_citers(small.shelf())
    assert "the process 'leave' cites the document" in str(fault)
