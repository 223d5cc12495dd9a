"""A command line that tests call as a person does, without starting a process."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from riskbehov import cli


@dataclass
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Ran]:
    """Run ``riskbehov`` with some arguments, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(os.environ, "COLUMNS", "80")

    def call(*arguments: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["riskbehov", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return call


@pytest.fixture
def case_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a case file: a sound one, with some lines changed or added."""

    def write(extra: str = "", **changed: str) -> Path:
        lines = {
            "case": "fiktiv-prov",
            "fictional": "true",
            "date": "2026-06-01",
            "person": "{age: 34, sex: female}",
            **changed,
        }
        path = tmp_path / "arende.yaml"
        text = "".join(f"{key}: {value}\n" for key, value in lines.items())
        path.write_text(text + extra, encoding="utf-8")
        return path

    return write
