"""``riskbehov simulate`` as a person meets it."""

import csv
import io
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from riskbehov.simulation.design import Design

AUDIT = ("simulate", "audit", "--random-state", "1", "--lang", "en")


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_rows_are_written_to_the_terminal_and_what_they_are_beside_them(run):
    ran = run(*AUDIT, "-n", "5")
    assert ran.status == 0
    rows = rows_of(ran.out)
    assert len(rows) == 5
    assert {row["simulated"] for row in rows} == {"true"}
    assert "true_severity_audit" in rows[0]
    assert "They are about nobody" in ran.err
    assert "Women and girls: 11 per cent have at least 6 points." in ran.err
    assert "(read only in another document" in ran.err


def test_what_is_invented_is_said_to_be(run):
    ran = run("simulate", "rbm8", "-n", "1", "--random-state", "1", "--lang", "en")
    assert "everything is invented" in ran.err
    assert "the toolkit's own structure, not validated (docs/metod.md, Simulerade" in ran.err


def test_what_was_asked_for_is_told(run):
    mar = ("--missing", "mar", "--missing-rate", "0.05", "--missing-on", "age")
    ran = run(
        *("simulate", "adult", "-n", "3", "--random-state", "7", "--lang", "en"),
        *(*mar, "--fault", "code-99=0.01", "--population", "prison-intake"),
    )
    assert ran.status == 0
    assert "5 per cent of the answers, depending on age (MAR)" in ran.err
    assert "code-99 1 %" in ran.err
    assert "Invented men in prison" in ran.err
    assert "Invented relapse" in ran.err
    assert "Random state" in ran.err


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_truth_may_have_a_file_of_its_own(run, tmp_path, form):
    data, truth = tmp_path / f"simulerad.{form}", tmp_path / "sanning.parquet"
    ran = run(*AUDIT, "-n", "300", "-o", data, "--truth", truth)
    assert (ran.status, ran.out) == (0, "")
    held = pq.read_table(truth).to_pylist()
    assert len(held) == 300
    if form == "csv":
        rows = rows_of(data.read_text("utf-8"))
    else:
        rows = [{k: str(v) for k, v in row.items()} for row in pq.read_table(data).to_pylist()]
    assert not [name for name in rows[0] if name.startswith("true_")]
    for row, true in zip(rows, held, strict=True):
        assert row["person"] == str(true["person"])
        assert row["audit_3"] == str(true["true_audit_3"])
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([data.name, truth.name])


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(run, tmp_path):
    found = []
    for seed in ("1", "1", "2"):
        run("simulate", "audit", "-n", "2000", "--random-state", seed, "-o", tmp_path / "a.csv")
        found.append((tmp_path / "a.csv").read_bytes())
    assert found[0] == found[1] != found[2]


def test_minus_stands_for_the_terminal(run):
    assert run(*AUDIT, "-n", "2", "-o", "-").out == run(*AUDIT, "-n", "2").out


def test_no_rows_give_the_first_line(run):
    assert run(*AUDIT, "-n", "0").out.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("audti",), "no instrument or assessment has the id 'audti' - did you mean 'audit'?"),
        (("ls-cmi",), "'ls-cmi' is a method whose result is recorded: its items are not here"),
        (("audit", "--population", "clients"), "found 'clients', expected a population of audit"),
        (("audit", "-n", "-1"), "n: found -1, expected a whole number from 0"),
        (("audit", "--random-state", "-1"), "random_state: found -1, expected a whole number"),
        (("audit", "-n", "many"), "--rows: found 'many', expected a whole number"),
        (("audit", "--missing", "mcar"), "missing_rate: found -, expected a share from 0 to 1"),
        (("audit", "--missing", "mnr"), "missing: found 'mnr', expected a mechanism"),
        (("audit", "--fault", "text"), "--fault: found 'text', expected a kind and a share"),
        (("audit", "--fault", "text=1 %"), "--fault: found 'text=1 %', expected a kind and a"),
        (("audit", "--fault", "text=nan"), "faults: text: found nan, expected a share from 0"),
        (("audit", "--fault", "txt=0.1"), "faults: found 'txt', expected a kind of fault"),
        (
            ("audit", "--fault", "text=0.1", "--fault", "text=0.2"),
            "--fault: found 'text' twice, expected once",
        ),
        (("dudit", "--skips"), "skips: no form of 'dudit' has skips; leave it out"),
        (("audit", "-o", "a.sav"), "a.sav: found the ending '.sav', expected .csv, .parquet"),
        (("audit", "--truth", "a.txt"), "a.txt: found the ending '.txt', expected .csv, .parquet"),
        (
            ("audit", "-o", "a.csv", "--truth", "a.csv"),
            "found one file for two results, expected one for each",
        ),
        (("audit", "-o", "no/a.csv"), "the file cannot be written (there is no such folder)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_is_refused_with_what_to_do(run, tmp_path, arguments, words):
    usual = ["-n", "3"] if "-n" not in arguments else []
    usual += ["--random-state", "1"] if "--random-state" not in arguments else []
    ran = run("simulate", *arguments, *usual, "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("missing", "named"), [("-n", "--rows"), ("--random-state",) * 2])
def test_how_many_and_from_which_seed_have_to_be_told(run, missing, named):
    given = {"-n": "3", "--random-state": "1"}
    del given[missing]
    ran = run("simulate", "audit", *(w for pair in given.items() for w in pair), "--lang", "en")
    assert ran.status == 2
    assert f"{named} is missing" in ran.err


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("before", [None, b"what was here"])
def test_a_run_that_is_interrupted_leaves_no_half_file(run, tmp_path, monkeypatch, form, before):
    whole = Design.block

    def interrupted(self, seed, number):
        if number == 5:
            raise KeyboardInterrupt
        return whole(self, seed, number)

    monkeypatch.setattr(Design, "block", interrupted)
    data, truth = tmp_path / f"a.{form}", tmp_path / f"b.{form}"
    if before:
        data.write_bytes(before)
    ran = run(*AUDIT, "-n", "500000", "-o", data, "--truth", truth)
    assert ran.status == 130
    assert [p.read_bytes() for p in tmp_path.iterdir()] == ([before] if before else [])


def test_on_a_terminal_it_tells_how_far_it_has_come(run, monkeypatch, tmp_path):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    ran = run(*AUDIT, "-n", "300000", "-o", tmp_path / "a.csv")
    assert "300000 of 300000 rows" in ran.err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    assert "of 300000 rows" not in run(*AUDIT, "-n", "300000", "-o", tmp_path / "a.csv").err


def test_csv_takes_neither_pandas_nor_pyarrow(tmp_path):
    code = (
        "import sys; sys.argv = ['riskbehov', 'simulate', 'adult', '-n', '5', '--random-state',"
        " '1', '-o', 'a.csv']\n"
        "from riskbehov import cli\n"
        "try: cli.main()\n"
        "except SystemExit as ended: assert not ended.code\n"
        "print({'pandas', 'pyarrow', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
    assert (tmp_path / "a.csv").exists()
