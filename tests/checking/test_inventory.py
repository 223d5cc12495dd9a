import pytest

from riskbehov.checking import inventory

FILE = "assessments/process/inventory.yaml"

CASES = [
    (
        inventory.unordered_scales,
        *("situation.0.code", 2),
        "situation: found the codes 2, 1, expected them to begin at 0 and rise by one",
    ),
    (inventory.unordered_scales, "situation.1.code", 2, "situation: found the codes 0, 2"),
    (inventory.unordered_scales, "motivation.1.code", 0, "motivation: found the codes 0, 0"),
    (
        inventory.unordered_scales,
        *("motivation.0.code", 1),
        "motivation: found the codes 1, 1, expected them to begin at 0",
    ),
    (
        inventory.unknown_areas,
        *("domains.1.informs.0", "wrok"),
        (
            "domains[1].informs[0]: found 'wrok', expected a need area or a support need: friends,"
            " history, need_housing, work - did you mean 'work'?"
        ),
    ),
    (inventory.unknown_areas, "domains.0.informs.0", "drugs", "domains[0].informs[0]: found"),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_the_inventory_is_found(small, case):
    check, place, value, words = case
    assert list(check(small.shelf())) == []
    small.put(FILE, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("domains.1.id", "home", "domains[1]: 'home' stands twice, expected once"),
        ("domains.0.sources.0.source", "giude", "found the source 'giude'"),
        ("scale_sources.0.source", "guide", "found the basis toolkit with the source 'guide'"),
        ("scale_sources.0.basis", "recommended", "the toolkit's own source 'riskbehov'"),
        ("domains.0.question.sv", "Vilken diagnos?", "found 'diagnos' in a Swedish text"),
        ("situation", [], "situation"),
        ("domains.0.sources", [], "domains[0].sources"),
    ],
)
def test_the_checks_of_all_files_look_at_the_inventory_too(small, place, value, words):
    assert small.check().is_sound
    small.put(FILE, place, value)
    assert any(words in str(fault) for fault in small.check().faults)


def test_a_library_without_an_inventory_is_sound(small):
    (small.root / FILE).unlink()
    assert small.check().is_sound
