"""``riskbehov group`` as a person meets it."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.groups.made import Maker, extract

SIZE = 30


@pytest.fixture(scope="module")
def uttag(library, tmp_path_factory) -> Path:
    records = Maker(2, library).records(SIZE)
    path = tmp_path_factory.mktemp("uttag") / "uttag.json"
    told = extract(records, library).model_dump(mode="json")
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    return path


@pytest.fixture(scope="module")
def release_file(uttag, tmp_path_factory) -> Path:
    """Return the release of the extract, by sex, as JSON."""
    from riskbehov.cli.app import run as command_line

    path = tmp_path_factory.mktemp("release") / "release.json"
    written = ["group", str(uttag), "--by", "sex", "--format", "json", "-o", str(path)]
    assert command_line(written) == 0
    return path


def told(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_a_group_is_summed_up(run, uttag):
    ran = run("group", uttag, "--by", "sex", "--lang", "en")
    assert ran.status == 0
    assert f"Everyone        {SIZE}" in ran.out or f"Everyone      {SIZE}" in ran.out
    assert '".." stands for a count that is held back' in ran.out


def test_json_is_what_a_later_release_is_held_against(run, uttag, release_file):
    again = ("--by", "sex", "--previous", release_file, "--format", "json", "--lang", "en")
    ran = run("group", uttag, *again)
    assert ran.status == 0
    before, after = told(release_file), ran.json
    assert after["previous"]
    assert after["populations"] == before["populations"]


def test_another_division_than_before_is_refused(run, uttag, release_file):
    ran = run("group", uttag, "--previous", release_file, "--lang", "en")
    assert ran.status == 2
    assert "--previous: found groups by sex, expected sex, age as now" in ran.err


def test_csv_and_figure_are_written_beside_the_report(run, uttag, tmp_path):
    (tmp_path / "ut").mkdir()
    ran = run(
        "group",
        uttag,
        *("--by", "sex", "--csv", "tal.csv", "--figure", "ut/figur.png"),
        *("--format", "markdown", "-o", "ut/rapport.md", "--lang", "en"),
    )
    assert ran.status == 0
    assert (tmp_path / "tal.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (tmp_path / "ut" / "figur.png").read_bytes().startswith(b"\x89PNG")
    report = (tmp_path / "ut" / "rapport.md").read_text("utf-8")
    assert "](<figur.png>)" in report
    assert "![Bars: how many persons have each need" in report


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--threshold", "0"), "--threshold: found 0, expected at least 1"),
        (("--threshold", "-2"), "--threshold: found -2, expected at least 1"),
        (("--threshold", "few"), "expected a whole number"),
        (("--by", "town"), "expected sex, age"),
        (("--figure", "figur.pdf"), "found the ending '.pdf', expected .png, .svg"),
        (("--csv", "a.csv", "-o", "a.csv"), "found one file for two results"),
        (("--previous", "uttag.json"), "found riskbehov-extract, expected a release"),
    ],
)
def test_a_wrong_call_is_told_and_nothing_written(run, uttag, tmp_path, arguments, words):
    (tmp_path / "uttag.json").write_bytes(uttag.read_bytes())
    ran = run("group", "uttag.json", *arguments, "--lang", "en")
    assert ran.status == 2
    assert words in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["uttag.json"]


def test_a_low_threshold_is_said(run, uttag):
    ran = run("group", uttag, "--by", "sex", "--threshold", "3", "--lang", "en")
    assert "The threshold is 3, lower than the usual 5" in ran.out


def test_nothing_that_is_read_is_written_over(run, uttag, tmp_path):
    path = tmp_path / "uttag.json"
    path.write_bytes(uttag.read_bytes())
    for option in ("-o", "--csv"):
        ran = run("group", path, option, path, "--lang", "en")
        assert ran.status == 2
        assert "found the file that is read" in ran.err


def test_a_case_file_is_refused(run, case_file):
    ran = run("group", case_file(), "--lang", "en")
    assert ran.status == 2
    assert "found another file, expected an extract, made by riskbehov extract" in ran.err


def test_a_table_with_keys_like_personal_numbers_is_refused_masked(run, uttag, tmp_path):
    values = told(uttag)
    values["records"][0]["19121212-1212"] = values["records"][0].pop("sex")
    path = tmp_path / "uttag.json"
    path.write_text(json.dumps(values), "utf-8")
    ran = run("group", path, "--lang", "en")
    assert ran.status == 2
    assert "found a personal number, expected none in any field" in ran.err
    assert "1212" not in ran.err


@pytest.mark.parametrize(
    ("missing", "arguments", "words"),
    [
        ("highspy", (), "found no HiGHS (highspy), expected it"),
        ("matplotlib", ("--by", "sex", "--figure", "f.png"), "found no matplotlib, expected it"),
    ],
)
def test_what_is_not_installed_is_named(  # noqa: PLR0917 - fixtures and parametrised values
    run, uttag, monkeypatch, missing, arguments, words
):
    monkeypatch.setitem(sys.modules, missing, None)
    ran = run("group", uttag, *arguments, "--lang", "en")
    assert ran.status == 2
    assert words in ran.err
    assert "pip install 'riskbehov[group]'" in ran.err
