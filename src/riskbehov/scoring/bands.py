"""Which bands are possible, and which missing answer the band hangs on.

Exact and without trying every fill: the sums that the blanks can give are the bits of one whole
number, shifted and joined once for each blank, so that 43 blanks are no harder than three.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TypeAlias

from riskbehov.models.instrument import SEXES
from riskbehov.models.result import Bands
from riskbehov.scoring.plan import Blank, SetPlan, Sums, Table

Candidates: TypeAlias = tuple[SetPlan | None, ...]
"""The sets that may be the person's: several while the age is unknown, ``None`` for no set."""

_NO_SET: Table = {None: -1}
"""No band, whatever the sum: every bit is set."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far a scale's band can be told."""

    is_certain: bool
    decisive: tuple[str, ...]
    """Blanks, ``sex``, ``age``: some fill of the others makes the band depend on it."""
    settling: tuple[str, ...]
    """Those of which one answer alone can make the band certain, if it is not."""


def judge(
    known: int,
    blanks: Sequence[Blank],
    candidates: Candidates,
    sex: str,
    leads: Iterable[tuple[str, Sums]] = (),
) -> Judgement:
    """Judge a scale with ``known`` points and some blanks by the sets that may be the person's.

    ``leads`` are answers that a skip rule takes further: the item, and the sums then possible.
    """
    sums = reach(known, blanks)
    certain = _is_certain(sums, candidates, sex)
    # Items that could give the same points decide alike, so that one of each kind is tried.
    rest = {blank.points: reach(known, _without_one(blanks, blank)) for blank in blanks}
    deciding = {p for p, others in rest.items() if _item_decides(p, others, candidates, sex)}
    decisive = [blank.name for blank in blanks if blank.points in deciding]
    tries = {blank.name: [rest[blank.points] << p for p in blank.points] for blank in blanks}
    for name, led in leads:
        tries.setdefault(name, []).append(led)
    settling = [n for n, t in tries.items() if any(_is_certain(s, candidates, sex) for s in t)]
    if sex == "unknown":
        decisive += ["sex"] * _sex_decides(sums, candidates)
        settling += ["sex"] * any(_is_certain(sums, candidates, s) for s in SEXES)
    if len(candidates) > 1:
        decisive += ["age"] * _age_decides(sums, candidates, sex)
        settling += ["age"] * any(
            _is_certain(sums, (c,), sex) if c else not blanks for c in candidates
        )
    return Judgement(certain, tuple(decisive), () if certain else tuple(settling))


def reach(known: int, blanks: Iterable[Blank]) -> Sums:
    """Return the sums that ``known`` points and the blanks can give."""
    return reduce(lambda sums, b: reduce(or_, (sums << p for p in b.points)), blanks, 1 << known)


def ends(sums: Sums) -> tuple[int, int]:
    """Return the least and the greatest of some sums."""
    return (sums & -sums).bit_length() - 1, sums.bit_length() - 1


def possible(cutoffs: SetPlan, sums: Sums, sex: str) -> Bands:
    """Return the lowest and the highest band of a set over some sums."""
    found = [
        position
        for s in _sexes(sex)
        for position, held in enumerate(cutoffs.tables[s].values())
        if held & sums
    ]
    return Bands(cutoffs.set, min(found), max(found))


def _sexes(sex: str) -> Sequence[str]:
    """Return the sexes whose limits count: both where the tables have no such sex."""
    return (sex,) if sex in SEXES else SEXES


def _tables(candidates: Candidates, sex: str) -> list[Table]:
    return [c.tables[s] if c else _NO_SET for s in _sexes(sex) for c in candidates]


def _is_certain(sums: Sums, candidates: Candidates, sex: str) -> bool:
    tables = _tables(candidates, sex)
    return len({band for table in tables for band, held in table.items() if held & sums}) == 1


def _item_decides(points: frozenset[int], rest: Sums, candidates: Candidates, sex: str) -> bool:
    return any(
        rest & ~_alike([{band: held >> p for band, held in table.items()} for p in points])
        for table in _tables(candidates, sex)
    )


def _sex_decides(sums: Sums, candidates: Candidates) -> bool:
    return any(sums & ~_alike([c.tables[s] for s in SEXES]) for c in candidates if c)


def _age_decides(sums: Sums, candidates: Candidates, sex: str) -> bool:
    return any(sums & ~_alike(_tables(candidates, s)) for s in _sexes(sex))


def _alike(tables: Sequence[Table]) -> Sums:
    """Return the sums for which all tables give the same band."""
    return reduce(or_, (reduce(and_, (t.get(band, 0) for t in tables)) for band in tables[0]), 0)


def _without_one(blanks: Sequence[Blank], blank: Blank) -> list[Blank]:
    return [b for b in blanks if b is not blank]
