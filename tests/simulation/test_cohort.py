"""The face for researchers: a cohort in memory."""

import re
import sys

import numpy as np
import pandas as pd
import pytest
from tests.markdown import blocks, codes, prose

import riskbehov
from riskbehov.errors import InputError
from riskbehov.library import Library
from riskbehov.scoring.arrays import score_many
from riskbehov.simulation import simulate
from riskbehov.simulation.coding import KINDS, SPELT
from riskbehov.simulation.missingness import AGE, ANSWER, MECHANISMS, SEVERITY, SEX

LIBRARY = Library.open()


def test_the_toolkit_offers_it_by_name():
    assert riskbehov.simulate is simulate


def test_a_cohort_says_that_it_is_made_up():
    found = simulate("audit", 10, random_state=1, library=LIBRARY)
    assert "10 made-up rows of audit, about nobody" in repr(found)
    frame = found.to_frame()
    assert frame.columns[0] == "simulated"
    assert frame["simulated"].all()
    assert frame.attrs["simulated"] is True


def test_a_frame_of_complete_answers_holds_small_whole_numbers():
    found = simulate("audit", 100, random_state=1, library=LIBRARY)
    frame, truth = found.to_frame(), found.truth_frame()
    assert {str(frame[f"audit_{n}"].dtype) for n in range(1, 11)} == {"uint8"}
    assert str(frame["age"].dtype) == "uint8"
    assert frame["sex"].cat.categories.tolist() == ["male", "female"]
    assert str(truth["true_severity_audit"].dtype) == "float64"
    assert frame["person"].tolist() == truth["person"].tolist() == list(range(1, 101))
    assert (frame["audit_1"] == truth["true_audit_1"]).all()


def test_a_frame_with_gaps_has_nullable_columns():
    found = simulate(
        "audit", 500, random_state=1, missing="mcar", missing_rate=0.2, library=LIBRARY
    )
    frame = found.to_frame()
    assert str(frame["audit_1"].dtype) == "UInt8"
    gaps = found.columns["audit_1"] == 255
    assert frame["audit_1"].isna().tolist() == gaps.tolist()
    assert 50 < gaps.sum() < 150


def test_a_frame_with_text_among_the_codes_has_them_as_categories():
    found = simulate("audit", 500, random_state=1, faults={"text": 0.2}, library=LIBRARY)
    frame = found.to_frame()
    assert isinstance(frame["audit_4"].dtype, pd.CategoricalDtype)
    assert {"0", "aldrig"} <= set(frame["audit_4"])
    codes = found.codes("audit")
    assert (codes[3][frame["audit_4"] == "aldrig"] == 254).all()
    assert (codes[3][frame["audit_4"] == "0"] == 0).all()


def test_codes_are_what_scoring_takes():
    found = simulate("dudit", 1000, random_state=1, library=LIBRARY)
    codes = found.codes("dudit")
    assert codes.dtype == np.uint8
    assert codes.shape == (11, 1000)
    scores = score_many(LIBRARY.scored("dudit"), codes)
    np.testing.assert_array_equal(scores.scales["total"].low, codes.sum(axis=0))


def test_codes_of_an_instrument_that_is_not_in_the_cohort_are_refused():
    found = simulate("dudit", 10, random_state=1, library=LIBRARY)
    with pytest.raises(InputError, match=r"^instrument: found 'audit', expected one of dudit"):
        found.codes("audit")


def test_an_assessment_has_all_its_instruments():
    found = simulate("youth-12-17", 50, random_state=1, library=LIBRARY)
    frame = found.to_frame()
    instruments = LIBRARY.assessment("youth-12-17").instruments
    for id_ in instruments:
        items = len(LIBRARY.scored(id_).items)
        assert found.codes(id_).shape == (items, 50)
    assert frame.columns[-1] == "outcome"
    assert set(frame["outcome"]) == {0, 1}
    assert frame["age"].between(12, 17).all()


@pytest.mark.parametrize("n", [0, 1])
@pytest.mark.parametrize("id_", ["audit", "adult"])
def test_a_cohort_may_be_of_nobody_and_of_one(id_, n):
    found, some = (
        simulate(
            id_,
            size,
            random_state=1,
            missing="mcar",
            missing_rate=0.1,
            faults={"text": 0.1},
            library=LIBRARY,
        )
        for size in (n, 5)
    )
    assert len(found) == len(found.to_frame()) == len(found.truth_frame()) == n
    assert found.to_frame().dtypes.tolist() == some.to_frame().dtypes.tolist()


def test_a_cohort_cannot_be_changed_but_its_frame_can():
    found = simulate("audit", 10, random_state=1, library=LIBRARY)
    with pytest.raises(ValueError, match="read-only"):
        found.columns["audit_1"][0] = 3
    with pytest.raises(TypeError, match="does not support item assignment"):
        found.columns["audit_1"] = np.zeros(10)  # type: ignore[index]
    with pytest.raises(AttributeError, match="cannot assign"):
        found.random_state = 2  # type: ignore[misc]
    frame = found.to_frame()
    frame.loc[0, "audit_1"] = 4
    assert found.columns["audit_1"][0] == 1


def test_a_frame_without_pandas_is_refused_by_what_to_install(monkeypatch):
    found = simulate("audit", 10, random_state=1, library=LIBRARY)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(InputError, match=r"pip install 'riskbehov\[tables\]'"):
        found.to_frame()


def test_a_seed_has_to_be_told():
    with pytest.raises(TypeError, match="random_state"):
        simulate("audit", 10)  # type: ignore[call-arg]


@pytest.mark.parametrize("page", ["docs/simulering.md", "docs/simulation.md"])
def test_the_python_of_a_page_prints_what_it_says(page, capsys):
    [code] = blocks(page, "python")
    exec(compile(code, page, "exec"), {})  # noqa: S102 - our own text
    told = re.findall(r"^print\(.*\)  # (.+)$", code, re.MULTILINE)
    assert capsys.readouterr().out.splitlines() == told


@pytest.mark.parametrize("page", ["docs/simulering.md", "docs/simulation.md"])
def test_a_page_names_every_population_mechanism_and_fault(page):
    told = set(codes(prose(page)))
    populations = {
        population.id
        for simulation in (
            *(LIBRARY.simulation(id_) for id_ in LIBRARY.scored_ids),
            *(LIBRARY.assessment_simulation(id_) for id_ in LIBRARY.assessment_ids),
        )
        for population in (simulation.populations if simulation else ())
    }
    assert {*populations, *KINDS, *MECHANISMS[1:], SEX, AGE, ANSWER, SEVERITY, "outcome"} <= told
    spellings = {word for words in SPELT for word in words}
    assert spellings <= told
