"""``riskbehov criteria``: list and show the lists, and check one for a case or a unit."""

from pathlib import Path
from typing import Annotated, Any

import typer

from riskbehov.cli.catalogue import Catalogue, Shown
from riskbehov.cli.catalogue import group as register_group
from riskbehov.cli.options import (
    AsOfOption,
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


def group() -> typer.Typer:
    """Return the commands ``list``, ``show`` and ``check``."""
    made = register_group(
        Catalogue(_("Criteria: who something is for, and whether it may start."), _all, _one)
    )
    made.command("check", help=_("Check one list for a case, or for a sheet about a unit."))(
        check_command
    )
    return made


def check_command(
    id_: Annotated[str, typer.Argument(metavar="ID", help=_("The list's id."))],
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help=_("A case file, or a sheet about a unit or staff.")),
    ],
    *,
    as_of: AsOfOption = None,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    plaintext: PlaintextOption = False,
    free_text_reviewed: ReviewedOption = False,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Check one list of criteria: each met, not met or cannot tell, and what would settle it."""
    from riskbehov.assessing import check_criteria, load_case_or_sheet
    from riskbehov.cli.output import refuse_same, write
    from riskbehov.library import Library
    from riskbehov.models.case import Case
    from riskbehov.report import checked_list_blocks
    from riskbehov.report.plain.criteria import checked_list_dict

    refuse_same(output, file)
    library = Library.open(*(data or ()))
    subject = load_case_or_sheet(file, plaintext=plaintext, reviewed=free_text_reviewed)
    checked = check_criteria(subject, id_, library, day=day_of(as_of), path=file)
    name = subject.case if isinstance(subject, Case) else subject.sheet
    write(
        checked_list_blocks(checked, library, subject=name, known=subject.date),
        checked_list_dict(checked),
        format_,
        output,
    )


def _all(library: Any) -> Shown:  # noqa: ANN401
    from riskbehov.report import criteria_lists_blocks

    found = [library.criteria(id_) for id_ in library.criteria_ids]
    plain = [{"id": c.id, "about": c.about, "name": str(c.name)} for c in found]
    return Shown(criteria_lists_blocks(library), plain)


def _one(library: Any, id_: str) -> Shown:  # noqa: ANN401
    from riskbehov.report import criteria_list_blocks

    found = library.criteria(id_)
    plain = found.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Shown(criteria_list_blocks(found, library), plain)
