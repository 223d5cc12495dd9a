"""Many persons at once come to what each comes to alone: risk, intensity, targets."""

import datetime as dt
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbehov.library import Library
from riskbehov.models.assessment import INTENSITIES, RISK_LEVELS
from riskbehov.models.case import Case
from riskbehov.models.result import AreaRating, Needs
from riskbehov.planning import intensity, risk, target_order
from riskbehov.planning.arrays import (
    NONE,
    RecordedArrays,
    RiskArrays,
    intensity_many,
    level_tables,
    months_after_many,
    multimodal_many,
    places_many,
    risk_many,
    risk_sources,
)
from riskbehov.planning.risk import months_after

LIBRARY = Library.open()
METHODS = {id_: m for id_ in LIBRARY.method_ids if (m := LIBRARY.method(id_)).levels}
ITEMS = LIBRARY.scored("rbm8").items
AREAS = [item for item in ITEMS if not item.static]
MATRICES = {id_: matrix for id_ in LIBRARY.assessment_ids if (matrix := LIBRARY.matrix(id_))}
days = st.dates(dt.date(2023, 1, 1), dt.date(2026, 6, 15))


@given(
    moves=st.lists(
        st.tuples(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 120)),
        min_size=1,
        max_size=20,
    )
)
def test_months_are_counted_as_for_one_day(moves):
    found = months_after_many(
        np.array([day for day, _ in moves], "datetime64[D]"),
        np.array([months for _, months in moves]),
    )
    assert found.tolist() == [months_after(day, months) for day, months in moves]


def test_months_after_no_day_are_no_day():
    assert np.isnat(months_after_many(np.array(["NaT"], "datetime64[D]"), np.array([12]))).all()


# Risk


@st.composite
def persons(draw):
    """Draw what is known of one person: at most one result of each method."""
    on = draw(days)
    results = {}
    for id_, method in METHODS.items():
        if draw(st.booleans()):
            back = draw(st.sampled_from([0, 1, 30, 181, 182, 183, 364, 365, 366, 400]))
            level = draw(st.sampled_from([level.id for level in method.levels]))
            months = draw(st.sampled_from([None, 1, 6, 12]))
            results[id_] = (level, on - dt.timedelta(days=back), months)
    low = draw(st.integers(0, 7))
    return {
        "age": draw(st.sampled_from([12, 15, 16, 17, 18, 19, 40])),
        "on": on,
        "results": results,
        "professional": draw(st.none() | st.sampled_from(RISK_LEVELS)),
        "history": draw(st.none() | st.integers(0, 3)),
        "count": (low, draw(st.integers(low, 7))),
    }


def needs_of(person):
    ratings = tuple(
        AreaRating(item, person["history"] if item.id == "history" else None, None, None, "", ())
        for item in ITEMS
    )
    return Needs(ratings, (), (), (), (), (), *person["count"])


def alone(person, matrix):
    results = [
        {"method": id_, "level": level, "date": date, "valid_months": months}
        for id_, (level, date, months) in person["results"].items()
    ]
    judged = person["professional"]
    case = Case.model_validate(
        {
            "case": "x",
            "date": person["on"],
            "person": {"age": person["age"]},
            "recorded_results": results,
            **({"professional_risk": {"level": judged, "reason": "skäl"}} if judged else {}),
        },
        strict=False,
    )
    return risk(case, METHODS, needs_of(person), matrix)


def places(words, known):
    return np.array([NONE if word is None else known.index(word) for word in words], np.uint8)


def spans_of(pairs):
    low, high = np.array(pairs, np.uint8).T
    return low, high


def together(people, matrix):
    recorded = []
    for id_, method in METHODS.items():
        levels = [level.id for level in method.levels]
        of_each = [person["results"].get(id_, (None, None, None)) for person in people]
        recorded.append(
            RecordedArrays(
                method,
                places([level for level, _, _ in of_each], levels),
                np.array([date for _, date, _ in of_each], "datetime64[D]"),
                np.array([months or 0 for _, _, months in of_each], np.uint8),
            )
        )
    return risk_many(
        recorded,
        places([person["professional"] for person in people], RISK_LEVELS),
        sources=risk_sources([*METHODS.values()]),
        history=np.array(
            [NONE if p["history"] is None else p["history"] for p in people], np.uint8
        ),
        count=spans_of([person["count"] for person in people]),
        age=np.array([person["age"] for person in people], np.uint8),
        day=np.array([person["on"] for person in people], "datetime64[D]"),
        tables=level_tables(matrix) if matrix else None,
    )


@pytest.mark.parametrize("id_", LIBRARY.assessment_ids)
@settings(max_examples=60)
@given(people=st.lists(persons(), min_size=1, max_size=6))
def test_every_row_has_the_risk_of_its_case(id_, people):
    found = together(people, MATRICES.get(id_))
    sources = [*risk_sources([*METHODS.values()]), None]
    for row, person in enumerate(people):
        expected = alone(person, MATRICES.get(id_))
        assert RISK_LEVELS[found.low[row]] == expected.low
        assert RISK_LEVELS[found.high[row]] == expected.high
        source = expected.chosen and expected.chosen.source
        told = sources[min(found.source[row], len(sources) - 1)]
        assert told == ("suggestion" if source == "matrix" else source)
        ends = [None if end[row] == NONE else RISK_LEVELS[end[row]] for end in found.violence]
        violence = expected.violence
        assert ends == ([violence.low, violence.high] if violence else [None, None])


def test_a_method_that_nobody_has_a_result_of_may_be_left_out():
    only = [RecordedArrays(METHODS["yls-cmi"], *result("high", "2026-05-01"))]
    found = risk_many(
        only,
        np.array([0, 0], np.uint8),
        sources=risk_sources([*METHODS.values()]),
        history=np.full(2, NONE, np.uint8),
        count=(np.zeros(2, np.uint8), np.full(2, 7, np.uint8)),
        age=np.array([17, 17], np.uint8),
        day=np.array(["2026-06-15"] * 2, "datetime64[D]"),
        tables=level_tables(MATRICES["youth-12-17"]),
    )
    sources = risk_sources([*METHODS.values()])
    assert [sources[place] for place in found.source] == ["yls-cmi", "professional"]


def result(level, date):
    """Return a result for the first of two persons."""
    levels = [each.id for each in METHODS["yls-cmi"].levels]
    return (
        places([level, None], levels),
        np.array([date, "NaT"], "datetime64[D]"),
        np.zeros(2, np.uint8),
    )


@pytest.mark.parametrize("id_", [*MATRICES])
def test_the_intensity_of_every_cell_is_that_of_a_case(id_):
    matrix = MATRICES[id_]
    every = [
        (*levels, *count)
        for levels in product(range(3), repeat=2)
        for count in product(range(8), repeat=2)
        if levels[0] <= levels[1] and count[0] <= count[1]
    ]
    first, last, low, high = np.array(every, np.uint8).T
    levels = RiskArrays(first, last, first, (first, first))
    least, most = intensity_many(levels, (low, high), level_tables(matrix))
    for row, (a, b, *count) in enumerate(every):
        needs = Needs((), (), (), (), (), (), *count)
        expected = intensity((RISK_LEVELS[a], RISK_LEVELS[b]), needs, matrix.intensity)
        assert (INTENSITIES[least[row]], INTENSITIES[most[row]]) == expected


# Targets


ratings = st.fixed_dictionaries(
    {item.id: st.tuples(st.none() | st.integers(0, 3), st.none() | st.booleans()) for item in AREAS}
)


@given(people=st.lists(ratings, min_size=1, max_size=6))
def test_the_targets_stand_in_the_order_of_a_case(people):
    rated = {i.id: [person[i.id] for person in people] for i in AREAS}
    codes = {
        id_: np.array([NONE if code is None else code for code, _ in held], np.uint8)
        for id_, held in rated.items()
    }
    drivers = {id_: np.array([bool(driver) for _, driver in held]) for id_, held in rated.items()}
    found = places_many(codes, drivers, 2)
    for row, person in enumerate(people):
        areas = tuple(rating_of(item, *person[item.id]) for item in AREAS)
        identified = tuple(a.item.id for a in areas if a.code is not None and a.code >= 2)
        expected = target_order(Needs(areas, identified, (), (), (), (), 0, 0))
        order = {place: area.id for area, place in zip(AREAS, found[:, row], strict=True) if place}
        assert tuple(order[place] for place in sorted(order)) == expected
        assert sorted(order) == [*range(1, len(expected) + 1)]


def rating_of(item, code, driver):
    return AreaRating(item, code, driver, None, "", ())


def test_nobody_has_targets_where_there_are_no_areas():
    assert places_many({}, {}, 2).shape == (0, 0)


def test_several_targets_are_certain_from_two_on():
    low, high = np.array([0, 0, 1, 2, 7], np.uint8), np.array([0, 7, 2, 2, 7], np.uint8)
    assert multimodal_many((low, high)).tolist() == [0, 1, 1, 2, 2]
