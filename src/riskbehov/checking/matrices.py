"""Tables for risk level and intensity: complete, without gap, and never falling as risk rises."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from riskbehov.checking.shelf import Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.checking.wording import not_among
from riskbehov.errors import Fault
from riskbehov.i18n import Message, message
from riskbehov.models.assessment import INTENSITIES, RISK_LEVELS, Matrix
from riskbehov.models.instrument import Range, Scale, ScoredInstrument

_MOST_AT_LOW_RISK = "moderate"

R = TypeVar("R", bound=str)


def wrong_levels(shelf: Shelf) -> Found:
    """Yield tables that name other levels than the toolkit has, or in another order."""
    for matrix in shelf.matrices.values():
        for key, held, expected in (
            ("risk_levels", matrix.value.risk_levels, RISK_LEVELS),
            ("intensities", matrix.value.intensities, INTENSITIES),
        ):
            found = tuple(level.id for level in held)
            if found != expected:
                yield matrix.fault(
                    message(
                        "found {found}, expected {expected}, in this order",
                        found=", ".join(found) or "-",
                        expected=", ".join(expected),
                    ),
                    key,
                )


def wrong_scales(shelf: Shelf) -> Found:
    """Yield tables that do not count the identified dynamic areas of the needs instrument."""
    for matrix, needs in _with_needs(shelf):
        scale = _scale(matrix.value, needs)
        if scale is None:
            known = [s.id for s in needs.scales]
            yield matrix.fault(
                not_among(matrix.value.identified_scale, known, message("a scale")),
                "identified_scale",
            )
            continue
        if scale.count_at_least != matrix.value.identified_from:
            yield matrix.fault(
                message(
                    "an area is identified from {found}, but the scale {scale!r} counts from"
                    " {expected}, expected the same",
                    found=matrix.value.identified_from,
                    scale=scale.id,
                    expected=scale.count_at_least,
                ),
                "identified_from",
            )
        dynamic = [item.id for item in needs.items if not item.static]
        if sorted(scale.items) != sorted(dynamic):
            yield matrix.fault(
                message(
                    "the scale {scale!r} counts {found}, expected the areas that are not static:"
                    " {expected}",
                    scale=scale.id,
                    found=", ".join(scale.items),
                    expected=", ".join(dynamic),
                ),
                "identified_scale",
            )


def uneven_columns(shelf: Shelf) -> Found:
    """Yield tables whose columns do not cover every number of identified areas once."""
    for matrix, needs in _with_needs(shelf):
        scale = _scale(matrix.value, needs)
        if scale is not None:
            for table, columns in _columns(matrix.value):
                for sentence in _uneven(columns, len(scale.items)):
                    yield matrix.fault(sentence, table, "identified")


def _columns(matrix: Matrix) -> Iterator[tuple[str, Sequence[Range]]]:
    yield "intensity", matrix.intensity.identified
    if matrix.suggestion is not None:
        yield "suggestion", matrix.suggestion.identified


def _uneven(columns: Sequence[Range], last: int) -> Iterator[Message]:
    expected = 0
    for column in columns:
        if column.low != expected:
            yield message(
                "the column [{low}, {high}] begins at {low}, expected {expected}, so that every"
                " number of areas has one column",
                low=column.low,
                high=column.high,
                expected=expected,
            )
        expected = column.high + 1
    if expected - 1 != last:
        yield message(
            "the last column ends at {found}, expected {expected}, the number of dynamic areas",
            found=expected - 1,
            expected=last,
        )


def incomplete_rows(shelf: Shelf) -> Found:
    """Yield rows that are missing, and rows with another number of cells than there are columns."""
    for matrix in shelf.matrices.values():
        table = matrix.value.intensity
        yield from _incomplete(
            matrix, "intensity", _rows(table.rows), RISK_LEVELS, len(table.identified)
        )
    for matrix, needs in _with_needs(shelf):
        suggestion = matrix.value.suggestion
        if suggestion is None:
            continue
        history = next((item for item in needs.items if item.id == suggestion.history), None)
        if history is None or not history.static:
            known = [item.id for item in needs.items if item.static]
            yield matrix.fault(
                not_among(suggestion.history, known, message("a static area")),
                "suggestion",
                "history",
            )
        elif needs.codes.get(history.codes):
            codes = tuple(map(str, needs.legal(history)))
            yield from _incomplete(
                matrix, "suggestion", _rows(suggestion.rows), codes, len(suggestion.identified)
            )


def _incomplete(
    matrix: Placed[Matrix],
    table: str,
    rows: Mapping[str, Sequence[str]],
    expected: Sequence[str],
    columns: int,
) -> Iterator[Fault]:
    for row in expected:
        if row not in rows:
            yield matrix.fault(
                message("the row {row} is missing, expected it here", row=row), table, "rows"
            )
    for row, cells in rows.items():
        if row not in expected:
            yield matrix.fault(not_among(row, expected, message("a row")), table, "rows", row)
        if len(cells) != columns:
            yield matrix.fault(
                message(
                    "found {found} cells, expected {expected}, one for each column",
                    found=len(cells),
                    expected=columns,
                ),
                table,
                "rows",
                row,
            )


def falling(shelf: Shelf) -> Found:
    """Yield cells that are lower than one before: with higher risk or need, never less."""
    for matrix in shelf.matrices.values():
        table = matrix.value.intensity
        yield from _falling(matrix, "intensity", _rows(table.rows), RISK_LEVELS, INTENSITIES)
        suggestion = matrix.value.suggestion
        if suggestion is not None:
            rows = sorted(suggestion.rows)
            yield from _falling(matrix, "suggestion", _rows(suggestion.rows), rows, RISK_LEVELS)


def _falling(
    matrix: Placed[Matrix],
    table: str,
    rows: Mapping[str, Sequence[str]],
    order: Sequence[str],
    levels: Sequence[str],
) -> Iterator[Fault]:
    ordered = [row for row in order if row in rows]
    for row in ordered:
        for column, (before, cell) in enumerate(pairwise(rows[row]), start=1):
            if levels.index(cell) < levels.index(before):
                yield matrix.fault(
                    message(
                        "found {found} after {before}, expected no less with more areas",
                        found=cell,
                        before=before,
                    ),
                    *(table, "rows", row, column),
                )
    for above, row in pairwise(ordered):
        for column, (before, cell) in enumerate(zip(rows[above], rows[row], strict=False)):
            if levels.index(cell) < levels.index(before):
                yield matrix.fault(
                    message(
                        "found {found} where the row {above} has {before}, expected no less",
                        found=cell,
                        above=above,
                        before=before,
                    ),
                    *(table, "rows", row, column),
                )


def too_much_at_low_risk(shelf: Shelf) -> Found:
    """Yield an intensity at low risk above moderate: low risk never gives more than that."""
    limit = INTENSITIES.index(_MOST_AT_LOW_RISK)
    for matrix in shelf.matrices.values():
        for column, cell in enumerate(matrix.value.intensity.rows.get("low", ())):
            if INTENSITIES.index(cell) > limit:
                yield matrix.fault(
                    message(
                        "found {found} at low risk, expected at most {limit}",
                        found=cell,
                        limit=_MOST_AT_LOW_RISK,
                    ),
                    *("intensity", "rows", "low", column),
                )


def _rows(rows: Mapping[R, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return the rows of a table by their names as plain text."""
    return {str(row): cells for row, cells in rows.items()}


def _scale(matrix: Matrix, needs: ScoredInstrument) -> Scale | None:
    return next((s for s in needs.scales if s.id == matrix.identified_scale), None)


def _with_needs(shelf: Shelf) -> Iterator[tuple[Placed[Matrix], ScoredInstrument]]:
    for name, matrix in shelf.matrices.items():
        assessment = shelf.assessments.get(name)
        needs = shelf.needs(assessment.value) if assessment else None
        if needs is not None:
            yield matrix, needs


CHECKS = (
    Check(wrong_levels),
    Check(wrong_scales),
    Check(uneven_columns),
    Check(incomplete_rows),
    Check(falling),
    Check(too_much_at_low_risk),
)
