"""A table in a file is scored as its frame is, whatever its format and in whatever parts."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from riskbehov import tables
from riskbehov.errors import InputError, PrivacyError
from riskbehov.tables.files.opening import WRITTEN, open_sink, open_source, read_table
from riskbehov.tables.jobs import score as score_job
from riskbehov.tables.jobs import streaming
from riskbehov.tables.jobs.score import score_file

ITEMS = [f"audit_{n}" for n in range(1, 11)]
ANSWERS: list[list[int | None]] = [
    [2, 1, 0, 0, 0, 0, 0, 0, 0, 2],
    [0, None, None, None, None, None, None, None, 0, 0],
    [4, 4, 4, 4, 4, None, 0, 0, 0, 0],
    [None] * 10,
    [3, 2, 1, 0, 0, 0, 1, 0, 0, None],
    [0, 3, 0, 0, 0, 0, 0, 0, 0, 0],
]
FRAME: Any = pd.DataFrame(
    {
        "id": ["007", " 8", "9007199254740993", "x;y", 'å"ä', "ö"],
        **{
            name: pd.array([row[n] for row in ANSWERS], dtype="Int64")
            for n, name in enumerate(ITEMS)
        },
        "kön": ["male", "female", "other", "unknown", None, "female"],
        "ålder": [34, 17, 80, None, 18, 50],
        "whole": [2**53 + 1, 2, 3, 4, 5, 6],
    }
)
PEOPLE: Any = {"sex": "kön", "age": "ålder"}
EXPECTED = tables.score(FRAME, "audit", **PEOPLE)
RESULTS = list(EXPECTED.columns[len(FRAME.columns) :])


def texts(frame: Any) -> list[list[str | None]]:
    """Return rows as text, so that the same values of different types are the same."""
    return [[_text(cell) for cell in row] for row in frame.astype(object).to_numpy().tolist()]


def _text(cell: object) -> str | None:
    if cell is None or cell is pd.NA or cell != cell or cell == "":  # noqa: PLR0124
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


@pytest.fixture
def write(tmp_path):
    """Write a frame to a file of some format."""

    def _write(frame: pd.DataFrame = FRAME, name: str = "in.csv") -> Path:
        path: Path = tmp_path / name
        table = pa.Table.from_pandas(frame, preserve_index=False)
        with open_sink(path, table.schema) as sink:
            sink.write(table)
        return path

    return _write


def results_of(path: Path) -> pd.DataFrame:
    """Return the results in a file; SPSS and Stata have numbers from 1 for words."""
    found = read_table(path).to_pandas().loc[:, RESULTS]
    for name, meanings in open_source(path).labels.meanings.items():
        if name in RESULTS:
            found[name] = found[name].map(meanings)
    return found


@pytest.mark.parametrize("ending", WRITTEN)
def test_scores_are_the_same_in_every_format(write, tmp_path, ending):
    path = write(name=f"in{ending}")
    found = score_file(path, "audit", tmp_path / f"ut{ending}", **PEOPLE)
    assert texts(results_of(tmp_path / f"ut{ending}")) == texts(EXPECTED[RESULTS])
    # The third is beyond every last limit; of the fifth neither sex nor item 10 is known.
    assert found.tally.states == {"certain": 4, "provisional": 1, "omitted": 1}
    assert (found.tally.rows, found.written) == (6, 6)


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".feather", ".xlsx"])
def test_other_columns_are_kept_as_they_are(write, tmp_path, ending):
    path = write(name=f"in{ending}")
    score_file(path, "audit", tmp_path / f"ut{ending}", **PEOPLE)
    before, after = read_table(path), read_table(tmp_path / f"ut{ending}")
    assert after.column_names == [*before.column_names, *RESULTS]
    for name in before.column_names:
        assert after[name].to_pylist() == before[name].to_pylist()
    assert after["id"].to_pylist() == FRAME["id"].tolist()
    assert str(after["whole"][0].as_py()) == "9007199254740993"


def test_an_index_of_pandas_is_kept_in_parquet(tmp_path):
    frame = FRAME.set_index(pd.Index(list("fedcba"), name="nyckel"))
    frame.to_parquet(tmp_path / "in.parquet")
    score_file(tmp_path / "in.parquet", "audit", tmp_path / "ut.parquet", **PEOPLE)
    found = pd.read_parquet(tmp_path / "ut.parquet")
    assert found.index.tolist() == list("fedcba")
    assert found.index.name == "nyckel"


@pytest.mark.parametrize("size", [1, 2, 5])
def test_the_size_of_the_parts_does_not_matter(write, tmp_path, monkeypatch, size):
    path = write(pd.concat([FRAME] * 3), "in.parquet")
    score_file(path, "audit", tmp_path / "a.csv", **PEOPLE)
    source = open_source(path)
    whole = read_table(path)
    parts = replace(source, read=lambda names: iter(whole.select(names).to_batches(size)))
    monkeypatch.setattr(score_job, "open_source", lambda *_args, **_options: parts)
    score_file(path, "audit", tmp_path / "b.csv", **PEOPLE)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_rows_stay_in_their_order(write, tmp_path):
    rows = pd.concat([FRAME.assign(id=[f"{block}-{n}" for n in range(6)]) for block in range(50)])
    path = write(rows, "in.parquet")
    score_file(path, "audit", tmp_path / "ut.parquet", **PEOPLE)
    assert pq.read_table(tmp_path / "ut.parquet")["id"].to_pylist() == rows["id"].tolist()


@pytest.mark.parametrize("ending", WRITTEN)
def test_the_same_table_gives_the_same_bytes(write, tmp_path, ending):
    path = write()
    written = []
    for name in ("a", "b"):
        score_file(path, "audit", tmp_path / f"{name}{ending}", **PEOPLE)
        written.append((tmp_path / f"{name}{ending}").read_bytes())
    assert written[0] == written[1]


def test_a_table_without_rows_gets_its_columns(write, tmp_path):
    path = write(FRAME.iloc[:0], "in.parquet")
    found = score_file(path, "audit", tmp_path / "ut.csv", **PEOPLE)
    assert (found.tally.rows, found.tally.states) == (0, {})
    assert read_table(tmp_path / "ut.csv").column_names == [*FRAME.columns, *RESULTS]


def test_only_the_columns_that_are_kept_are_written(write, tmp_path):
    path = write()
    score_file(path, "audit", tmp_path / "ut.csv", keep=["whole", "id"], **PEOPLE)
    assert read_table(tmp_path / "ut.csv").column_names == ["id", "whole", *RESULTS]
    score_file(path, "audit", tmp_path / "ut.csv", keep=[], **PEOPLE)
    assert read_table(tmp_path / "ut.csv").column_names == RESULTS
    with pytest.raises(InputError, match="found no column 'idd', expected it - did you mean 'id'"):
        score_file(path, "audit", tmp_path / "ut.csv", keep=["idd"], **PEOPLE)


def test_it_is_told_how_far_one_has_come(write, tmp_path):
    told: list[tuple[int, int | None]] = []
    score_file(
        write(name="in.parquet"),
        "audit",
        tmp_path / "ut.csv",
        told=lambda done, about: told.append((done, about)),
        **PEOPLE,
    )
    assert told == [(6, 6)]


# Values that cannot be


WRONG = FRAME.assign(
    audit_1=[99, 1, 1, 1, 1, -1],
    audit_9=[1, 2, 777, 2, 1, 4],
    kön=["male", "Kvinna", "k", "k", "F", "female"],
    ålder=[34, 200, 18, 34, 34, 34],
)


def test_all_that_cannot_be_is_told_of_the_whole_table_and_nothing_is_written(
    write, tmp_path, monkeypatch
):
    path = write(WRONG, "in.parquet")
    whole = read_table(path)
    parts = replace(open_source(path), read=lambda names: iter(whole.select(names).to_batches(1)))
    monkeypatch.setattr(score_job, "open_source", lambda *_args, **_options: parts)
    with pytest.raises(InputError, match="audit_1") as raised:
        score_file(path, "audit", tmp_path / "ut.csv", **PEOPLE)
    said = {fault.where: str(fault) for fault in raised.value.faults}
    assert len(said) == 4
    told = str(raised.value)
    assert "found -1 (1), 99 (1), expected one of the codes 0, 1, 2, 3, 4" in told
    assert "found 1 (2), 777 (1), expected one of the codes 0, 2, 4" in told
    assert "found 'k' (2), 'F' (1), 'Kvinna' (1), expected male, female" in told
    assert "found 200 (1), expected whole years 0 to 120" in told
    assert [p.name for p in tmp_path.iterdir()] == ["in.parquet"]


@pytest.mark.parametrize(("on_illegal", "rows"), [("flag", 6), ("drop", 0)])
def test_rows_that_cannot_be_are_flagged_or_dropped_and_counted(write, tmp_path, on_illegal, rows):
    path = write(WRONG, "in.parquet")
    found = score_file(path, "audit", tmp_path / "ut.csv", on_illegal=on_illegal, **PEOPLE)
    assert found.tally.states == {"invalid": 6}
    assert (found.tally.rows, found.written) == (6, rows)
    assert found.tally.illegal["audit_9"] == {"1": 2, "777": 1}
    assert len(read_table(tmp_path / "ut.csv")) == rows


def test_a_column_that_is_not_there_is_told_with_its_neighbour(write, tmp_path):
    path = write(FRAME.rename(columns={"audit_3": "audit3"}))
    with pytest.raises(InputError, match=r"no column 'audit_3', .* did you mean 'audit3'") as told:
        score_file(path, "audit", tmp_path / "ut.csv", sex="kon", keep=["idd"])
    assert "found no column 'kon', expected it - did you mean 'kön'" in str(told.value)
    assert "found no column 'idd', expected it - did you mean 'id'" in str(told.value)
    assert "found the columns 'id', 'audit_1', 'audit_2', 'audit3'" in str(told.value)
    assert "name those that are meant (--items, --sex" in str(told.value)
    assert {fault.where for fault in told.value.faults} == {str(path)}
    assert not (tmp_path / "ut.csv").exists()


def test_a_header_that_was_not_divided_is_told_as_such(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("|".join(ITEMS) + "\n" + "|".join("0" * 10) + "\n", "utf-8")
    with pytest.raises(InputError, match=r"one column only, 'audit_1\|.*--delimiter"):
        score_file(path, "audit", tmp_path / "ut.csv")


def test_a_name_that_an_older_encoding_has_spoilt_is_told_with_the_encoding(tmp_path):
    path = tmp_path / "in.csv"
    path.write_bytes((";".join([*ITEMS, "kön"]) + "\n").encode("mac_roman"))
    with pytest.raises(InputError, match=r"no column 'kön'.*\n.*\n.*read as Windows-1252.*--encod"):
        score_file(path, "audit", tmp_path / "ut.csv", sex="kön")


def test_a_day_that_is_none_is_told_as_one(write, tmp_path):
    with pytest.raises(InputError, match="--date: found '2026-13-01', expected a column, or a day"):
        score_file(write(), "audit", tmp_path / "ut.csv", date="2026-13-01")


def test_what_a_file_declares_missing_is_told_where_it_is_refused(tmp_path):
    frame = pd.DataFrame({name: [1.0, 0.0] for name in ITEMS} | {"audit_2": [99.0, 0.0]})
    pyreadstat.write_sav(frame, tmp_path / "in.sav", missing_ranges={"audit_2": [99]})
    with pytest.raises(InputError, match=r"audit_2 .*: found 99 \(1\)") as told:
        score_file(tmp_path / "in.sav", "audit", tmp_path / "ut.csv")
    assert "The file declares values as missing" in str(told.value)


def test_a_table_that_has_been_scored_already_is_told_as_such(write, tmp_path):
    score_file(write(), "audit", tmp_path / "a.csv", **PEOPLE)
    with pytest.raises(InputError, match=r"names of results .*scored already") as told:
        score_file(tmp_path / "a.csv", "audit", tmp_path / "b.csv", **PEOPLE)
    assert len(told.value.faults) == 1


def test_a_column_that_is_kept_twice_is_written_once(write, tmp_path):
    score_file(write(), "audit", tmp_path / "ut.csv", keep=["id", "id"], **PEOPLE)
    assert read_table(tmp_path / "ut.csv").column_names == ["id", *RESULTS]


def test_half_floats_are_answers(tmp_path):
    halves = {name: pa.array([0.0, 2.0], pa.float16()) for name in ITEMS}
    pq.write_table(pa.table(halves), tmp_path / "in.parquet")
    score_file(tmp_path / "in.parquet", "audit", tmp_path / "ut.parquet")
    assert read_table(tmp_path / "ut.parquet")["audit_total_low"].to_pylist() == [0, 20]


@pytest.mark.parametrize("bands", [["foo"], ["all", "default"]])
def test_bands_of_sets_that_are_not_there_are_told_as_bands(write, tmp_path, bands):
    with pytest.raises(InputError, match=f"bands: found '{bands[0]}', expected default or all by"):
        score_file(write(), "audit", tmp_path / "ut.csv", bands=bands)


def test_a_column_by_the_name_of_a_result_is_refused(write, tmp_path):
    path = write(FRAME.assign(audit_state="x"))
    with pytest.raises(InputError, match="found a column 'audit_state', expected none by the name"):
        score_file(path, "audit", tmp_path / "ut.csv")


def test_a_file_that_turns_out_to_be_damaged_leaves_nothing(write, tmp_path):
    path = write(pd.concat([FRAME] * 3000), "in.parquet")
    data = bytearray(path.read_bytes())
    data[300] ^= 255
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="the file is damaged or not whole"):
        score_file(path, "audit", tmp_path / "ut.parquet", **PEOPLE)
    assert [p.name for p in tmp_path.iterdir()] == ["in.parquet"]


# Recode maps


SHIFT = {n + 1: n for n in range(5)}
MAP: dict[str, Any] = {
    "instrument": "audit",
    "columns": [
        {
            "column": name,
            "item": str(n),
            "values": SHIFT if n < 9 else {1: 0, 3: 2, 5: 4},
            "missing": [99],
        }
        for n, name in enumerate(ITEMS, start=1)
    ],
    "sex": {"column": "kön", "values": {"M": "male", "K": "female"}},
    "age": {"column": "ålder"},
}
CODED = FRAME.assign(
    **{name: (FRAME[name] + 1).fillna(99) for name in ITEMS},
    kön=["M", "K", None, None, None, "K"],
)
AS_MAPPED = FRAME.assign(kön=["male", "female", None, None, None, "female"])


def test_a_table_is_recoded_part_by_part_before_it_is_scored(write, tmp_path):
    path = write(CODED)
    found = score_file(path, "audit", tmp_path / "ut.parquet", mapping=MAP)
    expected = tables.score(AS_MAPPED, "audit", **PEOPLE)[RESULTS]
    assert texts(results_of(tmp_path / "ut.parquet")) == texts(expected)
    written = read_table(tmp_path / "ut.parquet")
    assert written.column_names == [*CODED.columns, "sex", "age", *RESULTS]
    assert written["audit_1"].to_pylist() == [row[0] for row in ANSWERS]
    assert found.recoded is not None
    assert found.recoded.columns[0].rows("missing") == 1


def test_a_value_that_the_map_does_not_name_is_told_of_the_whole_table(write, tmp_path):
    path = write(CODED.assign(audit_2=["7", "2", "x", "7", "1", "1"], kön=list("MKQKMK")))
    with pytest.raises(
        InputError, match=r"audit_2: found '7' .2., 'x' .1., expected one of"
    ) as raised:
        score_file(path, "audit", tmp_path / "ut.csv", mapping=MAP)
    assert "kön: found 'Q' (1)" in str(raised.value)
    assert not (tmp_path / "ut.csv").exists()


def test_an_illegal_value_is_told_as_it_stands_in_the_table(write, tmp_path):
    path = write(CODED.assign(audit_2=["7", "2", "x", "7", "1", "1"]))
    mapping = {**MAP, "unmapped": "illegal"}
    with pytest.raises(InputError, match=r"audit_2 .* found '7' \(2\), 'x' \(1\), expected one"):
        score_file(path, "audit", tmp_path / "ut.csv", mapping=mapping)
    found = score_file(path, "audit", tmp_path / "ut.csv", mapping=mapping, on_illegal="flag")
    assert found.tally.illegal == {"audit_2": {"'7'": 2, "'x'": 1}}


def test_only_the_results_of_a_recoded_table_can_be_written(write, tmp_path):
    score_file(write(CODED), "audit", tmp_path / "ut.csv", mapping=MAP, keep=["id"])
    assert read_table(tmp_path / "ut.csv").column_names == ["id", *RESULTS]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"items": "q{item}"}, "items: the recode map tells this"),
        ({"sex": "kön"}, "sex: the recode map tells this"),
        ({"age": "ålder"}, "age: the recode map tells this"),
    ],
)
def test_what_a_map_tells_is_told_there_alone(write, tmp_path, options, words):
    with pytest.raises(InputError, match=words):
        score_file(write(CODED), "audit", tmp_path / "ut.csv", mapping=MAP, **options)


def test_a_map_is_for_its_instrument(write, tmp_path):
    with pytest.raises(InputError, match="found a recode map for audit, expected one for dudit"):
        score_file(write(CODED), "dudit", tmp_path / "ut.csv", mapping=MAP)


# Who someone is


NUMBERS = ["19121212-1212", "191212121212", "1212121212", "121212-1212", "x", "y"]
"""A number that the Tax Agency gives as an example (191212121212), in several ways."""


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"id": NUMBERS}, "id: found personal numbers in 4 rows"),
        ({"number": [191212121212] * 6}, "number: found personal numbers in 6 rows"),
        ({"epost": ["a@example.se", *"bcdef"]}, "epost: found what looks like e-mail addresses"),
        ({"kommentar": ["ring 070-174 06 05"] * 6}, "kommentar: found what looks like telephone"),
        ({"Personnummer": [None] * 6}, "Personnummer: found a column by the name of what tells"),
        ({"Efternamn": ["x"] * 6}, "Efternamn: found"),
    ],
)
def test_columns_that_tell_who_someone_is_are_refused_by_name(write, tmp_path, columns, words):
    path = write(FRAME.assign(**columns))
    with pytest.raises(PrivacyError, match=words) as raised:
        score_file(path, "audit", tmp_path / "ut.csv", **PEOPLE)
    assert "1212" not in str(raised.value)
    assert not (tmp_path / "ut.csv").exists()
    score_file(path, "audit", tmp_path / "ut.csv", keep=[], **PEOPLE)


def test_what_only_resembles_that_may_be_looked_at_and_a_personal_number_may_not(write, tmp_path):
    path = write(FRAME.assign(ort=["a@example.se", *"bcdef"], namn="x"))
    score_file(path, "audit", tmp_path / "ut.csv", reviewed=True, **PEOPLE)
    path = write(FRAME.assign(id=NUMBERS))
    with pytest.raises(PrivacyError, match="id: found personal numbers"):
        score_file(path, "audit", tmp_path / "ut.csv", reviewed=True, **PEOPLE)


def test_long_numbers_drawn_at_random_are_no_personal_numbers(write, tmp_path):
    import numpy as np

    draw = np.random.default_rng(1)
    frame = pd.concat([FRAME] * 500).assign(number=draw.integers(10**9, 10**10, 3000))
    score_file(write(frame), "audit", tmp_path / "ut.csv", **PEOPLE)


def test_an_engine_that_is_not_known_is_refused(write, tmp_path):
    with pytest.raises(InputError, match="engine: found 'sql', expected one of these: auto, arrow"):
        score_file(write(), "audit", tmp_path / "ut.csv", engine="sql")  # type: ignore[arg-type]
    assert streaming.ENGINES[0] == "auto"
