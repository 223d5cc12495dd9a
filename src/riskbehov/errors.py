"""Every error that riskbehov raises.

::

    RiskbehovError                what went wrong, as one or more faults
    ├── InputError                something that the caller gave: exit status 2
    │   ├── AnswerError           answers to an instrument
    │   ├── CaseError             a case file or an offer file
    │   ├── PrivacyError          personal data where none may be
    │   └── UnknownIdError        an id that the library does not have
    └── DataError                 a data file of the library: exit status 3

A fault tells where, what was found, what was expected and what to do. What looks like personal
data is masked in every message.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from riskbehov.i18n import Message, message
from riskbehov.privacy import mask


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the sentence, ``where`` it is (file:line: path, or an item), and
    its ``place`` in what was given, for whoever knows the file."""

    message: Message
    where: str = ""
    place: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        """Return ``where: sentence`` with personal data masked."""
        return mask(f"{self.where}: {self.message}" if self.where else str(self.message))


class RiskbehovError(Exception):
    """The root of all errors here; ``faults`` holds every fault that was found, in order."""

    exit_status = 1

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        """Take one fault or several."""
        self.faults = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        """Return the faults, one a line."""
        return "\n".join(map(str, self.faults))


class InputError(RiskbehovError):
    """Something that the caller gave cannot be used."""

    exit_status = 2


class AnswerError(InputError):
    """Answers to an instrument cannot be scored as they stand."""


class CaseError(InputError):
    """A case file or an offer file cannot be used."""


class PrivacyError(InputError):
    """Personal data stand where only a generated key or masked text may stand."""


class UnknownIdError(InputError):
    """The library has no definition by that id."""


class DataError(RiskbehovError):
    """A data file of the library is faulty."""

    exit_status = 3


def did_you_mean(found: str, known: Iterable[str]) -> Message | str:
    """Return a hint that names the likeliest known word, or an empty text."""
    close = get_close_matches(found, list(known), n=1, cutoff=0.6)
    return message(" - did you mean {word!r}?", word=close[0]) if close else ""


def unknown_id(kind: Message, found: str, known: Iterable[str]) -> UnknownIdError:
    """Return the error for an id that is not among ``known``."""
    known = sorted(known)
    return UnknownIdError(
        Fault(
            message(
                "no {kind} has the id {found!r}{hint}; known: {known}",
                kind=kind,
                found=found,
                hint=did_you_mean(found, known),
                known=", ".join(known) or "-",
            )
        )
    )
