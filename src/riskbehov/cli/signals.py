"""Signals that end a command: by way of all that is to be cleared away."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""As far as the system has them."""
_OF_SIGNAL = 128
"""Shells add this to the number of the signal that ended a command."""
_LEFT_ALONE = (signal.SIG_IGN, None)
"""What somebody has seen to already, as ``nohup`` does."""


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let a signal that ends the process do so as an error does: files half written are removed.

    More of them change nothing while that is done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    ours = [number for number, handler in before.items() if handler not in _LEFT_ALONE]

    def end(number: int, _frame: FrameType | None) -> None:
        for each in ours:
            signal.signal(each, signal.SIG_IGN)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(_OF_SIGNAL + number)

    for number in ours:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])
