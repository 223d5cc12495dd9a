"""One filled form, from answers to bands, step by step."""

from collections.abc import Iterator

from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.models.result import Score
from riskbehov.report.case.measures import (
    band,
    blanks,
    by_set,
    certainty,
    flags,
    is_disputed,
    points,
)
from riskbehov.report.cite import cited_shortly, sources_section
from riskbehov.report.document import (
    Block,
    Bullets,
    Definitions,
    Heading,
    Item,
    Note,
    Paragraph,
    Table,
    Term,
)
from riskbehov.report.instruments import limits_table, remarks
from riskbehov.report.words import NOT_GIVEN, ages, numbers, person
from riskbehov.scoring.trace import BandStep, ItemStep, Step, trace

_TOTAL = "total"
_ORIGINS = {
    "inferred": N_("skipped, counted as 0"),
    "missing": N_("no answer"),
}


def score_blocks(score: Score, library: Library | None = None) -> tuple[Block, ...]:
    """Return one filled form from answers to bands; ``library`` gives sources their titles."""
    found = (
        *_head(score),
        *_answers(score),
        *_scales(score, library),
        *remarks(score.instrument, library),
    )
    return found if library is None else (*found, *sources_section(found, library))


def _head(score: Score) -> Iterator[Block]:
    instrument = score.instrument
    form = next(f for f in instrument.forms if f.id == score.form)
    yield Heading(str(instrument.name), 1)
    yield Definitions(
        (
            Term(_("Person"), person(score.sex, score.age)),
            Term(_("Form"), str(form)),
            Term(_("Version"), instrument.version),
        )
    )
    total = score.scales.get(_TOTAL)
    if total is not None:
        yield Paragraph(points(total, score.instrument), is_strong=True)
        yield from certainty(score, total)
        yield from by_set(score, total)
    yield from blanks(score)
    yield from flags(score)


def _answers(score: Score) -> Iterator[Block]:
    """Yield every item once: its answer in words and its code, or why it has none."""
    instrument = score.instrument
    rows = []
    for item, code, used in zip(instrument.items, score.codes, score.used, strict=True):
        if used is None:
            shown, answer = NOT_GIVEN, _(_ORIGINS["missing"])
        elif code is None:
            shown, answer = str(used), _(_ORIGINS["inferred"])
        else:
            anchors = instrument.codes[item.codes]
            shown, answer = str(used), next(str(a) for a in anchors if a.code == used)
        rows.append((item.id, str(item.label), answer, shown))
    yield Heading(_("Answers"))
    yield Table((_("Item"), _("Label"), _("Answer"), _("Code")), tuple(rows))


def _scales(score: Score, library: Library | None) -> Iterator[Block]:
    if not score.scales:
        yield Paragraph(_("A profile: nothing is added up."))
    for step in trace(score):
        yield Heading(str(step.scale.label))
        if score.scales[step.scale.id].state == "omitted":
            yield Paragraph(points(score.scales[step.scale.id], score.instrument))
            continue
        yield from _sum(step)
        yield from _sets(score, step, library)


def _sum(step: Step) -> Iterator[Block]:
    """Yield the sum or the count written out, item by item."""
    terms = ", ".join(_term(item) for item in step.items)
    if step.scale.count_at_least is not None:
        yield Paragraph(
            _(
                "Number of items with code {code} or more among {items}: {count}.",
                code=step.scale.count_at_least,
                items=terms,
                count=numbers(step.low, step.high),
            )
        )
    else:
        yield Paragraph(
            _(
                "Sum of {items} = {sum}.",
                items=" + ".join(numbers(*item.points) for item in step.items),
                sum=numbers(step.low, step.high),
            )
        )
    if step.scale.note:
        yield Note(str(step.scale.note))


def _term(step: ItemStep) -> str:
    if step.origin == "missing":
        return _("{item} (no answer)", item=step.item.label)
    return _("{item} ({code})", item=step.item.label, code=step.code)


def _sets(score: Score, step: Step, library: Library | None) -> Iterator[Block]:
    """Yield the limits of every set for this age, and the band that is reached."""
    held = [s for s in step.bands if s.bands is not None]
    others = [s for s in step.bands if s.bands is None]
    for found in held:
        yield from _set(found, score, library)
    if is_disputed([s.bands for s in held if s.bands is not None]):
        yield Paragraph(_("The sets of limits disagree on whether the limit is reached."))
    if others:
        yield Paragraph(_("Sets that do not hold here, by age or form:"))
        yield Bullets(
            tuple(Item(_("{set}: {ages}", set=s.set.label, ages=ages(s.set.ages))) for s in others)
        )


def _set(step: BandStep, score: Score, library: Library | None) -> Iterator[Block]:
    cutoffs = step.set
    yield Heading(str(cutoffs.label), 3)
    if step.bands is not None:
        yield Paragraph(
            _("Reaches: {band}. This is the set used here.", band=band(step.bands))
            if cutoffs == score.scales[cutoffs.scale].set
            else _("Reaches: {band}.", band=band(step.bands))
        )
    yield limits_table(cutoffs, step.limits)
    if cutoffs.note:
        yield Note(str(cutoffs.note))
    yield from cited_shortly(cutoffs.sources, library)
