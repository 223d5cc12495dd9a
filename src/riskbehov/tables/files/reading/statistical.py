"""Tables of SPSS and Stata: with the labels of columns and values, and missing values as values.

A value that the file declares missing is kept as it stands, so that nothing is lost and a recode
map can tell what it means; the reader is told of it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import Message, message
from riskbehov.tables.files.reading.cells import text_of
from riskbehov.tables.files.sources import (
    Labels,
    Source,
    damaged,
    require_names,
    unreadable,
)
from riskbehov.tables.frames.bridge import require

if TYPE_CHECKING:
    import pyarrow as pa

Meta: TypeAlias = Any
"""What pyreadstat says of a file besides its values."""
Options: TypeAlias = Mapping[str, Any]

STATA = ".dta"
_CELLS = 2_000_000
"""Cells at a time: they are Python's own numbers before they are packed."""
_FEWEST = 1000
_MOST = 20
_DAY = re.compile(r"(?:DATE|ADATE|EDATE|JDATE|SDATE)\d*|%-?t?d.*")
_TIME = re.compile(r"(?:DATETIME|YMDHMS)[\d.]*|%-?t[cC].*")
_KINDS = ("int8", "int16", "int32", "float")
_SPSS_BEGINS = np.datetime64("1582-10-14", "us")
_STATA_BEGINS = np.datetime64("1960-01-01", "us")


def open_statistical(path: Path, *, encoding: str | None = None) -> Source:
    """Return the table in a file of SPSS or Stata.

    Raises :class:`InputError` for a file that is damaged or something else.
    """
    require("pyreadstat")
    is_stata = path.suffix.lower() == STATA
    options = _options(encoding)
    meta = _call(path, {**options, "metadataonly": True})[1]
    tagged = _tagged(path, options, meta) if is_stata else {}
    schema = _schema(meta, tagged)
    require_names(path, schema.names)
    return Source(
        path=path,
        kind="stata" if is_stata else "spss",
        schema=schema,
        read=lambda names: _read(path, options, schema, names, frozenset(tagged)),
        files=(path,),
        rows=meta.number_rows,
        how={"encoding": meta.file_encoding} if meta.file_encoding else {},
        notes=tuple(_notes(meta, tagged)),
        labels=_labels(meta, tagged),
    )


def _options(encoding: str | None) -> dict[str, Any]:
    """Return how to read a file: numbers as they are, values that are declared missing too."""
    return {
        "output_format": "dict",
        "disable_datetime_conversion": True,
        "user_missing": True,
        "encoding": encoding,
    }


def _call(path: Path, options: Options) -> tuple[dict[str, list[Any]], Meta]:
    import pyreadstat

    is_stata = path.suffix.lower() == STATA
    read: Any = pyreadstat.read_dta if is_stata else pyreadstat.read_sav
    try:
        with path.open("rb"):
            cells, meta = read(path, **options)
    except OSError as fault:
        raise unreadable(path, fault) from None
    except (pyreadstat.PyreadstatError, pyreadstat.ReadstatError) as fault:
        if "encoding" in str(fault).lower() or "convert string" in str(fault):
            raise InputError(Fault(_told_encoding(), str(path))) from None
        raise damaged(path, message("a file of SPSS or Stata")) from None
    return cells, meta


def _told_encoding() -> Message:
    return message(
        "found text in another encoding than the file says; say with --encoding what it is written"
        " in, such as windows-1252"
    )


def _blocks(
    path: Path, options: Options, names: Sequence[str]
) -> Iterator[tuple[dict[str, list[Any]], Meta]]:
    """Yield some columns, some rows at a time."""
    rows = max(_CELLS // max(len(names), 1), _FEWEST)
    start = 0
    while names:
        some = {"usecols": list(names), "row_offset": start, "row_limit": rows}
        cells, meta = _call(path, {**options, **some})
        found = len(cells[names[0]])
        if found:
            yield cells, meta
        if found < rows:
            return
        start += rows


def _tagged(path: Path, options: Options, meta: Meta) -> dict[str, list[str]]:
    """Return the columns of numbers with Stata's missing values ``.a`` to ``.z``, and which."""
    numbers = [name for name, kind in meta.readstat_variable_types.items() if kind != "string"]
    found: dict[str, set[str]] = {}
    for _, some in _blocks(path, options, numbers):
        for name, letters in some.missing_user_values.items():
            found.setdefault(name, set()).update(letters)
    return {name: sorted(letters) for name, letters in found.items()}


def _schema(meta: Meta, tagged: Mapping[str, object]) -> "pa.Schema":
    import pyarrow as pa

    def kind(name: str) -> Any:  # noqa: ANN401
        stored, shown = meta.readstat_variable_types[name], meta.original_variable_types[name] or ""
        if stored.startswith("string") or name in tagged:
            return pa.string()
        if _TIME.fullmatch(shown):
            return pa.timestamp("us")
        if _DAY.fullmatch(shown):
            return pa.date32()
        return {"float": pa.float32()}.get(stored) or (
            pa.type_for_alias(stored) if stored in _KINDS else pa.float64()
        )

    return pa.schema([pa.field(name, kind(name)) for name in meta.column_names])


def _read(
    path: Path,
    options: Options,
    schema: "pa.Schema",
    names: Sequence[str],
    tagged: frozenset[str],
) -> Iterator["pa.RecordBatch"]:
    import pyarrow as pa

    wanted = pa.schema([schema.field(name) for name in names])
    is_stata = path.suffix.lower() == STATA
    for cells, _ in _blocks(path, options, names):
        for name in tagged.intersection(names):
            cells[name] = [_untagged(cell) for cell in cells[name]]
        arrays = [_array(cells[f.name], f.type, is_stata=is_stata) for f in wanted]
        yield pa.RecordBatch.from_arrays(arrays, schema=wanted)


def _array(cells: list[Any], kind: Any, *, is_stata: bool) -> "pa.Array[Any]":  # noqa: ANN401
    import pyarrow as pa

    if pa.types.is_temporal(kind):
        return _times(cells, kind, is_stata=is_stata)
    return pa.array(cells, kind)


def _untagged(cell: object) -> str | None:
    """Return a cell of a column of numbers and Stata's missing values as text."""
    if cell is None:
        return None
    return f".{cell}" if isinstance(cell, str) else text_of(cell)


def _times(cells: list[Any], kind: Any, *, is_stata: bool) -> "pa.Array[Any]":  # noqa: ANN401
    """Return days or points in time out of the numbers by which they are stored."""
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = np.array(cells, np.float64)
    is_none = np.isnan(numbers)
    unit = 1e6 if not is_stata else 86400e6 if kind == pa.date32() else 1e3
    steps = np.rint(np.where(is_none, 0, numbers) * unit).astype("timedelta64[us]")
    times = (_STATA_BEGINS if is_stata else _SPSS_BEGINS) + steps
    return pc.cast(pa.array(times, mask=is_none), kind, safe=False)


def _labels(meta: Meta, tagged: Mapping[str, Sequence[str]]) -> Labels:
    return Labels(
        columns={name: label for name, label in meta.column_names_to_labels.items() if label},
        meanings=meta.variable_value_labels,
        missing=meta.missing_ranges,
        tagged=tagged,
        formats=meta.original_variable_types,
        measures=meta.variable_measure,
    )


def _notes(meta: Meta, tagged: Mapping[str, Sequence[str]]) -> Iterator[Message]:
    declared = {name: _spans(spans) for name, spans in meta.missing_ranges.items()}
    declared |= {name: ", ".join(f".{each}" for each in found) for name, found in tagged.items()}
    if declared:
        shown = [f"{name}: {values}" for name, values in list(declared.items())[:_MOST]]
        more = "" if len(declared) <= _MOST else "; \N{HORIZONTAL ELLIPSIS}"
        yield message(
            "The file declares values as missing, which are kept as they stand ({values}); a"
            " recode map tells which of them are missing answers.",
            values="; ".join(shown) + more,
        )


def _spans(spans: Sequence[Mapping[str, float | str]]) -> str:
    ends = [(text_of(span["lo"]), text_of(span["hi"])) for span in spans]
    return ", ".join(lo if lo == hi else f"{lo}\N{EN DASH}{hi}" for lo, hi in ends)
