import pytest

from riskbehov.checking.shelf import kind_of
from riskbehov.i18n import message
from riskbehov.library import Library


@pytest.mark.parametrize(
    ("logical", "kind"),
    [
        ("instruments/sources.yaml", ("sources", "")),
        ("instruments/audit/instrument.yaml", ("instruments", "audit")),
        ("assessments/adult/matrix.yaml", ("matrices", "adult")),
        ("assessments/rules/alcohol.yaml", ("rules", "alcohol")),
        ("assessments/process/legal.yaml", ("legal", "")),
        ("assessments/criteria/avhoppare/criteria.yaml", ("criteria", "avhoppare")),
        ("assessments/criteria/avhoppare/cases.yaml", ("criteria cases", "avhoppare")),
        ("assessments/criteria/avhoppare/criterion.yaml", None),
        ("instruments/audit/case.yaml", None),
        ("assessments/adult/rules.yaml", None),
    ],
)
def test_a_file_is_known_by_its_path(logical, kind):
    assert kind_of(logical) == kind


def test_every_file_is_read_and_its_faults_are_told_beside_those_of_others(small):
    small.put("instruments/screen/instrument.yaml", "kind", "quiz")
    small.put("instruments/areas/instrument.yaml", "items.0.label.en", ...)
    small.put("assessments/facts.yaml", "facts.0.type", "number")
    shelf = small.shelf()
    told = [str(fault) for fault in shelf.faults]
    assert len(told) == 3
    assert any("found 'quiz', expected questionnaire" in each for each in told)
    assert any("items[0].label" in each and "'en'" in each for each in told)
    assert any("facts[0].type: found 'number', expected bool" in each for each in told)
    assert shelf.broken == {"instruments", "facts"}
    assert set(shelf.instruments) == {"ready", "scale"}


def test_a_file_that_is_no_yaml_is_told_of_with_its_line(small):
    path = small.root / "assessments/insatser.yaml"
    path.write_text("insatser:\n  - {id: a\n", encoding="utf-8")
    [fault] = small.shelf().faults
    assert "insatser.yaml:2" in str(fault)
    assert "not YAML" in str(fault)


def test_a_file_that_nothing_reads_is_found(small):
    folder = small.root / "instruments/screen"
    (folder / "cases.yaml").rename(folder / "case.yaml")
    [fault] = small.shelf().faults
    assert "found the file case.yaml in instruments/screen, which nothing reads" in str(fault)
    assert "did you mean 'cases.yaml'?" in str(fault)


def test_an_instrument_in_two_folders_is_found(small):
    path = small.root / "instruments/screen/instrument.yaml"
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    library = Library({"instruments/screen/instrument.yaml": (path, other)}, {})
    shelf = small.shelf_of(library)
    [fault] = shelf.faults
    assert f"{other}: this id is also defined in {path}, expected once" in str(fault)
    assert list(shelf.instruments) == ["screen"]


def test_registers_and_themes_are_joined_over_folders(small):
    rules = small.root / "assessments/rules/basic.yaml"
    library = Library({"assessments/rules/basic.yaml": (rules, rules)}, {})
    shelf = small.shelf_of(library)
    assert not shelf.faults
    assert len(shelf.rules) == 12


def test_a_fault_says_file_line_and_path(small):
    entry = small.shelf().facts["need_housing"]
    path = small.root / "assessments/facts.yaml"
    line = next(
        n for n, text in enumerate(path.read_text("utf-8").splitlines(), 1) if "Saknas" in text
    )
    fault = entry.fault(message("wrong"), "question", "sv")
    assert fault.where == f"{path}:{line}: facts[8].question.sv"
