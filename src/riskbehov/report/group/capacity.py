"""What a group needs against what a municipality offers, to read and as plain values."""

from collections.abc import Iterator, Mapping
from typing import Any

from riskbehov.groups.capacity import Addition, Capacity, Covering, Demand
from riskbehov.groups.needed import NONE, SEVERAL, STATES
from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.models.case import OfferedInsats
from riskbehov.models.source import Citation
from riskbehov.planning.aims import Aim
from riskbehov.report.cite import cited
from riskbehov.report.document import (
    Block,
    Callout,
    Definitions,
    Heading,
    Note,
    Paragraph,
    Table,
    Term,
    bullets,
)
from riskbehov.report.group.released import HELD
from riskbehov.report.words import capital, decimal, insats_name, many

OWN = Citation(source="riskbehov", locator="docs/metod.md, Kapacitet", basis="toolkit")
_STATES: Mapping[str, str] = {
    "covered": N_("covered"),
    "places-taken": N_("places taken"),
    "not-offered": N_("not offered"),
    "no-insats": N_("no insats"),
}
_LEVELS: Mapping[str, str] = {
    SEVERAL: N_("several possible"),
    NONE: N_("no table for the age"),
}


def capacity_blocks(found: Capacity, library: Library) -> tuple[Block, ...]:
    """Return what a group needs against an offer as a report."""
    return (
        *_head(found),
        *_targets(found, library),
        *_additions(found, library),
        *_demands(found, library),
        *_intensities(found, library),
        *_closing(library),
    )


def capacity_dict(found: Capacity, library: Library) -> dict[str, Any]:
    """Return the same as plain values; nothing stands for what is held back."""
    return {
        "purpose": found.purpose,
        "fictional": found.fictional,
        "threshold": found.threshold,
        "municipality": found.offer.municipality,
        "cost_unit": found.offer.cost_unit,
        "persons": found.persons,
        "targets": [_covering_dict(each, library) for each in found.coverings],
        "together": _covering_dict(found.together, library),
        "additions": [
            {
                "insats": each.insats,
                "name": insats_name(library.insatser[each.insats]),
                "kind": each.kind,
                "targets": each.targets,
                "places": each.places,
            }
            for each in found.additions
        ],
        "insatser": [_demand_dict(each, library) for each in found.demands],
        "intensities": dict(found.intensities),
        "notes": [str(note) for note in found.notes],
    }


def _covering_dict(found: Covering, library: Library) -> dict[str, Any]:
    named = {} if found.aim is None else {"target": found.aim.target, "part": found.aim.part}
    label = {} if found.aim is None else {"label": _aim_name(found.aim, library)}
    states = {state.replace("-", "_"): found.states[state] for state in STATES}
    return {**named, **label, "having": found.having, **states}


def _demand_dict(found: Demand, library: Library) -> dict[str, Any]:
    offered = found.offered
    return {
        "insats": found.insats,
        "name": insats_name(library.insatser[found.insats]),
        "offered": offered is not None,
        "own": offered.own if offered else None,
        "cost": offered.cost if offered else None,
        "places": offered.places if offered else None,
        "recommended": found.recommended,
        "could_cover": found.could_cover,
        "proposed": found.proposed,
        "short": found.short,
    }


def _head(found: Capacity) -> Iterator[Block]:
    yield Heading(_("What the group needs, and what there is"), 1)
    terms = [
        Term(_("Purpose"), found.purpose),
        Term(_("Cases"), _("all fictional") if found.fictional else _("all real")),
        Term(_("Persons"), str(found.persons)),
    ]
    if found.offer.municipality:
        terms.append(Term(_("Offer"), found.offer.municipality))
    yield Definitions(tuple(terms))
    yield Note(
        _(
            '"{held}" stands for a count that is held back: it is below {threshold}, or it is'
            " needed to protect such a count.",
            held=HELD,
            threshold=found.threshold,
        )
    )
    if found.notes:
        yield Callout("warning", _("To know"), (bullets(found.notes),))


def _targets(found: Capacity, library: Library) -> Iterator[Block]:
    yield Heading(_("Targets"))
    head = (_("Target"), _("Persons"), *(capital(_(_STATES[state])) for state in STATES))
    rows = [(_aim_name(each.aim, library), *_numbers(each)) for each in found.coverings if each.aim]
    rows.append((_("All targets"), *_numbers(found.together)))
    yield Table(head, tuple(rows))
    yield Note(
        _(
            "The most targets that the places can cover, if they are given to those for whom most"
            " is covered. A person needs one place of an insats however many targets it covers;"
            " of insatser that are alternatives, one. Where several ways cover as many, the one"
            " that covers the areas first in the table most is shown. Of targets that are not in"
            " the table no number can be told: few or none have them."
        )
    )


def _numbers(found: Covering) -> list[str]:
    return [_number(found.having), *(_number(found.states[state]) for state in STATES)]


def _number(count: int | None) -> str:
    return HELD if count is None else str(count)


def _additions(found: Capacity, library: Library) -> Iterator[Block]:
    yield Heading(_("The one addition that would cover most"))
    if not found.additions:
        yield Paragraph(
            _(
                "No one addition can be named: none would cover {threshold} targets more, or those"
                " whom it could help are fewer than {threshold}.",
                threshold=found.threshold,
            )
        )
        return
    if len(found.additions) > 1:
        yield Paragraph(_("Equally good, each by itself:"))
    yield bullets(_addition(each, library) for each in found.additions)


def _addition(found: Addition, library: Library) -> str:
    name = insats_name(library.insatser[found.insats])
    what = (
        _("{insats}, which is not offered", insats=name)
        if found.kind == "new"
        else _("more places of {insats}", insats=name)
    )
    return _(
        "{what}: targets more that are covered: {targets}; further places that do it: {places}",
        what=capital(what),
        targets=_number(found.targets),
        places=_number(found.places),
    )


def _demands(found: Capacity, library: Library) -> Iterator[Block]:
    yield Heading(_("Insatser"))
    rows = [
        (
            insats_name(library.insatser[each.insats]),
            _offered(each.offered, found.offer.cost_unit),
            _number(each.recommended),
            _number(each.could_cover),
            _number(each.proposed),
            HELD if each.short is None and _is_limited(each) else str(each.short or ""),
        )
        for each in found.demands
    ]
    if not rows:
        yield Paragraph(_("Nothing is offered, and of no insats a number can be told."))
        return
    head = (
        _("Insats"),
        _("Offered"),
        _("Recommended"),
        _("Could cover"),
        _("In proposed plans"),
        _("Places short"),
    )
    yield Table(head, tuple(rows))
    yield Note(
        _(
            "Persons: for whom a rule recommends the insats, for whom it could cover a target, and"
            " in whose proposed plan it stands. Short are the places that lack if all have it for"
            " whom it could cover a target; most targets have several insatser to choose from."
            " Insatser that are not in the table are not offered, and few or none need them."
        )
    )


def _is_limited(found: Demand) -> bool:
    return found.offered is not None and found.offered.places is not None


def _offered(offered: OfferedInsats | None, unit: str) -> str:
    if offered is None:
        return _("no")
    parts = [_("own") if offered.own else _("bought")]
    if offered.places is not None:
        parts.append(_("places: {places}", places=offered.places))
    if offered.cost is not None:
        parts.append(f"{decimal(f'{offered.cost:.12g}')} {unit}".strip())
    return many(parts)


def _intensities(found: Capacity, library: Library) -> Iterator[Block]:
    yield Heading(_("Intensity"))
    names = _level_names(library)
    rows = [
        (capital(names.get(level, level)), _number(count))
        for level, count in found.intensities.items()
    ]
    yield Table((_("Intensity"), _("Persons")), tuple(rows))


def _level_names(library: Library) -> dict[str, str]:
    matrices = filter(None, map(library.matrix, library.assessment_ids))
    levels = {level.id: str(level) for matrix in matrices for level in matrix.intensities}
    return {**levels, **{level: _(name) for level, name in _LEVELS.items()}}


def _aim_name(aim: Aim, library: Library) -> str:
    """Return what a target is called, with its part if it has one."""
    instruments = filter(None, (library.assessment(i).needs for i in library.assessment_ids))
    items = [item for id_ in instruments for item in library.scored(id_).items]
    label = next((str(item.label) for item in items if item.id == aim.target), aim.target)
    if aim.part is None:
        return label
    facts = (fact for fact in library.facts.values() if fact.parts_of == aim.target)
    part = next((str(v) for fact in facts for v in fact.values if v.id == aim.part), aim.part)
    return _("{target}: {part}", target=label, part=part)


def _closing(library: Library) -> Iterator[Block]:
    yield Heading(_("How to read this"))
    yield bullets(
        (
            _(
                "Needs and recommendations are as at each person's last assessment. What a person"
                " has declined, what takes something that is lacking, and placements are left out."
            ),
            _(
                "It is a count of what could be given, and decides nothing for anyone: who gets"
                " what is for an inquiry of each person's own."
            ),
        )
    )
    yield from cited((OWN,), library)
