"""``riskbehov capacity EXTRACT --offer OFFER``: what a group needs against what there is."""

from pathlib import Path
from typing import Annotated

import typer

from riskbehov.cli.options import (
    DataOption,
    ExtractArgument,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    OutputOption,
    ReviewedOption,
    ThresholdOption,
)
from riskbehov.i18n import _


def capacity_command(
    extract: ExtractArgument,
    *,
    offer: Annotated[
        Path,
        typer.Option(
            help=_("A file of what the municipality offers, with places."), metavar="OFFER.yaml"
        ),
    ],
    threshold: ThresholdOption = 5,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    free_text_reviewed: ReviewedOption = False,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Hold what the persons of an extract need against what a municipality offers."""
    from riskbehov import yamlfile
    from riskbehov.assessing import load_offer
    from riskbehov.cli.output import refuse_same, write
    from riskbehov.groups.capacity import capacity
    from riskbehov.groups.files import load_extract
    from riskbehov.library import Library
    from riskbehov.report import capacity_blocks, capacity_dict

    refuse_same(output, extract, offer)
    library = Library.open(*(data or ()))
    found = capacity(
        load_extract(extract, library),
        load_offer(offer, reviewed=free_text_reviewed),
        library,
        threshold=threshold,
        locate=yamlfile.locator(offer),
    )
    if format_ is Format.json:
        write((), capacity_dict(found, library), format_, output)
    else:
        write(capacity_blocks(found, library), None, format_, output)
