"""What a plan must cover, and what the rules that apply bring forward to cover it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from riskbehov.models.condition import leaves
from riskbehov.models.insats import Insats
from riskbehov.models.result import Verdict
from riskbehov.models.rule import STRENGTHS, Rule

_RECOMMENDING = STRENGTHS[: STRENGTHS.index("information")]


class Parts(NamedTuple):
    """A target that is made of parts: the fact that names them, and those of this case."""

    fact: str
    members: tuple[str, ...]


class Aim(NamedTuple):
    """What a plan must cover: a target, or one part of it, such as one substance."""

    target: str
    part: str | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What speaks for one insats: how weakly, for which aims, by which rules."""

    insats: Insats
    weakness: Mapping[Aim, int]
    rules: tuple[str, ...]


def aims_of(target: str, parts: Mapping[str, Parts]) -> tuple[Aim, ...]:
    """Return a target as one aim, or as one for each of its parts."""
    if target not in parts:
        return (Aim(target, None),)
    return tuple(Aim(target, part) for part in parts[target].members)


def grounds(
    verdicts: Iterable[Verdict], catalogue: Mapping[str, Insats], parts: Mapping[str, Parts]
) -> dict[str, Ground]:
    """Return what is recommended by the rules that apply, what is advised against left out."""
    applying = [v.rule for v in verdicts if v.verdict == "applies" and v.rule.insats]
    against = {rule.insats for rule in applying if rule.strength == "bör inte"}
    weakness: dict[str, dict[Aim, int]] = {}
    rules: dict[str, list[str]] = {}
    for rule in applying:
        id_ = str(rule.insats)
        if rule.block != "insats" or rule.strength not in _RECOMMENDING or id_ in against:
            continue
        rank = STRENGTHS.index(rule.strength)
        held = weakness.setdefault(id_, {})
        for aim in aims_of_rule(rule, parts):
            held[aim] = min(rank, held.get(aim, rank))
        rules.setdefault(id_, []).append(rule.id)
    return {i: Ground(catalogue[i], held, tuple(rules[i])) for i, held in weakness.items()}


def aims_of_rule(rule: Rule, parts: Mapping[str, Parts]) -> Iterator[Aim]:
    """Yield what a rule's recommendation covers: of a target in parts, those that it asks for."""
    for target in rule.targets:
        asked: set[str] = set()
        if target in parts and rule.when is not None:
            for leaf in leaves(rule.when):
                if leaf.name == parts[target].fact:
                    asked.update(leaf.includes_any or (), filter(None, (leaf.includes,)))
        yield from (aim for aim in aims_of(target, parts) if not asked or aim.part in asked)
