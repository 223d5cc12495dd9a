"""What is wrong with a table in a file, told with what its reader needs to put it right."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message
from riskbehov.tables.files.sources import Source
from riskbehov.tables.frames.bridge import require_columns

_MOST = 40
"""Columns that are named."""


def require_there(source: Source, *wanted: Iterable[str], day: object = None) -> None:
    """Raise :class:`InputError` for columns that are not in a table, telling which are.

    ``day`` is the name that could have been a day as well.
    """
    is_day = isinstance(day, str) and day not in source.schema.names
    asked = [[name for name in names if not (is_day and name == day)] for names in wanted]
    faults = [fault for names in asked for fault in _not_there(source, names)]
    if is_day:
        faults.append(_no_day(str(day)))
    if faults:
        raise noted(InputError([*faults, _held(source)]), source)


def _not_there(source: Source, names: Iterable[str]) -> Iterator[Fault]:
    try:
        require_columns(source.schema.names, list(dict.fromkeys(names)))
    except InputError as error:
        yield from (replace(fault, where=str(source.path)) for fault in error.faults)


def noted(error: InputError, source: Source) -> InputError:
    """Return an error with what is to be known of how its table was read, which may be why."""
    notes = [Fault(note, str(source.path)) for note in source.notes]
    return type(error)([*error.faults, *notes])


def _held(source: Source) -> Fault:
    """Return which columns there are, and how to tell which are meant."""
    names = source.schema.names
    if source.kind == "csv" and len(names) == 1:
        said = message(
            "found one column only, {name!r}; say with --delimiter what divides the columns, or"
            " take away what stands above their names",
            name=names[0],
        )
    else:
        said = message(
            "found the columns {names}; name those that are meant (--items, --sex, --age,"
            " --birth-date, --date), or in a recode map, which riskbehov profile drafts",
            names=", ".join(map(repr, names[:_MOST])) + (", …" if len(names) > _MOST else ""),
        )
    return Fault(said, str(source.path))


def _no_day(found: str) -> Fault:
    said = message(
        "found {found!r}, expected a column, or a day such as 2026-03-01 for all rows", found=found
    )
    return Fault(said, "--date")
