"""What comes out: scores, verdicts, needs, plan. Frozen, made only by this package.

These are dataclasses and not pydantic models: nothing in them comes from outside, so there is
nothing to check. A score is made a million times, so it is a named tuple, made in half the time.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from riskbehov.i18n import Message
from riskbehov.models.assessment import Assessment, Intensity, RiskLevel
from riskbehov.models.case import Case, Offer, OwnView, RecordedResult
from riskbehov.models.fact import Fact
from riskbehov.models.insats import Insats
from riskbehov.models.instrument import CutoffSet, Flag, Item, Scale, ScoredInstrument, Sex
from riskbehov.models.rule import LegalText, Rule

State: TypeAlias = Literal["certain", "provisional", "omitted"]
Cause: TypeAlias = Literal[
    "no-recommendation",
    "declined",
    "not-offered",
    "cannot-tell",
    "placement-only",
    "requirement",
    "one-of",
]
"""Why a target has no insats."""
VerdictName: TypeAlias = Literal["applies", "does-not-apply", "cannot-tell", "not-in-force"]


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands at the two ends of a score: positions in the set's list of bands."""

    set: CutoffSet
    low: int
    high: int

    @property
    def ids(self) -> tuple[str, str]:
        """Return the ids of the lowest and the highest band that is possible."""
        return self.set.bands[self.low].id, self.set.bands[self.high].id


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """One scale: the least and greatest score, and how far it can be told."""

    scale: Scale
    low: int
    high: int
    state: State
    set: CutoffSet | None
    """The cut-off set that the state is judged by."""
    missing: tuple[str, ...]
    decisive: tuple[str, ...]
    settling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A flag that is raised, or that a missing answer might raise."""

    flag: Flag
    is_certain: bool


class Score(NamedTuple):
    """One filled form, scored. ``codes`` are as answered, ``used`` with inferred zeros."""

    instrument: ScoredInstrument
    codes: tuple[int | None, ...]
    used: tuple[int | None, ...]
    sex: Sex
    age: int | None
    form: str
    state: State
    scales: Mapping[str, ScaleScore]
    bands: Mapping[str, Bands | None]
    default_set: CutoffSet | None
    flags: tuple[RaisedFlag, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the items without an answer that count as unknown."""
        return tuple(
            i.id for i, c in zip(self.instrument.items, self.used, strict=True) if c is None
        )

    @property
    def inferred(self) -> tuple[str, ...]:
        """Return the items that were left blank and mean zero by a skip rule."""
        return tuple(
            item.id
            for item, code, used in zip(self.instrument.items, self.codes, self.used, strict=True)
            if code is None and used is not None
        )

    @property
    def decisive(self) -> tuple[str, ...]:
        """Return what is missing and decisive for the total."""
        total = self.scales.get("total")
        return total.decisive if total else ()

    @property
    def settling(self) -> tuple[str, ...]:
        """Return what is missing and could settle the total alone."""
        total = self.scales.get("total")
        return total.settling if total else ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule that was looked at, and what came of it."""

    rule: Rule
    theme: str
    verdict: VerdictName
    missing: tuple[str, ...] = ()
    legal: LegalText | None = None


@dataclass(frozen=True, slots=True)
class RiskSource:
    """One ground for a risk level."""

    basis: Literal["recorded", "professional", "suggestion"]
    low: RiskLevel
    high: RiskLevel
    source: str
    """The method's id, ``professional``, or the matrix."""
    recorded: RecordedResult | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """The risk of reoffending as an interval, where it comes from, and what says otherwise."""

    low: RiskLevel
    high: RiskLevel
    chosen: RiskSource | None
    """Nothing where no source exists: then the level is unknown."""
    others: tuple[RiskSource, ...]
    expired: tuple[RecordedResult, ...]
    """Recorded results that are too old, or of a method for another age."""
    violence: RiskSource | None
    disagree: bool


@dataclass(frozen=True, slots=True)
class AreaRating:
    """One need area as it was rated."""

    item: Item
    code: int | None
    driver: bool | None
    strength: bool | None
    evidence: str
    information: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """The need areas, partitioned: identified, not identified, unanswered."""

    areas: tuple[AreaRating, ...]
    identified: tuple[str, ...]
    not_identified: tuple[str, ...]
    unanswered: tuple[str, ...]
    followed: tuple[str, ...]
    """Rated above zero but not identified: to be followed."""
    strengths: tuple[str, ...]
    count_low: int
    count_high: int
    """How many dynamic areas are identified, at least and at most."""


@dataclass(frozen=True, slots=True)
class Adaptation:
    """One answer of the responsivity profile and what to adapt."""

    item: Item
    code: int


@dataclass(frozen=True, slots=True)
class PlannedInsats:
    """One insats of a plan: which targets it covers, on which rules it rests."""

    insats: Insats
    covers: tuple[str, ...]
    parts: tuple[str, ...]
    """Of a target in parts (the substances), those that it covers."""
    rules: tuple[str, ...]
    strength: str
    own: bool | None
    cost: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A target without an insats, and why there is none."""

    target: str
    part: str | None
    """Of a target in parts (the substances), the one that is left open."""
    cause: Cause
    insatser: tuple[str, ...]
    """What would have covered it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The cover of the targets that comes first in the order of the plan, and its near equals."""

    insatser: tuple[PlannedInsats, ...]
    gaps: tuple[Gap, ...]
    alternatives: tuple[tuple[PlannedInsats, ...], ...]
    placement: tuple[str, ...]
    """Recommended instead of an institution, where a placement is already considered."""
    declined: tuple[str, ...]
    multimodal: bool | None
    offer: Offer | None
    """What the municipality has, where the plan was held to it."""


@dataclass(frozen=True, slots=True)
class SupportNeeds:
    """Needs that do not drive crime: planned for, never counted in risk or intensity."""

    identified: tuple[tuple[Fact, tuple[Verdict, ...]], ...]
    not_identified: tuple[Fact, ...]
    unanswered: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CaseFlag:
    """Something to look at in the whole case."""

    id: str
    text: Message
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the result: versions, and the definitions used with their hashes."""

    riskbehov: str
    as_of: dt.date
    hashes: Mapping[str, str]
    definitions: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """One assessed case."""

    case: Case
    as_of: dt.date
    assessment: Assessment
    scores: Mapping[str, Score]
    risk: Risk
    intensity: tuple[Intensity, Intensity] | None
    needs: Needs
    targets: tuple[str, ...]
    responsivity: tuple[Adaptation, ...]
    verdicts: tuple[Verdict, ...]
    plan: Plan
    support_needs: SupportNeeds
    own_view: OwnView | None
    flags: tuple[CaseFlag, ...]
    provenance: Provenance

    def block(self, *blocks: str) -> tuple[Verdict, ...]:
        """Return the verdicts on the rules of some blocks, in rule order."""
        return tuple(v for v in self.verdicts if v.rule.block in blocks)
