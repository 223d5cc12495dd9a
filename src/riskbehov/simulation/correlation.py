"""How severities of several instruments go together, and whether an assessment tells it soundly."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import sqrt

from riskbehov.errors import did_you_mean
from riskbehov.i18n import Message, message
from riskbehov.models.assessment import Assessment
from riskbehov.models.simulation import AssessmentSimulation, Correlation, InstrumentSimulation
from riskbehov.yamlfile import Place

_LEAST = 1e-9


def correlation_matrix(
    ids: Sequence[str], told: Sequence[Correlation]
) -> tuple[tuple[float, ...], ...]:
    """Return the correlations as a symmetric matrix in the order of ``ids``."""
    values = {frozenset(each.between): each.value for each in told}
    return tuple(
        tuple(1.0 if a == b else values.get(frozenset((a, b)), 0.0) for b in ids) for a in ids
    )


def factored(matrix: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], ...] | None:
    """Return the lower triangle whose square is the matrix (Cholesky); nothing if there is none.

    In plain arithmetic, so that it is the same on every machine.

    >>> factored([[1.0, 0.6], [0.6, 1.0]])
    ((1.0,), (0.6, 0.8))
    """
    rows: list[tuple[float, ...]] = []
    for number, line in enumerate(matrix):
        row: list[float] = []
        for above, earlier in enumerate(rows):
            known = sum(a * b for a, b in zip(row, earlier, strict=False))
            row.append((line[above] - known) / earlier[above])
        rest = line[number] - sum(value**2 for value in row)
        if rest < _LEAST:
            return None
        rows.append((*row, sqrt(rest)))
    return tuple(rows)


def mismatches(
    assessment: Assessment,
    told: AssessmentSimulation,
    known: Mapping[str, InstrumentSimulation],
) -> Iterator[tuple[Place, Message]]:
    """Yield what of a simulation does not go with its assessment, with its place.

    ``known`` holds how the answers to each instrument are made up.
    """
    yield from _populations(assessment, told, known)
    yield from _correlations(assessment, told)
    for id_ in told.outcome.log_odds:
        if id_ not in assessment.instruments:
            yield ("outcome", "log_odds", id_), _no_instrument(id_, assessment)


def _populations(
    assessment: Assessment,
    told: AssessmentSimulation,
    known: Mapping[str, InstrumentSimulation],
) -> Iterator[tuple[Place, Message]]:
    for number, population in enumerate(told.populations):
        place = ("populations", number, "severity")
        for id_ in assessment.instruments:
            if id_ not in population.severity:
                yield place, message("found no population of {id!r}, expected one", id=id_)
        for id_, name in population.severity.items():
            if id_ not in assessment.instruments:
                yield (*place, id_), _no_instrument(id_, assessment)
                continue
            held = {p.id: p for p in known[id_].populations} if id_ in known else {}
            if name not in held:
                yield (*place, id_), _no_population(name, held)
                continue
            lacking = [s for s in population.people.shares if s not in held[name].severity]
            if lacking:
                yield (
                    (*place, id_),
                    message(
                        "the population {name!r} of {id!r} has no severity of {sex}, expected one"
                        " of every sex among the people",
                        name=name,
                        id=id_,
                        sex=", ".join(lacking),
                    ),
                )


def _no_instrument(found: str, assessment: Assessment) -> Message:
    return message(
        "found the instrument {found!r}, expected one of the assessment{hint}",
        found=found,
        hint=did_you_mean(found, assessment.instruments),
    )


def _no_population(found: str, known: Mapping[str, object]) -> Message:
    return message(
        "found the population {found!r}, expected one in the simulation of the instrument{hint}",
        found=found,
        hint=did_you_mean(found, known),
    )


def _correlations(
    assessment: Assessment, told: AssessmentSimulation
) -> Iterator[tuple[Place, Message]]:
    expected = {frozenset(pair) for pair in combinations(assessment.instruments, 2)}
    seen: set[frozenset[str]] = set()
    for number, each in enumerate(told.correlations):
        pair = frozenset(each.between)
        if pair not in expected:
            yield (
                ("correlations", number, "between"),
                message(
                    "found {found}, expected two different instruments of the assessment",
                    found=", ".join(each.between),
                ),
            )
        elif pair in seen:
            yield (
                ("correlations", number, "between"),
                message("found the pair {found} twice, expected once", found=_pair(pair)),
            )
        seen.add(pair)
    for pair in sorted(expected - seen, key=sorted):
        yield (
            ("correlations",),
            message("found no correlation between {pair}, expected one", pair=_pair(pair)),
        )
    if seen == expected and not factored(
        correlation_matrix(assessment.instruments, told.correlations)
    ):
        yield (
            ("correlations",),
            message(
                "no severities can have all these correlations at once, expected some nearer to 0"
            ),
        )


def _pair(pair: frozenset[str]) -> str:
    return ", ".join(sorted(pair))
