"""A follow-up to read: what has changed, how sure it is, what became of what was agreed."""

from collections.abc import Iterator, Mapping

from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.models.result import ThreatStatement
from riskbehov.process.agreedchange import ActivityChange, GoalChange
from riskbehov.process.change import FollowUp, NeedChange
from riskbehov.report.case.actionplan import REACHED, STATUSES, due_line
from riskbehov.report.case.changes import STATES, areas, levels, scale_name, scales
from riskbehov.report.cite import sources_section
from riskbehov.report.document import (
    Block,
    Bullets,
    Callout,
    Definitions,
    Heading,
    Item,
    Paragraph,
    Table,
    Term,
    bullets,
)
from riskbehov.report.names import Names, names_of, target_name
from riskbehov.report.words import (
    NOT_GIVEN,
    capital,
    insats_name,
    listed,
    many,
    short_name,
)

_CONFINED = ".controlled-environment"
_HALF_KNOWN: Mapping[tuple[bool | None, bool | None], str] = {
    (None, True): N_("there now; not known the first time"),
    (None, False): N_("not there now; not known the first time"),
    (True, None): N_("there the first time; not known now"),
    (False, None): N_("not there the first time; not known now"),
}


def followup_blocks(found: FollowUp, library: Library) -> tuple[Block, ...]:
    """Return a follow-up as a report: first what must be known before it is read."""
    library = library.as_of(found.second.as_of)
    names = names_of(found.second.assessment, library)
    blocks = [
        *_head(found),
        *_cautions(found),
        *_short(found, names),
        *scales(found, library),
        *areas(found, names),
        *levels(found, names),
        *_goals(found, names),
        *_supports(found),
        *_profile(found),
        *_threat(found),
        *_due(found),
    ]
    return (*blocks, *sources_section(blocks, library))


def _head(found: FollowUp) -> Iterator[Block]:
    first, second = found.first, found.second
    yield Heading(_("Follow-up of case {case}", case=second.case.case), 1)
    sides = ((_("First"), first), (_("Second"), second))
    yield Definitions(
        (
            *(
                Term(word, _("{day}, {assessment}", day=r.case.date, assessment=r.assessment.name))
                for word, r in sides
            ),
            Term(_("Days between"), str(found.days)),
        )
    )
    yield Paragraph(
        _("Decision support, not a decision. A named person decides and writes down the reasons."),
        is_strong=True,
    )
    yield Paragraph(
        _(
            "A change that is seen here says nothing of what caused it. Each assessment is made by"
            " the rules and the law of its own day."
        )
    )


def _cautions(found: FollowUp) -> Iterator[Block]:
    """Yield what may make a comparison say less than it seems to."""
    told: list[str] = []
    if found.is_unchanged:
        told.append(
            _(
                "The second assessment says exactly what the first did. Has everything been asked"
                " again?"
            )
        )
    if not found.is_same_needs:
        told.append(
            _(
                "The two assessments rate different areas ({first} and {second}), so areas and"
                " targets are not compared.",
                first=found.first.assessment.name,
                second=found.second.assessment.name,
            )
        )
    if found.not_again:
        told.append(
            _(
                "Not filled in again since the first time: {instruments}.",
                instruments=many(short_name(i) for i in found.not_again),
            )
        )
    if found.altered:
        told.append(
            _(
                "Not filled in again, but with other answers than the first time: {instruments}."
                " Is the day right, or has something been corrected?",
                instruments=many(short_name(i) for i in found.altered),
            )
        )
    told += [capital(str(flag.text)) for flag in found.second.flags if flag.id.endswith(_CONFINED)]
    if told:
        yield Callout("warning", _("Before you compare"), (bullets(told),))


def _short(found: FollowUp, names: Names) -> Iterator[Block]:
    """Yield the whole in a few lines."""
    terms = []
    if found.targets is not None:
        for word, ids in (
            (_("New targets"), found.targets.new),
            (_("Targets left"), found.targets.left),
            (_("Targets kept"), found.targets.kept),
            (_("Targets not rated now"), found.targets.unknown),
        ):
            if ids:
                terms.append(Term(word, listed(target_name(id_, names) for id_ in ids)))
    terms += _goals_told(found)
    missing = [_titled(goal) for goal in found.goals if goal.state == "missing"]
    if missing:
        terms.append(Term(_("Goals nothing is told of"), many(m.rstrip(".") for m in missing)))
    sure = [scale_name(change) for change in found.scales if change.reliable == "yes"]
    if sure:
        terms.append(Term(_("Reliable change"), many(sure)))
    if terms:
        yield Heading(_("In short"))
        yield Definitions(tuple(terms))


def _goals_told(found: FollowUp) -> Iterator[Term]:
    """Yield how many goals are reached of those that there has been time for, and how many are new.

    A goal of the second file alone is new, unless that file tells what became of it.
    """
    told = [goal for goal in found.goals if goal.second is not None]
    new = [goal for goal in told if goal.state == "new" and not _is_looked_at(goal)]
    if len(told) > len(new):
        reached = sum(goal.second is not None and goal.second.reached == "yes" for goal in told)
        words = _("{reached} of {all} reached", reached=reached, all=len(told) - len(new))
        yield Term(_("Goals"), words)
    if new:
        yield Term(_("New goals agreed"), str(len(new)))


def _is_looked_at(change: GoalChange) -> bool:
    return change.second is not None and change.second.reached != "unknown"


def _titled(change: GoalChange) -> str:
    goal = change.second or change.first
    return _("{area}: {goal}", area=change.label, goal=goal.goal if goal else change.id)


def _goals(found: FollowUp, names: Names) -> Iterator[Block]:
    if not found.goals:
        return
    yield Heading(_("What was agreed"))
    for change in found.goals:
        goal = change.second or change.first
        yield Heading(_titled(change), 3)
        yield Paragraph(_goal(change), is_strong=True)
        if change.reworded is not None:
            yield Paragraph(_("The first time the goal was: {goal}", goal=change.reworded))
        if change.is_overdue and goal is not None:
            yield Paragraph(_("The day of review, {day}, has passed.", day=goal.review))
        if change.activities:
            yield Bullets(tuple(_activity(activity, names) for activity in change.activities))


def _goal(change: GoalChange) -> str:
    if change.second is None:
        return _("The second file says nothing of this goal.")
    now = _(REACHED[change.second.reached])
    if change.first is None:
        return _("New: {state}.", state=now)
    if change.first.reached not in ("unknown", change.second.reached):
        before = _(REACHED[change.first.reached])
        return _("So far: {state}. The first time: {before}.", state=now, before=before)
    return _("So far: {state}.", state=now)


def _activity(change: ActivityChange, names: Names) -> Item:
    insatser = names.library.insatser
    what = insats_name(insatser[change.insats]) if change.insats else change.what
    if change.second is None:
        return Item(_("{what}: not in the second file", what=what))
    now = _(STATUSES[change.second])
    if change.first is None or change.first == change.second:
        return Item(_("{what}: {status}", what=what, status=now))
    return Item(
        _("{what}: {before}, now {now}", what=what, before=_(STATUSES[change.first]), now=now)
    )


def _supports(found: FollowUp) -> Iterator[Block]:
    told = [c for c in found.supports if c.state != "still-not"]
    if told:
        yield Heading(_("Support needs"))
        yield bullets(
            _("{word}: {meaning}", word=change.fact.label, meaning=_need(change)) for change in told
        )


def _need(change: NeedChange) -> str:
    """Return whether a need has come, gone or stayed; else the half of it that is known."""
    return _(_HALF_KNOWN.get((change.first, change.second)) or STATES[change.state])


def _profile(found: FollowUp) -> Iterator[Block]:
    if found.profile:
        yield Heading(_("Adaptations that have changed"))
        yield Table(
            (_("What"), _("First"), _("Second")),
            tuple((str(c.item.label), _code(c.first), _code(c.second)) for c in found.profile),
        )


def _code(code: int | None) -> str:
    return NOT_GIVEN if code is None else str(code)


def _threat(found: FollowUp) -> Iterator[Block]:
    if found.threat is None:
        return
    threat = found.threat
    yield Heading(_("The threat, as the police have stated it"))
    yield Definitions(
        (
            Term(_("First"), _stated(threat.first)),
            Term(_("Second"), _stated(threat.second)),
        )
    )
    if threat.is_changed:
        again = Paragraph(_("Go through the plan, the protection and the insatser again."))
        yield Callout("warning", _("The threat has changed"), (again,))
    elif threat.is_changed is None:
        yield Paragraph(_("Whether the threat has changed cannot be told."))


def _stated(told: ThreatStatement | None) -> str:
    if told is None:
        return _("nothing stated")
    return _("{value}, {day}", value=told.level or _("not known"), day=told.date)


def _due(found: FollowUp) -> Iterator[Block]:
    if found.due:
        yield Heading(_("Days to keep"))
        yield bullets(map(due_line, found.due))
