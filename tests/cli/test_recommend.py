"""``riskbehov recommend`` as a person meets it."""

import json
import re
from pathlib import Path

import pytest

from riskbehov.tables.files.opening import read_table

PURPOSE = "Beskriva behov i ett register"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(
        "lopnr;age;sex;date;rbm8_attitudes;suicidality\n"
        "1;30;male;2026-01-01;3;true\n"
        "2;17;female;2026-01-02;;\n",
        "utf-8",
    )
    return path


def test_a_table_is_written_and_what_became_of_it_is_told(run, table):
    ran = run("recommend", "adult", table, "-o", "ut.csv", "--purpose", PURPOSE, "--lang", "en")
    assert (ran.status, ran.err) == (0, "")
    assert "Recommendations by Adults, 18 and over" in ran.out
    assert PURPOSE in ran.out
    assert re.search(r"^Rows read +2$", ran.out, re.MULTILINE)
    assert re.search(r"^Assessed +1$", ran.out, re.MULTILINE)
    assert re.search(r"^Rows written +2$", ran.out, re.MULTILINE)
    assert "age     '17' (1)" in ran.out
    assert "no decision on anyone" in ran.out
    found = read_table("ut.csv")
    assert found["state"].to_pylist() == ["assessed", "invalid"]
    assert found["rule_akut_suicidrisk"].to_pylist()[0] == "applies"
    assert found["lopnr"].to_pylist() == ["1", "2"]


def test_the_same_table_gives_the_same_bytes(run, table):
    for name in ("a.csv", "b.csv"):
        assert run("recommend", "adult", table, "-o", name, "--purpose", PURPOSE).status == 0
    assert Path("a.csv").read_bytes() == Path("b.csv").read_bytes()


def test_the_report_may_be_json_in_a_file(run, table):
    ran = run(
        "recommend", "adult", table, "-o", "ut.parquet", "--purpose", PURPOSE,
        "--report", "rapport.json", "--format", "json", "--on-illegal", "drop",
    )  # fmt: skip
    assert (ran.status, ran.out) == (0, "")
    told = json.loads(Path("rapport.json").read_text("utf-8"))
    assert told["purpose"] == PURPOSE
    assert (told["rows"], told["written"]) == (2, 1)
    assert (told["assessed"], told["invalid"]) == (1, 1)
    assert told["illegal"] == [{"column": "age", "values": [{"value": "'17'", "rows": 1}]}]
    assert "alkohol-met" in told["rules"]
    assert told["read"] == ["age", "sex", "date", "rbm8_attitudes", "suicidality"]


def test_columns_called_almost_as_one_that_is_not_there_are_told_of(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("age;date;threat_levels;kommun\n30;2026-01-01;high;Lund\n", "utf-8")
    ran = run("recommend", "adult", path, "-o", "ut.csv", "--purpose", PURPOSE, "--lang", "en")
    assert ran.status == 0
    assert "Columns that were not read" in ran.out
    assert "threat_levels  threat_level" in ran.out
    assert "kommun" not in ran.out


def test_columns_and_one_day_for_all_may_be_named(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("född;kön\n1990-05-01;female\n", "utf-8")
    ran = run(
        "recommend", "adult", path, "-o", "ut.csv", "--purpose", PURPOSE,
        "--birth-date", "född", "--sex", "kön", "--date", "2026-01-01",
    )  # fmt: skip
    assert (ran.status, ran.err) == (0, "")
    assert read_table("ut.csv")["state"].to_pylist() == ["assessed"]


def test_a_map_is_gone_by(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Å;date;F1\n30;2026-01-01;5\n", "utf-8")
    mapping = tmp_path / "karta.yaml"
    mapping.write_text(
        "instrument: audit\ncolumns:\n"
        "  - {column: F1, item: '1', values: {1: 0, 2: 1, 3: 2, 4: 3, 5: 4}}\n"
        "age: {column: Å}\nconfirmed: true\n",
        "utf-8",
    )
    ran = run("recommend", "adult", path, "-o", "ut.csv", "--purpose", PURPOSE, "--map", mapping)
    assert (ran.status, ran.err) == (0, "")
    assert read_table("ut.csv")["audit_1"].to_pylist() == ["4"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("adult", "register.csv", "-o", "ut.csv"), "--purpose"),
        (("adult", "register.csv", "-o", "ut.csv", "--purpose", " "), "expected the purpose"),
        (("adlut", "register.csv", "-o", "ut.csv", "--purpose", PURPOSE), "did you mean 'adult'"),
        (("adult", "annan.csv", "-o", "ut.csv", "--purpose", PURPOSE), "annan.csv"),
        (("adult", "register.csv", "-o", "register.csv", "--purpose", PURPOSE), "register.csv"),
        (
            (
                "adult",
                "register.csv",
                "-o",
                "ut.csv",
                "--purpose",
                PURPOSE,
                "--on-illegal",
                "refuse",
            ),
            "age: found '17' (1), expected the ages of the assessment",
        ),
        (
            ("adult", "register.csv", "-o", "ut.csv", "--purpose", PURPOSE, "--on-illegal", "nja"),
            "--on-illegal",
        ),
    ],
)
@pytest.mark.usefixtures("table")
def test_what_does_not_fit_is_refused_and_nothing_is_written(run, arguments, words):
    ran = run("recommend", *arguments, "--lang", "en")
    assert ran.status == 2
    assert words in ran.err
    assert not Path("ut.csv").exists()


def test_a_table_with_personal_numbers_is_refused_without_showing_one(run, table):
    table.write_text("age;date;pnr\n30;2026-01-01;19121212-1212\n", "utf-8")
    ran = run("recommend", "adult", table, "-o", "ut.csv", "--purpose", PURPOSE, "--lang", "en")
    assert ran.status == 2
    assert "pnr: found personal numbers in 1 rows" in ran.err
    assert "1212" not in ran.err
    assert not Path("ut.csv").exists()


def test_a_report_never_takes_the_place_of_the_table(run, table):
    arguments = ("adult", table, "-o", "ut.csv", "--purpose", PURPOSE, "--lang", "en")
    ran = run("recommend", *arguments, "--report", "ut.csv")
    assert ran.status == 2
    assert "ut.csv: found one file for two results, expected one for each" in ran.err
    ran = run("recommend", *arguments, "--report", "borta/rapport.txt")
    assert ran.status == 2
    assert "rapport.txt: the file cannot be written (there is no such folder)" in ran.err
    assert [path.name for path in table.parent.iterdir()] == [table.name]
