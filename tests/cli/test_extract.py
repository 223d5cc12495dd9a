"""``riskbehov extract`` as a person meets it."""

import json
from pathlib import Path

import pytest

PURPOSE = "Följa upp verksamheten"


def case(path: Path, key: str = "fiktiv-a", date: str = "2026-02-02", extra: str = "") -> Path:
    fictional = "" if key.startswith("RB-") else "fictional: true\n"
    path.write_text(
        f"case: {key}\n{fictional}date: {date}\nperson: {{age: 30, sex: male}}\n{extra}", "utf-8"
    )
    return path


@pytest.fixture
def folder(tmp_path):
    held = tmp_path / "ärenden"
    held.mkdir()
    case(held / "a.yaml")
    case(held / "a2.yaml", date="2026-06-02")
    case(held / "b.yaml", "fiktiv-b")
    return held


def test_a_folder_gives_one_record_for_each_person(run, folder):
    ran = run("extract", folder, "--purpose", PURPOSE, "--lang", "en")
    assert ran.status == 0
    assert ran.json["purpose"] == PURPOSE
    assert len(ran.json["records"]) == 2
    assert "Persons                   2" in ran.err
    assert "With a second assessment  1" in ran.err
    assert "De-identified is not anonymous" in ran.err
    assert "fiktiv" not in ran.out + ran.err


def test_the_file_is_written_and_the_summary_told_apart(run, folder, tmp_path):
    ran = run("extract", folder, "--purpose", PURPOSE, "-o", tmp_path / "uttag.json")
    assert (ran.status, ran.out) == (0, "")
    assert json.loads((tmp_path / "uttag.json").read_text("utf-8"))["fictional"] is True


def test_who_is_alone_is_told(run, tmp_path):
    ran = run("extract", case(tmp_path / "a.yaml"), "--purpose", PURPOSE, "--lang", "en")
    assert "Persons who are alone of their sex in their age group: 1" in ran.err


def test_files_between_the_first_and_the_last_are_told(run, folder):
    case(folder / "a3.yaml", date="2026-04-02")
    ran = run("extract", folder, "--purpose", PURPOSE, "--lang", "en")
    assert "only what was agreed is taken: 1." in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--purpose is missing"),
        (("--purpose", " "), "expected the purpose in 1 to 500"),
        (("--purpose", "19121212-1212"), "--purpose: found a personal number"),
        (("--purpose", PURPOSE, "--offer", "no.yaml"), "no.yaml"),
    ],
)
def test_a_wrong_call_is_told(run, folder, arguments, words):
    ran = run("extract", folder, *arguments, "--lang", "en")
    assert ran.status == 2
    assert words in ran.err
    assert "1212" not in ran.err


def test_real_cases_take_plaintext(run, tmp_path):
    path = case(tmp_path / "a.yaml", "RB-7K3M-9QXT-2FHD")
    ran = run("extract", path, "--purpose", PURPOSE, "--lang", "en")
    assert ran.status == 2
    assert "--plaintext" in ran.err
    ran = run("extract", path, "--purpose", PURPOSE, "--plaintext", "--lang", "en")
    assert ran.json["fictional"] is False
    assert "RB-" not in ran.out + ran.err


def test_no_case_is_written_over(run, folder):
    ran = run("extract", folder, "--purpose", PURPOSE, "-o", folder / "a.yaml", "--lang", "en")
    assert ran.status == 2
    assert "found the file that is read" in ran.err


def test_the_plan_may_be_held_to_an_offer(run, tmp_path):
    extra = "instruments: {rbm8: {answers: {substance_use: 3}}}\nfacts: {substances: [alcohol]}\n"
    path = case(tmp_path / "a.yaml", extra=extra)
    offer = tmp_path / "utbud.yaml"
    offer.write_text("insatser: [{insats: cra, own: true}]\n", "utf-8")
    ran = run("extract", path, "--purpose", PURPOSE, "--offer", offer)
    assert ran.json["records"][0]["insatser"]["proposed"] == ["cra"]
    offer.write_text("insatser: [{insats: yoga, own: true}]\n", "utf-8")
    ran = run("extract", path, "--purpose", PURPOSE, "--offer", offer, "--lang", "en")
    assert ran.status == 2
    assert ran.err.count("found 'yoga', expected an insats") == 1
