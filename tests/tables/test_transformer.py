"""Scores in a pipeline of scikit-learn."""

import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import (
    check_array_api_input,
    estimator_checks_generator,
    parametrize_with_checks,
)
from sklearn.utils.validation import validate_data
from tests.tables.makers import ran

from riskbehov import tables
from riskbehov.errors import InputError
from riskbehov.tables.transformer import OUTPUTS, InstrumentScorer

ALL = [f"audit_{n}" for n in range(1, 11)]
ROWS = [[0] * 10, [2] * 9 + [None], [7] * 10, [None] * 10]
NUMBERS = np.array(ROWS, dtype=float)
FRAME = pd.DataFrame(ROWS, columns=ALL).assign(kon=["male", "female", "male", None], age=40)

# scikit-learn's own checks

OF_OTHER_WIDTHS = "the check hands over another number of columns than the form has items"
NOT_FOR_TEN_COLUMNS = dict.fromkeys(
    [
        "check_dict_unchanged",
        "check_dont_overwrite_parameters",
        "check_estimators_dtypes",
        "check_estimators_fit_returns_self",
        "check_estimators_overwrite_params",
        "check_estimators_pickle",
        "check_f_contiguous_array_estimator",
        "check_fit2d_1feature",
        "check_fit2d_predict1d",
        "check_fit_check_is_fitted",
        "check_fit_idempotent",
        "check_fit_score_takes_y",
        "check_methods_sample_order_invariance",
        "check_methods_subset_invariance",
        "check_n_features_in",
        "check_n_features_in_after_fitting",
        "check_pipeline_consistency",
        "check_positive_only_tag_during_fit",
        "check_readonly_memmap_input",
        "check_transformer_data_not_an_array",
        "check_transformer_general",
    ],
    OF_OTHER_WIDTHS,
)
NEEDS_AN_ENVIRONMENT = "check_array_api_input"
"""Run only where SCIPY_ARRAY_API was set before scipy was imported; we claim no such support."""


class AnyWidth(InstrumentScorer):
    """Takes all answers from the first column of an array, so that every check can be run."""

    def _names(self):
        return [str(n) for n in range(10)]

    def _frame(self, X, *, is_new):  # noqa: N803 - as theirs
        array = validate_data(self, X, reset=is_new, dtype=None, ensure_all_finite=False)
        return pd.DataFrame(dict.fromkeys(self._names(), array[:, 0]))


ANY_WIDTH = [AnyWidth(), AnyWidth(sex=0, age=0, output="all")]


def runnable(check):
    return NEEDS_AN_ENVIRONMENT not in str(check)


@pytest.mark.parametrize(
    ("estimator", "check"),
    [each for scorer in ANY_WIDTH for each in estimator_checks_generator(scorer)
     if runnable(each[1])],
)  # fmt: skip
def test_every_check_of_scikit_learn_passes_whatever_the_width(estimator, check):
    check(estimator)


@parametrize_with_checks(
    [InstrumentScorer()], expected_failed_checks=lambda _scorer: NOT_FOR_TEN_COLUMNS
)
def test_every_check_passes_that_fits_ten_columns(estimator, check):
    if runnable(check):
        check(estimator)


def test_the_one_check_that_is_left_out_is_of_what_is_not_claimed():
    assert check_array_api_input.__name__ == NEEDS_AN_ENVIRONMENT
    assert not InstrumentScorer().__sklearn_tags__().array_api_support


# Rows in, numbers out


@pytest.mark.parametrize(
    "rows",
    [NUMBERS, ROWS, np.array(ROWS, dtype=object), pd.DataFrame(ROWS), FRAME[ALL],
     pl.DataFrame(ROWS, schema=ALL, orient="row"),
     pa.table(dict(zip(ALL, zip(*ROWS, strict=True), strict=True)))],
    ids=["floats", "lists", "objects", "frame without names", "pandas", "polars", "pyarrow"],
)  # fmt: skip
def test_arrays_and_frames_give_the_same_scores(rows):
    scores = InstrumentScorer("audit", form="paper").fit_transform(rows)
    assert scores.dtype == np.float64
    np.testing.assert_array_equal(scores[:, 0], [0, 18, np.nan, np.nan])


@pytest.mark.parametrize("output", OUTPUTS)
def test_the_numbers_are_those_of_a_table_and_words_are_their_places(output):
    more: Any = {}
    if output in ("prorated", "all"):
        more = {"missing": "prorate", "max_missing": 2}
    scorer = InstrumentScorer("audit", sex="kon", age="age", output=output, **more)
    found = scorer.set_output(transform="pandas").fit_transform(FRAME)
    table = tables.score(FRAME, "audit", sex="kon", age="age", **more)
    assert set(found) <= set(table)
    for name in found:
        column = table[name]
        words = isinstance(column.dtype, pd.CategoricalDtype)
        told = column.cat.codes.where(column.notna()) if words else column.astype("Float64")
        assert [*found[name].astype("Float64")] == [*told.astype("Float64")], name


def test_the_names_that_come_out_tell_the_kind(library):
    scales = [scale.id for scale in library.scored("rbm8").scales]
    names = {
        output: [
            *InstrumentScorer("rbm8", output=output).fit(NUMBERS[:, :8]).get_feature_names_out()
        ]
        for output in ("low", "high", "interval", "all")
    }
    assert names["low"] == [f"rbm8_{scale}_low" for scale in scales]
    assert names["high"] == [f"rbm8_{scale}_high" for scale in scales]
    assert names["interval"] == [f"rbm8_{scale}_{e}" for scale in scales for e in ("low", "high")]
    assert {"rbm8_state", *names["interval"]} < {*names["all"]}


def test_columns_are_told_by_their_places_too():
    rows = np.array([["x", "female", *[2] * 10], ["y", "man", *[0] * 10]], dtype=object)
    scorer = InstrumentScorer("audit", items=range(2, 12), sex=1, output="all")
    found = scorer.set_output(transform="pandas").fit_transform(rows)
    assert found["audit_total_low"].isna().tolist() == [False, True]
    by_item = InstrumentScorer("audit", items={str(n): n + 1 for n in range(1, 11)}, sex=1)
    assert by_item.fit_transform(rows)[0, 0] == 20


@pytest.mark.parametrize("transform", ["pandas", "polars"])
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_what_comes_out_is_the_frame_that_was_asked_for(make, transform):
    frame = make(dict(zip(ALL, zip(*ROWS, strict=True), strict=True)))
    found = InstrumentScorer().set_output(transform=transform).fit_transform(frame)
    assert type(found) is {"pandas": pd.DataFrame, "polars": pl.DataFrame}[transform]
    assert [*found.columns] == [*InstrumentScorer().fit(frame).get_feature_names_out()]


def test_the_index_of_pandas_is_kept():
    frame = FRAME.set_axis(["d", "c", "b", "b"], axis="index")
    found = InstrumentScorer().set_output(transform="pandas").fit_transform(frame)
    assert [*found.index] == ["d", "c", "b", "b"]


# In a pipeline


def test_it_works_beside_other_columns_and_before_other_steps():
    columns = ColumnTransformer(
        [("audit", InstrumentScorer(sex="kon", output="interval"), [*ALL, "kon"])],
        remainder="passthrough",
        verbose_feature_names_out=False,
    )
    pipeline = make_pipeline(columns, SimpleImputer(strategy="constant", fill_value=-1.0))
    found = pipeline.set_output(transform="pandas").fit_transform(FRAME)
    assert found["age"].tolist() == [40] * 4
    assert found["audit_total_low"].tolist() == [0, 18, -1, -1]
    assert found["audit_total_high"].tolist() == [0, 22, -1, -1]


def test_a_copy_has_the_same_arguments_and_knows_nothing_yet(library):
    scorer = InstrumentScorer(library.scored("audit"), cutoffs=("who-2001",), output="bands")
    again = clone(scorer.fit(NUMBERS))
    assert again.get_params() == scorer.get_params()
    assert not hasattr(again, "n_features_in_")
    assert again.set_params(output="low").output == "low"


def test_one_set_of_limits_may_be_named_as_text():
    of_one, of_many = (
        InstrumentScorer(cutoffs=named, output="all").fit(NUMBERS)
        for named in ("who-2001", ["who-2001"])
    )
    assert list(of_one.get_feature_names_out()) == list(of_many.get_feature_names_out())
    np.testing.assert_array_equal(of_one.transform(NUMBERS), of_many.transform(NUMBERS))


def test_a_fitted_scorer_can_be_kept():
    scorer = InstrumentScorer(sex="kon").fit(FRAME)
    again = pickle.loads(pickle.dumps(scorer))  # noqa: S301 - our own
    np.testing.assert_array_equal(again.transform(FRAME), scorer.transform(FRAME))


def test_columns_that_are_not_those_of_the_fit_are_refused():
    scorer = InstrumentScorer().fit(FRAME)
    with pytest.raises(ValueError, match="feature names"):
        scorer.transform(FRAME[[*reversed(FRAME.columns)]])
    scorer = InstrumentScorer().fit(NUMBERS)
    with pytest.raises(ValueError, match="expecting 10 features"):
        scorer.transform(NUMBERS[:, :9])


@pytest.mark.parametrize(
    ("arguments", "rows", "match"),
    [
        ({}, NUMBERS[:, :9], "found 9 columns without names, expected 10"),
        ({}, FRAME.drop(columns="audit_3"), "no column 'audit_3'"),
        ({"sex": "sex"}, FRAME, "no column 'sex'"),
        ({"items": range(1, 11)}, NUMBERS, "found place 10"),
        ({"output": "score"}, NUMBERS, "'score'.*low, high"),
        ({"output": "prorated"}, NUMBERS, "prorated.*all gives every column"),
        (
            {"instrument": "rbm8", "output": "bands"},
            NUMBERS[:, :8],
            "bands.*all gives every",
        ),
        ({"form": "papper"}, NUMBERS, "papper"),
        ({"on_illegal": "drop"}, NUMBERS, "on_illegal: found 'drop', expected.*flag, refuse"),
        ({"instrument": "aduit"}, NUMBERS, "no instrument has the id 'aduit'"),
        ({}, pl.LazyFrame({"audit_1": [1]}), "expected a data frame of pandas, Polars or pyarrow"),
    ],
)
def test_what_does_not_fit_is_told_when_the_scorer_is_fitted(arguments, rows, match):
    with pytest.raises(InputError, match=match):
        InstrumentScorer(**arguments).fit(rows)


def test_illegal_answers_can_be_refused():
    scorer = InstrumentScorer(on_illegal="refuse").fit(NUMBERS)
    with pytest.raises(InputError, match=r"item 1.*found 7 \(1\)"):
        scorer.transform(NUMBERS)


def test_scikit_learn_is_imported_only_where_it_is_asked_for():
    program = (
        "import sys\n"
        "from riskbehov import tables\n"
        "assert 'sklearn' not in sys.modules\n"
        "tables.InstrumentScorer()\n"
        "print('sklearn' in sys.modules)\n"
    )
    run = ran(program)
    assert run.stdout == "True\n"
