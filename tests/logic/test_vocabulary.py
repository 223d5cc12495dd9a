"""Values of facts become intervals, and intervals become words."""

import pytest
from tests.logic.strategies import WORDS
from tests.scoring.fictional import definition, instrument

from riskbehov.logic.vocabulary import Unreadable, item_types


@pytest.mark.parametrize(
    ("name", "value", "interval"),
    [
        ("child", True, (1, 1)),
        ("child", False, (0, 0)),
        ("child", None, (0, 1)),
        ("child", "unknown", (0, 1)),
        ("sex", "female", (1, 1)),
        ("risk", "high", (2, 2)),
        ("risk", "unknown", (0, 2)),
        ("age", 12, (12, 12)),
        ("age", None, (10, 20)),
        ("substances", [], (0, 0)),
        ("substances", ["opioids", "alcohol", "opioids"], (0b101, 0b101)),
        ("substances", "unknown", (0, 0b111)),
    ],
)
def test_a_value_becomes_an_interval(name, value, interval):
    assert WORDS[name].encode(value) == interval


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("child", "yes", "found 'yes', expected true, false or unknown"),
        ("child", 1, "found 1, expected true, false or unknown"),
        ("age", 21, "found 21, expected a whole number 10 to 20"),
        ("age", 12.0, "found 12.0, expected a whole number"),
        ("age", True, "found true, expected a whole number"),
        ("sex", "fmale", "did you mean 'female'"),
        ("sex", 1, "found 1, expected male, female, other"),
        ("substances", "alcohol", "found 'alcohol', expected a list of alcohol, cannabis, opioids"),
        ("substances", ["glue"], "found 'glue', expected alcohol, cannabis, opioids"),
        ("substances", [["alcohol"]], "expected alcohol, cannabis, opioids"),
    ],
)
def test_a_value_that_a_fact_cannot_have_is_refused(name, value, words):
    with pytest.raises(Unreadable, match=words):
        WORDS[name].encode(value)


@pytest.mark.parametrize(
    ("name", "interval", "words"),
    [
        ("child", (1, 1), "true"),
        ("child", (0, 1), "?"),
        ("risk", (0, 1), "low–medium"),
        ("age", (10, 20), "?"),
        ("age", (12, 12), "12"),
        ("age", (12, 15), "12–15"),
        ("substances", (0, 0b111), "?"),
        ("substances", (0, 0), "-"),
        ("substances", (0b110, 0b110), "cannabis, opioids"),
    ],
)
def test_an_interval_becomes_words(name, interval, words):
    assert WORDS[name].decode(interval) == words


def test_items_are_facts_from_their_least_to_their_greatest_code():
    made = instrument(definition(codes={"ever": (4, 0, 2)}, items={"9": "ever"}))
    [fact] = item_types(made, prefix="need.").values()
    assert (fact.name, fact.kind, fact.unknown) == ("need.9", "integer", (0, 4))
