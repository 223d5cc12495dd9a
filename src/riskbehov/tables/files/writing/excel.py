"""Tables written as Excel files: one sheet, and the same bytes each time."""

import datetime as dt
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

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
_FIRST = dt.datetime(1900, 3, 1)  # noqa: DTZ001 - a cell has no time zone
"""The first day that Excel counts as others do."""
_MADE = dt.datetime(1980, 1, 1)  # noqa: DTZ001
"""Stands in each file as the time when it was made, so that a rerun gives the same bytes."""
_DAY, _TIME = 14, 22
"""Excel's own formats: a day, and a day with the hour, as the reader's country writes them."""
_FORBIDDEN = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x{fffe}\\x{ffff}]"

Put: TypeAlias = Callable[[int, int, Any], object]
"""Writes a value into a cell, given by its row and column, counted from zero."""


class ExcelSink:
    """An Excel file with a table on its only sheet."""

    def __init__(self, path: Path, schema: "pa.Schema") -> None:
        """Begin the file with its header."""
        import xlsxwriter

        # The rows are set aside beside the output, where they are for its owner alone.
        self._aside = tempfile.TemporaryDirectory(
            prefix=f"{path.name}.", dir=path.parent, ignore_cleanup_errors=True
        )
        options = {"constant_memory": True, "tmpdir": self._aside.name, "use_zip64": True}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"created": _MADE})
        self._day, self._time = (
            self._book.add_format({"num_format": number}) for number in (_DAY, _TIME)
        )
        self._sheet = self._book.add_worksheet("riskbehov")
        for place, name in enumerate(schema.names):
            self._put_text(0, place, name)
        self._rows = 0

    def write(self, table: "pa.Table") -> None:
        """Write some rows; raises :class:`InputError` for what Excel cannot hold."""
        if self._rows + len(table) > MOST_ROWS:
            raise too_many(message("rows"), MOST_ROWS)
        columns = [self._cells(table.column(name), name) for name in table.column_names]
        for number in range(len(table)):
            self._rows += 1
            for place, (put, values) in enumerate(columns):
                if (value := values[number]) is not None:
                    put(self._rows, place, value)

    def _cells(self, column: "pa.ChunkedArray[Any]", name: str) -> tuple[Put, Sequence[Any]]:
        """Return a column's values, and what writes one of them into a cell."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        kind = column.type
        if pa.types.is_boolean(kind):
            return self._sheet.write_boolean, column.to_pylist()
        if pa.types.is_integer(kind):
            return self._put_whole, column.to_pylist()
        if pa.types.is_floating(kind):
            return self._sheet.write_number, pc.if_else(
                pc.is_finite(column), column, None
            ).to_pylist()
        if pa.types.is_date(kind):
            return self._put_day, column.cast(pa.date32()).to_pylist()
        if pa.types.is_timestamp(kind) and kind.tz is None:
            return self._put_time, column.cast(pa.timestamp("us"), safe=False).to_pylist()
        texts = column.cast(pa.large_string())
        _require_text(texts, name)
        filled = pc.if_else(pc.not_equal(texts, ""), texts, None)
        return self._put_text, filled.to_pylist()

    def _put_whole(self, row: int, place: int, value: int) -> None:
        if abs(value) < _EXACT:
            self._sheet.write_number(row, place, value)
        else:
            self._sheet.write_string(row, place, str(value))

    def _put_day(self, row: int, place: int, value: dt.date) -> None:
        self._put_point(row, place, value, self._day, is_counted=value >= _FIRST.date())

    def _put_time(self, row: int, place: int, value: dt.datetime) -> None:
        self._put_point(row, place, value, self._time, is_counted=value >= _FIRST)

    def _put_point(
        self, row: int, place: int, value: dt.date, style: object, *, is_counted: bool
    ) -> None:
        if is_counted:
            self._sheet.write_datetime(row, place, value, style)
        else:
            self._sheet.write_string(row, place, str(value))

    def _put_text(self, row: int, place: int, value: str) -> None:
        if value.startswith("<r>"):  # would be taken for text with styles of its own
            self._sheet.write_rich_string(row, place, *value[:2], value[2:])
        else:
            self._sheet.write_string(row, place, value)

    def close(self) -> None:
        """End the file; raises :class:`OSError` where the system does not let it be written."""
        from xlsxwriter.exceptions import FileCreateError

        try:
            self._book.close()
        except FileCreateError as fault:  # around what the system said
            raise fault.args[0] from None
        self._aside.cleanup()

    def drop(self) -> None:
        """Let go of the file."""
        self._sheet._opt_close()  # noqa: SLF001 - a file is given up in no public way
        self._aside.cleanup()


def too_many(what: Message, most: int, output: Path | str = "") -> InputError:
    """Return the error for a table with more rows or columns than a sheet has."""
    said = message(
        "found more than {most} {what}, which no Excel file can hold; write .parquet or .csv"
        " instead",
        most=most,
        what=what,
    )
    return InputError(Fault(said, str(output)))


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
