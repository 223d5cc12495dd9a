"""Syntax for SPSS, run by PSPP."""

import os
import shutil
import subprocess

import pyreadstat
import pytest
from tests.exchange.made import NASTY, with_items, with_labels

from riskbehov.errors import InputError
from riskbehov.exchange.codebook import codebook
from riskbehov.exchange.spss import BOM, to_sps
from riskbehov.i18n import use_language
from riskbehov.library import Library

LIBRARY = Library.open()
AUDIT = LIBRARY.scored("audit")

needs_pspp = pytest.mark.skipif(shutil.which("pspp") is None, reason="PSPP is not installed")


def lines(text):
    return text.removeprefix(BOM).splitlines()


def widest(variable):
    return max((len(code.value.encode()) for code in variable.codes), default=1)


def run(book, folder, **given):
    """Apply syntax to a row of data as SPSS would, and return the file that comes of it."""
    (folder / "labels.sps").write_text(to_sps(book, **given), encoding="utf-8")
    columns = "\n".join(
        f"  {v.name} ({f'A{widest(v)}' if v.is_text else 'F8.0'})" for v in book.variables
    )
    row = " ".join(v.codes[0].value if v.codes else "1" for v in book.variables)
    script = folder / "run.sps"
    script.write_text(
        f"DATA LIST LIST /\n{columns}.\nBEGIN DATA\n{row}\nEND DATA.\n"
        "INSERT FILE='labels.sps'.\nSAVE OUTFILE='out.sav'.\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        ["pspp", "--output=said.txt", "run.sps"],  # noqa: S607
        cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    said = (folder / "said.txt").read_text(encoding="utf-8") + done.stdout + done.stderr
    assert done.returncode == 0, said
    assert not [word for word in ("warning", "error", "note") if f"{word}:" in said.lower()], said
    return pyreadstat.read_sav(folder / "out.sav", user_missing=True)[1]


def labels_of(variable):
    """Return the labels of values as they stand in a file: numbers are floats there."""
    if variable.is_bits:
        return {}
    return {c.value if variable.is_text else float(c.value): c.label for c in variable.codes}


@needs_pspp
@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_syntax_sets_the_labels_and_levels_of_every_column(id_, lang, tmp_path):
    with use_language(lang):
        book = codebook(LIBRARY.scored(id_), bands="all", missing="prorate")
        found = run(book, tmp_path)
    assert found.column_names == [v.name for v in book.variables]
    assert found.column_labels == [v.label for v in book.variables]
    for variable in book.variables:
        assert found.variable_value_labels.get(variable.name, {}) == labels_of(variable)
        assert found.variable_measure[variable.name] == variable.level


@needs_pspp
def test_missing_data_codes_are_set_for_the_answers_alone(tmp_path):
    found = run(codebook(AUDIT), tmp_path, missing=[99, -1])
    codes = [{"lo": n, "hi": n} for n in (-1.0, 99.0)]
    assert {name: sorted(held, key=lambda r: r["lo"]) for name, held in found.missing_ranges.items()
            if held} == {f"audit_{n}": codes for n in range(1, 11)}  # fmt: skip


@needs_pspp
def test_odd_labels_come_through_as_they_are(tmp_path):
    book = codebook(with_labels(NASTY))
    found = run(book, tmp_path)
    held = found.variable_value_labels["fictional_pipe"]
    for code, (kind, label) in enumerate(NASTY.items()):
        if kind != "long":
            assert held[code] == " ".join(label.split())
            assert found.column_names_to_labels[f"fictional_{kind}"] == " ".join(label.split())
    assert NASTY["long"].startswith(held[len(NASTY) - 1].removesuffix("…"))


@needs_pspp
def test_labels_are_cut_at_the_length_that_spss_keeps(tmp_path):
    book = codebook(with_labels({"a": "å'" * 300, "b": "kort"}))
    found = run(book, tmp_path)
    held = found.variable_value_labels["fictional_a"][0]
    assert held == "å'" * 39 + "…"  # 39 times 3 bytes, and 3 more
    label = found.column_names_to_labels["fictional_a"]
    assert label.endswith("…")
    assert 250 < len(label.encode()) <= 256


@pytest.mark.parametrize("book", [codebook(with_labels(NASTY)), codebook(AUDIT, bands="all")])
def test_no_line_is_longer_than_spss_reads(book):
    assert max(len(line.encode()) for line in lines(to_sps(book, missing=[99]))) <= 256


def test_it_is_marked_as_utf_8_in_both_ways_that_spss_knows():
    text = to_sps(codebook(AUDIT))
    assert text.startswith(BOM)
    assert lines(text)[0] == "* Encoding: UTF-8."


def test_quotes_are_doubled_and_comments_have_none():
    found = lines(to_sps(codebook(AUDIT, bands="all")))
    assert "  'WHO''s zones, the same for all: lowest band'." in found
    assert not [line for line in found if line.startswith("*") and "'" in line]


def test_a_code_that_is_an_answer_cannot_say_that_there_is_none():
    with pytest.raises(InputError, match="audit_9: the missing data code '2' is also an answer"):
        to_sps(codebook(AUDIT), missing=[99, 2])


def test_spss_keeps_three_missing_data_codes():
    book = codebook(AUDIT)
    assert "MISSING VALUES audit_1 (99, 98, -1)." in lines(to_sps(book, missing=[99, 98, -1]))
    assert "MISSING VALUES audit_1 (99)." in lines(to_sps(book, missing=[99, 99]))
    with pytest.raises(InputError, match="found 4 missing data codes, expected at most 3"):
        to_sps(book, missing=[99, 98, 97, 96])


@pytest.mark.parametrize(
    ("items", "id_", "wrong"),
    [
        (("A", "a"), "fictional", ["fictional_A", "fictional_a"]),  # one name to SPSS
        (("1",), "4dsq", ["4dsq_1"]),
        (("x.",), "fictional", ["fictional_x."]),
        (("x" * 55,), "fictional", ["fictional_" + "x" * 55]),
    ],
)
def test_names_that_spss_does_not_take_are_refused(items, id_, wrong):
    book = codebook(with_items(*items, id_=id_), part="answers")
    with pytest.raises(InputError, match="SPSS does not take the name") as refused:
        to_sps(book)
    assert [fault.where for fault in refused.value.faults] == wrong
