"""The whole report in a few lines: what a colleague must know before she reads on."""

from collections.abc import Iterator

from riskbehov.i18n import _
from riskbehov.models.result import Result, Score
from riskbehov.report.case.measures import band, highest
from riskbehov.report.document import Block, Definitions, Heading, Term
from riskbehov.report.names import Names, target_name
from riskbehov.report.words import (
    insats_name,
    intensity_name,
    listed,
    many,
    numbers,
    risk_level,
    short_name,
    span,
)


def brief(result: Result, names: Names) -> Iterator[Block]:
    """Yield scores, risk, intensity, targets, plan and what is open, a line each."""
    yield Heading(_("In short"))
    yield Definitions(tuple(_lines(result, names)))


def _lines(result: Result, names: Names) -> Iterator[Term]:
    for score in result.scores.values():
        if "total" in score.scales:
            yield Term(short_name(score.instrument), _score(score))
    if result.needs.areas:
        yield from _principles(result, names)
    if result.support_needs.identified:
        needed = [target_name(fact.id, names) for fact, _rules in result.support_needs.identified]
        yield Term(_("Support needs"), listed(needed))
    if result.flags:
        yield Term(_("Flags"), _("{count}, see further down", count=len(result.flags)))
    open_ = {name for v in result.verdicts for name in v.missing}
    if open_:
        yield Term(_("Open questions"), _("{count}, see what cannot be told yet", count=len(open_)))


def _score(score: Score) -> str:
    total = score.scales["total"]
    bands = score.bands.get(score.default_set.id) if score.default_set else None
    found = _(
        "{points} of {highest}",
        points=numbers(total.low, total.high),
        highest=highest(total.scale, score.instrument),
    )
    return f"{found}: {band(bands)}" if bands else found


def _principles(result: Result, names: Names) -> Iterator[Term]:
    matrix = names.library.matrix(result.assessment.id)
    levels = (result.risk.low, result.risk.high)
    risk = span(*(risk_level(level, matrix) for level in levels))
    yield Term(_("Risk"), risk if result.risk.chosen else _("unknown"))
    if result.intensity and matrix:
        yield Term(
            _("Intensity"), span(*(intensity_name(each, matrix) for each in result.intensity))
        )
    targets = [target_name(target, names) for target in result.targets]
    yield Term(_("Targets"), listed(targets) if targets else _("none identified"))
    chosen = [insats_name(planned.insats) for planned in result.plan.insatser]
    yield Term(_("Plan"), many(chosen) if chosen else _("nothing yet"))
    if result.plan.gaps:
        gaps = dict.fromkeys(target_name(gap.target, names) for gap in result.plan.gaps)
        yield Term(_("Without an insats"), listed(gaps))
