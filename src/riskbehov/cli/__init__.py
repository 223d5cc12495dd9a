"""The command line: ``riskbehov``. No rule of the field lives here."""

import gc
import os
import sys
from io import TextIOWrapper

from riskbehov.i18n import LANGUAGES, use_language

_DEFAULT = "sv"


def main() -> None:
    """Run the command line with the process's own arguments."""
    _write_utf8()
    gc.disable()  # a command lives for a second; looking for cycles takes a quarter of it
    with use_language(_wanted_language(sys.argv[1:])):
        # Imported once the language is known: the commands' help is put into words at import.
        from riskbehov.cli.app import run

        sys.exit(run(sys.argv[1:]))


def _write_utf8() -> None:
    """Write UTF-8 also where the system would choose otherwise, as in a pipe on Windows."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _wanted_language(arguments: list[str]) -> str:
    """Return what ``--lang`` says, else ``RISKBEHOV_LANG``, else Swedish."""
    asked = os.environ.get("RISKBEHOV_LANG", _DEFAULT)
    for number, argument in enumerate(arguments):
        if argument == "--lang" and number + 1 < len(arguments):
            asked = arguments[number + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked if asked in LANGUAGES else _DEFAULT
