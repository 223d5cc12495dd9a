"""``riskbehov score INSTRUMENT``: one filled form, or a table of them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional, cast

import typer

from riskbehov.cli.options import (
    AsOfOption,
    BirthDateOption,
    DataOption,
    DateOption,
    DelimiterOption,
    EncodingOption,
    Format,
    FormatOption,
    InstrumentArgument,
    KeepOption,
    Language,
    LanguageOption,
    Missing,
    OnIllegal,
    OnlyResultsOption,
    ReviewedOption,
    SheetOption,
    day_of,
    day_or_column,
)
from riskbehov.i18n import _, message

if TYPE_CHECKING:
    from riskbehov.models.instrument import Sex
    from riskbehov.scoring import Answers

_WHOLE = message("a whole number")


class Engine(StrEnum):
    """Who does the work on a table."""

    auto = "auto"
    arrow = "arrow"
    duckdb = "duckdb"
    spark = "spark"


def score_command(
    instrument: InstrumentArgument,
    table: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(
            metavar="TABLE",
            help=_("A table with a form on each row: .csv, .xlsx, .sav, .dta or .parquet."),
        ),
    ] = None,
    *,
    answers: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            help=_(
                "Codes in item order, as 3,2,-,0 (- or nothing where an answer is missing),"
                " or by item, as 1=3,2=2."
            )
        ),
    ] = None,
    sex: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help=_("male, female, other or unknown; of a table, the column.")),
    ] = None,
    age: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help=_("Age in whole years; of a table, the column.")),
    ] = None,
    form: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help=_("How the form was given; see riskbehov instruments show.")),
    ] = None,
    cutoffs: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help=_("A set of limits to go by; may be given several times.")),
    ] = None,
    as_of: AsOfOption = None,
    mapping: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--map", metavar="MAP.yaml", help=_("Recode the table by this map first.")),
    ] = None,
    items: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="PATTERN", help=_("The columns of the items, such as q{item}.")),
    ] = None,
    birth_date: BirthDateOption = None,
    date: DateOption = None,
    bands: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            metavar="default|all|SET",
            help=_("The sets of limits whose bands are written; may be given several times."),
        ),
    ] = None,
    missing: Annotated[
        Optional[Missing],  # noqa: UP045
        typer.Option(help=_("What an incomplete scale comes to; an interval if left out.")),
    ] = None,
    max_missing: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(metavar="N", help=_("With prorate: the most items that may be missing.")),
    ] = None,
    on_illegal: Annotated[
        Optional[OnIllegal],  # noqa: UP045
        typer.Option(
            help=_("What becomes of rows with values that cannot be; all is refused if left out.")
        ),
    ] = None,
    keep: KeepOption = None,
    only_results: OnlyResultsOption = False,
    encoding: EncodingOption = None,
    delimiter: DelimiterOption = None,
    sheet: SheetOption = None,
    engine: Annotated[
        Optional[Engine],  # noqa: UP045
        typer.Option(help=_("Who does the work on a table; Arrow if left out.")),
    ] = None,
    free_text_reviewed: ReviewedOption = False,
    format_: FormatOption = Format.text,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=_("Write to this file; a table needs it, and is written by its ending."),
        ),
    ] = None,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Score one filled form (--answers), or every row of a table."""
    of_table: dict[str, object] = {
        "--map": mapping,
        "--items": items,
        "--birth-date": birth_date,
        "--date": date,
        "--bands": bands,
        "--missing": missing,
        "--max-missing": max_missing,
        "--on-illegal": on_illegal,
        "--keep": keep,
        "--only-results": only_results or None,
        "--encoding": encoding,
        "--delimiter": delimiter,
        "--sheet": sheet,
        "--engine": engine,
        "--free-text-reviewed": free_text_reviewed or None,
    }
    _require_one(table, answers, output, of_table)
    if table is None or output is None:
        _score_form(
            instrument,
            answers or "",
            sex=sex or "unknown",
            age=_age(age),
            form=form,
            cutoffs=cutoffs or (),
            day=day_of(as_of),
            data=data or (),
            format_=format_,
            output=output,
        )
        return
    from riskbehov.cli.scoretable import score_table

    score_table(
        table,
        instrument,
        output,
        mapping=mapping,
        items=items,
        sex=sex,
        age=age,
        birth_date=birth_date,
        date=_date(date, day_of(as_of)),
        form=form,
        cutoffs=cutoffs or (),
        bands=_bands(bands or ["default"]),
        missing=(missing or Missing.interval).value,
        max_missing=max_missing,
        on_illegal=(on_illegal or OnIllegal.refuse).value,
        keep=keep or ([] if only_results else None),
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        engine=(engine or Engine.auto).value,
        reviewed=free_text_reviewed,
        data=data or (),
        format_=format_,
    )


def _require_one(
    table: Path | None,
    answers: str | None,
    output: Path | None,
    of_table: Mapping[str, object],
) -> None:
    """Raise where neither a form nor a table is given, or both, or what goes with the other."""
    from riskbehov.errors import Fault, InputError

    faults = []
    if (table is None) == (answers is None):
        said = message(
            "found {found}, expected a table, or the answers of one form (--answers)",
            found=message("neither") if table is None else message("both"),
        )
        faults.append(Fault(said))
    elif table is None:
        faults = [
            Fault(message("found the option with one form, expected it with a table only"), option)
            for option, value in of_table.items()
            if value is not None
        ]
    elif output is None or str(output) == "-":
        said = message("found no file to write the table to, expected one, such as -o out.parquet")
        faults.append(Fault(said, "--output"))
    if faults:
        raise InputError(faults)


def _age(given: str | None) -> int | None:
    """Return the age of one person."""
    from riskbehov.errors import Fault, InputError, quoted

    if given is None or given.lstrip("-").isdecimal():
        return None if given is None else int(given)
    said = message("found {found}, expected {expected}", found=quoted(given), expected=_WHOLE)
    raise InputError(Fault(said, "--age"))


def _date(given: str | None, as_of: dt.date | None) -> dt.date | str | None:
    """Return the day of the assessment: a column or a day, which --as-of may tell as well."""
    from riskbehov.errors import Fault, InputError

    if given is not None and as_of is not None:
        said = message("found both --date and --as-of, expected one of them")
        raise InputError(Fault(said, "--date"))
    return day_or_column(given) if given is not None else as_of


def _bands(given: Sequence[str]) -> Any:  # noqa: ANN401 - a word, or the names of sets
    return given[0] if len(given) == 1 and given[0] in ("default", "all") else given


def _score_form(
    instrument: str,
    answers: str,
    *,
    sex: str,
    age: int | None,
    form: str | None,
    cutoffs: Sequence[str],
    day: dt.date | None,
    data: Sequence[Path],
    format_: Format,
    output: Path | None,
) -> None:
    """Score one filled form."""
    from riskbehov.cli.answers import parse_answers
    from riskbehov.cli.output import write
    from riskbehov.library import Library
    from riskbehov.report import score_blocks
    from riskbehov.report.plain.assessment import score_dict
    from riskbehov.scoring import score

    library = Library.open(*data)
    found = score(
        library.scored(instrument),
        cast("Answers", parse_answers(answers)),  # what is no code is refused by its item
        sex=cast("Sex", sex),  # and so is a word that is no sex
        age=age,
        form=form,
        cutoffs=cutoffs,
        day=day,
    )
    write(score_blocks(found, library), score_dict(found), format_, output)
