"""`score` against trying everything: fictional instruments of every shape, and the real ones."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbehov.library import INSTRUMENT, Library
from riskbehov.models.instrument import ScoredInstrument, Sex
from riskbehov.models.result import Score
from riskbehov.scoring import score
from tests.scoring.fictional import Plain, definition, instrument, limits
from tests.scoring.oracle import Filled, expected

SEXES: tuple[Sex, ...] = ("male", "female", "other", "unknown")
AGES = (None, 10, 16, 17, 18, 25, 26, 70)
LEGAL = {"two": (0, 1), "three": (0, 1, 2), "ever": (0, 2, 4), "from-one": (1, 2, 3)}
FORMS = (
    {"id": "screen", "skips": True},
    {"id": "paper", "skips": False},
    {"id": "short", "skips": True, "standard": False},
)
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
            sex=filled.sex,  # type: ignore[arg-type] - the oracle's is any text
            age=filled.age,
            form=filled.form,
            cutoffs=filled.cutoffs,
        )
    )


# Fictional instruments: any items, scales, sets, ages, skips and flags.


@st.composite
def conditions(draw: st.DrawFn, items: dict[str, str], depth: int = 2) -> Plain:
    """Draw a condition that asks for each item once, so that its parts do not hang together."""
    asked = draw(st.lists(st.sampled_from(sorted(items)), min_size=1, max_size=3, unique=True))
    leaves = [
        {
            "item": name,
            draw(st.sampled_from(["equals", "at_least", "at_most"])): draw(
                st.sampled_from(LEGAL[items[name]])
            ),
        }
        for name in asked
    ]
    joined: Plain = {draw(st.sampled_from(["all", "any"])): leaves}
    return {"not": joined} if depth and draw(st.booleans()) else joined


@st.composite
def cutoff_sets(draw: st.DrawFn, id_: str, scale: Plain, items: dict[str, str]) -> Plain:
    legal = [LEGAL[items[name]] for name in scale["items"]]
    least = scale.get("count_at_least")
    spans = [[int(c >= least) for c in codes] if least is not None else codes for codes in legal]
    low, high = sum(map(min, spans)), sum(map(max, spans))
    bands = draw(st.sampled_from([["low", "high"], ["low", "middle", "high"]]))

    def table() -> dict[str, list[int]]:
        """Draw limits that part the scores in two at least."""
        first = draw(st.integers(low + 1, high))
        others = draw(st.lists(st.integers(low + 1, high + 1), max_size=1)) or [first]
        edges = sorted([first, others[0]])[: len(bands) - 1]
        return limits(bands, [low, *edges, high + 1])

    strata = draw(st.sampled_from([["all"], ["male", "female"], ["male"], ["female"]]))
    return {
        "id": id_,
        "scale": scale["id"],
        "bands": bands,
        "ages": draw(st.sampled_from([{}, {"from": 18}, {"from": 16, "to": 25}])),
        "limits": {stratum: table() for stratum in strata},
        "forms": draw(st.sampled_from([None, ["screen"], ["short", "paper"]])),
    }


def default_sets(draw: st.DrawFn, sets: list[Plain], scale: str) -> Iterator[Plain]:
    """Yield default sets for some stretches of age, youngest first, each within its set's ages."""
    for low, high in ((0, 15), (16, 17), (18, 25), (26, None)):
        fitting = [
            s["id"]
            for s in sets
            if s["scale"] == scale
            and s["ages"].get("from", 0) <= low
            and (s["ages"].get("to") is None or (high is not None and high <= s["ages"]["to"]))
        ]
        chosen = draw(st.sampled_from([None, *fitting]))
        if chosen:
            yield {"set": chosen, "ages": {"from": low, "to": high}}


@st.composite
def definitions(draw: st.DrawFn) -> Plain:
    kinds = draw(st.lists(st.sampled_from(sorted(LEGAL)), min_size=1, max_size=4))
    items = {f"i{n}": kind for n, kind in enumerate(kinds)}
    names = st.lists(st.sampled_from(sorted(items)), min_size=1, unique=True).map(sorted)
    scales = [
        {
            "id": id_,
            "items": draw(names),
            "count_at_least": draw(st.sampled_from([None, None, 1, 2])),
        }
        for id_ in draw(st.sampled_from([["total"], ["total", "part"], ["part"]]))
    ]
    sets = [
        draw(cutoff_sets(f"set-{n}", draw(st.sampled_from(scales)), items))
        for n in range(draw(st.integers(0, 3)))
    ]
    may_be_zero = sorted(name for name, kind in items.items() if 0 in LEGAL[kind])
    infer = st.lists(st.sampled_from(may_be_zero or [""]), min_size=1, unique=True)
    return definition(
        codes=LEGAL,
        items=items,
        scales=scales,
        forms=FORMS,
        skips=[
            {"id": f"skip-{n}", "when": draw(conditions(items)), "infer": draw(infer)}
            for n in range(draw(st.integers(0, 2)) if may_be_zero else 0)
        ],
        flags=[
            {"id": f"flag-{n}", "when": draw(conditions(items))}
            for n in range(draw(st.integers(0, 2)))
        ],
        cutoff_sets=sets,
        default_sets=[d for s in scales for d in default_sets(draw, sets, s["id"])],
    )


@st.composite
def fillings(draw: st.DrawFn, plain: Plain, most_missing: int = 4) -> Filled:
    """Draw a form with at least one answer and at most so many blanks."""
    names = [item["id"] for item in plain["items"]]
    legal = {k: [a["code"] for a in anchors] for k, anchors in plain["codes"].items()}
    blank = draw(st.sets(st.sampled_from(names), max_size=min(most_missing, len(names) - 1)))
    sets = [s["id"] for s in plain.get("cutoff_sets", [])]
    return Filled(
        plain,
        {
            item["id"]: None if item["id"] in blank else draw(st.sampled_from(legal[item["codes"]]))
            for item in plain["items"]
        },
        sex=draw(st.sampled_from(SEXES)),
        age=draw(st.sampled_from(AGES)),
        form=draw(st.sampled_from([None, *(form["id"] for form in plain["forms"])])),
        cutoffs=tuple(draw(st.lists(st.sampled_from(sets), unique=True))) if sets else (),
    )


@settings(max_examples=1500, deadline=None)
@given(data=st.data())
def test_a_fictional_instrument_scores_as_trying_everything_does(data):
    plain = data.draw(definitions())
    made = instrument(plain)
    for _ in range(3):
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
        for sex, age in product(SEXES, (None, 10, 17, 20, 40)):
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

    @settings(max_examples=250, deadline=None)
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
            for sex, age in product(SEXES, (None, 17, 40)):
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
