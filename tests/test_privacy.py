"""What is recognised as personal data, what is not, and that nothing of it is left after masking.

No number here is taken from anybody. Personal numbers are built from a date, a serial number at the
end of the series, where test numbers are (980-999), and a computed check digit; telephone numbers
come from the series that PTS keeps for fiction.
"""

import re
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from riskbehov.privacy import KINDS, find, is_suspect, mask


def check_digit(nine: str) -> str:
    """Return the digit that makes nine digits a personal number (Luhn)."""
    total = 0
    for number, digit in enumerate(nine):
        doubled = int(digit) * (1 if number % 2 else 2)
        total += doubled // 10 + doubled % 10
    return str(-total % 10)


def personal_number(date: str, serial: str = "980", *, separator: str = "", wrong: int = 0) -> str:
    """Return a made-up number for YYMMDD or YYYYMMDD; ``wrong`` is added to the check digit."""
    last = (int(check_digit(date[-6:] + serial)) + wrong) % 10
    return f"{date}{separator}{serial}{last}"


TEN = personal_number("900115")
TWELVE = personal_number("19900115")


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in find(text)]


def is_certain(text: str) -> bool:
    return any(finding.certain for finding in find(text))


def matched(text: str) -> list[str]:
    return [text[finding.start : finding.end] for finding in find(text)]


# Personal numbers.


@pytest.mark.parametrize("date", ["900115", "19900115", "20110115", "000229", "19000101"])
@pytest.mark.parametrize(
    "separator",
    ["", "-", "+", " ", "\u00a0", "\u2013", "\u2011", "\u2212", " - ", "- ", " -", "  ", "_"],
)
def test_a_personal_number_is_certain_however_it_is_divided(date, separator):
    number = personal_number(date, separator=separator)
    assert matched(number) == [number]
    assert is_certain(number)


@pytest.mark.parametrize("serial", ["980", "985", "999"])
def test_every_serial_number_counts(serial):
    assert is_certain(personal_number("851231", serial))


def test_a_birth_date_with_hyphens_is_no_way_around():
    number = f"1990-01-15-{TEN[-4:]}"
    assert matched(number) == [number]
    assert is_certain(number)


@pytest.mark.parametrize("date", ["900175", "19900161", "20110288", "900091", "900060", "900160"])
def test_a_co_ordination_number_is_certain(date):
    assert is_certain(personal_number(date, separator="-"))  # 60 more days; zero: not known


@pytest.mark.parametrize("wrong", range(1, 10))
def test_a_wrong_check_digit_leaves_a_likeness(wrong):
    number = personal_number("900115", separator="-", wrong=wrong)
    assert [(f.kind, f.certain) for f in find(number)] == [("personal number", False)]


@pytest.mark.parametrize(
    "date", ["901315", "900132", "900230", "900100", "900192", "900431", "901360", "010229"]
)
def test_a_date_that_nobody_can_be_born_on_makes_no_personal_number(date):
    assert "personal number" not in kinds(personal_number(date, separator="-"))


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "({})",
        "född {}.",
        "pnr:{}",
        "pnr{}",
        "nr-{}",
        "{}-",
        "{}, och så vidare",
        "{}\n",
        "'{}'",
        "x@{}",
        "a;{};b",
        "{}a",
        "1. {}",
        "https://x.example/{}",
        "10.1000/{}",
    ],
)
@pytest.mark.parametrize("number", [TEN, TWELVE, f"{TEN[:6]}-{TEN[6:]}"])
def test_a_personal_number_is_found_within_a_text(around, number):
    found = [f for f in find(around.format(number)) if f.certain]
    assert [around.format(number)[f.start : f.end] for f in found] == [number]


def test_every_personal_number_of_a_text_is_found():
    other = personal_number("20010203", separator="-")
    assert matched(f"{TEN} och {other}\n{TWELVE}") == [TEN, other, TWELVE]


@pytest.mark.parametrize("text", [f"1{TEN}", f"{TEN}1", f"12{TWELVE}", "9" * 30])
def test_digits_within_a_longer_number_are_no_personal_number(text):
    assert "personal number" not in kinds(text)


def test_digits_of_other_scripts_count_as_digits():
    assert is_certain("".join(chr(ord("\uff10") + int(digit)) for digit in TEN))


@pytest.mark.parametrize(
    "sign",
    [
        "\u00ad",  # a soft hyphen
        "\u034f",  # a joiner of marks
        "\u180e",
        "\u200b",  # a space without width
        "\u200d",
        "\u200e",  # a mark of direction
        "\u2063",
        "\u2068",
        "\ufe0f",  # a choice of form
        "\ufeff",
        "\U000e0020",  # a tag
        "\u0336",  # a stroke over the digit
    ],
)
def test_signs_without_width_hide_nothing(sign):
    number = sign.join(f"{TWELVE[:8]}-{TWELVE[8:]}")
    assert matched(f"född {number}.") == [number]
    assert is_certain(number)
    phone = sign.join("070-1740605")
    assert matched(f"ring {phone}.") == [phone]
    assert mask(f"född {number}, ring {phone}") == "född •••••, ring •••••"


@pytest.mark.parametrize("space", ["\u2003", "\u2007", "\u200a", "\u3000", "\u3164"])
def test_every_space_is_a_space(space):
    assert is_certain(f"{TWELVE[:8]}{space}{TWELVE[8:]}")
    assert kinds(f"Påhittgatan{space}1") == ["street address"]


def test_a_line_that_is_broken_at_the_hyphen_hides_nothing():
    broken = f"{TWELVE[:8]}-\n{TWELVE[8:]}"
    assert matched(f"född {broken}.") == [broken]
    assert is_certain(broken)
    assert find("20260601\n4500 kronor") == []


def test_wide_signs_are_read_as_usual_ones():
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in f"{TWELVE[:8]}-{TWELVE[8:]}")
    assert matched(wide) == [wide]
    assert is_certain(wide)
    assert kinds("anna\uff20example.com") == ["e-mail address"]


def test_a_letter_and_its_mark_are_one_letter():
    assert kinds(unicodedata.normalize("NFD", "Påhittvägen 3")) == ["street address"]


def test_a_small_figure_for_a_note_is_no_digit_of_a_number():
    assert matched(f"{TWELVE}\u2074") == [TWELVE]


# Telephone numbers, e-mail and street addresses.

PHONES = [
    "031-3900600",
    "031-390 06 99",
    "(031) 390 06 00",
    "031/390 06 00",
    "040-6280400",
    "040 628 04 99",
    "08-46500400",
    "08-465 004 99",
    "08 465 00 400",
    "0980-319200",
    "0980-31 92 99",
    "070-1740605",
    "070-174 06 99",
    "070 174 06 50",
    "070 - 174 06 50",
    "070\u2013174 06 50",
    "070\u00a0174\u00a006\u00a050",
    "0701740650",
    "0701-74 06 50",
    "070.174.06.50",
    "+46701740650",
    "+46 70 174 06 50",
    "+46 70-174 06 50",
    "+46 (0)70-174 06 50",
    "+46(0)701740650",
    "+46 8 465 004 00",
    "+46313900600",
    "0046701740650",
    "0046 70 174 06 50",
    "0046-31-390 06 00",
    "+1 202 555 0147",
]


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "ring {}.",
        "tel:{}",
        "tel{}",
        "mobil {}, kvällstid",
        "({})",
        "{}- sen",
        "{}\n2026-01-31",
    ],
)
def test_a_telephone_number_is_found_whole(phone, around):
    text = around.format(phone)
    [found] = matched(text)
    assert found.strip("()") == phone.strip("()")
    assert kinds(text) == ["telephone number"]
    assert not is_certain(text)


def test_two_telephone_numbers_in_a_row_are_two():
    assert matched("031-390 06 00 070-174 06 05") == ["031-390 06 00", "070-174 06 05"]
    assert matched("rum 01 02 0701740605") == ["0701740605"]


@pytest.mark.parametrize(
    "address",
    ["anna@example.com", "a.b-c+d@mail.example.se", "åsa@exämple.se", "x_1@a-b.example"],
)
@pytest.mark.parametrize("around", ["{}", "<{}>", "mejla {}.", "mailto:{}", "({})"])
def test_an_e_mail_address_is_found(address, around):
    assert matched(around.format(address)) == [address]
    assert kinds(around.format(address)) == ["e-mail address"]


@pytest.mark.parametrize(
    "address",
    [
        "Påhittgatan 1",
        "påhittgatan 12",
        "Påhittgatan 12B",
        "Påhittgatan 12 b",
        "Påhittvägen 3",
        "Påhittsvägen 1234",
        "Påhitts gränd 5",
        "Påhittgränden 5",
        "Påhittstigen 7",
        "Påhittsallén 9",
        "Påhittstorget 2",
        "Påhittstorg 2",
        "Påhittsbacken 4",
        "Påhittsgården 6",
        "Norra vägen 3",
        "Påhittes väg 8",
        "Stora gatan 11",
        "123 45 Påhittsby",
        "123 45  PÅHITTSBY",
    ],
)
def test_a_street_address_is_found(address):
    assert matched(f"bor på {address}, sedan") == [address]
    assert kinds(address) == ["street address"]


def test_an_address_with_its_place_is_found_in_both_parts():
    assert mask("Påhittgatan 1, 123 45 Påhittsby") == "•••••, •••••"


# What is no personal datum.

HARMLESS = [
    "2026-01-31",
    "2026-01-31 10:30",
    "2026-01-31T10:30:00Z",
    "från 2019-01-01 till 2025-06-30",
    "2019-01-01\u20132025-06-30",
    "SN-2022/1189",
    "SN 2022/1189",
    "dnr SN-2022/1189.121",
    "2001:453",
    "SoL 2001:453 och SoL 2025:400",
    "SFS 2025:400, 11 kap. 1 §",
    "75624-7",
    "LOINC 75624-7, 75626-2, 68519-8",
    "s. 30",
    "s. 12-15",
    "s. 012-045",
    "pp. 1234-1245",
    "pp. 0123-0145",
    "39(3), 1012\u20131025",
    "2025-2-9456",
    "2019-1-16",
    "2021-11-7626",
    "art.nr 2025-2-9456",
    "10.1186/s13722-016-0066-5",
    "https://doi.org/10.1186/s13722-016-0066-5",
    "10.1037/0033-2909.118.3.392",
    "10.1080/00952990701301996",
    "0093854815596419",
    "10.1177/0093854812345678",
    "doi:10.1016/0277-9536(93)90214-7",
    "ISSN 0277-9536",
    "0033-2909",
    "ISBN 978-91-7555-123-4",
    "ISBN 9789175551234",
    "PMID 12345678",
    "ORCID 0000-0002-1825-0097",
    "10 000 kronor",
    "1 250 000 kr",
    "100 000\u2013150 000 kronor",
    "+10 000 000",
    "0-4",
    "0\u20134",
    "0-40 poäng",
    "8-15, 16-19, 20-40",
    "0 1 2 3 4 0 0 0 0 0",
    "0, 1, 2, 3, 4, 0, 0, 0, 0, 0",
    "01 02 03 04 05",
    "0,05 %",
    "12,5 %",
    "95 % KI 0,71-0,83",
    "0.0123456789",
    "x0123456789",
    "AB0701740605",
    "alfa = 0.8001019802",
    "08:00-16:30",
    "kl. 08.00\u201316.30",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "sha256:" + "a1" + TWELVE + "0" * 18,
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    f"f{TEN}e" + "0123456789abcdef" * 2,
    f"123e4567-e89b-12d3-a456-{TWELVE}",
    "RB-7K3M-9QXT-2FHD",
    "RB-0712-3456-7890",
    "RB-1990-0115-9802",
    "exempel-vuxen-1",
    "F10.2",
    "ICD-10-SE",
    "AUDIT 24, DUDIT 8",
    "ålder 17, 3 syskon",
    "17 år och 11 månader",
    "1 200 barn i 290 kommuner",
    "112",
    "v. 40",
    "steg 2",
    "på vägen 3 gånger",
    "hastig 2",
    "en gata 2",
    "ett torg",
    "100 20 kronor",
    "10 123 45 Kronor",
    "kapitel 11 § 1",
    "x@y",
    "@example.com",
    "a@b",
    "1234567890",
    "5560360793",
    "",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_a_text_without_personal_data_is_left_alone(text):
    assert matched(text) == []
    assert mask(text) == text


def test_harmless_texts_in_a_row_are_left_alone():
    text = "; ".join(text for text in HARMLESS if text)
    assert matched(text) == []


@pytest.mark.parametrize(
    "text", ["SN191212-1111", "2025-900115-9801", "900115-9801-3", "x_9001159801"]
)
def test_a_code_that_merely_resembles_a_personal_number_is_left_alone(text):
    assert find(text) == []


# Masking.


def test_masking_keeps_the_text_around():
    assert mask(
        f"Hon ({TEN[:6]}-{TEN[6:]}) nås på 070-174 06 05 eller a@example.com, Påhittgatan 1."
    ) == ("Hon (•••••) nås på ••••• eller •••••, •••••.")


digits = st.text("0123456789", min_size=4, max_size=14)
pieces = st.one_of(
    st.sampled_from([TEN, TWELVE, *PHONES, *HARMLESS, "a@example.com", "Påhittgatan 1"]),
    digits,
    st.text(max_size=5),
    st.sampled_from([" ", "-", "+", "@", ".", "/", "\u2013", "_", "\n", "(", ")"]),
)


@given(st.lists(pieces, max_size=8).map("".join))
@example(f"{TEN}{PHONES[0]}")
@example(f"a@b.c{TEN}")
@example(f"123 45 A1b2c3d4-e89b-12d3-a456-{TWELVE}")
@example(f"031-3900600 {TEN} a@example.com@{TWELVE}")
def test_nothing_is_found_in_a_masked_text(text):
    masked = mask(text)
    assert find(masked) == []
    assert mask(masked) == masked


@given(st.lists(pieces, max_size=8).map("".join))
def test_findings_stand_in_order_without_overlap_within_the_text(text):
    found = find(text)
    edges = [edge for finding in found for edge in (finding.start, finding.end)]
    assert edges == sorted(edges)
    assert all(0 <= finding.start < finding.end <= len(text) for finding in found)
    assert {finding.kind for finding in found} <= set(KINDS)


@given(st.lists(pieces, max_size=8).map("".join) | st.text())
@example("070.174.06.05")
@example("070\u2028174 06 05")
def test_where_anything_is_found_the_quick_look_has_seen_it(text):
    assert is_suspect(text) or find(text) == []


@pytest.mark.parametrize("text", ["", "3", "2026-03", "ja", "audit_10", "RB-7K3M-9QXT-2FHD", "år"])
def test_most_that_stands_in_a_table_takes_no_second_look(text):
    assert not is_suspect(text)


@given(
    st.dates().map(lambda day: day.strftime("%y%m%d")),
    st.integers(980, 999),
    st.sampled_from(["", "-", "+", " "]),
    st.text(st.characters(exclude_categories=["Nd"]), max_size=10),
    st.text(st.characters(exclude_categories=["Nd"]), max_size=10),
)
def test_no_digit_of_a_personal_number_survives(date, serial, separator, before, after):
    number = personal_number(date, str(serial), separator=separator)
    assert not re.search(
        r"\d", mask(f"{before} {number} {after}").replace(before, "").replace(after, "")
    )


@pytest.mark.parametrize(
    "unit",
    ["a", "1", "0", "070", "01 ", "0701740605 ", "a@", "a.", "+1 ", "123 45 ", "900115 ", "(", "- ",
     "10.1234/", "ff-", "A ", "\u00a0", "Påhitt", "gatan "],
)  # fmt: skip
def test_a_long_text_is_looked_through_quickly(unit):
    begun = time.perf_counter()
    find(unit * (400_000 // len(unit)))
    assert time.perf_counter() - begun < 10  # seconds; a quadratic search takes minutes
