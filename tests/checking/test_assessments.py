import pytest

from riskbehov.checking import assessments

GROWN = "assessments/grown/assessment.yaml"

CASES = [
    (
        assessments.unknown_instruments,
        *(GROWN, "instruments.0", "screan"),
        (
            "instruments[0]: found 'screan', expected an instrument that is scored here: areas,"
            " ready, screen - did you mean 'screen'?"
        ),
    ),
    (
        assessments.unknown_instruments,
        *(GROWN, "instruments.0", "scale"),
        "instruments[0]: found 'scale', expected an instrument that is scored here",
    ),
    (
        assessments.unknown_instruments,
        *(GROWN, "needs", "screen"),
        "needs: found 'screen', expected a rating instrument: areas",
    ),
    (
        assessments.unknown_instruments,
        *(GROWN, "instruments", ["screen", "ready"]),
        "needs: the needs are rated with 'areas', expected it among the instruments also",
    ),
    (
        assessments.unknown_methods,
        *(GROWN, "methods.0", "screen"),
        "methods[0]: found 'screen', expected a recorded method: scale",
    ),
    (
        assessments.unknown_themes,
        *(GROWN, "rules.0", "basics"),
        "rules[0]: found 'basics', expected a theme of rules: basic - did you mean 'basic'?",
    ),
    (
        assessments.unused_themes,
        *(GROWN, "rules.0", "other"),
        "theme: no assessment looks at the theme 'basic', expected at least one",
    ),
    (
        assessments.wrong_ages,
        *(GROWN, "ages.from", 17),
        "ages: found the ages 17–, expected ages within 18–, which 'areas' is for",
    ),
    (
        assessments.wrong_ages,
        *("instruments/scale/instrument.yaml", "ages", {"from": 12, "to": 17}),
        "methods[0]: the method 'scale' is for the ages 12–17, but the assessment has none",
    ),
    (
        assessments.needs_without_tables,
        *(GROWN, "needs", ...),
        "found tables for needs, which the assessment 'grown' does not rate",
    ),
    (
        assessments.real_clients,
        *("assessments/grown/cases.yaml", "cases.0.case.fictional", False),
        "cases[0].case: found a case without 'fictional: true'",
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_an_assessment_is_found(small, case):
    check, file, place, value, words = case
    small.put(file, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


def test_needs_without_tables_are_found(small):
    (small.root / "assessments/grown/matrix.yaml").unlink()
    [found] = assessments.needs_without_tables(small.shelf())
    assert "needs: the assessment rates needs, expected a matrix.yaml beside it" in str(found)


def test_tables_and_clients_of_no_assessment_are_found(small):
    (small.root / GROWN).unlink()
    found = [str(fault) for fault in assessments.files_of_nothing(small.shelf())]
    assert len(found) == 2
    assert "matrix.yaml:1: found no assessment.yaml in the same folder" in found[0]


def test_an_assessment_without_clients_is_noted(small):
    (small.root / "assessments/grown/cases.yaml").unlink()
    [note] = small.check().notes
    assert "the assessment 'grown' has no fictional clients (cases.yaml)" in str(note)
