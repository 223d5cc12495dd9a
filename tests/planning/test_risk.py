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
    return {"method": method, "level": level, "date": date}


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


def test_a_method_for_another_age_is_not_used_and_is_flagged(library):
    result = assess(
        case(recorded_results=[recorded("yls-cmi", "high", dt.date(2026, 5, 1))]), library
    )
    assert basis(result.risk) == "suggestion"
    assert "recorded-result-not-used" in [flag.id for flag in result.flags]


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
