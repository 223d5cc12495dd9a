"""Functions that hand the same arguments on to each other have the same ones, and mean the same."""

from collections.abc import Callable
from inspect import Parameter, signature
from typing import Any, get_overloads

import pytest

from riskbehov.tables.jobs.recode import profile_source
from riskbehov.tables.jobs.recommend import recommend_file
from riskbehov.tables.jobs.score import score_file
from riskbehov.tables.mapping.profiling import profile
from riskbehov.tables.recommendations.explaining import explain
from riskbehov.tables.recommendations.recommending import recommend, recommend_step
from riskbehov.tables.scores.arguments import score_step
from riskbehov.tables.scores.score import score
from riskbehov.tables.transformer import InstrumentScorer

EXPLAINED_FORM, EXPLAINED_CASE = get_overloads(explain)
PLACES = {"items", "sex", "age", "birth_date", "date"}
"""Of an array they are places too."""


def options(function: Callable[..., Any]) -> dict[str, tuple[object, object]]:
    """Return what may be named in a call: what it can be, and what it is if left out."""
    return {
        name: (given.annotation, given.default)
        for name, given in signature(function).parameters.items()
        if given.kind is Parameter.KEYWORD_ONLY
    }


def test_a_table_is_scored_by_the_arguments_of_its_step():
    assert list(options(score).items()) == list(options(score_step).items())


def test_a_table_is_assessed_by_the_arguments_of_its_step():
    told = options(recommend)
    del told["library"]
    assert list(told.items()) == list(options(recommend_step).items())


@pytest.mark.parametrize(
    ("function", "step", "without"),
    [
        (score_file, score_step, {"on_illegal"}),  # a file is refused by default
        (EXPLAINED_FORM, score_step, {"bands", "missing", "max_missing", "on_illegal"}),
        (InstrumentScorer, score_step, PLACES | {"bands", "on_illegal"}),
        (profile_source, profile, set()),
        (recommend_file, recommend_step, {"cutoffs"}),
        (EXPLAINED_CASE, recommend_step, {"rules", "on_illegal"}),
    ],
)
def test_what_is_handed_on_is_what_the_step_takes(function, step, without):
    told, wanted = options(function), options(step)
    assert {name: told.get(name) for name in wanted.keys() - without} == {
        name: wanted[name] for name in wanted.keys() - without
    }
