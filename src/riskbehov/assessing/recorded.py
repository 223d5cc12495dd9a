"""Recorded results: how each is used in a case."""

from collections.abc import Mapping

from riskbehov.assessing.checks.grounds import origin
from riskbehov.models.case import Case
from riskbehov.models.instrument import RecordedMethod
from riskbehov.models.result import RecordedView
from riskbehov.planning import last_day, unused


def recorded_views(case: Case, methods: Mapping[str, RecordedMethod]) -> tuple[RecordedView, ...]:
    """Return every recorded result of a case, the newest first, with how it is used."""
    ordered = sorted(case.recorded_results, key=lambda found: found.date, reverse=True)
    return tuple(
        RecordedView(
            found=found,
            method=(method := methods[found.method]),
            origin=origin(found, method),
            last_day=last_day(found, method),
            unused=unused(found, method, case),
        )
        for found in ordered
    )
