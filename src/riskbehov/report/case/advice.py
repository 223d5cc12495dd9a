"""What is recommended, advised against or to be considered, and what cannot be told yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from riskbehov.i18n import N_, _
from riskbehov.models.insats import Insats
from riskbehov.models.result import Result, Verdict
from riskbehov.process.exchange import said_of
from riskbehov.report.cite import cited_shortly, law
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
)
from riskbehov.report.names import Names, answered_by, question
from riskbehov.report.words import STRENGTHS, insats_name, insats_names, many, theme_label

_AGAINST = "bör inte"
_UNGRADED = "information"
_FEW = 3
_HEADINGS = {
    "bör": N_("Should be offered"),
    "hög prioritet": N_("Has high priority"),
    "kan": N_("May be offered"),
    "forskningsstöd": N_("Supported by research"),
    _UNGRADED: N_("No stated strength"),
}


def advised(verdicts: Sequence[Verdict], result: Result, names: Names) -> Bullets:
    """Return rules that apply: what, how strongly, why, by which source and law.

    A rule with the very sources of the one above it says so instead of naming them again.
    """
    repeated = {b.rule.id for a, b in pairwise(verdicts) if a.rule.sources == b.rule.sources}
    return Bullets(
        tuple(_advice(v, result, names, is_repeated=v.rule.id in repeated) for v in verdicts)
    )


def _advice(verdict: Verdict, result: Result, names: Names, *, is_repeated: bool) -> Item:
    rule, library = verdict.rule, names.library
    sources = (
        (Note(_("Source: the same as for the one above.")),)
        if is_repeated
        else cited_shortly(rule.sources, library)
    )
    insats = library.insatser.get(rule.insats) if rule.insats else None
    return Item(
        str(rule.title),
        (
            *_what(verdict, insats),
            Paragraph(str(rule.reason)),
            *requirement(insats, result, names),
            *sources,
            *law(verdict, library),
        ),
        is_strong=True,
    )


def _what(verdict: Verdict, insats: Insats | None) -> Iterator[Block]:
    """Yield which insats it is, unless the title says so, and how strongly it is recommended.

    What is acute has no strength printed: "should" beside a duty, or beside "at once", is too weak.
    """
    rule = verdict.rule
    name = insats_name(insats) if insats else ""
    is_graded = rule.strength != _UNGRADED and rule.block != "acute"
    is_named = name and name not in str(rule.title)
    strength = _(STRENGTHS[rule.strength])
    if is_graded and is_named:
        yield Paragraph(
            _("Insats: {insats}. Strength: {strength}.", insats=name, strength=strength)
        )
    elif is_graded:
        yield Paragraph(_("Strength: {strength}.", strength=strength))
    elif is_named:
        yield Paragraph(_("Insats: {insats}.", insats=name))


def why(rules: Iterable[str], insats: Insats, result: Result) -> Iterator[Paragraph]:
    """Yield the rules that recommend an insats, for each strength those that are so strong.

    A rule that says no more than the name of the insats is told by its strength alone.
    """
    named = set(rules)
    found = [v.rule for v in result.verdicts if v.rule.id in named]
    for strength in sorted({rule.strength for rule in found}, key=list(STRENGTHS).index):
        titles = dict.fromkeys(str(rule.title) for rule in found if rule.strength == strength)
        told = [title for title in titles if title not in (str(insats.name), insats_name(insats))]
        word = _(STRENGTHS[strength])
        yield Paragraph(
            _("Why: {rules} (strength: {strength}).", rules=many(told), strength=word)
            if told
            else _("Strength: {strength}.", strength=word)
        )


def requirement(insats: Insats | None, result: Result, names: Names) -> tuple[Block, ...]:
    """Return what an insats takes, where that is lacking or not known."""
    if insats is None or insats.requires is None:
        return ()
    found = said_of(result.case).get(insats.requires)
    if found is True:
        return ()
    fact = names.label(insats.requires)
    if found is False:
        return (Paragraph(_("The plan leaves it out, since this is not so: {fact}.", fact=fact)),)
    return (Paragraph(_("It takes this, which is not known yet: {fact}.", fact=fact)),)


def recommendations(result: Result, names: Names) -> Iterator[Block]:
    """Yield the insatser that rules recommend, by strength, and what is information only."""
    applying = [v for v in _applying(result) if v.rule.block == "insats"]
    yield Heading(_("Recommended insatser"))
    if not applying:
        yield Paragraph(_without(result))
    graded = {s: [v for v in applying if v.rule.strength == s] for s in _HEADINGS}
    if len(applying) > _FEW:
        yield Definitions(tuple(_at_a_glance(graded, names)))
    for strength, verdicts in graded.items():
        if verdicts:
            yield Heading(_(_HEADINGS[strength]), 3)
            yield advised(verdicts, result, names)


def _without(result: Result) -> str:
    if any(v.verdict == "cannot-tell" and v.rule.block == "insats" for v in result.verdicts):
        return _(
            "No rule recommends an insats on what is known now. See below what cannot be told yet."
        )
    return _("No rule recommends an insats.")


def _at_a_glance(graded: Mapping[str, Sequence[Verdict]], names: Names) -> Iterator[Term]:
    """Yield the insatser of each strength, before each is told in full."""
    for strength, verdicts in graded.items():
        ids = dict.fromkeys(v.rule.insats for v in verdicts if v.rule.insats)
        if ids:
            yield Term(_(_HEADINGS[strength]), insats_names(ids, names.library))


def _applying(result: Result) -> list[Verdict]:
    """Return the rules that apply and recommend something; what they advise against is apart."""
    return [v for v in result.verdicts if v.verdict == "applies" and v.rule.strength != _AGAINST]


def against(result: Result, names: Names) -> Iterator[Block]:
    """Yield what is advised against."""
    found = [v for v in result.verdicts if v.verdict == "applies" and v.rule.strength == _AGAINST]
    if found:
        yield Heading(_("Advised against"))
        yield Callout("warning", _("Should not be offered"), (advised(found, result, names),))


def considerations(result: Result, names: Names) -> Iterator[Block]:
    """Yield what to think of in how insatser are given, and what else is good to know."""
    yield from _by_theme(_("To consider in how insatser are given"), "consideration", result, names)
    yield from _by_theme(_("Good to know"), "information", result, names)


def _by_theme(title: str, block: str, result: Result, names: Names) -> Iterator[Block]:
    found = [v for v in _applying(result) if v.rule.block == block]
    if not found:
        return
    yield Heading(title)
    for theme in dict.fromkeys(v.theme for v in found):
        yield Heading(theme_label(theme, names.library), 3)
        yield advised([v for v in found if v.theme == theme], result, names)


def cannot_tell(result: Result, names: Names) -> Iterator[Block]:
    """Yield the questions whose answers would settle rules, the one that opens most first."""
    unsettled = [
        v for v in result.verdicts if v.verdict == "cannot-tell" and v.rule.block != "acute"
    ]
    if not unsettled:
        return
    yield Heading(_("Cannot be told yet"))
    yield Paragraph(_("Rules that hang on what is not known: {count}.", count=len(unsettled)))
    bearing = _bearing(unsettled)
    wide = [name for name, rules in bearing.items() if len(rules) > 1]
    wide.sort(key=lambda name: -len(bearing[name]))
    if wide:
        yield Heading(_("Questions that open most, the widest first"), 3)
        yield Bullets(
            tuple(_wide(name, bearing[name], result, names) for name in wide), is_numbered=True
        )
    narrow = [name for name in bearing if name not in wide]
    if narrow:
        yield Heading(_("Questions that bear on one rule each"), 3)
        yield Bullets(tuple(_narrow(name, bearing[name][0], result, names) for name in narrow))


def _bearing(unsettled: Iterable[Verdict]) -> dict[str, list[Verdict]]:
    """Return for each missing fact the rules that it bears on, in the order they are asked."""
    bearing: dict[str, list[Verdict]] = {}
    for verdict in unsettled:
        for name in verdict.missing:
            bearing.setdefault(name, []).append(verdict)
    return bearing


def _wide(name: str, bearing: Iterable[Verdict], result: Result, names: Names) -> Item:
    bearing = list(bearing)
    alone = [v for v in bearing if len(v.missing) == 1]
    shared = [v for v in bearing if len(v.missing) > 1]
    inside: list[Block] = []
    if alone:
        inside.append(Paragraph(_("Settles by itself: {rules}.", rules=_titles(alone))))
    if shared:
        inside.append(
            Paragraph(_("Settles together with other answers: {rules}.", rules=_titles(shared)))
        )
    return Item(question(name, result, names), (*inside, *asked_of(name, names)), is_strong=True)


def _narrow(name: str, verdict: Verdict, result: Result, names: Names) -> Item:
    settles = (
        _("Settles by itself: {rules}.", rules=verdict.rule.title)
        if len(verdict.missing) == 1
        else _("Settles together with other answers: {rules}.", rules=verdict.rule.title)
    )
    return Item(question(name, result, names), (Note(settles), *asked_of(name, names)))


def asked_of(name: str, names: Names) -> tuple[Note, ...]:
    """Return who can answer, where it is another than the person or the utredare."""
    who = answered_by(name, names.library)
    return () if who is None else (Note(_("Answered by: {who}.", who=who)),)


def _titles(verdicts: Iterable[Verdict]) -> str:
    return many(dict.fromkeys(str(v.rule.title) for v in verdicts))
