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
from riskbehov.models.base import Labelled, Party, Text
from riskbehov.models.case import Case, Consent, Offer, OwnView, RecordedResult
from riskbehov.models.fact import Fact
from riskbehov.models.insats import Insats
from riskbehov.models.instrument import (
    CutoffSet,
    Flag,
    Item,
    RecordedMethod,
    Scale,
    ScoredInstrument,
    Section,
    Sex,
)
from riskbehov.models.process import InventoryDomain, InventoryForm
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
Unused: TypeAlias = Literal["age", "too-old"]
"""Why a recorded result is shown but not used."""
Said: TypeAlias = Literal["no", "yes", "low", "medium", "high"]
"""An end of what a view says: of a question of yes or no, or of a level of risk."""
Kind: TypeAlias = Literal["level", "need", "support", "adaptation"]
"""What several sources may say something of."""
VerdictName: TypeAlias = Literal["applies", "does-not-apply", "cannot-tell", "not-in-force"]
ConsentState: TypeAlias = Literal["not-yet", "valid", "ended", "withdrawn"]
Agreement: TypeAlias = Literal["agrees", "own-worse", "own-better", "cannot-tell", "not-compared"]
"""How the person's own view of a domain goes with what the professional has rated and stated."""


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
    """Recorded results with a level that are too old, or of a method for another age."""
    violence: RiskSource | None
    disagree: bool
    general: tuple[RiskSource, ...] = ()
    """Every source of the risk of reoffending, the one that goes first first."""
    on_violence: tuple[RiskSource, ...] = ()
    """Every recorded result on violence that is used, the newest first."""


@dataclass(frozen=True, slots=True)
class RecordedView:
    """One result of a method scored elsewhere, and how it is used here."""

    found: RecordedResult
    method: RecordedMethod
    origin: Party | None
    """The authority that it comes from; nothing for the municipality's own."""
    last_day: dt.date
    """The last day on which it is used."""
    unused: Unused | None
    """Why it is shown but not used, if so."""


@dataclass(frozen=True, slots=True)
class View:
    """What one source says on a question: an interval from no to yes, or of levels of risk."""

    basis: Literal["recorded", "professional", "suggestion", "stated"]
    source: str
    """The method's id, ``professional``, ``matrix`` or, of a fact of the case file, ``stated``."""
    low: Said
    high: Said
    date: dt.date | None = None
    reason: str = ""
    recorded: RecordedView | None = None
    sections: tuple[Section, ...] = ()
    """Of a recorded result: the sections that say it."""
    also: tuple[str, ...] = ()
    """Keys of other questions that the same sections speak of as one."""
    code: int | None = None
    """Of a professional's rating: the code."""


@dataclass(frozen=True, slots=True)
class Question:
    """What several sources say on one thing: a level, a need, an adaptation."""

    key: str
    """``risk``, ``violence``, ``need.<area>``, ``support.<fact>``, ``<profile>.<item>``."""
    kind: Kind
    label: Text | Message
    views: tuple[View, ...]
    differ: bool
    """Whether two of them cannot both be right."""
    reason: str
    """Why one goes before another, as the case file gives it; empty where it gives none."""

    @property
    def is_open(self) -> bool:
        """Tell whether views differ and nobody has said why one goes before another."""
        return self.differ and not self.reason


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
class HeldConsent:
    """One consent, and how it stands on the day of the case."""

    consent: Consent
    state: ConsentState
    replaced: bool
    """Whether another consent that holds lets all the same be exchanged."""

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more may be fetched on it, nor on another in its place."""
        return self.state in ("ended", "withdrawn") and not self.replaced


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was got from another authority, on which day and on what ground."""

    from_: Party
    date: dt.date
    consent: str | None
    law: str
    facts: Mapping[str, Any]
    """Facts as they were told."""
    recorded: RecordedResult | None = None
    """Or the result of a method that the authority made."""


@dataclass(frozen=True, slots=True)
class ThreatStatement:
    """What the police said of the threat on one day; no level where they could not tell."""

    date: dt.date
    level: Labelled | None


@dataclass(frozen=True, slots=True)
class ThreatChange:
    """Two statements of the police, one after the other, that are not known to be the same."""

    before: ThreatStatement | None
    """Nothing where a plan was agreed before the police had said anything."""
    after: ThreatStatement

    @property
    def is_certain(self) -> bool:
        """Tell whether the level has changed, not only what is known of it."""
        return self.before is not None and None not in (self.before.level, self.after.level)


@dataclass(frozen=True, slots=True)
class Threat:
    """The threat as the police have stated it over time; never worked out here."""

    statements: tuple[ThreatStatement, ...]
    """The oldest first, one for each day."""
    plan_date: dt.date | None
    """The day on which a plan was agreed, if one was."""
    changes: tuple[ThreatChange, ...]
    """What has changed since the plan was agreed, or else with the last statement."""

    @property
    def changed(self) -> bool | None:
        """Tell whether the level has changed; nothing where that cannot be told."""
        if any(change.is_certain for change in self.changes):
            return True
        return None if self.changes else False


@dataclass(frozen=True, slots=True)
class DomainResult:
    """One domain of the inventory: the person's own view, and the professional's beside it."""

    domain: InventoryDomain
    situation: int | None
    motivation: int | None
    priority: int | None
    text: str
    areas: tuple[AreaRating, ...]
    """The need areas that it informs, as they were rated."""
    supports: tuple[tuple[Fact, bool | None], ...]
    """The support needs that it informs, and whether each is there."""
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class InventoryResult:
    """The inventory of needs and resources of one person."""

    form: InventoryForm
    date: dt.date
    domains: tuple[DomainResult, ...]
    """Every domain of the form, in its order."""

    @property
    def in_order(self) -> tuple[DomainResult, ...]:
        """Return the domains that the person has given a priority, the first one first."""
        found = [(d.priority, d) for d in self.domains if d.priority is not None]
        return tuple(d for _priority, d in sorted(found, key=lambda pair: pair[0]))

    @property
    def to_talk_about(self) -> tuple[DomainResult, ...]:
        """Return the domains in which the two views part."""
        return tuple(d for d in self.domains if d.agreement in ("own-worse", "own-better"))


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
    recorded: tuple[RecordedView, ...] = ()
    """Every recorded result, also those that are not used."""
    questions: tuple[Question, ...] = ()
    """What recorded results say something about, and what views differ on."""
    consents: tuple[HeldConsent, ...] | None = None
    """Nothing where nothing is said of consents; empty where it is known that there are none."""
    obtained: tuple[Exchange, ...] = ()
    """What was got from other authorities, the oldest first."""
    threat: Threat | None = None
    inventory: InventoryResult | None = None

    def __repr__(self) -> str:
        return f"<{self.assessment.id} of case {self.case.case}, as of {self.as_of}>"

    @property
    def disagreements(self) -> tuple[Question, ...]:
        """Return the questions on which views differ."""
        return tuple(question for question in self.questions if question.differ)

    def question(self, key: str) -> Question | None:
        """Return what is said on one thing, if anyone but the professional says anything."""
        return next((q for q in self.questions if q.key == key), None)

    def block(self, *blocks: str) -> tuple[Verdict, ...]:
        """Return the verdicts on the rules of some blocks, in rule order."""
        return tuple(v for v in self.verdicts if v.rule.block in blocks)
