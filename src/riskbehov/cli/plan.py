"""``riskbehov plan CASE``: the handlingsplan of one assessed case."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from riskbehov.cli.options import (
    AsOfOption,
    CaseArgument,
    DataOption,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    OutputOption,
    PlaintextOption,
    ReviewedOption,
    day_of,
)
from riskbehov.i18n import _


def plan_command(
    case: CaseArgument,
    *,
    offer: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help=_("A file of what the municipality offers."), metavar="OFFER.yaml"),
    ] = None,
    as_of: AsOfOption = None,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    plaintext: PlaintextOption = False,
    free_text_reviewed: ReviewedOption = False,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Make the action plan: goals, insatser, who, when, where; what is agreed and what is left."""
    from riskbehov.assessing import assess, load_case, load_offer
    from riskbehov.cli.output import refuse_same, write
    from riskbehov.library import Library
    from riskbehov.process.actionplan import handlingsplan

    refuse_same(output, case, offer)
    library = Library.open(*(data or ()))
    result = assess(
        load_case(case, plaintext=plaintext, reviewed=free_text_reviewed),
        library,
        day=day_of(as_of),
        offer=load_offer(offer, reviewed=free_text_reviewed) if offer else None,
        path=case,
        offer_path=offer,
    )
    plan = handlingsplan(result, library)
    if format_ is Format.json:
        from riskbehov.report.plain_plan import plan_dict

        write((), plan_dict(plan), format_, output)
    else:
        from riskbehov.report import plan_blocks

        write(plan_blocks(plan, library), None, format_, output)
