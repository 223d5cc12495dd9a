"""A row explained is what a case with the same answers is, step by step."""

import datetime as dt

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.tables.persons import DAY, LIBRARY, PURPOSE, READY, adult, members, rows_made, table_of

from riskbehov import score, tables, trace
from riskbehov.assessing import assess, explain_rule
from riskbehov.errors import AnswerError, CaseError, InputError, PrivacyError
from riskbehov.models.case import Case

AUDIT = [f"audit_{n}" for n in range(1, 11)]


def forms(*rows):
    return pd.DataFrame(dict(zip(AUDIT, zip(*rows, strict=True), strict=True)))


FULL = [1] * 8 + [2, 2]
GAPS = ["3", 1.0, None, "", 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("form", [None, "paper"])
def test_a_form_is_scored_and_traced_as_the_case_scorer_does(form):
    frame = forms(FULL, GAPS).assign(kön=["male", "female"], år=[40, 41.0])
    found = tables.explain(frame, 1, instrument="audit", sex="kön", age="år", form=form)
    audit = LIBRARY.scored("audit")
    answers = [3, 1, None, None, 0, 0, 0, 0, 0, 0]
    expected = score(audit, answers, sex="female", age=41, form=form)
    assert found.score == expected._replace(instrument=found.score.instrument)
    assert [(s.low, s.high) for s in found.trace] == [(s.low, s.high) for s in trace(expected)]


def test_items_may_stand_in_other_columns_and_the_age_follow_from_the_birth():
    frame = forms(FULL).rename(columns=lambda name: name.replace("audit_", "fraga"))
    frame = frame.assign(born=dt.date(1990, 6, 16), on=pd.Timestamp("2026-06-15"))
    found = tables.explain(
        frame, 0, instrument="audit", items="fraga{item}", birth_date="born", date="on"
    )
    assert found.score.age == 35
    assert found.score.scales["total"].low == 12


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "^instrument: found neither, expected an instrument or an assessment"),
        (
            {"instrument": "audit", "assessment": "adult", "purpose": PURPOSE},
            "^instrument: found both, expected an instrument or an assessment",
        ),
    ],
)
def test_a_row_is_explained_by_one_instrument_or_one_assessment(given, words):
    with pytest.raises(InputError, match=words):
        tables.explain(forms(FULL), 0, **given)


def test_what_is_no_code_is_refused_by_its_item():
    with pytest.raises(AnswerError, match="item 3: found 'tre'"):
        tables.explain(forms([1, 1, "tre", *FULL[3:]]), 0, instrument="audit")


ROW = adult(
    rbm8_attitudes=2, rbm8_attitudes_driver=True, threat_level="high", professional_risk="low",
    ls_cmi_level="high", ls_cmi_date=dt.date(2026, 1, 1), substances_alcohol=True,
    **{f"substances_{m}".replace("-", "_"): False
       for m in members(LIBRARY.facts["substances"]) if m != "alcohol"},
)  # fmt: skip


def written_case() -> Case:
    """Return the same as someone would write it in a case file."""
    return Case.model_validate(
        {
            "case": "row",
            "date": DAY,
            "assessment": "adult",
            "person": {"age": 30, "sex": "male"},
            "instruments": {"rbm8": {"answers": {"attitudes": {"code": 2, "driver": True}}}},
            "facts": {"substances": ["alcohol"]},
            "obtained": [
                {"from": "police", "date": DAY, "law": "lagrum", "facts": {"threat_level": "high"}}
            ],
            "recorded_results": [
                {"method": "ls-cmi", "level": "high", "date": dt.date(2026, 1, 1)}
            ],
            "professional_risk": {"level": "low", "reason": "sammanvägt"},
        },
        strict=False,
    )


def test_a_row_is_assessed_as_the_case_that_someone_would_write():
    found = tables.explain(table_of([ROW]), 0, assessment="adult", purpose=PURPOSE)
    expected = assess(written_case(), LIBRARY)
    assert (found.verdict, found.explained) == (None, None)
    for name in ("verdicts", "needs", "targets", "intensity", "scores"):
        assert str(getattr(found.result, name)) == str(getattr(expected, name))
    assert (found.result.risk.low, found.result.risk.high) == ("high", "high")
    assert [p.insats.id for p in found.result.plan.insatser] == [
        p.insats.id for p in expected.plan.insatser
    ]


def test_a_rule_is_explained_part_by_part():
    found = tables.explain(
        table_of([ROW]), 0, assessment="adult", purpose=PURPOSE, rule="alkohol-met"
    )
    _result, verdict, explained = explain_rule(written_case(), "alkohol-met", LIBRARY)
    assert found.verdict
    assert found.verdict.rule.id == "alkohol-met"
    assert (found.verdict.verdict, found.verdict.missing) == (verdict.verdict, verdict.missing)
    assert str(found.explained) == str(explained)


def test_a_list_that_is_known_in_part_is_explained_with_what_is_known():
    row = adult(rbm8_substance_use=2, substances_alcohol=True, substances_cannabis=None)
    found = tables.explain(
        table_of([row]), 0, assessment="adult", purpose=PURPOSE, rule="alkohol-met"
    )
    assert found.verdict
    assert found.verdict.verdict == "applies"
    verdicts = {v.rule.id: v.verdict for v in found.result.verdicts}
    assert verdicts["alkohol-met"] == "applies"
    assert verdicts["narkotika-cannabis-cra"] == "cannot-tell"


def test_the_explanation_and_the_table_say_the_same_of_every_rule():
    rows = rows_made(READY["adult"], 5, seed=11, gaps=0.3)
    frame = table_of(rows)
    made = tables.recommend(frame, "adult", purpose=PURPOSE)
    for place in np.flatnonzero(made["state"] == "assessed"):
        found = tables.explain(frame, place, assessment="adult", purpose=PURPOSE)
        for verdict in found.result.verdicts:
            column = "rule_" + verdict.rule.id.replace("-", "_")
            assert made[column].iloc[place] == verdict.verdict


def test_a_row_that_is_no_case_is_refused_with_what_is_wrong():
    frame = table_of([adult(audit_1=7)])
    with pytest.raises(CaseError, match=r"instruments\.audit\.answers\.1: found 7"):
        tables.explain(frame, 0, assessment="adult", purpose=PURPOSE)


def test_a_word_that_cannot_be_is_not_repeated():
    frame = table_of([adult(threat_level="Nina")])
    with pytest.raises(CaseError, match="expected none, low, high") as caught:
        tables.explain(frame, 0, assessment="adult", purpose=PURPOSE)
    assert "Nina" not in str(caught.value)


# Which row


def test_a_row_of_pandas_goes_by_its_label():
    frame = forms(FULL, GAPS).set_axis(["b", "a"])
    assert tables.explain(frame, "a", instrument="audit").score.missing != ()
    frame = frame.set_axis([1, 0])
    assert tables.explain(frame, 1, instrument="audit").score.missing == ()


@pytest.mark.parametrize("make", [pl.from_pandas, pa.Table.from_pandas])
def test_a_row_of_other_frames_goes_by_its_place(make):
    frame = make(forms(FULL, [None, *FULL[1:]]))
    assert tables.explain(frame, 1, instrument="audit").score.missing == ("1",)
    with pytest.raises(InputError, match="found 0 rows by that name or place, expected one of 2"):
        tables.explain(frame, 2, instrument="audit")


@pytest.mark.parametrize(("row", "count"), [("c", 0), ("a", 2), (-1, 0)])
def test_a_label_that_is_not_there_or_stands_twice_is_refused(row, count):
    frame = forms(FULL, FULL, FULL).set_axis(["a", "a", "b"])
    with pytest.raises(InputError, match=f"found {count} rows by that name or place"):
        tables.explain(frame, row, instrument="audit")


def test_a_frame_without_rows_at_hand_is_refused():
    with pytest.raises(InputError, match="expected a data frame of pandas, Polars or pyarrow"):
        tables.explain(pl.from_pandas(forms(FULL)).lazy(), 0, instrument="audit")


# What must be said, and what must not be there


def test_it_is_an_instrument_or_an_assessment():
    with pytest.raises(InputError, match="expected an instrument or an assessment"):
        tables.explain(forms(FULL), 0)  # type: ignore[call-overload]
    with pytest.raises(InputError, match="expected an instrument or an assessment"):
        tables.explain(  # type: ignore[call-overload]
            forms(FULL), 0, instrument="audit", assessment="adult", purpose=PURPOSE
        )


def test_a_purpose_is_demanded_of_an_assessment():
    with pytest.raises(InputError, match="expected the purpose"):
        tables.explain(table_of([ROW]), 0, assessment="adult", purpose=" ")


def test_a_row_whose_label_tells_who_it_is_is_refused():
    frame = table_of([adult(), adult()]).set_axis(["19121212-1212", "b"])
    with pytest.raises(PrivacyError, match="index: found personal numbers in 1 rows"):
        tables.explain(frame, "19121212-1212", assessment="adult", purpose=PURPOSE)


def test_columns_of_one_name_that_nothing_is_read_from_are_let_alone():
    frame = table_of([adult(rbm8_attitudes=3)]).assign(z=1)
    frame = pd.concat([frame, frame[["z"]]], axis=1)
    found = tables.explain(frame, 0, assessment="adult", purpose=PURPOSE)
    assert found.result.needs.count_low == 1


def test_a_row_that_tells_who_it_is_is_refused():
    frame = table_of([adult(nyckel="19121212-1212"), adult(nyckel="b")])
    with pytest.raises(PrivacyError, match="nyckel: found personal numbers"):
        tables.explain(frame, 0, assessment="adult", purpose=PURPOSE)


def test_what_changes_nothing_about_one_row_is_no_argument():
    with pytest.raises(TypeError, match="unexpected keyword argument 'missing'"):
        tables.explain(forms(FULL), 0, instrument="audit", missing="strict")  # type: ignore[call-overload]
