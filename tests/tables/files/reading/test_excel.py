"""Excel files: what is on a sheet is read as a table, or it is told why it is none."""

import datetime as dt
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
import xlsxwriter

from riskbehov.errors import InputError
from riskbehov.tables.files.reading.excel import open_excel

at = dt.datetime.fromisoformat


@pytest.fixture
def path(tmp_path):
    return tmp_path / "in.xlsx"


@pytest.fixture
def read(path):
    """Return the columns of a sheet that is written row by row."""

    def _read(*rows, change=lambda _book, _sheet: None, **options):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        change(book, book.active)
        book.save(path)
        return table_of(path, **options)

    return _read


def table_of(path, **options):
    source = open_excel(path, **options)
    return pa.Table.from_batches(source.batches(), source.schema).to_pydict()


def test_numbers_text_days_and_truths_keep_their_kinds(read):
    assert read(
        ["n", "f", "t", "day", "time", "b"],
        [1, 2.5, "007", dt.date(2026, 3, 1), at("2026-03-01T10:30"), True],
        [2, 3, " 8 ", dt.date(2026, 3, 2), at("2026-03-02"), False],
    ) == {
        "n": [1, 2],
        "f": [2.5, 3.0],
        "t": ["007", " 8 "],
        "day": [dt.date(2026, 3, 1), dt.date(2026, 3, 2)],
        "time": [at("2026-03-01T10:30"), at("2026-03-02")],
        "b": [True, False],
    }


def test_a_column_of_several_kinds_is_text_and_a_truth_does_not_become_a_number(read):
    found = read(["a"], [1], [True], ["x"], [2.5], [dt.date(2026, 3, 1)], [dt.time(10, 30)])
    assert found == {"a": ["1", "true", "x", "2.5", "2026-03-01", "10:30:00"]}


def test_empty_rows_are_rows_unless_they_come_last(read):
    def grey(_book, sheet):
        sheet.cell(20, 1).fill = openpyxl.styles.PatternFill("solid", fgColor="DDDDDD")

    assert read(["a", "b"], [1, 2], [None, None], [3, 4], change=grey) == {
        "a": [1, None, 3],
        "b": [2, None, 4],
    }


def test_more_rows_than_are_packed_at_a_time_are_one_column(read, monkeypatch):
    monkeypatch.setattr("riskbehov.tables.files.reading.excel._ROWS", 3)
    assert read(["a", "b"], *([n, n if n < 5 else "x"] for n in range(8))) == {
        "a": list(range(8)),
        "b": ["0", "1", "2", "3", "4", "x", "x", "x"],
    }


def test_a_sheet_of_names_alone_has_no_rows(read):
    assert read(["a", "b"]) == {"a": [], "b": []}


def test_the_only_sheet_with_anything_on_it_is_read(read):
    def add(book, _sheet):
        book.create_sheet("tom", 0)

    assert read(["a"], [1], change=add) == {"a": [1]}


def test_of_several_sheets_one_must_be_chosen(read):
    def add(book, _sheet):
        book.create_sheet("Blad å").append(["b"])

    with pytest.raises(InputError, match=r"found 2 sheets .*: 'Sheet', 'Blad å'; say with --sheet"):
        read(["a"], [1], change=add)
    assert read(["a"], [1], change=add, sheet="Blad å") == {"b": []}


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(read):
    with pytest.raises(InputError, match=r"--sheet: found 'Blad 1', expected a sheet .*: Sheet"):
        read(["a"], [1], sheet="Blad 1")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "found nothing on any sheet"),
        ([[None, None], ["a", "b"]], "no names of columns, expected them in the first row"),
        ([["a", "a"], [1, 2]], "2 columns with the name 'a'"),
        ([["a", None, "b"], [1, 2, 3]], r"columns without a name \(B\)"),
        ([["a"], [1, None, 3]], r"columns without a name \(C\)"),
    ],
)
def test_what_is_no_plain_table_is_refused(read, rows, words):
    with pytest.raises(InputError, match=words):
        read(*rows)


def test_an_empty_column_without_a_name_is_none(read):
    assert read(["a", None, "b"], [1, None, 2]) == {"a": [1], "b": [2]}


def test_merged_cells_are_refused_with_their_places(read):
    with pytest.raises(InputError, match=r"merged cells \(A2:A3\).*unmerge them"):
        read(["a"], [1], [None], change=lambda _book, sheet: sheet.merge_cells("A2:A3"))


def test_a_formula_that_nobody_has_worked_out_is_refused_with_its_place(read):
    with pytest.raises(
        InputError, match=r"1 formulas that nobody has worked out \(B2\).*save it again"
    ):
        read(["a", "b"], [1, "=A2+1"])


def worked_out(path, cell):
    """Write a sheet whose second cell is a formula with what Excel has made of it."""
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.active.append(["=1+1"])
    book.save(path)
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    before, _, after = sheet.partition('<c r="A2">')
    parts["xl/worksheets/sheet1.xml"] = f"{before}{cell}{after.partition('</c>')[2]}".encode()
    anew = b' fullCalcOnLoad="1"'  # what Excel takes away when it has worked all out
    assert anew in parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(anew, b"")
    with zipfile.ZipFile(path, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)


def test_a_formula_is_read_as_the_value_that_excel_last_had(path):
    worked_out(path, '<c r="A2"><f>1+1</f><v>2</v></c>')
    assert table_of(path) == {"a": [2]}


def test_a_formula_that_gives_an_empty_text_gives_nothing(path):
    worked_out(path, '<c r="A2" t="str"><f>IF(1=1,"","x")</f><v></v></c>')
    assert table_of(path) == {"a": []}


def test_the_zeros_of_a_program_that_works_out_no_formulas_are_no_answers(path):
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "audit_1"])
        sheet.write_row(1, 0, [1, 2])
        sheet.write_formula(2, 1, "=B2*2")
    with pytest.raises(InputError, match=r"1 formulas that nobody has worked out \(B3\)"):
        table_of(path)


def test_a_sheet_with_a_chart_of_its_own_is_no_table(path):
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_column(0, 0, ["a", 1, 2])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Sheet1!$A$2:$A$3"})
        book.add_chartsheet("diagram").set_chart(chart)
    assert table_of(path) == {"a": [1, 2]}
    with pytest.raises(InputError, match="found 'diagram', expected a sheet of the file: Sheet1"):
        table_of(path, sheet="diagram")


def test_a_wrong_note_of_how_large_the_sheet_is_hides_nothing(path):
    book = openpyxl.Workbook()
    for row in (["a", "b"], [1, 2], [3, 4]):
        book.active.append(row)
    book.save(path)
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert b'ref="A1:B3"' in parts[name]
    parts[name] = parts[name].replace(b'ref="A1:B3"', b'ref="A1"')
    with zipfile.ZipFile(path, "w") as file:
        for part, data in parts.items():
            file.writestr(part, data)
    assert table_of(path) == {"a": [1, 3], "b": [2, 4]}


def test_a_file_of_pandas_is_read_with_its_index(path):
    frame = pd.DataFrame({"å": ["x", None], "n": [1, 2]}, index=[5, 6])
    frame.to_excel(path)
    assert table_of(path) == {"": [5, 6], "å": ["x", None], "n": [1, 2]}


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0" + b"x" * 600, b"a;b\n1;2\n"])
def test_what_is_no_excel_file_of_today_is_refused_with_what_to_do(path, data):
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"no Excel file of today's kind .* without a password"):
        table_of(path)


def test_a_file_that_is_cut_off_is_refused(path, read):
    read(["a"], *([n] for n in range(1000)))
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(InputError, match=r"in.xlsx: (found no Excel file|the file is damaged)"):
        table_of(path)


def test_a_file_that_is_damaged_within_is_refused(path, read):
    read(["a"], *([n] for n in range(1000)))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as file:
        place = file.getinfo("xl/worksheets/sheet1.xml").header_offset + 200
    data[place : place + 200] = bytes(200)
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="the file is damaged or not whole"):
        table_of(path)


def test_a_packed_file_of_another_kind_is_refused(path):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("letter.txt", "x")
    with pytest.raises(InputError, match="damaged or not whole, expected an Excel file"):
        table_of(path)


def test_a_file_that_asks_for_a_later_packer_is_refused(path, read):
    read(["a"], [1])
    data = path.read_bytes()
    place = data.index(b"PK\x01\x02") + 6  # the version that is needed, in the list of parts
    path.write_bytes(data[:place] + b"\xff" + data[place + 1 :])
    with pytest.raises(InputError, match="damaged or not whole, expected an Excel file"):
        table_of(path)
