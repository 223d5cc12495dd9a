"""``riskbehov plan CASE``: the handlingsplan of one assessed case."""

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
)


def plan_command(
    case: CaseArgument,
    *,
    offer: OfferOption = None,
    as_of: AsOfOption = None,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    plaintext: PlaintextOption = False,
    free_text_reviewed: ReviewedOption = False,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Make the action plan: goals, insatser, who, when, where; what is agreed and what is left."""
    from riskbehov.cli.assess import assessed
    from riskbehov.cli.output import refuse_same, write
    from riskbehov.library import Library
    from riskbehov.process.actionplan import handlingsplan

    refuse_same(output, case, offer)
    library = Library.open(*(data or ()))
    result = assessed(
        case, library, offer=offer, as_of=as_of, plaintext=plaintext, reviewed=free_text_reviewed
    )
    plan = handlingsplan(result, library)
    if format_ is Format.json:
        from riskbehov.report.plain.actionplan import plan_dict

        write((), plan_dict(plan), format_, output)
    else:
        from riskbehov.report import plan_blocks

        write(plan_blocks(plan, library), None, format_, output)
