"""Whether the inventory of a case can be what its form asks for, and what it changes: nothing."""

import datetime as dt
import json

import pytest

from riskbehov.assessing import assess
from riskbehov.assessing.facts import inventory_facts
from riskbehov.errors import CaseError
from riskbehov.library import Library
from riskbehov.logic.vocabulary import vocabulary
from riskbehov.models.case import Case
from riskbehov.report.plain.assessment import result_dict

LIBRARY = Library.open()
DAY = dt.date(2026, 6, 15)
DOMAINS = "boende, halsa, sysselsattning, ekonomi, natverk, fritid, kriminalitet, missbruk"
ALL = {id_: {"situation": 1, "motivation": 2} for id_ in DOMAINS.split(", ")}


def case(domains=None, date="2026-06-01", **held) -> Case:
    made = {} if domains is None else {"inventory": {"date": date, "domains": domains}}
    return Case.model_validate(
        {
            "case": "fiktiv",
            "fictional": True,
            "date": DAY,
            "person": {"age": 25, "sex": "male"},
            "instruments": {"rbm8": {"answers": {"leisure": 0, "substance_use": 2, "history": 3}}},
            "facts": {"need_housing": True, "substances": ["cannabis"]},
            **made,
            **held,
        },
        strict=False,
    )


def faults(domains, **held) -> list[str]:
    with pytest.raises(CaseError, match="inventory") as caught:
        assess(case(domains, **held), LIBRARY)
    return [f"{fault.where}: {fault.message}" for fault in caught.value.faults]


def test_an_unknown_domain_is_refused_with_the_likeliest():
    [fault] = faults({"boendet": {"situation": 1}})
    assert fault == (
        "inventory.domains.boendet: found 'boendet', expected a domain of the inventory:"
        f" {DOMAINS} - did you mean 'boende'?"
    )


@pytest.mark.parametrize("scale", ["situation", "motivation"])
@pytest.mark.parametrize("code", [-1, 4])
def test_a_code_outside_its_scale_is_refused(scale, code):
    assert faults({"boende": {scale: code}}) == [
        f"inventory.domains.boende.{scale}: found {code}, expected one of the codes 0, 1, 2, 3"
    ]


@pytest.mark.parametrize("scale", ["situation", "motivation"])
@pytest.mark.parametrize("code", [0, 3])
def test_the_ends_of_a_scale_are_codes_of_it(scale, code):
    found = assess(case({"boende": {scale: code}}), LIBRARY).inventory
    assert found is not None
    assert getattr(found.domains[0], scale) == code


def test_two_domains_cannot_have_the_same_priority():
    [fault] = faults({"boende": {"priority": 2}, "fritid": {"priority": 2}})
    assert fault == (
        "inventory.domains.fritid.priority: found the priority 2 once more, expected each once:"
        " boende has it already"
    )


def test_an_order_may_have_holes_and_need_not_begin_at_1():
    found = assess(case({"boende": {"priority": 20}, "fritid": {"priority": 3}}), LIBRARY).inventory
    assert found is not None
    assert [d.domain.id for d in found.in_order] == ["fritid", "boende"]


@pytest.mark.parametrize("priority", [0, 21])
def test_a_priority_is_between_1_and_20(priority):
    with pytest.raises(ValueError, match="priority"):
        case({"boende": {"priority": priority}})


def test_an_inventory_is_made_no_later_than_the_day_of_the_case():
    assert faults({"boende": {"situation": 1}}, date="2026-06-16") == [
        "inventory.date: found 2026-06-16, expected no later day than the assessment's, 2026-06-15"
    ]
    assert assess(case({"boende": {"situation": 1}}, date="2026-06-15"), LIBRARY).inventory


@pytest.mark.parametrize(
    "domains", [{}, {"boende": {}}, {"boende": {"text": " "}, "fritid": {"situation": None}}]
)
def test_an_inventory_without_a_single_answer_is_refused(domains):
    assert faults(domains) == [
        (
            "inventory.domains: found no answer in any domain, expected at least one; leave the"
            " inventory out if it is not made"
        )
    ]


@pytest.mark.parametrize(
    "view", [{"situation": 0}, {"motivation": 0}, {"priority": 1}, {"text": "Vill flytta."}]
)
def test_any_answer_makes_an_inventory(view):
    assert assess(case({"boende": view}), LIBRARY).inventory


def test_every_fault_is_told_at_once():
    domains = {"bo": {"situation": 1}, "fritid": {"situation": 9, "motivation": 9}}
    assert len(faults(domains, date="2026-06-16")) == 4


def test_an_inventory_without_a_form_in_the_data_files_is_refused():
    bare = Library(
        {
            path: LIBRARY.files(path)
            for path in LIBRARY.logical_paths
            if path != "assessments/process/inventory.yaml"
        },
        {},
    )
    with pytest.raises(CaseError, match="found an inventory, expected none: these data files"):
        assess(case({"boende": {"situation": 1}}), bare)
    assert assess(case(), bare).inventory is None


def test_without_an_inventory_there_is_none():
    assert assess(case(), LIBRARY).inventory is None


@pytest.mark.parametrize("own", [0, 3])
def test_an_inventory_changes_nothing_but_what_is_known_of_itself(own):
    """The person's view is never counted: metod.md, Behovs- och resursinventering."""
    domains = {id_: {"situation": own, "motivation": 3 - own} for id_ in ALL}
    without, with_it = (
        json.loads(json.dumps(result_dict(assess(case(made), LIBRARY)))) for made in (None, domains)
    )
    assert with_it.pop("inventory")["domains"][0]["situation"] == own
    assert without.pop("inventory") is None
    for found in (without, with_it):
        del found["provenance"]
    assert without == with_it


@pytest.mark.parametrize(
    ("domains", "expected"),
    [
        (None, None),
        (ALL, (1, 1)),
        ({k: v for k, v in ALL.items() if k != "fritid"}, None),
        ({**ALL, "fritid": {"motivation": 1, "priority": 1}}, None),
    ],
)
def test_the_inventory_is_unknown_till_every_domain_has_a_situation(domains, expected):
    words = vocabulary(LIBRARY.facts.values())
    found = inventory_facts(case(domains), LIBRARY, words)
    assert found.get("inventory_done") == expected


def test_a_child_has_its_own_areas_beside_the_domains():
    child = case(
        {"sysselsattning": {"situation": 3}, "natverk": {"situation": 0}},
        person={"age": 15},
        instruments={"youth7": {"answers": {"school": 0, "parents_family": 3}}},
        facts={},
    )
    found = assess(child, LIBRARY).inventory
    assert found is not None
    domains = {d.domain.id: d for d in found.domains}
    assert [a.item.id for a in domains["sysselsattning"].areas] == ["school"]
    assert domains["sysselsattning"].agreement == "own-worse"
    assert domains["natverk"].agreement == "own-better"
    assert domains["kriminalitet"].agreement == "not-compared"
