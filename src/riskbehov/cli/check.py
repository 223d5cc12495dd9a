"""``riskbehov check`` and ``riskbehov test``: whether the data files hold."""

import datetime as dt
import re
from typing import Annotated, Optional

import typer

from riskbehov.cli.options import (
    DataOption,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    OutputOption,
)
from riskbehov.errors import Fault, InputError
from riskbehov.i18n import _, message

_FAULTY = 3
_DAYS = re.compile(r"([0-9]{1,5})d")


def check_command(
    *,
    stale: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help=_("Also list what was last checked longer ago, as 365d.")),
    ] = None,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001
) -> None:
    """Check all data files: sources, limits, rules, dates, texts."""
    from riskbehov.checking import check
    from riskbehov.cli.app import command_names
    from riskbehov.cli.output import write
    from riskbehov.library import Library
    from riskbehov.report.checks import check_blocks
    from riskbehov.report.plain.assessment import fault_dict

    report = check(
        Library.open(*(data or ())),
        stale=_days(stale),
        today=dt.datetime.now(tz=dt.UTC).astimezone().date(),
        commands=command_names(),
    )
    write(
        check_blocks(report.faults, report.notes),
        {
            "faults": [fault_dict(f) for f in report.faults],
            "notes": [fault_dict(f) for f in report.notes],
        },
        format_,
        output,
    )
    if report.faults:
        raise typer.Exit(_FAULTY)


def examples_command(
    ids: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(help=_("Instruments, assessments, lists of criteria; all if left out.")),
    ] = None,
    *,
    format_: FormatOption = Format.text,
    output: OutputOption = None,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001
) -> None:
    """Run the worked examples beside the definitions."""
    from riskbehov.checking import run_examples
    from riskbehov.cli.output import write
    from riskbehov.library import Library
    from riskbehov.report.checks import examples_blocks

    outcomes = run_examples(Library.open(*(data or ())), ids or None)
    told = [(o.id, o.name, tuple(map(str, o.faults))) for o in outcomes]
    write(
        examples_blocks(told),
        [{"id": i, "name": n, "faults": list(f)} for i, n, f in told],
        format_,
        output,
    )
    if any(faults for _id, _name, faults in told):
        raise typer.Exit(_FAULTY)


def _days(text: str | None) -> dt.timedelta | None:
    if text is None:
        return None
    found = _DAYS.fullmatch(text)
    if found is None:
        raise InputError(
            Fault(message("found {found!r}, expected days such as 365d", found=text), "--stale")
        )
    return dt.timedelta(days=int(found.group(1)))
