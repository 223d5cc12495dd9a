"""``riskbehov new``: the beginnings of an instrument folder and of a case file."""

from pathlib import Path
from typing import Annotated

import typer

from riskbehov.cli.options import DataOption, Language, LanguageOption, OutputOption
from riskbehov.errors import Fault, InputError
from riskbehov.i18n import _, message

app = typer.Typer(
    help=_("Begin a new instrument or case."), no_args_is_help=True, rich_markup_mode=None
)


@app.command("instrument", help=_("Begin an instrument: a folder with a definition and cases."))
def instrument_command(
    id_: Annotated[str, typer.Argument(metavar="ID", help=_("Its id: lower case, digits, -."))],
    *,
    folder: Annotated[
        Path,
        typer.Option("--dir", help=_("The folder of data files to put it in.")),
    ] = Path(),
    lang: LanguageOption = Language.sv,  # noqa: ARG001
) -> None:
    """Begin an instrument."""
    from riskbehov.cli.output import emit
    from riskbehov.scaffold import new_instrument

    for path in new_instrument(id_, folder):
        emit(str(path), None)
    emit(
        _(
            "Fill in the definition, then: riskbehov check --data {folder} and"
            " riskbehov test {id} --data {folder}",
            folder=folder,
            id=id_,
        ),
        None,
    )


@app.command("case", help=_("Begin a case file under a key that riskbehov makes."))
def case_command(
    *,
    assessment: Annotated[str, typer.Option(help=_("The assessment's id."))] = "adult",
    fictional: Annotated[bool, typer.Option(help=_("Whether the case is made up."))] = True,
    output: OutputOption = None,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001
) -> None:
    """Begin a case file."""
    from riskbehov.cli.output import emit
    from riskbehov.library import Library
    from riskbehov.scaffold import new_case

    if output is not None and output.is_file():
        raise InputError(
            Fault(
                message("the file exists already, expected none; nothing was written"), str(output)
            )
        )
    library = Library.open(*(data or ()))
    emit(new_case(library, library.assessment(assessment), fictional=fictional), output)
