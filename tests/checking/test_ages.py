import pytest

from riskbehov.checking.ages import is_within, years
from riskbehov.models.base import AgeRange


def ages(start, end=None):
    return AgeRange(from_=start, to=end)


def test_shared_years_have_both_ends():
    assert years(ages(12, 18), ages(18)) == range(18, 19)
    assert not years(ages(12, 17), ages(18))


@pytest.mark.parametrize(
    ("inner", "outer", "within"),
    [
        (ages(12, 17), ages(12, 17), True),
        (ages(12, 18), ages(12, 17), False),
        (ages(11, 17), ages(12, 17), False),
        (ages(18), ages(12), True),
        (ages(18), ages(18, 40), False),
        (ages(5, 6), ages(18), False),
    ],
)
def test_a_range_is_within_another(inner, outer, within):
    assert is_within(inner, outer) is within
