"""Three-valued conditions over facts, as they are written in a data file.

::

    all: [..]                       every one holds
    any: [..]                       at least one holds
    not: {..}                       it does not hold
    {count: [..], at_least: 6}      so many of them hold
    {fact: NAME, equals: VALUE}     also: in, at_least, at_most, includes, includes_any
    {item: ID, at_least: 2}         within an instrument: the code of an item
"""

from collections.abc import Iterator
from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from riskbehov.i18n import message
from riskbehov.models.base import Id, Model, Seq

Scalar: TypeAlias = bool | int | str
OPERATORS = ("equals", "in", "at_least", "at_most", "includes", "includes_any")


class Comparison(Model):
    """What all leaves share: one operator with its value."""

    equals: Scalar | None = None
    in_: Seq[Scalar] | None = Field(default=None, alias="in", min_length=1)
    at_least: int | str | None = None
    at_most: int | str | None = None
    includes: str | None = None
    includes_any: Seq[str] | None = None

    @model_validator(mode="after")
    def _one_operator(self) -> "Comparison":
        given = [op for op, value in self._operators() if value is not None]
        if len(given) != 1:
            raise ValueError(
                message(
                    "found {found} comparisons, expected one of {known}",
                    found=len(given),
                    known=", ".join(OPERATORS),
                )
            )
        return self

    def _operators(self) -> tuple[tuple[str, Any], ...]:
        return (
            ("equals", self.equals),
            ("in", self.in_),
            ("at_least", self.at_least),
            ("at_most", self.at_most),
            ("includes", self.includes),
            ("includes_any", self.includes_any),
        )

    @property
    def operator(self) -> str:
        """Return the operator's name as it is written in the file."""
        return next(op for op, value in self._operators() if value is not None)

    @property
    def operand(self) -> Any:  # noqa: ANN401 - a scalar or a tuple of scalars
        """Return what the fact is compared with."""
        return next(value for _, value in self._operators() if value is not None)


class FactComparison(Comparison):
    """A comparison of one fact about the person or the situation."""

    fact: Id

    @property
    def name(self) -> str:
        """Return the name of what is compared."""
        return self.fact


class ItemComparison(Comparison):
    """A comparison of the code of one item of an instrument."""

    item: Id

    @property
    def name(self) -> str:
        """Return the name of what is compared."""
        return self.item


class AllOf(Model):
    """Holds when every part holds."""

    all_: Seq["Condition"] = Field(alias="all", min_length=1)


class AnyOf(Model):
    """Holds when at least one part holds."""

    any_: Seq["Condition"] = Field(alias="any", min_length=1)


class CountOf(Model):
    """Holds when at least so many of its parts hold."""

    count: Seq["Condition"] = Field(min_length=1)
    at_least: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _can_hold(self) -> "CountOf":
        if self.at_least > len(self.count):
            raise ValueError(
                message(
                    "found at least {found} of {parts} conditions, expected no more than there are",
                    found=self.at_least,
                    parts=len(self.count),
                )
            )
        return self


class Not(Model):
    """Holds when its part does not."""

    not_: "Condition" = Field(alias="not")


def _kind(value: Any) -> str | None:  # noqa: ANN401
    """Return which sort of condition a mapping is, by the key that it has."""
    if isinstance(value, dict):
        return next((f"({k})" for k in _KEYS if k in value), None)
    return _KINDS.get(type(value))


_KEYS = ("all", "any", "not", "count", "fact", "item")
_KINDS: dict[type, str] = {
    AllOf: "(all)",
    AnyOf: "(any)",
    Not: "(not)",
    CountOf: "(count)",
    FactComparison: "(fact)",
    ItemComparison: "(item)",
}

Leaf: TypeAlias = FactComparison | ItemComparison

Condition = Annotated[
    Annotated[AllOf, Tag("(all)")]
    | Annotated[AnyOf, Tag("(any)")]
    | Annotated[Not, Tag("(not)")]
    | Annotated[CountOf, Tag("(count)")]
    | Annotated[FactComparison, Tag("(fact)")]
    | Annotated[ItemComparison, Tag("(item)")],
    Discriminator(
        _kind,
        custom_error_type="condition",
        custom_error_message="a condition has one of the keys all, any, not, count, fact, item",
    ),
]


def parts(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions directly within ``condition``; a leaf has none."""
    match condition:
        case AllOf(all_=inner) | AnyOf(any_=inner) | CountOf(count=inner):
            return inner
        case Not(not_=inner):
            return (inner,)
        case _:
            return ()


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield every comparison within ``condition``, left to right."""
    if isinstance(condition, FactComparison | ItemComparison):
        yield condition
    for part in parts(condition):
        yield from leaves(part)
