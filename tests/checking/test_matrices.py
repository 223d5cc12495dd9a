import pytest

from riskbehov.checking import matrices

MATRIX = "assessments/grown/matrix.yaml"
AREAS = "instruments/areas/instrument.yaml"

CASES = [
    (
        matrices.wrong_levels,
        *(MATRIX, "risk_levels.2", ...),
        "risk_levels: found low, medium, expected low, medium, high, in this order",
    ),
    (
        matrices.wrong_levels,
        *(MATRIX, "intensities.0.id", "none"),
        "intensities: found none, moderate, intensive, very-intensive, expected basic",
    ),
    (
        matrices.wrong_scales,
        *(MATRIX, "identified_scale", "identifed"),
        "identified_scale: found 'identifed', expected a scale: identified - did you mean",
    ),
    (
        matrices.wrong_scales,
        *(MATRIX, "identified_from", 1),
        "an area is identified from 1, but the scale 'identified' counts from 2",
    ),
    (
        matrices.wrong_scales,
        *(AREAS, "scales.0.items", ["history", "work"]),
        "the scale 'identified' counts history, work, expected the areas that are not static: work",
    ),
    (
        matrices.uneven_columns,
        *(MATRIX, "intensity.identified", [[0, 0], [2, 2]]),
        "intensity.identified: the column [2, 2] begins at 2, expected 1",
    ),
    (
        matrices.uneven_columns,
        *(MATRIX, "intensity.identified", [[0, 1], [1, 2]]),
        "intensity.identified: the column [1, 2] begins at 1, expected 2",
    ),
    (
        matrices.uneven_columns,
        *(MATRIX, "suggestion.identified", [[0, 1], [2, 3]]),
        "suggestion.identified: the last column ends at 3, expected 2, the number of dynamic areas",
    ),
    (
        matrices.incomplete_rows,
        *(MATRIX, "intensity.rows.medium", ...),
        "intensity.rows: the row medium is missing",
    ),
    (
        matrices.incomplete_rows,
        *(MATRIX, "intensity.rows.low", ["basic"]),
        "intensity.rows.low: found 1 cells, expected 2, one for each column",
    ),
    (
        matrices.incomplete_rows,
        *(MATRIX, "suggestion.history", "work"),
        "suggestion.history: found 'work', expected a static area: history",
    ),
    (
        matrices.incomplete_rows,
        *(AREAS, "codes.rating.3", ...),
        "suggestion.rows.3: found '3', expected a row: 0, 1, 2",
    ),
    (
        matrices.falling,
        *(MATRIX, "intensity.rows.low", ["moderate", "basic"]),
        "intensity.rows.low[1]: found basic after moderate, expected no less with more areas",
    ),
    (
        matrices.falling,
        *(MATRIX, "intensity.rows.high", ["moderate", "moderate"]),
        "intensity.rows.high[1]: found moderate where the row medium has intensive, expected no",
    ),
    (
        matrices.falling,
        *(MATRIX, "suggestion.rows", {0: ["high"], 1: ["low"], 2: ["low"], 3: ["low"]}),
        "suggestion.rows.1[0]: found low where the row 0 has high",
    ),
    (
        matrices.too_much_at_low_risk,
        *(MATRIX, "intensity.rows.low.1", "intensive"),
        "intensity.rows.low[1]: found intensive at low risk, expected at most moderate",
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_a_table_is_found(small, case):
    check, file, place, value, words = case
    small.put(file, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


def test_a_table_without_suggestion_is_sound(small):
    small.put(MATRIX, "suggestion", ...)
    assert small.check().is_sound
