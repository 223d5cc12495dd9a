"""On what ground a case may hold what other authorities have told.

The days are worked by hand from docs/metod.md, Samtycke och uppgifter från andra: a consent holds
from the day it is given to its last day, and not from the day it is withdrawn. That what was
fetched stays when it ends, and that nothing more may be fetched, follows from what a consent is
for (Arbeta med avhoppare, s. 18, Inhämta samtycke till informationsutbyte).
"""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.assessing import assess
from riskbehov.assessing.assessment import case_facts
from riskbehov.errors import CaseError
from riskbehov.library import Library
from riskbehov.models.case import Case, Obtained, RecordedResult
from riskbehov.rules.book import assessment_vocabulary

LIBRARY = Library.open()
DAY = dt.date(2026, 10, 20)


def consent(**said):
    return {
        "id": "s1",
        "to": ["police", "prison-probation"],
        "about": ["threat", "assessments"],
        "situations": "När hotbilden bedöms.",
        "form": "written",
        "given": "2026-03-02",
        **said,
    }


LIMITED = consent(until="2026-09-30")
WITHDRAWN = consent(until="2026-09-30", withdrawn="2026-06-15")


def told(date="2026-03-10", level="high", **said):
    ground = {} if {"consent", "law"} & set(said) else {"consent": "s1"}
    return {
        "from": "police",
        "date": date,
        "facts": {"threat_level": level},
        **ground,
        **said,
    }


def result(date="2026-03-10", obtained=None, **said):
    ground = {} if {"consent", "law"} & set(said) else {"consent": "s1"}
    when = {"obtained": obtained} if obtained else {}
    return {"method": "rbm-b", "level": "high", "date": date, **when, **ground, **said}


def case(**held) -> Case:
    return Case.model_validate(
        {
            "case": "fiktiv",
            "fictional": True,
            "date": DAY,
            "person": {"age": 30, "sex": "male"},
            "consents": [consent()],
            **held,
        },
        strict=False,
    )


def faults(**held) -> list[str]:
    """Return every fault of a case as place and sentence; none for a sound one."""
    try:
        assess(case(**held), LIBRARY)
    except CaseError as error:
        return [f"{fault.where}: {fault.message}" for fault in error.faults]
    return []


def known(found: Case) -> dict[str, object]:
    assessed = assess(found, LIBRARY)
    words = assessment_vocabulary(LIBRARY, assessed.assessment)
    return dict(case_facts(assessed, LIBRARY, words))


# The days

BEFORE = "given 2026-03-02, expected one that covers 2026-03-01"
OVER = "which held until 2026-09-30, expected one that covers 2026-10-01"
BACK = "withdrawn 2026-06-15, expected one that covers 2026-06-15"
DAYS = [
    ("the day before it is given", LIMITED, "2026-03-01", BEFORE),
    ("the day it is given", LIMITED, "2026-03-02", ""),
    ("its last day", LIMITED, "2026-09-30", ""),
    ("the day after its last day", LIMITED, "2026-10-01", OVER),
    ("the day before it is withdrawn", WITHDRAWN, "2026-06-14", ""),
    ("the day it is withdrawn", WITHDRAWN, "2026-06-15", BACK),
    ("the day of the assessment, without a last day", consent(), "2026-10-20", ""),
]
ON_DAYS = pytest.mark.parametrize(
    ("held", "day", "words"), [row[1:] for row in DAYS], ids=[row[0] for row in DAYS]
)


@ON_DAYS
def test_the_police_are_heard_only_on_days_that_a_consent_covers(held, day, words):
    found = faults(consents=[held], obtained=[told(day)])
    assert len(found) == bool(words)
    assert all(each.startswith("obtained[0].consent: ") and words in each for each in found)


@ON_DAYS
def test_a_result_is_got_only_on_days_that_a_consent_covers(held, day, words):
    found = faults(consents=[held], recorded_results=[result("2026-01-15", day)])
    assert len(found) == bool(words)
    assert all(f.startswith("recorded_results[0].consent: ") and words in f for f in found)


def test_a_result_dated_the_day_after_the_consent_ended_is_refused():
    [fault] = faults(consents=[LIMITED], recorded_results=[result("2026-10-01")])
    assert OVER in fault
    assert "what was exchanged before stays, but nothing more may be fetched" in fault
    assert faults(consents=[LIMITED], recorded_results=[result("2026-09-30")]) == []


def test_a_result_dated_the_day_after_cannot_have_been_got_before():
    found = faults(consents=[LIMITED], recorded_results=[result("2026-10-01", "2026-09-30")])
    assert found == [
        (
            "recorded_results[0].obtained: found 2026-09-30, expected no earlier day than the"
            " result's, 2026-10-01"
        )
    ]


def test_without_a_day_of_exchange_it_is_taken_for_the_day_of_the_result():
    [fault] = faults(recorded_results=[result("2026-03-01")])
    assert BEFORE in fault
    assert faults(recorded_results=[result("2026-03-01", "2026-03-02")]) == []


@pytest.mark.parametrize(
    ("held", "place"),
    [
        ({"obtained": [told("2026-10-21")]}, "obtained[0].date"),
        ({"recorded_results": [result(obtained="2026-10-21")]}, "recorded_results[0].obtained"),
        ({"consents": [consent(given="2026-10-21")]}, "consents[0].given"),
        ({"consents": [consent(withdrawn="2026-10-21")]}, "consents[0].withdrawn"),
    ],
)
def test_nothing_can_be_noted_that_has_not_happened_on_the_day_of_the_case(held, place):
    assert faults(**held) == [
        f"{place}: found 2026-10-21, expected no later day than the assessment's, 2026-10-20"
    ]


def test_a_consent_may_have_its_last_day_to_come():
    assert faults(consents=[consent(until="2027-12-31")], obtained=[told()]) == []


# The party and the matter


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({"to": ["school"]}, "to exchange with school, expected one that names police"),
        ({"about": ["plan", "health"]}, "about plan, health, expected one that names threat"),
    ],
)
def test_a_consent_must_name_the_police_and_the_threat(held, words):
    [fault] = faults(consents=[consent(**held)], obtained=[told()])
    assert fault.startswith("obtained[0].consent: ")
    assert words in fault


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({"to": ["police"]}, "to exchange with police, expected one that names prison-probation"),
        ({"about": ["threat"]}, "about threat, expected one that names assessments"),
    ],
)
def test_a_consent_must_name_who_made_the_result_and_assessments(held, words):
    [fault] = faults(consents=[consent(**held)], recorded_results=[result()])
    assert words in fault


def test_every_lack_of_a_consent_is_told_at_once_and_once():
    held = consent(to=["school"], about=["plan"], given="2026-05-01")
    facts = {"threat_level": "high", "relatives_threatened": True}
    found = faults(consents=[held], obtained=[told(facts=facts)])
    assert len(found) == len(set(found)) == 3


def test_what_is_no_matter_of_another_authoritys_still_takes_a_consent_with_it():
    facts = {"severe_mental_illness": True}
    said = {"from": "health-care", "facts": facts}
    [fault] = faults(obtained=[told(**said)])
    assert "expected one that names health-care" in fault
    assert (
        faults(consents=[consent(to=["health-care"], about=["plan"])], obtained=[told(**said)])
        == []
    )


# A law, or nothing


def test_a_law_takes_the_place_of_a_consent():
    law = {"law": "10 kap. 28 § OSL"}
    assert faults(consents=None, obtained=[told(**law)]) == []
    assert faults(consents=[], recorded_results=[result(**law)]) == []


@pytest.mark.parametrize(
    "ground", [{"law": ""}, {"law": "   "}, {"law": "\u00a0"}, {"consent": None}]
)
@pytest.mark.parametrize(
    ("key", "made", "who"),
    [
        ("obtained", told, "police"),
        ("recorded_results", result, "prison-probation"),
    ],
)
def test_without_consent_and_law_nothing_is_taken_in(key, made, who, ground):
    assert faults(**{key: [made(**ground)]}) == [
        (
            f"{key}[0]: found neither consent nor law, expected the id of a consent that covers the"
            f" exchange with {who} on 2026-03-10, or the provision that lifts the secrecy"
        )
    ]


@pytest.mark.parametrize("law", ["-", " ? ", "\u200b", "§"])
@pytest.mark.parametrize(("key", "made"), [("obtained", told), ("recorded_results", result)])
def test_a_law_without_words_is_no_ground(key, made, law):
    with pytest.raises(ValueError, match="found a text without words, expected some"):
        case(**{key: [made(law=law)]})


def test_spaces_for_a_law_beside_a_consent_are_not_there():
    [held] = case(obtained=[told(consent="s1", law="  ")]).obtained
    assert (held.consent, held.law) == ("s1", "")


@pytest.mark.parametrize("model", [Obtained, RecordedResult])
def test_a_ground_is_a_consent_or_a_law_and_not_both(model):
    said = (told if model is Obtained else result)(consent="s1", law="10 kap. 28 § OSL")
    with pytest.raises(ValueError, match="found both a consent and a law, expected one of them"):
        model.model_validate(said, strict=False)


@pytest.mark.parametrize(
    ("consents", "known_ids"),
    [(None, "-"), ([], "-"), ([consent()], "s1")],
)
def test_a_consent_that_the_case_does_not_have_is_refused_with_those_it_has(consents, known_ids):
    assert faults(consents=consents, obtained=[told(consent="s2")]) == [
        "obtained[0].consent: found 's2', expected the id of a consent in this case: " + known_ids
    ]


def test_two_consents_cannot_have_one_id():
    found = faults(consents=[consent(), consent(given="2026-04-01")])
    assert found == ["consents[1].id: the id 's1' stands twice, expected once"]


# The consent itself


@pytest.mark.parametrize("noted", [None, "", "  "])
def test_an_oral_consent_needs_a_note_of_when_and_how(noted):
    said = {"form": "oral"} | ({} if noted is None else {"noted": noted})
    with pytest.raises(ValueError, match="found an oral consent without noted, expected when"):
        case(consents=[consent(**said)])


@pytest.mark.parametrize("without", [{"form": "oral", "noted": "-"}, {"situations": "\u2060"}])
def test_a_note_and_the_situations_have_words(without):
    with pytest.raises(ValueError, match="found a text without words, expected some"):
        case(consents=[consent(**without)])


def test_an_oral_consent_with_a_note_is_as_good_as_a_written_one():
    oral = consent(form="oral", noted="Lämnat på ett möte och antecknat samma dag.")
    assert faults(consents=[oral], obtained=[told()]) == []


@pytest.mark.parametrize("name", ["until", "withdrawn"])
def test_a_consent_cannot_end_before_it_is_given(name):
    with pytest.raises(ValueError, match=f"found {name} 2026-03-01, expected no earlier day"):
        case(consents=[consent(**{name: "2026-03-01"})])
    assert faults(consents=[consent(**{name: "2026-03-02"})]) == []


@pytest.mark.parametrize("empty", [{"to": []}, {"about": []}, {"situations": " "}])
def test_a_consent_says_with_whom_about_what_and_when(empty):
    with pytest.raises(ValueError, match=f"consents.0.{next(iter(empty))}"):
        case(consents=[consent(**empty)])


@pytest.mark.parametrize("key", ["to", "about"])
def test_a_consent_names_each_party_and_each_matter_once(key):
    twice = [*consent()[key], consent()[key][0]]
    assert faults(consents=[consent(**{key: twice})]) == [
        f"consents[0].{key}[2]: found {twice[0]!r} once more, expected once"
    ]


# What is told


@pytest.mark.parametrize("value", ["high", "none"])
def test_what_only_the_police_tell_cannot_stand_among_the_facts(value):
    assert faults(facts={"threat_level": value}) == [
        (
            "facts.threat_level: found 'threat_level', which another authority tells (police),"
            " expected it under obtained, with the day and the consent or law"
        )
    ]


@pytest.mark.parametrize("value", [None, "unknown"])
def test_what_is_left_open_among_the_facts_may_be_told_by_others(value):
    assert faults(facts={"threat_level": value, "relatives_threatened": value}) == []
    found = case(
        facts={"threat_level": value, "relatives_threatened": value},
        obtained=[told(facts={"threat_level": "low", "relatives_threatened": True})],
    )
    assert known(found)["threat_level"] == (1, 1)
    assert known(found)["relatives_threatened"] == (1, 1)


@pytest.mark.parametrize("who", ["school", "prison-probation", "network"])
def test_the_threat_comes_from_the_police_and_no_one_else(who):
    found = faults(consents=[consent(to=[who])], obtained=[told(**{"from": who})])
    assert found == [
        f"obtained[0].from: found {who}, expected police: they alone tell 'threat_level'"
    ]


def test_a_fact_both_stated_and_told_is_refused():
    facts = {"relatives_threatened": False}
    found = faults(facts=facts, obtained=[told(facts={"relatives_threatened": True})])
    assert found == [
        (
            "obtained[0].facts.relatives_threatened: found 'relatives_threatened' under facts too,"
            " expected it once"
        )
    ]


def test_a_threat_both_stated_and_told_is_told_of_once():
    found = faults(facts={"threat_level": "low"}, obtained=[told()])
    assert [each.partition(":")[0] for each in found] == ["facts.threat_level"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"threat_level": "medium"}, "found 'medium', expected none, low, high"),
        ({"threat_levle": "high"}, "found 'threat_levle', expected a fact: "),
        ({"threat_levle": "high"}, "did you mean 'threat_level'?"),
        ({"risk_level": "high"}, "found 'risk_level', expected a fact: "),
        ({"unit_forum": True}, "found 'unit_forum', expected a fact: "),
        ({"relatives_threatened": "yes"}, "found 'yes', expected true, false or unknown"),
    ],
)
def test_what_is_told_must_be_a_fact_with_a_value_that_it_can_have(facts, words):
    [fault] = faults(obtained=[told(facts=facts)])
    assert fault.startswith(f"obtained[0].facts.{next(iter(facts))}: ")
    assert words in fault


def test_an_unknown_fact_does_not_hide_that_the_consent_is_lacking():
    found = faults(consents=[LIMITED], obtained=[told("2026-10-01", facts={"hot": True})])
    assert [each.partition(":")[0] for each in found] == [
        "obtained[0].facts.hot",
        "obtained[0].consent",
    ]


def test_one_day_cannot_tell_a_fact_in_two_ways():
    found = faults(obtained=[told(level="low"), told(level="high")])
    assert found == [
        (
            "obtained[1].facts.threat_level: found 'threat_level' told in two ways on 2026-03-10,"
            " expected one"
        )
    ]


@pytest.mark.parametrize(
    "again",
    [
        told(level="high"),
        told("2026-03-11", level="low"),
        told(facts={"relatives_threatened": True}),
    ],
)
def test_the_same_again_another_day_or_another_fact_is_no_contradiction(again):
    assert faults(obtained=[told(level="high"), again]) == []


def test_what_was_told_last_counts_whatever_the_order_in_the_file():
    first, last = told("2026-03-10", "high"), told("2026-08-01", "low")
    for order in ([first, last], [last, first]):
        assert known(case(obtained=order))["threat_level"] == (1, 1)


def test_a_level_that_the_police_left_open_last_is_not_known():
    assert "threat_level" not in known(case(obtained=[told(), told("2026-08-01", "unknown")]))


# Recorded results


def test_a_result_of_the_municipalitys_own_takes_no_ground():
    own = {"method": "ls-cmi", "level": "high", "date": "2026-03-10"}
    assert faults(recorded_results=[own]) == []


@pytest.mark.parametrize(
    "ground", [{"consent": "s1"}, {"law": "10 kap. 28 § OSL"}, {"obtained": "2026-03-11"}]
)
def test_a_ground_without_who_it_comes_from_is_refused(ground):
    own = {"method": "ls-cmi", "level": "high", "date": "2026-03-10", **ground}
    assert faults(recorded_results=[own]) == [
        (
            "recorded_results[0]: found a consent, a law or a day of exchange, expected from"
            " too: the authority that made it"
        )
    ]


def test_a_result_of_another_authority_takes_a_ground_whatever_the_method():
    said = {"method": "ls-cmi", "level": "high", "date": "2026-03-10", "from": "sis"}
    [fault] = faults(recorded_results=[said])
    assert "found neither consent nor law" in fault
    held = [consent(to=["sis"])]
    assert faults(consents=held, recorded_results=[{**said, "consent": "s1"}]) == []


def test_a_method_that_one_authority_alone_makes_comes_from_no_other():
    assert faults(recorded_results=[result(**{"from": "police"})]) == [
        "recorded_results[0].from: found police, expected prison-probation, which alone makes rbm-b"
    ]
    assert faults(recorded_results=[result(**{"from": "prison-probation"})]) == []


# What stays


@pytest.mark.parametrize("end", [{"until": "2026-03-10"}, {"withdrawn": "2026-03-11"}])
def test_what_was_fetched_stays_when_the_consent_ends(end):
    fetched = {"obtained": [told()], "recorded_results": [result()]}
    before = known(case(**fetched))
    after = known(case(consents=[consent(**end)], **fetched))
    assert before["threat_level"] == after["threat_level"] == (2, 2)
    assert before["risk_level"] == after["risk_level"] == (2, 2)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert changed == {"consent_exchange", "consent_police"}


MONTHS = st.dates(dt.date(2026, 3, 2), DAY)


@given(days=st.lists(MONTHS, min_size=1, max_size=4, unique=True), end=MONTHS, by=st.booleans())
def test_ending_a_consent_never_removes_what_was_lawfully_fetched(days, end, by):
    levels = ["low", "high", "none", "unknown"]
    lawful = sorted(day for day in days if day < end) or [dt.date(2026, 3, 2)]
    end = max(end, lawful[-1] + dt.timedelta(days=1))
    obtained = [told(day.isoformat(), level) for day, level in zip(lawful, levels, strict=False)]
    ended = (
        consent(withdrawn=end.isoformat())
        if by and end <= DAY
        else consent(until=(end - dt.timedelta(days=1)).isoformat())
    )
    before, after = (known(case(consents=[c], obtained=obtained)) for c in (consent(), ended))
    kept = {k: v for k, v in before.items() if not k.startswith("consent_")}
    assert {k: v for k, v in after.items() if not k.startswith("consent_")} == kept


@given(day=MONTHS, until=MONTHS, later=st.integers(0, 400))
def test_an_exchange_that_is_covered_stays_so_when_the_end_is_moved_later(day, until, later):
    obtained = [told(day.isoformat())]
    moved = until + dt.timedelta(days=later)
    if not faults(consents=[consent(until=until.isoformat())], obtained=obtained):
        assert faults(consents=[consent(until=moved.isoformat())], obtained=obtained) == []
    else:
        assert day > until


# The facts that consents make


@pytest.mark.parametrize(
    ("consents", "exchange", "police"),
    [
        (None, None, None),
        ([], (0, 0), (0, 0)),
        ([consent()], (1, 1), (1, 1)),
        ([consent(to=["school"])], (1, 1), (0, 0)),
        ([consent(until="2026-10-20")], (1, 1), (1, 1)),
        ([consent(until="2026-10-19")], (0, 0), (0, 0)),
        ([consent(withdrawn="2026-10-20")], (0, 0), (0, 0)),
        ([consent(withdrawn="2026-10-19"), consent(id="s2", to=["school"])], (1, 1), (0, 0)),
    ],
)
def test_whether_there_is_a_consent_is_told_by_the_day_of_the_case(consents, exchange, police):
    found = known(case(consents=consents))
    assert (found.get("consent_exchange"), found.get("consent_police")) == (exchange, police)
