"""What all models share: frozen, strict, no unknown keys; bilingual text; age and date ranges."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    model_validator,
)

from riskbehov.i18n import language, message

_NAMED = ("id", "name", "label", "title")
"""Keys that tell a definition from others: of one that has an id and a name no more is shown."""


def with_words(text: str) -> str:
    """Return a text that is empty or says something: not with dashes or unseen signs alone."""
    if text and not any(sign.isalnum() for sign in text):
        raise ValueError(message("found a text without words, expected some, or nothing at all"))
    return text


class Model(BaseModel):
    """The base of every definition: frozen, strictly typed, and closed to unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        populate_by_name=True,
        defer_build=True,
    )

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """Return what is shown of a definition: all of it, or its id and name if it has both."""
        every = [*super().__repr_args__()]
        named = [(key, value) for key, value in every if key in _NAMED]
        return named if len(named) > 1 else every


T = TypeVar("T")
Seq = Annotated[tuple[T, ...], Strict(strict=False)]
"""A list in a file, an immutable tuple in memory."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=60)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
FreeText = Annotated[str, StringConstraints(max_length=20_000)]
Said = Annotated[FreeText, StringConstraints(strip_whitespace=True), AfterValidator(with_words)]
"""A free text that says something, if it is there at all."""
Words = Annotated[
    FreeText,
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(with_words),
]
"""A free text that must be there and say something, such as a reason."""
Basis = Literal["validated", "recommended", "secondary", "toolkit"]
Party: TypeAlias = Literal[
    "police",
    "prison-probation",
    "sis",
    "health-care",
    "school",
    "employment-service",
    "other-municipality",
    "provider",
    "network",
    "other",
]
"""With whom information is exchanged."""
Matter: TypeAlias = Literal[
    "threat", "suitability", "crime", "assessments", "needs", "health", "plan", "follow-up"
]
"""What is exchanged."""


class Text(Model):
    """One text in Swedish and in English."""

    sv: Prose
    en: Prose

    def __str__(self) -> str:
        """Return the text in the language of the moment."""
        return self.sv if language() == "sv" else self.en


class Labelled(Model):
    """Something with an id and a label in both languages."""

    id: Id
    sv: Prose
    en: Prose

    def __str__(self) -> str:
        """Return the label in the language of the moment."""
        return self.sv if language() == "sv" else self.en


class AgeRange(Model):
    """Ages in whole years, both ends included; an end left out is open."""

    from_: Annotated[int, Field(ge=0, le=120)] = Field(default=0, alias="from")
    to: Annotated[int, Field(ge=0, le=120)] | None = None

    @model_validator(mode="after")
    def _ordered(self) -> "AgeRange":
        if self.to is not None and self.to < self.from_:
            raise ValueError(
                message(
                    "found {start} to {end}, expected the lower age first",
                    start=self.from_,
                    end=self.to,
                )
            )
        return self

    def __contains__(self, age: int) -> bool:
        """Tell whether ``age`` is within the range."""
        return self.from_ <= age and (self.to is None or age <= self.to)

    def __str__(self) -> str:
        """Return the range as ``12-17`` or ``18-``."""
        return f"{self.from_}\N{EN DASH}{'' if self.to is None else self.to}"


class Validity(Model):
    """The days on which a definition is in force, both ends included."""

    from_: dt.date = Field(alias="from")
    to: dt.date | None = None

    @model_validator(mode="after")
    def _ordered(self) -> "Validity":
        if self.to is not None and self.to < self.from_:
            raise ValueError(
                message(
                    "found {start} to {end}, expected the earlier date first",
                    start=self.from_,
                    end=self.to,
                )
            )
        return self

    def __contains__(self, day: dt.date) -> bool:
        """Tell whether the definition is in force on ``day``."""
        return self.from_ <= day and (self.to is None or day <= self.to)
