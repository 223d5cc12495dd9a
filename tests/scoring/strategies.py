"""Fictional instruments of every shape, and forms filled in for any instrument."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from tests.scoring.fictional import Plain, definition, limits
from tests.scoring.oracle import Filled

from riskbehov.models.instrument import Sex

SEXES: tuple[Sex, ...] = ("male", "female", "other", "unknown")
AGES = (None, 10, 16, 17, 18, 25, 26, 70)
DAYS = (None, dt.date(1999, 12, 31), dt.date(2020, 1, 1), dt.date(2026, 1, 1))
VALID = (
    {"from": dt.date(1990, 1, 1)},
    {"from": dt.date(2020, 1, 1)},
    {"from": dt.date(1990, 1, 1), "to": dt.date(2020, 1, 1)},
)
LEGAL = {"two": (0, 1), "three": (0, 1, 2), "ever": (0, 2, 4), "from-one": (1, 2, 3)}
FORMS = (
    {"id": "screen", "skips": True},
    {"id": "paper", "skips": False},
    {"id": "short", "skips": True, "standard": False},
)

Items = Mapping[str, str]
"""Each item with its set of codes."""


@st.composite
def definitions(draw: st.DrawFn) -> Plain:
    """Draw an instrument of up to four items with scales, sets, skips and flags."""
    kinds = draw(st.lists(st.sampled_from(sorted(LEGAL)), min_size=1, max_size=4))
    items = {f"i{number}": kind for number, kind in enumerate(kinds)}
    ids = draw(st.sampled_from([["total"], ["total", "part"], ["part"]]))
    scales = [draw(some_scale(id_, items)) for id_ in ids]
    parted = [scale for scale in scales if len(span(scale, items)) > 1]
    sets = [
        draw(some_set(f"set-{number}", draw(st.sampled_from(parted)), items))
        for number in range(draw(st.integers(0, 3)) if parted else 0)
    ]
    may_be_zero = [name for name, kind in items.items() if 0 in LEGAL[kind]]
    return definition(
        codes=LEGAL,
        items=items,
        scales=scales,
        forms=FORMS,
        skips=[
            {
                "id": f"skip-{number}",
                "when": draw(conditions(items)),
                "infer": draw(some(may_be_zero)),
            }
            for number in range(draw(st.integers(0, 2)) if may_be_zero else 0)
        ],
        flags=[
            {"id": f"flag-{number}", "when": draw(conditions(items))}
            for number in range(draw(st.integers(0, 2)))
        ],
        cutoff_sets=sets,
        default_sets=[d for scale in scales for d in some_defaults(draw, sets, scale["id"])],
    )


@st.composite
def fillings(draw: st.DrawFn, plain: Plain, most_missing: int = 4) -> Filled:
    """Draw a form with at least one answer and at most so many blanks."""
    names = [item["id"] for item in plain["items"]]
    legal = {kind: [a["code"] for a in anchors] for kind, anchors in plain["codes"].items()}
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
        cutoffs=tuple(draw(some(sets, at_least=0))),
        day=draw(st.sampled_from(DAYS)),
    )


def some(names: Sequence[str], *, at_least: int = 1) -> st.SearchStrategy[list[str]]:
    """Draw some of the names, in their order."""
    if not names:
        return st.just([])
    chosen = st.sets(st.sampled_from(names), min_size=at_least)
    return chosen.map(lambda found: [name for name in names if name in found])


@st.composite
def conditions(draw: st.DrawFn, items: Items) -> Plain:
    """Draw a condition that asks for each item once, so that its parts do not hang together."""
    asked = draw(st.lists(st.sampled_from(sorted(items)), min_size=1, max_size=3, unique=True))
    operators = st.sampled_from(["equals", "at_least", "at_most"])
    leaves = [
        {"item": name, draw(operators): draw(st.sampled_from(LEGAL[items[name]]))} for name in asked
    ]
    joined: Plain = {draw(st.sampled_from(["all", "any"])): leaves}
    return {"not": joined} if draw(st.booleans()) else joined


@st.composite
def some_scale(draw: st.DrawFn, id_: str, items: Items) -> Plain:
    least = draw(st.sampled_from([None, None, 1, 2]))
    return {"id": id_, "items": draw(some(list(items))), "count_at_least": least}


def span(scale: Plain, items: Items) -> range:
    """Return the scores that a scale can have, from the lowest to the highest."""
    least = scale["count_at_least"]
    points = [
        [code if least is None else int(code >= least) for code in LEGAL[items[name]]]
        for name in scale["items"]
    ]
    return range(sum(map(min, points)), sum(map(max, points)) + 1)


@st.composite
def some_set(draw: st.DrawFn, id_: str, scale: Plain, items: Items) -> Plain:
    scores = span(scale, items)
    bands = draw(st.sampled_from([["low", "high"], ["low", "middle", "high"]]))

    def table() -> dict[str, list[int]]:
        """Draw limits that part the scores in two at least."""
        edges = {draw(st.sampled_from(scores[1:])), draw(st.sampled_from(scores[1:]))}
        inner = sorted(edges)[: len(bands) - 1]
        return limits(bands, [scores[0], *inner, *[scores[-1] + 1] * (len(bands) - len(inner))])

    strata = draw(st.sampled_from([["all"], ["male", "female"], ["male"], ["female"]]))
    return {
        "id": id_,
        "scale": scale["id"],
        "bands": bands,
        "ages": draw(st.sampled_from([{}, {"from": 18}, {"from": 16, "to": 25}])),
        "valid": draw(st.sampled_from(VALID)),
        "limits": {stratum: table() for stratum in strata},
        "forms": draw(st.sampled_from([None, ["screen"], ["short", "paper"]])),
    }


def some_defaults(draw: st.DrawFn, sets: Sequence[Plain], scale: str) -> Iterator[Plain]:
    """Yield default sets for some stretches of age, youngest first, within their sets' ages."""
    for ages in ((0, 15), (16, 17), (18, 25), (26, None)):
        fitting = [s["id"] for s in sets if s["scale"] == scale and _covers(s["ages"], *ages)]
        chosen = draw(st.sampled_from([None, *fitting]))
        if chosen:
            yield {"set": chosen, "ages": dict(zip(("from", "to"), ages, strict=True))}


def _covers(ages: Mapping[str, Any], low: int, high: int | None) -> bool:
    is_open = ages.get("to") is None
    return ages.get("from", 0) <= low and (is_open or (high is not None and high <= ages["to"]))
