"""The gallery of broken files: each says what is wrong with it, and the message must say so too.

A file begins with comment lines::

    # model: rules            what it is read as: a name of READERS
    # expect: some words      words that the error must contain; the line may stand several times
    # options: plaintext      options of load_case (plaintext, reviewed)
    # faults: 2               how many faults there are; left out: one
    # lines: 12, 14           lines of the file that the faults are on, all of them
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import BaseModel

from riskbehov import yamlfile
from riskbehov.assessing import assess, check_criteria, load_case, load_offer, load_sheet
from riskbehov.errors import CaseError, DataError, InputError, PrivacyError, RiskbehovError
from riskbehov.library import Library
from riskbehov.models.agegroup import AgeGroupFile
from riskbehov.models.assessment import Assessment, Matrix
from riskbehov.models.case import Case
from riskbehov.models.coverage import Coverage
from riskbehov.models.criteria import CriteriaExampleFile, CriteriaList
from riskbehov.models.example import AssessmentExampleFile, InstrumentExampleFile
from riskbehov.models.fact import FactFile
from riskbehov.models.insats import InsatsFile
from riskbehov.models.instrument import InstrumentFile
from riskbehov.models.process import InventoryForm, Process
from riskbehov.models.rule import LegalFile, RuleFile
from riskbehov.models.simulation import AssessmentSimulation, InstrumentSimulation
from riskbehov.models.source import SourceFile
from riskbehov.privacy import find
from riskbehov.tables import recode_step

GALLERY = Path(__file__).parent / "broken"
FILES = sorted(GALLERY.glob("*.yaml"))

DATA_FILES: Mapping[str, type[BaseModel]] = {
    "instrument": InstrumentFile,
    "instrument-cases": InstrumentExampleFile,
    "rules": RuleFile,
    "facts": FactFile,
    "insatser": InsatsFile,
    "sources": SourceFile,
    "legal": LegalFile,
    "inventory": InventoryForm,
    "age-groups": AgeGroupFile,
    "assessment": Assessment,
    "matrix": Matrix,
    "assessment-cases": AssessmentExampleFile,
    "criteria": CriteriaList,
    "criteria-cases": CriteriaExampleFile,
    "process": Process,
    "coverage": Coverage,
    "instrument-simulation": InstrumentSimulation,
    "assessment-simulation": AssessmentSimulation,
}
CLIENT = {
    "case": "fiktiv-hel",
    "fictional": True,
    "date": yamlfile.parse_text("2026-02-01", "a day"),
    "person": {"age": 30},
}


@dataclass(frozen=True)
class Label:
    """What a file of the gallery says of itself."""

    model: str
    expect: tuple[str, ...]
    options: frozenset[str]
    faults: int
    lines: frozenset[int]


def read_label(path: Path) -> Label:
    said: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        found = re.fullmatch(r"# (model|expect|options|faults|lines): (.+)", line)
        if found is None:
            break
        said.setdefault(found[1], []).append(found[2])
    return Label(
        model=said["model"][0],
        expect=tuple(said["expect"]),
        options=frozenset(" ".join(said.get("options", [])).split()),
        faults=int(said.get("faults", ["1"])[0]),
        lines=frozenset(map(int, re.findall(r"\d+", " ".join(said.get("lines", []))))),
    )


def read_case(path: Path, label: Label, library: Library) -> None:
    options = label.options
    case = load_case(path, plaintext="plaintext" in options, reviewed="reviewed" in options)
    assess(case, library, path=path)


def read_offer(path: Path, _label: Label, library: Library) -> None:
    assess(Case.model_validate(CLIENT), library, offer=load_offer(path))


def read_sheet(path: Path, label: Label, library: Library) -> None:
    sheet = load_sheet(path, reviewed="reviewed" in label.options)
    check_criteria(sheet, "sig-enhet", library, path=path)


def read_recode(path: Path, _label: Label, library: Library) -> None:
    recode_step(path, library=library)


def read_data(path: Path, label: Label, _library: Library) -> None:
    yamlfile.read(path, DATA_FILES[label.model])


READERS: Mapping[str, Callable[[Path, Label, Library], None]] = {
    "case": read_case,
    "offer": read_offer,
    "sheet": read_sheet,
    "recode": read_recode,
    **dict.fromkeys(DATA_FILES, read_data),
}


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request) -> Path:
    found: Path = request.param
    return found


@pytest.fixture
def error(path, library) -> RiskbehovError:
    label = read_label(path)
    with pytest.raises(RiskbehovError, match="expected") as caught:
        READERS[label.model](path, label, library)
    return caught.value


def test_the_message_says_what_is_wrong_and_where(path, error):
    label = read_label(path)
    text = str(error)
    for words in label.expect:
        assert words in text
    assert len(error.faults) == label.faults
    lines = {
        int(line) for line in re.findall(rf"^{re.escape(str(path))}:(\d+):", text, re.MULTILINE)
    }
    assert lines == label.lines


def test_every_fault_names_the_file_and_says_what_was_expected(path, error):
    for fault in error.faults:
        assert fault.where.startswith((str(path), "offer."))  # of an offer against the library
        assert re.search("found|missing|stands twice", str(fault.message))
        assert "expected" in str(fault.message)
        assert "\n" not in str(fault)


def test_no_message_shows_personal_data(error):
    for text in (str(error), repr(error), repr(error.faults)):
        assert find(text) == []
        assert not re.search("Kalle|ANNA|Person", text)


def test_the_error_is_of_the_right_sort(path, error):
    if read_label(path).model in DATA_FILES:
        assert isinstance(error, DataError)
        assert error.exit_status == 3
    else:
        is_about_a_case = read_label(path).model != "recode"
        assert isinstance(error, CaseError | PrivacyError) or not is_about_a_case
        assert isinstance(error, InputError)
        assert error.exit_status == 2


def test_the_gallery_is_large_and_shows_every_sort_of_file():
    assert len(FILES) >= 60
    assert {read_label(path).model for path in FILES} == set(READERS)


def test_every_file_of_the_gallery_says_something_of_its_own():
    said = [
        (read_label(path).model, read_label(path).expect, read_label(path).options)
        for path in FILES
    ]
    repeated = {one for one in said if said.count(one) > 3}
    assert repeated == set()
