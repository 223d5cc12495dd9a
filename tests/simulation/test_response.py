"""The graded response model: against R, against its formula, and against counting by hand."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.errors import DataError
from riskbehov.library import Library
from riskbehov.models.simulation import ItemResponse
from riskbehov.simulation.response import ItemCurve, Response, misfits, response_of

LIBRARY = Library.open()

FIVE_CODES = [
    [0.659260388451385, 0.3051684222760, 0.032302199711, 0.00308119985583, 0.000187789705809],
    [0.176535274779117, 0.5737248308160, 0.220991398478, 0.02705624154916, 0.001692254377380],
    [0.035571189272636, 0.3051684222760, 0.512470048650, 0.13703367417683, 0.009756665624551],
    [0.000875359636429, 0.0112530753478, 0.109190402907, 0.58550338320183, 0.293177778906432],
]
"""By R 4.2.2 with the package rpf 1.0.11:
a <- 2.2; b <- c(-0.7, 0.5, 1.6, 2.9)
t(rpf.prob(rpf.grm(5), c(a, -a*b), c(-1, 0, 0.8, 2.5)))
"""
THREE_CODES = [
    [0.967073605202, 0.0248443861728, 0.00808200862533],
    [0.888944033289, 0.0820269308751, 0.02902903583634],
    [0.372852233687, 0.3401479290655, 0.28699983724772],
]
"""By the same: t(rpf.prob(rpf.grm(3), c(1.3, -1.3*c(1.6, 2.7)), c(-1, 0, 2)))"""


def response(id_: str) -> Response:
    simulation = LIBRARY.simulation(id_)
    assert simulation is not None
    return response_of(LIBRARY.scored(id_), simulation)


def curve(a: float, thresholds: list[float], codes: tuple[int, ...]) -> ItemCurve:
    return ItemCurve(np.array(codes, np.uint8), a, tuple(a * b for b in thresholds))


def test_the_probabilities_of_five_codes_are_those_of_r():
    item = curve(2.2, [-0.7, 0.5, 1.6, 2.9], (0, 1, 2, 3, 4))
    found = item.probabilities(np.array([-1, 0, 0.8, 2.5]))
    np.testing.assert_allclose(found, FIVE_CODES, rtol=1e-10)


def test_the_probabilities_of_the_codes_0_2_and_4_are_those_of_three_codes_in_r():
    found = curve(1.3, [1.6, 2.7], (0, 2, 4)).probabilities(np.array([-1.0, 0, 2]))
    np.testing.assert_allclose(found, THREE_CODES, rtol=1e-10)


numbers = st.floats(-4, 4)


@given(
    a=st.floats(0.2, 5),
    thresholds=st.lists(numbers, min_size=1, max_size=5, unique=True).map(sorted),
    severity=st.lists(numbers, min_size=2, max_size=5).map(sorted),
)
def test_the_severer_the_likelier_is_each_code_or_a_higher_one(a, thresholds, severity):
    found = curve(a, thresholds, tuple(range(len(thresholds) + 1))).probabilities(
        np.array(severity)
    )
    np.testing.assert_allclose(found.sum(axis=1), 1, rtol=1e-12)
    at_least = found[:, ::-1].cumsum(axis=1)
    assert (np.diff(at_least, axis=0) >= -1e-12).all()
    # Samejima (1969), in its own words: the difference of two logistic curves.
    bounds = [1 / (1 + np.exp(-a * (np.array(severity) - b))) for b in thresholds]
    np.testing.assert_allclose(found[:, -1], bounds[-1], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found[:, 0], 1 - bounds[0], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
@pytest.mark.parametrize("severity", [-1.0, 0.5, 2.0])
def test_as_many_have_each_code_as_the_model_says(id_, severity):
    rows = 40_000
    made = response(id_)
    answers = made.draw(np.full(rows, severity), np.random.default_rng(5))
    for position, item in enumerate(made.curves):
        expected = made.marginal(position, np.array([severity]))[0]
        shares = [(answers[position] == code).mean() for code in item.legal]
        error = np.sqrt(expected * (1 - expected) / rows)
        np.testing.assert_array_less(np.abs(shares - expected), 5 * error + 1e-4)
        assert set(np.unique(answers[position])) <= set(item.legal)


@pytest.mark.parametrize("id_", ["audit", "dudit"])
def test_behind_a_gate_at_its_lowest_nothing_has_points(id_):
    made = response(id_)
    answers = made.draw(np.full(20_000, -0.5), np.random.default_rng(1))
    assert made.gate is not None
    is_shut = answers[made.gate] == 0
    assert 0.05 < is_shut.mean() < 0.95
    assert not answers[list(made.zeros)][:, is_shut].any()
    assert answers[list(made.zeros)][:, ~is_shut].any(axis=1).all()


def by_counting(made: Response, positions: list[int], severity: float) -> dict[int, float]:
    """Return the distribution of a sum by going through every way to answer the items."""
    chances = [made.curves[n].probabilities(np.array([severity]))[0] for n in positions]
    found: dict[int, float] = {}
    for ranks in product(*(range(len(c)) for c in chances)):
        codes = [int(made.curves[n].legal[r]) for n, r in zip(positions, ranks, strict=True)]
        if made.gate in positions and not codes[positions.index(made.gate)]:
            codes = [0 if n in made.zeros else c for n, c in zip(positions, codes, strict=True)]
        chance = float(np.prod([c[r] for c, r in zip(chances, ranks, strict=True)]))
        found[sum(codes)] = found.get(sum(codes), 0) + chance
    return found


@pytest.mark.parametrize(
    ("id_", "scale"), [("audit", "consumption"), ("audit", "harm"), ("dudit", "dudit-c")]
)
def test_the_distribution_of_a_sum_is_that_of_every_way_to_answer(id_, scale):
    made = response(id_)
    held = next(s for s in made.instrument.scales if s.id == scale)
    positions = [made.position(item) for item in held.items]
    if made.gate not in positions:
        positions.insert(0, made.gate or 0)  # it does not count, but decides
        expected = {k: v for k, v in without_gate(made, positions, 0.4).items() if v}
    else:
        expected = by_counting(made, positions, 0.4)
    found = made.totals(held, np.array([0.4]))[0]
    assert found.sum() == pytest.approx(1)
    for total, chance in expected.items():
        assert found[total] == pytest.approx(chance, rel=1e-9), total


def without_gate(made: Response, positions: list[int], severity: float) -> dict[int, float]:
    """Return the distribution of a sum in which the gate itself does not count."""
    gate, *others = positions
    shut = made.curves[gate].probabilities(np.array([severity]))[0, 0]
    free = [n for n in others if n not in made.zeros]
    found: dict[int, float] = {}
    for counted, share in ((others, 1 - shut), (free, shut)):
        for total, chance in by_counting(made, counted, severity).items():
            found[total] = found.get(total, 0) + share * chance
    return found


def test_a_scale_that_counts_areas_is_counted():
    made = response("rbm8")
    [scale] = made.instrument.scales
    found = made.totals(scale, np.array([0.0]))[0]
    chances = [
        made.curves[made.position(i)].probabilities(np.array([0.0]))[0, 2:].sum()
        for i in scale.items
    ]
    assert found[0] == pytest.approx(np.prod([1 - c for c in chances]))
    assert found @ np.arange(len(found)) == pytest.approx(sum(chances))
    assert not found[len(scale.items) + 1 :].any()


def test_thresholds_that_do_not_rise_are_refused():
    with pytest.raises(ValueError, match="expected each to be higher than the one before"):
        ItemResponse(discrimination=1, thresholds=(0.5, 0.5))


def test_a_simulation_of_another_instrument_is_refused_by_file_and_place():
    simulation = LIBRARY.simulation("dudit")
    assert simulation is not None
    with pytest.raises(DataError, match=r"audit/simulation.yaml: items.11: found the item '11'"):
        response_of(LIBRARY.scored("audit"), simulation)


def test_items_without_a_response_are_told_in_the_order_of_the_form():
    audit, simulation = LIBRARY.scored("audit"), LIBRARY.simulation("audit")
    assert simulation is not None
    one = simulation.model_copy(update={"items": {"1": simulation.items["1"]}})
    told = [sentence.params["id"] for _, sentence in misfits(audit, one)]
    assert told == [item.id for item in audit.items[1:]]
