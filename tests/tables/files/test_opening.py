"""Every format, by its ending: written and read back, whole or not at all, the same bytes."""

import datetime as dt
import errno
import time
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbehov.errors import InputError
from riskbehov.i18n import message, use_language
from riskbehov.tables.files.opening import WRITTEN, open_sink, open_source, read_table
from riskbehov.tables.files.whole import require_other
from riskbehov.tables.files.writing import excel as excelsink
from riskbehov.tables.frames.bridge import Spec

try:
    import resource
except ImportError:  # on Windows
    resource = None  # type: ignore[assignment]

at = dt.datetime.fromisoformat

STATES = ("certain", "omitted")
SPECS = (Spec("state", "uint8", STATES, message("State of the scale")),)
TABLE = pa.table(
    {
        "id": ["007", " x", "å;ä", None],
        "q1": pa.array([1, None, 3, 99], pa.int8()),
        "f": [1.5, None, 3.0, 0.1],
        "day": [dt.date(2026, 3, 1), None] * 2,
        "time": [at("2026-03-01T10:30"), None] * 2,
        "whole": [2**60 + 1, 1, None, -(2**60) - 1],
        "truth": [True, None, False, True],
        "state": pa.DictionaryArray.from_arrays(
            pa.array([0, 1, None, 1], pa.int8()), STATES, ordered=True
        ),
    }
)
PLAIN = {**TABLE.to_pydict()}
TEXTS = {
    "id": ["007", " x", "å;ä", None],
    "q1": ["1", None, "3", "99"],
    "f": ["1,5", None, "3", "0,1"],
    "day": ["2026-03-01", None] * 2,
    "time": ["2026-03-01 10:30:00", None] * 2,
    "whole": ["1152921504606846977", "1", None, "-1152921504606846977"],
    "truth": ["true", None, "false", "true"],
    "state": ["certain", "omitted", None, "omitted"],
}
LONG = ["1152921504606846977", "1", None, "-1152921504606846977"]
COUNTED = {"truth": [1, None, 0, 1], "state": [1, 2, None, 2]}
READ = {
    ".csv": TEXTS,
    ".txt": TEXTS,
    ".tsv": {**TEXTS, "f": ["1.5", None, "3", "0.1"]},
    ".xlsx": {**PLAIN, "whole": LONG},
    ".sav": {**PLAIN, **COUNTED, "id": [*TEXTS["id"][:3], ""], "whole": [*LONG[:2], "", LONG[3]]},
    ".dta": {**PLAIN, **COUNTED, "id": [*TEXTS["id"][:3], ""], "whole": [*LONG[:2], "", LONG[3]]},
    ".parquet": PLAIN,
    ".feather": PLAIN,
}
READ |= {".zsav": READ[".sav"], ".pq": PLAIN, ".arrow": PLAIN}


def put(path, table=TABLE, specs=SPECS, **options):
    with open_sink(path, table.schema, specs=specs, **options) as sink:
        for start in range(0, len(table), 3):
            sink.write(table.slice(start, 3))
    return path


@pytest.mark.parametrize("ending", WRITTEN)
def test_what_is_written_is_read_back(tmp_path, ending):
    assert read_table(put(tmp_path / f"ut{ending}")).to_pydict() == READ[ending]


@pytest.mark.parametrize("ending", [ending.upper() for ending in (".csv", ".parquet")])
def test_an_ending_may_be_in_capitals(tmp_path, ending):
    assert len(read_table(put(tmp_path / f"ut{ending}"))) == 4


@pytest.mark.parametrize("ending", WRITTEN)
def test_a_table_without_rows_keeps_its_columns(tmp_path, ending):
    found = read_table(put(tmp_path / f"ut{ending}", TABLE.slice(0, 0)))
    assert found.column_names == TABLE.column_names
    assert len(found) == 0


@pytest.mark.parametrize("ending", WRITTEN)
def test_the_same_table_gives_the_same_bytes_at_any_hour(tmp_path, monkeypatch, ending):
    first = put(tmp_path / f"a{ending}").read_bytes()
    time.sleep(1.01 if ending in (".sav", ".zsav", ".xlsx") else 0)
    monkeypatch.setattr(time, "time", lambda: 4e9)
    assert put(tmp_path / f"b{ending}").read_bytes() == first


@pytest.mark.parametrize("ending", WRITTEN)
def test_no_file_tells_in_which_parts_its_rows_came(tmp_path, monkeypatch, ending):
    monkeypatch.setattr("riskbehov.tables.files.opening.BATCH", 7)
    table = pa.concat_tables([TABLE] * 10)
    written = []
    for size in (1, 5, 40):
        with open_sink(tmp_path / f"ut{ending}", table.schema, specs=SPECS) as sink:
            for start in range(0, len(table), size):
                sink.write(table.slice(start, size))
        written.append((tmp_path / f"ut{ending}").read_bytes())
    assert written[0] == written[1] == written[2]
    assert len(read_table(tmp_path / f"ut{ending}")) == 40


def test_no_hour_stands_in_a_file_of_stata(tmp_path):
    assert b"01 Jan 1980 00:00" in put(tmp_path / "ut.dta").read_bytes()[:400]
    found = pyreadstat.read_dta(tmp_path / "ut.dta")[1]
    assert found.creation_time == at("1980-01-01")


# Other programs


def test_other_libraries_read_what_is_written(tmp_path):
    frames = [
        pd.read_csv(put(tmp_path / "ut.csv"), sep=";", decimal=","),
        pd.read_excel(put(tmp_path / "ut.xlsx")),
        pd.read_parquet(put(tmp_path / "ut.parquet")),
        pd.read_feather(put(tmp_path / "ut.feather")),
        pl.read_parquet(tmp_path / "ut.parquet").to_pandas(),
        pl.read_csv(tmp_path / "ut.csv", separator=";", infer_schema=False).to_pandas(),
    ]
    for frame in frames:
        assert list(frame.columns) == TABLE.column_names
        assert frame["state"].astype(object).tolist()[:2] == ["certain", "omitted"]


def test_excel_opens_a_text_file_without_being_asked(tmp_path):
    data = put(tmp_path / "ut.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid;q1;")  # the mark, and the delimiter of Swedish Excel
    assert data.count(b"\r\n") == 5
    assert b";1,5;" in data


def test_a_text_that_looks_like_a_formula_stays_a_text_in_excel(tmp_path):
    put(tmp_path / "ut.xlsx", pa.table({"a": ["=1+1", "#N/A", "+4670", "<&>"]}), ())
    sheet = openpyxl.load_workbook(tmp_path / "ut.xlsx").active
    cells = [cell for (cell,) in sheet.iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * 4
    assert [cell.value for cell in cells] == ["=1+1", "#N/A", "+4670", "<&>"]


@pytest.mark.parametrize(
    "text",
    ["a\r\nb", "_x000D_", "_x005F_", " a ", "<r>", "<r>a</r>", "<r><t>a</t></r>", "</r>", "&lt;"],
)
def test_any_text_comes_back_from_excel_as_it_was(tmp_path, text):
    table = pa.table({text: [text, "a"]})
    assert read_table(put(tmp_path / "ut.xlsx", table, ())).to_pydict() == {text: [text, "a"]}


@settings(max_examples=50)
@given(texts=st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")))))
def test_all_texts_come_back_from_excel_as_they_were(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("excel") / "ut.xlsx"
    found = read_table(put(path, pa.table({"a": ["a", *texts, "z"]}), ()))
    assert found["a"].to_pylist() == ["a", *(text or None for text in texts), "z"]


def test_days_before_excel_counts_them_are_text_and_others_are_days(tmp_path):
    days = [dt.date(1900, 2, 28), dt.date(1900, 3, 1), dt.date(9999, 12, 31)]
    put(tmp_path / "ut.xlsx", pa.table({"day": days}), ())
    sheet = openpyxl.load_workbook(tmp_path / "ut.xlsx").active
    found = [cell.value for (cell,) in sheet.iter_rows(min_row=2)]
    assert found == ["1900-02-28", at("1900-03-01"), at("9999-12-31")]


def test_a_text_file_is_written_as_the_one_that_it_comes_from(tmp_path):
    for name, data in (
        ("a", b"id,f\n1,2\n"),
        ("b", b"id;f\r\n1;2\r\n"),
        ("c", "id\tå\r\n1\t2\r\n".encode("latin-1")),
    ):
        path = tmp_path / f"{name}.csv"
        path.write_bytes(data)
        source = open_source(path)
        table = read_table(path).append_column("n", [[0.5]])
        put(tmp_path / "ut.csv", table, (), like=source)
        written = (tmp_path / "ut.csv").read_bytes()
        assert written.removeprefix(b"\xef\xbb\xbf").decode().splitlines()[1] in (
            "1,2,0.5",
            "1;2;0,5",
            "1\t2\t0.5",
        )
        assert written.startswith(b"\xef\xbb\xbf") == (name == "c")
        assert (b"\r\n" in written) == (b"\r\n" in data)


def test_a_delimiter_may_be_said(tmp_path):
    data = put(tmp_path / "ut.csv", delimiter="tab").read_bytes()
    assert b"id\tq1\tf" in data
    assert b"\t1.5\t" in data


# Labels


@pytest.mark.parametrize("ending", [".sav", ".dta"])
def test_results_have_labels_in_the_language_of_the_moment(tmp_path, ending):
    with use_language("en"):
        put(tmp_path / f"ut{ending}")
    labels = open_source(tmp_path / f"ut{ending}").labels
    assert labels.columns == {"state": "State of the scale"}
    assert labels.meanings == {"state": {1: "certain", 2: "omitted"}}


@pytest.mark.parametrize("ending", [".sav", ".dta"])
def test_labels_go_with_their_columns_but_not_with_what_took_their_place(tmp_path, ending):
    path = tmp_path / f"in{ending}"
    frame = pd.DataFrame({"q1": [1.0, 2.0], "state": [1.0, 2.0]})
    labels: Any = {"q1": {1: "Ja"}, "state": {1: "Aldrig"}}
    write = pyreadstat.write_sav if ending == ".sav" else pyreadstat.write_dta
    write(frame, path, column_labels={"q1": "Ett"}, variable_value_labels=labels)
    for other in (".sav", ".dta"):
        table = pa.table({"q1": [1.0, 2.0], "state": TABLE["state"].slice(0, 2)})
        put(tmp_path / f"ut{other}", table, like=open_source(path))
        found = open_source(tmp_path / f"ut{other}").labels
        assert found.columns["q1"] == "Ett"
        assert found.meanings == {"q1": {1: "Ja"}, "state": {1: "certain", 2: "omitted"}}


def test_what_is_declared_missing_is_declared_again(tmp_path):
    frame = pd.DataFrame({"q1": [1.0, 99.0]})
    pyreadstat.write_sav(frame, tmp_path / "in.sav", missing_ranges={"q1": [99]})
    source = open_source(tmp_path / "in.sav")
    put(tmp_path / "ut.sav", read_table(tmp_path / "in.sav"), (), like=source)
    assert open_source(tmp_path / "ut.sav").labels.missing == source.labels.missing
    frame = pd.DataFrame({"q1": [1, "a", None]})
    pyreadstat.write_dta(frame, tmp_path / "in.dta", missing_user_values={"q1": ["a"]})
    source = open_source(tmp_path / "in.dta")
    put(tmp_path / "ut.dta", read_table(tmp_path / "in.dta"), (), like=source)
    found = pyreadstat.read_dta(tmp_path / "ut.dta", user_missing=True, output_format="dict")
    assert found[0]["q1"] == [1, "a", None]


def test_labels_of_missing_values_stay_with_those_of_answers(tmp_path):
    frame = pd.DataFrame({"q1": [1, "a", None]})
    labels: Any = {"q1": {1: "Ja", "a": "Vet ej"}}
    missing = {"q1": ["a"]}
    pyreadstat.write_dta(
        frame, tmp_path / "in.dta", variable_value_labels=labels, missing_user_values=missing
    )
    put(
        tmp_path / "ut.dta",
        read_table(tmp_path / "in.dta"),
        (),
        like=open_source(tmp_path / "in.dta"),
    )
    assert open_source(tmp_path / "ut.dta").labels.meanings == labels


def test_a_label_that_stata_cannot_have_takes_no_other_with_it(tmp_path):
    labels: Any = {"q1": {1: "Ja", 1.5: "Tja"}}
    frame = pd.DataFrame({"q1": [1.0, 1.5]})
    pyreadstat.write_sav(frame, tmp_path / "in.sav", variable_value_labels=labels)
    put(
        tmp_path / "ut.dta",
        read_table(tmp_path / "in.sav"),
        (),
        like=open_source(tmp_path / "in.sav"),
    )
    assert open_source(tmp_path / "ut.dta").labels.meanings == {"q1": {1: "Ja"}}


@pytest.mark.parametrize("ending", [".sav", ".dta"])
def test_half_floats_are_numbers_in_every_package(tmp_path, ending):
    put(tmp_path / f"ut{ending}", pa.table({"x": pa.array([2.5, None], pa.float16())}), ())
    assert read_table(tmp_path / f"ut{ending}").to_pydict() == {"x": [2.5, None]}


def test_no_parts_of_a_second_are_written_where_there_are_none(tmp_path):
    hour, half = dt.time(10, 30), dt.time(10, 30, 0, 500_000)
    zone = pa.timestamp("ns", "Europe/Stockholm")
    table = pa.table({"t": [hour, half], "z": pa.array([at("2026-03-01T10:30"), None], zone)})
    found = read_table(put(tmp_path / "ut.csv", table, ())).to_pydict()
    assert found == {"t": ["10:30:00", "10:30:00.5"], "z": ["2026-03-01 11:30:00+0100", None]}


# What a format cannot hold


@pytest.mark.parametrize(
    ("ending", "table", "words"),
    [
        (".csv", pa.table({"l": [[1]]}), "lists or bytes .l., which .csv cannot hold"),
        (".xlsx", pa.table({"l": [b"1"]}), "lists or bytes .l., which .xlsx cannot hold"),
        (".sav", pa.table({"s": [{"a": 1}]}), "lists or bytes .s., which .sav cannot hold"),
        (".csv", pa.table({"u": pa.array([b"x" * 16], pa.uuid())}), "lists or bytes .u., which"),
        (".csv", pa.table({"m": pa.array([(1, 2, 3)], pa.month_day_nano_interval())}), "bytes .m."),
        (
            ".sav",
            pa.table({"a b": [1], "1a": [1]}),
            r"ut.sav: .* SPSS cannot have: 'a b', '1a'; expected",
        ),
        (".sav", pa.table({"to": [1]}), "SPSS cannot have: 'to'"),
        (".sav", pa.table({"å" * 33: [1]}), "SPSS cannot have"),
        (".sav", pa.table({"A": [1], "a": [1]}), r"differ only in capitals \(A, a\)"),
        (".dta", pa.table({"x" * 33: [1], "in": [1]}), "Stata cannot have: 'x+', 'in'; expected"),
        (".xlsx", pa.table({"s": ["\1"]}), "s: found control signs"),
        (".xlsx", pa.table({"s": ["x" * 32_768]}), "s: found a text of more than 32767 signs"),
        (".xlsx", pa.table({f"c{n}": [1] for n in range(16_385)}), "more than 16384 columns"),
    ],
)
def test_what_a_format_cannot_hold_is_told_and_nothing_is_written(tmp_path, ending, table, words):
    with pytest.raises(InputError, match=words):
        put(tmp_path / f"ut{ending}", table, ())
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_has_are_told_before_the_work_if_they_are_known(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(excelsink, "MOST_ROWS", 3)
    source = open_source(put(tmp_path / "in.parquet"))
    with (
        pytest.raises(InputError, match="more than 3 rows, which no Excel file can hold"),
        open_sink(tmp_path / "ut.xlsx", source.schema, like=source),
    ):
        pytest.fail("the work had begun")
    with pytest.raises(InputError, match="more than 3 rows"):
        put(tmp_path / "ut.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_a_sheet_holds_as_many_rows_as_it_has(tmp_path, monkeypatch):
    monkeypatch.setattr(excelsink, "MOST_ROWS", 4)
    assert len(read_table(put(tmp_path / "ut.xlsx"))) == 4


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ut.xls", "found the ending '.xls', expected .csv, .tsv"),
        ("ut.doc", r"found the ending '.doc', expected .csv, .tsv"),
        ("ut", "found the ending '', expected .csv"),
        ("ut.por", "found the ending '.por', expected"),
    ],
)
def test_an_ending_that_cannot_be_written_is_told(tmp_path, name, words):
    with pytest.raises(InputError, match=words):
        put(tmp_path / name)


# What cannot be read


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("in.xls", r"found the ending '.xls'.*; open it in Excel and save it as .xlsx"),
        ("in.sas7bdat", r"found the ending '.sas7bdat'.*; export it as .sav, .dta or .csv"),
        ("in.por", r"found the ending '.por'.*; save it as .sav in SPSS or PSPP"),
        ("in.rds", r"found the ending '.rds'.*; write it as .parquet or .csv in R"),
        ("in.csv.gz", r"found the ending '.gz'.*; unpack it first"),
        ("in.json", "found the ending '.json', expected .csv"),
    ],
)
def test_other_files_are_refused_with_what_to_do(tmp_path, name, words):
    (tmp_path / name).touch()
    with pytest.raises(InputError, match=words):
        open_source(tmp_path / name)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match=r"in\.csv: found no such file, expected a table"):
        open_source(tmp_path / "in.csv")


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("in.parquet", {"encoding": "utf-8"}, "--encoding: found the option with .* in .parquet"),
        ("in.parquet", {"delimiter": ";"}, "--delimiter: found the option with"),
        (
            "in.csv",
            {"sheet": "Blad1"},
            "--sheet: found the option with .* in .csv, expected .*xlsx",
        ),
        ("in.csv", {"delimiter": "ab"}, "--delimiter: found 'ab', expected one sign"),
        ("in.csv", {"delimiter": '"'}, "--delimiter: found '\"', expected one sign"),
    ],
)
def test_options_that_mean_nothing_for_a_file_are_refused(tmp_path, name, options, words):
    (tmp_path / name).write_text("a;b\n1;2\n")
    with pytest.raises(InputError, match=words):
        open_source(tmp_path / name, **options)


# Whole or not at all


@pytest.mark.parametrize("ending", WRITTEN)
@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_nothing_is_left_of_a_file_that_was_not_finished(tmp_path, ending, fault):
    path = tmp_path / f"ut{ending}"
    path.write_text("before")

    def begin(sink):
        sink.write(TABLE)
        raise fault

    with pytest.raises(fault), open_sink(path, TABLE.schema, specs=SPECS) as sink:
        begin(sink)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert path.read_text() == "before"


@pytest.mark.parametrize("ending", WRITTEN)
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path, ending):
    def full(_self, _table):
        raise OSError(errno.ENOSPC, "No space left on device")

    with (
        pytest.raises(InputError, match=r"ut\.\w+: the file cannot be written .the disk is full"),
        open_sink(tmp_path / f"ut{ending}", TABLE.schema, specs=SPECS) as sink,
    ):
        full(sink, TABLE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(resource is None, reason="Windows limits no file's size")
@pytest.mark.parametrize("most", [10, 300, 3000])
@pytest.mark.parametrize("ending", WRITTEN)
def test_a_file_that_the_system_lets_grow_no_more_is_told_and_leaves_nothing(
    tmp_path, ending, most
):
    draw = np.random.default_rng(1)
    table = pa.table({"a": [str(number) for number in draw.random(2000)]})
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, usual[1]))
    try:
        with pytest.raises(InputError, match=r"ut\.\w+: the file cannot be written \("):
            put(tmp_path / f"ut{ending}", table, ())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_when_an_excel_file_is_put_together_is_told(tmp_path, monkeypatch):
    def full(*_given, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.ZipFile", full)
    with pytest.raises(InputError, match=r"ut.xlsx: the file cannot be written .the disk is full"):
        put(tmp_path / "ut.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_where_nothing_can_be_written_is_told_before_the_work(tmp_path, monkeypatch):
    def refuse(*_args):
        raise PermissionError(errno.EACCES, "Permission denied")

    with pytest.raises(InputError, match="there is no such folder"):
        put(tmp_path / "nix" / "ut.csv")
    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(InputError, match=r"the file cannot be written .you may not"):
        put(tmp_path / "ut.csv")


def test_a_file_that_may_not_be_written_is_left_alone(tmp_path):
    path = tmp_path / "ut.csv"
    path.write_text("before")
    path.chmod(0o444)
    with pytest.raises(InputError, match=r"the file cannot be written .you may not"):
        put(path)
    assert path.read_text() == "before"


def test_a_folder_is_never_replaced(tmp_path):
    (tmp_path / "ut.csv").mkdir()
    with pytest.raises(InputError, match="it is a folder"):
        put(tmp_path / "ut.csv")


def test_a_new_file_is_for_its_owner_and_an_old_one_keeps_its_mode(tmp_path):
    path = put(tmp_path / "ut.csv")
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    assert put(path).stat().st_mode & 0o777 == 0o640


def test_a_link_is_written_through(tmp_path):
    (tmp_path / "annan").mkdir()
    link = tmp_path / "ut.csv"
    link.symlink_to(tmp_path / "annan" / "ut.csv")
    put(link)
    assert link.is_symlink()
    assert (tmp_path / "annan" / "ut.csv").exists()


def test_what_is_read_is_never_written_over(tmp_path, monkeypatch):
    path = put(tmp_path / "in.parquet")
    monkeypatch.chdir(tmp_path)
    for output in (path, Path("in.parquet"), Path("x") / ".." / "in.parquet"):
        with pytest.raises(InputError, match="found the file that is read, expected another"):
            require_other(output, [path])
    with pytest.raises(InputError, match="found the file that is read, expected another"):
        require_other(tmp_path / "folder" / "ut.parquet", [tmp_path / "folder"])
    require_other(tmp_path / "ut.parquet", [path])


def test_a_pattern_stands_for_parquet_files_alone(tmp_path):
    with pytest.raises(InputError, match="found no such file, expected a table"):
        open_source(tmp_path / "*.csv")


def test_a_sheet_that_is_given_up_is_left_at_once(tmp_path):
    table = pa.table({"a": range(5000)})
    with open_sink(tmp_path / "ut.xlsx", table.schema) as sink:
        sink.write(table.slice(0, 2000))
        sink.stop()
        sink.write(table.slice(2000))
    assert len(read_table(tmp_path / "ut.xlsx")) == 2000
