"""Everything that the rules may ask for about one case, as intervals."""

from collections.abc import Iterator, Mapping

from riskbehov.library import Library
from riskbehov.logic.vocabulary import FactType, Interval, Unreadable, Vocabulary
from riskbehov.models.assessment import RISK_LEVELS
from riskbehov.models.case import Case
from riskbehov.models.result import Needs, Risk, RiskSource, Score
from riskbehov.process.consent import valid_on
from riskbehov.process.exchange import told_last
from riskbehov.rules.book import NEED


def stated_facts(case: Case, words: Vocabulary) -> dict[str, Interval]:
    """Return the facts that the case file states; what it leaves out is left out."""
    found = {}
    for name, value in case.facts.items():
        interval = words[name].encode(value)
        if interval != words[name].unknown:
            found[name] = interval
    return found


def obtained_facts(case: Case, words: Vocabulary) -> dict[str, Interval]:
    """Return what other authorities have told: of each fact, what was told last."""
    found = {name: words[name].encode(value) for name, value in told_last(case).items()}
    return {name: each for name, each in found.items() if each != words[name].unknown}


def consent_facts(case: Case, words: Vocabulary) -> dict[str, Interval]:
    """Return with whom information may be exchanged on the day of the case.

    Nothing said of consents leaves it unknown; an empty list says that there is none.
    """
    if case.consents is None:
        return {}
    held = valid_on(case.consents, case.date)
    found = {
        "consent_exchange": any(held),
        "consent_police": any("police" in consent.to for consent in held),
    }
    return {name: words[name].encode(value) for name, value in found.items() if name in words}


def inventory_facts(case: Case, library: Library, words: Vocabulary) -> dict[str, Interval]:
    """Return that the person has rated every domain of the inventory; before that it is unknown."""
    form = library.inventory
    if case.inventory is None or form is None or "inventory_done" not in words:
        return {}
    rated = {id_ for id_, view in case.inventory.domains.items() if view.situation is not None}
    if any(domain.id not in rated for domain in form.domains):
        return {}
    return {"inventory_done": words["inventory_done"].encode(value=True)}


def person_facts(case: Case, words: Vocabulary) -> dict[str, Interval]:
    """Return age and, where it is known, sex."""
    found = {"age": words["age"].encode(case.person.age)}
    if case.person.sex != "unknown":
        found["sex"] = words["sex"].encode(case.person.sex)
    return found


def score_facts(scores: Mapping[str, Score], words: Vocabulary) -> dict[str, Interval]:
    """Return what the scores tell: problem limits reached, and the answers of profiles."""
    found: dict[str, Interval] = {}
    for id_, score in scores.items():
        name = f"{id_}_problem"
        if name in words:
            reached = _reaches_problem(score, words[name])
            if reached is not None:
                found[name] = reached
        if score.instrument.kind == "profile":
            found |= _answered(score, f"{id_}.")
    return found


def need_facts(needs: Needs) -> dict[str, Interval]:
    """Return the ratings of the areas and the count of identified ones."""
    found = {NEED + a.item.id: (a.code, a.code) for a in needs.areas if a.code is not None}
    return {**found, "identified_needs": (needs.count_low, needs.count_high)}


def risk_facts(risk: Risk) -> dict[str, Interval]:
    """Return the risk levels, for reoffending in general and for violence."""
    found = {}
    if risk.chosen:
        found["risk_level"] = _levels(risk.chosen)
    if risk.violence:
        found["violence_level"] = _levels(risk.violence)
    return found


def _reaches_problem(score: Score, fact: FactType) -> Interval | None:
    """Return whether the total is at or above the problem limit, at least and at most."""
    cutoffs = score.default_set
    bands = score.bands.get(cutoffs.id) if cutoffs else None
    if cutoffs is None or bands is None or cutoffs.problem_from is None:
        return None
    limit = [band.id for band in cutoffs.bands].index(cutoffs.problem_from)
    reached = int(bands.low >= limit), int(bands.high >= limit)
    return None if reached == fact.unknown else reached


def _answered(score: Score, prefix: str) -> dict[str, Interval]:
    return {
        prefix + item.id: (code, code)
        for item, code in zip(score.instrument.items, score.used, strict=True)
        if code is not None
    }


def _levels(source: RiskSource) -> Interval:
    return RISK_LEVELS.index(source.low), RISK_LEVELS.index(source.high)


def unreadable(case: Case, words: Vocabulary) -> Iterator[tuple[str, Unreadable]]:
    """Yield every stated fact whose value it cannot have."""
    for name, value in case.facts.items():
        if name in words:
            try:
                words[name].encode(value)
            except Unreadable as fault:
                yield name, fault
