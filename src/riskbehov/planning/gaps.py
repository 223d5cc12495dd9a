"""Why something that a plan should cover is left without an insats."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from riskbehov.models.result import Cause, Gap, Verdict
from riskbehov.planning.aims import Aim, Ground


@dataclass(frozen=True, slots=True)
class Bounds:
    """What keeps a recommended insats out of a plan."""

    declined: Collection[str]
    ruled_out: Collection[str]
    offered: Collection[str] | None
    """What the municipality has; nothing said means that all can be had."""

    def is_open(self, id_: str, ground: Ground) -> bool:
        """Tell whether an insats may be chosen; a placement never is."""
        return (
            ground.insats.setting != "placement"
            and id_ not in self.declined
            and id_ not in self.ruled_out
            and (self.offered is None or id_ in self.offered)
        )


def gap(
    aim: Aim, grounds: Mapping[str, Ground], verdicts: Sequence[Verdict], bounds: Bounds
) -> Gap:
    """Return why an aim has no insats, and which would have covered it."""
    left = [id_ for id_, ground in grounds.items() if aim in ground.weakness]
    if not left:
        waiting = _waiting(aim, verdicts)
        return Gap(*aim, "cannot-tell" if waiting else "no-recommendation", waiting)
    placements = [id_ for id_ in left if grounds[id_].insats.setting == "placement"]
    offered = left if bounds.offered is None else bounds.offered
    causes: tuple[tuple[Cause, Collection[str]], ...] = (
        ("placement-only", placements),
        ("declined", bounds.declined),
        ("requirement", bounds.ruled_out),
        ("not-offered", [id_ for id_ in left if id_ not in offered]),
    )
    for cause, kept_out in causes:
        rest = [id_ for id_ in left if id_ not in kept_out]
        if not rest:
            return Gap(*aim, cause, tuple(left))
        left = rest
    return Gap(*aim, "one-of", tuple(left))


def _waiting(aim: Aim, verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """Return the insatser that may turn out to be recommended once more is known."""
    return tuple(
        dict.fromkeys(
            verdict.rule.insats
            for verdict in verdicts
            if verdict.verdict == "cannot-tell"
            and verdict.rule.block == "insats"
            and verdict.rule.insats
            and aim.target in verdict.rule.targets
        )
    )
