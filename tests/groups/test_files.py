"""Follow-up takes extracts and releases, and nothing else."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.groups.made import Maker, extract

from riskbehov.errors import InputError, PrivacyError
from riskbehov.groups.files import load_extract, load_release
from riskbehov.groups.release import release
from riskbehov.library import Library

Change = Callable[[Any], None]
SIZE = 8


@pytest.fixture(scope="module")
def values(small: Library) -> Any:
    return extract(Maker(3, small, "grown").records(SIZE), small).model_dump(mode="json")


@pytest.fixture
def load(small: Library, values: Any, tmp_path: Path) -> Callable[..., Any]:
    """Return a function that changes an extract, writes it and reads it back."""

    def changed(change: Change) -> Any:
        told = copy.deepcopy(values)
        change(told)
        path = tmp_path / "uttag.json"
        path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        return load_extract(path, small)

    return changed


def put(*place: Any, value: Any) -> Change:
    *way, last = place

    def change(told: Any) -> None:
        for step in way:
            told = told[step]
        told[last] = value

    return change


def test_what_was_written_is_read_back(load, values):
    assert load(lambda _told: None).model_dump(mode="json") == values


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (put("format", value="something"), "found another file, expected an extract"),
        (put("format", value="riskbehov-release"), "found riskbehov-release, expected an extract"),
        (put("version", value=2), r"version: found 2, expected 1"),
        (put("purpose", value="  "), "purpose: found an empty text"),
        (put("records", value=[]), "records: found a list of 0, expected at least 1"),
        (put("records", value={}), "records: found the keys -, expected a list"),
        (put("library", value="abc"), "library: found 'abc', expected"),
        (put("name", value="x"), "name: found the key 'name', expected"),
        (put("records", 0, "key", value="a"), r"records\[0\].key: found the key 'key', expected"),
        (put("records", 1, "date", value="2026-01-01"), r"records\[1\].date: found the key 'date'"),
        (put("records", 0, "age", value=34), r"records\[0\].age: found the key 'age'"),
        (put("records", 0, "sex", value="kvinna"), r"records\[0\].sex: found 'kvinna', expected"),
        (
            put("records", 0, "age_group", value="age-34"),
            r"records\[0\].age_group: found 'age-34', expected one of age-18-24",
        ),
        (
            put("records", 0, "age_group", value="age-0-17"),
            r"records\[0\].age_group: found 'age-0-17', expected one of age-18-24",
        ),
        (
            put("records", 0, "assessment", value="other"),
            r"records\[0\].assessment: found 'other', expected one of grown",
        ),
        (
            put("records", 0, "first", "needs", "identified", value=["work", "work"]),
            r"records\[0\].first.needs: found work, work.*, expected each of these once",
        ),
        (
            put("records", 0, "first", "support_needs", "unanswered", value=["sleep"]),
            r"records\[0\].first.support_needs: found .*sleep.*, expected each of these once",
        ),
        (
            put("records", 0, "insatser", value={"agreed": ["yoga"]}),
            r"records\[0\].insatser.agreed: found 'yoga', expected one of",
        ),
        (
            put("records", 0, "insatser", value={"given": ["course"]}),
            r"records\[0\].insatser: found 'course' under given, expected it under agreed too",
        ),
        (
            put("records", 0, "last", "targets", value=[{"target": "history"}]),
            r"records\[0\].last.targets\[0\]: found 'history', expected one of work",
        ),
        (
            put("records", 0, "last", "targets", value=[{"target": "work"}, {"target": "work"}]),
            r"records\[0\].last.targets\[1\]: found 'work' once more, expected once",
        ),
        (
            put(
                "records",
                0,
                "last",
                "targets",
                value=[{"target": "friends", "insatser": ["coaching"]}],
            ),
            r"records\[0\].last.targets\[0\].insatser: found 'coaching', expected one of course",
        ),
        (
            put("records", 0, "followed", value={"areas": {"work": "improved"}}),
            r"records\[0\].followed.areas: found work, expected each of these once",
        ),
        (
            put("records", 0, "followed", value={"goals": {"yes": -1}}),
            r"records\[0\].followed.goals.yes: found -1, expected at least 0",
        ),
    ],
)
def test_what_is_no_extract_is_refused_with_its_place(load, change, match):
    with pytest.raises(InputError, match=match):
        load(change)


@pytest.mark.parametrize(
    "change",
    [
        put("19121212-1212", value=1),
        put("records", 0, "191212121212", value="x"),
        put("records", 0, "sex", value="191212-1212"),
        put("records", 0, "first", "screening", value={"191212121212": {"problem": "reached"}}),
        put("riskbehov", value="070-174 06 05"),
        put("purpose", value="Skriv till anna@example.org"),
        put("records", 0, "followed", value=191212121212),
    ],
)
def test_what_looks_like_personal_data_is_refused_masked(load, change):
    with pytest.raises(PrivacyError, match=r"found .*, expected none in any field") as caught:
        load(change)
    assert not any(word in str(caught.value) for word in ("1212", "174", "anna"))


@pytest.mark.parametrize(
    "text",
    [
        "case: fiktiv-a\nfictional: true\n",
        "key;age\n191212121212;34\n",
        "",
        "[]",
        "null",
        "{",
        '{"format": "riskbehov-extract", "version": NaN}',
        "[" * 100_000,
        "\x00\x01",
    ],
)
def test_any_other_file_is_refused(small, tmp_path, text):
    path = tmp_path / "fil.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match="found another file, expected an extract") as caught:
        load_extract(path, small)
    assert "1212" not in str(caught.value)


def test_a_file_that_is_not_there_and_one_that_is_no_text_are_refused(small, tmp_path):
    with pytest.raises(InputError, match="the file cannot be read"):
        load_extract(tmp_path / "none.json", small)
    (tmp_path / "bild.json").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(InputError, match="found another file, expected an extract"):
        load_extract(tmp_path / "bild.json", small)


def test_a_key_that_stands_twice_is_refused(small, tmp_path):
    path = tmp_path / "fil.json"
    path.write_text('{"format": "riskbehov-extract", "format": "riskbehov-extract"}', "utf-8")
    with pytest.raises(InputError, match="the key 'format' stands twice, expected once"):
        load_extract(path, small)


def test_the_faults_of_all_records_are_told_at_once_up_to_a_hundred(load):
    def every(told: Any) -> None:
        for record in told["records"]:
            record["age_group"] = "age-34"

    with pytest.raises(InputError) as caught:
        load(every)
    assert len(caught.value.faults) == SIZE

    def many(told: Any) -> None:
        told["records"] = told["records"] * 30
        every(told)

    with pytest.raises(InputError) as caught:
        load(many)
    assert len(caught.value.faults) == 100


# Releases


@pytest.fixture(scope="module")
def told(small: Library) -> Any:
    records = Maker(3, small, "grown").records(40)
    return release(extract(records, small), small).release.model_dump(mode="json")


def read(values: Any, folder: Path) -> Any:
    path = folder / "frisläppt.json"
    path.write_text(json.dumps(values), "utf-8")
    return load_release(path)


def test_a_release_is_read_back(told, tmp_path):
    assert read(told, tmp_path).model_dump(mode="json") == told


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (put("threshold", value=0), "threshold: found 0, expected at least 1"),
        (put("format", value="riskbehov-extract"), "found riskbehov-extract, expected a release"),
        (
            put("populations", 0, "tables", 0, "cells", "total", value=[1, 2]),
            r"populations\[0\]: found another shape in the table persons",
        ),
        (
            put("populations", 0, "tables", 0, "cells", "total", value=[-1]),
            "found -1, expected at least 0",
        ),
    ],
)
def test_a_release_of_another_shape_is_refused(told, tmp_path, change, match):
    values = copy.deepcopy(told)
    change(values)
    with pytest.raises(InputError, match=match):
        read(values, tmp_path)
