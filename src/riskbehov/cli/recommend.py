"""``riskbehov recommend ASSESSMENT TABLE -o OUT``: what would be recommended for each row."""

import datetime as dt
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
    ReviewedOption,
    SheetOption,
    TableArgument,
)
from riskbehov.i18n import _


def recommend_command(
    assessment: Annotated[str, typer.Argument(help=_("The assessment's id, such as adult."))],
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
    purpose: Annotated[
        str,
        typer.Option(help=_("What the research is for, in a sentence. It stands in the report.")),
    ],
    mapping: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Option(
            "--map",
            metavar="MAP.yaml",
            help=_("A recode map to go by first; one for each instrument may be given."),
        ),
    ] = None,
    sex: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="COLUMN", help=_("The column of sex, if it is not called sex.")),
    ] = None,
    age: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="COLUMN", help=_("The column of age, if it is not called age.")),
    ] = None,
    birth_date: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="COLUMN", help=_("The column of the date of birth, for the age.")),
    ] = None,
    date: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            metavar="COLUMN|DAY",
            help=_("The day of the assessment, if its column is not called date: or one for all."),
        ),
    ] = None,
    on_illegal: Annotated[
        str,
        typer.Option(
            metavar="flag|refuse|drop", help=_("What becomes of rows with what cannot be.")
        ),
    ] = "flag",
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
    free_text_reviewed: ReviewedOption = False,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Tell for each row of a de-identified table what an assessment of it would say."""
    from riskbehov.cli.output import refuse_same, write
    from riskbehov.library import Library
    from riskbehov.report import recommend_blocks, recommend_dict
    from riskbehov.tables.jobs.recommend import recommend_file

    refuse_same(report, table, output, *(mapping or ()))
    found = recommend_file(
        table,
        assessment,
        output,
        purpose=purpose,
        maps=mapping or (),
        age=age,
        birth_date=birth_date,
        sex=sex,
        date=_day_or_column(date),
        on_illegal=on_illegal,  # type: ignore[arg-type]  # another word is refused by its name
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        reviewed=free_text_reviewed,
        library=Library.open(*(data or ())),
    )
    for note in found.source.notes:
        sys.stderr.write(f"{note}\n")
    write(recommend_blocks(found), recommend_dict(found), format_, report)


def _day_or_column(given: str | None) -> str | dt.date | None:
    """Return one day for all, or the name of a column."""
    try:
        return dt.date.fromisoformat(given) if given else None
    except ValueError:
        return given
