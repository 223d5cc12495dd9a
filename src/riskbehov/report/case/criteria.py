"""A list of criteria checked for a case or a sheet."""

import datetime as dt
from collections.abc import Iterable, Iterator

from riskbehov.criteria import CheckedCriterion, CheckedList
from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.logic.tree import Compare
from riskbehov.report.cite import sources_section
from riskbehov.report.conditions import facts_found
from riskbehov.report.criteria import (
    NO_WHOLE,
    around,
    criterion_label,
    criterion_sources,
    list_name,
    remarks,
    whole,
)
from riskbehov.report.document import (
    FAILS,
    HOLDS,
    OPEN,
    Block,
    Bullets,
    Definitions,
    Heading,
    Item,
    Note,
    Paragraph,
    Term,
)
from riskbehov.report.names import Names, question
from riskbehov.report.words import ABOUT, ANSWERED_BY, many, validity

_MARKS = {"met": HOLDS, "not-met": FAILS, "cannot-tell": OPEN, "not-in-force": ""}
_OUTCOMES = {
    "met": N_("Met: the criteria are met."),
    "not-met": N_("Not met: the criteria are not met."),
    "cannot-tell": N_("Cannot tell yet: it hangs on what is not known."),
    "not-in-force": N_("Not in force: the list is not in force on that day and decides nothing."),
}
_CRITERIA = {
    "met": N_("Met: {criterion}"),
    "not-met": N_("Not met: {criterion}"),
    "cannot-tell": N_("Cannot tell yet: {criterion}"),
}
_GATES = {
    "met": N_("Gate {number}, met: {criterion}"),
    "not-met": N_("Gate {number}, not met: {criterion}"),
    "cannot-tell": N_("Gate {number}, cannot tell yet: {criterion}"),
}


def checked_list_blocks(
    checked: CheckedList, library: Library, *, subject: str, known: dt.date | None = None
) -> tuple[Block, ...]:
    """Return a checked list: the outcome, criterion by criterion, and what would settle it.

    ``subject`` is the key of the case, or what the sheet is about; ``known`` is its date, that of
    everything that is known, where the list is looked at as of another day.
    """
    names = Names(library, ())
    blocks = (
        *_head(checked, subject, known or checked.day),
        *_outcome(checked),
        *_by_criterion(checked, names),
        *_settling(checked, names),
        *around(checked.list, library),
    )
    return (*blocks, *sources_section(blocks, library))


def _head(checked: CheckedList, subject: str, known: dt.date) -> Iterator[Block]:
    found = checked.list
    date = () if known == checked.day else (Term(_("Date"), known.isoformat()),)
    yield Heading(str(found.name), 1)
    yield Definitions(
        (
            Term(_("List"), found.id),
            Term(_("Sheet") if found.is_impersonal else _("Case"), subject),
            Term(_("About"), _(ABOUT[found.about])),
            *date,
            Term(_("Looked at"), _("as of {day}", day=checked.day)),
            Term(_("In force"), validity(found.valid)),
        )
    )
    yield Paragraph(str(found.use))
    if not found.is_impersonal:
        yield Paragraph(
            _(
                "Decision support, not a decision. A named person decides and writes down the"
                " reasons."
            ),
            is_strong=True,
        )


def _outcome(checked: CheckedList) -> Iterator[Block]:
    yield Heading(_("Outcome"))
    if checked.verdict is None:
        yield Paragraph(_(NO_WHOLE))
        yield from _lacking(checked)
    else:
        mark = _MARKS[checked.verdict]
        yield Bullets((Item(_(_OUTCOMES[checked.verdict]), mark=mark, is_strong=True),))
        yield Paragraph(whole(checked.list))
    if checked.verdict != "not-in-force":
        yield Paragraph(_counts(checked.criteria))
    if checked.next is not None:
        number, gate = _number(checked, checked.next), checked.next.criterion.label
        yield Paragraph(
            _("Next is gate {number}, {gate}. The later ones wait.", number=number, gate=gate)
        )


def _lacking(checked: CheckedList) -> Iterator[Block]:
    if checked.lacking:
        yield Paragraph(_("Lacking:"))
        yield Bullets(tuple(Item(str(c.criterion.label), mark=FAILS) for c in checked.lacking))
    else:
        yield Paragraph(_("Nothing is known to be lacking."))


def _counts(criteria: Iterable[CheckedCriterion]) -> str:
    verdicts = [each.verdict for each in criteria]
    return _(
        "Met: {met}. Not met: {not_met}. Cannot tell yet: {open}.",
        met=verdicts.count("met"),
        not_met=verdicts.count("not-met"),
        open=verdicts.count("cannot-tell"),
    )


def _number(checked: CheckedList, gate: CheckedCriterion) -> int:
    return checked.criteria.index(gate) + 1


def _by_criterion(checked: CheckedList, names: Names) -> Iterator[Block]:
    if checked.verdict == "not-in-force":
        return
    yield Heading(_("Gate by gate") if checked.list.ordered else _("Criterion by criterion"))
    above = (None, *(each.criterion.sources for each in checked.criteria))
    yield Bullets(
        tuple(
            _criterion(
                each,
                checked,
                names,
                is_repeated=each.criterion.sources == before,
            )
            for each, before in zip(checked.criteria, above, strict=False)
        )
    )


def _criterion(
    each: CheckedCriterion, checked: CheckedList, names: Names, *, is_repeated: bool
) -> Item:
    return Item(
        _line(each, checked),
        (
            *remarks(each.criterion),
            *_waiting(each, checked),
            *_found(each, names),
            *_asked(each, names),
            *criterion_sources(each.criterion, names.library, is_repeated=is_repeated),
        ),
        mark=_MARKS[each.verdict],
        is_strong=True,
    )


def _line(each: CheckedCriterion, checked: CheckedList) -> str:
    label = criterion_label(each.criterion)
    if checked.list.ordered:
        return _(_GATES[each.verdict], number=_number(checked, each), criterion=label)
    return _(_CRITERIA[each.verdict], criterion=label)


def _waiting(each: CheckedCriterion, checked: CheckedList) -> Iterator[Block]:
    """Yield what a gate waits for that is not met and not the next one."""
    first = checked.next
    if first is not None and each.verdict != "met" and each is not first:
        yield Paragraph(_("Waits for gate {number}.", number=_number(checked, first)))


def _found(each: CheckedCriterion, names: Names) -> Iterator[Block]:
    """Yield what is known, where the criterion is more than one question with yes or no."""
    tree = each.explained.tree
    is_plain = isinstance(tree, Compare) and tree.fact.kind == "bool"
    if each.within is not None or is_plain:
        return
    found = [
        _("{fact}: {found}", fact=label, found=said)
        for _key, label, said in facts_found(each.explained, names, has_unknown=False)
    ]
    if found:
        yield Paragraph(_("Known: {facts}.", facts=many(found)))


def _asked(each: CheckedCriterion, names: Names) -> Iterator[Block]:
    """Yield what is missing as questions; of another list, its criteria that are not met."""
    if each.within is not None:
        yield Paragraph(list_name(each.within.list.id, names.library))
        left = [inner for inner in each.within.criteria if inner.verdict != "met"]
        if left and each.verdict != "met":
            yield Paragraph(whole(each.within.list))
            yield Bullets(
                tuple(
                    Item(
                        _line(inner, each.within),
                        tuple(_asked(inner, names)),
                        mark=_MARKS[inner.verdict],
                    )
                    for inner in left
                )
            )
    elif each.missing:
        yield _questions(each.missing, names)


def _questions(facts: Iterable[str], names: Names) -> Bullets:
    return Bullets(
        tuple(Item(question(name, None, names), _asked_of(name, names.library)) for name in facts)
    )


def _asked_of(name: str, library: Library) -> tuple[Note, ...]:
    """Return who can answer; nobody states what the toolkit works out from the case."""
    fact = library.facts[name]
    if fact.is_derived:
        return ()
    return (Note(_("Answered by: {who}.", who=_(ANSWERED_BY[fact.stated_by]))),)


def _settling(checked: CheckedList, names: Names) -> Iterator[Block]:
    if checked.verdict != "cannot-tell":
        return
    yield Heading(_("What would settle it"))
    if checked.next is not None:
        number = _number(checked, checked.next)
        yield Paragraph(_("Gate {number} comes first. Ask:", number=number))
        yield _questions(checked.next.missing, names)
    elif len(checked.settles) == 1:
        yield Paragraph(_("This alone can decide, depending on the answer:"))
        yield _questions(checked.settles, names)
    elif checked.deciding:
        yield Paragraph(_("Each of these can decide alone, depending on the answer:"))
        yield _questions(checked.deciding, names)
    else:
        yield Paragraph(_("None of these can decide alone, but all of them together:"))
        yield _questions(checked.missing, names)
