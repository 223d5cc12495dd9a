"""The tree of errors, and that a message neither leaks nor floods."""

import copy
import logging
import pickle
import traceback

import pytest

from riskbehov import errors
from riskbehov.errors import (
    AnswerError,
    CaseError,
    DataError,
    Fault,
    InputError,
    PrivacyError,
    RiskbehovError,
    UnknownIdError,
    did_you_mean,
    make_each,
    quoted,
    unknown_id,
)
from riskbehov.i18n import message
from riskbehov.privacy import find

PHONE = "070-174 06 05"  # PTS's series for fiction
HIDDEN = PHONE.replace("-", "\u00a0").replace(" ", "\u00a0")
"""The same with spaces that ``repr`` writes as ``\\xa0``, which no pattern knows."""


def fault(found: object, where: str = "f.yaml:1: a") -> Fault:
    return Fault(message("found {found}, expected a number", found=found), where)


@pytest.mark.parametrize(
    ("error", "parent", "exit_status"),
    [
        (RiskbehovError, Exception, 1),
        (InputError, RiskbehovError, 2),
        (AnswerError, InputError, 2),
        (CaseError, InputError, 2),
        (PrivacyError, InputError, 2),
        (UnknownIdError, InputError, 2),
        (DataError, RiskbehovError, 3),
    ],
)
def test_every_error_has_its_place_in_the_tree(error, parent, exit_status):
    assert error.__bases__ == (parent,)
    assert error.exit_status == exit_status
    assert error.__name__ in str(errors.__doc__)


def test_the_tree_is_drawn_in_full():
    classes = [x for x in vars(errors).values() if isinstance(x, type) and issubclass(x, Exception)]
    assert len(classes) == 7


def test_a_fault_tells_where_and_what():
    assert str(fault("x")) == "f.yaml:1: a: found x, expected a number"
    assert str(fault("x", where="")) == "found x, expected a number"


def test_an_error_tells_all_its_faults_in_order():
    error = CaseError(fault(n, where=f"f.yaml:{n}") for n in (3, 1, 2))
    assert str(error).splitlines() == [
        f"f.yaml:{n}: found {n}, expected a number" for n in (3, 1, 2)
    ]
    assert [one.where for one in error.faults] == ["f.yaml:3", "f.yaml:1", "f.yaml:2"]


def test_one_fault_is_enough():
    assert CaseError(fault("x")).faults == (fault("x"),)


@pytest.mark.parametrize(
    "one",
    [
        fault(PHONE),
        fault(HIDDEN),
        fault("x", where=f"/home/x/{PHONE}.yaml:1"),
        fault(message("the text {text!r}", text=HIDDEN)),
        fault(message("{outer}", outer=message("{text!r}", text=HIDDEN))),
        fault([PHONE]),
        Fault(message("found {found!r}", found=HIDDEN)),
        Fault(message("found {found!r}", found=f"{'x' * 1990} {PHONE}")),
        Fault(message("found {key}", key=quoted(f"{'x' * 55} {PHONE}"))),
    ],
)
def test_nothing_that_is_shown_of_an_error_has_personal_data(one, caplog):
    error = CaseError([one])
    try:
        raise error
    except CaseError:
        logging.getLogger("test").exception("it failed")
        shown = [traceback.format_exc(), caplog.text]
    for text in (str(error), repr(error), repr(error.faults), str(one), repr(one), *shown):
        assert find(text) == []
        assert "174" not in text


def test_what_was_found_is_cut_where_it_is_very_long():
    told = str(fault("x" * 10_000))
    assert told.endswith("x…, expected a number")
    assert len(told) < 2100


def test_a_quoted_word_is_in_quotes_masked_and_short():
    assert quoted("yes") == "'yes'"
    assert quoted("a\nb") == r"'a\nb'"
    assert quoted(PHONE) == "'•••••'"
    assert quoted("x" * 61) == f"'{'x' * 60}…'"
    assert quoted("x" * 60) == f"'{'x' * 60}'"


@pytest.mark.parametrize("copied", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])  # noqa: S301
def test_an_error_survives_being_handed_to_another_process(copied):
    error = DataError([fault("x"), fault("y")])
    assert str(copied(error)) == str(error)
    assert copied(error).faults == error.faults


@pytest.mark.parametrize(
    ("found", "hint"),
    [
        ("audti", " - did you mean 'audit'?"),
        ("AUDIT", " - did you mean 'audit'?"),
        ("dudit-c", " - did you mean 'dudit'?"),
        ("alcohol", ""),
        ("", ""),
        ("12", ""),
        ("x" * 100_000, ""),
    ],
)
def test_a_hint_is_given_where_a_word_is_near(found, hint):
    assert str(did_you_mean(found, ["audit", "dudit", "11"])) == hint


def test_an_unknown_id_is_told_what_there_is():
    error = unknown_id(message("instrument"), "audti", ["dudit", "audit"])
    assert isinstance(error, UnknownIdError)
    assert str(error) == (
        "no instrument has the id 'audti' - did you mean 'audit'? Known: audit, dudit"
    )
    assert str(unknown_id(message("rule"), "x", [])) == "no rule has the id 'x'. Known: -"


def test_the_faults_of_every_one_are_told_at_once():
    def make(given):
        if isinstance(given, Exception):
            raise given
        return given * 2

    assert make_each([1, 2], make) == (2, 4)
    with pytest.raises(CaseError, match="found a") as told:
        make_each([CaseError(fault("a")), 1, CaseError(fault("b"))], make)
    assert len(told.value.faults) == 2
    with pytest.raises(PrivacyError, match="found b"):  # the graver of the two
        make_each([CaseError(fault("a")), PrivacyError(fault("b"))], make)
