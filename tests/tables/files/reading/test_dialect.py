"""How a text file is written is found out, or said; what cannot be told is asked for."""

import pytest

from riskbehov.errors import InputError
from riskbehov.tables.files.reading.dialect import dialect_of

TEXT = "id;Å\r\n1;ö\r\n2;ä\r\n"


@pytest.fixture
def write(tmp_path):
    def _write(data, name="in.csv"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return _write


@pytest.mark.parametrize(
    ("data", "encoding", "has_mark", "notes"),
    [
        (TEXT.encode(), "utf-8", False, 0),
        (TEXT.encode("utf-8-sig"), "utf-8", True, 0),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le", True, 0),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be", True, 0),
        (TEXT.encode("latin-1"), "cp1252", False, 1),
        (TEXT.encode("cp1252"), "cp1252", False, 1),
        (b"id;b\r\n1;2\r\n", "utf-8", False, 0),
    ],
)
def test_the_encoding_is_told_by_the_file(write, data, encoding, has_mark, notes):
    found = dialect_of(write(data))
    assert (found.encoding, found.has_mark) == (encoding, has_mark)
    assert len(found.notes) == notes
    assert (found.delimiter, found.line_end) == (";", "\r\n")


def test_an_older_encoding_is_told_and_not_taken_in_silence(write):
    [note] = dialect_of(write(TEXT.encode("latin-1"))).notes
    assert "Windows-1252" in str(note)
    assert "--encoding" in str(note)


@pytest.mark.parametrize(
    ("data", "said", "encoding"),
    [
        (TEXT.encode("latin-1"), "latin-1", "iso8859-1"),
        (TEXT.encode("cp850"), "cp850", "cp850"),
        (TEXT.encode("utf-16-le"), "utf-16", "utf-16-le"),
        (TEXT.encode("utf-8-sig"), "utf-8", "utf-8"),
        (TEXT.encode(), "utf-8-sig", "utf-8"),
    ],
)
def test_an_encoding_that_is_said_is_gone_by_and_not_told_of(write, data, said, encoding):
    found = dialect_of(write(data), encoding=said)
    assert (found.encoding, found.notes, found.names) == (encoding, (), ("id", "Å"))


def test_a_letter_far_down_is_not_taken_for_another(write):
    rows = b"1;2\r\n" * 1_200_000  # more than is looked at at a time
    found = dialect_of(write(b"a;b\r\n" + rows + b"3;\xe5\r\n"))
    assert found.encoding == "cp1252"
    assert found.about == 1_200_001


def test_a_letter_that_is_cut_between_two_pieces_is_still_a_letter(write):
    path = write(b"a;b\n" + b"x" * ((1 << 22) - 5) + "å;1\n".encode())
    assert dialect_of(path).encoding == "utf-8"


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [
        ("a;b;c", ";"),
        ("a,b,c", ","),
        ("a\tb\tc", "\t"),
        ('"a;x",b,c', ","),
        ('a;"b, c";d', ";"),
        ("a;b,c;d", ";"),
        ("a,1;b,2;c;d", ";"),
    ],
)
def test_the_delimiter_is_what_divides_the_header_into_most_names(write, header, delimiter):
    assert dialect_of(write(header + "\n")).delimiter == delimiter


def test_a_header_that_two_delimiters_could_divide_is_asked_about(write):
    with pytest.raises(InputError, match=r"in.csv:1: the header can be divided by ; ,; say"):
        dialect_of(write("a;b,c\n"))
    assert dialect_of(write("a;b,c\n"), delimiter=",").names == ("a;b", "c")


def test_a_tab_divides_a_tsv_even_where_commas_are_more(write):
    assert dialect_of(write("a,x,y\tb\n", "in.tsv")).names == ("a,x,y", "b")


def test_the_line_by_which_excel_tells_the_delimiter_is_no_header(write):
    found = dialect_of(write("sep=;\r\na,1;b\r\n1;2\r\n"))
    assert (found.names, found.delimiter, found.lines) == (("a,1", "b"), ";", 2)
    assert found.start == len("sep=;\r\na,1;b\r\n")


def test_a_name_may_hold_a_line_end(write):
    found = dialect_of(write('"a\nb";c\n1;2\n'))
    assert (found.names, found.lines, found.start) == (("a\nb", "c"), 2, 8)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ["no names of columns"]),
        (b"\n\n", ["no names of columns"]),
        (b";;\n1;2;3\n", ["no names of columns"]),
        (b"a;b;a\n", ["2 columns with the name 'a'"]),
        (b"a;b\n1;2\0\n", ["in.csv:2", "zero bytes", "utf-16"]),
        (TEXT.encode("utf-16-le"), ["zero bytes", "--encoding utf-16"]),
        (b"a;b\n1;\x81\n", ["in.csv:2", "Windows-1252", "--encoding"]),
    ],
)
def test_what_is_no_table_is_refused(write, data, words):
    with pytest.raises(InputError, match=words[0]) as raised:
        dialect_of(write(data))
    for word in words:
        assert word in str(raised.value)


@pytest.mark.parametrize(
    ("data", "said", "words"),
    [
        (TEXT.encode("latin-1"), "utf-8", r"in.csv:1: found bytes that are not UTF-8"),
        (TEXT.encode("utf-8-sig"), "latin-1", "the first bytes of the file say UTF-8"),
        (TEXT.encode(), "swedish", "--encoding: found 'swedish', expected an encoding"),
    ],
)
def test_an_encoding_that_the_file_is_not_in_is_refused(write, data, said, words):
    with pytest.raises(InputError, match=words):
        dialect_of(write(data), encoding=said)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        dialect_of(tmp_path / "in.csv")
