"""Text files are read cell by cell as they stand, and no row is lost."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.errors import InputError
from riskbehov.tables.files.reading import delimited
from riskbehov.tables.files.reading.delimited import open_delimited


@pytest.fixture
def rows(tmp_path):
    """Return the rows of a text file."""

    def _rows(data, columns=None, **options):
        path = tmp_path / "in.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        source = open_delimited(path, **options)
        return [row for batch in source.batches(columns) for row in batch.to_pylist()]

    return _rows


def test_every_cell_is_the_text_that_stands_there(rows):
    found = rows("id;n;f\n007; 8 ;3,0\n9007199254740993;1e3;-\n")
    assert found == [
        {"id": "007", "n": " 8 ", "f": "3,0"},
        {"id": "9007199254740993", "n": "1e3", "f": "-"},
    ]


def test_an_empty_cell_is_nothing_and_words_for_nothing_are_words(rows):
    assert rows('a;b;c\n;"";NA\nNULL;nan;n/a\n') == [
        {"a": None, "b": None, "c": "NA"},
        {"a": "NULL", "b": "nan", "c": "n/a"},
    ]


def test_a_cell_may_hold_delimiters_quotation_marks_and_line_ends(rows):
    assert rows('a;b\r\n"x;y";"he said ""no"""\r\n"l\r\nm";5" tall\r\n') == [
        {"a": "x;y", "b": 'he said "no"'},
        {"a": "l\r\nm", "b": '5" tall'},
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_lines_end_in_any_usual_way(rows, line_end, last):
    text = line_end.join(["a;b", "1;2", "3;4"]) + line_end * last
    assert [row["b"] for row in rows(text)] == ["2", "4"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_letters_come_out_right_from_every_encoding(rows, encoding):
    assert rows("kön;å\nkvinna;äö\n".encode(encoding)) == [{"kön": "kvinna", "å": "äö"}]


@pytest.mark.parametrize("text", ["a;b", "a;b\n", "a;b\n\n\n", "sep=;\na;b\n"])
def test_a_header_alone_is_a_table_without_rows(rows, text):
    assert rows(text) == []


def test_only_the_columns_that_are_asked_for_are_read(rows):
    assert rows("a;b;c\n1;2;3\n", columns=["c", "a"]) == [{"c": "3", "a": "1"}]


def test_rows_of_the_wrong_length_are_told_by_line_all_at_once(rows):
    with pytest.raises(InputError, match="expected 2 as in the header") as raised:
        rows('a;b\n1;2\n3\n"x\ny";4\n\n5;6;7\n')
    assert [fault.where.rpartition(":")[2] for fault in raised.value.faults] == ["3", "7"]
    assert "found 1 cells" in str(raised.value)
    assert "found 3 cells" in str(raised.value)


def test_of_very_many_such_rows_the_others_are_counted(rows):
    with pytest.raises(InputError, match="found 480 more such rows") as raised:
        rows("a;b\n" + "1\n" * 500)
    assert len(raised.value.faults) == 21


@pytest.mark.parametrize("text", ['1;"abc\n2;3\n', '1;"abc\n2;"def"\n3;4\n', '1;2\n"3;4'])
def test_a_quotation_mark_that_is_not_closed_swallows_no_rows(rows, text):
    with pytest.raises(InputError, match=r"in.csv:\d: found a quotation mark that is not closed"):
        rows("a;b\n" + text)


def test_a_message_never_shows_a_cell(rows):
    with pytest.raises(InputError, match="found 3 cells") as raised:
        rows("a;b\nhemligt;namn;här\n")
    assert "hemligt" not in str(raised.value)


def test_a_cell_larger_than_what_is_read_at_a_time_is_read(rows, monkeypatch):
    monkeypatch.setattr(delimited, "_BLOCK", 1 << 10)
    monkeypatch.setattr(delimited, "_LONGEST", 1 << 20)
    long = "x" * 20_000
    text = "a;b\n" + "1;2\n" * 1000 + f"3;{long}\n" + "4;5\n" * 1000
    found = rows(text)
    assert len(found) == 2001
    assert found[1000] == {"a": "3", "b": long}
    assert [row["a"] for row in found] == ["1"] * 1000 + ["3"] + ["4"] * 1000


def test_a_row_without_end_is_told(rows, monkeypatch):
    monkeypatch.setattr(delimited, "_BLOCK", 1 << 8)
    monkeypatch.setattr(delimited, "_LONGEST", 1 << 10)
    with pytest.raises(InputError, match="found a row of more than 0 MB"):
        rows('a;b\n1;"' + "x" * (1 << 17) + '"\n')


def test_a_file_of_pandas_is_read_as_it_wrote_it(rows):
    frame = pd.DataFrame({"å": ["x;y", None, 'q"'], "n": [1, 2, 3], "f": [0.5, None, 2.0]})
    text = frame.to_csv(index=False, sep=";", decimal=",")
    assert rows(text) == [
        {"å": "x;y", "n": "1", "f": "0,5"},
        {"å": None, "n": "2", "f": None},
        {"å": 'q"', "n": "3", "f": "2,0"},
    ]


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=8)


@given(
    table=st.lists(st.tuples(cells, cells), min_size=1, max_size=8),
    delimiter=st.sampled_from(";,\t|"),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_pythons_own_writer_writes_is_read_back(tmp_path_factory, table, delimiter, line_end):
    path = tmp_path_factory.mktemp("csv") / "in.csv"
    text = io.StringIO()
    # All in quotes: otherwise Python leaves a lone carriage return as it is, which ends a line.
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerows([("first", "second"), *table])
    path.write_bytes(text.getvalue().encode())
    source = open_delimited(path, delimiter=delimiter)
    found = [tuple(row.values()) for batch in source.batches() for row in batch.to_pylist()]
    assert found == [(a or None, b or None) for a, b in table]
