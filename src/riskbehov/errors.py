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

import errno
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from riskbehov.i18n import N_, Message, message
from riskbehov.privacy import mask

_REASONS = {
    errno.ENOENT: N_("there is no such folder"),
    errno.ENOTDIR: N_("there is no such folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EACCES: N_("you may not"),
    errno.EPERM: N_("you may not"),
    errno.EROFS: N_("nothing can be written there"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}
S = TypeVar("S")
T = TypeVar("T")
_LONGEST_WORD = 60
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    The sentence; ``where`` it is (``file:line: path``, or an item); and its ``place`` in what was
    given, for whoever knows the file.
    """

    message: Message
    where: str = ""
    place: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        """Return ``where: sentence`` with personal data masked."""
        said = str(_masked(self.message))
        return mask(f"{self.where}: {said}" if self.where else said)

    def __repr__(self) -> str:
        """Return the same, so that no log shows what a message hides."""
        return f"Fault({str(self)!r})"


def _masked(param: object) -> object:
    """Return what fills a place of a message with personal data masked, and cut where very long.

    Before it is filled in: ``repr`` writes spaces and letters so that no pattern knows them.
    """
    if isinstance(param, Message):
        return Message(param.msgid, {name: _masked(p) for name, p in param.params.items()})
    return _cut(param, _LONGEST) if isinstance(param, str) else param


def quoted(found: str) -> str:
    """Return a found text for a message: in quotes, masked, and cut where it is long.

    >>> quoted("yes")
    "'yes'"
    """
    return repr(_cut(found, _LONGEST_WORD))


def _cut(text: str, longest: int) -> str:
    """Mask and then cut, so that nobody's half number is left at the end."""
    masked = mask(text)
    return masked if len(masked) <= longest else masked[:longest] + "\u2026"


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

    def __repr__(self) -> str:
        """Return the same with the class's name, personal data masked."""
        return f"{type(self).__name__}({str(self)!r})"


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


def make_each(given: Iterable[S], make: Callable[[S], T]) -> tuple[T, ...]:
    """Return what is made of each, or raise the faults of all at once."""
    made, errors = [], []
    for each in given:
        try:
            made.append(make(each))
        except (CaseError, PrivacyError) as error:
            errors.append(error)
    raise_all(errors)
    return tuple(made)


def raise_all(errors: Sequence[RiskbehovError]) -> None:
    """Raise the faults of several errors as one, if there are any."""
    if errors:
        is_private = any(isinstance(error, PrivacyError) for error in errors)
        kind = PrivacyError if is_private else CaseError
        raise kind([fault for error in errors for fault in error.faults])


def did_you_mean(found: str, known: Iterable[str]) -> Message | str:
    """Return a hint that names the likeliest known word, or an empty text.

    >>> str(did_you_mean("AUDTI", ["audit", "dudit"]))
    " - did you mean 'audit'?"
    """
    word = nearest(found, known)
    return "" if word is None else message(" - did you mean {word!r}?", word=word)


def nearest(found: str, known: Iterable[str]) -> str | None:
    """Return the likeliest known word, if any is likely."""
    if found.isdigit():  # a number is near every other number
        return None
    words = {word.casefold(): word for word in known}
    close = get_close_matches(found.casefold(), words, n=1, cutoff=0.6)
    return words[close[0]] if close else None


def not_among(found: str, known: Iterable[str], kind: Message, *, most: int = 40) -> Message:
    """Return the sentence for a name that is not among the ``known`` ones of a ``kind``.

    It names at most so many of them, and shows that there are more.
    """
    known = list(known)
    return message(
        "found {found!r}, expected {kind}: {known}{more}{hint}",
        found=found,
        kind=kind,
        known=", ".join(known[:most]) or "-",
        more=", …" if len(known) > most else "",
        hint=did_you_mean(found, known),
    )


def reason(fault: Exception) -> Message | str:
    """Return why the operating system would not read or write a file."""
    known = _REASONS.get(getattr(fault, "errno", None) or 0)
    return message(known) if known else getattr(fault, "strerror", None) or str(fault)


def unknown_id(kind: Message, found: str, known: Iterable[str]) -> UnknownIdError:
    """Return the error for an id that is not among ``known``."""
    known = sorted(known)
    return UnknownIdError(
        Fault(
            message(
                "no {kind} has the id {found!r}{hint} Known: {known}",
                kind=kind,
                found=found,
                hint=did_you_mean(found, known) or ".",
                known=", ".join(known) or "-",
            )
        )
    )
