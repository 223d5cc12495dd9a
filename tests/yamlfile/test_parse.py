"""Strict YAML: what plain words and numbers mean, what is refused, and where it says so."""

import datetime as dt
import time
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from riskbehov.errors import CaseError, DataError
from riskbehov.yamlfile import MAX_BYTES, MAX_DEPTH, dotted, parse, parse_text
from riskbehov.yamlfile.parse import lines

QUICK = 10.0
"""Seconds that no file of the allowed size may take to be refused, on a slow machine too."""


@pytest.fixture(params=["libyaml", "pure Python"])
def _loader(request, monkeypatch):
    """Both parsers of PyYAML: the pure one stands in where there is no libyaml."""
    if request.param == "pure Python":
        module = import_module("riskbehov.yamlfile.quick")  # the name alone is the function
        monkeypatch.setattr(module, "LOADER", yaml.SafeLoader)


both_parsers = pytest.mark.usefixtures("_loader")


def value_of(text: str) -> object:
    return parse_text(f"a: {text}\n", "f.yaml")["a"]


def refusal(text: str) -> str:
    with pytest.raises(DataError, match=r"^f\.yaml") as caught:
        parse_text(text, "f.yaml")
    [fault] = caught.value.faults
    return str(fault)


# What plain words and numbers mean.


@both_parsers
@pytest.mark.parametrize(
    "text",
    ["yes", "no", "on", "off", "Yes", "NO", "y", "n", "True", "FALSE", "Null", "NULL", "None"],
)
def test_only_true_false_and_null_are_more_than_text(text):
    assert value_of(text) == text


@both_parsers
@pytest.mark.parametrize(
    "text",
    ["010", "0o7", "0x1F", "0b1", "1:30", "1_000", "1,5", "1.", ".5", "--1", "+-1", "1e", "١٢"],
)
def test_a_number_that_is_written_otherwise_is_text(text):
    assert value_of(text) == text


@both_parsers
@pytest.mark.parametrize("text", [".inf", "-.inf", "+.inf", ".nan", ".NaN", "inf", "nan"])
def test_infinity_and_no_number_are_text(text):
    assert value_of(text) == text


@both_parsers
@pytest.mark.parametrize(
    "text", ["2026-1-31", "2026-01-31 10:00", "2026-01-31T10:00:00Z", "20260131", "26-01-31"]
)
def test_a_date_that_is_written_otherwise_is_no_date(text):
    assert not isinstance(value_of(text), dt.date)


@both_parsers
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-0", 0),
        ("+7", 7),
        ("-12", -12),
        ("1.50", 1.5),
        ("1e3", 1000.0),
        ("-2.5E-1", -0.25),
        ("2024-02-29", dt.date(2024, 2, 29)),
        ("a text", "a text"),
        ("Å ä ö", "Å ä ö"),
        ("'1'", "1"),
        ('"true"', "true"),
        ('"2024-02-29"', "2024-02-29"),
        ("''", ""),
        ("[]", []),
        ("{}", {}),
    ],
)
def test_a_plain_value_is_what_it_looks_like_and_a_quoted_one_is_text(text, value):
    found = value_of(text)
    assert (type(found), found) == (type(value), value)


@both_parsers
def test_keys_are_always_text():
    values = parse_text("1: a\n2026-01-31: b\ntrue: c\nnull: d\n0.5: e\n", "f.yaml")
    assert list(values) == ["1", "2026-01-31", "true", "null", "0.5"]


@both_parsers
def test_a_number_and_the_same_text_are_one_key():
    assert "'1' stands twice" in refusal('1: a\n"1": b\n')


# What is refused. Each is said with file, line and place.


@both_parsers
@pytest.mark.parametrize(
    "date", ["2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "0000-01-01"]
)
def test_a_date_that_does_not_exist_is_refused(date):
    assert refusal(f"x: 1\na:\n  - b: {date}\n") == (
        f"f.yaml:3: a[0].b: found '{date}', expected a date that exists"
    )


@both_parsers
@pytest.mark.parametrize("number", ["1" * 19, "-" + "9" * 18, "9" * 5000])
def test_a_huge_number_is_refused_and_not_repeated_in_full(number):
    told = refusal(f"a: {number}\n")
    assert told.startswith("f.yaml:1: a: found the number '")
    assert "expected at most 18 digits" in told
    assert len(told) < 200


@both_parsers
@pytest.mark.parametrize("number", ["1e999", "-1e999", "1.0E+400"])
def test_a_number_beyond_all_bounds_is_refused(number):
    assert "expected a number that is not beyond all bounds" in refusal(f"a: {number}\n")


@both_parsers
@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        (
            "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n",
            "f.yaml:5: b: ",
            "'c' stands twice, first on line 3",
        ),
        ("a: 1\nb: 2\na: 1\n", "f.yaml:3: ", "the key 'a' stands twice, first on line 1"),
        ("- {a: 1, a: 2}\n", "f.yaml:1: [0]: ", "the key 'a' stands twice"),
        ("a: &x 1\nb: 2\n", "f.yaml:1: a: ", "anchor"),
        ("a:\n  - 1\n  - &x {b: 1}\n", "f.yaml:3: a[1]: ", "anchor"),
        ("&x a: 1\n", "f.yaml:1: ", "anchor"),
        ("a: 1\nb: *x\n", "f.yaml:2: b: ", "alias"),
        ("*x : 1\n", "f.yaml:1: ", "alias"),
        ("a: !!str 1\n", "f.yaml:1: a: ", "found the tag 'tag:yaml.org,2002:str'"),
        ("a: !!python/object:os.system 1\n", "f.yaml:1: a: ", "found the tag"),
        ("a: ! 1\n", "f.yaml:1: a: ", "found the tag '!'"),
        ("a: !own [1]\n", "f.yaml:1: a: ", "found the tag '!own'"),
        ("!own a: 1\n", "f.yaml:1: ", "found the tag '!own'"),
        ("a:\n  <<: {b: 1}\n", "f.yaml:2: a: ", "merge key"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2: ", "second document"),
        ("a: 1\n---\n", "f.yaml:2: ", "second document"),
        ("---\n---\na: 1\n", "f.yaml:2: ", "second document"),
        ("? [a, b]\n: 1\n", "f.yaml:1: ", "found a list or keys as a key, expected a word"),
        ("? {a: b}\n: 1\n", "f.yaml:1: ", "found a list or keys as a key, expected a word"),
        ("a:\n\t- b\n", "f.yaml:2: ", "found a tab, expected spaces"),
        ("\ta: b\n", "f.yaml:1: ", "found a tab, expected spaces"),
        ("a: 1\nb: @x\n", "f.yaml:2: ", "begins with @, expected it in quotes"),
        ("a: `x`\n", "f.yaml:1: ", "begins with `, expected it in quotes"),
        ("a: %x\n", "f.yaml:1: ", "begins with %, expected it in quotes"),
        ("a: 1\nb: c: d\n", "f.yaml:2: ", "expected a text with ': ' in quotes"),
        ("a: 1\nb: 'x\nc: 2\n", "f.yaml:3: ", "the text that begins on line 2"),
        ("a:\n  b: 1\n c: 2\n", "f.yaml:3: ", "expected a YAML file"),
        ("a: [1, 2\n", "f.yaml:1: ", "expected a YAML file"),
        ("a: [1, 2]]\n", "f.yaml:1: ", "expected a YAML file"),
        ('a: "\\q"\n', "f.yaml:1: ", "expected a YAML file"),
    ],
)
def test_what_yaml_allows_beyond_plain_values_is_refused(text, where, words):
    told = refusal(text)
    assert told.startswith(where)
    assert words in told
    assert "expected" in told


@both_parsers
@pytest.mark.parametrize(
    "text", ["", "\n\n", "# a comment\n", "# one\n  # two\n", "---\n", "null\n", "~"]
)
def test_an_empty_file_is_refused(text):
    assert refusal(text) == "f.yaml: found an empty file, expected keys and values"


@both_parsers
@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x0b", "\x7f", "\x9b", "\ufffe"])
def test_a_control_character_is_refused(character):
    told = refusal(f"a: 1\nb: x{character}y\n")
    assert told.startswith(
        f"f.yaml:2: found the control character U+{ord(character):04X}, expected"
    )
    assert character not in told


@both_parsers
@pytest.mark.parametrize("escape", [r"\0", r"\a", r"\e[2J", r"\x1b", r"\b", r"\x7F"])
def test_a_control_character_that_is_escaped_is_refused_too(escape):
    told = refusal(f'a: 1\nb: ["x{escape}y"]\n')
    assert told.startswith("f.yaml:2: b[0]: found the control character U+00")


@both_parsers
def test_half_a_surrogate_pair_is_refused():
    assert refusal('a: "\\uD800"\n').startswith("f.yaml:1: ")


@both_parsers
def test_tabs_and_line_breaks_within_text_are_kept():
    assert value_of(r'"a\tb\nc"') == "a\tb\nc"


def test_a_key_that_does_not_show_is_put_in_quotes_in_the_place():
    assert dotted(("a", 0, "b c", "", "d\ne", "f\u00a0g", " h")) == (
        r"a[0].b c.''.'d\ne'.'f\xa0g'.' h'"
    )


# Depth and size.


@both_parsers
@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "[" * 10_000 + "]" * 10_000,
        "[ " * 1_000_000,
        "{a: " * 10_000,
        "- " * 10_000 + "1",
        "? " * 10_000,
        "".join(f"{' ' * n}a:\n" for n in range(1_900)),
    ],
    ids=["flow", "flow closed", "2 MB", "flow mapping", "block", "complex key", "block mapping"],
)
def test_lists_within_lists_are_refused_quickly_and_without_recursion(text):
    begun = time.perf_counter()
    told = refusal(text)
    assert time.perf_counter() - begun < QUICK
    assert f"deeper than {MAX_DEPTH} levels, expected fewer" in told or "as a key" in told


@both_parsers
def test_lists_within_lists_up_to_the_limit_are_read():
    value = parse_text("[" * MAX_DEPTH + "]" * MAX_DEPTH, "f.yaml")
    for _ in range(MAX_DEPTH - 1):
        [value] = value
    assert value == []


@both_parsers
def test_a_long_broken_file_is_refused_quickly():
    begun = time.perf_counter()
    assert "expected a YAML file" in refusal("'" + "a " * 1_000_000)
    assert time.perf_counter() - begun < QUICK


# Files.


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "f.yaml"


def refused(path: Path) -> str:
    with pytest.raises(CaseError, match="expected") as caught:
        parse(path, error=CaseError)
    return str(caught.value)


def test_a_file_of_50_mb_is_refused_unread(path):
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    begun = time.perf_counter()
    assert refused(path) == (
        f"{path}: found a file of more than {MAX_BYTES} bytes, expected at most that; split it"
    )
    assert time.perf_counter() - begun < QUICK


def test_a_file_of_just_the_size_is_read(path):
    path.write_bytes(b"a: 1\n".ljust(MAX_BYTES, b"\n"))
    assert parse(path) == {"a": 1}


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless file here")
def test_an_endless_file_is_not_read_to_its_end():
    assert "bytes, expected at most" in refused(Path("/dev/zero"))


def test_a_byte_order_mark_is_left_out(path):
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert parse(path) == {"a": 1}


def test_windows_line_ends_count_and_read_as_ours(path):
    path.write_bytes(b"a: |\r\n  x\r\n  y\r\nb: 1\r\n")
    assert parse(path) == {"a": "x\ny\n", "b": 1}
    path.write_bytes(b"a: 1\r\n\r\nb: 2026-02-30\r\n")
    assert refused(path).startswith(f"{path}:3: b: ")


@pytest.mark.parametrize(
    ("data", "line", "byte"),
    [
        ("a: 1\nb: få\n".encode("latin-1"), 2, "0xE5"),
        ("a: 1\n".encode("utf-16"), 1, "0xFF"),
        (b"a: 1\n\n\nb: \x80", 4, "0x80"),
    ],
)
def test_a_file_that_is_not_utf_8_is_refused_with_its_line(path, data, line, byte):
    path.write_bytes(data)
    assert refused(path) == (
        f"{path}:{line}: found the byte {byte}, which is not UTF-8; expected a file saved as UTF-8"
    )


def test_a_folder_is_refused(tmp_path):
    assert refused(tmp_path) == f"{tmp_path}: found a folder, expected a YAML file"


@pytest.mark.parametrize("name", ["missing.yaml", "no/such/folder.yaml"])
def test_a_missing_file_is_refused(tmp_path, name):
    assert refused(tmp_path / name) == (
        f"{tmp_path / name}: found no such file, expected the name of a YAML file"
    )


def test_a_file_that_may_not_be_read_is_refused(path, monkeypatch):
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything, so chmod would not do
    assert refused(path) == f"{path}: found a file that you may not read, expected one that you may"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_no_file_can_have_is_refused(name):
    assert "cannot be read" in refused(Path(name))


def test_the_error_is_of_the_kind_asked_for(path):
    path.write_text("a: 2026-02-30\n", encoding="utf-8")
    with pytest.raises(DataError, match="2026-02-30"):
        parse(path)
    with pytest.raises(CaseError, match="2026-02-30"):
        parse(path, error=CaseError)


# Lines.


@both_parsers
def test_every_value_has_its_line_and_one_under_a_key_the_line_of_the_key():
    text = """\
# a comment
a:
  b: 1
  c:
    - 2
    - d: 3
      e: |
        text
        over lines
    -
      - 4
f:

  folded
g: {h: [5,
  6], "i j": 7}
k:
"""
    assert lines(text, "f.yaml") == {
        (): 2,
        ("a",): 2,
        ("a", "b"): 3,
        ("a", "c"): 4,
        ("a", "c", 0): 5,
        ("a", "c", 1): 6,
        ("a", "c", 1, "d"): 6,
        ("a", "c", 1, "e"): 7,
        ("a", "c", 2): 11,
        ("a", "c", 2, 0): 11,
        ("f",): 12,
        ("g",): 15,
        ("g", "h"): 15,
        ("g", "h", 0): 15,
        ("g", "h", 1): 16,
        ("g", "i j"): 16,
        ("k",): 17,
    }


@both_parsers
def test_a_list_at_the_top_has_lines_too():
    assert lines("- 1\n\n-\n  - 2\n", "f.yaml") == {(): 1, (0,): 1, (1,): 4, (1, 0): 4}
