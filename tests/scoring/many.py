"""Many forms for any instrument, and what the case scorer and the array scorer say of them."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from riskbehov.errors import AnswerError
from riskbehov.models.instrument import ScoredInstrument, Sex
from riskbehov.models.result import Score
from riskbehov.scoring import score
from riskbehov.scoring.arrays import MISSING, SEX_CODES, STATES, ScoreArrays, score_many
from riskbehov.scoring.compiled import NONE
from riskbehov.scoring.plan import OLDEST, plan

ODD_CODES = (5, 6, 7, 8, 99, 127, 128, 253, 254)
AGES = (None, 0, 15, 16, 17, 18, 25, 26, 70, OLDEST, OLDEST + 1, 200, 254)
DAYS = (
    None,
    dt.date.min,
    dt.date(2001, 12, 31),
    dt.date(2002, 1, 1),
    dt.date(2010, 6, 30),
    dt.date(2020, 1, 2),
    dt.date(2026, 1, 1),
    dt.date.max,
)

Plain = dict[str, Any]


@dataclass(frozen=True)
class Filled:
    """One form as it was handed in; sex and age are as the numbers in an array."""

    codes: tuple[int | None, ...]
    sex: int = 3
    age: int | None = None
    day: dt.date | None = None


def arrays(forms: Sequence[Filled], items: int) -> Plain:
    """Return forms as the columns that the array scorer takes."""
    codes = np.full((items, len(forms)), MISSING, np.uint8)
    for number, form in enumerate(forms):
        codes[:, number] = [MISSING if code is None else code for code in form.codes]
    return {
        "codes": codes,
        "sex": np.array([form.sex for form in forms], np.uint8),
        "age": np.array([255 if form.age is None else form.age for form in forms], np.uint8),
        "day": np.array([form.day for form in forms], "datetime64[D]"),
    }


def by_case(instrument: ScoredInstrument, filled: Filled, **how: Any) -> Plain:
    """Return what the case scorer says of a form, and why it refuses it if it does."""
    sex = SEX_CODES[filled.sex] if filled.sex < len(SEX_CODES) else "nobody"
    legal = plan(instrument).legal
    counts = {
        "missing": filled.codes.count(None),
        "illegal": sum(c not in may_be for c, may_be in zip(filled.codes, legal, strict=True)),
    }
    try:
        found = score(
            instrument, filled.codes, sex=cast("Sex", sex), age=filled.age, day=filled.day, **how
        )
    except AnswerError as error:
        is_empty = "found an empty form" in str(error) and len(error.faults) == 1
        return counts | {"state": "omitted" if is_empty else "invalid"}
    return counts | _told(found)


def _told(found: Score) -> Plain:
    total = found.scales.get("total")
    return {
        "state": found.state,
        "missing": len(found.missing),
        "inferred": len(found.inferred),
        "scales": {
            id_: (scale.low, scale.high, scale.state, len(scale.missing), _known(found, id_))
            for id_, scale in found.scales.items()
        },
        "bands": {id_: each and (each.low, each.high) for id_, each in found.bands.items()},
        "set": total and total.set and total.set.id,
        "flags": [raised.flag.id for raised in found.flags if raised.is_certain],
        "possible": [raised.flag.id for raised in found.flags if not raised.is_certain],
    }


def _known(found: Score, id_: str) -> int:
    """Return the points of a scale's items that have an answer, or an inferred one."""
    scale = next(s for s in plan(found.instrument).scales if s.id == id_)
    codes = [found.used[position] for position in scale.positions]
    return sum(points[code] for points, code in zip(scale.points, codes, strict=True))


def by_arrays(found: ScoreArrays) -> list[Plain]:
    """Return what the array scorer says of each form, in the shape of :func:`by_case`."""
    return [_row(found, row) for row in range(len(found.told))]


def _row(found: ScoreArrays, row: int) -> Plain:
    told: Plain = {
        "state": STATES[found.state[row]],
        "missing": found.missing[row],
        "illegal": found.illegal[row],
    }
    if not found.told[row]:
        require_nothing(found, row)
        return told
    sets = [s.id for s in found.instrument.cutoff_sets]
    chosen = found.chosen[row] if found.chosen.size else NONE
    return told | {
        "inferred": found.inferred[row],
        "scales": {
            id_: (s.low[row], s.high[row], STATES[s.state[row]], s.missing[row], s.known[row])
            for id_, s in found.scales.items()
        },
        "bands": {
            id_: None if low[row] == NONE else (low[row], high[row])
            for id_, (low, high) in found.bands.items()
        },
        "set": None if chosen == NONE else sets[chosen],
        "flags": _raised(found, found.flags[row]),
        "possible": _raised(found, found.flags_possible[row]),
    }


def _raised(found: ScoreArrays, bits: np.uint32) -> list[str]:
    return [flag.id for n, flag in enumerate(found.instrument.flags) if bits >> n & 1]


def require_nothing(found: ScoreArrays, row: int) -> None:
    """Require that nothing is said of a form without a score but why it has none."""
    assert found.inferred[row] == found.flags[row] == found.flags_possible[row] == 0
    for scale in found.scales.values():
        assert scale.low[row] == scale.high[row] == scale.known[row] == 0
        assert scale.state[row] == found.state[row]
    for low, high in found.bands.values():
        assert low[row] == high[row] == NONE
    assert not found.chosen.size or found.chosen[row] == NONE


def require_same(instrument: ScoredInstrument, forms: Sequence[Filled], **how: Any) -> None:
    """Require that both scorers say the same of all forms."""
    columns = arrays(forms, len(instrument.items))
    found = score_many(instrument, columns.pop("codes"), **columns, **how)
    for form, told in zip(forms, by_arrays(found), strict=True):
        assert told == by_case(instrument, form, **how), form


def some_forms(instrument: ScoredInstrument, number: int, *, seed: int) -> list[Filled]:
    """Return forms with all sorts of gaps, of illegal codes and of impossible persons."""
    draw = random.Random(seed)
    legal = [instrument.legal(item) for item in instrument.items]
    return [
        Filled(
            codes=_some_codes(draw, legal),
            sex=draw.choice((0, 0, 1, 1, 2, 3, draw.choice((0, 4, 7, 254, 255)))),
            age=draw.choice(AGES[:-3]) if draw.random() < 0.95 else draw.choice(AGES),
            day=draw.choice(DAYS),
        )
        for _ in range(number)
    ]


def _some_codes(draw: random.Random, legal: Sequence[tuple[int, ...]]) -> tuple[int | None, ...]:
    missing, illegal = draw.choice((0, 0, 0.1, 0.5, 0.9, 1)), draw.choice((0, 0, 0, 0.1))
    lowest = draw.random()

    def code(may_be: tuple[int, ...]) -> int | None:
        if draw.random() < missing:
            return None
        if draw.random() < illegal:
            return draw.choice(ODD_CODES)
        return may_be[0] if draw.random() < lowest else draw.choice(may_be)

    return tuple(map(code, legal))
