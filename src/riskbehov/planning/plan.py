"""A plan that covers the targets, in the order that decision-makers compare by."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from riskbehov.models.case import Case, Offer
from riskbehov.models.insats import Insats
from riskbehov.models.result import Gap, Needs, Plan, PlannedInsats, Verdict
from riskbehov.models.rule import STRENGTHS
from riskbehov.planning.cover import Candidate, Cover, covers

_RECOMMENDING = STRENGTHS[: STRENGTHS.index("information")]
_MULTIMODAL = 2
_ALTERNATIVES = 5


def make_plan(  # noqa: PLR0913 - a plan rests on all of these
    case: Case,
    verdicts: Sequence[Verdict],
    targets: Sequence[str],
    needs: Needs,
    *,
    catalogue: Mapping[str, Insats],
    ruled_out: Collection[str] = (),
    offer: Offer | None = None,
    tolerance: int = 1,
) -> Plan:
    """Return the best cover of the targets, its near equals, and the targets left open.

    Compared in this order: least intrusive, strongest recommendation, fewest insatser, own
    provider, cost. An insats that the person declined, that is ``ruled_out`` since what it requires
    is known to be lacking, that the municipality does not offer or that is a placement is never
    chosen; of a group (KBT or ÅP; the family treatments) one is.
    ``tolerance`` is how much weaker, in steps, and how many insatser more an alternative may be.
    """
    grounds = _grounds(verdicts, catalogue)
    declined = {d.insats for d in case.declined}
    offered = None if offer is None else {o.insats: o for o in offer.insatser}
    usable = {
        id_: ground
        for id_, ground in grounds.items()
        if ground.insats.setting != "placement"
        and id_ not in declined
        and id_ not in ruled_out
        and (offered is None or id_ in offered)
    }
    candidates = [
        Candidate(
            id=id_,
            weakness={t: w for t, w in ground.weakness.items() if t in targets},
            intrusiveness=ground.insats.intrusiveness - 1,
            group=ground.insats.one_of,
            by_others=bool(offered) and not offered[id_].own,
            cost=(offered[id_].cost or 0.0) if offered else 0.0,
        )
        for id_, ground in usable.items()
        if any(t in targets for t in ground.weakness)
    ]
    covered, found = _widest(targets, candidates)

    def planned(cover: Cover) -> tuple[PlannedInsats, ...]:
        return tuple(
            PlannedInsats(
                insats=usable[id_].insats,
                covers=tuple(t for t in covered if t in usable[id_].weakness),
                rules=usable[id_].rules,
                strength=STRENGTHS[min(w for t, w in usable[id_].weakness.items() if t in covered)],
                own=offered[id_].own if offered else None,
                cost=offered[id_].cost if offered else None,
            )
            for id_ in cover.chosen
        )

    return Plan(
        insatser=planned(found[0]) if found else (),
        gaps=tuple(
            _gap(t, grounds, verdicts, declined, ruled_out, offered)
            for t in targets
            if t not in covered
        ),
        alternatives=tuple(planned(cover) for cover in _near(found, tolerance)),
        placement=tuple(i for i, g in grounds.items() if g.insats.setting == "placement"),
        declined=tuple(d.insats for d in case.declined),
        multimodal=_is_multimodal(needs),
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """What speaks for one insats: how weakly, for which targets, by which rules."""

    insats: Insats
    weakness: Mapping[str, int]
    rules: tuple[str, ...]


def _grounds(verdicts: Iterable[Verdict], catalogue: Mapping[str, Insats]) -> dict[str, _Ground]:
    """Return what is recommended by the rules that apply, advised against left out."""
    applying = [v for v in verdicts if v.verdict == "applies" and v.rule.insats]
    against = {v.rule.insats for v in applying if v.rule.strength == "bör inte"}
    weakness: dict[str, dict[str, int]] = {}
    rules: dict[str, list[str]] = {}
    for verdict in applying:
        rule, id_ = verdict.rule, str(verdict.rule.insats)
        if rule.block != "insats" or rule.strength not in _RECOMMENDING or id_ in against:
            continue
        rank = STRENGTHS.index(rule.strength)
        held = weakness.setdefault(id_, {})
        for target in rule.targets:
            held[target] = min(rank, held.get(target, rank))
        rules.setdefault(id_, []).append(rule.id)
    return {i: _Ground(catalogue[i], held, tuple(rules[i])) for i, held in weakness.items()}


def _widest(
    targets: Sequence[str], candidates: Sequence[Candidate]
) -> tuple[tuple[str, ...], tuple[Cover, ...]]:
    """Return the covers of all targets, or of as many as can be, the first targets kept first."""
    reachable = [t for t in targets if any(t in c.weakness for c in candidates)]
    for size in range(len(reachable), 0, -1):
        for chosen in combinations(reachable, size):
            found = covers(chosen, candidates)
            if found:
                return chosen, found
    return (), ()


def _near(found: Sequence[Cover], tolerance: int) -> list[Cover]:
    """Return the covers that are no more intrusive and within ``tolerance`` of the best."""
    if not found:
        return []
    best = found[0].worth
    return [
        cover
        for cover in found[1:]
        if cover.worth[0] == best[0]
        and cover.worth[1] <= best[1] + tolerance
        and cover.worth[2] <= best[2] + tolerance
    ][:_ALTERNATIVES]


def _gap(  # noqa: PLR0911, PLR0913 - one return for each cause
    target: str,
    grounds: Mapping[str, _Ground],
    verdicts: Sequence[Verdict],
    declined: Collection[str],
    ruled_out: Collection[str],
    offered: Mapping[str, object] | None,
) -> Gap:
    """Return why a target has no insats, and which would have covered it."""
    recommended = [i for i, g in grounds.items() if target in g.weakness]
    free = [i for i in recommended if grounds[i].insats.setting != "placement"]
    open_ = tuple(
        dict.fromkeys(
            v.rule.insats
            for v in verdicts
            if v.verdict == "cannot-tell"
            and v.rule.block == "insats"
            and v.rule.insats
            and target in v.rule.targets
        )
    )
    if not recommended:
        return Gap(target, "cannot-tell" if open_ else "no-recommendation", open_)
    if not free:
        return Gap(target, "placement-only", tuple(recommended))
    wanted = [i for i in free if i not in declined]
    if not wanted:
        return Gap(target, "declined", tuple(free))
    possible = [i for i in wanted if i not in ruled_out]
    if not possible:
        return Gap(target, "requirement", tuple(wanted))
    missing = [i for i in possible if offered is not None and i not in offered]
    return Gap(target, "not-offered" if missing else "one-of", tuple(missing or possible))


def _is_multimodal(needs: Needs) -> bool | None:
    """Tell whether several areas are to be worked on at once; nothing while it cannot be told."""
    if needs.count_low >= _MULTIMODAL:
        return True
    return False if needs.count_high < _MULTIMODAL else None
