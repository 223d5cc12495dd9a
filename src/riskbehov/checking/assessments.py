"""Assessments: the instruments, methods, themes and tables that they name are there and fit."""

from collections.abc import Collection, Iterable

from riskbehov.checking.ages import is_within, years
from riskbehov.checking.shelf import Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.checking.wording import not_among
from riskbehov.i18n import Message, message
from riskbehov.models.assessment import Assessment


def unknown_instruments(shelf: Shelf) -> Found:
    """Yield instruments that are not scored here, or not at all."""
    for assessment in shelf.assessments.values():
        ids = assessment.value.instruments
        yield from _unknown(
            assessment,
            "instruments",
            ids,
            shelf.scored,
            message("an instrument that is scored here"),
        )
        needs = assessment.value.needs
        rated = {name for name, i in shelf.scored.items() if i.value.kind == "rating"}
        if needs is not None and needs not in rated:
            yield assessment.fault(not_among(needs, rated, message("a rating instrument")), "needs")
        elif needs is not None and needs not in ids:
            yield assessment.fault(
                message(
                    "the needs are rated with {needs!r}, expected it among the instruments also",
                    needs=needs,
                ),
                "needs",
            )


def unknown_methods(shelf: Shelf) -> Found:
    """Yield recorded methods that do not exist."""
    for assessment in shelf.assessments.values():
        yield from _unknown(
            assessment,
            "methods",
            assessment.value.methods,
            shelf.methods,
            message("a recorded method"),
        )


def unknown_themes(shelf: Shelf) -> Found:
    """Yield themes of rules that do not exist."""
    for assessment in shelf.assessments.values():
        yield from _unknown(
            assessment,
            "rules",
            assessment.value.rules,
            {file.name for file in shelf.rule_files},
            message("a theme of rules"),
        )


def _unknown(
    assessment: Placed[Assessment],
    key: str,
    found: Iterable[str],
    known: Collection[str],
    kind: Message,
) -> Found:
    for number, id_ in enumerate(found):
        if id_ not in known:
            yield assessment.fault(not_among(id_, known, kind), key, number)


def unused_themes(shelf: Shelf) -> Found:
    """Yield themes of rules that no assessment looks at."""
    for file in shelf.rule_files:
        if not shelf.using(file.name):
            yield file.fault(
                message(
                    "no assessment looks at the theme {theme!r}, expected at least one",
                    theme=file.name,
                ),
                "theme",
            )


def wrong_ages(shelf: Shelf) -> Found:
    """Yield needs instruments and methods that are not for the ages of the assessment."""
    for assessment in shelf.assessments.values():
        ages = assessment.value.ages
        needs = shelf.needs(assessment.value)
        if needs is not None and not is_within(ages, needs.ages):
            yield assessment.fault(
                message(
                    "found the ages {found}, expected ages within {expected}, which {needs!r} is"
                    " for",
                    found=ages,
                    expected=needs.ages,
                    needs=needs.id,
                ),
                "ages",
            )
        for number, id_ in enumerate(assessment.value.methods):
            method = shelf.methods.get(id_)
            if method is not None and not years(ages, method.value.ages):
                yield assessment.fault(
                    message(
                        "the method {id!r} is for the ages {expected}, but the assessment has none"
                        " of them ({found})",
                        id=id_,
                        expected=method.value.ages,
                        found=ages,
                    ),
                    "methods",
                    number,
                )


def needs_without_tables(shelf: Shelf) -> Found:
    """Yield assessments with needs but no tables for them, or the reverse."""
    for name, assessment in shelf.assessments.items():
        if assessment.value.needs is not None and name not in shelf.matrices:
            yield assessment.fault(
                message("the assessment rates needs, expected a matrix.yaml beside it"), "needs"
            )
    for name, matrix in shelf.matrices.items():
        if name in shelf.assessments and shelf.assessments[name].value.needs is None:
            yield matrix.fault(
                message(
                    "found tables for needs, which the assessment {id!r} does not rate", id=name
                )
            )


def files_of_nothing(shelf: Shelf) -> Found:
    """Yield tables and fictional clients beside no assessment."""
    for name, file in (*shelf.matrices.items(), *shelf.assessment_cases.items()):
        if name not in shelf.assessments:
            yield file.fault(message("found no assessment.yaml in the same folder, expected one"))


def without_clients(shelf: Shelf) -> Found:
    """Yield assessments without fictional clients."""
    for name, assessment in shelf.assessments.items():
        if name not in shelf.assessment_cases:
            yield assessment.fault(
                message("the assessment {id!r} has no fictional clients (cases.yaml)", id=name)
            )


def real_clients(shelf: Shelf) -> Found:
    """Yield clients that are not said to be fictional."""
    for file in shelf.assessment_cases.values():
        for number, example in enumerate(file.value.cases):
            if not example.case.fictional:
                yield file.fault(NOT_FICTIONAL, "cases", number, "case")


NOT_FICTIONAL = message("found a case without 'fictional: true', expected only fictional clients")

CHECKS = (
    Check(unknown_instruments, needs=("instruments",)),
    Check(unknown_methods, needs=("instruments",)),
    Check(unknown_themes, needs=("rules",)),
    Check(unused_themes, needs=("assessments",)),
    Check(wrong_ages),
    Check(needs_without_tables, needs=("matrices",)),
    Check(files_of_nothing, needs=("assessments",)),
    Check(real_clients),
    Check(without_clients, needs=("assessment cases",), is_note=True),
)
