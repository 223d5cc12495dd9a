"""AUDIT and DUDIT by hand: what the rules of the instruments mean for one form."""

import pytest

from riskbehov.library import Library
from riskbehov.models.result import Score
from riskbehov.scoring import score

LIBRARY = Library.open()
AUDIT, DUDIT = LIBRARY.scored("audit"), LIBRARY.scored("dudit")

NA = None


def audit(*codes: int | None, **person: object) -> Score:
    return score(AUDIT, codes, **person)  # type: ignore[arg-type]


def bands(result: Score, name: str) -> tuple[str, str] | None:
    found = result.bands[name]
    return found.ids if found else None


def default_set(result: Score) -> str | None:
    return result.default_set.id if result.default_set else None


def test_a_total_is_read_by_the_limits_of_the_sex():
    codes = (2, 1, 1, 0, 0, 0, 1, 0, 0, 2)
    man, woman = audit(*codes, sex="male", age=30), audit(*codes, sex="female", age=30)
    assert man.scales["total"].low == man.scales["total"].high == 7
    assert bands(man, "se-sex-specific") == ("I", "I")
    assert bands(woman, "se-sex-specific") == ("II", "II")
    assert man.state == woman.state == "certain"


def test_limits_that_say_the_same_for_both_sexes_leave_nothing_to_ask():
    result = audit(4, 4, 4, 4, 4, 0, 0, 0, 0, 0, sex="unknown", age=30)
    assert result.state == "certain"
    assert bands(result, "se-sex-specific") == ("IV", "IV")


def test_sex_is_asked_for_where_the_limits_differ_unless_it_has_been_said():
    codes = (2, 1, 1, 0, 0, 0, 1, 0, 0, 2)
    unknown, other = audit(*codes, sex="unknown", age=30), audit(*codes, sex="other", age=30)
    assert unknown.state == other.state == "provisional"
    assert bands(unknown, "se-sex-specific") == bands(other, "se-sex-specific") == ("I", "II")
    assert unknown.decisive == unknown.settling == ("sex",)
    assert other.decisive == other.settling == ()


def test_a_band_is_certain_with_answers_missing_when_none_of_them_can_move_it():
    result = audit(4, 4, 4, 4, 4, 4, NA, NA, NA, NA, sex="male", age=30)
    assert (result.scales["total"].low, result.scales["total"].high) == (24, 40)
    assert result.state == "certain"
    assert result.missing == ("7", "8", "9", "10")
    assert result.decisive == result.settling == ()


def test_an_item_is_decisive_if_the_band_can_hang_on_it_and_settling_if_it_can_decide_alone():
    result = audit(1, 1, 1, 1, 1, 1, 0, 0, NA, NA, sex="male", age=30)  # 6, and 0 to 8 more
    assert result.state == "provisional"
    assert result.decisive == ("9", "10")
    assert result.settling == ("9", "10")  # 2 or 4 on either reaches 8, whatever the other
    result = audit(1, 1, 1, 1, 0, 0, 0, 0, NA, NA, sex="male", age=30)  # 4, and 0 to 8 more
    assert result.decisive == result.settling == ("9", "10")
    result = audit(1, 1, 0, 0, 0, 0, 0, 0, NA, NA, sex="male", age=30)  # 2, and 0 to 8 more
    assert result.decisive == ("9", "10")
    assert result.settling == ("9", "10")  # 0 on either leaves at most 6
    result = audit(1, 1, 1, 0, 0, 0, NA, NA, NA, NA, sex="male", age=30)  # 3, and 0 to 16 more
    assert result.decisive == ("7", "8", "9", "10")
    assert result.settling == ()


def test_never_drinking_settles_the_rest_of_a_form_with_skips():
    """Item 1 = 0 leads to items 9-10, so that one answer more makes 2-8 zero."""
    on_screen = audit(NA, NA, NA, NA, NA, NA, NA, NA, 0, 2, sex="male", age=30, form="screen")
    assert on_screen.settling == ("1",)
    assert (
        audit(0, NA, NA, NA, NA, NA, NA, NA, 0, 2, sex="male", age=30, form="screen").state
        == "certain"
    )
    on_paper = audit(NA, NA, NA, NA, NA, NA, NA, NA, 0, 2, sex="male", age=30, form="paper")
    assert on_paper.settling == ()
    assert on_paper.decisive == on_screen.decisive == ("1", "2", "3", "4", "5", "6", "7", "8")


@pytest.mark.parametrize(
    ("codes", "inferred"),
    [
        ((0, NA, NA, NA, NA, NA, NA, NA, 0, 0), ("2", "3", "4", "5", "6", "7", "8")),
        ((3, 0, 0, NA, NA, NA, NA, NA, 0, 0), ("4", "5", "6", "7", "8")),
        ((0, NA, NA, NA, NA, NA, NA, NA, NA, 0), ("2", "3", "4", "5", "6", "7", "8")),
        ((0, NA, NA, NA, 1, NA, NA, NA, 0, 0), ()),  # answered against: nothing is inferred
        ((3, 0, NA, NA, NA, NA, NA, NA, 0, 0), ()),
        ((NA, 0, 0, NA, NA, NA, NA, NA, 0, 0), ("4", "5", "6", "7", "8")),
        ((0, NA, NA, 0, NA, 0, NA, NA, 0, 0), ("2", "3", "5", "7", "8")),
        ((1, NA, NA, NA, NA, NA, NA, NA, 0, 0), ()),
    ],
)
def test_a_skip_infers_zeros_by_what_was_answered(codes, inferred):
    assert audit(*codes, form="interview").inferred == inferred
    assert audit(*codes, form="paper-with-skips").inferred == inferred
    assert audit(*codes, form="paper").inferred == ()


def test_drinking_after_never_is_flagged_for_certain_or_as_possible():
    def flags(*codes: int | None) -> dict[str, bool]:
        found = audit(*codes, form="paper").flags
        return {raised.flag.id: raised.is_certain for raised in found}

    name = "item-1-zero-but-drinking"
    assert flags(0, 0, 0, 1, 0, 0, 0, 0, 0, 0)[name] is True
    assert flags(0, 0, 0, NA, 0, 0, 0, 0, 0, 0)[name] is False
    assert name not in flags(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    assert name not in flags(1, 0, 0, 1, 0, 0, 0, 0, 0, 0)


def test_under_18_an_audit_has_scores_and_no_band():
    result = audit(4, 4, 4, 4, NA, 0, 0, 0, 0, 0, sex="male", age=17)
    assert (result.scales["total"].low, result.scales["total"].high) == (16, 20)
    assert result.default_set is None
    assert set(result.bands.values()) == {None}
    assert result.state == "provisional"
    assert result.decisive == result.settling == ()
    assert audit(4, 4, 4, 4, 0, 0, 0, 0, 0, 0, sex="male", age=17).state == "certain"


def test_without_an_age_the_limits_of_adults_are_shown_and_the_age_is_asked_for():
    result = score(DUDIT, [4] * 9 + [4, 4], sex="male")
    assert result.state == "provisional"
    assert default_set(result) == "adult"
    assert bands(result, "adult") == ("dependence", "dependence")
    assert result.decisive == result.settling == ("age",)


@pytest.mark.parametrize(
    ("age", "default", "applied"),
    [
        (15, None, []),
        (16, "se-16-25-preliminary", ["se-16-25-preliminary"]),
        (17, "se-16-25-preliminary", ["se-16-25-preliminary"]),
        (18, "adult", ["adult", "se-16-25-preliminary"]),
        (25, "adult", ["adult", "se-16-25-preliminary"]),
        (26, "adult", ["adult"]),
    ],
)
def test_the_limits_of_dudit_follow_the_age(age, default, applied):
    result = score(DUDIT, [1] * 9 + [0, 0], sex="female", age=age)
    assert default_set(result) == default
    assert sorted(name for name, bands in result.bands.items() if bands) == applied


def test_audit_c_is_judged_only_by_a_set_that_is_named():
    codes = (2, 1, NA, 0, 0, 0, 0, 0, 0, 0)  # 3 to 7
    without = audit(*codes, sex="male", age=30).scales["audit-c"]
    assert without.set is None
    assert without.state == "provisional"
    assert without.decisive == ()
    named = audit(*codes, sex="male", age=30, cutoffs=["se-fohm"]).scales["audit-c"]
    assert named.set is not None
    assert named.set.id == "se-fohm"
    assert named.decisive == named.settling == ("3",)


def test_a_set_that_is_named_holds_unless_the_age_is_known_to_be_outside_it():
    codes = (4, 4, 4, 4, 0, 0, 0, 0, 0, 0)
    assert audit(*codes, cutoffs=["who-2001"]).state == "certain"
    young = audit(*codes, age=17, cutoffs=["who-2001"])
    assert young.bands["who-2001"] is None
    assert young.default_set is None


def test_limits_of_one_form_are_not_applied_to_another():
    codes = (4, 4, 4, 0, 0, 0, 0, 0, 0, 0)
    at_hpi = audit(*codes, sex="male", age=30, form="hpi")
    assert [name for name, bands in at_hpi.bands.items() if bands] == ["hpi"]
    assert audit(*codes, sex="male", age=30).bands["hpi"] is None


def test_a_scale_with_no_answer_at_all_is_omitted():
    result = audit(1, 1, 1, 0, 0, 0, NA, NA, NA, NA, sex="male", age=30)
    assert {name: scale.state for name, scale in result.scales.items()} == {
        "total": "provisional",
        "consumption": "certain",
        "dependence": "certain",
        "harm": "omitted",
        "audit-c": "certain",
    }
