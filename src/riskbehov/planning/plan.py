"""A plan that covers the targets, in the order that decision-makers compare by."""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from riskbehov.models.case import Case, Offer, OfferedInsats
from riskbehov.models.insats import Insats
from riskbehov.models.result import Needs, Plan, PlannedInsats, Verdict
from riskbehov.models.rule import STRENGTHS
from riskbehov.planning.aims import Aim, Ground, Parts, aims_of, grounds
from riskbehov.planning.cover import Candidate, Cover, covers
from riskbehov.planning.gaps import Bounds, gap

MULTIMODAL = 2
_ALTERNATIVES = 5


def make_plan(
    case: Case,
    verdicts: Sequence[Verdict],
    targets: Sequence[str],
    needs: Needs,
    *,
    catalogue: Mapping[str, Insats],
    parts: Mapping[str, Parts],
    ruled_out: Collection[str] = (),
    offer: Offer | None = None,
    tolerance: int = 1,
) -> Plan:
    """Return the best cover of the targets, its near equals, and what is left open.

    Compared in this order: least intrusive, strongest recommendation, fewest insatser, own
    provider, cost. An insats that the person declined, that is ``ruled_out`` since what it requires
    is known to be lacking, that the municipality does not offer or that is a placement is never
    chosen; of a group (KBT or ÅP; the family treatments) one is. A target in ``parts`` is covered
    part by part: every substance by an insats for that substance. ``tolerance`` is how much weaker,
    in steps, and how many insatser more an alternative may be.
    """
    aims = [aim for target in targets for aim in aims_of(target, parts)]
    recommended = grounds(verdicts, catalogue, parts)
    terms = {o.insats: o for o in offer.insatser} if offer else {}
    bounds = Bounds({d.insats for d in case.declined}, ruled_out, set(terms) if offer else None)
    usable = {i: ground for i, ground in recommended.items() if bounds.is_open(i, ground)}
    covered, found = _widest(
        aims, [_candidate(ground, aims, terms.get(i)) for i, ground in usable.items()]
    )
    plans = [
        tuple(_planned(usable[i], covered, terms.get(i)) for i in cover.chosen)
        for cover in (*found[:1], *_near(found, tolerance))
    ]
    return Plan(
        insatser=plans[0] if plans else (),
        gaps=tuple(gap(aim, recommended, verdicts, bounds) for aim in aims if aim not in covered),
        alternatives=tuple(plans[1:]),
        placement=tuple(i for i, g in recommended.items() if g.insats.setting == "placement"),
        declined=tuple(d.insats for d in case.declined),
        multimodal=_is_multimodal(needs),
        offer=offer,
    )


def _candidate(ground: Ground, aims: Sequence[Aim], terms: OfferedInsats | None) -> Candidate[Aim]:
    return Candidate(
        id=ground.insats.id,
        weakness={aim: w for aim, w in ground.weakness.items() if aim in aims},
        intrusiveness=ground.insats.intrusiveness - 1,
        group=ground.insats.one_of,
        by_others=terms is not None and not terms.own,
        cost=(terms.cost or 0.0) if terms else 0.0,
    )


def _planned(ground: Ground, covered: Sequence[Aim], terms: OfferedInsats | None) -> PlannedInsats:
    mine = [aim for aim in covered if aim in ground.weakness]
    return PlannedInsats(
        insats=ground.insats,
        covers=tuple(dict.fromkeys(aim.target for aim in mine)),
        parts=tuple(aim.part for aim in mine if aim.part),
        rules=ground.rules,
        strength=STRENGTHS[min(ground.weakness[aim] for aim in mine)],
        own=terms.own if terms else None,
        cost=terms.cost if terms else None,
    )


def _widest(
    aims: Sequence[Aim], candidates: Sequence[Candidate[Aim]]
) -> tuple[tuple[Aim, ...], tuple[Cover, ...]]:
    """Return the covers of all aims, or of as many as can be, the first aims kept first."""
    reachable = [aim for aim in aims if any(aim in c.weakness for c in candidates)]
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


def _is_multimodal(needs: Needs) -> bool | None:
    """Tell whether several areas are to be worked on at once; nothing while it cannot be told."""
    if needs.count_low >= MULTIMODAL:
        return True
    return False if needs.count_high < MULTIMODAL else None
