"""The main job: one person's answers in, cited recommendations out."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

from riskbehov import __version__, yamlfile
from riskbehov.assessing.checks.case import (
    Locate,
    check_offer,
    fitting_assessment,
    require_rules,
    score_all,
)
from riskbehov.assessing.disagreements import questions
from riskbehov.assessing.facts import (
    consent_facts,
    inventory_facts,
    need_facts,
    obtained_facts,
    person_facts,
    risk_facts,
    score_facts,
    stated_facts,
)
from riskbehov.assessing.flags import case_flags
from riskbehov.assessing.recorded import recorded_views
from riskbehov.library import (
    ASSESSMENT,
    FACTS,
    INSATSER,
    INSTRUMENT,
    INVENTORY,
    LEGAL,
    MATRIX,
    RULES,
    SOURCES,
    Library,
)
from riskbehov.logic.explain import Explained
from riskbehov.logic.vocabulary import Interval, Vocabulary
from riskbehov.models.assessment import Assessment
from riskbehov.models.case import Case, Offer
from riskbehov.models.result import (
    Adaptation,
    InventoryResult,
    Needs,
    Provenance,
    Result,
    Risk,
    Score,
    SupportNeeds,
    Verdict,
)
from riskbehov.planning import Parts, intensity, make_plan, need_areas, risk, target_order
from riskbehov.process.exchange import exchanges, held_consents, said_of
from riskbehov.process.inventory import side_by_side
from riskbehov.process.threat import THREAT, threat_history
from riskbehov.rules.book import rule_book

_TRUE = (1, 1)
_FALSE = (0, 0)


def assess(
    case: Case,
    library: Library,
    *,
    day: dt.date | None = None,
    offer: Offer | None = None,
    path: Path | None = None,
    offer_path: Path | None = None,
    partly: Mapping[str, Interval] | None = None,
) -> Result:
    """Assess one case by the rules and the law of ``day``, which is the case's date if left out.

    ``offer`` is what a municipality has; ``path`` and ``offer_path`` are the files that they came
    from, for the places in messages. ``partly`` is what is known in part of facts that the case
    leaves out, as of a list of which not every member was asked for.

    Raises :class:`CaseError` with every fault of the case at once, and :class:`DataError` if a
    data file of the library is faulty.
    """
    locate: Locate = yamlfile.locator(path) if path else yamlfile.dotted
    day = day or case.date
    library = library.as_of(day)
    assessment = fitting_assessment(case, library, locate)
    if offer is not None:
        check_offer(offer, library, *([yamlfile.locator(offer_path)] if offer_path else []))
    book = rule_book(library, assessment)
    require_rules(book, day, locate)
    scores = score_all(case, library, assessment, locate)
    matrix = library.matrix(assessment.id)
    needs = _needs(case, library, assessment, scores)
    methods = {r.method: library.method(r.method) for r in case.recorded_results}
    found = risk(case, methods, needs, matrix)
    facts = _facts(case, library, book.vocabulary, scores=scores, needs=needs, found=found)
    facts |= partly or {}
    verdicts = book.judge(facts, day, library)
    targets = target_order(needs)
    recorded = recorded_views(case, methods)
    differing = questions(
        case,
        library,
        assessment,
        recorded,
        scores=scores,
        needs=needs,
        risk=found,
        facts=facts,
    )
    consents = held_consents(case)
    obtained = exchanges(case, recorded)
    threat = threat_history(case, library.facts.get(THREAT))
    return Result(
        case=case,
        as_of=day,
        assessment=assessment,
        scores=scores,
        risk=found,
        intensity=intensity((found.low, found.high), needs, matrix.intensity) if matrix else None,
        needs=needs,
        targets=targets,
        responsivity=tuple(_adaptations(scores)),
        verdicts=verdicts,
        plan=make_plan(
            case,
            verdicts,
            targets,
            needs,
            catalogue=library.insatser,
            parts=parts_of(library, case),
            ruled_out=[
                i.id
                for i in library.insatser.values()
                if i.requires and facts.get(i.requires) == _FALSE
            ],
            offer=offer,
        ),
        support_needs=_support(library, facts, verdicts),
        own_view=case.own_view,
        flags=tuple(
            case_flags(
                scores,
                needs,
                found,
                facts,
                recorded=recorded,
                asked=differing,
                consents=consents,
                obtained=obtained,
                threat=threat,
            )
        ),
        provenance=_provenance(library, assessment, case, day),
        recorded=recorded,
        questions=differing,
        consents=consents,
        obtained=obtained,
        threat=threat,
        inventory=_inventory(case, library, needs, facts),
    )


def explain_rule(
    case: Case,
    rule: str,
    library: Library,
    *,
    day: dt.date | None = None,
    path: Path | None = None,
    partly: Mapping[str, Interval] | None = None,
) -> tuple[Result, Verdict, Explained]:
    """Return the assessment, the verdict on one rule, and its condition part by part.

    The arguments are those of :func:`assess`. Raises :class:`UnknownIdError` for a rule that the
    assessment does not look at.
    """
    result = assess(case, library, day=day, path=path, partly=partly)
    book = rule_book(library, result.assessment)
    facts = {**case_facts(result, library, book.vocabulary), **(partly or {})}
    explained = book.explain(rule, facts, result.as_of)
    verdict = next(v for v in result.verdicts if v.rule.id == rule)
    return result, verdict, explained


def _needs(
    case: Case, library: Library, assessment: Assessment, scores: Mapping[str, Score]
) -> Needs:
    id_ = assessment.needs
    given = case.instruments.get(id_) if id_ else None
    return need_areas(
        library.scored(id_) if id_ else None,
        given.answers if given else {},
        scores.get(id_) if id_ else None,
        library.matrix(assessment.id),
    )


def case_facts(result: Result, library: Library, words: Vocabulary) -> dict[str, Interval]:
    """Return everything that is known of an assessed case, stated, obtained and worked out."""
    return _facts(
        result.case, library, words, scores=result.scores, needs=result.needs, found=result.risk
    )


def _facts(
    case: Case,
    library: Library,
    words: Vocabulary,
    *,
    scores: Mapping[str, Score],
    needs: Needs,
    found: Risk,
) -> dict[str, Interval]:
    return {
        **stated_facts(case, words),
        **obtained_facts(case, words),
        **consent_facts(case, words),
        **inventory_facts(case, library, words),
        **person_facts(case, words),
        **score_facts(scores, words),
        **need_facts(needs),
        **risk_facts(found),
    }


def _inventory(
    case: Case, library: Library, needs: Needs, facts: Mapping[str, Interval]
) -> InventoryResult | None:
    """Return the person's own view of each domain, with what the professional says beside it."""
    form = library.inventory
    if case.inventory is None or form is None:
        return None
    supports = {fact.id: fact for fact in library.facts.values() if fact.topic == "support"}
    return side_by_side(case.inventory, form, needs, supports, facts)


def parts_of(library: Library, case: Case) -> dict[str, Parts]:
    """Return the targets that the case divides into parts, such as substance use by substance."""
    said = said_of(case)
    return {
        fact.parts_of: Parts(fact.id, tuple(v.id for v in fact.values if v.id in stated))
        for fact in library.facts.values()
        if fact.parts_of and isinstance(stated := said.get(fact.id), list) and stated
    }


def _adaptations(scores: Mapping[str, Score]) -> Iterator[Adaptation]:
    for score in scores.values():
        for item, code in zip(score.instrument.items, score.used, strict=True):
            if code and item.adaptation is not None:
                yield Adaptation(item, code)


def _support(
    library: Library, facts: Mapping[str, Interval], verdicts: tuple[Verdict, ...]
) -> SupportNeeds:
    asked = [fact for fact in library.facts.values() if fact.topic == "support"]
    return SupportNeeds(
        identified=tuple(
            (
                fact,
                tuple(v for v in verdicts if v.verdict == "applies" and fact.id in v.rule.targets),
            )
            for fact in asked
            if facts.get(fact.id) == _TRUE
        ),
        not_identified=tuple(fact for fact in asked if facts.get(fact.id) == _FALSE),
        unanswered=tuple(fact for fact in asked if fact.id not in facts),
    )


def _provenance(library: Library, assessment: Assessment, case: Case, day: dt.date) -> Provenance:
    """Return the definitions that the result rests on: enough to make it again."""
    used = [
        SOURCES,
        FACTS,
        INSATSER,
        LEGAL,
        ASSESSMENT.format(id=assessment.id),
        MATRIX.format(id=assessment.id),
        *(INSTRUMENT.format(id=i) for i in assessment.instruments),
        *(INSTRUMENT.format(id=i) for i in assessment.methods),
        *(INSTRUMENT.format(id=r.method) for r in case.recorded_results),
        *(RULES.format(id=theme) for theme in assessment.rules),
        *([INVENTORY] if case.inventory else []),
    ]
    paths = [path for path in dict.fromkeys(used) if path in library.logical_paths]
    return Provenance(
        riskbehov=__version__,
        as_of=day,
        hashes={path: library.digest(path) for path in paths},
        definitions={path: library.definition(path) for path in paths},
    )
