import datetime as dt

import numpy as np
import pandas as pd
import pytest
from tests.scoring.fictional import definition, instrument

from riskbehov import tables
from riskbehov.errors import AnswerError, InputError
from riskbehov.library import Library
from riskbehov.tables.engines import run_step
from riskbehov.tables.frames.columns import columns_of
from riskbehov.tables.scores.arguments import score_step

IDS = [str(n) for n in range(1, 11)]
ALL = [f"audit_{id_}" for id_ in IDS]


def forms(rows, **more):
    return pd.DataFrame(dict(zip(ALL, zip(*rows, strict=True), strict=True)) | more)


FULL = [1] * 8 + [2, 2]  # 8 + 4 = 12 points
ONE_GAP = [*FULL[:9], None]  # 10 points, and 0, 2 or 4 more
EMPTY = [None] * 10
BAD = [7, *FULL[1:]]


def test_each_row_is_scored_and_stands_beside_what_it_came_from():
    frame = forms([FULL, ONE_GAP, EMPTY, BAD], key=["a", "b", "c", "d"])
    found = tables.score(frame, "audit", form="paper")
    assert found[list(frame)].equals(frame)
    assert found["audit_total_low"].tolist() == [12, 10, pd.NA, pd.NA]
    assert found["audit_total_high"].tolist() == [12, 14, pd.NA, pd.NA]
    assert found["audit_state"].tolist() == ["provisional", "provisional", "omitted", "invalid"]
    assert found["audit_missing"].tolist() == [0, 1, 10, 0]
    assert found["audit_illegal"].tolist() == [0, 0, 0, 1]


def test_a_sex_and_an_age_make_the_band_certain():
    found = tables.score(
        forms([FULL, ONE_GAP], sex=["male", "female"], age=[40, 40]), "audit", sex="sex", age="age"
    )
    assert found["audit_state"].tolist() == ["certain", "provisional"]  # men 8–15, women 6–13
    assert found["audit_se_sex_specific_low"].tolist() == ["II", "II"]
    assert found["audit_se_sex_specific_high"].tolist() == ["II", "III"]
    assert found["audit_set"].tolist() == ["se-sex-specific"] * 2


def test_in_strict_mode_only_complete_scales_have_a_number():
    found = tables.score(forms([FULL, ONE_GAP]), "audit", missing="strict")
    assert found["audit_total_low"].tolist() == [12, pd.NA]
    assert found["audit_total_state"].tolist() == ["provisional", "omitted"]
    assert found["audit_state"].tolist() == ["provisional", "omitted"]
    assert found["audit_consumption_low"].tolist() == [3, 3]
    assert found["audit_consumption_state"].tolist() == ["certain", "certain"]


@pytest.mark.parametrize("more", [{}, {"missing": "strict"}])
def test_states_are_counted_as_they_stand_in_the_rows(library, more):
    frame = forms([FULL, ONE_GAP, ONE_GAP, EMPTY, BAD])
    found, tally = run_step(frame, score_step(library.scored("audit"), **more))
    assert tally.states == found["audit_state"].value_counts().loc[lambda n: n > 0].to_dict()


def test_prorating_has_a_column_of_its_own_and_changes_nothing_else():
    frame = forms([FULL, ONE_GAP, EMPTY])
    plain = tables.score(frame, "audit")
    found = tables.score(frame, "audit", missing="prorate", max_missing=1)
    # the mean of nine answers, 10 / 9, times ten items
    assert found["audit_total_prorated"].tolist()[:2] == pytest.approx([12, 100 / 9])
    assert found["audit_total_prorated"].isna().tolist() == [False, False, True]
    assert found[list(plain)].equals(plain)


def test_a_prorated_score_that_is_whole_is_told_as_a_whole_number():
    names = [f"i{n}" for n in range(15)]
    total = {"id": "total", "items": names}
    made = instrument(
        definition(codes={"five": range(5)}, items=dict.fromkeys(names, "five"), scales=[total])
    )
    rows = [[1] * 11 + [None] * 4, [2] * 11 + [None] * 4]  # 11 and 22 points of 11 items
    frame = pd.DataFrame(rows, columns=[f"fictional_{name}" for name in names])
    found = tables.score(frame, made, missing="prorate", max_missing=4)
    assert found["fictional_total_prorated"].tolist() == [15.0, 30.0]


def test_no_more_are_missing_than_was_said_where_scores_are_prorated():
    frame = forms([[*FULL[:8], None, None]])
    found = tables.score(frame, "audit", missing="prorate", max_missing=1)
    assert found["audit_total_prorated"].isna().all()
    assert found["audit_harm_prorated"].isna().all()
    assert found["audit_dependence_prorated"].tolist() == [3.0]


def test_a_table_with_values_that_cannot_be_is_refused_by_column_value_and_count():
    frame = forms([BAD, BAD, FULL], kon=["M", "male", "female"], age=[40, 40, 130])
    with pytest.raises(InputError) as refused:
        tables.score(frame, "audit", sex="kon", age="age", on_illegal="refuse")
    told = str(refused.value).splitlines()
    assert len(told) == 3
    assert any("audit_1 (audit:" in t and "7 (2)" in t and "0, 1, 2, 3, 4" in t for t in told)
    assert any("kon" in t and "'M' (1)" in t and "male, female" in t for t in told)
    assert any("age" in t and "130 (1)" in t for t in told)


def test_a_code_that_is_legal_for_other_items_is_told_too():
    frame = forms([[*FULL[:8], 3, 2]])
    with pytest.raises(InputError, match=r"audit_9.*found 3 \(1\).*0, 2, 4"):
        tables.score(frame, "audit", on_illegal="refuse")


def test_a_column_is_suggested_only_for_the_name_that_it_is_nearest_to():
    frame = forms([FULL]).rename(columns={"audit_10": "Audit10"}).drop(columns="audit_2")
    with pytest.raises(InputError) as raised:
        tables.score(frame, "audit")
    first, second = str(raised.value).splitlines()
    assert first.endswith("no column 'audit_2', expected it")
    assert second.endswith("no column 'audit_10', expected it - did you mean 'Audit10'?")


def test_of_a_column_that_says_two_things_each_value_that_cannot_be_is_told():
    frame = forms([FULL] * 3, day=["2026-01-01", "2027-01-01", "no day"])
    step = score_step(Library.open().scored("audit"), sex="day", date="day")
    illegal = run_step(frame, step)[1].illegal
    assert illegal == {"day": {"'2026-01-01'": 1, "'2027-01-01'": 1, "'no day'": 1}}


def test_invalid_rows_are_dropped_only_when_asked_for():
    frame = forms([BAD, FULL, EMPTY])
    assert tables.score(frame, "audit", on_illegal="drop").index.tolist() == [1, 2]


def test_an_age_is_worked_out_from_the_birth_and_the_day():
    frame = forms([FULL] * 3, born=["2008-11-23", "2008-11-22", "2030-01-01"])
    found = tables.score(frame, "audit", birth_date="born", date=pd.Timestamp("2026-11-22").date())
    # 17 years: AUDIT has no set; 18: the Swedish limits, but the sex is unknown (zone II for both)
    assert found["audit_set"].isna().tolist() == [True, False, True]
    assert found["audit_state"].tolist() == ["certain", "certain", "invalid"]


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        ({"sex": "gender"}, "no column 'gender'"),
        ({"sex": ""}, "no column ''"),
        ({"age": ""}, "no column ''"),
        ({"date": ""}, "no column ''"),
        ({"birth_date": "", "date": dt.date(2026, 1, 1)}, "no column ''"),
        ({"items": {**dict(zip(IDS, ALL, strict=True)), "1": None}}, "item 1 has no column"),
        ({"items": "q{item}"}, "no column 'q1'"),
        ({"items": {"1": "audit_1"}}, "item 10 has no column"),
        ({"items": {"11": "audit_1"}}, "'11'"),
        ({"items": ["a", "b"]}, "found 2 columns, expected 10"),
        ({"items": set(ALL)}, "found set, expected a mapping"),
        ({"items": "audit_1"}, "found the pattern 'audit_1'"),
        ({"items": "{it}"}, "found the pattern"),
        ({"items": "{item"}, "found the pattern"),
        ({"items": ["audit_1"] * 10}, "'audit_1' stands for 10 items"),
        ({"items": dict(enumerate(ALL, 1))}, "item 1 has no column.*as text"),
        ({"date": 19900101}, "found 19900101, expected a day"),
        ({"date": pd.NaT}, "found NaT, expected a day"),
        ({"date": np.datetime64("20000-01-01")}, "found 20000-01-01, expected a day"),
        ({"date": np.datetime64("2026-03")}, "found 2026-03, expected a day"),
        ({"missing": "prorate", "max_missing": 1.5}, "found 1.5"),
        ({"missing": "prorate", "max_missing": True}, "found True"),
        ({"missing": "prorate", "max_missing": "2"}, "found 2"),
        ({"missing": "prorate", "max_missing": 10}, "from 1 to 9"),
        ({"form": "papper"}, "papper"),
        ({"cutoffs": ["who"]}, "who"),
        ({"bands": ["who"]}, "who"),
        ({"bands": "some"}, "some"),
        ({"missing": "zero"}, "zero"),
        ({"missing": "prorate"}, "max_missing"),
        ({"max_missing": 1}, "max_missing"),
        ({"missing": "prorate", "max_missing": 0}, "from 1 to 9"),
        ({"on_illegal": "ignore"}, "ignore"),
        ({"age": "a", "birth_date": "b"}, "one of them"),
        ({"birth_date": "b"}, "day of the assessment"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, match):
    with pytest.raises(InputError, match=match):
        tables.score(forms([FULL]), "audit", **arguments)


def test_a_column_without_a_name_is_a_column():
    frame = forms([FULL], **{"": ["male"]}, age=[40])
    found = tables.score(frame, "audit", age="age", sex="")
    assert found["audit_state"].tolist() == ["certain"]
    explained = tables.explain(frame, 0, instrument="audit", age="age", sex="")
    assert explained.score.sex == "male"


def test_a_result_never_takes_the_place_of_a_column():
    with pytest.raises(InputError, match="audit_state"):
        tables.score(forms([FULL], audit_state=["mine"]), "audit")


def test_an_unknown_item_is_told_with_those_that_are_known(library):
    with pytest.raises(AnswerError, match="expected an item of audit"):
        columns_of(library.scored("audit"), {"one": "x"})


def test_flags_are_decoded_by_their_bits(library):
    frame = forms([[0, 3, *FULL[2:]], ONE_GAP])
    found = tables.score(frame, "audit")
    audit = library.scored("audit")
    certain = [tables.flag_names(audit, int(bits)) for bits in found["audit_flags"]]
    possible = [tables.flag_names(audit, int(bits)) for bits in found["audit_flags_possible"]]
    assert certain == [("item-1-zero-but-drinking",), ()]
    assert possible == [(), ("who-escalation",)]


def test_a_day_may_be_given_as_any_library_has_it():
    frame = forms([FULL], sex=["male"], age=[40])
    for day in (dt.date(1990, 1, 1), np.datetime64("1990-01-01"), pd.Timestamp("1990-01-01")):
        found = tables.score(frame, "audit", sex="sex", age="age", date=day)
        assert found["audit_set"].isna().all()  # no set of limits was in force


def test_one_set_may_be_named_without_a_list():
    found = tables.score(forms([FULL], age=[40]), "audit", age="age", cutoffs="who-2001")
    assert found["audit_set"].tolist() == ["who-2001"]
    assert found["audit_state"].tolist() == ["certain"]


@pytest.mark.parametrize("bits", [8, -1, pd.NA, 1.0, True, "1"])
def test_what_is_no_bit_set_is_refused(bits):
    with pytest.raises(InputError, match="a bit for each flag"):
        tables.flag_names("audit", bits)


def test_a_result_never_takes_the_name_of_the_index():
    frame = forms([FULL]).rename_axis(index="audit_state")
    with pytest.raises(InputError, match="audit_state"):
        tables.score(frame, "audit")
