"""The Swedish catalogue says everything that the code says, and says it by the same places."""

import string
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from riskbehov.i18n import _, catalogue_folder, use_language

SOURCE = Path(__file__).parents[1] / "src" / "riskbehov"
PO = Path(catalogue_folder(), "sv", "LC_MESSAGES", "riskbehov.po")
KEYWORDS = {"_": None, "message": None, "N_": None}
UPDATE = """

Bring the catalogue up to date (CONTRIBUTING.md, Translate), in src/riskbehov/locale:
  pybabel extract -k _ -k message -k N_ --no-location --sort-output -o riskbehov.pot ..
  pybabel update -D riskbehov -i riskbehov.pot -d . -l sv --no-fuzzy-matching --ignore-obsolete \\
      --ignore-pot-creation-date
then fill in what is empty in sv/LC_MESSAGES/riskbehov.po, and compile:
  make -C ../../.. locale"""


def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="sv")


def in_code() -> set[str]:
    """Return every msgid that is marked in the code."""
    return {str(found[2]) for found in extract_from_dir(SOURCE, keywords=KEYWORDS)}


def texts(found: Catalog) -> dict[str, str]:
    """Return the translation of every message, without the head of the catalogue."""
    return {str(m.id): str(m.string) for m in found if m.id}


SAID = texts(catalogue())
PAIRS = pytest.mark.parametrize(("msgid", "msgstr"), SAID.items(), ids=lambda text: text[:40])


def listed(msgids: Iterable[str]) -> str:
    return "".join(f"\n  {msgid!r}" for msgid in sorted(msgids))


def places(text: str) -> set[str]:
    """Return the places of a text as they are written: ``{found!r}``, ``{cost:g}``."""
    return {
        name + (f"!{how}" if how else "") + (f":{form}" if form else "")
        for _text, name, form, how in string.Formatter().parse(text)
        if name is not None
    }


def test_the_marks_are_found():
    assert len(in_code()) > 700


def test_everything_that_the_code_says_is_in_the_catalogue():
    left_out = in_code() - SAID.keys()
    assert not left_out, f"not in {PO.name}:{listed(left_out)}{UPDATE}"


def test_the_catalogue_holds_nothing_that_the_code_no_longer_says():
    found = catalogue()
    gone = {*(SAID.keys() - in_code()), *map(str, found.obsolete)}
    assert not gone, f"no longer in the code:{listed(gone)}{UPDATE}"


def test_everything_is_translated():
    empty = {msgid for msgid, msgstr in SAID.items() if not msgstr}
    assert not empty, f"without a translation in {PO.name}:{listed(empty)}{UPDATE}"


def test_nothing_is_fuzzy():
    fuzzy = {str(m.id) for m in catalogue() if m.id and m.fuzzy}
    assert not fuzzy, (
        f"fuzzy in {PO.name}: mend the translation, remove the mark:{listed(fuzzy)}{UPDATE}"
    )


@PAIRS
def test_a_translation_has_the_places_of_its_message(msgid, msgstr):
    assert places(msgstr) == places(msgid), (
        f"{msgid!r} is translated by other places in {PO.name}: {msgstr!r}"
    )


@PAIRS
def test_a_translation_begins_and_ends_like_its_message(msgid, msgstr):
    def ends(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert ends(msgstr) == ends(msgid), f"other spaces around {msgstr!r} than around {msgid!r}"


@PAIRS
def test_no_translation_speaks_of_a_diagnos(msgid, msgstr):
    assert "diagnos" not in msgstr.casefold(), msgid


def test_the_compiled_catalogue_is_that_of_the_po_file():
    compiled = BytesIO()
    write_mo(compiled, catalogue())
    compiled.seek(0)
    with PO.with_suffix(".mo").open("rb") as file:
        same = texts(read_mo(file)) == texts(read_mo(compiled))
    assert same, "riskbehov.mo is not what riskbehov.po compiles to: run `make locale`"


def test_what_is_said_is_swedish():
    with use_language("sv"):
        assert _("found {found}, expected {expected}", found=1, expected=2) == SAID[
            "found {found}, expected {expected}"
        ].format(found=1, expected=2)
        assert _("the toolkit's own structure, not validated") == (
            "verktygets egen struktur, inte validerad"
        )
