import ast
import datetime as dt
from pathlib import Path

import pytest

from riskbehov.checking import report
from riskbehov.checking.report import CHECKS
from riskbehov.checking.table import Check
from riskbehov.errors import Fault
from riskbehov.i18n import message

TESTS = Path(__file__).parent
PACKAGE = Path(report.__file__).parent


def name_of(check: Check) -> str:
    return f"{check.find.__module__.rpartition('.')[2]}.{check.find.__name__}"


@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_every_check_is_silent_on_the_sound_library(small, check):
    assert [str(fault) for fault in check.run(small.shelf())] == []


def test_the_data_files_of_the_toolkit_are_sound(library):
    today = dt.datetime.now(tz=dt.UTC).date()
    assert [str(fault) for fault in report.check(library, today=today).faults] == []


def test_the_sound_library_is_sound(small):
    found = small.check()
    assert found.is_sound
    assert found == report.Report((), ())


def test_every_check_function_stands_in_the_table():
    listed = {name_of(check) for check in CHECKS}
    for path in PACKAGE.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                takes = [argument.arg for argument in node.args.args]
                returns = ast.unparse(node.returns) if node.returns else ""
                if takes == ["shelf"] and returns == "Found":
                    assert f"{path.stem}.{node.name}" in listed


@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_every_check_is_shown_to_fire(check):
    theme, name = name_of(check).split(".")
    text = (TESTS / f"test_{theme}.py").read_text(encoding="utf-8")
    assert f"{theme}.{name}" in text or name in SHOWN_BY_THEIR_WORDS


SHOWN_BY_THEIR_WORDS = {
    "uncited_sources",
    "without_examples",
    "unused_instruments",
    "without_clients",
}
"""Notes that are looked for among all notes of the report."""


def test_faults_come_with_file_line_and_place_and_notes_apart(small):
    path = small.root / "assessments/rules/basic.yaml"
    text = path.read_text(encoding="utf-8").replace("insats: police", "insats: polise")
    path.write_text(text, encoding="utf-8")
    found = small.check()
    assert not found.is_sound
    assert [str(fault).split(": found")[0].split("library/")[1] for fault in found.faults] == [
        "assessments/rules/basic.yaml:7: rules[0].insats"
    ]
    assert ["no rule is about the insats 'police'" in str(note) for note in found.notes] == [True]


def test_a_fault_that_two_checks_find_is_told_once(monkeypatch, small):
    fault = Fault(message("wrong"), "here")
    monkeypatch.setattr(report, "CHECKS", (Check(lambda _: iter([fault, fault])),) * 2)
    assert small.check().faults == (fault,)


@pytest.mark.parametrize(
    "file",
    [
        "instruments/sources.yaml",
        "instruments/areas/instrument.yaml",
        "instruments/screen/instrument.yaml",
        "instruments/screen/cases.yaml",
        "assessments/facts.yaml",
        "assessments/insatser.yaml",
        "assessments/process/legal.yaml",
        "assessments/process/leave/process.yaml",
        "assessments/coverage/memo.yaml",
        "assessments/rules/basic.yaml",
        "assessments/grown/assessment.yaml",
        "assessments/grown/matrix.yaml",
        "assessments/grown/cases.yaml",
        "assessments/criteria/milieu/criteria.yaml",
        "assessments/criteria/milieu/cases.yaml",
    ],
)
def test_one_broken_file_gives_no_false_faults_in_the_others(small, file):
    (small.root / file).write_text("wrong: true\n", encoding="utf-8")
    found = small.check()
    assert found.faults
    assert all(file in fault.where for fault in found.faults)
