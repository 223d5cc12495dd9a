"""Where a fictional case stands: S2 is sos-avhoppare-2025, S4 stockholm-sig-2020.

Each outcome is worked out by hand from the place in the source that stands beside it.
"""

import datetime as dt
from typing import Any

import pytest

from riskbehov.assessing.steps import FollowedCase, follow_case
from riskbehov.errors import CaseError, UnknownIdError
from riskbehov.models.case import Case
from riskbehov.process.steps import FollowedProcess, FollowedStep

DAY = dt.date(2026, 6, 1)
CONSENT = {
    "id": "s1",
    "to": ["police"],
    "about": ["threat", "suitability", "crime", "follow-up"],
    "situations": "Vid planeringen.",
    "form": "written",
    "given": dt.date(2025, 6, 1),
}
FAMILY_NO = {"child_in_household": False, "child_concern": False, "relatives_need_support": False}
POLICE_YES = {  # what S2 p. 23 and its note 29 require, but for the threat and evidence_person
    "chosen_to_leave": True,
    "needs_support_and_protection": True,
    "milieu": ["honour"],
    "motivated_to_leave": True,
    "police_form_signed": True,
    "decision_on_support": True,
}


def case(
    done: dict[str, Any] | None = None,
    *,
    process: str = "avhopp",
    age: int = 30,
    police: dict[str, Any] | None = None,
    consents: list[Any] | None = None,
    day: dt.date = DAY,
    facts: dict[str, Any] | None = None,
    **more: Any,
) -> Case:
    """Return a case with some steps done, under the police's consent unless told otherwise."""
    obtained = [{"from": "police", "date": day, "consent": "s1", "facts": police}] if police else []
    return Case.model_validate(
        {
            "case": "fiktiv",
            "fictional": True,
            "date": day,
            "person": {"age": age, "sex": "male"},
            "consents": [CONSENT] if consents is None else consents,
            "obtained": obtained,
            "facts": {**FAMILY_NO, **(facts or {})},
            "process": {process: done or {}},
            **more,
        },
        strict=False,
    )


def steps(*ids: str, day: dt.date | None = None) -> dict[str, dt.date]:
    return dict.fromkeys(ids, day or dt.date(2026, 3, 1))


def stood(library, found: Case, **more: Any) -> FollowedProcess:
    [only] = follow_case(found, library, **more).processes
    return only


def one(found: FollowedProcess, id_: str) -> FollowedStep:
    return next(each for each in found.steps if each.step.id == id_)


FIRST = ("ansokan", "utredning", "samtycke", "kontakt-polis", "hotbild", "beslut")
POLICE = {"threat_level": "high", "evidence_person": False}
UNTIL_DECIDED = (*FIRST, "polisens-beslut")
AVHOPP = [
    # S2 p. 18: the process begins with an application; nothing else is anyone's turn
    ("nothing is done", {}, {}, "ansokan", "next"),
    ("nothing is done", {}, {}, "utredning", "waiting"),
    # S2 p. 18–22: after the inquiry is opened, the decision waits for nobody else
    ("inquiry is open", {"done": steps(*FIRST[:2])}, {}, "beslut", "next"),
    ("no consent", {"done": steps(*FIRST[:3]), "consents": []}, {}, "beslut", "next"),
    # S2 p. 18, 21: information is exchanged with the police by consent
    ("consent", {"done": steps(*FIRST[:3])}, {}, "kontakt-polis", "next"),
    (
        "neither consent nor law",
        {"done": steps(*FIRST[:3]), "consents": []},
        {"secrecy_lifted_by_law": False},
        *("kontakt-polis", "blocked"),
    ),
    # S2 p. 18-21, note 25: at times another provision lifts the secrecy
    (
        "a law",
        {"done": steps(*FIRST[:3]), "consents": []},
        {"secrecy_lifted_by_law": True},
        *("kontakt-polis", "next"),
    ),
    (
        "no consent, and nobody has looked for a law",
        {"done": steps(*FIRST[:3]), "consents": []},
        {},
        *("kontakt-polis", "cannot-tell"),
    ),
    ("a consent, its step not noted", {"done": steps(*FIRST[:2])}, {}, "kontakt-polis", "next"),
    # S2 p. 8, 18: children and family where there are any
    ("no child", {"done": steps(*FIRST[:2])}, {}, "familj", "not-called-for"),
    ("child", {"done": steps(*FIRST[:2])}, {"child_in_household": True}, "familj", "next"),
    ("unknown", {"done": steps(*FIRST[:2])}, {"child_concern": "unknown"}, "familj", "optional"),
    # S2 p. 18–21: a standardised method supports, and is not demanded
    ("inquiry is open", {"done": steps(*FIRST[:2])}, {}, "bedomning", "optional"),
    # S2 p. 22: Kriminalvården or SiS, if there is or was contact
    ("probation", {"done": steps(*FIRST)}, {"probation": True}, "kriminalvarden-sis", "next"),
    (
        "never there",
        {"done": steps(*FIRST)},
        {"probation": False, "prison_or_sis": False, "earlier_prison_or_sis": False},
        *("kriminalvarden-sis", "not-called-for"),
    ),
    ("unknown", {"done": steps(*FIRST)}, {}, "kriminalvarden-sis", "optional"),
    # S2 p. 23, note 29: all that the police require
    (
        "all is met",
        {"done": steps(*FIRST), "police": POLICE},
        POLICE_YES,
        *("polisens-beslut", "next"),
    ),
    (
        "a person giving evidence",
        {"done": steps(*FIRST), "police": {**POLICE, "evidence_person": True}},
        POLICE_YES,
        *("polisens-beslut", "blocked"),
    ),
    (
        "no threat",
        {"done": steps(*FIRST), "police": {**POLICE, "threat_level": "none"}},
        POLICE_YES,
        *("polisens-beslut", "blocked"),
    ),
    (
        "the form is not known to be signed",
        {"done": steps(*FIRST), "police": POLICE},
        {**POLICE_YES, "police_form_signed": "unknown"},
        *("polisens-beslut", "cannot-tell"),
    ),
    # S2 p. 32, 36: children and young people have requirements of their own
    ("an adult", {"done": steps(*FIRST)}, {}, "polisens-beslut-unga", "not-called-for"),
    ("aged 20", {"done": steps(*FIRST), "age": 20}, {}, "polisens-beslut", "not-called-for"),
    ("aged 21", {"done": steps(*FIRST), "age": 21}, {}, "polisens-beslut", "cannot-tell"),
    (
        "a child, its guardians not asked",
        {"done": steps(*FIRST), "age": 17},
        {},
        *("polisens-beslut-unga", "waiting"),
    ),
    (
        "aged 18: no guardian",
        {"done": steps(*FIRST), "age": 18, "police": POLICE},
        {**POLICE_YES, "willing_to_cooperate": True},
        *("polisens-beslut-unga", "next"),
    ),
    (
        "a child, its guardians against",
        {
            "done": steps(*FIRST, "vardnadshavare"),
            "age": 17,
            "police": {**POLICE, "guardians_exception": False},
        },
        {**POLICE_YES, "willing_to_cooperate": True, "guardians_accept_exit": False},
        *("polisens-beslut-unga", "blocked"),
    ),
    # S2 p. 34: a child suspected of crime
    (
        "a suspected child",
        {"done": steps(*FIRST[:2]), "age": 16},
        {"suspected_of_crime": True},
        *("riskbedomning-unga", "next"),
    ),
    (
        "a suspected adult",
        {"done": steps(*FIRST[:2]), "age": 21},
        {"suspected_of_crime": True},
        *("riskbedomning-unga", "not-called-for"),
    ),
    # S2 p. 39: SiS and the social services plan together
    (
        "a child at SiS",
        {"done": steps(*FIRST[:3]), "age": 16},
        {"prison_or_sis": True},
        *("sis-planering", "next"),
    ),
    # S2 p. 23: the police look at places before one in sheltered housing is given
    ("a high threat", {"done": steps(*FIRST), "police": POLICE}, {}, "placeringsbedomning", "next"),
    ("a high threat", {"done": steps(*FIRST), "police": POLICE}, {}, "boende", "waiting"),
    (
        "no threat to speak of, but no housing",
        {"done": steps(*FIRST), "police": {**POLICE, "threat_level": "low"}},
        {"relocation": False, "need_housing": True},
        *("boende", "next"),
    ),
    (
        "a child is placed, never by the adults' step",
        {"done": steps(*FIRST, "placeringsbedomning"), "age": 17, "police": POLICE},
        {},
        *("boende-barn", "next"),
    ),
    # S2 p. 24–26: who gives it, how it goes, and what completed means
    ("decided", {"done": steps(*FIRST)}, {}, "uppdrag", "next"),
    ("decided", {"done": steps(*FIRST)}, {}, "genomforande", "waiting"),
    (
        "not relapsed, plan completed",
        {
            "done": steps(*UNTIL_DECIDED, "uppdrag", "genomforande", "uppfoljning"),
            "police": {**POLICE, "relapsed_into_organised_crime": False},
        },
        {**POLICE_YES, "exit_plan_completed": True},
        *("fullfoljt", "next"),
    ),
    (
        "relapsed",
        {
            "done": steps(*UNTIL_DECIDED, "uppdrag", "genomforande", "uppfoljning"),
            "police": {**POLICE, "relapsed_into_organised_crime": True},
        },
        {**POLICE_YES, "exit_plan_completed": True},
        *("fullfoljt", "blocked"),
    ),
]


@pytest.mark.parametrize(
    ("given", "facts", "id_", "expected"),
    [pytest.param(*row[1:], id=f"{row[3]}, {row[0]}: {row[4]}") for row in AVHOPP],
)
def test_a_step_towards_a_completed_avhopp_stands_as_the_source_says(
    library, given, facts, id_, expected
):
    assert one(stood(library, case(facts=facts, **given)), id_).status == expected


def test_nothing_done_leaves_one_step_that_is_next(library):
    found = stood(library, case())
    assert [each.step.id for each in found.having("next")] == ["ansokan"]
    assert not found.having("blocked", "cannot-tell", "done")


def test_all_that_is_called_for_done_completes_the_process(library):
    done = steps(*UNTIL_DECIDED, "uppdrag", "genomforande", "uppfoljning", "fullfoljt")
    plain = {**POLICE_YES, "exit_plan_completed": True, "relocation": False, "need_housing": False}
    plain |= dict.fromkeys(("probation", "prison_or_sis", "earlier_prison_or_sis"), False)
    police = {**POLICE, "threat_level": "low", "relapsed_into_organised_crime": False}
    found = stood(library, case(done, police=police, facts=plain))
    assert found.is_complete
    assert found.flags == ()
    moved = stood(library, case(done, police=police, facts={**plain, "relocation": True}))
    assert not moved.is_complete  # then the places and the housing are called for too


def test_a_ground_that_is_lost_is_flagged_and_support_goes_on(library):
    """S2 p. 24–25: the police close their case as a main rule; the insatser may go on."""
    done = steps(*UNTIL_DECIDED, "polisens-handlaggning", "uppdrag")
    lost = stood(
        library, case(done, police=POLICE, facts={**POLICE_YES, "motivated_to_leave": False})
    )
    assert [(flag.id, flag.step, flag.other) for flag in lost.flags] == [
        ("no-longer-holds", "polisens-beslut", "polis-krav"),
        ("no-longer-holds", "polisens-handlaggning", "polis-arende-fortsatter"),
    ]
    assert one(lost, "genomforande").status == "next"


def test_a_withdrawn_consent_is_flagged_at_the_contact_that_rested_on_it(library):
    ended = {**CONSENT, "withdrawn": dt.date(2026, 4, 1)}
    no_law = {"secrecy_lifted_by_law": False}
    found = stood(library, case(steps(*FIRST[:4]), consents=[ended], facts=no_law))
    assert {(flag.id, flag.step) for flag in found.flags} == {("no-longer-holds", "kontakt-polis")}


@pytest.mark.parametrize(
    ("consent", "facts", "flagged"),
    [
        ({"given": dt.date(2026, 3, 4)}, {}, []),  # the day of the contact
        ({"given": dt.date(2026, 3, 5)}, {}, ["did-not-hold"]),
        ({"withdrawn": dt.date(2026, 3, 4)}, {}, ["did-not-hold"]),
        ({"withdrawn": dt.date(2026, 3, 5)}, {}, ["no-longer-holds"]),  # it held then
        ({"given": dt.date(2026, 3, 5)}, {"secrecy_lifted_by_law": "unknown"}, []),
        ({"given": dt.date(2026, 3, 5)}, {"secrecy_lifted_by_law": True}, []),
        (None, {}, ["did-not-hold"]),
    ],
)
def test_a_contact_on_a_day_without_a_consent_is_flagged(library, consent, facts, flagged):
    """S2 p. 18–21: consent, or else another provision that lifts the secrecy."""
    done = {**steps(*FIRST[:4]), "kontakt-polis": dt.date(2026, 3, 4)}
    consents = [] if consent is None else [{**CONSENT, **consent}]
    known = {"secrecy_lifted_by_law": False, **facts}
    found = stood(library, case(done, consents=consents, facts=known))
    told = [flag for flag in found.flags if flag.step == "kontakt-polis"]
    ids = list(dict.fromkeys(flag.id for flag in told if flag.id != "done-before"))
    assert ids == flagged
    if "did-not-hold" in ids:
        (flag,) = (flag for flag in told if flag.id == "did-not-hold")
        assert (flag.other, "2026-03-04" in str(flag.text)) == ("consent_police", True)


# Both Acts (domain: SoL 2001:453 to 2025-06-30, SoL 2025:400 from 2025-07-01)


def references(found: FollowedStep) -> list[str | None]:
    return [law.text.reference.sv if law.text else None for law in found.law]


@pytest.mark.parametrize(
    ("id_", "old", "new"),
    [
        ("utredning", "11 kap. 1 § socialtjänstlagen (2001:453)", "14 kap. 2 §"),
        ("beslut", "4 kap. 1 § socialtjänstlagen (2001:453)", "11 kap. 1 §"),
        ("uppfoljning", "3 kap. 3 § socialtjänstlagen (2001:453)", None),
        ("ansokan", "1 kap. 1 § och 3 kap. 5 § socialtjänstlagen (2001:453)", None),
    ],
)
def test_a_step_is_told_the_act_of_its_own_day(library, id_, old, new):
    for day, expected in ((dt.date(2025, 6, 30), old), (dt.date(2025, 7, 1), new)):
        [undone] = references(one(stood(library, case(day=day)), id_))
        [done] = references(one(stood(library, case(steps(id_, day=day))), id_))
        assert undone == done
        assert (undone or "").startswith(expected or "")
        assert (undone is None) == (expected is None)


def test_another_day_changes_the_law_of_what_is_not_done_only(library):
    found = case(steps("ansokan", "utredning", day=dt.date(2025, 6, 30)))
    old = stood(library, found, day=dt.date(2025, 6, 30))
    new = stood(library, found)
    assert references(one(old, "utredning")) == references(one(new, "utredning"))
    assert references(one(old, "beslut")) == ["4 kap. 1 § socialtjänstlagen (2001:453)"]
    assert references(one(new, "beslut")) == ["11 kap. 1 § socialtjänstlagen (2025:400)"]


def test_the_duty_to_document_has_a_verified_place_in_the_old_act_alone(library):
    old = references(one(stood(library, case(day=dt.date(2025, 6, 30))), "kontakt-polis"))
    new = references(one(stood(library, case(day=dt.date(2025, 7, 1))), "kontakt-polis"))
    assert old[1:] == [
        "27 § förvaltningslagen (2017:900)",
        "11 kap. 5 § socialtjänstlagen (2001:453)",
    ]
    assert new[1:] == ["27 § förvaltningslagen (2017:900)", None]


def test_before_its_document_the_process_is_not_in_force(library):
    found = stood(library, case(), day=dt.date(2025, 3, 31))
    assert not found.in_force
    assert {each.status for each in found.steps} == {"not-in-force"}


# SIG

INQUIRED = ("vagen-in", "inventering", "information", "medgivande", "polisen")
RATED = {
    id_: {"situation": 1}
    for id_ in (
        *("boende", "halsa", "sysselsattning", "ekonomi"),
        *("natverk", "fritid", "kriminalitet", "missbruk"),
    )
}
INVENTORY = {"inventory": {"date": DAY, "domains": RATED}}
TARGET = {  # S4, Målgrupp and 2. Utreda
    "wants_to_leave": True,
    "applied_for_support": True,
    "needs_support_to_break": True,
    "motivated_for_measures": True,
    "active_in_measures": True,
}
GATES = {
    "sig_information_given": True,
    "sig_inquiry_continues": True,
    "sig_resources_mapped": True,
    "relapse_risk": True,
    "motivated_to_change": True,
    "motivated_to_leave_crime": True,
    "sig_needs_weighed": True,
    "consents_to_lots": True,
}
READY = (*INQUIRED, "fortsatt-utredning", "resurser", "stallningstagande", "hotbild")
SUITABLE = {"police_suitable": True}
SIG = [
    ("nothing is done", {}, {}, "vagen-in", "next"),
    ("taken up", {"done": steps("vagen-in")}, {}, "inventering", "next"),
    ("taken up", {"done": steps("vagen-in")}, {}, "information", "next"),
    ("no consent", {"done": steps(*INQUIRED[:4]), "consents": []}, {}, "polisen", "blocked"),
    ("consent", {"done": steps(*INQUIRED[:4])}, {}, "polisen", "next"),
    (
        "suitable, by the police",
        {"done": steps(*INQUIRED), "police": SUITABLE, **INVENTORY},
        GATES,
        *("fortsatt-utredning", "next"),
    ),
    (
        "unsuitable, which is decisive",
        {"done": steps(*INQUIRED), "police": {"police_suitable": False}, **INVENTORY},
        GATES,
        *("fortsatt-utredning", "blocked"),
    ),
    (
        "the police not heard",
        {"done": steps(*INQUIRED), **INVENTORY},
        GATES,
        *("fortsatt-utredning", "cannot-tell"),
    ),
    (
        "aged 29",
        {"done": steps(*READY[:7]), "age": 29, "police": SUITABLE},
        TARGET,
        *("stallningstagande", "next"),
    ),
    (
        "aged 30",
        {"done": steps(*READY[:7]), "age": 30, "police": SUITABLE},
        TARGET,
        *("stallningstagande", "blocked"),
    ),
    (
        "all gates passed",
        {"done": steps(*READY), "police": SUITABLE, **INVENTORY},
        {**GATES, **TARGET},
        *("bistand", "next"),
    ),
    (
        "no wish for a lots",
        {"done": steps(*READY), "police": SUITABLE, **INVENTORY},
        {**GATES, **TARGET, "consents_to_lots": False},
        *("bistand", "blocked"),
    ),
    (
        "the threat not assessed",
        {"done": steps(*READY[:8]), "police": SUITABLE, **INVENTORY},
        {**GATES, **TARGET},
        *("bistand", "waiting"),
    ),
    ("decided", {"done": steps("bistand")}, {}, "handlingsplan", "next"),
    ("decided", {"done": steps("bistand")}, {"need_id_bank": True}, "praktiska-fragor", "next"),
    (
        "no consent to share it",
        {"done": steps("handlingsplan"), "consents": []},
        {},
        *("dela-handlingsplan", "blocked"),
    ),
    (
        "new crime",
        {"done": steps("bistand")},
        {"follows_plan": False},
        "utskrivning-provas",
        "next",
    ),
    # S4, Utskrivning: it ends when the goals are met or the support is no longer wanted; new crime
    # may lead to it, once that is weighed
    ("goals met", {"done": steps("bistand")}, {"sig_goals_met": True}, "utskrivning", "next"),
    (
        "support unwanted",
        {"done": steps("bistand")},
        {"sig_support_unwanted": True},
        *("utskrivning", "next"),
    ),
    (
        "a suspicion alone",
        {"done": steps("bistand"), "police": {"new_suspicion": True}},
        {"sig_goals_met": False, "sig_support_unwanted": False},
        *("utskrivning", "cannot-tell"),
    ),
    (
        "weighed, and still suitable",
        {"done": steps("bistand")},
        {"sig_goals_met": False, "sig_support_unwanted": False, "sig_no_longer_suitable": False},
        *("utskrivning", "blocked"),
    ),
]


@pytest.mark.parametrize(
    ("given", "facts", "id_", "expected"),
    [pytest.param(*row[1:], id=f"{row[3]}, {row[0]}: {row[4]}") for row in SIG],
)
def test_a_step_of_a_social_intervention_group_stands_as_the_guidance_says(
    library, given, facts, id_, expected
):
    given = {"age": 24, **given}
    found = stood(library, case(facts=facts, process="sig", **given))
    assert one(found, id_).status == expected


def test_the_six_steps_stand_in_order(library):
    """S4, Arbetsprocess."""
    sig = library.process("sig")
    assert [part.sv.partition(". ")[2] for part in sig.parts] == [
        "Aktualisera",
        "Utreda",
        "Besluta",
        "Utforma uppdrag",
        "Genomföra uppdrag",
        "Följa upp",
    ]
    order = [part.id for part in sig.parts]
    used = [order.index(each.part or "") for each in sig.steps]
    assert used == sorted(used)
    assert set(used) == set(range(6))


# Which processes


def ids(found: FollowedCase) -> list[str]:
    return [each.process.id for each in found.processes]


def test_a_case_is_followed_through_what_it_names_or_else_through_all(library):
    assert ids(follow_case(case(), library)) == ["avhopp"]
    bare = case().model_copy(update={"process": {}})
    assert ids(follow_case(bare, library)) == list(library.process_ids)
    assert ids(follow_case(case(), library, process="sig")) == ["sig"]


def test_an_unknown_process_is_refused_with_the_likeliest(library):
    with pytest.raises(UnknownIdError, match=r"'avhop' - did you mean 'avhopp'\?"):
        follow_case(case(), library, process="avhop")


@pytest.mark.parametrize(
    ("process", "words"),
    [
        ({"avhop": {}}, r"process\.avhop: found 'avhop', .* did you mean 'avhopp'"),
        ({"avhopp": {"ansökan": DAY}}, r"found 'ansökan', .* did you mean 'ansokan'"),
        ({"avhopp": {"ansokan": dt.date(2026, 6, 2)}}, r"found 2026-06-02, expected no later day"),
    ],
)
def test_steps_that_there_are_not_and_days_to_come_are_refused(library, process, words):
    wrong = case().model_copy(update={"process": process})
    with pytest.raises(CaseError, match=words):
        follow_case(wrong, library)
