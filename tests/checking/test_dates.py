import datetime as dt

import pytest

from riskbehov.checking import dates
from riskbehov.models.base import Validity

RULES = "assessments/rules/basic.yaml"
LEGAL = "assessments/process/legal.yaml"


def day(text):
    return dt.date.fromisoformat(text)


CASES = [
    (
        dates.uneven_versions,
        *(RULES, "rules.2.valid.from", day("2024-02-01")),
        (
            "rules[2].valid: the id 'work' stands more than once: none is in force 2024-01-01 to"
            " 2024-01-31; expected versions that follow day upon day, or another id"
        ),
    ),
    (
        dates.uneven_versions,
        *(RULES, "rules.2.valid.from", day("2023-12-31")),
        (
            "rules[2].valid: the id 'work' stands more than once: two are in force 2023-12-31 to"
            " 2023-12-31"
        ),
    ),
    (
        dates.uneven_versions,
        *(RULES, "rules.4.id", "threat"),
        "rules[4].valid: the id 'threat' stands more than once: two are in force from 2019-01-01",
    ),
    (
        dates.uneven_law,
        *(LEGAL, "legal.0.texts.1.valid.from", day("2025-07-02")),
        (
            "legal[0].texts: the legal ground 'support' has a fault in time: none is in force"
            " 2025-07-01 to 2025-07-01"
        ),
    ),
    (
        dates.uneven_law,
        *(LEGAL, "legal.0.texts.0.valid.to", day("2025-07-01")),
        "two are in force 2025-07-01 to 2025-07-01",
    ),
    (
        dates.checked_in_future,
        *(RULES, "rules.0.checked", day("2026-02-02")),
        "rules[0].checked: found 2026-02-02, expected a day that has been",
    ),
    (
        dates.checked_in_future,
        *("instruments/sources.yaml", "sources.0.checked", day("2027-01-01")),
        "sources[0].checked: found 2027-01-01",
    ),
    (
        dates.checked_in_future,
        *(RULES, "rules.0.sources.0.checked", day("2027-01-01")),
        "rules[0].sources[0].checked: found 2027-01-01",
    ),
    (
        dates.checked_in_future,
        *("assessments/criteria/unit/criteria.yaml", "checked", day("2026-02-02")),
        ": checked: found 2026-02-02, expected a day that has been",
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_in_time_is_found(small, case):
    check, file, place, value, words = case
    small.put(file, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


def end_all(values):
    """Let every rule end in 2022 but the last, which begins in 2023."""
    for rule in values["rules"]:
        rule["valid"] = {"from": day("2019-01-01"), "to": day("2022-12-30")}
    values["rules"][-1]["valid"] = {"from": day("2023-01-02"), "to": day("2024-12-31")}
    del values["rules"][2]


def test_a_hole_in_a_theme_is_found(small):
    small.edit(RULES, end_all)
    [found] = dates.holes_in_themes(small.shelf())
    assert "assessment.yaml" in found.where
    assert "no rule of the theme 'basic' is in force 2022-12-31 to 2023-01-01" in str(found)


def test_a_theme_that_has_ended_is_noted_but_has_no_hole_after_its_end(small):
    small.edit(RULES, end_all)
    small.put(RULES, "rules.4.valid.from", day("2022-12-31"))
    shelf = small.shelf()
    assert not list(dates.holes_in_themes(shelf))
    [note] = dates.ended_themes(shelf)
    assert "no rule of the theme 'basic' is in force any more" in str(note)


def test_a_long_validity_covers_the_holes_between_short_ones():
    def valid(start, end):
        return Validity(from_=day(start), to=end and day(end))

    short = [valid("2020-01-01", "2020-01-31"), valid("2020-03-01", None)]
    assert list(dates.holes(short)) == [(day("2020-02-01"), day("2020-02-29"))]
    assert list(dates.holes([*short, valid("2019-01-01", "2020-12-31")])) == []


def test_what_was_checked_too_long_ago_is_found_when_asked_for(small):
    small.put(RULES, "rules.0.checked", day("2025-01-15"))
    assert not list(dates.stale(small.shelf()))
    assert not list(dates.stale(small.shelf(stale=dt.timedelta(days=382))))
    [found] = dates.stale(small.shelf(stale=dt.timedelta(days=381)))
    assert "rules[0].checked: checked on 2025-01-15, more than 381 days ago" in str(found)
