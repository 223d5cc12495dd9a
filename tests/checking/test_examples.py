import datetime as dt

import pytest

from riskbehov.checking import run_examples
from riskbehov.checking.examples import score_values
from riskbehov.errors import DataError, UnknownIdError
from riskbehov.report.plain.assessment import score_dict
from riskbehov.scoring import score

SCREEN = "instruments/screen/cases.yaml"
GROWN = "assessments/grown/cases.yaml"


def faults(small, id_):
    return [str(fault) for outcome in run_examples(small.open(), [id_]) for fault in outcome.faults]


def test_every_example_of_the_sound_library_is_met(small):
    outcomes = run_examples(small.open())
    assert all(outcome.is_met for outcome in outcomes)
    assert [(outcome.id, outcome.name) for outcome in outcomes] == [
        ("areas", "one area of two"),
        ("ready", "answered in full"),
        ("screen", "a man at the limit"),
        ("screen", "a skip makes the second answer zero"),
        ("grown", "Work first"),
        ("leaver", "wants out of a milieu"),
        ("leaver", "does not want to"),
        ("leaver", "of an unknown milieu"),
        ("milieu", "many who commit crime"),
        ("milieu", "few"),
        ("milieu", "nothing is known"),
        ("unit", "a forum but no plan"),
        ("unit", "nothing is known of the plan"),
    ]


def test_every_example_of_the_toolkit_is_met(library):
    outcomes = run_examples(library)
    assert [(o.id, o.name, [*map(str, o.faults)]) for o in outcomes if not o.is_met] == []
    assert len(outcomes) > 100


def test_only_the_examples_asked_for_are_run(small):
    assert {outcome.id for outcome in run_examples(small.open(), ["screen"])} == {"screen"}
    assert {outcome.id for outcome in run_examples(small.open(), ["grown"])} == {"grown"}
    assert run_examples(small.open(), ["scale"]) == []


def test_an_unknown_id_is_refused(small):
    with pytest.raises(
        UnknownIdError, match="no instrument, assessment or list of criteria has the id 'scren'"
    ):
        run_examples(small.open(), ["scren"])


def test_a_faulty_file_is_a_fault_of_the_data(small):
    small.put(SCREEN, "cases.0.expect", ...)
    with pytest.raises(DataError, match="expect"):
        run_examples(small.open())


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (
            "cases.0.expect.state",
            "provisional",
            "how certain it is: expected provisional, found cer",
        ),
        (
            "cases.0.expect.scales.total.low",
            3,
            "scale total, lowest possible: expected 3, found 4",
        ),
        (
            "cases.0.expect.bands.adult.low",
            "low",
            "band by adult, lowest possible: expected low, found high",
        ),
        (
            "cases.0.expect.bands.young",
            {"low": "low"},
            "band by young: expected low low, found nothing",
        ),
        ("cases.0.expect.flags", ["contradiction"], "flags: expected contradiction, found none"),
        ("cases.0.expect.missing", ["a"], "items without an answer: expected a, found none"),
        ("cases.1.expect.inferred", [], "items that a skip makes zero: expected none, found b"),
        ("cases.1.expect.scales.total.cutoffs", "young", "expected young, found adult"),
        ("cases.0.expect.age", 31, "age: expected 31, found 30"),
        ("cases.0.expect.scale", 4, "'scale' is nothing that a result has"),
        ("cases.0.expect", {}, "nothing is expected, expected at least one key under expect"),
        ("cases.0.answers", {"a": 0}, "found answers and all_answers both or neither"),
        ("cases.0.all_answers", ..., "found answers and all_answers both or neither"),
        (
            "cases.0.all_answers",
            [9, 0, 0],
            "it could not be run: screen: item a: found 9, expected",
        ),
        (
            "cases.0.form",
            "fax",
            "it could not be run: form: found 'fax', expected one of interview",
        ),
    ],
)
def test_an_instrument_example_that_is_not_met_is_told(small, place, value, words):
    small.put(SCREEN, place, value)
    assert [words in each for each in faults(small, "screen")] == [True]


def test_a_flag_may_be_expected_as_raised_or_as_unsettled(small):
    small.put(SCREEN, "cases.0.all_answers", [0, None, 0])
    small.put(SCREEN, "cases.0.form", "paper")
    small.put(SCREEN, "cases.0.expect", {"flags": {"contradiction": "cannot-tell"}})
    assert faults(small, "screen") == []
    small.put(SCREEN, "cases.0.expect", {"flags": []})
    assert faults(small, "screen") == []
    small.put(SCREEN, "cases.0.expect", {"flags": {"contradiction": "raised"}})
    assert "expected raised, found cannot-tell" in faults(small, "screen")[0]
    small.put(SCREEN, "cases.0.expect", {"flags": ["contradiction"]})
    assert "flags: expected contradiction, found none" in faults(small, "screen")[0]


def test_examples_beside_a_recorded_method_cannot_be_run(small):
    text = (small.root / "instruments/ready/cases.yaml").read_text(encoding="utf-8")
    (small.root / "instruments/scale/cases.yaml").write_text(text, encoding="utf-8")
    assert "it could not be run: 'scale' is a method" in faults(small, "scale")[0]


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("case.fictional", False, "found a case without 'fictional: true'"),
        ("expect.assessment", "other", "assessment: expected other, found grown"),
        ("expect.risk.low", "low", "risk level, lowest possible: expected low, found high"),
        (
            "expect.risk.basis",
            "recorded",
            "risk level, what the level rests on: expected recorded, found professional",
        ),
        (
            "expect.intensity.high",
            "basic",
            "intensity, highest possible: expected basic, found very-intensive",
        ),
        ("expect.acute", ["threat"], "acute rules that apply: expected threat, found none"),
        (
            "expect.identified",
            ["work"],
            "identified need areas: expected work, found history, work",
        ),
        ("expect.targets", ["friends", "work"], "targets, in this order: expected friends, work,"),
        ("expect.plan", ["course"], "insatser of the plan: expected course, found coaching"),
        ("expect.plan", [], "insatser of the plan: expected none, found coaching"),
        ("expect.gaps", [], "targets without an insats: expected none, found friends"),
        ("expect.talk_about", ["home"], "domains to talk about: expected home, found none"),
        (
            "expect.flags",
            ["rating-above-screening"],
            "expected the flag rating-above-screening, fou",
        ),
        (
            "expect.scores.screen.scales.total.low",
            5,
            "instrument screen, scale total, lowest possible: expected 5, found 4",
        ),
        (
            "expect.scores.screen",
            4,
            "instrument screen: expected 4, but this takes keys: instrument, version",
        ),
        (
            "expect.scores.ready",
            {"state": "certain"},
            "instrument ready: expected a score, found non",
        ),
        ("case.facts.drugs", ["beer"], "it could not be run: facts.drugs: found 'beer', expected"),
    ],
)
def test_a_client_that_comes_out_otherwise_is_told(small, place, value, words):
    small.put(GROWN, f"cases.0.{place}", value)
    found = faults(small, "grown")
    assert any(words in each for each in found)


def test_an_empty_list_of_flags_expects_none(small):
    small.put(GROWN, "cases.0.case.professional_risk", ...)
    for key in ("risk", "intensity"):
        small.put(GROWN, f"cases.0.expect.{key}", ...)
    small.put(GROWN, "cases.0.case.instruments.areas.answers", {"work": 2})
    small.put(GROWN, "cases.0.expect.identified", ["work"])
    small.put(GROWN, "cases.0.expect.targets", ["work"])
    small.put(GROWN, "cases.0.expect.gaps", [])
    small.put(GROWN, "cases.0.expect.cannot_tell", {})
    small.put(GROWN, "cases.0.case.recorded_results", [EXPIRED])
    assert any("flags: expected none, found" in each for each in faults(small, "grown"))
    small.put(GROWN, "cases.0.expect.flags", ...)
    assert faults(small, "grown") == []


EXPIRED = {"method": "scale", "level": "low", "date": dt.date(2020, 1, 1)}


def test_the_flags_compared_are_the_states_of_the_json(library):
    audit = library.scored("audit")
    found = score(audit, {"1": 0, "2": 1, "9": 4}, sex="female", age=40, form="paper")
    assert score_values(found)["flags"] == {f["id"]: f["state"] for f in score_dict(found)["flags"]}


LEAVER = "assessments/criteria/leaver/cases.yaml"


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("cases.0.expect.verdict", "not-met", "verdict on the whole: expected not-met, found met"),
        ("cases.0.expect.verdict", None, "verdict on the whole: expected nothing, found met"),
        (
            "cases.0.expect.next",
            "wants",
            "the first gate that is not passed: expected wants, found",
        ),
        ("cases.1.expect.next", None, "not passed: expected nothing, found wants"),
        (
            "cases.2.expect.criteria.wants",
            "cannot-tell",
            "criterion wants: expected cannot-tell, found met",
        ),
        (
            "cases.2.expect.criteria.want",
            "met",
            "'want' is nothing that a result has, expected one",
        ),
        (
            "cases.2.expect.settles",
            ["net_crime", "net_many"],
            "what would decide: expected net_crime, net_many, found net_crime",
        ),
        ("cases.2.expect.settles", [], "what would decide: expected none, found net_crime"),
        ("cases.0.facts.want_out", True, "it could not be run: facts.want_out: found 'want_out'"),
        ("cases.0.facts.wants_out", "yes", "facts.wants_out: found 'yes', expected true, false"),
        ("cases.0.inventory", ["work"], "it could not be run: inventory[0]: found 'work'"),
    ],
)
def test_an_example_of_criteria_that_is_not_met_is_told(small, place, value, words):
    small.put(LEAVER, place, value)
    found = faults(small, "leaver")
    assert [words in each for each in found] == [True]


def test_what_an_example_of_criteria_does_not_name_is_not_tested(small):
    for key in ("criteria", "settles", "next"):
        small.put(LEAVER, f"cases.2.expect.{key}", ...)
    assert faults(small, "leaver") == []


def test_an_example_of_criteria_is_looked_at_on_its_day(small):
    small.put(LEAVER, "cases.0.date", dt.date(2018, 12, 31))
    assert "expected met, found not-in-force" in faults(small, "leaver")[0]
