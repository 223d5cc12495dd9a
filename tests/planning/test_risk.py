"""The risk level: which source steers, and what is shown beside it (decision 13)."""

import datetime as dt

import pytest

from riskbehov.assessing import assess
from riskbehov.models.case import Case
from riskbehov.models.result import Risk
from riskbehov.planning.risk import months_after

DAY = dt.date(2026, 6, 15)


def case(age=30, **given):
    return Case.model_validate(
        {
            "case": "fiktiv",
            "fictional": True,
            "date": DAY,
            "person": {"age": age, "sex": "male"},
            **given,
        },
        strict=False,
    )


def recorded(method, level, date):
    ground = {"from": "prison-probation", "law": "påhittat lagrum"} if method == "rbm-b" else {}
    return {"method": method, "level": level, "date": date, **ground}


def judged(level):
    return {"level": level, "reason": "sammanvägt"}


def ratings(instrument, **codes):
    return {instrument: {"answers": codes}}


def basis(found: Risk) -> str | None:
    return found.chosen.basis if found.chosen else None


def test_a_recorded_result_steers_before_the_professional_and_both_are_shown(library):
    found = assess(
        case(
            recorded_results=[recorded("rbm-b", "high", dt.date(2026, 1, 1))],
            professional_risk=judged("low"),
        ),
        library,
    ).risk
    assert (found.low, found.high, basis(found)) == ("high", "high", "recorded")
    assert "professional" in [other.basis for other in found.others]
    assert found.disagree


def test_the_newest_recorded_result_steers(library):
    found = assess(
        case(
            recorded_results=[
                recorded("ls-cmi", "low", dt.date(2026, 2, 1)),
                recorded("rbm-b", "high", dt.date(2026, 3, 1)),
            ]
        ),
        library,
    ).risk
    assert found.chosen
    assert found.chosen.source == "rbm-b"


@pytest.mark.parametrize(
    ("date", "is_used"), [(dt.date(2025, 6, 15), True), (dt.date(2025, 6, 14), False)]
)
def test_a_recorded_result_counts_for_twelve_months(library, date, is_used):
    found = assess(
        case(recorded_results=[recorded("rbm-b", "high", date)], professional_risk=judged("low")),
        library,
    ).risk
    assert basis(found) == ("recorded" if is_used else "professional")
    assert bool(found.expired) == (not is_used)


def test_violence_is_a_line_of_its_own_and_steers_nothing(library):
    found = assess(
        case(
            recorded_results=[recorded("hcr-20", "high", dt.date(2026, 5, 1))],
            professional_risk=judged("low"),
        ),
        library,
    ).risk
    assert (found.low, found.high) == ("low", "low")
    assert found.violence
    assert found.violence.low == "high"
    assert not found.disagree


def test_a_result_from_when_the_method_was_for_the_age_is_not_used_later_and_is_flagged(library):
    results = [recorded("yls-cmi", "high", dt.date(2026, 5, 1))]
    result = assess(case(age=19, recorded_results=results), library)  # 18 or 19 on that day
    assert basis(result.risk) == "suggestion"
    assert "recorded-result-not-used" in [flag.id for flag in result.flags]


# Worked by hand: the last day is the same day of the month so many months later, and is included.
# The shorter of the method's twelve months and the months that the assessor meant counts.
@pytest.mark.parametrize(
    ("date", "months", "is_used"),
    [
        (dt.date(2025, 6, 15), None, True),  # 12 months to the day
        (dt.date(2025, 6, 14), None, False),
        (dt.date(2025, 6, 15), 12, True),
        (dt.date(2025, 12, 15), 6, True),  # 6 months to the day
        (dt.date(2025, 12, 14), 6, False),
        (dt.date(2026, 5, 15), 1, True),
        (dt.date(2026, 5, 14), 1, False),
        (DAY, 1, True),  # the day of the case itself
    ],
)
def test_the_shorter_time_counts(library, date, months, is_used):
    found = recorded("ls-cmi", "high", date) | ({"valid_months": months} if months else {})
    risk = assess(case(recorded_results=[found], professional_risk=judged("low")), library).risk
    assert basis(risk) == ("recorded" if is_used else "professional")
    assert bool(risk.expired) == (not is_used)


def test_a_month_without_such_a_day_ends_on_its_last(library):
    found = recorded("ls-cmi", "high", dt.date(2026, 3, 31)) | {"valid_months": 1}  # to 30 April
    for day, expected in ((dt.date(2026, 4, 30), "recorded"), (dt.date(2026, 5, 1), "suggestion")):
        assessed = case(recorded_results=[found]).model_copy(update={"date": day})
        assert basis(assess(assessed, library).risk) == expected


def test_a_method_on_needs_never_gives_a_level(library):
    results = [{"method": "asi", "date": DAY, "sections": {"drugs": {"need": "yes"}}}]
    found = assess(case(recorded_results=results), library).risk
    assert basis(found) == "suggestion"
    assert found.violence is None
    assert found.expired == ()
    assert [source.basis for source in found.general] == ["suggestion"]


def test_a_result_by_a_superseded_edition_is_used_and_flagged(library):
    for version, is_flagged in (("v2", True), ("v3", False), ("", False)):
        results = [recorded("hcr-20", "high", DAY) | {"version": version}]
        result = assess(case(recorded_results=results), library)
        assert result.risk.violence
        assert result.risk.violence.high == "high"
        flags = [flag.id for flag in result.flags]
        assert ("recorded-edition-superseded" in flags) == is_flagged


# The collapse table of docs/metod.md, "Bedömningar gjorda med andra metoder".
@pytest.mark.parametrize(
    ("method", "age", "level", "read_as"),
    [
        ("ls-cmi", 30, "very-low", "low"),
        ("ls-cmi", 30, "low", "low"),
        ("ls-cmi", 30, "medium", "medium"),
        ("ls-cmi", 30, "high", "high"),
        ("ls-cmi", 30, "very-high", "high"),
        ("yls-cmi", 15, "low", "low"),
        ("yls-cmi", 15, "medium", "medium"),
        ("yls-cmi", 15, "high", "high"),
        ("yls-cmi", 15, "very-high", "high"),
        ("rbm-b", 30, "low", "low"),
        ("rbm-b", 30, "medium", "medium"),
        ("rbm-b", 30, "high", "high"),
    ],
)
def test_a_level_is_read_as_the_collapse_table_has_it(library, method, age, level, read_as):
    found = assess(case(age=age, recorded_results=[recorded(method, level, DAY)]), library).risk
    assert (found.low, found.high) == (read_as, read_as)


@pytest.mark.parametrize(
    ("method", "age", "level", "read_as"),
    [
        ("savry", 15, "low", "low"),
        ("savry", 15, "moderate", "medium"),
        ("savry", 15, "high", "high"),
        ("hcr-20", 30, "low", "low"),
        ("hcr-20", 30, "moderate", "medium"),
        ("hcr-20", 30, "high", "high"),
    ],
)
def test_a_level_of_violence_is_read_so_too_and_stays_apart(library, method, age, level, read_as):
    found = assess(case(age=age, recorded_results=[recorded(method, level, DAY)]), library).risk
    assert found.violence
    assert found.violence.high == read_as
    assert basis(found) == (None if age == 15 else "suggestion")


def test_an_adult_without_a_source_gets_the_toolkits_suggestion_as_an_interval(library):
    found = assess(case(instruments=ratings("rbm8", attitudes=2)), library).risk
    assert basis(found) == "suggestion"
    assert found.low != found.high


def test_under_18_without_a_source_the_level_is_unknown(library):
    result = assess(case(age=15, instruments=ratings("youth7", attitudes=3)), library)
    assert result.risk.chosen is None
    assert (result.risk.low, result.risk.high) == ("low", "high")
    assert "risk-unknown" in [flag.id for flag in result.flags]


def test_months_are_counted_to_the_last_day_of_a_shorter_month():
    assert months_after(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)
    assert months_after(dt.date(2025, 1, 31), 1) == dt.date(2025, 2, 28)
    assert months_after(dt.date(2025, 12, 15), 1) == dt.date(2026, 1, 15)


def test_results_of_one_day_count_together_whatever_their_order(library):
    results = [recorded("ls-cmi", "low", DAY), recorded("rbm-b", "high", DAY)]
    for order in (results, results[::-1]):
        found = assess(case(recorded_results=order), library).risk
        assert (found.low, found.high, found.disagree) == ("low", "high", True)


def test_two_methods_on_violence_that_disagree_are_flagged(library):
    results = [recorded("savry", "high", dt.date(2026, 5, 1)), recorded("hcr-20", "low", DAY)]
    found = assess(case(age=18, recorded_results=results), library).risk
    assert found.violence
    assert found.violence.source == "hcr-20"
    assert found.disagree


def test_a_later_look_does_not_age_a_result(library):
    results = [recorded("rbm-b", "high", dt.date(2026, 6, 10))]
    later = assess(case(recorded_results=results), library, day=dt.date(2027, 7, 1)).risk
    assert basis(later) == "recorded"


def test_under_6_no_level_is_taken_from_anyone(library):
    found = assess(case(age=4, professional_risk=judged("high")), library).risk
    assert found.chosen is None
