"""``riskbehov score INSTRUMENT TABLE -o OUT``: tables, options, and runs that are cut off."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from riskbehov.tables.files.opening import read_table

ITEMS = [f"audit_{n}" for n in range(1, 11)]
HEAD = ["id", *ITEMS, "kön", "ålder"]
ROWS = [
    ["007", *"2100000002", "male", "34"],
    [" 8", *"3210001000", "female", "34"],
    ["9007199254740993", "", "", "", "", "", "", "", "", "", "", "", ""],
]
PEOPLE = ("--sex", "kön", "--age", "ålder")


@pytest.fixture
def table(tmp_path):
    """Write a table as Swedish Excel does: semicolons, CRLF, and an older encoding."""

    def write(rows=ROWS, head=HEAD, name="in.csv"):
        text = "".join(";".join(row) + "\r\n" for row in [head, *rows])
        (tmp_path / name).write_bytes(text.encode("cp1252"))
        return name

    return write


def test_a_table_is_scored_into_another(run, table):
    ran = run("score", "audit", table(), "-o", "ut.csv", *PEOPLE, "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    found = read_table("ut.csv")
    assert found["id"].to_pylist() == ["007", " 8", "9007199254740993"]
    assert found["audit_total_low"].to_pylist() == ["5", "7", None]
    assert found["audit_state"].to_pylist() == ["certain", "certain", "omitted"]
    assert found["audit_se_sex_specific_low"].to_pylist() == ["I", "II", None]  # women 6-13


def test_the_summary_tells_how_the_table_was_read(run, table):
    found = run("score", "audit", table(), "-o", "ut.csv", *PEOPLE, "--format", "json").json
    assert found["input"] == {
        "path": "in.csv",
        "format": "csv",
        "files": 1,
        "rows": 3,
        "encoding": "Windows-1252",
        "delimiter": ";",
        "sheet": None,
    }
    assert (found["output"]["path"], found["output"]["rows"]) == ("ut.csv", 3)
    assert found["output"]["results"][0] == "audit_state"
    assert found["states"] == {"certain": 2, "provisional": 0, "omitted": 1, "invalid": 0}
    assert (found["sex"], found["age"], found["birth_date"]) == ("kön", "ålder", None)
    assert found["items"]["10"] == "audit_10"
    assert (found["missing"], found["on_illegal"]) == ("interval", "refuse")
    assert (found["illegal"], found["recoded"]) == ([], None)
    assert "Windows-1252" in found["notes"][0]


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_summary_can_be_read(run, table, lang, form):
    ran = run("score", "audit", table(), "-o", "ut.csv", *PEOPLE, "--format", form, "--lang", lang)
    assert ran.status == 0
    assert "Windows-1252" in ran.out
    assert "AUDIT" in ran.out
    if form == "text":
        assert max(map(len, ran.out.splitlines())) <= 80


def test_a_value_that_cannot_be_stops_all_and_is_told_with_its_count(run, table, tmp_path):
    rows = [[*row[:3], "99", *row[4:11], "kvinna", "34"] for row in ROWS[:2]]
    ran = run("score", "audit", table(rows), "-o", "ut.csv", *PEOPLE, "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert "audit_3 (audit: item 3): found '99' (2), expected one of the codes" in ran.err
    assert "kön: found 'kvinna' (2), expected male, female" in ran.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv"]


@pytest.mark.parametrize(("choice", "written"), [("flag", 3), ("drop", 2)])
def test_rows_that_cannot_be_may_be_flagged_or_dropped(run, table, choice, written):
    rows = [*ROWS, ["x", "777", *[""] * 11]]
    ran = run(
        "score", "audit", table(rows[1:]), "-o", "ut.csv", "--on-illegal", choice, "-f", "json"
    )
    assert ran.json["states"]["invalid"] == 1
    assert ran.json["output"]["rows"] == written
    assert ran.json["illegal"] == [{"column": "audit_1", "values": [{"value": "'777'", "rows": 1}]}]
    assert len(read_table("ut.csv")) == written


def test_items_are_found_by_a_pattern(run, table):
    head = ["id", *(f"q{n}" for n in range(1, 11)), "kön", "ålder"]
    assert run("score", "audit", table(head=head), "-o", "ut.csv", "--items", "q{item}").status == 0
    assert read_table("ut.csv")["audit_total_high"].to_pylist() == ["5", "7", None]


@pytest.mark.parametrize("day", ["2026-06-01", "dag"])
def test_the_age_is_worked_out_from_birth_and_day(run, table, day):
    rows = [[*row[:12], "2009-06-02", "2026-06-01"] for row in ROWS[:1]]
    head = [*HEAD[:12], "född", "dag"]
    options = ("--birth-date", "född", "--date", day, "--sex", "kön")
    ran = run("score", "audit", table(rows, head), "-o", "ut.csv", *options, "-f", "json")
    assert ran.status == 0
    assert ran.json["date"] == day
    assert read_table("ut.csv")["audit_set"].to_pylist() == [None]  # 16 years: no limits


def test_the_day_may_be_told_as_for_one_form(run, table):
    ran = run("score", "audit", table(), "-o", "ut.csv", "--as-of", "2001-01-01", "-f", "json")
    assert ran.json["date"] == "2001-01-01"
    both = ("--as-of", "2001-01-01", "--date", "2001-01-01")
    assert "--date" in run("score", "audit", table(), "-o", "ut.csv", *both).err


def test_bands_cutoffs_missing_and_form_go_on_to_the_scores(run, table):
    rows = [["a", *"210000000", "", "male", "34"]]
    options = ("--bands", "all", "--missing", "prorate", "--max-missing", 2, "--form", "paper")
    ran = run("score", "audit", table(rows), "-o", "ut.csv", *options, *PEOPLE)
    assert ran.status == 0
    found = read_table("ut.csv")
    assert found["audit_total_prorated"].to_pylist() == ["3,3333333333333335"]
    assert {"audit_who_2001_low", "audit_se_fohm_low"} <= set(found.column_names)
    fewer = ("--bands", "who-2001", "--cutoffs", "se-fohm", "--missing", "strict")
    assert run("score", "audit", table(rows), "-o", "ut.csv", *fewer).status == 0
    found = read_table("ut.csv")
    assert {"audit_who_2001_low", "audit_se_fohm_low"} <= set(found.column_names)
    assert "audit_se_sex_specific_low" not in found.column_names
    assert found["audit_total_low"].to_pylist() == [None]


def test_a_row_that_is_omitted_for_one_missing_answer_is_told_as_such(run, table):
    rows = [["a", *"210000000", "", "male", "34"]]
    given = ("score", "audit", table(rows), "-o", "ut.csv", "--missing", "strict", "--lang", "en")
    ran = run(*given)
    assert "omitted: at least one answer is missing" in ran.out
    assert "omitted: no answers" not in ran.out
    assert run(*given, "-f", "json").json["states"]["omitted"] == 1


def test_only_the_results_and_the_columns_that_are_kept_are_written(run, table):
    run("score", "audit", table(), "-o", "ut.csv", "--keep", "id", "--keep", "kön")
    assert read_table("ut.csv").column_names[:3] == ["id", "kön", "audit_state"]
    run("score", "audit", table(), "-o", "ut.csv", "--only-results")
    assert read_table("ut.csv").column_names[0] == "audit_state"


def test_how_a_file_is_written_may_be_said(run, tmp_path):
    text = "\n".join(",".join(cells) for cells in [HEAD, *ROWS])
    (tmp_path / "in.txt").write_bytes(text.encode("utf-16-le"))
    told = ("--encoding", "utf-16", "--delimiter", ",")
    ran = run("score", "audit", "in.txt", "-o", "ut.csv", *told, "-f", "json")
    assert ran.json["input"]["encoding"] == "UTF-16-LE"
    assert (tmp_path / "ut.csv").read_bytes().startswith("\ufeffid,audit_1".encode())


def test_a_delimiter_goes_for_what_is_written_where_what_is_read_has_none(run, table, tmp_path):
    run("score", "audit", table(), "-o", "a.parquet")
    again = ("score", "audit", "a.parquet", "--keep", "id", "--delimiter", "tab")
    assert run(*again, "-o", "b.csv").status == 0
    assert (tmp_path / "b.csv").read_bytes().startswith("\ufeffid\taudit_state\t".encode())
    refused = run(*again, "-o", "b.xlsx")
    assert (refused.status, "--delimiter" in refused.err) == (2, True)


def test_results_that_are_there_already_are_not_written_beside_themselves(run, table):
    run("score", "audit", table(), "-o", "a.parquet")
    ran = run("score", "audit", "a.parquet", "-o", "b.parquet")
    assert ran.status == 2
    assert "'audit_state'" in ran.err


def test_a_recode_map_is_gone_by(run, table, tmp_path):
    columns = "".join(
        f"  - {{column: Q{n}, item: '{n}', values: "
        + ("{1: 0, 3: 2, 5: 4}" if n > 8 else "{1: 0, 2: 1, 3: 2, 4: 3, 5: 4}")
        + "}\n"
        for n in range(1, 11)
    )
    (tmp_path / "karta.yaml").write_text(
        f"instrument: audit\ncolumns:\n{columns}sex: {{column: kön, values: {{M: male}}}}\n"
        "missing: [99]\nconfirmed: true\n",
        encoding="utf-8",
    )
    head = ["id", *(f"Q{n}" for n in range(1, 11)), "kön", "ålder"]
    rows = [["a", *"32111111", "99", "3", "M", "34"]]
    ran = run(
        *("score", "audit", table(rows, head), "-o", "ut.csv"),
        *("--map", "karta.yaml", "--age", "ålder", "-f", "json"),
    )
    assert ran.status == 0, ran.err
    assert ran.json["recoded"]["columns"][8]["missing"] == 1
    assert read_table("ut.csv")["audit_total_low"].to_pylist() == ["5"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("score", "audit"), ["--answers"]),
        (("score", "audit", "in.csv", "--answers", "1=2"), ["--answers"]),
        (("score", "audit", "in.csv"), ["--output", "-o"]),
        (("score", "audit", "in.csv", "-o", "-"), ["--output"]),
        (("score", "audit", "--answers", "1=2", "--date", "2026-01-01"), ["--date"]),
        (
            ("score", "audit", "--answers", "1=2", "--map", "m", "--sheet", "x"),
            ["--map", "--sheet"],
        ),
        (("score", "audit", "--answers", "1=2", "--age", "ålder"), ["--age", "'ålder'"]),
        (("score", "audit", "in.csv", "-o", "in.csv"), ["in.csv"]),
        (("score", "audit", "in.csv", "-o", "ut.doc"), ["ut.doc", ".csv"]),
        (("score", "audit", "nix.csv", "-o", "ut.csv"), ["nix.csv"]),
        (("score", "audit", "in.csv", "-o", "ut.csv", "--sex", "kon"), ["'kon'", "'kön'"]),
        (("score", "audit", "in.csv", "-o", "ut.csv", "--sheet", "x"), ["--sheet"]),
        (("score", "audit", "in.csv", "-o", "ut.csv", "--encoding", "x"), ["--encoding"]),
        (("score", "audit", "in.csv", "-o", "ut.csv", "--max-missing", "2"), ["max_missing"]),
        (("score", "audit", "in.csv", "-o", "ut.csv", "--birth-date", "id"), ["date"]),
        (("score", "audit", "in.csv", "-o", "ut.csv", "--on-illegal", "x"), ["--on-illegal"]),
        (("score", "audit", "in.csv", "-o", "ut.csv", "--bands", "se-fhm"), ["se-fohm"]),
        (("score", "audit", "in.csv", "-o", "ut.csv", "--items", "q{item}"), ["'q1'", "'q10'"]),
    ],
)
def test_a_call_that_cannot_be_carried_out_is_told_and_writes_nothing(
    run, table, tmp_path, arguments, words
):
    table()
    before = (tmp_path / "in.csv").read_bytes()
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"in.csv": before}


def test_personal_numbers_stop_all_and_are_not_shown(run, table, tmp_path):
    rows = [["191212121212", *row[1:]] for row in ROWS]  # the Tax Agency's example
    ran = run("score", "audit", table(rows), "-o", "ut.csv", "--free-text-reviewed")
    assert ran.status == 2
    assert "id:" in ran.err
    assert "1212" not in ran.err
    assert not (tmp_path / "ut.csv").exists()
    head = ["e-post", *HEAD[1:]]
    assert run("score", "audit", table(head=head), "-o", "ut.csv").status == 2
    assert run("score", "audit", table(head=head), "-o", "ut.csv", "--only-results").status == 0
    reviewed = run("score", "audit", table(head=head), "-o", "ut.csv", "--free-text-reviewed")
    assert reviewed.status == 0


# Runs that are cut off, in processes of their own

SLOW = """
import time
from riskbehov import cli
from riskbehov.tables.files.reading import delimited
rows, calls = delimited._read, []
def slowly(*args):
    calls.append(args)
    for batch in rows(*args):
        for row in range(len(batch)):
            yield batch.slice(row, 1)
            time.sleep(0.05 if len(calls) > 1 else 0)  # once the first rows have been looked at
delimited._read = slowly
cli.main()
"""


@contextmanager
def started(folder: Path, *, stderr: int = subprocess.PIPE) -> Iterator[subprocess.Popen[bytes]]:
    """Score a table slowly, in a process of its own."""
    arguments = ["score", "audit", "in.csv", "-o", "ut.parquet", "--sex", "kön", "--age", "ålder"]
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", "TERM": "xterm", "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=stderr,
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def wait_for_the_neighbour(folder: Path) -> None:
    """Wait until the file that will take the name of the result is there."""
    until = time.monotonic() + 60
    while not list(folder.glob(".ut.parquet.*")):
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_run_that_is_cut_off_leaves_nothing(table, tmp_path, number, status):
    table(ROWS * 1000)
    (tmp_path / "ut.parquet").write_text("before")
    with started(tmp_path) as running:
        wait_for_the_neighbour(tmp_path)
        time.sleep(0.3)
        running.send_signal(number)
        out, err = running.communicate(timeout=60)
    assert running.returncode == status
    assert b"Traceback" not in err
    assert out == b""
    assert {p.name for p in tmp_path.iterdir()} == {"in.csv", "ut.parquet"}
    assert (tmp_path / "ut.parquet").read_text() == "before"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
def test_a_terminal_shows_how_far_one_has_come_and_a_pipe_does_not(table, tmp_path):
    table(ROWS * 10)
    ours, theirs = os.openpty()
    with started(tmp_path, stderr=theirs) as running:
        os.close(theirs)
        shown = b"".join(pieces(ours))
        running.communicate(timeout=60)
    assert running.returncode == 0
    assert b"/30" in shown
    assert b"rader/s" in shown
    assert b"rows/s" not in shown
    with started(tmp_path) as running:
        assert running.communicate(timeout=60)[1] == b""


def pieces(terminal: int) -> Iterator[bytes]:
    """Yield what is shown on a terminal until nobody is left to show anything."""
    with suppress(OSError), os.fdopen(terminal, "rb", buffering=0) as file:
        while piece := file.read(4096):
            yield piece
