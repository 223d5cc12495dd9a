"""Writing results: to the terminal or, whole or not at all, to a file."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from riskbehov import report  # its parts are imported when they are first used
from riskbehov.cli.options import Format
from riskbehov.errors import Fault, InputError, reason
from riskbehov.i18n import message
from riskbehov.tables.files.whole import whole

if TYPE_CHECKING:
    from riskbehov.report.document import Block

_WIDEST = 100
_NARROWEST = 40


def write(blocks: "Sequence[Block]", plain: Any, form: Format, output: Path | None) -> None:  # noqa: ANN401
    """Write ``blocks`` as text or Markdown, or ``plain`` as JSON."""
    if form is Format.json:
        emit(as_json(plain), output)
    elif form is Format.markdown:
        emit(report.to_markdown(blocks), output)
    else:
        emit(report.to_text(blocks, width=_width(output), colour=_is_coloured(output)), output)


def tell(notes: Iterable[object]) -> None:
    """Write to the terminal, beside the result, what is good to know of how it was read."""
    for note in notes:
        sys.stderr.write(f"{note}\n")


def as_json(plain: Any) -> str:  # noqa: ANN401 - plain values of any shape
    """Return plain values as JSON for people to read; not by ``json``, slow where it indents."""
    return to_json(plain, indent=2).decode()


def emit(text: str, output: Path | None) -> None:
    """Write ``text`` to the terminal, or to a file by way of a neighbour that takes its name.

    What is no ordinary file, such as a pipe, is written to and not replaced.
    """
    text = text.rstrip("\n") + "\n"
    if output is None or str(output) == "-":
        sys.stdout.write(text)
    else:
        emit_bytes(text.encode(), output)


def emit_bytes(data: bytes, output: Path) -> None:
    """Write ``data`` to a file as it is, in the same way."""
    with replacing(output) as neighbour:
        neighbour.write_bytes(data)


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """Give a neighbour of a file to write to, which takes its name once all is written.

    Raises :class:`InputError` where that cannot be; what was there before is then still there.
    What is no ordinary file, such as a pipe, is written to and not replaced.
    """
    if output.exists() and not output.is_file():
        try:
            yield output
        except OSError as fault:
            raise _unwritable(output, fault) from None
    else:
        with whole(output) as neighbour:
            yield neighbour


@contextmanager
def reserved(output: Path | None) -> Iterator[Path | None]:
    """Give a place for a result that is written last; raise now where it cannot be written.

    The file appears when the block ends well. Raises as :func:`replacing` does.
    """
    if output is None or str(output) == "-":
        yield output
    else:
        with replacing(output) as neighbour:
            yield neighbour


def _unwritable(output: Path, fault: OSError) -> InputError:
    return InputError(
        Fault(message("the file cannot be written ({reason})", reason=reason(fault)), str(output))
    )


def refuse_same(output: Path | None, *inputs: Path | None) -> None:
    """Raise :class:`InputError` where a result would take the place of what it is made from."""
    if output is not None and any(
        i and i.exists() and output.resolve() == i.resolve() for i in inputs
    ):
        raise InputError(
            Fault(message("found the file that is read, expected another to write to"), str(output))
        )


def require_different(*outputs: Path | None) -> None:
    """Raise :class:`InputError` where two results would be written to one file."""
    given = [output.resolve() for output in outputs if output is not None]
    for output in given:
        if given.count(output) > 1:
            raise InputError(
                Fault(message("found one file for two results, expected one for each"), str(output))
            )


def new_folder(output: Path) -> None:
    """Make a folder for several files; raises :class:`InputError` where that cannot be."""
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise _unwritable(output, fault) from None


def _width(output: Path | None) -> int:
    columns = 80 if output else shutil.get_terminal_size((80, 24)).columns
    return max(_NARROWEST, min(columns, _WIDEST))


def _is_coloured(output: Path | None) -> bool:
    """Tell whether colour is wanted: only on a terminal that has not been told otherwise."""
    return (
        output is None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )
