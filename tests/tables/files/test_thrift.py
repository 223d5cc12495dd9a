"""What is read of a footer can be written again, byte by byte."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.tables.files.thrift import (
    BINARY,
    BYTE,
    DOUBLE,
    FALSE,
    I16,
    I32,
    I64,
    LIST,
    STRUCT,
    TRUE,
    Field,
    Members,
    Reader,
    number,
    written,
)

wholes = st.integers(-(2**63), 2**63 - 1)
plain = st.one_of(
    st.just(Field(TRUE, value=True)),
    st.just(Field(FALSE, value=False)),
    st.builds(Field, st.just(BYTE), st.binary(min_size=1, max_size=1)),
    st.builds(Field, st.sampled_from([I16, I32, I64]), wholes),
    st.builds(Field, st.just(DOUBLE), st.binary(min_size=8, max_size=8)),
    st.builds(Field, st.just(BINARY), st.binary(max_size=20)),
    st.builds(
        Field, st.just(LIST), st.builds(Members, st.just(I64), st.lists(wholes, max_size=20))
    ),
)
structs = st.recursive(
    st.dictionaries(st.integers(1, 60), plain, max_size=5),
    lambda inner: st.dictionaries(
        st.integers(1, 60),
        st.one_of(
            plain,
            st.builds(Field, st.just(STRUCT), inner),
            st.builds(Field, st.just(LIST), st.builds(Members, st.just(STRUCT), st.lists(inner))),
        ),
        max_size=4,
    ),
    max_leaves=8,
)


@given(struct=structs)
def test_a_structure_is_read_as_it_was_written(struct):
    data = written(struct)
    reader = Reader(data + b"more")
    assert reader.struct() == struct
    assert reader.place == len(data)


# The example of the protocol's own description (Apache Thrift, doc/specs/thrift-compact-protocol,
# "varint"): 50399 is 0xDF 0x89 0x03.
@pytest.mark.parametrize(("value", "data"), [(0, "00"), (127, "7f"), (50399, "df8903")])
def test_a_number_is_written_as_the_protocol_says(value, data):
    assert number(value).hex() == data


def test_a_footer_of_pyarrow_is_written_again_byte_by_byte():
    file = io.BytesIO()
    table = pa.table({"a": [1, None], "l": [[1.5], []], "s": ["x", "y"]})
    pq.write_table(table, file, row_group_size=1, write_page_index=True)
    data = file.getvalue()
    size = int.from_bytes(data[-8:-4], "little")
    footer = data[-8 - size : -8]
    assert written(Reader(footer).struct()) == footer
