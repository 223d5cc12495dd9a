"""Whether the steps that a case says are done are steps of a process, each on a day that fits."""

from collections.abc import Iterator

from riskbehov.errors import not_among
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.models.case import Case
from riskbehov.yamlfile import Place


def check_processed(case: Case, library: Library) -> Iterator[tuple[Place, Message]]:
    """Yield the processes and steps that there are not, and the days that are yet to come."""
    for id_, done in case.process.items():
        place: Place = ("process", id_)
        if id_ not in library.process_ids:
            yield place, not_among(id_, library.process_ids, message("a process"))
            continue
        steps = [step.id for step in library.process(id_).steps]
        for step, day in done.items():
            if step not in steps:
                yield (*place, step), not_among(step, steps, message("a step of the process"))
            elif day > case.date:
                yield (
                    (*place, step),
                    message(
                        "found {found}, expected no later day than the assessment's, {day}",
                        found=day,
                        day=case.date,
                    ),
                )
