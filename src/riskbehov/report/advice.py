"""What is recommended, advised against or to be considered, and what cannot be told yet."""

from collections.abc import Iterable, Iterator, Sequence

from riskbehov.i18n import N_, _
from riskbehov.models.result import Result, Verdict
from riskbehov.report.cite import cited, law
from riskbehov.report.document import (
    Block,
    Bullets,
    Callout,
    Heading,
    Item,
    Note,
    Paragraph,
)
from riskbehov.report.names import Names, answered_by, question
from riskbehov.report.words import STRENGTHS, insats_name, many

_AGAINST = "bör inte"
_HEADINGS = {
    "bör": N_("Should be offered"),
    "hög prioritet": N_("Has high priority"),
    "kan": N_("May be offered"),
    "forskningsstöd": N_("Supported by research"),
    "information": N_("Without a graded recommendation"),
}


def recommendation(verdict: Verdict, names: Names) -> Item:
    """Return one rule that applies: what, how strongly, why, by which source and law."""
    rule, library = verdict.rule, names.library
    strength = _(STRENGTHS[rule.strength])
    insats = library.insatser.get(rule.insats) if rule.insats else None
    if insats is None:
        what = _("Strength: {strength}.", strength=strength)
    else:
        what = _(
            "Insats: {insats}. Strength: {strength}.",
            insats=insats_name(insats),
            strength=strength,
        )
    return Item(
        str(rule.title),
        (
            Paragraph(what),
            Paragraph(str(rule.reason)),
            *cited(rule.sources, library),
            *law(verdict, library),
        ),
        is_strong=True,
    )


def recommendations(result: Result, names: Names) -> Iterator[Block]:
    """Yield the insatser that rules recommend, by strength, and what is information only."""
    applying = [v for v in _applying(result) if v.rule.block == "insats"]
    told = [v for v in _applying(result) if v.rule.block == "information"]
    yield Heading(_("Recommended insatser"))
    if not applying:
        yield Paragraph(
            _("No rule recommends an insats on what is known now. See below what cannot be told yet.")
        )
    for strength, title in _HEADINGS.items():
        yield from _group(_(title), [v for v in applying if v.rule.strength == strength], names)
    yield from _group(_("Information"), told, names)


def _group(title: str, verdicts: Sequence[Verdict], names: Names) -> Iterator[Block]:
    if verdicts:
        yield Heading(title, 3)
        yield Bullets(tuple(recommendation(v, names) for v in verdicts))


def _applying(result: Result) -> list[Verdict]:
    """Return the rules that apply and recommend something; what they advise against is apart."""
    return [v for v in result.verdicts if v.verdict == "applies" and v.rule.strength != _AGAINST]


def against(result: Result, names: Names) -> Iterator[Block]:
    """Yield what is advised against."""
    found = [
        v for v in result.verdicts if v.verdict == "applies" and v.rule.strength == _AGAINST
    ]
    if found:
        yield Heading(_("Advised against"))
        items = tuple(recommendation(v, names) for v in found)
        yield Callout("warning", _("Should not be offered"), (Bullets(items),))


def considerations(result: Result, names: Names) -> Iterator[Block]:
    """Yield what to think of in how insatser are given."""
    found = [v for v in _applying(result) if v.rule.block == "consideration"]
    if found:
        yield Heading(_("To consider in how insatser are given"))
        yield Bullets(tuple(recommendation(v, names) for v in found))


def cannot_tell(result: Result, names: Names) -> Iterator[Block]:
    """Yield the questions whose answers would settle rules, the one that opens most first."""
    unsettled = [v for v in result.verdicts if v.verdict == "cannot-tell"]
    if not unsettled:
        return
    yield Heading(_("Cannot be told yet"))
    yield Paragraph(
        _(
            "Rules that hang on what is not known: {count}. These answers would settle them;"
            " the one that bears on most rules stands first.",
            count=len(unsettled),
        )
    )
    yield Bullets(
        tuple(_open_question(name, unsettled, result, names) for name in _order(unsettled)),
        is_numbered=True,
    )


def _order(unsettled: Iterable[Verdict]) -> list[str]:
    """Return the missing facts: those that bear on most rules first, then as they are asked."""
    bearing: dict[str, int] = {}
    for verdict in unsettled:
        for name in verdict.missing:
            bearing[name] = bearing.get(name, 0) + 1
    return sorted(bearing, key=lambda name: -bearing[name])


def _open_question(
    name: str, unsettled: Iterable[Verdict], result: Result, names: Names
) -> Item:
    bearing = [v for v in unsettled if name in v.missing]
    alone = [v for v in bearing if len(v.missing) == 1]
    shared = [v for v in bearing if len(v.missing) > 1]
    inside: list[Block] = []
    if alone:
        inside.append(Paragraph(_("Settles by itself: {rules}.", rules=_titles(alone))))
    if shared:
        inside.append(Paragraph(_("Settles together with others: {rules}.", rules=_titles(shared))))
    who = answered_by(name, names.library)
    if who is not None:
        inside.append(Note(_("Answered by: {who}.", who=who)))
    return Item(question(name, result, names), tuple(inside), is_strong=True)


def _titles(verdicts: Iterable[Verdict]) -> str:
    return many(dict.fromkeys(str(v.rule.title) for v in verdicts))
