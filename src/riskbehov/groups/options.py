"""Which insatser could cover each target of an assessed case, whatever a municipality offers."""

from riskbehov.assessing.assessment import case_facts, parts_of
from riskbehov.library import Library
from riskbehov.models.extract import OpenTarget
from riskbehov.models.result import Result
from riskbehov.planning.aims import aims_of, grounds
from riskbehov.planning.gaps import Bounds
from riskbehov.rules.book import rule_book

_FALSE = (0, 0)
_SUPPORTING = ("insats", "support")


def open_targets(result: Result, library: Library) -> tuple[OpenTarget, ...]:
    """Return every target, or part of one, with the recommended insatser that may be chosen.

    Left out are insatser that the person has declined, that take what is known to be lacking, and
    placements: the same that a plan never chooses.
    """
    library = library.as_of(result.as_of)
    words = rule_book(library, result.assessment).vocabulary
    facts = case_facts(result, library, words)
    parts = parts_of(library, result.case)
    recommended = grounds(result.verdicts, library.insatser, parts)
    lacking = {i.id for i in library.insatser.values() if i.requires and _lacks(facts, i.requires)}
    bounds = Bounds({d.insats for d in result.case.declined}, lacking, offered=None)
    usable = {i: ground for i, ground in recommended.items() if bounds.is_open(i, ground)}
    aims = [aim for target in result.targets for aim in aims_of(target, parts)]
    return tuple(
        OpenTarget(
            target=aim.target,
            part=aim.part,
            insatser=tuple(sorted(i for i, ground in usable.items() if aim in ground.weakness)),
        )
        for aim in sorted(aims, key=lambda aim: (aim.target, aim.part or ""))
    )


def _lacks(facts: dict[str, tuple[int, int]], fact: str) -> bool:
    return facts.get(fact) == _FALSE


def recommended_insatser(result: Result, library: Library) -> frozenset[str]:
    """Return the insatser that rules which apply recommend, for targets and for support needs.

    What is advised against is left out, and so is what a rule on reoffending or substance use only
    tells of.
    """
    applying = [v.rule for v in result.verdicts if v.verdict == "applies" and v.rule.insats]
    against = {rule.insats for rule in applying if rule.strength == "bör inte"}
    found = set(grounds(result.verdicts, library.insatser, {}))
    found |= {str(rule.insats) for rule in applying if rule.block == "support"}
    return frozenset(found - {str(id_) for id_ in against})
