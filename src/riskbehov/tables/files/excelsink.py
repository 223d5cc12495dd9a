"""Tables written as Excel files: one sheet, and the same bytes each time.

The few parts that Excel needs are put together here, by Arrow, many rows at a time; a package that
does it would stamp the hour, take a text that begins with "=" for a formula, and be slow.
"""

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import Message, message

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 1_048_575
"""Rows of a sheet below the header."""
MOST_COLUMNS = 16_384
_LONGEST = 32_767
"""Signs of a cell."""
_EXACT = 10**15
"""From here on Excel rounds whole numbers, so that longer ones are written as text."""
_ROWS = 1 << 14
_BEGINS = np.datetime64("1899-12-30", "us")
_FIRST = np.datetime64("1900-03-01", "us")
"""The first day that Excel counts as others do."""
_DAY, _TIME = 1, 2
"""Places of the formats in the list of styles below."""
_FORBIDDEN = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x{fffe}\\x{ffff}]"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="riskbehov" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="22" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>",
}


class ExcelSink:
    """An Excel file with a table on its only sheet."""

    def __init__(self, path: Path, schema: "pa.Schema") -> None:
        """Begin the file with its header."""
        import pyarrow as pa

        self._rows = 0
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        for name, text in _PARTS.items():
            self._zip.writestr(_entry(name), _HEAD + text)
        self._sheet = self._zip.open(_entry("xl/worksheets/sheet1.xml"), "w")
        self._sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
        header = [pa.array([name], pa.large_string()) for name in schema.names]
        self._put(pa.RecordBatch.from_arrays(header, names=schema.names))

    def write(self, table: "pa.Table") -> None:
        """Write some rows; raises :class:`InputError` for what Excel cannot hold."""
        if self._rows + len(table) > MOST_ROWS + 1:
            raise too_many(message("rows"), MOST_ROWS)
        for batch in table.combine_chunks().to_batches(_ROWS):
            self._put(batch)

    def _put(self, batch: "pa.RecordBatch") -> None:
        try:
            self._sheet.write(_lines(batch, self._rows + 1))
        except RuntimeError:  # of zipfile, past two gigabytes
            raise _too_large() from None
        self._rows += len(batch)

    def close(self) -> None:
        """End the file."""
        self._sheet.write(b"</sheetData></worksheet>")
        self.drop()

    def drop(self) -> None:
        """Let go of the file."""
        self._sheet.close()
        self._zip.close()


def too_many(what: Message, most: int) -> InputError:
    """Return the error for a table with more rows or columns than a sheet has."""
    said = message(
        "found more than {most} {what}, which no Excel file can hold; write .parquet or .csv"
        " instead",
        most=most,
        what=what,
    )
    return InputError(Fault(said))


def _too_large() -> InputError:
    said = message("found more than an Excel file can hold; write .parquet or .csv instead")
    return InputError(Fault(said))


def _entry(name: str) -> zipfile.ZipInfo:
    """Return a part of the file without the hour."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _letters(number: int) -> str:
    """Return the letters of a column, counted from zero.

    >>> [_letters(n) for n in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _lines(batch: "pa.RecordBatch", first: int) -> bytes:
    """Return some rows as Excel's XML."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = pc.cast(pa.array(np.arange(first, first + len(batch))), pa.large_string())
    cells = [
        _cells(batch.column(n), name, _join(_letters(n), rows))
        for n, name in enumerate(batch.schema.names)
    ]
    return "".join(_join('<row r="', rows, '">', *cells, "</row>").to_pylist()).encode()


def _join(*parts: Any) -> "pa.Array[Any]":  # noqa: ANN401 - columns of text, and plain text
    """Return texts put together row by row; a cell that is nothing adds nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    large = [pa.scalar(p, pa.large_string()) if isinstance(p, str) else p for p in (*parts, "")]
    return pc.binary_join_element_wise(*large, null_handling="replace", null_replacement="")


def _cells(column: "pa.Array[Any]", name: str, places: "pa.Array[Any]") -> "pa.Array[Any]":
    """Return a column as the XML of its cells."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = pc.cast(column, column.type.value_type)
    kind = column.type
    if pa.types.is_boolean(kind):
        return _numbers(pc.if_else(column, "1", "0"), places, ' t="b"')
    if pa.types.is_integer(kind):
        return _whole(column, name, places)
    if pa.types.is_floating(kind):
        return _numbers(pc.if_else(pc.is_finite(column), column, None), places)
    if pa.types.is_date(kind) or (pa.types.is_timestamp(kind) and kind.tz is None):
        return _times(column, name, places)
    return _texts(column, name, places)


def _numbers(column: "pa.Array[Any]", places: "pa.Array[Any]", more: str = "") -> "pa.Array[Any]":
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pc.cast(column, pa.large_string())
    cells = _join('<c r="', places, f'"{more}><v>', texts, "</v></c>")
    return pc.if_else(pc.is_valid(texts), cells, None)


def _whole(column: "pa.Array[Any]", name: str, places: "pa.Array[Any]") -> "pa.Array[Any]":
    import pyarrow.compute as pc

    is_long = pc.or_(pc.greater_equal(column, _EXACT), pc.less_equal(column, -_EXACT))
    cells = _numbers(column, places)
    if pc.any(is_long).as_py():
        return pc.if_else(is_long, _texts(column, name, places), cells)
    return cells


def _times(column: "pa.Array[Any]", name: str, places: "pa.Array[Any]") -> "pa.Array[Any]":
    """Return days and points in time as Excel counts them, those too early for it as text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    is_day = pa.types.is_date(column.type)
    steps = pc.cast(column, pa.timestamp("us")).to_numpy(zero_copy_only=False) - _BEGINS
    days = steps / np.timedelta64(1, "D")
    serial = pa.array(np.floor(days) if is_day else days, from_pandas=True)
    cells = _numbers(serial, places, f' s="{_DAY if is_day else _TIME}"')
    early = pa.array(steps < _FIRST - _BEGINS)
    if pc.any(early).as_py():
        return pc.if_else(early, _texts(column, name, places), cells)
    return cells


def _texts(column: "pa.Array[Any]", name: str, places: "pa.Array[Any]") -> "pa.Array[Any]":
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pc.cast(column, pa.large_string())
    _require_text(texts, name)
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")):
        texts = pc.replace_substring(texts, sign, written)
    around = '" t="inlineStr"><is><t xml:space="preserve">'
    cells = _join('<c r="', places, around, texts, "</t></is></c>")
    return pc.if_else(pc.fill_null(pc.not_equal(texts, ""), False), cells, None)  # noqa: FBT003


def _require_text(texts: "pa.Array[Any]", name: str) -> None:
    """Raise for what stands in no cell of Excel's: control signs, and very long texts."""
    import pyarrow.compute as pc

    said = None
    if pc.any(pc.match_substring_regex(texts, _FORBIDDEN)).as_py():
        said = message(
            "found control signs, which no Excel file can hold; write .parquet or .csv instead"
        )
    if (pc.max(pc.utf8_length(texts)).as_py() or 0) > _LONGEST:
        said = message(
            "found a text of more than {most} signs, which no cell of Excel can hold; write"
            " .parquet or .csv instead",
            most=_LONGEST,
        )
    if said is not None:
        raise InputError(Fault(said, name))
