"""A table in a file is assessed as the same table in memory is, and written whole or not at all."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.tables.persons import LIBRARY, PURPOSE, READY, rows_made, table_of

from riskbehov import tables
from riskbehov.errors import InputError, PrivacyError
from riskbehov.tables.files.opening import open_source, read_table
from riskbehov.tables.jobs import recommend as recommend_job
from riskbehov.tables.jobs.recommend import recommend_file

CODES = {1: 0, 2: 1, 3: 2, 4: 3, 5: 4}
MAP: dict[str, Any] = {
    "instrument": "audit",
    "columns": [{"column": "F1", "item": "1", "values": CODES, "missing": [99]}],
    "age": {"column": "Ålder"},
}


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return written(
        tmp_path / "register.csv",
        "lopnr;age;sex;date;rbm8_attitudes;rbm8_attitudes_driver;substances_alcohol;audit_1\n"
        "1;30;male;2026-01-01;3;TRUE;1;4\n"
        "2;41;female;2026-01-02;;;0;\n"
        "3;17;female;2026-01-02;2;false;;7\n",
    )


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".xlsx"])
def test_a_file_is_assessed_as_its_table_is(table, tmp_path, ending):
    output = tmp_path / f"ut{ending}"
    found = recommend_file(table, "adult", output, purpose=PURPOSE, rules=["alkohol-met"])
    assert found.tally.states == {"assessed": 2, "invalid": 1}
    assert found.tally.illegal == {"age": {"'17'": 1}, "audit_1": {"'7'": 1}}
    memory = tables.recommend(read_table(table), "adult", purpose=PURPOSE, rules=["alkohol-met"])
    back = read_table(output)
    assert back.column_names == memory.column_names
    assert back["risk_low"].to_pylist()[:2] == memory["risk_low"].to_pylist()[:2]
    assert [c or None for c in back["rule_alkohol_met"].to_pylist()] == (
        memory["rule_alkohol_met"].to_pylist()
    )


@pytest.mark.parametrize("size", [1, 7])
def test_the_size_of_the_parts_changes_nothing(tmp_path, size, monkeypatch):
    rows = rows_made(READY["adult"], 20, seed=5, odd=0.002)
    path = tmp_path / "a.csv"
    table_of(rows).to_csv(path, sep=";", index=False)
    outputs = [tmp_path / "whole.parquet", tmp_path / "parts.parquet"]
    first = recommend_file(path, "adult", outputs[0], purpose=PURPOSE, reviewed=True)

    def in_parts(*arguments: Any, **named: Any) -> Any:
        source = open_source(*arguments, **named)
        table = read_table(path)
        return replace(
            source,
            read=lambda names: iter(table.select(names or table.column_names).to_batches(size)),
        )

    monkeypatch.setattr(recommend_job, "open_source", in_parts)
    second = recommend_file(path, "adult", outputs[1], purpose=PURPOSE, reviewed=True)
    assert second.tally == first.tally
    assert read_table(outputs[1]).to_pylist() == read_table(outputs[0]).to_pylist()


def test_maps_are_gone_by_first_and_what_cannot_be_is_told_as_it_stands(tmp_path):
    path = written(tmp_path / "a.csv", "Ålder;F1;date\n30;5;2026-01-01\n31;99;2026-01-01\n")
    output = tmp_path / "b.parquet"
    found = recommend_file(path, "adult", output, purpose=PURPOSE, maps=[MAP | {"confirmed": True}])
    assert found.tally.states == {"assessed": 2}
    assert read_table(output)["audit_1"].to_pylist() == [4, None]
    path = written(tmp_path / "a.csv", "Ålder;F1;date\n30;9;2026-01-01\n")
    mapping = MAP | {"confirmed": True, "unmapped": "illegal"}
    found = recommend_file(path, "adult", output, purpose=PURPOSE, maps=[mapping])
    assert found.tally.illegal == {"audit_1": {"'9'": 1}}


def test_what_is_refused_is_told_of_the_whole_table_and_leaves_no_file(table, tmp_path):
    output = tmp_path / "ut.csv"
    with pytest.raises(InputError, match="recode") as caught:
        recommend_file(table, "adult", output, purpose=PURPOSE, on_illegal="refuse")
    assert len(caught.value.faults) == 2
    assert not output.exists()


def test_rows_that_are_dropped_are_counted(table, tmp_path):
    output = tmp_path / "ut.parquet"
    found = recommend_file(table, "adult", output, purpose=PURPOSE, on_illegal="drop")
    assert (found.tally.rows, found.written, len(read_table(output))) == (3, 2, 2)


def test_a_personal_number_anywhere_leaves_no_file(tmp_path):
    rows = "".join(f"30;2026-01-01;{n}\n" for n in range(50)) + "30;2026-01-01;19121212-1212\n"
    path = written(tmp_path / "a.csv", "age;date;nyckel\n" + rows)
    with pytest.raises(PrivacyError, match="nyckel: found personal numbers in 1 rows"):
        recommend_file(path, "adult", tmp_path / "b.csv", purpose=PURPOSE)
    assert not (tmp_path / "b.csv").exists()


def test_the_file_that_is_read_is_never_written_to(table):
    with pytest.raises(InputError, match="expected another"):
        recommend_file(table, "adult", table, purpose=PURPOSE)


def test_one_day_and_the_date_of_birth_may_be_said(tmp_path):
    path = written(tmp_path / "a.csv", "fodd\n1990-01-01\n2010-01-01\n")
    found = recommend_file(
        path,
        "adult",
        tmp_path / "b.csv",
        purpose=PURPOSE,
        birth_date="fodd",
        date=dt.date(2026, 1, 1),
        library=LIBRARY,
    )
    assert found.tally.states == {"assessed": 1, "invalid": 1}


def test_values_that_a_map_does_not_name_are_told_of_the_whole_table(tmp_path, monkeypatch):
    path = written(tmp_path / "a.csv", "Ålder;F1;date\n30;7;2026-01-01\nx;8;2026-01-01\n")
    table = read_table(path)

    def in_parts(*arguments: Any, **named: Any) -> Any:
        source = open_source(*arguments, **named)
        return replace(source, read=lambda names: iter(table.select(names).to_batches(1)))

    monkeypatch.setattr(recommend_job, "open_source", in_parts)
    with pytest.raises(InputError, match=r"F1: found '7' \(1\), '8' \(1\)") as told:
        recommend_file(path, "adult", tmp_path / "b.csv", purpose=PURPOSE, maps=[MAP])
    assert [fault.where for fault in told.value.faults] == ["F1", "Ålder"]
    assert not (tmp_path / "b.csv").exists()


def test_it_is_told_how_far_one_has_come(table, tmp_path):
    told: list[tuple[int, int | None]] = []
    recommend_file(
        table,
        "adult",
        tmp_path / "ut.csv",
        purpose=PURPOSE,
        told=lambda done, about: told.append((done, about)),
    )
    assert told == [(3, 3)]
