"""What a check is: a small function over all files, and which files it must have seen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from riskbehov.checking.shelf import Shelf
from riskbehov.errors import Fault


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it finds is a fault, or only a note."""

    find: Callable[[Shelf], Iterator[Fault]]
    needs: tuple[str, ...] = ()
    """Kinds of files that must all be readable, lest what they hold be called missing."""
    is_note: bool = False

    def run(self, shelf: Shelf) -> Iterator[Fault]:
        """Yield what is found; nothing while files that the check needs are broken."""
        if shelf.broken.isdisjoint(self.needs):
            yield from self.find(shelf)
