"""One description of every column that goes in and comes out."""

import pandas as pd
import pytest

from riskbehov import tables
from riskbehov.errors import AnswerError, InputError
from riskbehov.exchange.codebook import codebook
from riskbehov.i18n import use_language
from riskbehov.library import Library
from riskbehov.tables.scores.arguments import score_step

LIBRARY = Library.open()
SCORED = [*map(LIBRARY.scored, LIBRARY.scored_ids)]
AUDIT = LIBRARY.scored("audit")


def named(book):
    return {variable.name: variable for variable in book.variables}


@pytest.mark.parametrize("instrument", SCORED, ids=lambda i: i.id)
@pytest.mark.parametrize("missing", ["interval", "strict", "prorate"])
@pytest.mark.parametrize("bands", ["default", "all"])
def test_every_column_that_scoring_adds_is_told_of_in_its_order(instrument, missing, bands):
    step = score_step(
        instrument, bands=bands, missing=missing, max_missing=1 if missing == "prorate" else None
    )
    scores = codebook(instrument, bands=bands, missing=missing).scores
    assert [v.name for v in scores] == [spec.name for spec in step.adds]
    for variable, spec in zip(scores, step.adds, strict=True):
        assert variable.empty, "no column is left to its bare label"
        assert variable.is_text == (spec.words is not None)
        if spec.words is not None:
            assert tuple(code.value for code in variable.codes) == spec.words


@pytest.mark.parametrize("instrument", SCORED, ids=lambda i: i.id)
def test_every_item_has_its_legal_codes_and_labels(instrument):
    answers = codebook(instrument).answers
    for item, variable in zip(instrument.items, answers, strict=True):
        assert variable.item == item.id
        assert str(item.label) in variable.label
        assert [int(code.value) for code in variable.codes] == [*instrument.legal(item)]
        labels = {str(anchor.code): str(anchor) for anchor in instrument.codes[item.codes]}
        assert dict(variable.codes) == labels


def test_no_two_columns_have_the_same_name():
    for instrument in SCORED:
        names = [v.name for v in codebook(instrument, bands="all").variables]
        assert len(set(names)) == len(names)


def test_the_names_are_those_of_a_table_that_is_scored():
    book = codebook(AUDIT)
    form = {v.name: [0] for v in book.answers} | {"sex": ["male"], "age": [40]}
    found = tables.score(pd.DataFrame(form), "audit", sex="sex", age="age")
    assert {*found.columns} == {*named(book)}


def test_numbers_lie_within_the_range_that_is_told():
    told = named(codebook(AUDIT))
    answers = {v.name: v.codes for v in codebook(AUDIT).answers}
    lowest = {name: int(codes[0].value) for name, codes in answers.items()}
    highest = {name: int(codes[-1].value) for name, codes in answers.items()}
    found = tables.score(pd.DataFrame([lowest, highest]), "audit")
    for name in ("audit_total_low", "audit_audit_c_high", "audit_harm_low"):
        assert found[name].tolist() == [told[name].low, told[name].high]


def test_labels_are_in_the_language_of_the_moment():
    with use_language("sv"):
        swedish = named(codebook(AUDIT))["audit_1"]
    assert swedish.label == "1. Hur ofta personen dricker"
    assert dict(swedish.codes)["0"] == "aldrig"
    assert named(codebook(AUDIT))["audit_1"].label == "1. How often the person drinks"


def test_what_may_be_skipped_is_told_apart_from_what_has_no_answer():
    told = named(codebook(AUDIT))
    assert told["audit_1"].empty == "no answer"
    assert told["audit_2"].empty == "no answer, or skipped"
    assert told["audit_9"].empty == "no answer"


def test_a_part_holds_the_columns_of_that_part_alone():
    book = codebook(AUDIT)
    assert codebook(AUDIT, part="answers").variables == (*book.person, *book.answers)
    assert codebook(AUDIT, part="scores").variables == book.scores


def test_a_named_set_of_limits_has_its_bands_told():
    assert "audit_who_2001_low" not in named(codebook(AUDIT))
    assert "audit_who_2001_low" in named(codebook(AUDIT, cutoffs=["who-2001"]))


def test_an_unknown_set_of_limits_is_refused():
    with pytest.raises(AnswerError, match=r"'who-2002'.*who-2001"):
        codebook(AUDIT, cutoffs=["who-2002"])


@pytest.mark.parametrize("id_", LIBRARY.method_ids)
def test_a_method_that_is_only_recorded_has_no_codebook(id_):
    with pytest.raises(InputError, match=f"{id_}: found a method of which only the result"):
        codebook(LIBRARY.instrument(id_))
