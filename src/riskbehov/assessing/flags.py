"""What a person should look at before she trusts the result: it changes nothing by itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from riskbehov.assessing.disagreements import RISK, VIOLENCE
from riskbehov.i18n import message
from riskbehov.logic.vocabulary import Interval
from riskbehov.models.assessment import RISK_LEVELS
from riskbehov.models.result import (
    CaseFlag,
    Exchange,
    HeldConsent,
    Needs,
    Question,
    RecordedView,
    Risk,
    Score,
    Threat,
)

_SUBSTANCE = "substance_use"
_YES = (1, 1)
_NO = (0, 0)


def case_flags(
    scores: Mapping[str, Score],
    needs: Needs,
    risk: Risk,
    facts: Mapping[str, Interval],
    *,
    recorded: Iterable[RecordedView] = (),
    asked: Iterable[Question] = (),
    consents: Sequence[HeldConsent] | None = None,
    obtained: Sequence[Exchange] = (),
    threat: Threat | None = None,
) -> Iterator[CaseFlag]:
    """Yield the flags of a whole case."""
    yield from _answers(scores)
    yield from _screening_against_rating(scores, needs, facts)
    yield from _freedom(scores, facts)
    yield from _differing(asked)
    for view in recorded:
        yield from _recorded(view)
    yield from _violence(risk)
    if threat is not None:
        yield from _threat(threat)
    yield from _consents(consents, obtained)
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


def _differing(asked: Iterable[Question]) -> Iterator[CaseFlag]:
    """Yield a flag for each question on which views differ and nobody has given a reason."""
    for question in asked:
        if not question.is_open:
            continue
        if question.key == RISK:
            yield CaseFlag(
                "risk-sources-disagree",
                message("the sources of the risk level disagree: say why the one steers"),
            )
        elif question.key == VIOLENCE:
            yield CaseFlag(
                "violence-sources-disagree",
                message("the recorded results on violence disagree: say which goes first, and why"),
            )
        else:
            yield CaseFlag(
                "views-differ",
                message(
                    "{label}: a recorded result and what is held here differ; give the reason under"
                    " reasons, {key}",
                    label=question.label,
                    key=question.key,
                ),
            )


def _recorded(view: RecordedView) -> Iterator[CaseFlag]:
    found, method = view.found, view.method
    if view.unused == "age":
        yield CaseFlag(
            "recorded-result-not-used",
            message(
                "the recorded result of {method} from {date} is not used: the method is for the"
                " ages {ages}",
                method=method.id,
                date=found.date,
                ages=str(method.ages),
            ),
        )
    elif view.unused == "too-old":
        yield CaseFlag(
            "recorded-result-not-used",
            message(
                "the recorded result of {method} from {date} is not used: it was used until {last}",
                method=method.id,
                date=found.date,
                last=view.last_day,
            ),
        )
    if view.unused is None and any(
        edition.id == found.version and edition.superseded for edition in method.editions
    ):
        yield CaseFlag(
            "recorded-edition-superseded",
            message(
                "the recorded result of {method} from {date} is by an edition that a later one has"
                " replaced",
                method=method.id,
                date=found.date,
            ),
        )
    if found.total is not None and method.total is None:
        yield CaseFlag(
            "recorded-total-unverified",
            message(
                "the total {total} of {method} could not be held against anything: which totals the"
                " method gives is not verified",
                total=found.total,
                method=method.id,
            ),
        )


def _violence(risk: Risk) -> Iterator[CaseFlag]:
    if risk.violence and risk.violence.high != RISK_LEVELS[0]:
        yield CaseFlag(
            "violence",
            message(
                "{method} says medium or high risk of violence: it does not steer the intensity;"
                " look at safety and at what drives the violence",
                method=risk.violence.source.upper(),
            ),
        )


def _threat(threat: Threat) -> Iterator[CaseFlag]:
    """Yield a flag where the police have changed their view since the plan, or with the last word.

    Of several changes the last certain one is told.
    """
    changes = sorted(threat.changes, key=lambda change: change.is_certain)
    if not changes:
        return
    before, after = changes[-1].before, changes[-1].after
    if before and before.level and after.level:
        text = message(
            "the police stated the threat as {after} on {day}, before that as {before}: look at the"
            " plan again",
            after=after.level,
            before=before.level,
            day=after.date,
        )
    elif before is None and after.level:
        text = message(
            "the police stated the threat ({after}) on {day}, after the plan was agreed: look at"
            " the plan again",
            after=after.level,
            day=after.date,
        )
    else:
        text = message(
            "the police left the level of the threat open at one time, so whether it has changed"
            " cannot be told: look at the plan again"
        )
    yield CaseFlag("threat-changed", text, changes[-1].is_certain)


def _consents(
    consents: Sequence[HeldConsent] | None, obtained: Sequence[Exchange]
) -> Iterator[CaseFlag]:
    """Yield flags on consents that are over, and on information held without one in force."""
    for held in consents or ():
        if not held.is_over:
            continue
        consent = held.consent
        if held.state == "withdrawn":
            text = message(
                "the consent {id} was withdrawn on {day}: what was fetched on it stays, but nothing"
                " more may be fetched",
                id=consent.id,
                day=consent.withdrawn,
            )
        else:
            text = message(
                "the consent {id} held until {day}: what was fetched on it stays, but nothing more"
                " may be fetched",
                id=consent.id,
                day=consent.until,
            )
        yield CaseFlag("consent-ended", text)
    in_force = consents is None or any(held.state == "valid" for held in consents)
    if obtained and not in_force:
        yield CaseFlag(
            "no-consent-now",
            message(
                "there is information from others, but no consent is in force now: it takes a new"
                " consent, or a provision in law, before anything more is fetched"
            ),
        )
