"""The end of a report: what to look at, its limits, what was not used, and what made it."""

from collections.abc import Iterator

from riskbehov.i18n import _
from riskbehov.models.result import Result
from riskbehov.report.cite import cited_shortly
from riskbehov.report.document import (
    Block,
    Bullets,
    Callout,
    Heading,
    Item,
    Note,
    Paragraph,
    Table,
    bullets,
)
from riskbehov.report.names import Names
from riskbehov.report.words import capital, validity

_DIGITS = 12
"""Of a hash, enough to tell two versions of a file apart."""


def flags(result: Result, names: Names) -> Iterator[Block]:  # noqa: ARG001 - as all sections
    """Yield what to look at in the whole case; what the forms raise stands with the forms."""
    raised = {f"{id_}.{f.flag.id}" for id_, score in result.scores.items() for f in score.flags}
    found = [capital(str(flag.text)) for flag in result.flags if flag.id not in raised]
    if found:
        yield Heading(_("Look again"))
        yield Callout("warning", _("Before you trust the result"), (bullets(found),))


def limits(result: Result, names: Names) -> Iterator[Block]:
    """Yield what is always said beside a result."""
    if result.assessment.limits:
        yield Heading(_("Limits of this result"))
        yield Bullets(
            tuple(
                Item(str(limit.text), cited_shortly(limit.sources, names.library))
                for limit in result.assessment.limits
            )
        )


def not_used(result: Result, names: Names) -> Iterator[Block]:  # noqa: ARG001
    """Yield the rules that are not in force on the day, and how many do not apply."""
    old = [v for v in result.verdicts if v.verdict == "not-in-force"]
    quiet = [v for v in result.verdicts if v.verdict == "does-not-apply"]
    yield Heading(_("Rules that give nothing here"))
    if old:
        yield Paragraph(_("Not in force on {day}:", day=result.as_of))
        yield bullets(
            _("{rule}: in force {days}", rule=v.rule.title, days=validity(v.rule.valid))
            for v in old
        )
    yield Paragraph(
        _(
            "Rules that were looked at: {all}. Do not apply: {quiet}. The JSON format lists them"
            " all; 'riskbehov explain CASE.yaml RULE' shows why one does not apply.",
            all=len(result.verdicts),
            quiet=len(quiet),
        )
    )


def made_by(result: Result) -> Paragraph:
    """Return which version made a result, and by the rules of which day."""
    made = result.provenance
    return Paragraph(
        _(
            "Worked out by riskbehov {version} by the rules and the law of {day}.",
            version=made.riskbehov,
            day=made.as_of,
        )
    )


def provenance(result: Result, names: Names) -> Iterator[Block]:  # noqa: ARG001
    """Yield what made the result: version, day, and the definitions with their hashes."""
    yield Heading(_("How this was made"))
    yield made_by(result)
    rows = tuple((path, digest[:_DIGITS]) for path, digest in result.provenance.hashes.items())
    yield Table((_("Definition"), _("SHA-256 (beginning)")), rows)
    yield Note(_("The same definitions and the same answers always give the same result."))
