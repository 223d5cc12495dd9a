"""A profile tells what is in a table, whatever is in it, and changes nothing."""

import datetime as dt
import json
import re
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.errors import InputError
from riskbehov.library import Library
from riskbehov.report import profile_blocks, profile_dict, to_markdown, to_text
from riskbehov.tables import draft_map, profile
from riskbehov.tables.mapping.profiling import MOST_SHOWN, ProfiledColumn

LIBRARY = Library.open()


def column(cells: Any, name: str = "AUDIT1", **given: Any) -> ProfiledColumn:
    """Return the profile of a column of a pandas frame."""
    frame = pd.DataFrame({name: cells})
    return profile(frame, "audit", library=LIBRARY, **given).columns[0]


def shown(found: ProfiledColumn) -> list[tuple[Any, ...]]:
    values = found.values  # noqa: PD011 - no column of a frame
    return [(v.value, v.rows, v.is_legal, v.means, v.is_missing) for v in values]


def test_each_value_is_told_with_its_rows_and_what_it_probably_means():
    found = column([1, 5, 5, 5, 99, 99, None])
    assert (found.dtype, found.rows, found.missing, found.distinct) == ("Float64", 7, 1, 3)
    assert shown(found) == [
        ("5", 3, False, 4, False),
        ("99", 2, False, None, True),
        ("1", 1, True, 0, False),
    ]
    assert found.empty == {"nan": 1}


def test_of_many_values_the_most_frequent_are_shown_and_the_others_counted():
    found = column([f"x{n:02}" for n in range(30)] + ["aldrig"] * 2)
    assert shown(found)[0] == ("aldrig", 2, False, 0, False)
    assert (len(shown(found)), found.more) == (MOST_SHOWN, 31 - MOST_SHOWN)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_every_library_gives_the_same_profile(make):
    found = profile(make({"AUDIT1": [0, 4, 4], "kön": ["K", "M", "K"]}), "audit")
    assert [(c.name, c.role, c.item, c.ground) for c in found.columns] == [
        ("AUDIT1", "item", "1", "instrument"),
        ("kön", "sex", None, "name"),
    ]
    assert shown(found.columns[0]) == [("4", 2, True, 4, False), ("0", 1, True, 0, False)]
    assert shown(found.columns[1])[0] == ("K", 2, False, "female", False)


def test_a_table_that_is_read_part_by_part_has_the_same_profile():
    table = pa.table({"AUDIT1": [0, 4, 4, None], "kön": ["K", "M", "K", ""]})
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    whole = profile(table, "audit")
    reader = table.to_reader(max_chunksize=2)
    for each in (frame.lazy(), duckdb.from_arrow(table), reader, nw.from_native(frame.lazy())):
        assert profile(each, "audit") == whole


def test_items_without_a_column_are_named():
    found = profile(pd.DataFrame({"AUDIT3": [1], "AUDIT1": [0]}), "audit")
    assert list(found.items) == ["1", "3"]
    assert found.without_column == ("2", "4", "5", "6", "7", "8", "9", "10")


def test_what_is_wrong_with_a_column_is_told():
    frame = pd.DataFrame({"AUDIT1": [None, None], "note": ["a", "a"], "AUDIT2": [0, 1], 3: [1, 2]})
    frame = pd.concat([frame, frame[["AUDIT2"]]], axis=1)
    found = [(c.name, c.problems) for c in profile(frame, "audit").columns]
    assert found == [
        ("AUDIT1", ("empty",)),
        ("note", ("constant",)),
        ("AUDIT2", ("name-twice",)),
        ("3", ("name-no-text",)),
        ("AUDIT2", ("name-twice",)),
    ]


def test_values_of_other_columns_are_never_told():
    frame = pd.DataFrame({"namn": ["Kalle Kula"], "id": ["hemlig-7"], "född": ["1991-02-03"]})
    found = profile(frame, "audit")
    assert [shown(c) for c in found.columns] == [[], [], []]
    assert found.columns[2].years == ("1991", "1991")
    for word in ("Kula", "hemlig", "02-03"):
        assert word not in repr(found)


def test_what_looks_like_personal_data_is_told_by_column_and_count():
    cells = ["19121212-1212", "191212-1212", "x"]
    found = column(cells, "AUDIT1")
    assert found.problems == ("personal",)
    assert found.personal == {"personal number": 2}
    assert shown(found) == []


@pytest.mark.parametrize("name", ["audit_1", "kön", "ålder", "id"])
@pytest.mark.parametrize("cell", ["8112189876", "811218-9876", 8112189876, 8112189876.0, 112189873])
def test_no_profile_holds_a_personal_number_in_any_spelling(name, cell):
    named = {name: {cell: "är 8112189876"}}
    found = profile(pd.DataFrame({name: [cell, 1, 2, "x"]}), "audit", labels=named)
    plain = json.dumps(profile_dict(found), ensure_ascii=False)
    for text in (repr(found), str(draft_map(found)), plain):
        assert not re.search(r"\d{4}|9876|9873", text.replace(repr(found.instrument), ""))
    for write in (to_text, to_markdown):
        assert "98" not in write(profile_blocks(found))


def test_values_that_are_masked_alike_are_not_one_value():
    found = column([8112189876, 191212121212, 8112189876])
    assert (found.distinct, found.problems) == (2, ("personal",))
    assert (shown(found), found.more) == ([], 0)


def test_columns_that_the_caller_names_are_gone_by():
    frame = pd.DataFrame({"a": [0, 1], "s": ["K", "M"], "y": [30, 40]})
    found = profile(frame, "audit", items={"7": "a"}, sex="s", age="y")
    assert [(c.role, c.item, c.ground) for c in found.columns] == [
        ("item", "7", "given"),
        ("sex", None, "given"),
        ("age", None, "given"),
    ]


def test_value_labels_are_gone_by():
    named = {1.0: "minst 4 ggr/vecka", 2: "Aldrig", 3: "ofta", 9: "?"}
    coding = column([1.0, 2.0, 3.0, 9.0], labels={"AUDIT1": named}).coding
    assert coding is not None
    assert (coding.kind, dict(coding.values)) == ("labels", {"2": 0, "1": 4})
    assert (coding.missing, coding.odd) == (("9",), ("3",))


def test_value_labels_that_are_not_understood_are_told():
    coding = column([0, 1], labels={"AUDIT1": {0: "x", 1: "y"}}).coding
    assert coding is not None
    assert coding.kind == "codes"
    assert "were not understood" in str(coding.remarks[0])


def test_days_that_are_none_are_counted():
    found = column(["2026-03-01", "i mars", None], "datum")
    assert found.role == "date"
    assert found.years == ("2026", "2026")
    assert "rows with something else than a day: 1" in str(found.remarks[0])


def test_a_profile_is_a_frame_with_a_row_for_each_column():
    ages = [str(n) for n in range(MOST_SHOWN + 3)]
    frame = pd.DataFrame({"AUDIT1": ["1", "99", None] * 5, "age": ages, "note": ["x"] * 15})
    found = profile(frame, "audit")
    rows = found.to_frame().set_index("column")
    assert rows.loc["AUDIT1", ["item", "missing", "legal", "illegal"]].tolist() == ["1", 5, 5, 5]
    assert rows.loc["age", ["role", "legal", "illegal", "rarer"]].tolist() == ["age", 12, 0, 3]
    assert rows.loc["note", ["legal", "illegal", "rarer"]].isna().all()
    assert repr(found).startswith("<profile of 15 rows and 3 columns for audit: 1 of 10 items")


def test_unknown_columns_instruments_and_frames_are_refused():
    with pytest.raises(InputError, match="found 'Q9', expected a column of the table: AUDIT1"):
        column([1], items={"1": "Q9"})
    with pytest.raises(InputError, match=r"audti.*did you mean 'audit'"):
        profile(pd.DataFrame({"a": [1]}), "audti")
    with pytest.raises(InputError, match="expected a data frame of"):
        profile({"a": [1]}, "audit")


DIRTY = [
    None, float("nan"), pd.NaT, pd.NA, "", "  ", 0, 1, 5, 99, -1, 777, 2.0, 2.5, "3", " 3 ", "3,0",
    "aldrig", "Vet ej", True, False, dt.date(2026, 1, 1), pd.Timestamp(2026, 1, 1), b"3",
    "19121212-1212", "å\u0000ä", "\ud83d\ude00", [1], (1, 2), np.int8(3), "9" * 40,
]  # fmt: skip


@given(st.lists(st.sampled_from(DIRTY), max_size=12), st.sampled_from(["AUDIT1", "kön", "age"]))
def test_whatever_stands_in_a_column_it_can_be_told(cells, name):
    before = pd.Series(cells, dtype=object)
    found = column(before.copy(), name)
    assert found.rows == len(cells)
    told = sum(value.rows for value in found.values)  # noqa: PD011
    assert told + found.missing <= len(cells)
    if not found.more and not found.personal:
        assert told + found.missing == len(cells)


@given(st.permutations(["AUDIT1", "AUDIT2", "kön", "x"]), st.randoms())
def test_the_order_of_rows_and_columns_does_not_matter(names, random):
    cells = {"AUDIT1": [0, 1, 4, None], "AUDIT2": [1, 5, 2, 3], "kön": ["K", "M", "K", ""],
             "x": ["a", "b", "c", "d"]}  # fmt: skip
    frame = pd.DataFrame(cells)
    order = random.sample(range(4), 4)
    mixed = profile(frame.iloc[order][names], "audit", library=LIBRARY)
    plain = profile(frame, "audit", library=LIBRARY)
    assert {c.name: c for c in mixed.columns} == {c.name: c for c in plain.columns}
