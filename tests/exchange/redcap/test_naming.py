"""Names that REDCap takes."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.exchange.made import with_items

from riskbehov.exchange.redcap.naming import field_names, form_name
from riskbehov.library import Library
from riskbehov.tables.frames.columns import columns_of

LIBRARY = Library.open()
# REDCap: lower case letters, figures and underscores, a letter first, at most 26 in all; a double
# underscore is not kept, since three of them part a checkbox field from its codes.
FIELD = re.compile(r"(?!.*__)[a-z][a-z0-9_]{0,24}[a-z0-9]")
ids = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,59}\Z")


@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
def test_a_short_name_is_that_of_the_column(id_):
    instrument = LIBRARY.scored(id_)
    fields = field_names(instrument)
    assert [*fields] == [item.id for item in instrument.items]
    for field, column in zip(fields.values(), columns_of(instrument, None), strict=True):
        assert FIELD.fullmatch(field)
        assert field == column or len(column) > 26


def test_a_long_name_keeps_the_item_and_loses_of_the_instrument():
    fields = field_names(LIBRARY.scored("responsivity"))
    assert fields["language"] == "responsivity_language"
    assert fields["intellectual_level"] == "respons_intellectual_level"
    assert all(field.endswith(f"_{id_}") for id_, field in fields.items())


def test_names_that_become_the_same_when_they_are_cut_get_numbers():
    same = [f"concentration-at-{time}-and-in-company-of-many" for time in ("work", "worksite")]
    fields = field_names(with_items(*same, "concentration-at-work-and-in-company-of-many2"))
    assert len(set(fields.values())) == 3
    assert sorted(field[-2:] for field in fields.values())[:2] == ["_2", "_3"]


@pytest.mark.parametrize(
    ("ids", "fields"),
    [
        (("A", "a"), ["fictional_a", "fictional_a_2"]),
        (("a.b", "a-b", "a_b"), ["fictional_a_b", "fictional_a_b_2", "fictional_a_b_3"]),
        (("complete",), ["fictional_complete_2"]),  # REDCap's own field of the form's status
        (("a__b_",), ["fictional_a_b"]),
    ],
)
def test_no_field_is_taken_for_another(ids, fields):
    assert [*field_names(with_items(*ids)).values()] == fields


def test_no_field_is_taken_for_the_key_of_the_record():
    assert field_names(with_items("id", id_="record")) == {"id": "record_id_2"}


def test_a_name_that_begins_with_a_figure_gets_a_letter():
    instrument = with_items("1", id_="4dsq")
    assert field_names(instrument) == {"1": "f_4dsq_1"}
    assert form_name(instrument) == "f_4dsq"


@example("9-a-b-c-d-e-f-g-h-i-j-k-l-m", ["an-item-with-a-name-of-its-own"])
@given(ids, st.lists(ids, min_size=1, max_size=8, unique=True))
def test_whatever_the_ids_the_fields_are_such_as_redcap_takes(id_, items):
    instrument = with_items(*items, id_=id_)
    fields = [*field_names(instrument).values()]
    assert len(set(fields)) == len(fields)
    assert [field for field in [*fields, form_name(instrument)] if not FIELD.fullmatch(field)] == []
