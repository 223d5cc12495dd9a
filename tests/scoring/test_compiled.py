"""The tables of an instrument: filled by the case scorer, and laid out for columns."""

import datetime as dt
from itertools import product

import numpy as np
import pytest
from tests.scoring.fictional import Plain, definition, instrument

from riskbehov.errors import DataError
from riskbehov.library import Library
from riskbehov.models.instrument import MOST, MOST_FLAGS, ScoredInstrument, Sex
from riskbehov.scoring import score
from riskbehov.scoring.compiled import NO_VIEW, NONE, STRATA, Compiled, ScaleTables, compiled
from riskbehov.scoring.plan import OLDEST, plan

LIBRARY = Library.open()
AUDIT, DUDIT = LIBRARY.scored("audit"), LIBRARY.scored("dudit")
FIVE: Plain = {"codes": {"five": range(5)}, "items": {"a": "five", "b": "five"}}
BANDS = ["low", "high"]


def tables(of: ScoredInstrument, *named: str, form: str | None = None) -> Compiled:
    return compiled(plan(of), form or of.forms[0].id, named)


def entry(scale: ScaleTables, column: np.ndarray, view: int, sex: str, total: int) -> int:
    return int(column[(view * len(STRATA) + STRATA.index(sex)) * scale.width + total])


def with_set(**more: object) -> ScoredInstrument:
    """Return an instrument of two items with one set, and what more is said of the set."""
    total = {"id": "total", "items": ["a", "b"]}
    edges = {"all": {"low": [0, 3], "high": [4, 8]}}
    only: Plain = {"id": "only", "scale": "total", "bands": BANDS, "limits": edges, **more}
    default = {"set": "only", "ages": {}}
    made = definition(**FIVE, scales=[total], cutoff_sets=[only], default_sets=[default])
    return instrument(made)


@pytest.mark.parametrize("sex", ["male", "female", "unknown"])
def test_each_entry_is_what_the_case_scorer_says_of_a_form_with_that_sum(sex: Sex):
    ready = tables(DUDIT)
    total = ready.scales["total"]
    for points, age in product(range(37), (None, 15, 16, 18, 25, 26)):
        codes = [min(4, max(0, points - 4 * item)) for item in range(9)]
        found = score(DUDIT, [*codes, 0, 0], sex=sex, age=age)
        view = int(ready.views[-1, 255 if age is None else age])
        assert ("certain", "provisional")[entry(total, total.whole, view, sex, points)] == (
            found.state
        )
        for name, bands in found.bands.items():
            ends = tuple(entry(total, end, view, sex, points) for end in total.bands[name])
            assert ends == ((bands.low, bands.high) if bands else (NONE, NONE))


def test_tables_are_made_once_for_all_ages_and_days():
    assert tables(AUDIT) is tables(AUDIT)
    assert tables(AUDIT) is not tables(AUDIT, "who-2001")
    assert tables(AUDIT) is not tables(AUDIT, form="paper")


def test_ages_that_are_looked_at_alike_share_a_view():
    views = tables(DUDIT).views[-1]
    stretches = [range(16), range(16, 18), range(18, 26), range(26, OLDEST + 1)]
    seen = [{int(views[age]) for age in ages} for ages in stretches]
    assert [len(each) for each in seen] == [1, 1, 1, 1]
    assert len(set.union(*seen)) == 4
    assert set(views[OLDEST + 1 : 255]) == {NO_VIEW}


def test_the_views_of_an_unknown_age_come_last():
    for each in (AUDIT, DUDIT):
        views = tables(each).views
        known = views[:, : OLDEST + 1]
        assert views[:, 255].min() > known.max()
        assert views[:, 255].max() == len(tables(each).scales["total"].is_plain) - 1


def test_a_known_person_is_in_one_band_and_one_of_unknown_sex_may_be_in_two():
    plain = tables(AUDIT).scales["total"].is_plain
    adult = tables(AUDIT).views[-1, 40]
    assert plain[adult].tolist() == [True, True, False]


def test_the_calendar_is_cut_where_sets_come_and_go():
    made = with_set(valid={"from": dt.date(2020, 1, 1), "to": dt.date(2021, 12, 31)})
    assert [str(cut) for cut in tables(made).cuts] == ["2020-01-01", "2022-01-01"]
    before, within, after, no_day = tables(made).views[:, 40]
    assert before == after != within == no_day


@pytest.mark.parametrize(
    "valid",
    [{"from": dt.date.min}, {"from": dt.date.min, "to": dt.date.max}, {"from": dt.date.max}],
)
def test_a_set_may_be_in_force_from_the_first_day_of_the_calendar_to_the_last(valid):
    made = with_set(valid=valid)
    assert [cut.item() for cut in tables(made).cuts] == [valid["from"]]
    assert tables(made).views.shape == (3, 256)


def test_an_instrument_without_sets_or_scales_has_one_view():
    bare = instrument(definition(**FIVE))
    assert tables(bare).scales == {}
    assert tables(bare).cuts == ()
    assert set(tables(bare).views[0, : OLDEST + 1]) == {0}


def test_items_side_by_side_are_one_stretch():
    items = dict.fromkeys("abcdef", "five")
    part = {"id": "part", "items": ["a", "b", "c", "f", "e"]}
    made = instrument(definition(codes=FIVE["codes"], items=items, scales=[part]))
    runs = tables(made).scales["part"].runs
    assert runs == (slice(0, 3), slice(5, 6), slice(4, 5))


def test_codes_are_told_by_a_greatest_one_and_by_bits_where_that_will_do():
    kinds = {"five": range(5), "ever": (0, 2, 4), "from-one": (1, 2, 3), "odd": (1, 3, 5)}
    made = instrument(definition(codes=kinds, items={kind: kind for kind in kinds}))
    legal = tables(made).legal
    never = 0xFF & ~(2 | 4)
    assert legal.masks == ((slice(0, 1), 4, 0), (slice(1, 2), 4, never))
    assert legal.by_table == (2, 3)
    assert legal.least[:, 0].tolist() == [0, 0, 1, 1]
    assert legal.top[:, 0].tolist() == [4, 4, 3, 5]


@pytest.mark.parametrize(
    ("top", "dtype"), [(85, np.uint8), (86, np.uint16)], ids=["255 in all", "258 in all"]
)
def test_a_sum_is_as_wide_as_its_greatest_value(top, dtype):
    total = {"id": "total", "items": ["a", "b", "c"]}
    items = dict.fromkeys("abc", "two")
    made = instrument(definition(codes={"two": (0, top)}, items=items, scales=[total]))
    assert tables(made).scales["total"].dtype is dtype


def test_an_instrument_with_more_than_a_byte_can_number_is_refused():
    many = [f"i{n}" for n in range(MOST + 1)]
    with pytest.raises(DataError, match=r"items: found a list of 255, expected at most 254"):
        instrument(definition(codes=FIVE["codes"], items=dict.fromkeys(many, "five")))
    flags = [{"id": i, "when": {"item": "a", "equals": 0}} for i in many[: MOST_FLAGS + 1]]
    with pytest.raises(DataError, match=r"flags: found a list of 33, expected at most 32"):
        instrument(definition(**FIVE, flags=flags))
