"""Skips as REDCap's branching logic: what is hidden is what scoring would infer."""

import re
from itertools import product
from operator import eq, ge, le

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.made import with_skip

from riskbehov import score
from riskbehov.errors import InputError
from riskbehov.exchange.redcap.branching import branching
from riskbehov.exchange.redcap.naming import field_names
from riskbehov.library import Library

AUDIT = Library.open().scored("audit")
BLANK = (None, 0, 1, 2)


def shows(logic, answers):
    """Evaluate branching logic as REDCap does: values are texts, and a blank one is empty."""
    for token in re.sub(r"\[\w+\]|'-?\w*'|<>|\band\b|\bor\b|[()\s]", "", logic):
        raise AssertionError(f"{token!r} in {logic}")
    python = re.sub(r"\[(\w+)\]", r"answers['\1']", logic).replace("<>", "!=")
    return bool(eval(python, {"answers": answers}))  # noqa: S307 - of nothing but the tokens above


def hidden(instrument, given):
    """Return the items that are hidden, where what is hidden is blank."""
    fields = field_names(instrument)
    logic = branching(instrument, fields)
    cells = {fields[i]: "" if code is None else str(code) for i, code in given.items()}
    return {item for item, said in logic.items() if not shows(said, cells)}


@pytest.mark.parametrize("first", [None, 0, 1, 4])
@pytest.mark.parametrize("second", [None, 0, 3])
@pytest.mark.parametrize("third", [None, 0, 1])
def test_of_audit_just_what_is_inferred_is_hidden(first, second, third):
    given = {str(n): None for n in range(1, 11)} | {"1": first, "2": second, "3": third, "9": 2}
    found = hidden(AUDIT, given)
    if first == 0 and (second or third):  # an answer that the form would not have asked for
        assert found >= {"2", "3", "4"}
        return
    inferred = set(score(AUDIT, given, form="screen").inferred)
    assert inferred == {item for item in found if given[item] is None}


def test_a_missing_data_code_hides_nothing():
    fields = field_names(AUDIT)
    logic = branching(AUDIT, fields)
    cells = dict.fromkeys(fields.values(), "UNK")
    assert all(shows(said, cells) for said in logic.values())


def test_the_logic_of_audit_reads_as_a_person_would_write_it():
    logic = branching(AUDIT, field_names(AUDIT))
    assert logic["2"] == "[audit_1] <> '0'"
    assert logic["4"] == "[audit_1] <> '0' and ([audit_2] <> '0' or [audit_3] <> '0')"
    assert "9" not in logic


leaves = st.builds(
    lambda item, operator, code: {"item": item, operator: [code] if operator == "in" else code},
    st.sampled_from("123"),
    st.sampled_from(["equals", "at_least", "at_most", "in"]),
    st.sampled_from([0, 1, 2]),
)
conditions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
        st.builds(
            lambda parts: {"count": parts, "at_least": (len(parts) + 1) // 2},
            st.lists(inner, min_size=1, max_size=3),
        ),
    ),
    max_leaves=5,
)


OPERATORS = {"equals": eq, "at_least": ge, "at_most": le, "in": lambda code, codes: code in codes}


def holds(condition, answers):
    """Return whether a condition holds for certain, and whether it may; a blank leaves it open."""
    [(join, value)] = [
        pair for pair in condition.items() if pair[0] not in ("item", "at_least")
    ] or [("at_least", condition["at_least"])]
    if "item" in condition:
        code = answers[condition["item"]]
        found = None if code is None else OPERATORS[join](code, value)
        return (False, True) if found is None else (found, found)
    parts = [holds(part, answers) for part in (value if isinstance(value, list) else [value])]
    certain, possible = zip(*parts, strict=True)
    if join == "not":
        return not possible[0], not certain[0]
    least = {"all": len(parts), "any": 1}.get(join, condition.get("at_least"))
    return sum(certain) >= least, sum(possible) >= least


@given(conditions)
def test_an_item_is_hidden_where_the_condition_holds_for_certain(when):
    instrument = with_skip(when, ["4", "5"])
    for codes in product(BLANK, repeat=3):
        given = dict(zip("12345", (*codes, None, None), strict=True))
        certain, _ = holds(when, given)
        assert hidden(instrument, given) == ({"4", "5"} if certain else set())


def test_an_instrument_without_skips_has_nothing_to_hide():
    dudit = Library.open().scored("dudit")
    with pytest.raises(InputError, match=r"--skips: found no skips in dudit.*leave --skips out"):
        branching(dudit, field_names(dudit))


def test_items_that_would_hide_themselves_are_refused():
    instrument = with_skip({"item": "4", "equals": 0}, ["4", "5"])
    with pytest.raises(InputError, match="the items 4 would hide each other"):
        branching(instrument, field_names(instrument))
