"""The table for a spreadsheet, as Swedish Excel opens it."""

import csv
import io

from tests.report.releases import release

from riskbehov.i18n import use_language
from riskbehov.report.group.spreadsheet import to_csv

COLUMNS = 10


def read(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))


def test_it_is_marked_as_utf_8_with_semicolons_and_one_row_for_each_count():
    head, *rows = read(to_csv(release()))
    assert len(head) == COLUMNS
    assert all(len(row) == COLUMNS for row in rows)
    assert len(rows) == sum(len(t.categories) for t in release().populations[0].tables) * 4


def test_a_count_stands_with_its_base_and_its_share():
    rows = read(to_csv(release()))
    assert [
        "Adults",
        "needs",
        "leisure",
        "identified",
        "sex",
        "women and girls",
        "10",
        "16",
        "62.5",
        "",
    ] in rows
    with use_language("sv"):
        assert any(row[6:9] == ["10", "16", "62,5"] for row in read(to_csv(release())))


def test_what_is_held_back_is_explained():
    rows = read(to_csv(release()))
    held = [row for row in rows[1:] if row[6] == ".."]
    assert held
    assert all(row[8] == "" and row[9].startswith("held back: below 5") for row in held)
    assert all(row[9] == "" for row in rows[1:] if row[6] != "..")


def test_no_cell_is_taken_for_a_formula():
    assert any(row[2] == "'=attitudes" for row in read(to_csv(release())))
