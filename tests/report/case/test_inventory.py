"""What a report says of the inventory of needs and resources."""

from typing import Any

import pytest
from tests.report.made import assessed, callouts, case, headings, items, section, text_of

from riskbehov.i18n import use_language
from riskbehov.library import Library
from riskbehov.report import assessment_blocks
from riskbehov.report.document import Note
from riskbehov.report.plain.assessment import result_dict

LIBRARY = Library.open()
TITLE = "Inventory of needs and resources"
DOMAINS = {
    "boende": {"situation": 0, "motivation": 1, "priority": 2},
    "fritid": {"situation": 3, "text": "Har inget att göra."},
    "missbruk": {"priority": 1},
}


def made(domains, **held):
    given: dict[str, Any] = {
        "instruments": {"rbm8": {"answers": {"leisure": 0, "substance_use": 2}}},
        "facts": {"need_housing": True},
    }
    return case(inventory={"date": "2026-06-01", "domains": domains}, **(given | held))


def part(domains, **held):
    blocks = assessment_blocks(assessed(made(domains, **held), LIBRARY), LIBRARY)
    return section(blocks, TITLE)


def test_without_an_inventory_there_is_no_section():
    assert TITLE not in headings(assessment_blocks(assessed(case(), LIBRARY), LIBRARY))


def test_every_answered_domain_is_shown_with_the_professionals_view_beside_it():
    shown = {item.text: text_of(item.inside) for item in items(part(DOMAINS)) if item.is_strong}
    assert shown == {
        "Housing: 0, good as it is": "Motivation: 1, is not sure Beside it: Housing: need.",
        "Leisure: 3, very bad": (
            "Motivation: not rated Har inget att göra. Beside it: Leisure: 0."
        ),
        "Substance misuse: not rated": (
            "Motivation: not rated Beside it: Substance misuse or dependence: 2."
        ),
    }


def test_what_is_not_rated_and_not_asked_is_said_to_be_unknown():
    shown = text_of(part({"natverk": {"situation": 1}}))
    assert "Procriminal associates: not rated" in shown
    assert "Loneliness and social network: not known" in shown
    assert "no need" not in shown


def test_domains_without_an_answer_are_named():
    shown = text_of(part(DOMAINS))
    assert (
        "Not answered: Physical and mental health, Occupation, Finances, Network, Crime." in shown
    )
    form = LIBRARY.inventory
    assert form is not None
    every = {d.id: {"situation": 1} for d in form.domains}
    assert "Not answered" not in text_of(part(every))


def test_the_persons_order_is_shown():
    assert "The person's order: Substance misuse, Housing." in text_of(part(DOMAINS))
    assert "The person's order" not in text_of(part({"boende": {"situation": 1}}))


def test_where_the_two_views_part_it_says_to_talk_about_it():
    [found] = callouts(part(DOMAINS))
    assert found.title == "Talk about it: the two views part"
    assert [item.text for item in items([found])] == [
        "Housing: the person says 0, good as it is, but a need is seen here (Housing: need).",
        "Leisure: the person says 3, very bad, but no need is seen here (Leisure: 0).",
    ]


def test_where_they_do_not_part_there_is_nothing_to_talk_about():
    assert callouts(part({"boende": {"situation": 1}})) == []


def test_the_sources_are_the_guidance_and_the_toolkit_itself():
    cited = [b for b in part(DOMAINS) if isinstance(b, Note) and b.sources]
    assert [b.sources for b in cited] == [("stockholm-sig-2020",), ("riskbehov",)]
    assert "the toolkit's own structure, not validated" in text_of(cited)


@pytest.mark.parametrize(("language", "words"), [("sv", "mycket dåligt"), ("en", "very bad")])
def test_the_words_are_in_the_language_of_the_moment(language, words):
    with use_language(language):
        blocks = assessment_blocks(assessed(made(DOMAINS), LIBRARY), LIBRARY)
        assert words in text_of(blocks)


def test_the_same_stands_in_the_json():
    found = result_dict(assessed(made(DOMAINS), LIBRARY))["inventory"]
    domains = {d["id"]: d for d in found["domains"]}
    assert found["date"] == "2026-06-01"
    assert len(domains) == 8
    assert domains["fritid"] == {
        "id": "fritid",
        "label": "Leisure",
        "situation": 3,
        "motivation": None,
        "priority": None,
        "text": "Har inget att göra.",
        "areas": [{"id": "leisure", "code": 0}],
        "support_needs": [],
        "agreement": "own-worse",
    }
    assert domains["boende"]["support_needs"] == [{"need": "need_housing", "found": True}]
    assert result_dict(assessed(case(), LIBRARY))["inventory"] is None
