"""`score_many` against `score`, form by form: one definition, whatever stands in the columns."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring.fictional import Plain, definition, instrument, limits
from tests.scoring.many import AGES, Filled, arrays, by_arrays, require_same, some_forms
from tests.scoring.strategies import FORMS, definitions

from riskbehov.errors import AnswerError
from riskbehov.library import Library
from riskbehov.models.instrument import MOST, MOST_FLAGS, ScoredInstrument
from riskbehov.scoring import arrays as module
from riskbehov.scoring.arrays import ILLEGAL, MISSING, SEX_CODES, STATES, ScoreArrays, score_many
from riskbehov.scoring.compiled import STRATA

LIBRARY = Library.open()
AUDIT, DUDIT = LIBRARY.scored("audit"), LIBRARY.scored("dudit")
REAL = [LIBRARY.scored(id_) for id_ in LIBRARY.scored_ids]

each_instrument = pytest.mark.parametrize("real", REAL, ids=LIBRARY.scored_ids)


def ways(real: ScoredInstrument) -> Iterator[dict[str, Any]]:
    """Yield every form of administration with no set named, with each set, and with any two."""
    sets = [s.id for s in real.cutoff_sets]
    named = [(), *combinations(sets, 1), *combinations(sets, 2)]
    for form, cutoffs in product(real.forms, named):
        yield {"form": form.id, "cutoffs": cutoffs}


def scored(real: ScoredInstrument, forms: Sequence[Filled], **how: Any) -> ScoreArrays:
    columns = arrays(forms, len(real.items))
    return score_many(real, columns.pop("codes"), **(columns | how))


@each_instrument
def test_many_forms_are_scored_as_one_by_one(real):
    for seed, how in enumerate(ways(real)):
        require_same(real, some_forms(real, 60, seed=seed), **how)


@settings(max_examples=150)
@given(plain=definitions(), seed=st.integers(0, 1 << 20))
def test_so_are_forms_of_any_instrument(plain, seed):
    made = instrument(plain)
    sets = [s.id for s in made.cutoff_sets]
    for form in FORMS:
        require_same(
            made, some_forms(made, 25, seed=seed), form=form["id"], cutoffs=sets[seed % 4 :]
        )


@each_instrument
def test_any_number_may_stand_where_a_code_should(real):
    lowest = [real.legal(item)[0] for item in real.items]
    forms = [
        Filled((*lowest[:place], None if code == MISSING else code, *lowest[place + 1 :]), 0, 30)
        for place, code in product(range(len(lowest)), range(256))
    ]
    require_same(real, forms)


def test_any_number_may_stand_for_a_sex_or_an_age():
    codes = (2, 1, 1, 1, 1, 0, 0, 0, 0, 0)
    forms = [Filled(codes, sex, 30) for sex in range(256)]
    forms += [Filled(codes, 0, age) for age in (*range(255), None)]
    require_same(AUDIT, forms)
    require_same(DUDIT, [Filled((*f.codes, 0), f.sex, f.age) for f in forms])


# Every reachable cell of the real tables.


@pytest.mark.parametrize("real", [AUDIT, DUDIT], ids=["audit", "dudit"])
@pytest.mark.parametrize("blanks", range(4))
def test_every_sum_is_read_as_by_the_case_scorer_for_each_sex_and_age(real, blanks):
    forms = [
        Filled((*codes[: len(codes) - blanks], *[None] * blanks), sex, age)
        for codes in every_sum(real)
        for sex, age in product(range(len(SEX_CODES)), AGES[:-3])
    ]
    require_same(real, forms)


def every_sum(real: ScoredInstrument) -> Iterator[tuple[int, ...]]:
    """Yield forms from all lowest to all highest, raising one item a step at a time."""
    codes = [real.legal(item)[0] for item in real.items]
    yield tuple(codes)
    for place, item in enumerate(real.items):
        for codes[place] in real.legal(item)[1:]:
            yield tuple(codes)


def test_the_sums_of_audit_and_dudit_are_all_tried():
    assert {sum(codes) for codes in every_sum(AUDIT)} == {*range(33), 34, 36, 38, 40}
    assert {sum(codes) for codes in every_sum(DUDIT)} == {*range(37), 38, 40, 42, 44}


# Days.


def test_one_day_is_the_day_of_all():
    forms = some_forms(AUDIT, 100, seed=1)
    for day in (None, dt.date.min, dt.date(2001, 12, 31), dt.date(2024, 2, 29), dt.date.max):
        together = by_arrays(scored(AUDIT, forms, day=day))
        assert together == by_arrays(scored(AUDIT, forms, day=np.full(100, day, "datetime64[D]")))


@pytest.mark.parametrize("unit", ["h", "s", "us", "ns"])
def test_a_day_with_a_time_of_day_is_that_day(unit):
    days = ["1969-12-31T23", "1970-01-01T01", "2001-12-31T23", "2002-01-01T00", "2019-01-01", "NaT"]
    forms = [Filled((1,) * 8 + (2, 2), 0, 30)] * len(days)
    exact = np.array(days, f"datetime64[{unit}]")
    whole = np.array([day[:10] for day in days], "datetime64[D]")
    found = scored(AUDIT, forms, day=exact)
    assert by_arrays(found) == by_arrays(scored(AUDIT, forms, day=whole))
    assert len({str(row["bands"]) for row in by_arrays(found)}) > 1


def test_an_old_set_is_in_force_on_a_day_whose_type_does_not_reach_so_far_back():
    old = {"from": dt.date(1600, 1, 1)}
    edges = {"all": limits(["low", "high"], [0, 2, 5])}
    only = {"id": "old", "scale": "total", "bands": ["low", "high"], "limits": edges, "valid": old}
    made = plain_scale({"five": range(5)}, cutoff_sets=[only])
    found = score_many(made, np.array([[3]], np.uint8), day=np.array(["2020-01-01"], "M8[ns]"))
    assert by_arrays(found)[0]["bands"] == {"old": (1, 1)}


def test_a_day_beyond_the_calendar_is_before_or_after_all_sets():
    forms = [Filled((1,) * 8 + (2, 2), 0, 30)] * 4
    days = np.array([-(10**9), 10**9, 0, 0], "datetime64[D]")
    days[2:] = [np.datetime64(day, "D") for day in (dt.date.min, dt.date.max)]
    first, last, *within = by_arrays(scored(AUDIT, forms, day=days))
    assert [first, last] == within
    assert first["bands"]["se-sex-specific"] is None
    assert last["bands"]["se-sex-specific"] == (1, 1)


# The shape of the matrix and the way through it.


def same(one: ScoreArrays, other: ScoreArrays) -> bool:
    return by_arrays(one) == by_arrays(other)


@each_instrument
def test_the_order_of_rows_changes_no_row(real):
    forms = some_forms(real, 200, seed=3)
    order = np.random.default_rng(3).permutation(200)
    mixed = by_arrays(scored(real, [forms[place] for place in order]))
    straight = by_arrays(scored(real, forms))
    assert mixed == [straight[place] for place in order]


@each_instrument
@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("size", [1, 7, 64])
def test_the_size_of_blocks_changes_no_row(monkeypatch, real, size, threads):
    forms = some_forms(real, 100, seed=4)
    whole = scored(real, forms)
    for name in ("BLOCK", "THREAD_BLOCK"):
        monkeypatch.setattr(module, name, size)
    monkeypatch.setattr(module, "ODD", 3)
    assert same(scored(real, forms, threads=threads), whole)


def test_what_fails_in_a_thread_is_told(monkeypatch):
    def fail(*_: object) -> None:
        raise MemoryError("in a thread")

    monkeypatch.setattr(module, "_fill", fail)
    with pytest.raises(MemoryError, match="in a thread"):
        scored(AUDIT, some_forms(AUDIT, 5, seed=1), threads=2)


def test_a_row_is_scored_alike_alone():
    forms = some_forms(DUDIT, 60, seed=5)
    together = by_arrays(scored(DUDIT, forms))
    assert [by_arrays(scored(DUDIT, [form]))[0] for form in forms] == together


def test_no_rows_give_no_rows():
    for threads in (1, 2):
        found = scored(AUDIT, [], threads=threads)
        assert by_arrays(found) == []
        assert found.scales["total"].low.dtype == np.uint8
        assert found.flags.dtype == np.uint32


def test_the_matrix_may_lie_in_memory_in_any_way():
    forms = some_forms(AUDIT, 90, seed=6)
    columns = arrays(forms, 10)
    codes = columns.pop("codes")
    straight = score_many(AUDIT, codes, **columns)
    wide = np.zeros((20, 180), np.uint8)
    wide[::2, ::2] = codes
    backwards = {name: column[::-1].copy()[::-1] for name, column in columns.items()}
    for laid_out in (np.asfortranarray(codes), codes[:, ::-1].copy()[:, ::-1], wide[::2, ::2]):
        laid_out.flags.writeable = False
        assert same(score_many(AUDIT, laid_out, **backwards), straight)


def test_nothing_is_known_of_those_of_whom_nothing_is_said():
    forms = [Filled(form.codes) for form in some_forms(DUDIT, 100, seed=7)]
    codes = arrays(forms, 11)["codes"]
    assert same(score_many(DUDIT, codes), scored(DUDIT, forms))


def test_only_the_bands_that_are_wanted_are_told():
    forms = some_forms(AUDIT, 50, seed=8)
    every = scored(AUDIT, forms, cutoffs=["who-2001"])
    for wanted in ((), ("se-sex-specific",)):
        some = scored(AUDIT, forms, cutoffs=["who-2001"], bands=wanted)
        assert set(some.bands) == {"who-2001", *wanted}
        for name, bands in some.bands.items():
            assert np.array_equal(bands, every.bands[name])
        assert np.array_equal(some.state, every.state)


# Fictional instruments with what the real ones do not have.


def plain_scale(codes: dict[str, Sequence[int]], **more: Any) -> ScoredInstrument:
    """Return an instrument with an item for each set of codes, which all count in its total."""
    items = {f"i-{kind}": kind for kind in codes}
    total = {"id": "total", "items": list(items), **more.pop("total", {})}
    return instrument(definition(codes=codes, items=items, scales=[total], **more))


def test_every_set_of_codes_is_held_against_every_number():
    sets = [
        codes for size in range(1, 6) for codes in combinations((0, 1, 2, 3, 4, 5, 8, 99), size)
    ]
    made = plain_scale({f"kind-{number}": codes for number, codes in enumerate(sets)})
    codes = np.array([[codes[0]] * 256 for codes in sets], np.uint8)
    for place, legal in enumerate(sets):
        one = codes.copy()
        one[place] = range(256)
        illegal = [code not in (*legal, MISSING) for code in range(256)]
        assert score_many(made, one).illegal.tolist() == illegal


@pytest.mark.parametrize("top", [50, 51, 52, 99])
def test_sums_that_no_byte_can_hold_are_added_all_the_same(top):
    names = [f"k{n}" for n in range(5)]
    edges = {"all": limits(["low", "high"], [0, 5 * top - 2, 5 * top + 1])}
    made = plain_scale(
        dict.fromkeys(names, (0, 1, top)),
        cutoff_sets=[{"id": "set", "scale": "total", "bands": ["low", "high"], "limits": edges}],
        default_sets=[{"set": "set", "ages": {}}],
    )
    every = [Filled(codes) for codes in product((None, 0, 1, top), repeat=5)]
    require_same(made, every + some_forms(made, 100, seed=9))


@pytest.mark.parametrize("least", [None, 0, 1, 2, 5])
def test_the_points_that_are_known_do_not_hold_what_a_blank_gives_at_least(least):
    made = plain_scale(
        {"from-one": (1, 2, 3), "odd": (1, 3, 5), "ever": (0, 2, 4)},
        total={"count_at_least": least},
    )
    codes = product((None, 1, 2, 3), (None, 1, 3, 5), (None, 0, 2, 4, 6))
    require_same(made, [Filled(each) for each in codes])


def test_as_many_flags_as_there_can_be_have_a_bit_each():
    flags = [
        {"id": f"flag-{n}", "when": {"item": f"i-{'ab'[n % 2]}", "at_least": 1 + n % 4}}
        for n in range(MOST_FLAGS)
    ]
    made = plain_scale({"a": range(5), "b": range(5)}, flags=flags)
    codes = product((None, *range(5)), repeat=2)
    require_same(made, [Filled(each) for each in codes])


def test_as_many_items_as_there_can_be_are_counted():
    made = plain_scale({f"k{n}": (0, 1) for n in range(MOST)})
    codes = [(1,) * n + (None,) * (MOST - n) for n in (0, 1, MOST - 1, MOST)]
    require_same(made, [Filled(each) for each in [*codes, (7,) * MOST]])


def test_sets_may_come_and_go_more_often_than_a_byte_can_number():
    first, bands = dt.date(2000, 1, 1), ["low", "high"]
    days = [first + dt.timedelta(days=2 * n) for n in range(130)]
    sets = [
        {
            "id": f"set-{n}",
            "scale": "total",
            "bands": bands,
            "limits": {"all": limits(bands, [0, 1 + n % 4, 5])},
            "valid": {"from": day, "to": day},
        }
        for n, day in enumerate(days)
    ]
    made = plain_scale({"a": range(5)}, cutoff_sets=sets)
    at = (days[0], days[1], days[-2], days[-1])
    forms = [Filled((code,), 0, 30, day) for code, day in product(range(5), at)]
    require_same(made, forms, cutoffs=(sets[-1]["id"],))


def test_a_scale_may_take_items_from_anywhere_and_in_any_order():
    items = dict.fromkeys("abcdef", "five")
    scales: list[Plain] = [
        {"id": "part", "items": ["f", "a", "c"]},
        {"id": "count", "items": ["e", "b", "f"], "count_at_least": 3},
    ]
    made = instrument(definition(codes={"five": range(5)}, items=items, scales=scales))
    require_same(made, some_forms(made, 300, seed=10))


# What does not fit is told.


def test_the_numbers_mean_what_the_words_say():
    assert STATES == ("certain", "provisional", "omitted", "invalid")
    assert [STATES[n] for n in (module.CERTAIN, module.PROVISIONAL)] == ["certain", "provisional"]
    assert [STATES[n] for n in (module.OMITTED, module.INVALID)] == ["omitted", "invalid"]
    assert (MISSING, ILLEGAL) == (255, 254)
    assert SEX_CODES[:2] == STRATA[:2]


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"form": "fax"}, "form: found 'fax', expected one of interview"),
        ({"cutoffs": ["adults"]}, "cutoffs: found 'adults', expected one of adult"),
        ({"sex": np.zeros(1, np.uint8)}, "sex: found 1 numbers of type uint8, expected 3"),
        ({"age": np.zeros(3, np.int64)}, "age: found 3 numbers of type int64, expected 3 of type"),
        ({"day": np.zeros(4, "datetime64[D]")}, "day: found 4 numbers"),
        ({"day": np.zeros(3, np.uint8)}, "day: found 3 .* uint8, expected 3 of type datetime64"),
        ({"age": np.zeros(3, "datetime64[D]")}, "age: found 3 .* expected 3 of type uint8"),
    ],
)
def test_what_does_not_fit_is_told(how, words):
    with pytest.raises(AnswerError, match=words):
        score_many(DUDIT, np.zeros((11, 3), np.uint8), **how)


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (np.zeros((10, 3), np.uint8), "found 10 columns of codes, expected 11"),
        (np.zeros((11, 3), np.int16), "codes: found 3 numbers of type int16"),
    ],
)
def test_a_matrix_that_does_not_fit_is_told(codes, words):
    with pytest.raises(AnswerError, match=words):
        score_many(DUDIT, codes)
