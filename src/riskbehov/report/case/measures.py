"""Screening forms in words: the points, what they reach by which limits, and what is missing."""

from collections.abc import Iterator, Sequence

from riskbehov.i18n import N_, _
from riskbehov.models.instrument import Scale, ScoredInstrument
from riskbehov.models.result import Bands, Result, ScaleScore, Score
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
from riskbehov.report.names import Names, item_name
from riskbehov.report.words import ages, many, numbers, short_name

_TOTAL = "total"


def scores(result: Result, names: Names) -> Iterator[Block]:
    """Yield every questionnaire of the assessment: scored, or not filled in."""
    library = names.library
    forms = [library.scored(id_) for id_ in result.assessment.instruments]
    forms = [form for form in forms if form.kind == "questionnaire"]
    if not forms:
        return
    yield Heading(_("Screening"))
    for form in forms:
        if form.id in result.scores:
            yield Heading(str(form.name), 3)
            yield from outcome(result.scores[form.id])
    blank = [short_name(form) for form in forms if form.id not in result.scores]
    if blank:
        yield Paragraph(
            _("Not filled in, so nothing is known from it: {instruments}.", instruments=many(blank))
        )


def outcome(score: Score) -> Iterator[Block]:
    """Yield what one filled form says."""
    total = score.scales.get(_TOTAL)
    if total is not None:
        yield Paragraph(points(total, score.instrument), is_strong=True)
        yield from certainty(score, total)
        yield from by_set(score, total, has_notes=True)
    yield from blanks(score)
    yield from _parts(score)
    yield from flags(score)


def highest(scale: Scale, instrument: ScoredInstrument) -> int:
    """Return the highest score that a scale can give."""
    if scale.count_at_least is not None:
        return len(scale.items)
    return sum(max(instrument.legal(i)) for i in instrument.items if i.id in scale.items)


def points(scale: ScaleScore, instrument: ScoredInstrument) -> str:
    """Return the points of a scale in a sentence."""
    if scale.state == "omitted":
        return _("{scale}: nothing answered, so no points.", scale=scale.scale.label)
    most = highest(scale.scale, instrument)
    if scale.low == scale.high:
        return _(
            "{scale}: {points} of {most}.", scale=scale.scale.label, points=scale.low, most=most
        )
    return _(
        "{scale}: between {low} and {high} of {most}, depending on the missing answers.",
        scale=scale.scale.label,
        most=most,
        low=scale.low,
        high=scale.high,
    )


def certainty(score: Score, total: ScaleScore) -> Iterator[Block]:
    """Yield how far the outcome can be told."""
    if total.state == "omitted":
        return
    if total.set is None:
        yield Paragraph(no_limit(score))
    elif total.state == "certain" and total.missing:
        yield Paragraph(_("Certain: whatever the missing answers are, the outcome is the same."))
    elif total.state == "provisional":
        yield Paragraph(_("Provisional: the outcome may change with what is missing."))


def no_limit(score: Score) -> str:
    """Return why no set of limits decides the outcome."""
    name = short_name(score.instrument)
    sets = {s.id: s for s in score.instrument.cutoff_sets}
    chosen = [d for d in score.instrument.default_sets if sets[d.set].scale == _TOTAL]
    if not chosen:
        return _(
            "{instrument} has no limits that are used by themselves: points only.", instrument=name
        )
    return _(
        "Points only: {instrument} has no limits that are used by themselves at {age} years. Its"
        " limits are for other ages ({sets}).",
        instrument=name,
        age=score.age,
        sets=many(_("{set}: {ages}", set=sets[d.set].label, ages=ages(d.ages)) for d in chosen),
    )


def by_set(score: Score, total: ScaleScore, *, has_notes: bool = False) -> Iterator[Block]:
    """Yield the bands of the total by every set that is for this age, the steering one first."""
    found = [b for b in score.bands.values() if b is not None and b.set.scale == _TOTAL]
    found.sort(key=lambda bands: bands.set != total.set)
    if total.state == "omitted" or not found:
        return
    yield Definitions(
        tuple(_set_term(b, is_steering=b.set == total.set, has_notes=has_notes) for b in found)
    )
    if is_disputed(found):
        yield Paragraph(_("The sets of limits disagree on whether the limit is reached."))


def _set_term(bands: Bands, *, is_steering: bool, has_notes: bool) -> Term:
    outcome_ = band(bands)
    note = (Note(str(bands.set.note)),) if bands.set.note and is_steering and has_notes else ()
    if is_steering:
        return Term(str(bands.set.label), _("{band} (the set used here)", band=outcome_), note)
    return Term(str(bands.set.label), outcome_)


def band(bands: Bands) -> str:
    """Return the band that is reached, or the lowest and the highest that may be."""
    low, high = bands.set.bands[bands.low], bands.set.bands[bands.high]
    return str(low) if low == high else _('from "{low}" to "{high}"', low=low, high=high)


def is_disputed(found: Sequence[Bands]) -> bool:
    """Tell whether one set certainly has the limit reached and another certainly not."""
    reached_: set[bool] = set()
    for bands in found:
        limit = _limit(bands)
        if limit is not None and (bands.low >= limit or bands.high < limit):
            reached_.add(bands.low >= limit)
    return len(reached_) > 1


def _limit(bands: Bands) -> int | None:
    ids = [b.id for b in bands.set.bands]
    return ids.index(bands.set.problem_from) if bands.set.problem_from else None


def reached(score: Score) -> str:
    """Return the points and the band of a form in a few words."""
    total = score.scales.get(_TOTAL)
    if total is None or total.state == "omitted":
        return _("nothing answered")
    bands = score.bands.get(total.set.id) if total.set else None
    shown = numbers(total.low, total.high)
    if bands is None:
        return _("{points} points", points=shown)
    return _("{points} points ({band})", points=shown, band=band(bands))


_EFFECTS = {
    "settles": N_("May settle the outcome alone: {items}."),
    "decides": N_("May decide the outcome together with others: {items}."),
    "points": N_("Changes the points but not the outcome: {items}."),
    "no limit": N_("Changes the points: {items}."),
}


def blanks(score: Score) -> Iterator[Block]:
    """Yield the missing answers with what each can do, and the zeros that were inferred."""
    grouped: dict[str, list[str]] = {effect: [] for effect in _EFFECTS}
    for name in dict.fromkeys((*score.settling, *score.decisive, *score.missing)):
        grouped[_effect(name, score)].append(item_name(score.instrument, name))
    lines = [_(_EFFECTS[e], items=many(names)) for e, names in grouped.items() if names]
    if lines:
        yield Paragraph(
            _("Missing, and not counted as 0:") if score.missing else _("Not known of the person:")
        )
        yield bullets(lines)
    if score.inferred:
        yield Paragraph(
            _(
                "Counted as 0 because the form let the person skip them: {items}.",
                items=many(item_name(score.instrument, i) for i in score.inferred),
            )
        )


def _effect(name: str, score: Score) -> str:
    if name in score.settling:
        return "settles"
    if name in score.decisive:
        return "decides"
    return "points" if score.default_set else "no limit"


def _parts(score: Score) -> Iterator[Block]:
    """Yield the part scales, which describe and decide nothing, with their limits if any."""
    parts = [s for id_, s in score.scales.items() if id_ != _TOTAL]
    if parts:
        yield Paragraph(_("Parts, which describe and decide nothing:"))
        yield Bullets(tuple(_part(score, part) for part in parts))


def _part(score: Score, part: ScaleScore) -> Item:
    found = [b for b in score.bands.values() if b is not None and b.set.scale == part.scale.id]
    lines = [_("{set}: {band}", set=b.set.label, band=band(b)) for b in found]
    if part.state == "omitted":
        lines = []
    return Item(points(part, score.instrument), (bullets(lines),) if lines else ())


def flags(score: Score) -> Iterator[Block]:
    """Yield what the answers call attention to; it changes no points."""
    if not score.flags:
        return
    items = tuple(
        Item(
            str(raised.flag.label)
            if raised.is_certain
            else _("Perhaps, depending on what is missing: {flag}", flag=raised.flag.label)
        )
        for raised in score.flags
    )
    yield Callout("warning", _("Look at this"), (Bullets(items),))
