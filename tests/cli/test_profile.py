"""``riskbehov profile``: a table told, and a draft written once."""

import csv

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


@pytest.fixture
def export(run, tmp_path):
    """Return an export of REDCap and the data dictionary of its project."""
    dictionary, export = tmp_path / "responsivity.csv", tmp_path / "export.csv"
    assert run("codebook", "responsivity", "-f", "redcap", "-o", dictionary).status == 0
    with dictionary.open(encoding="utf-8", newline="") as file:
        names = [row["Variable / Field Name"] for row in csv.DictReader(file)]
    cells = ["x-1", "female", "34", *["1"] * (len(names) - 4), "UNK"]
    export.write_text(f"{','.join(names)}\n{','.join(cells)}\n", encoding="utf-8")
    return export, dictionary


def test_an_export_of_redcap_becomes_scores_by_commands_alone(run, export, tmp_path):
    table, dictionary = export
    draft, scored = tmp_path / "karta.yaml", tmp_path / "poang.csv"
    ran = run("profile", "responsivity", table, "--dictionary", dictionary, "--draft", draft)
    assert ran.status == 0, ran.err
    draft.write_text(
        draft.read_text("utf-8").replace("confirmed: false", "confirmed: true"), encoding="utf-8"
    )
    ran = run("score", "responsivity", table, "--map", draft, "-o", scored)
    assert ran.status == 0, ran.err
    [row] = csv.DictReader(scored.read_text("utf-8-sig").splitlines())
    assert (row["responsivity_missing"], row["responsivity_illegal"]) == ("1", "0")


def test_the_report_does_not_take_the_dictionarys_place(run, export):
    table, dictionary = export
    before = dictionary.read_bytes()
    ran = run(
        "profile", "responsivity", table, "--dictionary", dictionary, "-o", dictionary,
        "--lang", "en",
    )  # fmt: skip
    assert ran.status == 2
    assert "found the file that is read" in ran.err
    assert dictionary.read_bytes() == before


def test_a_file_that_is_no_data_dictionary_is_refused(run, export):
    table, _ = export
    ran = run("profile", "responsivity", table, "--dictionary", table, "--lang", "en")
    assert ran.status == 2
    assert "expected the data dictionary of a REDCap project" in ran.err


def test_a_draft_and_what_is_told_are_two_files(run, tmp_path):
    (tmp_path / "svar.csv").write_text("audit_1\n1\n", "utf-8")
    arguments = ("audit", "svar.csv", "--draft", "karta.yaml", "--lang", "en")
    ran = run("profile", *arguments, "-o", "karta.yaml")
    assert ran.status == 2
    assert "karta.yaml: found one file for two results, expected one for each" in ran.err
    ran = run("profile", *arguments, "-o", "borta/profil.txt")
    assert ran.status == 2
    assert "profil.txt: the file cannot be written (there is no such folder)" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["svar.csv"]
