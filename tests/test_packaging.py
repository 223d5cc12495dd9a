"""The wheel and the sdist hold the same package and the same data as the checkout."""

import fnmatch
import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
DATA_FOLDERS = ("instruments", "assessments")

# One of each kind must be there, so that two empty lists are not taken for agreement.
KINDS_OF_DATA = [
    "instruments/*/instrument.yaml",
    "assessments/*/assessment.yaml",
    "assessments/rules/*.yaml",
]

LOOK = """
import importlib.metadata, json, sys
import riskbehov, riskbehov.library
[script] = importlib.metadata.entry_points(group="console_scripts", name="riskbehov")
print(json.dumps({
    "package": riskbehov.__file__,
    "path": sys.path,
    "roots": [str(root) for root in riskbehov.library.data_roots()],
    "has_command": callable(script.load()),
}))
"""


class Seen(NamedTuple):
    """What a Python process sees of riskbehov."""

    package: Path
    path: list[str]
    roots: list[Path]
    has_command: bool


def python(*arguments: str, cwd: Path, **environment: str) -> str:
    """Run Python in a folder of its own, without the variables that lead it to other data."""
    inherited = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "RISKBEHOV_DATA"}}
    run = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def look(*options: str, cwd: Path, **environment: str) -> Seen:
    found = json.loads(python(*options, "-c", LOOK, cwd=cwd, **environment))
    return Seen(
        Path(found["package"]).resolve(),
        found["path"],
        [Path(root).resolve() for root in found["roots"]],
        found["has_command"],
    )


def build(source: Path, out: Path, *formats: str) -> None:
    out.mkdir()
    options = ["--no-isolation", "--outdir", str(out), *formats]
    python("-m", "build", *options, str(source), cwd=out)


def install(wheel: Path, target: Path) -> Path:
    options = ["--quiet", "--no-deps", "--no-index", "--no-compile", "--target", str(target)]
    python("-m", "pip", "install", *options, str(wheel), cwd=wheel.parent)
    return target


def data_files(*roots: Path) -> list[str]:
    """Return the data files under the roots, each relative to its root."""
    return sorted(
        path.relative_to(root).as_posix()
        for root in roots
        for folder in DATA_FOLDERS
        for path in (root / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    )


def package_files(package: Path) -> list[str]:
    """Return the files of the package but the data and what Python writes beside them."""
    return sorted(
        relative.as_posix()
        for path in package.rglob("*")
        if path.is_file()
        and (relative := path.relative_to(package)).parts[0] != "_data"
        and "__pycache__" not in relative.parts
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A folder with the wheel and the sdist of the checkout."""
    out = tmp_path_factory.mktemp("built") / "dist"
    build(CHECKOUT, out, "--wheel", "--sdist")
    return out


@pytest.fixture(scope="module")
def wheel(built) -> Path:
    [wheel] = built.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def sdist(built) -> Path:
    [sdist] = built.glob("*.tar.gz")
    return sdist


@pytest.fixture(scope="module")
def wheel_of_sdist(sdist, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "source", filter="data")
    [source] = (folder / "source").iterdir()
    build(source, folder / "dist", "--wheel")
    [wheel] = (folder / "dist").glob("*.whl")
    return wheel


@pytest.fixture(scope="module", params=["wheel", "wheel_of_sdist"])
def installed(request, tmp_path_factory) -> Path:
    """A folder into which one of the wheels has been installed, and nothing else."""
    chosen = request.getfixturevalue(request.param)
    return install(chosen, tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="module")
def seen_installed(installed, tmp_path_factory) -> Seen:
    """What is seen with the installed wheel and our dependencies, away from the checkout.

    `-S` leaves out the `.pth` file that an editable install puts in the environment, so that the
    checkout cannot stand in for what the wheel lacks.
    """
    dependencies = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    path = os.pathsep.join([str(installed), *dependencies])
    return look("-S", cwd=tmp_path_factory.mktemp("elsewhere"), PYTHONPATH=path)


@pytest.mark.parametrize("pattern", KINDS_OF_DATA)
def test_the_checkout_has_every_kind_of_data(pattern):
    assert fnmatch.filter(data_files(CHECKOUT), pattern)


def test_the_package_that_is_tested_finds_the_data(tmp_path):
    seen = look(cwd=tmp_path)  # as a rule an editable install
    assert data_files(*seen.roots) == data_files(CHECKOUT)


def test_the_checkout_finds_its_own_data(tmp_path):
    seen = look(cwd=tmp_path, PYTHONPATH=str(CHECKOUT / "src"))
    assert seen.package.is_relative_to(CHECKOUT / "src")
    assert data_files(*seen.roots) == data_files(CHECKOUT)


def test_the_installed_package_is_not_the_checkout(installed, seen_installed):
    assert seen_installed.package.is_relative_to(installed)
    assert str(CHECKOUT / "src") not in seen_installed.path
    assert not any(root.is_relative_to(CHECKOUT) for root in seen_installed.roots)


def test_the_installed_package_finds_the_same_data_as_the_checkout(seen_installed):
    assert data_files(*seen_installed.roots) == data_files(CHECKOUT)


def test_the_installed_package_has_every_file_of_the_checkout(installed):
    there = package_files(installed / "riskbehov")
    assert there == package_files(CHECKOUT / "src" / "riskbehov")
    assert "py.typed" in there


def test_the_installed_package_has_its_command(seen_installed):
    assert seen_installed.has_command


def test_the_wheel_carries_the_licence(wheel):
    with zipfile.ZipFile(wheel) as archive:
        [licence] = fnmatch.filter(archive.namelist(), "*.dist-info/licenses/LICENSE")
        assert archive.read(licence) == (CHECKOUT / "LICENSE").read_bytes()


def test_the_sdist_carries_the_tests_and_what_runs_them(sdist):
    with tarfile.open(sdist) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    tests = {path.relative_to(CHECKOUT).as_posix() for path in CHECKOUT.glob("tests/**/*.py")}
    assert inside >= {"pyproject.toml", "LICENSE", "Makefile", "constraints.txt"} | tests
