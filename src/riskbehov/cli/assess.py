"""``riskbehov assess CASE`` and ``riskbehov explain CASE RULE``."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from riskbehov.cli.options import (
    AsOfOption,
    CaseArgument,
    DataOption,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    OfferOption,
    OutputOption,
    PlaintextOption,
    ReviewedOption,
    day_of,
)
from riskbehov.i18n import _

if TYPE_CHECKING:
    from riskbehov.library import Library
    from riskbehov.models.result import Result


def assess_command(
    case: CaseArgument,
    *,
    offer: OfferOption = None,
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
    from riskbehov.cli.output import refuse_same, write
    from riskbehov.library import Library
    from riskbehov.report.plain.assessment import result_dict

    refuse_same(output, case, offer)
    library = Library.open(*(data or ()))
    result = assessed(
        case, library, offer=offer, as_of=as_of, plaintext=plaintext, reviewed=free_text_reviewed
    )
    if format_ is Format.json:
        write((), result_dict(result), format_, output)
    else:
        from riskbehov.report import assessment_blocks

        write(assessment_blocks(result, library, is_brief=brief), None, format_, output)


def assessed(
    case: Path,
    library: "Library",
    *,
    offer: Path | None,
    as_of: dt.datetime | None,
    plaintext: bool,
    reviewed: bool,
) -> "Result":
    """Return the assessment of the case in a file, by an offer in a file if there is one."""
    from riskbehov.assessing import assess, load_case, load_offer

    return assess(
        load_case(case, plaintext=plaintext, reviewed=reviewed),
        library,
        day=day_of(as_of),
        offer=load_offer(offer, reviewed=reviewed) if offer else None,
        path=case,
        offer_path=offer,
    )


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
    from riskbehov.report.plain.assessment import explanation_dict

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
