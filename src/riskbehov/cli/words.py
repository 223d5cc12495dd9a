"""The words around our own: headings of the help, and what is said of a wrong call."""

from collections.abc import Sequence
from typing import Any

import typer

from riskbehov.errors import did_you_mean
from riskbehov.i18n import N_, _

HEADINGS = (N_("Options"), N_("Arguments"), N_("Commands"))
SHOW_HELP = N_("Show this message and exit.")


class Formatter(typer.Context.formatter_class):  # type: ignore[misc, valid-type]  # a class that typer chooses
    """The help page, with its headings in the reader's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        super().write_usage(prog, args, prefix or _("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(_(heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Write names with what they mean."""
        said = [(name, _(text) if text == SHOW_HELP else text) for name, text in rows]
        super().write_dl(said, *args, **kwargs)


class Context(typer.Context):
    """A call whose help page speaks the reader's language."""

    formatter_class = Formatter


def speak(command: Any) -> None:  # noqa: ANN401 - a command or a group of them
    """Let a command, and all commands within it, speak the reader's language."""
    command.context_class = Context
    for within in getattr(command, "commands", {}).values():
        speak(within)


def wrong_call(error: Exception) -> str:
    """Return what is wrong with a call, and how it should be, in the reader's language."""
    context = getattr(error, "ctx", None)
    usage = f"{context.get_usage()}\n" if context is not None else ""
    return usage + _("error: {fault}", fault=_fault(error))


def _fault(error: Any) -> str:  # noqa: ANN401 - one of the errors of typer's own command line
    match type(error).__name__:
        case "NoSuchOption":
            near = (error.possibilities or [""])[0]
            return _(
                "there is no option {name}{hint}",
                name=error.option_name,
                hint=did_you_mean(error.option_name, [near]),
            )
        case "MissingParameter":
            parameter = error.param
            name = getattr(parameter, "metavar", None) or max(parameter.opts, key=len)
            return _("{name} is missing", name=name)
        case "BadParameter":
            return _(
                "found a value that cannot be used for {name}: {told}",
                name=max(error.param.opts, key=len) if error.param else "?",
                told=error.message,
            )
        case _ if error.message.startswith("No such command"):
            asked = error.message.split("'")[1] if "'" in error.message else "?"
            known = list(getattr(error.ctx.command, "commands", {}))
            return _(
                "there is no command {name}{hint}", name=asked, hint=did_you_mean(asked, known)
            )
        case _:
            return str(error.format_message())
