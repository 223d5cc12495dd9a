"""A release to read: what is told of a group, in total, by sex and by age group."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from riskbehov.groups.release import Released
from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.models.extract import Dimension, Population, Release, ReleasedTable
from riskbehov.models.source import Citation
from riskbehov.report.cite import cited
from riskbehov.report.document import (
    Block,
    Callout,
    Definitions,
    Heading,
    Note,
    Paragraph,
    Picture,
    Table,
    Term,
    bullets,
)
from riskbehov.report.words import capital, listed, many

HELD = ".."
"""What stands for a count that is held back."""
GROUPS = Citation(
    source="sos-avhoppare-2025",
    locator="s. 25, Följer upp, Individbaserad systematisk uppföljning (ISU)",
    basis="recommended",
)
"""Who says that work with single persons is summed up by group."""
OWN = Citation(
    source="riskbehov",
    locator="docs/metod.md, Undertryckning av små tal; Åldersgrupper",
    basis="toolkit",
)
SECTIONS: Mapping[str, str] = {
    "needs": N_("Needs at the first assessment"),
    "support": N_("Support needs at the first assessment"),
    "risk": N_("Risk of reoffending at the first assessment"),
    "intensity": N_("Intensity at the first assessment"),
    "screening": N_("Screening at the first assessment"),
    "recommended": N_("Insatser that were recommended"),
    "insatser": N_("Insatser that were agreed, given and completed"),
    "change": N_("Change in need areas, first to last assessment"),
    "scale": N_("Change in screening, first to last assessment"),
    "goals": N_("Goals of those followed up"),
}
"""Kinds of tables that stand together, in the order in which they are told."""
FEATURED: Mapping[str, tuple[str, ...]] = {
    "needs": ("identified",),
    "support": ("identified",),
    "screening": ("reached",),
    "recommended": ("recommended",),
    "insatser": ("given",),
    "change": ("improved", "worsened"),
    "scale": ("improved", "worsened"),
}
"""The categories that are told by group too; of the other kinds it is all."""
_BY: Mapping[Dimension, str] = {"sex": N_("{category}, by sex"), "age": N_("{category}, by age")}


@dataclass(frozen=True, slots=True)
class Counted:
    """A population with its cells at hand."""

    population: Population

    def table(self, id_: str) -> ReleasedTable | None:
        """Return a table, if anything is told of it."""
        return next((table for table in self.population.tables if table.id == id_), None)

    def of_kind(self, kind: str) -> list[ReleasedTable]:
        """Return the tables of a kind."""
        return [table for table in self.population.tables if table.kind == kind]

    def cell(self, table: ReleasedTable, category: str, group: str) -> int | None:
        """Return a count, if it is told."""
        return table.cells[group][table.categories.index(category)]

    def base(self, table: ReleasedTable, group: str) -> int | None:
        """Return the count that a table divides, if it is told."""
        above = self.table(table.base) if table.base else None
        return above.cells[group][0] if above else None

    def told(self, table: ReleasedTable, category: str, group: str) -> str:
        """Return a count with its share in words; signs where it is held back."""
        value = self.cell(table, category, group)
        base = self.base(table, group)
        if value is None:
            return HELD
        if not base or table.base is None:
            return str(value)
        return _("{count} ({share} %)", count=value, share=round(100 * value / base))

    def groups(self, dimension: Dimension) -> list[tuple[str, str]]:
        """Return the groups of a dimension of which it is told how many they are."""
        persons = self.table("persons")
        return [
            (group.id, group.label)
            for group in self.population.groups
            if group.dimension == dimension and persons and persons.cells[group.id][0] is not None
        ]

    @property
    def untold(self) -> list[str]:
        """Return what the groups are called of which nothing is told."""
        shown = {id_ for by in ("total", "sex", "age") for id_, _label in self.groups(by)}
        return [group.label for group in self.population.groups if group.id not in shown]


def released_blocks(
    found: Released, library: Library, figure: Picture | None = None
) -> tuple[Block, ...]:
    """Return a release as a report, with the figure that was drawn of it, if any."""
    release = found.release
    blocks = [*_head(found), *_limits(release)]
    if figure is not None:
        blocks.append(figure)
    for population in release.populations:
        blocks += _population(Counted(population))
    return (*blocks, *_closing(release, library))


def _head(found: Released) -> Iterator[Block]:
    release = found.release
    yield Heading(_("Follow-up of a group"), 1)
    yield Definitions(
        (
            Term(_("Purpose"), release.purpose),
            Term(_("Cases"), _("all fictional") if release.fictional else _("all real")),
            Term(
                _("Held back"),
                _(
                    "counts below {threshold}, and further counts by which they could be worked"
                    " out",
                    threshold=release.threshold,
                ),
            ),
            Term(
                _("Held against"),
                _("the release before") if release.previous else _("no release before"),
            ),
        )
    )
    if found.notes:
        yield Callout("warning", _("To know"), (bullets(found.notes),))
    if not release.populations:
        yield Paragraph(
            _(
                "Nothing can be told: there are fewer than {threshold} persons in each assessment.",
                threshold=release.threshold,
            )
        )


def _limits(release: Release) -> Iterator[Block]:
    if release.populations:
        yield Note(
            _(
                '"{held}" stands for a count that is held back: it is below {threshold}, or zero'
                " where zero tells something, or it is needed to protect such a count. Shares are"
                " worked out of published counts only.",
                held=HELD,
                threshold=release.threshold,
            )
        )


def _population(counted: Counted) -> Iterator[Block]:
    population = counted.population
    yield Heading(population.label, 2)
    yield from _persons(counted)
    for kind, title in SECTIONS.items():
        tables = counted.of_kind(kind)
        if tables:
            yield Heading(_(title), 3)
            yield from _section(counted, kind, tables)
    if population.left_out:
        yield Note(
            _(
                "Of {count} further tables no number can be told: too few stand in them, or nobody."
                " Their ids stand in the JSON.",
                count=len(population.left_out),
            )
        )


def _persons(counted: Counted) -> Iterator[Block]:
    persons, followed = counted.table("persons"), counted.table("followed")
    rows = []
    for dimension in ("total", "sex", "age"):
        for id_, label in counted.groups(dimension):
            number = counted.told(persons, "persons", id_) if persons else HELD
            again = counted.told(followed, "followed", id_) if followed else HELD
            rows.append((capital(label), number, again))
    yield Table((_("Group"), _("Persons"), _("With a second assessment")), tuple(rows))
    if counted.untold:
        yield Note(
            _(
                "Not told by themselves, for they are too few, none, or needed to protect others:"
                " {groups}.",
                groups=many(counted.untold),
            )
        )


def _section(counted: Counted, kind: str, tables: Sequence[ReleasedTable]) -> Iterator[Block]:
    featured = FEATURED.get(kind)
    if featured is None:
        for table in tables:
            yield from _by_group(counted, table)
        return
    first = tables[0]
    head = ("", *map(capital, first.labels))
    rows = [
        (capital(t.label), *(counted.told(t, category, "total") for category in t.categories))
        for t in tables
        if any(t.cells["total"])
    ]
    if rows:
        yield Table(head, tuple(rows))
    for dimension in ("sex", "age"):
        for category in featured:
            yield from _featured(counted, tables, category, dimension)


def _featured(
    counted: Counted, tables: Sequence[ReleasedTable], category: str, dimension: Dimension
) -> Iterator[Block]:
    """Yield one category of several tables by group, where anything is told of it."""
    groups = counted.groups(dimension)
    rows = [
        (capital(table.label), *(counted.told(table, category, id_) for id_, _label in groups))
        for table in tables
        if any(counted.cell(table, category, id_) for id_, _label in groups)
    ]
    if rows:
        label = tables[0].labels[tables[0].categories.index(category)]
        yield Paragraph(_(_BY[dimension], category=capital(label)) + ":", is_strong=True)
        yield Table(("", *(capital(label) for _id, label in groups)), tuple(rows))


def _by_group(counted: Counted, table: ReleasedTable) -> Iterator[Block]:
    """Yield all categories of one table by group."""
    rows = [
        (capital(label), *(counted.told(table, category, id_) for category in table.categories))
        for dimension in ("total", "sex", "age")
        for id_, label in counted.groups(dimension)
        if any(table.cells[id_])  # zeros alone say nothing
    ]
    if rows:
        yield Table((_("Group"), *map(capital, table.labels)), tuple(rows))


def _closing(release: Release, library: Library) -> Iterator[Block]:
    if release.left_out:
        names = [
            str(library.assessment(id_).name) if id_ in library.assessment_ids else id_
            for id_ in release.left_out
        ]
        yield Note(
            _(
                "Not told of, for they are fewer than {threshold}, none, or cannot be told of"
                " beside the release before: {assessments}.",
                threshold=release.threshold,
                assessments=listed(names),
            )
        )
    yield Heading(_("How to read this"), 2)
    yield bullets(
        (
            _(
                "Persons are counted, each once, and by the assessment that was made of them."
                " Needs, risk and screening are as at the first assessment."
            ),
            _(
                "Change is any difference in rating or points between the first and the last"
                " assessment. It does not show that an insats worked: there is nobody to compare"
                " with, and those with a second assessment may differ from the others."
            ),
            _(
                "Whoever knows all the numbers here, and those of the release before where one was"
                " given, cannot rule out that a count that was held back for being small is zero,"
                " nor that it is {threshold}.",
                threshold=release.threshold,
            ),
        )
    )
    yield from cited((GROUPS, OWN), library)
