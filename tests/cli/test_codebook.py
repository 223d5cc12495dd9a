"""``riskbehov codebook``."""

import csv
import io

import pytest

from riskbehov.library import Library

LIBRARY = Library.open()


@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
@pytest.mark.parametrize("form", ["markdown", "csv", "redcap", "spss"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_instrument_has_a_codebook_in_every_form(run, id_, form, lang):
    ran = run("codebook", id_, "--format", form, "--lang", lang)
    assert ran.status == 0, ran.err
    first = next(iter(LIBRARY.scored(id_).items)).label
    assert str(getattr(first, lang)) in ran.out.replace("''", "'")


def test_it_is_written_to_a_file_as_it_stands(run, tmp_path):
    shown = run("codebook", "audit", "--format", "spss").out
    assert run("codebook", "audit", "--format", "spss", "-o", tmp_path / "audit.sps").status == 0
    assert (tmp_path / "audit.sps").read_bytes() == shown.encode()
    assert shown.startswith("\ufeff* Encoding: UTF-8.\n")


def test_a_redcap_dictionary_is_utf_8_without_a_mark(run, tmp_path):
    path = tmp_path / "audit.csv"
    assert run("codebook", "audit", "-f", "redcap", "--skips", "-o", path).status == 0
    rows = [*csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8")))]
    assert rows[0]["Variable / Field Name"] == "record_id"
    assert rows[4]["Branching Logic (Show field only if...)"] == "[audit_1] <> '0'"
    assert "åtaganden" in rows[7]["Field Label"].lower()


def test_the_options_of_scoring_give_the_columns_that_scoring_gives(run):
    def columns(*options):
        ran = run("codebook", "audit", "--format", "csv", "--part", "scores", *options)
        return {line.split(";")[0] for line in ran.out.splitlines()[1:]}

    assert columns("--cutoffs", "who-2001") - columns() == {
        "audit_who_2001_low",
        "audit_who_2001_high",
    }
    assert "audit_hpi_high" in columns("--bands", "all")
    assert "audit_total_prorated" in columns("--missing", "prorate")
    assert columns("--missing", "strict") == columns()


def test_missing_data_codes_may_be_negative(run):
    ran = run("codebook", "audit", "-f", "spss", "--missing-code", "99", "--missing-code", "-1")
    assert "MISSING VALUES audit_1 (99, -1)." in ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("audti",), "audit"),
        (("ls-cmi",), "ls-cmi: "),
        (("hcr-20", "-f", "redcap"), "hcr-20: "),
        (("dudit", "-f", "redcap", "--skips"), "--skips: "),
        (("audit", "--skips"), "--skips: "),
        (("audit", "--missing-code", "99"), "--missing-code: "),
        (("audit", "-f", "redcap", "--part", "answers"), "--part"),
        (("audit", "-f", "spss", "--missing-code", "4"), "audit_1: "),
        (("audit", "--cutoffs", "who-2002"), "who-2001"),
        (("audit", "--format", "excel"), "'excel'"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(run, arguments, told):
    ran = run("codebook", *arguments, "--lang", "en")
    assert ran.status == 2
    assert told in ran.err
    assert ran.out == ""


def test_an_instrument_of_ones_own_has_one_too(run, tmp_path):
    data = tmp_path / "egna"
    assert run("new", "instrument", "trygghet", "--dir", data).status == 0
    ran = run("codebook", "trygghet", "--data", data, "--format", "redcap")
    assert "trygghet_1,trygghet,Nytt formulär trygghet." in ran.out.replace('"', "")
