"""``riskbehov process CASE``: what is done, what is next and what stops it."""

from typing import Annotated, Optional

import typer

from riskbehov.cli.options import (
    AsOfOption,
    CaseArgument,
    DataOption,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    OutputOption,
    PlaintextOption,
    ReviewedOption,
    day_of,
)
from riskbehov.i18n import _


def process_command(
    case: CaseArgument,
    *,
    process: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            help=_("Only this process; left out, those that the case names, else all."),
            metavar="ID",
        ),
    ] = None,
    as_of: AsOfOption = None,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    plaintext: PlaintextOption = False,
    free_text_reviewed: ReviewedOption = False,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Show a case's processes step by step: done, next, waiting, stopped, with the law by date."""
    from riskbehov.assessing import load_case
    from riskbehov.assessing.steps import follow_case
    from riskbehov.cli.output import refuse_same, write
    from riskbehov.library import Library

    refuse_same(output, case)
    library = Library.open(*(data or ()))
    found = follow_case(
        load_case(case, plaintext=plaintext, reviewed=free_text_reviewed),
        library,
        process=process,
        day=day_of(as_of),
        path=case,
    )
    if format_ is Format.json:
        from riskbehov.report.plain.steps import process_dict

        write((), process_dict(found), format_, output)
    else:
        from riskbehov.report import process_blocks

        write(process_blocks(found, library), None, format_, output)
