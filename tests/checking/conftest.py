"""A small library in which nothing is wrong, to be copied and broken in one place."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from riskbehov import yamlfile
from riskbehov.checking import Report, check
from riskbehov.checking.shelf import Shelf, read_shelf
from riskbehov.library import Library

SOUND = Path(__file__).parent / "library"
TODAY = dt.date(2026, 2, 1)

Edit = Callable[[Any], None]


class _WithoutAliases(yaml.SafeDumper):
    """Writes a value that stands in two places twice."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


class SmallLibrary:
    """A copy of the sound library that a test may change."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def open(self) -> Library:
        """Return the library of these files alone, without the toolkit's own."""
        found = sorted(self.root.rglob("*.yaml"))
        return Library({p.relative_to(self.root).as_posix(): (p,) for p in found}, {})

    def shelf(self, stale: dt.timedelta | None = None) -> Shelf:
        return read_shelf(self.open(), today=TODAY, stale=stale)

    def shelf_of(self, library: Library) -> Shelf:
        return read_shelf(library, today=TODAY)

    def check(self) -> Report:
        return check(self.open(), today=TODAY)

    def edit(self, file: str, change: Edit) -> None:
        """Change the plain values of a file."""
        path = self.root / file
        values = yamlfile.parse(path)
        change(values)
        text = yaml.dump(values, Dumper=_WithoutAliases, allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")

    def put(self, file: str, place: str, value: object) -> None:
        """Set what stands at ``a.b.0`` of a file; ``...`` takes it out."""
        *way, last = [int(step) if step.isdigit() else step for step in place.split(".")]

        def change(values: Any) -> None:
            for step in way:
                values = values[step]
            if value is ...:
                del values[last]
            elif isinstance(values, list) and last == len(values):
                values.append(value)
            else:
                values[last] = value

        self.edit(file, change)


@pytest.fixture
def small(tmp_path: Path) -> SmallLibrary:
    shutil.copytree(SOUND, tmp_path / "library")
    return SmallLibrary(tmp_path / "library")
