"""The words around our own: headings of the help, and what is said of a wrong call."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from riskbehov.errors import Fault, did_you_mean, quoted
from riskbehov.i18n import N_, Message, _, message

HEADINGS = (N_("Options"), N_("Arguments"), N_("Commands"))
SHOW_HELP = N_("Show this message and exit.")
_PLACES = {"[OPTIONS]": N_("[OPTIONS]"), "COMMAND [ARGS]...": N_("COMMAND [ARGS]...")}
_TYPES = {
    "<str>": N_("<text>"),
    "<int>": N_("<number>"),
    "<path>": N_("<path>"),
    "<list[str]>": N_("<text>"),
    "<list[Path]>": N_("<folder>"),
    "<%Y-%m-%d>": N_("<date>"),
}
_REQUIRED = {"[required]": N_("[required]")}
_DEFAULT = re.compile(r"\[default: (.*)\]$")


class Formatter(typer.Context.formatter_class):  # type: ignore[misc, valid-type]  # a class that typer chooses
    """The help page, with its headings in the reader's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        super().write_usage(prog, _said(args, _PLACES), prefix or _("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(_(heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Write names with what they mean."""
        said = [(_said(name, _TYPES), _help(text)) for name, text in rows]
        super().write_dl(said, *args, **kwargs)


def _said(text: str, words: Mapping[str, str]) -> str:
    """Return ``text`` with typer's own words in the reader's language."""
    for word, ours in words.items():
        text = text.replace(word, _(ours))
    return text


def _help(text: str) -> str:
    """Return what is said of a command or an option in the reader's language."""
    if text == SHOW_HELP:
        return _(SHOW_HELP)
    text = _DEFAULT.sub(lambda found: _("[default: {value}]", value=found[1]), text)
    return _said(text, _REQUIRED)


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
            metavar = parameter.metavar if parameter.param_type_name == "argument" else None
            name = metavar or max(parameter.opts, key=len)
            return _("{name} is missing", name=name)
        case "BadParameter":
            name = max(error.param.opts, key=len) if error.param else "?"
            return str(Fault(_wrong_value(error), name))
        case "BadOptionUsage":
            return _("{name} takes a value", name=error.option_name)
        case _:
            return _misuse(error)


def _misuse(error: Any) -> str:  # noqa: ANN401
    if error.message.startswith("Got unexpected extra argument"):
        return _("there are more arguments than the command takes")
    if error.message.startswith("No such command"):
        asked = error.message.split("'")[1] if "'" in error.message else "?"
        known = list(getattr(error.ctx.command, "commands", {}))
        return _("there is no command {name}{hint}", name=asked, hint=did_you_mean(asked, known))
    return str(error.format_message())


def _wrong_value(error: Any) -> Message:  # noqa: ANN401
    """Return what was found and expected, as far as typer's own sentence tells."""
    told = error.message
    found, *choices = re.findall(r"'([^']*)'", told) or [_given(error)]
    expected: Message | str
    if "is not one of" in told:
        expected = ", ".join(choices)
    elif "integer" in told:
        expected = message("a whole number")
    elif "formats" in told:
        expected = message("a date as 2026-01-31")
    else:
        return message("found what cannot be used: {told}", told=told)
    return message("found {found}, expected {expected}", found=quoted(found), expected=expected)


def _given(error: Any) -> str:  # noqa: ANN401
    """Return the value that was given, from the error behind typer's."""
    behind = error.__cause__
    return str(behind.errors()[0]["input"]) if hasattr(behind, "errors") else "?"
