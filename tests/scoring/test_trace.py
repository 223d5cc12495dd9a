"""The steps from answers to bands, as a reader follows them."""

import pytest
from tests.scoring.fictional import definition, instrument

from riskbehov.library import Library
from riskbehov.scoring import Step, score, trace

AUDIT = Library.open().scored("audit")


def step(scale: str, **given: object) -> Step:
    codes = {"1": 0, "9": 2, "10": None}
    found = trace(score(AUDIT, codes, age=30, **given))  # type: ignore[arg-type]
    return next(step for step in found if step.scale.id == scale)


def test_each_item_tells_whether_it_was_answered_inferred_or_is_missing():
    items = step("harm", form="interview").items
    assert [(i.item.id, i.code, i.origin, i.points) for i in items] == [
        ("7", 0, "inferred", (0, 0)),
        ("8", 0, "inferred", (0, 0)),
        ("9", 2, "answered", (2, 2)),
        ("10", None, "missing", (0, 4)),
    ]


def test_a_scale_has_the_sum_and_the_sets_of_its_own():
    total = step("total", form="interview", sex="male")
    assert (total.low, total.high) == (2, 6)
    assert [band.set.id for band in total.bands] == ["se-sex-specific", "who-2001", "se-unisex-3"]
    assert step("harm", form="interview").bands == ()


@pytest.mark.parametrize(
    ("sex", "strata"),
    [("male", {"male"}), ("female", {"female"}), ("other", {"male", "female"})],
)
def test_the_limits_shown_are_those_that_were_read(sex, strata):
    by_sex, for_all = step("total", sex=sex).bands[:2]
    assert set(by_sex.limits) == strata
    assert set(for_all.limits) == {"all"}
    assert by_sex.limits == {s: by_sex.set.limits[s] for s in strata}


def test_an_item_gives_its_points_in_a_scale_that_counts():
    made = instrument(
        definition(
            codes={"area": (0, 1, 2, 3)},
            items={"a": "area", "b": "area"},
            scales=[
                {"id": "sum", "items": ["b", "a"]},
                {"id": "identified", "items": ["a", "b"], "count_at_least": 2},
            ],
        )
    )
    added, counted = trace(score(made, [3, None]))
    assert [(i.item.id, i.points) for i in added.items] == [("b", (0, 3)), ("a", (3, 3))]
    assert [(i.item.id, i.points) for i in counted.items] == [("a", (1, 1)), ("b", (0, 1))]
