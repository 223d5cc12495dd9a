"""Data from outside: an installed package offers a folder by the entry-point group."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from riskbehov.errors import DataError, InputError
from riskbehov.library import Library
from riskbehov.scaffold import new_instrument


@pytest.fixture
def offered(tmp_path: Path) -> Path:
    """Return a folder of installed packages with one that offers an instrument."""
    site = tmp_path / "site"
    package = site / "extra_instruments"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(
        "from pathlib import Path\n\n\ndef data():\n    return Path(__file__).parent\n"
    )
    new_instrument("trygghet", package)
    info = site / "extra_instruments-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: extra-instruments\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[riskbehov.data]\nextra = extra_instruments:data\n")
    return site


def test_an_installed_package_brings_its_instrument(offered):
    run = subprocess.run(
        [sys.executable, "-m", "riskbehov", "score", "trygghet", "--answers", "2,2", "--age", "30",
         "--format", "json"],
        env={**os.environ, "PYTHONPATH": str(offered)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert '"default_bands": "trygghet-manual"' in run.stdout


def test_folders_named_in_the_environment_are_read(tmp_path, monkeypatch):
    new_instrument("trygghet", tmp_path)
    monkeypatch.setenv("RISKBEHOV_DATA", str(tmp_path))
    assert "trygghet" in Library.open().instrument_ids


def test_a_folder_without_data_is_refused(tmp_path):
    with pytest.raises(InputError, match="expected a folder with instruments/ or assessments/"):
        Library.open(tmp_path)


def test_an_instrument_that_is_defined_twice_is_refused(tmp_path):
    for name in ("one", "two"):
        new_instrument("trygghet", tmp_path / name)
    library = Library.open(tmp_path / "one", tmp_path / "two")
    with pytest.raises(DataError, match="also defined in"):
        library.instrument("trygghet")


def test_a_source_that_is_registered_twice_is_refused(tmp_path):
    for name in ("one", "two"):
        new_instrument("trygghet", tmp_path / name)
    with pytest.raises(DataError, match="'trygghet-manual' stands twice"):
        _ = Library.open(tmp_path / "one", tmp_path / "two").sources


def test_an_instrument_in_a_folder_of_another_name_is_refused(tmp_path):
    new_instrument("trygghet", tmp_path)
    (tmp_path / "instruments" / "trygghet").rename(tmp_path / "instruments" / "oro")
    with pytest.raises(DataError, match="found 'trygghet', expected 'oro'"):
        Library.open(tmp_path).instrument("oro")


def test_the_same_content_has_the_same_hash_whatever_the_layout(tmp_path):
    new_instrument("trygghet", tmp_path)
    before = Library.open(tmp_path)
    path = tmp_path / "instruments" / "trygghet" / "instrument.yaml"
    logical = "instruments/trygghet/instrument.yaml"
    first = before.digest(logical)
    path.write_text("# a comment\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert Library.open(tmp_path).digest(logical) == first
    path.write_text(
        path.read_text(encoding="utf-8").replace('version: "1"', 'version: "2"'), encoding="utf-8"
    )
    assert Library.open(tmp_path).digest(logical) != first
