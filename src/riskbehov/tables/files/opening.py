"""Which file is read and written how: by its ending, and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import N_, message
from riskbehov.tables.files.sources import BATCH, Labels, Source, Style
from riskbehov.tables.files.whole import whole
from riskbehov.tables.frames.bridge import Spec, require

if TYPE_CHECKING:
    import pyarrow as pa

TEXT = (".csv", ".tsv", ".txt")
EXCEL = (".xlsx", ".xlsm")
STATISTICAL = (".sav", ".zsav", ".dta")
PARQUET = (".parquet", ".pq")
ARROW = (".feather", ".arrow")
FEW = 1 << 10
"""Rows at a time where each cell is written by itself, so that a run can be ended at any time."""
READ = (*TEXT, *EXCEL, *STATISTICAL, *PARQUET, *ARROW)
WRITTEN = (".csv", ".tsv", ".txt", ".xlsx", ".sav", ".zsav", ".dta", *PARQUET, *ARROW)
_OTHERS: Mapping[str, str] = {
    ".xls": N_("open it in Excel and save it as .xlsx"),
    ".xlsb": N_("open it in Excel and save it as .xlsx"),
    ".ods": N_("open it and save it as .xlsx or .csv"),
    ".por": N_("save it as .sav in SPSS or PSPP: values that it declares missing cannot be read"),
    ".sas7bdat": N_("export it as .sav, .dta or .csv"),
    ".rds": N_("write it as .parquet or .csv in R"),
    ".rdata": N_("write it as .parquet or .csv in R"),
    ".gz": N_("unpack it first"),
    ".zip": N_("unpack it first"),
}
"""Other files that tables stand in, and what to do."""


def open_source(
    path: Path | str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Source:
    """Return the table in a file, by the file's ending; a folder holds Parquet files.

    ``encoding`` and ``delimiter`` say how a text file is written, ``sheet`` which sheet of an Excel
    file to read; left out, the file tells. Raises :class:`InputError` for a file that cannot be
    read, is damaged or is no plain table, and for what does not go with its ending.
    """
    require("pyarrow")
    path = Path(path)
    ending = _ending(path)
    _require_fit(ending, encoding=encoding, delimiter=delimiter, sheet=sheet)
    if ending in TEXT:
        from riskbehov.tables.files.reading.delimited import open_delimited

        return open_delimited(path, encoding=encoding, delimiter=_delimiter(delimiter))
    if ending in EXCEL:
        from riskbehov.tables.files.reading.excel import open_excel

        return open_excel(path, sheet=sheet)
    if ending in STATISTICAL:
        from riskbehov.tables.files.reading.statistical import open_statistical

        return open_statistical(path, encoding=encoding)
    from riskbehov.tables.files.reading.columnar import open_arrow, open_parquet

    return open_arrow(path) if ending in ARROW else open_parquet(path)


def read_table(
    path: Path | str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> "pa.Table":
    """Return a whole table out of a file; the arguments are those of :func:`open_source`."""
    import pyarrow as pa

    source = open_source(path, encoding=encoding, delimiter=delimiter, sheet=sheet)
    return pa.Table.from_batches(source.batches(), source.schema)


def _ending(path: Path) -> str:
    """Return by which ending a table is read."""
    if path.is_dir():
        return PARQUET[0]
    is_pattern = path.suffix.lower() in PARQUET and any(sign in str(path) for sign in "*?[")
    if not path.exists() and not is_pattern:
        said = message("found no such file, expected a table")
        raise InputError(Fault(said, str(path)))
    if remedy := _OTHERS.get(path.suffix.lower()):
        said = message(
            "found the ending {found!r}, expected one that is read here; {remedy}",
            found=path.suffix,
            remedy=message(remedy),
        )
        raise InputError(Fault(said, str(path)))
    return _known(path, READ)


def _known(path: Path, known: Sequence[str]) -> str:
    ending = path.suffix.lower()
    if ending in known:
        return ending
    said = message(
        "found the ending {found!r}, expected {expected}",
        found=path.suffix,
        expected=", ".join(known),
    )
    raise InputError(Fault(said, str(path)))


def _require_fit(
    ending: str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> None:
    """Raise for options that mean nothing for a file."""
    given = (
        ("--encoding", encoding, (*TEXT, *STATISTICAL)),
        ("--delimiter", delimiter, TEXT),
        ("--sheet", sheet, EXCEL),
    )
    faults = [
        Fault(
            message(
                "found the option with a file that ends in {ending}, expected it with {expected}"
                " only",
                ending=ending,
                expected=", ".join(endings),
            ),
            option,
        )
        for option, value, endings in given
        if value is not None and ending not in endings
    ]
    if faults:
        raise InputError(faults)


def _delimiter(given: str | None) -> str | None:
    """Return a delimiter as the sign that it is."""
    if given is None:
        return None
    sign = {"tab": "\t", "\\t": "\t"}.get(given.lower(), given)
    if len(sign) != 1 or sign in '"\r\n':
        said = message("found {found!r}, expected one sign such as ; or tab", found=given)
        raise InputError(Fault(said, "--delimiter"))
    return sign


class Sink(Protocol):
    """Where the rows of a table are written."""

    def write(self, table: "pa.Table") -> None:
        """Write some rows."""

    def close(self) -> None:
        """End the file."""

    def drop(self) -> None:
        """Let go of the file, which will be taken away."""


class Rows:
    """Hands rows on in parts of one size, so that no file tells in which parts they came."""

    def __init__(self, sink: Sink, size: int) -> None:
        """Take where rows are written, so many at a time."""
        self._sink, self._size = sink, size
        self._held: list[pa.Table] = []
        self._rows = 0
        self._is_stopped = False

    def write(self, table: "pa.Table") -> None:
        """Write some rows."""
        while len(table) + self._rows >= self._size:
            if self._is_stopped:
                return
            lacking = self._size - self._rows
            self._hold(table.slice(0, lacking))
            self._hand_on()
            table = table.slice(lacking)
        self._hold(table)

    def _hold(self, table: "pa.Table") -> None:
        if len(table):
            self._held.append(table)
            self._rows += len(table)

    def _hand_on(self) -> None:
        import pyarrow as pa

        table = pa.concat_tables(self._held)
        self._held, self._rows = [], 0
        is_whole = all(column.num_chunks <= 1 for column in table.columns)
        self._sink.write(table if is_whole else table.combine_chunks())

    def stop(self) -> None:
        """Write nothing more, from whichever thread: the file is given up."""
        self._is_stopped = True

    def close(self) -> None:
        """Write what is left, and end the file."""
        if self._held:
            self._hand_on()
        self._sink.close()

    def drop(self) -> None:
        """Let go of the file."""
        self._held = []
        self._sink.drop()


@contextmanager
def open_sink(
    output: Path,
    schema: "pa.Schema",
    *,
    like: Source | None = None,
    specs: Sequence[Spec] = (),
    delimiter: str | None = None,
) -> Iterator[Rows]:
    """Yield a place to write a table to; its file appears, whole, when the block ends well.

    ``like`` is the table that it was made from: a text file keeps its delimiter, a file of SPSS or
    Stata its labels. ``specs`` says what the columns are that were made. Raises
    :class:`InputError` for what the format cannot hold, as far as it can be told before the work.
    """
    ending = _known(output, WRITTEN)
    _require_fit(ending, delimiter=delimiter)
    _require_holds(output, ending, schema, like)
    with whole(output) as path:
        sink = _sink(ending, path, schema, like, specs=specs, delimiter=delimiter)
        rows = Rows(sink, FEW if ending in EXCEL else BATCH)
        try:
            yield rows
            rows.close()
        except BaseException:
            rows.drop()
            raise


def _require_holds(output: Path, ending: str, schema: "pa.Schema", like: Source | None) -> None:
    """Raise for columns and rows that a format cannot hold, before any work."""
    from riskbehov.tables.files.writing.excel import MOST_COLUMNS, MOST_ROWS, too_many

    if ending in (*PARQUET, *ARROW):
        return
    nested = [field.name for field in schema if _is_nested(field.type)]
    if nested:
        said = message(
            "found columns of lists or bytes ({names}), which {ending} cannot hold; write .parquet"
            " instead",
            names=", ".join(nested),
            ending=ending,
        )
        raise InputError(Fault(said, str(output)))
    if ending in STATISTICAL:
        from riskbehov.tables.files.writing.statistical import require_names

        require_names(schema, output, is_stata=ending == ".dta")
    if ending in EXCEL and like is not None and (like.rows or 0) > MOST_ROWS:
        raise too_many(message("rows"), MOST_ROWS, output)
    if ending in EXCEL and len(schema) > MOST_COLUMNS:
        raise too_many(message("columns"), MOST_COLUMNS, output)


def _is_nested(kind: Any) -> bool:  # noqa: ANN401
    import pyarrow as pa

    if isinstance(kind, pa.BaseExtensionType):
        kind = kind.storage_type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    t = pa.types
    refused = t.is_nested, t.is_binary, t.is_large_binary, t.is_fixed_size_binary, t.is_binary_view
    return any(is_such(kind) for is_such in (*refused, t.is_interval))


def _sink(
    ending: str,
    path: Path,
    schema: "pa.Schema",
    like: Source | None,
    *,
    specs: Sequence[Spec],
    delimiter: str | None,
) -> Sink:
    """Return what writes a kind of file."""
    if ending in TEXT:
        from riskbehov.tables.files.writing.text import TextSink

        return TextSink(path, schema, _style(ending, like, delimiter))
    if ending in EXCEL:
        from riskbehov.tables.files.writing.excel import ExcelSink

        return ExcelSink(path, schema)
    if ending in STATISTICAL:
        from riskbehov.tables.files.writing.statistical import StatSink

        return StatSink(path, schema, _labels(ending, like, specs), specs, ending)
    if ending in ARROW:
        from riskbehov.tables.files.writing.arrow import ArrowSink

        return ArrowSink(path, schema, {spec.name for spec in specs})
    from riskbehov.tables.files.writing.parquet import ParquetSink

    return ParquetSink(path, schema)


def _style(ending: str, like: Source | None, delimiter: str | None) -> Style:
    """Return how to write a text file: as the one that it comes from, if it comes from one."""
    style = like.style if like is not None and like.kind == "csv" else Style()
    given = _delimiter(delimiter) or ("\t" if ending == ".tsv" else None)
    return style if given is None else replace(style, delimiter=given)


def _labels(ending: str, like: Source | None, specs: Sequence[Spec]) -> Labels:
    """Return the labels of the columns that were read, as far as another package knows them.

    What is said of a column is not said of what was made in its place.
    """
    if like is None:
        return Labels()
    labels, made = like.labels, {spec.name for spec in specs}
    if like.kind != ("stata" if ending == ".dta" else "spss"):
        labels = Labels(columns=labels.columns, meanings=labels.meanings)
    kept = (
        {name: value for name, value in getattr(labels, part.name).items() if name not in made}
        for part in fields(labels)
    )
    return Labels(*kept)
