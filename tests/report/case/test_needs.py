"""Need areas, risk, intensity and targets in words."""

import datetime as dt

import pytest
from tests.report.made import DAY, assessed, case, headings, items, section, text_of, youth

from riskbehov.report import assessment_blocks
from riskbehov.report.document import Bullets


def part(found, library, title):
    return section(assessment_blocks(assessed(found, library), library), title)


def recorded(method, level, months=1, **more):
    day = DAY - dt.timedelta(days=30 * months)
    return {"method": method, "level": level, "date": day, **more}


def test_an_area_that_is_not_rated_is_unknown_and_never_zero(library):
    blocks = part(youth(), library, "Need areas")
    unrated = text_of(section(blocks, "Not rated yet (unknown)"))
    assert "Leisure" in unrated
    assert "0" not in unrated
    assert "School: 0, no need" in text_of(section(blocks, "No need found"))
    assert "an area that is not rated is unknown, never zero" in text_of(blocks)
    assert "Identified dynamic areas: 2–5." in text_of(blocks)


def test_identified_followed_and_not_identified_stand_apart(library):
    blocks = part(youth(), library, "Need areas")
    assert headings(blocks) == [
        "Identified needs",
        "Some need: followed, not a target",
        "No need found",
        "Not rated yet (unknown)",
    ]
    assert "Attitudes and values: 1" in text_of(
        section(blocks, "Some need: followed, not a target")
    )


def test_driver_strength_and_grounds_stand_with_their_area(library):
    blocks = part(youth(), library, "Need areas")
    about = {item.text.partition(":")[0]: text_of(item.inside) for item in items(blocks)}
    assert about["Associates"] == "Drives this person's crime. Grounds: Berättar själv."
    assert about["School"] == "Strength: there is something protective here."


def test_history_is_said_never_to_be_a_target(library):
    found = case(instruments={"rbm8": {"answers": {"history": 3, "leisure": 2}}})
    assert "never a target" in text_of(part(found, library, "Need areas"))
    targets = text_of(part(found, library, "Targets"))
    assert "Leisure" in targets
    assert "history" not in targets.lower()


def test_indicators_that_were_seen_are_noted(library):
    rated = {"code": 2, "indicators": {"no_work": "yes", "insufficient_studies": "partly"}}
    found = case(instruments={"rbm8": {"answers": {"work_education": rated}}})
    noted = text_of(part(found, library, "Need areas"))
    assert "Noted: Has no work, Lacks sufficient studies (partly)." in noted


def test_the_screening_stands_beside_the_rating_of_substance_use(library):
    shown = text_of(part(youth(), library, "Need areas"))
    assert "Screening beside the rating: DUDIT, 9–" in shown


def test_a_recorded_result_is_the_ground_with_its_date_and_the_rest_beside_it(library):
    found = case(
        recorded_results=[
            recorded("ls-cmi", "very-high", assessor="frivårdsinspektör", reason="Återfall."),
            recorded("hcr-20", "moderate"),
            recorded("hcr-20", "low", months=3),
            recorded("ls-cmi", "low", months=20),
        ],
        professional_risk={"level": "low", "reason": "Stabil tid."},
    )
    shown = text_of(part(found, library, "Risk of reoffending"))
    assert "Level: high." in shown
    assert "Ground a recorded result of LS/CMI, 2026-05-16: very high" in shown
    assert "Assessed by frivårdsinspektör Reason given Återfall." in shown
    assert "The sources of the risk level disagree." in shown
    others, _, rest = shown.partition("Other sources:")[2].partition("Recorded but not used")
    assert "the professional's own overall judgement: low" in others
    assert "suggested by the toolkit's table" in others
    assert "HCR-20" not in others
    assert "LS/CMI, 2024-10-23: low" in rest
    violence = rest.partition("does not steer the intensity:")[2]
    assert violence.count("HCR-20") == 2


def test_a_suggestion_is_said_to_be_the_toolkits_own(library):
    found = case(instruments={"rbm8": {"answers": {"history": 3, "leisure": 2}}})
    shown = text_of(part(found, library, "Risk of reoffending"))
    assert "suggested by the toolkit's table over history and identified areas" in shown
    assert "the toolkit's own structure, not validated" in shown


def test_under_18_without_a_source_the_level_is_unknown_and_says_what_it_takes(library):
    shown = text_of(part(youth(professional_risk=None), library, "Risk of reoffending"))
    assert "Level: unknown." in shown
    assert "the professional's own overall judgement with its reason" in shown


@pytest.mark.parametrize("level", ["low", "medium", "high"])
def test_the_intensity_withholds_nothing_at_any_level(library, level):
    found = youth(professional_risk={"level": level, "reason": "x"})
    shown = text_of(part(found, library, "Intensity"))
    assert "It concerns insatser against reoffending only." in shown
    assert "never withholds bistånd, protection, substance care or psychiatry" in shown
    assert "the toolkit's own structure, not validated" in shown


def test_an_intensity_that_is_open_says_what_narrows_it_down(library):
    shown = text_of(part(youth(professional_risk=None), library, "Intensity"))
    assert " to " in shown
    assert "It narrows down when" in shown


def test_targets_are_numbered_in_their_order_with_drivers_first(library):
    blocks = part(youth(), library, "Targets")
    (found,) = [b for b in blocks if isinstance(b, Bullets)]
    assert found.is_numbered
    assert [item.text for item in found.items] == [
        "Associates: drives this person's crime, rated 3",
        "Substance use: rated 2",
    ]
    assert "work on more than one at the same time" in text_of(blocks)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"leisure": 1}, "No target yet: some areas are not rated."),
        ({"leisure": 2}, "cannot be told yet"),
        (
            dict.fromkeys(
                [
                    "history",
                    "attitudes",
                    "associates",
                    "personality",
                    "substance_use",
                    "work_education",
                    "family_relations",
                    "leisure",
                ],
                0,
            ),
            "No target: no dynamic area is identified.",
        ),
    ],
)
def test_without_targets_the_report_says_whether_they_may_come(library, answers, words):
    found = case(instruments={"rbm8": {"answers": answers}})
    assert words in text_of(part(found, library, "Targets"))


def test_adaptations_come_from_the_profile(library):
    found = case(instruments={"responsivity": {"answers": {"language": 2, "motivation": 0}}})
    shown = text_of(part(found, library, "Adaptations"))
    item = next(i for i in library.scored("responsivity").items if i.id == "language")
    assert str(item.adaptation) in shown
    assert "Motivation" not in shown
