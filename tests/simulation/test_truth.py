"""The truth behind a cohort: people, severities that go together, an outcome with a known law."""

import numpy as np
import pytest

from riskbehov.errors import DataError, InputError, UnknownIdError
from riskbehov.library import Library
from riskbehov.simulation import simulate
from riskbehov.simulation.correlation import correlation_matrix, factored
from riskbehov.simulation.truth import truth_of

LIBRARY = Library.open()
ROWS = 200_000
ASSESSMENTS = [a for a in LIBRARY.assessment_ids if LIBRARY.assessment_simulation(a)]
every_assessment = pytest.mark.parametrize("id_", ASSESSMENTS)


def severity_of(cohort, instrument):
    return cohort.truth[f"true_severity_{instrument}".replace("-", "_")]


def test_there_is_a_simulation_of_every_scored_instrument_and_every_assessment_with_any():
    assert all(LIBRARY.simulation(id_) for id_ in LIBRARY.scored_ids)
    with_any = [a for a in LIBRARY.assessment_ids if LIBRARY.assessment(a).instruments]
    assert with_any == ASSESSMENTS


@pytest.mark.parametrize(
    ("id_", "population"),
    [
        (id_, population.id)
        for id_ in LIBRARY.scored_ids
        for population in getattr(LIBRARY.simulation(id_), "populations", ())
    ],
)
def test_severities_are_spread_as_told_within_each_sex_and_people_too(id_, population):
    cohort = simulate(id_, ROWS, random_state=4, population=population, library=LIBRARY)
    people = cohort.design.truth.people
    is_male = cohort.truth["true_sex"] == 0
    error = np.sqrt(people.male * (1 - people.male) / ROWS)
    assert abs(is_male.mean() - people.male) <= 4 * error
    ages = cohort.columns["age"]
    assert (ages.min(), ages.max()) == (people.ages.from_, people.oldest)
    share = 1 / (people.oldest - people.ages.from_ + 1)
    found = np.bincount(ages)[people.ages.from_ :] / ROWS
    assert np.abs(found - share).max() < 5 * np.sqrt(share / ROWS)
    for sex, normal in cohort.design.truth.parts[0].severity.items():
        mine = severity_of(cohort, id_)[is_male == (sex == "male")]
        assert mine.mean() == pytest.approx(normal.mean, abs=4 * normal.spread / np.sqrt(len(mine)))
        wide = 4 * normal.spread / np.sqrt(2 * len(mine))
        assert mine.std() == pytest.approx(normal.spread, abs=wide)


@every_assessment
def test_severities_go_together_within_each_sex_as_closely_as_told(id_):
    cohort = simulate(id_, ROWS, random_state=9, library=LIBRARY)
    told = LIBRARY.assessment_simulation(id_)
    assert told is not None
    for is_sex in (cohort.truth["true_sex"] == 0, cohort.truth["true_sex"] == 1):
        for each in told.correlations:
            pair = [severity_of(cohort, instrument)[is_sex] for instrument in each.between]
            found = np.corrcoef(*pair)[0, 1]
            error = (1 - each.value**2) / np.sqrt(is_sex.sum())
            assert abs(found - each.value) < 4 * error, each.between


@every_assessment
def test_the_outcome_has_its_base_rate_and_the_relation_that_is_told(id_):
    cohort = simulate(id_, ROWS, random_state=9, library=LIBRARY)
    made = cohort.design.truth.outcome
    assert made is not None
    happened, risk = cohort.columns["outcome"], cohort.truth["true_risk"]
    base = made.told.base_rate
    assert abs(happened.mean() - base) < 4 * np.sqrt(base * (1 - base) / ROWS)
    odds = made.intercept + sum(
        made.told.log_odds.get(part.id, 0) * severity_of(cohort, part.id)
        for part in cohort.design.truth.parts
    )
    np.testing.assert_allclose(risk, 1 / (1 + np.exp(-odds)), atol=0.51e-4)
    for tenth in np.array_split(np.argsort(risk), 10):
        expected = risk[tenth].mean()
        assert abs(happened[tenth].mean() - expected) < 4 * np.sqrt(expected / len(tenth))


def test_given_the_risk_the_answers_say_nothing_more_of_the_outcome():
    cohort = simulate("adult", ROWS, random_state=3, library=LIBRARY)
    left = cohort.columns["outcome"] - cohort.truth["true_risk"]
    for name in ("rbm8_history", "audit_1", "dudit_1", "age"):
        values = cohort.truth.get(f"true_{name}", cohort.columns.get(name))
        assert abs(np.corrcoef(left, values)[0, 1]) < 4 / np.sqrt(ROWS), name


def test_answers_of_one_form_go_with_the_severity_and_with_each_other():
    cohort = simulate("audit", ROWS, random_state=3, library=LIBRARY)
    answers = np.array([cohort.truth[f"true_audit_{n}"] for n in range(1, 11)], float)
    assert np.corrcoef(answers)[np.triu_indices(10, 1)].min() > 0.05
    with_severity = [np.corrcoef(row, severity_of(cohort, "audit"))[0, 1] for row in answers]
    assert min(with_severity) > 0.2


@pytest.mark.parametrize(
    ("id_", "kind", "words"),
    [
        ("ls-cmi", InputError, "'ls-cmi' is a method whose result is recorded: its items are not"),
        ("child-0-5", InputError, "'child-0-5' has no instrument that is scored"),
        ("audti", UnknownIdError, "no instrument or assessment has the id 'audti' - did you mean"),
    ],
)
def test_what_cannot_be_simulated_is_refused_with_the_reason(id_, kind, words):
    with pytest.raises(kind, match=words):
        truth_of(id_, LIBRARY)


def test_every_recorded_method_is_refused():
    for id_ in LIBRARY.method_ids:
        with pytest.raises(InputError, match="is a method whose result is recorded"):
            truth_of(id_, LIBRARY)


def test_an_unknown_population_is_refused_with_the_known_ones():
    words = r"^population: found 'poplation', expected .*: population, client - did you mean"
    with pytest.raises(InputError, match=words):
        truth_of("audit", LIBRARY, population="poplation")


def without(*files: str) -> Library:
    held = {p: LIBRARY.files(p) for p in LIBRARY.logical_paths if p not in files}
    return Library(held, {})


@pytest.mark.parametrize(
    ("id_", "file"),
    [
        ("audit", "instruments/audit/simulation.yaml"),
        ("adult", "instruments/audit/simulation.yaml"),
        ("adult", "assessments/adult/simulation.yaml"),
    ],
)
def test_what_is_not_told_is_asked_for_by_its_file(id_, file):
    with pytest.raises(InputError, match=f"expected {file}; see docs/datafiler.md"):
        truth_of(id_, without(file))


def test_an_id_of_both_an_instrument_and_an_assessment_is_refused():
    files = {p: LIBRARY.files(p) for p in LIBRARY.logical_paths}
    files["assessments/audit/assessment.yaml"] = files["assessments/adult/assessment.yaml"]
    with pytest.raises(InputError, match="both an instrument and an assessment have the id"):
        truth_of("audit", Library(files, {}))


def test_a_simulation_of_another_assessment_is_refused_by_file_and_place():
    files = {p: LIBRARY.files(p) for p in LIBRARY.logical_paths}
    files["assessments/adult/simulation.yaml"] = files["assessments/child-6-11/simulation.yaml"]
    with pytest.raises(DataError, match=r"adult/simulation.yaml: .*: found the instrument"):
        truth_of("adult", Library(files, {}))


def test_a_matrix_is_the_square_of_its_factor():
    for id_ in ASSESSMENTS:
        told = LIBRARY.assessment_simulation(id_)
        assert told is not None
        ids = LIBRARY.assessment(id_).instruments
        matrix = np.array(correlation_matrix(ids, told.correlations))
        factor = factored(matrix.tolist())
        assert factor is not None
        lower = np.zeros_like(matrix)
        for number, row in enumerate(factor):
            lower[number, : number + 1] = row
        np.testing.assert_allclose(lower, np.linalg.cholesky(matrix), atol=1e-12)


def test_correlations_that_cannot_be_have_no_factor():
    assert factored([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]) is None
