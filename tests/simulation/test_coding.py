"""Faults of coding: each is made as often as asked for, and the rest stays as it was."""

from dataclasses import replace

import numpy as np
import pytest

from riskbehov.errors import InputError
from riskbehov.library import Library
from riskbehov.models.condition import AllOf, AnyOf, ItemComparison, Not
from riskbehov.scoring.arrays import INVALID, score_many
from riskbehov.simulation import simulate
from riskbehov.simulation.coding import KINDS, SPELT, Coding, contradiction
from riskbehov.simulation.missingness import MISSING

LIBRARY = Library.open()
ROWS = 100_000
RATE = 0.02
ITEMS = [f"audit_{n}" for n in range(1, 11)]


def made(id_="audit", rows=ROWS, **faults):
    rates = {kind.replace("_", "-"): rate for kind, rate in faults.items()}
    return simulate(id_, rows, random_state=8, faults=rates, library=LIBRARY)


def is_near(share, rate, rows=ROWS):
    return abs(share - rate) < 4.5 * np.sqrt(rate * (1 - rate) / rows)


def words_of(cohort, name):
    return np.array(cohort.words[name])[cohort.columns[name]]


def test_without_faults_the_answers_are_the_complete_ones():
    cohort = made()
    for name in ITEMS:
        np.testing.assert_array_equal(cohort.columns[name], cohort.truth[f"true_{name}"])
    np.testing.assert_array_equal(cohort.columns["sex"], cohort.truth["true_sex"])


def test_99_stands_for_some_answers_and_no_others_are_changed():
    cohort = made(code_99=RATE)
    for name in ITEMS:
        found, true = cohort.columns[name], cohort.truth[f"true_{name}"]
        assert is_near((found == 99).mean(), RATE)
        assert (found == true)[found != 99].all()


def test_some_codes_are_one_more_than_they_should():
    cohort = made(one_based=RATE)
    for name in ITEMS:
        found, true = cohort.columns[name], cohort.truth[f"true_{name}"]
        assert is_near((found == true + 1).mean(), RATE)
        assert ((found == true) | (found == true + 1)).all()


def test_some_answers_are_the_label_of_their_code():
    cohort = made(text=RATE)
    instrument = LIBRARY.scored("audit")
    for item in instrument.items:
        name = f"audit_{item.id}"
        labels = {anchor.code: anchor.sv for anchor in instrument.codes[item.codes]}
        found, true = words_of(cohort, name), cohort.truth[f"true_{name}"]
        is_text = found == np.array([labels.get(code, "") for code in range(5)])[true]
        assert is_near(is_text.mean(), RATE)
        assert (found == true.astype(str))[~is_text].all()


def test_a_label_that_is_a_figure_stands_once_among_the_words():
    truth = made(rows=1).design.truth
    [part] = truth.parts
    audit = part.response.instrument
    figures = [a.model_copy(update={"sv": str(a.code)}) for a in audit.codes["frequency"]]
    changed = audit.model_copy(update={"codes": {**audit.codes, "frequency": tuple(figures)}})
    part = replace(part, response=replace(part.response, instrument=changed))
    words = Coding(replace(truth, parts=(part,)), {"text": RATE}).words[0][0]
    assert words.words == ("0", "1", "2", "3", "4", "5", "99")
    assert (words.of_code[:5] == words.of_label[:5]).all()


def test_no_answer_has_two_faults():
    cohort = made(code_99=0.3, one_based=0.3, text=0.4)
    for name in ITEMS:
        found, true = words_of(cohort, name), cohort.truth[f"true_{name}"]
        kinds = [found == "99", found == (true + 1).astype(str), ~np.char.isdigit(found)]
        assert (np.sum(kinds, axis=0) == 1).all()


def test_what_is_missing_has_no_fault():
    faults = {"code-99": 0.5, "text": 0.5}
    cohort = simulate(
        "audit",
        2000,
        random_state=2,
        missing="mcar",
        missing_rate=0.5,
        faults=faults,
        library=LIBRARY,
    )
    plain = simulate(
        "audit", 2000, random_state=2, missing="mcar", missing_rate=0.5, library=LIBRARY
    )
    for name in ITEMS:
        np.testing.assert_array_equal(
            cohort.columns[name] == MISSING, plain.columns[name] == MISSING
        )


def test_some_have_the_other_sex():
    cohort = made(sex_swapped=RATE)
    assert is_near((cohort.columns["sex"] != cohort.truth["true_sex"]).mean(), RATE)


def test_some_have_their_sex_in_another_spelling():
    cohort = made(sex_spelling=0.3)
    found, true = words_of(cohort, "sex"), cohort.truth["true_sex"]
    for place, (word, others) in enumerate(zip(("male", "female"), SPELT, strict=True)):
        assert set(found[true == place]) == {word, *others}
    is_spelt = ~np.isin(found, ["male", "female"])
    assert is_near(is_spelt.mean(), 0.3)
    for word in (w for words in SPELT for w in words):
        assert is_near((found == word).mean(), 0.3 / 6)


@pytest.mark.parametrize("id_", ["audit", "dudit"])
def test_contradictions_are_raised_by_scoring_in_as_many_forms_as_asked_for(id_):
    number = next(n for n, f in enumerate(LIBRARY.scored(id_).flags) if f.kind == "contradiction")

    def raised(cohort):
        return score_many(LIBRARY.scored(id_), cohort.codes(id_)).flags >> number & 1

    assert not raised(made(id_)).any()
    assert is_near(raised(made(id_, contradiction=RATE)).mean(), RATE)


def test_a_contradiction_is_told_also_where_its_answers_were_missing():
    cohort = simulate(
        "audit",
        1000,
        random_state=1,
        missing="mcar",
        missing_rate=1.0,
        faults={"contradiction": 1.0},
        library=LIBRARY,
    )
    scores = score_many(LIBRARY.scored("audit"), cohort.codes("audit"))
    assert (scores.flags & 1).all()
    assert (cohort.columns["audit_1"] == 0).all()
    assert len({tuple(row) for row in cohort.codes("audit").T}) == 7  # any of items 2 to 8


def test_an_assessment_has_faults_in_all_its_forms():
    cohort = made("adult", rows=5000, text=0.5, contradiction=0.5, sex_swapped=0.1)
    for part in cohort.design.truth.parts:
        for name in part.response.names:
            assert not np.char.isdigit(words_of(cohort, name)).all()
        assert (cohort.codes(part.id) == 254).any()


def test_every_fault_makes_rows_that_scoring_refuses_or_flags():
    for kind in ("code-99", "one-based", "text"):
        cohort = simulate("audit", 5000, random_state=1, faults={kind: 0.2}, library=LIBRARY)
        found = score_many(LIBRARY.scored("audit"), cohort.codes("audit"))
        assert (found.state == INVALID).any(), kind


def test_a_contradiction_that_cannot_be_made_is_left_alone():
    response = made(rows=1).design.truth.parts[0].response
    assert isinstance(contradiction(response), AllOf)
    no = Not(not_=ItemComparison(item="1", equals=0))
    for when in (no, AnyOf(any_=(no,)), ItemComparison(item="1", in_=(0, 1))):
        flags = [flag.model_copy(update={"when": when}) for flag in response.instrument.flags]
        changed = response.instrument.model_copy(update={"flags": tuple(flags)})
        odd = type(response)(changed, response.simulation, response.curves, None, ())
        assert contradiction(odd) is None


@pytest.mark.parametrize(
    ("id_", "faults", "words"),
    [
        ("audit", {"code_99": 0.1}, "^faults: found 'code_99', expected a kind of fault: code-99"),
        ("audit", {"text": 1.5}, "^faults: text: found 1.5, expected a share from 0 to 1"),
        ("audit", {"text": "0.5"}, "^faults: text: found 0.5, expected a share from 0 to 1"),
        ("audit", {"text": -0.5}, "^faults: text: found -0.5, expected a share from 0 to 1"),
        ("audit", {"text": 0.6, "code-99": 0.6}, "code-99, one-based, text that are more than 1"),
        ("audit", {"sex-swapped": 0.6, "sex-spelling": 0.6}, "sex-swapped, sex-spelling that are"),
        ("rbm8", {"contradiction": 0.1}, "no answers of 'rbm8' can contradict each other; leave"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_what_to_do(id_, faults, words):
    with pytest.raises(InputError, match=words):
        simulate(id_, 10, random_state=1, faults=faults, library=LIBRARY)


def test_every_kind_can_be_asked_for_together():
    cohort = simulate(
        "audit", 100, random_state=1, faults=dict.fromkeys(KINDS, 0.2), library=LIBRARY
    )
    assert len(cohort) == 100
