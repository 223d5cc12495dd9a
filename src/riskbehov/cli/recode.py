"""``riskbehov recode MAP TABLE -o OUT``: a table with the codes that scores are made from."""

from pathlib import Path
from typing import Annotated

import typer

from riskbehov.cli.options import (
    DataOption,
    DelimiterOption,
    EncodingOption,
    Format,
    FormatOption,
    KeepOption,
    Language,
    LanguageOption,
    OnlyResultsOption,
    ReportOption,
    ReviewedOption,
    SheetOption,
    TableArgument,
    TableOutputOption,
)
from riskbehov.i18n import _


def recode_command(
    mapping: Annotated[Path, typer.Argument(metavar="MAP.yaml", help=_("A recode map."))],
    table: TableArgument,
    *,
    output: TableOutputOption,
    report: ReportOption = None,
    encoding: EncodingOption = None,
    delimiter: DelimiterOption = None,
    sheet: SheetOption = None,
    keep: KeepOption = None,
    only_results: OnlyResultsOption = False,
    free_text_reviewed: ReviewedOption = False,
    format_: FormatOption = Format.text,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Recode a table by a map that somebody has confirmed, and tell what became of it."""
    from riskbehov.cli.output import refuse_same, require_different, reserved, tell, write
    from riskbehov.cli.progress import progress
    from riskbehov.library import Library
    from riskbehov.report import recode_blocks, recode_dict
    from riskbehov.tables.files.opening import open_source
    from riskbehov.tables.jobs.recode import recode_source

    refuse_same(report, table, mapping)
    require_different(output, report)
    library = Library.open(*(data or ()))
    source = open_source(table, encoding=encoding, delimiter=delimiter, sheet=sheet)
    with reserved(report) as place:
        with progress() as told:
            found = recode_source(
                source,
                mapping,
                output,
                keep=keep or ([] if only_results else None),
                reviewed=free_text_reviewed,
                library=library,
                told=told,
            )
        tell(source.notes)
        write(recode_blocks(found), recode_dict(found), format_, place)
