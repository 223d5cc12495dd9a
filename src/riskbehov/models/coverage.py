"""What of a source document the toolkit covers, where, and what it leaves out and why."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from riskbehov.i18n import message
from riskbehov.models.base import Id, Model, Prose, Seq, Text


class Place(Model):
    """Where in the toolkit something of a document is found."""

    kind: Literal[
        "instrument",
        "assessment",
        "rules",
        "rule",
        "insats",
        "fact",
        "criteria",
        "process",
        "step",
        "inventory",
        "legal",
        "command",
        "case-file",
    ]
    id: Prose


class CoverageEntry(Model):
    """One thing that a document says: where the toolkit has it, or why it does not."""

    locator: Prose
    what: Text
    covered: Seq[Place] = ()
    left_out: Text | None = None
    """What of it is left out, and why."""

    @model_validator(mode="after")
    def _told(self) -> "CoverageEntry":
        if not self.covered and self.left_out is None:
            raise ValueError(message("found neither covered nor left_out, expected one at least"))
        return self


class Coverage(Model):
    """``assessments/coverage/<source>.yaml``."""

    source: Id
    about: Text
    """What the document is, and for whom."""
    entries: Annotated[Seq[CoverageEntry], Field(min_length=1)]
