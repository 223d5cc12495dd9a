"""The process around an assessment: its steps, and the inventory of needs and resources."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from riskbehov.models.base import Id, Labelled, Model, Seq, Text, Validity
from riskbehov.models.condition import Condition
from riskbehov.models.instrument import Anchor, Note
from riskbehov.models.source import Citation


class Step(Labelled):
    """One step of a process: what is done, what it waits for, what it needs, where it is in law."""

    what: Text
    after: Seq[Id] = ()
    """Steps that come first."""
    needs: Condition | None = None
    """What must hold before it can be taken."""
    criteria: Seq[Id] = ()
    """Lists of criteria that must be met before it can be taken."""
    part: Id | None = None
    """The part of the process that it belongs to, where the process has parts."""
    optional: bool = False
    """Whether it is taken only where it is called for: where what it needs holds; with no need
    told, whenever someone finds it called for. No step waits for one that is not called for."""
    legal: Seq[Id] = ()
    """Keys of the legal table, looked up by the day of the step."""
    sources: Annotated[Seq[Citation], Field(min_length=1)]


class Process(Model):
    """``assessments/process/<id>/process.yaml``."""

    id: Id
    name: Text
    use: Text
    notes: Seq[Note] = ()
    sources: Annotated[Seq[Citation], Field(min_length=1)]
    valid: Validity
    checked: dt.date
    parts: Seq[Labelled] = ()
    """What the steps are gathered under, in order."""
    steps: Annotated[Seq[Step], Field(min_length=1)]


class InventoryDomain(Labelled):
    """One domain of life that the person rates."""

    question: Text
    informs: Seq[Id] = ()
    """Need areas and support needs that it says something about."""
    sources: Annotated[Seq[Citation], Field(min_length=1)]


class InventoryForm(Model):
    """``assessments/process/inventory.yaml``: the domains, and the scales that are our own."""

    name: Text
    use: Text
    situation: Annotated[Seq[Anchor], Field(min_length=2)]
    motivation: Annotated[Seq[Anchor], Field(min_length=2)]
    scale_sources: Annotated[Seq[Citation], Field(min_length=1)]
    informs_sources: Annotated[Seq[Citation], Field(min_length=1)]
    domains: Annotated[Seq[InventoryDomain], Field(min_length=1)]
