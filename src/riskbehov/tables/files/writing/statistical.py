"""Tables written for SPSS and Stata: with labels, and the same bytes each time.

A result in words becomes numbers from 1 with the words as value labels, as these packages have it;
a recoded sex stays in words, which is how it is read.
Both formats are written in one go, so that the whole table is held in memory.
"""

import errno
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import Message, message
from riskbehov.scoring.arrays import SEX_CODES
from riskbehov.tables.files.sources import Labels
from riskbehov.tables.frames.bridge import Spec, require

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_EXACT = 1 << 53
"""Both keep numbers as floats: where a column goes further, it is written as text."""
_SPSS_NAME = re.compile(r"(?!.*[._]$)[^\W\d_][\w.$#@]*")
_SPSS_BYTES = 64
_SPSS_WORDS = ("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with")
_STATA_NAME = re.compile(r"[^\W\d]\w{0,31}")
_STATA_WORDS = re.compile(
    "_all|_b|byte|_coef|_cons|double|float|if|in|int|long|_n|_N|_pi|_pred|_rc|_skip|str[L0-9]+"
    "|using|with"
)
_LONGEST_LABEL = 80
"""Signs of a label of a column, in Stata, which has the shorter ones."""
_SPSS_STAMP = (92, b"01 Jan 8000:00:00")
_STATA_STAMP = re.compile(rb"(?<=<timestamp>\x11).{17}(?=</timestamp>)", re.DOTALL)
_STATA_HOUR = b"01 Jan 1980 00:00"
_HEAD = 4096


def require_names(schema: "pa.Schema", output: Path, *, is_stata: bool) -> None:
    """Raise :class:`InputError` for names that SPSS or Stata cannot have, all at once."""
    is_name = _is_stata_name if is_stata else _is_spss_name
    wrong = [name for name in schema.names if not is_name(name)]
    if wrong:
        said = message(
            "found names of columns that {package} cannot have: {names}; expected {expected};"
            " rename them, or write .parquet or .csv instead",
            package="Stata" if is_stata else "SPSS",
            names=", ".join(map(repr, wrong)),
            expected=_expected(is_stata=is_stata),
        )
        raise InputError(Fault(said, str(output)))
    folded = [name if is_stata else name.casefold() for name in schema.names]
    twice = [n for n, f in zip(schema.names, folded, strict=True) if folded.count(f) > 1]
    if twice:
        said = message(
            "found names that differ only in capitals ({names}), which are one in SPSS; rename"
            " them, or write .parquet or .csv instead",
            names=", ".join(twice),
        )
        raise InputError(Fault(said, str(output)))


def _is_spss_name(name: str) -> bool:
    is_short = len(name.encode()) <= _SPSS_BYTES
    return is_short and bool(_SPSS_NAME.fullmatch(name)) and name.lower() not in _SPSS_WORDS


def _is_stata_name(name: str) -> bool:
    return bool(_STATA_NAME.fullmatch(name)) and not _STATA_WORDS.fullmatch(name)


def _expected(*, is_stata: bool) -> Message:
    if is_stata:
        return message(
            "at most 32 letters, digits and _, a letter first, and no word of Stata's own"
        )
    return message(
        "at most 64 bytes of letters, digits and _ . $ # @, a letter first, and no word of SPSS's"
        " own"
    )


class StatSink:
    """A file of SPSS or Stata, written when all rows are there."""

    def __init__(
        self, path: Path, schema: "pa.Schema", labels: Labels, specs: Sequence[Spec], ending: str
    ) -> None:
        """Take what goes into the file besides the rows."""
        require("pyreadstat")
        self._path, self._schema, self._labels, self._ending = path, schema, labels, ending
        self._specs = {spec.name: spec for spec in specs}
        self._tables: list[pa.Table] = []

    def write(self, table: "pa.Table") -> None:
        """Keep some rows."""
        self._tables.append(table)

    def close(self) -> None:
        """Write the file; raises :class:`OSError` where that cannot be."""
        import pyarrow as pa
        import pyreadstat

        table = pa.concat_tables([self._schema.empty_table(), *self._tables])
        self._tables = []
        try:
            if self._ending == ".dta":
                self._write_stata(table)
            else:
                self._write_spss(table)
        except (pyreadstat.PyreadstatError, pyreadstat.ReadstatError) as fault:
            raise OSError(errno.EIO, str(fault)) from None

    def drop(self) -> None:
        """Let go of the rows."""
        self._tables = []

    def _write_spss(self, table: "pa.Table") -> None:
        import pyreadstat

        known = self._labels
        write: Any = pyreadstat.write_sav
        write(
            self._frame(table),
            self._path,
            column_labels=self._column_labels(),
            variable_value_labels=dict(self._value_labels()),
            missing_ranges={name: list(spans) for name, spans in known.missing.items()},
            variable_measure=dict(known.measures),
            variable_format=dict(known.formats),
            compress=self._ending == ".zsav",
            row_compress=self._ending == ".sav",
        )
        place, stamp = _SPSS_STAMP
        with self._path.open("r+b") as file:
            file.seek(place)
            file.write(stamp)

    def _write_stata(self, table: "pa.Table") -> None:
        import pyreadstat

        write: Any = pyreadstat.write_dta
        write(
            self._frame(table),
            self._path,
            column_labels={n: label[:_LONGEST_LABEL] for n, label in self._column_labels().items()},
            variable_value_labels=dict(self._stata_labels()),
            missing_user_values={n: list(found) for n, found in self._labels.tagged.items()},
            variable_format=dict(self._labels.formats),
        )
        with self._path.open("r+b") as file:
            head = _STATA_STAMP.sub(_STATA_HOUR, file.read(_HEAD), count=1)
            file.seek(0)
            file.write(head)

    def _column_labels(self) -> dict[str, str]:
        return {**self._labels.columns, **{s.name: str(s.label) for s in self._specs.values()}}

    def _value_labels(self) -> Iterator[tuple[str, dict[float | str, str]]]:
        for name, labels in self._labels.meanings.items():
            yield name, dict(labels)
        for spec in self._specs.values():
            if (words := _labels_of(spec)) is not None:
                yield spec.name, dict(enumerate(words, start=1))

    def _stata_labels(self) -> Iterator[tuple[str, dict[int | str, str]]]:
        """Yield the labels that Stata can have: of whole numbers, and of its missing values."""
        for name, labels in self._value_labels():
            missing = self._labels.tagged.get(name, ())
            found: dict[int | str, str] = {}
            for value, label in labels.items():
                if not isinstance(value, str) and float(value).is_integer():
                    found[int(value)] = label
                elif value in missing:
                    found[str(value)] = label
            if found:
                yield name, found

    def _frame(self, table: "pa.Table") -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame({name: self._column(table, name) for name in table.column_names})

    def _column(self, table: "pa.Table", name: str) -> Any:  # noqa: ANN401 - a column of pandas
        import pyarrow as pa
        import pyarrow.compute as pc

        column = table.column(name)
        if name in self._labels.tagged:
            return _tagged(column)
        if name in self._specs and _labels_of(self._specs[name]) is not None:
            places = pa.chunked_array([part.indices for part in column.chunks], pa.int8())
            return _pandas(pc.add(pc.cast(places, pa.int32()), 1))
        return _pandas(column)


def _labels_of(spec: Spec) -> tuple[str, ...] | None:
    """Return the words that are written as numbers with labels: not a sex, which is read again."""
    is_sex = spec.words is not None and spec.words[: len(SEX_CODES)] == SEX_CODES
    return None if is_sex else spec.words


def _tagged(column: "pa.ChunkedArray[Any]") -> list[Any]:
    """Return a column of numbers and Stata's missing values as it was before it was read."""
    return [
        cell and (cell.removeprefix(".") if cell.startswith(".") else float(cell))
        for cell in column.to_pylist()
    ]


def _pandas(column: "pa.ChunkedArray[Any]") -> Any:  # noqa: ANN401 - a column of pandas
    """Return a column as SPSS and Stata know it: numbers, text, days or points in time."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = pc.cast(column, column.type.value_type)
    kind = _kind(column)
    whole = {pa.int32(): pd.Int32Dtype()}.get
    return pc.cast(column, kind).to_pandas(date_as_object=True, types_mapper=whole)


def _kind(column: "pa.ChunkedArray[Any]") -> Any:  # noqa: ANN401
    """Return the type that a column is written as."""
    import pyarrow as pa

    kind, types = column.type, pa.types
    if types.is_boolean(kind) or _is_short(kind):
        return pa.int32()
    if types.is_null(kind) or (types.is_integer(kind) and not _is_far(column)):
        return pa.float64()
    if types.is_floating(kind) or types.is_date(kind):
        return pa.float32() if types.is_float16(kind) else kind
    return pa.timestamp("us") if types.is_timestamp(kind) and kind.tz is None else pa.string()


def _is_short(kind: Any) -> bool:  # noqa: ANN401
    import pyarrow as pa

    return kind in (pa.int8(), pa.int16(), pa.int32(), pa.uint8(), pa.uint16())


def _is_far(column: "pa.ChunkedArray[Any]") -> bool:
    import pyarrow.compute as pc

    ends = pc.min_max(column)
    return any(
        end is not None and abs(end) > _EXACT for end in (ends["min"].as_py(), ends["max"].as_py())
    )
