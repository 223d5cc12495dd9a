"""Recommendation rules: dated, cited, and selected by population."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from riskbehov.models.base import AgeRange, Id, Model, Seq, Text, Validity
from riskbehov.models.condition import Condition
from riskbehov.models.source import Citation

STRENGTHS = ("bör", "hög prioritet", "kan", "forskningsstöd", "information", "bör inte")
"""As the sources word them, strongest first; the negative last."""


class Rule(Model):
    """One rule: for whom, when, what is recommended, how strongly, and who says so."""

    id: Id
    block: Literal["acute", "insats", "support", "consideration", "information"]
    """Where it is shown: acute first; insats against reoffending or substance use; support needs
    that are not criminogenic; considerations on how insatser are given; information."""
    title: Text
    insats: Id | None = None
    strength: Literal["bör", "hög prioritet", "kan", "forskningsstöd", "information", "bör inte"]
    ages: AgeRange
    when: Condition | None = None
    """Left out: holds for everyone in the age range."""
    targets: Seq[Id] = ()
    """Need areas that the recommendation serves; for a support rule, the support need."""
    reason: Text
    legal: Id | None = None
    """A key of the legal table, looked up by the date of the assessment."""
    sources: Annotated[Seq[Citation], Field(min_length=1)]
    valid: Validity
    checked: dt.date


class RuleFile(Model):
    """``assessments/rules/<theme>.yaml``."""

    theme: Id
    label: Text
    rules: Annotated[Seq[Rule], Field(min_length=1)]


class LegalText(Model):
    """Where in which statute something stands, for the days that it does."""

    reference: Text
    valid: Validity
    sources: Annotated[Seq[Citation], Field(min_length=1)]


class LegalEntry(Model):
    """One legal ground over time."""

    id: Id
    label: Text
    texts: Annotated[Seq[LegalText], Field(min_length=1)]


class LegalFile(Model):
    """``assessments/process/legal.yaml``: the dated table of legal references."""

    legal: Annotated[Seq[LegalEntry], Field(min_length=1)]
