"""All commands together, and what a failure looks like from outside."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any

import typer

from riskbehov import __version__
from riskbehov.cli.options import Language, LanguageOption
from riskbehov.cli.signals import ended_by_signals
from riskbehov.cli.words import speak, wrong_call
from riskbehov.errors import RiskbehovError
from riskbehov.i18n import N_, _
from riskbehov.privacy import mask

_INTERRUPTED = 130
_WRONG_CALL = 2
_BROKEN = 1
_WENT_WRONG = N_(
    "error: something went wrong within riskbehov ({error}); riskbehov check may tell what, and"
    " RISKBEHOV_TRACEBACK=1 shows where"
)

_COMMANDS: Mapping[str, tuple[str, str, str]] = {
    "assess": (
        "assess",
        "assess_command",
        N_("Assess one case: scores, risk, needs, recommendations, plan."),
    ),
    "explain": (
        "assess",
        "explain_command",
        N_("Explain one rule for one case, part by part."),
    ),
    "process": (
        "process",
        "process_command",
        N_("Show a case's processes: what is done, next and stopped."),
    ),
    "plan": (
        "plan",
        "plan_command",
        N_("Make one case's action plan: goals, insatser, what is left."),
    ),
    "followup": (
        "followup",
        "followup_command",
        N_("Tell what has changed between two assessments of a person."),
    ),
    "extract": (
        "extract",
        "extract_command",
        N_("Make de-identified records of some cases, for follow-up."),
    ),
    "group": (
        "group",
        "group_command",
        N_("Sum up de-identified records, with small counts held back."),
    ),
    "capacity": (
        "capacity",
        "capacity_command",
        N_("Hold what a group needs against what a municipality offers."),
    ),
    "score": ("score", "score_command", N_("Score one filled form, or every row of a table.")),
    "profile": (
        "profile",
        "profile_command",
        N_("Tell what is in a table, and draft how to recode it."),
    ),
    "recode": (
        "recode",
        "recode_command",
        N_("Recode a table by a map that somebody has confirmed."),
    ),
    "recommend": (
        "recommend",
        "recommend_command",
        N_("Tell for each row of a table what an assessment would say."),
    ),
    "codebook": (
        "codebook",
        "codebook_command",
        N_("Tell what the columns mean, also for REDCap and SPSS."),
    ),
    "simulate": (
        "simulate",
        "simulate_command",
        N_("Make up answers whose truth is known, for trying methods on."),
    ),
    "check": (
        "check",
        "check_command",
        N_("Check all data files: sources, limits, rules, dates, texts."),
    ),
    "test": ("check", "examples_command", N_("Run the worked examples beside the definitions.")),
    "schema": (
        "schema",
        "schema_command",
        N_("Write the JSON Schema of a case file or a data file."),
    ),
    "demo": (
        "demo",
        "demo_command",
        N_("Assess three fictional clients and write their reports."),
    ),
}
"""Each command with its module, its function there and its help."""


def make_app(asked: str | None = None) -> typer.Typer:
    """Return the command line; with only the command that is ``asked`` for, if it is known.

    Making all of them takes longer than most of them run.
    """
    app = typer.Typer(
        name="riskbehov",
        help=_(
            "Standardised risk-needs assessment: answers in, cited recommendations out."
            " Decision support, never a decision."
        ),
        add_completion=False,
        invoke_without_command=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    wanted = [asked] if asked is not None and asked in _COMMANDS else list(_COMMANDS)
    for name in wanted:
        module, function, help_ = _COMMANDS[name]
        command: Callable[..., Any] = getattr(import_module(f"riskbehov.cli.{module}"), function)
        app.command(name, help=_(help_))(command)
    if asked not in _COMMANDS:
        _add_groups(app)
    return app


def _add_groups(app: typer.Typer) -> None:
    from riskbehov.cli import catalogue, criteria, new

    for name, group in catalogue.groups().items():
        app.add_typer(group, name=name)
    app.add_typer(criteria.group(), name="criteria")
    app.add_typer(new.app, name="new")


def command_names() -> tuple[str, ...]:
    """Return the full name of every command, such as ``rules show``."""
    return tuple(_named(typer.main.get_command(make_app())))


def _named(command: Any, name: str = "") -> Iterator[str]:  # noqa: ANN401 - of typer's own
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name
    for word, each in (inner or {}).items():
        yield from _named(each, f"{name} {word}".strip())


def _root(
    context: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", help=_("Show the version and exit."))
    ] = False,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Show the version, or the help where no command is asked for."""
    if version:
        sys.stdout.write(f"riskbehov {__version__}\n")
    elif context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")
        raise typer.Exit(_WRONG_CALL)


def run(arguments: list[str]) -> int:
    """Run a command and return its exit status: 0 result, 2 bad input, 3 faulty data files."""
    command = typer.main.get_command(make_app(next(iter(arguments), None)))
    speak(command)
    try:
        with ended_by_signals():
            status = command.main(arguments, prog_name="riskbehov", standalone_mode=False)
    except RiskbehovError as error:
        for fault in error.faults:
            sys.stderr.write(_("error: {fault}", fault=fault) + "\n")
        return error.exit_status
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return _INTERRUPTED
    except Exception as error:
        if not hasattr(error, "format_message"):  # no error of the command line's own
            if os.environ.get("RISKBEHOV_TRACEBACK"):
                raise
            told = f"{type(error).__name__}: {mask(str(error))}"
            sys.stderr.write(_(_WENT_WRONG, error=told) + "\n")
            return _BROKEN
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stdout.write(str(error.ctx.get_help()) + "\n")  # type: ignore[attr-defined]
        else:
            sys.stderr.write(wrong_call(error) + "\n")
        return _WRONG_CALL
    return status if isinstance(status, int) else 0
