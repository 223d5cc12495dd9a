import datetime as dt

import pytest

from riskbehov.checking import criteria

LEAVER = "assessments/criteria/leaver/criteria.yaml"
LEAVER_CASES = "assessments/criteria/leaver/cases.yaml"
MILIEU = "assessments/criteria/milieu/criteria.yaml"
UNIT = "assessments/criteria/unit/criteria.yaml"
UNIT_CASES = "assessments/criteria/unit/cases.yaml"


def is_true(fact):
    return {"fact": fact, "equals": True}


IS_OUT = is_true("wants_out")


CASES = [
    (
        criteria.items_in_criteria,
        *(LEAVER, "criteria.0.when", {"not": {"item": "wants_out", "equals": True}}),
        (
            "criteria[0].when.not.item: found the key item (wants_out), expected fact: criteria are"
            " over facts"
        ),
    ),
    (
        criteria.faulty_conditions,
        *(LEAVER, "criteria.0.when.fact", "want_out"),
        (
            "criteria[0].when.fact: found 'want_out', expected the name of a known fact - did you"
            " mean 'wants_out'?"
        ),
    ),
    (
        criteria.faulty_conditions,
        *(LEAVER, "criteria.0.when", {"any": [IS_OUT, is_true("need.work")]}),
        "criteria[0].when.any[1].fact: found 'need.work', expected the name of a known fact",
    ),
    (
        criteria.faulty_conditions,
        *(LEAVER, "criteria.0.when.equals", "yes"),
        "criteria[0].when.equals: found 'yes', expected true, false or unknown",
    ),
    (
        criteria.unknown_lists,
        *(LEAVER, "criteria.1.meets", "milieus"),
        (
            "criteria[1].meets: found 'milieus', expected a list of criteria: leaver, milieu, unit"
            " - did you mean 'milieu'?"
        ),
    ),
    (
        criteria.unknown_lists,
        *(LEAVER, "criteria.1.meets", "unit"),
        "criteria[1].meets: found 'unit', expected a list with an overall verdict",
    ),
    (
        criteria.unknown_lists,
        *(LEAVER, "differs.0.from", "milleu"),
        "differs[0].from: found 'milleu', expected a list of criteria: milieu, unit - did you mean",
    ),
    (
        criteria.unknown_lists,
        *(LEAVER, "differs.0.from", "leaver"),
        "differs[0].from: found 'leaver', expected a list of criteria: milieu, unit",
    ),
    (
        criteria.rings,
        *(LEAVER, "criteria.1.meets", "leaver"),
        "criteria[1].meets: found lists that go round, expected an end: leaver → leaver",
    ),
    (
        criteria.outlived,
        *(MILIEU, "valid.to", dt.date(2025, 12, 31)),
        (
            "criteria[1].meets: the list 'milieu' is not in force for as long as this one, expected"
            " that it is"
        ),
    ),
    (
        criteria.outlived,
        *(MILIEU, "valid.from", dt.date(2019, 1, 2)),
        "criteria[1].meets: the list 'milieu' is not in force for as long as this one",
    ),
    (
        criteria.wrong_topics,
        *(LEAVER, "criteria.0.when", {"all": [IS_OUT, is_true("unit_forum")]}),
        (
            "criteria[0].when.all[1].fact: the fact 'unit_forum' has the topic unit, which no case"
            " states; expected one about the person or the network"
        ),
    ),
    (
        criteria.wrong_topics,
        *(UNIT, "criteria.1.when.fact", "wants_out"),
        (
            "criteria[1].when.fact: the fact 'wants_out' has the topic process, which no sheet"
            " states; expected one of workplace, unit, staff"
        ),
    ),
    (
        criteria.wrong_topics,
        *(UNIT, "criteria.1.when", {"fact": "age", "at_least": 18}),
        "criteria[1].when.fact: the fact 'age' has the topic person, which no sheet states",
    ),
    (
        criteria.wrong_topics,
        *(MILIEU, "about", "unit"),
        "criteria[1].meets: the list 'milieu' is about unit, expected one that the same file",
    ),
    (
        criteria.never_met,
        *(LEAVER, "criteria.0.when", {"all": [IS_OUT, {"not": IS_OUT}]}),
        "criteria[0]: this can never be met, expected that some facts meet it",
    ),
    (
        criteria.never_met,
        *(LEAVER, "criteria.0.when", {"not": is_true("net_many")}),
        "overall: the list as a whole can never be met, expected that some facts meet it",
    ),
    (
        criteria.never_failed,
        *(LEAVER, "criteria.0.when", {"any": [IS_OUT, {"not": IS_OUT}]}),
        "criteria[0]: this is met whatever the facts are, expected that some do not meet it",
    ),
    (
        criteria.never_failed,
        *(LEAVER, "criteria.0.when", {"fact": "risk_level", "in": ["low", "medium", "high"]}),
        "criteria[0]: this is met whatever the facts are",
    ),
    (
        criteria.one_sided_examples,
        *(LEAVER_CASES, "cases.2", ...),
        "cases: no example expects cannot-tell, expected examples of not-met, cannot-tell, met",
    ),
    (
        criteria.one_sided_examples,
        *(UNIT_CASES, "cases.0.expect.criteria", {"forum": "met"}),
        "cases: no example expects not-met, expected",
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_a_list_of_criteria_is_found(small, case):
    check, file, place, value, words = case
    small.put(file, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


def test_a_ring_is_told_of_in_every_list_that_is_on_it(small):
    small.put(MILIEU, "criteria.2", {**CRITERION, "meets": "leaver"})
    found = [str(fault) for fault in criteria.rings(small.shelf())]
    assert len(found) == 2
    assert "leaver/criteria.yaml" in found[0]
    assert "leaver → milieu → leaver" in found[0]
    assert "milieu → leaver → milieu" in found[1]


CRITERION = {
    "id": "again",
    "label": {"sv": "Igen", "en": "Again"},
    "sources": [{"source": "guide", "locator": "p. 9", "basis": "recommended"}],
}


def test_a_list_that_ends_with_the_one_it_rests_on_is_sound(small):
    for file in (LEAVER, MILIEU):
        small.put(file, "valid.to", dt.date(2025, 12, 31))
    assert not list(criteria.outlived(small.shelf()))
    small.put(LEAVER, "valid.to", dt.date(2026, 1, 1))
    assert len(list(criteria.outlived(small.shelf()))) == 1


def test_examples_beside_no_list_are_found(small):
    (small.root / UNIT).unlink()
    [fault] = criteria.files_of_nothing(small.shelf())
    assert "unit/cases.yaml:1: found no criteria.yaml in the same folder, expected one" in str(
        fault
    )


def test_a_list_without_examples_is_no_more_than_a_note(small):
    (small.root / UNIT_CASES).unlink()
    report = small.check()
    assert report.is_sound
    [note] = report.notes
    assert "the list 'unit' has no worked examples (cases.yaml)" in str(note)
    assert list(criteria.without_examples(small.shelf())) == [note]


def test_a_list_with_a_faulty_condition_is_told_of_once(small):
    small.put(MILIEU, "criteria.0.when.fact", "net_mani")
    [fault] = small.check().faults
    assert "milieu/criteria.yaml" in str(fault)


def test_lists_wait_for_facts_that_are_whole(small):
    small.put("assessments/facts.yaml", "facts.7.values", [])
    assert not list(criteria.faulty_conditions(small.shelf()))
