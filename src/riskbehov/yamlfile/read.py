"""From plain values to a checked model, with faults that a person can act upon."""

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, ForwardRef, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from riskbehov.errors import DataError, Fault, RiskbehovError, did_you_mean, quoted
from riskbehov.i18n import N_, Message, message
from riskbehov.yamlfile.parse import Place, dotted, lines, parse, text_of

M = TypeVar("M", bound=BaseModel)

_TEXT = N_("text")
_WHOLE = N_("a whole number")
_BOOLEAN = N_("true or false")
_DATE = N_("a date as 2026-01-31")
_LIST = N_("a list")
_KEYS = N_("keys and values")
_EXPECTED = {
    "string_type": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": N_("a number"),
    "float_parsing": N_("a number"),
    "finite_number": N_("a number"),
    "bool_type": _BOOLEAN,
    "date_type": _DATE,
    "date_from_datetime_parsing": _DATE,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _KEYS,
    "mapping_type": _KEYS,
}
_UNQUOTED = {
    _WHOLE: (r"-?(0|[1-9]\d*)", N_("a whole number, without quotes")),
    _BOOLEAN: (r"true|false", N_("true or false, without quotes")),
    _DATE: (r"\d{4}-\d{2}-\d{2}", N_("a date, without quotes")),
}
_SENTENCES = {
    "condition": N_("found {found}, expected a condition: all, any, count, not, fact or item"),
    "greater_than_equal": N_("found {found}, expected at least {ge}"),
    "greater_than": N_("found {found}, expected more than {gt}"),
    "less_than_equal": N_("found {found}, expected at most {le}"),
    "less_than": N_("found {found}, expected less than {lt}"),
    "too_short": N_("found a list of {actual_length}, expected at least {min_length}"),
    "too_long": N_("found a list of {actual_length}, expected at most {max_length}"),
    "string_too_short": N_("found an empty text, expected some text"),
    "string_too_long": N_("found a longer text, expected at most {max_length} characters"),
}
_OTHERWISE = N_("found {found}, expected otherwise: {told}")
_FORMS = {
    "^[A-Za-z0-9][A-Za-z0-9._-]*$": N_(
        "found {found}, expected letters a-z, digits, hyphens, dots and underscores, no spaces"
    ),
    # The key of a case. What was found may be a name, so it is not said.
    "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$": N_(
        "found another kind of key, expected letters a-z and digits with hyphens between them"
    ),
}
_MODELS = ("model_type", "model_attributes_type")
_RAISED = ("value_error", "assertion_error")
_CHOICES = ("literal_error", "enum", "union_tag_invalid")


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
        return model.model_validate(value, by_alias=True, by_name=False)
    except ValidationError as fault:
        raise error(_faults(fault, Origin(value, path), model)) from None


def locate(path: Path | str, place: Place) -> str:
    """Return ``file:line: path`` of the value at ``place`` of a file, or of the nearest around."""
    return Origin(None, path).where(place)


def locator(path: Path | str) -> Callable[[Place], str]:
    """Return :func:`locate` for many places of one file, which is then read once."""
    return Origin(None, path).where


class Origin:
    """The values of a file and, once something is wrong with them, the lines they stand on."""

    def __init__(self, value: object, path: Path | str) -> None:
        """Take plain values and the file that they came from."""
        self.value = value
        self.path = path

    @cached_property
    def lines(self) -> Mapping[Place, int]:
        """Return the line of every value; empty where there is no file to read once more."""
        if not isinstance(self.path, Path) or not self.path.is_file():
            return {}
        try:
            return lines(text_of(self.path, DataError), str(self.path))
        except DataError:  # changed since it was read: what is wrong matters more than its line
            return {}

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
    every = [(_place(d, source.value), d) for d in fault.errors(include_url=False)]
    kinds = _kinds_by_place(every)
    for place, details in every:
        if details["type"] == "too_short" and _has_fault_within(place, every):
            continue
        sentence = (
            _wrong_kind(details.get("input"), kinds[place])
            if details["type"] in _EXPECTED
            else _sentence(details, place, source.value, model)
        )
        where = source.where(place)
        found.setdefault((where, str(sentence)), Fault(sentence, where))
    return list(found.values())


def _kinds_by_place(every: list[tuple[Place, ErrorDetails]]) -> dict[Place, list[str]]:
    """Return what each place may hold: several kinds where the model takes any of them."""
    kinds: dict[Place, list[str]] = {}
    for place, details in every:
        if details["type"] in _EXPECTED:
            kinds.setdefault(place, []).append(_EXPECTED[details["type"]])
    return kinds


def _has_fault_within(place: Place, every: list[tuple[Place, ErrorDetails]]) -> bool:
    """Tell whether a list only seems short because its members are faulty."""
    return any(len(other) > len(place) and other[: len(place)] == place for other, _ in every)


def _place(details: ErrorDetails, value: Any) -> Place:  # noqa: ANN401
    """Return pydantic's location without the names of union members that it puts in between."""
    place: list[str | int] = []
    for step in details["loc"]:
        if _holds(value, step):
            value = value[step]
            place.append(step)
    if details["type"] == "missing":
        place.append(details["loc"][-1])
    return tuple(place)


def _holds(value: object, step: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(step, int) and step < len(value)
    return isinstance(value, dict) and step in value


def _wrong_kind(found: object, kinds: Iterable[str]) -> Message:
    """Return the sentence for a value of another kind than the model takes."""
    expected, *others = (message(_hinted(kind, found)) for kind in dict.fromkeys(kinds))
    for other in others:
        expected = message("{one} or {other}", one=expected, other=other)
    return message("found {found}, expected {expected}", found=_shown(found), expected=expected)


def _hinted(kind: str, found: object) -> str:
    """Return the kind expected, with a word on quotes where they make the difference."""
    if kind == _TEXT and found is not None and not isinstance(found, dict | list):
        return N_("text (put it in quotes)")
    pattern, hinted = _UNQUOTED.get(kind, (None, kind))
    return hinted if pattern and isinstance(found, str) and re.fullmatch(pattern, found) else kind


def _sentence(
    details: ErrorDetails, place: Place, value: object, model: type[BaseModel]
) -> Message:
    kind = details["type"]
    context = details.get("ctx") or {}
    if kind == "missing":
        return message("the key {key!r} is missing, expected it here", key=str(details["loc"][-1]))
    if kind == "extra_forbidden":
        return _unknown_key(place, value, model)
    if kind in _MODELS:
        known = ", ".join(_keys_at(model, place, value))
        found = _shown(details.get("input"))
        return message("found {found}, expected the keys {known}", found=found, known=known)
    if kind in _CHOICES:
        return _no_choice(details.get("input"), context)
    if kind in _RAISED:
        return _raised(details, context)
    sentence = _SENTENCES.get(kind) or _FORMS.get(str(context.get("pattern")), _OTHERWISE)
    filled = {"told": details["msg"], **_rounded(context), "found": _shown(details.get("input"))}
    return message(sentence, **filled)


def _raised(details: ErrorDetails, context: Mapping[str, Any]) -> Message:
    """Return what a validator of the model says in its own words."""
    told = context.get("error")
    inner = told.args[0] if isinstance(told, ValueError) and told.args else details["msg"]
    return inner if isinstance(inner, Message) else message("{told}", told=inner)


def _rounded(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the limits with whole ones written as whole numbers."""
    return {k: f"{v:g}" if isinstance(v, float) else v for k, v in context.items()}


def _unknown_key(place: Place, value: object, model: type[BaseModel]) -> Message:
    key = str(place[-1]) if place else "?"
    known = _keys_at(model, place[:-1], value)
    return message(
        "found the key {key}, expected {known}{hint}",
        key=quoted(key),
        known=", ".join(known) or message("another key"),
        hint=did_you_mean(key, known),
    )


def _no_choice(found: object, context: Mapping[str, Any]) -> Message:
    told = str(context.get("expected") or context.get("expected_tags"))
    choices = re.findall(r"'([^']*)'", told) or [told]
    return message(
        "found {found}, expected {expected}{hint}",
        found=_shown(found),
        expected=", ".join(choices),
        hint=did_you_mean(found, choices) if isinstance(found, str) else "",
    )


def _shown(found: object) -> Message | str:
    """Return a found value as a person may read it, cut where it is long."""
    if isinstance(found, dict):
        return message("the keys {keys}", keys=", ".join(found) or "-")
    if isinstance(found, list | tuple):
        return message("a list")
    if found is None:
        return message("nothing")
    if isinstance(found, bool):
        return "true" if found else "false"
    return quoted(found) if isinstance(found, str) else str(found)


def _keys_at(model: type[BaseModel], place: Place, value: object) -> list[str]:
    """Return the keys that the model at ``place`` takes, as far as the types tell."""
    candidates: list[type[BaseModel]] = [model]
    for step in place:
        candidates = _likest(candidates, value)
        if isinstance(value, dict | list):
            value = value[step]  # type: ignore[index]  # the place leads through it
        if isinstance(step, str):
            inner = [
                held
                for candidate in candidates
                for name, field in candidate.model_fields.items()
                if step == (field.alias or name)
                for held in models_in(field.annotation, candidate)
            ]
            candidates = inner or candidates
    return sorted({key for one in _likest(candidates, value) for key in _keys_of(one)})


def _likest(candidates: list[type[BaseModel]], value: object) -> list[type[BaseModel]]:
    """Return the models that share the most keys with a value that can be any of them."""
    candidates = [
        inner
        for candidate in candidates
        for inner in (
            models_in(candidate.model_fields["root"].annotation, candidate)
            if "root" in candidate.model_fields
            else [candidate]
        )
    ]
    shared = [len(_keys_of(c) & value.keys()) if isinstance(value, dict) else 0 for c in candidates]
    return [c for c, n in zip(candidates, shared, strict=True) if n == max(shared)]


def _keys_of(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def models_in(annotation: Any, owner: type[BaseModel]) -> list[type[BaseModel]]:  # noqa: ANN401
    """Return the models named anywhere within a type annotation of ``owner``."""
    if isinstance(annotation, ForwardRef):
        annotation = getattr(sys.modules[owner.__module__], annotation.__forward_arg__, None)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part, owner)]
