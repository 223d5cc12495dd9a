"""``riskbehov score INSTRUMENT``: one filled form."""

from typing import TYPE_CHECKING, Annotated, Optional, cast

import typer

from riskbehov.cli.options import (
    AsOfOption,
    DataOption,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    OutputOption,
    day_of,
)
from riskbehov.i18n import _

if TYPE_CHECKING:
    from riskbehov.models.instrument import Sex
    from riskbehov.scoring import Answers


def score_command(
    instrument: Annotated[str, typer.Argument(help=_("The instrument's id, such as audit."))],
    *,
    answers: Annotated[
        str,
        typer.Option(
            help=_(
                "Codes in item order, as 3,2,-,0 (- or nothing where an answer is missing),"
                " or by item, as 1=3,2=2."
            )
        ),
    ],
    sex: Annotated[str, typer.Option(help=_("male, female, other or unknown."))] = "unknown",
    age: Annotated[Optional[int], typer.Option(help=_("Age in whole years."))] = None,  # noqa: UP045
    form: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help=_("How the form was given; see riskbehov instruments show.")),
    ] = None,
    cutoffs: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help=_("A set of limits to go by; may be given several times.")),
    ] = None,
    as_of: AsOfOption = None,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Score one filled form."""
    from riskbehov.cli.answers import parse_answers
    from riskbehov.cli.output import write
    from riskbehov.library import Library
    from riskbehov.report import score_blocks
    from riskbehov.report.plain.assessment import score_dict
    from riskbehov.scoring import score

    library = Library.open(*(data or ()))
    found = score(
        library.scored(instrument),
        cast("Answers", parse_answers(answers)),  # what is no code is refused by its item
        sex=cast("Sex", sex),  # and so is a word that is no sex
        age=age,
        form=form,
        cutoffs=cutoffs or (),
        day=day_of(as_of),
    )
    write(score_blocks(found, library), score_dict(found), format_, output)
