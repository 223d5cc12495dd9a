"""SPSS and Stata files, written by pyreadstat itself: values, labels, declared missing values."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest

from riskbehov.errors import InputError
from riskbehov.tables.files.reading import statistical
from riskbehov.tables.files.reading.statistical import open_statistical

at = dt.datetime.fromisoformat

FRAME = pd.DataFrame(
    {
        "q1": [1.0, np.nan, 99.0],
        "kön": ["K", "", "M"],
        "dag": [dt.date(2026, 3, 1), None, dt.date(1931, 1, 2)],
        "tid": pd.to_datetime(["2026-03-01 10:30:15", None, "1931-01-02 00:00:00"]),
    }
)
DAYS = [dt.date(2026, 3, 1), None, dt.date(1931, 1, 2)]
TIMES = [at("2026-03-01T10:30:15"), None, at("1931-01-02")]


def table_of(source):
    return pa.Table.from_batches(source.batches(), source.schema).to_pydict()


@pytest.fixture(params=[".sav", ".zsav", ".dta"])
def path(tmp_path, request):
    found = tmp_path / f"in{request.param}"
    if request.param == ".dta":
        pyreadstat.write_dta(
            FRAME, found, column_labels={"q1": "Fråga"}, variable_value_labels={"q1": {1: "Ja"}}
        )
    else:
        pyreadstat.write_sav(
            FRAME,
            found,
            column_labels={"q1": "Fråga"},
            variable_value_labels={"q1": {1.0: "Ja"}},
            compress=request.param == ".zsav",
        )
    return found


def test_numbers_text_days_and_times_are_read(path):
    source = open_statistical(path)
    assert source.rows == 3
    assert source.kind == ("stata" if path.suffix == ".dta" else "spss")
    assert table_of(source) == {
        "q1": [1.0, None, 99.0],
        "kön": ["K", "", "M"],
        "dag": DAYS,
        "tid": TIMES,
    }


def test_labels_are_handed_on(path):
    labels = open_statistical(path).labels
    assert labels.columns == {"q1": "Fråga"}
    assert labels.meanings == {"q1": {1: "Ja"}}


def test_only_the_columns_that_are_asked_for_are_read_in_the_order_asked(path):
    [batch] = open_statistical(path).batches(["kön", "q1"])
    assert batch.schema.names == ["kön", "q1"]


def test_parts_make_up_the_whole_whatever_their_size(path, monkeypatch):
    whole = table_of(open_statistical(path))
    monkeypatch.setattr(statistical, "_FEWEST", 2)
    monkeypatch.setattr(statistical, "_CELLS", 1)
    source = open_statistical(path)
    assert [len(batch) for batch in source.batches()] == [2, 1]
    assert table_of(source) == whole


def test_values_that_spss_declares_missing_are_kept_and_told(tmp_path):
    path = tmp_path / "in.sav"
    spans: Any = {"q1": [99, {"lo": 900, "hi": 999}], "q2": [-1]}
    frame = pd.DataFrame({"q1": [1.0, 99.0, 950.0], "q2": [-1.0, 0.0, 1.0]})
    pyreadstat.write_sav(frame, path, missing_ranges=spans)
    source = open_statistical(path)
    assert table_of(source) == {"q1": [1.0, 99.0, 950.0], "q2": [-1.0, 0.0, 1.0]}
    [note] = source.notes
    assert "q1: 900–999, 99; q2: -1" in str(note) or "q1: 99, 900–999; q2: -1" in str(note)
    assert "recode map" in str(note)


def test_the_missing_values_of_stata_are_kept_apart_and_told(tmp_path):
    path = tmp_path / "in.dta"
    frame = pd.DataFrame({"q1": [1, "a", 3, None], "q2": [1.0, 2.0, None, 4.0]})
    pyreadstat.write_dta(frame, path, missing_user_values={"q1": ["a"]})
    source = open_statistical(path)
    assert table_of(source) == {"q1": ["1", ".a", "3", None], "q2": [1.0, 2.0, None, 4.0]}
    assert "q1: .a" in str(source.notes[0])
    assert source.labels.tagged == {"q1": ["a"]}


def test_days_in_other_formats_are_days(tmp_path):
    path = tmp_path / "in.sav"
    frame = FRAME[["dag", "tid"]].rename(columns={"dag": "edate", "tid": "ymdhms"})
    formats = {"edate": "EDATE10", "ymdhms": "DATETIME22.2"}
    pyreadstat.write_sav(frame, path, variable_format=formats)
    assert table_of(open_statistical(path)) == {"edate": DAYS, "ymdhms": TIMES}


def test_an_older_encoding_is_said(tmp_path):
    path = tmp_path / "in.sav"
    pyreadstat.write_sav(pd.DataFrame({"q1": ["Xrebro", "Gavle"]}), path)
    data = path.read_bytes().replace(b"Xrebro", b"\xd6rebro").replace(b"UTF-8", b"cp125")
    path.write_bytes(data)
    found = table_of(open_statistical(path, encoding="windows-1252"))
    assert found == {"q1": ["Örebro", "Gavle"]}


@pytest.mark.parametrize("ending", [".sav", ".dta"])
def test_a_file_of_another_kind_is_refused(tmp_path, ending):
    path = tmp_path / f"in{ending}"
    path.write_text("q1;q2\n1;2\n")
    with pytest.raises(InputError, match="the file is damaged or not whole, expected a file of"):
        open_statistical(path)


def test_a_file_that_is_cut_off_is_refused_when_its_rows_are_read(path):
    data = path.read_bytes()
    path.write_bytes(data[: data.find(b"<data>") + 20] if path.suffix == ".dta" else data[:-12])
    with pytest.raises(InputError, match="the file is damaged or not whole"):
        table_of(open_statistical(path))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match=r"in\.sav: the file cannot be read"):
        open_statistical(tmp_path / "in.sav")
