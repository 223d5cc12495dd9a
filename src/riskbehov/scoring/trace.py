"""From answer to band, step by step: a second walk over a score, made only when asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from riskbehov.models.instrument import ALL, CutoffSet, Item, Range, Scale
from riskbehov.models.result import Bands, Score
from riskbehov.scoring.plan import plan


@dataclass(frozen=True, slots=True)
class ItemStep:
    """One item: the code, its points, and whether it was answered, inferred or is missing."""

    item: Item
    code: int | None
    origin: Literal["answered", "inferred", "missing"]
    points: tuple[int, int]


@dataclass(frozen=True, slots=True)
class BandStep:
    """One cut-off set: the bands reached, and the limits they were read from."""

    set: CutoffSet
    bands: Bands | None
    limits: Mapping[str, Mapping[str, Range]]


@dataclass(frozen=True, slots=True)
class Step:
    """One scale: its items, their sum, and the bands by every set."""

    scale: Scale
    items: tuple[ItemStep, ...]
    low: int
    high: int
    bands: tuple[BandStep, ...]


def trace(score: Score) -> tuple[Step, ...]:
    """Return how every scale of a score came about."""
    ready = plan(score.instrument)
    return tuple(
        Step(
            scale.scale,
            tuple(
                _item(score, position, points)
                for position, points in zip(scale.positions, scale.points, strict=True)
            ),
            score.scales[scale.scale.id].low,
            score.scales[scale.scale.id].high,
            tuple(_bands(score, scale.scale.id)),
        )
        for scale in ready.scales
    )


def _item(score: Score, position: int, points: Mapping[int, int]) -> ItemStep:
    item = score.instrument.items[position]
    code = score.used[position]
    if code is None:
        return ItemStep(item, None, "missing", (min(points.values()), max(points.values())))
    origin: Literal["answered", "inferred"] = (
        "inferred" if score.codes[position] is None else "answered"
    )
    return ItemStep(item, code, origin, (points[code], points[code]))


def _bands(score: Score, scale: str) -> Iterator[BandStep]:
    for cutoffs in score.instrument.cutoff_sets:
        if cutoffs.scale == scale:
            strata = (ALL, score.sex) if {ALL, score.sex} & set(cutoffs.limits) else cutoffs.limits
            limits = {s: cutoffs.limits[s] for s in cutoffs.limits if s in strata}
            yield BandStep(cutoffs, score.bands[cutoffs.id], limits)
