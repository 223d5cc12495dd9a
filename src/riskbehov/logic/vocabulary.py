"""What facts there are, and how their values become intervals of whole numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from riskbehov.errors import did_you_mean
from riskbehov.i18n import Message, message
from riskbehov.models.fact import Fact
from riskbehov.models.instrument import ScoredInstrument

Interval: TypeAlias = tuple[int, int]
"""The least and the greatest value that something can have; of a set, as bits."""

Kind: TypeAlias = Literal["bool", "choice", "set", "integer", "level"]


class Unreadable(ValueError):  # noqa: N818 - told on as a fault, never shown as an error
    """A value that a fact cannot have; ``reason`` says what was found and expected."""

    def __init__(self, reason: Message) -> None:
        """Keep the sentence for whoever knows where the value stands."""
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class FactType:
    """One fact's kind of value, and the interval that stands for not knowing it."""

    name: str
    kind: Kind
    values: tuple[str, ...]
    unknown: Interval
    label: object = ""

    def encode(self, value: object) -> Interval:
        """Return the interval that stands for ``value``; nothing given stands for unknown.

        Raises :class:`Unreadable` for a value that the fact cannot have.
        """
        if value is None or value == "unknown":
            return self.unknown
        if self.kind == "set":
            return self._encode_set(value)
        number = self.number(value)
        return number, number

    def interval(self, found: Interval | int | None) -> Interval:
        """Return between what the fact lies; a number stands for itself, nothing for unknown."""
        if found is None:
            return self.unknown
        return (found, found) if isinstance(found, int) else found

    def number(self, value: object) -> int:
        """Return the whole number that stands for one value."""
        match self.kind:
            case "bool" if isinstance(value, bool):
                return int(value)
            case "integer" if isinstance(value, int) and not isinstance(value, bool):
                low, high = self.unknown
                if low <= value <= high:
                    return value
            case "choice" | "level" | "set" if value in self.values:
                return self.values.index(str(value))
            case _:
                pass
        hint = did_you_mean(value, self.values) if isinstance(value, str) else ""
        raise Unreadable(
            message(
                "found {found}, expected {expected}{hint}",
                found=_shown(value),
                expected=self.expected,
                hint=hint,
            )
        )

    def _encode_set(self, value: object) -> Interval:
        if not isinstance(value, list | tuple | set | frozenset):
            raise Unreadable(
                message(
                    "found {found}, expected a list of {expected}",
                    found=_shown(value),
                    expected=self.expected,
                )
            )
        bits = 0
        for member in value:
            bits |= 1 << self.number(member)
        return bits, bits

    @property
    def expected(self) -> Message | str:
        """Return what a value may be, in words."""
        if self.kind == "bool":
            return message("true, false or unknown")
        if self.kind == "integer":
            return message(
                "a whole number {low} to {high}", low=self.unknown[0], high=self.unknown[1]
            )
        return ", ".join(self.values)

    def decode(self, interval: Interval) -> str:
        """Return an interval in words: a value, ``a - b``, or a question mark."""
        low, high = interval
        if self.kind == "set":
            if interval == self.unknown:
                return "?"
            return ", ".join(v for i, v in enumerate(self.values) if low >> i & 1) or "-"
        if low == high:
            return self._word(low)
        if interval == self.unknown:
            return "?"
        return f"{self._word(low)}\N{EN DASH}{self._word(high)}"

    def _word(self, number: int) -> str:
        if self.kind == "bool":
            return "true" if number else "false"
        return str(number) if self.kind == "integer" else self.values[number]


Vocabulary: TypeAlias = Mapping[str, FactType]


def fact_type(fact: Fact) -> FactType:
    """Return the type of a fact as the facts file defines it."""
    values = tuple(v.id for v in fact.values)
    unknown = {
        "bool": (0, 1),
        "integer": (fact.low, fact.high),
        "set": (0, (1 << len(values)) - 1),
    }.get(fact.type, (0, len(values) - 1))
    return FactType(fact.id, fact.type, values, unknown, fact.label)


def item_types(instrument: ScoredInstrument, prefix: str = "") -> dict[str, FactType]:
    """Return the items of an instrument as whole-number facts, from least to greatest code."""
    types = {}
    for item in instrument.items:
        legal = instrument.legal(item)
        name = prefix + item.id
        types[name] = FactType(name, "integer", (), (legal[0], legal[-1]), item.label)
    return types


def vocabulary(
    facts: Iterable[Fact], instruments: Mapping[str, ScoredInstrument] | None = None
) -> dict[str, FactType]:
    """Return the types of all facts, and of the items of instruments under their prefixes."""
    types = {fact.id: fact_type(fact) for fact in facts}
    for prefix, instrument in (instruments or {}).items():
        types |= item_types(instrument, prefix)
    return types


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, str) else str(value)
