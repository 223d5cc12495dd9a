"""A table is assessed row by row as so many cases would be."""

import datetime as dt
import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables.persons import (
    LIBRARY,
    PURPOSE,
    READY,
    adult,
    made_of_row,
    members,
    recommended,
    row_of,
    rows_made,
    said_of_result,
    said_of_row,
    step_for,
    table_of,
)

from riskbehov import tables
from riskbehov.assessing import assess
from riskbehov.assessing.arrays import Ready
from riskbehov.errors import InputError
from riskbehov.library import Library
from riskbehov.tables.engines import run_step
from riskbehov.tables.recommendations.made import rule_column

every_assessment = pytest.mark.parametrize("id_", LIBRARY.assessment_ids)


# As one case


@every_assessment
@settings(max_examples=15)
@given(
    seed=st.integers(0, 2**32),
    gaps=st.sampled_from([0.0, 0.2, 0.6]),
    odd=st.sampled_from([0.0, 0.0, 0.005]),
    absent=st.sampled_from([0.0, 0.1, 0.7]),
)
def test_a_row_comes_to_what_a_case_of_it_comes_to(id_, seed, gaps, odd, absent):
    rows = rows_made(READY[id_], 5, seed=seed, gaps=gaps, odd=odd, absent=absent)
    frame = table_of(rows)
    step = step_for(frame, id_)
    found, _ = run_step(frame, step)
    for place, row in enumerate(rows):
        cells = {name: row.get(name) for name in step.layout.columns}
        expected = said_of_row(cells, step.layout, step.ready)
        assert made_of_row(found, place, expected) == expected


@every_assessment
def test_every_rule_has_in_every_verdict_what_a_case_has(id_):
    ready = READY[id_]
    rows = rows_made(ready, 3000, seed=7, gaps=0.25, absent=0.0)
    frame = table_of(rows)
    step = step_for(frame, id_)
    found, _ = run_step(frame, step)
    seen: dict[tuple[str, str], int] = {}
    for rule in step.rules:
        column = found[rule_column(rule)].astype(object)
        for place, verdict in column.drop_duplicates().dropna().items():
            seen[rule, str(verdict)] = int(str(place))
    can = {rule for rule in step.rules if is_for_some(ready, rule)}
    assert {rule for rule in can if (rule, "applies") not in seen} == set()
    for place in sorted(set(seen.values())):
        cells = {name: rows[place].get(name) for name in step.layout.columns}
        expected = said_of_row(cells, step.layout, ready)
        assert made_of_row(found, place, expected) == expected


def is_for_some(ready: Ready, rule: str) -> bool:
    """Tell whether a rule is for any age that the assessment is for."""
    ages = ready.book.versions[rule][-1].rule.ages
    return any(age in ages and age in ready.assessment.ages for age in range(121))


def clients() -> Iterator[Any]:
    for id_ in LIBRARY.assessment_ids:
        examples = LIBRARY.assessment_examples(id_)
        for example in examples.cases if examples else ():
            yield pytest.param(id_, example.case, id=example.case.case)


def test_there_are_as_many_fictional_clients_as_ever():
    assert len(list(clients())) >= 68


@pytest.mark.parametrize(("id_", "case"), [*clients()])
def test_a_fictional_client_as_a_row_is_recommended_the_same(id_, case):
    forms = {i: given.form for i, given in case.instruments.items() if given.form}
    frame = table_of([row_of(case)])
    found, _ = run_step(frame, step_for(frame, id_, forms=forms))
    expected = said_of_result(assess(case, LIBRARY), READY[id_])
    assert made_of_row(found, 0, expected) == expected


@pytest.mark.parametrize("named", [{}, {"audit": ["who-2001"]}, {"audit": ["se-unisex-3"]}])
def test_limits_that_are_named_are_gone_by(named):
    rows = [
        adult(sex=sex, **{f"audit_{n}": code for n in range(1, 5)})
        for sex in ("male", "female", "unknown")
        for code in range(5)
    ]
    frame = table_of(rows)
    step = step_for(frame, "adult", cutoffs=named)
    found, _ = run_step(frame, step)
    for place, row in enumerate(rows):
        expected = said_of_row(row, step.layout, step.ready)
        assert made_of_row(found, place, expected) == expected
    assert set(found["rule_fordjupad_audit"]) >= {"applies", "cannot-tell"}


def test_a_screening_is_judged_by_the_limits_in_force_on_the_day_of_the_row():
    definitions = {path: deepcopy(LIBRARY.definition(path)) for path in LIBRARY.logical_paths}
    for cutoffs in definitions["instruments/audit/instrument.yaml"]["cutoff_sets"]:
        cutoffs["valid"] = {"from": "2026-02-01"}
    library = Library.from_definitions(definitions)
    answers = {f"audit_{n}": 4 for n in range(1, 11)}
    days = (dt.date(2026, 1, 31), dt.date(2026, 2, 1))
    frame = table_of([adult(**answers) | {"date": day} for day in days])
    found, _ = run_step(frame, step_for(frame, "adult", library=library))
    assert found["rule_fordjupad_audit"].tolist() == ["cannot-tell", "applies"]


@pytest.mark.parametrize("ending", ["driver", "strength"])
@pytest.mark.parametrize("rated", [{}, {"rbm8_history": None, "rbm8_attitudes": ""}])
def test_what_is_said_of_areas_of_which_none_is_rated_can_be_no_case(ending, rated):
    column = f"rbm8_attitudes_{ending}"
    rows = [adult(**{column: said}, **rated) for said in (True, "true", 1, False, "unknown", None)]
    rows.append(adult(rbm8_history=1, **{column: True}))
    frame = table_of(rows)
    step = step_for(frame, "adult")
    found, tally = run_step(frame, step)
    assert found["state"].tolist() == ["invalid"] * 3 + ["assessed"] * 4
    assert tally.illegal == {column: {"…": 3}}
    for place, row in enumerate(rows):
        cells = {name: row.get(name) for name in step.layout.columns}
        expected = said_of_row(cells, step.layout, step.ready)
        assert made_of_row(found, place, expected) == expected
    with pytest.raises(InputError, match=f"{column}: .*true only if any area of rbm8 is rated"):
        recommended(rows, on_illegal="refuse")


# Lists of which not every member is known


MEMBERS = members(LIBRARY.facts["substances"])


@given(
    said=st.lists(st.sampled_from([True, False, None]), min_size=6, max_size=6),
    rating=st.sampled_from([None, 1, 2, 3]),
)
@settings(max_examples=25)
def test_a_list_that_is_known_in_part_settles_only_what_every_way_to_fill_it_settles(said, rating):
    def row(each):
        named = zip(MEMBERS, each, strict=True)
        held = {f"substances_{m}".replace("-", "_"): value for m, value in named}
        return adult(rbm8_substance_use=rating, **held)

    fills = [said]
    for place, value in enumerate(said):
        if value is None:
            fills = [[*f[:place], v, *f[place + 1 :]] for f in fills for v in (True, False)]
    found = recommended([row(said), *(row(fill) for fill in fills)])
    for name in (rule_column(rule) for rule in READY["adult"].book.versions):
        verdict, *others = found[name].tolist()
        if verdict in ("applies", "does-not-apply"):
            assert set(others) == {verdict}, name


def test_of_a_list_the_members_that_are_known_count():
    cannabis = "rule_narkotika_cannabis_cra"
    found = recommended(
        [
            adult(rbm8_substance_use=2, substances_cannabis=True),  # the others have no column
            adult(rbm8_substance_use=2, substances_cannabis=False),
            adult(rbm8_substance_use=2, substances_cannabis=None),
        ]
    )
    assert found[cannabis].tolist() == ["applies", "does-not-apply", "cannot-tell"]
    assert found["rule_alkohol_met"].tolist() == ["cannot-tell"] * 3


# Data of one's own: what no rule of ours asks for


OWN_FACTS = """
facts:
  - id: dagar
    type: integer
    topic: process
    low: 0
    high: 1000
    label: {sv: Dagar, en: Days}
    question: {sv: Hur många dagar?, en: How many days?}
    stated_by: utredare
"""
OWN_RULE = """
  - id: {id}
    block: information
    title: {{sv: Påhittad, en: Made up}}
    strength: information
    ages: {{from: 0}}
    when: {when}
    reason: {{sv: Ingen, en: None}}
    sources: [{{source: riskbehov, locator: Påhittad, basis: toolkit}}]
    valid: {valid}
    checked: 2026-01-01
"""
OWN_RULES = {
    "egen-dagar": ("{fact: dagar, at_least: 300}", "{from: 2019-01-01}"),
    "egen-polis": ("{fact: consent_police, equals: true}", "{from: 2019-01-01}"),
    "egen-utbyte": ("{fact: consent_exchange, equals: true}", "{from: 2019-01-01}"),
    "egen-tyngd": ("{fact: crime_weighed, includes_any: [type, debut]}", "{from: 2019-01-01}"),
    "egen-slut": ("{fact: wants_to_leave, equals: true}", "{from: 2019-01-01, to: 2026-01-31}"),
}


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Library:
    folder = tmp_path_factory.mktemp("own") / "assessments"
    (folder / "rules").mkdir(parents=True)
    (folder / "facts.yaml").write_text(OWN_FACTS, encoding="utf-8")
    head = "theme: stod\nlabel: {sv: Stödbehov, en: Support needs}\nrules:\n"
    rules = (OWN_RULE.format(id=i, when=w, valid=v) for i, (w, v) in OWN_RULES.items())
    (folder / "rules" / "stod.yaml").write_text(head + "".join(rules), encoding="utf-8")
    return Library.open(folder.parent)


def test_consents_lists_and_whole_numbers_are_read_as_of_a_case(own):
    draw = random.Random(5)
    said = [True, False, None, "unknown", 1]
    weighed = members(own.facts["crime_weighed"])
    rows = [
        adult(
            date=draw.choice([dt.date(2026, 1, 31), dt.date(2026, 2, 1)]),
            dagar=draw.choice([0, 299, "300", 1000.0, None, "", 1001, "många"]),
            consent_exchange=draw.choice(said),
            consent_police=draw.choice(said),
            wants_to_leave=draw.choice(said),
            **{f"crime_weighed_{m}".replace("-", "_"): draw.choice(said[:3]) for m in weighed},
        )
        for _ in range(120)
    ]
    frame = table_of(rows)
    step = step_for(frame, "adult", library=own)
    found, tally = run_step(frame, step)
    states = set()
    for place, row in enumerate(rows):
        expected = said_of_row(row, step.layout, step.ready)
        assert made_of_row(found, place, expected) == expected
        states.add(expected["state"])
    assert states == {"assessed", "invalid"}
    assert tally.illegal["dagar"].keys() == {"…"}
    for rule in OWN_RULES:
        verdicts = set(found[rule_column(rule)].dropna())
        assert {"applies", "does-not-apply", "cannot-tell"} <= verdicts
    assert "not-in-force" in set(found["rule_egen_slut"].dropna())


def test_a_consent_with_the_police_is_one_and_none_is_none_with_them(own):
    rows = [adult(consent_police=True), adult(consent_exchange=False), adult()]
    found = tables.recommend(table_of(rows), "adult", purpose=PURPOSE, library=own)
    assert found["rule_egen_utbyte"].tolist() == ["applies", "does-not-apply", "cannot-tell"]
    assert found["rule_egen_polis"].tolist() == ["applies", "does-not-apply", "cannot-tell"]
