"""Every key of the models has words."""

import datetime as dt
from typing import get_args

import pytest

from riskbehov.i18n import use_language
from riskbehov.models.assessment import RISK_LEVELS
from riskbehov.models.base import AgeRange, Basis, Matter, Party, Validity
from riskbehov.models.case import Answer
from riskbehov.models.fact import Fact
from riskbehov.models.insats import Insats
from riskbehov.models.instrument import Licence, RecordedMethod, ScoredInstrument, Sex
from riskbehov.models.result import ConsentState
from riskbehov.models.rule import STRENGTHS, Rule
from riskbehov.models.source import Source
from riskbehov.report import words
from riskbehov.report.register import facts


def keys(model, field):
    return set(get_args(model.model_fields[field].annotation))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (words.STRENGTHS, set(STRENGTHS)),
        (words.STRENGTHS, keys(Rule, "strength")),
        (words.BLOCKS, keys(Rule, "block")),
        (words.BASES, set(get_args(Basis))),
        (words.SHORT_BASES, set(get_args(Basis))),
        (words.ANSWERED_BY, keys(Fact, "stated_by")),
        (words.KINDS, keys(ScoredInstrument, "kind") | keys(RecordedMethod, "kind")),
        (words.OUTCOMES, keys(RecordedMethod, "outcome")),
        (words.LICENCES, keys(Licence, "status")),
        (words.SOURCE_KINDS, keys(Source, "kind")),
        (words.SETTINGS, keys(Insats, "setting")),
        (words.FORMS, keys(Insats, "form")),
        (words.INTRUSIVENESS, {1, 2, 3}),
        (words.MATTERS, set(get_args(Matter))),
        (words.CONSENT_STATES, set(get_args(ConsentState))),
        (words.PARTIES, set(get_args(Party))),
        (facts._TOPICS, keys(Fact, "topic")),  # noqa: SLF001 - a table that must be whole
    ],
)
def test_no_key_is_without_words(table, expected):
    assert set(table) == expected


def test_every_source_of_information_has_words():
    (inner,) = {
        arg for arg in get_args(Answer.model_fields["information"].annotation) if get_args(arg)
    }
    assert set(words.INFORMATION) == set(get_args(inner))


@pytest.mark.parametrize("sex", get_args(Sex))
@pytest.mark.parametrize("age", [None, 12, 18])
def test_every_person_has_words(sex, age):
    assert (str(age) in words.person(sex, age)) is (age is not None)


@pytest.mark.parametrize("level", RISK_LEVELS)
def test_a_risk_level_has_a_word_without_and_with_the_tables_of_an_assessment(library, level):
    matrix = library.matrix("adult")
    assert words.risk_level(level) == words.risk_level(level, matrix) == level


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (AgeRange(), "all ages"),
        (AgeRange(from_=18), "from 18"),
        (AgeRange(from_=12, to=17), "12–17"),
        (AgeRange(to=5), "0–5"),
    ],
)
def test_ages_in_words(found, said):
    assert words.ages(found) == said


def test_days_in_words():
    start, end = dt.date(2019, 1, 1), dt.date(2025, 6, 30)
    assert words.validity(Validity(from_=start)) == "from 2019-01-01"
    assert words.validity(Validity(from_=start, to=end)) == "from 2019-01-01 to 2025-06-30"


@pytest.mark.parametrize(("language", "said"), [("sv", "-1,96"), ("en", "-1.96")])
def test_a_decimal_has_the_sign_of_the_language(language, said):
    with use_language(language):
        assert words.decimal("-1.96") == said


def test_lists_that_are_empty_show_a_dash():
    assert words.listed([]) == words.many([]) == "–"
    assert words.many(["a, b", "c"]) == "a, b; c"


def test_an_insats_is_named_with_its_abbreviation_unless_the_name_holds_it(library):
    assert words.insats_name(library.insatser["met"]) == "Motivational enhancement therapy (MET)"
    kbt = library.insatser["met"].model_copy(update={"abbreviation": "therapy"})
    assert words.insats_name(kbt) == "Motivational enhancement therapy"
