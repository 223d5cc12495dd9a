"""The verdicts on rules that a worked example expects, against those that came out."""

from collections.abc import Iterator

from riskbehov.errors import did_you_mean
from riskbehov.i18n import N_, Message, message
from riskbehov.models.example import Expectation
from riskbehov.models.result import Result, Verdict, VerdictName

_TOLD: dict[VerdictName, str] = {
    "applies": N_("it applies"),
    "does-not-apply": N_("it does not apply"),
    "cannot-tell": N_("it cannot be told"),
    "not-in-force": N_("it is not in force"),
}


def verdict_differences(expect: Expectation, result: Result) -> Iterator[Message]:
    """Yield the rules with another verdict than expected, and other facts named as missing."""
    verdicts = {verdict.rule.id: verdict for verdict in result.verdicts}
    for rule, expected in _expected(expect):
        found = verdicts.get(rule)
        if found is None:
            yield message(
                "the rule {rule}: expected that {expected}, but the assessment {assessment} looks"
                " at no such rule{hint}",
                rule=rule,
                expected=message(_TOLD[expected]),
                assessment=result.assessment.id,
                hint=did_you_mean(rule, verdicts),
            )
        elif found.verdict != expected:
            yield message(
                "the rule {rule}: expected that {expected}, found that {found}",
                rule=rule,
                expected=message(_TOLD[expected]),
                found=_told(found),
            )
        elif expected == "cannot-tell":
            yield from _missing(rule, expect.cannot_tell[rule], found)


def _expected(expect: Expectation) -> Iterator[tuple[str, VerdictName]]:
    yield from ((rule, "applies") for rule in expect.applies)
    yield from ((rule, "does-not-apply") for rule in expect.does_not_apply)
    yield from ((rule, "cannot-tell") for rule in expect.cannot_tell)
    yield from ((rule, "not-in-force") for rule in expect.not_in_force)


def _told(verdict: Verdict) -> Message:
    told = message(_TOLD[verdict.verdict])
    if verdict.missing:
        return message("{told} (missing: {facts})", told=told, facts=", ".join(verdict.missing))
    return told


def _missing(rule: str, expected: tuple[str, ...], found: Verdict) -> Iterator[Message]:
    if set(expected) != set(found.missing):
        yield message(
            "the rule {rule}: expected these facts to be missing: {expected}; found: {found}",
            rule=rule,
            expected=", ".join(expected) or "-",
            found=", ".join(found.missing) or "-",
        )
