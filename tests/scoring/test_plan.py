"""An instrument whose parts do not fit together cannot be scored, and says why."""

import pytest
from tests.scoring.fictional import Plain, definition, instrument

from riskbehov.errors import DataError, InputError
from riskbehov.scoring import plan as module
from riskbehov.scoring import score
from riskbehov.scoring.plan import InstrumentPlan, plan

CODES = {"three": (0, 1, 2), "from-one": (1, 2, 3)}
ITEMS = {"a": "three", "b": "from-one"}
TOTAL = {"id": "total", "items": ["a", "b"]}


def with_limits(low: list[int], high: list[int]) -> Plain:
    table = {"all": {"low": low, "high": high}}
    only = {"id": "only", "scale": "total", "bands": ["low", "high"], "limits": table}
    return definition(codes=CODES, items=ITEMS, scales=[TOTAL], cutoff_sets=[only])


@pytest.mark.parametrize(
    ("low", "high"),
    [([1, 2], [4, 5]), ([1, 3], [3, 5]), ([2, 3], [4, 5]), ([1, 3], [4, 4])],
    ids=["gap", "overlap", "begins too late", "ends too early"],
)
def test_every_score_must_have_one_band(low, high):
    words = "instrument fictional: only, all: expected each score from 1 to 5 in one band"
    with pytest.raises(DataError, match=words):
        plan(instrument(with_limits(low, high)))


def test_the_bands_must_stand_in_the_order_of_their_scores():
    words = "instrument fictional: only, all: expected the bands in the order of their scores"
    with pytest.raises(DataError, match=words):
        plan(instrument(with_limits([4, 5], [1, 3])))


def test_a_band_that_no_score_is_in_has_no_place_in_the_order():
    table = {"all": {"low": [1, 3], "high": [4, 5]}}
    bands = ["none", "low", "middle", "high"]
    only = {"id": "only", "scale": "total", "bands": bands, "limits": table}
    made = instrument(definition(codes=CODES, items=ITEMS, scales=[TOTAL], cutoff_sets=[only]))
    found = score(made, [2, 2]).bands["only"]
    assert found is not None
    assert found.ids == ("high", "high")


def test_limits_may_reach_beyond_the_scores_there_are():
    made = instrument(with_limits([0, 3], [4, 50]))
    found = score(made, [2, 3]).bands["only"]
    assert found is not None
    assert found.ids == ("high", "high")


def test_a_skip_cannot_infer_zero_where_zero_is_no_code():
    skip = {"id": "none", "when": {"item": "a", "equals": 0}, "infer": ["b"]}
    made = instrument(definition(codes=CODES, items=ITEMS, scales=[TOTAL], skips=[skip]))
    with pytest.raises(DataError, match="none infers zero for item b, which cannot be zero"):
        plan(made)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"item": "c", "equals": 0}, "found 'c', expected the name of a known fact"),
        ({"item": "a", "equals": 7}, "found 7, expected a whole number 0 to 2"),
    ],
)
def test_a_flag_must_speak_of_items_and_codes_there_are(when, words):
    flag = {"id": "odd", "when": when}
    made = instrument(definition(codes=CODES, items=ITEMS, scales=[TOTAL], flags=[flag]))
    with pytest.raises(DataError, match=words):
        plan(made)


def test_a_plan_is_made_once_for_each_instrument():
    made = instrument(definition(codes=CODES, items=ITEMS, scales=[TOTAL]))
    assert plan(made) is plan(made)


def test_instruments_that_share_an_id_are_not_mixed_up():
    first = instrument(definition(codes=CODES, items=ITEMS, scales=[TOTAL]))
    second = instrument(
        definition(codes=CODES, items={"b": "three", "a": "from-one"}, scales=[TOTAL])
    )
    assert score(first, [2, 3]).scales["total"].low == 5
    assert score(second, [2, 3]).codes == (2, 3)
    assert list(plan(second).names) == ["b", "a"]
    assert score(first, {"a": 2}).missing == ("b",)


def test_more_instruments_than_are_kept_can_be_scored():
    for _ in range(300):
        made = instrument(definition(codes=CODES, items=ITEMS, scales=[TOTAL]))
        assert score(made, [0, 1]).scales["total"].high == 1


def test_a_plan_is_had_even_where_another_thread_makes_room_at_that_moment(monkeypatch):
    class Cleared(dict[int, InstrumentPlan]):
        def __setitem__(self, key: int, value: InstrumentPlan) -> None:
            """Keep nothing."""

    monkeypatch.setattr(module, "_PLANS", Cleared())
    made = instrument(definition(codes=CODES, items=ITEMS, scales=[TOTAL]))
    assert plan(made).names == ("a", "b")


@pytest.mark.parametrize(("given", "found"), [("audit", "'audit'"), (None, "NoneType")])
def test_what_is_no_definition_is_refused(given, found):
    with pytest.raises(InputError, match=f"instrument: found {found}, expected the definition"):
        plan(given)
