"""Tables in files are profiled and recoded as tables in memory are, part by part."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from riskbehov.errors import InputError, PrivacyError
from riskbehov.tables import draft_map, profile, read_map, recode, score, score_file
from riskbehov.tables.files.opening import open_source, read_table
from riskbehov.tables.files.sources import Labels
from riskbehov.tables.jobs.recode import profile_source, recode_source, value_labels

FIVE = {1: 0, 2: 1, 3: 2, 4: 3, 5: 4}
MAP: dict[str, Any] = {
    "instrument": "audit",
    "columns": [{"column": "AUDIT1", "item": "1", "values": FIVE, "missing": [99]}],
    "sex": {"column": "Kön", "values": {"M": "male", "K": "female"}},
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "svar.csv"
    text = "AUDIT1;Kön\r\n1;M\r\n5;K\r\n99;\r\n3;K\r\n"
    path.write_bytes(text.encode("latin-1"))
    return path


def test_a_file_is_profiled_as_its_table_is(table):
    source = open_source(table)
    assert profile_source(source, "audit") == profile(read_table(table), "audit")


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".xlsx", ".sav", ".dta", ".feather"])
def test_a_file_is_recoded_into_any_format(table, tmp_path, ending):
    output = tmp_path / f"ut{ending}"
    report = recode_source(open_source(table), MAP, output)
    assert report == replace(recode(read_table(table), MAP).report, library="pandas")
    found = read_table(output)
    assert found.column_names == ["AUDIT1", "Kön", "audit_1", "sex"]
    codes = [None if cell is None else float(cell) for cell in found["audit_1"].to_pylist()]
    assert codes == [0, 4, None, 2]


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".xlsx", ".sav", ".dta", ".feather"])
@pytest.mark.parametrize("unmapped", ["refuse", "illegal"])
def test_a_recoded_file_is_scored_as_it_stands_whatever_its_format(tmp_path, ending, unmapped):
    names = [f"q{n}" for n in range(1, 11)]
    frame = pd.DataFrame({name: [1, 5, None] for name in names} | {"kön": ["M", "K", "M"]})
    values = [FIVE] * 8 + [{1: 0, 3: 2, 5: 4}] * 2
    columns = [
        {"column": name, "item": str(n), "values": each}
        for n, (name, each) in enumerate(zip(names, values, strict=True), start=1)
    ]
    mapping = {**MAP, "columns": columns, "unmapped": unmapped}
    mapping["sex"] = {**MAP["sex"], "column": "kön"}
    given, recoded, output = (tmp_path / n for n in ("in.csv", f"kodad{ending}", "ut.parquet"))
    frame.to_csv(given, index=False)
    recode_source(open_source(given), mapping, recoded)
    score_file(recoded, "audit", output, sex="sex")
    whole = score(recode(frame, mapping).frame, "audit", sex="sex")
    expected = pa.Table.from_pandas(whole.filter(like="audit_total")).to_pydict()
    found = read_table(output).to_pydict()
    assert {name: found[name] for name in expected} == expected
    assert expected["audit_total_low"] == [0, 40, None]


@pytest.mark.parametrize(
    ("keep", "names"),
    [((), ["audit_1", "sex"]), (("Kön", "Kön"), ["Kön", "audit_1", "sex"])],
)
def test_only_what_is_asked_for_is_written_besides_what_is_made(table, tmp_path, keep, names):
    report = recode_source(open_source(table), MAP, tmp_path / "ut.csv", keep=keep)
    assert report == recode_source(open_source(table), MAP, tmp_path / "all.csv")
    found = read_table(tmp_path / "ut.csv")
    assert found.equals(read_table(tmp_path / "all.csv").select(names))
    with pytest.raises(InputError, match="found no column 'kön'"):
        recode_source(open_source(table), MAP, tmp_path / "ut.csv", keep=["kön"])


def test_a_column_that_tells_who_someone_is_is_left_out_or_refused(tmp_path):
    path, output = tmp_path / "svar.csv", tmp_path / "ut.csv"
    path.write_text("nr;namn;AUDIT1;Kön\n191212121212;x;1;M\n", encoding="utf-8")
    with pytest.raises(PrivacyError, match="nr: found personal numbers in 1 rows"):
        recode_source(open_source(path), MAP, output, reviewed=True)
    with pytest.raises(PrivacyError, match=r"namn: found .* by the name of what tells who"):
        recode_source(open_source(path), MAP, output, keep=["namn"])
    assert not output.exists()
    recode_source(open_source(path), MAP, output, keep=[])
    assert read_table(output).column_names == ["audit_1", "sex"]


@pytest.mark.parametrize("size", [1, 3])
def test_the_size_of_the_parts_does_not_matter(table, tmp_path, size):
    whole, source = read_table(table), open_source(table)
    parts = replace(source, read=lambda names: iter(whole.select(names).to_batches(size)))
    outputs = [tmp_path / "a.csv", tmp_path / "b.csv"]
    reports = [
        recode_source(each, MAP, output)
        for each, output in zip((source, parts), outputs, strict=True)
    ]
    assert reports[0] == reports[1]
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert profile_source(parts, "audit") == profile_source(source, "audit")


def test_nothing_is_left_of_a_table_that_is_refused_and_all_of_it_is_told(table, tmp_path):
    output = tmp_path / "ut.csv"
    mapping = {**MAP, "columns": [{**MAP["columns"][0], "values": {1: 0}}]}
    with pytest.raises(
        InputError, match=r"AUDIT1: found '3' \(1\), '5' \(1\), expected one of '1'"
    ):
        recode_source(open_source(table), mapping, output)
    assert not output.exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["svar.csv"]


def test_a_result_never_takes_the_place_of_what_it_is_made_from(table, tmp_path):
    with pytest.raises(InputError, match="found the file that is read, expected another"):
        recode_source(open_source(table), MAP, table)
    path = tmp_path / "karta.csv"
    columns = 'columns: [{column: AUDIT1, item: "1"}]'
    path.write_text(f"instrument: audit\n{columns}\nconfirmed: true\n", "utf-8")
    with pytest.raises(InputError, match="found the file that is read, expected another"):
        recode_source(open_source(table), path, path)


def test_a_table_without_rows_is_recoded(tmp_path):
    path = tmp_path / "tom.csv"
    path.write_text("AUDIT1;Kön\n", "utf-8")
    report = recode_source(open_source(path), MAP, tmp_path / "ut.csv")
    assert report.rows == 0
    assert read_table(tmp_path / "ut.csv").column_names == ["AUDIT1", "Kön", "audit_1", "sex"]


def test_value_labels_and_declared_missing_values_of_a_file_are_gone_by(tmp_path):
    path = tmp_path / "svar.sav"
    frame = pd.DataFrame({"AUDIT1": [1.0, 5.0, 8.0, 9.0], "kon": [1.0, 2.0, 2.0, 1.0]})
    named = {5.0: "Aldrig", 1.0: "Minst 4 ggr/vecka", 9.0: "Inget svar lämnat"}
    pyreadstat.write_sav(
        frame,
        path,
        variable_value_labels={"AUDIT1": named, "kon": {1.0: "Kvinna", 2.0: "Man"}},
        missing_ranges={"AUDIT1": [{"lo": 8, "hi": 9}]},
    )
    found = profile_source(open_source(path), "audit")
    coding = found.items["1"].coding
    assert coding is not None
    assert dict(coding.values) == {"5": 0, "1": 4}
    assert set(coding.missing) == {"8", "9"}
    mapping = draft_map(found).mapping
    assert mapping.sex is not None
    assert mapping.sex.values == {"1": "female", "2": "male"}  # noqa: PD011


def test_declared_spans_are_counted_up_where_they_are_narrow():
    labels = Labels(
        meanings={"a": {1.0: "ja"}},
        missing={"a": [{"lo": 97, "hi": 99}, {"lo": -1e300, "hi": -1}, {"lo": "x", "hi": "x"}]},
        tagged={"b": ["a"]},
    )
    found = value_labels(labels)
    assert found["a"] == {
        1.0: "ja", 97: "missing", 98: "missing", 99: "missing",
        -1e300: "missing", -1: "missing", "x": "missing",
    }  # fmt: skip
    assert found["b"] == {".a": "missing"}


def test_a_table_that_is_read_batch_by_batch_is_profiled():
    table = pa.table({"AUDIT1": [0, 1, 4, 99] * 5, "kön": ["K", "M", None, "K"] * 5})
    for size in (1, 3, 100):
        reader = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(size))
        assert profile(reader, "audit") == profile(table, "audit")


def test_the_example_of_the_page_is_profiled_recoded_and_scored(tmp_path):
    folder = Path(__file__).parents[3] / "docs" / "exempel"
    source = open_source(folder / "svar.csv")
    drafted = draft_map(profile_source(source, "audit")).mapping
    confirmed = read_map(folder / "karta.yaml")
    assert drafted == confirmed.model_copy(update={"confirmed": False})
    recode_source(source, folder / "karta.yaml", tmp_path / "kodad.parquet")
    coded = pq.read_table(tmp_path / "kodad.parquet")
    scored = score(coded, "audit", sex="sex", age="age")
    # By hand, each answer less one: 0+1+0+1+1+0+1, only the last, and 0+4+?+1+1+2+4+1+4+4.
    assert scored["audit_total_low"].to_pylist()[:3] == [4, 4, 21]
    assert scored["audit_total_high"].to_pylist()[:3] == [4, 4, 25]
    assert set(scored["audit_state"].to_pylist()) <= {"certain", "provisional"}


def test_it_is_told_how_far_one_has_come(table, tmp_path):
    told: list[tuple[int, int | None]] = []
    recode_source(
        open_source(table),
        MAP,
        tmp_path / "ut.csv",
        told=lambda done, about: told.append((done, about)),
    )
    assert told == [(4, 4)]


def test_a_column_that_is_not_there_is_told_with_those_that_are(table, tmp_path):
    mapping = MAP | {"sex": {"column": "Kon"}}
    with pytest.raises(InputError, match=r"'Kon'.*did you mean 'Kön'.*\n.*columns 'AUDIT1', 'Kön'"):
        recode_source(open_source(table), mapping, tmp_path / "ut.csv")
