"""How far a long job has come: a bar on a terminal, and nothing elsewhere."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from riskbehov.i18n import _, language, use_language

if TYPE_CHECKING:
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

Show: TypeAlias = Callable[[int, int | None], None]
"""Takes how many rows are done, and about how many there are in all, if that is known."""


@contextmanager
def progress() -> Iterator[Show]:
    """Yield what shows how far a job has come: rows, rows a second, and the time that is left.

    The bar is on standard error, so that results can be sent elsewhere, and goes when the job ends.
    """
    gc.enable()  # a command otherwise looks for no cycles, and a long job may make many
    if not sys.stderr.isatty():
        yield lambda _done, _about: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), _pace(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, about: int | None) -> None:
            bar.update(task, completed=done, total=None if about is None else max(about, done))

        yield show


def _pace() -> "ProgressColumn":
    """Return a column with the rows a second."""
    from rich.progress import ProgressColumn
    from rich.text import Text

    spoken = language()  # the bar is drawn by a thread of its own, which would not know

    class Pace(ProgressColumn):
        """How many rows a second."""

        def render(self, task: "Task") -> "Text":
            """Return the pace in words, once there is one."""
            pace = task.finished_speed or task.speed
            with use_language(spoken):
                return Text("" if pace is None else _("{pace} rows/s", pace=round(pace)))

    return Pace()
