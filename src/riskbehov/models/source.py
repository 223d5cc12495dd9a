"""Documents that are cited, and citations of them."""

import datetime as dt
from typing import Literal

from riskbehov.models.base import Basis, Id, Model, Prose, Seq, Text


class Source(Model):
    """A document in the register: what it is, and when it was last read for this product."""

    id: Id
    title: Prose
    publisher: Prose
    kind: Literal["guideline", "guidance", "article", "manual", "web", "code-system", "law", "own"]
    edition: Prose | None = None
    date: Prose | None = None
    """Year, month or day of publication, as the document gives it."""
    url: Prose | None = None
    identifier: Prose | None = None
    """Article number, DOI, PMID or statute number."""
    checked: dt.date
    note: Text | None = None


class SourceFile(Model):
    """``instruments/sources.yaml``: the register of documents."""

    sources: Seq[Source]


class Citation(Model):
    """Where something comes from, and how strong that ground is."""

    source: Id
    locator: Prose
    """Page where known, else section heading, table or DOI part."""
    basis: Basis
    checked: dt.date | None = None
    """When this place was read, if later than the document as a whole."""
    note: Text | None = None
