"""``riskbehov profile``: a table told, and a draft written once."""

import pytest

from riskbehov.tables import read_map

TABLE = "AUDIT1;AUDIT2;Kön;namn\n1;2;M;Kalle\n5;5;K;Anna\n99;1;K;Kim\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "svar.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_table_is_told(run, table):
    ran = run("profile", "audit", table, "--lang", "en")
    assert ran.status == 0
    assert "A table held against AUDIT" in ran.out
    assert "AUDIT1: taken for missing: '99'" in ran.out
    assert "Kalle" not in ran.out + ran.err


def test_a_table_is_told_as_json(run, table):
    ran = run("profile", "audit", table, "--sex", "Kön", "--format", "json")
    assert ran.json["rows"] == 3
    assert ran.json["columns"][2]["ground"] == "given"


def test_a_draft_is_written_once(run, table, tmp_path):
    draft = tmp_path / "karta.yaml"
    ran = run("profile", "audit", table, "--draft", draft, "--lang", "en")
    assert "A draft was written to" in ran.err
    assert not read_map(draft).confirmed
    before = draft.read_text("utf-8")
    again = run("profile", "audit", table, "--draft", draft, "--lang", "en")
    assert again.status == 2
    assert "the file exists already, expected none; nothing was written" in again.err
    assert draft.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["audti"], "did you mean 'audit'"),
        (["audit", "--age", "ålder"], "found 'ålder', expected a column of the table"),
        (["audit", "--items", "q{item}"], "found 'q1', expected a column of the table"),
        (["audit", "--sheet", "Blad1"], "--sheet"),
    ],
)
def test_what_is_not_there_is_refused(run, table, arguments, words):
    instrument, *options = arguments
    ran = run("profile", instrument, table, *options, "--lang", "en")
    assert ran.status == 2
    assert words in ran.err
    assert ran.out == ""


def test_a_table_that_is_not_there_is_refused(run):
    ran = run("profile", "audit", "ingen.csv", "--lang", "en")
    assert ran.status == 2
    assert "found no such file" in ran.err
