"""The rows of a cohort hang on the seed and their number, and on nothing else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbehov.errors import InputError
from riskbehov.library import Library
from riskbehov.scoring.arrays import MISSING as NO_ANSWER
from riskbehov.scoring.arrays import score_many
from riskbehov.simulation import prepare, simulate
from riskbehov.simulation.draws import BLOCK, stream
from riskbehov.simulation.missingness import MISSING, Asked

LIBRARY = Library.open()
DIRTY = prepare(
    "audit",
    LIBRARY,
    missing=Asked("mnar", 0.1, "answer"),
    faults={"text": 0.05, "sex-spelling": 0.1, "contradiction": 0.1},
    skips=True,
)


def whole(made, n, seed, **size):
    pieces = list(made.blocks(n, random_state=seed, **size))
    return {name: np.concatenate([p[name] for p in pieces]) for name in pieces[0]}


def assert_same(one, other):
    assert one.keys() == other.keys()
    for name, values in one.items():
        assert values.dtype == other[name].dtype
        np.testing.assert_array_equal(values, other[name], err_msg=name)


@settings(max_examples=12)
@given(size=st.integers(1000, 3 * BLOCK), n=st.integers(1, 2 * BLOCK + 7))
def test_rows_are_the_same_in_chunks_of_every_size(size, n):
    assert_same(whole(DIRTY, n, 5, size=size), whole(DIRTY, n, 5))


def test_a_larger_cohort_begins_with_the_smaller_one():
    large = whole(DIRTY, BLOCK + 100, 3)
    for n in (1, 99, BLOCK, BLOCK + 1):
        assert_same(whole(DIRTY, n, 3), {name: v[:n] for name, v in large.items()})


def test_every_chunk_has_as_many_rows_as_asked_for():
    sizes = [len(block["person"]) for block in DIRTY.blocks(2500, random_state=1, size=1000)]
    assert sizes == [1000, 1000, 500]
    assert not list(DIRTY.blocks(0, random_state=1))


def test_blocks_differ_and_seeds_differ():
    one, same, other = whole(DIRTY, 2 * BLOCK, 1), whole(DIRTY, 2 * BLOCK, 1), whole(DIRTY, 10, 2)
    assert_same(one, same)
    severity = one["true_severity_audit"]
    assert (severity[:BLOCK] != severity[BLOCK:]).mean() > 0.9
    assert (severity[:10] != other["true_severity_audit"]).all()
    assert abs(np.corrcoef(severity[:BLOCK], severity[BLOCK:])[0, 1]) < 5 / np.sqrt(BLOCK)


def test_the_stream_is_that_of_numpy_for_seed_purpose_and_block():
    # zlib.crc32(b"people") is 672557606: the key must not change, or all rows do.
    sequence = np.random.SeedSequence(7, spawn_key=(672557606, 3))
    expected = np.random.Generator(np.random.PCG64(sequence)).random(5)
    np.testing.assert_array_equal(stream(7, "people", 3).random(5), expected)


def test_the_first_rows_of_a_seed_stay_what_they_are():
    """A change here is a change of every cohort ever made: it belongs in the changelog."""
    found = simulate("audit", 4, random_state=1, library=LIBRARY)
    assert found.columns["age"].tolist() == [37, 24, 43, 43]
    assert found.truth["true_severity_audit"].tolist() == [-1.668, -1.361, 0.745, 0.707]
    assert found.codes("audit").T.tolist() == [
        [1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [2, 2, 2, 0, 0, 0, 1, 1, 0, 0],
        [2, 1, 1, 0, 0, 0, 0, 1, 0, 0],
    ]


def test_the_truth_is_the_same_whatever_is_missing_or_wrong():
    plain = whole(prepare("audit", LIBRARY), 1000, 4)
    dirty = whole(DIRTY, 1000, 4)
    for spec in DIRTY.whole_truth:
        np.testing.assert_array_equal(plain[spec.name], dirty[spec.name])


def test_the_first_column_says_that_it_is_simulated():
    for specs in (DIRTY.data, DIRTY.whole_truth):
        assert specs[0].name == "simulated"
    assert whole(DIRTY, 100, 1)["simulated"].all()


def test_columns_are_named_as_those_of_tables():
    names = [spec.name for spec in prepare("adult", LIBRARY).data]
    assert names[:6] == ["simulated", "person", "sex", "age", "audit_1", "audit_2"]
    assert {"rbm8_history", "responsivity_motivation", "outcome"} <= set(names)
    young = [spec.name for spec in prepare("youth-12-17", LIBRARY).whole_truth]
    assert "true_responsivity_parents_ability" in young
    assert "true_severity_responsivity_parents" in young


def test_nothing_of_the_truth_stands_among_the_data():
    for id_ in ("audit", "adult"):
        assert not [s.name for s in prepare(id_, LIBRARY).data if s.name.startswith("true_")]


def test_a_form_with_skips_leaves_blank_what_may_be_skipped_and_nothing_else():
    cohort = simulate("audit", 20_000, random_state=6, skips=True, library=LIBRARY)
    true = np.array([cohort.truth[f"true_audit_{n}"] for n in range(1, 11)])
    is_blank = cohort.codes("audit") == MISSING
    never, no_much = true[0] == 0, (true[1] == 0) & (true[2] == 0)
    expected = np.zeros_like(is_blank)
    expected[1:8] = never
    expected[3:8] |= no_much
    np.testing.assert_array_equal(is_blank, expected)
    assert (true[3:8][:, no_much & ~never] > 0).any()  # what the form never asks


def test_what_is_skipped_is_inferred_by_the_form_with_skips():
    cohort = simulate("audit", 5000, random_state=6, skips=True, library=LIBRARY)
    found = score_many(LIBRARY.scored("audit"), cohort.codes("audit"), form="interview")
    assert found.missing.max() == 0
    blank = (cohort.codes("audit") == NO_ANSWER).sum(axis=0)
    np.testing.assert_array_equal(found.inferred, blank)


def test_skips_of_a_form_without_any_are_refused():
    with pytest.raises(InputError, match=r"^skips: no form of 'dudit' has skips; leave it out"):
        prepare("dudit", LIBRARY, skips=True)


def test_a_design_tells_the_definitions_that_it_rests_on():
    hashes = prepare("adult", LIBRARY).hashes
    assert hashes["instruments/audit/simulation.yaml"] == LIBRARY.digest(
        "instruments/audit/simulation.yaml"
    )
    assert "assessments/adult/simulation.yaml" in hashes


@pytest.mark.parametrize(
    ("n", "seed", "words"),
    [
        (-1, 1, "^n: found -1, expected a whole number from 0 to 4294967295"),
        (2**32, 1, "^n: found 4294967296, expected a whole number from 0"),
        (1.5, 1, "^n: found 1.5, expected a whole number"),
        (True, 1, "^n: found True, expected a whole number"),
        (1, -1, "^random_state: found -1, expected a whole number that is not negative; note it"),
        (1, None, "^random_state: found None, expected a whole number"),
        (1, "1", "^random_state: found '1', expected a whole number"),
    ],
)
def test_a_size_or_a_seed_that_cannot_be_is_refused(n, seed, words):
    with pytest.raises(InputError, match=words):
        DIRTY.blocks(n, random_state=seed)


def test_a_seed_may_be_a_number_of_numpy_and_very_large():
    same = [whole(DIRTY, 5, seed) for seed in (2**70, 2**70)]
    assert_same(*same)
    assert_same(whole(DIRTY, 5, np.int64(3)), whole(DIRTY, 5, 3))
