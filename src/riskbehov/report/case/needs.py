"""Need areas, risk, intensity and targets."""

from collections.abc import Iterable, Iterator, Mapping

from riskbehov.assessing.disagreements import RISK
from riskbehov.i18n import N_, _
from riskbehov.models.case import RecordedResult
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.models.result import AreaRating, Needs, Result, RiskSource
from riskbehov.report.case import recorded
from riskbehov.report.case.measures import reached
from riskbehov.report.cite import cited_shortly
from riskbehov.report.document import (
    Block,
    Bullets,
    Callout,
    Definitions,
    Heading,
    Item,
    Note,
    Paragraph,
    Term,
    bullets,
)
from riskbehov.report.names import Names
from riskbehov.report.words import (
    INFORMATION,
    intensity_name,
    listed,
    numbers,
    risk_level,
    short_name,
    span,
)
from riskbehov.rules.book import NEED

_SUBSTANCE = "substance_use"


def areas(result: Result, names: Names) -> Iterator[Block]:
    """Yield the areas: identified, followed, no need found, and not rated, each apart."""
    needs = result.needs
    if not needs.areas:
        return
    instrument = names.library.scored(str(result.assessment.needs))
    yield Heading(_("Need areas"))
    yield Paragraph(
        _(
            "Identified dynamic areas: {count}. Rated by the professional with {instrument};"
            " an area that is not rated is unknown, never zero.",
            count=numbers(needs.count_low, needs.count_high),
            instrument=instrument.name,
        )
    )
    for title, ids in _groups(needs).items():
        found = [a for a in needs.areas if a.item.id in ids]
        if found:
            yield Heading(title, 3)
            yield Bullets(tuple(_area(a, result, instrument) for a in found))
    if needs.unanswered:
        yield Heading(_("Not rated yet (unknown)"), 3)
        blank = [a.item for a in needs.areas if a.item.id in needs.unanswered]
        yield Bullets(
            tuple(Item(str(i.label), tuple(recorded.beside(NEED + i.id, result))) for i in blank)
        )


def _groups(needs: Needs) -> Mapping[str, Iterable[str]]:
    return {
        _("Identified needs"): needs.identified,
        _("Some need: followed, not a target"): needs.followed,
        _("No need found"): [i for i in needs.not_identified if i not in needs.followed],
    }


def _area(area: AreaRating, result: Result, instrument: ScoredInstrument) -> Item:
    anchor = next(a for a in instrument.codes[area.item.codes] if a.code == area.code)
    line = _("{area}: {code}, {meaning}", area=area.item.label, code=area.code, meaning=anchor)
    return Item(
        line, tuple(_about(area, result)), is_strong=area.item.id in result.needs.identified
    )


def _about(area: AreaRating, result: Result) -> Iterator[Block]:
    if area.driver is not None:
        yield Paragraph(
            _("Drives this person's crime.")
            if area.driver
            else _("Does not drive this person's crime.")
        )
    if area.item.static:
        yield Paragraph(_("History: informs the risk and is never a target."))
    if area.strength:
        yield Paragraph(_("Strength: there is something protective here."))
    seen = _seen(area, result)
    if seen:
        yield Paragraph(_("Noted: {indicators}.", indicators=listed(seen)))
    if area.evidence:
        yield Paragraph(_("Grounds: {evidence}", evidence=area.evidence))
    if area.information:
        told = listed(_(INFORMATION[i]) for i in area.information)
        yield Note(_("Information from: {sources}.", sources=told))
    if area.item.id == _SUBSTANCE:
        for score in result.scores.values():
            if score.instrument.kind == "questionnaire":
                yield Note(
                    _(
                        "Screening beside the rating: {instrument}, {outcome}.",
                        instrument=short_name(score.instrument),
                        outcome=reached(score),
                    )
                )
    yield from recorded.beside(NEED + area.item.id, result)


def _seen(area: AreaRating, result: Result) -> list[str]:
    """Return the indicators that were answered yes or partly."""
    given = result.case.instruments.get(str(result.assessment.needs))
    answer = given.answers.get(area.item.id) if given else None
    noted = answer.indicators if answer else {}
    found = []
    for indicator in area.item.indicators:
        if noted.get(indicator.id) == "yes":
            found.append(str(indicator))
        elif noted.get(indicator.id) == "partly":
            found.append(_("{indicator} (partly)", indicator=indicator))
    return found


def risk(result: Result, names: Names) -> Iterator[Block]:
    """Yield the risk of reoffending with its ground, what else there is, and violence apart."""
    found = result.risk
    matrix = names.library.matrix(result.assessment.id)
    if matrix is None and found.chosen is None and found.violence is None:
        return
    yield Heading(_("Risk of reoffending"))
    if found.chosen is None:
        yield Paragraph(_("Level: unknown."), is_strong=True)
        yield Paragraph(
            _(
                "No source exists. It takes a recorded result of a method for this age that is"
                " recent enough, or the professional's own overall judgement with its reason."
            )
        )
    else:
        level = _level(found.chosen, names, result)
        yield Paragraph(_("Level: {level}.", level=level), is_strong=True)
        yield Definitions(tuple(_grounds(found.chosen, names, result)))
        if found.chosen.basis == "suggestion" and matrix and matrix.suggestion:
            yield from cited_shortly(matrix.suggestion.sources, names.library)
    yield from _disagreeing(result)
    yield from _others(result, names)


def _disagreeing(result: Result) -> Iterator[Block]:
    """Yield that the sources of the level differ: with the reason given, or the demand for one."""
    question = result.question(RISK)
    if question is not None and question.is_open:
        yield Callout(
            "warning",
            _("The sources of the risk level disagree."),
            (Paragraph(_("Write down why the one above is the one that steers.")),),
        )
    elif question is not None and question.differ:
        yield Paragraph(
            _("The sources disagree. Why this one steers: {reason}", reason=question.reason)
        )


def _others(result: Result, names: Names) -> Iterator[Block]:
    found = result.risk
    others = [s for s in found.others if not _is_on_violence(s, names)]
    if others:
        yield Paragraph(_("Other sources:"))
        yield bullets(_told(s, names, result) for s in others)
    if found.expired:
        yield Paragraph(_("Recorded but not used (too old, or for another age):"))
        yield bullets(_recorded(r, names) for r in found.expired)
    if found.violence:
        yield Paragraph(
            _("Risk of violence, a matter of its own that does not steer the intensity:")
        )
        older = [s for s in found.others if _is_on_violence(s, names)]
        yield bullets(_told(s, names, result) for s in (found.violence, *older))


def _is_on_violence(source: RiskSource, names: Names) -> bool:
    return (
        source.recorded is not None
        and names.library.method(source.recorded.method).outcome == "violence"
    )


def _level(source: RiskSource, names: Names, result: Result) -> str:
    matrix = names.library.matrix(result.assessment.id)
    return span(risk_level(source.low, matrix), risk_level(source.high, matrix))


_GROUNDS = {
    "recorded": N_("a recorded result of {method}, {date}: {level}"),
    "professional": N_("the professional's own overall judgement: {level}"),
    "suggestion": N_("suggested by the toolkit's table over history and identified areas: {level}"),
}


def _grounds(source: RiskSource, names: Names, result: Result) -> Iterator[Term]:
    yield Term(_("Ground"), _told(source, names, result))
    if source.recorded and source.recorded.assessor:
        yield Term(_("Assessed by"), source.recorded.assessor)
    if source.reason:
        yield Term(_("Reason given"), source.reason)


def _told(source: RiskSource, names: Names, result: Result) -> str:
    """Return one source of a risk level in words."""
    if source.recorded is not None:
        return _recorded(source.recorded, names)
    return _(_GROUNDS[source.basis], level=_level(source, names, result))


def _recorded(found: RecordedResult, names: Names) -> str:
    method = names.library.method(found.method)
    level = next((str(v) for v in method.levels if v.id == found.level), found.level)
    return _(_GROUNDS["recorded"], method=short_name(method), date=found.date, level=level)


def intensity(result: Result, names: Names) -> Iterator[Block]:
    """Yield the intensity, and that it withholds nothing."""
    matrix = names.library.matrix(result.assessment.id)
    if result.intensity is None or matrix is None:
        return
    low, high = (intensity_name(i, matrix) for i in result.intensity)
    yield Heading(_("Intensity"))
    yield Paragraph(_("Intensity: {intensity}.", intensity=span(low, high)), is_strong=True)
    if low != high:
        yield Paragraph(
            _("It narrows down when the risk level and the areas that are open now are known.")
        )
    yield Paragraph(
        _(
            "It concerns insatser against reoffending only. It never withholds bistånd, protection,"
            " substance care or psychiatry."
        )
    )
    yield from cited_shortly(matrix.intensity.sources, names.library)


def targets(result: Result, names: Names) -> Iterator[Block]:  # noqa: ARG001 - as all sections
    """Yield what to work on, in order."""
    if not result.needs.areas:
        return
    yield Heading(_("Targets"))
    if not result.targets:
        yield Paragraph(
            _("No target yet: some areas are not rated.")
            if result.needs.unanswered
            else _("No target: no dynamic area is identified.")
        )
        return
    rated = {a.item.id: a for a in result.needs.areas}
    yield Bullets(tuple(_target(rated[t]) for t in result.targets), is_numbered=True)
    yield Paragraph(_multimodal(multimodal=result.plan.multimodal))


def _target(area: AreaRating) -> Item:
    if area.driver:
        return Item(
            _(
                "{area}: drives this person's crime, rated {code}",
                area=area.item.label,
                code=area.code,
            )
        )
    return Item(_("{area}: rated {code}", area=area.item.label, code=area.code))


def _multimodal(*, multimodal: bool | None) -> str:
    if multimodal:
        return _("Several areas are identified: work on more than one at the same time.")
    if multimodal is None:
        return _("Whether several areas need work at the same time cannot be told yet.")
    return _("One area is identified.")


def responsivity(result: Result, names: Names) -> Iterator[Block]:  # noqa: ARG001
    """Yield what to adapt so that the person can benefit."""
    waiting = tuple(recorded.not_judged(result))
    if result.responsivity or waiting:
        yield Heading(_("Adaptations"))
    if result.responsivity:
        yield Paragraph(_("How the insatser are given so that the person can benefit from them:"))
        yield Bullets(
            tuple(
                Item(str(a.item.label), (Paragraph(str(a.item.adaptation)),), is_strong=True)
                for a in result.responsivity
            )
        )
    if waiting:
        yield Paragraph(_("Named by a recorded result:"))
        yield Bullets(waiting)
