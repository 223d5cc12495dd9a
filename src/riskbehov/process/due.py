"""When methods with a recorded result are due again."""

import datetime as dt
from dataclasses import dataclass

from riskbehov.models.instrument import RecordedMethod
from riskbehov.models.result import RecordedView, Result


@dataclass(frozen=True, slots=True)
class Due:
    """When a method with a recorded result is due again."""

    method: RecordedMethod
    date: dt.date
    """The day of the newest result."""
    last_day: dt.date
    """The last day on which that result is used."""
    is_past: bool


def reassessments(result: Result) -> tuple[Due, ...]:
    """Return when each method with a recorded result is due again, the earliest first.

    Of several results by one method the newest counts. One of a method for another age is due no
    more.
    """
    newest: dict[str, RecordedView] = {}
    for view in sorted(result.recorded, key=lambda view: view.found.date):
        if view.unused != "age":
            newest[view.method.id] = view
    due = [
        Due(view.method, view.found.date, view.last_day, result.case.date > view.last_day)
        for view in newest.values()
    ]
    return tuple(sorted(due, key=lambda each: (each.last_day, each.method.id)))
