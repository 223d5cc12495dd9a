"""Every value within a definition, with the way to it."""

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from riskbehov.yamlfile import Place


def walk(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    """Yield ``value`` and everything within it, outermost first, with places as in the file."""
    yield place, value
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from walk(getattr(value, name), (*place, field.alias or name))
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield from walk(held, (*place, str(key)))
    elif isinstance(value, tuple | list):
        for number, held in enumerate(value):
            yield from walk(held, (*place, number))
