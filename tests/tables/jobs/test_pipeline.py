"""Work that overlaps comes to the same as work in turn, whatever goes wrong where."""

import threading
import time

import pytest

from riskbehov.i18n import language, use_language
from riskbehov.tables.jobs.pipeline import DEPTH, ahead, behind


def threads_of_ours():
    """Return the threads that are at work for us; libraries that other tests use keep their own."""
    return [thread.name for thread in threading.enumerate() if thread.name in ("read", "write")]


def test_items_come_in_their_order():
    taken: list[int] = []
    with behind(taken.append) as put:
        for item in ahead(range(100)):
            put(item)
    assert taken == list(range(100))


def test_only_a_few_items_wait():
    made = []

    def make():
        for n in range(100):
            made.append(n)
            yield n

    items = ahead(make())
    next(items)
    time.sleep(0.1)
    assert len(made) <= DEPTH + 2
    items.close()


def test_work_goes_on_in_other_threads_and_in_the_language_of_this_one():
    seen = []

    def make():
        seen.append((threading.current_thread().name, language()))
        yield 1

    with (
        use_language("sv"),
        behind(lambda _item: seen.append((threading.current_thread().name, language()))) as put,
    ):
        for item in ahead(make()):
            put(item)
    assert seen == [("read", "sv"), ("write", "sv")]


def test_what_goes_wrong_ahead_is_raised_where_the_items_are_taken():
    def make():
        yield 1
        raise KeyError("ahead")

    taken: list[int] = []
    with pytest.raises(KeyError, match="ahead"):
        taken.extend(ahead(make()))
    assert threads_of_ours() == []


def test_what_goes_wrong_behind_is_raised_here():
    def take(item):
        if item == 3:
            raise KeyError("behind")

    def work():
        with behind(take) as put:
            for n in range(1000):
                put(n)

    with pytest.raises(KeyError, match="behind"):
        work()
    assert threads_of_ours() == []


def test_what_goes_wrong_with_the_last_item_is_raised_too():
    def take(_item):
        time.sleep(0.05)
        raise KeyError("last")

    def work():
        with behind(take) as put:
            put(1)

    with pytest.raises(KeyError, match="last"):
        work()


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_what_goes_wrong_between_ends_both(fault):
    is_closed = threading.Event()

    def make():
        try:
            while True:
                yield 1
        finally:
            is_closed.set()

    def work():
        items = ahead(make())
        with behind(lambda _item: None) as put:
            try:
                put(next(items))
                raise fault
            finally:
                items.close()

    with pytest.raises(fault):
        work()
    assert is_closed.wait(2)
    assert threads_of_ours() == []


def test_all_that_was_handed_on_is_taken_before_the_block_ends():
    taken: list[int] = []

    def take(item):
        time.sleep(0.02)
        taken.append(item)

    with behind(take) as put:
        for n in range(5):
            put(n)
    assert taken == list(range(5))


def test_what_waits_is_left_lying_where_something_goes_wrong_and_the_one_at_hand_is_stopped():
    taken: list[int] = []
    is_stopped = threading.Event()

    def take(item):
        taken.append(item)
        is_stopped.wait(60)

    def work():
        with behind(take, stop=is_stopped.set) as put:
            for n in range(DEPTH + 1):
                put(n)
            raise KeyError("between")

    with pytest.raises(KeyError, match="between"):
        work()
    assert taken in ([], [0])
    assert threads_of_ours() == []
