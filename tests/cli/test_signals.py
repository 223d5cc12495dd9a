"""Signals that end a command, in processes of their own: nothing half written is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")

SLOW = """
import signal
import sys
import time
from riskbehov import cli
from riskbehov.tables.files.writing.text import TextSink

def slowly(self, table):
    print("at work", flush=True)
    time.sleep(60)

TextSink.write = slowly
if "ignored" in sys.argv:
    sys.argv.remove("ignored")
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    TextSink.write = lambda self, table: (print("at work", flush=True), time.sleep(1))
cli.main()
"""
MAP = """\
instrument: audit
columns: [{column: q1, item: "1"}]
confirmed: true
"""
COMMANDS = {
    "recode": ("recode", "karta.yaml", "in.csv", "-o", "ut.csv", "--report", "rapport.txt"),
    "recommend": (
        "recommend", "adult", "in.csv", "-o", "ut.csv", "--report", "rapport.txt",
        "--purpose", "Beskriva behov i ett register",
    ),
}  # fmt: skip


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a command that takes long to write; return it once it does."""
    (folder / "karta.yaml").write_text(MAP, "utf-8")
    (folder / "in.csv").write_text("q1;age;date\n1;30;2026-01-01\n", "utf-8")
    running = subprocess.Popen(
        [sys.executable, "-c", SLOW, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "at work\n"
    return running


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_command_that_is_ended_leaves_neither_its_table_nor_its_report(
    tmp_path, command, number, status
):
    with started(tmp_path, *COMMANDS[command]) as running:
        time.sleep(0.1)
        running.send_signal(number)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (status, "")
    assert "Traceback" not in err
    assert {path.name for path in tmp_path.iterdir()} == {"in.csv", "karta.yaml"}


def test_a_signal_that_somebody_has_turned_off_ends_nothing(tmp_path):
    with started(tmp_path, *COMMANDS["recode"], "ignored") as running:
        running.send_signal(signal.SIGHUP)
        running.communicate(timeout=60)
    assert running.returncode == 0
    assert (tmp_path / "ut.csv").exists()
