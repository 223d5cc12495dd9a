"""The beginning of a report: what it is about, and what is acute."""

from collections.abc import Iterator, Sequence

from riskbehov.i18n import _
from riskbehov.models.result import Result, Verdict
from riskbehov.process.exchange import said_of
from riskbehov.report.case.advice import advised, asked_of
from riskbehov.report.document import (
    Block,
    Bullets,
    Callout,
    Definitions,
    Heading,
    Item,
    Paragraph,
    Term,
)
from riskbehov.report.names import Names, question
from riskbehov.report.words import person


def head(result: Result, names: Names) -> Iterator[Block]:  # noqa: ARG001 - as all sections
    """Yield what the report is about, and that it decides nothing."""
    case = result.case
    yield Heading(_("Assessment of case {case}", case=case.case), 1)
    terms = [
        Term(_("Assessment"), str(result.assessment.name)),
        Term(_("Date"), case.date.isoformat()),
        Term(_("Person"), person(case.person.sex, case.person.age)),
        Term(
            _("Case"), _("fictional, made for training or tests") if case.fictional else _("real")
        ),
    ]
    if result.as_of != case.date:
        terms.insert(2, Term(_("Rules and law"), _("as of {day}", day=result.as_of)))
    yield Definitions(tuple(terms))
    yield Paragraph(
        _("Decision support, not a decision. A named person decides and writes down the reasons."),
        is_strong=True,
    )


def acute(result: Result, names: Names) -> Iterator[Block]:
    """Yield what must be done at once, and the acute questions that nobody has asked yet."""
    verdicts = result.block("acute")
    applying = [v for v in verdicts if v.verdict == "applies"]
    unsettled = [v for v in verdicts if v.verdict == "cannot-tell"]
    if applying:
        yield Callout("acute", _("ACUTE: do this first"), (advised(applying, result, names),))
    if unsettled:
        yield Callout(
            "warning",
            _("ACUTE QUESTIONS WITHOUT AN ANSWER"),
            tuple(_unasked(result, names, unsettled)),
        )
    in_force = [v for v in verdicts if v.verdict != "not-in-force"]
    if in_force and not applying and not unsettled:
        yield Paragraph(_("Acute: the acute questions are answered, and none calls for action."))


def _unasked(result: Result, names: Names, verdicts: Sequence[Verdict]) -> Iterator[Block]:
    missing = dict.fromkeys(name for v in verdicts for name in v.missing)
    said = said_of(result.case)
    asked = [name for name in missing if name in said]
    not_asked = [name for name in missing if name not in said]
    if not_asked:
        yield Paragraph(_("Not asked yet. No answer is not the same as no:"))
        yield _questions(not_asked, result, names)
    if asked:
        yield Paragraph(_("Asked, but the answer is not known:"))
        yield _questions(asked, result, names)


def _questions(facts: Sequence[str], result: Result, names: Names) -> Bullets:
    return Bullets(
        tuple(Item(question(name, result, names), asked_of(name, names)) for name in facts)
    )
