"""The age groups that a follow-up of a group counts by."""

from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from riskbehov.i18n import message
from riskbehov.models.base import AgeRange, Labelled, Model, Seq
from riskbehov.models.source import Citation


class AgeGroup(Labelled):
    """Ages that are counted together."""

    ages: AgeRange


class AgeGroupFile(Model):
    """``assessments/process/agegroups.yaml``."""

    age_groups: Annotated[Seq[AgeGroup], Field(min_length=1)]
    """From the youngest to the oldest; together they hold every age once."""
    sources: Annotated[Seq[Citation], Field(min_length=1)]

    @model_validator(mode="after")
    def _every_age_once(self) -> "AgeGroupFile":
        first, last = self.age_groups[0].ages, self.age_groups[-1].ages
        joined = all(
            before.ages.to is not None and after.ages.from_ == before.ages.to + 1
            for before, after in pairwise(self.age_groups)
        )
        if first.from_ or last.to is not None or not joined:
            raise ValueError(
                message(
                    "found {found}, expected every age from 0 in exactly one group, the last open",
                    found=", ".join(str(group.ages) for group in self.age_groups),
                )
            )
        return self
