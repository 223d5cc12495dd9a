"""The language of the moment: messages in English in the code, Swedish by catalogue.

Code marks a sentence with :func:`_` (said now) or :class:`Message` (kept and said later, in the
reader's language). The Swedish catalogue is ``locale/sv/LC_MESSAGES/riskbehov.po``.
"""

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

LANGUAGES = ("sv", "en")

_language: ContextVar[str] = ContextVar("riskbehov_language", default="en")


def language() -> str:
    """Return the language that messages and labels are given in just now: ``sv`` or ``en``."""
    return _language.get()


@contextmanager
def use_language(code: str) -> Iterator[None]:
    """Give messages and labels in ``code`` (``sv`` or ``en``) within the block.

    Raises ValueError for another code.
    """
    if code not in LANGUAGES:
        raise ValueError(f"found {code!r}, expected one of {', '.join(LANGUAGES)}")
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("riskbehov", catalogue_folder(), [code], fallback=True)


def catalogue_folder() -> str:
    """Return the folder of the message catalogues."""
    return str(Path(__file__).parent / "locale")


def _(msgid: str, /, **params: object) -> str:
    """Return ``msgid`` in the language of the moment, with its ``{name}`` places filled."""
    text = msgid if language() == "en" else _catalogue(language()).gettext(msgid)
    if not params:
        return text
    try:
        return text.format(**params)
    except (LookupError, ValueError):  # a translation with wrong places must not hide an error
        return msgid.format(**params)


def N_(msgid: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark ``msgid`` for the catalogue without translating it yet."""
    return msgid


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is put into words when it is read, in the reader's language."""

    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in the language of the moment."""
        return _(self.msgid, **self.params)


def message(msgid: str, /, **params: object) -> Message:
    """Return a :class:`Message`; ``msgid`` is found by the catalogue's tools under this name."""
    return Message(msgid, params)
