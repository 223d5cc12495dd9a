"""The columns that scoring makes: what each is called and says, and its values."""

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.i18n import message
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.scoring.arrays import OMITTED, STATES, ScaleArrays, ScoreArrays, score_many
from riskbehov.scoring.compiled import NONE
from riskbehov.scoring.plan import plan
from riskbehov.tables.frames.bridge import Spec
from riskbehov.tables.frames.columns import column_of
from riskbehov.tables.frames.values import Bytes
from riskbehov.tables.scores.asked import Asked


def specs_of(step: Asked) -> Iterator[Spec]:
    """Yield the columns that come out, in their order."""
    instrument = step.instrument
    id_ = instrument.id

    def name(*parts: str) -> str:
        return column_of(id_, "_".join(parts))

    yield Spec(name("state"), "uint8", STATES, message("State of {id}", id=id_))
    yield Spec(name("missing"), "uint8", None, message("Items without an answer"))
    yield Spec(name("inferred"), "uint8", None, message("Items that a skip makes zero"))
    yield Spec(name("illegal"), "uint8", None, message("Answers that are no legal code"))
    tables = {each.scale.id: each for each in plan(instrument).scales}
    for id_scale in tables:
        dtype = _sum_dtype(instrument, id_scale)
        yield Spec(name(id_scale, "low"), dtype, None, message("Least score"))
        yield Spec(name(id_scale, "high"), dtype, None, message("Greatest score"))
        yield Spec(name(id_scale, "state"), "uint8", STATES, message("State of the scale"))
        yield Spec(name(id_scale, "missing"), "uint8", None, message("Items without an answer"))
        if step.missing == "prorate":
            yield Spec(name(id_scale, "prorated"), "float64", None, message("Prorated score"))
    if _has_set(instrument):
        sets = tuple(s.id for s in instrument.cutoff_sets)
        yield Spec(name("set"), "uint8", sets, message("The limits that the state goes by"))
    for each in step.sets:
        bands = tuple(band.id for band in each.bands)
        yield Spec(name(each.id, "low"), "uint8", bands, message("Lowest band"))
        yield Spec(name(each.id, "high"), "uint8", bands, message("Highest band"))
    if instrument.flags:
        yield Spec(name("flags"), "uint32", None, message("Flags raised for certain, as bits"))
        yield Spec(name("flags_possible"), "uint32", None, message("Flags raised perhaps, as bits"))


def _has_set(instrument: ScoredInstrument) -> bool:
    return any(s.scale == "total" for s in instrument.cutoff_sets)


def _sum_dtype(instrument: ScoredInstrument, scale: str) -> str:
    empty = score_many(instrument, np.empty((len(instrument.items), 0), np.uint8))
    return str(empty.scales[scale].low.dtype)


Made: TypeAlias = tuple[str, npt.NDArray[Any], npt.NDArray[np.bool_] | None]


def values_of(step: Asked, found: ScoreArrays) -> Iterator[Made]:
    """Yield the columns' values by their names."""
    instrument = step.instrument

    def name(*parts: str) -> str:
        return column_of(instrument.id, "_".join(parts))

    told = _unless_all(found.told)
    told_of: dict[str, npt.NDArray[np.bool_] | None] = {}
    yield name("state"), state_of(step, found), None
    yield name("missing"), found.missing, None
    yield name("inferred"), found.inferred, None
    yield name("illegal"), found.illegal, None
    for id_, scale in found.scales.items():
        told_of[id_] = known = _known(step, scale, told)
        yield name(id_, "low"), scale.low, known
        yield name(id_, "high"), scale.high, known
        yield name(id_, "state"), _state(step, scale, told), None
        yield name(id_, "missing"), scale.missing, None
        if step.missing == "prorate":
            yield name(id_, "prorated"), *_prorated(step, scale, told)
    if _has_set(instrument):
        chosen = _unless_all(found.chosen != NONE)
        yield name("set"), found.chosen, _both(chosen, told_of.get("total", told))
    for each in step.sets:
        for end, values in zip(("low", "high"), found.bands[each.id], strict=True):
            yield (
                name(each.id, end),
                values,
                _both(_unless_all(values != NONE), told_of[each.scale]),
            )
    if instrument.flags:
        yield name("flags"), found.flags, None
        yield name("flags_possible"), found.flags_possible, None


def state_of(step: Asked, found: ScoreArrays) -> Bytes:
    """Return the state of each row: that of the total, if there is one."""
    total = found.scales.get("total")
    return found.state if total is None else _state(step, total, _unless_all(found.told))


Known: TypeAlias = npt.NDArray[np.bool_] | None


def _known(step: Asked, scale: ScaleArrays, told: Known) -> Known:
    """Return where a scale has a number."""
    if step.missing != "strict":
        return told
    return _both(_unless_all(scale.missing == 0), told)


def _state(step: Asked, scale: ScaleArrays, told: Known) -> Bytes:
    """Return a scale's state: where only complete scales count, the others are omitted."""
    if step.missing != "strict":
        return scale.state
    incomplete = scale.missing > 0 if told is None else (scale.missing > 0) & told
    return np.where(incomplete, np.uint8(OMITTED), scale.state)


def _prorated(
    step: Asked, scale: ScaleArrays, told: Known
) -> tuple[npt.NDArray[np.float64], Known]:
    """Return the mean of what was answered times the number of items, where few are missing."""
    size = len(next(s for s in step.instrument.scales if s.id == scale.id).items)
    answered = np.maximum(size - scale.missing.astype(np.int64), 1)
    few = (scale.missing <= step.max_missing) & (scale.missing < size)
    points = scale.known.astype(np.int64) * size  # first: a whole score is then told as such
    return points / answered, _both(few, told)


def _unless_all(known: npt.NDArray[np.bool_]) -> Known:
    return None if known.all() else known


def _both(one: Known, other: Known) -> Known:
    if one is None or other is None:
        return other if one is None else one
    return one & other
