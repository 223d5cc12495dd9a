"""Each mechanism does what its name says, and nothing else."""

import numpy as np
import pytest

from riskbehov.errors import InputError
from riskbehov.library import Library
from riskbehov.simulation import simulate
from riskbehov.simulation.missingness import MISSING

LIBRARY = Library.open()
ROWS = 200_000
RATE = 0.15
ITEMS = [f"audit_{n}" for n in range(1, 11)]
SURE = 4.5
"""Standard errors: over some hundreds of comparisons wrong by chance once in some hundred runs,
and the seeds are fixed."""


def made(**asked):
    asked = {"missing_rate": RATE, **asked}
    return simulate("audit", ROWS, random_state=12, library=LIBRARY, **asked)


@pytest.fixture(scope="module")
def cohorts():
    return {
        "mcar": made(missing="mcar"),
        "mar sex": made(missing="mar", missing_on="sex", missing_strength=0.5),
        "mar age": made(missing="mar", missing_on="age"),
        "mar item": made(missing="mar", missing_on="audit_3"),
        "mnar answer": made(missing="mnar", missing_on="answer"),
        "mnar severity": made(missing="mnar", missing_on="severity"),
    }


def is_missing(cohort, name):
    return cohort.columns[name] == MISSING


def differs(is_gone, group):
    """Return by how many standard errors the missing share of a group is off that of the rest."""
    both = is_gone.mean()
    error = np.sqrt(both * (1 - both) * (1 / group.sum() + 1 / (~group).sum()))
    return abs(is_gone[group].mean() - is_gone[~group].mean()) / error


def groups(values, least=300):
    """Yield where each value stands that is common enough to be compared."""
    for value in np.unique(values):
        if least <= (values == value).sum() <= len(values) - least:
            yield values == value


def least_of(is_gone):
    """Return how large a group must be for its missing answers to be about normally spread."""
    return 30 / is_gone.mean()


@pytest.mark.parametrize(
    "which", ["mcar", "mar sex", "mar age", "mar item", "mnar answer", "mnar severity"]
)
def test_as_many_answers_are_missing_as_asked_for_item_by_item(cohorts, which):
    error = np.sqrt(RATE * (1 - RATE) / ROWS)
    for name in ITEMS:
        if (which, name) != ("mar item", "audit_3"):
            assert abs(is_missing(cohorts[which], name).mean() - RATE) < SURE * error, name


def test_what_is_not_missing_is_the_complete_answer(cohorts):
    for cohort in cohorts.values():
        for name in ITEMS:
            is_there = ~is_missing(cohort, name)
            true = cohort.truth[f"true_{name}"]
            assert (cohort.columns[name][is_there] == true[is_there]).all()
            assert set(np.unique(true)) <= set(range(5))


def test_completely_at_random_it_hangs_on_nothing(cohorts):
    cohort = cohorts["mcar"]
    for name in ITEMS:
        is_gone = is_missing(cohort, name)
        for on in (f"true_{name}", "true_audit_3", "true_sex", "true_age"):
            for group in groups(cohort.truth[on]):
                assert differs(is_gone, group) < SURE, (name, on)
    together = np.corrcoef([is_missing(cohort, name) for name in ITEMS])
    assert np.abs(together[np.triu_indices(10, 1)]).max() < SURE / np.sqrt(ROWS)


@pytest.mark.parametrize(
    ("which", "on"),
    [("mar sex", "true_sex"), ("mar age", "true_age"), ("mar item", "true_audit_3")],
)
def test_at_random_it_hangs_on_what_is_told_and_within_that_not_on_the_answer(cohorts, which, on):
    cohort = cohorts[which]
    for name in ITEMS:
        if on == f"true_{name}":
            continue
        is_gone, true = is_missing(cohort, name), cohort.truth[f"true_{name}"]
        ground = cohort.truth[on]
        low, high = ground <= np.quantile(ground, 0.2), ground >= np.quantile(ground, 0.9)
        assert is_gone[high].mean() > is_gone[low].mean() + 0.05
        for stratum in groups(ground, 2000):
            for group in groups(true[stratum], least_of(is_gone[stratum])):
                assert differs(is_gone[stratum], group) < SURE, (name, on)


def test_the_item_that_missingness_hangs_on_is_never_missing(cohorts):
    assert not is_missing(cohorts["mar item"], "audit_3").any()


def test_the_odds_between_the_sexes_are_those_asked_for(cohorts):
    cohort = cohorts["mar sex"]
    is_female = cohort.truth["true_sex"] == 1
    gone = np.concatenate([is_missing(cohort, name) for name in ITEMS])
    shares = [gone[np.tile(sex, len(ITEMS))].mean() for sex in (is_female, ~is_female)]
    found = np.diff([np.log(p / (1 - p)) for p in shares])[0]
    assert found == pytest.approx(-0.5, abs=0.02)  # from women to men


def test_the_odds_of_ten_years_more_are_those_asked_for(cohorts):
    cohort = cohorts["mar age"]
    gone = np.array([is_missing(cohort, name) for name in ITEMS])
    ages = cohort.truth["true_age"]
    shares = np.array([gone[:, (ages >= a) & (ages < a + 3)].mean() for a in (25, 35, 45, 55)])
    np.testing.assert_allclose(np.diff(np.log(shares / (1 - shares))), 1, atol=0.1)


def test_not_at_random_it_hangs_on_the_very_answer_that_is_missing(cohorts):
    cohort = cohorts["mnar answer"]
    for name in ITEMS:
        is_gone, true = is_missing(cohort, name), cohort.truth[f"true_{name}"]
        shares = [is_gone[group].mean() for group in groups(true)]
        assert len(shares) > 2 or name == "audit_10"
        assert (np.diff(shares) > 0).all()
        # One point more makes the odds e times as great.
        odds = np.log(np.array(shares) / (1 - np.array(shares)))
        points = [float(true[group][0]) for group in groups(true)]
        error = np.sqrt(sum(1 / (true == points[n]).sum() for n in (0, -1)) / (RATE * (1 - RATE)))
        assert abs((odds[-1] - odds[0]) - (points[-1] - points[0])) < SURE * error


def test_not_at_random_it_may_hang_on_the_severity(cohorts):
    cohort = cohorts["mnar severity"]
    severity = cohort.truth["true_severity_audit"]
    tenths = np.array_split(np.argsort(severity), 10)
    for name in ITEMS:
        is_gone = is_missing(cohort, name)
        assert (np.diff([is_gone[tenth].mean() for tenth in tenths]) > 0).all()
    stratum = np.abs(severity) < 0.05
    for name in ITEMS:  # given the severity the answer itself says nothing
        is_gone = is_missing(cohort, name)[stratum]
        for group in groups(cohort.truth[f"true_{name}"][stratum], least_of(is_gone)):
            assert differs(is_gone, group) < SURE


def test_a_strength_of_nothing_is_completely_at_random():
    cohort = made(missing="mnar", missing_on="answer", missing_strength=0.0)
    for group in groups(cohort.truth["true_audit_1"]):
        assert differs(is_missing(cohort, "audit_1"), group) < SURE


def test_with_a_strength_below_nothing_low_answers_are_missing():
    cohort = made(missing="mnar", missing_on="answer", missing_strength=-1.0)
    is_gone, true = is_missing(cohort, "audit_1"), cohort.truth["true_audit_1"]
    assert is_gone[true == 0].mean() > is_gone[true == 2].mean()


@pytest.mark.parametrize(("rate", "expected"), [(0.0, 0), (1.0, 1000)])
def test_nothing_and_everything_may_be_missing(rate, expected):
    for missing, on in (("mcar", None), ("mnar", "answer")):
        cohort = simulate(
            "dudit",
            1000,
            random_state=1,
            missing=missing,
            missing_rate=rate,
            missing_on=on,
            library=LIBRARY,
        )
        assert {is_missing(cohort, f"dudit_{n}").sum() for n in range(1, 12)} == {expected}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"missing": "mcr"}, "^missing: found 'mcr', expected a mechanism: none, mcar, mar, mnar"),
        ({"missing": "mcar"}, "^missing_rate: found -, expected a share from 0 to 1"),
        ({"missing": "mcar", "missing_rate": 1.5}, "^missing_rate: found 1.5, expected a share"),
        ({"missing": None}, "^missing: found 'None', expected a mechanism"),
        ({"missing": "mcar", "missing_rate": "0.1"}, "^missing_rate: found 0.1, expected a share"),
        ({"missing": "mcar", "missing_rate": -0.1}, "^missing_rate: found -0.1, expected a share"),
        ({"missing": "mcar", "missing_rate": float("nan")}, "^missing_rate: found nan"),
        (
            {"missing_rate": 0.1},
            "^missing_rate: found it with the mechanism none, expected it only with mcar, mar",
        ),
        (
            {"missing": "mcar", "missing_rate": 0.1, "missing_on": "sex"},
            "^missing_on: found it with the mechanism mcar, expected it only with mar, mnar;",
        ),
        ({"missing": "mar", "missing_rate": 0.1}, "^missing_on: found '-', expected what mar may"),
        (
            {"missing": "mar", "missing_rate": 0.1, "missing_on": "audit_11"},
            r"^missing_on: found 'audit_11', expected .*: sex, age, audit_1, .* did you mean",
        ),
        (
            {"missing": "mar", "missing_rate": 0.1, "missing_on": "answer"},
            "^missing_on: found 'answer', expected what mar may hang on: sex",
        ),
        (
            {"missing": "mnar", "missing_rate": 0.1, "missing_on": "sex"},
            "^missing_on: found 'sex', expected what mnar may hang on: answer, severity",
        ),
        (
            {
                "missing": "mnar",
                "missing_rate": 0.1,
                "missing_on": "answer",
                "missing_strength": float("inf"),
            },
            "^missing_strength: found inf, expected a number from -20 to 20",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_what_to_do(asked, words):
    with pytest.raises(InputError, match=words):
        simulate("audit", 10, random_state=1, library=LIBRARY, **asked)


def test_missingness_cannot_hang_on_what_is_the_same_for_all():
    with pytest.raises(InputError, match=r"^missing_on: found sex, in which all these persons are"):
        simulate(
            "dudit",
            10,
            random_state=1,
            population="prison-intake",
            missing="mar",
            missing_rate=0.1,
            missing_on="sex",
            library=LIBRARY,
        )


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(InputError) as caught:
        simulate(
            "audit",
            10,
            random_state=1,
            missing="mcar",
            missing_rate=2.0,
            missing_on="sex",
            faults={"text": 3.0, "tekst": 0.1},
            library=LIBRARY,
        )
    places = [fault.where for fault in caught.value.faults]
    assert places == ["missing_on", "missing_rate", "faults: text", "faults"]
