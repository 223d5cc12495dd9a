"""From an extract to the numbers that may be spread, and against those of the time before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from riskbehov import __version__
from riskbehov.errors import Fault, InputError
from riskbehov.groups.disclosure.control import Disclosed, disclose
from riskbehov.groups.disclosure.layout import Before, Cell, category_cell, lay_out_before
from riskbehov.groups.naming import Naming
from riskbehov.groups.program import require_solver
from riskbehov.groups.tables import PERSONS, TOTAL, Counts, Table, count
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.library.canonical import sha256
from riskbehov.models.extract import (
    RELEASE,
    VERSION,
    Dimension,
    Extract,
    Population,
    Release,
    ReleasedGroup,
    ReleasedTable,
)

THRESHOLD = 5
"""Counts below it are held back, unless another threshold is asked for."""
BY: tuple[Dimension, ...] = ("sex", "age")


@dataclass(frozen=True, slots=True)
class Released:
    """A release, and what to say of how it was made."""

    release: Release
    notes: tuple[Message, ...]


def release(
    extract: Extract,
    library: Library,
    *,
    threshold: int = THRESHOLD,
    by: Sequence[Dimension] = BY,
    previous: Release | None = None,
) -> Released:
    """Return the counts of an extract with the small ones held back, so that none can be solved.

    Persons are counted by the assessment that was made of them: what is asked differs. Groups are
    told by sex and by age group, each for itself. With ``previous``, nothing can be solved by
    comparison either.

    Raises :class:`InputError` for a threshold below one, a previous release that cannot be
    compared, and where so few have come or left that every number would tell of them.
    """
    require_solver()
    require_threshold(threshold)
    if previous is not None:
        _require_alike(extract, previous, threshold=threshold, by=by)
    found: list[tuple[Counts, Disclosed]] = []
    for id_ in library.assessment_ids:
        records = [record for record in extract.records if record.assessment == id_]
        counts = count(records, library.assessment(id_), library, by)
        disclosed = disclose(counts, threshold, _before(counts, previous, threshold))
        if disclosed is not None:
            found.append((counts, disclosed))
    shown = [counts.assessment for counts, _ in found]
    return Released(
        Release(
            format=RELEASE,
            version=VERSION,
            purpose=extract.purpose,
            fictional=extract.fictional,
            riskbehov=__version__,
            library=library.content_hash,
            threshold=threshold,
            by=tuple(by),
            previous=sha256(previous.model_dump(mode="json")) if previous else None,
            populations=tuple(_population(*each, library) for each in found),
            left_out=tuple(id_ for id_ in library.assessment_ids if id_ not in shown),
        ),
        (
            *threshold_notes(threshold),
            *library_notes(extract, library),
            *(_previous_notes(extract, library, previous) if previous else ()),
        ),
    )


def require_threshold(threshold: int) -> None:
    """Raise :class:`InputError` for a threshold that holds nothing back."""
    if threshold < 1:
        raise InputError(
            Fault(message("found {found}, expected at least 1", found=threshold), "--threshold")
        )


def threshold_notes(threshold: int) -> Iterator[Message]:
    """Yield what to say of a threshold that is lower than the usual one."""
    if threshold < THRESHOLD:
        yield message(
            "The threshold is {threshold}, lower than the usual {usual}: single persons are less"
            " well protected.",
            threshold=threshold,
            usual=THRESHOLD,
        )


def library_notes(extract: Extract, library: Library) -> Iterator[Message]:
    """Yield what to say of an extract that was made with other data files."""
    if extract.library != library.content_hash:
        yield message(
            "The extract was made with other data files than those in use now. The names and"
            " limits here are those of now."
        )


def _previous_notes(extract: Extract, library: Library, previous: Release) -> Iterator[Message]:
    if previous.library != library.content_hash:
        yield message(
            "The release before was made with other data files. Only tables that both have are"
            " held against each other."
        )
    if previous.purpose != extract.purpose:
        yield message(
            'The release before had another purpose: "{purpose}". Whoever has both can compare'
            " them all the same.",
            purpose=previous.purpose,
        )


def _require_alike(
    extract: Extract, previous: Release, *, threshold: int, by: Sequence[Dimension]
) -> None:
    """Raise :class:`InputError` for a release that this one cannot be held against."""
    faults = []
    if previous.threshold != threshold:
        faults.append(
            message(
                "found the threshold {found}, expected {expected} as now: what the one holds back"
                " the other would tell",
                found=previous.threshold,
                expected=threshold,
            )
        )
    if set(previous.by) != set(by):
        faults.append(
            message(
                "found groups by {found}, expected {expected} as now",
                found=", ".join(previous.by),
                expected=", ".join(by),
            )
        )
    if previous.fictional != extract.fictional:
        faults.append(
            message("found fictional and real cases together, expected only the one or the other")
        )
    if faults:
        raise InputError([Fault(sentence, "--previous") for sentence in faults])


def _before(counts: Counts, previous: Release | None, threshold: int) -> Before | None:
    """Return what was told of the same assessment before.

    Raises :class:`InputError` where it contradicts itself, and where so few have come or left that
    a comparison would tell of them.
    """
    if previous is None:
        return None
    same = [p for p in previous.populations if p.assessment == counts.assessment]
    if not same:
        return None  # fewer than the threshold then, or none: nothing was told that could be less
    if {group.id for group in same[0].groups} != {group.id for group in counts.groups}:
        raise InputError(
            Fault(
                message(
                    "found the groups {found}, expected {expected} as now: the age groups have"
                    " changed since",
                    found=", ".join(group.id for group in same[0].groups),
                    expected=", ".join(group.id for group in counts.groups),
                ),
                "--previous",
            )
        )
    told = _told(same[0], counts)
    persons = told.get(Cell(PERSONS, PERSONS, TOTAL))
    before = Before(told, persons or 0)
    if persons is None or lay_out_before(counts, counts.tables, before) is None:
        raise InputError(
            Fault(
                message(
                    "found counts of {assessment} that contradict each other, expected a release as"
                    " riskbehov group wrote it",
                    assessment=counts.assessment,
                ),
                "--previous",
            )
        )
    now = counts.counts.get((PERSONS, 0, TOTAL), 0)
    if 0 < abs(now - persons) < threshold:
        raise InputError(
            Fault(
                message(
                    "found fewer than {threshold} persons more or less than in the release before"
                    " ({assessment}), expected none or at least {threshold}: two releases together"
                    " would tell of them; wait until there are more",
                    threshold=threshold,
                    assessment=counts.assessment,
                ),
                "--previous",
            )
        )
    return before


def _told(population: Population, counts: Counts) -> dict[Cell, int]:
    """Return the cells that a release told, as far as the tables are those of now."""
    groups = {group.id for group in counts.groups}
    tables = {table.id: table for table in counts.tables}
    told = {}
    for table in population.tables:
        known = tables.get(table.id)
        categories = {category.id for category in known.categories} if known else set()
        for group, row in table.cells.items():
            for category, value in zip(table.categories, row, strict=True):
                if value is not None and group in groups and category in categories:
                    told[Cell(table.id, category, group)] = value
    return told


def _population(counts: Counts, disclosed: Disclosed, library: Library) -> Population:
    naming = Naming(library, library.assessment(counts.assessment))
    return Population(
        assessment=counts.assessment,
        label=str(library.assessment(counts.assessment).name),
        groups=tuple(
            ReleasedGroup(id=g.id, dimension=g.dimension, label=naming.group(g))
            for g in counts.groups
        ),
        tables=tuple(_table(table, counts, disclosed.told, naming) for table in disclosed.tables),
        left_out=tuple(table.id for table in disclosed.left_out),
    )


def _table(table: Table, counts: Counts, told: Mapping[Cell, int], naming: Naming) -> ReleasedTable:
    return ReleasedTable(
        id=table.id,
        kind=table.kind,
        label=naming.table(table),
        base=table.base,
        nested=table.is_nested,
        categories=tuple(category.id for category in table.categories),
        labels=tuple(naming.category(table, category.id) for category in table.categories),
        cells={
            group.id: tuple(
                told.get(category_cell(table, category, group.id)) for category in table.categories
            )
            for group in counts.groups
        },
    )
