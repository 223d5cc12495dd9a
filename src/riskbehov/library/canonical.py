"""Definitions as plain values that stay the same for the same content: kept, hashed, revived."""

import datetime as dt
import hashlib
import json
from typing import Any

_DATED = ("from", "to", "checked")
"""Keys whose values may be dates, which JSON has as text."""


def joined(values: list[Any]) -> Any:  # noqa: ANN401
    """Return one value for the files of all folders: lists within them one after the other."""
    first, *rest = values
    if not rest:
        return first
    return {
        key: [entry for value in values for entry in value.get(key, [])]
        if isinstance(held, list)
        else held
        for key, held in first.items()
    }


def canonical(value: Any) -> Any:  # noqa: ANN401
    """Return plain values as JSON has them: dates as text."""
    if isinstance(value, dict):
        return {key: canonical(held) for key, held in value.items()}
    if isinstance(value, list):
        return [canonical(held) for held in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def revived(value: Any, key: str = "") -> Any:  # noqa: ANN401
    """Return canonical values as a file would have given them: dates as dates."""
    if isinstance(value, dict):
        return {name: revived(held, name) for name, held in value.items()}
    if isinstance(value, list):
        return [revived(held, key) for held in value]
    return _day(value) if key in _DATED and isinstance(value, str) else value


def _day(text: str) -> dt.date | str:
    """Return the day that a text is; ``from`` may also name where something comes from."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def sha256(value: Any) -> str:  # noqa: ANN401
    """Return the SHA-256 of a value's canonical JSON: keys sorted, nothing between."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
