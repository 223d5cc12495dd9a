"""Sources and grounds in law as small print."""

import datetime as dt

import pytest
from tests.report.made import text_of

from riskbehov.models.base import Text, Validity
from riskbehov.models.rule import LegalText
from riskbehov.models.source import Citation
from riskbehov.report.cite import cited, cited_shortly, documents, legal_line, sources_section
from riskbehov.report.document import Note

GUIDE = "sos-avhoppare-2025"


def citation(locator="s. 30", basis="recommended", source=GUIDE, **more):
    return Citation(source=source, locator=locator, basis=basis, **more)


def lines(notes):
    return [note.text for note in notes]


def test_a_source_is_given_with_title_publisher_place_and_basis(library):
    (note,) = cited([citation()], library)
    assert note.text == (
        "Source: Arbeta med avhoppare. Ett stödmaterial till socialtjänsten (Socialstyrelsen),"
        " s. 30 (a statement or recommendation of an authority)."
    )


def test_in_short_the_subtitle_and_the_publisher_are_left_for_the_list_at_the_end(library):
    (note,) = cited_shortly([citation()], library)
    assert note.text == "Source: Arbeta med avhoppare, s. 30 (authority)."
    assert note.sources == (GUIDE,)


def test_places_in_one_document_on_one_basis_are_told_together(library):
    found = [citation("s. 1"), citation("s. 2"), citation("s. 3", "secondary"), citation("s. 1")]
    assert [n.text.partition(", ")[2] for n in cited_shortly(found, library)] == [
        "s. 1; s. 2 (authority).",
        "s. 3 (second-hand).",
    ]


@pytest.mark.parametrize("told", [cited, cited_shortly])
def test_what_the_toolkit_made_up_is_said_to_be_not_validated(library, told):
    found = citation("docs/metod.md, Plan", "toolkit", "riskbehov")
    assert lines(told([found], library)) == [
        "Source: the toolkit's own structure, not validated (docs/metod.md, Plan)."
    ]


def test_without_a_library_the_id_stands_for_the_title():
    assert lines(cited_shortly([citation()], None)) == [f"Source: {GUIDE}, s. 30 (authority)."]


def test_remarks_on_a_place_follow_when_asked_for(library):
    found = citation(note=Text(sv="Anmärkning.", en="A remark."))
    assert lines(cited([found], library))[1:] == []
    assert lines(cited([found], library, has_notes=True))[1:] == ["A remark."]


def test_the_list_at_the_end_names_each_document_once_by_title(library):
    blocks = (*cited_shortly([citation()] * 2, library), Note("x", ("riskbehov", "sbu-303")))
    found = [item.text for item in documents(blocks, library).items]
    assert len(found) == 2
    assert found[0].startswith("Arbeta med avhoppare. Ett stödmaterial till socialtjänsten. Social")
    assert "Read 2026-11-22." in found[0]
    told = text_of(sources_section(blocks, library))
    assert "second-hand: read only in another document, not in this one" in told
    assert tuple(sources_section((), library)) == ()


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("recommended", "Law: Bistånd, 11 kap. 1 §."),
        ("secondary", "Law: Bistånd, 11 kap. 1 § (read only second-hand)."),
    ],
)
def test_a_place_in_the_law_says_if_it_was_read_second_hand(basis, words):
    found = LegalText(
        reference=Text(sv="11 kap. 1 §", en="11 kap. 1 §"),
        valid=Validity(from_=dt.date(2025, 7, 1)),
        sources=(citation(basis=basis),),
    )
    assert legal_line("Bistånd", found) == words


def test_a_place_in_the_law_that_nobody_has_verified_is_never_made_up():
    assert legal_line("Bistånd", None) == (
        "Law: Bistånd. The place in the law of that day has not been verified."
    )
