"""What holds for every instrument that is scored here, whatever its data file says."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from math import inf, nan
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbehov.errors import AnswerError
from riskbehov.library import Library
from riskbehov.models.instrument import ScoredInstrument, Sex
from riskbehov.models.result import Score
from riskbehov.scoring import score, trace

LIBRARY = Library.open()
SEXES: tuple[Sex, ...] = ("male", "female", "other", "unknown")
Codes = dict[str, int | None]

every_instrument = pytest.mark.parametrize(
    "instrument", [pytest.param(LIBRARY.scored(id_), id=id_) for id_ in LIBRARY.scored_ids]
)
some_cases = settings(max_examples=60)


@st.composite
def forms(draw: st.DrawFn, instrument: ScoredInstrument, *, complete: bool = False) -> Codes:
    """Draw a filled form: any items answered, one at least."""
    names = [item.id for item in instrument.items]
    answered = set(names) if complete else draw(st.sets(st.sampled_from(names), min_size=1))
    return {
        item.id: draw(st.sampled_from(instrument.legal(item))) if item.id in answered else None
        for item in instrument.items
    }


@st.composite
def persons(draw: st.DrawFn, instrument: ScoredInstrument) -> dict[str, Any]:
    """Draw all that `score` may be told besides the answers."""
    ids = [cutoffs.id for cutoffs in instrument.cutoff_sets]
    return {
        "sex": draw(st.sampled_from(SEXES)),
        "age": draw(st.none() | st.integers(0, 120)),
        "form": draw(st.sampled_from([None, *(form.id for form in instrument.forms)])),
        "cutoffs": draw(st.lists(st.sampled_from(ids), unique=True, max_size=2)) if ids else [],
        "day": draw(st.sampled_from([None, dt.date(2010, 1, 1), dt.date(2026, 1, 1)])),
    }


@every_instrument
@some_cases
@given(data=st.data())
def test_a_complete_form_leaves_nothing_open(instrument, data):
    result = score(
        instrument,
        data.draw(forms(instrument, complete=True)),
        **data.draw(persons(instrument)) | {"sex": "female", "age": data.draw(st.integers(0, 120))},
    )
    assert result.missing == result.inferred == result.decisive == result.settling == ()
    assert result.state == "certain"
    assert all(flag.is_certain for flag in result.flags)
    for scale in result.scales.values():
        assert scale.low == scale.high
        assert scale.state == "certain"
        assert scale.missing == scale.decisive == scale.settling == ()
    for bands in result.bands.values():
        assert bands is None or bands.low == bands.high


@every_instrument
@some_cases
@given(data=st.data())
def test_a_higher_code_never_lowers_a_scale(instrument, data):
    codes, person = data.draw(forms(instrument)), data.draw(persons(instrument))
    raised = data.draw(st.sampled_from([i for i in instrument.items if codes[i.id] is not None]))
    legal = instrument.legal(raised)
    before = None
    for code in legal:
        after = score(instrument, {**codes, raised.id: code}, **person)
        for name, scale in after.scales.items():
            if before:
                assert before.scales[name].low <= scale.low
                assert before.scales[name].high <= scale.high
        before = after


@every_instrument
@some_cases
@given(data=st.data())
def test_answers_that_arrive_narrow_every_interval_and_turn_nothing_that_was_certain(
    instrument, data
):
    person = data.draw(persons(instrument))
    for before, after in pairwise(arriving(instrument, person, data)):
        assert set(after.missing) < set(before.missing) or after.missing == before.missing
        for name, scale in after.scales.items():
            earlier = before.scales[name]
            assert earlier.low <= scale.low <= scale.high <= earlier.high
            assert set(scale.missing) <= set(earlier.missing)
            if earlier.state == "certain":
                assert scale.state == "certain"
        for name, bands in after.bands.items():
            known = before.bands[name]
            assert (known is None) == (bands is None)
            if known and bands:
                assert known.low <= bands.low <= bands.high <= known.high
        certain = {raised.flag.id for raised in before.flags if raised.is_certain}
        assert certain <= {raised.flag.id for raised in after.flags if raised.is_certain}
        possible = {raised.flag.id for raised in before.flags}
        assert {raised.flag.id for raised in after.flags} <= possible


def arriving(
    instrument: ScoredInstrument, person: Mapping[str, Any], data: st.DataObject
) -> list[Score]:
    """Return the scores as blanks are filled one by one; an inferred zero is confirmed."""
    codes: Codes = data.draw(forms(instrument))
    scores = [score(instrument, codes, **person)]
    for item in data.draw(st.permutations(instrument.items)):
        if codes[item.id] is None:
            confirmed = item.id in scores[-1].inferred
            codes[item.id] = 0 if confirmed else data.draw(st.sampled_from(instrument.legal(item)))
            scores.append(score(instrument, codes, **person))
    return scores


@every_instrument
@some_cases
@given(data=st.data())
def test_what_is_named_as_missing_or_settling_is_so(instrument, data):
    codes, person = data.draw(forms(instrument)), data.draw(persons(instrument))
    result = score(instrument, codes, **person)
    assert set(result.missing) | set(result.inferred) == {n for n, c in codes.items() if c is None}
    for name, scale in result.scales.items():
        unknown = {*result.missing, *({"sex", "age"} & open_questions(person))}
        assert set(scale.decisive) | set(scale.settling) <= unknown
        for asked in set(scale.settling) & set(codes):
            item = next(i for i in instrument.items if i.id == asked)
            tries = [
                score(instrument, {**codes, asked: c}, **person) for c in instrument.legal(item)
            ]
            assert "certain" in {tried.scales[name].state for tried in tries}


def open_questions(person: Mapping[str, Any]) -> set[str]:
    return {*(["sex"] * (person["sex"] == "unknown")), *(["age"] * (person["age"] is None))}


@every_instrument
@some_cases
@given(data=st.data())
def test_the_order_and_shape_of_the_answers_change_nothing(instrument, data):
    codes, person = data.draw(forms(instrument)), data.draw(persons(instrument))
    result = score(instrument, codes, **person)
    shuffled = dict(data.draw(st.permutations(list(codes.items()))))
    without_blanks = {name: code for name, code in shuffled.items() if code is not None}
    for answers in (shuffled, without_blanks, list(codes.values()), tuple(codes.values())):
        assert score(instrument, answers, **person) == result


@every_instrument
@some_cases
@given(data=st.data())
def test_sex_changes_bands_and_how_far_they_can_be_told_and_nothing_else(instrument, data):
    codes, person = data.draw(forms(instrument)), data.draw(persons(instrument))
    results = [score(instrument, codes, **person | {"sex": sex}) for sex in SEXES]
    first = results[0]
    for other in results[1:]:
        kept = ("codes", "used", "age", "form", "default_set", "flags")
        assert [getattr(first, name) for name in kept] == [getattr(other, name) for name in kept]
        assert first.bands.keys() == other.bands.keys()
        for name, scale in first.scales.items():
            same = other.scales[name]
            assert (scale.low, scale.high, scale.missing) == (same.low, same.high, same.missing)
            assert scale.set == same.set


@every_instrument
@some_cases
@given(data=st.data())
def test_the_trace_adds_up_to_the_score(instrument, data):
    result = score(instrument, data.draw(forms(instrument)), **data.draw(persons(instrument)))
    steps = trace(result)
    assert [step.scale.id for step in steps] == list(result.scales)
    for step in steps:
        scale = result.scales[step.scale.id]
        assert (step.low, step.high) == (scale.low, scale.high)
        assert sum(item.points[0] for item in step.items) == step.low
        assert sum(item.points[1] for item in step.items) == step.high
        for item in step.items:
            is_inferred, is_missing = item.item.id in result.inferred, item.code is None
            assert item.origin == (
                "inferred" if is_inferred else "missing" if is_missing else "answered"
            )
        for band in step.bands:
            assert band.bands == result.bands[band.set.id]


# What is refused, and what is taken.

NO_CODES = [
    *(True, False, "3", "", 3.0, 0.0, 0.5, nan, inf, 1e9, 10**9, 99, -1, b"0", [0], (0,), {}),
    *(Decimal(0), 0j, np.float64(0), np.float32("nan"), np.bool_(0), np.array([0]), object()),
]


@every_instrument
@pytest.mark.parametrize("code", NO_CODES, ids=repr)
def test_what_is_no_legal_code_is_refused_by_the_name_of_its_item(instrument, code):
    first, *others = instrument.items
    answers: dict[str, Any] = {item.id: instrument.legal(item)[0] for item in others}
    for given_as in ({**answers, first.id: code}, [code, *answers.values()]):
        with pytest.raises(
            AnswerError, match=f"^{instrument.id}: item {first.id}: found"
        ) as caught:
            score(instrument, given_as)
        [fault] = caught.value.faults
        assert fault.place == ("answers", first.id)


@every_instrument
@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int64], ids=lambda kind: kind.__name__)
def test_a_whole_number_of_numpy_is_taken_as_the_number_it_is(instrument, kind):
    codes = [instrument.legal(item)[-1] for item in instrument.items]
    result = score(instrument, [kind(code) for code in codes], age=kind(40))
    assert result == score(instrument, codes, age=40)
    assert {type(code) for code in result.codes} == {int}
    assert score(instrument, cast("list[int]", np.array(codes, dtype=kind)), age=40) == result


@every_instrument
def test_an_unknown_item_is_refused_by_its_name(instrument):
    item = instrument.items[0]
    with pytest.raises(
        AnswerError, match="found an answer to 'nonsuch', expected one of the items"
    ):
        score(instrument, {item.id: instrument.legal(item)[0], "nonsuch": 0})


@every_instrument
@pytest.mark.parametrize("change", [-1, 1])
def test_a_wrong_number_of_answers_is_refused(instrument, change):
    expected = len(instrument.items)
    words = f"found {expected + change} answers, expected {expected}, one for each item in order"
    with pytest.raises(AnswerError, match=words):
        score(instrument, [0] * (expected + change))


@every_instrument
def test_an_empty_form_is_refused(instrument):
    names = [item.id for item in instrument.items]
    for empty in ({}, dict.fromkeys(names), [None] * len(names)):
        with pytest.raises(AnswerError, match="found an empty form, expected at least one answer"):
            score(instrument, empty)


@every_instrument
def test_what_is_said_of_the_person_and_the_form_is_refused_if_unknown(instrument):
    item = instrument.items[0]
    answers = {item.id: instrument.legal(item)[0]}
    for wrong, words in (
        ({"sex": "femal"}, "sex: found 'femal', expected .* did you mean 'female'"),
        ({"sex": None}, "sex: found None, expected male, female, other, unknown"),
        ({"age": True}, "age: found True, expected whole years 0 to 120"),
        ({"age": 121}, "age: found 121, expected whole years 0 to 120"),
        ({"age": 17.5}, "age: found 17.5, expected whole years 0 to 120"),
        ({"form": "nonsuch"}, "form: found 'nonsuch', expected one of"),
        ({"cutoffs": ["nonsuch"]}, "cutoffs: found 'nonsuch', expected one of"),
    ):
        with pytest.raises(AnswerError, match=words):
            score(instrument, answers, **wrong)


@every_instrument
def test_every_fault_is_told_at_once(instrument):
    answers = {item.id: 99 for item in instrument.items}
    with pytest.raises(AnswerError) as caught:
        score(instrument, {**answers, "nonsuch": 1}, sex="?", age=-1, form="?", cutoffs=["?", "!"])  # type: ignore[arg-type]
    assert [fault.place for fault in caught.value.faults] == [
        ("answers", "nonsuch"),
        *(("answers", item.id) for item in instrument.items),
        ("sex",),
        ("age",),
        ("form",),
        ("cutoffs",),
        ("cutoffs",),
    ]
