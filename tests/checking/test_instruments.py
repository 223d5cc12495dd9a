import pytest

from riskbehov.checking import instruments
from riskbehov.checking.instruments import loinc_check_digit

SCREEN = "instruments/screen/instrument.yaml"
AREAS = "instruments/areas/instrument.yaml"
ZERO_AND_TWO = {"all": [{"item": "a", "equals": 0}, {"item": "a", "equals": 2}]}
EITHER = {"any": [{"item": "a", "equals": 0}, {"item": "a", "at_least": 1}]}

CASES = [
    (
        instruments.unknown_codes,
        *(SCREEN, "items.0.codes", "oftne"),
        "items[0].codes: found 'oftne', expected an answer set: ever, often - did you mean",
    ),
    (instruments.unknown_codes, SCREEN, "codes.ever", [], "the answer set 'ever' is empty"),
    (
        instruments.unknown_items,
        *(SCREEN, "scales.0.items.1", "x"),
        "scales[0].items[1]: found 'x', expected an item: a, b, c",
    ),
    (
        instruments.unknown_items,
        *(SCREEN, "skips.0.infer.0", "x"),
        "skips[0].infer[0]: found 'x', expected an item",
    ),
    (
        instruments.zeros_that_are_not_legal,
        *(SCREEN, "codes.often.0.code", 3),
        "a skip gives the item 'b' the code 0, expected one of its codes 1, 2, 3",
    ),
    (
        instruments.counts_that_cannot_be,
        *(AREAS, "scales.0.count_at_least", 4),
        "the scale 'identified' counts items with at least 4, expected a code above the lowest",
    ),
    (
        instruments.counts_that_cannot_be,
        *(AREAS, "scales.0.count_at_least", 0),
        "counts items with at least 0",
    ),
    (
        instruments.faulty_conditions,
        *(SCREEN, "skips.0.when", {"item": "x", "equals": 0}),
        "skips[0].when.item: found 'x', expected the name of a known fact",
    ),
    (
        instruments.faulty_conditions,
        *(SCREEN, "flags.0.when.all.1", {"item": "b", "includes": "x"}),
        "flags[0].when.all[1].includes: found 'includes' on the integer fact 'b'",
    ),
    (
        instruments.faulty_conditions,
        *(SCREEN, "flags.0.when.all.1", {"fact": "b", "at_least": 1}),
        "flags[0].when.all[1].fact: found the key fact (b), expected item",
    ),
    (
        instruments.faulty_conditions,
        *(SCREEN, "flags.0.when", ZERO_AND_TWO),
        "flags[0].when: this can never hold by the codes",
    ),
    (
        instruments.faulty_conditions,
        *(SCREEN, "flags.0.when", {"item": "c", "equals": 1}),
        "flags[0].when: this can never hold by the codes",
    ),
    (instruments.faulty_conditions, SCREEN, "flags.0.when", EITHER, "this holds whatever is"),
    (
        instruments.incomplete_items,
        *(AREAS, "items.1.static", ...),
        "items[1]: the area 'work' does not say whether an insats can change it",
    ),
    (
        instruments.incomplete_items,
        *("instruments/ready/instrument.yaml", "items.0.adaptation", ...),
        "items[0]: the item 'language' does not say what to adapt",
    ),
    (
        instruments.wrong_loinc,
        *(SCREEN, "loinc", "72110-1"),
        "loinc: found '72110-1', but the check digit of 72110 is 0",
    ),
    (
        instruments.wrong_loinc,
        *(SCREEN, "scales.0.loinc", "LP1234"),
        "scales[0].loinc: found 'LP1234', expected a LOINC code such as",
    ),
    (instruments.wrong_loinc, SCREEN, "items.1.loinc", "68519-7", "the check digit of 68519 is 8"),
    (
        instruments.unused_codes,
        SCREEN,
        "items.2.codes",
        "often",
        "no item uses the answer set 'ever'",
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_an_instrument_is_found(small, case):
    check, file, place, value, words = case
    small.put(file, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


# As published on loinc.org: AUDIT's panel, items 1-3 and total, AUDIT-C's total.
@pytest.mark.parametrize(
    "code", ["72110-0", "68518-0", "68519-8", "68520-6", "75624-7", "75626-2", "97734-8"]
)
def test_the_check_digit_of_published_codes_is_right(code):
    number, digit = code.split("-")
    assert loinc_check_digit(number) == int(digit)


def test_items_whose_columns_are_called_alike_are_found(small):
    small.put("instruments/screen/instrument.yaml", "items.1.id", "x-1")
    small.put("instruments/screen/instrument.yaml", "items.2.id", "x_1")
    found = [str(fault) for fault in instruments.columns_of_one_name(small.shelf())]
    assert len(found) == 1
    assert "items[2].id: the item 'x_1' has the column 'screen_x_1' in a table, and so" in found[0]


def test_instruments_whose_columns_are_called_alike_are_found(small):
    (small.root / "instruments/screen").rename(small.root / "instruments/a-b")
    (small.root / "instruments/areas").rename(small.root / "instruments/a_b")
    small.put("instruments/a-b/instrument.yaml", "id", "a-b")
    small.put("instruments/a_b/instrument.yaml", "id", "a_b")
    small.put("instruments/a_b/instrument.yaml", "items.0.id", "c")
    found = [str(fault) for fault in instruments.columns_of_one_name(small.shelf())]
    assert len(found) == 1
    assert "'a_b_c' in a table, and so has" in found[0]


def test_an_instrument_without_examples_is_noted(small):
    (small.root / "instruments/screen/cases.yaml").unlink()
    found = [str(note) for note in small.check().notes]
    assert len(found) == 1
    assert "the instrument 'screen' has no worked examples (cases.yaml)" in found[0]


def test_examples_of_a_recorded_method_are_found(small):
    text = (small.root / "instruments/ready/cases.yaml").read_text(encoding="utf-8")
    (small.root / "instruments/scale/cases.yaml").write_text(text, encoding="utf-8")
    found = list(instruments.examples_of_nothing(small.shelf()))
    assert "found worked examples of 'scale', which is no instrument" in str(found[0])


def test_an_instrument_that_no_assessment_uses_is_noted(small):
    small.put("assessments/grown/assessment.yaml", "methods", [])
    assert ["no assessment uses the instrument 'scale'" in str(n) for n in small.check().notes] == [
        True
    ]
