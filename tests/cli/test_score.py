"""``riskbehov score``: the contract of its JSON, and what it refuses."""

import os
import subprocess
import sys

import pytest

KEYS = {
    "instrument",
    "state",
    "scales",
    "bands",
    "default_bands",
    "missing",
    "inferred",
    "decisive",
    "settling",
    "flags",
}


def score(run, instrument, answers, *more):
    ran = run("score", instrument, "--answers", answers, *more, "--format", "json")
    assert ran.status == 0, ran.err
    assert ran.err == ""
    return ran.json


def test_the_example_of_the_readme(run):
    found = score(run, "audit", "3,2,1,0,0,0,1,0,0,2", "--sex", "female", "--age", 34)
    assert set(found) >= KEYS
    assert found["instrument"] == "audit"
    assert found["state"] == "certain"
    assert found["scales"]["total"]["low"] == found["scales"]["total"]["high"] == 9
    assert found["default_bands"] == "se-sex-specific"
    assert found["bands"]["se-sex-specific"] == {"low": "II", "high": "II"}  # women 6-13
    assert found["bands"]["hpi"] is None
    assert found["missing"] == found["inferred"] == found["decisive"] == found["settling"] == []
    assert found["flags"] == []


@pytest.mark.parametrize(
    "answers", ["3,2,1,0,0,0,1,0,0,-", "3,2,1,0,0,0,1,0,0,", "1=3,2=2,3=1,7=1"]
)
def test_a_missing_answer_is_never_zero(run, answers):
    found = score(run, "audit", answers, "--sex", "male", "--age", 34)
    assert "10" in found["missing"]
    assert found["scales"]["total"]["low"] == 7
    assert found["scales"]["total"]["high"] > 7
    assert found["state"] == "provisional"
    assert "10" in found["decisive"]


def test_a_missing_answer_that_cannot_change_the_band_leaves_it_certain(run):
    found = score(run, "audit", "4,4,4,4,4,-,0,0,0,0", "--sex", "male", "--age", 34)
    assert found["scales"]["total"] | {"low": 20, "high": 24} == found["scales"]["total"]
    assert (found["state"], found["decisive"]) == ("certain", [])


def test_a_skip_infers_zeros_in_an_interview_but_not_on_paper_without_skips(run):
    answers = "0,-,-,-,-,-,-,-,0,0"
    interview = score(run, "audit", answers, "--sex", "male", "--age", 34)
    assert interview["inferred"] == ["2", "3", "4", "5", "6", "7", "8"]
    assert interview["state"] == "certain"
    paper = score(run, "audit", answers, "--sex", "male", "--age", 34, "--form", "paper")
    assert paper["inferred"] == []
    assert paper["state"] == "provisional"


def test_one_cut_off_does_not_serve_both_sexes(run):
    answers = "2,2,2,0,0,0,0,0,0,0"
    by_sex = {
        sex: score(run, "audit", answers, "--sex", sex, "--age", 34)["bands"]["se-sex-specific"]
        for sex in ("female", "male", "unknown", "other")
    }
    assert by_sex["female"] == {"low": "II", "high": "II"}
    assert by_sex["male"] == {"low": "I", "high": "I"}
    assert by_sex["unknown"] == by_sex["other"] == {"low": "I", "high": "II"}


def test_under_18_audit_has_scores_only(run):
    found = score(run, "audit", "3,2,1,0,0,0,1,0,0,2", "--sex", "female", "--age", 17)
    assert found["default_bands"] is None
    assert set(found["bands"].values()) == {None}
    assert found["state"] == "certain"


@pytest.mark.parametrize(
    ("age", "default", "others"),
    [
        (15, None, set()),
        (17, "se-16-25-preliminary", {"se-16-25-preliminary"}),
        (20, "adult", {"adult", "se-16-25-preliminary"}),
        (26, "adult", {"adult"}),
    ],
)
def test_dudit_goes_by_age(run, age, default, others):
    found = score(run, "dudit", "1,1,1,1,1,1,0,0,0,0,0", "--sex", "male", "--age", age)
    assert found["default_bands"] == default
    assert {name for name, bands in found["bands"].items() if bands} == others


def test_a_set_that_the_caller_names_is_judged_by(run):
    found = score(
        run, "audit", "2,1,1,0,0,0,0,0,0,0", "--sex", "male", "--age", 34, "--cutoffs", "se-fohm"
    )
    assert found["scales"]["audit-c"]["cutoffs"] == "se-fohm"
    assert found["scales"]["audit-c"]["state"] == "certain"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("audit", "--answers", "3,2,1,0,0,0,1,0,3,2"), ["9", "3", "0, 2, 4"]),
        (("audit", "--answers", "3,2"), ["2", "10"]),
        (("audit", "--answers", ",,,,,,,,,"), ["audit"]),
        (("audit", "--answers", "11=2,1=1"), ["'11'"]),
        (("audit", "--answers", "1=2,1=3"), ["'1'"]),
        (("audit", "--answers", "1=2,3"), ["'3'"]),
        (("audit", "--answers", "1=3.0"), ["3.0"]),
        (("audit", "--answers", "1=NaN"), ["NaN"]),
        (("audit", "--answers", "1=true"), ["true"]),
        (("audit", "--answers", "1=1e9"), ["1e9"]),
        (("audit", "--answers", "1=2", "--sex", "femal"), ["femal", "female"]),
        (("audit", "--answers", "1=2", "--age", "200"), ["200", "120"]),
        (("audit", "--answers", "1=2", "--form", "papper"), ["papper", "paper"]),
        (("audit", "--answers", "1=2", "--cutoffs", "se-fhm"), ["se-fhm", "se-fohm"]),
        (("adit", "--answers", "1=2"), ["adit", "audit"]),
        (("ls-cmi", "--answers", "1=2"), ["ls-cmi", "recorded_results"]),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(run, arguments, words):
    ran = run("score", *arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err


def test_all_faults_come_at_once(run):
    ran = run("score", "audit", "--answers", "1=9,9=3,12=0", "--sex", "x", "--age", "-1")
    assert len(ran.err.splitlines()) == 5


def test_text_fits_80_columns_without_colour_in_a_pipe(run):
    ran = run("score", "audit", "--answers", "3,2,1,0,0,-,1,0,0,2", "--sex", "female", "--age", 34)
    assert ran.status == 0
    assert "\x1b" not in ran.out
    assert max(len(line) for line in ran.out.splitlines() if "://" not in line) <= 80


def test_nothing_is_written_where_the_input_is_bad(run, tmp_path):
    ran = run("score", "audit", "--answers", "1=9", "-o", "ut.txt")
    assert ran.status == 2
    assert list(tmp_path.iterdir()) == []


def test_output_goes_to_a_file(run, tmp_path):
    ran = run("score", "audit", "--answers", "1=1", "--format", "markdown", "-o", "ut.md")
    assert (ran.status, ran.out) == (0, "")
    assert (tmp_path / "ut.md").read_text(encoding="utf-8").startswith("# ")


def test_a_set_that_is_not_in_force_on_the_day_is_not_applied(run):
    answers = ("dudit", "3,1,1,0,0,0,0,0,0,0,0", "--sex", "male", "--age", 17)
    now = score(run, *answers, "--as-of", "2026-01-01")
    before = score(run, *answers, "--as-of", "2018-12-31")
    assert now["default_bands"] == "se-16-25-preliminary"
    assert before["default_bands"] is None


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_the_output_is_utf8_whatever_the_system_would_write(encoding):
    ran = subprocess.run(
        [sys.executable, "-m", "riskbehov", "score", "audit", "--answers", "1=3"],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "═" in ran.stdout.decode("utf-8")
