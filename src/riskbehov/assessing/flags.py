"""What a person should look at before she trusts the result: it changes nothing by itself."""

from collections.abc import Iterator, Mapping

from riskbehov.i18n import message
from riskbehov.logic.vocabulary import Interval
from riskbehov.models.assessment import RISK_LEVELS
from riskbehov.models.result import CaseFlag, Needs, Risk, Score

_SUBSTANCE = "substance_use"
_YES = (1, 1)
_NO = (0, 0)


def case_flags(
    scores: Mapping[str, Score],
    needs: Needs,
    risk: Risk,
    facts: Mapping[str, Interval],
) -> Iterator[CaseFlag]:
    """Yield the flags of a whole case."""
    yield from _answers(scores)
    yield from _screening_against_rating(scores, needs, facts)
    yield from _freedom(scores, facts)
    yield from _risk(risk)
    if needs.areas and (risk.low, risk.high) == (RISK_LEVELS[0], RISK_LEVELS[-1]):
        yield CaseFlag(
            "risk-unknown",
            message(
                "the risk level is unknown: it takes a recorded result or the professional's own"
                " judgement with its reason"
            ),
        )


def _answers(scores: Mapping[str, Score]) -> Iterator[CaseFlag]:
    for id_, score in scores.items():
        for raised in score.flags:
            yield CaseFlag(
                f"{id_}.{raised.flag.id}",
                message("{instrument}: {label}", instrument=id_.upper(), label=raised.flag.label),
                raised.is_certain,
            )


def _screening_against_rating(
    scores: Mapping[str, Score], needs: Needs, facts: Mapping[str, Interval]
) -> Iterator[CaseFlag]:
    """Yield a flag where the screening and the professional's rating of substance use differ."""
    screened = [facts.get(f"{id_}_problem") for id_, s in scores.items() if s.default_set]
    if _SUBSTANCE in needs.not_identified and _YES in screened:
        yield CaseFlag(
            "screening-above-rating",
            message(
                "the substance area is not rated as a need, but a screening form is at or above its"
                " problem limit: look again at both"
            ),
        )
    if _SUBSTANCE in needs.identified and screened and all(s == _NO for s in screened):
        yield CaseFlag(
            "rating-above-screening",
            message(
                "the substance area is rated as a need, but no screening form reaches its problem"
                " limit: look again at both"
            ),
        )


def _freedom(scores: Mapping[str, Score], facts: Mapping[str, Interval]) -> Iterator[CaseFlag]:
    if facts.get("controlled_environment_12m") != _YES:
        return
    for id_, score in scores.items():
        if "total" in score.scales and facts.get(f"{id_}_problem") != _YES:
            yield CaseFlag(
                f"{id_}.controlled-environment",
                message(
                    "{instrument}: a low score after a year in a controlled environment says"
                    " nothing about use in freedom",
                    instrument=id_.upper(),
                ),
            )


def _risk(risk: Risk) -> Iterator[CaseFlag]:
    if risk.disagree:
        yield CaseFlag(
            "risk-sources-disagree",
            message("the sources of the risk level disagree: say why the one steers"),
        )
    for found in risk.expired:
        yield CaseFlag(
            "recorded-result-not-used",
            message(
                "the recorded result of {method} from {date} is not used: too old, or for"
                " another age",
                method=found.method,
                date=found.date,
            ),
        )
    if risk.violence and risk.violence.high != RISK_LEVELS[0]:
        yield CaseFlag(
            "violence",
            message(
                "{method} says medium or high risk of violence: it does not steer the intensity;"
                " look at safety and at what drives the violence",
                method=risk.violence.source.upper(),
            ),
        )
