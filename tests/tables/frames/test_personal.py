"""A table that tells who anyone is is refused, without telling it again."""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.tables.persons import (
    LIBRARY,
    PURPOSE,
    adult,
    recommended,
    table_of,
)

from riskbehov import tables
from riskbehov.errors import InputError, PrivacyError

# Who someone is


@pytest.mark.parametrize("purpose", ["", "   ", "x" * 501])
def test_a_purpose_is_demanded(purpose):
    with pytest.raises(InputError, match="expected the purpose"):
        tables.recommend(table_of([adult()]), "adult", purpose=purpose)


def test_a_purpose_with_personal_data_is_refused():
    with pytest.raises(PrivacyError, match="--purpose"):
        tables.recommend(table_of([adult()]), "adult", purpose="Se 19121212-1212")


@pytest.mark.parametrize("cell", ["19121212-1212", 191212121212, 1212121212.0, "191212121212"])
def test_a_column_of_personal_numbers_is_refused_by_name_and_count_without_the_value(cell):
    rows = [adult(nyckel=cell), adult(nyckel=cell), adult(nyckel=None)]
    with pytest.raises(PrivacyError, match="nyckel: found personal numbers in 2 rows") as caught:
        recommended(rows, reviewed=True)
    assert "1212" not in str(caught.value)


# 09 and 00 as years of birth: made-up numbers with right check digits
@pytest.mark.parametrize(
    "cells",
    [[901019802, 901019802], ["901019802", None], [901019802.0, None], [1019801, 1019801]],
)
def test_personal_numbers_that_have_lost_their_zeros_are_refused_until_someone_has_looked(cells):
    rows = [adult(nyckel=cell) for cell in cells]
    with pytest.raises(PrivacyError, match="nyckel: found what looks like personal numbers"):
        recommended(rows)
    assert len(recommended(rows, reviewed=True)) == 2


def test_numbers_that_are_as_long_by_chance_are_none():
    draw = np.random.default_rng(1).integers(10**6, 10**9, 500)
    assert len(recommended([adult(nyckel=int(number)) for number in draw])) == 500


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("nina@example.org", "e-mail addresses"),
        ("070-174 06 05", "telephone numbers"),
        ("Storgatan 12", "street addresses"),
    ],
)
def test_contact_data_is_refused_until_someone_has_looked(cell, kind):
    rows = [adult(text=cell), adult(text="ingen")]
    with pytest.raises(PrivacyError, match=f"text: found what looks like {kind} in 1 rows"):
        recommended(rows)
    assert len(recommended(rows, reviewed=True)) == 2


def test_personal_data_in_a_column_that_is_read_is_refused_too():
    with pytest.raises(PrivacyError, match="audit_1: found personal numbers in 1 rows"):
        recommended([adult(audit_1="19121212-1212")], reviewed=True)


def test_a_column_called_as_names_are_is_refused_unless_it_is_empty():
    with pytest.raises(PrivacyError, match="förnamn: found 1 rows with something in a column"):
        recommended([adult(förnamn="Nina"), adult(förnamn=None)])
    assert len(recommended([adult(förnamn=None)])) == 1
    assert len(recommended([adult(förnamn="Nina")], reviewed=True)) == 1


def test_a_column_whose_name_is_a_personal_number_is_refused():
    with pytest.raises(PrivacyError, match="in the names of 1 columns") as caught:
        recommended([adult(**{"19121212-1212": 1})])
    assert "1212" not in str(caught.value)


# What comes along with a frame although no column shows it

NUMBER = "811218-9876"


def refused(frame: Any, words: str, **more: Any) -> None:
    with pytest.raises(PrivacyError, match=words) as caught:
        tables.recommend(frame, "adult", purpose=PURPOSE, library=LIBRARY, **more)
    assert "9876" not in str(caught.value)


@pytest.mark.parametrize(
    ("index", "words"),
    [
        ([NUMBER, "a"], "^index: found personal numbers in 1 rows"),
        ([8112189876, 1], "^index: found personal numbers in 1 rows"),
        ([NUMBER, NUMBER], "^index: found personal numbers in 2 rows"),
        (pd.RangeIndex(8112189876, 8112189878), "index: found personal numbers in 1 rows"),
        (pd.Index([NUMBER, "a"], dtype=pd.ArrowDtype(pa.string())), "^index: found personal"),
        (pd.CategoricalIndex([1, 2], categories=[1, 2, 8112189876]), "^index: .* 1 categories"),
        (
            pd.MultiIndex.from_arrays([[1, 2], [NUMBER, "b"]], names=["a", "b"]),
            r"^index \(b\): found personal numbers in 1 rows",
        ),
        (pd.Index([1, 2], name=NUMBER), "found what looks like personal data in the name of"),
    ],
)
def test_an_index_is_looked_through_as_a_column_is(index, words):
    refused(table_of([adult(), adult()]).set_axis(index), words, reviewed=True)


def test_an_index_called_as_personal_numbers_is_refused_until_someone_has_looked():
    frame = table_of([adult(), adult()]).rename_axis("personnummer")
    refused(frame, r"^index \(personnummer\): found 2 rows with something in a column")
    found = tables.recommend(frame, "adult", purpose=PURPOSE, reviewed=True)
    assert found.index.name == "personnummer"


@pytest.mark.parametrize(
    "index",
    [
        ["RB-1", "RB-2"],
        pd.to_datetime(["2026-01-01", "2026-01-02"]),
        pd.period_range("2026-01-01", periods=2),
        pd.IntervalIndex.from_breaks([1, 2, 3]),
        pd.MultiIndex.from_arrays([["a", "b"], [1, 2]], names=["kommun", None]),
    ],
)
def test_an_index_that_tells_nobody_stays(index):
    frame = table_of([adult(), adult()]).set_axis(index)
    assert tables.recommend(frame, "adult", purpose=PURPOSE).index.equals(frame.index)


@pytest.mark.parametrize("column", ["x", "sex"])
@pytest.mark.parametrize(
    "cells",
    [
        pd.Categorical(["male"], categories=["male", NUMBER]),
        pd.Categorical([None], categories=[1.0, 8112189876.0]),
        pd.arrays.ArrowExtensionArray(pa.DictionaryArray.from_arrays([0], ["male", NUMBER])),
    ],
)
def test_categories_that_no_row_has_are_looked_through(column, cells):
    frame = table_of([adult()]).assign(**{column: cells})
    refused(frame, f"^{column}: found personal numbers in 1 categories", reviewed=True)


def test_categories_of_other_libraries_are_looked_through_too():
    words = ["male", NUMBER]
    by_polars = pl.DataFrame({"age": [30], "sex": pl.Series(["male"], dtype=pl.Enum(words))})
    by_arrow = pa.table({"age": [30], "x": pa.DictionaryArray.from_arrays([0], words)})
    refused(by_polars, "^sex: found personal numbers in 1 categories", date=adult()["date"])
    refused(by_arrow, "^x: found personal numbers in 1 categories", date=adult()["date"])


def test_categories_that_tell_nobody_stay():
    frame = table_of([adult()]).assign(x=pd.Categorical(["a"], categories=["a", "b"]))
    found = tables.recommend(frame, "adult", purpose=PURPOSE)
    assert found["x"].cat.categories.tolist() == ["a", "b"]


def test_a_running_number_and_a_date_are_no_personal_data():
    frame = table_of([adult(), adult()]).assign(
        lopnr=[1, 2**40], nar=pd.to_datetime(["2026-01-01 10:30", None]), key=["RB-7K3M", "a" * 40]
    )
    assert len(tables.recommend(frame, "adult", purpose=PURPOSE)) == 2
