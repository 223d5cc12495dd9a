"""What the police have said of the threat over time, and what has changed.

Worked by hand from docs/metod.md, Hotbild över tid; the levels are those of Arbeta med avhoppare.
"""

import datetime as dt

import pytest

from riskbehov.models.case import Case
from riskbehov.process.threat import threat_history

LEVELS = {"n": "none", "l": "low", "h": "high", "?": "unknown"}


def case(said: str, plan: int | None = None) -> Case:
    """Return a case in which the police speak once a month: ``l h`` is low, then high."""
    told = [
        {
            "from": "police",
            "date": f"2026-{month:02}-10",
            "law": "påhittat lagrum",
            "facts": {"threat_level": LEVELS[level]},
        }
        for month, level in enumerate(said.split(), start=1)
        if level != "-"
    ]
    agreed = {"action_plan": {"date": f"2026-{plan:02}-10", "goals": []}} if plan else {}
    return Case.model_validate(
        {
            "case": "fiktiv",
            "fictional": True,
            "date": "2026-10-01",
            "person": {"age": 30},
            "obtained": told,
            **agreed,
        },
        strict=False,
    )


GOLDEN = [
    ("one statement", "l", None, False),
    ("the same twice", "l l", None, False),
    ("higher", "l h", None, True),
    ("lower", "h n", None, True),
    ("changed before, not with the last", "l h h", None, False),
    ("left open at last", "h ?", None, None),
    ("left open before", "? h", None, None),
    ("left open twice", "? ?", None, None),
    ("a plan before the change", "l h", 1, True),
    ("a plan on the day of the change has heard of it", "l h", 2, False),
    ("a plan after the change", "l h", 3, False),
    ("there and back since the plan", "l h l", 1, True),
    ("changed, then the same, since the plan", "l h h", 1, True),
    ("the same since the plan", "l l l", 1, False),
    ("first told after the plan", "- l", 1, None),
    ("first told on the day of the plan", "- l", 2, False),
    ("told first after the plan, then changed", "- l h", 1, True),
    ("left open since the plan", "l ?", 1, None),
    ("left open for a while since the plan", "l ? l", 1, None),
    ("left open before the plan, and told again after", "? l", 1, None),
    ("changed and then left open since the plan", "l h ?", 1, True),
]


@pytest.mark.parametrize(
    ("said", "plan", "expected"), [row[1:] for row in GOLDEN], ids=[row[0] for row in GOLDEN]
)
def test_the_threat_has_changed_or_not_or_it_cannot_be_told(library, said, plan, expected):
    found = threat_history(case(said, plan), library.facts["threat_level"])
    assert found is not None
    assert found.changed is expected


def test_the_history_is_in_order_of_days_whatever_the_order_in_the_file(library):
    told = case("n l h")
    turned = told.model_copy(update={"obtained": told.obtained[::-1]})
    found = threat_history(turned, library.facts["threat_level"])
    assert found is not None
    assert [(s.date.month, s.level and s.level.id) for s in found.statements] == [
        (1, "none"),
        (2, "low"),
        (3, "high"),
    ]


def test_what_was_told_twice_on_one_day_is_one_statement(library):
    told = case("l")
    twice = told.model_copy(update={"obtained": told.obtained * 2})
    found = threat_history(twice, library.facts["threat_level"])
    assert found is not None
    assert len(found.statements) == 1


def test_other_facts_that_the_police_tell_are_no_threat(library):
    told = case("l")
    other = told.obtained[0].model_copy(update={"facts": {"relatives_threatened": True}})
    found = told.model_copy(update={"obtained": (other,)})
    assert threat_history(found, library.facts["threat_level"]) is None


def test_a_library_without_the_fact_has_no_history():
    assert threat_history(case("l"), None) is None


def test_a_change_names_both_statements_and_their_days(library):
    found = threat_history(case("n h"), library.facts["threat_level"])
    assert found is not None
    [change] = found.changes
    assert change.before is not None
    assert (change.before.date, change.after.date) == (dt.date(2026, 1, 10), dt.date(2026, 2, 10))
    assert (str(change.before.level), str(change.after.level)) == ("No threat", "High threat")
