"""A release of an extract, and what it may be held against."""

import pytest
from tests.groups.made import Maker, extract
from tests.groups.people import people

from riskbehov.errors import InputError
from riskbehov.groups.release import release
from riskbehov.models.extract import Release


@pytest.fixture(scope="module")
def records(small):
    return Maker(4, small, "grown").records(40)


@pytest.fixture(scope="module")
def first(small, records) -> Release:
    return release(extract(records, small), small).release


def notes(found) -> str:
    return " ".join(map(str, found.notes))


def test_the_same_extract_gives_the_same_release(small, records, first):
    assert release(extract(records, small), small).release == first
    assert release(extract(records[::-1], small), small).release == first


def test_each_assessment_is_told_by_itself(library):
    records = [*Maker(1, library).records(30), *Maker(2, library, "youth-12-17").records(3)]
    made = release(extract(records, library), library, by=()).release
    assert [population.assessment for population in made.populations] == ["adult"]
    assert "youth-12-17" in made.left_out
    [adults] = made.populations
    persons = next(table for table in adults.tables if table.id == "persons")
    assert persons.cells["total"] == (30,)


def test_groups_follow_from_the_library_and_not_from_the_records(first):
    [population] = first.populations
    assert [group.id for group in population.groups] == [
        "total",
        "sex.female",
        "sex.male",
        "sex.other",
        "sex.unknown",
        "age.age-18-24",
        "age.age-25-39",
        "age.age-40-up",
    ]
    told = {table.id for table in population.tables} | set(population.left_out)
    assert {"insatser.course", "recommended.police", "change.work"} <= told


def test_a_group_may_be_divided_by_one_thing_alone(small, records):
    made = release(extract(records, small), small, by=("sex",)).release
    assert {group.dimension for group in made.populations[0].groups} == {"total", "sex"}


@pytest.mark.parametrize("threshold", [0, -3])
def test_a_threshold_below_one_is_refused(small, records, threshold):
    with pytest.raises(InputError, match=f"--threshold: found {threshold}, expected at least 1"):
        release(extract(records, small), small, threshold=threshold)


def test_a_low_threshold_is_said(small, records):
    found = release(extract(records, small), small, threshold=3)
    assert "The threshold is 3, lower than the usual 5" in notes(found)
    assert notes(release(extract(records, small), small)) == ""


def test_other_data_files_and_another_purpose_are_said(small, records, first):
    other = extract(records, small, library="0" * 64, purpose="Något annat")
    found = release(other, small, previous=first.model_copy(update={"library": "1" * 64}))
    assert "The extract was made with other data files" in notes(found)
    assert "The release before was made with other data files" in notes(found)
    assert 'had another purpose: "Prova uppföljningen' in notes(found)


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"threshold": 6}, "found the threshold 5, expected 6 as now"),
        ({"by": ("sex",)}, "found groups by sex, age, expected sex as now"),
    ],
)
def test_a_release_that_cannot_be_compared_is_refused(small, records, first, given, match):
    with pytest.raises(InputError, match=match):
        release(extract(records, small), small, previous=first, **given)


def test_fictional_and_real_releases_are_not_compared(small, records, first):
    real = extract(records, small, fictional=False)
    with pytest.raises(InputError, match="found fictional and real cases together"):
        release(real, small, previous=first)


@pytest.mark.parametrize("step", [1, 4, -1, -4])
def test_where_few_have_come_or_left_nothing_is_released(small, records, first, step):
    now = [*records, *people(small, (step, {}))] if step > 0 else records[:step]
    with pytest.raises(InputError, match="found fewer than 5 persons more or less") as caught:
        release(extract(now, small), small, previous=first)
    assert f" {abs(step)} " not in str(caught.value)


def test_where_many_have_left_the_numbers_are_compared_as_they_are(small, records, first):
    made = release(extract(records[:30], small), small, previous=first).release
    assert made.previous is not None
    for population in made.populations:
        for table in population.tables:
            before = next((t for t in first.populations[0].tables if t.id == table.id), None)
            for group, row in table.cells.items():
                for was, now in zip(before.cells[group] if before else (), row, strict=False):
                    if was is not None and now is not None:
                        assert not 0 < abs(now - was) < 5


def test_a_release_with_other_age_groups_is_refused(small, records, first):
    text = first.model_dump_json().replace("age-40-up", "age-40-49")
    with pytest.raises(InputError, match=r"found the groups .*age-40-49, expected .*age-40-up"):
        release(extract(records, small), small, previous=Release.model_validate_json(text))


def test_a_release_that_contradicts_itself_is_refused(small, records, first):
    values = first.model_dump(mode="json")
    persons = next(t for t in values["populations"][0]["tables"] if t["id"] == "persons")
    persons["cells"]["total"] = [7]
    with pytest.raises(InputError, match="found counts of grown that contradict each other"):
        release(extract(records, small), small, previous=Release.model_validate(values))
