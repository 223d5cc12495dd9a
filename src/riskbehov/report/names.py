"""What facts are called, what settles them and how their values are put into words."""

from collections.abc import Iterator
from dataclasses import dataclass

from riskbehov.i18n import _
from riskbehov.library import Library
from riskbehov.logic.vocabulary import FactType, Interval
from riskbehov.models.assessment import Assessment
from riskbehov.models.condition import Scalar
from riskbehov.models.instrument import Item, ScoredInstrument
from riskbehov.models.result import Result, Score
from riskbehov.report.words import (
    ANSWERED_BY,
    listed,
    many,
    numbers,
    short_name,
    span,
)
from riskbehov.rules.book import NEED

_PROBLEM = "_problem"
_AT_HAND = ("person", "utredare", "toolkit")


@dataclass(frozen=True, slots=True)
class Names:
    """The instruments whose items are facts, by the prefix of the fact's name, and the library."""

    library: Library
    prefixed: tuple[tuple[str, ScoredInstrument], ...]

    def item(self, name: str) -> tuple[ScoredInstrument, Item] | None:
        """Return the instrument and the item behind a fact such as ``need.leisure``."""
        for prefix, instrument in self.prefixed:
            for item in instrument.items:
                if prefix + item.id == name:
                    return instrument, item
        return None

    def label(self, name: str) -> str:
        """Return what a fact is called."""
        fact = self.library.facts.get(name)
        if fact is not None:
            return str(fact.label)
        found = self.item(name)
        return str(found[1].label) if found else name

    def value(self, name: str, value: Scalar) -> str:
        """Return one value of a fact in words."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        found = self.item(name)
        if found is not None:
            instrument, item = found
            anchors = {a.code: str(a) for a in instrument.codes[item.codes]}
            label = anchors.get(int(value))
            return _("{code} ({label})", code=value, label=label) if label else str(value)
        fact = self.library.facts.get(name)
        labels = {v.id: str(v) for v in fact.values} if fact else {}
        return labels.get(str(value), str(value))

    def values(self, name: str, values: Scalar | tuple[Scalar, ...]) -> str:
        """Return one or several values of a fact in words."""
        several = values if isinstance(values, tuple) else (values,)
        return listed(self.value(name, v) for v in several)

    def found(self, fact: FactType, interval: Interval) -> str:
        """Return what was found of a fact: a value, an interval, or that it is unknown."""
        low, high = interval
        if interval == fact.unknown and low != high:
            return _("not known")
        if fact.kind == "set":
            members = [v for n, v in enumerate(fact.values) if low >> n & 1]
            return listed(self.value(fact.name, v) for v in members) if members else _("none")
        return span(*(self.value(fact.name, _scalar(fact, number)) for number in interval))


def _scalar(fact: FactType, number: int) -> Scalar:
    if fact.kind == "bool":
        return bool(number)
    return number if fact.kind == "integer" else fact.values[number]


def names_of(assessment: Assessment, library: Library) -> Names:
    """Return the names of the facts that an assessment speaks of."""
    return Names(library, tuple(_prefixed(assessment, library)))


def names_in_theme(theme: str, library: Library) -> Names:
    """Return the names of the facts that the rules of a theme may speak of."""
    found = [
        prefixed
        for id_ in library.assessment_ids
        if theme in library.assessment(id_).rules
        for prefixed in _prefixed(library.assessment(id_), library)
    ]
    return Names(library, tuple(found))


def _prefixed(assessment: Assessment, library: Library) -> Iterator[tuple[str, ScoredInstrument]]:
    if assessment.needs:
        yield NEED, library.scored(assessment.needs)
    for id_ in assessment.instruments:
        instrument = library.scored(id_)
        if instrument.kind == "profile":
            yield f"{id_}.", instrument


def question(name: str, result: Result | None, names: Names) -> str:
    """Return what to ask, rate or fill in so that a fact of a case becomes known.

    Without a result nothing is known of how far forms and ratings have come.
    """
    found = names.item(name)
    if found is not None:
        return _rating(found[0], found[1])
    library = names.library
    screened = name.removesuffix(_PROBLEM)
    if name.endswith(_PROBLEM) and screened in library.scored_ids:
        return _screening(library.scored(screened), result.scores.get(screened) if result else None)
    if name == "identified_needs" and result and result.needs.unanswered:
        labels = [names.label(NEED + area) for area in result.needs.unanswered]
        return _("Rate the areas that are not rated yet: {areas}.", areas=listed(labels))
    fact = library.facts.get(name)
    return str(fact.question) if fact else name


def _rating(instrument: ScoredInstrument, item: Item) -> str:
    if instrument.kind == "rating":
        codes = instrument.legal(item)
        return _(
            'Rate the area "{area}" ({codes}).',
            area=item.label,
            codes=numbers(codes[0], codes[-1]),
        )
    return _('Answer "{item}" in {instrument}.', item=item.label, instrument=short_name(instrument))


def _screening(instrument: ScoredInstrument, score: Score | None) -> str:
    if score is None:
        return _("Fill in {instrument}.", instrument=short_name(instrument))
    wanted = score.settling or score.decisive or score.missing
    if not wanted:
        return _(
            "{instrument} has no limit to go by here: judge the answers yourself.",
            instrument=short_name(instrument),
        )
    return _(
        "Complete {instrument}: {items}.",
        instrument=short_name(instrument),
        items=many(item_name(instrument, id_) for id_ in wanted),
    )


def item_name(instrument: ScoredInstrument, id_: str) -> str:
    """Return the number and the short label of an item; ``sex`` and ``age`` are the person's."""
    if id_ == "sex":
        return _("the person's sex")
    if id_ == "age":
        return _("the person's age")
    item = next(i for i in instrument.items if i.id == id_)
    return f"{item.id}\N{NO-BREAK SPACE}{item.label}" if item.id.isdigit() else str(item.label)


def target_name(target: str, names: Names) -> str:
    """Return what a target is called: a need area, or a support need."""
    return names.label(NEED + target) if names.item(NEED + target) else names.label(target)


def part_name(target: str, part: str, names: Names) -> str:
    """Return what a part of a target is called, such as one of the substances."""
    for fact in names.library.facts.values():
        if fact.parts_of == target:
            return names.value(fact.id, part)
    return part


def answered_by(name: str, library: Library) -> str | None:
    """Return who can answer a question, where it is neither the person nor the utredare."""
    fact = library.facts.get(name)
    if fact is None or fact.stated_by in _AT_HAND:
        return None
    return _(ANSWERED_BY[fact.stated_by])
