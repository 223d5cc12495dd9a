"""What a case with consents, a threat and information from others asks a person to look at."""

import datetime as dt

import pytest

from riskbehov.assessing import assess
from riskbehov.i18n import use_language
from riskbehov.library import Library
from riskbehov.models.case import Case
from riskbehov.models.result import Result

LIBRARY = Library.open()
LAW = "påhittat lagrum"


def consent(id_="s1", **said):
    return {
        "id": id_,
        "to": ["police"],
        "about": ["threat"],
        "situations": "När hotbilden bedöms.",
        "form": "written",
        "given": "2026-03-02",
        **said,
    }


def told(date, level, **ground):
    ground = ground or {"consent": "s1"}
    return {"from": "police", "date": date, "facts": {"threat_level": level}, **ground}


def result(**held) -> Result:
    case = {"case": "fiktiv", "fictional": True, "date": "2026-10-20", "person": {"age": 30}}
    return assess(Case.model_validate(case | held, strict=False), LIBRARY)


def flags(**held) -> dict[str, str]:
    ids = ("threat-changed", "consent-ended", "no-consent-now")
    return {f.id: str(f.text) for f in result(**held).flags if f.id in ids}


ENDED = consent(until="2026-09-30")
ANOTHER = consent("s2", given="2026-10-01")


@pytest.mark.parametrize(
    ("consents", "expected"),
    [
        (None, set()),
        ([], {"no-consent-now"}),
        ([consent()], set()),
        ([consent(until="2026-10-20")], set()),
        ([consent(until="2026-10-19")], {"consent-ended", "no-consent-now"}),
        ([consent(withdrawn="2026-10-20")], {"consent-ended", "no-consent-now"}),
        ([ENDED, ANOTHER], set()),
        ([ENDED, ANOTHER | {"to": ["school"]}], {"consent-ended"}),
        ([ENDED, ANOTHER | {"until": "2026-10-10"}], {"consent-ended", "no-consent-now"}),
    ],
)
def test_a_consent_that_is_over_is_flagged_unless_another_takes_its_place(consents, expected):
    ground = {"consent": "s1"} if consents else {"law": LAW}
    assert set(flags(consents=consents, obtained=[told("2026-03-10", "low", **ground)])) == expected


def test_an_ended_consent_on_which_nothing_was_fetched_is_no_lack():
    assert set(flags(consents=[ENDED])) == {"consent-ended"}
    assert set(flags(consents=[])) == set()


def test_the_flags_name_the_consent_and_its_end_and_say_what_stays():
    held = flags(consents=[ENDED])["consent-ended"]
    assert held.startswith("the consent s1 held until 2026-09-30: what was fetched on it stays")
    back = flags(consents=[consent(withdrawn="2026-06-15")])["consent-ended"]
    assert back.startswith("the consent s1 was withdrawn on 2026-06-15: ")
    assert back.endswith("nothing more may be fetched")


LOW_HIGH = [told("2026-03-10", "low"), told("2026-08-01", "high")]


def test_a_changed_threat_is_flagged_with_both_levels_and_the_day():
    found = result(consents=[consent()], obtained=LOW_HIGH)
    [flag] = [f for f in found.flags if f.id == "threat-changed"]
    assert flag.is_certain
    assert str(flag.text) == (
        "the police stated the threat as High threat on 2026-08-01, before that as Low threat: look"
        " at the plan again"
    )
    with use_language("sv"):
        assert "Hög hotbild" in str(flag.text)


@pytest.mark.parametrize(
    ("agreed", "flagged"), [("2026-07-31", True), ("2026-08-01", False), ("2026-08-02", False)]
)
def test_a_plan_that_was_agreed_on_what_the_police_said_is_not_to_be_looked_at(agreed, flagged):
    plan = {"date": agreed, "goals": []}
    found = flags(consents=[consent()], obtained=LOW_HIGH, action_plan=plan)
    assert ("threat-changed" in found) is flagged


@pytest.mark.parametrize(
    ("obtained", "plan", "words"),
    [
        ([told("2026-08-01", "high")], "2026-07-01", "(High threat) on 2026-08-01, after the plan"),
        ([told("2026-08-01", "unknown")], "2026-07-01", "left the level of the threat open"),
        ([LOW_HIGH[0], told("2026-08-01", "unknown")], None, "left the level of the threat open"),
    ],
)
def test_a_threat_of_which_it_cannot_be_told_is_flagged_as_that(obtained, plan, words):
    agreed = {"action_plan": {"date": plan, "goals": []}} if plan else {}
    found = result(consents=[consent()], obtained=obtained, **agreed)
    [flag] = [f for f in found.flags if f.id == "threat-changed"]
    assert not flag.is_certain
    assert words in str(flag.text)


def test_of_several_changes_the_last_certain_one_is_told():
    obtained = [*LOW_HIGH, told("2026-09-01", "none"), told("2026-10-01", "unknown")]
    plan = {"date": "2026-03-20", "goals": []}
    text = flags(consents=[consent()], obtained=obtained, action_plan=plan)["threat-changed"]
    assert "No threat on 2026-09-01, before that as High threat" in text


def test_what_was_got_is_listed_in_order_with_its_ground():
    found = result(
        consents=[consent(to=["police", "prison-probation"], about=["threat", "assessments"])],
        obtained=[told("2026-08-01", "high"), told("2026-03-10", "low", law=LAW)],
        recorded_results=[
            {
                "method": "rbm-b",
                "level": "high",
                "date": "2026-05-01",
                "obtained": "2026-05-20",
                "consent": "s1",
            },
            {"method": "ls-cmi", "level": "high", "date": "2026-05-02"},
        ],
    )
    assert [(e.from_, e.date, e.consent, e.law) for e in found.obtained] == [
        ("police", dt.date(2026, 3, 10), None, LAW),
        ("prison-probation", dt.date(2026, 5, 20), "s1", ""),
        ("police", dt.date(2026, 8, 1), "s1", ""),
    ]
    assert [e.recorded.method for e in found.obtained if e.recorded] == ["rbm-b"]


def test_nothing_said_of_consents_is_not_the_same_as_none():
    assert result().consents is None
    assert result(consents=[]).consents == ()
    [held] = result(consents=[ENDED]).consents or ()
    assert (held.state, held.replaced, held.is_over) == ("ended", False, True)


def test_substances_that_another_authority_tells_of_are_planned_for_one_by_one():
    """A fact that is obtained counts as one that is stated, also in the parts of a plan."""
    rated = {"rbm8": {"answers": {"substance_use": 3}}}
    held = [consent(to=["prison-probation"])]
    obtained = [
        {
            "from": "prison-probation",
            "date": "2026-05-20",
            "consent": "s1",
            "facts": {"substances": ["alcohol", "cannabis"]},
        }
    ]
    heard = result(instruments=rated, consents=held, obtained=obtained).plan
    stated = result(instruments=rated, facts={"substances": ["alcohol", "cannabis"]}).plan
    assert heard.insatser
    assert heard == stated
