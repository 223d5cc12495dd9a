"""From the bytes of a file to plain values, and from a place in the values back to its line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from riskbehov.errors import DataError, Fault, RiskbehovError, quoted, reason
from riskbehov.i18n import N_, Message, message
from riskbehov.yamlfile import quick
from riskbehov.yamlfile.scalars import CONTROL, ImpossibleError, plain

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 40

Place = tuple[str | int, ...]
"""The way to a value: keys and list positions from the top."""

_TOLD = {
    "block sequence entries are not allowed in this context": N_("a hyphen where no list can be"),
    "could not find expected ':'": N_("a key without a colon"),
    "did not find expected '-' indicator": N_("a line without a hyphen, or indented otherwise"),
    "did not find expected ',' or ']'": N_("a list in brackets is not closed"),
    "did not find expected ',' or '}'": N_("keys in braces are not closed"),
    "did not find expected key": N_("a key is missing, or indented otherwise"),
    "did not find expected node content": N_("a value is missing"),
    "found character that cannot start any token": N_("a character that cannot stand there"),
    "found unexpected document indicator": N_("a quote is not closed"),
    "found unexpected end of stream": N_("a quote is not closed"),
    "found unknown escape character": N_("an unknown character after a backslash"),
    "while parsing a block collection": N_("in the list that begins"),
    "while parsing a block mapping": N_("in the keys that begin"),
    "while parsing a flow mapping": N_("in the keys that begin"),
    "while parsing a flow sequence": N_("in the list that begins"),
    "while scanning a quoted scalar": N_("in the text that begins"),
    "while scanning a simple key": N_("in the key that begins"),
}
"""What libyaml says most often, in words for whoever wrote the file."""


def parse(path: Path, *, error: type[RiskbehovError] = DataError) -> Any:  # noqa: ANN401
    """Return the plain values of the YAML file at ``path``.

    Raises ``error`` if the file is missing, larger than ``MAX_BYTES``, not UTF-8, empty, not YAML
    or breaks a rule of this package.
    """
    return parse_text(text_of(path, error), str(path), error=error)


def parse_text(text: str, name: str, *, error: type[RiskbehovError] = DataError) -> Any:  # noqa: ANN401
    """Return the plain values of YAML ``text``; ``name`` stands for the file in messages."""
    try:
        return quick.quick_values(text, MAX_DEPTH)
    except quick.UnsoundError:
        return _Builder(name, error).build(text)


def lines(text: str, name: str) -> dict[Place, int]:
    """Return the line of every value of a sound YAML ``text``: its key's, if it has one."""
    builder = _Builder(name, DataError, record=True)
    builder.build(text)
    return builder.lines


def text_of(path: Path, error: type[RiskbehovError]) -> str:
    """Return the file's text without a byte order mark."""
    data = _bytes_of(path, error)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise error(
            Fault(
                message(
                    "found the byte {byte}, which is not UTF-8; expected a file saved as UTF-8",
                    byte=f"0x{data[fault.start]:02X}",
                ),
                f"{path}:{line}",
            )
        ) from None


def _bytes_of(path: Path, error: type[RiskbehovError]) -> bytes:
    """Return the file's bytes; never reads more than may be, also from what has no size."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        wrong = message("found no such file, expected the name of a YAML file")
    except IsADirectoryError:
        wrong = message("found a folder, expected a YAML file")
    except PermissionError:
        wrong = message("found a file that you may not read, expected one that you may")
    except (OSError, ValueError) as fault:
        wrong = message(
            "the file cannot be read ({reason}), expected a YAML file", reason=reason(fault)
        )
    else:
        if len(data) <= MAX_BYTES:
            return data
        wrong = message(
            "found a file of more than {limit} bytes, expected at most that; split it",
            limit=MAX_BYTES,
        )
    raise error(Fault(wrong, str(path)))


class _Builder:
    """Builds values from parser events, without recursion, and keeps the lines when asked to."""

    def __init__(self, name: str, error: type[RiskbehovError], *, record: bool = False) -> None:
        self.name = name
        self.error = error
        self.record = record
        self.lines: dict[Place, int] = {}
        self.text = ""
        self.path: list[str | int] = []
        self.open: list[list[Any] | dict[str, Any]] = []
        self.keys: list[str | None] = []

    def build(self, text: str) -> Any:  # noqa: ANN401
        """Return the document's value, or raise with the line of the first fault."""
        self.text = text
        if control := CONTROL.search(text):
            line = text.count("\n", 0, control.start()) + 1
            raise self._refuse(line, _found_control(control.group()))
        try:
            return self._consume(iter(yaml.parse(text, Loader=quick.LOADER)))
        except yaml.YAMLError as fault:
            at, wrong = _not_yaml(fault, text.splitlines() or [""])
            # Without the place: the parser looks ahead, so it is often that of the value before.
            raise self._refuse(at, wrong, []) from None

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
            elif isinstance(event, yaml.DocumentStartEvent) and documents:
                raise self._refuse(
                    _line_of(event), message("found a second document (---), expected one")
                )
        if not documents or documents == [None]:
            raise self._refuse(None, message("found an empty file, expected keys and values"))
        return documents[0]

    def _forbid(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            wrong = message("found an anchor or alias (& or *), expected the value written out")
        elif (tag := getattr(event, "tag", None)) is not None:
            wrong = message("found the tag {tag}, expected a plain value", tag=quoted(tag))
        elif len(self.open) > MAX_DEPTH:
            wrong = message(
                "found lists or keys within each other deeper than {limit} levels, expected fewer",
                limit=MAX_DEPTH,
            )
        else:
            return
        raise self._refuse(_line_of(event), wrong)

    def _scalar(self, event: yaml.ScalarEvent, documents: list[Any]) -> None:
        if event.style == '"' and (control := CONTROL.search(event.value)):
            raise self._refuse(_line_of(event), _found_control(control.group()))
        if self.open and isinstance(self.open[-1], dict) and self.keys[-1] is None:
            self._key(event)
            return
        try:
            value = plain(event.value) if event.implicit[0] else event.value
        except ImpossibleError as fault:
            raise self._refuse(_line_of(event), fault.reason) from None
        self._put(value, event, documents)
        self._done()

    def _key(self, event: yaml.ScalarEvent) -> None:
        if event.value == "<<" and event.implicit[0]:
            raise self._refuse(
                _line_of(event), message("found a merge key (<<), expected the keys written out")
            )
        if event.value in self.open[-1]:
            raise self._refuse(_line_of(event), self._stands_twice(event.value))
        self.keys[-1] = event.value
        self.path.append(event.value)
        if self.record:
            self.lines[tuple(self.path)] = _line_of(event) or 1

    def _stands_twice(self, key: str) -> Message:
        """Return the sentence about a key, which finds its first line only now that it matters."""
        first = None
        if not self.record:
            again = _Builder(self.name, self.error, record=True)
            try:
                again.build(self.text)
            except RiskbehovError:
                first = again.lines.get((*self.path, key))
        if first is None:
            return message("the key {key} stands twice, expected once", key=quoted(key))
        return message(
            "the key {key} stands twice, first on line {line}; expected once",
            key=quoted(key),
            line=first,
        )

    def _start(
        self, value: list[Any] | dict[str, Any], event: yaml.Event, documents: list[Any]
    ) -> None:
        if self.open and isinstance(self.open[-1], dict) and self.keys[-1] is None:
            raise self._refuse(
                _line_of(event), message("found a list or keys as a key, expected a word")
            )
        self._put(value, event, documents)
        self.open.append(value)
        self.keys.append(None)

    def _put(self, value: Any, event: yaml.Event, documents: list[Any]) -> None:  # noqa: ANN401
        if not self.open:
            documents.append(value)
        elif isinstance(holder := self.open[-1], list):
            self.path.append(len(holder))
            holder.append(value)
        else:
            holder[str(self.keys[-1])] = value
        if self.record:
            self.lines.setdefault(tuple(self.path), _line_of(event) or 1)

    def _end(self) -> None:
        self.open.pop()
        self.keys.pop()
        self._done()

    def _done(self) -> None:
        """Step back from the value that was just finished to its holder."""
        if self.open:
            self.path.pop()
            self.keys[-1] = None

    def _refuse(
        self, line: int | None, wrong: Message, place: list[str | int] | None = None
    ) -> RiskbehovError:
        """Return the error; without ``place`` it is about the value that would come next."""
        if place is None:
            is_in_list = bool(self.open) and isinstance(self.open[-1], list)
            place = [*self.path, len(self.open[-1])] if is_in_list else self.path
        where = f"{self.name}:{line}" if line else self.name
        return self.error(Fault(wrong, f"{where}: {dotted(place)}" if place else where))


def dotted(place: Place | list[str | int]) -> str:
    """Return a place as ``a.b[0].c``; a key that cannot be seen or read in a line is in quotes."""
    text = "".join(
        f"[{p}]" if isinstance(p, int) else f".{p if _is_readable(p) else quoted(p)}" for p in place
    )
    return text.removeprefix(".")


_LONGEST_KEY = 60


def _is_readable(key: str) -> bool:
    return key.isprintable() and key.strip() == key and 0 < len(key) <= _LONGEST_KEY


def _line_of(event: yaml.Event) -> int | None:
    return event.start_mark.line + 1 if event.start_mark else None


def _found_control(character: str) -> Message:
    return message(
        "found the control character U+{code}, expected text that can be seen; take it out",
        code=f"{ord(character):04X}",
    )


def _not_yaml(fault: yaml.YAMLError, text: list[str]) -> tuple[int | None, Message]:
    """Return the line of what is not YAML, and the sentence about it."""
    mark = getattr(fault, "problem_mark", None)
    context = getattr(fault, "context_mark", None)
    problem = getattr(fault, "problem", None) or getattr(fault, "reason", None) or "?"
    line = min(mark.line + 1, len(text)) if mark else None
    here = text[mark.line][mark.column :] if mark and mark.line < len(text) else ""
    if here.startswith("\t"):
        return line, message("found a tab, expected spaces")
    if here.startswith(tuple("@`%")):
        return line, message(
            "found a text that begins with {found}, expected it in quotes", found=here[0]
        )
    if here.startswith(":"):
        return line, message("found ': ' where no key can be, expected a text with ': ' in quotes")
    if context and line and context.line + 1 < line:
        return line, message(
            "found what is not YAML ({problem}, {context} on line {line}), expected a YAML file",
            problem=_told(problem),
            context=_told(getattr(fault, "context", None) or "?"),
            line=context.line + 1,
        )
    return line, message(
        "found what is not YAML ({problem}), expected a YAML file", problem=_told(problem)
    )


def _told(words: str) -> Message | str:
    """Return what the parser says in our words where there are some."""
    return message(_TOLD[words]) if words in _TOLD else words
