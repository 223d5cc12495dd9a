"""Checkbox fields: a column for each choice becomes one column."""

import pandas as pd
import polars as pl
import pytest

from riskbehov import tables
from riskbehov.errors import InputError
from riskbehov.exchange.redcap import join_checkboxes
from riskbehov.library import Library

AUDIT = Library.open().scored("audit")


def boxes(rows, *, codes=("0", "2", "4"), field="audit_9"):
    columns = zip(codes, zip(*rows, strict=True), strict=True)
    return {f"{field}___{code}": held for code, held in columns}


ROWS = [("1", "0", "0"), ("0", "0", "1"), ("0", "0", "0"), ("1", "0", "1"), ("", "", "")]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, lambda f: pl.DataFrame(f).to_arrow()])
def test_one_box_is_its_code_none_is_missing_and_several_are_no_answer(make):
    frame = make({**boxes(ROWS), "audit_1": ["0"] * 5})
    joined = join_checkboxes(frame, AUDIT)
    assert type(joined) is type(frame)
    found = pl.DataFrame(joined)
    assert found["audit_9"].cast(pl.String).to_list() == ["0", "4", None, "0+4", None]
    assert found.columns[:4] == ["audit_9___0", "audit_9___2", "audit_9___4", "audit_1"]


def test_several_boxes_are_told_as_an_illegal_answer():
    frame = pd.DataFrame({**boxes(ROWS), **{f"audit_{n}": ["0"] * 5 for n in (*range(1, 9), 10)}})
    joined = join_checkboxes(frame, AUDIT)
    found = tables.score(joined, "audit", form="paper")
    assert found["audit_illegal"].tolist() == [0, 0, 0, 1, 0]
    with pytest.raises(InputError, match=r"audit_9.*: found '0\+4' \(1\)"):
        tables.score(joined, "audit", on_illegal="refuse")


@pytest.mark.parametrize("cells", [(1, 0), (1.0, 0.0), ("Checked", "Unchecked"), ("1", None)])
def test_boxes_are_read_in_every_form_that_an_export_has(cells):
    ticked, other = cells
    frame = pd.DataFrame(boxes([(ticked, other, other), (other, other, ticked)]))
    assert join_checkboxes(frame, AUDIT)["audit_9"].tolist() == ["0", "4"]


def test_a_box_of_a_missing_data_code_is_a_missing_answer():
    # REDCap writes a code's sign as an underscore and its letters as small ones.
    frame = pd.DataFrame(
        boxes(
            [("1", "0", "0", "0"), ("0", "0", "1", "0"), ("0", "0", "0", "1")],
            codes=("0", "2", "_99", "unk"),
        )
    )
    found = join_checkboxes(frame, AUDIT, missing=[-99, "UNK"])["audit_9"]
    assert found.isna().tolist() == [False, True, True]


def test_a_box_and_a_missing_data_code_together_are_no_answer():
    frame = pd.DataFrame(boxes([("0", "1", "1")], codes=("0", "2", "unk")))
    assert join_checkboxes(frame, AUDIT, missing=["UNK"])["audit_9"].tolist() == ["2+UNK"]


def test_a_field_by_another_name_is_joined_too():
    frame = pd.DataFrame(boxes([("0", "1", "0")], field="alc9"))
    assert join_checkboxes(frame, AUDIT, names={"9": "alc9"})["alc9"].tolist() == ["2"]


def test_a_frame_without_checkboxes_is_left_as_it_is():
    frame = pd.DataFrame({"audit_9": ["2"]})
    assert join_checkboxes(frame, AUDIT) is frame


def test_a_frame_without_rows_keeps_its_columns():
    frame = pl.DataFrame(boxes(ROWS)).clear()
    joined = join_checkboxes(frame, AUDIT)
    assert joined.columns[-1] == "audit_9"
    assert joined["audit_9"].dtype == pl.Enum(["0", "2", "4"])


def test_what_is_no_box_is_refused_by_column_and_value():
    frame = pd.DataFrame(boxes([("1", "2", "ja"), ("0", "0", "0")]))
    with pytest.raises(InputError) as refused:
        join_checkboxes(frame, AUDIT)
    told = [str(fault) for fault in refused.value.faults]
    assert len(told) == 2
    assert told[0].startswith("audit_9___2: found '2', expected 1 or 0")
    assert told[1].startswith("audit_9___4: found 'ja'")


def test_a_column_by_the_fields_name_is_not_overwritten():
    frame = pd.DataFrame({**boxes([("1", "0", "0")]), "audit_9": ["2"]})
    with pytest.raises(InputError, match="found a column 'audit_9'"):
        join_checkboxes(frame, AUDIT)
