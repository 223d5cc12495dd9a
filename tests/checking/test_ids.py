import pytest

from riskbehov.checking import ids

SCREEN = "instruments/screen/instrument.yaml"
AREAS = "instruments/areas/instrument.yaml"
GROWN = "assessments/grown/assessment.yaml"
RULES = "assessments/rules/basic.yaml"
UNIT = "assessments/criteria/unit/criteria.yaml"

CASES = [
    (ids.misnamed, SCREEN, "id", "skreen", "found 'skreen', expected 'screen', the name of its"),
    (ids.misnamed, GROWN, "id", "adult", "found 'adult', expected 'grown', the name of its folder"),
    (ids.misnamed, RULES, "theme", "base", "found 'base', expected 'basic', the name of the file"),
    (ids.misnamed, UNIT, "id", "unitt", "found 'unitt', expected 'unit', the name of its folder"),
    (ids.repeated_within, UNIT, "criteria.1.id", "forum", "criteria[1]: 'forum' stands twice"),
    (
        ids.repeated_within,
        *("assessments/criteria/unit/cases.yaml", "cases.1.name", "a forum but no plan"),
        "cases[1]: 'a forum but no plan' stands twice",
    ),
    (ids.repeated_entries, "instruments/sources.yaml", "sources.1.id", "guide", "'guide' stands"),
    (ids.repeated_entries, "assessments/facts.yaml", "facts.7.id", "age", "'age' stands twice"),
    (ids.repeated_entries, "assessments/insatser.yaml", "insatser.1.id", "flat", "'flat' stands"),
    (ids.repeated_within, SCREEN, "items.1.id", "a", "items[1]: 'a' stands twice, expected once"),
    (ids.repeated_within, SCREEN, "codes.often.1.code", 0, "codes.often[1]: 0 stands twice"),
    (ids.repeated_within, SCREEN, "cutoff_sets.1.id", "young", "'young' stands twice"),
    (ids.repeated_within, SCREEN, "cutoff_sets.0.bands.1.id", "low", "bands[1]: 'low' stands"),
    (ids.repeated_within, SCREEN, "forms.1.id", "interview", "forms[1]: 'interview' stands twice"),
    (ids.repeated_within, SCREEN, "scales.0.items.2", "a", "items[2]: 'a' stands twice"),
    (ids.repeated_within, AREAS, "items.1.indicators.1.id", "no_work", "'no_work' stands twice"),
    (
        ids.repeated_within,
        "instruments/scale/instrument.yaml",
        "levels.1.id",
        "low",
        "'low' stands",
    ),
    (ids.repeated_within, GROWN, "instruments.2", "areas", "instruments[2]: 'areas' stands twice"),
    (ids.repeated_within, "assessments/facts.yaml", "facts.7.values.1.id", "alcohol", "'alcohol'"),
    (
        ids.repeated_within,
        "assessments/insatser.yaml",
        "insatser.1.targets.1.area",
        "work",
        "'work'",
    ),
    (
        ids.repeated_within,
        "instruments/screen/cases.yaml",
        "cases.1.name",
        "a man at the limit",
        "a man",
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_an_id_that_stands_twice_or_is_another_is_found(small, case):
    check, file, place, value, words = case
    small.put(file, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


def test_a_legal_ground_that_stands_twice_is_found(small):
    small.edit("assessments/process/legal.yaml", lambda v: v["legal"].append(v["legal"][0]))
    found = [str(fault) for fault in ids.repeated_entries(small.shelf())]
    assert len(found) == 1
    assert "legal[1]: 'support' stands twice" in found[0]


def test_one_rule_in_two_themes_is_found(small):
    text = (small.root / RULES).read_text(encoding="utf-8")
    other = small.root / "assessments/rules/other.yaml"
    other.write_text(text.replace("theme: basic", "theme: other"), encoding="utf-8")
    found = [str(fault) for fault in ids.rules_in_two_themes(small.shelf())]
    assert "the rule 'threat' stands also in the theme basic" in found[0]


def test_a_list_differs_from_another_once(small):
    leaver = "assessments/criteria/leaver/criteria.yaml"
    small.edit(leaver, lambda v: v["differs"].append(v["differs"][0]))
    [found] = ids.repeated_within(small.shelf())
    assert "differs[1]: 'milieu' stands twice" in str(found)


def test_two_versions_of_one_rule_are_no_repetition(small):
    assert not list(ids.repeated_within(small.shelf()))
