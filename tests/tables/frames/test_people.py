import datetime as dt

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov import tables
from riskbehov.scoring.arrays import ILLEGAL, MISSING, SEX_CODES
from riskbehov.tables.frames.people import ages_of, ages_on, days_of, read_day, sexes_of

LATE = dt.datetime(2026, 3, 1, 23, 59)  # noqa: DTZ001 - as a file holds it, without a zone


def column(cells, **kwargs):
    return nw.from_native(pd.Series(cells, **kwargs), series_only=True)


def test_only_the_words_for_a_sex_are_read():
    found = sexes_of(column(["male", " female", "other", "unknown", None, "", "Man", "M", 1]))
    names = [*SEX_CODES]
    assert [names[n] if n < len(names) else None for n in found] == [
        "male", "female", "other", "unknown", "unknown", "unknown", None, None, None
    ]  # fmt: skip


def test_ages_are_whole_years_up_to_120():
    found = ages_of(column([0, 34.0, "34", None, 121, -1, 34.5, "thirty"], dtype=object))
    assert found.tolist() == [0, 34, 34, MISSING, ILLEGAL, ILLEGAL, ILLEGAL, ILLEGAL]


def test_days_are_read_from_dates_and_from_text():
    cells = [dt.date(2026, 3, 1), LATE, "2026-03-01", "20260301"]
    found, wrong = days_of(column(cells, dtype=object))
    assert set(found.astype(str)) == {"2026-03-01"}
    assert not wrong.any()


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-03-01 ", " 20260301", "2026-03-01 23:59", "2026-03-01T23:59:00", "20260301T2359"),
        *("2026-03-01 23:59:59.123456789", "2026-03-01T23:59:59,5Z", "2026-03-01 00:00:00+01:00"),
        *("20260301T235900Z", "2026-03-01 23:59:00+01", np.datetime64("2026-03-01T23:59")),
    ],
)
def test_a_whole_day_and_a_whole_point_in_time_are_read(cell):
    assert str(read_day(cell)) == "2026-03-01"


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-02-30", "1/3/2026", 20260301, "soon", True, "2026-01-01 eller 1999-01-01"),
        *("2026-01-01 19121212-1212", "2026-01-01T99:99", "20260101 x", "1912-12-12 1212"),
        *("19121212 1212", "2026-01-01 12", "2026-01-01T24:00", "2026-01-01 12:00 13:00"),
        *("2026-1-1", "2026-W01-1", "2026-01-01T", "2026-01-01\n2027-01-01", "202601-01"),
        *("2026-01-01T12:00+99:99", "\u0662\u0660\u0662\u0666-01-01", "2026-01-01T1200"),
    ],
)
def test_what_is_no_day_is_told(cell):
    found, wrong = days_of(column([cell, None], dtype=object))
    assert np.isnat(found).all()
    assert wrong.tolist() == [True, False]


def test_points_in_time_are_the_days_they_fall_on():
    found, wrong = days_of(column(pd.to_datetime(["2026-03-01 23:59", None])))
    assert found.astype(str).tolist() == ["2026-03-01", "NaT"]
    assert not wrong.any()


def test_no_time_of_pandas_among_dates_is_no_day_and_nothing_wrong():
    found, wrong = days_of(column([dt.date(2026, 3, 1), pd.NaT, LATE], dtype=object))
    assert found.astype(str).tolist() == ["2026-03-01", "NaT", "2026-03-01"]
    assert not wrong.any()


def test_a_table_with_no_time_among_its_dates_is_scored():
    days = pd.Series([dt.date(2006, 3, 1), pd.NaT], dtype=object)
    forms = pd.DataFrame({f"audit_{n}": [0, 0] for n in range(1, 11)}).assign(day=days)
    born = tables.score(forms, "audit", birth_date="day", date=dt.date(2026, 3, 1))
    for found in (born, tables.score(forms, "audit", date="day")):
        assert "invalid" not in found["audit_state"].tolist()


def test_a_row_without_a_day_is_told_and_not_stumbled_over_when_assessed():
    days = pd.Series([dt.date(2026, 3, 1), pd.NaT], dtype=object)
    persons = pd.DataFrame({"age": [30, 30], "date": days})
    found = tables.recommend(persons, "adult", purpose="Beskriva en grupp")
    assert found["state"].tolist() == ["assessed", "invalid"]


def by_calendar(born, day):
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return years if 0 <= years <= 120 else ILLEGAL


days = st.dates(dt.date(1880, 1, 1), dt.date(2100, 12, 31))


@given(st.lists(st.tuples(days, days), min_size=1))
def test_the_age_on_a_day_is_that_of_the_calendar(pairs):
    born, on = (np.array(each, "datetime64[D]") for each in zip(*pairs, strict=True))
    assert ages_on(born, on).tolist() == [by_calendar(b, d) for b, d in pairs]


def test_who_was_born_on_the_29th_of_february_turns_older_on_the_first_of_march():
    born = np.array(["2008-02-29"] * 2, "datetime64[D]")
    days = np.array(["2026-02-28", "2026-03-01"], "datetime64[D]")
    assert ages_on(born, days).tolist() == [17, 18]


def test_without_a_day_or_a_birth_the_age_is_unknown():
    born = np.array(["NaT", "2000-01-01"], "datetime64[D]")
    days = np.array(["2026-01-01", "NaT"], "datetime64[D]")
    assert ages_on(born, days).tolist() == [MISSING, MISSING]
