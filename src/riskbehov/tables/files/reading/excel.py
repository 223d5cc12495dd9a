"""Tables in Excel files: one sheet, its first row the names, and values as Excel last had them.

What looks whole but is not is refused: formulas that nobody has worked out, merged cells, values
under no name. A sheet has little more than a million rows at most, and is held in memory.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riskbehov.errors import Fault, InputError, not_among
from riskbehov.i18n import Message, message
from riskbehov.tables.files.reading.cells import joined, packed, text_of
from riskbehov.tables.files.sources import (
    BATCH,
    Source,
    damaged,
    require_names,
    unreadable,
)
from riskbehov.tables.frames.bridge import require

if TYPE_CHECKING:
    import pyarrow as pa

Row = Sequence[Any]

_ROWS = 10_000
"""Rows that are held as Python's own values before they are packed."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]{0,80}?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_UNTRUE = re.compile(rb"""<(?:\w+:)?calcPr\s[^>]*fullCalcOnLoad=["'](?:1|true)["']""")
"""A program that writes formulas and works out none says so, and may give each of them a zero."""
_ESCAPED = "_x[0-9A-Fa-f]{4}_"
_CHUNK = 1 << 20
_LONGEST_MATCH = 128
_MOST = 10


def open_excel(path: Path, *, sheet: str | None = None) -> Source:
    """Return the table on a sheet: the one that is named, else the only one with anything on it.

    Raises :class:`InputError` for several sheets to choose from, and for what is no plain table.
    """
    require("openpyxl")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of drawings, styles and lists, which are left aside
        with _workbook(path) as book:
            chosen = _sheet(path, book, sheet)
            _require_plain(path, chosen, book)
            table = _table(path, book[chosen])
    return Source(
        path=path,
        kind="xlsx",
        schema=table.schema,
        read=lambda names: iter(table.select(list(names)).to_batches(BATCH)),
        files=(path,),
        rows=len(table),
        how={"sheet": chosen},
    )


@contextmanager
def _workbook(path: Path, *, is_worked_out: bool = True) -> Iterator[Any]:
    """Yield an Excel file to be read row by row, its formulas as values or as they stand."""
    try:
        book = _opened(path, is_worked_out=is_worked_out)
        try:
            yield book
        finally:
            book.close()
    except OSError as fault:
        raise unreadable(path, fault) from None
    except (zlib.error, SyntaxError, EOFError):  # of what is packed, of its XML, or cut off
        raise damaged(path, message("an Excel file")) from None
    except zipfile.BadZipFile:
        said = message(
            "found no Excel file of today's kind (.xlsx), expected one that is whole; if it has a"
            " password, or is an older .xls, open it in Excel and save it as .xlsx without a"
            " password"
        )
        raise InputError(Fault(said, str(path))) from None


def _opened(path: Path, *, is_worked_out: bool) -> Any:  # noqa: ANN401
    """Return an Excel file, open; raises :class:`InputError` for a packed file that is none."""
    import openpyxl

    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=is_worked_out)
    except (OSError, zlib.error, SyntaxError, EOFError, zipfile.BadZipFile):
        raise
    except Exception:  # noqa: BLE001 - openpyxl has no error of its own for parts that are not there
        raise damaged(path, message("an Excel file")) from None


def _sheet(path: Path, book: Any, wanted: str | None) -> str:  # noqa: ANN401
    """Return the name of the sheet to read."""
    names: list[str] = [sheet.title for sheet in book.worksheets]
    if wanted is not None and wanted in names:
        return wanted
    if wanted is not None:
        said = not_among(wanted, names, message("a sheet of the file"))
        raise InputError(Fault(said, "--sheet"))
    used = [name for name in names if any(map(_is_filled, _rows(book[name])))]
    if len(used) == 1:
        return used[0]
    if not used:
        said = message("found nothing on any sheet, expected a table")
    else:
        said = message(
            "found {count} sheets with something on them, expected one: {names}; say with --sheet"
            " which it is",
            count=len(used),
            names=", ".join(map(repr, used)),
        )
    raise InputError(Fault(said, str(path)))


def _rows(sheet: Any) -> Iterator[Row]:  # noqa: ANN401
    """Yield the rows of a sheet, whatever the file says of how large it is."""
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)


def _is_filled(row: Row) -> bool:
    return any(cell is not None for cell in row)


def _require_plain(path: Path, name: str, book: Any) -> None:  # noqa: ANN401
    """Raise for merged cells, and for formulas without values: both would be read as empty."""
    merged, has_formulas = _look(book, book[name])
    if merged:
        raise InputError(Fault(_told_merged(merged), f"{path}: {name}"))
    if has_formulas and (cells := _not_worked_out(path, name, book)):
        said = message(
            "found {count} formulas that nobody has worked out ({cells}), expected values; open the"
            " file in Excel or LibreOffice and save it again, or put values in their place",
            count=len(cells),
            cells=_some(cells),
        )
        raise InputError(Fault(said, f"{path}: {name}"))


def _told_merged(merged: Sequence[str]) -> Message:
    return message(
        "found merged cells ({cells}), expected a value in each cell; unmerge them and fill in"
        " what each row should have",
        cells=_some(merged),
    )


def _some(cells: Sequence[str]) -> str:
    return ", ".join(cells[:_MOST]) + (", \N{HORIZONTAL ELLIPSIS}" if len(cells) > _MOST else "")


def _look(book: Any, sheet: Any) -> tuple[list[str], bool]:  # noqa: ANN401
    """Return the merged cells of a sheet, and whether it has formulas, from the file as it is."""
    merged: dict[str, None] = {}
    has_formulas, rest = False, b""
    with book._archive.open(sheet._worksheet_path) as file:  # noqa: SLF001 - openpyxl shows neither
        while piece := file.read(_CHUNK):
            text = rest + piece
            merged |= {found.decode(): None for found in _MERGED.findall(text)}
            has_formulas = has_formulas or bool(_FORMULA.search(text))
            rest = text[-_LONGEST_MATCH:]
    return list(merged), has_formulas


def _not_worked_out(path: Path, name: str, book: Any) -> list[str]:  # noqa: ANN401
    """Return the cells with a formula that have no value; an empty text is one.

    Where the file itself says that all is to be worked out anew, no value in it is one.
    """
    is_true, found = not _is_untrue(book), []
    with _workbook(path, is_worked_out=False) as written:
        for sheet in (book[name], written[name]):
            sheet.reset_dimensions()
        for values, formulas in zip(book[name].iter_rows(), written[name].iter_rows(), strict=True):
            for value, formula in zip(values, formulas, strict=True):
                has_value = is_true and (value.value is not None or value.data_type != "n")
                if formula.data_type == "f" and not has_value:
                    found.append(formula.coordinate)
    return found


def _is_untrue(book: Any) -> bool:  # noqa: ANN401
    """Tell whether a file says that its formulas are still to be worked out.

    openpyxl cannot tell: it takes what is not said for a yes.
    """
    archive = book._archive  # noqa: SLF001
    parts = [name for name in archive.namelist() if name.endswith("workbook.xml")]
    return any(_UNTRUE.search(archive.read(name)) for name in parts)


def _table(path: Path, sheet: Any) -> "pa.Table":  # noqa: ANN401
    """Return what stands on a sheet; empty rows after the last one that is filled are none."""
    import pyarrow as pa

    rows = _rows(sheet)
    names = _names(path, next(rows, ()))
    parts: list[list[Any]] = [[] for _ in names]
    nameless: set[int] = set()
    for block in _blocks(_up_to_last(rows), nameless, len(names)):
        for column, cells in zip(parts, zip(*block, strict=True), strict=True):
            column.append(packed(cells))
    columns = [
        _unescaped(joined(part)) if part else pa.chunked_array([], pa.string()) for part in parts
    ]
    kept = [n for n, name in enumerate(names) if name or columns[n].null_count < len(columns[n])]
    # A first column without a name is kept: it numbers the rows, as pandas writes it.
    _require_named(path, [*(n for n in kept if n and not names[n]), *sorted(nameless)])
    require_names(path, [names[n] for n in kept])
    return pa.table([columns[n] for n in kept], names=[names[n] for n in kept])


def _unescaped(column: "pa.ChunkedArray[Any]") -> "pa.ChunkedArray[Any]":
    """Return a column of text with the signs that Excel writes by their numbers, as _x000D_."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from openpyxl.utils.escape import unescape

    is_text = pa.types.is_string(column.type)
    if not is_text or not pc.any(pc.match_substring_regex(column, _ESCAPED)).as_py():
        return column
    texts = [text if text is None else unescape(text) for text in column.to_pylist()]
    return pa.chunked_array([pa.array(texts, column.type)])


def _names(path: Path, row: Row) -> list[str]:
    from openpyxl.utils.escape import unescape

    names = ["" if cell is None else unescape(text_of(cell)) for cell in row]
    while names and not names[-1]:
        names.pop()
    if not names:
        said = message("found no names of columns, expected them in the first row")
        raise InputError(Fault(said, str(path)))
    return names


def _up_to_last(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield rows up to the last one with anything in it."""
    empty = 0
    for row in rows:
        if _is_filled(row):
            yield from ((),) * empty
            yield row
            empty = 0
        else:
            empty += 1


def _blocks(rows: Iterator[Row], nameless: set[int], width: int) -> Iterator[list[Row]]:
    """Yield rows of the same width, some at a time; what stands beyond it goes to ``nameless``."""
    block: list[Row] = []
    for row in rows:
        nameless.update(n for n in range(width, len(row)) if row[n] is not None)
        block.append((*row[:width], *(None,) * (width - len(row))))
        if len(block) == _ROWS:
            yield block
            block = []
    if block:
        yield block


def _require_named(path: Path, places: Sequence[int]) -> None:
    from openpyxl.utils import get_column_letter

    if places:
        said = message(
            "found values in columns without a name ({columns}), expected a name in the first row"
            " of each; the table begins in the first row and nothing stands beside it",
            columns=_some([get_column_letter(place + 1) for place in places]),
        )
        raise InputError(Fault(said, str(path)))
