"""Where data files are found: in the package, and in the folders of others."""

import os
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message

ENVIRONMENT = "RISKBEHOV_DATA"
ENTRY_POINTS = "riskbehov.data"
_PATTERNS = (
    "instruments/sources.yaml",
    "instruments/*/*.yaml",
    "assessments/*.yaml",
    "assessments/*/*.yaml",
    "assessments/*/*/*.yaml",
)


def data_roots(extra: Iterable[str | os.PathLike[str]] = ()) -> tuple[Path, ...]:
    """Return the folders that hold data files: our own, offered by packages, named by the caller.

    Raises :class:`InputError` for a named folder that is missing or holds no data folder.
    """
    named = [*filter(None, os.environ.get(ENVIRONMENT, "").split(os.pathsep)), *extra]
    roots = [_own_root(), *_offered_roots(), *(_named_root(Path(name)) for name in named)]
    return tuple(dict.fromkeys(root.resolve() for root in roots))


def _own_root() -> Path:
    packaged = Path(__file__).parents[1] / "_data"
    return packaged if packaged.is_dir() else Path(__file__).parents[3]


def _offered_roots() -> Iterator[Path]:
    for entry in metadata.entry_points(group=ENTRY_POINTS):
        offered = entry.load()
        yield _named_root(Path(offered() if callable(offered) else offered))


def _named_root(folder: Path) -> Path:
    if not any((folder / name).is_dir() for name in ("instruments", "assessments")):
        raise InputError(
            Fault(
                message(
                    "found no data here, expected a folder with instruments/ or assessments/ in it"
                ),
                str(folder),
            )
        )
    return folder


def data_files(root: Path) -> Iterator[Path]:
    """Yield the data files of a folder."""
    for pattern in _PATTERNS:
        yield from root.glob(pattern)
