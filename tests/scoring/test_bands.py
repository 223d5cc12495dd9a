"""Default sets that cover all ages, so that an unknown age may or may not matter."""

import pytest
from tests.scoring.fictional import definition, instrument, limits

from riskbehov.scoring import score

BANDS = ["below", "above"]
BY_AGE = {
    "young": {"male": limits(BANDS, [0, 2, 5]), "female": limits(BANDS, [0, 1, 5])},
    "old": {"male": limits(BANDS, [0, 2, 5]), "female": limits(BANDS, [0, 3, 5])},
}
MADE = instrument(
    definition(
        codes={"three": (0, 1, 2)},
        items={"a": "three", "b": "three"},
        scales=[{"id": "total", "items": ["a", "b"]}],
        cutoff_sets=[
            {"id": id_, "scale": "total", "bands": BANDS, "limits": table}
            for id_, table in BY_AGE.items()
        ],
        default_sets=[
            {"set": "young", "ages": {"to": 17}},
            {"set": "old", "ages": {"from": 18}},
        ],
    )
)


@pytest.mark.parametrize(
    ("codes", "sex", "decisive", "settling"),
    [
        ((1, 1), "male", (), ()),  # above from 2 at every age
        ((1, 1), "female", ("age",), ("age",)),  # above from 1 when young, from 3 when old
        ((1, 1), "unknown", ("sex", "age"), ("sex", "age")),  # a man, or a young woman: above
        ((1, 0), "unknown", ("sex", "age"), ("sex", "age")),  # a man, or an old woman: below
        ((1, 1), "other", ("age",), ("age",)),
        ((2, 2), "unknown", (), ()),
        ((0, 0), "unknown", (), ()),
        ((1, None), "male", ("b",), ("b",)),
        ((1, None), "female", ("b", "age"), ("b", "age")),  # 2 more, or young: above
        ((0, None), "female", ("b", "age"), ("b", "age")),  # none, or old: below
    ],
)
def test_an_age_is_asked_for_where_the_limits_of_the_ages_differ_for_the_sex(
    codes, sex, decisive, settling
):
    total = score(MADE, codes, sex=sex).scales["total"]
    assert (total.decisive, total.settling) == (decisive, settling)
    assert total.state == ("provisional" if decisive else "certain")
    assert total.set is not None
    assert total.set.id == "old"
