import pytest

from riskbehov.checking import methods

SCALE = "instruments/scale/instrument.yaml"
CITED = [{"source": "guide", "locator": "p. 7", "basis": "recommended"}]
OWN = [{"source": "riskbehov", "locator": "docs/metod.md, Poäng", "basis": "toolkit"}]
PART = {"id": "job", "sv": "arbete", "en": "work", "informs": ["work"]}
RATING = {"id": "worry", "sv": "oro", "en": "worry", "low": 0, "high": 4}
LEVEL = {"id": "low", "sv": "låg", "en": "low", "counts_as": "low"}
EDITION = {"id": "a", "sv": "utgåva a", "en": "edition a", "superseded": True}

CASES = [
    (
        methods.wrong_levels,
        {"outcome": "needs"},
        "levels: found levels, expected none: a method on needs states no level of risk",
    ),
    (methods.wrong_levels, {"levels": [LEVEL]}, "levels: found 1 levels, expected at least 2"),
    (methods.wrong_levels, {"levels": []}, "levels: found 0 levels, expected at least 2"),
    (
        methods.wrong_levels,
        {"levels": [{**LEVEL, "counts_as": "high"}, {**LEVEL, "id": "high"}]},
        "levels[1].counts_as: the level 'high' counts as low, expected no lower than the one",
    ),
    (
        methods.uncited_parts,
        {"level_sources": ...},
        "levels: found levels that cite nothing, expected level_sources",
    ),
    (
        methods.uncited_parts,
        {"sections": [PART]},
        "sections: found sections that cite nothing, expected section_sources",
    ),
    (
        methods.uncited_parts,
        {"sections": [PART], "section_sources": CITED, "ratings": [RATING]},
        "ratings: found ratings that cite nothing, expected rating_sources",
    ),
    (
        methods.uncited_parts,
        {"rating_sources": CITED},
        "rating_sources: found rating_sources without ratings, expected both or neither",
    ),
    (
        methods.impossible_totals,
        {"judgement": True, "total": {"low": 0, "high": 5, "sources": CITED}},
        "total: found a total, expected none: in structured professional judgement nothing",
    ),
    (
        methods.impossible_totals,
        {"total": {"low": 5, "high": 5, "sources": CITED}},
        "total.high: found a total from 5 to 5, expected the higher number last",
    ),
    (
        methods.impossible_totals,
        {"total": {"low": 0, "high": 5, "sources": OWN}},
        "total.sources[0]: found a total that the toolkit made up, expected a document",
    ),
    (
        methods.odd_editions,
        {"editions": [EDITION]},
        "editions: found only superseded editions, expected the one that replaced them",
    ),
    (
        methods.sections_that_inform_nothing_known,
        {"sections": [{**PART, "informs": ["work", "wrok"]}], "section_sources": CITED},
        "sections[0].informs[1]: found 'wrok', expected a need area or support need",
    ),
    (
        methods.impossible_ratings,
        {"ratings": [RATING], "rating_sources": CITED},
        "ratings: found ratings but no sections, expected the sections that are rated",
    ),
    (
        methods.impossible_ratings,
        {
            "sections": [PART],
            "section_sources": CITED,
            "ratings": [{**RATING, "high": 0}],
            "rating_sources": CITED,
        },
        "ratings[0].high: found a rating from 0 to 0, expected the higher number last",
    ),
]
SOUND = {
    "total": {"low": 0, "high": 5, "sources": CITED},
    "sections": [PART],
    "section_sources": CITED,
    "ratings": [RATING],
    "rating_sources": CITED,
    "editions": [EDITION, {**EDITION, "id": "b", "superseded": False}],
}


def change(small, values):
    for key, value in values.items():
        small.put(SCALE, key, value)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_a_recorded_method_is_found(small, case):
    check, values, words = case
    change(small, values)
    assert any(words in str(fault) for fault in check(small.shelf()))


def test_a_method_with_all_its_parts_in_order_is_sound(small):
    change(small, SOUND)
    assert [str(fault) for fault in small.check().faults] == []


def test_each_fault_is_among_those_that_the_whole_check_finds(small):
    change(small, {"sections": [PART]})
    assert any("expected section_sources" in str(fault) for fault in small.check().faults)


def test_a_method_on_needs_without_levels_is_sound(small):
    change(small, {"outcome": "needs", "levels": [], "level_sources": []})
    assert [str(fault) for check in methods.CHECKS for fault in check.run(small.shelf())] == []
