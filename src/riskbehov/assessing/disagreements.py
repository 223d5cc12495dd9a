"""Where recorded results, the professional and the toolkit see one thing otherwise.

All are shown side by side, none overwrites another, and whoever assesses is asked for a reason.
What a source says is an interval, from no to yes or over the levels of risk, so that what is not
said contradicts nothing. Each question has a key: ``risk``, ``violence``, ``need.<area>``,
``support.<fact>``, and for responsivity ``<profile>.<item>``.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from riskbehov.errors import not_among
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.logic.vocabulary import Interval
from riskbehov.models.assessment import RISK_LEVELS, Assessment
from riskbehov.models.base import Text
from riskbehov.models.case import Case, SectionResult
from riskbehov.models.fact import Fact
from riskbehov.models.instrument import Item, ScoredInstrument, Section
from riskbehov.models.result import (
    Kind,
    Needs,
    Question,
    RecordedView,
    Risk,
    RiskSource,
    Said,
    Score,
    View,
)
from riskbehov.rules.book import NEED
from riskbehov.yamlfile import Place

RISK = "risk"
VIOLENCE = "violence"
SUPPORT = "support."

_NO: Interval = (0, 0)
_YES: Interval = (1, 1)
_OPEN: Interval = (0, 1)
_WORDS: tuple[Said, Said] = ("no", "yes")


@dataclass(frozen=True, slots=True)
class _Held:
    """What the professional, or the case file, holds on a question of yes or no."""

    kind: Kind
    label: Text
    interval: Interval
    date: dt.date
    code: int | None = None
    reason: str = ""


def profiles(library: Library, assessment: Assessment) -> tuple[ScoredInstrument, ...]:
    """Return the responsivity profiles of an assessment."""
    found = map(library.scored, assessment.instruments)
    return tuple(instrument for instrument in found if instrument.kind == "profile")


def keys(library: Library, assessment: Assessment) -> tuple[str, ...]:
    """Return the keys of everything that views can differ on in an assessment."""
    areas = library.scored(assessment.needs).items if assessment.needs else ()
    return (
        RISK,
        VIOLENCE,
        *(NEED + area.id for area in areas),
        *(SUPPORT + fact.id for fact in _supports(library)),
        *(f"{p.id}.{item.id}" for p in profiles(library, assessment) for item in p.items),
    )


def check_reasons(
    case: Case, library: Library, assessment: Assessment
) -> Iterator[tuple[Place, Message]]:
    """Yield reasons for what nothing can differ on, and reasons that say nothing."""
    known = keys(library, assessment)
    for key, reason in case.reasons.items():
        if key not in known:
            yield (
                ("reasons", key),
                not_among(key, known, message("something that views can differ on")),
            )
        elif not reason:
            yield (
                ("reasons", key),
                message("found no text, expected why one view goes before another"),
            )


def questions(
    case: Case,
    library: Library,
    assessment: Assessment,
    recorded: Iterable[RecordedView],
    *,
    scores: Mapping[str, Score],
    needs: Needs,
    risk: Risk,
    facts: Mapping[str, Interval],
) -> tuple[Question, ...]:
    """Return what recorded results say something about, and what views differ on."""
    used = [view for view in recorded if view.unused is None]
    found = tuple(_on_levels(case, used, risk))
    if not used:
        return found
    held = {**_needs_held(case, assessment, needs), **_supports_held(case, library, facts)}
    adapted = _adaptations_held(case, profiles(library, assessment), scores)
    return (
        *found,
        *_asked(held, {key: (*_need_views(key, used, held),) for key in held}, case),
        *_asked(adapted, {key: (*_adaptation_views(key, used),) for key in adapted}, case),
    )


def _asked(
    held: Mapping[str, _Held], views: Mapping[str, tuple[View, ...]], case: Case
) -> Iterator[Question]:
    """Yield what recorded results speak of, with what is held here as the last view."""
    for key, own in held.items():
        if views[key]:
            yield _question(key, own.kind, own.label, (*views[key], _own_view(own)), case)


def _on_levels(case: Case, used: Sequence[RecordedView], risk: Risk) -> Iterator[Question]:
    """Yield the levels of risk that more than one source speaks of."""
    for key, label, sources in (
        (RISK, message("Risk of reoffending"), risk.general),
        (VIOLENCE, message("Risk of violence"), risk.on_violence),
    ):
        if len(sources) > 1:
            views = [_of_level(source, used, case) for source in sources]
            yield _question(key, "level", label, views, case)


def _supports(library: Library) -> Iterator[Fact]:
    return (fact for fact in library.facts.values() if fact.topic == "support")


def _question(
    key: str, kind: Kind, label: Text | Message, views: Sequence[View], case: Case
) -> Question:
    named = (key, *(other for view in views for other in view.also))
    reasons = (case.reasons.get(each, "") for each in named)
    return Question(
        key=key,
        kind=kind,
        label=label,
        views=tuple(views),
        differ=any(_apart(a, b) for a, b in combinations(views, 2)),
        reason=next(filter(None, reasons), ""),
    )


def _apart(one: View, other: View) -> bool:
    """Tell whether two views cannot both be right."""
    order: Sequence[str] = RISK_LEVELS if one.low in RISK_LEVELS else _WORDS
    return order.index(one.high) < order.index(other.low) or order.index(other.high) < order.index(
        one.low
    )


# Levels of risk


def _of_level(source: RiskSource, used: Iterable[RecordedView], case: Case) -> View:
    recorded = next((view for view in used if view.found is source.recorded), None)
    return View(
        basis=source.basis,
        source=source.source,
        low=source.low,
        high=source.high,
        date=recorded.found.date if recorded else case.date,
        reason=source.reason,
        recorded=recorded,
    )


# What the professional holds


def _needs_held(case: Case, assessment: Assessment, needs: Needs) -> dict[str, _Held]:
    given = case.instruments.get(assessment.needs or "")
    day = (given.date if given else None) or case.date
    return {
        NEED + area.item.id: _Held(
            "need", area.item.label, _rated(area.item, needs), day, area.code, area.evidence
        )
        for area in needs.areas
    }


def _rated(item: Item, needs: Needs) -> Interval:
    if item.id in needs.identified:
        return _YES
    return _NO if item.id in needs.not_identified else _OPEN


def _supports_held(case: Case, library: Library, facts: Mapping[str, Interval]) -> dict[str, _Held]:
    return {
        SUPPORT + fact.id: _Held("support", fact.label, facts.get(fact.id, _OPEN), case.date)
        for fact in _supports(library)
    }


def _adaptations_held(
    case: Case, asked: Iterable[ScoredInstrument], scores: Mapping[str, Score]
) -> dict[str, _Held]:
    found = {}
    for profile in asked:
        score = scores.get(profile.id)
        codes = score.used if score else (None,) * len(profile.items)
        given = case.instruments.get(profile.id)
        day = (given.date if given else None) or case.date
        for item, code in zip(profile.items, codes, strict=True):
            interval = _OPEN if code is None else (_YES if code else _NO)
            found[f"{profile.id}.{item.id}"] = _Held("adaptation", item.label, interval, day, code)
    return found


def _own_view(held: _Held) -> View:
    basis: Literal["stated", "professional"] = (
        "stated" if held.kind == "support" else "professional"
    )
    return View(
        basis=basis,
        source=basis,
        low=_WORDS[held.interval[0]],
        high=_WORDS[held.interval[1]],
        date=None if held.interval == _OPEN else held.date,
        reason=held.reason,
        code=held.code,
    )


# What recorded results say


def _newest(
    used: Iterable[RecordedView], tells: Callable[[RecordedView], bool]
) -> Iterator[RecordedView]:
    """Yield of each method the newest result that tells of something."""
    seen = set()
    for view in used:
        if view.method.id not in seen and tells(view):
            seen.add(view.method.id)
            yield view


def _need_views(
    key: str, used: Iterable[RecordedView], held: Mapping[str, _Held]
) -> Iterator[View]:
    """Yield what each method says of a need: of its newest result that has a section on it."""

    def sections(view: RecordedView) -> list[Section]:
        return [s for s in view.method.sections if key in _keys_of(s, held)]

    def tells(view: RecordedView) -> bool:
        return any(section.id in view.found.sections for section in sections(view))

    for view in _newest(used, tells):
        yield _need_view(key, view, sections(view), held)


def _keys_of(section: Section, held: Mapping[str, _Held]) -> tuple[str, ...]:
    """Return the keys of what a section informs in this assessment."""
    named = (prefix + id_ for id_ in section.informs for prefix in (NEED, SUPPORT))
    return tuple(key for key in named if key in held)


def _need_view(
    key: str, view: RecordedView, sections: Sequence[Section], held: Mapping[str, _Held]
) -> View:
    """Return what the sections of one result say of a need: it is there if one of them says so."""
    said = view.found.sections
    spans = [_span(key, section, said.get(section.id), held) for section in sections]
    low, high = max(low for low, _ in spans), max(high for _, high in spans)
    told = tuple(section for section in sections if section.id in said)
    joined = (k for s in told if said[s.id].need == "yes" for k in _keys_of(s, held))
    return View(
        basis="recorded",
        source=view.method.id,
        low=_WORDS[low],
        high=_WORDS[high],
        date=view.found.date,
        reason="; ".join(filter(None, (said[s.id].note for s in told))),
        recorded=view,
        sections=told,
        also=tuple(dict.fromkeys(k for k in joined if k != key)),
    )


def _span(
    key: str, section: Section, said: SectionResult | None, held: Mapping[str, _Held]
) -> Interval:
    """Return what one section says of one of the needs that it informs.

    A need that it points out is in at least one of them: in this one, if the professional holds
    that it is in none of the others.
    """
    if said is None or said.need == "unknown":
        return _OPEN
    if said.need == "no":
        return _NO
    others = (other for other in _keys_of(section, held) if other != key)
    return _YES if all(held[other].interval == _NO for other in others) else _OPEN


def _adaptation_views(key: str, used: Iterable[RecordedView]) -> Iterator[View]:
    """Yield the methods whose newest result with adaptations has this one."""
    item = key.partition(".")[2]
    for view in _newest(used, lambda each: bool(each.found.adaptations)):
        if item in view.found.adaptations:
            yield View(
                basis="recorded",
                source=view.method.id,
                low="yes",
                high="yes",
                date=view.found.date,
                recorded=view,
            )
