"""Which insatser a support need can be met with, and why there may be none."""

from collections.abc import Iterable, Iterator

from riskbehov.library import Library
from riskbehov.models.fact import Fact
from riskbehov.models.insats import Insats
from riskbehov.models.result import Cause, Result, Verdict
from riskbehov.process.exchange import said_of

AGAINST = "bör inte"


def unadvised(fact: Fact, result: Result) -> tuple[Cause, tuple[str, ...]]:
    """Return why nothing is recommended for a support need: no rule, or rules that are open."""
    waiting = [
        v for v in result.verdicts if v.verdict == "cannot-tell" and fact.id in v.rule.targets
    ]
    insatser = tuple(dict.fromkeys(v.rule.insats for v in waiting if v.rule.insats))
    return ("cannot-tell" if waiting else "no-recommendation"), insatser


def supporting(
    verdicts: Iterable[Verdict], result: Result, library: Library
) -> tuple[tuple[Insats, ...], tuple[Cause, tuple[str, ...]] | None]:
    """Return the insatser for a support need that can be given, or why none can.

    No choice is made between them: support is given by need, so all that rules recommend are shown.
    """
    against = advised_against(result)
    named = dict.fromkeys(
        v.rule.insats for v in verdicts if v.rule.insats and v.rule.insats not in against
    )
    left = [library.insatser[id_] for id_ in named]
    if not left:
        return (), None
    cause: Cause = "no-recommendation"
    for cause, usable in _sieve(left, result):
        if not usable:
            return (), (cause, tuple(named))
        left = usable
    return tuple(left), None


def _sieve(insatser: list[Insats], result: Result) -> Iterator[tuple[Cause, list[Insats]]]:
    """Yield what is left after each thing that keeps an insats out, in the order of the plan."""
    declined = {d.insats for d in result.case.declined}
    offer = result.plan.offer
    offered = {o.insats for o in offer.insatser} if offer else None
    said = said_of(result.case)
    left = [i for i in insatser if i.setting != "placement"]
    yield "placement-only", left
    left = [i for i in left if i.id not in declined]
    yield "declined", left
    left = [i for i in left if not (i.requires and said.get(i.requires) is False)]
    yield "requirement", left
    yield "not-offered", [i for i in left if offered is None or i.id in offered]


def advised_against(result: Result) -> frozenset[str]:
    """Return the insatser that rules which apply advise against."""
    return frozenset(
        v.rule.insats
        for v in result.verdicts
        if v.verdict == "applies" and v.rule.insats and v.rule.strength == AGAINST
    )
