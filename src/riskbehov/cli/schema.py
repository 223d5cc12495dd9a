"""``riskbehov schema``: JSON Schema of the case file and of every data file, for editors."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from riskbehov.cli.options import Language, LanguageOption
from riskbehov.i18n import _


def schema_command(
    name: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(help=_("Which file's schema; the names if left out.")),
    ] = None,
    *,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--output",
            "-o",
            help=_("Write to this file; without a name, all schemas into this folder."),
        ),
    ] = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001
) -> None:
    """Write the JSON Schema of a case file or a data file."""
    from riskbehov.cli.output import as_json, emit, new_folder
    from riskbehov.schemas import json_schema, schema_names

    if name is not None:
        emit(as_json(json_schema(name)), output)
    elif output is None:
        emit("\n".join(schema_names()), None)
    else:
        new_folder(output)
        for each in schema_names():
            emit(as_json(json_schema(each)), output / f"{each}.schema.json")
