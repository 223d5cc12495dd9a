"""What a report says of consents, of information from others and of the threat over time."""

import pytest
from tests.report.made import assessed, callouts, case, headings, section, text_of

from riskbehov.library import Library
from riskbehov.report import assessment_blocks
from riskbehov.report.document import Table
from riskbehov.report.plain.assessment import result_dict

LIBRARY = Library.open()
TITLE = "Consents and information from others"
LAW = "10 kap. 28 § OSL"


def consent(id_="s1", **said):
    return {
        "id": id_,
        "to": ["police", "prison-probation"],
        "about": ["threat", "assessments"],
        "situations": "När hotbilden bedöms.",
        "form": "written",
        "given": "2026-01-12",
        **said,
    }


def told(date, level, **ground):
    ground = ground or {"consent": "s1"}
    return {"from": "police", "date": date, "facts": {"threat_level": level}, **ground}


def part(**held):
    return section(assessment_blocks(assessed(case(**held), LIBRARY), LIBRARY), TITLE)


def test_nothing_is_said_where_nothing_is_known():
    assert TITLE not in headings(assessment_blocks(assessed(case(), LIBRARY), LIBRARY))


def test_that_there_is_no_consent_is_said():
    assert text_of(part(consents=[])) == "There is no consent to exchange information."


def test_that_consents_are_not_noted_is_said_beside_what_a_law_gave():
    shown = text_of(part(obtained=[told("2026-03-10", "low", law=LAW)]))
    assert shown.startswith("Nothing is noted of consents.")
    assert LAW in shown


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "s1, with the police, the Prison and Probation Service: in force"),
        ({"until": "2026-06-15"}, "in force until 2026-06-15"),
        ({"until": "2026-06-14"}, "held until 2026-06-14"),
        ({"withdrawn": "2026-06-15"}, "withdrawn 2026-06-15"),
        ({}, "About: the threat, assessments. When: När hotbilden bedöms."),
        ({}, "Given in writing 2026-01-12."),
        (
            {"form": "oral", "noted": "Antecknat samma dag."},
            "Given orally 2026-01-12. Antecknat samma dag.",
        ),
        ({"guardians": True}, "The guardians consent too."),
        ({"guardians": False}, "The guardians do not consent."),
    ],
)
def test_a_consent_is_told_with_how_it_stands(said, words):
    assert words in text_of(part(consents=[consent(**said)]))


def test_a_consent_in_the_place_of_another_is_said_to_be():
    both = [consent(until="2026-06-14"), consent("s2", given="2026-06-15")]
    shown = text_of(part(consents=both))
    assert "held until 2026-06-14; another consent takes its place" in shown
    assert "s2, with the police, the Prison and Probation Service: in force" in shown


def test_what_was_got_is_told_with_day_and_ground():
    result = {"method": "rbm-b", "level": "high", "date": "2026-02-01"}
    blocks = part(
        consents=[consent()],
        obtained=[told("2026-03-10", "low"), told("2026-05-01", "high", law=LAW)],
        recorded_results=[{**result, "obtained": "2026-02-20", "consent": "s1"}],
    )
    [got, *_] = [b for b in blocks if isinstance(b, Table)]
    probation = "the Prison and Probation Service"
    threat = "Police assessment of the threat"
    assert got.rows == (
        ("2026-02-20", probation, "the result of RBM-B, 2026-02-01", "consent s1"),
        ("2026-03-10", "the police", f"{threat}: Low threat", "consent s1"),
        ("2026-05-01", "the police", f"{threat}: High threat", LAW),
    )


def test_the_threat_is_shown_day_by_day():
    obtained = [told("2026-05-01", "high"), told("2026-03-10", "low")]
    blocks = part(consents=[consent()], obtained=obtained)
    [*_, threat] = [b for b in blocks if isinstance(b, Table)]
    assert threat.rows == (("2026-03-10", "Low threat"), ("2026-05-01", "High threat"))
    [changed] = callouts(blocks)
    assert changed.title == "The threat has changed"
    assert "With the last statement of the police: look at the plan again." in text_of([changed])


def test_a_change_since_the_plan_names_its_day():
    obtained = [told("2026-03-10", "low"), told("2026-05-01", "unknown")]
    plan = {"date": "2026-04-01", "goals": []}
    blocks = part(consents=[consent()], obtained=obtained, action_plan=plan)
    [changed] = callouts(blocks)
    assert changed.title == "Whether the threat has changed cannot be told"
    assert "Since the plan was agreed on 2026-04-01" in text_of([changed])
    [*_, threat] = [b for b in blocks if isinstance(b, Table)]
    assert threat.rows[-1] == ("2026-05-01", "not known")


def test_a_threat_that_has_not_changed_has_no_call_out():
    obtained = [told("2026-03-10", "low"), told("2026-05-01", "low")]
    assert callouts(part(consents=[consent()], obtained=obtained)) == []


def test_the_same_stands_in_the_json():
    held = consent(withdrawn="2026-06-15")
    obtained = [told("2026-03-10", "low"), told("2026-05-01", "high")]
    found = result_dict(assessed(case(consents=[held], obtained=obtained), LIBRARY))
    [shown] = found["consents"]
    assert shown == {
        **held,
        "noted": "",
        "until": None,
        "guardians": None,
        "state": "withdrawn",
        "replaced": False,
    }
    assert found["obtained"][0] == {
        "from": "police",
        "date": "2026-03-10",
        "consent": "s1",
        "law": "",
        "facts": {"threat_level": "low"},
        "method": None,
    }
    assert found["threat"] == {
        "level": "high",
        "date": "2026-05-01",
        "changed": True,
        "statements": [
            {"date": "2026-03-10", "level": "low"},
            {"date": "2026-05-01", "level": "high"},
        ],
    }


def test_the_json_tells_nothing_known_from_none():
    bare = result_dict(assessed(case(), LIBRARY))
    assert (bare["consents"], bare["obtained"], bare["threat"]) == (None, [], None)
    assert result_dict(assessed(case(consents=[]), LIBRARY))["consents"] == []
