"""``riskbehov profile INSTRUMENT TABLE``: what is in a table, and a draft of how to recode it."""

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
    OutputOption,
    SheetOption,
    TableArgument,
)
from riskbehov.i18n import _


def profile_command(
    instrument: Annotated[str, typer.Argument(help=_("The instrument's id, such as audit."))],
    table: TableArgument,
    *,
    items: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            metavar="PATTERN",
            help=_("The columns of the items, such as q{item}; else they are suggested."),
        ),
    ] = None,
    sex: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="COLUMN", help=_("The column of sex; else it is suggested.")),
    ] = None,
    age: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="COLUMN", help=_("The column of age; else it is suggested.")),
    ] = None,
    draft: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="MAP.yaml", help=_("Write a draft of a recode map to a new file.")),
    ] = None,
    encoding: EncodingOption = None,
    delimiter: DelimiterOption = None,
    sheet: SheetOption = None,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Tell what is in a table; nothing is changed, and no other column's values are shown."""
    from riskbehov.cli.output import refuse_same, write
    from riskbehov.library import Library
    from riskbehov.report import profile_blocks, profile_dict
    from riskbehov.tables.files.opening import open_source
    from riskbehov.tables.jobs.recode import profile_source
    from riskbehov.tables.mapping.drafting import draft_map

    refuse_same(output, table, draft)
    library = Library.open(*(data or ()))
    source = open_source(table, encoding=encoding, delimiter=delimiter, sheet=sheet)
    known = library.scored(instrument)
    found = profile_source(source, known, items=items, sex=sex, age=age)
    if draft is not None:
        draft_map(found).write(draft)
        said = _("A draft was written to {file}: go through it before it is used.", file=draft)
        sys.stderr.write(said + "\n")
    for note in source.notes:
        sys.stderr.write(f"{note}\n")
    write(profile_blocks(found), profile_dict(found), format_, output)
