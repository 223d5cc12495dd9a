import pytest

from riskbehov.checking.comparing import differences, shown, told
from riskbehov.i18n import use_language


def found(expected, actual, path=(), **options):
    return [str(each) for each in differences(expected, actual, path, **options)]


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ({"state": "certain"}, {"state": "certain", "age": 30}),
        ({"scales": {"total": {"low": 4}}}, {"scales": {"total": {"low": 4, "high": 5}}}),
        ({"missing": ["b", "a"]}, {"missing": ("a", "b")}),
        ({"bands": {"adult": None}}, {"bands": {"adult": None}}),
        ({}, {"state": "certain"}),
    ],
)
def test_what_is_as_expected_or_not_named_is_no_difference(expected, actual):
    assert found(expected, actual) == []


@pytest.mark.parametrize(
    ("expected", "actual", "words"),
    [
        (
            {"state": "certain"},
            {"state": "provisional"},
            "how certain it is: expected certain, found provisional",
        ),
        (
            {"scales": {"total": {"low": 4}}},
            {"scales": {"total": {"low": 5}}},
            "scale total, lowest possible: expected 4, found 5",
        ),
        (
            {"bands": {"adult": {"high": "II"}}},
            {"bands": {"adult": None}},
            "band by adult: expected high II, found nothing",
        ),
        (
            {"scales": {"total": 4}},
            {"scales": {"total": {"low": 4, "high": 4}}},
            "scale total: expected 4, but this takes keys: low, high",
        ),
        (
            {"bands": {"adult": None}},
            {"bands": {"adult": {"low": "I", "high": "II"}}},
            "band by adult: expected nothing, found low I, high II",
        ),
        (
            {"missing": ["a"]},
            {"missing": ()},
            "items without an answer: expected a, found none",
        ),
        ({"missing": ["a", "a"]}, {"missing": ["a"]}, "expected a, a, found a"),
        ({"low": True}, {"low": 1}, "lowest possible: expected true, found 1"),
        ({"low": 1}, {"low": True}, "lowest possible: expected 1, found true"),
        (
            {"scales": {"totla": {"low": 4}}},
            {"scales": {"total": {"low": 4}}},
            "scale: 'totla' is nothing that a result has, expected one of: total - did you mean",
        ),
        (
            {"stat": "certain"},
            {"state": "certain"},
            "'stat' is nothing that a result has, expected one of: state - did you mean 'state'?",
        ),
    ],
)
def test_a_difference_is_told_in_plain_words(expected, actual, words):
    assert [words in each for each in found(expected, actual)] == [True]


def test_every_difference_is_told():
    expected = {"scales": {"total": {"low": 4, "high": 4}}, "state": "certain"}
    actual = {"scales": {"total": {"low": 5, "high": 5}}, "state": "omitted"}
    assert len(found(expected, actual)) == 3


def test_the_order_of_a_list_counts_only_where_it_should():
    assert not found(["a", "b"], ("b", "a"), ("plan",))
    assert found(["a", "b"], ("b", "a"), ("targets",), is_ordered=True) == [
        "targets, in this order: expected a, b, found b, a"
    ]


def test_the_value_itself_is_told_in_words():
    assert str(shown(None)) == "nothing"
    assert str(shown(())) == "none"
    assert str(told(())) == "the result"
    assert str(told(("scores", "audit", "scales", "total", "low"))) == (
        "instrument audit, scale total, lowest possible"
    )


def test_a_sentence_waits_for_the_language_of_its_reader():
    [sentence] = differences({"missing": []}, {"missing": ["a"]})
    with use_language("sv"):
        assert "a" in str(sentence)
    assert str(sentence) == "items without an answer: expected none, found a"
