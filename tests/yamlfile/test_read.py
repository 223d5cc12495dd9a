"""From plain values to models: all faults at once, each with file, line, place and what to do."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field, RootModel

from riskbehov.errors import CaseError, DataError, InputError
from riskbehov.i18n import message
from riskbehov.models.base import AgeRange, FreeText, Id, Model, Seq, Text
from riskbehov.models.rule import RuleFile
from riskbehov.yamlfile import locate, locator, read, validate


class Part(Model):
    id: Id
    weight: Annotated[float, Field(ge=0, le=1.5)] = 0
    is_static: bool = False


class Whole(Model):
    title: Text
    day: dt.date
    colour: Literal["red", "green", "hög prioritet"] = "red"
    count: Annotated[int, Field(ge=1)] = 1
    either: bool | int | str | None = None
    ages: AgeRange | None = None
    note: Annotated[FreeText, Field(min_length=1)] = "-"
    short: Annotated[str, Field(max_length=5)] = ""
    parts: Annotated[Seq[Part], Field(min_length=1, max_length=3)] = (Part(id="a"),)


class Other(Model):
    kind: Literal["other"]
    name: str


class Either(RootModel[Whole | Other]):
    """A file of one sort or another."""


SOUND = "title: {sv: å, en: a}\nday: 2026-01-31\n"


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "f.yaml"


def told(path: Path, text: str) -> list[str]:
    """Return the faults of a file, without the folder it stands in."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="expected") as caught:
        read(path, Whole)
    return [str(fault).replace(f"{path.parent}/", "") for fault in caught.value.faults]


def test_a_sound_file_is_read(path):
    path.write_text(SOUND + "parts: [{id: b}]\nages: {from: 12}\n", encoding="utf-8")
    found = read(path, Whole)
    assert (found.title.sv, found.day, found.parts[0].id) == ("å", dt.date(2026, 1, 31), "b")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("count: yes", "count: found 'yes', expected a whole number"),
        ("count: 010", "count: found '010', expected a whole number"),
        ("count: '1'", "count: found '1', expected a whole number, without quotes"),
        ("count: 1.0", "count: found 1.0, expected a whole number"),
        ("count: true", "count: found true, expected a whole number"),
        ("count:", "count: found nothing, expected a whole number"),
        ("count: [1]", "count: found a list, expected a whole number"),
        ("count: 0", "count: found 0, expected at least 1"),
        (
            "colour: gren",
            ("colour: found 'gren', expected red, green, hög prioritet - did you mean 'green'?"),
        ),
        ("colour: 3", "colour: found 3, expected red, green, hög prioritet"),
        ("either: [1]", "either: found a list, expected true or false or a whole number or text"),
        ("ages: {from: 18, to: 12}", "ages: found 18 to 12, expected the lower age first"),
        (
            "ages: {from_: 18}",
            ("ages.from_: found the key 'from_', expected from, to - did you mean 'from'?"),
        ),
        ("ages: {from: 121}", "ages.from: found 121, expected at most 120"),
        ("note: 12", "note: found 12, expected text (put it in quotes)"),
        ("note: 2026-01-31", "note: found 2026-01-31, expected text (put it in quotes)"),
        ("note: ''", "note: found an empty text, expected some text"),
        ("short: abcdefg", "short: found a longer text, expected at most 5 characters"),
        ("parts: []", "parts: found a list of 0, expected at least 1"),
        (
            "parts: [{id: a}, {id: b}, {id: c}, {id: d}]",
            "parts: found a list of 4, expected at most 3",
        ),
        ("parts: {id: a}", "parts: found the keys id, expected a list"),
        ("parts: [a]", "parts[0]: found 'a', expected the keys id, is_static, weight"),
        ("parts: [{weight: 1}]", "parts[0].id: the key 'id' is missing, expected it here"),
        (
            "parts: [{id: a b}]",
            (
                "parts[0].id: found 'a b', expected letters a-z, digits, hyphens,"
                " dots and underscores, no spaces"
            ),
        ),
        ("parts: [{id: a, weight: 2}]", "parts[0].weight: found 2, expected at most 1.5"),
        ("parts: [{id: a, weight: -1}]", "parts[0].weight: found -1, expected at least 0"),
        ("parts: [{id: a, weight: '1'}]", "parts[0].weight: found '1', expected a number"),
        (
            "parts: [{id: a, is_static: no}]",
            "parts[0].is_static: found 'no', expected true or false",
        ),
        (
            "parts: [{id: a, is_static: 'true'}]",
            "parts[0].is_static: found 'true', expected true or false, without quotes",
        ),
        (
            "parts: [{id: a, wieght: 1}]",
            (
                "parts[0].wieght: found the key 'wieght', expected id, is_static, weight"
                " - did you mean 'weight'?"
            ),
        ),
        (
            "partz: []",
            (
                "partz: found the key 'partz', expected ages, colour, count, day, either,"
                " note, parts, short, title - did you mean 'parts'?"
            ),
        ),
    ],
)
def test_a_fault_tells_where_what_was_found_and_what_was_expected(path, line, fault):
    assert told(path, f"{SOUND}{line}\n") == [f"f.yaml:3: {fault}"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("day: '2026-01-31'", "day: found '2026-01-31', expected a date, without quotes"),
        ("day: 2026", "day: found 2026, expected a date as 2026-01-31"),
        ("day: 2026-1-31", "day: found '2026-1-31', expected a date as 2026-01-31"),
        ("day: 2026-01-31 10:00", "day: found '2026-01-31 10:00', expected a date as 2026-01-31"),
    ],
)
def test_a_date_is_a_date(path, line, fault):
    assert told(path, f"title: {{sv: å, en: a}}\n{line}\n") == [f"f.yaml:2: {fault}"]


def test_all_faults_come_at_once_with_the_line_of_each(path):
    text = """\
title:
  sv: å
  de: a
colour: blue
parts:
  - id: a

  - id: b
    weight: x
  - weight: 1
"""
    assert told(path, text) == [
        "f.yaml:1: title.en: the key 'en' is missing, expected it here",
        "f.yaml:3: title.de: found the key 'de', expected en, sv",
        "f.yaml:1: day: the key 'day' is missing, expected it here",
        "f.yaml:4: colour: found 'blue', expected red, green, hög prioritet",
        "f.yaml:9: parts[1].weight: found 'x', expected a number",
        "f.yaml:10: parts[2].id: the key 'id' is missing, expected it here",
    ]


def test_a_file_that_is_a_list_is_refused(path):
    assert told(path, "- 1\n") == [
        (
            "f.yaml:1: found a list, expected the keys ages, colour, count, day, either, note,"
            " parts, short, title"
        )
    ]


def test_a_long_value_is_cut_and_personal_data_are_masked_before_the_cut(path):
    # 08-46500400 stands in PTS's series for fiction; the cut would go through it.
    [fault] = told(path, f"{SOUND}count: {'x' * 50} 08-465 004 00 {'y' * 50}\n")
    assert fault == f"f.yaml:3: count: found '{'x' * 50} ••••• yyy…', expected a whole number"


def test_personal_data_are_masked_where_quotes_would_hide_them(path):
    [fault] = told(path, f'{SOUND}count: "070\\u00a0174\\u00a006\\u00a005"\n')
    assert fault == "f.yaml:3: count: found '•••••', expected a whole number"


def test_a_key_in_a_condition_is_told_the_keys_of_its_own_sort_of_condition(path):
    path.write_text(
        """\
theme: t
label: {sv: t, en: t}
rules:
  - id: r
    when:
      all:
        - {fact: a, equal: 1}
        - any:
            - {fakt: b, equals: 1}
            - not: {item: c, at_lest: 2}
""",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="did you mean") as caught:
        read(path, RuleFile)
    of_conditions = [str(f).split(": ", 1)[1] for f in caught.value.faults if "when" in str(f)]
    comparison = "at_least, at_most, equals, {}in, {}includes, includes_any{}"
    assert of_conditions == [
        "rules[0].when.all[0].equal: found the key 'equal', expected "
        + comparison.format("fact, ", "", " - did you mean 'equals'?"),
        (
            "rules[0].when.all[1].any[0]: found the keys fakt, equals, expected a condition: all,"
            " any, count, not, fact or item"
        ),
        "rules[0].when.all[1].any[1].not.at_lest: found the key 'at_lest', expected "
        + comparison.format("", "", " - did you mean 'at_least'?").replace(
            "includes_any", "includes_any, item"
        ),
    ]


def test_a_key_in_a_file_of_several_sorts_is_told_the_keys_of_the_likeliest(path):
    path.write_text("kind: other\nname: x\nnaem: x\n", encoding="utf-8")
    with pytest.raises(DataError, match="naem") as caught:
        read(path, Either)
    assert any("expected kind, name - did you mean 'name'?" in str(f) for f in caught.value.faults)


def test_a_message_of_a_model_is_kept_as_it_is():
    with pytest.raises(DataError, match=r"^x: ages: found 3 to 2, expected the lower age first$"):
        validate({**GOOD, "ages": {"from": 3, "to": 2}}, Whole, path="x")


GOOD = {"title": {"sv": "å", "en": "a"}, "day": dt.date(2026, 1, 31)}


def test_values_without_a_file_are_named_as_the_caller_says():
    with pytest.raises(InputError, match=r"^the form: count: found 'x', expected a whole number$"):
        validate({**GOOD, "count": "x"}, Whole, path="the form", error=InputError)


def test_a_file_that_changed_meanwhile_still_gives_the_fault(path):
    path.write_text("a: [\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"f\.yaml: count: found 'x', expected a whole number$"):
        validate({**GOOD, "count": "x"}, Whole, path=path, error=CaseError)


def test_a_place_is_found_in_the_file_or_the_nearest_around_it(path):
    path.write_text("a:\n  - b: 1\n  - c: 2\n", encoding="utf-8")
    assert locate(path, ("a", 1, "c")) == f"{path}:3: a[1].c"
    assert locate(path, ("a", 1, "d")) == f"{path}:3: a[1].d"
    assert locate(path, ("x", "y")) == f"{path}:1: x.y"
    assert locate(path, ()) == f"{path}:1"
    assert locate("no file", ("a", 0)) == "no file: a[0]"
    assert locate(path.parent / "gone.yaml", ("a", 0)) == f"{path.parent}/gone.yaml: a[0]"


def test_a_locator_reads_the_file_once(path):
    path.write_text("a: 1\nb: 2\n", encoding="utf-8")
    where = locator(path)
    assert where(("b",)) == f"{path}:2: b"
    path.unlink()
    assert where(("a",)) == f"{path}:1: a"


def test_what_the_models_tell_can_be_translated():
    with pytest.raises(DataError, match="expected") as caught:
        validate({**GOOD, "ages": {"from": 3, "to": 2}, "count": "x"}, Whole, path="x")
    assert [fault.message.msgid for fault in caught.value.faults] == [
        "found {found}, expected {expected}",
        "found {start} to {end}, expected the lower age first",
    ]
    assert isinstance(caught.value.faults[0].message.params["expected"], type(message("")))
