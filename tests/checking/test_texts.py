import pytest

from riskbehov.checking import texts

RULES = "assessments/rules/basic.yaml"
LONG = "En text som är längre än så här"

CASES = [
    (
        texts.untranslated,
        *("rules.0.reason", {"sv": LONG, "en": LONG}),
        "rules[0].reason.en: found the same text in Swedish and in English",
    ),
    (
        texts.forbidden_words,
        *("rules.0.reason.sv", "Personen har diagnosen X."),
        "rules[0].reason.sv: found 'diagnos' in a Swedish text",
    ),
    (texts.forbidden_words, "rules.0.title.sv", "Diagnostik", "rules[0].title.sv: found 'diagnos'"),
    (
        texts.personal_data,
        *("rules.0.reason.en", "Call 070-123 45 67."),
        "rules[0].reason.en: found what looks like a telephone number, expected none in any text",
    ),
    (
        texts.personal_data,
        *("rules.0.sources.0.locator", "anna@example.org"),
        "rules[0].sources[0].locator: found what looks like an e-mail address",
    ),
    (texts.personal_data, "rules.0.title.sv", "19121212-1212", "looks like a personal number"),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_a_text_is_found(small, case):
    check, place, value, words = case
    small.put(RULES, place, value)
    found = [str(fault) for fault in check(small.shelf())]
    assert any(words in each for each in found)
    assert not any(str(value) in each for each in found)


@pytest.mark.parametrize(
    "text", ["Kort och lika", "MET", "Adolescent Community Reinforcement (ACR)"]
)
def test_short_texts_and_proper_names_may_be_the_same(small, text):
    name = "Adolescent Community Reinforcement"
    small.put("assessments/insatser.yaml", "insatser.0.name", {"sv": name, "en": name})
    small.put(RULES, "rules.0.title", {"sv": text, "en": text})
    assert not list(texts.untranslated(small.shelf()))


def test_the_address_of_a_publisher_is_public_but_a_note_is_a_text(small):
    sources = "instruments/sources.yaml"
    small.put(sources, "sources.0.publisher", "Mottagningen, Storgatan 1")
    assert not list(texts.personal_data(small.shelf()))
    small.put(sources, "sources.0.note", {"sv": "Storgatan 1", "en": "None"})
    [found] = texts.personal_data(small.shelf())
    assert "sources[0].note.sv: found what looks like a street address" in str(found)


@pytest.mark.parametrize(
    ("check", "place", "value", "words"),
    [
        (texts.untranslated, "use", {"sv": LONG, "en": LONG}, "use.en: found the same text"),
        (texts.forbidden_words, "criteria.0.label.sv", "Har diagnos", "label.sv: found 'diagnos'"),
        (texts.personal_data, "use.en", "Call 070-123 45 67.", "use.en: found what looks like"),
    ],
)
def test_a_list_of_criteria_is_looked_through_too(small, check, place, value, words):
    small.put("assessments/criteria/unit/criteria.yaml", place, value)
    found = [str(fault) for fault in check(small.shelf())]
    assert [words in each for each in found] == [True]


def test_a_client_is_looked_through_too(small):
    small.put("assessments/grown/cases.yaml", "cases.0.case.professional_risk.reason", "a@b.se")
    [found] = texts.personal_data(small.shelf())
    assert "cases[0].case.professional_risk.reason" in found.where
