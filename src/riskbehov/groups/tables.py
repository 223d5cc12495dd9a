"""What is counted of a group: the tables, who stands where in them, and the counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from riskbehov.library import Library
from riskbehov.models.assessment import INTENSITIES, RISK_LEVELS, Assessment
from riskbehov.models.extract import Answers, Dimension, Followed, Record
from riskbehov.models.instrument import ScoredInstrument

Kind: TypeAlias = Literal[
    "persons",
    "followed",
    "needs",
    "support",
    "risk",
    "intensity",
    "screening",
    "recommended",
    "insatser",
    "change",
    "scale",
    "goals",
]
Place: TypeAlias = Callable[[Record], int | None]
"""In which part of a table a record stands; nothing where it is not in the table's base."""
PERSONS = "persons"
FOLLOWED = "followed"
TOTAL = "total"
SEXES = ("female", "male", "other", "unknown")
CHANGES = ("improved", "unchanged", "worsened", "cannot-tell")
_ANSWERS = ("identified", "not-identified", "unanswered")
_ALL, _SOME, _NONE, _CANNOT_TELL, _NO_GOALS = range(5)
_MAIN, _REST, _UNTOLD = 4.0, 2.0, 1.0
"""What it costs to hold back what is asked for, its complement, and what says nothing."""


class Group(NamedTuple):
    """Some of the persons: everyone, those of one sex, or those of one age group."""

    id: str
    dimension: Dimension
    member: str
    """The sex, or the id of the age group."""


class Part(NamedTuple):
    """One part of a table: each person of its base stands in exactly one."""

    id: str
    tells_by_zero: bool
    """Whether that nobody stands here says something of those who stand elsewhere."""


class Category(NamedTuple):
    """What is told of a table: one of its parts, or several added up."""

    id: str
    parts: tuple[int, ...]
    worth: float
    """What is lost where it is held back."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its base, its parts, what is told of them, and where a record stands."""

    kind: Kind
    subject: str
    """What it is about: an area, a support need, an insats, a form; empty for the whole group."""
    base: str | None
    """The table whose first category is divided here."""
    parts: tuple[Part, ...]
    categories: tuple[Category, ...]
    place: Place

    @property
    def id(self) -> str:
        """Return the kind with what it is about."""
        return f"{self.kind}.{self.subject}" if self.subject else self.kind

    @property
    def is_nested(self) -> bool:
        """Tell whether each category lies within the one before it."""
        return self.kind == "insatser"


@dataclass(frozen=True, slots=True)
class Counts:
    """The tables of the persons who were assessed in the same way, counted by group."""

    assessment: str
    groups: tuple[Group, ...]
    tables: tuple[Table, ...]
    counts: Mapping[tuple[str, int, str], int]
    """By table, place of the part, and group."""

    def part(self, table: Table, part: int, group: Group) -> int:
        """Return how many of a group stand in one part of a table."""
        return self.counts.get((table.id, part, group.id), 0)

    def told(self, table: Table, category: Category, group: Group) -> int:
        """Return how many of a group stand in a category."""
        return sum(self.part(table, part, group) for part in category.parts)

    def base(self, table: Table, group: Group) -> int:
        """Return how many of a group a table divides."""
        return sum(self.part(table, n, group) for n in range(len(table.parts)))

    def table(self, id_: str) -> Table:
        """Return a table by its id."""
        return next(table for table in self.tables if table.id == id_)


def count(
    records: Iterable[Record], assessment: Assessment, library: Library, by: Sequence[Dimension]
) -> Counts:
    """Count the records of one assessment in every table, in total and by group."""
    tables = tuple(tables_of(assessment, library))
    counts: Counter[tuple[str, int, str]] = Counter()
    for record in records:
        groups = [TOTAL, *(_member_group(dimension, record) for dimension in by)]
        for table in tables:
            part = table.place(record)
            if part is not None:
                counts.update((table.id, part, group) for group in groups)
    return Counts(assessment.id, tuple(groups_of(assessment, library, by)), tables, dict(counts))


def _member_group(dimension: Dimension, record: Record) -> str:
    member = record.sex if dimension == "sex" else record.age_group
    return f"{dimension}.{member}"


def groups_of(assessment: Assessment, library: Library, by: Sequence[Dimension]) -> Iterator[Group]:
    """Yield everyone, the sexes, and the age groups that the assessment is for."""
    yield Group(TOTAL, "total", "")
    if "sex" in by:
        yield from (Group(f"sex.{sex}", "sex", sex) for sex in SEXES)
    ages = age_groups_of(assessment, library)
    if "age" in by and len(ages) > 1:  # one group alone is everyone
        yield from (Group(f"age.{id_}", "age", id_) for id_ in ages)


def age_groups_of(assessment: Assessment, library: Library) -> tuple[str, ...]:
    """Return the ids of the age groups that an assessment is for."""
    own = assessment.ages
    return tuple(
        group.id
        for group in library.age_groups
        if (own.to is None or group.ages.from_ <= own.to)
        and (group.ages.to is None or own.from_ <= group.ages.to)
    )


def tables_of(assessment: Assessment, library: Library) -> Iterator[Table]:
    """Yield every table of the group; they follow from the library, never from the records."""
    yield _divided("persons", "", None, [("persons", True, _MAIN)], lambda _record: 0)
    yield _divided(
        "followed",
        "",
        PERSONS,
        [("followed", False, _MAIN), ("not-followed", False, _UNTOLD)],
        lambda record: int(record.followed is None),
    )
    areas = [item.id for item in library.scored(assessment.needs).items] if assessment.needs else []
    supports = [fact.id for fact in library.facts.values() if fact.topic == "support"]
    forms = screening_forms(assessment, library)
    yield from (_answers("needs", area, lambda r: r.first.needs) for area in areas)
    yield from (_answers("support", fact, lambda r: r.first.support_needs) for fact in supports)
    if library.matrix(assessment.id) is not None:
        yield from _levels()
    yield from (_screening(form.id) for form in forms)
    yield from (_recommended(id_) for id_ in library.insatser)
    yield from (_insats(id_) for id_ in library.insatser)
    yield from (_change("change", area, lambda f: f.areas) for area in areas)
    for form in forms:
        yield from (_change("scale", s, lambda f: f.scales) for s in followed_scales(form))
    yield _goals()


def screening_forms(assessment: Assessment, library: Library) -> tuple[ScoredInstrument, ...]:
    """Return the forms of an assessment that have points."""
    found = map(library.scored, assessment.instruments)
    return tuple(form for form in found if form.kind == "questionnaire")


def followed_scales(form: ScoredInstrument) -> tuple[str, ...]:
    """Return the scales of a form whose change is told: those with published limits."""
    limited = {limits.scale for limits in form.cutoff_sets}
    return tuple(f"{form.id}.{scale.id}" for scale in form.scales if scale.id in limited)


def _divided(
    kind: Kind,
    subject: str,
    base: str | None,
    parts: Sequence[tuple[str, bool, float]],
    place: Place,
) -> Table:
    return Table(
        kind,
        subject,
        base,
        tuple(Part(id_, zero) for id_, zero, _worth in parts),
        tuple(Category(id_, (n,), worth) for n, (id_, _zero, worth) in enumerate(parts)),
        place,
    )


def _answers(kind: Kind, subject: str, of: Callable[[Record], Answers]) -> Table:
    def place(record: Record) -> int:
        answers = of(record)
        if subject in answers.identified:
            return 0
        return 1 if subject in answers.not_identified else 2

    named = zip(_ANSWERS, (True, True, False), (_MAIN, _REST, _UNTOLD), strict=True)
    return _divided(kind, subject, PERSONS, list(named), place)


def _levels() -> Iterator[Table]:
    """Yield the levels of risk and of intensity; several possible ones are one part."""

    def risk(record: Record) -> int:
        span = record.first.risk
        return RISK_LEVELS.index(span.low) if span.low == span.high else len(RISK_LEVELS)

    def intensity(record: Record) -> int:
        span = record.first.intensity
        certain = span is not None and span.low == span.high
        return INTENSITIES.index(span.low) if span and certain else len(INTENSITIES)

    several = ("several-possible", False, _UNTOLD)
    yield _divided(
        "risk", "", PERSONS, [*((level, True, _MAIN) for level in RISK_LEVELS), several], risk
    )
    yield _divided(
        "intensity",
        "",
        PERSONS,
        [*((level, True, _MAIN) for level in INTENSITIES), several],
        intensity,
    )


def _screening(form: str) -> Table:
    order = ("reached", "not-reached", "cannot-tell")

    def place(record: Record) -> int:
        found = record.first.screening.get(form)
        return order.index(found.problem) if found else len(order)

    parts = [
        ("reached", True, _MAIN),
        ("not-reached", True, _REST),
        ("cannot-tell", False, _UNTOLD),
        ("not-filled-in", False, _UNTOLD),
    ]
    return _divided("screening", form, PERSONS, parts, place)


def _recommended(insats: str) -> Table:
    return _divided(
        "recommended",
        insats,
        PERSONS,
        [("recommended", True, _MAIN), ("not-recommended", True, _REST)],
        lambda record: int(insats not in record.insatser.recommended),
    )


def _insats(insats: str) -> Table:
    """Return how far an insats came: told as agreed, given, completed, each within the last."""

    def place(record: Record) -> int:
        held = record.insatser
        return sum(insats in step for step in (held.agreed, held.given, held.completed))

    return Table(
        "insatser",
        insats,
        PERSONS,
        (
            Part("not-agreed", tells_by_zero=True),
            Part("not-given", tells_by_zero=False),
            Part("not-completed", tells_by_zero=False),
            Part("completed", tells_by_zero=True),
        ),
        (
            Category("agreed", (1, 2, 3), _REST),
            Category("given", (2, 3), _MAIN),
            Category("completed", (3,), _REST),
        ),
        place,
    )


def _change(kind: Kind, subject: str, of: Callable[[Followed], Mapping[str, str]]) -> Table:
    parts = [
        ("improved", True, _MAIN),
        ("unchanged", True, _REST),
        ("worsened", True, _MAIN),
        ("cannot-tell", False, _UNTOLD),
    ]

    def place(record: Record) -> int | None:
        return None if record.followed is None else CHANGES.index(of(record.followed)[subject])

    return _divided(kind, subject, FOLLOWED, parts, place)


def _goals() -> Table:
    """Return how many reached their goals: persons and not goals, so that each counts once."""

    def place(record: Record) -> int | None:
        if record.followed is None:
            return None
        goals = record.followed.goals
        if goals.yes and not (goals.partly or goals.no or goals.unknown):
            return _ALL
        if goals.yes or goals.partly:
            return _SOME
        if goals.unknown:
            return _CANNOT_TELL
        return _NONE if goals.no else _NO_GOALS

    parts = [
        ("all", True, _MAIN),
        ("some", True, _MAIN),
        ("none", True, _MAIN),
        ("cannot-tell", False, _UNTOLD),
        ("no-goals", False, _UNTOLD),
    ]
    return _divided("goals", "", FOLLOWED, parts, place)
