"""``riskbehov recode``: a table in, a table and a report out, or nothing at all."""

import json
import re

import pytest

from riskbehov.tables.files.opening import read_table

TABLE = "AUDIT1;Kön\n1;M\n5;K\n99;K\n"
MAP = """\
instrument: audit
columns:
  - {column: AUDIT1, item: "1", values: {1: 0, 2: 1, 3: 2, 4: 3, 5: 4}, missing: [99]}
sex: {column: Kön, values: {M: male, K: female}}
confirmed: true
"""


@pytest.fixture
def files(tmp_path):
    """Write a table and a map; return their paths."""
    table, mapping = tmp_path / "svar.csv", tmp_path / "karta.yaml"
    table.write_text(TABLE, encoding="utf-8")
    mapping.write_text(MAP, encoding="utf-8")
    return mapping, table


def test_a_table_is_recoded_and_the_report_is_shown(run, files, tmp_path):
    ran = run("recode", *files, "-o", "ut.csv", "--lang", "en")
    assert ran.status == 0
    assert "99 → missing (1)" in ran.out
    assert read_table(tmp_path / "ut.csv")["audit_1"].to_pylist() == ["0", "4", None]


def test_the_report_goes_to_a_file_in_any_form(run, files, tmp_path):
    ran = run("recode", *files, "-o", "ut.parquet", "--report", "rapport.json", "-f", "json")
    assert (ran.status, ran.out) == (0, "")
    report = json.loads((tmp_path / "rapport.json").read_text("utf-8"))
    assert report["columns"][0]["missing"] == 1


def test_the_same_bytes_come_out_again(run, files, tmp_path):
    for name in ("a.parquet", "b.parquet"):
        run("recode", *files, "-o", name)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("missing: [99]", "missing: []"), "AUDIT1: found '99' (1), expected one of '1', '2'"),
        (("confirmed: true", "confirmed: false"), "karta.yaml:5: confirmed: found a draft"),
        (("confirmed: true\n", ""), "karta.yaml:1: confirmed: the key 'confirmed' is missing"),
        (("5: 4", "5: 5"), "karta.yaml:3: columns[0].values.5: found the code 5"),
        (("column: Kön", "column: kon"), "found no column 'kon', expected it - did you mean 'Kön'"),
    ],
)
def test_nothing_is_written_where_anything_is_wrong(run, files, tmp_path, change, words):
    mapping, _ = files
    mapping.write_text(MAP.replace(*change), encoding="utf-8")
    ran = run("recode", *files, "-o", "ut.csv", "--lang", "en")
    assert ran.status == 2
    assert words in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["karta.yaml", "svar.csv"]


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_no_report_shows_a_personal_number(run, files, tmp_path, form):
    mapping, table = files
    table.write_text("AUDIT1;Kön\n8112189876;M\n811218-9876;K\n112189873;K\n", encoding="utf-8")
    mapping.write_text(MAP + "unmapped: missing\n", encoding="utf-8")
    ran = run("recode", *files, "-o", "ut.csv", "-f", form, "--only-results")
    report = ("--report", "rapport.txt", "--only-results")
    run("recode", *files, "-o", "ut2.csv", "-f", form, *report)
    for text in (ran.out, (tmp_path / "rapport.txt").read_text("utf-8")):
        assert "•" in text
        assert not re.search("1218|9876|9873", text)


def test_the_report_never_takes_the_place_of_the_table(run, files):
    ran = run("recode", *files, "-o", "ut.csv", "--report", files[1], "--lang", "en")
    assert ran.status == 2
    assert "found the file that is read, expected another" in ran.err


def test_a_report_never_takes_the_place_of_the_table(run, files, tmp_path):
    ran = run("recode", *files, "-o", "ut.csv", "--report", "ut.csv", "--lang", "en")
    assert ran.status == 2
    assert "ut.csv: found one file for two results, expected one for each" in ran.err
    assert not (tmp_path / "ut.csv").exists()


def test_a_report_that_cannot_be_written_is_told_before_the_work(run, files, tmp_path):
    ran = run("recode", *files, "-o", "ut.csv", "--report", "borta/rapport.txt", "--lang", "en")
    assert ran.status == 2
    assert "rapport.txt: the file cannot be written (there is no such folder)" in ran.err
    assert not (tmp_path / "ut.csv").exists()


def test_a_table_that_is_refused_leaves_no_report(run, files, tmp_path):
    files[1].write_text(TABLE.replace("99", "7"), "utf-8")
    ran = run("recode", *files, "-o", "ut.csv", "--report", "rapport.txt")
    assert ran.status == 2
    assert {path.name for path in tmp_path.iterdir()} == {"svar.csv", "karta.yaml"}
