"""A cohort as a file: what was made stands there, and says that it is made up."""

import csv
import io
import json
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.errors import InputError
from riskbehov.library import Library
from riskbehov.simulation import prepare
from riskbehov.simulation.about import NOTICE, about
from riskbehov.simulation.columns import Spec
from riskbehov.simulation.files import FORMS, csv_head, csv_rows, opened, require_form
from riskbehov.simulation.missingness import MISSING, Asked

LIBRARY = Library.open()
DIRTY = prepare(
    "adult",
    LIBRARY,
    missing=Asked("mcar", 0.1),
    faults={"text": 0.2, "code-99": 0.1, "sex-spelling": 0.2},
    skips=True,
)
CLEAN = prepare("audit", LIBRARY)
designs = pytest.mark.parametrize("made", [DIRTY, CLEAN], ids=["dirty", "clean"])


def written(folder: Path, form: str, made, n: int, *, size: int = 1 << 16) -> Path:
    path = folder / f"cohort{form}"
    specs = (*made.data, *made.whole_truth[2:])
    with ExitStack() as closing:
        put = opened(path, form, specs, about(made, n, random_state=3), closing)
        for block in made.blocks(n, random_state=3, size=size):
            put(block)
    return path


def as_text(spec: Spec, value) -> str:
    """Return a value as it must stand in a text, told in another way than the writer does."""
    match spec.kind:
        case "yes":
            return "true" if value else "false"
        case "real":
            return f"{value:.{spec.decimals}f}".replace("-0.000", "0.000")
        case "word":
            return "" if value == MISSING else spec.words[value]
        case "code":
            return "" if value == MISSING else str(value)
        case _:
            return str(value)


@designs
def test_csv_holds_every_value_as_it_is(made, tmp_path):
    n = 20_000
    path = written(tmp_path, ".csv", made, n)
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    specs = (*made.data, *made.whole_truth[2:])
    assert head == [spec.name for spec in specs]
    [block] = made.blocks(n, random_state=3)
    expected = zip(*([as_text(s, v) for v in block[s.name]] for s in specs), strict=True)
    assert [tuple(row) for row in rows] == list(expected)


@designs
def test_parquet_holds_every_value_as_it_is(made, tmp_path):
    n = 20_000
    table = pq.read_table(written(tmp_path, ".parquet", made, n))
    [block] = made.blocks(n, random_state=3)
    for spec in (*made.data, *made.whole_truth[2:]):
        found, values = table[spec.name].to_pylist(), block[spec.name].tolist()
        if spec.kind == "word":
            values = [None if v == MISSING else spec.words[v] for v in values]
        elif spec.kind == "code":
            values = [None if v == MISSING else v for v in values]
        assert found == values, spec.name


@pytest.mark.parametrize("form", FORMS)
@designs
def test_a_file_has_the_same_bytes_in_chunks_of_every_size_and_every_time(made, form, tmp_path):
    found = []
    for number, size in enumerate((1 << 16, 1 << 16, 7000)):
        folder = tmp_path / str(number)
        folder.mkdir()
        found.append(written(folder, form, made, 70_001, size=size).read_bytes())
    assert found[0] == found[1]
    if form == ".csv":
        assert found[0] == found[2]


@pytest.mark.parametrize("n", [0, 1])
@designs
def test_no_row_and_one_row_can_be_written(made, n, tmp_path):
    lines = written(tmp_path, ".csv", made, n).read_text("utf-8").splitlines()
    assert len(lines) == n + 1
    table = pq.read_table(written(tmp_path, ".parquet", made, n))
    assert (table.num_rows, table.num_columns) == (n, len(lines[0].split(",")))


def test_parquet_says_in_its_metadata_that_it_is_made_up_and_how(tmp_path):
    told = pq.read_schema(written(tmp_path, ".parquet", DIRTY, 10)).metadata
    assert told[b"riskbehov.simulated"] == b"true"
    assert told[b"riskbehov.notice"].decode() == NOTICE.msgid
    described = json.loads(told[b"riskbehov.simulation"])
    assert described["of"] == "adult"
    assert (described["rows"], described["random_state"]) == (10, 3)
    assert described["missing"] == {"mechanism": "mcar", "rate": 0.1, "on": None, "strength": None}
    assert described["faults"]["text"] == 0.2
    assert described["skips"] is True
    assert described["severity"]["rbm8"]["male"] == {"mean": 0.0, "spread": 1.0}
    assert described["outcome"]["log_odds"] == {"rbm8": 0.9, "dudit": 0.2}
    assert set(described["definitions"]) == set(DIRTY.hashes)
    assert described["numpy"] == np.__version__


def test_only_columns_with_gaps_may_be_empty_in_parquet(tmp_path):
    schema = pq.read_schema(written(tmp_path, ".parquet", DIRTY, 10))
    assert schema.field("audit_1").nullable
    assert not schema.field("true_audit_1").nullable
    assert not schema.field("simulated").nullable


@given(st.lists(st.integers(0, 2**32), min_size=1, max_size=30))
def test_whole_numbers_are_written_as_python_writes_them(numbers):
    spec = [Spec("n", "row")]
    text = csv_rows(spec, {"n": np.array(numbers, np.int64)}).decode()
    assert text == "".join(f"{n}\n" for n in numbers)


@given(st.lists(st.integers(-99_999, 99_999), min_size=1, max_size=30), st.integers(1, 4))
def test_numbers_with_decimals_are_written_with_as_many_and_read_back_the_same(numbers, decimals):
    values = np.array(numbers) / 10**decimals
    text = csv_rows([Spec("x", "real", (), decimals)], {"x": values}).decode()
    assert [float(line) for line in text.splitlines()] == values.tolist()
    assert all(len(line.partition(".")[2]) == decimals for line in text.splitlines())


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)


@given(st.lists(words, min_size=1, max_size=20, unique=True))
def test_words_of_every_kind_are_read_back_the_same(known):
    spec = Spec("a b", "word", tuple(known), has_gaps=True)
    values = np.array([*range(len(known)), MISSING], np.uint8)
    text = (
        csv_head([Spec("no", "code"), spec])
        + csv_rows([Spec("no", "code"), spec], {"no": values, "a b": values})
    ).decode()
    _head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert [row[1] for row in rows] == [*known, ""]


@pytest.mark.parametrize("name", ["a.xlsx", "a", "a.csv.gz", ".parquet"])
def test_another_ending_is_refused_with_those_that_can_be_written(name):
    with pytest.raises(InputError, match=r"found the ending .*, expected .csv, .parquet"):
        require_form(Path(name))


def test_an_ending_in_large_letters_is_taken():
    require_form(Path("A.CSV"))
    require_form(Path("A.Parquet"))


def test_parquet_without_pyarrow_is_refused_by_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(InputError, match=r"pip install 'riskbehov\[tables\]', or write CSV"):
        require_form(Path("a.parquet"))
    require_form(Path("a.csv"))
