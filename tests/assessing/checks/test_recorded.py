"""Recorded results: what their methods cannot have given is refused, with its place."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.assessing import assess
from riskbehov.assessing.checks.recorded import ages_on
from riskbehov.errors import CaseError
from riskbehov.models.case import Case

DAY = dt.date(2026, 6, 15)
CONSENT = {
    "id": "s1",
    "to": ["prison-probation"],
    "about": ["assessments"],
    "situations": "under utredningen",
    "form": "written",
    "given": dt.date(2020, 1, 1),
}


def case(age=30, **given_):
    return Case.model_validate(
        {
            "case": "fiktiv",
            "fictional": True,
            "date": DAY,
            "person": {"age": age},
            "consents": [CONSENT],
            **given_,
        },
        strict=False,
    )


def result(method="ls-cmi", level="high", date=DAY, **more):
    ground = {"consent": "s1"} if method == "rbm-b" else {}
    levels = {"level": level} if level else {}
    return {"method": method, "date": date, **levels, **ground, **more}


def faults(library, *results, age=30, **given_):
    """Return what is said of the recorded results, by place; empty where nothing is."""
    try:
        assess(case(age, recorded_results=list(results), **given_), library)
    except CaseError as error:
        return {fault.where: str(fault.message) for fault in error.faults}
    return {}


def only(found: dict[str, str]) -> tuple[str, str]:
    [(where, text)] = found.items()
    return where.removeprefix("recorded_results[0]").removeprefix("."), text


# Totals: the ranges are those of the publisher's pages (LS/CMI 43 items, YLS/CMI 2.0 42 items).


@pytest.mark.parametrize("total", [0, 1, 43])
def test_a_total_within_the_range_of_ls_cmi_is_taken(library, total):
    assert faults(library, result(total=total)) == {}


@pytest.mark.parametrize("total", [-1, 44, 100])
def test_a_total_outside_the_range_of_ls_cmi_is_refused(library, total):
    where, text = only(faults(library, result(total=total)))
    assert where == "total"
    assert text == f"found {total}, expected a total of ls-cmi from 0 to 43"


@pytest.mark.parametrize(("total", "is_taken"), [(0, True), (42, True), (43, False)])
def test_the_range_of_yls_cmi_ends_at_42(library, total, is_taken):
    assert (faults(library, result("yls-cmi", total=total), age=15) == {}) is is_taken


@pytest.mark.parametrize(("method", "age"), [("savry", 15), ("hcr-20", 30)])
@pytest.mark.parametrize("total", [0, 20])
def test_a_total_of_structured_professional_judgement_is_refused(library, method, age, total):
    where, text = only(faults(library, result(method, "high", total=total), age=age))
    assert where == "total"
    assert "structured professional judgement, in which nothing is summed" in text


def test_a_total_of_asi_is_refused(library):
    _, text = only(faults(library, result("asi", None, total=12)))
    assert "rated area by area and has no total" in text


def test_a_total_whose_range_is_not_verified_is_taken_and_flagged(library):
    found = assess(case(recorded_results=[result("rbm-b", total=17)]), library)
    assert "recorded-total-unverified" in [flag.id for flag in found.flags]
    without = assess(case(recorded_results=[result("rbm-b")]), library)
    assert "recorded-total-unverified" not in [flag.id for flag in without.flags]


# Levels


def test_a_method_on_risk_takes_a_level(library):
    where, text = only(faults(library, result(level=None)))
    assert where == ""
    assert text == (
        "found no level, expected the one that ls-cmi concluded: very-low, low, medium, high,"
        " very-high"
    )


def test_a_method_on_needs_takes_no_level(library):
    where, text = only(faults(library, result("asi", "high")))
    assert where == "level"
    assert text == "found 'high', expected no level: asi states needs and no level of risk"
    assert faults(library, result("asi", None)) == {}


def test_an_unknown_level_is_refused_with_a_hint(library):
    where, text = only(faults(library, result(level="hgh")))
    assert where == "level"
    assert "did you mean 'high'?" in text


# Editions


@pytest.mark.parametrize(
    ("method", "version", "is_taken"),
    [
        ("hcr-20", "v3", True),
        ("hcr-20", "v2", True),
        ("hcr-20", "v1", False),
        ("ls-cmi", "vilken som helst", True),  # no edition of it is known here
    ],
)
def test_an_edition_is_one_that_the_method_has(library, method, version, is_taken):
    assert (faults(library, result(method, version=version)) == {}) is is_taken


def test_an_unknown_edition_is_refused_with_those_there_are(library):
    where, text = only(faults(library, result("hcr-20", version="3"), age=30))
    assert where == "version"
    assert text.startswith("found '3', expected an edition: v3, v2")


# Sections and ratings. ASI: the interviewer 0-9, the person 0-4 (Metodguiden, Konstruktion).


def test_an_unknown_section_is_refused_with_a_hint(library):
    where, text = only(faults(library, result(sections={"leisur": {"need": "yes"}})))
    assert where == "sections.leisur"
    assert "expected a section of the method: criminal_history" in text
    assert "did you mean 'leisure'?" in text


@pytest.mark.parametrize(
    ("rating", "code", "is_taken"),
    [
        ("interviewer", 0, True),
        ("interviewer", 9, True),
        ("interviewer", 10, False),
        ("interviewer", -1, False),
        ("worry", 4, True),
        ("worry", 5, False),
        ("help", 0, True),
        ("help", 5, False),
    ],
)
def test_a_rating_keeps_to_its_scale(library, rating, code, is_taken):
    found = faults(library, result("asi", None, sections={"drugs": {"ratings": {rating: code}}}))
    if is_taken:
        assert found == {}
    else:
        where, text = only(found)
        assert where == f"sections.drugs.ratings.{rating}"
        assert text.startswith(f"found {code}, expected a rating from 0 to ")


def test_an_unknown_rating_is_refused(library):
    sections = {"drugs": {"ratings": {"composite": 1}}}
    where, text = only(faults(library, result("asi", None, sections=sections)))
    assert where == "sections.drugs.ratings.composite"
    assert "expected a rating of the method: interviewer, worry, help" in text


def test_a_method_without_ratings_takes_none(library):
    sections = {"leisure": {"ratings": {"points": 2}}}
    _, text = only(faults(library, result(sections=sections)))
    assert "expected a rating of the method: -" in text


# Overrides


def test_an_override_names_another_level_of_the_method(library):
    reason = {"reason": "Nya uppgifter."}
    assert faults(library, result(override={"level_before": "medium", **reason})) == {}
    where, text = only(faults(library, result(override={"level_before": "hög", **reason})))
    assert where == "override.level_before"
    assert "expected a level: very-low" in text
    where, text = only(faults(library, result(override={"level_before": "high", **reason})))
    assert where == "override.level_before"
    assert "the level that the result ended at, expected another" in text


def test_a_method_without_levels_has_none_to_set_aside(library):
    override = {"level_before": "low", "reason": "x"}
    where, text = only(faults(library, result("asi", None, override=override)))
    assert where == "override"
    assert "expected none: asi states no level of risk" in text


# Adaptations


def test_an_adaptation_is_an_item_of_the_responsivity_profile(library):
    assert faults(library, result("rbm-b", adaptations=["language", "written_support"])) == {}
    where, text = only(faults(library, result("rbm-b", adaptations=["language", "reading"])))
    assert where == "adaptations[1]"
    assert "expected an item of the responsivity profile: verbal_support" in text
    where, text = only(faults(library, result("rbm-b", adaptations=["language", "language"])))
    assert (where, text) == ("adaptations[1]", "found 'language' once more, expected once")


def test_an_adaptation_for_the_parents_is_taken_of_a_young_person_only(library):
    assert faults(library, result("yls-cmi", adaptations=["receptivity"]), age=15) == {}
    assert faults(library, result(adaptations=["receptivity"])) != {}


# Months


@pytest.mark.parametrize(("months", "is_taken"), [(1, True), (12, True), (13, False)])
def test_a_result_is_not_used_for_longer_than_its_method(library, months, is_taken):
    found = faults(library, result(valid_months=months))
    assert (found == {}) is is_taken
    if not is_taken:
        where, text = only(found)
        assert where == "valid_months"
        assert text == (
            "found 13 months, expected no more than the 12 that a result of ls-cmi is used for"
        )


# Ages, worked by hand. The birthday is not known, so that the person may have been a year younger
# unless a whole number of years has passed. YLS/CMI 2.0 is for 12-18, LS/CMI from 16, HCR-20 from
# 18, ASI from 18.


@pytest.mark.parametrize(
    ("method", "age", "date", "is_taken"),
    [
        ("yls-cmi", 12, DAY, True),
        ("yls-cmi", 12, dt.date(2026, 6, 14), True),  # 11 or 12
        ("yls-cmi", 12, dt.date(2025, 6, 16), True),  # 11 or 12
        ("yls-cmi", 12, dt.date(2025, 6, 15), False),  # 11 to the day
        ("yls-cmi", 18, DAY, True),
        ("yls-cmi", 19, DAY, False),
        ("yls-cmi", 19, dt.date(2026, 6, 14), True),  # 18 or 19
        ("yls-cmi", 20, dt.date(2026, 6, 14), False),  # 19 or 20
        ("yls-cmi", 20, dt.date(2025, 6, 15), False),  # 19 to the day
        ("yls-cmi", 20, dt.date(2025, 6, 14), True),  # 18 or 19
        ("ls-cmi", 16, DAY, True),
        ("ls-cmi", 15, DAY, False),
        ("ls-cmi", 16, dt.date(2025, 6, 16), True),  # 15 or 16
        ("ls-cmi", 16, dt.date(2025, 6, 15), False),  # 15 to the day
        ("ls-cmi", 17, dt.date(2025, 6, 15), True),  # 16 to the day
        ("hcr-20", 18, DAY, True),
        ("hcr-20", 17, DAY, False),
        ("hcr-20", 18, dt.date(2026, 1, 1), True),  # 17 or 18
        ("asi", 18, DAY, True),
        ("asi", 17, DAY, False),
        ("savry", 12, DAY, True),
        ("savry", 11, DAY, False),
    ],
)
def test_the_person_can_have_been_of_an_age_for_the_method(library, method, age, date, is_taken):
    levels = {"hcr-20": "high", "savry": "high", "asi": None}
    found = faults(library, result(method, levels.get(method, "low"), date), age=age)
    assert (found == {}) is is_taken
    if not is_taken:
        where, text = only(found)
        assert where == "date"
        assert "expected an age that the method is for" in text


def test_a_result_from_before_the_person_was_born_is_refused(library):
    _, text = only(faults(library, result("yls-cmi", "low", dt.date(2006, 1, 1)), age=15))
    assert text == "found 2006-01-01, before the person was born, expected a later day"


@given(
    born=st.dates(dt.date(1920, 1, 1), dt.date(2020, 1, 1)),
    day=st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)),
    days=st.integers(0, 3000),
)
def test_the_age_on_an_earlier_day_is_always_among_those_possible(born, day, days):
    later = day + dt.timedelta(days=days)
    low, high = ages_on(day, whole_years(born, later), later)
    assert low <= whole_years(born, day) <= high
    assert high - low <= 1


def whole_years(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


# Several


def test_two_results_of_one_method_from_one_day_are_refused(library):
    found = faults(library, result(level="low"), result(level="high"))
    assert found == {
        "recorded_results[1]": (
            "found a second result of ls-cmi from 2026-06-15, expected one: which of them counts"
            " cannot be known"
        )
    }
    assert faults(library, result(level="low"), result(date=dt.date(2026, 6, 14))) == {}
    assert faults(library, result(level="low"), result("hcr-20")) == {}


def test_every_fault_is_told_at_once_with_its_place(library):
    wrong = result(
        level="hög",
        total=44,
        valid_months=24,
        sections={"fritid": {}},
        adaptations=["reading"],
    )
    assert set(faults(library, result("savry", "high", total=3), wrong)) == {
        "recorded_results[0].date",  # 30 years
        "recorded_results[0].total",
        "recorded_results[1].level",
        "recorded_results[1].total",
        "recorded_results[1].valid_months",
        "recorded_results[1].sections.fritid",
        "recorded_results[1].adaptations[0]",
    }


# How a result is used


def views(library, *results, age=30):
    return assess(case(age, recorded_results=list(results)), library).recorded


def test_results_are_shown_newest_first_with_the_last_day_of_their_use(library):
    old, new = dt.date(2025, 6, 14), dt.date(2026, 1, 31)
    found = views(library, result(date=old), result(date=new, valid_months=1), result("hcr-20"))
    assert [(v.method.id, v.last_day, v.unused) for v in found] == [
        ("hcr-20", dt.date(2027, 6, 15), None),
        ("ls-cmi", dt.date(2026, 2, 28), "too-old"),
        ("ls-cmi", dt.date(2026, 6, 14), "too-old"),
    ]


def test_a_result_for_another_age_is_shown_but_not_used(library):
    [found] = views(library, result("yls-cmi", "low", dt.date(2026, 5, 1)), age=19)
    assert found.unused == "age"


def test_the_origin_of_a_result_is_the_authority_that_alone_makes_it(library):
    found = views(
        library,
        result("rbm-b"),
        result("ls-cmi"),
        result("hcr-20") | {"from": "prison-probation", "consent": "s1"},
    )
    assert {v.method.id: v.origin for v in found} == {
        "rbm-b": "prison-probation",
        "ls-cmi": None,
        "hcr-20": "prison-probation",
    }


# The day of the exchange, worked by hand: the consent's last day still covers it, not the next.


@pytest.mark.parametrize(
    ("obtained", "is_taken"), [(dt.date(2026, 3, 31), True), (dt.date(2026, 4, 1), False)]
)
def test_a_result_obtained_the_day_after_the_consent_ended_is_refused(library, obtained, is_taken):
    consent = {**CONSENT, "until": dt.date(2026, 3, 31)}
    found = faults(
        library,
        result("rbm-b", date=dt.date(2026, 2, 1), obtained=obtained),
        consents=[consent],
    )
    assert (found == {}) is is_taken
    if not is_taken:
        where, text = only(found)
        assert where == "consent"
        assert "which held until 2026-03-31, expected one that covers 2026-04-01" in text
