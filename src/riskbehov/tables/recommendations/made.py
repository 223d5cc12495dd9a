"""The columns that come out where a table is assessed: their names, words and values."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.assessing.arrays import Assessed, Ready
from riskbehov.i18n import message
from riskbehov.models.assessment import INTENSITIES, RISK_LEVELS
from riskbehov.planning.arrays import NONE
from riskbehov.rules.arrays import VERDICTS
from riskbehov.tables.frames.bridge import Column, Spec

STATES = ("assessed", "invalid")
Values: TypeAlias = npt.NDArray[Any]
Flags: TypeAlias = npt.NDArray[np.bool_]
Known: TypeAlias = dict[str, Flags]
"""By column: where there is a value; a column is left out that has one in every sound row."""
_YES = 2


def rule_column(rule: str) -> str:
    """Return the name of the column with the verdicts on a rule.

    >>> rule_column("alkohol-met")
    'rule_alkohol_met'
    """
    return "rule_" + rule.replace("-", "_").replace(".", "_")


def target_column(area: str) -> str:
    """Return the name of the column with an area's place among the targets."""
    return "target_" + area.replace("-", "_")


def specs(ready: Ready, rules: Sequence[str]) -> Iterator[Spec]:
    """Yield the columns that come out, in their order."""
    yield Spec("state", "uint8", STATES, message("Whether the row could be assessed"))
    yield Spec("risk_low", "uint8", RISK_LEVELS, message("Lowest possible risk of reoffending"))
    yield Spec("risk_high", "uint8", RISK_LEVELS, message("Highest possible risk of reoffending"))
    yield Spec("risk_source", "uint8", ready.sources, message("Source of the risk"))
    yield Spec("violence_low", "uint8", RISK_LEVELS, message("Lowest risk of violence recorded"))
    yield Spec("violence_high", "uint8", RISK_LEVELS, message("Highest risk of violence recorded"))
    if ready.tables is not None:
        yield Spec("intensity_low", "uint8", INTENSITIES, message("Least possible intensity"))
        yield Spec("intensity_high", "uint8", INTENSITIES, message("Greatest possible intensity"))
    yield Spec("needs_low", "uint8", None, message("Identified need areas, at least"))
    yield Spec("needs_high", "uint8", None, message("Identified need areas, at most"))
    for area in ready.areas:
        label = message("Place of {area} among the targets", area=area.id)
        yield Spec(target_column(area.id), "uint8", None, label)
    yield Spec("multimodal", "bool", None, message("Whether there are several targets"))
    for rule in rules:
        yield Spec(rule_column(rule), "uint8", VERDICTS, message("Verdict on {rule}", rule=rule))


def columns_made(ready: Ready, found: Assessed) -> Iterator[tuple[str, Values, Flags | None]]:
    """Yield the values of the columns, and where there is one if not in every sound row."""
    risk = found.risk
    low, high = risk.violence
    yield "risk_low", risk.low, None
    yield "risk_high", risk.high, None
    yield "risk_source", risk.source, risk.source != NONE
    yield "violence_low", low, low != NONE
    yield "violence_high", high, high != NONE
    if found.intensity is not None:
        yield "intensity_low", found.intensity[0], None
        yield "intensity_high", found.intensity[1], None
    yield "needs_low", found.count[0], None
    yield "needs_high", found.count[1], None
    for area, places, answered in zip(ready.areas, found.targets, found.answered, strict=True):
        yield target_column(area.id), places, answered
    yield "multimodal", found.multimodal == _YES, found.multimodal != 1
    for rule, verdicts in found.verdicts.items():
        yield rule_column(rule), verdicts, None


def told(
    adds: Sequence[Spec], made: Mapping[str, Values], known: Known, is_sound: Flags
) -> Iterator[Column]:
    """Yield the columns; of a row that is not sound nothing is told but that."""
    every = None if is_sound.all() else is_sound
    for spec in adds:
        if spec.name == "state":
            yield Column(spec, (~is_sound).astype(np.uint8))
        elif spec.name in known:
            where = known[spec.name] & is_sound
            yield Column(spec, made[spec.name], None if where.all() else where)
        else:
            yield Column(spec, made[spec.name], every)
