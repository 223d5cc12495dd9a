"""Messages are put into words when they are read, in the reader's language."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from riskbehov import i18n
from riskbehov.i18n import LANGUAGES, N_, Message, _, language, message, use_language

SWEDISH = {
    "found {found}, expected {expected}": "fann {found}, väntade {expected}",
    "a number": "ett tal",
    "a place is missing here: {found}": "här saknas en plats: {funnet}",
    "a brace too many: {found}": "en klammer för mycket: {found",
}


@pytest.fixture(autouse=True)
def _catalogue(tmp_path, monkeypatch):
    """Put a Swedish catalogue of a few sentences in the place of our own."""
    catalogue = Catalog(locale="sv")
    for msgid, words in SWEDISH.items():
        catalogue.add(msgid, words)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    path = Path(tmp_path, "sv", "LC_MESSAGES", "riskbehov.mo")
    path.parent.mkdir(parents=True)
    path.write_bytes(compiled.getvalue())
    monkeypatch.setattr(i18n, "catalogue_folder", lambda: str(tmp_path))
    i18n._catalogue.cache_clear()  # noqa: SLF001 - the test's own catalogue must not outlive it
    yield
    i18n._catalogue.cache_clear()  # noqa: SLF001


def test_the_code_speaks_english_until_told_otherwise():
    assert language() == "en"
    assert _("found {found}, expected {expected}", found=1, expected=2) == "found 1, expected 2"


def test_a_language_holds_within_its_block_only():
    with use_language("sv"):
        assert language() == "sv"
        with use_language("en"):
            assert language() == "en"
        assert language() == "sv"
    assert language() == "en"


def test_a_language_is_left_also_when_the_block_fails():
    with pytest.raises(KeyError, match="x"), use_language("sv"):
        raise KeyError("x")
    assert language() == "en"


@pytest.mark.parametrize("code", ["", "SV", "sv_SE", "fr", "../en"])
def test_another_language_is_refused(code):
    with pytest.raises(ValueError, match=r"expected one of sv, en$"), use_language(code):
        pass


def test_both_languages_are_those_of_the_texts():
    assert LANGUAGES == ("sv", "en")


def test_a_kept_message_is_said_in_the_language_of_whoever_reads_it():
    kept = message("found {found}, expected {expected}", found="x", expected=message("a number"))
    assert str(kept) == "found x, expected a number"
    with use_language("sv"):
        assert str(kept) == "fann x, väntade ett tal"
    assert str(kept) == "found x, expected a number"


def test_a_marked_sentence_stays_as_it_is():
    assert N_("a number") == "a number"
    with use_language("sv"):
        assert _(N_("a number")) == "ett tal"


def test_what_has_no_translation_is_said_in_english():
    with use_language("sv"):
        assert _("nobody has translated {this}", this="this") == "nobody has translated this"


@pytest.mark.parametrize("msgid", ["a place is missing here: {found}", "a brace too many: {found}"])
def test_a_translation_with_wrong_places_falls_back_to_english(msgid):
    with use_language("sv"):
        assert _(msgid, found="x") == msgid.format(found="x")


def test_braces_in_what_was_found_stay_braces():
    assert _("found {found}", found="{x} {0} {") == "found {x} {0} {"


def test_a_message_can_have_a_place_called_msgid():
    assert str(message("found {msgid}", msgid="x")) == "found x"


def test_messages_of_the_same_words_are_equal():
    assert message("found {x}", x=1) == Message("found {x}", {"x": 1})
    assert message("found {x}", x=1) != message("found {x}", x=2)
