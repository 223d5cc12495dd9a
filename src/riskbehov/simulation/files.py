"""A cohort as a file: CSV by NumPy alone, Parquet by pyarrow; block after block, memory flat."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message
from riskbehov.simulation.columns import Block, Spec, Values
from riskbehov.simulation.missingness import MISSING
from riskbehov.simulation.response import Codes

if TYPE_CHECKING:
    import pyarrow as pa

FORMS = (".csv", ".parquet")
"""The kinds of file that a cohort is written as, by their endings."""
ROWS = 1 << 18
"""Rows that are held at once, and of a row group of Parquet."""
Put: TypeAlias = Callable[[Block], None]
_COMMA, _LINE, _POINT, _MINUS, _ZERO = b",\n.-0"
_TEN = 10
_SLICE = 1 << 14


def require_form(path: Path) -> None:
    """Raise :class:`InputError` for a file whose ending says nothing that can be written."""
    if path.suffix.lower() not in FORMS:
        raise InputError(
            Fault(
                message(
                    "found the ending {found!r}, expected {expected}",
                    found=path.suffix,
                    expected=", ".join(FORMS),
                ),
                str(path),
            )
        )
    if path.suffix.lower() == ".parquet":
        _arrow()


def opened(
    path: Path, form: str, specs: Sequence[Spec], about: Mapping[str, str], closing: ExitStack
) -> Put:
    """Open a file for a table and return what puts blocks into it.

    ``form`` is one of :data:`FORMS`; the metadata of a Parquet file tell what it is ``about``.
    Closed with ``closing``.
    """
    if form == ".parquet":
        return _parquet(path, specs, about, closing)
    file = closing.enter_context(path.open("wb"))
    file.write(csv_head(specs))

    def put(block: Block) -> None:
        for part in _slices(block):
            file.write(csv_rows(specs, part))

    return put


def _slices(block: Block) -> Iterator[Block]:
    """Yield a block in parts that fit in a processor's cache."""
    rows = len(next(iter(block.values())))
    for start in range(0, rows, _SLICE):
        yield {name: values[start : start + _SLICE] for name, values in block.items()}


# CSV


def csv_head(specs: Sequence[Spec]) -> bytes:
    """Return the first line: the names of the columns."""
    return (",".join(spec.name for spec in specs) + "\n").encode()


def csv_rows(specs: Sequence[Spec], block: Block) -> bytes:
    """Return the rows of a block: UTF-8, commas, decimal points, nothing for what is missing.

    Each column becomes as many bytes as its longest value has, with zero bytes where a value is
    shorter; these are taken out at the end.
    """
    rows = len(next(iter(block.values())))
    pieces: list[Codes] = []
    for spec in specs:
        pieces += [_column_bytes(spec, block[spec.name]), np.full((rows, 1), _COMMA, np.uint8)]
    pieces[-1][:] = _LINE
    every = np.concatenate(pieces, axis=1)
    return every[every > 0].tobytes()


def _column_bytes(spec: Spec, values: Values) -> Codes:
    """Return a column as text: a row of bytes for each value."""
    match spec.kind:
        case "yes":
            return _table(("false", "true"))[values.view(np.uint8)]
        case "code":
            return _table((*map(str, range(MISSING)), ""))[values]
        case "word":
            empty = ("",) * (MISSING + 1 - len(spec.words))
            return _table((*spec.words, *empty))[values]
        case "row" | "count":
            return _digits(values.astype(np.int64))
        case _:
            return _decimal(values, spec.decimals)


@cache
def _table(words: tuple[str, ...]) -> Codes:
    """Return the bytes of each word; what could be read as two fields is put in quotes."""
    texts = [_quoted(word).encode() for word in words]
    width = max(map(len, texts), default=0) or 1
    return np.array(texts, f"S{width}").view(np.uint8).reshape(len(texts), width)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"' if set(word) & set(',"\r\n') else word


def _digits(values: Values, least: int = 1) -> Codes:
    """Return whole numbers that are not negative as digits, at least so many of them."""
    width = max(len(str(int(values.max(initial=0)))), least)
    found = np.zeros((len(values), width), np.uint8)
    rest = values.copy()
    for place in range(width):
        is_there = rest > 0 if place >= least else np.True_
        found[:, width - 1 - place] = np.where(is_there, rest % _TEN + _ZERO, 0)
        rest //= _TEN
    return found


def _decimal(values: Values, decimals: int) -> Codes:
    """Return numbers with so many decimals; none of them is written as minus nothing."""
    scaled = np.rint(values * _TEN**decimals).astype(np.int64)
    sign = np.where(scaled < 0, _MINUS, 0).astype(np.uint8)[:, np.newaxis]
    digits = _digits(np.abs(scaled), decimals + 1)
    point = np.full((len(values), 1), _POINT, np.uint8)
    return np.concatenate([sign, digits[:, :-decimals], point, digits[:, -decimals:]], axis=1)


# Parquet


def _arrow() -> None:
    try:
        import pyarrow.parquet  # noqa: F401
    except ModuleNotFoundError:
        raise InputError(
            Fault(
                message(
                    "found no pyarrow, expected it for Parquet: install what tables take with"
                    " pip install 'riskbehov[tables]', or write CSV"
                )
            )
        ) from None


def _parquet(
    path: Path, specs: Sequence[Spec], about: Mapping[str, str], closing: ExitStack
) -> Put:
    import pyarrow.parquet as pq

    schema = arrow_schema(specs, about)
    writer = closing.enter_context(pq.ParquetWriter(path, schema, compression="zstd"))
    return lambda block: writer.write_table(arrow_table(specs, block, schema))


def arrow_schema(specs: Sequence[Spec], about: Mapping[str, str]) -> "pa.Schema":
    """Return the types of the columns, with what the table is about as its metadata."""
    import pyarrow as pa

    types = {
        "yes": pa.bool_(),
        "row": pa.int64(),
        "word": pa.dictionary(pa.int16(), pa.string()),
        "real": pa.float64(),
    }
    fields = [
        pa.field(spec.name, types.get(spec.kind, pa.uint8()), nullable=spec.has_gaps)
        for spec in specs
    ]
    return pa.schema(fields, metadata=dict(about))


def arrow_table(specs: Sequence[Spec], block: Block, schema: "pa.Schema") -> "pa.Table":
    """Return a block as an Arrow table."""
    import pyarrow as pa

    return pa.Table.from_arrays([_array(s, block[s.name]) for s in specs], schema=schema)


def _array(spec: Spec, values: Values) -> "pa.Array[Any]":
    import pyarrow as pa

    gaps = values == MISSING if spec.has_gaps else None
    if spec.kind != "word":
        return pa.array(values, mask=gaps)
    places = pa.array(values.astype(np.int16), mask=gaps)
    return pa.DictionaryArray.from_arrays(places, pa.array(spec.words))
