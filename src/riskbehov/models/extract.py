"""What follow-up works on: de-identified records, and the numbers that were made public of them."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints, model_validator

from riskbehov.i18n import message
from riskbehov.models.assessment import Intensity, RiskLevel
from riskbehov.models.base import Id, Model, Prose, Seq
from riskbehov.models.instrument import Sex

EXTRACT: Literal["riskbehov-extract"] = "riskbehov-extract"
RELEASE: Literal["riskbehov-release"] = "riskbehov-release"
VERSION: Literal[1] = 1

Change: TypeAlias = Literal["improved", "unchanged", "worsened", "cannot-tell"]
Reached: TypeAlias = Literal["reached", "not-reached", "cannot-tell"]
Dimension: TypeAlias = Literal["total", "sex", "age"]
Purpose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0)]


class Answers(Model):
    """Needs, each in exactly one of three lists."""

    identified: Seq[Id] = ()
    not_identified: Seq[Id] = ()
    unanswered: Seq[Id] = ()


class RiskSpan(Model):
    """The lowest and the highest level of risk that is possible."""

    low: RiskLevel
    high: RiskLevel


class IntensitySpan(Model):
    """The least and the greatest intensity that is possible."""

    low: Intensity
    high: Intensity


class Screening(Model):
    """The bands of one form, never its points."""

    set: Id | None = None
    """The cut-off set; nothing where there is none for the age."""
    low: Id | None = None
    high: Id | None = None
    """The lowest and the highest band that is possible."""
    problem: Reached
    """Whether the limit that speaks for a closer inquiry is reached."""


class Start(Model):
    """The first assessment."""

    needs: Answers
    support_needs: Answers
    risk: RiskSpan
    intensity: IntensitySpan | None = None
    screening: Mapping[Id, Screening] = Field(default_factory=dict)


class OpenTarget(Model):
    """A target, or one part of it, and the insatser that could cover it."""

    target: Id
    part: Id | None = None
    insatser: Seq[Id] = ()


class Now(Model):
    """The last assessment: what is needed from here on."""

    intensity: IntensitySpan | None = None
    targets: Seq[OpenTarget] = ()


class Given(Model):
    """What became of insatser, over all of a person's assessments."""

    recommended: Seq[Id] = ()
    proposed: Seq[Id] = ()
    """In the plan that comes first at the last assessment."""
    agreed: Seq[Id] = ()
    given: Seq[Id] = ()
    completed: Seq[Id] = ()

    @model_validator(mode="after")
    def _nested(self) -> "Given":
        for inner, outer in (("completed", "given"), ("given", "agreed")):
            held: tuple[str, ...] = getattr(self, outer)
            for id_ in getattr(self, inner):
                if id_ not in held:
                    raise ValueError(
                        message(
                            "found {id!r} under {inner}, expected it under {outer} too",
                            id=id_,
                            inner=inner,
                            outer=outer,
                        )
                    )
        return self


class GoalCounts(Model):
    """How many goals were reached."""

    yes: Count = 0
    partly: Count = 0
    no: Count = 0
    unknown: Count = 0


class Followed(Model):
    """From the first assessment to the last."""

    areas: Mapping[Id, Change] = Field(default_factory=dict)
    scales: Mapping[Id, Change] = Field(default_factory=dict)
    """By instrument and scale, such as ``audit.total``."""
    goals: GoalCounts = GoalCounts()


class Record(Model):
    """One person, without anything that tells who."""

    sex: Sex
    age_group: Id
    assessment: Id
    first: Start
    last: Now
    insatser: Given
    followed: Followed | None = None
    """Nothing where there is one assessment only."""


class Extract(Model):
    """``EXTRACT.json``: de-identified records, made by ``riskbehov extract``."""

    format: Literal["riskbehov-extract"]
    version: Literal[1]
    purpose: Purpose
    fictional: bool
    riskbehov: Prose
    """The version of the toolkit that made it."""
    library: Hash
    """The hash of the data files that it was made with."""
    records: Annotated[Seq[Record], Field(min_length=1)]


class ReleasedGroup(Model):
    """Some of the persons, or all of them."""

    id: Id
    dimension: Dimension
    label: Prose


class ReleasedTable(Model):
    """Counts of persons by group; nothing where a count is not told."""

    id: Id
    kind: Id
    label: Prose
    base: Id | None
    """The table whose first category these categories divide; nothing for the persons."""
    nested: bool
    """Whether each category lies within the one before it; else they divide the base."""
    categories: Annotated[Seq[Id], Field(min_length=1)]
    labels: Seq[Prose]
    cells: Mapping[Id, Seq[Count | None]]
    """By group: a count for each category, in their order."""


class Population(Model):
    """The persons that were assessed in the same way."""

    assessment: Id
    label: Prose
    groups: Annotated[Seq[ReleasedGroup], Field(min_length=1)]
    tables: Annotated[Seq[ReleasedTable], Field(min_length=1)]
    left_out: Seq[Id] = ()
    """Tables of which no number can be told."""

    @model_validator(mode="after")
    def _whole(self) -> "Population":
        groups = {group.id for group in self.groups}
        for table in self.tables:
            wide = all(len(row) == len(table.categories) for row in table.cells.values())
            if set(table.cells) != groups or not wide:
                raise ValueError(
                    message(
                        "found another shape in the table {id}, expected one count for each of"
                        " {categories} in each of the groups {groups}",
                        id=table.id,
                        categories=", ".join(table.categories),
                        groups=", ".join(sorted(groups)),
                    )
                )
        return self


class Release(Model):
    """``RELEASE.json``: what ``riskbehov group`` made public, with what was held back left out."""

    format: Literal["riskbehov-release"]
    version: Literal[1]
    purpose: Purpose
    fictional: bool
    riskbehov: Prose
    library: Hash
    threshold: Annotated[int, Field(ge=1)]
    by: Seq[Dimension]
    previous: Hash | None
    """The hash of the release that this one was held against."""
    populations: Seq[Population]
    left_out: Seq[Id] = ()
    """Assessments with fewer persons than the threshold, or with none."""
