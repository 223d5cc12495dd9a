"""``riskbehov followup``: two files of one person, and what is refused."""

import pytest

RATED = """
instruments:
  dudit: {answers: {1: 4, 2: 4, 3: 4, 4: 4, 5: 4, 6: 4, 7: 4, 8: 4, 9: 4, 10: 4, 11: 4}}
  rbm8: {answers: {attitudes: 3, substance_use: 2}}
"""
LATER = """
instruments:
  dudit: {answers: {1: 2, 2: 0, 3: 1, 4: 0, 5: 0, 6: 0, 7: 0, 8: 0, 9: 1, 10: 2, 11: null}}
  rbm8: {answers: {attitudes: 1, substance_use: 2, leisure: 2}}
"""


@pytest.fixture
def pair(case_file, tmp_path):
    def write(first=None, second=None, before=RATED, after=LATER):
        case_file(before, **{"date": "2026-01-10", **(first or {})}).rename(tmp_path / "1.yaml")
        case_file(after, **(second or {})).rename(tmp_path / "2.yaml")
        return tmp_path / "1.yaml", tmp_path / "2.yaml"

    return write


def test_the_follow_up_tells_what_has_changed(run, pair):
    ran = run("followup", *pair(), "--format", "json")
    assert ran.status == 0, ran.err
    found = ran.json
    assert found["targets"] == {
        "new": ["leisure"],
        "left": ["attitudes"],
        "kept": ["substance_use"],
        "unknown": [],
    }
    total = next(s for s in found["scales"] if s["scale"] == "total")
    assert total["difference"] == {"low": -38, "high": -34}
    assert total["reliable"] == "yes"
    assert total["second"]["low"] == 6
    assert [r["instrument"] for r in found["repeats"]] == ["dudit"]


def test_text_fits_80_columns_and_markdown_has_headings(run, pair):
    ran = run("followup", *pair())
    assert ran.status == 0
    assert max(len(line) for line in ran.out.splitlines() if "://" not in line) <= 80
    assert "\n## " in run("followup", *pair(), "-f", "markdown").out


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({}, {"date": "2026-01-10"}, ["2.yaml:3", "2026-01-10"]),
        ({}, {"date": "2026-01-09"}, ["2.yaml:3", "2026-01-09", "2026-01-10"]),
        ({}, {"case": "fiktiv-annan"}, ["2.yaml:1", "fiktiv-annan", "fiktiv-prov"]),
        ({}, {"person": "{age: 33, sex: female}"}, ["2.yaml:4", "33", "34"]),
        ({"person": "{age: 200}"}, {}, ["1.yaml:4", "200"]),
        ({"person": "{age: 200}"}, {"person": "{age: 201}"}, ["1.yaml:4", "2.yaml:4"]),
        ({}, {"person": "{age: 34, sex: male}"}, ["2.yaml:4", "male", "female", "1.yaml"]),
        ({}, {"fictional": "false"}, ["2.yaml", "--plaintext"]),
        ({}, {"assesment": "adult"}, ["2.yaml", "assesment"]),
    ],
)
def test_files_that_are_no_follow_up_are_refused(run, pair, first, second, words):
    ran = run("followup", *pair(first, second), "-o", "ut.json", "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err


def test_keys_of_two_real_persons_are_never_shown(run, pair):
    keys = ["RB-7K3M-9QXT-2FHD", "RB-2FHD-9QXT-7K3M"]
    first, second = ({"case": key, "fictional": "false"} for key in keys)
    ran = run("followup", *pair(first, second), "--plaintext", "--lang", "en")
    assert ran.status == 2
    assert "found another case key" in ran.err
    assert not any(key in ran.out + ran.err for key in keys)


def test_a_real_case_takes_plaintext(run, pair):
    real = {"case": "RB-7K3M-9QXT-2FHD", "fictional": "false"}
    assert run("followup", *pair(real, real)).status == 2
    assert run("followup", *pair(real, real), "--plaintext").status == 0


def test_neither_file_is_written_over(run, pair):
    for path in pair():
        before = path.read_text(encoding="utf-8")
        assert run("followup", *pair(), "-o", path).status == 2
        assert path.read_text(encoding="utf-8") == before


def test_a_file_that_is_missing_is_refused(run, pair, tmp_path):
    first, _ = pair()
    ran = run("followup", first, tmp_path / "saknas.yaml")
    assert ran.status == 2
    assert "saknas.yaml" in ran.err
    assert run("followup", first).status == 2


def test_a_second_that_is_unchanged_is_said_to_be(run, pair):
    ran = run("followup", *pair(after=RATED), "--lang", "en")
    assert ran.status == 0
    assert "says exactly what the first did" in " ".join(ran.out.replace("┃", " ").split())


def test_a_youth_who_is_grown_is_compared_only_where_the_forms_are_the_same(run, pair):
    youth = RATED.replace("rbm8: {answers: {attitudes: 3, substance_use: 2}}", "").rstrip()
    first = {"person": "{age: 17, sex: female}"}
    second = {"person": "{age: 18, sex: female}"}
    ran = run("followup", *pair(first, second, before=youth + "\n"), "--format", "json")
    assert ran.status == 0, ran.err
    assert ran.json["same_areas"] is False
    assert ran.json["targets"] is None
    assert "total" in [s["scale"] for s in ran.json["scales"]]
