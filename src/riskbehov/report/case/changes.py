"""Scales, need areas and levels of two assessments, side by side."""

from collections.abc import Iterable, Iterator, Mapping

from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.models.result import AreaRating, Bands, ScaleScore
from riskbehov.models.source import Citation
from riskbehov.process.change import (
    AreaChange,
    FollowUp,
    LevelChange,
    Levels,
    ScaleChange,
)
from riskbehov.report.case.measures import band
from riskbehov.report.cite import cited_shortly
from riskbehov.report.document import (
    Block,
    Heading,
    Note,
    Paragraph,
    Table,
    bullets,
)
from riskbehov.report.names import Names
from riskbehov.report.words import (
    NOT_GIVEN,
    decimal,
    intensity_name,
    many,
    numbers,
    reliability,
    risk_level,
    short_name,
    span,
)

STATES: Mapping[str, str] = {
    "new": N_("new"),
    "left": N_("no longer there"),
    "still": N_("still there"),
    "still-not": N_("not there either time"),
    "cannot-tell": N_("cannot be told"),
}
DIRECTIONS: Mapping[str, str] = {
    "lower": N_("lower"),
    "higher": N_("higher"),
    "same": N_("the same"),
    "cannot-tell": N_("cannot be told"),
}
RELIABLE: Mapping[str, str] = {
    "yes": N_("yes, more than error of measurement"),
    "no": N_("no, within error of measurement"),
    "cannot-tell": N_("cannot be told before the missing answers are known"),
    "not-known": N_("not known"),
}
_LEVELS: Mapping[str, str] = {
    "risk": N_("Risk of reoffending"),
    "violence": N_("Risk of violence"),
    "intensity": N_("Intensity"),
}


def scale_name(change: ScaleChange) -> str:
    """Return what a scale is called, with its form."""
    name = short_name(change.instrument)
    return _("{word}: {meaning}", word=name, meaning=change.second.scale.label)


def scales(found: FollowUp, library: Library) -> Iterator[Block]:
    """Yield the change of every scale, how sure it is, and what it rests on."""
    if not (found.scales or found.only_first or found.only_second):
        return
    yield Heading(_("Screening"))
    for instrument in dict.fromkeys(change.instrument.id for change in found.scales):
        changes = [c for c in found.scales if c.instrument.id == instrument]
        yield Heading(short_name(changes[0].instrument), 3)
        yield Table(
            (_("Scale"), _("First"), _("Second"), _("Difference")),
            tuple(_scale_row(change) for change in changes),
        )
        yield from _bands(changes)
        if not changes[0].is_same_form:
            yield Paragraph(
                _(
                    "The two were given in ways that do not ask the same, so the difference says"
                    " little."
                )
            )
        yield from _reliable(changes, library)
    for _instrument, repeat in found.repeats:
        yield Paragraph(str(repeat.text))
        yield from cited_shortly(repeat.sources, library)
    if found.only_first:
        once = many(short_name(i) for i in found.only_first)
        yield Paragraph(_("Filled in only the first time: {instruments}.", instruments=once))
    if found.only_second:
        once = many(short_name(i) for i in found.only_second)
        yield Paragraph(_("Filled in only the second time: {instruments}.", instruments=once))


def _scale_row(change: ScaleChange) -> tuple[str, ...]:
    return (
        str(change.second.scale.label),
        _points(change.first),
        _points(change.second),
        NOT_GIVEN if _is_open(change) else _signed(change.low, change.high),
    )


def _is_open(change: ScaleChange) -> bool:
    """Tell whether nothing of a scale is answered at one time: its ends are only the form's own."""
    return "omitted" in (change.first.state, change.second.state)


def _points(score: ScaleScore) -> str:
    return NOT_GIVEN if score.state == "omitted" else numbers(score.low, score.high)


def _signed(low: int, high: int) -> str:
    """Return a difference with its sign, or the two that it may lie between.

    >>> _signed(-2, 3)
    '-2 to +3'
    """
    return span(f"{low:+d}" if low else "0", f"{high:+d}" if high else "0")


def _bands(changes: Iterable[ScaleChange]) -> Iterator[Block]:
    """Yield the bands of the scales that have a set of limits."""
    read = [change for change in changes if change.first_bands or change.second_bands]
    rows = [
        _(
            "{scale}: {first}, then {second}",
            scale=change.second.scale.label,
            first=_band(change.first, change.first_bands),
            second=_band(change.second, change.second_bands),
        )
        for change in read
    ]
    if rows:
        yield bullets(rows)
    if not all(change.is_same_limits for change in read):
        yield Paragraph(
            _(
                "The limits are not the same both times, so another band may come of that and not"
                " of the person."
            )
        )


def _band(score: ScaleScore, bands: Bands | None) -> str:
    return band(bands) if bands and score.state != "omitted" else _("no band")


def _reliable(changes: Iterable[ScaleChange], library: Library) -> Iterator[Block]:
    """Yield whether changes are reliable, and on what that rests; else why it cannot be said."""
    changes = list(changes)
    for change in changes:
        known = change.second.scale.reliability
        if change.index is None or known is None:
            continue
        yield Paragraph(
            _(
                "{scale}: is the change reliable? {answer} (index {index}, limit {limit}).",
                scale=change.second.scale.label,
                answer=_(RELIABLE[change.reliable]),
                index=span(*(decimal(f"{end:.2f}") for end in change.index)),
                limit=decimal(str(known.reliable_from)),
            )
        )
        yield Note(_("Rests on: {ground}.", ground=reliability(known)))
        yield from cited_shortly(known.sources, library)
        if known.note:
            yield Note(str(known.note))
    without = [change for change in changes if change.index is None]
    if without and without != changes:
        yield Note(
            _(
                "Of the other scales only the difference is told: no reliability with its standard"
                " deviation is known from a source."
            )
        )
    elif without:
        yield Note(
            _(
                "Only the difference is told: no reliability with its standard deviation is known"
                " from a source, so it cannot be said whether it is more than error of measurement."
            )
        )


def areas(found: FollowUp, names: Names) -> Iterator[Block]:
    """Yield the need areas of both times side by side."""
    if not found.areas:
        return
    yield Heading(_("Need areas"))
    yield Table(
        (_("Area"), _("First"), _("Second"), _("Difference"), _("Target")),
        tuple(_area_row(change) for change in found.areas),
    )
    yield Note(
        _(
            "The scale 0–3 is the professional's rating and the toolkit's own; a difference has no"
            " known error of measurement. * drives this person's crime, + something protective."
        )
    )
    yield from cited_shortly(_identified_by(found, names), names.library)


def _identified_by(found: FollowUp, names: Names) -> tuple[Citation, ...]:
    matrix = names.library.matrix(found.second.assessment.id)
    return tuple(matrix.identified_sources) if matrix else ()


def _area_row(change: AreaChange) -> tuple[str, ...]:
    difference = change.difference
    return (
        str(change.item.label),
        _rating(change.first),
        _rating(change.second),
        _("not known") if difference is None else _signed(difference, difference),
        _("history") if change.item.static else _(STATES[change.state]),
    )


def _rating(area: AreaRating) -> str:
    if area.code is None:
        return _("not rated")
    return f"{area.code}{'*' if area.driver else ''}{'+' if area.strength else ''}"


def levels(found: FollowUp, names: Names) -> Iterator[Block]:
    """Yield the levels of both times, and whether they rest on the same ground."""
    changes = [change for change in found.levels if change.first or change.second]
    if not changes:
        return
    yield Heading(_("Risk and intensity"))
    yield Table(
        (_("What"), _("First"), _("Second"), _("Change")),
        tuple(
            (
                _(_LEVELS[change.id]),
                _level(change, change.first, names, found.first.assessment.id),
                _level(change, change.second, names, found.second.assessment.id),
                _(DIRECTIONS[change.direction]),
            )
            for change in changes
        ),
    )
    for change in changes:
        if not change.is_same_ground:
            yield Paragraph(
                _(
                    "{what}: the two rest on different grounds, so a change may be one of ground"
                    " and not of the person.",
                    what=_(_LEVELS[change.id]),
                )
            )


def _level(change: LevelChange, levels: Levels | None, names: Names, assessment: str) -> str:
    if levels is None:
        return _("unknown")
    matrix = names.library.matrix(assessment)
    if change.id == "intensity":
        return span(*(intensity_name(each, matrix) if matrix else each for each in levels))
    return span(*(risk_level(each, matrix) for each in levels))
