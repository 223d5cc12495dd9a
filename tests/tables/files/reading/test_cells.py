"""Cells of any kind become columns of one type, the same in whatever parts they come."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from riskbehov.tables.files.reading.cells import joined, packed, text_of

at = dt.datetime.fromisoformat

cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=4),
    st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)).map(
        lambda day: dt.datetime.combine(day, dt.time())
    ),
    st.datetimes(at("1900-03-01"), at("2100-01-01")),
)


@given(column=st.lists(cells, max_size=12), cut=st.integers(0, 12))
def test_a_column_is_the_same_whole_and_in_parts(column, cut):
    parts = [packed(part) for part in (column[:cut], column[cut:])]
    whole = joined([packed(column)])
    assert joined(parts).type == whole.type
    assert joined(parts).to_pylist() == whole.to_pylist()


@given(column=st.lists(cells, min_size=1, max_size=12))
def test_nothing_is_lost(column):
    found = joined([packed(column)]).to_pylist()
    for cell, value in zip(column, found, strict=True):
        if cell is None:
            assert value is None
        elif isinstance(value, str):
            assert value == text_of(cell)
        elif isinstance(cell, dt.datetime):
            assert value == (cell if isinstance(value, dt.datetime) else cell.date())
        else:
            assert value == cell
            assert isinstance(value, bool) == isinstance(cell, bool)


def test_a_whole_number_that_no_float_is_stays_whole_beside_floats():
    assert joined([packed([2**60 + 1]), packed([0.5])]).to_pylist() == [
        "1152921504606846977",
        "0.5",
    ]
    assert joined([packed([2**53]), packed([0.5])]).to_pylist() == [float(2**53), 0.5]
