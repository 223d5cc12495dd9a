"""``riskbehov profile INSTRUMENT TABLE``: what is in a table, and a draft of how to recode it."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from riskbehov.cli.options import (
    DataOption,
    DelimiterOption,
    EncodingOption,
    Format,
    FormatOption,
    InstrumentArgument,
    Language,
    LanguageOption,
    OutputOption,
    SheetOption,
    TableArgument,
)
from riskbehov.i18n import _

if TYPE_CHECKING:
    from riskbehov.exchange.redcap.fields import Told
    from riskbehov.models.instrument import ScoredInstrument


def profile_command(
    instrument: InstrumentArgument,
    table: TableArgument,
    *,
    items: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            metavar="PATTERN",
            help=_("The columns of the items, such as q{item}; else they are suggested."),
        ),
    ] = None,
    sex: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="COLUMN", help=_("The column of sex; else it is suggested.")),
    ] = None,
    age: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="COLUMN", help=_("The column of age; else it is suggested.")),
    ] = None,
    draft: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="MAP.yaml", help=_("Write a draft of a recode map to a new file.")),
    ] = None,
    dictionary: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="FILE", help=_("The data dictionary of the REDCap project that it comes from.")
        ),
    ] = None,
    encoding: EncodingOption = None,
    delimiter: DelimiterOption = None,
    sheet: SheetOption = None,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Tell what is in a table; nothing is changed, and no other column's values are shown."""
    from riskbehov.cli.output import refuse_same, require_different, reserved, tell, write
    from riskbehov.library import Library
    from riskbehov.report import profile_blocks, profile_dict
    from riskbehov.tables.files.opening import open_source
    from riskbehov.tables.jobs.recode import profile_source
    from riskbehov.tables.mapping.drafting import draft_map

    refuse_same(output, table, dictionary)
    require_different(output, draft)
    library = Library.open(*(data or ()))
    source = open_source(table, encoding=encoding, delimiter=delimiter, sheet=sheet)
    known = library.scored(instrument)
    told = _told(dictionary, source.schema.names, known) if dictionary else None
    found = profile_source(
        source,
        known,
        items=items if items or not told else told.items,
        sex=sex,
        age=age,
        labels=told.values if told else None,
    )
    with reserved(output) as place:
        if draft is not None:
            draft_map(found).write(draft)
            said = _("A draft was written to {file}: go through it before it is used.", file=draft)
            sys.stderr.write(said + "\n")
        tell(source.notes)
        write(profile_blocks(found), profile_dict(found), format_, place)


def _told(dictionary: Path, header: Sequence[str], instrument: "ScoredInstrument") -> "Told":
    """Return what the data dictionary of a REDCap project says of the columns of its export."""
    from riskbehov.exchange.redcap.fields import read_fields, told_of

    return told_of(read_fields(dictionary), header, instrument)
