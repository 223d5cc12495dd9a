"""``riskbehov group EXTRACT``: what is told of a group, with small counts held back."""

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from riskbehov.cli.options import (
    DataOption,
    ExtractArgument,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    OutputOption,
    ThresholdOption,
)
from riskbehov.i18n import _

if TYPE_CHECKING:
    from riskbehov.models.extract import Release
    from riskbehov.report.document import Picture


class Division(StrEnum):
    """How a group is divided."""

    sex = "sex"
    age = "age"


def group_command(
    extract: ExtractArgument,
    *,
    threshold: ThresholdOption = 5,
    previous: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="RELEASE.json",
            help=_("The release before, as JSON: nothing can be worked out by comparison."),
        ),
    ] = None,
    by: Annotated[
        Optional[list[Division]],  # noqa: UP045
        typer.Option(help=_("Divide by this alone; may be given several times.")),
    ] = None,
    csv: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="FILE.csv", help=_("Write the counts for a spreadsheet too.")),
    ] = None,
    figure: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="FILE.png|.svg", help=_("Draw the identified needs too.")),
    ] = None,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Sum up de-identified records by sex, by age group and in total, small counts held back."""
    from riskbehov.cli.output import emit_bytes, refuse_same, require_different, write
    from riskbehov.groups.files import load_extract, load_release
    from riskbehov.groups.release import BY, release
    from riskbehov.library import Library
    from riskbehov.report import released_blocks, to_csv

    for written in (output, csv, figure):
        refuse_same(written, extract, previous)
    require_different(output, csv, figure)
    form = _form(figure)
    library = Library.open(*(data or ()))
    found = release(
        load_extract(extract, library),
        library,
        threshold=threshold,
        by=tuple(division.value for division in Division if division in by) if by else BY,
        previous=load_release(previous) if previous else None,
    )
    shown = _draw(found.release, figure, form, output) if figure else None
    if csv is not None:
        emit_bytes(to_csv(found.release).encode(), csv)
    if format_ is Format.json:
        write((), found.release.model_dump(mode="json"), format_, output)
    else:
        write(released_blocks(found, library, shown), None, format_, output)


def _form(figure: Path | None) -> str:
    """Return the form of a figure by the ending of its file."""
    from riskbehov.errors import Fault, InputError
    from riskbehov.i18n import message
    from riskbehov.report.group.figure import FORMS

    if figure is None:
        return ""
    if figure.suffix.lower() not in FORMS:
        raise InputError(
            Fault(
                message(
                    "found the ending {found!r}, expected {expected}",
                    found=figure.suffix,
                    expected=", ".join(FORMS),
                ),
                str(figure),
            )
        )
    return figure.suffix.lower().removeprefix(".")


def _draw(release: "Release", figure: Path, form: str, output: Path | None) -> "Picture":
    """Write the figure; return where it is, as seen from the report, and what it shows."""
    from riskbehov.cli.output import emit_bytes
    from riskbehov.report.document import Picture
    from riskbehov.report.group.figure import alternative, draw, panels

    found = panels(release)
    emit_bytes(draw(found, form), figure)
    folder = output.parent if output else Path()
    return Picture(Path(os.path.relpath(figure, folder)).as_posix(), alternative(found))
