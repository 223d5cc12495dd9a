"""What other methods concluded, and where views differ, in words."""

from collections.abc import Iterable, Iterator

from riskbehov.i18n import N_, _
from riskbehov.models.case import RecordedResult, SectionResult
from riskbehov.models.instrument import RecordedMethod, Section
from riskbehov.models.result import Question, RecordedView, Result, View
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
    PARTIES,
    ages,
    capital,
    listed,
    many,
    numbers,
    risk_level,
    short_name,
    span,
)

_SETTINGS = {
    "community": N_("in the community"),
    "prison": N_("in prison"),
    "institution": N_("in an institution"),
    "other": N_("elsewhere"),
}
_NEEDS = {
    "yes": N_("need"),
    "no": N_("no need"),
    "unknown": N_("need not stated"),
}
_UNUSED = {
    "age": N_("no: the method is for the ages {ages}"),
    "too-old": N_("no: it was used until {last}"),
}
_SAID = {
    "need": {"yes": N_("need"), "no": N_("no need")},
    "support": {"yes": N_("need"), "no": N_("no need")},
    "adaptation": {"yes": N_("adaptation needed"), "no": N_("no adaptation needed")},
}
_WHO = {
    "professional": N_("the professional"),
    "suggestion": N_("the toolkit's table"),
    "stated": N_("the case file"),
}


def concluded(result: Result, names: Names) -> Iterator[Block]:
    """Yield every recorded result in full, and until when it is used or why it is not."""
    if not result.recorded:
        return
    yield Heading(_("What other methods concluded"))
    yield Paragraph(
        _("Recorded as the methods gave it. It is shown beside the ratings and changes none.")
    )
    for view in result.recorded:
        title = _("{method}, {date}", method=short_name(view.method), date=view.found.date)
        yield Heading(title, 3)
        yield Definitions(tuple(_terms(view, names)))


def _terms(view: RecordedView, names: Names) -> Iterator[Term]:
    found, method = view.found, view.method
    yield from _level(found, method)
    yield from _total(found, method)
    if found.version:
        yield Term(_("Edition"), _edition(found, method))
    if found.assessor:
        yield Term(_("Assessed by"), found.assessor)
    if found.setting:
        yield Term(_("Where it was made"), _(_SETTINGS[found.setting]))
    if view.origin:
        yield Term(_("Obtained from"), _obtained(view))
    if found.reason:
        yield Term(_("Reason given"), found.reason)
    yield Term(_("Used here"), _used(view))
    told = [section for section in method.sections if section.id in found.sections]
    if told:
        items = (_section(section, found.sections[section.id], method) for section in told)
        yield Term(_("Parts"), "", (Bullets(tuple(items)),))
    if found.adaptations:
        items_ = {item.id: str(item.label) for _, i in names.prefixed for item in i.items}
        yield Term(_("Adaptations"), listed(items_.get(id_, id_) for id_ in found.adaptations))


def _level(found: RecordedResult, method: RecordedMethod) -> Iterator[Term]:
    levels = {level.id: level for level in method.levels}
    if found.level in levels:
        level = levels[found.level]
        yield Term(
            _("Level"),
            _("{level}, read as {read}", level=level, read=risk_level(level.counts_as)),
        )
    else:
        yield Term(_("Level"), _("none: the method states needs and no level of risk"))
    if found.override:
        yield Term(
            _("Set aside"),
            _(
                "the level {before}, for this reason: {reason}",
                before=levels[found.override.level_before],
                reason=found.override.reason,
            ),
        )


def _total(found: RecordedResult, method: RecordedMethod) -> Iterator[Term]:
    if found.total is None:
        return
    if method.total is None:
        yield Term(_("Total"), _("{total} (range not verified)", total=found.total))
    else:
        whole = numbers(method.total.low, method.total.high)
        yield Term(_("Total"), _("{total} of {range}", total=found.total, range=whole))


def _edition(found: RecordedResult, method: RecordedMethod) -> str:
    for edition in method.editions:
        if edition.id == found.version:
            text = str(edition)
            return (
                _("{edition}, replaced by a later one", edition=text)
                if edition.superseded
                else text
            )
    return found.version


def _obtained(view: RecordedView) -> str:
    """Return from whom a result was got, on which day and on what ground."""
    found = view.found
    ground = (
        _("by the consent {id}", id=found.consent)
        if found.consent
        else _("by law: {law}", law=found.law)
    )
    return _(
        "{party}, {day}, {ground}",
        party=_(PARTIES[view.origin or "other"]),
        day=found.obtained or found.date,
        ground=ground,
    )


def _used(view: RecordedView) -> str:
    if view.unused:
        return _(_UNUSED[view.unused], ages=ages(view.method.ages), last=view.last_day)
    return _("until {last}", last=view.last_day)


def _section(section: Section, said: SectionResult, method: RecordedMethod) -> Item:
    return Item(
        _("{part}: {said}", part=capital(str(section)), said=_said_in(said, method)),
        (Note(said.note),) if said.note else (),
    )


def _said_in(said: SectionResult, method: RecordedMethod) -> str:
    """Return what a section says: the need, the strength, the level and the ratings."""
    parts = [_(_NEEDS[said.need])]
    if said.strength is not None:
        parts.append(_("strength") if said.strength else _("no strength"))
    if said.level:
        parts.append(_("level {level}", level=said.level))
    parts += [
        _("{rating} {code} of {most}", rating=scale, code=said.ratings[scale.id], most=scale.high)
        for scale in method.ratings
        if scale.id in said.ratings
    ]
    return listed(parts)


# Where views differ


def differing(result: Result, names: Names) -> Iterator[Block]:
    """Yield the questions on which views differ, with every view and the reason or the demand."""
    found = result.disagreements
    spare = _spare_reasons(result)
    if not found and not spare:
        return
    yield Heading(_("Where views differ"))
    yield from _shown(found, result, names)
    if spare:
        yield Paragraph(_("Reasons given where nothing differs:"))
        yield bullets(_("{key}: {reason}", key=key, reason=reason) for key, reason in spare)


def unsettled(result: Result, names: Names) -> Iterator[Block]:
    """Yield the questions on which views differ and nobody has said why one goes first."""
    found = [question for question in result.disagreements if question.is_open]
    if found:
        yield Heading(_("Where views differ"))
        yield from _shown(found, result, names)


def _shown(found: Iterable[Question], result: Result, names: Names) -> Iterator[Block]:
    for question in found:
        yield Heading(str(question.label), 3)
        yield Bullets(tuple(view_item(view, question, result, names) for view in question.views))
        if question.reason:
            yield Paragraph(_("What goes first, and why: {reason}", reason=question.reason))
        else:
            yield Callout(
                "warning",
                _("A reason is asked for"),
                (
                    Paragraph(
                        _(
                            "Say which view goes first, and why, in the case file under reasons,"
                            " {key}.",
                            key=question.key,
                        )
                    ),
                ),
            )


def _spare_reasons(result: Result) -> list[tuple[str, str]]:
    """Return the reasons given for what no views differ on."""
    used = {q.key for q in result.disagreements}
    used |= {key for q in result.disagreements for view in q.views for key in view.also}
    return [(key, text) for key, text in result.case.reasons.items() if key not in used]


def view_item(view: View, question: Question, result: Result, names: Names) -> Item:
    """Return what one source says, with its date, and its ground as small print."""
    who = capital(short_name(view.recorded.method) if view.recorded else _(_WHO[view.basis]))
    said = _said(view, question, result, names)
    line = (
        _("{who}, {date}: {said}", who=who, date=view.date, said=said)
        if view.date
        else _("{who}: {said}", who=who, said=said)
    )
    return Item(line, tuple(_grounds(view, question, result)))


def _said(view: View, question: Question, result: Result, names: Names) -> str:
    if question.kind == "level":
        matrix = names.library.matrix(result.assessment.id)
        return span(risk_level(view.low, matrix), risk_level(view.high, matrix))
    said = _(_SAID[question.kind][view.low]) if view.low == view.high else _("not known")
    return _("{said} (rated {code})", said=said, code=view.code) if view.code is not None else said


def _grounds(view: View, question: Question, result: Result) -> Iterator[Block]:
    if view.sections:
        yield Note(_("{parts}.", parts=capital(recorded_parts(view))))
    if view.also:
        together = (result.question(key) for key in (question.key, *view.also))
        yield Note(
            _(
                "The method speaks of these as one: {needs}.",
                needs=listed(each.label for each in together if each),
            )
        )
    if question.kind == "level" and view.recorded and view.recorded.found.override:
        yield Note(_("Overridden: {reason}", reason=view.recorded.found.override.reason))
    if view.reason and question.kind == "level":
        yield Note(_("Reason given: {reason}", reason=view.reason))
    elif view.reason and not view.sections:
        yield Note(_("Grounds: {evidence}", evidence=view.reason))


def recorded_parts(view: View) -> str:
    """Return what the sections behind a view say."""
    if view.recorded is None:
        return ""
    found, method = view.recorded.found, view.recorded.method
    return many(
        _("{part}: {said}", part=section, said=_said_in(found.sections[section.id], method))
        for section in view.sections
    )


def beside(key: str, result: Result) -> Iterator[Note]:
    """Yield what recorded results say of a need, as small print beside the rating."""
    question = result.question(key)
    for view in question.views if question else ():
        if view.recorded:
            yield Note(
                _(
                    "Recorded beside: {method}, {date}. {parts}.",
                    method=short_name(view.recorded.method),
                    date=view.date,
                    parts=capital(recorded_parts(view)),
                )
            )


def not_judged(result: Result) -> Iterator[Item]:
    """Yield adaptations that a recorded result names and that nobody has judged here."""
    for question in result.questions:
        own = question.views[-1]
        if question.kind == "adaptation" and own.low != own.high:
            methods = [short_name(v.recorded.method) for v in question.views if v.recorded]
            yield Item(
                _(
                    "{adaptation}: recorded by {methods}, not judged yet",
                    adaptation=question.label,
                    methods=listed(methods),
                )
            )


def on_support(result: Result) -> Iterator[Block]:
    """Yield what recorded results say of support needs, beside what the case file states."""
    found = [question for question in result.questions if question.kind == "support"]
    if found:
        yield Paragraph(_("What recorded results say of support needs:"))
        yield Bullets(tuple(Item(str(q.label), tuple(beside(q.key, result))) for q in found))
