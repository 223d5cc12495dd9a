"""``riskbehov score INSTRUMENT TABLE -o OUT``: every row of a table."""

import gc
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from riskbehov.cli.options import Format
from riskbehov.cli.output import write
from riskbehov.cli.progress import progress
from riskbehov.library import Library
from riskbehov.report import scored_file_blocks, scored_file_dict
from riskbehov.tables.jobs.score import score_file

_ENDING = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""Signals that end a job, as far as the system has them; an interrupt does so by itself."""
_OF_SIGNAL = 128
"""Shells add this to the number of the signal that ended a command."""


def score_table(
    table: Path,
    instrument: str,
    output: Path,
    *,
    data: Sequence[Path],
    format_: Format,
    **options: Any,  # noqa: ANN401 - those of score_file
) -> None:
    """Score a table into another file, and tell on standard output what was met."""
    gc.enable()  # a table may take long, and a command otherwise looks for no cycles
    library = Library.open(*data)
    with _ended_by_signals(), progress() as told:
        found = score_file(table, instrument, output, library=library, told=told, **options)
    write(scored_file_blocks(found), scored_file_dict(found), format_, None)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let a signal that ends the process do so by way of all that is to be cleared away."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
    before = {number: signal.signal(number, _end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(_OF_SIGNAL + number)
