"""A capacity to read: what is needed, what there is, and what one addition would do."""

from dataclasses import replace

import pytest
from tests.report.made import section, text_of

from riskbehov.groups.capacity import Addition, Capacity, Covering, Demand
from riskbehov.groups.needed import STATES
from riskbehov.models.case import Offer, OfferedInsats
from riskbehov.planning.aims import Aim
from riskbehov.report import capacity_blocks, capacity_dict
from riskbehov.report.document import Table

MET = OfferedInsats(insats="met", own=True, cost=4, places=6)


def covering(aim: Aim | None, *counts: int | None) -> Covering:
    having, *states = counts
    return Covering(aim, having, dict(zip(STATES, states, strict=True)))


@pytest.fixture
def found() -> Capacity:
    return Capacity(
        purpose="Planera",
        fictional=False,
        threshold=5,
        offer=Offer(municipality="Påhittsby", cost_unit="timmar", insatser=(MET,)),
        persons=40,
        intensities={"basic": None, "intensive": 30, "several-possible": 0, "none": 0},
        demands=(Demand("met", MET, 20, 18, None), Demand("cra", None, 9, None, None)),
        coverings=(covering(Aim("substance_use", "alcohol"), 18, 6, 12, 0, 0),),
        together=covering(None, None, None, None, None, None),
        additions=(Addition("cra", "new", 12, None),),
        notes=(),
    )


def rows(blocks, title):
    return [row for b in section(blocks, title) if isinstance(b, Table) for row in b.rows]


def test_targets_stand_with_why_they_are_left(library, found):
    assert rows(capacity_blocks(found, library), "Targets") == [
        ("Substance misuse or dependence: Alcohol", "18", "6", "12", "0", "0"),
        ("All targets", "..", "..", "..", "..", ".."),
    ]


def test_insatser_stand_with_what_there_is_of_them(library, found):
    met, cra = rows(capacity_blocks(found, library), "Insatser")
    assert met[1:] == ("own; places: 6; 4 timmar", "20", "18", "..", "12")
    assert cra[1:] == ("no", "9", "..", "..", "")


def test_intensities_are_named_as_the_tables_name_them(library, found):
    assert rows(capacity_blocks(found, library), "Intensity") == [
        ("Basic", ".."),
        ("Intensive", "30"),
        ("Several possible", "0"),
        ("No table for the age", "0"),
    ]


def test_one_addition_or_several_or_none_is_told(library, found):
    told = text_of(capacity_blocks(found, library))
    assert "which is not offered: targets more that are covered: 12; further places" in told
    more = (*found.additions, Addition("met", "more-places", 12, 12))
    told = text_of(capacity_blocks(replace(found, additions=more), library))
    assert "Equally good, each by itself:" in told
    assert "More places of Motivational enhancement therapy (MET)" in told
    told = text_of(capacity_blocks(replace(found, additions=()), library))
    assert "No one addition can be named: none would cover 5 targets more" in told


def test_plain_values_hold_nothing_where_a_count_is_held_back(library, found):
    told = capacity_dict(found, library)
    assert told["together"] == dict.fromkeys(
        ("having", "covered", "places_taken", "not_offered", "no_insats")
    )
    assert told["targets"][0]["part"] == "alcohol"
    assert told["insatser"][0]["short"] == 12
    assert told["insatser"][1]["own"] is None
