"""Checkbox fields of REDCap, whose export has a column for each choice, made into one column."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from riskbehov.errors import Fault, InputError
from riskbehov.exchange.codebook import require_items
from riskbehov.exchange.redcap.naming import field_names
from riskbehov.exchange.redcap.records import BOX, codes_of
from riskbehov.i18n import message
from riskbehov.models.instrument import Instrument
from riskbehov.tables.frames.bridge import Column, Spec, add, names_of, pick
from riskbehov.tables.frames.values import distinct, is_missing, shown

if TYPE_CHECKING:
    import narwhals as nw

F = TypeVar("F")
Bools = npt.NDArray[np.bool_]

_TICKED = {"1": True, "1.0": True, "0": False, "0.0": False, "Checked": True, "Unchecked": False}
"""What stands in such a column, in an export of codes and in one of labels."""


def join_checkboxes(
    frame: F,
    instrument: Instrument,
    *,
    missing: Iterable[str | int] = (),
    names: Mapping[str, str] | None = None,
) -> F:
    """Return a frame where an item that is a checkbox field has one column, by the field's name.

    One box ticked is its code. None is a missing answer: REDCap exports zeros also for a form that
    nobody has opened. Several cannot be an answer, and stand as ``0+2``, which is no legal code. A
    box of one of the project's ``missing`` data codes is a missing answer too. The columns of the
    boxes stay.

    Raises :class:`InputError` for anything else in them than 1 and 0, Checked and Unchecked.
    """
    scored = require_items(instrument)
    fields = field_names(scored) | dict(names or {})
    held = [name for name in names_of(frame) if isinstance(name, str)]
    faults: list[Fault] = []
    made: list[Column] = []
    for item in scored.items:
        boxes, answers = _boxes(fields[item.id], scored.legal(item), missing, held)
        if boxes:
            rows = pick(frame, [*boxes.values()])
            ticked = {code: _ticked(rows, name, faults) for code, name in boxes.items()}
            made.append(_joined(fields[item.id], ticked, answers))
    if faults:
        raise InputError(faults)
    found: F = add(frame, made) if made else frame
    return found


def _boxes(
    field: str, legal: Iterable[int], missing: Iterable[str | int], held: list[str]
) -> tuple[dict[str, str], int]:
    """Return the column of each box by its code, and how many are answers: they come first."""
    answers = {str(code): f"{field}{BOX}{code}" for code in legal}
    others = {str(code): f"{field}{BOX}{_in_a_name(code)}" for code in codes_of(missing)}
    there = [{code: n for code, n in each.items() if n in held} for each in (answers, others)]
    return there[0] | there[1], len(there[0])


def _in_a_name(code: str | int) -> str:
    """Return a code as REDCap writes it in a name: in small letters, the sign an underscore."""
    return str(code).lower().replace("-", "_").replace(".", "_")


def _ticked(rows: "nw.DataFrame[Any]", name: str, faults: list[Fault]) -> Bools:
    values, places = distinct(rows[name])
    read = [False if is_missing(v) else _TICKED.get(str(v).strip()) for v in values]
    wrong = [shown(v) for v, r in zip(values, read, strict=True) if r is None]
    if wrong:
        faults.append(
            Fault(
                message(
                    "found {found}, expected 1 or 0 in the column of a checkbox (or Checked and"
                    " Unchecked)",
                    found=", ".join(wrong[:10]),
                ),
                name,
            )
        )
    table = np.array([bool(r) for r in read], np.bool_)
    return table[places] if len(values) else np.zeros(0, np.bool_)


def _joined(field: str, ticked: Mapping[str, Bools], answers: int) -> Column:
    """Return one column of codes; what cannot be an answer stands as several of them."""
    bits = np.zeros(len(next(iter(ticked.values()))), np.int64)
    for n, where in enumerate(ticked.values()):
        bits |= where.astype(np.int64) << n
    is_answer = bits & ((1 << answers) - 1) > 0
    single = [1 << n for n in range(answers)]
    sets = [*single, *(held for held in np.unique(bits[is_answer]).tolist() if held not in single)]
    words = tuple("+".join(code for n, code in enumerate(ticked) if held >> n & 1) for held in sets)
    places = np.zeros(len(bits), np.uint8)
    for place, held in enumerate(sets):
        places[bits == held] = place
    return Column(
        Spec(field, "uint8", words, message("One code of several boxes")), places, is_answer
    )
