"""What load_case lets through and what it does not; the refusals themselves are in tests/broken."""

import os
import sys
import threading
from pathlib import Path

import pytest

from riskbehov.assessing import assess, load_case, load_offer
from riskbehov.errors import CaseError, PrivacyError
from riskbehov.library import Library

FICTIONAL = """\
case: fiktiv-hel
fictional: true
date: 2026-02-01
person: {age: 30}
"""
REAL = """\
case: RB-7K3M-9QXT-2FHD
date: 2026-02-01
person: {age: 30}
"""
PHONE = "070-174 06 05"  # PTS's series for fiction
PERSONAL_NUMBER = "19900115-9806"  # made up, see tests/test_privacy.py


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "case.yaml"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_fictional_case_may_stand_in_plain_text(path):
    case = load_case(write(path, FICTIONAL))
    assert (case.case, case.fictional, case.person.age) == ("fiktiv-hel", True, 30)


def test_a_real_case_may_if_one_says_so(path):
    assert load_case(write(path, REAL), plaintext=True).case == "RB-7K3M-9QXT-2FHD"
    with pytest.raises(PrivacyError, match="give --plaintext if you may"):
        load_case(path)


@pytest.mark.parametrize(
    "text",
    [
        f"own_view: {{text: 'Kontor {PHONE}'}}\n",
        "own_view: {wishes: [a@example.com]}\n",
        "professional_risk: {level: low, reason: Bodde på Påhittgatan 1}\n",
        f"# {PHONE}\n",
    ],
)
def test_a_likeness_is_let_through_once_somebody_has_looked(path, text):
    write(path, FICTIONAL + text)
    with pytest.raises(PrivacyError, match="give --free-text-reviewed if you have looked"):
        load_case(path)
    assert load_case(path, reviewed=True).case == "fiktiv-hel"


@pytest.mark.parametrize(
    "text", [f"own_view: {{text: '{PERSONAL_NUMBER}'}}\n", f"# {PERSONAL_NUMBER}\n"]
)
def test_a_valid_personal_number_is_never_let_through(path, text):
    write(path, FICTIONAL + text)
    with pytest.raises(PrivacyError, match="found a personal number, expected none in any field"):
        load_case(path, reviewed=True, plaintext=True)


def test_a_key_that_resembles_a_telephone_number_is_never_let_through(path):
    write(path, FICTIONAL.replace("fiktiv-hel", "031-3900600"))
    with pytest.raises(PrivacyError, match=r"case: found a telephone number, .*; take it out$"):
        load_case(path, reviewed=True)


def test_a_comment_counts_only_where_it_is_one(path):
    text = "own_view: {text: 'C# 1 och # 2', wishes: ['a #b']}  # en kommentar\n"
    assert load_case(write(path, FICTIONAL + text)).own_view is not None


def test_numbers_and_dates_of_an_ordinary_case_are_no_personal_data(path):
    text = """\
instruments:
  audit: {date: 2026-01-20, answers: {1: 0, 2: 1, 3: 2, 4: 3, 5: 4, 6: 0, 7: 0, 8: 0, 9: 2, 10: 4}}
own_view:
  text: Enligt SN-2022/1189 och SoL 2001:453 betalades 10 000 kronor 2025-06-30, kl. 08.00-16.30.
"""
    assert len(load_case(write(path, FICTIONAL + text)).instruments["audit"].answers) == 10


def test_the_same_fault_in_one_place_is_told_once(path):
    text = f"own_view: {{text: '{PHONE}, 031-390 06 00'}}\n"
    with pytest.raises(PrivacyError, match="telephone") as caught:
        load_case(write(path, FICTIONAL + text))
    assert len(caught.value.faults) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_case_can_come_through_a_pipe_also_a_faulty_one(path):
    os.mkfifo(path)
    writer = threading.Thread(target=write, args=(path, FICTIONAL.replace("30", "'30'")))
    writer.start()
    with pytest.raises(CaseError, match=r"case\.yaml: person\.age: found '30', expected a whole"):
        load_case(path)
    writer.join(timeout=10)
    assert not writer.is_alive()


def test_an_offer_is_read(path):
    offer = load_offer(write(path, "insatser: [{insats: met, own: true, cost: 2}]\n"))
    assert [(o.insats, o.own, o.cost) for o in offer.insatser] == [("met", True, 2)]


def test_a_path_may_be_a_text(path):
    assert load_case(str(write(path, FICTIONAL))) == load_case(path)


def test_what_is_known_of_a_person_is_not_shown_by_a_case_or_its_result(path):
    case = load_case(write(path, FICTIONAL.replace("30", "37")))
    library = Library.open()
    assert repr(case) == "Case(case='fiktiv-hel', date=datetime.date(2026, 2, 1))"
    assert repr(assess(case, library)).startswith("<adult of case fiktiv-hel, as of ")
    assert "37" not in f"{case} {case!r}"


def test_a_definition_is_shown_by_its_id_and_name():
    shown = repr(Library.open().scored("audit"))
    assert shown.startswith("ScoredInstrument(id='audit', name=Text(sv='AUDIT (Alcohol")
    assert len(shown) < 200
