"""What a column holds is suggested by its name, with the ground; where two are as likely, none."""

import pytest

from riskbehov.errors import InputError
from riskbehov.library import Library
from riskbehov.tables.frames.naming import guess, is_contact

LIBRARY = Library.open()
AUDIT = LIBRARY.scored("audit")


def items(names, instrument=AUDIT, **given):
    """Return the column of each item, with its ground."""
    found = guess(names, instrument, **given).columns
    return {g.item: (name, g.ground) for name, g in zip(names, found, strict=True) if g.item}


def roles(*names):
    return [g.role for g in guess(names, AUDIT).columns]


def numbered(pattern, last=10):
    return [pattern.format(n) for n in range(1, last + 1)]


@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
def test_the_names_of_results_are_exact(id_):
    instrument = LIBRARY.scored(id_)
    names = [f"{id_}_{item.id}".replace("-", "_") for item in instrument.items]
    assert items(names, instrument) == {
        item.id: (name, "exact") for item, name in zip(instrument.items, names, strict=True)
    }


@pytest.mark.parametrize(
    ("pattern", "ground"),
    [
        ("AUDIT{}", "instrument"),
        ("audit_q{:02}", "instrument"),
        ("Audit.Fråga {}", "instrument"),
        ("Q{}", "number"),
        ("fråga_{}", "number"),
        ("{}", "number"),
    ],
)
def test_likely_names_are_suggested_with_their_ground(pattern, ground):
    names = numbered(pattern)
    assert items(names) == {str(n): (names[n - 1], ground) for n in range(1, 11)}


def test_labels_and_ids_of_areas_are_suggested():
    rbm8 = LIBRARY.scored("rbm8")
    assert items(["Attitudes", "work_education", "x"], rbm8) == {
        "attitudes": ("Attitudes", "label"),
        "work_education": ("work_education", "label"),
    }
    assert items(["Minneslucka"]) == {"8": ("Minneslucka", "label")}


def test_the_stronger_ground_wins_and_equal_ones_leave_it_open():
    assert items(["AUDIT1", "audit_1"]) == {"1": ("audit_1", "exact")}
    found = guess(["AUDIT1", "audit-q1"], AUDIT)
    assert [g.item for g in found.columns] == [None, None]
    assert found.rivals == {"1": ("AUDIT1", "audit-q1")}


def test_a_name_that_stands_twice_is_nobodys():
    assert guess(["AUDIT1", "AUDIT1"], AUDIT).rivals == {"1": ("AUDIT1", "AUDIT1")}


@pytest.mark.parametrize("name", ["dudit_1", "audit_11", "audit_1_t2", "x1y", "audit", "audit_"])
def test_other_columns_are_let_alone(name):
    assert items([name]) == {}


def test_numbers_that_go_beyond_the_last_item_tell_nothing():
    found = guess(numbered("Q{}", last=21), AUDIT)
    assert {g.role for g in found.columns} == {"other"}
    assert found.goes_on == "Q11"


def test_a_few_numbers_are_no_items():
    assert items(["Q1", "Q2", "Q3"]) == {}


def test_who_and_when_are_suggested_in_both_languages():
    assert roles("Kön", "gender", "sex") == ["sex"] * 3
    assert roles("Ålder", "age", "age_years") == ["age"] * 3
    assert roles("Födelsedatum", "birth_date", "DOB") == ["birth_date"] * 3
    assert roles("Datum", "svarsdatum", "assessment_date") == ["date"] * 3


@pytest.mark.parametrize(
    "name", ["Personnummer", "pnr", "personnr_klient", "Förnamn", "efternamn", "E-post", "email",
             "telefon", "mobilnr", "phone_number", "Adress", "postnummer", "name", "Klientnamn"],
)  # fmt: skip
def test_contact_data_are_known_by_their_names(name):
    assert roles(name) == ["contact"]
    assert is_contact(name)


@pytest.mark.parametrize("name", ["redcap_event_name", "audit_1", "kommun", "namnlista_id"])
def test_not_every_name_with_a_name_in_it_is_contact_data(name):
    assert not is_contact(name)


def test_what_the_caller_names_goes_first():
    names = ["a", "b", "AUDIT1", "kön"]
    assert items(names, items={"1": "a", "2": "b"}) == {"1": ("a", "given"), "2": ("b", "given")}
    found = guess(names, AUDIT, sex="a", age="b").columns
    assert [(g.role, g.ground) for g in found[:2]] == [("sex", "given"), ("age", "given")]
    assert items(numbered("x{}"), items="x{item}")["10"] == ("x10", "given")


def test_what_is_not_there_is_refused():
    with pytest.raises(InputError, match="found '11', expected an item of audit"):
        guess(["a"], AUDIT, items={"11": "a"})
    with pytest.raises(InputError, match="found 'koen', expected a column of the table: kön"):
        guess(["kön"], AUDIT, sex="koen")
