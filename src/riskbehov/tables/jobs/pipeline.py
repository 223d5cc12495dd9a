"""Work that overlaps: read ahead in one thread, write behind in another.

What is slow lets go of Python's lock (Arrow, NumPy), so that a second core is put to use. A few
items wait at a time, so that memory stays flat; whatever goes wrong ends all.
"""

import contextvars
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Any, Generic, TypeVar

T = TypeVar("T")
DEPTH = 2
"""Items that wait."""
_OFTEN = 0.2
"""Seconds between two looks at whether all has ended, and for a signal where none gets through."""


@dataclass(frozen=True, slots=True)
class _Ended:
    """The end of the items, with what went wrong, if anything did."""

    fault: BaseException | None = None


class _Line(Generic[T]):
    """Items on their way from one thread to another, until one of the two has ended."""

    def __init__(self) -> None:
        self._held: Queue[T | _Ended] = Queue(DEPTH)
        self._is_left = Event()

    def put(self, item: "T | _Ended") -> bool:
        """Hand an item on; tell whether anybody still takes it."""
        while not self._is_left.is_set():
            with suppress(Full):
                self._held.put(item, timeout=_OFTEN)
                return True
        return False

    def get(self) -> "T | _Ended":
        """Return the next item; what waits is left lying once one of the two has ended."""
        while not self._is_left.is_set():
            with suppress(Empty):
                return self._held.get(timeout=_OFTEN)
        return _Ended()

    def leave(self) -> None:
        """Take nothing more."""
        self._is_left.set()


def _start(run: Callable[[], None], name: str) -> Thread:
    """Run something in a thread that speaks the language of this one."""
    context = contextvars.copy_context()
    thread = Thread(target=context.run, args=(run,), name=name, daemon=True)
    thread.start()
    return thread


def ahead(items: Iterable[T]) -> Generator[T, None, None]:
    """Yield items that another thread makes while this one works."""
    line: _Line[T] = _Line()

    def run() -> None:
        try:
            for item in items:
                if not line.put(item):
                    return
        except BaseException as fault:  # noqa: BLE001 - it is raised where the items are taken
            line.put(_Ended(fault))
        else:
            line.put(_Ended())

    thread = _start(run, "read")
    try:
        while not isinstance(item := line.get(), _Ended):
            yield item
        if item.fault is not None:
            raise item.fault
    finally:
        line.leave()
        thread.join()


@contextmanager
def behind(
    take: Callable[[T], Any], *, stop: Callable[[], object] | None = None
) -> Iterator[Callable[[T], None]]:
    """Yield what hands items to another thread, which takes them one by one.

    Once the block has ended all of them have been taken. What goes wrong there is raised here. If
    something goes wrong in the block, no more are taken; ``stop`` is to end the one at hand.
    """
    line: _Line[T] = _Line()
    faults: list[BaseException] = []

    def run() -> None:
        try:
            while not isinstance(item := line.get(), _Ended):
                take(item)
        except BaseException as fault:  # noqa: BLE001 - it is raised where the items are put
            faults.append(fault)
            line.leave()

    def put(item: T) -> None:
        if not line.put(item):
            raise faults[0]

    thread = _start(run, "write")
    try:
        yield put
    except BaseException:
        line.leave()
        if stop is not None:
            stop()
        raise
    finally:
        line.put(_Ended())
        thread.join()
    if faults:
        raise faults[0]
