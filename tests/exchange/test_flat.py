"""The codebook as a table: a row for each code of each column."""

import csv
import io

import pytest
from tests.exchange.made import NASTY, with_labels
from tests.markdown import codes, section, tables

from riskbehov.exchange.codebook import codebook
from riskbehov.exchange.flat import BOM, HEAD, to_csv
from riskbehov.library import Library

LIBRARY = Library.open()


def read(text):
    assert text.startswith(BOM)
    return [*csv.DictReader(io.StringIO(text.removeprefix(BOM)), delimiter=";")]


@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
def test_it_holds_each_code_of_each_column_in_order(id_):
    book = codebook(LIBRARY.scored(id_))
    rows = read(to_csv(book))
    assert tuple(rows[0]) == HEAD
    assert [(r["variable"], r["code"]) for r in rows] == [
        (v.name, code) for v in book.variables for code in [c.value for c in v.codes] or [""]
    ]


def test_a_column_of_numbers_has_one_row_with_its_range():
    rows = read(to_csv(codebook(LIBRARY.scored("audit"))))
    [total] = [row for row in rows if row["variable"] == "audit_total_high"]
    assert (total["low"], total["high"], total["unit"]) == ("0", "40", "points")
    assert (total["code"], total["belongs_to"], total["level"]) == ("", "total", "scale")


def test_odd_labels_come_back_as_they_were():
    labels = NASTY | {"formula": "1+1"}
    rows = read(to_csv(codebook(with_labels(labels))))
    found = [row["code_label"] for row in rows if row["variable"] == "fictional_pipe"]
    assert found == [*labels.values()]


@pytest.mark.parametrize(
    ("page", "heading"), [("docs/tabeller.md", "Kodbok"), ("docs/tables.md", "Codebook")]
)
def test_its_columns_are_those_that_the_page_on_tables_tells(page, heading):
    told = [codes(row[0]) for table in tables(section(page, heading)) for row in table]
    assert [name for names in told for name in names if not name.startswith("--")] == [*HEAD]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(sign):
    rows = read(to_csv(codebook(with_labels({"x": f"{sign}1+1", "y": "plain"}))))
    assert not [cell for row in rows for cell in row.values() if cell.startswith(sign)]
    assert f"'{sign}1+1" in [row["code_label"] for row in rows]
