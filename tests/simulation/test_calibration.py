"""Published shares: that the severities give them, exactly and in what is drawn."""

import re

import numpy as np
import pytest
from tests.markdown import section, tables

from riskbehov.library import Library
from riskbehov.models.simulation import Prevalence, Severity
from riskbehov.scoring.arrays import score_many
from riskbehov.simulation import simulate
from riskbehov.simulation.calibration import GRID, Normal, calibrated, severities, share
from riskbehov.simulation.response import response_of

LIBRARY = Library.open()
ROWS = 200_000


def published():
    """Yield every published share: instrument, population, sex, and the share."""
    for id_ in LIBRARY.scored_ids:
        simulation = LIBRARY.simulation(id_)
        for population in simulation.populations if simulation else ():
            for sex, severity in population.severity.items():
                for prevalence in severity.prevalence:
                    yield id_, population, sex, prevalence


PUBLISHED = [
    pytest.param(*each, id=f"{each[0]}-{each[1].id}-{each[2]}-{each[3].at_least}")
    for each in published()
]

# What was published, from domain knowledge and not from the files that are tested: AUDIT in Sweden
# 1997 (Bergman and Källmén 2002, PMID 12003912), DUDIT in the population (Berman et al. 2005) and
# in Norwegian prisons (the NorMA study).
EXPECTED = {
    ("audit", "population", "male", 8): 0.18,
    ("audit", "population", "female", 8): 0.05,
    ("audit", "population", "female", 6): 0.11,
    ("dudit", "population", "male", 6): 0.031,
    ("dudit", "population", "female", 2): 0.031,
    ("dudit", "prison-intake", "male", 25): 0.35,
    ("dudit", "prison-intake", "male", 6): 0.95,
}


def test_the_published_shares_are_those_that_were_published():
    found = {(i, p.id, sex, each.at_least): each.share for i, p, sex, each in published()}
    assert found == EXPECTED


def test_the_limits_of_the_shares_are_the_problem_limits_of_the_forms():
    for id_, limits in (("audit", {"male": 8, "female": 6}), ("dudit", {"male": 6, "female": 2})):
        instrument = LIBRARY.scored(id_)
        default = next(d.set for d in instrument.default_sets if 40 in d.ages)
        chosen = next(s for s in instrument.cutoff_sets if s.id == default)
        assert chosen.problem_from is not None
        found = {str(s): bands[chosen.problem_from].low for s, bands in chosen.limits.items()}
        assert found == limits


@pytest.mark.parametrize(("id_", "population", "sex", "prevalence"), PUBLISHED)
def test_a_severity_gives_the_published_share_exactly(id_, population, sex, prevalence):
    simulation = LIBRARY.simulation(id_)
    assert simulation is not None
    response = response_of(LIBRARY.scored(id_), simulation)
    found = share(response, prevalence, severities(response, population)[sex])
    assert found == pytest.approx(prevalence.share, abs=1e-6)


@pytest.mark.parametrize(("id_", "population", "sex", "prevalence"), PUBLISHED)
def test_as_many_of_those_drawn_reach_the_limit(id_, population, sex, prevalence):
    cohort = simulate(id_, ROWS, random_state=20, population=population.id, library=LIBRARY)
    total = score_many(LIBRARY.scored(id_), cohort.codes(id_)).scales["total"].low
    is_sex = cohort.columns["sex"] == cohort.words["sex"].index(sex)
    found = (total[is_sex] >= prevalence.at_least).mean()
    # Four standard errors of a share among so many: wrong by chance once in 16 000.
    error = np.sqrt(prevalence.share * (1 - prevalence.share) / is_sex.sum())
    assert abs(found - prevalence.share) < 4 * error


def test_the_method_page_tells_every_published_share():
    [rows] = tables(section("docs/metod.md", "Simulerade kohorter"))
    told = sorted(
        (
            row[0].partition(",")[0].lower(),
            int(row[1]),
            float(re.sub(r"[^\d,]", "", row[2]).replace(",", ".")),
        )
        for row in rows
    )
    assert told == sorted((i, p.at_least, round(100 * p.share, 6)) for i, _, _, p in published())


def test_the_grid_holds_a_severity_whole():
    for severity in (Normal(0, 1), Normal(-3, 0.1), Normal(4, 2.5)):
        weights = severity.weights()
        assert weights.sum() == pytest.approx(1)
        assert weights @ GRID == pytest.approx(severity.mean, abs=1e-9)
        assert weights @ (GRID - severity.mean) ** 2 == pytest.approx(severity.spread**2, rel=1e-9)


def aimed(at_least: int, aim: float) -> Prevalence:
    return Prevalence.model_construct(scale="total", at_least=at_least, share=aim, sources=())


@pytest.mark.parametrize(
    "severity",
    [
        Severity.model_construct(spread=1.0, prevalence=(aimed(41, 0.1),)),
        Severity.model_construct(prevalence=(aimed(8, 0.2), aimed(6, 0.1))),
        Severity.model_construct(prevalence=(aimed(8, 0.2), aimed(7, 0.99))),
    ],
    ids=["above the most", "more above the higher limit", "too far apart"],
)
def test_shares_that_no_severity_gives_are_said_to_be_so(severity):
    simulation = LIBRARY.simulation("audit")
    assert simulation is not None
    assert calibrated(response_of(LIBRARY.scored("audit"), simulation), severity) is None


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"mean": 1.0},
        {"spread": 1.0},
        {"mean": 1.0, "prevalence": 1},
        {"mean": 1.0, "spread": 1.0, "prevalence": 1},
        {"spread": 1.0, "prevalence": 2},
        {"prevalence": 1},
    ],
    ids=str,
)
def test_a_severity_is_told_just_enough(given):
    source = {"source": "riskbehov", "locator": "x", "basis": "toolkit"}
    shares = [
        {"at_least": n + 1, "share": 0.5, "sources": [source]}
        for n in range(given.pop("prevalence", 0))
    ]
    with pytest.raises(
        ValueError, match="expected mean and spread without shares, spread with one"
    ):
        Severity.model_validate({**given, "prevalence": shares})
