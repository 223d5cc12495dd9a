"""``riskbehov extract CASE…``: de-identified records, which alone follow-up works on."""

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from riskbehov.cli.options import (
    DataOption,
    Language,
    LanguageOption,
    OfferOption,
    PlaintextOption,
    ReviewedOption,
)
from riskbehov.i18n import _


def extract_command(
    cases: Annotated[
        list[Path],
        typer.Argument(
            metavar="CASE.yaml...", help=_("Case files; a folder stands for all *.yaml in it.")
        ),
    ],
    *,
    purpose: Annotated[
        str,
        typer.Option(help=_("What the follow-up is for, in a sentence. It stands in the file.")),
    ],
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--output",
            "-o",
            help=_("Write to this file instead of the terminal."),
            metavar="EXTRACT.json",
        ),
    ] = None,
    offer: OfferOption = None,
    plaintext: PlaintextOption = False,
    free_text_reviewed: ReviewedOption = False,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Make de-identified records of some cases, with the purpose of the follow-up in them."""
    from riskbehov.assessing import load_offer
    from riskbehov.assessing.purpose import check_purpose
    from riskbehov.cli.output import as_json, emit, refuse_same
    from riskbehov.groups.deidentify import extract, load_cases
    from riskbehov.library import Library
    from riskbehov.report import extracted_blocks, to_text

    check_purpose(purpose, reviewed=free_text_reviewed)
    files = load_cases(cases, plaintext=plaintext, reviewed=free_text_reviewed)
    refuse_same(output, offer, *(file.path for file in files))
    found = extract(
        files,
        Library.open(*(data or ())),
        purpose=purpose,
        offer=load_offer(offer, reviewed=free_text_reviewed) if offer else None,
        offer_path=offer,
        reviewed=free_text_reviewed,
    )
    emit(as_json(found.extract.model_dump(mode="json")), output)
    sys.stderr.write(to_text(extracted_blocks(found)))
