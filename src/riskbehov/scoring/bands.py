"""Which bands are possible, and which missing answer the band hangs on.

Exact and without trying every fill: the sums that the blanks can give are the bits of one whole
number, shifted and joined once for each blank, so that 43 blanks are no harder than three.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from riskbehov.scoring.plan import SetPlan

Blank = tuple[str, frozenset[int]]
"""A missing item and the points that it could give."""
Sums = int
"""A set of sums: bit n is set when the sum n can be reached."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far a scale's band can be told."""

    is_certain: bool | None
    """Whether the band is the same all over; ``None`` where no set applies."""
    decisive: tuple[str, ...]
    settling: tuple[str, ...]


def judge(
    known: int, blanks: Sequence[Blank], candidates: Sequence[SetPlan | None], sex: str
) -> Judgement:
    """Judge a scale with ``known`` points and some blanks by the sets that may be the person's.

    *Decisive* is a blank (or ``sex``, ``age``) for which some fill of the others makes the band
    depend on it; *settling* is one whose answer alone could make the band certain.
    """
    if all(candidate is None for candidate in candidates):
        return Judgement(None, (), ())
    if not blanks and len(candidates) == 1 and candidates[0] is not None:
        tables = candidates[0].strata(sex)
        first = candidates[0].first
        if len({table[known - first] for table in tables}) == 1:
            return Judgement(True, (), ())  # noqa: FBT003 - the common case, kept short
    return _Judge(known, blanks, candidates, sex).judgement()


class _Judge:
    """One scale's blanks and the views that may be the person's, held together while judging."""

    def __init__(
        self, known: int, blanks: Sequence[Blank], candidates: Sequence[SetPlan | None], sex: str
    ) -> None:
        self.known = known
        self.blanks = blanks
        self.candidates = candidates
        self.sex = sex
        self.sums = _reach(1 << known, blanks)
        self.others = [
            _reach(1 << known, [b for b in blanks if b is not blank]) for blank in blanks
        ]

    def judgement(self) -> Judgement:
        certain = len(self.bands(self.sums)) == 1
        decisive = [
            name for (name, _), v in zip(self.blanks, self.item_decides(), strict=True) if v
        ]
        settling = [
            name for (name, _), v in zip(self.blanks, self.item_settles(), strict=True) if v
        ]
        if self.sex == "unknown":
            decisive += ["sex"] * self.sex_decides()
            settling += ["sex"] * (not certain and self.sex_settles())
        if len(self.candidates) > 1:
            decisive += ["age"] * self.age_decides()
            settling += ["age"] * (not certain and self.age_settles())
        return Judgement(certain, tuple(decisive), tuple(settling) if not certain else ())

    def tables(self, sex: str) -> Iterable[tuple[int, tuple[int, ...]] | None]:
        """Yield every table that may be the person's with its first score; None for no set."""
        for candidate in self.candidates:
            if candidate is None:
                yield None
            else:
                for table in candidate.strata(sex):
                    yield candidate.first, table

    def bands(self, sums: Sums) -> set[str | None]:
        """Return the ids of all bands possible over some sums; None for a view without bands."""
        found: set[str | None] = set()
        for candidate in self.candidates:
            found |= {None} if candidate is None else _band_ids(candidate, self.sex, sums)
        return found

    def item_decides(self) -> Iterable[bool]:
        for (_, points), others in zip(self.blanks, self.others, strict=True):
            yield any(
                len({table[s + p - first] for p in points}) > 1
                for view in self.tables(self.sex)
                if view is not None
                for first, table in (view,)
                for s in _members(others)
            )

    def item_settles(self) -> Iterable[bool]:
        for (_, points), others in zip(self.blanks, self.others, strict=True):
            yield any(len(self.bands(others << p)) == 1 for p in points)

    def sex_decides(self) -> bool:
        return any(
            len({table[s - c.first] for table in c.strata(self.sex)}) > 1
            for c in self.candidates
            if c is not None
            for s in _members(self.sums)
        )

    def sex_settles(self) -> bool:
        return len(self.candidates) == 1 and any(
            len({table[s - c.first] for s in _members(self.sums)}) == 1
            for c in self.candidates
            if c is not None
            for table in c.strata(self.sex)
        )

    def age_decides(self) -> bool:
        return any(
            len(
                {
                    None if c is None else frozenset(_band_ids(c, self.sex, 1 << s))
                    for c in self.candidates
                }
            )
            > 1
            for s in _members(self.sums)
        )

    def age_settles(self) -> bool:
        return any(
            (not self.blanks if c is None else len(_band_ids(c, self.sex, self.sums)) == 1)
            for c in self.candidates
        )


def _reach(start: Sums, blanks: Iterable[Blank]) -> Sums:
    """Return the sums that can be reached from ``start`` by filling the blanks."""
    return reduce(
        lambda sums, blank: reduce(lambda a, p: a | sums << p, blank[1], 0), blanks, start
    )


def _members(sums: Sums) -> list[int]:
    return [n for n in range(sums.bit_length()) if sums >> n & 1]


def _band_ids(candidate: SetPlan, sex: str, sums: Sums) -> set[str | None]:
    return {
        candidate.set.bands[table[s - candidate.first]].id
        for table in candidate.strata(sex)
        for s in _members(sums)
    }
