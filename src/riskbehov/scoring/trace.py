"""From answer to band, step by step: a second walk over a score, made only when asked for."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import getitem
from typing import Literal, NamedTuple, TypeAlias

from riskbehov.models.instrument import ALL, CutoffSet, Item, Range, Scale
from riskbehov.models.result import Bands, Score
from riskbehov.scoring.plan import InstrumentPlan, ScalePlan, plan

Limits: TypeAlias = Mapping[str, Mapping[str, Range]]


class ItemStep(NamedTuple):
    """One item: the code, its points, and whether it was answered, inferred or is missing."""

    item: Item
    code: int | None
    origin: Literal["answered", "inferred", "missing"]
    points: tuple[int, int]


class BandStep(NamedTuple):
    """One cut-off set: the bands reached, and the limits they were read from."""

    set: CutoffSet
    bands: Bands | None
    limits: Limits


class Step(NamedTuple):
    """One scale: its items, their sum, and the bands by every set."""

    scale: Scale
    items: tuple[ItemStep, ...]
    low: int
    high: int
    bands: tuple[BandStep, ...]


def trace(score: Score) -> tuple[Step, ...]:
    """Return how every scale of a score came about."""
    steps = []
    codes = _with_origin(score)
    for scale, pick, item_steps, sets in _prepared(plan(score.instrument), score.sex):
        found = score.scales[scale.id]
        items = tuple(map(getitem, item_steps, pick(codes)))
        bands = [BandStep(s, score.bands[s.id], limits) for s, limits in sets]
        steps.append(Step(scale, items, found.low, found.high, tuple(bands)))
    return tuple(steps)


def _with_origin(score: Score) -> tuple[int | str | None, ...]:
    """Return the codes used, with a word in place of each zero that was inferred."""
    if score.used == score.codes:
        return score.used
    pairs = zip(score.codes, score.used, strict=True)
    return tuple(used if used == code else "inferred" for code, used in pairs)


class _Prepared(NamedTuple):
    """What is the same for every score of a scale."""

    scale: Scale
    pick: Callable[[tuple[int | str | None, ...]], tuple[int | str | None, ...]]
    items: tuple[Mapping[int | str | None, ItemStep], ...]
    """For each item every step there is."""
    sets: tuple[tuple[CutoffSet, Limits], ...]


@lru_cache(maxsize=1024)
def _prepared(ready: InstrumentPlan, sex: str) -> tuple[_Prepared, ...]:
    sets = ready.instrument.cutoff_sets
    return tuple(
        _Prepared(
            scale.scale,
            scale.pick,
            tuple(_item_steps(ready, scale, number) for number in range(len(scale.positions))),
            tuple((s, _limits(s, sex)) for s in sets if s.scale == scale.scale.id),
        )
        for scale in ready.scales
    )


def _item_steps(
    ready: InstrumentPlan, scale: ScalePlan, number: int
) -> dict[int | str | None, ItemStep]:
    item = ready.instrument.items[scale.positions[number]]
    could_be = scale.blanks[number].points
    points = scale.points[number]
    return {
        **{c: ItemStep(item, c, "answered", (points[c],) * 2) for c in ready.instrument.legal(item)},
        **({"inferred": ItemStep(item, 0, "inferred", (points[0],) * 2)} if 0 in points else {}),
        None: ItemStep(item, None, "missing", (min(could_be), max(could_be))),
    }


def _limits(cutoffs: CutoffSet, sex: str) -> Limits:
    """Return the limits that count for a sex: those for all, its own, or else every one."""
    named = {ALL, sex} & set(cutoffs.limits)
    return {s: limits for s, limits in cutoffs.limits.items() if not named or s in named}
