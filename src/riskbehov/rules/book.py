"""The rules of one assessment, made ready: judged for one case, or for many at once."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from riskbehov import yamlfile
from riskbehov.errors import DataError, Fault, did_you_mean, unknown_id
from riskbehov.i18n import Message, message
from riskbehov.library import ASSESSMENT, RULES, Library
from riskbehov.logic.explain import Explained, explain, missing, truth
from riskbehov.logic.tree import Compare, Complain, Group, Tree, compile_condition
from riskbehov.logic.vocabulary import FactType, Interval, Vocabulary, vocabulary
from riskbehov.models.assessment import Assessment
from riskbehov.models.base import Validity
from riskbehov.models.instrument import RecordedMethod
from riskbehov.models.result import Verdict, VerdictName
from riskbehov.models.rule import Rule
from riskbehov.rules.timeline import cracks

NEED = "need."
_VERDICTS: tuple[VerdictName, VerdictName, VerdictName] = (
    "does-not-apply",
    "cannot-tell",
    "applies",
)


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """One version of a rule with its theme and its condition, the age range included."""

    theme: str
    rule: Rule
    tree: Tree


@dataclass(frozen=True, slots=True, eq=False)
class RuleBook:
    """Every rule that an assessment looks at, and the vocabulary that they speak."""

    vocabulary: Vocabulary
    rules: tuple[ReadyRule, ...]

    @property
    def versions(self) -> Mapping[str, tuple[ReadyRule, ...]]:
        """Return every version of each rule, the earliest first."""
        return _every_version(self)

    def on(self, day: dt.date) -> tuple[tuple[ReadyRule, bool], ...]:
        """Return each rule once, in the version of ``day``, and whether it is in force then."""
        return _versions(self, day)

    def judge(
        self, facts: Mapping[str, Interval], day: dt.date, library: Library
    ) -> tuple[Verdict, ...]:
        """Return the verdict on every rule for one case's facts on ``day``."""
        return tuple(
            _verdict(ready, facts, library, in_force=in_force) for ready, in_force in self.on(day)
        )

    def explain(self, rule: str, facts: Mapping[str, Interval], day: dt.date) -> Explained:
        """Return the whole condition of one rule with the truth of every part."""
        for ready, _ in self.on(day):
            if ready.rule.id == rule:
                return explain(ready.tree, facts)
        raise unknown_id(message("rule"), rule, {ready.rule.id for ready in self.rules})


@lru_cache(maxsize=64)
def _every_version(book: RuleBook) -> Mapping[str, tuple[ReadyRule, ...]]:
    return {
        id_: tuple(sorted(versions, key=lambda ready: ready.rule.valid.from_))
        for id_, versions in groupby(book.rules, key=lambda ready: ready.rule.id)
    }


@lru_cache(maxsize=256)
def _versions(book: RuleBook, day: dt.date) -> tuple[tuple[ReadyRule, bool], ...]:
    chosen = []
    for every in book.versions.values():
        in_force = [ready for ready in every if day in ready.rule.valid]
        chosen.append((in_force[-1], True) if in_force else (every[-1], False))
    return tuple(chosen)


def _verdict(
    ready: ReadyRule, facts: Mapping[str, Interval], library: Library, *, in_force: bool
) -> Verdict:
    rule = ready.rule
    if not in_force:
        return Verdict(rule, ready.theme, "not-in-force")
    verdict = _VERDICTS[truth(ready.tree, facts)]
    return Verdict(
        rule,
        ready.theme,
        verdict,
        missing(ready.tree, facts) if verdict == "cannot-tell" else (),
        library.legal(rule.legal) if rule.legal and verdict != "does-not-apply" else None,
    )


def rule_book(library: Library, assessment: Assessment) -> RuleBook:
    """Return the rules of an assessment, made ready once for each library.

    Raises :class:`DataError` with every fault of every rule: an unknown fact, an operator that
    does not fit the fact, a value that it cannot have.
    """
    return library.kept(f"rule book {assessment.id}", lambda: _rule_book(library, assessment))


def _rule_book(library: Library, assessment: Assessment) -> RuleBook:
    _require_parts(library, assessment)
    words = assessment_vocabulary(library, assessment)
    faults: list[Fault] = []
    rules = [ready for theme in assessment.rules for ready in _ready(library, theme, words, faults)]
    faults += _twice(rules)
    if faults:
        raise DataError(faults)
    order: dict[str, int] = {}
    for ready in rules:
        order.setdefault(ready.rule.id, len(order))
    return RuleBook(words, tuple(sorted(rules, key=lambda ready: order[ready.rule.id])))


def _require_parts(library: Library, assessment: Assessment) -> None:
    """Raise :class:`DataError` for every theme or instrument that the library does not have."""
    scored = [*([assessment.needs] if assessment.needs else []), *assessment.instruments]
    where = ASSESSMENT.format(id=assessment.id)
    faults = [
        Fault(
            message(
                "found {found!r}, expected one of {expected}{hint}",
                found=id_,
                expected=", ".join(known),
                hint=did_you_mean(id_, known),
            ),
            f"{where}: {key}",
        )
        for key, ids, known in (
            ("rules", assessment.rules, library.themes),
            ("instruments", scored, library.instrument_ids),
            ("methods", assessment.methods, library.instrument_ids),
        )
        for id_ in ids
        if id_ not in known
    ]
    faults += [
        Fault(
            message("found {found!r}, expected an instrument that is scored here", found=id_),
            f"{where}: instruments",
        )
        for id_ in scored
        if id_ in library.instrument_ids and isinstance(library.instrument(id_), RecordedMethod)
    ]
    if faults:
        raise DataError(faults)


def assessment_vocabulary(library: Library, assessment: Assessment) -> dict[str, FactType]:
    """Return all facts that the rules of an assessment may ask for."""
    prefixed = {}
    if assessment.needs:
        prefixed[NEED] = library.scored(assessment.needs)
    for id_ in assessment.instruments:
        instrument = library.scored(id_)
        if instrument.kind == "profile":
            prefixed[f"{id_}."] = instrument
    return vocabulary(library.facts.values(), prefixed)


def _ready(
    library: Library, theme: str, words: Vocabulary, faults: list[Fault]
) -> Iterable[ReadyRule]:
    files = library.files(RULES.format(id=theme))
    for number, rule in enumerate(library.rules(theme)):

        def complain(
            within: yamlfile.Place, sentence: Message, number: int = number, id_: str = rule.id
        ) -> None:
            place = ("rules", number, *within)
            where = yamlfile.locate(files[0], place) if len(files) == 1 else theme
            faults.append(Fault(sentence, f"{where} ({id_})"))

        for key, found, known in (
            ("insats", rule.insats, library.insatser),
            ("legal", rule.legal, library.legal_entries),
            *(("source", c.source, library.sources) for c in rule.sources),
        ):
            if found is not None and found not in known:
                complain((key,), _unknown(found, known))
        tree = _tree(rule, words, complain)
        if tree is not None:
            yield ReadyRule(theme, rule, tree)


def _unknown(found: str, known: Iterable[str]) -> Message:
    return message(
        "found {found!r}, expected an id that is known{hint}",
        found=found,
        hint=did_you_mean(found, known),
    )


def _twice(rules: Iterable[ReadyRule]) -> Iterable[Fault]:
    """Yield the rules of which two versions are in force on one day: none may outdo another."""
    versions: dict[str, list[Validity]] = {}
    for ready in rules:
        versions.setdefault(ready.rule.id, []).append(ready.rule.valid)
    for id_, valid in versions.items():
        for crack in cracks(valid):
            if crack.kind == "overlap":
                yield Fault(
                    message(
                        "the rule {id!r} stands twice for {day}, expected one version a day",
                        id=id_,
                        day=crack.first,
                    ),
                    "rules",
                )


def _tree(rule: Rule, words: Vocabulary, complain: Complain) -> Tree | None:
    """Return a rule's condition with its age range; nothing if a complaint was made."""
    age = _age_gate(rule, words)
    if rule.when is None:
        return age
    condition = compile_condition(rule.when, words, complain, ("when",))
    return None if condition is None else Group("all", (age, condition))


def _age_gate(rule: Rule, words: Vocabulary) -> Tree:
    fact = words["age"]
    least = Compare(fact, "at_least", (rule.ages.from_,), rule.ages.from_)
    if rule.ages.to is None:
        return least
    return Group("all", (least, Compare(fact, "at_most", (rule.ages.to,), rule.ages.to)))
