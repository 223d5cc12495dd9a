"""`score` against trying everything: fictional instruments of every shape, and the real ones."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring.fictional import Plain, definition, instrument, limits
from tests.scoring.oracle import Filled, expected
from tests.scoring.strategies import FORMS, LEGAL, SEXES, definitions, fillings

from riskbehov.library import INSTRUMENT, Library
from riskbehov.models.instrument import ScoredInstrument, Sex
from riskbehov.models.result import Score
from riskbehov.scoring import score

LIBRARY = Library.open()


def found(result: Score) -> dict[str, Any]:
    """Return a score in the shape of the oracle's."""
    return {
        "missing": result.missing,
        "inferred": result.inferred,
        "scales": {
            name: {
                "low": scale.low,
                "high": scale.high,
                "state": scale.state,
                "set": scale.set and scale.set.id,
                "missing": scale.missing,
                "decisive": scale.decisive,
                "settling": scale.settling,
            }
            for name, scale in result.scales.items()
        },
        "state": result.state,
        "bands": {name: bands and bands.ids for name, bands in result.bands.items()},
        "default_set": result.default_set and result.default_set.id,
        "flags": tuple((raised.flag.id, raised.is_certain) for raised in result.flags),
    }


def scored(made: ScoredInstrument, filled: Filled) -> dict[str, Any]:
    return found(
        score(
            made,
            filled.codes,
            sex=cast("Sex", filled.sex),
            age=filled.age,
            form=filled.form,
            cutoffs=filled.cutoffs,
            day=filled.day,
        )
    )


@settings(max_examples=300)
@given(data=st.data())
def test_a_fictional_instrument_scores_as_trying_everything_does(data):
    plain = data.draw(definitions())
    made = instrument(plain)
    for _ in range(5):
        filled = data.draw(fillings(plain))
        assert scored(made, filled) == expected(filled)


LIKE_AUDIT = definition(
    codes=LEGAL,
    items={"1": "three", "2": "three", "3": "ever"},
    scales=[
        {"id": "total", "items": ["1", "2", "3"]},
        {"id": "part", "items": ["1", "2"]},
        {"id": "count", "items": ["2", "3"], "count_at_least": 2},
    ],
    forms=FORMS,
    skips=[{"id": "never", "when": {"item": "1", "equals": 0}, "infer": ["2"]}],
    flags=[
        {
            "id": "contradiction",
            "when": {"all": [{"item": "1", "equals": 0}, {"item": "2", "at_least": 1}]},
        }
    ],
    cutoff_sets=[
        {
            "id": "young",
            "scale": "total",
            "ages": {"from": 16, "to": 25},
            "bands": ["below", "problem"],
            "limits": {
                "male": limits(["below", "problem"], [0, 4, 9]),
                "female": limits(["below", "problem"], [0, 3, 9]),
            },
        },
        {
            "id": "adult",
            "scale": "total",
            "ages": {"from": 18},
            "bands": ["below", "problem", "dependence"],
            "limits": {
                "male": limits(["below", "problem", "dependence"], [0, 3, 6, 9]),
                "female": limits(["below", "problem", "dependence"], [0, 2, 6, 9]),
            },
        },
        {
            "id": "part-limit",
            "scale": "part",
            "forms": ["short"],
            "bands": ["below", "above"],
            "limits": {"all": limits(["below", "above"], [0, 2, 5])},
        },
    ],
    default_sets=[
        {"set": "young", "ages": {"from": 16, "to": 17}},
        {"set": "adult", "ages": {"from": 18}},
    ],
)


@pytest.mark.parametrize("cutoffs", [(), ("young",), ("part-limit", "adult")])
@pytest.mark.parametrize("form", [form["id"] for form in FORMS])
def test_every_form_of_a_small_instrument_scores_as_trying_everything_does(form, cutoffs):
    made = instrument(LIKE_AUDIT)
    options = [(None, *LEGAL[kind]) for kind in ("three", "three", "ever")]
    for codes in product(*options):
        for sex, age in product(SEXES, (None, 17, 40)):
            if any(code is not None for code in codes):
                answers = dict(zip("123", codes, strict=True))
                filled = Filled(LIKE_AUDIT, answers, sex=sex, age=age, form=form, cutoffs=cutoffs)
                assert scored(made, filled) == expected(filled)


# The real instruments.


@cache
def real(id_: str) -> tuple[Plain, ScoredInstrument]:
    return LIBRARY.definition(INSTRUMENT.format(id=id_)), LIBRARY.scored(id_)


@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
def test_a_real_instrument_scores_as_trying_everything_does(id_):
    plain, made = real(id_)

    @settings(max_examples=100)
    @given(filled=fillings(plain, most_missing=4))
    def check(filled: Filled) -> None:
        assert scored(made, filled) == expected(filled)

    check()


@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
def test_every_sum_with_no_item_and_with_one_item_missing_scores_as_trying_everything_does(id_):
    plain, made = real(id_)
    for codes in every_sum(made):
        for missing in (None, *codes):
            answers = {name: None if name == missing else code for name, code in codes.items()}
            for sex, age in product(("female", "unknown"), (17, 40)):
                filled = Filled(plain, answers, sex=sex, age=age)
                assert scored(made, filled) == expected(filled)


def every_sum(made: ScoredInstrument) -> Iterator[dict[str, int]]:
    """Yield forms from all lowest to all highest, raising one item a step at a time."""
    codes = {item.id: made.legal(item)[0] for item in made.items}
    yield dict(codes)
    for item in made.items:
        for code in made.legal(item)[1:]:
            codes[item.id] = code
            yield dict(codes)


# Forty-three items: too many fills to try, and few enough kinds of them to reckon by hand.

ITEMS = [f"i{n}" for n in range(43)]
LIMIT = 20
LONG = definition(
    codes={"two": (0, 1)},
    items=dict.fromkeys(ITEMS, "two"),
    scales=[{"id": "total", "items": ITEMS}],
    cutoff_sets=[
        {
            "id": "limit",
            "scale": "total",
            "bands": ["below", "above"],
            "limits": {"all": limits(["below", "above"], [0, LIMIT, 44])},
        }
    ],
    default_sets=[{"set": "limit", "ages": {}}],
)


@pytest.mark.parametrize("blank", range(43))
def test_forty_three_items_score_as_reckoned_by_hand(blank):
    made = instrument(LONG)
    for known in range(43 - blank + 1):
        codes = [1] * known + [0] * (43 - blank - known) + [None] * blank
        total = score(made, codes).scales["total"]
        certain = known + blank < LIMIT or known >= LIMIT
        last_step_decides = blank > 0 and known < LIMIT <= known + blank
        one_settles = not certain and (known + blank - 1 < LIMIT or known + 1 >= LIMIT)
        missing = tuple(ITEMS[43 - blank :])
        assert (total.low, total.high) == (known, known + blank)
        assert total.state == ("certain" if certain else "provisional")
        assert total.missing == missing
        assert total.decisive == (missing if last_step_decides else ())
        assert total.settling == (missing if one_settles else ())
