"""``riskbehov followup FIRST SECOND``: two assessments of the same person."""

from pathlib import Path
from typing import Annotated

import typer

from riskbehov.cli.options import (
    DataOption,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    OutputOption,
    PlaintextOption,
    ReviewedOption,
)
from riskbehov.i18n import _


def followup_command(
    first: Annotated[
        Path, typer.Argument(metavar="FIRST.yaml", help=_("The case file of the first time."))
    ],
    second: Annotated[
        Path, typer.Argument(metavar="SECOND.yaml", help=_("The case file of the second time."))
    ],
    *,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    plaintext: PlaintextOption = False,
    free_text_reviewed: ReviewedOption = False,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Tell what has changed from the first assessment to the second, and how sure it is."""
    from riskbehov.assessing import follow, load_case
    from riskbehov.cli.output import refuse_same, write
    from riskbehov.errors import make_each
    from riskbehov.library import Library

    refuse_same(output, first, second)
    library = Library.open(*(data or ()))
    was, now = make_each(
        (first, second),
        lambda path: load_case(path, plaintext=plaintext, reviewed=free_text_reviewed),
    )
    found = follow(was, now, library, path=first, later_path=second)
    if format_ is Format.json:
        from riskbehov.report.plain.followup import followup_dict

        write((), followup_dict(found), format_, output)
    else:
        from riskbehov.report import followup_blocks

        write(followup_blocks(found, library), None, format_, output)
