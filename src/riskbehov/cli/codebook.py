"""``riskbehov codebook INSTRUMENT``: what the columns of a table mean, for people and programs."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from riskbehov.cli.options import (
    DataOption,
    InstrumentArgument,
    Language,
    LanguageOption,
    Missing,
    OutputOption,
)
from riskbehov.i18n import _

if TYPE_CHECKING:
    from riskbehov.exchange.codebook import Codebook
    from riskbehov.models.instrument import Instrument


class BookFormat(StrEnum):
    """How a codebook is written."""

    markdown = "markdown"
    csv = "csv"
    redcap = "redcap"
    spss = "spss"


class Part(StrEnum):
    """Which columns are told of."""

    all = "all"
    answers = "answers"
    scores = "scores"


class Bands(StrEnum):
    """Which sets of limits have columns of bands."""

    default = "default"
    all = "all"


def codebook_command(
    instrument: InstrumentArgument,
    *,
    format_: Annotated[
        BookFormat,
        typer.Option(
            "--format",
            "-f",
            help=_("To read, as a table, as a data dictionary of REDCap, or as SPSS syntax."),
        ),
    ] = BookFormat.markdown,
    part: Annotated[
        Part, typer.Option(help=_("Only the columns that are read, or only the scores."))
    ] = Part.all,
    cutoffs: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help=_("As for riskbehov score: its bands have columns too.")),
    ] = None,
    bands: Annotated[Bands, typer.Option(help=_("As for riskbehov score."))] = Bands.default,
    missing: Annotated[Missing, typer.Option(help=_("As for riskbehov score."))] = Missing.interval,
    missing_code: Annotated[
        Optional[list[int]],  # noqa: UP045
        typer.Option(
            metavar="CODE",
            help=_("SPSS: a code that says that there is no answer; at most three."),
        ),
    ] = None,
    skips: Annotated[
        bool, typer.Option("--skips", help=_("REDCap: hide the items that may be skipped."))
    ] = False,
    output: OutputOption = None,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Write what the columns of an instrument mean."""
    from riskbehov.cli.output import emit
    from riskbehov.exchange.codebook import codebook
    from riskbehov.library import Library

    has_scores = part is not Part.all or cutoffs or bands is not Bands.default
    _refuse_unused(
        format_,
        {
            "--skips": (skips, (BookFormat.redcap,)),
            "--missing-code": (missing_code, (BookFormat.spss,)),
            "--part, --cutoffs, --bands, --missing": (
                has_scores or missing is not Missing.interval,
                (BookFormat.markdown, BookFormat.csv, BookFormat.spss),
            ),
        },
    )
    found = Library.open(*(data or ())).instrument(instrument)
    if format_ is BookFormat.redcap:
        emit(_redcap(found, skips=skips), output)
        return
    book = codebook(
        found,
        part=part.value,
        cutoffs=cutoffs or (),
        bands=bands.value,
        missing=missing.value,
    )
    emit(_written(book, format_, missing_code or []), output)


def _refuse_unused(
    format_: BookFormat, options: dict[str, tuple[object, tuple[BookFormat, ...]]]
) -> None:
    """Raise :class:`InputError` for options that the format has no use for."""
    from riskbehov.errors import Fault, InputError
    from riskbehov.i18n import message

    faults = [
        Fault(
            message(
                "found it with --format {found}, expected it only with {known}",
                found=format_.value,
                known=", ".join(f.value for f in formats),
            ),
            name,
        )
        for name, (is_given, formats) in options.items()
        if is_given and format_ not in formats
    ]
    if faults:
        raise InputError(faults)


def _redcap(instrument: "Instrument", *, skips: bool) -> str:
    from riskbehov.exchange.redcap import dictionary

    return dictionary(instrument, skips=skips)


def _written(book: "Codebook", format_: BookFormat, missing: list[int]) -> str:
    from riskbehov.exchange.flat import to_csv
    from riskbehov.exchange.spss import to_sps
    from riskbehov.report import to_markdown
    from riskbehov.report.register.codebook import codebook_blocks

    if format_ is BookFormat.csv:
        return to_csv(book)
    if format_ is BookFormat.spss:
        return to_sps(book, missing=missing)
    return to_markdown(codebook_blocks(book))
