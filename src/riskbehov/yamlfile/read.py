"""From plain values to a checked model, with faults that a person can act upon."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from riskbehov.errors import DataError, Fault, RiskbehovError, did_you_mean
from riskbehov.i18n import Message, N_, message
from riskbehov.yamlfile.parse import Place, dotted, lines, parse, text_of

M = TypeVar("M", bound=BaseModel)

_EXPECTED = {
    "string_type": N_("text"),
    "int_type": N_("a whole number"),
    "int_parsing": N_("a whole number"),
    "int_from_float": N_("a whole number"),
    "float_type": N_("a number"),
    "bool_type": N_("true or false"),
    "date_type": N_("a date as 2026-01-31"),
    "date_from_datetime_parsing": N_("a date as 2026-01-31"),
    "list_type": N_("a list"),
    "tuple_type": N_("a list"),
    "frozen_set_type": N_("a list"),
    "dict_type": N_("keys and values"),
    "mapping_type": N_("keys and values"),
    "model_type": N_("keys and values"),
    "model_attributes_type": N_("keys and values"),
}

_LIMIT_KEYS = ("ge", "le", "gt", "lt", "min_length", "max_length", "pattern")
_LIMITS = {
    "greater_than_equal": N_("at least {limit}"),
    "less_than_equal": N_("at most {limit}"),
    "too_short": N_("a list of at least {limit}"),
    "too_long": N_("a list of at most {limit}"),
    "string_too_short": N_("text of at least {limit} characters"),
    "string_too_long": N_("text of at most {limit} characters"),
    "string_pattern_mismatch": N_("text of the form {limit}"),
}


def read(path: Path, model: type[M], *, error: type[RiskbehovError] = DataError) -> M:
    """Return the file at ``path`` as a ``model``.

    Raises ``error`` with every fault of the file at once, each as ``file:line: path: sentence``.
    """
    return validate(parse(path, error=error), model, path=path, error=error)


def validate(
    value: object,
    model: type[M],
    *,
    path: Path | str,
    error: type[RiskbehovError] = DataError,
) -> M:
    """Return plain values as a ``model``; ``path`` is the file that they came from, or a name."""
    try:
        return model.model_validate(value)
    except ValidationError as fault:
        raise error(_faults(fault, Origin(value, path), model)) from None


def locate(path: Path | str, place: Place) -> str:
    """Return ``file:line: path`` of the value at ``place`` of a file, or of the nearest around."""
    return Origin(None, path).where(place)


class Origin:
    """The values of a file and, once something is wrong with them, the lines they stand on."""

    def __init__(self, value: object, path: Path | str) -> None:
        """Take plain values and the file that they came from."""
        self.value = value
        self.path = path

    @cached_property
    def lines(self) -> Mapping[Place, int]:
        """Return the line of every value; empty where there is no file."""
        if not isinstance(self.path, Path):
            return {}
        return lines(text_of(self.path, DataError), str(self.path))

    def where(self, place: Place) -> str:
        """Return ``file:line: path`` of the value at ``place``, or of the nearest around it."""
        known = place
        while known and known not in self.lines:
            known = known[:-1]
        line = self.lines.get(known)
        head = f"{self.path}:{line}" if line else str(self.path)
        return f"{head}: {dotted(place)}" if place else head


def _faults(fault: ValidationError, source: Origin, model: type[BaseModel]) -> list[Fault]:
    found: dict[tuple[str, str], Fault] = {}
    every = [(_place(d["loc"], source.value), d) for d in fault.errors(include_url=False)]
    for place, details in every:
        if details["type"] == "too_short" and _has_fault_within(place, every):
            continue
        sentence = _sentence(details, place, source.value, model)
        where = source.where(place)
        found.setdefault((where, str(sentence)), Fault(sentence, where))
    return list(found.values())


def _has_fault_within(place: Place, every: list[tuple[Place, ErrorDetails]]) -> bool:
    """Tell whether a list only seems short because its members are faulty."""
    return any(len(other) > len(place) and other[: len(place)] == place for other, _ in every)


def _place(loc: Iterable[str | int], value: Any) -> Place:  # noqa: ANN401
    """Return pydantic's location without the names of union members that it puts in between."""
    place: list[str | int] = []
    steps = list(loc)
    for number, step in enumerate(steps):
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        elif isinstance(value, dict) and number == len(steps) - 1 and isinstance(step, str):
            pass
        else:
            continue
        place.append(step)
    return tuple(place)


def _sentence(
    details: ErrorDetails, place: Place, value: object, model: type[BaseModel]
) -> Message:
    kind = details["type"]
    found = _shown(details.get("input"))
    context = details.get("ctx") or {}
    if kind == "missing":
        return message("the key {key!r} is missing, expected it here", key=str(details["loc"][-1]))
    if kind == "extra_forbidden":
        key = str(place[-1]) if place else "?"
        known = _keys_at(model, place[:-1], value)
        return message(
            "found the key {key!r}, expected {known}{hint}",
            key=key,
            known=", ".join(known) or message("another key"),
            hint=did_you_mean(key, known),
        )
    if kind in ("literal_error", "enum", "union_tag_invalid"):
        expected = str(context.get("expected") or context.get("expected_tags"))
        return message(
            "found {found}, expected {expected}{hint}",
            found=found,
            expected=expected.replace("'", ""),
            hint=did_you_mean(str(details.get("input")), expected.replace("'", "").split(", ")),
        )
    if kind in ("value_error", "assertion_error"):
        told = context.get("error")
        inner = told.args[0] if isinstance(told, ValueError) and told.args else details["msg"]
        return inner if isinstance(inner, Message) else message("{told}", told=inner)
    if kind == "condition":
        return message(
            "found {found}, expected a condition: all, any, not, fact or item", found=found
        )
    if kind in _LIMITS:
        limit = next(v for k, v in context.items() if k in _LIMIT_KEYS)
        return message(
            "found {found}, expected {expected}",
            found=found,
            expected=message(_LIMITS[kind], limit=limit),
        )
    if kind in _EXPECTED:
        return message(
            "found {found}, expected {expected}", found=found, expected=message(_EXPECTED[kind])
        )
    return message("found {found}, expected otherwise: {told}", found=found, told=details["msg"])


def _shown(found: object) -> Message | str:
    """Return a found value as a person may read it, cut where it is long."""
    if isinstance(found, dict):
        return message("keys and values")
    if isinstance(found, list | tuple):
        return message("a list")
    if found is None:
        return message("nothing")
    if isinstance(found, bool):
        return "true" if found else "false"
    text = repr(found) if isinstance(found, str) else str(found)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


_LONGEST = 60


def _keys_at(model: type[BaseModel], place: Place, value: object) -> list[str]:
    """Return the keys that the model at ``place`` takes, as far as the types tell."""
    candidates: list[type[BaseModel]] = [model]
    for step in place:
        if isinstance(step, int):
            continue
        inner: list[type[BaseModel]] = []
        for candidate in candidates:
            for name, field in candidate.model_fields.items():
                if step in (name, field.alias):
                    inner += _models_in(field.annotation)
        candidates = inner or candidates
    keys = [
        field.alias or name
        for candidate in candidates
        for name, field in candidate.model_fields.items()
    ]
    return sorted(set(keys)) if keys else []


def _models_in(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401
    """Return the models named anywhere within a type annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if hasattr(annotation, "__value__"):
        return _models_in(annotation.__value__)
    return [model for part in get_args(annotation) for model in _models_in(part)]
