"""``riskbehov assess CASE`` and ``riskbehov explain CASE RULE``."""

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


def assess_command(
    case: CaseArgument,
    *,
    offer: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help=_("A file of what the municipality offers."), metavar="OFFER.yaml"),
    ] = None,
    brief: Annotated[
        bool,
        typer.Option(
            "--brief", help=_("Only what is acute, the case in short, plan and questions.")
        ),
    ] = False,
    as_of: AsOfOption = None,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    plaintext: PlaintextOption = False,
    free_text_reviewed: ReviewedOption = False,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Assess one case: scores, risk, needs, recommendations and a plan, each with its source."""
    from riskbehov.assessing import assess, load_case, load_offer
    from riskbehov.cli.output import refuse_same, write
    from riskbehov.library import Library
    from riskbehov.report.plain import result_dict

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
    if format_ is Format.json:
        write((), result_dict(result), format_, output)
    else:
        from riskbehov.report import assessment_blocks

        write(assessment_blocks(result, library, is_brief=brief), None, format_, output)


def explain_command(
    case: CaseArgument,
    rule: Annotated[str, typer.Argument(help=_("The rule's id."))],
    *,
    as_of: AsOfOption = None,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    plaintext: PlaintextOption = False,
    free_text_reviewed: ReviewedOption = False,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001
) -> None:
    """Explain why a rule applies to a case, does not apply, or cannot be told."""
    from riskbehov.assessing import explain_rule, load_case
    from riskbehov.cli.output import refuse_same, write
    from riskbehov.library import Library
    from riskbehov.report import explanation_blocks
    from riskbehov.report.plain import explanation_dict

    refuse_same(output, case)
    library = Library.open(*(data or ()))
    result, verdict, explained = explain_rule(
        load_case(case, plaintext=plaintext, reviewed=free_text_reviewed),
        rule,
        library,
        day=day_of(as_of),
        path=case,
    )
    write(
        explanation_blocks(result, verdict, explained, library),
        explanation_dict(verdict, explained),
        format_,
        output,
    )
