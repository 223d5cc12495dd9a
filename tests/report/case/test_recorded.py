"""What other methods concluded, and where views differ, in words."""

import datetime as dt

import pytest
from tests.report.made import DAY, assessed, callouts, case, headings, report, section, text_of

from riskbehov.i18n import use_language
from riskbehov.report import assessment_blocks, instrument_blocks
from riskbehov.report.document import Table
from riskbehov.report.plain.assessment import result_dict

CONCLUDED = "What other methods concluded"
DIFFER = "Where views differ"
CONSENT = {
    "id": "s1",
    "to": ["prison-probation"],
    "about": ["assessments"],
    "situations": "under utredningen",
    "form": "written",
    "given": dt.date(2026, 1, 1),
}
LS_CMI = {
    "method": "ls-cmi",
    "level": "high",
    "total": 24,
    "date": dt.date(2026, 5, 2),
    "assessor": "frivårdsinspektör",
    "setting": "community",
    "override": {"level_before": "medium", "reason": "Nya hot."},
    "from": "prison-probation",
    "obtained": dt.date(2026, 5, 20),
    "consent": "s1",
    "sections": {
        "alcohol_drug": {"need": "yes", "level": "hög", "note": "Dricker dagligen."},
        "companions": {"need": "no", "strength": True},
        "leisure": {"need": "yes"},
    },
    "adaptations": ["language", "cognitive_limits"],
}
ASI = {
    "method": "asi",
    "version": "grund",
    "date": dt.date(2026, 3, 1),
    "sections": {
        "work_support": {"need": "yes", "ratings": {"interviewer": 6, "worry": 3}},
        "mental_health": {"need": "yes"},
    },
}
RATED = {
    "rbm8": {
        "date": dt.date(2026, 6, 10),
        "answers": {"substance_use": {"code": 0, "evidence": "Nykter."}, "work_education": 0},
    },
    "responsivity": {"answers": {"language": 0}},
}


def client(*results, age=30, **more):
    return case(
        age,
        **{
            "consents": [CONSENT],
            "recorded_results": list(results),
            "instruments": RATED,
            "facts": {"need_income": False},
            **more,
        },
    )


def blocks(found, library, **options):
    return assessment_blocks(assessed(found, library), library, **options)


def part(found, library, title):
    return section(blocks(found, library), title)


def concluded(found, library, title):
    return text_of(section(part(found, library, CONCLUDED), title))


def test_everything_that_was_recorded_of_a_result_is_told(library):
    shown = concluded(client(LS_CMI), library, "LS/CMI, 2026-05-02")
    for words in (
        "Level high, read as high",
        "Set aside the level medium, for this reason: Nya hot.",
        "Total 24 of 0–43",
        "Assessed by frivårdsinspektör",
        "Where it was made in the community",
        "Obtained from the Prison and Probation Service, 2026-05-20, by the consent s1",
        "Used here until 2027-05-02",
        "Alcohol and drugs: need, level hög",
        "Dricker dagligen.",
        "Companions: no need, strength",
        "Adaptations Language, Cognitive limits",
    ):
        assert words in shown


def test_a_result_got_by_law_names_the_law(library):
    found = {**LS_CMI, "consent": None, "law": "påhittat lagrum"}
    assert "2026-05-20, by law: påhittat lagrum" in concluded(
        client(found), library, "LS/CMI, 2026-05-02"
    )


def test_the_municipalitys_own_result_names_no_authority(library):
    own = {"method": "ls-cmi", "level": "high", "date": DAY}
    assert "Obtained from" not in concluded(client(own), library, f"LS/CMI, {DAY}")


def test_a_method_on_needs_is_told_with_its_ratings_and_without_a_level(library):
    shown = concluded(client(ASI), library, "ASI, 2026-03-01")
    assert "none: the method states needs and no level of risk" in shown
    assert "Edition ASI Grund" in shown
    assert "Work and support: need, the interviewer's rating 6 of 9, the person's worry 3 of 4" in (
        shown
    )


@pytest.mark.parametrize(
    ("age", "date", "words"),
    [
        (30, dt.date(2025, 6, 15), "until 2026-06-15"),
        (30, dt.date(2025, 6, 14), "no: it was used until 2026-06-14"),
        (19, dt.date(2026, 5, 1), "no: the method is for the ages 12–18"),
    ],
)
def test_it_is_told_until_when_a_result_is_used_or_why_it_is_not(library, age, date, words):
    method = "yls-cmi" if age == 19 else "ls-cmi"
    found = client({"method": method, "level": "high", "date": date}, age=age)
    [title] = headings(part(found, library, CONCLUDED))
    assert f"Used here {words}" in concluded(found, library, title)


def test_a_superseded_edition_and_a_total_without_a_known_range_say_so(library):
    old = {"method": "hcr-20", "version": "v2", "level": "low", "date": DAY}
    assert "version 2 (1997), replaced by a later one" in concluded(
        client(old), library, f"HCR-20, {DAY}"
    )
    odd = {"method": "rbm-b", "level": "low", "total": 9, "date": DAY, "consent": "s1"}
    assert "9 (range not verified)" in concluded(client(odd), library, f"RBM-B, {DAY}")


def test_without_recorded_results_neither_section_is_there(library):
    shown = headings(blocks(case(), library))
    assert CONCLUDED not in shown
    assert DIFFER not in shown


def test_what_a_result_says_stands_beside_the_rating_also_where_nothing_is_rated(library):
    shown = part(client(LS_CMI, ASI), library, "Need areas")
    rated = text_of(section(shown, "No need found"))
    assert "Recorded beside: LS/CMI, 2026-05-02. Alcohol and drugs: need, level hög." in rated
    unrated = text_of(section(shown, "Not rated yet (unknown)"))
    assert "Leisure Recorded beside: LS/CMI, 2026-05-02. Leisure: need." in unrated


def test_what_a_result_says_stands_beside_support_needs_and_adaptations(library):
    found = client(LS_CMI, ASI)
    support = text_of(part(found, library, "Support needs"))
    assert "Mental health Recorded beside: ASI, 2026-03-01. Mental health: need." in support
    shown = text_of(part(found, library, "Adaptations"))
    assert "Cognitive limits: recorded by LS/CMI, not judged yet" in shown
    assert "Language: recorded" not in shown  # it is judged, as 0


def test_views_that_differ_are_all_shown_with_the_demand_for_a_reason(library):
    found = client(LS_CMI, professional_risk={"level": "low", "reason": "Lugnt."})
    shown = part(found, library, DIFFER)
    assert headings(shown) == [
        "Risk of reoffending",
        "Substance misuse or dependence",
        "Language",
    ]
    risk = text_of(section(shown, "Risk of reoffending"))
    assert "LS/CMI, 2026-05-02: high Overridden: Nya hot." in risk
    assert f"The professional, {DAY}: low Reason given: Lugnt." in risk
    assert f"The toolkit's table, {DAY}: low to high" in risk
    assert "Say which view goes first, and why, in the case file under reasons, risk." in risk
    area = text_of(section(shown, "Substance misuse or dependence"))
    assert "The professional, 2026-06-10: no need (rated 0) Grounds: Nykter." in area
    assert "under reasons, need.substance_use." in area
    assert "Overridden" not in area


def test_a_reason_takes_the_place_of_the_demand_and_the_views_stay(library):
    reason = "Testerna är negativa sedan i mars."
    found = client(LS_CMI, reasons={"need.substance_use": reason})
    shown = section(part(found, library, DIFFER), "Substance misuse or dependence")
    assert f"What goes first, and why: {reason}" in text_of(shown)
    assert "LS/CMI, 2026-05-02: need" in text_of(shown)
    assert callouts(shown) == []


def test_a_part_on_two_needs_says_that_it_speaks_of_both(library):
    shown = text_of(section(part(client(ASI), library, DIFFER), "Work and education"))
    assert "The method speaks of these as one: Work and education, Income." in shown


def test_a_reason_where_nothing_differs_is_shown(library):
    found = client(reasons={"need.leisure": "Sagt i förväg."})
    assert "Reasons given where nothing differs: • need.leisure: Sagt i förväg." in text_of(
        part(found, library, DIFFER)
    )


def test_the_reason_for_the_level_stands_with_the_level(library):
    views = {"professional_risk": {"level": "low", "reason": "Lugnt."}}
    asked = text_of(part(client(LS_CMI, **views), library, "Risk of reoffending"))
    assert "Write down why the one above is the one that steers." in asked
    found = client(LS_CMI, **views, reasons={"risk": "Hoten är nya."})
    told = text_of(part(found, library, "Risk of reoffending"))
    assert "Why this one steers: Hoten är nya." in told
    assert "Write down why" not in told


def test_a_brief_report_shows_only_what_still_asks_for_a_reason(library):
    found = client(LS_CMI, ASI, reasons={"need.substance_use": "Testerna."})
    shown = section(blocks(found, library, is_brief=True), DIFFER)
    assert headings(shown) == ["Work and education", "Income", "Language"]
    settled = {q.key: "x" for q in assessed(client(LS_CMI, ASI), library).disagreements}
    quiet = client(LS_CMI, ASI, reasons=settled)
    assert DIFFER not in headings(blocks(quiet, library, is_brief=True))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_line_is_wider_than_80_columns(library, language):
    with use_language(language):
        shown = report(assessed(client(LS_CMI, ASI), library), library)
    assert [s for s in shown.splitlines() if len(s) > 80 and "http" not in s] == []


# JSON


def test_a_recorded_result_is_told_whole_in_json(library):
    [found] = result_dict(assessed(client(LS_CMI), library))["recorded_results"]
    sections = found.pop("sections")
    assert found == {
        "method": "ls-cmi",
        "outcome": "general",
        "version": None,
        "date": "2026-05-02",
        "level": "high",
        "counts_as": "high",
        "total": 24,
        "total_range": {"low": 0, "high": 43},
        "override": {"level_before": "medium", "reason": "Nya hot."},
        "assessor": "frivårdsinspektör",
        "setting": "community",
        "adaptations": ["language", "cognitive_limits"],
        "reason": "",
        "used": True,
        "last_day": "2027-05-02",
        "not_used_because": None,
        "from": "prison-probation",
        "obtained": "2026-05-20",
        "consent": "s1",
        "law": None,
    }
    assert [s["id"] for s in sections] == ["leisure", "companions", "alcohol_drug"]
    assert sections[2] == {
        "id": "alcohol_drug",
        "label": "alcohol and drugs",
        "informs": ["substance_use"],
        "need": "yes",
        "strength": None,
        "level": "hög",
        "ratings": {},
        "note": "Dricker dagligen.",
    }


def test_views_and_disagreements_are_told_in_json(library):
    found = result_dict(assessed(client(LS_CMI), library))
    assert [q["about"] for q in found["disagreements"]] == [
        "need.substance_use",
        "responsivity.language",
    ]
    assert {q["about"] for q in found["disagreements"]} < {q["about"] for q in found["views"]}
    area = found["disagreements"][0]
    assert (area["kind"], area["differ"], area["reason"]) == ("need", True, None)
    assert area["views"][0] == {
        "basis": "recorded",
        "source": "ls-cmi",
        "low": "yes",
        "high": "yes",
        "date": "2026-05-02",
        "sections": ["alcohol_drug"],
        "code": None,
        "reason": "Dricker dagligen.",
    }


# Definitions


@pytest.mark.parametrize(
    ("method", "rows"),
    [
        ("ls-cmi", 8),
        ("yls-cmi", 8),
        ("rbm-b", 8),
        ("asi", 7),
    ],
)
def test_the_crosswalk_of_a_method_is_shown(library, method, rows):
    shown = section(
        instrument_blocks(library.method(method), library), "Parts, and the needs that they inform"
    )
    assert next(len(b.rows) for b in shown if isinstance(b, Table)) == rows
    assert "docs/metod.md, Metoder och behovsområden" in text_of(shown)


def test_the_crosswalk_names_the_areas_of_each_age(library):
    found = instrument_blocks(library.method("ls-cmi"), library)
    [table] = [b for b in found if isinstance(b, Table) and b.head[0] == "Part"]
    assert table.head == ("Part", "Id", "Need areas, rbm8", "Need areas, youth7")
    by_id = {row[1]: row[2:] for row in table.rows}
    assert by_id["companions"] == ("Procriminal associates", "Associates")
    assert by_id["criminal_history"] == ("Antisocial history", "–")


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("ls-cmi", "A total within 0–43 is taken"),
        ("yls-cmi", "A total within 0–42 is taken"),
        ("savry", "structured professional judgement, in which nothing is summed"),
        ("hcr-20", "structured professional judgement, in which nothing is summed"),
        ("asi", "None: the method is rated area by area."),
        ("rbm-b", "Which totals the method gives is not verified"),
    ],
)
def test_it_is_told_which_total_a_method_has(library, method, words):
    shown = text_of(instrument_blocks(library.method(method), library))
    assert words in shown
