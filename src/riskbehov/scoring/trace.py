"""From answer to band, step by step: a second walk over a score, made only when asked for."""

from collections.abc import Mapping
from functools import lru_cache
from operator import getitem
from typing import Literal, NamedTuple, TypeAlias

from riskbehov.models.instrument import ALL, CutoffSet, Item, Range, Scale
from riskbehov.models.result import Bands, Score
from riskbehov.scoring.plan import InstrumentPlan, Points, ScalePlan, plan

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
    prepared = _prepared(plan(score.instrument), score.sex)
    codes = _with_origin(score)
    items = {counted: tuple(map(getitem, t, codes)) for counted, t in prepared.items.items()}
    steps = []
    for scale, sets in prepared.scales:
        found = score.scales[scale.id]
        bands = [BandStep(s, score.bands[id_], limits) for id_, s, limits in sets]
        its_items = scale.pick(items[scale.counted])
        steps.append(Step(scale.scale, its_items, found.low, found.high, tuple(bands)))
    return tuple(steps)


def _with_origin(score: Score) -> tuple[int | str | None, ...]:
    """Return the codes used, with a word in place of each zero that was inferred."""
    if score.used == score.codes:
        return score.used
    pairs = zip(score.codes, score.used, strict=True)
    return tuple(used if used == code else "inferred" for code, used in pairs)


class _Prepared(NamedTuple):
    """What is the same for every score of an instrument and a sex."""

    items: Mapping[int | None, tuple[Mapping[int | str | None, ItemStep], ...]]
    """For each item every step there is, by the least code that is counted."""
    scales: tuple[tuple[ScalePlan, tuple[tuple[str, CutoffSet, Limits], ...]], ...]
    """Each scale with its sets, their ids and the limits that count."""


@lru_cache(maxsize=1024)
def _prepared(ready: InstrumentPlan, sex: str) -> _Prepared:
    instrument = ready.instrument
    sets = [(s.id, s, _limits(s, sex)) for s in instrument.cutoff_sets]
    return _Prepared(
        items={
            counted: tuple(map(_item_steps, instrument.items, points))
            for counted, points in ready.points.items()
        },
        scales=tuple(
            (scale, tuple(s for s in sets if s[1].scale == scale.id)) for scale in ready.scales
        ),
    )


def _item_steps(item: Item, points: Points) -> dict[int | str | None, ItemStep]:
    """Return what an item may come to: answered by each code, inferred to be zero, missing."""
    given = {code: (p, p) for code, p in points.items() if code is not None}
    least, greatest = min(given.values())[0], max(given.values())[0]
    return {
        **{code: ItemStep(item, code, "answered", p) for code, p in given.items()},
        "inferred": ItemStep(item, 0, "inferred", given.get(0, (0, 0))),
        None: ItemStep(item, None, "missing", (least, greatest)),
    }


def _limits(cutoffs: CutoffSet, sex: str) -> Limits:
    """Return the limits that count for a sex: those for all, its own, or else every one."""
    named = {ALL, sex} & set(cutoffs.limits)
    return {s: limits for s, limits in cutoffs.limits.items() if not named or s in named}
