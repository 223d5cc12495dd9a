"""Options that several commands share."""

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from riskbehov.i18n import _


class Format(StrEnum):
    """How a result is written."""

    text = "text"
    json = "json"
    markdown = "markdown"


class Language(StrEnum):
    """The language of labels and messages."""

    sv = "sv"
    en = "en"


class Missing(StrEnum):
    """What an incomplete scale comes to."""

    interval = "interval"
    strict = "strict"
    prorate = "prorate"


class OnIllegal(StrEnum):
    """What becomes of rows with values that cannot be."""

    refuse = "refuse"
    flag = "flag"
    drop = "drop"


FormatOption = Annotated[
    Format, typer.Option("--format", "-f", help=_("How the result is written."))
]
OutputOption = Annotated[
    Optional[Path],  # noqa: UP045 - typer reads this form on every Python that we support
    typer.Option("--output", "-o", help=_("Write to this file instead of the terminal.")),
]
LanguageOption = Annotated[
    Language, typer.Option("--lang", help=_("Language of labels and messages."))
]
DataOption = Annotated[
    Optional[list[Path]],  # noqa: UP045
    typer.Option("--data", help=_("A further folder of data files; may be given several times.")),
]
AsOfOption = Annotated[
    Optional[dt.datetime],  # noqa: UP045
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        help=_("Go by the rules, the limits and the law of this day."),
    ),
]
CaseArgument = Annotated[Path, typer.Argument(metavar="CASE.yaml", help=_("A case file."))]
OfferOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(help=_("A file of what the municipality offers."), metavar="OFFER.yaml"),
]
ExtractArgument = Annotated[
    Path,
    typer.Argument(metavar="EXTRACT.json", help=_("An extract, made by riskbehov extract.")),
]
InstrumentArgument = Annotated[str, typer.Argument(help=_("The instrument's id, such as audit."))]
TableArgument = Annotated[
    Path,
    typer.Argument(
        metavar="TABLE", help=_("A table: .csv, .xlsx, .sav, .dta or .parquet, by its ending.")
    ),
]
EncodingOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        help=_("The encoding of a text file, such as windows-1252; recognised if left out.")
    ),
]
DelimiterOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(help=_("What stands between the columns of a text file, such as ; or tab.")),
]
SheetOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(help=_("Which sheet of an Excel file.")),
]
BirthDateOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(metavar="COLUMN", help=_("The column of the date of birth, instead of the age.")),
]
DateOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        metavar="COLUMN|DAY",
        help=_("The day of the assessment: a column, or one day for all rows."),
    ),
]
TableOutputOption = Annotated[
    Path,
    typer.Option(
        "--output", "-o", metavar="OUT", help=_("The file to write the table to, by its ending.")
    ),
]
ReportOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(metavar="FILE", help=_("Write the report to this file instead of the terminal.")),
]
ThresholdOption = Annotated[
    int, typer.Option(metavar="N", help=_("Counts below this are held back."))
]
KeepOption = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        metavar="COLUMN",
        help=_("Write only this column besides the results; may be given several times."),
    ),
]
OnlyResultsOption = Annotated[
    bool, typer.Option("--only-results", help=_("Write only the results."))
]
PlaintextOption = Annotated[
    bool,
    typer.Option(
        "--plaintext",
        help=_("The case is real, and I may keep this file unencrypted."),
    ),
]
ReviewedOption = Annotated[
    bool,
    typer.Option(
        "--free-text-reviewed",
        help=_("I have looked at what resembles telephone, e-mail or address: it is none."),
    ),
]


def day_of(given: dt.datetime | None) -> dt.date | None:
    """Return the day of a ``--as-of`` option."""
    return given.date() if given else None


def day_or_column(given: str | None) -> dt.date | str | None:
    """Return one day for all rows, or the name of a column."""
    try:
        return dt.date.fromisoformat(given) if given is not None else None
    except ValueError:
        return given
