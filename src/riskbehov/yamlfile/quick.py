"""Sound YAML to plain values in one pass.

Whatever is not sound, or merely odd, is left to the careful builder, which says what is wrong and
where. A test holds the two equal.
"""

from typing import Any

import yaml

from riskbehov.yamlfile.scalars import CONTROL, ImpossibleError, plain

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnsoundError(Exception):
    """Something that the careful builder must look at."""


def quick_values(text: str, depth: int) -> Any:  # noqa: ANN401
    """Return the values of ``text``; raises :class:`UnsoundError` at the first doubt."""
    if CONTROL.search(text):
        raise UnsoundError
    try:
        return _values(text, depth)
    except (yaml.YAMLError, ImpossibleError) as fault:
        raise UnsoundError from fault


def _values(text: str, depth: int) -> Any:  # noqa: ANN401, C901, PLR0912 - one loop, for its speed
    held: list[tuple[Any, Any]] = []
    holder: Any = None
    key: str | None = None
    root: Any = None
    documents = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.ScalarEvent):
            value: Any = event.value
            if event.anchor or event.tag or (event.style == '"' and CONTROL.search(value)):
                raise UnsoundError
            if key is None and type(holder) is dict:
                if value in holder or value == "<<":
                    raise UnsoundError
                key = value
                continue
            if event.implicit[0]:
                value = plain(value)
        elif isinstance(event, yaml.CollectionStartEvent):
            is_key = key is None and type(holder) is dict
            if event.anchor or event.tag or is_key or len(held) >= depth:
                raise UnsoundError
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        elif isinstance(event, yaml.CollectionEndEvent):
            holder, key = held.pop()
            continue
        elif (
            isinstance(event, yaml.AliasEvent)
            or (documents := documents + isinstance(event, yaml.DocumentStartEvent)) > 1
        ):
            raise UnsoundError
        else:
            continue
        if holder is None:
            if root is not None:
                raise UnsoundError
            root = value
        elif type(holder) is list:
            holder.append(value)
        else:
            holder[key] = value
            key = None
        if not isinstance(event, yaml.ScalarEvent):
            held.append((holder, key))
            holder, key = value, None
    if root is None:
        raise UnsoundError
    return root
