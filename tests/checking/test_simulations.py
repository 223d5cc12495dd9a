import pytest

from riskbehov.checking import simulations

SCREEN = "instruments/screen/simulation.yaml"
AREAS = "instruments/areas/simulation.yaml"
GROWN = "assessments/grown/simulation.yaml"
MALE = "populations.0.severity.male"

CASES = [
    (
        *(simulations.unfit_items, SCREEN),
        *("items.c", ...),
        "items: found no item 'c', expected every item",
    ),
    (
        *(simulations.unfit_items, SCREEN),
        *("items.cc", {"discrimination": 1, "thresholds": [0]}),
        "items.cc: found the item 'cc', expected one of the instrument",
    ),
    (
        *(simulations.unfit_items, SCREEN),
        *("items.c.thresholds", [0, 1]),
        "items.c.thresholds: found 2 thresholds, expected 1, one between each two codes",
    ),
    (
        *(simulations.unfit_items, SCREEN),
        *("gate.item", "often"),
        "gate.item: found the item 'often', expected one of the instrument",
    ),
    (
        *(simulations.unfit_items, SCREEN),
        *("gate.zeros.0", "bb"),
        "gate.zeros[0]: found the item 'bb', expected one of the instrument",
    ),
    (
        *(simulations.unfit_items, SCREEN),
        *("gate.zeros.1", "a"),
        "gate.zeros[1]: found the gate itself (a), expected other items",
    ),
    (
        *(simulations.unfit_items, AREAS),
        *(f"{MALE}.prevalence.0.scale", "identifed"),
        "prevalence[0].scale: found the scale 'identifed', expected one of the instrument - did",
    ),
    (
        *(simulations.unreachable_shares, SCREEN),
        *(f"{MALE}.prevalence.0.at_least", 7),  # the most that the items give is 6
        "severity.male.prevalence: no severity gives the shares under prevalence",
    ),
    (
        *(simulations.unreachable_shares, AREAS),
        *(f"{MALE}.prevalence.1.share", 0.6),  # more have both than have one at all
        "severity.male.prevalence: no severity gives the shares under prevalence",
    ),
    (
        *(simulations.unfit_cohorts, GROWN),
        *("populations.0.severity.ready", ...),
        "populations[0].severity: found no population of 'ready', expected one",
    ),
    (
        *(simulations.unfit_cohorts, GROWN),
        *("populations.0.severity.scale", "clients"),
        "severity.scale: found the instrument 'scale', expected one of the assessment",
    ),
    (
        *(simulations.unfit_cohorts, GROWN),
        *("populations.0.severity.areas", "client"),
        "severity.areas: found the population 'client', expected one in the simulation of",
    ),
    (
        *(simulations.unfit_cohorts, GROWN),
        *("populations.0.severity.screen", "men"),
        "the population 'men' of 'screen' has no severity of female, expected one of every sex",
    ),
    (
        *(simulations.unfit_cohorts, GROWN),
        *("correlations.2", ...),
        "correlations: found no correlation between areas, ready, expected one",
    ),
    (
        *(simulations.unfit_cohorts, GROWN),
        *("correlations.3", {"between": ["ready", "areas"], "value": 0.1}),
        "correlations[3].between: found the pair areas, ready twice, expected once",
    ),
    (
        *(simulations.unfit_cohorts, GROWN),
        *("correlations.0.between", ["screen", "scale"]),
        "found screen, scale, expected two different instruments of the assessment",
    ),
    (
        *(simulations.unfit_cohorts, GROWN),
        *("outcome.log_odds.scale", 1),
        "outcome.log_odds.scale: found the instrument 'scale', expected one of the assessment",
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_a_simulation_is_found(small, case):
    check, file, place, value, words = case
    assert list(check(small.shelf())) == []
    small.put(file, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


def test_correlations_that_cannot_be_together_are_found(small):
    for number, value in enumerate((0.9, 0.9, -0.9)):
        small.put(GROWN, f"correlations.{number}.value", value)
    [fault] = simulations.unfit_cohorts(small.shelf())
    assert "correlations: no severities can have all these correlations at once" in str(fault)


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("instruments/scale", "found made-up answers to a recorded method"),
        ("instruments/nothing", "found no instrument.yaml in the same folder, expected one"),
        ("assessments/nothing", "found no assessment.yaml in the same folder, expected one"),
    ],
)
def test_a_simulation_beside_nothing_that_is_answered_is_found(small, folder, words):
    assert list(simulations.files_of_nothing(small.shelf())) == []
    (small.root / folder).mkdir(exist_ok=True)
    beside = SCREEN if folder.startswith("instruments") else GROWN
    (small.root / folder / "simulation.yaml").write_bytes((small.root / beside).read_bytes())
    [fault] = simulations.files_of_nothing(small.shelf())
    assert words in str(fault)


@pytest.mark.parametrize(
    ("file", "place", "value", "words"),
    [
        (SCREEN, "populations.1.id", "many", "populations[1]: 'many' stands twice, expected once"),
        (SCREEN, "sources.0.source", "guied", "found the source 'guied'"),
        (GROWN, "populations.0.sources", [], "populations[0].sources"),
        (GROWN, "correlations.0.between", ["areas", "areas"], "'areas' stands twice"),
    ],
)
def test_the_checks_of_all_files_look_at_simulations_too(small, file, place, value, words):
    assert small.check().is_sound
    small.put(file, place, value)
    assert any(words in str(fault) for fault in small.check().faults)


def test_what_cites_a_document_is_also_a_simulation(small):
    kinds = {citing.kind for citing in small.open().citing("riskbehov")}
    assert {"simulation", "assessment simulation"} <= kinds
