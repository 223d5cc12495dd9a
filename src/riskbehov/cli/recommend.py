"""``riskbehov recommend ASSESSMENT TABLE -o OUT``: what would be recommended for each row."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from riskbehov.cli.options import (
    BirthDateOption,
    DataOption,
    DateOption,
    DelimiterOption,
    EncodingOption,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    OnIllegal,
    ReportOption,
    ReviewedOption,
    SheetOption,
    TableArgument,
    TableOutputOption,
    day_or_column,
)
from riskbehov.i18n import _


def recommend_command(
    assessment: Annotated[str, typer.Argument(help=_("The assessment's id, such as adult."))],
    table: TableArgument,
    *,
    output: TableOutputOption,
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
    birth_date: BirthDateOption = None,
    date: DateOption = None,
    on_illegal: Annotated[
        OnIllegal, typer.Option(help=_("What becomes of rows with values that cannot be."))
    ] = OnIllegal.flag,
    report: ReportOption = None,
    encoding: EncodingOption = None,
    delimiter: DelimiterOption = None,
    sheet: SheetOption = None,
    format_: FormatOption = Format.text,
    free_text_reviewed: ReviewedOption = False,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Tell for each row of a de-identified table what an assessment of it would say."""
    from riskbehov.cli.output import refuse_same, require_different, reserved, tell, write
    from riskbehov.cli.progress import progress
    from riskbehov.library import Library
    from riskbehov.report import recommend_blocks, recommend_dict
    from riskbehov.tables.jobs.recommend import recommend_file

    refuse_same(report, table, *(mapping or ()))
    require_different(output, report)
    with reserved(report) as place:
        with progress() as told:
            found = recommend_file(
                table,
                assessment,
                output,
                purpose=purpose,
                maps=mapping or (),
                age=age,
                birth_date=birth_date,
                sex=sex,
                date=day_or_column(date),
                on_illegal=on_illegal.value,
                encoding=encoding,
                delimiter=delimiter,
                sheet=sheet,
                reviewed=free_text_reviewed,
                told=told,
                library=Library.open(*(data or ())),
            )
        tell(found.source.notes)
        write(recommend_blocks(found), recommend_dict(found), format_, place)
