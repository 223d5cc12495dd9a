"""The processes of a case as checklists: what is done, what is next, what waits, what stops it."""

from collections.abc import Iterator, Mapping

from riskbehov.assessing.steps import FollowedCase
from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.logic.tree import TRUE
from riskbehov.models.process import Step
from riskbehov.models.result import Result
from riskbehov.process.steps import FollowedProcess, FollowedStep, StepStatus
from riskbehov.report.case.advice import asked_of
from riskbehov.report.case.closing import made_by
from riskbehov.report.cite import cited_shortly, legal_line, sources_section
from riskbehov.report.conditions import explained_item
from riskbehov.report.document import (
    FAILS,
    HOLDS,
    MAY,
    NEEDLESS,
    NEXT,
    OPEN,
    WAITS,
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
from riskbehov.report.names import Names, names_of, question
from riskbehov.report.words import capital, listed, many, person, validity

_SIGNS: Mapping[StepStatus, str] = {
    "done": HOLDS,
    "next": NEXT,
    "blocked": FAILS,
    "cannot-tell": OPEN,
    "waiting": WAITS,
    "optional": MAY,
    "not-called-for": NEEDLESS,
    "not-in-force": NEEDLESS,
}
_LINES: Mapping[StepStatus, str] = {
    "done": N_("{step} ({id}): done {day}"),
    "next": N_("{step} ({id}): next"),
    "blocked": N_("{step} ({id}): stopped"),
    "cannot-tell": N_("{step} ({id}): cannot tell yet"),
    "waiting": N_("{step} ({id}): waits for {others}"),
    "optional": N_("{step} ({id}): where it is called for"),
    "not-called-for": N_("{step} ({id}): not called for"),
    "not-in-force": N_("{step} ({id}): the process is not in force that day"),
}
_TOLD: tuple[StepStatus, ...] = ("next", "blocked", "cannot-tell", "optional")
"""Steps whose turn it is: these are told in full."""


def process_blocks(found: FollowedCase, library: Library) -> tuple[Block, ...]:
    """Return the processes of a case as checklists, with the law of each step's day."""
    result = found.result
    library = library.as_of(result.as_of)
    names = names_of(result.assessment, library)
    blocks = [
        *_head(result),
        *(block for each in found.processes for block in _process(each, result, names)),
    ]
    return (*blocks, *sources_section(blocks, library), made_by(result))


def _head(result: Result) -> Iterator[Block]:
    case = result.case
    yield Heading(_("The process in case {case}", case=case.case), 1)
    yield Definitions(
        (
            Term(_("Person"), person(case.person.sex, case.person.age)),
            Term(_("Day of the case"), case.date.isoformat()),
            Term(_("Looked at"), _("as of {day}", day=result.as_of)),
        )
    )
    yield Note(
        _(
            "A checklist, not a decision: it shows what is known of each step and decides nothing."
            " Several steps may go on at once."
        )
    )


def _process(found: FollowedProcess, result: Result, names: Names) -> Iterator[Block]:
    process = found.process
    yield Heading(_("{name} ({id})", name=process.name, id=process.id))
    if not found.in_force:
        yield Callout(
            "warning",
            _("Not in force on {day}:", day=found.day),
            (Paragraph(_("In force {days}.", days=validity(process.valid))),),
        )
    yield Definitions(tuple(_short(found)))
    if found.flags:
        told = bullets(capital(str(flag.text)) for flag in found.flags)
        yield Callout("warning", _("Look again"), (told,))
    yield from _checklist(found, names)
    yield from _questions(found, result, names)
    if process.notes:
        yield Heading(_("Beside the list"), 3)
        yield Bullets(
            tuple(Item(str(n.text), cited_shortly(n.sources, names.library)) for n in process.notes)
        )


def _short(found: FollowedProcess) -> Iterator[Term]:
    called = [each for each in found.steps if each.called == TRUE or each.done]
    yield Term(
        _("Done"),
        _("{done} of {all}", done=len(found.having("done")), all=len(called)),
    )
    for word, status in ((_("Next"), "next"), (_("Stopped"), "blocked")):
        steps = found.having(status)  # type: ignore[arg-type]  # two of its words
        if steps:
            yield Term(word, many(each.step for each in steps))
    if found.is_complete:
        yield Term(_("Left"), _("nothing that is called for"))


def _checklist(found: FollowedProcess, names: Names) -> Iterator[Block]:
    labels = {step.id: step for step in found.process.steps}
    parts = {part.id: part for part in found.process.parts}
    grouped: dict[str, list[Item]] = {}
    for each in found.steps:
        grouped.setdefault(each.step.part or "", []).append(_item(each, labels, names))
    for part, items in grouped.items():
        if part in parts:
            yield Heading(str(parts[part]), 3)
        yield Bullets(tuple(items))


def _item(found: FollowedStep, labels: Mapping[str, Step], names: Names) -> Item:
    waits = many(labels[id_] for id_ in found.waits_for)
    line = _LINES[found.status]
    told = _(line, step=found.step, id=found.step.id, day=found.done, others=waits)
    return Item(told, tuple(_inside(found, names)), _SIGNS[found.status])


def _inside(found: FollowedStep, names: Names) -> Iterator[Block]:
    if found.status in _TOLD:
        yield Note(str(found.step.what))
        yield from _stops(found, names)
        yield from cited_shortly(found.step.sources, names.library)
    elif found.status == "waiting":
        yield from _foreseen(found, names)
    if found.status in (*_TOLD, "done"):
        yield from (Note(legal_line(law.entry.label, law.text)) for law in found.law)


def _stops(found: FollowedStep, names: Names) -> Iterator[Block]:
    """Yield what stops a step or leaves it open."""
    if found.needs is not None and found.needs.truth != TRUE:
        yield Bullets((explained_item(found.needs, names),))
    for each in found.unmet:
        yield Note(
            _(
                "Not met: {list}. 'riskbehov criteria check {id} CASE.yaml' shows each criterion.",
                list=each.name,
                id=each.id,
            )
        )
    open_ = [each for each in found.lists if each.verdict not in ("met", "not-met")]
    for each in open_:
        yield Note(
            _(
                "Cannot tell yet: {list}. 'riskbehov criteria check {id} CASE.yaml' shows each"
                " criterion.",
                list=each.name,
                id=each.id,
            )
        )
    if found.missing:
        yield Note(_("Hangs on: {facts}.", facts=listed(map(names.label, found.missing))))


def _foreseen(found: FollowedStep, names: Names) -> Iterator[Note]:
    """Yield what would stop a step that waits, as the case stands."""
    stops = [
        *(() if found.step.optional else map(names.label, found.failing)),
        *(str(each.name) for each in found.unmet),
    ]
    if stops:
        yield Note(_("As the case stands, this would stop it then: {stops}.", stops=many(stops)))


def _questions(found: FollowedProcess, result: Result, names: Names) -> Iterator[Block]:
    if found.questions:
        yield Heading(_("Questions that would settle the steps whose turn it is"), 3)
        yield Bullets(
            tuple(
                Item(question(name, result, names), asked_of(name, names))
                for name in found.questions
            ),
            is_numbered=True,
        )
