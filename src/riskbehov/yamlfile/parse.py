"""From the bytes of a file to plain values, and from a place in the values back to its line."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from riskbehov.errors import DataError, Fault, RiskbehovError
from riskbehov.i18n import Message, message

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 40

Place = tuple[str | int, ...]
"""The way to a value: keys and list positions from the top."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MAX_DIGITS = 18


def parse(path: Path, *, error: type[RiskbehovError] = DataError) -> Any:  # noqa: ANN401
    """Return the plain values of the YAML file at ``path``.

    Raises ``error`` if the file is missing, larger than ``MAX_BYTES``, not UTF-8, empty, not YAML
    or breaks a rule of this package.
    """
    return parse_text(text_of(path, error), str(path), error=error)


def parse_text(text: str, name: str, *, error: type[RiskbehovError] = DataError) -> Any:  # noqa: ANN401
    """Return the plain values of YAML ``text``; ``name`` stands for the file in messages."""
    return _Builder(name, error).build(text)


def lines(text: str, name: str) -> dict[Place, int]:
    """Return the line on which every value of a sound YAML ``text`` begins."""
    builder = _Builder(name, DataError, record=True)
    builder.build(text)
    return builder.lines


def text_of(path: Path, error: type[RiskbehovError]) -> str:
    """Return the file's text without a byte order mark."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise error(
                Fault(
                    message(
                        "the file has {size} bytes, expected at most {limit}; split it",
                        size=size,
                        limit=MAX_BYTES,
                    ),
                    str(path),
                )
            )
        return path.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise error(
            Fault(
                message("the file cannot be read ({reason})", reason=fault.strerror or fault),
                str(path),
            )
        ) from None
    except UnicodeDecodeError as fault:
        raise error(
            Fault(
                message(
                    "byte {place} is not UTF-8, expected a text file saved as UTF-8",
                    place=fault.start,
                ),
                str(path),
            )
        ) from None


class _Builder:
    """Builds values from parser events, without recursion, and keeps the lines when asked to."""

    def __init__(self, name: str, error: type[RiskbehovError], *, record: bool = False) -> None:
        self.name = name
        self.error = error
        self.record = record
        self.lines: dict[Place, int] = {}
        self.path: list[str | int] = []
        self.open: list[list[Any] | dict[str, Any]] = []
        self.keys: list[str | None] = []

    def build(self, text: str) -> Any:  # noqa: ANN401
        """Return the document's value, or raise with the line of the first fault."""
        try:
            return self._consume(iter(yaml.parse(text, Loader=_LOADER)))
        except yaml.YAMLError as fault:
            mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
            problem = getattr(fault, "problem", None) or getattr(fault, "reason", None) or "?"
            raise self._refuse(
                mark.line + 1 if mark else None,
                message("this is not YAML ({problem}), expected a YAML file", problem=problem),
            ) from None

    def _consume(self, events: Iterator[yaml.Event]) -> Any:  # noqa: ANN401
        documents: list[Any] = []
        for event in events:
            self._forbid(event)
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, documents)
            elif isinstance(event, yaml.MappingStartEvent):
                self._start({}, event, documents)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._start([], event, documents)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._end()
        if not documents or documents == [None]:
            raise self._refuse(None, message("the file is empty, expected YAML"))
        return documents[0]

    def _forbid(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            wrong = message("found an anchor or alias (& or *), expected the value written out")
        elif getattr(event, "tag", None) not in (None, "!"):
            wrong = message("found the tag {tag!r}, expected a plain value", tag=event.tag)
        elif len(self.open) > MAX_DEPTH:
            wrong = message("lists within lists deeper than {limit} levels", limit=MAX_DEPTH)
        else:
            return
        raise self._refuse(event.start_mark.line + 1, wrong)

    def _scalar(self, event: yaml.ScalarEvent, documents: list[Any]) -> None:
        if self.open and isinstance(self.open[-1], dict) and self.keys[-1] is None:
            self._key(event)
            return
        try:
            value = _plain(event.value) if event.implicit[0] else event.value
        except ValueError:
            raise self._refuse(
                event.start_mark.line + 1,
                message(
                    "found {found!r}, expected a number or date that exists", found=event.value
                ),
            ) from None
        self._put(value, event, documents)
        self._done()

    def _key(self, event: yaml.ScalarEvent) -> None:
        mapping = self.open[-1]
        if event.value in mapping:
            raise self._refuse(
                event.start_mark.line + 1,
                message("the key {key!r} stands twice, expected once", key=event.value),
            )
        self.keys[-1] = event.value
        self.path.append(event.value)

    def _start(
        self, value: list[Any] | dict[str, Any], event: yaml.Event, documents: list[Any]
    ) -> None:
        if self.open and isinstance(self.open[-1], dict) and self.keys[-1] is None:
            raise self._refuse(
                event.start_mark.line + 1, message("a list or mapping as a key, expected a word")
            )
        self._put(value, event, documents)
        self.open.append(value)
        self.keys.append(None)

    def _put(self, value: Any, event: yaml.Event, documents: list[Any]) -> None:  # noqa: ANN401
        if not self.open:
            if documents:
                raise self._refuse(
                    event.start_mark.line + 1, message("found a second document, expected one")
                )
            documents.append(value)
        elif isinstance(holder := self.open[-1], list):
            self.path.append(len(holder))
            holder.append(value)
        else:
            holder[str(self.keys[-1])] = value
        if self.record:
            self.lines[tuple(self.path)] = event.start_mark.line + 1

    def _end(self) -> None:
        self.open.pop()
        self.keys.pop()
        self._done()

    def _done(self) -> None:
        """Step back from the value that was just finished to its holder."""
        if self.open:
            self.path.pop()
            self.keys[-1] = None

    def _refuse(self, line: int | None, wrong: Message) -> RiskbehovError:
        where = f"{self.name}:{line}" if line else self.name
        path = dotted(self.path)
        return self.error(Fault(wrong, f"{where}: {path}" if path else where))


def dotted(place: Place | list[str | int]) -> str:
    """Return a place as ``a.b[0].c``."""
    text = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in place)
    return text.removeprefix(".")


def _plain(text: str) -> bool | int | float | str | dt.date | None:
    """Return what a plain (unquoted) scalar means; raises ValueError for a date that is none."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-+0123456789":
        if _INTEGER.fullmatch(text):
            if len(text) > _MAX_DIGITS:
                raise ValueError(text)
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        if _DATE.fullmatch(text):
            return dt.date.fromisoformat(text)
    return text
