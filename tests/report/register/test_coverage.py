"""What of the source documents is covered: in a report, on a page, and that nothing is skipped."""

import datetime as dt
import re

import pytest
from tests.markdown import CHECKOUT, read
from tests.report.made import headings, items, section, text_of

from riskbehov import report
from riskbehov.checking import coverage as checks
from riskbehov.checking.shelf import read_shelf
from riskbehov.cli.app import command_names
from riskbehov.i18n import use_language
from riskbehov.library import Library
from riskbehov.report.plain.coverage import coverage_dict
from riskbehov.report.register.coverage import coverage_page
from riskbehov.report.register.pages import pages, write_pages
from riskbehov.report.text import columns, to_text

LIBRARY = Library.open()
DOCUMENTS = (
    "sos-avhoppare-2025",
    "huddinge-riktlinje-2022",
    "huddinge-tjansteutlatande-2022",
    "avhoppare-webb",
    "stockholm-sig-2020",
)
every_document = pytest.mark.parametrize("id_", DOCUMENTS)

# The headings below the parts in the table of contents of sos-avhoppare-2025, with their pages.
CONTENTS = {
    "Om detta stödmaterial": 3,
    "Definitionen av avhoppare": 7,
    "Socialtjänstens roll och ansvar i arbetet med avhoppare": 8,
    "Organisering av arbete med avhoppare i kommunen": 10,
    "Andra myndigheters arbete med avhoppare": 12,
    "Samverkan med polisen – centralt i arbetet med avhoppare": 12,
    "Frågor om säkerhet": 13,
    "Om processen": 16,
    "Ansökan": 18,
    "Inleder utredning": 18,
    "Kontakt med polis": 21,
    "Hotbilds- och riskbedömningar av polisen": 21,
    "Eventuell kontakt med Kriminalvården och SiS": 22,
    "Socialtjänstens beslut om bistånd": 22,
    "Polisens beslut om att inleda avhopparärende": 23,
    "Bistånd till boende": 23,
    "Polisens placeringsbedömning": 23,
    "Öppenvårdsinsatser och annat bistånd": 24,
    "Genomför insatser": 24,
    "Polisen handlägger avhopparärende": 24,
    "Följer upp": 25,
    "Fullföljt avhopp": 26,
    "Individuella behov": 27,
    "Risk-, behov- och mottaglighetsprinciperna (RBM)": 27,
    "Insatser mot gängkriminalitet": 29,
    "Insatser avseende missbruk och psykisk ohälsa": 29,
    "Kontakt och samverkan med psykiatri": 30,
    "Rekommenderade insatser vid missbruk och beroende": 30,
    "Särskilt om flickor och kvinnor": 31,
    "Särskilt om barn och unga": 32,
    "Barn och ungas behov av stöd och skydd": 32,
    "Identifiera möjliga avhoppare": 33,
    "Bedöma risker och behov": 34,
    "Samverkan med polisen": 36,
    "Bedöma insatser": 37,
    "Rekommenderade insatser vid normbrytande beteende och kriminalitet": 37,
    "Rekommenderade insatser vid missbruk": 38,
    "Vissa säkerhetsaspekter vid val och utförande av insatser": 38,
    "Samverkan med Statens institutionsstyrelse": 39,
    "Referenser": 41,
}


def coverage(id_):
    found = LIBRARY.coverage(id_)
    assert found is not None
    return found


def test_each_of_the_five_documents_is_covered():
    assert set(LIBRARY.coverage_ids) == set(DOCUMENTS)


def test_every_place_is_there_commands_included():
    shelf = read_shelf(LIBRARY, today=dt.date(2026, 11, 22), commands=command_names())
    assert [str(fault) for fault in checks.unknown_places(shelf)] == []


def test_everything_that_cites_a_document_is_reached_from_its_coverage():
    shelf = read_shelf(LIBRARY, today=dt.date(2026, 11, 22))
    assert [str(fault) for fault in checks.unnamed_citers(shelf)] == []


@pytest.mark.parametrize("heading", CONTENTS)
def test_every_heading_of_the_support_material_has_an_entry_on_its_page(heading):
    places = [entry.locator for entry in coverage("sos-avhoppare-2025").entries]
    assert any(re.match(rf"s\. {CONTENTS[heading]}\b.*, {re.escape(heading)}", p) for p in places)


def test_the_entries_of_the_support_material_stand_in_the_order_of_its_pages():
    places = [entry.locator for entry in coverage("sos-avhoppare-2025").entries]
    found = [int(number) for place in places for number in re.findall(r"^s\. (\d+)", place)]
    assert len(found) == len(places)
    assert found == sorted(found)


@every_document
def test_an_entry_says_where_it_is_or_why_it_is_not_in_both_languages(id_):
    for entry in coverage(id_).entries:
        assert entry.covered or entry.left_out
        assert entry.what.sv != entry.what.en or len(entry.what.sv) < 25, entry.locator
        told = [(place.kind, place.id) for place in entry.covered]
        assert len(told) == len(set(told)), entry.locator


# Reports


@every_document
def test_a_document_is_shown_with_what_of_it_is_covered_and_left_out(id_):
    blocks = report.source_blocks(LIBRARY.source(id_), LIBRARY)
    assert headings(blocks).index("Cited by") < headings(blocks).index("What the toolkit has of it")
    part = section(blocks, "What the toolkit has of it")
    shown = text_of(part)
    found = coverage(id_)
    told = [item for item in items(part) if item.mark]
    assert [item.text for item in told] == [str(entry.what) for entry in found.entries]
    for entry in found.entries:
        assert all(place.id in shown for place in entry.covered)
        if entry.left_out:
            assert f"Left out: {' '.join(str(entry.left_out).split())}" in shown


def test_a_sign_says_whether_all_some_or_nothing_of_it_is_covered():
    part = section(
        report.source_blocks(LIBRARY.source("huddinge-riktlinje-2022"), LIBRARY),
        "What the toolkit has of it",
    )
    marks = [item.mark for item in items(part) if item.mark]
    entries = coverage("huddinge-riktlinje-2022").entries
    whole = [e.left_out is None for e in entries]
    none = [not e.covered for e in entries]
    assert [mark == "✓" for mark in marks] == whole
    assert [mark == "✗" for mark in marks] == none
    assert {"✓", "◐", "✗"} == set(marks)
    shown = text_of(part)
    assert f"✓ covered {sum(whole)}" in shown
    assert f"✗ left out {sum(none)}" in shown


def test_a_document_without_coverage_says_nothing_of_it():
    blocks = report.source_blocks(LIBRARY.source("sbu-303"), LIBRARY)
    assert "What the toolkit has of it" not in headings(blocks)
    with pytest.raises(ValueError, match="sbu-303"):
        coverage_page(LIBRARY.source("sbu-303"), LIBRARY)


@every_document
@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_fits_80_columns(id_, language):
    with use_language(language):
        shown = to_text(report.source_blocks(LIBRARY.source(id_), LIBRARY), width=80)
    assert max(map(columns, shown.splitlines())) <= 80


def test_the_json_has_every_entry():
    found = coverage_dict(coverage("stockholm-sig-2020"))
    told = next(e for e in found["entries"] if e["locator"].startswith("Uppföljning av"))
    assert {"kind": "criteria", "id": "sig-enhet"} in told["covered"]
    assert told["left_out"].startswith("The indicators")
    assert found["entries"][0]["covered"] == []


# Pages


@every_document
def test_the_page_on_a_document_is_the_data(id_):
    assert read(f"docs/kallor/{id_}.md") == pages(LIBRARY)[f"{id_}.md"], "write them: make pages"


def test_there_is_a_page_for_every_document_and_no_other_and_the_index_has_them():
    found = {path.name for path in (CHECKOUT / "docs" / "kallor").iterdir()}
    assert found == set(pages(LIBRARY))
    for name in found:
        assert f"(kallor/{name})" in read("docs/README.md")


def test_pages_are_written_whole(tmp_path):
    write_pages(tmp_path / "kallor", LIBRARY)
    written = {p.name: p.read_text(encoding="utf-8") for p in (tmp_path / "kallor").iterdir()}
    assert written == pages(LIBRARY)
