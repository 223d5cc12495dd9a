"""All commands together, and what a failure looks like from outside."""

import os
import sys

import typer

from riskbehov.cli import assess, catalogue, check, demo, new, schema, score
from riskbehov.cli.words import speak, wrong_call
from riskbehov.errors import RiskbehovError
from riskbehov.i18n import _

_INTERRUPTED = 130
_WRONG_CALL = 2

app = typer.Typer(
    name="riskbehov",
    help=_(
        "Standardised risk-needs assessment: answers in, cited recommendations out."
        " Decision support, never a decision."
    ),
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("assess", help=_("Assess one case: scores, risk, needs, recommendations, plan."))(
    assess.assess_command
)
app.command("explain", help=_("Explain one rule for one case, part by part."))(
    assess.explain_command
)
app.command("score", help=_("Score one filled form."))(score.score_command)
for name, group in catalogue.groups().items():
    app.add_typer(group, name=name)
app.command("check", help=_("Check all data files: sources, limits, rules, dates, texts."))(
    check.check_command
)
app.command("test", help=_("Run the worked examples beside the definitions."))(
    check.examples_command
)
app.command("schema", help=_("Write the JSON Schema of a case file or a data file."))(
    schema.schema_command
)
app.add_typer(new.app, name="new")
app.command("demo", help=_("Assess three fictional clients and write their reports."))(
    demo.demo_command
)


def run(arguments: list[str]) -> int:
    """Run a command and return its exit status: 0 result, 2 bad input, 3 faulty data files."""
    command = typer.main.get_command(app)
    speak(command)
    try:
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
            raise
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stdout.write(str(error.ctx.get_help()) + "\n")  # type: ignore[attr-defined]
        else:
            sys.stderr.write(wrong_call(error) + "\n")
        return _WRONG_CALL
    return status if isinstance(status, int) else 0
