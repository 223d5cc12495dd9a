import pytest

from riskbehov.checking import citations

SOURCES = "instruments/sources.yaml"
RULES = "assessments/rules/basic.yaml"

CASES = [
    (
        citations.unknown_sources,
        *(RULES, "rules.0.sources.0.source", "guied"),
        (
            "rules[0].sources[0].source: found the source 'guied', expected one in the register of"
            " documents - did you mean 'guide'?"
        ),
    ),
    (
        citations.unknown_sources,
        *("assessments/insatser.yaml", "insatser.0.targets.0.cite.source", "nowhere"),
        "targets[0].cite.source: found the source 'nowhere'",
    ),
    (
        citations.toolkit_by_others,
        *(RULES, "rules.0.sources.0.basis", "toolkit"),
        "found the basis toolkit with the source 'guide', expected riskbehov",
    ),
    (
        citations.toolkit_by_others,
        *(RULES, "rules.5.sources.0.basis", "validated"),
        "found the basis validated with the toolkit's own source 'riskbehov'",
    ),
    (
        citations.items_without_citation,
        *("instruments/areas/instrument.yaml", "items.1.sources", ...),
        "items[1]: the item 'work' cites no source",
    ),
    (
        citations.items_without_citation,
        *("instruments/ready/instrument.yaml", "items.0.sources", []),
        "items[0]: the item 'language' cites no source",
    ),
    (citations.odd_sources, SOURCES, "sources.0.id", "Guide.1", "found the id 'Guide.1', expected"),
    (citations.odd_sources, SOURCES, "sources.0.date", "May 2024", "found 'May 2024', expected a"),
    (
        citations.odd_sources,
        SOURCES,
        "sources.0.date",
        "2024-13",
        "found '2024-13', expected a year",
    ),
    (citations.odd_sources, SOURCES, "sources.0.url", "www.example.org", "found 'www.example.org'"),
    (citations.odd_sources, SOURCES, "sources.0.url", "https://localhost/a", "expected an address"),
    (citations.odd_sources, SOURCES, "sources.0.url", "https://a.org/b c", "expected an address"),
    (citations.odd_sources, SOURCES, "sources.0.url", "https://[a.org", "expected an address"),
]


@pytest.mark.parametrize("case", CASES)
def test_a_faulty_citation_or_document_is_found(small, case):
    check, file, place, value, words = case
    small.put(file, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


def test_a_document_that_nothing_cites_is_noted(small):
    small.edit(
        "instruments/sources.yaml",
        lambda v: v["sources"].append({**v["sources"][0], "id": "forgotten"}),
    )
    report = small.check()
    assert ["the source 'forgotten' is cited nowhere" in str(note) for note in report.notes] == [
        True
    ]
    assert report.is_sound


def test_an_unread_register_makes_no_citation_unknown(small):
    (small.root / "instruments/sources.yaml").write_text("sources: nothing\n", encoding="utf-8")
    assert not any("register of documents" in str(fault) for fault in small.check().faults)
