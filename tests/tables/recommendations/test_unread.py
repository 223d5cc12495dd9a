"""A column whose name is misspelt loses nothing in silence."""

import pytest
from tests.tables.persons import DAY, LIBRARY, PURPOSE, adult, recommended, table_of

from riskbehov import tables
from riskbehov.errors import InputError
from riskbehov.tables.recommendations.recommending import recommend_step
from riskbehov.tables.recommendations.unread import near_misses


@pytest.mark.parametrize(
    ("name", "likely"),
    [
        ("rbm8_attitude", "rbm8_attitudes"),
        ("rbm8_histroy", "rbm8_history"),
        ("RBM8_history", "rbm8_history"),
        ("rbm8history", "rbm8_history"),
        ("rmb8_history", "rbm8_history"),
        ("Rbm8 Attitudes Driver", "rbm8_attitudes_driver"),
        ("rbm8_attitudes_drivers", "rbm8_attitudes_driver"),
        ("audit1", "audit_1"),
        ("AUDIT-Q03", "audit_3"),
        ("lscmi_level", "ls_cmi_level"),
        ("ls_cmi_levl", "ls_cmi_level"),
        ("substances_alkohol", "substances_alcohol"),
        ("Suicidality", "suicidality"),
        ("Sex", "sex"),
    ],
)
def test_a_name_that_must_be_meant_for_another_is_refused(name, likely):
    with pytest.raises(InputError, match=f"found a column '{name}', .* did you mean '{likely}'"):
        recommended([{"age": 30, "date": DAY, name: 1}])


@pytest.mark.parametrize("name", ["audit_11", "audit11", "audit_date", "rbm8_x", "ls_cmi_x"])
def test_a_name_that_begins_as_those_of_an_instrument_is_refused_without_a_guess(name):
    with pytest.raises(InputError, match=f"found a column '{name}', .* take it away$"):
        recommended([adult(**{name: 1})])


def test_all_such_names_are_told_at_once():
    with pytest.raises(InputError) as caught:
        recommended([adult(rbm8_attitude=3, RBM8_history=3, audit1=4)])
    assert len(caught.value.faults) == 3


@pytest.mark.parametrize("name", ["kommun", "auditor", "lopnr", "audit_complete", "suicidality_x"])
def test_other_columns_are_let_alone(name):
    assert recommended([adult(**{name: 1})])["state"].tolist() == ["assessed"]


def test_columns_of_ones_own_are_let_alone_where_nothing_is_lacking():
    row = adult(**{f"audit_{n}": 0 for n in range(1, 11)}, audit_date="x", AUDIT1=7, audit_q02=7)
    assert recommended([row])["state"].tolist() == ["assessed"]


def test_a_source_column_that_was_recoded_is_let_alone():
    row = adult(audit_1=2, AUDIT1=3, Fraga_1=3)
    assert recommended([row])["state"].tolist() == ["assessed"]


@pytest.mark.parametrize("id_", LIBRARY.scored_ids)
def test_a_table_may_be_scored_first(id_):
    row = adult(
        **{f"{id_}_{item.id}".replace("-", "_"): None for item in LIBRARY.scored(id_).items}
    )
    names = [*row]
    for wish in ({"bands": "all"}, {"missing": "prorate", "max_missing": 1}):
        scored = tables.score(table_of([row]), id_, **wish)
        names += list(scored.columns)
    few = [name for name in dict.fromkeys(names) if name not in row or name in adult()]
    assert recommend_step(few, "adult", LIBRARY, purpose=PURPOSE).others


def test_what_is_only_like_a_known_name_is_told_of():
    names = ["age", "date", "threat_levels", "consent_polis", "kommun", "audit_total_low"]
    step = recommend_step(names, "adult", LIBRARY, purpose=PURPOSE)
    assert step.near_misses == {
        "threat_levels": "threat_level",
        "consent_polis": "consent_police",
    }
    held = {*names, "threat_level"}
    found = near_misses(step.others, held, step.layout, step.ready)
    assert found == {"consent_polis": "consent_police"}
