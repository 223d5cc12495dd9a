"""What was handed in: put in item order if it can be scored, refused with every fault if not."""

from collections.abc import Iterator, Mapping, Sequence
from numbers import Integral
from operator import contains
from typing import TypeAlias

from riskbehov.errors import AnswerError, Fault, did_you_mean
from riskbehov.i18n import _, message
from riskbehov.scoring.plan import OLDEST, Codes, InstrumentPlan

Answers: TypeAlias = Mapping[str, int | None] | Sequence[int | None]

_SEXES = ("male", "female", "other", "unknown")
_AGES = range(OLDEST + 1)
_PLAIN = ({int}, {int, type(None)})
"""Types of codes that need no second look: some answer is given, and none is a boolean."""


def take(
    ready: InstrumentPlan,
    answers: Answers,
    *,
    sex: object,
    age: object,
    form: str | None,
    cutoffs: Sequence[str],
) -> Codes:
    """Return the codes in item order; raises :class:`AnswerError` with every fault at once."""
    codes = _in_order(ready, answers)
    if (
        codes is not None
        and set(map(type, codes)) in _PLAIN
        and all(map(contains, ready.legal, codes))
        and not (form or cutoffs)
        and sex in _SEXES
        and (age is None or _is_age(age))
    ):
        return codes  # nothing to complain of: told quickly, and without looking at each answer
    faults = [
        *_answer_faults(ready, answers),
        *_person_faults(sex, age),
        *_name_faults(ready, form, cutoffs),
    ]
    if faults:
        raise AnswerError(faults)
    return tuple(code if code is None else int(code) for code in codes or ())


def require_names(
    ready: InstrumentPlan, form: str | None, cutoffs: Sequence[str], *, items: int
) -> None:
    """Raise :class:`AnswerError` for a form or a set that is not known, or too few items."""
    faults = [*_name_faults(ready, form, cutoffs)]
    if items != len(ready.names):
        faults.append(
            Fault(
                message(
                    "found {found} columns of codes, expected {expected}, one for each item in"
                    " order",
                    found=items,
                    expected=len(ready.names),
                ),
                ready.instrument.id,
            )
        )
    if faults:
        raise AnswerError(faults)


def _in_order(ready: InstrumentPlan, answers: Answers) -> Codes | None:
    """Return one code for each item, or nothing if the answers do not fit the items."""
    if isinstance(answers, Mapping):
        if answers.keys() <= ready.positions.keys():
            return tuple(map(answers.get, ready.names))
    elif len(answers) == len(ready.names):
        return tuple(answers)
    return None


def _answer_faults(ready: InstrumentPlan, answers: Answers) -> Iterator[Fault]:
    where = ready.instrument.id
    if isinstance(answers, Mapping):
        given = answers
        for name in answers:
            if name not in ready.positions:
                yield Fault(
                    message(
                        "found an answer to {name!r}, expected one of the items {items}{hint}",
                        name=name,
                        items=", ".join(ready.names),
                        hint=did_you_mean(str(name), ready.names),
                    ),
                    where,
                    ("answers", str(name)),
                )
    else:
        if len(answers) != len(ready.names):
            yield Fault(
                message(
                    "found {found} answers, expected {expected}, one for each item in order;"
                    " write - where an answer is missing",
                    found=len(answers),
                    expected=len(ready.names),
                ),
                where,
            )
            return
        given = dict(zip(ready.names, answers, strict=True))
    if all(code is None for code in given.values()):
        yield Fault(
            message("found an empty form, expected at least one answer"), where, ("answers",)
        )
    for name, code in given.items():
        if name in ready.positions and not _is_legal(code, ready.legal[ready.positions[name]]):
            yield _illegal(ready, name, code)


def _is_legal(code: object, legal: frozenset[int | None]) -> bool:
    return code is None or (_is_whole(code) and code in legal)


def _is_whole(value: object) -> bool:
    """Tell whether a value is a whole number; a boolean is none, one of numpy's integers is."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def _illegal(ready: InstrumentPlan, name: str, code: object) -> Fault:
    legal = ready.legal[ready.positions[name]]
    return Fault(
        message(
            "found {found}, expected one of the codes {legal}, or nothing where there is no answer",
            found=repr(code),
            legal=", ".join(str(c) for c in sorted(c for c in legal if c is not None)),
        ),
        f"{ready.instrument.id}: " + _("item {name}", name=name),
        ("answers", name),
    )


def _person_faults(sex: object, age: object) -> Iterator[Fault]:
    if sex not in _SEXES:
        yield Fault(
            message(
                "found {found!r}, expected {expected}{hint}",
                found=sex,
                expected=", ".join(_SEXES),
                hint=did_you_mean(str(sex), _SEXES),
            ),
            "sex",
            ("sex",),
        )
    if age is not None and not _is_age(age):
        yield Fault(
            message(
                "found {found!r}, expected whole years 0 to {oldest}", found=age, oldest=OLDEST
            ),
            "age",
            ("age",),
        )


def _is_age(age: object) -> bool:
    return (type(age) is int or _is_whole(age)) and age in _AGES


def _name_faults(
    ready: InstrumentPlan, form: str | None, cutoffs: Sequence[str]
) -> Iterator[Fault]:
    for found, known, where in (
        *([(form, ready.forms, "form")] if form is not None else []),
        *((name, ready.sets, "cutoffs") for name in cutoffs),
    ):
        if found not in known:
            yield Fault(
                message(
                    "found {found!r}, expected one of {expected}{hint}",
                    found=found,
                    expected=", ".join(known) or "-",
                    hint=did_you_mean(found, known),
                ),
                where,
                (where,),
            )
