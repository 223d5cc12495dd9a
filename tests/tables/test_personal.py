"""A table that tells who anyone is is refused, without telling it again."""

import pandas as pd
import pytest
from tests.tables.persons import (
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


def test_a_running_number_and_a_date_are_no_personal_data():
    frame = table_of([adult(), adult()]).assign(
        lopnr=[1, 2**40], nar=pd.to_datetime(["2026-01-01 10:30", None]), key=["RB-7K3M", "a" * 40]
    )
    assert len(tables.recommend(frame, "adult", purpose=PURPOSE)) == 2
