"""A handlingsplan to read, for the person as well as for those who work with her."""

from collections.abc import Iterable, Iterator, Mapping

from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.models.insats import Insats
from riskbehov.process.actionplan import DEMANDS, OWN, FormerGoal, Handlingsplan, Row, Step
from riskbehov.process.agreed import AgreedActivity, AgreedGoal, Beside
from riskbehov.process.due import Due
from riskbehov.report.case.advice import advised, why
from riskbehov.report.case.closing import made_by
from riskbehov.report.case.planned import gap_line
from riskbehov.report.cite import cited_shortly, sources_section
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
from riskbehov.report.names import Names, names_of, part_name, target_name
from riskbehov.report.words import PARTIES, capital, insats_name, listed, many, person, short_name

OPEN: Mapping[str, str] = {
    "goal": N_("a goal"),
    "measure": N_("how it is seen that the goal is reached"),
    "review": N_("the day it is looked at again"),
    "responsible": N_("who is responsible"),
    "when": N_("when"),
    "where": N_("where"),
    "how_often": N_("how often"),
}
REACHED: Mapping[str, str] = {
    "yes": N_("the goal is reached"),
    "partly": N_("the goal is partly reached"),
    "no": N_("the goal is not reached"),
    "unknown": N_("not looked at yet"),
}
STATUSES: Mapping[str, str] = {
    "planned": N_("planned"),
    "started": N_("under way"),
    "completed": N_("completed"),
    "interrupted": N_("interrupted"),
    "not-given": N_("not given"),
}
_PLACES: Mapping[str, str] = {
    "elsewhere": N_("Agreed here; the proposal has it for another target."),
    "alternative": N_("Agreed instead: it is in a proposal that is nearly as good."),
    "beside": N_("Agreed beside the plan: the proposal does not have it."),
}
_WARNINGS: Mapping[str, str] = {
    "declined": N_("{insats}: agreed, though the person has declined it. Talk about it again."),
    "advised-against": N_("{insats}: agreed, though a rule says that it should not be offered."),
}

_THREAT = "threat-changed"


def plan_blocks(plan: Handlingsplan, library: Library) -> tuple[Block, ...]:
    """Return a handlingsplan as a report: a block for each target, and at the end what is lacking.

    What is agreed comes from the case file; whatever is not agreed is named as left to agree.
    """
    library = library.as_of(plan.result.as_of)
    names = names_of(plan.result.assessment, library)
    found = [
        *_head(plan, library),
        *_acute(plan, names),
        *_targets(plan, names),
        *_other_support(plan, names),
        *_former(plan.former),
        *_how(plan),
        *_lacking(plan, names),
        *_days(plan),
        *_shared(plan),
        *_insatser(plan, library),
        *_for_utredare(plan, names),
    ]
    return (*found, *sources_section(found, library), made_by(plan.result))


def _head(plan: Handlingsplan, library: Library) -> Iterator[Block]:
    case = plan.result.case
    yield Heading(_("Action plan for case {case}", case=case.case), 1)
    agreed = plan.agreed_on.isoformat() if plan.agreed_on else _("nothing yet")
    yield Definitions(
        (
            Term(_("Assessment"), str(plan.result.assessment.name)),
            Term(_("Date"), case.date.isoformat()),
            Term(_("Agreed"), agreed),
            Term(_("Person"), person(case.person.sex, case.person.age)),
        )
    )
    yield Paragraph(
        _("What is agreed is told as agreed. All else is a proposal to talk about."),
        is_strong=True,
    )
    yield Paragraph(
        _(
            "The goals should be possible to measure, and the plan should say when, where and how,"
            " who takes part and who is responsible."
        )
    )
    yield from cited_shortly((DEMANDS,), library)
    if any(row.suggestion for row in plan.rows):
        yield Paragraph(_("Where no goal has been agreed one is suggested that can be measured."))
        yield from cited_shortly((OWN,), library)


def _acute(plan: Handlingsplan, names: Names) -> Iterator[Block]:
    applying = [v for v in plan.result.block("acute") if v.verdict == "applies"]
    if applying:
        within = advised(applying, plan.result, names)
        yield Callout("acute", _("ACUTE: do this first"), (within,))
    changed = [capital(str(flag.text)) for flag in plan.result.flags if flag.id == _THREAT]
    if changed:
        yield Callout("warning", _("Look again"), (bullets(changed),))


def _targets(plan: Handlingsplan, names: Names) -> Iterator[Block]:
    headings = {"need": _("What we work on"), "support": _("Support")}
    for kind, heading in headings.items():
        rows = [row for row in plan.rows if row.kind == kind]
        if rows:
            yield Heading(heading)
        for row in rows:
            yield Heading(str(row.label), 3)
            yield from _row(row, plan, names)
    if not plan.rows:
        yield Heading(headings["need"])
        yield Paragraph(_("There is no target and no support need to plan for yet."))


def _other_support(plan: Handlingsplan, names: Names) -> Iterator[Block]:
    if plan.other_support:
        yield Heading(_("Other support"))
        yield advised(plan.other_support, plan.result, names)


def _row(row: Row, plan: Handlingsplan, names: Names) -> Iterator[Block]:
    if row.driver:
        yield Paragraph(_("Drives this person's crime."))
    for agreed in row.goals:
        yield from _goal(agreed)
    if row.suggestion is not None:
        yield Paragraph(_("Goal: left to agree."), is_strong=True)
        yield Paragraph(_("Suggestion: {goal}.", goal=row.suggestion))
    goals = {each.goal.id: each.goal.goal for each in row.goals} if len(row.goals) > 1 else {}
    items = [
        *(_step(step, row, goals, plan, names) for step in row.steps),
        *(_beside(beside, goals) for beside in row.beside),
        *(_other(each, goals) for each in row.others),
    ]
    if items:
        yield Bullets(tuple(items))
    if row.advice:
        yield advised(row.advice, plan.result, names)
    yield from _warnings(row.beside)
    yield from (Paragraph(gap_line(gap, names)) for gap in row.gaps)


def _goal(agreed: AgreedGoal) -> Iterator[Block]:
    goal = agreed.goal
    yield Paragraph(_("Goal: {goal}", goal=goal.goal), is_strong=True)
    terms = [Term(_("So far"), _(REACHED[goal.reached]))]
    if goal.review is not None:
        day = goal.review.isoformat()
        terms.insert(
            0,
            Term(
                _("Looked at again"),
                _("{day}: that day has passed", day=day) if agreed.is_overdue else day,
            ),
        )
    if goal.measure.strip():
        terms.insert(0, Term(_("How it is seen"), goal.measure))
    yield Definitions(tuple(terms))
    yield from _left(agreed.open)


def _step(
    step: Step, row: Row, goals: Mapping[str, str], plan: Handlingsplan, names: Names
) -> Item:
    inside: list[Block] = []
    if _is_first(step, row, plan):
        inside.append(Paragraph(str(step.insats.description)))
    inside += why(step.rules, step.insats, plan.result)
    if step.parts:
        parts = listed(part_name(row.target, part, names) for part in step.parts)
        inside.append(Paragraph(_("For: {parts}.", parts=parts)))
    if step.own is not None:
        inside.append(
            Note(_("Given by the municipality itself.") if step.own else _("Given by others."))
        )
    for agreed in step.agreed:
        inside += _activity(agreed, goals)
    if step.elsewhere:
        areas = listed(target_name(target, names) for target in step.elsewhere)
        inside.append(Paragraph(_("Agreed for {areas}.", areas=areas)))
    return Item(insats_name(step.insats), (*inside, *_left(step.open)), is_strong=True)


def _is_first(step: Step, row: Row, plan: Handlingsplan) -> bool:
    """Tell whether an insats stands here for the first time: there it is described."""
    having = (r for r in plan.rows if step.insats.id in (s.insats.id for s in r.steps))
    return next(having).target == row.target


def _beside(beside: Beside, goals: Mapping[str, str]) -> Item:
    inside = (Paragraph(_(_PLACES[beside.place])), *_activity(beside.agreed, goals))
    return Item(insats_name(beside.insats), inside, is_strong=True)


def _other(agreed: AgreedActivity, goals: Mapping[str, str]) -> Item:
    return Item(agreed.activity.what, tuple(_activity(agreed, goals)), is_strong=True)


def _activity(agreed: AgreedActivity, goals: Mapping[str, str]) -> Iterator[Block]:
    """Yield what was agreed of one activity, and what is left.

    ``goals`` holds the goals of its target where there are several, so that it is seen which it is
    for.
    """
    activity = agreed.activity
    said = {
        _("Towards"): goals.get(agreed.goal, ""),
        _("What"): activity.what if activity.insats else "",
        _("Responsible"): activity.responsible,
        _("Taking part"): listed(activity.taking_part) if activity.taking_part else "",
        _("When"): activity.when,
        _("Where"): activity.where,
        _("How often"): activity.how_often,
        _("Status"): _(STATUSES[activity.status]),
    }
    yield Definitions(tuple(Term(word, text) for word, text in said.items() if text.strip()))
    yield from _left(agreed.open)


def _left(open_: Iterable[str]) -> Iterator[Block]:
    words = [_(OPEN[each]) for each in open_]
    if words:
        yield Paragraph(_("Left to agree: {what}.", what=listed(words)))


def _warnings(besides: Iterable[Beside]) -> Iterator[Block]:
    found = [
        _(_WARNINGS[beside.warning], insats=insats_name(beside.insats))
        for beside in besides
        if beside.warning is not None
    ]
    if found:
        yield Callout("warning", _("Look again"), (bullets(found),))


def _former(former: Iterable[FormerGoal]) -> Iterator[Block]:
    former = list(former)
    if not former:
        return
    yield Heading(_("Agreed for what is no target now"))
    for each in former:
        yield Heading(str(each.label), 3)
        if not each.is_known:
            yield Paragraph(_("Not rated or asked this time, so it cannot be told if it still is."))
        yield from _goal(each.goal)
        items = [
            *(_beside(beside, {}) for beside in each.beside),
            *(_other(other, {}) for other in each.others),
        ]
        if items:
            yield Bullets(tuple(items))
        yield from _warnings(each.beside)


def _how(plan: Handlingsplan) -> Iterator[Block]:
    """Yield what the responsivity profile says of how insatser are given."""
    if plan.adaptations:
        yield Heading(_("How it is given"))
        yield Bullets(
            tuple(
                Item(str(a.item.label), (Paragraph(str(a.item.adaptation)),), is_strong=True)
                for a in plan.adaptations
            )
        )


def _for_utredare(plan: Handlingsplan, names: Names) -> Iterator[Block]:
    """Yield what safety and children call for: no part of what others are given."""
    if plan.considerations:
        yield Heading(_("For the utredare: safety, and children in the family"))
        yield Paragraph(_("Take this part away before the plan is passed on."), is_strong=True)
        yield Bullets(
            tuple(
                Item(str(v.rule.title), cited_shortly(v.rule.sources, names.library))
                for v in plan.considerations
            )
        )


def _lacking(plan: Handlingsplan, names: Names) -> Iterator[Block]:
    gaps = [gap_line(gap, names) for row in plan.rows for gap in row.gaps]
    left = list(_left_in(plan))
    unknown = list(_unknown(plan))
    if not (gaps or left or unknown):
        return
    yield Heading(_("What is lacking"))
    if gaps:
        yield Paragraph(_("Without an insats:"))
        yield bullets(gaps)
    if left:
        yield Paragraph(_("Left to agree:"))
        yield bullets(left)
    yield from unknown


def _unknown(plan: Handlingsplan) -> Iterator[Paragraph]:
    """Yield what may be a target yet, since nobody has rated it or asked."""
    supports = {fact.id for fact in plan.result.support_needs.unanswered}
    needs = [label for id_, label in plan.unanswered if id_ in supports]
    areas = [label for id_, label in plan.unanswered if id_ not in supports]
    if areas:
        yield Paragraph(_("Rate the areas that are not rated yet: {areas}.", areas=listed(areas)))
    if needs:
        yield Paragraph(_("Not asked yet (unknown): {needs}.", needs=listed(needs)))


def _left_in(plan: Handlingsplan) -> Iterator[str]:
    """Yield what is left to agree, a line for each target and each thing that is done for it."""
    for row in plan.rows:
        goals = dict.fromkeys((*row.open, *(o for goal in row.goals for o in goal.open)))
        if goals:
            yield _line(str(row.label), goals)
        done = [(insats_name(step.insats), step.open) for step in row.steps if step.open]
        agreed = (
            *(a for step in row.steps for a in step.agreed),
            *(beside.agreed for beside in row.beside),
            *row.others,
        )
        named = {step.insats.id: insats_name(step.insats) for step in row.steps} | {
            beside.insats.id: insats_name(beside.insats) for beside in row.beside
        }
        done += [
            (named.get(a.activity.insats or "", a.activity.what), a.open) for a in agreed if a.open
        ]
        for what, open_ in done:
            yield _line(_("{area}, {what}", area=row.label, what=what), open_)


def _line(what: str, open_: Iterable[str]) -> str:
    return _("{word}: {meaning}", word=what, meaning=listed(_(OPEN[each]) for each in open_))


def _days(plan: Handlingsplan) -> Iterator[Block]:
    """Yield the days to keep: of review, and when a method is due again."""
    goals = [(g, row.label) for row in plan.rows for g in row.goals]
    goals += [(former.goal, former.label) for former in plan.former]
    days = sorted(
        (agreed.goal.review.isoformat(), _review(agreed, str(label)))
        for agreed, label in goals
        if agreed.goal.review is not None and agreed.goal.reached != "yes"
    )
    if not (days or plan.due):
        return
    yield Heading(_("Days to keep"))
    yield bullets((*(line for _day, line in days), *map(due_line, plan.due)))


def _review(agreed: AgreedGoal, label: str) -> str:
    sentence = N_('{day}: "{goal}" ({area}) is looked at again.')
    if agreed.is_overdue and agreed.goal.reached == "unknown":
        sentence = N_('{day}: "{goal}" ({area}) should have been looked at. It is overdue.')
    elif agreed.is_overdue:
        sentence = N_('{day}: "{goal}" ({area}) is not reached, and the day has passed.')
    return _(sentence, day=agreed.goal.review, goal=agreed.goal.goal.rstrip("."), area=label)


def due_line(due: Due) -> str:
    """Return until when the newest result of a method is used."""
    sentence = (
        N_("{day}: the result of {method} from {date} was used until then. A new one is due.")
        if due.is_past
        else N_("{day}: the result of {method} from {date} is used until then.")
    )
    return _(sentence, day=due.last_day, method=short_name(due.method), date=due.date)


def _shared(plan: Handlingsplan) -> Iterator[Block]:
    yield Heading(_("Who has been given the plan"))
    if plan.shared_with:
        yield Paragraph(
            _("{parties}.", parties=many(_(PARTIES[party]) for party in plan.shared_with))
        )
    else:
        yield Paragraph(_("Nobody is noted. All who take part should know what is expected."))
    if plan.unconsented:
        parties = many(_(PARTIES[party]) for party in plan.unconsented)
        told = _(
            "No consent that is noted lets the plan be shared with: {parties}. That takes another"
            " ground in law.",
            parties=parties,
        )
        yield Callout("warning", _("Look again"), (Paragraph(told),))


def _insatser(plan: Handlingsplan, library: Library) -> Iterator[Block]:
    """Yield where each insats that is proposed or agreed comes from."""
    found: dict[str, Insats] = {}
    for row in plan.rows:
        found |= {step.insats.id: step.insats for step in row.steps}
        found |= {beside.insats.id: beside.insats for beside in row.beside}
    for former in plan.former:
        found |= {beside.insats.id: beside.insats for beside in former.beside}
    if found:
        yield Heading(_("Where the insatser come from"))
        yield Bullets(
            tuple(
                Item(insats_name(insats), cited_shortly(insats.sources, library))
                for insats in found.values()
            )
        )
