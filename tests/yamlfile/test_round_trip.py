"""Whatever plain values are written as YAML come back as they were, or are refused for a reason."""

import datetime as dt
import unicodedata
from typing import Any

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from riskbehov.errors import DataError
from riskbehov.yamlfile import parse_text
from riskbehov.yamlfile.parse import lines


class Dumper(yaml.SafeDumper):
    """PyYAML's own writer with all text in quotes, and every value written out."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


Dumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.text()
    | st.text("aåäö 'ab#:-[]{}\n\t0123&*!|>%@`\x1b\x85\u2028", max_size=12)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def dump(value: object, *, allow_unicode: bool) -> str:
    text: str = yaml.dump(value, Dumper=Dumper, allow_unicode=allow_unicode, sort_keys=False)
    return text


def read_back(text: str) -> tuple[object, str | None]:
    """Return the value of a text, or nothing and why it was refused."""
    try:
        return parse_text(text, "f.yaml"), None
    except DataError as error:
        return None, str(error)


def parts(value: object) -> list[object]:
    """Return everything within a value, keys included."""
    if isinstance(value, dict):
        return [value, *(p for k, v in value.items() for p in (k, *parts(v)))]
    if isinstance(value, list):
        return [value, *(p for v in value for p in parts(v))]
    return [value]


def has_reason_to_be_refused(value: object) -> bool:
    return value is None or any(
        (isinstance(p, int) and not isinstance(p, bool) and len(str(p)) > 18)
        or (isinstance(p, str) and any(is_control(c) for c in p))
        for p in parts(value)
    )


def is_control(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\n\r\x85"
    ) or character in "\ufffe\uffff"


def same(one: object, other: object) -> bool:
    """Tell whether two values are equal with all their types: True is not 1, nor 1.0."""
    return repr(one) == repr(other)


@given(value=values, allow_unicode=st.booleans())
@example(value={"": ""}, allow_unicode=False)
@example(value=["\x85", "\u2028", "\ufeff", "<<", "\U0001f600"], allow_unicode=True)
@example(value={"<<": 1, "a b": {"1": [[], {}]}}, allow_unicode=False)
@example(value=10**18, allow_unicode=False)
@example(value=[-0.0, 1e300, 5e-324, 1e16], allow_unicode=False)
def test_a_value_comes_back_equal_or_is_refused_for_a_reason(value, allow_unicode):
    text = dump(value, allow_unicode=allow_unicode)
    back, refusal = read_back(text)
    if refusal is None:
        assert same(back, value), text
    else:
        assert has_reason_to_be_refused(value), text
        assert "expected" in refusal


@given(value=values, allow_unicode=st.booleans())
def test_every_value_has_a_line_within_the_file(value, allow_unicode):
    text = dump(value, allow_unicode=allow_unicode)
    if not has_reason_to_be_refused(value):
        found = lines(text, "f.yaml")
        assert len(found) == sum(1 for _ in parts(value)) - sum(
            len(p) for p in parts(value) if isinstance(p, dict)
        )
        assert set(found.values()) <= set(range(1, len(text.splitlines()) + 1))


@given(st.text())
@example("a: 1\n\x00")
@example("{a: \ud800}".encode("utf-16", "surrogatepass").decode("latin-1"))
def test_any_text_is_read_or_refused_with_the_name_of_the_file(text):
    _, refusal = read_back(text)
    assert refusal is None or (refusal.startswith("f.yaml") and "expected" in refusal)


@given(st.dates())
def test_a_date_comes_back_as_a_date(day):
    assert parse_text(f"a: {day.isoformat()}\n", "f.yaml") == {"a": dt.date.fromisoformat(str(day))}
