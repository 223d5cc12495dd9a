"""``riskbehov recode MAP TABLE -o OUT``: a table with the codes that scores are made from."""

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from riskbehov.cli.options import (
    DataOption,
    DelimiterOption,
    EncodingOption,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    SheetOption,
    TableArgument,
)
from riskbehov.i18n import _


def recode_command(
    mapping: Annotated[Path, typer.Argument(metavar="MAP.yaml", help=_("A recode map."))],
    table: TableArgument,
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help=_("The file to write the table to, by its ending."),
        ),
    ],
    report: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="FILE", help=_("Write the report to this file instead of the terminal.")
        ),
    ] = None,
    encoding: EncodingOption = None,
    delimiter: DelimiterOption = None,
    sheet: SheetOption = None,
    format_: FormatOption = Format.text,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Recode a table by a map that somebody has confirmed, and tell what became of it."""
    from riskbehov.cli.output import refuse_same, write
    from riskbehov.library import Library
    from riskbehov.report import recode_blocks, recode_dict
    from riskbehov.tables.files.opening import open_source
    from riskbehov.tables.jobs.recode import recode_source

    refuse_same(report, table, mapping, output)
    library = Library.open(*(data or ()))
    source = open_source(table, encoding=encoding, delimiter=delimiter, sheet=sheet)
    found = recode_source(source, mapping, output, library=library)
    for note in source.notes:
        sys.stderr.write(f"{note}\n")
    write(recode_blocks(found), recode_dict(found), format_, report)
