import datetime as dt

import pytest

from riskbehov.checking import processes

FILE = "assessments/process/leave/process.yaml"
LIST = """
id: demands
name: {sv: Krav, en: Demands}
about: person
use: {sv: Att se vad som krävs., en: To see what is demanded.}
overall: all
sources: [{source: guide, locator: p. 30, basis: recommended}]
valid: {from: 2024-06-01}
checked: 2026-01-15
criteria:
  - id: housing
    label: {sv: Saknar bostad, en: Has no home}
    when: {fact: need_housing, equals: true}
    sources: [{source: guide, locator: p. 31, basis: recommended}]
"""

CASES = [
    (
        processes.faulty_order,
        *("steps.1.after.0", "aply"),
        "steps[1].after[0]: found 'aply', expected a step of this process - did you mean 'apply'?",
    ),
    (
        processes.faulty_order,
        *("steps.0.after", ["house"]),
        "found steps that wait for each other: ",
    ),
    (
        processes.unknown_parts,
        *("steps.1.part", "than"),
        (
            "steps[1].part: found 'than', expected a part of this process: first, then - did you"
            " mean 'then'?"
        ),
    ),
    (
        processes.unknown_parts,
        *("steps.1.part", ...),
        "steps[1].part: found '-', expected a part of this process: first, then",
    ),
    (
        processes.unknown_parts,
        *("parts", []),
        "steps[0].part: found 'first', expected a part of this process: -",
    ),
    (
        processes.unknown_parts,
        *("parts.2", {"id": "last", "sv": "sist", "en": "last"}),
        "parts[2]: no step belongs to the part 'last', expected one at least",
    ),
    (
        processes.unknown_legal,
        *("steps.0.legal.0", "suport"),
        (
            "steps[0].legal[0]: found 'suport', expected a key of the legal table: support - did"
            " you mean 'support'?"
        ),
    ),
    (
        processes.unknown_criteria,
        *("steps.1.criteria", ["demand"]),
        "steps[1].criteria[0]: found 'demand', expected a list of criteria: ",
    ),
    (
        processes.items_in_needs,
        *("steps.1.needs.all.0", {"item": "work", "at_least": 2}),
        "steps[1].needs.all[0].item: found the key item (work), expected fact: a step needs facts",
    ),
    (
        processes.faulty_needs,
        *("steps.1.needs.all.0.fact", "need_huosing"),
        (
            "steps[1].needs.all[0].fact: found 'need_huosing', expected the name of a known fact -"
            " did you mean 'need_housing'?"
        ),
    ),
    (
        processes.faulty_needs,
        *("steps.1.needs.all.1.at_least", 200),
        "steps[1].needs.all[1].at_least: found 200, expected a whole number 0 to 120",
    ),
    (
        processes.never_needed,
        *("steps.1.needs.all.2", {"fact": "age", "at_most": 17}),
        "steps[1].needs: this can never hold, expected that some facts meet it",
    ),
    (
        processes.always_needed,
        *("steps.1.needs", {"fact": "age", "at_least": 0}),
        "steps[1].needs: this holds whatever the facts are",
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_a_process_is_found(small, case):
    check, place, value, words = case
    small.put(FILE, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ("valid: {from: 2024-06-01}", None),
        ("valid: {from: 2024-06-02}", "not in force for as long as the process"),
        ("valid: {from: 2024-06-01, to: 2030-01-01}", "not in force for as long as the process"),
        ("overall: none", "found 'demands', expected a list with an overall verdict"),
        ("about: unit", "the list 'demands' is about unit, expected one that a case answers"),
    ],
)
def test_a_step_rests_only_on_a_list_with_a_whole_that_a_case_answers_on_every_day(
    small, changed, words
):
    key = changed.partition(":")[0]
    text = "\n".join(changed if line.startswith(f"{key}:") else line for line in LIST.splitlines())
    folder = small.root / "assessments/criteria/demands"
    folder.mkdir(parents=True)
    (folder / "criteria.yaml").write_text(text, encoding="utf-8")
    small.put(FILE, "steps.1.criteria", ["demands"])
    found = [str(fault) for fault in processes.unknown_criteria(small.shelf())]
    assert [words in each for each in found if words] == [True] * (words is not None)
    assert bool(found) == (words is not None)


def test_a_process_that_ends_may_rest_on_a_list_that_ends_then(small):
    folder = small.root / "assessments/criteria/demands"
    folder.mkdir(parents=True)
    ended = LIST.replace("{from: 2024-06-01}", "{from: 2024-06-01, to: 2030-01-01}")
    (folder / "criteria.yaml").write_text(ended, encoding="utf-8")
    small.put(FILE, "steps.1.criteria", ["demands"])
    small.put(FILE, "valid.to", dt.date(2030, 1, 1))
    assert not list(processes.unknown_criteria(small.shelf()))


def test_a_process_is_called_as_its_folder_and_its_steps_differ(small):
    small.put(FILE, "id", "leaving")
    assert ["found 'leaving', expected 'leave'" in str(f) for f in small.check().faults] == [True]
    small.put(FILE, "id", "leave")
    small.put(FILE, "steps.1.id", "apply")
    assert any("'apply' stands twice" in str(fault) for fault in small.check().faults)


def test_conditions_of_steps_wait_for_facts_that_are_whole(small):
    small.put("assessments/facts.yaml", "facts.0.low", 200)
    assert not list(processes.faulty_needs(small.shelf()))
    assert not list(processes.never_needed(small.shelf()))
