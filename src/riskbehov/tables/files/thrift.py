"""Thrift's compact protocol, which the headers and the footer of Parquet are written in.

A structure is a mapping from the number of a field to its type and its value; a list is the type of
its members with them. What is read can be written again without knowing what it means.
"""

from typing import Any, NamedTuple, TypeAlias

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)
Struct: TypeAlias = dict[int, "Field"]

_MORE = 0x80
_LONG = 15
"""Lists of so many members tell their length in bytes of its own."""


class Field(NamedTuple):
    """A value with its type."""

    kind: int
    value: Any


class Members(NamedTuple):
    """A list's members with their type."""

    kind: int
    values: list[Any]


def number(value: int) -> bytes:
    """Return a number that is not negative, seven bits a byte.

    >>> number(300).hex()
    'ac02'
    """
    found = bytearray()
    while value >= _MORE:
        found.append(value & 0x7F | _MORE)
        value >>= 7
    found.append(value)
    return bytes(found)


def written(struct: Struct) -> bytes:
    """Return a structure as bytes."""
    found, last = bytearray(), 0
    for id_, (kind, value) in sorted(struct.items()):
        step = id_ - last
        found += bytes([step << 4 | kind]) if step <= _LONG else bytes([kind]) + _signed(id_)
        found += _value(kind, value)
        last = id_
    return bytes(found) + b"\0"


def _signed(value: int) -> bytes:
    return number(value * 2 if value >= 0 else -value * 2 - 1)


def _value(kind: int, value: Any) -> bytes:  # noqa: ANN401
    match kind:
        case 1 | 2:  # a truth, which its type tells
            return b""
        case 3 | 7:  # a byte, and a float, kept as they were read
            return bytes(value)
        case 4 | 5 | 6:
            return _signed(value)
        case 8:
            return number(len(value)) + bytes(value)
        case 12:
            return written(value)
        case _:
            return _members(value)


def _members(members: Members) -> bytes:
    kind, values = members
    size = len(values)
    head = bytes([min(size, _LONG) << 4 | kind]) + (number(size) if size >= _LONG else b"")
    if kind in (TRUE, FALSE):  # truths of a list take a byte each, kept as it was read
        return head + b"".join(values)
    return head + b"".join(_value(kind, value) for value in values)


class Reader:
    """Reads structures out of bytes, one after the other."""

    def __init__(self, data: bytes) -> None:
        """Begin at the first byte."""
        self._data = data
        self.place = 0

    def struct(self) -> Struct:
        """Return the structure that begins here."""
        found: Struct = {}
        id_ = 0
        while head := self._byte():
            id_ = id_ + (head >> 4) if head >> 4 else self._signed()
            kind = head & 15
            found[id_] = Field(kind, self._value(kind))
        return found

    def _byte(self) -> int:
        self.place += 1
        return self._data[self.place - 1]

    def _number(self) -> int:
        value = shift = 0
        while (byte := self._byte()) >= _MORE:
            value |= (byte & 0x7F) << shift
            shift += 7
        return value | byte << shift

    def _signed(self) -> int:
        value = self._number()
        return value >> 1 if not value & 1 else -(value >> 1) - 1

    def _bytes(self, size: int) -> bytes:
        self.place += size
        return self._data[self.place - size : self.place]

    def _value(self, kind: int) -> Any:  # noqa: ANN401
        match kind:
            case 1 | 2:
                return kind == TRUE
            case 3 | 7:
                return self._bytes(1 if kind == BYTE else 8)
            case 4 | 5 | 6:
                return self._signed()
            case 8:
                return self._bytes(self._number())
            case 9 | 10:
                return self._members()
            case 12:
                return self.struct()
            case _:
                raise ValueError(kind)

    def _members(self) -> Members:
        head = self._byte()
        size = head >> 4 if head >> 4 < _LONG else self._number()
        return Members(head & 15, [self._member(head & 15) for _ in range(size)])

    def _member(self, kind: int) -> Any:  # noqa: ANN401
        return self._bytes(1) if kind in (TRUE, FALSE) else self._value(kind)
